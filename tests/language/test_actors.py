"""Who is named: parties, their forces and people, and words that only look like people."""

import pytest

from sijill.language.analysis import Analysis
from sijill.records import Report


def read(text: str, language: str = "ar") -> list[tuple[str, tuple[str, ...]]]:
    """The words of each mention, and its ids."""
    analysis = Analysis(Report(id="t", text=text, source="test", published="2016-05-20", language=language))
    return [(text[slice(*analysis.words.span(a.first, a.stop))], a.ids) for a in analysis.actors]


@pytest.mark.parametrize(
    ("text", "words", "actor"),
    [
        ("أعلن الجيش الأردني أن المدفعية ردت على مصدر النيران قرب درعا", "المدفعية", "jor-gov"),
        ("أعلنت قوات سوريا الديمقراطية أن مقاتليها تقدموا في الرقة", "مقاتليها", "sdf"),
        ("سيطر تنظيم داعش على بلدة في سوريا ثم انسحب المسلحون منها", "المسلحون", "is"),
        ("انفجر لغم من مخلفات التنظيم في الموصل شمال العراق", "التنظيم", "is"),
        ("هاجمت حركة «الشباب» قاعدة في الصومال", "حركة «الشباب", "al-shabaab"),
        ("هجوم على نقطة تفتيش في عدن باليمن", "نقطة تفتيش", "yem-gov"),
        ("قصفت إسرائيل مدينة صور في لبنان", "إسرائيل", "isr-gov"),
        ("طوق الجيش بلدة دورا في الخليل واعتقل شابا", "الجيش", "isr-gov"),
        ("أغارت مسيّرة على شقة في ضاحية بيروت الجنوبية", "مسيّرة", "isr-gov"),
        ("انتشر الجيش في بيروت وطرابلس شمال لبنان", "الجيش", "lbn-gov"),
        ("شنت طائرات التحالف غارات على تعز. وقصفت المقاتلات معسكرا في اليمن", "المقاتلات", "saudi-coalition"),
        ("أطلق إرهابيون قذائف على حي في دمشق", "إرهابيون", "opposition-syr"),
        ("سيطر الثوار على البريقة في ليبيا", "الثوار", "ntc-lby"),
        ("تدور اشتباكات مع فصائل إسلامية في القنيطرة بسوريا", "فصائل إسلامية", "opposition-syr"),
        ("قتل خمسة جنود في هجوم لتنظيم القاعدة في بغداد بالعراق", "لتنظيم القاعدة", "aqi"),
        ("سيطرت قوات الاتحاد الأفريقي على بلدة قرب مقديشو في الصومال", "قوات الاتحاد الأفريقي", "amisom"),
        ("انتشرت قوات موالية للشرعية في تعز باليمن", "قوات موالية للشرعية", "yem-gov"),
    ],
)
def test_who_is_meant(text: str, words: str, actor: str) -> None:
    assert (words, (actor,)) in read(text)


@pytest.mark.parametrize(
    ("text", "words", "actor"),
    [
        ("Turkish drones struck a village in Syria", "drones", "tur-gov"),
        ("Three U.S. soldiers were killed in Iraq", "soldiers", "usa-gov"),
        ("Al-Shabaab attacked a base in Somalia. The group lost 12 men", "The group", "al-shabaab"),
        ("Israel bombed Khan Younis on Monday", "Israel", "isr-gov"),
        ("Islamic State said its fighters took the town in Syria", "fighters", "is"),
    ],
)
def test_who_is_meant_in_english(text: str, words: str, actor: str) -> None:
    assert any(words.lower() in found.lower() and ids == (actor,) for found, ids in read(text, "en"))


def test_a_verb_is_no_organisation() -> None:
    assert not any("is" in ids for _, ids in read("Nobody is hurt. Is this the end?", "en"))


@pytest.mark.parametrize(
    "text", ["شنت الطائرات الروسية غارات أخرى", "فرق الدفاع المدني", "قال مصدر عسكري", "تفجير انتحاري"]
)
def test_what_only_looks_like_people(text: str) -> None:
    assert not any(words.split()[-1] == text.split()[-1] for words, _ in read(text))


def test_another_is_somebody_where_people_are_counted() -> None:
    assert ("آخر", ()) in read("قتل جندي في تعز باليمن وأصيب آخر")


def test_another_party_is_no_owner() -> None:
    found = dict(read("هدنة بين القوات الحكومية ومقاتلي طالبان في أفغانستان"))
    assert found["القوات الحكومية"] == ("afg-gov",)


def test_a_uniform_and_a_backer_are_no_owner() -> None:
    assert not any(
        "irq-gov" in ids for _, ids in read("Men in police uniforms entered a home in Baghdad, Iraq", "en")
    )
    assert not any(
        "irn-gov" in ids for _, ids in read("An Iranian-backed militia shelled Aleppo in Syria", "en")
    )


@pytest.mark.parametrize(
    "text",
    [
        "هاجم تنظيم داعش حاجزا قرب دمشق وأطلق إرهابيون قذائف على حي فيها",
        "أطلق إرهابيون النار على دورية في تونس",
    ],
)
def test_a_word_for_fighters_means_nobody_where_others_are_named_or_its_country_has_no_use(text: str) -> None:
    assert ("إرهابيون", ()) in read(text)


@pytest.mark.parametrize(
    "text",
    [
        "سقطت قذيفة أمام مسجد في حلب",
        "أما حمص فقد بقيت هادئة",
        "أصيب الرتل قرب القصر الجمهوري",
        "وقال الأمين العام إن الأمر صعب",
        "توجهت القافلة من نجران",
        "أعلن الحداد في البلاد",
    ],
)
def test_common_words_are_no_people(text: str) -> None:
    assert not any(words in text and not ids for words, ids in read(text) if words != "الرتل")


def test_culprits_stay_unknown() -> None:
    assert ("الخاطفين", ()) in read("أعلن تنظيم داعش هجوما في طرابلس ليبيا ولم تعرف هوية الخاطفين")


def test_who_served_once_is_a_civilian() -> None:
    text = "اغتيال ضابط متقاعد في بنغازي بليبيا"
    analysis = Analysis(Report(id="t", text=text, source="test", published="2016-05-20", language="ar"))
    assert [a.who for a in analysis.actors if a.form == "people"] == ["civilians"]


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("Al-Shabaab claimed responsibility for the blast in Mogadishu", "al-shabaab"),
        ("No group claimed responsibility for the blast, but al-Shabaab strikes often in Mogadishu", None),
        ("انفجرت عبوة في مقديشو وتبنت حركة الشباب التفجير", "al-shabaab"),
        ("انفجرت عبوة في مقديشو ولم تعلن حركة الشباب مسؤوليتها عن التفجير", None),
    ],
)
def test_who_claims_and_who_does_not(text: str, group: str | None) -> None:
    language = "ar" if text[0] > "z" else "en"
    analysis = Analysis(Report(id="t", text=text, source="test", published="2016-05-20", language=language))
    assert analysis.claimant(0) == group


def test_a_claim_names_the_gunmen() -> None:
    text = "هاجم مسلحون فندقا في ممباسا بكينيا. وتبنت حركة الشباب الهجوم. وفي نيروبي سرق مسلحون مصرفا."
    analysis = Analysis(Report(id="t", text=text, source="test", published="2016-05-20", language="ar"))
    assert analysis.claimant(1) == "al-shabaab"
    assert analysis.claimant(len(analysis.words.forms)) is None


BOTH = ("houthis", "saleh-forces-yem")


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("انسحبت ميليشيات الحوثي وقوات صالح من عدن. وقتل 16 من المتمردين في تعز.", BOTH),
        ("انسحبت ميليشيات الحوثي وقوات صالح من عدن. وقتل 16 من الحوثيين في تعز.", BOTH[:1]),
        ("انسحبت ميليشيات الحوثي من عدن. وقتل 16 من المتمردين في تعز.", BOTH[:1]),
        ("قصفت الطائرات مواقع ميليشيات الحوثي وصالح.", BOTH[1:]),
        ("قصفت الطائرات مواقع ميليشيات الحوثي وصنعاء.", BOTH[:1]),
        ("قوات صالح والحوثيون في عدن. قصفت الطائرات الحوثيين والقوات الموالية لهم.", BOTH[1:]),
    ],
)
def test_an_ally_named_with_a_group(text: str, last: tuple[str, ...]) -> None:
    assert read(text)[-1][1] == last


@pytest.mark.parametrize(
    ("text", "words", "actor"),
    [
        ("قتل الجيش عناصر القاعدة في لودر باليمن", "الجيش", "yem-gov"),
        ("قتل الجيش عناصر القاعدة في لودر باليمن", "عناصر القاعدة", "aqap"),
        ("هاجمت قوات داعش الرقة", "قوات داعش", "is"),
        ("انسحبت القوات الموالية للحوثيين", "القوات الموالية للحوثيين", "houthis"),
        ("قتل المسؤول الأمني للحوثيين", "المسؤول الأمني للحوثيين", "houthis"),
        ("قصف الجيش السوري البلدة", "الجيش السوري", "syr-gov"),
    ],
)
def test_a_force_with_its_article_owns_no_group_after_it(text: str, words: str, actor: str) -> None:
    assert (words, (actor,)) in read(text)


def test_the_base_named_before_is_no_party() -> None:
    base = "قصفت طائرات التحالف قاعدة العند الجوية في لحج باليمن وحلقت فوق القاعدة"
    assert not any("aqap" in ids for _, ids in read(base))
    assert ("القاعدة", ("aqap",)) in read(f"{base}. وهاجم تنظيم القاعدة لودر وقالت القاعدة إنها سيطرت عليها")
