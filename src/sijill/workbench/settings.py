"""What a workbench is started with."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

import msgspec

MIB = 1024 * 1024
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """`name` is who decides where no log-in is asked; `closed` asks for one on loopback too. `secure` says that people
    reach the workbench over TLS, so that cookies are never sent in clear. `hosts` are the names it answers to (the Host
    header; "*" any). `tiles` is the URL template of a tile server for maps, None for the basemap that ships.
    `upload_bytes` is how long an uploaded file may be."""

    name: str
    closed: bool = False
    secure: bool = False
    hosts: tuple[str, ...] = LOOPBACK
    tiles: str | None = None
    upload_bytes: int = 32 * MIB

    @property
    def tile_origin(self) -> str | None:
        """The one origin beside our own that a browser may ask, for tiles."""
        if not self.tiles:
            return None
        parts = urlsplit(self.tiles)
        return f"{parts.scheme}://{parts.netloc}" if parts.netloc else None


def is_loopback(host: str) -> bool:
    """Whether an address to listen at is reached from this machine only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
