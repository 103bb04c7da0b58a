"""One request and its answer, no redirects: a turn, a checked connection, a body within limits.

A request whose connection breaks before any answer is made once more, for a kept connection may
have been closed at its other end meanwhile.  Nothing else is tried twice within a run.
"""

from __future__ import annotations

import asyncio
import logging
import ssl
import warnings
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import httpcore
import httpx

from wiredesk import __version__
from wiredesk.errors import FetchError, Permanent, Soft, Temporary
from wiredesk.fetch.answer import REDIRECTS, WITH_BODY, Answer
from wiredesk.fetch.credentials import Credentials
from wiredesk.fetch.guard import Place
from wiredesk.fetch.limits import Limits
from wiredesk.fetch.politeness import Politeness, Turn
from wiredesk.fetch.transport import Pinned
from wiredesk.fetch.unpack import ACCEPTED, Body
from wiredesk.model import Source

ACCEPT = (
    b"text/html, application/xhtml+xml, application/atom+xml, application/rss+xml, "
    b"application/feed+json, application/xml;q=0.9, */*;q=0.8"
)
LARGE = 4 << 20  # bytes, unpacked; feeds and pages hardly ever are, sitemaps often
DRAINED = 64 << 10  # bytes of a body nobody wants that are read to keep the connection
BROKEN = (httpcore.ReadError, httpcore.WriteError, httpcore.RemoteProtocolError)

# These log each header as they pack or unpack it, keys and all.
for _library in ("httpcore", "hpack"):
    logging.getLogger(_library).setLevel(logging.WARNING)
# What the standard library prints, with a traceback, for a Set-Cookie whose month is misspelt.
warnings.filterwarnings("ignore", message=r"(?s)http\.cookiejar bug!")


@dataclass(slots=True)
class Question:
    """What is asked, and what changes from one redirect to the next."""

    source: Source
    to: Place
    keys: Credentials
    headers: list[tuple[bytes, bytes]]  #: validators
    left: float  #: seconds, for all redirects together
    enough: int | None = None  #: bytes of the body that are wanted; None: all
    #: Cookies live as long as one question: what one server sets is no other's business.
    jar: httpx.Cookies = field(default_factory=httpx.Cookies)

    @property
    def state(self) -> tuple[str, tuple[str, ...]]:
        """Asked twice in the same state, a server gives the same redirect."""
        cookies = (f"{c.domain}{c.path} {c.name}={c.value}" for c in self.jar.jar)
        return str(self.to.url), tuple(sorted(cookies))


class _Broken(Temporary):
    """The connection broke before an answer began."""


class Exchange:
    """The one client of a run: its connections, behind turns and limits.

    It is httpx without `AsyncClient`, which reads redirects before we do (and raises where one is
    malformed), keeps the cookies of all servers in one jar, and logs whole addresses.
    """

    def __init__(
        self,
        contact: str,
        now: Callable[[], datetime],
        limits: Limits,
        tls: ssl.SSLContext | None,
        network: httpcore.AsyncNetworkBackend | None,
    ) -> None:
        self._now = now
        self._limits = limits
        self._politeness = Politeness(limits.together)
        self._large = asyncio.Semaphore(limits.large)
        self._transport = Pinned(
            limits,
            tls or httpx.create_ssl_context(trust_env=False),
            network or httpcore.AnyIOBackend(),
        )
        self._headers = [
            (b"User-Agent", f"wiredesk/{__version__} (+{contact})".encode()),
            (b"Accept", ACCEPT),
            (b"Accept-Encoding", ACCEPTED),
        ]

    async def close(self) -> None:
        await self._transport.aclose()

    async def ask(self, question: Question, pinned: tuple[str, ...], delay: float) -> Answer:
        """The answer of the addresses `pinned`; `delay` in seconds.  Raises FetchError."""
        try:
            return await self._once(question, pinned, delay)
        except _Broken:
            return await self._once(question, pinned, delay)

    async def _once(self, question: Question, pinned: tuple[str, ...], delay: float) -> Answer:
        to, connections = question.to, question.source.connections
        clock = asyncio.get_running_loop().time
        async with self._politeness.turn(to.host, connections, delay) as turn:
            began = clock()
            try:
                async with asyncio.timeout(question.left):
                    async with asyncio.timeout(self._limits.head):
                        response = await self._head(question, pinned, turn)
                    try:
                        return await self._answer(question, response)
                    finally:
                        await response.aclose()
            except TimeoutError:
                raise Temporary(str(to.url), "no whole answer in time") from None
            finally:
                question.left -= clock() - began

    async def _head(
        self, question: Question, pinned: tuple[str, ...], turn: Turn
    ) -> httpx.Response:
        async def trace(event: str, _: Any) -> None:
            if event.endswith("send_request_headers.complete"):
                turn.sent()

        to = question.to
        request = httpx.Request(
            "GET",
            question.keys.address(to),
            headers=[*self._headers, *question.headers, *question.keys.headers(to)],
            extensions={
                "pinned": pinned,
                "trace": trace,
                "timeout": {"connect": self._limits.connect, "read": self._limits.head},
            },
        )
        with suppress(UnicodeEncodeError):  # a cookie that no header can carry
            question.jar.set_cookie_header(request)
        try:
            response = await self._transport.handle_async_request(request)
        except BROKEN as no:
            if _head_too_long(no):
                raise self._long_head(to) from no
            raise _Broken(str(to.url), _said(no)) from no
        except (httpcore.NetworkError, httpcore.TimeoutException) as no:
            raise _unconnected(no, to) from no
        response.request = request
        return response

    async def _answer(self, question: Question, response: httpx.Response) -> Answer:
        at, url = self._now(), str(question.to.url)
        if sum(len(name) + len(value) for name, value in response.headers.raw) > (
            self._limits.headers
        ):
            raise self._long_head(question.to)
        if response.status_code in REDIRECTS:
            question.jar.extract_cookies(response)
        try:
            if response.status_code in WITH_BODY:
                body = await self._body(question, response)
            else:
                body = b""
                await self._drain(response, url)
        except (*BROKEN, httpcore.TimeoutException) as no:
            raise Temporary(url, f"broke off: {_said(no)}", response.status_code) from no
        return Answer(url, response.status_code, response.headers, body, at)

    async def _body(self, question: Question, response: httpx.Response) -> bytes:
        coding = response.headers.get("content-encoding", "")
        limits = self._limits
        largest = min(limits.feed, limits.body) if question.source.kind == "feed" else limits.body
        body = Body(str(question.to.url), coding, largest, limits.ratio)
        slot = False
        try:
            async for piece in self._pieces(response, str(question.to.url)):
                body.take(piece)
                if question.enough is not None and len(body.unpacked) >= question.enough:
                    return bytes(body.unpacked[: question.enough])
                if not slot and len(body.unpacked) > LARGE:
                    slot = await self._large.acquire()
            return body.whole()
        finally:
            if slot:
                self._large.release()

    async def _drain(self, response: httpx.Response, url: str) -> None:
        read = 0
        async for piece in self._pieces(response, url):
            read += len(piece)
            if read > DRAINED:
                return

    async def _pieces(self, response: httpx.Response, url: str) -> AsyncIterator[bytes]:
        """The body as it arrives.  Raises Temporary where that is at a drip."""
        clock, read = asyncio.get_running_loop().time, 0
        began = clock()
        async for piece in response.aiter_raw():
            read += len(piece)
            taken = clock() - began
            if taken > self._limits.grace and read < self._limits.pace * taken:
                raise Temporary(url, f"{read / taken:.0f} bytes a second")
            yield piece

    def _long_head(self, to: Place) -> Soft:
        return Soft(str(to.url), f"a head of over {self._limits.headers:,} bytes")


def _unconnected(no: Exception, to: Place) -> FetchError:
    """No connection.  A certificate that is wrong stays wrong; a handshake cut short may pass."""
    cause = _tls(no)
    if isinstance(cause, ssl.SSLCertVerificationError):
        return Permanent(str(to.url), f"certificate: {cause.verify_message}")
    passing = (ssl.SSLEOFError, ssl.SSLZeroReturnError, ssl.SSLSyscallError)
    if cause is not None and not isinstance(cause, passing):
        return Permanent(str(to.url), f"TLS: {cause.reason or 'no handshake'}")
    return Temporary(str(to.url), _said(no))


def _tls(no: BaseException | None) -> ssl.SSLError | None:
    """The TLS failure beneath, which the layers between have wrapped."""
    while no is not None and not isinstance(no, ssl.SSLError):
        no = no.__cause__ or no.__context__
    return no


def _head_too_long(no: BaseException | None) -> bool:
    """h11 gives up on a head of over 100 KB and hints at the status that says so."""
    while no is not None and getattr(no, "error_status_hint", None) != 431:
        no = no.__cause__ or no.__context__
    return no is not None


def _said(no: Exception) -> str:
    """One short line: libraries quote what a server sent."""
    return " ".join(f"{type(no).__name__}: {no}".split())[:200].rstrip(": ")
