"""Feeds: what their entries say, and how politely they are asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from sijill.reading.feeds import Asked, fragment_text, looks_like_feed, poll, read_feed
from sijill.reading.fields import Defaults, ReadError

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>وكالة الأنباء</title>
<item><title>مقتل 3 جنود قرب الموصل</title><link>https://example.org/1</link><guid>one</guid>
<pubDate>Wed, 02 Mar 2016 23:30:00 +0300</pubDate><description>قُتل &lt;b&gt;ثلاثة&lt;/b&gt; جنود.</description></item>
<item><title>Second</title><pubDate>2016-03-03</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>The whole story.</p><script>alert(1)</script><p>Its second paragraph &amp; end.</p>]]></content:encoded></item>
<item><pubDate>2016-03-04</pubDate></item>
</channel></rss>""".encode()

ATOM = b"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>A house</title>
<entry><id>urn:1</id><title>Attack</title><link href="https://example.org/a"/><updated>2016-03-05T01:00:00+02:00</updated>
<summary>Two were killed.</summary></entry></feed>"""


def read(data: bytes, defaults: Defaults | None = None) -> list[object]:
    return [
        found if isinstance(found, ReadError) else found[0]
        for found in read_feed(data, "feed.xml", defaults or Defaults())
    ]


def test_rss() -> None:
    first, second, third = read(RSS)
    assert (first.id, first.source, first.published, first.url) == (
        "one",
        "وكالة الأنباء",
        "2016-03-02",
        "https://example.org/1",
    )  # type: ignore[attr-defined]
    assert first.text == "مقتل 3 جنود قرب الموصل\n\nقُتل ثلاثة جنود."  # type: ignore[attr-defined]
    assert second.text == "The whole story.\n\nIts second paragraph & end."  # type: ignore[attr-defined]
    assert second.title == "Second"  # type: ignore[attr-defined]
    assert isinstance(third, ReadError)


def test_atom() -> None:
    (only,) = read(ATOM)
    assert (only.text, only.published, only.source) == ("Attack\n\nTwo were killed.", "2016-03-05", "A house")  # type: ignore[attr-defined]


def test_the_original_is_the_whole_feed() -> None:
    found = next(read_feed(ATOM, "https://example.org/feed", Defaults()))
    assert not isinstance(found, ReadError)
    assert (found[1].content, found[1].origin) == (ATOM, "https://example.org/feed")


@pytest.mark.parametrize(
    "data", [b"<html><body>no</body></html>", b"not xml at all", b"<rss", b"\x00\xff\xfe"]
)
def test_what_is_no_feed_is_said(data: bytes) -> None:
    assert all(isinstance(found, ReadError) for found in read(data))
    assert len(read(data)) == 1


def test_entities_that_grow_are_harmless() -> None:
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE rss [{lol}]><rss version="2.0"><channel><item><title>&l9;</title></item></channel></rss>'
    for found in read(bomb.encode()):
        assert isinstance(found, ReadError) or len(found.text) < 10_000  # type: ignore[attr-defined]


def test_entities_of_files_are_not_read() -> None:
    evil = b'<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><item><title>a &f;</title></item></channel></rss>'
    assert all("root:" not in str(found) for found in read(evil))


def test_fragments() -> None:
    assert fragment_text("a<br/>b <i>c</i> &lt;d&gt;<style>x</style><p>e</p>") == "a\nb c <d>\ne"
    assert fragment_text("<p>one</p><p>two</p>").split() == ["one", "two"]


def test_feeds_are_known_by_their_beginning() -> None:
    assert looks_like_feed(RSS)
    assert looks_like_feed(ATOM)
    assert not looks_like_feed(b"<html><head></head></html>")


# --- asking ----------------------------------------------------------------------------------------------------------

Answer = Callable[[BaseHTTPRequestHandler], None]
NOW = datetime(2024, 1, 1, tzinfo=UTC)


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
        return f"http://127.0.0.1:{server.server_port}/feed"

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


def test_validators_are_sent_and_kept(serve: Callable[[Answer], str]) -> None:
    seen: list[tuple[str | None, str | None]] = []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        seen.append((handler.headers["If-None-Match"], handler.headers["If-Modified-Since"]))
        if handler.headers["If-None-Match"] == '"v1"':
            reply(handler, 304)
        else:
            reply(handler, 200, RSS, ETag='"v1"', Last_Modified="Wed, 02 Mar 2016 00:00:00 GMT")

    first = poll(Asked(serve(answer)), NOW, allow_private=True)
    assert first.content == RSS
    again = poll(first.asked, NOW, allow_private=True)
    assert again.content is None
    assert again.error is None
    assert again.asked.etag == '"v1"'
    assert seen == [(None, None), ('"v1"', "Wed, 02 Mar 2016 00:00:00 GMT")]
    assert not again.asked.due(NOW + timedelta(minutes=14))
    assert again.asked.due(NOW + timedelta(minutes=15))


def test_failures_wait_longer_and_longer(serve: Callable[[Answer], str]) -> None:
    asked = Asked(serve(lambda handler: reply(handler, 500)))
    waits = []
    for _ in range(9):
        polled = poll(asked, NOW, allow_private=True)
        asked = polled.asked
        waits.append((datetime.fromisoformat(asked.again) - NOW).total_seconds())
        assert polled.error == "the server answered 500"
    assert waits[:3] == [900, 1800, 3600]
    assert waits[-1] == 24 * 3600


@pytest.mark.parametrize(
    ("status", "headers", "seconds"),
    [
        (503, {"Retry_After": "7200"}, 7200),
        (429, {"Retry_After": "Mon, 01 Jan 2024 05:00:00 GMT"}, 18000),
        (200, {"Cache_Control": "public, max-age=3600"}, 3600),
        (200, {"Cache_Control": "max-age=5"}, 900),
        (503, {"Retry_After": "soon"}, 900),
    ],
)
def test_the_server_may_ask_for_more_time(
    serve: Callable[[Answer], str], status: int, headers: dict[str, str], seconds: int
) -> None:
    polled = poll(
        Asked(serve(lambda handler: reply(handler, status, RSS, **headers))), NOW, allow_private=True
    )
    assert (datetime.fromisoformat(polled.asked.again) - NOW).total_seconds() == seconds


def test_gone_is_never_asked_again(serve: Callable[[Answer], str]) -> None:
    polled = poll(Asked(serve(lambda handler: reply(handler, 410))), NOW, allow_private=True)
    assert not polled.asked.due(NOW + timedelta(days=400))


def test_private_addresses_are_not_asked(serve: Callable[[Answer], str]) -> None:
    polled = poll(Asked(serve(lambda handler: reply(handler, 200, RSS))), NOW)
    assert polled.content is None
    assert "private" in (polled.error or "")
