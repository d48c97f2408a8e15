"""An invented war in 2031, for the tests of the pages: a handful of reports whose records are written by hand, so that no change
of the coder changes what the tests look at. `python invented_war.py DB` makes the register."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from typing import Any

from sijill.reading.originals import Item, Original
from sijill.records import (
    Casualty,
    ControlChange,
    Event,
    Evidence,
    Person,
    Place,
    Record,
    Report,
    Source,
    Tally,
    TallyCasualty,
)
from sijill.store import Store, add_reports
from sijill.store.linking import link_register

RAQQA = Place(name="Ar Raqqah", country="SY", lat=35.9528, lon=39.0079, precision=2)
RAQQA_TOWN = Place(name="Ar Raqqah", country="SY", lat=35.9528, lon=39.0079, precision=1)
IDLIB = Place(name="Idlib", country="SY", lat=35.9306, lon=36.6339, precision=1)
ALEPPO = Place(name="Aleppo", country="SY", lat=36.2012, lon=37.1612, precision=1)
HAMA = Place(name="Hamah", country="SY", lat=35.1318, lon=36.7578, precision=1)
MAYADIN = Place(name="Al Mayadin", country="SY", lat=35.0205, lon=40.4527, precision=1)
BUKAMAL = Place(name="Albu Kamal", country="SY", lat=34.4514, lon=40.9185, precision=1)

MIXED = (
    "🔴 عاجل | قُتِلَ ٣٧ جنديًّا و12 مدنيًّا 😢 في هجومٍ شنّه تنظيم «داعش» (ISIS) بصواريخ BM-21 Grad على حاجزٍ قرب مدينة الرقة"
    " فجر الجمعة 7 آذار 2031.\r\n"
    "\r\n"
    "وقال مصدر طبي 👩🏽‍⚕️ لإذاعة Radio Furat إن بين القتلى المدنيين 4 أطفال، وإن العقيد نزار سليم الحافظ قُتل معهم.\r\n"
    "وأضاف: «لا يقل عدد الجرحى عن 60».\r\n"
)
ENGLISH = (
    "At least 45 Syrian soldiers were killed on Friday in a dawn attack by Islamic State on a checkpoint near Raqqa, the Delta"
    " Post said, citing an army officer. A dozen civilians died as well.\n"
)
LATER = (
    "ارتفعت حصيلة هجوم تنظيم الدولة الإسلامية على حاجز قرب الرقة يوم الجمعة إلى 41 قتيلا من الجنود و12 من المدنيين،"
    " بحسب المرصد.\n"
)
STRIKE = "قُتل 9 مدنيين بينهم 3 أطفال في غارة جوية روسية على سوق في مدينة إدلب أمس الثلاثاء.\n"
SHELLING = "سقط 5 قتلى مدنيين في قصف مدفعي لقوات النظام على حي في حلب مساء الأربعاء.\n"
OTHER_SHELLING = "Shells hit a school in Aleppo late on Wednesday, killing seven civilians, residents told the Delta Post.\n"
PROTEST = "خرج مئات المحتجين في حماة يوم الخميس يطالبون بالإفراج عن المعتقلين.\n"
TAKEN = "سيطرت قوات النظام على مدينة الميادين في العاشر من شباط بعد انسحاب تنظيم داعش منها.\n"
LOST = "استعاد تنظيم داعش أحياء في الميادين مطلع آذار، ودخل مدينة البوكمال وسيطر عليها كلها.\n"
TOTALS = "وثّق المرصد مقتل 210 مدنيين في ريف حلب منذ الأول من كانون الثاني 2031.\n"


def said(text: str, field: str, words: str, rule: str, nth: int = 0) -> Evidence:
    """Evidence at the words as they stand in the text, the `nth` time that they do."""
    start = [found.start() for found in re.finditer(re.escape(words), text)][nth]
    return Evidence(field=field, start=start, end=start + len(words), text=words, rule=rule)


def killed(n: int | None, side: str, bound: str = "exact", **more: Any) -> Casualty:
    return Casualty(outcome="killed", side=side, n=n, bound=bound, **more)  # type: ignore[arg-type]


def _clash(text: str, casualties: tuple[Casualty, ...], evidence: tuple[Evidence, ...], **more: Any) -> Event:
    given: dict[str, Any] = {
        "type": "armed_clash", "start": "2031-03-07", "end": "2031-03-07", "date_precision": 1, "place": RAQQA,
        "side_a": ("syr-gov",), "side_b": ("is",), "casualties": casualties, "confidence": 0.74, "evidence": evidence,
    }  # fmt: skip
    return Event(**{**given, **more})


def _mixed() -> Record:
    e = _clash(
        MIXED,
        (killed(37, "a"), killed(12, "civilians"), killed(4, "civilians", part_of=1), Casualty(outcome="wounded", side="unknown", n=60, bound="at_least")),
        (
            said(MIXED, "type", "هجومٍ", "ar.events.assault"),
            said(MIXED, "start", "فجر الجمعة 7 آذار 2031", "ar.times.weekday"),
            said(MIXED, "place", "قرب مدينة الرقة", "places.near"),
            said(MIXED, "side_a", "جنديًّا", "ar.people.soldier"),
            said(MIXED, "side_b", "تنظيم «داعش» (ISIS)", "ar.actors.is"),
            said(MIXED, "casualties[0]", "٣٧ جنديًّا", "ar.outcomes.killed"),
            said(MIXED, "casualties[1]", "12 مدنيًّا", "ar.outcomes.killed"),
            said(MIXED, "casualties[2]", "4 أطفال", "ar.outcomes.killed+part"),
            said(MIXED, "casualties[3]", "لا يقل عدد الجرحى عن 60", "ar.outcomes.wounded"),
            said(MIXED, "means[0]", "BM-21 Grad", "ar.means.rockets"),
            said(MIXED, "sources[0]", "مصدر طبي 👩🏽‍⚕️", "ar.speakers.medical"),
        ),
        means=("rockets",),
        sources=(Source(name="مصدر طبي", actor=None, kind="medical"),),
    )  # fmt: skip
    person = Person(
        name="نزار سليم الحافظ", affiliation=("syr-gov",), role="العقيد", fate="killed", event=0,
        evidence=(said(MIXED, "name", "نزار سليم الحافظ", "ar.people.name"), said(MIXED, "role", "العقيد", "ar.titles.rank")),
    )  # fmt: skip
    return Record(
        report=_report("mixed", MIXED, "إذاعة الفرات", "2031-03-07"), events=(e,), persons=(person,)
    )


def _report(
    id_: str, text: str, source: str, day: str, language: str = "ar", title: str | None = None
) -> Report:
    return Report(id=id_, text=text, source=source, published=day, language=language, title=title)


def records() -> list[Record]:
    """The reports with what they say."""
    english = _clash(
        ENGLISH,
        (killed(45, "a", "at_least"), killed(12, "civilians", "about")),
        (
            said(ENGLISH, "type", "attack", "en.events.assault"),
            said(ENGLISH, "start", "Friday", "en.times.weekday"),
            said(ENGLISH, "place", "near Raqqa", "places.near"),
            said(ENGLISH, "side_a", "Syrian soldiers", "en.people.soldier"),
            said(ENGLISH, "side_b", "Islamic State", "en.actors.is"),
            said(ENGLISH, "casualties[0]", "At least 45 Syrian soldiers", "en.outcomes.killed"),
            said(ENGLISH, "casualties[1]", "A dozen civilians", "en.outcomes.killed"),
        ),
        sources=(Source(name="army officer", actor="syr-gov", kind="official"),),
    )
    later = _clash(
        LATER,
        (killed(41, "a"), killed(12, "civilians")),
        (
            said(LATER, "type", "هجوم", "ar.events.assault"),
            said(LATER, "casualties[0]", "41 قتيلا من الجنود", "ar.outcomes.killed"),
            said(LATER, "casualties[1]", "12 من المدنيين", "ar.outcomes.killed"),
            said(LATER, "side_b", "تنظيم الدولة الإسلامية", "ar.actors.is"),
            said(LATER, "place", "قرب الرقة", "places.near"),
        ),
        sources=(Source(name="المرصد", actor=None, kind="monitor"),),
    )
    strike = Event(
        type="air_strike", start="2031-03-11", end="2031-03-11", date_precision=1, place=IDLIB, side_a=("rus-gov",),
        side_b=("civilians",), casualties=(killed(9, "civilians"), killed(3, "civilians", part_of=0)), confidence=0.91,
        evidence=(
            said(STRIKE, "type", "غارة جوية", "ar.events.air_strike"), said(STRIKE, "casualties[0]", "9 مدنيين", "ar.outcomes.killed"),
            said(STRIKE, "casualties[1]", "3 أطفال", "ar.outcomes.killed+part"), said(STRIKE, "place", "مدينة إدلب", "places.named"),
            said(STRIKE, "side_a", "روسية", "ar.actors.rus-gov"), said(STRIKE, "start", "أمس الثلاثاء", "ar.times.weekday"),
        ),
    )  # fmt: skip
    shelling = Event(
        type="shelling", start="2031-03-12", end="2031-03-12", date_precision=1, place=ALEPPO, side_a=("syr-gov",),
        side_b=("civilians",), casualties=(killed(5, "civilians"),), confidence=0.66,
        evidence=(said(SHELLING, "type", "قصف مدفعي", "ar.events.shelling"), said(SHELLING, "casualties[0]", "5 قتلى مدنيين", "ar.outcomes.killed"), said(SHELLING, "place", "حلب", "places.named")),
    )  # fmt: skip
    school = Event(
        type="attack", status="claimed", start="2031-03-15", end="2031-03-15", date_precision=2, place=ALEPPO, side_a=("unidentified-sy",),
        side_b=("civilians",), casualties=(killed(7, "civilians"),), confidence=0.41,
        evidence=(said(OTHER_SHELLING, "type", "Shells hit", "en.events.shelling"), said(OTHER_SHELLING, "casualties[0]", "seven civilians", "en.outcomes.killed"), said(OTHER_SHELLING, "place", "Aleppo", "places.named")),
    )  # fmt: skip
    protest = Event(
        type="peaceful_protest", start="2031-03-13", end="2031-03-13", date_precision=1, place=HAMA, side_a=("protesters",), confidence=0.88,
        evidence=(said(PROTEST, "type", "خرج مئات المحتجين", "ar.events.protest"), said(PROTEST, "place", "حماة", "places.named")),
    )  # fmt: skip
    taken = ControlChange(
        place=MAYADIN, from_=("is",), to=("syr-gov",), start="2031-02-10", extent="full", manner="withdrawal",
        evidence=(said(TAKEN, "to", "قوات النظام", "ar.actors.syr-gov"), said(TAKEN, "place", "مدينة الميادين", "places.named"), said(TAKEN, "start", "العاشر من شباط", "ar.times.date")),
    )  # fmt: skip
    back = ControlChange(place=MAYADIN, from_=("syr-gov",), to=("is",), start="2031-03-01", extent="partial", manner="force", evidence=(said(LOST, "extent", "أحياء في", "ar.cues.partial"),))  # fmt: skip
    border = ControlChange(place=BUKAMAL, from_=("syr-gov",), to=("is",), start="2031-03-02", extent="full", manner="force", evidence=(said(LOST, "extent", "كلها", "ar.cues.full"),))  # fmt: skip
    total = Tally(
        since="2031-01-01", until="2031-03-14", place=Place(name="Aleppo", country="SY", lat=36.0, lon=37.2, precision=4),
        casualties=(TallyCasualty(outcome="killed", actor=("civilians",), n=210, bound="exact"),),
        evidence=(said(TOTALS, "casualties[0]", "210 مدنيين", "ar.outcomes.killed"), said(TOTALS, "since", "الأول من كانون الثاني 2031", "ar.times.date")),
    )  # fmt: skip
    return [
        _mixed(),
        Record(report=_report("english", ENGLISH, "Delta Post", "2031-03-08", "en", "Dawn attack near Raqqa"), events=(english,)),
        Record(report=_report("later", LATER, "المرصد", "2031-03-09"), events=(later,)),
        Record(report=_report("strike", STRIKE, "إذاعة الفرات", "2031-03-12"), events=(strike,)),
        Record(report=_report("shelling", SHELLING, "إذاعة الفرات", "2031-03-13"), events=(shelling,)),
        Record(report=_report("school", OTHER_SHELLING, "Delta Post", "2031-03-13", "en"), events=(school,)),
        Record(report=_report("protest", PROTEST, "تنسيقية حماة", "2031-03-14"), events=(protest,)),
        Record(report=_report("taken", TAKEN, "إذاعة الفرات", "2031-02-11"), control=(taken,)),
        Record(report=_report("lost", LOST, "Delta Post", "2031-03-03"), control=(back, border)),
        Record(report=_report("totals", TOTALS, "المرصد", "2031-03-14"), tallies=(total,)),
    ]  # fmt: skip


def make_register(db: str) -> None:
    """The register of this war at a path or URL, its events linked."""
    made = records()
    known = {record.report.id: record for record in made}

    def coder(report: Report) -> Record:
        return Record(
            **{
                **{
                    name: getattr(known[report.id], name)
                    for name in ("events", "tallies", "control", "persons")
                },
                "report": report,
            }
        )

    items: Iterable[Item] = (
        (record.report, Original(record.report.text.encode(), "text/plain", f"{record.report.id}.txt"))
        for record in made
    )
    with Store.create(db) as store:
        add_reports(store, items, coder, rules="by hand")
        link_register(store)


if __name__ == "__main__":
    make_register(sys.argv[1])
