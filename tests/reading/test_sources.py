"""Files, folders and streams as reports."""

import gzip
import io
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sijill.reading import Located, ReadError, read_located, read_paths
from sijill.reading import fields as fields_module
from sijill.reading import tables as tables_module
from sijill.records import Report

TEXT = "قتل ثلاثة جنود في هجوم قرب الموصل."


def read(*paths: Path | str, **options: str) -> list[Report | ReadError]:
    return list(read_paths(paths, **options))


def only(*paths: Path | str, **options: str) -> Report:
    (report,) = read(*paths, **options)
    assert isinstance(report, Report), str(report)
    return report


def errors(items: list[Report | ReadError]) -> list[tuple[int | None, str]]:
    return [(item.line, item.message) for item in items if isinstance(item, ReadError)]


def test_text_file(tmp_path: Path) -> None:
    path = tmp_path / "report one.txt"
    path.write_bytes(TEXT.encode("utf-16"))
    assert only(path, published="2016-03-02T10:00", source="Agency", language="ar") == Report(
        id="report one", text=TEXT, published="2016-03-02", source="Agency", language="ar"
    )


def test_bad_default_date_is_refused() -> None:
    with pytest.raises(ValueError, match="not a date"):
        read("-", published="yesterday")


@pytest.mark.parametrize("content", [b"", b" \n\n", b"\xef\xbb\xbf"])
def test_empty_file_is_said(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    assert "empty" in errors(read(path))[0][1]


def test_binary_file_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"%PDF-1.4\n")
    assert "PDF" in errors(read(path))[0][1]


def test_missing_file_is_said(tmp_path: Path) -> None:
    assert errors(read(tmp_path / "none.txt"))[0][1] == "No such file or directory"


def test_jsonl_flat_nested_and_bad_lines(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    lines = [
        '{"id": "a", "text": "one", "published": "2020-01-02", "score": 3}',
        "",
        "{broken",
        '{"report": {"id": "b", "text": "two"}, "events": []}',
        '{"id": "c"}',
        '{"text": "three", "published": "02/01/2020"}',
        '{"text": "four\\ud800", "id": null}',
        "[1, 2]",
        '{"text": "five"}',
    ]
    path.write_text("\ufeff" + "\n".join(lines), encoding="utf-8")
    items = read(path)
    assert [(r.id, r.text) for r in items if isinstance(r, Report)] == [
        ("a", "one"),
        ("b", "two"),
        ("news:7", "four\ufffd"),
        ("news:9", "five"),
    ]
    assert [line for line, _ in errors(items)] == [3, 5, 6, 8]
    assert str(next(item for item in items if isinstance(item, ReadError))).startswith(f"{path}:3: not JSON")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    texts=st.lists(
        st.text(alphabet=st.characters(blacklist_categories=["Cs"]), min_size=1), min_size=1, max_size=5
    )
)
@pytest.mark.parametrize("escaped", [True, False])
def test_jsonl_gives_odd_unicode_back(tmp_path: Path, escaped: bool, texts: list[str]) -> None:
    """U+2028, NEL, NUL and their like inside a string end no line."""
    texts = [f"\u2028{text}\u0085\u2029\x00\x1e" for text in texts] + ["a\r\nb\x0c"]
    path = tmp_path / "odd.jsonl"
    lines = (json.dumps({"text": text}, ensure_ascii=escaped) for text in texts)
    path.write_bytes("\n".join(lines).encode())
    assert [item.text for item in read(path) if isinstance(item, Report)] == texts


def test_jsonl_surrogates_are_replaced(tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    path.write_bytes(b'{"text": "a\\udc80b"}\n{"text": "a\xed\xa0\x80b"}\n{"text": "\\ud83d\\ude00"}\n')
    assert [item.text for item in read(path) if isinstance(item, Report)] == [
        "a\ufffdb",
        "a\ufffdb",
        "\U0001f600",
    ]


def test_jsonl_line_that_is_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables_module, "MAX_LINE_BYTES", 100)
    path = tmp_path / "long.jsonl"
    path.write_text(
        json.dumps({"text": "x" * 500}) + '\n{"text": "short"}\n' + json.dumps({"text": "y" * 300})
    )
    items = read(path)
    assert [line for line, _ in errors(items)] == [1, 3]
    assert [item.text for item in items if isinstance(item, Report)] == ["short"]


def test_jsonl_deep_nesting_is_said(tmp_path: Path) -> None:
    path = tmp_path / "deep.jsonl"
    path.write_text('{"text": ' + "[" * 100_000 + '\n{"text": "b"}\n')
    assert [line for line, _ in errors(read(path))] == [1]


def test_jsonl_in_utf16(tmp_path: Path) -> None:
    path = tmp_path / "wide.jsonl"
    path.write_bytes(f'{{"text": "{TEXT}"}}\n{{"text": "b"}}\n'.encode("utf-16"))
    assert [item.text for item in read(path) if isinstance(item, Report)] == [TEXT, "b"]


def test_json_file_of_one_or_many(tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text(json.dumps({"text": "a"}))
    (tmp_path / "many.json").write_text(json.dumps([{"text": "a"}, 3, {"text": "b"}]))
    assert only(tmp_path / "one.json").id == "one:1"
    items = read(tmp_path / "many.json")
    assert errors(items) == [(2, "not a JSON object")]
    assert len(items) == 3


def test_csv_columns_lines_and_bad_rows(tmp_path: Path) -> None:
    path = tmp_path / "news.csv"
    rows = [
        "\ufeffid;النص;Date",
        f'1;"{TEXT}\nسطر";2020-01-02',
        "2;x;2020-02-30",
        "3;y;2020-01-01;extra",
        ";",
        "4;z",
    ]
    path.write_text("\n".join(rows), encoding="utf-8")
    items = list(read_located([path]))
    assert [(item.line, item.report.id) for item in items if isinstance(item, Located)] == [
        (2, "1"),
        (7, "4"),
    ]
    assert [item.line for item in items if isinstance(item, ReadError)] == [4, 5]


def test_csv_in_windows_1256_and_without_text(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(f"id,text\n1,{TEXT}\n".encode("cp1256"))
    (tmp_path / "b.csv").write_text("id,words\n1,x\n")
    assert only(tmp_path / "a.csv").text == TEXT
    assert "no column for the text" in errors(read(tmp_path / "b.csv"))[0][1]


def test_csv_long_cell(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text("text\n" + "x" * 300_000 + "\n")
    assert len(only(path).text) == 300_000


def test_parquet(tmp_path: Path) -> None:
    import datetime

    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    path = tmp_path / "news.parquet"
    table = pa.table(
        {
            "id": [1, 2, 3],
            "content": [TEXT, None, "b"],
            "published_at": [datetime.datetime(2020, 1, 2, 23, 0), None, datetime.datetime(2020, 1, 3)],
            "other": [1, 2, 3],
        }
    )
    parquet.write_table(table, path)
    items = read(path)
    assert [(r.id, r.published) for r in items if isinstance(r, Report)] == [
        ("1", "2020-01-02"),
        ("3", "2020-01-03"),
    ]
    assert errors(items) == [(2, "no text")]
    (tmp_path / "bad.parquet").write_bytes(b"PAR1nonsense")
    assert "Parquet" in errors(read(tmp_path / "bad.parquet"))[0][1]


PAGE = f"""<!DOCTYPE html><html lang="ar"><head><meta charset="{{charset}}"><title>هجوم قرب الموصل</title>
<meta property="og:title" content="هجوم قرب الموصل"><meta property="og:site_name" content="وكالة">
<meta property="article:published_time" content="2016-03-02T08:00:00+03:00">
<link rel="canonical" href="https://example.org/a"></head>
<body><nav><a href="/">الرئيسية</a></nav><article><h1>هجوم قرب الموصل</h1>
<p>{TEXT} وأضافت الوكالة أن الهجوم وقع فجر الثلاثاء على حاجز للجيش.</p>
<p>وقال مصدر أمني إن القوات ردت على مصادر النيران وإن الاشتباكات استمرت ساعتين.</p></article></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "windows-1256"])
def test_html(tmp_path: Path, charset: str) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(PAGE.format(charset=charset).encode(charset))
    report = only(path, published="1999-01-01")
    assert TEXT in report.text
    assert "الرئيسية" not in report.text
    assert (report.title, report.published, report.source) == ("هجوم قرب الموصل", "2016-03-02", "وكالة")
    assert report.url == "https://example.org/a"


def test_html_without_article_is_said(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("<html><body></body></html>")
    assert "no article" in errors(read(path))[0][1]


def test_file_without_suffix_is_told_by_its_head(tmp_path: Path) -> None:
    (tmp_path / "page").write_text(PAGE.format(charset="utf-8"), encoding="utf-8")
    (tmp_path / "lines").write_text('{"text": "a"}\n{"text": "b"}\n')
    (tmp_path / "words").write_text("{not json\n", encoding="utf-8")
    assert only(tmp_path / "page").title == "هجوم قرب الموصل"
    assert len(read(tmp_path / "lines")) == 2
    assert only(tmp_path / "words").text == "{not json\n"


def test_folder_is_read_in_order_with_what_it_cannot_read(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/10.txt", "a.txt", "c.jsonl", ".hidden.txt", "b/.git/x.txt", "photo.jpg"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text('{"id": "c", "text": "x"}' if name == "c.jsonl" else "words")
    items = read(tmp_path)
    assert [item.id if isinstance(item, Report) else item.message for item in items] == [
        "a",
        "10",
        "2",
        "c",
        "not a format that is read (.jpg)",
    ]


def test_gzip(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "news.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write('{"text": "a"}\n{"text": "b"}\n')
    with gzip.open(tmp_path / "r.txt.gz", "wb") as file:
        file.write(TEXT.encode("cp1256"))
    assert [r.id for r in read(tmp_path / "news.jsonl.gz") if isinstance(r, Report)] == ["news:1", "news:2"]
    assert only(tmp_path / "r.txt.gz") == Report(id="r", text=TEXT)


def test_gzip_cut_short_gives_what_came_before(tmp_path: Path) -> None:
    whole = gzip.compress(
        b"".join(b'{"text": "%d %s"}\n' % (n, os.urandom(20).hex().encode()) for n in range(5000))
    )
    path = tmp_path / "cut.jsonl.gz"
    path.write_bytes(whole[: len(whole) // 2])
    items = read(path)
    assert len(items) > 100
    assert len(errors(items)) == 1
    assert isinstance(items[-1], ReadError)


class _Standard:
    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


@pytest.mark.parametrize(
    ("data", "ids"),
    [
        (TEXT.encode(), ["stdin"]),
        (b'{"text": "a"}\n{"id": "x", "text": "b"}\n', ["stdin:1", "x"]),
        (b'\n\n{"text": "a"}\n', ["stdin:3"]),
        (b'{"text": "a"}', ["stdin:1"]),
    ],
)
def test_standard_input(monkeypatch: pytest.MonkeyPatch, data: bytes, ids: list[str]) -> None:
    monkeypatch.setattr(sys, "stdin", _Standard(data))
    assert [item.id for item in read("-") if isinstance(item, Report)] == ids


def test_standard_input_is_read_line_by_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first report is there before the stream ends."""
    end_in, end_out = os.pipe()
    with os.fdopen(end_in, "rb") as stream, os.fdopen(end_out, "wb") as writing:
        monkeypatch.setattr(sys, "stdin", type("Standard", (), {"buffer": stream}))
        writing.write(b'{"id": "first", "text": "a"}\n')
        writing.flush()
        items: Iterator[Report | ReadError] = read_paths(["-"])
        first = next(items)
        assert isinstance(first, Report)
        assert first.id == "first"
        writing.write(b'{"id": "second", "text": "b"}\n')
        writing.close()
        assert len(list(items)) == 1


def test_text_that_is_too_long_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables_module, "MAX_TEXT_BYTES", 100)
    assert fields_module.MAX_TEXT_BYTES > 100
    path = tmp_path / "long.txt"
    path.write_text("x" * 101)
    assert "too long" in errors(read(path))[0][1]


@pytest.mark.skipif(sys.platform != "linux", reason="file names that are not UTF-8 are a matter of Linux")
def test_file_name_that_is_not_utf8(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/bad\xff.txt"
    Path(os.fsdecode(name)).write_text("words")
    assert only(os.fsdecode(name)).id == "bad\ufffd"
