from datetime import date

import pytest

from sijill.coding.ground import Ground
from sijill.language.analysis import Analysis
from sijill.records import Report


def analysis(text: str, published: str = "2015-08-06") -> Analysis:
    return Analysis(Report(id="r", text=text, published=published, language="ar"))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("شهد المسجد أمس الثلاثاء توترا، واعتقل ثلاثة فجر أمس", date(2015, 8, 5)),  # printed on Thursday
        ("شهد المسجد أمس الأربعاء توترا", date(2015, 8, 6)),
        ("شهد المسجد أمس (الأربعاء) توترا", date(2015, 8, 6)),
        ("شهد المسجد الثلاثاء توترا", date(2015, 8, 6)),
        ("قتلوا اليوم الجمعة", date(2015, 8, 6)),  # six days back: a slip of the pen, no old report
    ],
)
def test_the_day_that_today_means(text: str, day: date) -> None:
    assert analysis(text).reference == day


def test_yesterday_counts_from_the_day_of_writing() -> None:
    times = analysis("شهد المسجد أمس الثلاثاء توترا، واعتقل ثلاثة فجر أمس").times
    assert [t.first for t in times] == [date(2015, 8, 4), date(2015, 8, 4)]


def test_the_friday_prayer_is_no_day_beside_one() -> None:
    """A prayer bears the name of its weekday; where the sentence says the day, that is meant."""
    said = Ground(analysis("وقع التفجير خلال صلاة الجمعة في 26 يونيو الماضي"))
    assert [t.first for t in said.times] == [date(2015, 6, 26)]
    alone = Ground(analysis("خرجت المظاهرة بعد صلاة الجمعة"))
    assert [t.first for t in alone.times] == [date(2015, 7, 31)]
