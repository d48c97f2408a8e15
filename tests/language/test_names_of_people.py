"""Names of persons: what is found as one, where it ends, and what is none."""

from __future__ import annotations

import pytest

from sijill.language.people import possible_people, read_people
from sijill.language.tagging import tag_text


def names(text: str, language: str = "ar") -> list[str]:
    return [mention.name for mention in read_people(tag_text(text, language))]


def lists(text: str, language: str = "ar") -> list[list[str]]:
    return [[mention.name for mention in found] for found in possible_people(tag_text(text, language), set())]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("استشهاد حسن دقماق برصاص الاحتلال", ["حسن دقماق"]),
        ("استشهد الطبيب سامر العبد الله في حماة", ["سامر العبد الله"]),
        ("مقتل العميد منصور علي الذرحاني أركان حرب اللواء", ["منصور علي الذرحاني"]),
        ("اغتيال العميد الركن صالح عوض المقدمي", ["صالح عوض المقدمي"]),
        ("اعتقلت أحمد النجار من منزله", ["أحمد النجار"]),
        ("شيع جثمان الرقيب يحيى بن مسفر آل منصور إلى المقبرة", ["يحيى بن مسفر آل منصور"]),
        ("اعتقل معتز إبراهيم ثوابتة (19 عاما) ورامي فواز ديرية", ["معتز إبراهيم ثوابتة", "رامي فواز ديرية"]),
        ("على رأس رتل من الجيش", []),
        ("وعلى الجبهة اللبنانية أعلن الحزب", []),
        ("يتكلم باسم", []),
        ("سيعمل المعبر بكامل طاقته", []),
    ],
)
def test_names(text: str, wanted: list[str]) -> None:
    assert names(text) == wanted


def test_a_hyphen_belongs_to_a_name() -> None:
    assert names("the lawyer Salah al-Mabrouk was shot dead", "en") == ["Salah al-Mabrouk"]


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        ("استشهاد حسن دقماق وربيع نمر شقير", "ar", ["حسن دقماق", "ربيع نمر شقير"]),
        (
            "وهم: رائد زغير وحسام سدر، والحراس مجد عابدين وأحمد أبو عليا",
            "ar",
            ["رائد زغير", "حسام سدر", "مجد عابدين", "أحمد أبو عليا"],
        ),
        (
            "قتل المصور نديم أكبر شاه وأبو شهاب الجرموزي (29 عاما)",
            "ar",
            ["نديم أكبر شاه", "أبو شهاب الجرموزي"],
        ),
        ("the children as Rahma Salama, 5, and Yousef Salama, 8", "en", ["Rahma Salama", "Yousef Salama"]),
        ("the driver of a water tanker, Khalaf al-Mohaimeed, was killed", "en", ["Khalaf al-Mohaimeed"]),
        ("بينهم الناشطة النقابية شهلا مرادي", "ar", ["شهلا مرادي"]),
    ],
)
def test_lists_of_names(text: str, language: str, wanted: list[str]) -> None:
    assert wanted in lists(text, language)


def test_a_nationality_is_no_name() -> None:
    assert lists("قتل جندي تركي بقذيفة") == []


def test_what_ends_a_list() -> None:
    """A verb between two names parts them."""
    found = lists("قتل الشاب محمد خالد، وقال الشيخ أحمد حسن إن الهجوم مدان")
    assert found == [["محمد خالد"], ["أحمد حسن"]]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("تلقى والد الجندي سلطان الزهراني اتصالا", [["سلطان الزهراني"]]),
        ("قتل العقيد عوض الكريم بابكر في المعركة", [["عوض الكريم بابكر"]]),
        ("قتل القيادي صلاح الدين شحادة", [["صلاح الدين شحادة"]]),
        ("وأصيبت ابنته سلمى وسعد في القصف", [["سلمى", "سعد"]]),
        ("نجا النائب من الهجوم وقتل سائقه حيدر عبيد", [["حيدر عبيد"]]),
        ("نقل القتلى إلى مستشفى الملك فهد", []),
        ("قتل العنصر حسين علي جوني الملقب كميل", [["حسين علي جوني"]]),
        ("قتل “أبو مجاهد” المسئول الأمني", [["أبو مجاهد"]]),
        ('قتل القيادي "أبومجاهد" في الكمين', [["أبومجاهد"]]),
        ("قتل العنصر أبوابها في الكمين", []),
        ("سقطت قذيفة فقتلت ابنته شوق ذات الأعوام الستة", [["شوق"]]),
        ("قتل زوجته الحامل، وفر", []),
        ('جرح القيادي "أبو زيد الكحلاني" و"أبو صقر العنسي" أمس', [["أبو زيد الكحلاني", "أبو صقر العنسي"]]),
        ("قتل شيوخ صالح يصلحون بين الناس", []),
        ("أحصت المنظمة عمليات اختطاف انتهى أغلبها بالقتل", []),
        ("قتل القيادي موشيه يعلون أمس", [["موشيه يعلون"]]),
        ("أسر الجندي بشير قائد الصبري أمس", [["بشير قائد الصبري"]]),
        ("قتل الجندي محمد قائد الحوثيين", [["محمد"]]),
    ],
)
def test_where_a_name_begins_and_ends(text: str, wanted: list[list[str]]) -> None:
    assert lists(text) == wanted


def test_a_rank_is_no_part_of_an_english_name() -> None:
    assert lists("Rebels captured Captain Ghassan Deeb", "en") == [["Ghassan Deeb"]]


def test_an_institution_is_no_person() -> None:
    assert lists("The injured were taken to Medina Hospital from Sadr City, said nurse Hani Saleh", "en") == [
        ["Hani Saleh"]
    ]
