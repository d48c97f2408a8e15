"""The headers of every answer: nothing is loaded from elsewhere, framed, cached, or run inline."""

from __future__ import annotations

from litestar.datastructures import MutableScopeHeaders
from litestar.types import BeforeMessageSendHookHandler, Message, Scope

from sijill.workbench.settings import Settings


def policy(settings: Settings) -> str:
    """The Content-Security-Policy. The only origin beside our own is the tile server's, where one is set."""
    tiles = f" {settings.tile_origin}" if settings.tile_origin else ""
    return "; ".join(
        (
            "default-src 'self'",
            f"img-src 'self' data: blob:{tiles}",
            f"connect-src 'self'{tiles}",
            "worker-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def with_headers(settings: Settings) -> BeforeMessageSendHookHandler:
    """A hook that sets the headers as an answer begins."""
    headers = {
        "Content-Security-Policy": policy(settings),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    }
    if settings.secure:
        headers["Strict-Transport-Security"] = "max-age=31536000"

    async def hook(message: Message, scope: Scope) -> None:
        if message["type"] != "http.response.start":
            return
        own = MutableScopeHeaders.from_message(message)
        for name, value in headers.items():
            own[name] = value
        if not scope["path"].startswith("/static/"):
            own["Cache-Control"] = "no-store"

    return hook
