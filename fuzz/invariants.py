"""What must hold whatever is read and coded, and how arbitrary bytes become something to read or to code.

`check` takes bytes: the first says which of the two, the rest is the material. It raises AssertionError, or whatever the
code raises beyond its documented errors, where something doesn't hold.
"""

from __future__ import annotations

import gzip
import io
import zipfile
from datetime import date, timedelta

from sijill.coding import TooLongError, code
from sijill.language.identify import UnreadLanguageError
from sijill.reading.archives import Limits
from sijill.reading.fields import Defaults, ReadError
from sijill.reading.items import read_bytes
from sijill.records import Record, Report

NAMES = (
    "a.txt", "a.html", "a.jsonl", "a.json", "a.csv", "a.tsv", "a.xml", "a.warc", "a.warc.gz", "a.zip", "a.gz", "a.docx",
    "a.pdf", "a",
)  # fmt: skip
SMALL = Limits(members=50, member_bytes=1 << 20, total_bytes=1 << 22, ratio=200, depth=3)
WORDS = (
    "قُتل ثلاثة جنود وأصيب خمسة مدنيين في هجوم شنه تنظيم الدولة الإسلامية على حاجز للجيش السوري قرب الموصل أمس الجمعة "
    'الماضي بينهم طفلان وقيادي . ، : " « » ( ) \n 12 ٣٤ 2016 12/3/2016 مارس آذار نحو أكثر من عشرات مئات ألف وعشرون قال '
    "المتحدث باسم قوات النظام انسحبت من مدينة حلب وسيطرت القوات على قرية انفجار سيارة مفخخة عبوة ناسفة غارة جوية العقيد محمد "
    "مهدي لا يقل عن منذ حتى من إلى ما بين اعتقال خطف إعدام تظاهرة three soldiers were killed and wounded in an attack near "
    "Mosul on Tuesday , . the army said at least dozens of civilians hundred thousand and twenty-five car bomb air strike "
    "captured Aleppo from rebels who withdrew Colonel Muhammad Ali 1,200 5.5 -7 10-20 % \u202e \u202c \u0640 \u064b \u200f \x00 "
    "\ud800 \U0001f468\u200d\U0001f469 ﷲ ﻻ ۳ ½ Ⅳ ب و ال"
).split(" ")
"""Words that reach deep into the readers, and characters that may mislead them."""


_SAID = "قُتل ثلاثة جنود قرب الموصل أمس. Three soldiers were killed near Mosul on Tuesday."
_MATERIAL = {
    "a.txt": _SAID,
    "a": "Drei Soldaten wurden am Dienstag bei einem Angriff getötet, sagte die Armee.",
    "a.html": f"<!DOCTYPE html><html><head><title>t</title></head><body><article><p>{_SAID * 5}</p></article></body></html>",
    "a.jsonl": f'{{"id": "1", "text": "{_SAID}", "published": "2016-03-02"}}\n',
    "a.json": f'{{"name": "n", "type": "t", "messages": [{{"id": 1, "type": "message", "date": "2016-03-02", "text": "{_SAID}"}}]}}',
    "a.csv": f'id,text,published\n1,"{_SAID}",2016-03-02\n',
    "a.xml": f'<rss version="2.0"><channel><title>t</title><item><title>x</title><description>{_SAID}</description></item></channel></rss>',
    "a.warc": f"WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/plain\r\nContent-Length: {len(_SAID.encode())}\r\n\r\n{_SAID}\r\n\r\n",
}


def seeds() -> list[bytes]:
    """Inputs to begin from: a file of each form that is text, a packed one, an archive, and texts of known words."""
    made = [bytes([2 * NAMES.index(name)]) + text.encode() for name, text in _MATERIAL.items()]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", _SAID)
    packed = {"a.zip": out.getvalue(), "a.gz": gzip.compress(_SAID.encode())}
    made += [bytes([2 * NAMES.index(name)]) + data for name, data in packed.items()]
    every = bytes(range(min(255, len(WORDS))))
    return [*made, *(b"\x01\x02" + every[start : start + 40] for start in range(0, len(every), 20))]


def check(data: bytes) -> None:
    """Read or code what the bytes stand for, and check that everything holds."""
    if not data:
        return
    if data[0] % 2:
        check_code(text_of(data[2:]), data[1:2])
        return
    name = NAMES[data[0] // 2 % len(NAMES)]
    for found in read_bytes(data[1:], name, name, Defaults(), SMALL):
        if isinstance(found, ReadError):
            assert found.message
        else:
            check_report(found[0])


def text_of(data: bytes) -> str:
    """A text of known words, each byte one of them; from the first 0xFF on the bytes are the text itself."""
    known, _, raw = data.partition(b"\xff")
    return " ".join(WORDS[byte % len(WORDS)] for byte in known) + raw.decode("utf-8", "surrogateescape")


def check_code(text: str, day: bytes) -> None:
    """Code a text, published on a day that a byte chooses, or on none."""
    published = (date(2016, 1, 1) + timedelta(days=7 * day[0])).isoformat() if day and day[0] % 3 else None
    check_report(Report(id="fuzzed", text=text, published=published))


def check_report(report: Report) -> None:
    """Code a report: evidence stands where it says, the record survives JSON, a language that isn't read is said."""
    try:
        record = code(report)
    except (UnreadLanguageError, TooLongError):
        return
    for entry in record.all_evidence():
        assert 0 <= entry.start < entry.end <= len(record.report.text), entry
        assert record.report.text[entry.start : entry.end] == entry.text, entry
    for person in record.persons:
        assert person.event is None or 0 <= person.event < len(record.events), person
    for event in record.events:
        assert event.start is None or (event.end or event.start) >= event.start, event
        for index, casualty in enumerate(event.casualties):
            assert casualty.part_of is None or 0 <= casualty.part_of < index, casualty
    line = record.to_json()
    assert b"\n" not in line
    assert Record.from_json(line) == record
