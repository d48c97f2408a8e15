"""Triggers: which words tell an event, and of what kind."""

import pytest

from sijill.coding.triggers import read_triggers
from sijill.language.analysis import Analysis
from sijill.records import Report


def told(text: str, language: str = "ar") -> set[tuple[str, str]]:
    """The words of the triggers of a text with their kinds."""
    report = Report(
        id="x", source="s", published="2016-03-02", language=language, title=None, url=None, text=text
    )
    analysis = Analysis(report)
    return {
        (text[slice(*analysis.words.span(t.first, t.stop))], t.kind.name) for t in read_triggers(analysis)
    }


@pytest.mark.parametrize(
    ("text", "word", "kind"),
    [
        ("أغارت أمس مقاتلات على أطراف البلدة.", "أغارت", "air_strike"),
        ("أغار مسلحون على قرية في الشمال.", "أغار", "assault"),
        ("فجروا أمس خمسة منازل في القرية.", "فجروا", "loot"),
        ("فجروا أمس سيارة قرب الحاجز.", "فجروا", "bombing"),
        ("أسقطت ثلاث قنابل على الحي.", "أسقطت", "air_strike"),
        ("أسقطت الدفاعات طائرة قرب الحدود.", "أسقطت", "intercept"),
        ("طافت مسيرة شوارع المدينة.", "مسيرة", "protest"),
        ("استهدفت مسيرة سيارة على الطريق.", "مسيرة", "air_strike"),
        ("احتشد المئات في ساحة المدينة.", "احتشد", "protest"),
        ("أقامت القوات قرب البلدة معسكرا للتدريب.", "أقامت", "base"),
        ("عثر على جثة مكبلة اليدين قرب المدينة.", "مكبلة اليدين", "execution"),
        ("أطلقت زوارق فجر الأربعاء نيران رشاشاتها.", "أطلقت", "shooting"),
        ("خرجت بعد صلاة الظهر مسيرات في المدينة.", "خرجت", "protest"),
        ("احتجزوا نحو عشرين رهينة في الفندق.", "احتجزوا", "abduction"),
        ("احتجزوا نحو عشرين مهربا على الحدود.", "احتجزوا", "arrest"),
        ("فتح حراس مقر الاتحاد في القضاء النار على المتظاهرين.", "فتح", "shooting"),
    ],
)
def test_what_stands_beside_a_word_says_what_it_tells(text: str, word: str, kind: str) -> None:
    assert (word, kind) in told(text)


@pytest.mark.parametrize(
    ("text", "word", "kind"),
    [
        ("Eleven rounds landed around the camp.", "landed", "shelling"),
        ("They blew up his house.", "blew up", "loot"),
        ("Police found two bodies by the road.", "found", "killed"),
    ],
)
def test_english_verbs_are_told_by_their_objects(text: str, word: str, kind: str) -> None:
    assert (word, kind) in told(text, "en")


@pytest.mark.parametrize(
    "text",
    [
        "تعثرت العملية السياسية في البلاد.",
        "تقع القرية الواقعة على الطريق في الشمال.",
        "وزعت عبوات مياه على السكان.",
        "قال كما جرى في السابق.",
    ],
)
def test_figures_of_speech_tell_nothing(text: str) -> None:
    assert not told(text)


@pytest.mark.parametrize(
    ("text", "language", "word", "kind"),
    [
        ("قتل جنديان في كمين.\nرابط الخبر بالصحيفة: غارات على المدينة", "ar", "غارات", "air_strike"),
        ("Two soldiers were killed.\nRead more: Air strikes hit the town", "en", "Air strikes", "air_strike"),
    ],
)
def test_a_line_that_only_links_to_a_report_tells_nothing(
    text: str, language: str, word: str, kind: str
) -> None:
    assert (word, kind) not in told(text, language)
    assert told(text, language)


def test_a_link_spoken_of_inside_a_sentence_hides_nothing() -> None:
    assert ("غارات", "air_strike") in told("نشر الناشطون رابط الخبر عن غارات على المدينة.")
