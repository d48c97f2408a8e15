"""Every page: opens in both languages and both lights, holds to the policy, and axe-core finds no serious fault in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from conftest import LANGUAGES, Open, Workbench, settled
from sijill.store import Store, find_events
from sijill.store.queries import Filter
from sijill.workbench.context import PAGES

OURS = [
    "/reports/mixed",
    "/reports/english",
    "/reports/lost",
    "/reports/totals",
    "/events/clash",
    "/events/clash?rule=airwars",
]
EVERY = [*OURS, *(f"/{name}" for name in PAGES)]


def address(workbench: Workbench, path: str) -> str:
    if path.startswith("/events/clash"):
        with Store.open(workbench.db) as store:
            id_ = find_events(store, Filter(type="armed_clash")).events[0].id
        path = path.replace("clash", id_)
    return f"{workbench.url}{path}"


def faults(page: Page, axe: str) -> list[str]:
    """What axe-core finds that is serious or critical, in a line each."""
    page.evaluate(axe)
    found: dict[str, Any] = page.evaluate(
        "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
    )
    return [
        f"{each['id']}: {node['target']} {node['html'][:120]} {node['failureSummary'][:200]}"
        for each in found["violations"]
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"][:3]
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", EVERY)
def test_axe_finds_no_serious_fault(
    open_page: Open, reading: Workbench, axe: str, path: str, lang: str
) -> None:
    where = address(reading, path)
    theme = "dark" if lang == "en" else "light"
    page = open_page(f"{where}{'&' if '?' in where else '?'}lang={lang}", lang, theme=theme)
    settled(page)
    assert page.locator("html").get_attribute("lang") == lang
    assert page.locator("html").get_attribute("dir") == ("rtl" if lang == "ar" else "ltr")
    assert page.locator("h1").count() == 1
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    assert faults(page, axe) == []


@pytest.mark.parametrize("path", ["/reports/mixed", "/events/clash", "/map", "/figures", "/control"])
def test_pages_are_read_on_a_phone_without_sideways_scrolling(
    open_page: Open, reading: Workbench, path: str
) -> None:
    page = open_page(f"{address(reading, path)}?lang=ar", "ar", width=390, height=800)
    settled(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 391


def test_every_link_leads_somewhere(open_page: Open, reading: Workbench) -> None:
    seen: set[str] = set()
    for path in EVERY:
        page = open_page(address(reading, path))
        links = page.evaluate("[...document.querySelectorAll('a[href]')].map((a) => a.href.split('#')[0])")
        seen |= {link for link in links if link.startswith(reading.url)}
        page.context.close()
    broken = {
        link: status
        for link in sorted(seen)
        if (status := httpx.get(link, follow_redirects=True).status_code) >= 400
    }
    assert broken == {}


def test_pages_are_read_without_javascript(reading: Workbench, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address(reading, "/events/clash"))
    assert page.locator('tr[data-outcome="killed"][data-side="a"] td.best').inner_text() == "41"
    page.goto(f"{reading.url}/reports/mixed")
    page.locator('[data-cell="e0:casualties[0]"] summary').click()
    assert "٣٧ جنديًّا" in page.locator('[data-cell="e0:casualties[0]"]').inner_text()
    page.goto(f"{reading.url}/map")
    assert page.locator("table tbody tr").count() == 5
    page.goto(f"{reading.url}/control?on=2031-02-20")
    assert "Government of Syria" in page.locator("#held").inner_text()
    context.close()


def test_the_counting_rule_is_chosen_on_the_page(open_page: Open, reading: Workbench) -> None:
    page = open_page(address(reading, "/events/clash?lang=en"))
    settled(page)
    best = page.locator('tr[data-outcome="killed"][data-side="a"] td.best')
    expect(best).to_have_text("41")
    page.locator("#rule").select_option("acled")
    page.wait_for_url("**rule=acled**")
    expect(best).to_have_text("37")


def test_the_map_shows_the_events_and_the_slider_who_held_what(open_page: Open, reading: Workbench) -> None:
    page = open_page(f"{reading.url}/map?lang=en")
    page.wait_for_selector("#map[data-ready]")
    assert page.locator("#map").get_attribute("data-ready") == "5"
    page.locator("#show-control").check()
    expect(page.locator("#control-out")).to_have_text("2031-03-02")
    page.goto(f"{reading.url}/control?lang=en")
    page.wait_for_selector("#map[data-ready]")
    row = page.locator("#held tr", has_text="Mayadin")
    expect(row.locator("[data-state]")).to_have_text("held in part")
    page.locator("#day").evaluate(
        "slider => { slider.value = slider.min; slider.dispatchEvent(new Event('input')); }"
    )
    expect(row.locator("[data-holder]")).to_have_text("Islamic State")
    expect(row.locator("[data-state]")).to_have_text("held")


def test_filters_of_the_map_stay_in_the_address(open_page: Open, reading: Workbench) -> None:
    page = open_page(f"{reading.url}/map?lang=en&type=explosions")
    settled(page)
    assert page.locator("table tbody tr").count() == 2
    page.locator("#place").fill("إدلب")
    page.locator("#filters button.primary").click()
    page.wait_for_url("**place=**")
    assert page.locator("table tbody tr").count() == 1


@pytest.mark.parametrize("name", ["report", "event", "map", "figures"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_pictures_for_the_readme(
    open_page: Open, reading: Workbench, shipped: Workbench, pictures: Path | None, name: str, lang: str
) -> None:
    """Each main page is drawn; written down only where SIJILL_PICTURES names a folder."""
    with Store.open(shipped.db) as store:
        report = next(iter(find_events(store, Filter()).events)).report
    where = {
        "report": f"{shipped.url}/reports/{report}",
        "event": address(reading, "/events/clash"),
        "map": f"{reading.url}/map",
        "figures": f"{reading.url}/figures",
    }[name]
    page = open_page(f"{where}?lang={lang}", lang, width=1280, height=860)
    settled(page)
    if name == "map":
        page.wait_for_selector("#map[data-drawn]")
    if name == "event":
        page.wait_for_selector("#event-map[data-drawn]")
    if name == "report":
        page.locator('[data-cell^="e0:casualties[0]"] summary').click()
        page.wait_for_timeout(400)
    drawn = page.screenshot(animations="disabled")
    assert len(drawn) > 20_000
    if pictures:
        (pictures / f"{name}-{lang}.png").write_bytes(drawn)
