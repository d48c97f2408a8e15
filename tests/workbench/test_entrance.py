"""Who comes in: log-in, sessions, roles, tokens, forged requests, and what surrounds every answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from litestar.testing import TestClient
from workbench_client import HERE, PASSWORD, Client, SignIn, csrf, post, send

from sijill.store import Store, event_ids, find_events
from sijill.store.users import change_user, list_users
from sijill.workbench import Settings, create_app
from sijill.workbench.forms import inside
from sijill.workbench.passwords import Attempts, WeakPasswordError, fits, hashed

ROLES = ("viewer", "coder", "editor", "admin")


def test_one_person_on_loopback_needs_no_login(client: Client) -> None:
    assert client.get("/queue").status_code == 200
    assert client.get("/api/v1/me").json() == {"name": "Huda", "role": "admin", "signed_in": False}


def test_login_is_asked_for_as_soon_as_there_are_users(client: Client, people: None) -> None:
    asked = client.get("/queue?type=ied", follow_redirects=False)
    assert asked.status_code == 302
    assert asked.headers["location"] == "/login?next=%2Fqueue%3Ftype%3Died"
    assert client.get("/api/v1/events").status_code == 401


def test_nobody_sees_anything(sign_in: SignIn) -> None:
    nobody = sign_in("")
    for path in (
        "queue",
        "api/v1/events",
        "api/v1/reports",
        "api/v1/figures",
        "api/v1/users",
        "api/v1/control",
    ):
        assert nobody.get(f"/{path}", follow_redirects=False).status_code in (302, 401), path
    assert nobody.get("/login").status_code == 200


def test_log_in_and_out(sign_in: SignIn) -> None:
    coder = sign_in("coder")
    assert coder.get("/api/v1/me").json()["name"] == "coder"
    secret = coder.cookies["session"]
    assert post(coder, "/logout", {}).status_code == 303
    coder.cookies.set("session", secret)
    assert coder.get("/api/v1/me").status_code == 401


def test_session_cookie_is_kept_from_scripts_and_other_sites(db: Path, people: None) -> None:
    with TestClient(
        create_app(db, Settings(name="-", closed=True, secure=True, hosts=("*",))),
        base_url="https://127.0.0.1",
    ) as client:
        answer = post(client, "/login", {"name": "admin", "password": PASSWORD})
    cookie = next(
        value
        for name, value in answer.headers.multi_items()
        if name == "set-cookie" and value.startswith("session=")
    )
    assert {"HttpOnly", "SameSite=strict", "Secure"} <= set(cookie.split("; "))
    assert "Strict-Transport-Security" in answer.headers


@pytest.mark.parametrize(
    ("name", "password"),
    [("coder", "wrong"), ("nobody", PASSWORD), ("", ""), ("' OR 1=1 --", "x"), ("coder", "x" * 5000)],
)
def test_wrong_password_is_refused(sign_in: SignIn, name: str, password: str) -> None:
    assert post(sign_in(""), "/login", {"name": name, "password": password}).status_code == 403


def test_guessing_is_slowed_down(sign_in: SignIn) -> None:
    nobody = sign_in("")
    for _ in range(5):
        assert post(nobody, "/login", {"name": "coder", "password": "guess"}).status_code == 403
    refused = post(nobody, "/login", {"name": "coder", "password": PASSWORD})
    assert refused.status_code == 429
    assert 0 < int(refused.headers["retry-after"]) <= 900
    assert post(nobody, "/login", {"name": "editor", "password": PASSWORD}).status_code == 303


def test_attempts_are_forgotten_in_time_and_memory_is_bounded() -> None:
    now = 0.0
    attempts = Attempts(2, seconds=10, keys=3, clock=lambda: now)
    attempts.failed("a")
    assert attempts.wait("a") == 0
    attempts.failed("a")
    assert attempts.wait("a") == 10
    now = 10.5
    assert attempts.wait("a") == 0
    for key in "bcde":
        attempts.failed(key)
    assert len(attempts._failed) == 3


@pytest.mark.parametrize(
    "path", ["//evil.example", "https://evil.example", "/\\evil.example", "/a\\b", "/a\nb", "evil", ""]
)
def test_login_leads_nowhere_else(path: str) -> None:
    assert inside(path) == "/"
    assert inside("/reports/1?x=1#e0") == "/reports/1?x=1#e0"


def test_shut_out_people_and_changed_passwords_end_sessions(sign_in: SignIn, store: Store) -> None:
    coder, editor = sign_in("coder"), sign_in("editor")
    change_user(store, "coder", active=False)
    change_user(store, "editor", role="viewer")
    assert coder.get("/api/v1/me").status_code == 401
    assert editor.get("/api/v1/me").status_code == 401
    assert post(coder, "/login", {"name": "coder", "password": PASSWORD}).status_code == 403


# What each role may do: (method, path, body, the role it takes).
DEEDS = [
    ("GET", "/api/v1/events", None, "viewer"),
    ("GET", "/api/v1/decisions", None, "viewer"),
    ("POST", "/api/v1/decisions", {"what": "accept", "part": "{part}"}, "coder"),
    ("POST", "/api/v1/reports", {"text": "Two died."}, "coder"),
    ("GET", "/api/v1/users", None, "admin"),
    ("POST", "/api/v1/users", {"name": "new", "role": "coder", "password": PASSWORD}, "admin"),
    ("PATCH", "/api/v1/users/viewer", {"role": "coder"}, "admin"),
]  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
def test_what_each_role_may_do(sign_in: SignIn, store: Store, role: str) -> None:
    part = event_ids(store, find_events(store).events[0].report)[0]
    client = sign_in(role)
    for method, path, body, needed in DEEDS:
        given = {k: v.format(part=part) for k, v in body.items()} if body else None
        answer = send(client, path, given, method) if body else client.get(path)
        may = ROLES.index(role) >= ROLES.index(needed)
        assert answer.status_code in ((200, 201) if may else (403,)), (path, answer.text)


def test_forged_requests_are_refused(client: Client, store: Store) -> None:
    part = event_ids(store, find_events(store).events[0].report)[0]
    body = {"what": "accept", "part": part}
    assert client.post("/api/v1/decisions", json=body).status_code == 403
    csrf(client)  # the cookie alone, which a browser would send along, is not enough
    assert client.post("/api/v1/decisions", json=body).status_code == 403
    forged = client.post("/api/v1/decisions", json=body, headers={"x-csrf-token": "0" * 128})
    assert forged.status_code == 403
    assert client.post("/logout", data={"_csrf_token": "x"}).status_code == 403
    assert client.post("/login", data={"name": "a", "password": "b"}).status_code == 403
    assert client.get("/api/v1/decisions").json() == []
    assert send(client, "/api/v1/decisions", body).status_code == 201


def test_other_names_for_this_machine_are_refused(client: Client) -> None:
    assert client.get("/queue", headers={"host": "evil.example"}).status_code == 421
    assert client.get("/queue", headers={"host": "localhost:8484"}).status_code == 200
    assert client.get("/queue", headers={"host": "[::1]:8484"}).status_code == 200


def test_tokens_do_what_their_role_allows(sign_in: SignIn, store: Store) -> None:
    coder = sign_in("coder")
    assert send(coder, "/api/v1/tokens", {"name": "script", "role": "admin"}).status_code == 409
    made = send(coder, "/api/v1/tokens", {"name": "script", "role": "viewer"}).json()
    writes = send(coder, "/api/v1/tokens", {"name": "writer", "role": "coder"}).json()
    assert made["secret"] not in coder.get("/api/v1/tokens").text
    program = sign_in("")
    reading = {"authorization": f"Bearer {made['secret']}"}
    writing = {"authorization": f"Bearer {writes['secret']}"}
    assert program.get("/api/v1/me", headers=reading).json()["role"] == "viewer"
    body = {"text": "Two died."}
    assert program.post("/api/v1/reports", json=body, headers=reading).status_code == 403
    assert program.post("/api/v1/reports", json=body, headers=writing).status_code == 201
    for wrong in ("Bearer sijill_wrong", f"Basic {made['secret']}", "Bearer", made["secret"]):
        assert program.get("/api/v1/me", headers={"authorization": wrong}).status_code == 401
        assert (
            coder.get("/api/v1/me", headers={"authorization": wrong}).status_code == 401
        )  # no way back to the cookie
    assert send(sign_in("viewer"), f"/api/v1/tokens/{made['token']['id']}", None, "DELETE").status_code == 404
    assert send(coder, f"/api/v1/tokens/{made['token']['id']}", None, "DELETE").status_code == 204
    assert program.get("/api/v1/me", headers=reading).status_code == 401
    change_user(store, "coder", role="viewer")
    assert program.get("/api/v1/me", headers=writing).json()["role"] == "viewer"


def test_an_admin_is_always_left(sign_in: SignIn) -> None:
    admin = sign_in("admin")
    assert send(admin, "/api/v1/users/admin", {"role": "viewer"}, "PATCH").status_code == 409
    assert send(admin, "/api/v1/users/admin", {"active": False}, "PATCH").status_code == 409
    assert send(admin, "/api/v1/users/nobody", {"active": False}, "PATCH").status_code == 404


def test_passwords_are_hashed_with_argon2(sign_in: SignIn, store: Store) -> None:
    assert all(user.password.startswith("$argon2id$") for user in list_users(store))
    assert PASSWORD not in sign_in("admin").get("/api/v1/users").text
    assert "argon2" not in sign_in("admin").get("/api/v1/users").text
    assert fits(PASSWORD, list_users(store)[0].password)
    assert not fits(PASSWORD, None)
    with pytest.raises(WeakPasswordError):
        hashed("short")


def test_headers_of_every_answer(client: Client) -> None:
    for path in (
        "/queue",
        "/api/v1/events",
        "/nowhere",
        "/login",
        "/api/v1/nowhere",
        "/api/v1/events?limit=0",
    ):
        headers = client.get(path).headers
        policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
        assert policy["default-src"] == "'self'"
        assert "unsafe" not in headers["content-security-policy"]
        assert policy["frame-ancestors"] == "'none'"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"


def test_tile_server_is_the_only_other_origin(db: Path) -> None:
    settings = Settings(name="-", tiles="https://tiles.example/{z}/{x}/{y}.png")
    with TestClient(create_app(db, settings), base_url=HERE) as client:
        policy = client.get("/queue").headers["content-security-policy"]
    assert "img-src 'self' data: blob: https://tiles.example;" in policy
    assert "connect-src 'self' https://tiles.example;" in policy


def test_no_page_has_inline_script_or_style(client: Client) -> None:
    for path in ("/queue", "/login", "/nowhere"):
        text = client.get(path).text
        assert " style=" not in text
        assert "<style" not in text
        assert "onclick" not in text
        assert text.count("<script") == text.count('<script type="module" src="/static/')
