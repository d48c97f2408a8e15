"""Fetching: what is refused, what is bounded, and that the address that was looked at is the one that is asked."""

from __future__ import annotations

import gzip
import socket
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from sijill.reading.web import WebError, fetch, is_url

Answer = Callable[[BaseHTTPRequestHandler], None]


@pytest.fixture
def serve() -> Iterator[Callable[[Answer], str]]:
    """Starts servers on loopback that answer as they are told."""
    running: list[ThreadingHTTPServer] = []

    def start(answer: Answer) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                answer(self)

            def log_message(self, *arguments: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        running.append(server)
        Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in running:
        server.shutdown()
        server.server_close()


def reply(handler: BaseHTTPRequestHandler, status: int, body: bytes = b"", **headers: str) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def test_fetch(serve: Callable[[Answer], str]) -> None:
    asked: list[str] = []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        asked.append(
            f"{handler.path} {handler.headers['Host']} {handler.headers['User-Agent'].split('/')[0]}"
        )
        reply(handler, 200, "خبر".encode(), Content_Type="text/plain; charset=utf-8")

    url = serve(answer)
    found = fetch(f"{url}/a b/خبر?q=1&r=ب", allow_private=True)
    assert (found.content.decode(), found.media_type, found.status) == ("خبر", "text/plain", 200)
    assert asked == [f"/a%20b/%D8%AE%D8%A8%D8%B1?q=1&r=%D8%A8 {url.removeprefix('http://')} sijill"]


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://example.org/", "gopher://example.org/", "http:///x", "http://user:pw@example.org/",
        "http://example.org:99999/", "http://[::1", "javascript:alert(1)", "",
    ],
)  # fmt: skip
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(WebError):
        fetch(url)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "localhost", "10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "[::1]",
        "[::ffff:127.0.0.1]", "[fd00::1]", "[fe80::1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "2130706433", "0x7f.1", "224.0.0.1",
    ],
)  # fmt: skip
def test_private_addresses_are_refused(host: str) -> None:
    with pytest.raises(WebError):
        fetch(f"http://{host}/", timeout=2)


def test_a_name_with_a_private_address_among_others_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    both = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80))
        for address in ("93.184.216.34", "127.0.0.1")
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: both)
    with pytest.raises(WebError, match="private"):
        fetch("http://rebind.example/")


def test_the_address_that_was_looked_at_is_the_one_asked(
    serve: Callable[[Answer], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    url = serve(lambda handler: reply(handler, 200, b"here"))
    port = int(url.rpartition(":")[2])
    looked: list[str] = []
    real = socket.getaddrinfo

    def resolve(host: str, *rest: object, **more: object) -> object:
        looked.append(host)
        return real("127.0.0.1" if host == "pinned.example" else host, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    assert fetch(f"http://pinned.example:{port}/", allow_private=True).content == b"here"
    assert looked.count("pinned.example") == 1


def test_redirects_are_looked_at_anew(
    serve: Callable[[Answer], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = serve(lambda handler: reply(handler, 200, b"secret"))
    outer = serve(lambda handler: reply(handler, 302, Location=inner))
    assert fetch(outer, allow_private=True).content == b"secret"
    monkeypatch.setattr("sijill.reading.web._is_public", lambda address: False)
    with pytest.raises(WebError, match="private"):
        fetch(outer)
    elsewhere = serve(lambda handler: reply(handler, 302, Location="file:///etc/passwd"))
    with pytest.raises(WebError, match="only http"):
        fetch(elsewhere, allow_private=True)


def test_endless_redirects_end(serve: Callable[[Answer], str]) -> None:
    with pytest.raises(WebError, match="redirects"):
        fetch(serve(lambda handler: reply(handler, 301, Location="/again")), allow_private=True)


@pytest.mark.parametrize("said", [True, False])
def test_too_much_content(serve: Callable[[Answer], str], said: bool) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        if said:
            reply(handler, 200, b"x" * 2000)
        else:
            handler.send_response(200)
            handler.end_headers()
            handler.wfile.write(b"x" * 2000)

    with pytest.raises(WebError, match="more than 1000 bytes"):
        fetch(serve(answer), allow_private=True, max_bytes=1000)


def test_packed_content_is_bounded_too(serve: Callable[[Answer], str]) -> None:
    packed = gzip.compress(b"x" * 1_000_000)
    url = serve(lambda handler: reply(handler, 200, packed, Content_Encoding="gzip"))
    with pytest.raises(WebError, match="more than"):
        fetch(url, allow_private=True, max_bytes=100_000)
    assert len(fetch(url, allow_private=True).content) == 1_000_000


def test_a_server_that_is_silent(serve: Callable[[Answer], str]) -> None:
    began = time.monotonic()
    with pytest.raises(WebError, match="too long"):
        fetch(serve(lambda handler: time.sleep(2)), allow_private=True, timeout=0.3)
    assert time.monotonic() - began < 1.5


def test_a_server_that_drips(serve: Callable[[Answer], str]) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        try:
            for _ in range(50):
                handler.wfile.write(b"x")
                time.sleep(0.1)
        except OSError:
            pass

    began = time.monotonic()
    with pytest.raises(WebError, match="too long"):
        fetch(serve(drip), allow_private=True, timeout=1, total=0.6)
    assert time.monotonic() - began < 2


def test_nobody_there() -> None:
    with pytest.raises(WebError):
        fetch("http://127.0.0.1:1/", allow_private=True)


def test_is_url() -> None:
    assert is_url("HTTPS://example.org")
    assert not is_url("/a/http://b")
