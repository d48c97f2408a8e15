"""Which words name a place, which place, and how exactly: examples and counter-examples."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sijill.language.gazetteer import distance_km
from sijill.language.places import PlaceMention, find_places, read_places
from sijill.language.tagging import tag_text


def named(text: str, words: str, country: str | None = None) -> PlaceMention:
    """The mention of exactly these words."""
    found = [m for m in find_places(text, country) if text[m.start : m.end] == words]
    assert found, [(text[m.start : m.end], m.name) for m in find_places(text, country)]
    return found[0]


# text, words of the mention, name, country, latitude, longitude, precision
EXAMPLES = [
    ("فرضت سيطرتها على بلدة السوسة بريف دير الزور", "السوسة", "SY", 34.53, 40.96, 1),
    ("قصف الطيران الحربي شرقي حمص وريف حماة", "حمص", "SY", 34.72, 36.72, 2),
    ("انفجار لغم في محيط بلدة إنخل بريف درعا", "إنخل", "SY", 33.02, 36.13, 2),
    ("كمين بالقرب من بلدة أثريا شرق حماة", "أثريا", "SY", 35.37, 37.78, 2),
    ("كمن مسلحون قرب قرية (إثريا) في سوريا", "إثريا", "SY", 35.37, 37.78, 2),
    ("اشتباكات في البو كمال السورية", "البو كمال", "SY", 34.45, 40.92, 1),
    ("اشتباكات في أبو كمال السورية", "أبو كمال", "SY", 34.45, 40.92, 1),
    ("مقتل جنود في البادية السورية", "البادية السورية", "SY", 34.4, 38.7, 5),
    ("غارات على مطار التيفور", "مطار التيفور", "SY", 34.52, 37.63, 1),
    ("قصف على قاعدة حميميم", "قاعدة حميميم", "SY", 35.41, 35.95, 1),
    ("خرج سكان حي الشيخ مقصود في حلب", "الشيخ مقصود", "SY", 36.24, 37.15, 1),
    ("هاجموا مدينة الباب بريف حلب", "الباب", "SY", 36.37, 37.52, 1),
    ("تفجير في مسجد بمنطقة عسير السعودية", "عسير", "SA", 18.22, 42.51, 4),
    ("غارات على معسكرات في شمال العراق", "العراق", "IQ", 35.95, 44.0, 5),
    ("معارك في شرق أوكرانيا", "أوكرانيا", "UA", 48.6, 37.6, 5),
    ("اندلعت معارك في محافظة إب اليمنية", "إب", "YE", 14.03, 44.1, 4),
    ("قصف مديرية صرواح في محافظة مأرب", "صرواح", "YE", 15.45, 45.02, 3),
    ("قتلى في صنعاء ومأرب", "صنعاء", "YE", 15.35, 44.21, 1),
    ("هجوم على نقطة في منطقة كرش بين لحج وتعز", "كرش", "YE", 13.35, 44.45, 5),
    ("اشتباكات في الفلوجة والرمادي", "الرمادي", "IQ", 33.42, 43.3, 1),
    ("اقتحم الاحتلال مخيم جنين", "مخيم جنين", "PS", 32.46, 35.29, 1),
    ("اشتباكات في عين الحلوة جنوب لبنان", "عين الحلوة", "LB", 33.54, 35.38, 1),
    ("قصف مخيم زمزم قرب الفاشر", "مخيم زمزم", "SD", 13.49, 25.31, 1),
    ("معارك في شمال سيناء", "شمال سيناء", "EG", 30.6, 33.6, 4),
    ("اشتباكات في طرابلس وبنغازي وسرت", "طرابلس", "LY", 32.89, 13.19, 1),
    ("قتال في طرابلس بين باب التبانة وجبل محسن في لبنان", "طرابلس", "LB", 34.43, 35.84, 1),
    ("قصف معبر رفح البري", "معبر رفح البري", "PS", 31.25, 34.26, 1),
    ("سقط قتلى في إقليم دارفور", "إقليم دارفور", "SD", 13.5, 24.5, 5),
    ("غرق قارب في البحر المتوسط", "البحر المتوسط", None, 34.5, 25.0, 5),
    ("قال مسؤول في سوريا إن", "سوريا", "SY", 35.0, 38.0, 6),
    ("Fighting near Deir ez-Zor in Syria", "Deir ez-Zor", "SY", 35.34, 40.14, 2),
    ("a strike in the town of Al-Bab, Aleppo province", "Al-Bab", "SY", 36.37, 37.52, 1),
    ("killed in Aleppo province, Syria", "Aleppo", "SY", 36.25, 37.62, 4),
    ("shells hit the town of Hammouriya in Eastern Ghouta, Syria", "Hammouriya", "SY", 33.53, 36.38, 1),
    ("an attack on Sana'a and Taiz", "Sana'a", "YE", 15.35, 44.21, 1),
]


@pytest.mark.parametrize(("text", "words", "country", "lat", "lon", "precision"), EXAMPLES)
def test_place(text: str, words: str, country: str | None, lat: float, lon: float, precision: int) -> None:
    found = named(text, words)
    assert found.country == country
    assert found.lat is not None
    assert found.lon is not None
    assert distance_km(found.lat, found.lon, lat, lon) < (10 if precision < 3 else 75)
    assert found.precision == precision


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("فتحوا الباب أمام الناس في سوريا", "الباب"),
        ("تحقق النصر على العدو في غزة", "النصر"),
        ("دعا إلى الحرية والسلام في مصر", "الحرية"),
        ("وصل صباح اليوم إلى الكويت", "صباح"),
        ("قال أبو بكر البغدادي في العراق", "البغدادي"),
        ("اعتقل محمد البغدادي في الأنبار", "البغدادي"),
        ("ذكرت صحيفة الرياض السعودية", "الرياض"),
        ("فاز نادي الاتحاد في جدة", "الاتحاد"),
        ("أعلنت جامعة دمشق نتائج القبول", "دمشق"),
        ("يقاتل لواء القدس في سوريا", "القدس"),
        ("أمضى يوما كاملا في بيروت", "كاملا"),
        ("وأشار إلى أن الأمر يخصه", "إلى"),
        ("كان ذلك في إطار التعاون", "إطار"),
        ("المسؤول علي حسن من ليبيا", "علي"),
        ("He may march on Sunday", "may"),
        ("Reading the report, officials said", "Reading"),
        ("President Hassan said in Cairo", "Hassan"),
    ],
)
def test_no_place(text: str, words: str) -> None:
    assert words not in [text[m.start : m.end] for m in find_places(text)]


def test_head_noun_makes_a_common_word_a_place() -> None:
    text = "قصف حي النصر بمدينة غزة"
    place = named(text, "النصر")
    assert place.kind == "neighbourhood"
    assert place.adm2 == "Gaza"


def test_plural_head_holds_for_the_names_that_follow() -> None:
    text = "سيطرت على بلدات الشعفة وهجين والباغوز في دير الزور"
    assert [named(text, w).rule for w in ("الشعفة", "هجين", "الباغوز")] == ["places.settlement"] * 3


def test_country_given_decides_between_namesakes() -> None:
    text = "قتل رجل في طرابلس"
    assert named(text, "طرابلس", "LB").country == "LB"
    assert named(text, "طرابلس", "LY").country == "LY"


def test_countryside_of_a_namesake_governorate_is_the_governorate() -> None:
    place = named("اشتباكات بريف دير الزور الشرقي", "دير الزور")
    assert (place.kind, place.precision, place.adm1, place.rule) == (
        "governorate",
        4,
        "SY-DY",
        "places.countryside",
    )


def test_countryside_of_a_town_is_near_it() -> None:
    assert named("قصف ريف منبج في حلب", "منبج").precision == 2


def test_road_between_two_towns() -> None:
    text = "انفجار على طريق السلمية - الرقة في سوريا"
    assert [(m.rule, m.precision) for m in find_places(text) if m.kind == "settlement"] == [
        ("places.road", 2)
    ] * 2


def test_unlisted_name_after_a_head_keeps_its_words() -> None:
    place = named("سيطروا على قرية شمبوطة ثم عادوا إلى الرقة", "شمبوطة")
    assert (place.name, place.country, place.lat, place.kind, place.rule) == (
        "شمبوطة",
        "SY",
        None,
        "settlement",
        "places.unlisted",
    )


# text, words of the mention, what it lies in or near, precision
WITHIN = [
    ("سيطروا على قرية شمبوطة غربي الرقة", "شمبوطة", "الرقة", 2),
    ("مقتل شخصين في بلدة عرسقمون بولاية تيزي وزو", "عرسقمون", "تيزي وزو", 4),
    ("هاجموا قريتي طنبوشة وكرفالة بريف حماة", "كرفالة", "حماة", 4),
    ("معارك في منطقة المناسيح قرب مدينة رداع اليمنية", "المناسيح", "رداع", 2),
    ("استعادوا جبل الوعشان شمال غربي مدينة تعز", "جبل الوعشان", "تعز", 2),
    ("قصف مسجد الرحمة المركزي بمدينة بنغازي", "مسجد الرحمة", "بنغازي", 1),
    ("a patrol was ambushed at Rakoegtengo in Djibo, Burkina Faso", "Rakoegtengo", "Djibo", 2),
    ("gunmen stormed the village of Kwakwareh near Gusau in Nigeria", "Kwakwareh", "Gusau", 2),
]


@pytest.mark.parametrize(("text", "words", "anchor", "precision"), WITHIN)
def test_unlisted_name_lies_where_the_sentence_says(
    text: str, words: str, anchor: str, precision: int
) -> None:
    place, known = named(text, words), named(text, anchor)
    assert (place.lat, place.lon, place.country) == (known.lat, known.lon, known.country)
    assert (place.name, place.precision, place.rule) == (words, precision, "places.within")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("قصفوا منطقة الصناعيين بعنف شديد", "الصناعيين"),
        ("سيطروا على حاجز المغسلاني وقتلوا ثلاثة", "المغسلاني"),
        ("He was killed at Lunchtime in 2014, officials said", "Lunchtime"),
    ],
)
def test_a_name_that_lies_nowhere_known_needs_a_noun_of_settlements(text: str, words: str) -> None:
    assert words not in [text[m.start : m.end] for m in find_places(text)]


def test_mark_of_a_hashtag_is_passed_over() -> None:
    assert named("اشتباكات في بلدة #ذيبان شرق سوريا", "ذيبان").rule == "places.settlement"
    assert named("هجوم ب#البصيرة بريف #دير_الزور", "البصيرة").country == "SY"


def test_conjunction_before_a_head() -> None:
    assert named("وفي اليمن فمديرية كتاف بصعدة", "كتاف").kind == "district"


def test_unlisted_needs_a_name_after_the_head() -> None:
    text = "سيطروا على قرية صغيرة في ريف الرقة وبلدة مجاورة"
    assert not [m for m in find_places(text) if m.rule == "places.unlisted"]


@pytest.mark.parametrize(
    "text",
    [
        "أنباء من مدينة تستعد لسوقها في ريف الرقة",
        "قصفت الطائرات أحياء تقطنها عائلات في الرقة",
        "نقلوهم إلى مخيم للحجاج في الرقة",
        "وذكرت مصادر محلية متضاربة أن الرقة هادئة",
        "خمسة بحارة كنديين في الرقة",
    ],
)
def test_what_is_said_of_a_place_is_no_name(text: str) -> None:
    assert not [m for m in find_places(text) if m.rule in ("places.unlisted", "places.within")]


def test_what_was_done_next_is_no_further_name() -> None:
    text = "قصفت المدفعية قرى شمبوطة وألحقت أضرارا في سوريا"
    assert [text[m.start : m.end] for m in find_places(text) if m.rule == "places.unlisted"] == ["شمبوطة"]


def test_the_town_is_the_last_one_named() -> None:
    text = "قصفت الطائرات بلدة هجين في دير الزور ثم دخلت القوات البلدة"
    back = named(text, "البلدة")
    assert (back.name, back.rule) == ("Hajin", "places.named_before")


def test_state_that_acts_is_marked() -> None:
    assert named("قال وزير خارجية قطر إن الهدنة قريبة", "قطر").rule == "places.affiliation"


def test_proclitics_and_marks_stay_outside_the_name() -> None:
    text = "انفجار بِدِمَشْق وبحلب"
    assert named(text, "حلب").country == "SY"
    assert any(text[m.start : m.end].startswith("دِ") for m in find_places(text))


def test_taken_tokens_are_left_alone() -> None:
    tagged = tag_text("وصل إلى دمشق", "ar")
    token = tagged.words.forms.index("دمشق")
    assert read_places(tagged, None, set())[0].first == token
    assert read_places(tagged, None, {token}) == []


def test_geonames_id_and_admin_chain() -> None:
    place = named("قصف مدينة البوكمال", "البوكمال")
    assert place.geonameid is not None
    assert place.adm1 == "SY-DY"


PIECES = st.sampled_from(
    [
        "بلدة ",
        "هجين",
        " ",
        "،",
        "و",
        "ب",
        "\u064f",
        "ـ",
        "دير الزور",
        "Al-",
        "Bab ",
        "in ",
        "\n",
        "(",
        "حلب",
        "قرب ",
        "x",
        "12",
        "\u200f",
        "مدينة ",
    ]
)


@given(st.one_of(st.lists(PIECES, max_size=14).map("".join), st.text(max_size=60)))
def test_offsets_lie_inside_the_text_in_order(text: str) -> None:
    found = find_places(text)
    for mention in found:
        assert 0 <= mention.start < mention.end <= len(text)
        assert mention.first < mention.stop
        assert 1 <= mention.precision <= 6
        assert (mention.lat is None) == (mention.lon is None)
        assert mention.place_id is not None or mention.rule in ("places.unlisted", "places.within")
    starts = [mention.first for mention in found]
    assert starts == sorted(starts)
    for left, right in itertools.pairwise(found):
        assert left.stop <= right.first


def test_a_street_called_after_a_far_town_lies_in_the_town_spoken_of() -> None:
    text = "انفجرت سيارة في دمشق قرب ساحة العباسيين ثم في شارع بغداد"
    place = named(text, "بغداد")
    assert (place.country, place.lat, place.rule) == ("SY", named(text, "دمشق").lat, "places.within")
    assert named("انفجرت سيارة في العراق قرب مدينة بغداد", "بغداد").country == "IQ"


def test_bare_names_by_ear_after_a_preposition() -> None:
    text = "قتل جنود في زابارماريه في ولاية بورنو في نيجيريا قرب مايدوغوري"
    assert named(text, "زابارماريه").rule == "places.sound"
    text = "قتل جنود في منزلهم في ولاية بورنو في نيجيريا قرب مايدوغوري"
    assert "منزلهم" not in [text[m.start : m.end] for m in find_places(text)]


def test_town_whose_name_is_a_common_word_in_its_own_country() -> None:
    text = "تظاهر المئات في البيضاء تأييدا للجيش الليبي في بنغازي وطبرق"
    assert named(text, "البيضاء").country == "LY"
    text = "غطت الثلوج الأسطح البيضاء في بنغازي وطبرق في ليبيا"
    assert "البيضاء" not in [text[m.start : m.end] for m in find_places(text)]


def test_a_noun_points_to_the_place_that_it_introduced() -> None:
    text = "هاجموا بلدة عقيربات في سوريا. ونقل الجرحى إلى مدينة حماة. ثم دخلوا البلدة"
    assert named(text, "البلدة").name == "Uqayribat"
    text = "قصفوا معسكر اليرموك قرب طرابلس في ليبيا. وانسحبوا من المعسكر"
    back = named(text, "المعسكر")
    assert back.rule == "places.named_before"
    text = "وصلوا إلى طرابلس في ليبيا. وانسحبوا من المعسكر"
    assert "المعسكر" not in [text[m.start : m.end] for m in find_places(text)]
    text = "He was born in Sanaa. They shelled the town of Al-Qanawis in Yemen"
    assert "town" not in [text[m.start : m.end] for m in find_places(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("هجوم على فندق بيبلوس في مدينة سيفاري بوسط مالي.", ["Sevare", "Mali"]),
        ("انفجار قرب مطعم بغداد في دمشق بسوريا.", ["Damascus", "Syria"]),
        ("انفجار قرب فندق بغداد وسط بغداد في العراق.", ["Baghdad", "Baghdad", "Iraq"]),
        ("اشتباكات قرب جامعة دمشق في لبنان.", ["Damascus", "Lebanon"]),
    ],
)
def test_a_hotel_may_bear_the_name_of_any_town(text: str, names: list[str]) -> None:
    assert [place.name for place in find_places(text)] == names


def test_a_quarter_lies_in_the_town_that_is_said_with_it() -> None:
    there = named("استهدفت غارة منزلين في منطقة التأميم وسط الرمادي في العراق", "التأميم")
    assert there.lat == pytest.approx(33.4, abs=0.3)
    far = named("اندلعت اشتباكات في سرت شرق طرابلس في ليبيا", "سرت")
    assert far.lat == pytest.approx(31.2, abs=0.3)


def test_every_name_after_a_noun_for_several_is_read() -> None:
    text = "تمكنت المقاومة من تطهير قرى سيعة، وذي مهنة، ومحزف في مديرية صبر الموادم باليمن"
    for words in ("سيعة", "ذي مهنة", "محزف"):
        assert named(text, words, "YE").rule == "places.within"


@pytest.mark.parametrize(
    "text",
    [
        "سيطر التنظيم على مناطق واسعة في سوريا والعراق",
        "سيطرت المعارضة على عدة قرى شمال غرب سوريا وتطهيرها من قوات النظام",
    ],
)
def test_an_adjective_or_a_verbal_noun_is_no_name(text: str) -> None:
    assert not [m for m in find_places(text, "SY") if m.rule in ("places.within", "places.unlisted")]
