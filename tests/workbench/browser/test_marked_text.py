"""The text of a report in a real browser: every mark at its words, every selection at its offsets, nothing reordered."""

from __future__ import annotations

from typing import Any

import pytest
from invented_war import MIXED, records
from playwright.sync_api import Page

from conftest import LANGUAGES, Open, Workbench, settled

EVIDENCE = [
    ("e0:casualties[0]", "٣٧ جنديًّا"),
    ("e0:casualties[1]", "12 مدنيًّا"),
    ("e0:side_b", "تنظيم «داعش» (ISIS)"),
    ("e0:means", "BM-21 Grad"),
    ("e0:sources[0]", "مصدر طبي 👩🏽‍⚕️"),
    ("e0:casualties[3]", "لا يقل عدد الجرحى عن 60"),
    ("p1:name", ""),
]

SEGMENTS = """() => [...document.querySelectorAll("#text p > [data-start]")].map((s) => ({
  start: Number(s.dataset.start), end: Number(s.dataset.end), text: s.textContent, cells: (s.dataset.cells ?? "").split(" "),
}))"""


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["mixed", "english"])
def test_every_segment_shows_the_code_points_of_its_offsets(
    open_page: Open, reading: Workbench, lang: str, name: str
) -> None:
    text = next(record.report.text for record in records() if record.report.id == name)
    page = open_page(f"{reading.url}/reports/{name}?lang={lang}", lang)
    segments = page.evaluate(SEGMENTS)
    assert segments
    for segment in segments:
        assert text[segment["start"] : segment["end"]] == segment["text"]
    shown = "".join(segment["text"] for segment in segments)
    assert shown == text.replace("\r\n", "").replace("\n", "")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_evidence_is_marked_at_the_right_words(open_page: Open, reading: Workbench, lang: str) -> None:
    page = open_page(f"{reading.url}/reports/mixed?lang={lang}", lang)
    segments = page.evaluate(SEGMENTS)
    for cell, words in EVIDENCE:
        marked = "".join(s["text"] for s in segments if cell in s["cells"])
        assert marked == words


def test_marks_leave_the_line_where_the_writer_had_it(open_page: Open, reading: Workbench) -> None:
    """Words stand in the same order on the line with marks and without."""
    page = open_page(f"{reading.url}/reports/mixed?lang=en", "en", width=1900)
    compared = page.evaluate(
        """() => [...document.querySelectorAll("#text > p")].map((p) => {
          const boxes = (root) => {
            const found = [];
            const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
              for (let i = 0; i < node.data.length; i += 1) {
                const range = document.createRange();
                range.setStart(node, i);
                range.setEnd(node, i + 1);
                const box = range.getBoundingClientRect();
                found.push(Math.round(box.left));
              }
            }
            return found;
          };
          const plain = document.createElement("p");
          plain.dir = "auto";
          plain.textContent = p.textContent;
          p.after(plain);
          const result = [boxes(p), boxes(plain)];
          plain.remove();
          return result;
        })"""
    )
    for marked, plain in compared:
        assert len(marked) == len(plain)
        assert all(abs(a - b) <= 2 for a, b in zip(marked, plain, strict=True))


def test_paragraphs_have_the_direction_of_their_own_words(open_page: Open, reading: Workbench) -> None:
    for name, direction in (("mixed", "rtl"), ("english", "ltr")):
        page = open_page(f"{reading.url}/reports/{name}")
        assert page.evaluate("getComputedStyle(document.querySelector('#text p')).direction") == direction


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_field_lights_its_words_and_words_show_their_field(
    open_page: Open, reading: Workbench, lang: str
) -> None:
    page = open_page(f"{reading.url}/reports/mixed?lang={lang}", lang)
    settled(page)
    cell = page.locator('[data-cell="e0:casualties[1]"]')
    cell.locator("summary").click()
    assert "".join(page.locator("#text mark.lit").all_text_contents()) == "12 مدنيًّا"
    assert "ar.outcomes.killed" in cell.inner_text()
    page.locator("#text mark", has_text="BM-21").click()
    assert page.locator('[data-cell="e0:means"] details').get_attribute("open") is not None
    assert cell.locator("details").get_attribute("open") is None
    assert "".join(page.locator("#text mark.lit").all_text_contents()) == "BM-21 Grad"


# Where a character stands on the screen: found by walking the text in code points, with nothing of the page's own script.
PLACE_OF = """(wanted) => {
  for (const segment of document.querySelectorAll("#text p > [data-start]")) {
    const start = Number(segment.dataset.start);
    if (wanted < start || wanted >= Number(segment.dataset.end)) continue;
    const node = segment.firstChild;
    const signs = Array.from(node.data);
    const before = signs.slice(0, wanted - start).join("").length;
    // Marks stand on the letter before them: what is seen, and what a caret goes around, is the cluster.
    const cluster = new Intl.Segmenter("ar", {granularity: "grapheme"}).segment(node.data).containing(before);
    const range = document.createRange();
    range.setStart(node, cluster.index);
    range.setEnd(node, cluster.index + cluster.segment.length);
    const box = range.getBoundingClientRect();
    return {left: box.left, right: box.right, middle: (box.top + box.bottom) / 2, rtl: /\\p{Script=Arabic}/u.test(cluster.segment)};
  }
}"""


def edge(page: Page, offset: int, *, after: bool) -> tuple[float, float]:
    """The point just before or just after a character, in the direction in which it is written."""
    box: dict[str, Any] = page.evaluate(PLACE_OF, offset)
    right = box["rtl"] != after
    return (box["right"] - 0.5 if right else box["left"] + 0.5), box["middle"]


def drag(page: Page, start: int, end: int) -> None:
    """Select from before the character at `start` to after the one before `end`, with the mouse."""
    page.mouse.move(*edge(page, start, after=False))
    page.mouse.down()
    page.mouse.move(*edge(page, end - 1, after=True), steps=8)
    page.mouse.up()


SELECTIONS = [
    ("الجمعة", "آذار"),
    ("قُتِلَ", "جنديًّا"),
    ("جنديًّا", "هجومٍ"),
    ("مدنيًّا", "تنظيم"),
    ("عاجل", "مدينة"),
    ("حاجزٍ", "لإذاعة"),
    ("عاجل", "عدد"),
    ("مصدر", "لإذاعة"),
    ("المدنيين", "سليم"),
    ("Radio", "Furat"),
]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_selection_by_mouse_gives_the_right_offsets(open_page: Open, reading: Workbench, lang: str) -> None:
    page = open_page(f"{reading.url}/reports/mixed?lang={lang}", lang, width=1100)
    settled(page)
    page.evaluate("document.fonts.ready")
    for first, last in SELECTIONS:
        start = MIXED.index(first)
        end = MIXED.index(last, start) + len(last)
        page.evaluate(
            "document.getSelection().removeAllRanges(); delete document.querySelector('#text').dataset.selectedStart"
        )
        drag(page, start, end)
        page.wait_for_timeout(400)  # the page waits until the selection rests
        text = page.locator("#text")
        found = (
            int(text.get_attribute("data-selected-start") or -1),
            int(text.get_attribute("data-selected-end") or -1),
        )
        assert found == (start, end), f"{first} … {last}: {MIXED[slice(*found)]!r}"
        assert page.locator("#assign q").inner_text().split() == MIXED[start:end].split()


def test_a_selection_by_keyboard_over_the_whole_text_is_the_whole_text(
    open_page: Open, reading: Workbench
) -> None:
    page = open_page(f"{reading.url}/reports/mixed")
    settled(page)
    page.evaluate("document.getSelection().selectAllChildren(document.querySelector('#text'))")
    page.wait_for_selector("#text[data-selected-start]")
    text = page.locator("#text")
    assert text.get_attribute("data-selected-start") == "0"
    assert text.get_attribute("data-selected-end") == str(len(MIXED.rstrip()))
