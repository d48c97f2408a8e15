"""Figures of people: what a sentence says of how many, with what must not be read as a figure."""

from __future__ import annotations

import pytest

from sijill.coding import code
from sijill.coding.casualties import read_figures
from sijill.language.analysis import Analysis
from sijill.records import Report

Figure = tuple[str, int | None, str, bool]


def figures(text: str) -> list[Figure]:
    """(outcome, n, bound, whether it is a part) of each figure of a text, in order."""
    analysis = Analysis(Report(id="t", text=text, published="2018-06-12"))
    return [(f.outcome, f.quantity.n, f.quantity.bound, f.part) for f in read_figures(analysis)]


K, W = "killed", "wounded"
READ: list[tuple[str, list[Figure]]] = [
    ("سقط خمسة قتلى وجريحان اثنان من الجنود.", [(K, 5, "exact", False), (W, 2, "exact", False)]),
    ("قضى نحو 15 شهيدا وأصيب عدد مماثل بجروح.", [(K, 15, "about", False), (W, 15, "about", False)]),
    ("مقتل 18 نازحا في غارة.", [(K, 18, "exact", False)]),
    ("أعدم التنظيم سبعة أسرى.", [(K, 7, "exact", False)]),
    ("وصل المدينة 18 نازحا.", [("displaced", 18, "exact", False)]),
    ("قتلت القذيفة سيدة وطفليها.", [(K, 3, "exact", False)]),
    ("استشهاد ضابط وثلاثة مجندين.", [(K, 1, "exact", False), (K, 3, "exact", False)]),
    ("اغتال مسلحان يستقلان دراجة نارية معلما في المدينة.", [(K, 1, "exact", False)]),
    (
        "قتل ثمانية أشخاص بينهم موظف في الأمم المتحدة وأربعة جنود.",
        [(K, 8, "exact", False), (K, 1, "exact", True), (K, 4, "exact", True)],
    ),
    ("قتل 13 جنديا وشرطيا على الأقل في كمين.", [(K, 13, "at_least", False)]),
    ("قتل 13 جنديا وشرطي في كمين.", [(K, 13, "exact", False), (K, 1, "exact", False)]),
    ("قتل 13 جنديا وطفلا في كمين.", [(K, 13, "exact", False), (K, 1, "exact", False)]),
    ("لقي ما لا يقل عن عشرة آلاف حتفهم.", [(K, 10000, "at_least", False)]),
    ("عدد القتلى المدنيين منذ شباط (فبراير) 2017 بـ9600 على الأقل.", [(K, 9600, "at_least", False)]),
    ("The mission documented 44 civilian deaths.", [(K, 44, "exact", False)]),
    ("اعتقلت القوات منذ بداية العام 210 مواطنين.", [("arrested", 210, "exact", False)]),
    ("قتل ثلاثة جنود في هجوم قرب الموصل.", [(K, 3, "exact", False)]),
    ("قُتل جندي بانفجار عبوة ناسفة.", [(K, 1, "exact", False)]),
    ("سقط قتيلان في الاشتباكات.", [(K, 2, "exact", False)]),
    ("مقتل ثلاثة جنود وخمسة مدنيين في القصف.", [(K, 3, "exact", False), (K, 5, "exact", False)]),
    ("مقتل 12 مدنيا بينهم طفلان في غارة جوية.", [(K, 12, "exact", False), (K, 2, "exact", True)]),
    ("قتل ما لا يقل عن 40 شخصا في التفجير.", [(K, 40, "at_least", False)]),
    ("قتل أكثر من ٢٠ مسلحا في الغارات.", [(K, 20, "at_least", False)]),
    ("قتل نحو 50 من عناصر التنظيم.", [(K, 50, "about", False)]),
    ("قتل عشرات المدنيين في القصف.", [(K, None, "vague", False)]),
    ("أصيب سبعة أشخاص بجروح.", [(W, 7, "exact", False)]),
    ("قتل 5 أشخاص وأصيب 11 آخرون بجروح.", [(K, 5, "exact", False), (W, 11, "exact", False)]),
    ("أسفر الهجوم عن مقتل 8 جنود وإصابة 15.", [(K, 8, "exact", False), (W, 15, "exact", False)]),
    ("مقتل مئة وعشرين مقاتلا من التنظيم.", [(K, 120, "exact", False)]),
    ("اعتقلت القوات الأمنية خمسة مدنيين في بغداد.", [("arrested", 5, "exact", False)]),
    ("Three soldiers were killed in an attack near Mosul.", [(K, 3, "exact", False)]),
    ("At least 20 people were wounded in the blast.", [(W, 20, "at_least", False)]),
    (
        "The strike killed 12 civilians, including two children.",
        [(K, 12, "exact", False), (K, 2, "exact", True)],
    ),
    ("Dozens of civilians were killed in the shelling.", [(K, None, "vague", False)]),
    ("Five people were killed and 11 wounded.", [(K, 5, "exact", False), (W, 11, "exact", False)]),
    ("About 50 fighters were killed.", [(K, 50, "about", False)]),
    ("More than 30 people were killed.", [(K, 30, "at_least", False)]),
]
READ += [
    (
        "مقتل شرطيين في هجوم بالموصل.",
        [(K, 2, "exact", False)],
    ),  # a dual or a plural: nothing tells but the news
    (
        "خطف مسلحون مجهولون ثلاثة عمال قرب كركوك.",
        [("abducted", 3, "exact", False)],
    ),  # the subject between verb and object
    ("A soldier was killed by a roadside bomb.", [(K, 1, "exact", False)]),
    ("قتل مسلحون خمسة جنود قرب الموصل.", [(K, 5, "exact", False)]),
    ("تحدث ناشطون عن إعدام عناصر من تنظيم الدولة عددا من الجنود.", [(K, None, "vague", False)]),
    (
        "قُتل ما لا يقل عن 210 من عناصر الدعم السريع، مقابل نحو 140 من الجيش السوداني.",
        [(K, 210, "at_least", False), (K, 140, "about", False)],
    ),
]
A, T, M = "arrested", "abducted", "missing"
READ += [  # the people stand before the verb
    ("قال مسؤول إن ثمانية من رجال الشرطة قتلوا في كمين.", [(K, 8, "exact", False)]),
    ("وأضاف أن أحد الإرهابيين لقي حتفه في العملية.", [(K, 1, "exact", False)]),
    ("وقال طبيب إن متظاهرين قُتلا بالرصاص.", [(K, 2, "exact", False)]),
    ("وأكد أن ثلاثة منهم قُتلوا في الرد.", [(K, 3, "exact", False)]),
    ("الإفراج عن ثلاثة جنود اختطفهم بدو قبل أسبوع.", [(T, 3, "exact", False)]),
    ("وأشار إلى أن ثلاثة جنود ما زالوا مفقودين.", [(M, 3, "exact", False)]),
    ("Last Friday, an Iraqi soldier was seriously hurt.", [(W, 1, "exact", False)]),
    (
        "At least three policemen and 11 Taliban militants were killed.",
        [(K, 3, "at_least", False), (K, 11, "exact", False)],
    ),
    ("A blast left at least 17 members of the security forces dead.", [(K, 17, "at_least", False)]),
    ("Eight children, among them two girls, died.", [(K, 8, "exact", False), (K, 2, "exact", True)]),
]
READ += [  # each its own outcome
    ("Two soldiers died and three were wounded on Monday.", [(K, 2, "exact", False), (W, 3, "exact", False)]),
    (
        "A labourer was killed and three others, among them a guard, were injured.",
        [(K, 1, "exact", False), (W, 3, "exact", False), (W, 1, "exact", True)],
    ),
    (
        "قتلت امرأة وطفلاها وجرح سبعة مدنيين.",
        [(K, 3, "exact", False), (W, 7, "exact", False)],
    ),
    ("استشهاد ثلاثة صيادين وفقدان رابع.", [(K, 3, "exact", False), (M, 1, "exact", False)]),
    ("وأسفر عن مقتل وإصابة عدد من الأشخاص.", [(K, None, "vague", False), (W, None, "vague", False)]),
    ("مقتل وإصابة 40 جنديا.", [(K, None, "vague", False), (W, None, "vague", False)]),
    ("استشهد وأصيب عدد من المصلين.", [(K, None, "vague", False), (W, None, "vague", False)]),
    ("انفجر لغم بعامل فقتل وأصيب ثلاثة من زملائه.", [(W, 3, "exact", False)]),  # the dead stands before
    ("قتل ثلاثة وجرح خمسة.", [(K, 3, "exact", False), (W, 5, "exact", False)]),
    ("وراح ضحيته عدد من الشهداء والمصابين.", [(K, None, "vague", False), (W, None, "vague", False)]),
    ("إصابة عدد من رجال الأمن والعاملين في الموقع.", [(W, None, "vague", False)]),
    ("إصابة عاملين في الموقع.", [(W, 2, "exact", False)]),
    ("مقتل اثنين وإصابة 40 جنديا.", [(K, 2, "exact", False), (W, 40, "exact", False)]),
]
READ += [  # people, and who did it to them
    ("خطف مسلحون يرتدون الزي العسكري تاجرا من القضاء.", [(T, 1, "exact", False)]),
    ("قتل مسلحون يرتدون عمائم سوداء أكثر من 25 رجلا.", [(K, 25, "at_least", False)]),
    ("اعتقلت قوات الاحتلال فجراً ثلاثة مواطنين.", [(A, 3, "exact", False)]),
    ("Gunmen killed a Kurdish university lecturer.", [(K, 1, "exact", False)]),
    ("خسر الجيش 12 من رجاله.", [(K, 12, "exact", False)]),
    ("وفي كابل، اغتيل موظف في الوزارة.", [(K, 1, "exact", False)]),
    ("خُطف رئيس المجلس المحلي في البلدة.", [(T, 1, "exact", False)]),
]
READ += [  # joined further on, revised, counted as remains, one of several
    ("قتل موظف في المنظمة وأربعة جنود ماليين في هجوم.", [(K, 1, "exact", False), (K, 4, "exact", False)]),
    ("ارتفاع المصابين إلى 33 بينهم 8 من الشرطة.", [(W, 33, "exact", False), (W, 8, "exact", True)]),
    ("The bodies of three people were pulled from the river.", [(K, 3, "exact", False)]),
    ("جرح أحد المارة في الانفجار.", [(W, 1, "exact", False)]),
    ("Medics said two sisters were among the dead.", [(K, 2, "exact", True)]),
    ("القبض على 11 شخصاً، بينهم يمنيان.", [(A, 11, "exact", False), (A, 2, "exact", True)]),
    ("أصابت النيران عتالَين قرب الحدود.", [(W, 2, "exact", False)]),
]
READ += [  # the number of those who met an outcome, before or after them
    ("ليرتفع إلى 83 تعداد المدنيين الذين استشهدوا جراء الغارات.", [(K, 83, "exact", False)]),
    ("قدرت المفوضية عدد من قتلوا منذ مارس 2011 بأكثر من مئة ألف.", [(K, 100000, "at_least", False)]),
    ("بلغ عدد القتلى منذ التاسع من أيار 52 قتيلا وعدد الجرحى ما يزيد على 5500.", [(K, 52, "exact", False), (W, 5500, "at_least", False)]),
    ("يرتفع عدد الشهداء منذ مطلع العام إلى 158 شهيدا، بينهم 26 طفلا.", [(K, 158, "exact", False), (K, 26, "exact", True)]),
    ("The killings bring to 71 the number of Palestinians killed this year.", [(K, 71, "exact", False)]),
    ("The number of civilians who have been killed by airstrikes since 15 January has risen to 356.", [(K, 356, "exact", False)]),
    ("مقتل 231 من قوات النظام في ريف دير الزور الغربي، و187 من التنظيم، إضافة إلى 12 مدنيا.", [(K, 231, "exact", False), (K, 187, "exact", False), (K, 12, "exact", False)]),
    ("قتل 124 جنديا صوماليا و286 من الشباب.", [(K, 124, "exact", False), (K, 286, "exact", False)]),
    ("Number of martyrs today so far: 76.", [(K, 76, "exact", False)]),
    ("قال إن عددا من المدنيين قتلوا وإن 5 سيارات احترقت.", [(K, None, "vague", False)]),
]  # fmt: skip
READ += [  # doers and those they did it to, subjects far before their verb, tolls as said
    ("مسلحون قتلوا ثلاثة جنود قرب البلدة.", [(K, 3, "exact", False)]),
    ("قال إن ثلاثة جنود قتلوا قرب البلدة.", [(K, 3, "exact", False)]),
    ("ذكر أن مسلحين اختطفوا مساء الجمعة ستة من موظفي الهيئة.", [(T, 6, "exact", False)]),
    ("وأضاف أن ثلاثة مدنيين كانوا في السيارة قتلوا أيضا.", [(K, 3, "exact", False)]),
    ("Two staff members of a health charity were abducted.", [(T, 2, "exact", False)]),
    ("Four members of one family were killed.", [(K, 4, "exact", False)]),
    ("Four were killed there and nine hurt.", [(K, 4, "exact", False), (W, 9, "exact", False)]),
    ("ارتفع إلى 34 عدد قتلى الهجوم.", [(K, 34, "exact", False)]),
    ("قال إن القتلى سبعة والمصابين 20.", [(K, 7, "exact", False), (W, 20, "exact", False)]),
    ("انفجار عند الجسر أودى بستة جنود.", [(K, 6, "exact", False)]),
    ("مقتل خمسة أشخاص، وإن اثنين من القتلى تركيان.", [(K, 5, "exact", False), (K, 2, "exact", True)]),
    (
        "The death of nine civilians, four children among them, last night.",
        [(K, 9, "exact", False), (K, 4, "exact", True)],
    ),
    ("Among the dead was a five-year-old girl.", [(K, 1, "exact", True)]),
    ("أدى القصف إلى نزوح عشرات الأسر.", [("displaced", None, "vague", False)]),
]
READ += [  # the doer stands before the number of those it was done to, not before those joined to it, nor before his age
    ("قتل مسلح 38 سائحا على شاطئ فندق.", [(K, 38, "exact", False)]),
    ("قتل جندي 3 مدنيين.", [(K, 3, "exact", False)]),
    ("قتل مسلح وثلاثة جنود في الاشتباك.", [(K, 1, "exact", False), (K, 3, "exact", False)]),
    ("قتل مسلح 38 عاما في الاشتباك.", [(K, 1, "exact", False)]),
    ("تمكنت الوحدة من إيقاف 6 عناصر في الكاف.", [(A, 6, "exact", False)]),
]
NOT_READ = [
    "ارتفعت أسعار النفط ثلاثة دولارات.",
    "سيطرت الفرقة الرابعة على ثلاث قرى.",
    "وصل 300 جندي إلى القاعدة العسكرية.",
    "دمرت الغارات 12 آلية عسكرية.",
    "فاز المنتخب بثلاثة أهداف مقابل هدف.",
    "انتشر اللواء 104 قرب مخيم 7.",
    "The army deployed 300 soldiers to the base.",
    "The air raids destroyed 12 vehicles.",
    "Oil prices fell by three dollars.",
    "نظرت المحاكم 2,174 قضية عنف أسري.",
    "خسر الحزب 12 مقعدا في الانتخابات.",
    "No one was hurt.",
    "سقطت قذيفة دون وقوع إصابات.",
    "وتفقد وزير الداخلية الموقع.",
    "اختفاء طائرة مدنية في البحر.",
    "قضت المحكمة بسجن ثلاثة متهمين.",
    "The miner lost his job.",
]


@pytest.mark.parametrize(("text", "wanted"), READ, ids=[text for text, _ in READ])
def test_a_figure_is_read(text: str, wanted: list[Figure]) -> None:
    assert figures(text) == wanted


@pytest.mark.parametrize("text", NOT_READ)
def test_what_is_no_figure_of_people_is_left_alone(text: str) -> None:
    assert figures(text) == []


def test_two_outcomes_of_the_same_people_are_one_events() -> None:
    text = "مقتل وإصابة العديد من المصلين في تفجير مسجد بعدن أمس الثلاثاء."
    (event,) = code(text, published="2018-06-13").events
    assert [(c.outcome, c.n, c.bound) for c in event.casualties] == [(K, None, "vague"), (W, None, "vague")]
    told = {e.text for e in event.evidence if e.field.startswith("casualties")}
    assert told == {"العديد من المصلين"}


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("سقط 16 قتيلا و70 جريحا وسط المتمردين.", [True, True]),
        ("سقط 14 قتيلا من المتمردين وأكثر من 25 جريحا.", [True, True]),
        ("مقتل ثلاثة جنود وإصابة خمسة.", [True, False]),
        ("سقط 16 قتيلا و70 جريحا وسط المدينة.", [False, False]),
    ],
)
def test_dead_and_wounded_of_one_phrase_are_of_the_people_said_of_either(text: str, who: list[bool]) -> None:
    read = read_figures(Analysis(Report(id="t", text=text)))
    assert [bool(f.quantity.who) for f in read] == who
