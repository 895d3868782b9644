"""What every request and every answer passes: only this host, nothing from other sites, no body without bounds, and headers that hold pages to it."""

import re
from collections.abc import Collection
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "[::1]"})
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_MOST_BYTES: Final = 64 * 1024 * 1024
_POLICY: Final = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""Nothing from elsewhere, no inline script or style, no eval. Pictures as data: are what the vendored libraries draw buttons with."""
_HEADERS: Final = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
"""After OWASP's Secure Headers Project."""


class _TooLarge(Exception):
    pass


class Guard:
    """Stands before the whole application. `hosts`: the names, without ports, under which the desk may be asked for."""

    def __init__(self, app: ASGIApp, hosts: Collection[str], over_https: bool, links_from_elsewhere: bool) -> None:
        self._app = app
        self._hosts = frozenset(host.lower() for host in hosts)
        self._over_https = over_https
        self._links_from_elsewhere = links_from_elsewhere

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        status, refusal = self._refusal(scope["method"], headers)
        seen = 0

        async def bounded() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > _MOST_BYTES:
                raise _TooLarge
            return message

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add_headers(scope["path"], MutableHeaders(scope=message))
            await send(message)

        if refusal:
            await PlainTextResponse(refusal + "\n", status)(scope, receive, guarded)
            return
        try:
            await self._app(scope, bounded, guarded)
        except _TooLarge:
            await PlainTextResponse("what was sent is too large\n", 413)(scope, receive, guarded)

    def _refusal(self, method: str, headers: Headers) -> tuple[int, str]:
        """Status and reason; an empty reason for what may pass."""
        host = headers.get("host", "")
        if re.sub(r":\d{1,5}$", "", host).lower() not in self._hosts:
            return 421, "this desk is not asked for under that name"
        site = headers.get("sec-fetch-site", "same-origin")
        a_link = (
            method in _SAFE
            and headers.get("sec-fetch-mode") == "navigate"
            and headers.get("sec-fetch-dest") == "document"
        )
        if site not in ("same-origin", "none") and not (a_link and self._links_from_elsewhere):
            return 403, "requests from other sites are refused"
        origin = headers.get("origin")
        if method not in _SAFE and origin is not None and origin.split("://", 1)[-1].lower() != host.lower():
            return 403, "requests from other sites are refused"
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > _MOST_BYTES:
            return 413, "what was sent is too large"
        return 0, ""

    def _add_headers(self, path: str, headers: MutableHeaders) -> None:
        for name, value in _HEADERS.items():
            headers.setdefault(name, value)
        if self._over_https:
            headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        if not path.startswith("/static/"):
            headers.setdefault("Cache-Control", "no-store")
