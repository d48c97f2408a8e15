"""Deciding with mouse and keyboard: correct, accept, assign words, merge, split, undo; log-in, roles, forged requests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from invented_war import MIXED
from playwright.sync_api import Page, expect

from conftest import LANGUAGES, Open, Workbench, serve, settled
from sijill.store import Store, backup, find_events, history, report_state
from sijill.store.present import Present
from sijill.store.queries import Filter
from sijill.store.users import add_user
from sijill.workbench import Settings
from sijill.workbench.passwords import hashed
from sijill.workbench.roles import Role

PASSWORD = "correct horse battery"


def state(workbench: Workbench, report: str) -> Present:
    with Store.open(workbench.db) as store:
        return report_state(store, report)


def accounts(workbench: Workbench) -> list[str]:
    with Store.open(workbench.db) as store:
        return [found.id for found in find_events(store, Filter()).events]


def account_of(workbench: Workbench, type_: str) -> str:
    with Store.open(workbench.db) as store:
        return find_events(store, Filter(type=type_)).events[0].id


def open_editor(page: Page, cell: str) -> None:
    page.locator(f'[data-cell="{cell}"] summary').click()
    page.locator(f'[data-cell="{cell}"] [data-edit]').click()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_toll_is_corrected_and_the_machines_word_stays_beside_it(
    open_page: Open, writing: Workbench, lang: str
) -> None:
    page = open_page(f"{writing.url}/reports/mixed?lang={lang}", lang)
    settled(page)
    open_editor(page, "e0:casualties[0]")
    page.locator('[data-cell="e0:casualties[0]"] input[type=number]').first.fill("39")
    page.locator('[data-cell="e0:casualties[0]"] button[type=submit]').click()
    cell = page.locator('[data-cell="e0:casualties[0]"]')
    expect(cell.locator(".cell-text .value")).to_contain_text("39")
    expect(cell.locator(".machine-said s")).to_contain_text("37")
    event = state(writing, "mixed").of("events")[0]
    assert event.value.casualties[0].n == 39
    assert event.review == "corrected"
    page.locator(".message button").click()  # undo
    expect(cell.locator(".cell-text .value")).to_contain_text("37")
    assert state(writing, "mixed").of("events")[0].value.casualties[0].n == 37


def test_selected_words_become_the_evidence_and_their_number_the_figure(
    open_page: Open, writing: Workbench
) -> None:
    page = open_page(f"{writing.url}/reports/mixed")
    settled(page)
    open_editor(page, "e0:casualties[2]")
    words = "37 جنديًّا" if "37 جنديًّا" in MIXED else "12 مدنيًّا"
    page.evaluate(
        """(words) => {
          const marks = [...document.querySelectorAll("#text mark")].filter((m) => words.includes(m.textContent));
          const range = document.createRange();
          range.setStart(marks[0].firstChild, 0);
          range.setEnd(marks.at(-1).firstChild, marks.at(-1).firstChild.data.length);
          document.getSelection().removeAllRanges();
          document.getSelection().addRange(range);
        }""",
        words,
    )
    editor = page.locator('[data-cell="e0:casualties[2]"] [data-editor]')
    expect(editor.locator(".evidence q")).to_contain_text(words)
    expect(editor.locator("input[type=number]").first).to_have_value("12")
    editor.locator("button[type=submit]").click()
    expect(page.locator('[data-cell="e0:casualties[2]"] .words q')).to_have_text(words)
    found = [e for e in state(writing, "mixed").of("events")[0].value.evidence if e.field == "casualties[2]"]
    assert [(MIXED[e.start : e.end], e.rule) for e in found] == [(words, "person")]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_place_is_found_by_its_name_in_either_script(
    open_page: Open, writing: Workbench, lang: str
) -> None:
    page = open_page(f"{writing.url}/reports/strike?lang={lang}", lang)
    settled(page)
    open_editor(page, "e0:place")
    field = page.locator('[data-cell="e0:place"] [role=combobox]')
    field.press_sequentially("حمص" if lang == "ar" else "Homs")
    expect(page.locator('[data-cell="e0:place"] [role=option]').first).to_be_visible()
    field.press("Enter")
    page.locator('[data-cell="e0:place"] button[type=submit]').click()
    expect(page.locator('[data-cell="e0:place"] .value')).to_contain_text("حمص" if lang == "ar" else "Homs")
    place = state(writing, "strike").of("events")[0].value.place
    assert place is not None
    assert place.name == "Homs"
    assert place.lat == pytest.approx(34.7, abs=0.5)


def test_an_actor_is_added_and_another_taken_away(open_page: Open, writing: Workbench) -> None:
    page = open_page(f"{writing.url}/reports/strike")
    settled(page)
    open_editor(page, "e0:side_a")
    box = page.locator('[data-cell="e0:side_a"]')
    box.locator("[role=combobox]").press_sequentially("الجيش السوري")
    expect(box.locator("[role=option]").first).to_be_visible()
    box.locator("[role=option]", has_text="syr-gov").first.click()
    box.locator(".chip-remove").first.click()
    box.locator("button[type=submit]").click()
    expect(box.locator(".value")).to_contain_text("Syria")
    assert state(writing, "strike").of("events")[0].value.side_a == ("syr-gov",)


def test_a_report_is_done_with_the_keyboard_alone(open_page: Open, writing: Workbench) -> None:
    page = open_page(f"{writing.url}/reports/strike")
    settled(page)
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.closest('[data-cell]').dataset.cell") == "e0:type"
    page.keyboard.press("j")
    page.keyboard.press("e")
    page.wait_for_selector('[data-cell="e0:status"] select')
    page.keyboard.press("c")  # types ahead in the select: claimed
    page.keyboard.press("Enter")
    page.locator('[data-cell="e0:status"] button[type=submit]').press("Enter")
    expect(page.locator('[data-cell="e0:status"] .value')).to_have_text("claimed")
    page.keyboard.press("a")
    expect(page.locator("#decisions li")).to_have_count(2)
    page.keyboard.press("u")
    expect(page.locator("#decisions li")).to_have_count(3)
    page.keyboard.press("?")
    expect(page.locator("dialog[open] .keys")).to_be_visible()
    page.keyboard.press("Escape")
    part = state(writing, "strike").of("events")[0]
    assert part.value.status == "claimed"
    assert part.review == "corrected"


def test_a_part_is_rejected_and_taken_back(open_page: Open, writing: Workbench) -> None:
    page = open_page(f"{writing.url}/reports/protest")
    settled(page)
    page.locator('[data-do="reject"]').click()
    expect(page.locator(".part.rejected")).to_be_visible()
    assert state(writing, "protest").of("events") == []
    page.locator(".part.rejected [data-undo]").click()
    expect(page.locator(".part.machine")).to_be_visible()
    assert len(state(writing, "protest").of("events")) == 1


def test_a_casualty_is_taken_out_and_one_is_added(open_page: Open, writing: Workbench) -> None:
    page = open_page(f"{writing.url}/reports/mixed")
    settled(page)
    open_editor(page, "e0:casualties[0]")
    page.locator('[data-cell="e0:casualties[0]"] button.danger').click()
    expect(page.locator('[data-cell^="e0:casualties"]')).to_have_count(3)
    event = state(writing, "mixed").of("events")[0].value
    assert [(c.n, c.part_of) for c in event.casualties] == [(12, None), (4, 0), (60, None)]
    words = {e.field: e.text for e in event.evidence if e.field.startswith("casualties")}
    assert words == {
        "casualties[0]": "12 مدنيًّا", "casualties[1]": "4 أطفال", "casualties[2]": "لا يقل عدد الجرحى عن 60",
    }  # fmt: skip
    page.locator('[data-add="e0:casualties[3]"]').click()
    fresh = page.locator('[data-cell="e0:casualties[3]"]')
    fresh.locator("input[type=number]").first.fill("2")
    fresh.locator("button[type=submit]").click()
    expect(page.locator('[data-cell="e0:casualties[3]"] .value')).to_contain_text("2")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_two_accounts_are_merged_and_the_merge_is_undone(
    open_page: Open, writing: Workbench, lang: str
) -> None:
    before = accounts(writing)
    shelling, school = account_of(writing, "shelling"), account_of(writing, "attack")
    page = open_page(f"{writing.url}/events/{shelling}?lang={lang}", lang)
    settled(page)
    page.keyboard.press("m")
    page.locator(f'#merge-form input[value="{school}"]').check()
    page.locator("#merge-form button[type=submit]").click()
    expect(page.locator("th[data-telling]")).to_have_count(2)
    assert len(accounts(writing)) == len(before) - 1
    page.locator("#decisions [data-undo]").click()
    expect(page.locator("th[data-telling]")).to_have_count(1)
    assert sorted(accounts(writing)) == sorted(before)


def test_tellings_are_split_off_and_the_split_is_undone(open_page: Open, writing: Workbench) -> None:
    before = accounts(writing)
    clash = account_of(writing, "armed_clash")
    page = open_page(f"{writing.url}/events/{clash}")
    settled(page)
    expect(page.locator("th[data-telling]")).to_have_count(3)
    page.locator("#split-form input[type=checkbox]").nth(1).check()
    page.locator("#split-form button[type=submit]").click()
    expect(page.locator("#decisions [data-undo]")).to_be_visible()
    assert len(accounts(writing)) == len(before) + 1
    page.locator("#decisions [data-undo]").click()
    expect(page.locator("th[data-telling]")).to_have_count(3)
    assert len(accounts(writing)) == len(before)


@pytest.fixture
def closed(war: Path, tmp_path: Path) -> Iterator[Workbench]:
    """A workbench that asks for a log-in, with a person of every role, each named for it."""
    with Store.open(war) as store:
        db = backup(store, tmp_path / "closed.db")
    with Store.open(db) as store:
        for role in Role:
            add_user(store, role.value, role.value, hashed(PASSWORD))
    yield from serve(db, Settings(name="nobody", closed=True))


def log_in(page: Page, name: str, password: str = PASSWORD) -> None:
    page.locator("input[name=name]").fill(name)
    page.locator("input[name=password]").fill(password)
    page.locator("main form button").click()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_log_in_is_asked_and_leads_back_to_the_page(open_page: Open, closed: Workbench, lang: str) -> None:
    page = open_page(f"{closed.url}/reports/mixed?lang={lang}", lang)
    assert "/login" in page.url
    log_in(page, "coder", "wrong password")
    expect(page.locator(".notice")).to_be_visible()
    log_in(page, "coder")
    expect(page.locator("#report")).to_be_visible()
    assert page.context.cookies()
    assert all(cookie["httpOnly"] for cookie in page.context.cookies() if cookie["name"] != "theme")


def test_a_viewer_reads_and_is_offered_no_decision(open_page: Open, closed: Workbench) -> None:
    page = open_page(f"{closed.url}/reports/mixed")
    log_in(page, "viewer")
    expect(page.locator("#report")).to_be_visible()
    settled(page)
    assert page.locator("[data-do], [data-editor], [data-add-part]").count() == 0
    part = state(closed, "mixed").of("events")[0].id
    refused = page.evaluate(
        """async (part) => (await fetch("/api/v1/decisions", {method: "POST", body: JSON.stringify({what: "accept", part}),
          headers: {"content-type": "application/json", "x-csrf-token": document.body.dataset.csrf}})).status""",
        part,
    )
    assert refused == 403
    assert state(closed, "mixed").of("events")[0].review == "machine"


def test_a_forged_request_is_refused(open_page: Open, closed: Workbench) -> None:
    page = open_page(f"{closed.url}/reports/mixed")
    log_in(page, "editor")
    expect(page.locator("#report")).to_be_visible()
    part = state(closed, "mixed").of("events")[0].id
    statuses = page.evaluate(
        """async (part) => {
          const send = async (headers) => (await fetch("/api/v1/decisions", {method: "POST",
            body: JSON.stringify({what: "accept", part}), headers: {"content-type": "application/json", ...headers}})).status;
          return [await send({}), await send({"x-csrf-token": "0".repeat(64)}), await send({"x-csrf-token": document.body.dataset.csrf})];
        }""",
        part,
    )
    assert statuses == [403, 403, 201]


@pytest.mark.parametrize(("lang", "low"), [("ar", "منخفضة"), ("en", "low")])
def test_how_far_a_source_is_relied_on_is_set_and_its_figures_give_way(
    open_page: Open, writing: Workbench, lang: str, low: str
) -> None:
    def best() -> list[int | None]:
        with Store.open(writing.db) as store:
            return [found.toll[1] for found in find_events(store, Filter(source="المرصد")).events]

    page = open_page(f"{writing.url}/sources?lang={lang}", lang)
    row = page.get_by_role("row").filter(has_text="المرصد")
    expect(row.locator("select")).to_have_value("usual")
    assert best() == [53]
    row.locator("select").select_option("low")
    row.locator("button").click()
    expect(row.locator("select")).to_have_value("low")
    expect(row.locator("option:checked")).to_have_text(low)
    assert best() == [49]
    with Store.open(writing.db) as store:
        assert [(made.what, made.who) for made in history(store, limit=1)] == [("source", "Huda")]
