"""`wiredesk desk`: the app on loopback, with nothing fetched from and nothing told to others.

The app is run, not edited: no one can run Python through it.  On loopback it asks for no password,
so it answers only requests that name the host it was put on: a page elsewhere on the web that
points a name of its own at 127.0.0.1 gets nothing.  On any other host it asks for a token.
"""

from __future__ import annotations

import secrets
import socket
import sys
import webbrowser
from ipaddress import ip_address
from pathlib import Path
from threading import Timer
from urllib.parse import urlsplit

import marimo
import uvicorn
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from wiredesk.desk.asking import opened
from wiredesk.errors import UserError

APP = Path(__file__).with_name("app.py")
#: Scripts and styles that marimo writes into its page run; anything from elsewhere does not.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self' data: blob:; worker-src 'self' blob:; object-src 'none'; "
    "frame-ancestors 'none'; base-uri 'self'; form-action 'self'"
)
#: Back and forward change only the address: marimo does not look at it again by itself.
HEAD = "<script>addEventListener('popstate', () => location.reload())</script>"


class Guard:
    """Lets through what was asked of this host, and hands the app what it shows."""

    def __init__(self, app: ASGIApp, snapshot: str, hosts: frozenset[str]) -> None:
        self.app = app
        self.snapshot = snapshot
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        if not self._ours(Headers(scope=scope)):
            if scope["type"] == "http":
                await PlainTextResponse("not this host", 421)(scope, receive, send)
            else:
                await send({"type": "websocket.close", "code": 1008})
            return
        scope["meta"] = {"snapshot": self.snapshot}

        async def with_policy(message: Message) -> None:
            if message["type"] == "http.response.start":
                said = [(b"content-security-policy", POLICY.encode())]
                said.append((b"referrer-policy", b"no-referrer"))
                message = {**message, "headers": [*message.get("headers", ()), *said]}
            await send(message)

        await self.app(scope, receive, with_policy)

    def _ours(self, headers: Headers) -> bool:
        """Whether the host that is meant, and the page that asks, are this one."""
        host, origin = headers.get("host", ""), headers.get("origin")
        if self.hosts and _name(f"//{host}") not in self.hosts:
            return False
        return origin is None or urlsplit(origin).netloc == host


def _name(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None


def desk_command(snapshot: str, *, host: str, port: int, browser: bool) -> int:
    """Serve until interrupted: exit code 0.  `port` 0 takes any that is free."""
    opened(snapshot).db.close()  # a snapshot that cannot be opened is told here, not in the browser
    listening = _listening(host, port)
    port = listening.getsockname()[1]
    token = None if _loopback(host) else secrets.token_urlsafe(16)
    shown = f"[{host}]" if ":" in host else host
    url = f"http://{shown}:{port}/" + (f"?access_token={token}" if token else "")
    app = _app(snapshot, host, token)
    sys.stdout.write(f"The desk is at {url}  (Ctrl-C ends it)\n")
    sys.stdout.flush()
    if browser:
        opening = Timer(1.0, webbrowser.open, (url,))
        opening.daemon = True
        opening.start()
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1))
    server.run(sockets=[listening])
    return 0


def _app(snapshot: str, host: str, token: str | None) -> ASGIApp:
    hosts = frozenset({"localhost", "127.0.0.1", "::1", host}) if _loopback(host) else frozenset()
    builder = marimo.create_asgi_app(quiet=True, token=token, session_ttl=30, html_head=HEAD)
    return Guard(builder.with_app(path="", root=str(APP)).build(), snapshot, hosts)


def _loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
    except OSError as no:
        made.close()
        raise UserError(
            f"{host}:{port} cannot be used ({no.strerror}): give another --port"
        ) from no
    return made
