"""A web that misbehaves, on loopback: one path for each thing that servers do to those who read.

`serving()` runs it in a thread; `HostileWeb.behave` is an asyncio stream handler, for those who
have a loop of their own.  `Names` and `Dialled` stand in for DNS and for the open internet, so
that tests can name hosts and addresses that do not exist without leaving the machine.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import gzip
import ipaddress
import json
import ssl
import threading
import zlib
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import httpcore
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import ConnectionTerminated, RequestReceived

FEED = b"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>Harbour Wire</title>
<item><guid>hw-1</guid><title>Ferry strike ends</title>
<description>PORT ELLEN (Harbour Wire) - Ferry crews went back to work.</description></item>
</channel></rss>
"""
ANOTHER = FEED.replace(b"Harbour Wire", b"Cut-Price Pills").replace(b"hw-1", b"pills-1")
CONSENT = b"""<!doctype html><html><head><title>Before you continue</title></head>
<body><h1>We value your privacy</h1><button>Accept all</button></body></html>"""
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">'
    + b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    + b"]><rss version='2.0'><channel><title>&l9;</title></channel></rss>"
)
ENTITY = (
    b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY passwords SYSTEM "file:///etc/passwd">]>'
    b"<rss version='2.0'><channel><item><title>&passwords;</title></item></channel></rss>"
)
NULS = FEED.replace(b"Ferry crews", b"Ferry\0 crews\0\0")
LATIN = FEED.replace(b"PORT ELLEN", b"MALM\xd6").replace(b"crews", b"m\xe4nnen")
BOMB = gzip.compress(b"\0" * (32 << 20))  # 32 KB that unpack to 32 MB


@dataclass
class Asked:
    """One request as it arrived."""

    at: float  #: seconds, of the server's loop
    host: str
    target: str
    headers: dict[str, str]


Behaviour = Callable[["HostileWeb", asyncio.StreamWriter, Asked], Awaitable[None]]
BEHAVIOURS: dict[str, Behaviour] = {}


@dataclass
class HostileWeb:
    """What was asked, and what /robots.txt says (None: 404)."""

    port: int = 0
    robots: bytes | None = None
    robots_status: int = 200
    asked: list[Asked] = field(default_factory=list)

    def url(self, path: str, host: str = "hostile.example") -> str:
        """The address of a behaviour, on any host name."""
        return f"http://{host}:{self.port}{path}"

    def times(self, path: str) -> int:
        """How often a path was asked for."""
        return sum(asked.target.split("?")[0] == path for asked in self.asked)

    async def behave(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection, each as its path has it."""
        with suppress(ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
            tls = writer.get_extra_info("ssl_object")
            if tls and tls.selected_alpn_protocol() == "h2":
                await self._http2(reader, writer)
            while not writer.is_closing():
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                asked = _asked(head)
                self.asked.append(asked)
                # the last part of a path is free: /status/404, /far/3
                path = asked.target.split("?")[0]
                stem = path.rpartition("/")[0]
                found = BEHAVIOURS.get(path) or BEHAVIOURS.get(stem) or BEHAVIOURS["/status"]
                await found(self, writer, asked)
                await writer.drain()
        writer.close()

    async def _http2(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """HTTP/2: a feed for every path, but for three that break its rules."""
        h2 = H2Connection(H2Configuration(client_side=False, validate_outbound_headers=False))
        h2.initiate_connection()
        while not writer.is_closing():
            writer.write(h2.data_to_send())
            for event in h2.receive_data(await reader.read(65536)):
                if isinstance(event, RequestReceived):
                    headers = {k.decode(): v.decode() for k, v in event.headers}
                    at = asyncio.get_running_loop().time()
                    path = headers[":path"]
                    self.asked.append(Asked(at, headers[":authority"], path, headers))
                    if path == "/not-http2.xml":
                        writer.write(b"HTTP/1.1 200 So\r\n\r\n" + FEED)
                        writer.close()
                        return
                    length = len(FEED) + (50 if path == "/says-more.xml" else 0)
                    status = "so" if path == "/odd-status.xml" else "200"
                    head = [(":status", status), ("content-length", str(length))]
                    h2.send_headers(event.stream_id, head)
                    h2.send_data(event.stream_id, FEED, end_stream=True)
                elif isinstance(event, ConnectionTerminated):
                    writer.close()
            if reader.at_eof():
                writer.close()


def _asked(head: str) -> Asked:
    line, *rest = head.split("\r\n")
    pairs = (row.split(":", 1) for row in rest if ":" in row)
    headers = {name.strip().lower(): value.strip() for name, value in pairs}
    at = asyncio.get_running_loop().time()
    return Asked(at, headers.get("host", "").partition(":")[0], line.split()[1], headers)


def on(path: str) -> Callable[[Behaviour], Behaviour]:
    def named(behaviour: Behaviour) -> Behaviour:
        BEHAVIOURS[path] = behaviour
        return behaviour

    return named


def answer(
    writer: asyncio.StreamWriter, body: bytes = b"", status: int = 200, **headers: str
) -> None:
    """A well-formed answer; header names are given with underscores."""
    lines = {"Content-Length": str(len(body)), "Content-Type": "application/rss+xml"}
    lines |= {name.replace("_", "-").title(): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    body = b"" if status in {204, 304} else body
    writer.write(f"HTTP/1.1 {status} So\r\n{head}\r\n".encode() + body)


def _serve(path: str, body: bytes, **headers: str) -> None:
    async def behaviour(_: HostileWeb, writer: asyncio.StreamWriter, __: Asked) -> None:
        answer(writer, body, **headers)

    BEHAVIOURS[path] = behaviour


_serve("/feed.xml", FEED, etag='"one"', last_modified="Mon, 04 May 2026 10:00:00 GMT")
_serve("/another-feed.xml", ANOTHER)
_serve("/consent.html", CONSENT, content_type="text/html; charset=utf-8")
_serve("/billion-laughs.xml", LAUGHS)
_serve("/external-entity.xml", ENTITY)
_serve("/nuls.xml", NULS)
_serve("/wrong-charset.xml", LATIN, content_type="text/xml; charset=UTF-8")
_serve("/empty.xml", b"")
_serve("/blank.xml", b" \r\n\n")
_serve("/gzip.xml", gzip.compress(FEED), content_encoding="gzip")
_serve("/members.xml", gzip.compress(FEED[:99]) + gzip.compress(FEED[99:]), content_encoding="gzip")
_serve("/deflate.xml", zlib.compress(FEED), content_encoding="deflate")
_serve("/bare-deflate.xml", zlib.compress(FEED, wbits=-15), content_encoding="deflate")
_serve("/plain-as-gzip.xml", FEED, content_encoding="gzip")
_serve("/brotli.xml", b"\x8b\x02\x80feed\x03", content_encoding="br")
_serve("/gzip-bomb.xml", BOMB, content_encoding="gzip")
_serve("/cut-gzip.xml", gzip.compress(FEED)[:-20], content_encoding="gzip")
_serve("/damaged-gzip.xml", gzip.compress(FEED)[:20] + b"\xff" * 200, content_encoding="gzip")
_serve("/huge-head.xml", FEED, x_filler="x" * 200_000)
_serve("/long-head.xml", FEED, **{f"x_filler_{n}": "x" * 1000 for n in range(80)})
_serve("/cookies.xml", FEED, set_cookie="id=4711", x_kept="yes")


@on("/robots.txt")
async def _robots(web: HostileWeb, writer: asyncio.StreamWriter, _: Asked) -> None:
    status = 404 if web.robots is None and web.robots_status == 200 else web.robots_status
    answer(writer, web.robots or b"", status, content_type="text/plain")


@on("/status")
async def _status(_: HostileWeb, writer: asyncio.StreamWriter, asked: Asked) -> None:
    last = asked.target.split("?")[0].rpartition("/")[2]
    answer(writer, b"so it is\n", int(last) if last.isdigit() else 404)


@on("/wait")  # /wait/429?120, /wait/503?date, /wait/429?rubbish
async def _wait(_: HostileWeb, writer: asyncio.StreamWriter, asked: Asked) -> None:
    path, _, value = asked.target.partition("?")
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    if value == "date":
        value = format_datetime(now + dt.timedelta(seconds=120), usegmt=True)
    status = int(path.rpartition("/")[2])
    answer(writer, b"", status, retry_after=value, date=format_datetime(now, usegmt=True))


@on("/to")  # /to?http://elsewhere/: a redirect there
async def _to(_: HostileWeb, writer: asyncio.StreamWriter, asked: Asked) -> None:
    answer(writer, b"", 302, location=asked.target.partition("?")[2])


@on("/for-ever")
async def _for_ever(_: HostileWeb, writer: asyncio.StreamWriter, asked: Asked) -> None:
    answer(writer, b"", 301, location=asked.target.partition("?")[2])


@on("/loop")  # /loop/a and /loop/b send to each other
async def _loop(_: HostileWeb, writer: asyncio.StreamWriter, asked: Asked) -> None:
    answer(writer, b"", 302, location="/loop/b" if asked.target.endswith("a") else "/loop/a")


@on("/far")  # /far/1 sends to /far/2, and so on
async def _far(_: HostileWeb, writer: asyncio.StreamWriter, asked: Asked) -> None:
    answer(writer, b"", 302, location=f"/far/{int(asked.target.rpartition('/')[2]) + 1}")


@on("/gate")  # sends back to itself until its cookie is brought
async def _gate(_: HostileWeb, writer: asyncio.StreamWriter, asked: Asked) -> None:
    if "seen=yes" in asked.headers.get("cookie", ""):
        answer(writer, FEED)
    else:
        answer(writer, b"", 302, location="/gate", set_cookie="seen=yes; Path=/")


@on("/odd-gate")  # sets a cookie that cannot be sent back, and an address nobody can print
async def _odd_gate(_: HostileWeb, writer: asyncio.StreamWriter, asked: Asked) -> None:
    location = "/odd-gate?2" if "?" not in asked.target else "http://\x9b31m\xd5.example/"
    head = f"Location: {location}\r\nSet-Cookie: \xd5=\xd5; Path=/\r\nContent-Length: 0"
    writer.write(f"HTTP/1.1 302 So\r\n{head}\r\n\r\n".encode("latin-1"))


@on("/echo")  # what was asked, as JSON
async def _echo(_: HostileWeb, writer: asyncio.StreamWriter, asked: Asked) -> None:
    body = json.dumps({"target": asked.target, "headers": asked.headers}).encode()
    answer(writer, body, content_type="application/json")


@on("/endless.xml")
async def _endless(_: HostileWeb, writer: asyncio.StreamWriter, __: Asked) -> None:
    writer.write(b"HTTP/1.1 200 So\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        writer.write(b"4000\r\n" + b"word" * 0x1000 + b"\r\n")
        await writer.drain()


@on("/drip.xml")
async def _drip(_: HostileWeb, writer: asyncio.StreamWriter, __: Asked) -> None:
    writer.write(b"HTTP/1.1 200 So\r\nContent-Length: 100000\r\n\r\n")
    await _slowly(writer)


@on("/drip-head.xml")
async def _drip_head(_: HostileWeb, writer: asyncio.StreamWriter, __: Asked) -> None:
    writer.write(b"HTTP/1.1 200 So\r\nX-Filler: ")
    await _slowly(writer)


async def _slowly(writer: asyncio.StreamWriter) -> None:
    while True:
        writer.write(b".")
        await writer.drain()
        await asyncio.sleep(0.02)


@on("/silence.xml")
async def _silence(_: HostileWeb, __: asyncio.StreamWriter, ___: Asked) -> None:
    await asyncio.sleep(30)


@on("/slow.xml")  # a third of a second, then a feed
async def _slow(_: HostileWeb, writer: asyncio.StreamWriter, __: Asked) -> None:
    await asyncio.sleep(0.3)
    answer(writer, FEED)


@on("/hang-up.xml")
async def _hang_up(_: HostileWeb, writer: asyncio.StreamWriter, __: Asked) -> None:
    writer.close()


@on("/hang-up-once.xml")
async def _hang_up_once(web: HostileWeb, writer: asyncio.StreamWriter, _: Asked) -> None:
    if web.times("/hang-up-once.xml") == 1:
        writer.close()
    else:
        answer(writer, FEED)


@on("/truncated-chunk.xml")
async def _truncated_chunk(_: HostileWeb, writer: asyncio.StreamWriter, __: Asked) -> None:
    writer.write(b"HTTP/1.1 200 So\r\nTransfer-Encoding: chunked\r\n\r\n200\r\n" + FEED[:90])
    writer.close()


@on("/says-more.xml")
async def _says_more(_: HostileWeb, writer: asyncio.StreamWriter, __: Asked) -> None:
    answer(writer, FEED, content_length=str(len(FEED) + 50))
    writer.close()


@on("/says-less.xml")
async def _says_less(_: HostileWeb, writer: asyncio.StreamWriter, __: Asked) -> None:
    answer(writer, FEED, content_length="60")


@on("/not-http.xml")
async def _not_http(_: HostileWeb, writer: asyncio.StreamWriter, __: Asked) -> None:
    writer.write(b"220 mail.example ESMTP\r\n")
    writer.close()


@on("/lying-etag.xml")  # always the same ETag, always another body
async def _lying_etag(web: HostileWeb, writer: asyncio.StreamWriter, asked: Asked) -> None:
    body = FEED.replace(b"hw-1", b"hw-%d" % web.times("/lying-etag.xml"))
    answer(writer, body, etag='"one"')


@on("/new-etag.xml")  # always another ETag, always the same body
async def _new_etag(web: HostileWeb, writer: asyncio.StreamWriter, _: Asked) -> None:
    answer(writer, FEED, etag=f'"{web.times("/new-etag.xml")}"')


@on("/conditional.xml")
async def _conditional(_: HostileWeb, writer: asyncio.StreamWriter, asked: Asked) -> None:
    same = asked.headers.get("if-none-match") == '"one"'
    answer(writer, b"" if same else FEED, 304 if same else 200, etag='"one"')


@contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Iterator[HostileWeb]:
    """The hostile web on a free loopback port, for as long as the block runs."""
    web, loop, up = HostileWeb(), asyncio.new_event_loop(), threading.Event()

    async def run(stop: asyncio.Event) -> None:
        server = await asyncio.start_server(web.behave, "127.0.0.1", 0, ssl=tls)
        web.port = server.sockets[0].getsockname()[1]
        up.set()
        await stop.wait()
        server.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()

    stop = asyncio.Event()
    thread = threading.Thread(target=loop.run_until_complete, args=(run(stop),), daemon=True)
    thread.start()
    up.wait()
    try:
        yield web
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()


class Names:
    """A resolver with names of its own: each a list of answers, the last one for good."""

    def __init__(self, **names: Sequence[Sequence[str]]) -> None:
        self._names = {name.replace("_", "."): list(answers) for name, answers in names.items()}
        self.asked: list[str] = []

    async def __call__(self, host: str, _: int) -> Sequence[str]:
        self.asked.append(host)
        answers = self._names.get(host, [["127.0.0.1"]])
        return answers.pop(0) if len(answers) > 1 else answers[0]


class Dialled(httpcore.AsyncNetworkBackend):
    """Notes every address that is connected to, and connects to loopback instead."""

    def __init__(self) -> None:
        self.addresses: list[str] = []
        self.closed: set[str] = set()  #: addresses where nobody answers

    async def connect_tcp(self, host: str, port: int, *rest: Any) -> httpcore.AsyncNetworkStream:
        self.addresses.append(host)
        if host in self.closed:
            raise httpcore.ConnectError("nobody there")
        return await httpcore.AnyIOBackend().connect_tcp("127.0.0.1", port, *rest)


class Authority:
    """A certificate authority of our own, in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Harbour Test CA")])
        self._cert = self._signed(self._name, self._key, [], (-10, 10), ca=True)

    def trusted(self) -> ssl.SSLContext:
        """A client's settings that trust this authority and no other."""
        pem = self._cert.public_bytes(serialization.Encoding.PEM).decode("ascii")
        return ssl.create_default_context(cadata=pem)

    def server(
        self, *names: str, days: tuple[int, int] = (-1, 1), alpn: str = "http/1.1"
    ) -> ssl.SSLContext:
        """A server's settings with a certificate for `names`, valid from and to days from now."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0])])
        cert = self._signed(subject, key, names, days)
        path = self._folder / f"{names[0]}.{days[1]}.pem"
        plain = serialization.NoEncryption()
        packed = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain
        )
        path.write_bytes(packed + cert.public_bytes(serialization.Encoding.PEM))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        context.set_alpn_protocols([alpn])
        return context

    def _signed(
        self,
        subject: x509.Name,
        key: ec.EllipticCurvePrivateKey,
        names: Sequence[str],
        days: tuple[int, int],
        *,
        ca: bool = False,
    ) -> x509.Certificate:
        now = dt.datetime.now(dt.UTC)
        start, end = (now + dt.timedelta(days=n) for n in days)
        builder = (
            x509.CertificateBuilder(self._name, subject, key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(start)
            .not_valid_after(end)
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        )
        if names:
            builder = builder.add_extension(
                x509.SubjectAlternativeName([_alternative(name) for name in names]), critical=False
            )
        return builder.sign(self._key, hashes.SHA256())


def _alternative(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)
