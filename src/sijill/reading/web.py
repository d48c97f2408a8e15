"""Fetching by http and https, for a room full of people who are watched: only from public addresses unless allowed,
the address looked up once and kept, every redirect looked at anew, with limits on time and size."""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Mapping
from urllib.parse import SplitResult, quote, urljoin, urlsplit

import msgspec

import sijill

MAX_BYTES = 32 * 1024 * 1024
MAX_REDIRECTS = 5
TIMEOUT = 20.0
TOTAL = 120.0
_REDIRECTS = {301, 302, 303, 307, 308}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class WebError(Exception):
    """Why something was not fetched."""


class Fetched(msgspec.Struct, frozen=True):
    """An answer: `url` after redirects, `media_type` without parameters, header names in lower case."""

    url: str
    status: int
    content: bytes
    media_type: str
    headers: dict[str, str]


def is_url(place: str) -> bool:
    """Whether this is an address of the web, and no path."""
    return place.lower().startswith(("http://", "https://"))


def fetch(
    url: str,
    *,
    allow_private: bool = False,
    etag: str | None = None,
    modified: str | None = None,
    timeout: float = TIMEOUT,
    total: float = TOTAL,
    max_bytes: int = MAX_BYTES,
) -> Fetched:
    """GET a URL. `timeout` bounds each wait for the server and `total` the whole, in seconds.

    Raises `WebError` for other schemes, private addresses, too many redirects, too much content, and failures of the
    network; the status is the caller's to judge.
    """
    end = time.monotonic() + total
    headers = {"User-Agent": f"sijill/{sijill.__version__}", "Accept": "*/*", "Accept-Encoding": "gzip"}
    headers |= {"If-None-Match": etag} if etag else {}
    headers |= {"If-Modified-Since": modified} if modified else {}
    for _ in range(MAX_REDIRECTS + 1):
        answer = _ask(url, headers, allow_private, min(timeout, end - time.monotonic()), end, max_bytes)
        target = answer.headers.get("location")
        if answer.status not in _REDIRECTS or not target:
            return answer
        if urlsplit(url).scheme == "https" and urlsplit(urljoin(url, target)).scheme == "http":
            raise WebError(f"{url} leads from https to http")
        url = urljoin(url, target)
    raise WebError(f"more than {MAX_REDIRECTS} redirects")


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise WebError(f"not an address: {error}") from error
    if parts.scheme not in ("http", "https"):
        raise WebError(f"only http and https are fetched, not {parts.scheme or 'this'}")
    if not parts.hostname or port == 0:
        raise WebError("the address has no host")
    if parts.username is not None or parts.password is not None:
        raise WebError("an address with a user name in it is not fetched")
    return parts


def public_address(host: str, port: int, allow_private: bool) -> str:
    """The address of a host. Raises `WebError` where any of its addresses is not public, unless that is allowed: a name
    that means several things to several askers is not to be trusted with one of them."""
    try:
        found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as error:
        raise WebError(f"no address is known for {host}") from error
    for address in found:
        if not allow_private and not _is_public(address):
            raise WebError(f"{host} is at a private address, which is not fetched from")
    return found[0]


def _is_public(address: str) -> bool:
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return _is_public(str(inner))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


class _Pinned(http.client.HTTPConnection):
    """A connection to the address that was looked at, whatever the name means by now."""

    def __init__(self, parts: SplitResult, address: str, port: int, timeout: float) -> None:
        super().__init__(parts.hostname or "", port, timeout=timeout)
        self.address = address
        self.line: socket.socket | None = None
        self.secure = parts.scheme == "https"
        # So that the Host header leaves the scheme's own port out.
        self.default_port = 443 if self.secure else 80

    def connect(self) -> None:
        # The response takes `sock` over; hanging up still needs it.
        self.line = self.sock = socket.create_connection((self.address, self.port), self.timeout)
        if self.secure:
            self.line = self.sock = ssl.create_default_context().wrap_socket(
                self.sock, server_hostname=self.host
            )


def _ask(
    url: str, headers: Mapping[str, str], allow_private: bool, timeout: float, end: float, max_bytes: int
) -> Fetched:
    if timeout <= 0:
        raise WebError("the server took too long")
    parts = _split(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    connection = _Pinned(parts, public_address(parts.hostname or "", port, allow_private), port, timeout)
    late = threading.Event()

    def hang_up() -> None:
        # A server that drips a byte now and then never runs into the time-out of a single wait.
        late.set()
        if connection.line is not None:
            with contextlib.suppress(OSError):
                connection.line.shutdown(socket.SHUT_RDWR)

    watch = threading.Timer(max(0.0, end - time.monotonic()), hang_up)
    watch.daemon = True
    watch.start()
    try:
        path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (
            f"?{quote(parts.query, safe='/?%:@!$&*+,;=~-._()')}" if parts.query else ""
        )
        connection.request("GET", path, headers=dict(headers))
        response = connection.getresponse()
        told = {name.lower(): value for name, value in response.getheaders()}
        length = told.get("content-length", "")
        if length.isdigit() and int(length) > max_bytes:
            raise WebError(f"more than {max_bytes} bytes")
        raw = response.read(max_bytes + 1)
        content = _unpacked(raw, told.get("content-encoding", ""), max_bytes)
        if len(content) > max_bytes:
            raise WebError(f"more than {max_bytes} bytes")
        if late.is_set():
            raise WebError("the server took too long")
        media_type = told.get("content-type", "").partition(";")[0].strip().lower()
        return Fetched(url, response.status, content, media_type or "application/octet-stream", told)
    except (OSError, http.client.HTTPException, ValueError) as error:
        if late.is_set() or isinstance(error, TimeoutError):
            raise WebError("the server took too long") from error
        raise WebError(f"{parts.hostname}: {error or type(error).__name__}") from error
    finally:
        watch.cancel()
        connection.close()


def _unpacked(raw: bytes, encoding: str, max_bytes: int) -> bytes:
    if encoding in ("", "identity"):
        return raw
    if encoding not in ("gzip", "x-gzip"):
        raise WebError(f"the content comes packed as {encoding}")
    unpack = zlib.decompressobj(wbits=31)
    try:
        return unpack.decompress(raw, max_bytes + 1)
    except zlib.error as error:
        raise WebError("the content is damaged") from error
