"""The pages: each in both languages, the queue worked through, hostile words, uploads, exports, history and people."""

from __future__ import annotations

import io
import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pytest
from workbench_client import PASSWORD, Client, SignIn, csrf, post

from sijill.store import Store, event_ids, find_events, report_state
from sijill.store.lists import find_reports, queue
from sijill.store.users import list_users
from sijill.workbench.context import PAGES
from sijill.workbench.languages import LANGUAGES, catalogue, choose, translator
from sijill.workbench.roles import Role

HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(1)> =HYPERLINK("http://evil.example") {{ 7*7 }} ../../etc/passwd'
OURS = (
    "queue",
    "map",
    "control",
    "figures",
    "sources",
    "actors",
    "places",
    "import",
    "export",
    "history",
    "people",
)


class _Tags(HTMLParser):
    """The tags and attributes of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def nothing_runs(text: str) -> None:
    """No element or attribute of a page came out of what somebody wrote."""
    assert "{{ 7*7 }}" in text or "7*7" not in text
    for tag, attributes in _Tags(text).tags:
        assert not any(name.startswith("on") for name in attributes)
        assert "style" not in attributes
        assert tag != "script" or "src" in attributes or attributes.get("type") == "application/json"
        if tag in ("script", "img", "link"):
            assert "evil" not in str(attributes)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@pytest.mark.parametrize("name", OURS)
def test_pages_in_each_language(client: Client, name: str, language: str) -> None:
    answer = client.get(f"/{name}?lang={language}")
    assert answer.status_code == 200
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in answer.text
    assert client.get("/login").text.count(f'lang="{language}"')  # the choice is kept
    labels = {attributes.get("for") for tag, attributes in _Tags(answer.text).tags if tag == "label"}
    for tag, attributes in _Tags(answer.text).tags:
        if tag in ("input", "select", "textarea") and attributes.get("type") not in ("hidden", "checkbox"):
            assert attributes.get("id") in labels or "aria-label" in attributes, attributes


def test_catalogues_have_the_same_messages_and_gaps() -> None:
    gaps = re.compile(r"\{(\w+)\}")
    arabic, english = catalogue("ar"), catalogue("en")
    assert arabic.keys() == english.keys()
    for name, message in english.items():
        assert isinstance(message, dict) == isinstance(arabic[name], dict), name
        one = message["other"] if isinstance(message, dict) else message
        other = arabic[name]["other"] if isinstance(arabic[name], dict) else arabic[name]  # type: ignore[index]
        assert set(gaps.findall(one)) == set(gaps.findall(str(other))), name
    categories = {"zero", "one", "two", "few", "many", "other"}
    assert all(set(message) <= categories for message in arabic.values() if isinstance(message, dict))


def test_numbers_choose_their_words() -> None:
    t = translator("ar")
    said = {n: t("queue.total", n=n) for n in (0, 1, 2, 3, 11, 100)}
    assert len(set(said.values())) == 6
    assert "مادتان" in said[2]
    assert "3 مواد" in said[3]
    assert "11 مادة" in said[11]


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("ar-SY,ar;q=0.9,en;q=0.5", "ar"),
        ("fr,en;q=0.3,ar;q=0.8", "ar"),
        ("de", "en"),
        ("", "en"),
        (";q=x,ar;q=", "ar"),
        ("en;q=nan", "en"),
    ],
)
def test_language_is_what_the_browser_accepts(accepted: str, expected: str) -> None:
    assert choose(None, None, accepted) == expected
    assert choose("en", "ar", accepted) == "en"
    assert choose("xx", "ar", accepted) == "ar"


def test_queue_shows_doubtful_and_contradicted_first(client: Client, store: Store) -> None:
    found = queue(store).events
    assert [each.doubt for each in found] == sorted((each.doubt for each in found), reverse=True)
    assert {each.found.report for each in found[:2]} <= {
        each.found.report for each in found if each.contradictions
    }
    shown = re.findall(r'data-item id="([^"]+)"', client.get("/queue").text)
    assert shown == [each.found.id for each in found]
    narrowed = re.findall(r'data-item id="([^"]+)"', client.get("/queue?place=الموصل").text)
    assert 0 < len(narrowed) < len(shown)
    left_empty = "/queue?type=&place=&actor=&source=&since=&until=&min_killed="
    assert re.findall(r'data-item id="([^"]+)"', client.get(left_empty).text) == shown
    contradicted = re.findall(r'data-item id="([^"]+)"', client.get("/queue?contradicted=true").text)
    assert contradicted == [each.found.id for each in found if each.contradictions]


def test_queue_is_worked_through(client: Client, store: Store) -> None:
    first, second, third = (each.found.id for each in queue(store).events[:3])
    total = queue(store).total
    for part, what in ((first, "accept"), (second, "reject"), (third, "skip")):
        answer = post(client, "/queue", {"what": what, "part": part, "back": "/queue?type=battles"})
        assert answer.status_code == 303
        assert re.fullmatch(r"/queue\?type=battles&done=[0-9a-f]{64}", answer.headers["location"])
    assert queue(store, who="Huda").total == total - 3
    assert queue(store, who="Omar").total == total - 2  # what one skipped waits for another
    reviews = {
        part.id: part.review
        for hash_ in {first[:16], second[:16]}
        for part in report_state(store, hash_).parts
    }
    assert (reviews[first], reviews[second]) == ("accepted", "rejected")
    page = client.get("/queue?done=" + answer.headers["location"][-64:]).text
    assert "Skipped." in page
    undone = post(client, "/history", {"decision": answer.headers["location"][-64:], "back": "/queue"})
    assert undone.status_code == 303
    assert queue(store, who="Huda").total == total - 2


def test_tellings_are_split_and_merged_again(client: Client, store: Store) -> None:
    account = next(found for found in find_events(store).events if found.voices == 2)
    one, other = sorted(each.found.id for each in queue(store).events if each.found.account == account.id)
    page = client.get("/queue").text
    assert page.count('value="split"') == 2
    post(client, "/queue", {"what": "split", "part": one, "back": "/queue"})
    assert [found.voices for found in find_events(store).events if "Mosul" in str(found.event.place)] == [
        1,
        1,
    ]
    assert client.get("/queue").text.count('value="split"') == 0
    merged = post(client, "/queue", {"what": "merge", "event": [one, other], "back": "/queue"})
    assert [found.voices for found in find_events(store).events if "Mosul" in str(found.event.place)] == [2]
    post(client, "/history", {"decision": merged.headers["location"][-64:]})
    assert [found.voices for found in find_events(store).events if "Mosul" in str(found.event.place)] == [
        1,
        1,
    ]
    assert post(client, "/queue", {"what": "merge", "event": [one], "back": "/queue"}).status_code == 409
    assert post(client, "/queue", {"what": "dance", "part": one}).status_code == 409


def test_next_report_of_the_queue(client: Client, store: Store) -> None:
    first = queue(store).events[0].found.report
    answer = client.get("/queue/next", params={"after": first}, follow_redirects=False)
    assert answer.headers["location"].startswith("/reports/")
    assert first not in answer.headers["location"]


def test_empty_register_offers_the_report_that_ships(tmp_path: Path) -> None:
    from litestar.testing import TestClient
    from workbench_client import HERE

    from sijill.workbench import Settings, create_app

    Store.create(tmp_path / "new.db").close()
    with TestClient(create_app(tmp_path / "new.db", Settings(name="Huda")), base_url=HERE) as client:
        assert "/import/example" in client.get("/queue").text
        added = post(client, "/import/example", {})
        assert added.headers["location"].startswith("/reports/")
        shown = client.get("/queue").text
        assert "/import/example" not in shown
        assert shown.count("data-item") > 0
    with Store.open(tmp_path / "new.db") as store:
        assert shown.count("data-item") == len(find_events(store, limit=100).events)


@pytest.mark.parametrize("role", [*Role])
def test_pages_and_what_each_role_opens(sign_in: SignIn, role: Role) -> None:
    client = sign_in(role.value)
    for name in OURS:
        expected = 200 if role.may(PAGES[name]) else 403
        assert client.get(f"/{name}").status_code == expected, name
    queue_page = client.get("/queue").text
    assert ('value="accept"' in queue_page) == role.may(Role.coder)
    for path, form, needed in (
        ("/queue", {"what": "skip", "part": "0.e0"}, Role.coder),
        ("/history", {"decision": "0"}, Role.coder),
        ("/import/example", {}, Role.coder),
        ("/people", {"name": f"new-{role}", "role": "viewer", "password": PASSWORD}, Role.admin),
        ("/people/change", {"name": "viewer", "role": "viewer", "active": "true"}, Role.admin),
    ):
        refused = post(client, path, form).status_code == 403
        assert refused != role.may(needed), path


def test_only_editors_take_back_what_others_decided(sign_in: SignIn, store: Store) -> None:
    part = queue(store).events[0].found.id
    made = post(sign_in("coder"), "/queue", {"what": "accept", "part": part}).headers["location"][-64:]
    other = sign_in("admin")
    post(other, "/people", {"name": "coder two", "role": "coder", "password": PASSWORD})
    client = sign_in("")
    post(client, "/login", {"name": "coder two", "password": PASSWORD})
    assert post(client, "/history", {"decision": made}).status_code == 409
    assert 'method="post" action="/history"' not in client.get("/history").text
    assert post(sign_in("editor"), "/history", {"decision": made}).status_code == 303
    history = client.get("/history").text
    assert "taken back" in history
    assert history.count("<tr") == 3  # both stay


def test_hostile_words_stay_words(client: Client, store: Store) -> None:
    form = {
        "text": f"{HOSTILE} Four soldiers were killed in shelling in Idlib on Monday.",
        "source": HOSTILE,
        "published": "2019-05-07",
        "language": "en",
    }
    answer = client.post("/import", data={**form, "_csrf_token": csrf(client)}, files={"files": ("", b"")})
    assert answer.status_code == 200
    nothing_runs(answer.text)
    report = find_reports(store, source=HOSTILE).reports[0]
    part = event_ids(store, report.hash)[0]
    for path in (
        "/queue",
        "/sources",
        "/history",
        f"/sources?q={HOSTILE[:60]}",
        f"/queue?place={HOSTILE[:60]}",
        f"/actors?q={HOSTILE[:60]}",
        f"/reports/{report.hash}",
        f"/nowhere/{HOSTILE[:20]}",
    ):
        nothing_runs(client.get(path).text)
    rejected = client.post(
        "/api/v1/decisions",
        json={"what": "reject", "part": part, "reason": HOSTILE},
        headers={"x-csrf-token": csrf(client)},
    )
    assert rejected.status_code == 201
    nothing_runs(client.get("/history").text)
    assert client.get("/queue?place=%00").status_code < 500


def test_exports_are_defused_and_respect_roles(client: Client, store: Store, sign_in: SignIn) -> None:
    viewer, coder = sign_in("viewer"), sign_in("coder")
    form = {
        "text": "Four soldiers were killed in shelling in Idlib on Monday.",
        "source": "=1+1",
        "published": "2019-05-07",
    }
    coder.post("/import", data={**form, "_csrf_token": csrf(coder)}, files={"files": ("", b"")})
    lines = viewer.get("/export/file?format=csv&hxl=true").content.decode("utf-8-sig").splitlines()
    assert lines[1].startswith("#event+id")
    assert not re.search(r'(^|,)"?=1', "\n".join(lines))
    assert any("=1+1" in line for line in lines)
    for form_, kind in (
        ("ucdp-ged", "text/csv"),
        ("acled", "text/csv"),
        ("geojson", "application/geo+json"),
        ("parquet", "application/vnd.apache.parquet"),
        ("xlsx", "application/vnd.openxmlformats"),
    ):
        answer = viewer.get("/export/file", params={"format": form_, "place": "Mosul", "since": ""})
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith(kind)
        assert "attachment" in answer.headers["content-disposition"]
        assert answer.content
    assert viewer.get("/export/file?format=jsonl").status_code == 403
    assert 'value="jsonl"' not in viewer.get("/export").text
    assert coder.get("/export/file?format=jsonl").text.count("\n") == 4
    assert sign_in("").get("/export/file", follow_redirects=False).status_code == 302


def upload(client: Client, *files: tuple[str, bytes], **form: str):  # type: ignore[no-untyped-def]
    """Send files as the page of imports does."""
    parts = [("files", (name, content)) for name, content in files]
    return client.post("/import", data={**form, "_csrf_token": csrf(client)}, files=parts)


def test_uploads_are_read_as_files_are(client: Client, store: Store) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a/one.txt", "Five soldiers were killed in an ambush near Homs on Sunday.")
        archive.writestr("../../evil.txt", "Two civilians were killed in Hama on Sunday.")
    before = find_reports(store).total
    answer = upload(
        client,
        ("../../x.zip", packed.getvalue()),
        ("r.txt", "قتل ثلاثة جنود في هجوم قرب درعا أمس.".encode()),
        published="2018-01-01",
        source="Up",
    )
    assert answer.status_code == 200
    assert find_reports(store, source="Up").total >= 2
    assert find_reports(store).total - before >= 2
    nothing_runs(answer.text)


def test_uploads_are_bounded(client: Client, store: Store) -> None:
    before = find_reports(store).total
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("big.txt", b"0" * (40 * 1024 * 1024))
    told = upload(client, ("bomb.zip", bomb.getvalue()))
    assert told.status_code == 200
    assert "Left out" in told.text
    for name, content in (
        ("broken.pdf", b"%PDF-1.4 nonsense"),
        ("broken.docx", b"PK\x03\x04 word/"),
        ("e.txt", b""),
        ("x.parquet", b"PAR1"),
        ("b.gz", b"\x1f\x8bxx"),
        ("n.jsonl", b'{"text": 5}\n{'),
    ):
        answer = upload(client, (name, content))
        assert answer.status_code == 200, name
        assert "Left out" in answer.text, name
    assert find_reports(store).total == before
    assert upload(client, ("long.txt", b"x" * (33 * 1024 * 1024))).status_code == 413
    assert (
        client.post(
            "/import",
            data={"_csrf_token": csrf(client), "published": "soon", "text": "x"},
            files={"files": ("", b"")},
        ).status_code
        == 400
    )


def test_people_are_let_in_by_the_first_admin(client: Client, store: Store) -> None:
    assert "No log-in is asked for" in client.get("/people").text
    weak = post(client, "/people", {"name": "Huda", "role": "admin", "password": "short"})
    assert weak.status_code == 400
    first = post(client, "/people", {"name": "Huda", "role": "admin", "password": PASSWORD})
    assert first.headers["location"] == "/login"
    assert client.get("/people", follow_redirects=False).status_code == 302
    assert (
        post(client, "/login", {"name": "Huda", "password": PASSWORD, "next": "/people"}).headers["location"]
        == "/people"
    )
    post(client, "/people", {"name": "هدى", "role": "coder", "password": PASSWORD})
    assert [user.name for user in list_users(store)] == ["Huda", "هدى"]
    post(client, "/people/change", {"name": "هدى", "role": "editor"})
    changed = list_users(store)[1]
    assert (changed.role, changed.active) == ("editor", False)
    made = post(client, "/people/tokens", {"name": "t", "role": "viewer", "days": "5"}).text
    secret = re.search(r"sijill_[\w-]+", made)
    assert secret
    assert secret[0] not in client.get("/people").text
    assert (
        client.get("/api/v1/me", headers={"authorization": f"Bearer {secret[0]}"}).json()["role"] == "viewer"
    )
