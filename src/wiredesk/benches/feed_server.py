"""A small web of feeds on loopback, for `wiredesk bench fetch`: many hosts, one port.

python -m wiredesk.benches.feed_server ITEMS

prints its port.  The host's number says how it behaves: of a hundred, five are dead, five slow and
two hostile.  It watches how politely it is asked: `/-/manners` on any host tells, and `/-/turn`
gives one feed in twenty a new item.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import random
import sys
from collections import defaultdict
from time import monotonic

from wiredesk.benches.reading import NAMES, PLACES, WORDS

SLOW = 3.0  # seconds before a slow feed answers
ZEROS = gzip.compress(bytes(64 << 20), 9)
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><rss><channel><title>&j;</title></channel></rss>"
)


def kind(n: int) -> str:
    """How feed `n` behaves."""
    if n % 50 == 7:
        return "hostile"
    if n % 20 == 0:
        return "gone" if n % 40 else "no_name"
    return "slow" if n % 20 == 1 else "well"


def host(n: int) -> str:
    """The name of feed `n`'s host."""
    return f"f{n:05}.bench.test"


def feed(n: int, items: int, turned: bool) -> bytes:
    """Feed `n`: RSS 2.0 with whole invented copy, no two stories of which are the same."""
    first = 1 if turned and n % 20 == 5 else 0
    entries = []
    for k in range(first, items + first):
        title, text = _copy(random.Random(n * 1000 + k))  # noqa: S311 - copy, not keys
        entries.append(
            f"<item><title>{title}</title><guid isPermaLink='false'>{n}-{k}</guid>"
            f"<link>http://{host(n)}/{k}.html</link>"
            f"<pubDate>Mon, 0{1 + k % 9} Jun 2026 {k % 24:02}:00:00 GMT</pubDate>"
            f"<description><![CDATA[{text}]]></description></item>"
        )
    return (
        f"<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>Feed {n}</title>"
        f"<link>http://{host(n)}/</link>{''.join(entries)}</channel></rss>"
    ).encode()


def _copy(chance: random.Random) -> tuple[str, str]:
    """A headline and a body of some 2,300 characters, at a tenth of what reading.story costs."""
    said = [" ".join(chance.choices(WORDS, k=20)).capitalize() + "." for _ in range(19)]
    said[1] = f"{chance.choice(PLACES)} (Reuters) - {said[1]}"
    signed = f"(Reporting by {NAMES[0]} in Oslo; Editing by {NAMES[1]})"
    pairs = [f"{one} {other}" for one, other in zip(said[1::2], said[2::2], strict=True)]
    return said[0], "".join(f"<p>{p}</p>" for p in (*pairs, signed))


class Server:
    """Answers, and keeps count of manners."""

    def __init__(self, items: int) -> None:
        self.items = items
        self.turned = False
        self.under_way: dict[str, int] = defaultdict(int)
        self.most = 0
        self.last: dict[str, float] = {}
        self.closest = 1e9
        self.requests = self.unchanged = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                lines = head.decode("latin-1").split("\r\n")
                path = lines[0].split(" ")[1]
                fields = {
                    name.lower(): value.strip()
                    for name, _, value in (line.partition(":") for line in lines[1:] if line)
                }
                await self._watched(path, fields, writer)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    async def _watched(
        self, path: str, fields: dict[str, str], writer: asyncio.StreamWriter
    ) -> None:
        name = fields.get("host", "").split(":")[0]
        if path.startswith("/-/"):
            self.turned |= path == "/-/turn"
            writer.write(_whole(b"200 OK", json.dumps(self.manners()).encode()))
            return
        at = monotonic()
        self.closest = min(self.closest, at - self.last.get(name, -1e9))
        self.last[name] = at
        self.requests += 1
        self.under_way[name] += 1
        self.most = max(self.most, self.under_way[name])
        try:
            await self._answer(path, fields, int(name[1:6]), writer)
        finally:
            self.under_way[name] -= 1

    def manners(self) -> dict[str, float]:
        """What was seen of the asker so far."""
        return {
            "requests": self.requests,
            "unchanged": self.unchanged,
            "most_at_once": self.most,
            "closest_seconds": self.closest,
        }

    async def _answer(
        self, path: str, fields: dict[str, str], n: int, writer: asyncio.StreamWriter
    ) -> None:
        behaves = kind(n)
        if path == "/robots.txt":
            writer.write(_whole(b"200 OK", b"User-agent: *\nDisallow: /private/\n"))
            return
        if behaves == "gone":
            writer.write(_whole(b"404 Not Found", b"no such feed"))
            return
        if behaves == "hostile":
            await HOSTILE[n // 50 % len(HOSTILE)](writer)
            return
        if behaves == "slow":
            await asyncio.sleep(SLOW)
        changed = self.turned and n % 20 == 5
        etag = f'"{n}-{int(changed)}"'
        if fields.get("if-none-match") == etag:
            self.unchanged += 1
            writer.write(b"HTTP/1.1 304 Not Modified\r\nETag: %s\r\n\r\n" % etag.encode())
            return
        body = feed(n, self.items, self.turned)
        writer.write(_whole(b"200 OK", body, b"ETag: %s\r\n" % etag.encode()))


def _whole(status: bytes, body: bytes, more: bytes = b"") -> bytes:
    head = b"HTTP/1.1 %s\r\nContent-Type: text/xml\r\n%sContent-Length: %d\r\n\r\n"
    return head % (status, more, len(body)) + body


async def _circle(writer: asyncio.StreamWriter) -> None:
    writer.write(_whole(b"302 Found", b"", b"Location: /round\r\n"))


async def _bomb(writer: asyncio.StreamWriter) -> None:
    writer.write(_whole(b"200 OK", ZEROS, b"Content-Encoding: gzip\r\n"))


async def _endless(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n<rss><channel>")
    while True:
        writer.write(b"<item><title>more and more</title></item>" * 1000)
        await writer.drain()


async def _drip(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n<rss>")
    for _ in range(3600):
        await writer.drain()
        await asyncio.sleep(1)
        writer.write(b" ")


async def _page(writer: asyncio.StreamWriter) -> None:
    writer.write(_whole(b"200 OK", b"<!doctype html><html><body>Accept all cookies?</body></html>"))


async def _laughs(writer: asyncio.StreamWriter) -> None:
    writer.write(_whole(b"200 OK", LAUGHS))


async def _cut(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 90000\r\n\r\n<rss><channel>")
    writer.close()


async def _inside(writer: asyncio.StreamWriter) -> None:
    writer.write(_whole(b"301 Moved", b"", b"Location: http://127.0.0.1:1/private\r\n"))


HOSTILE = (_circle, _bomb, _endless, _drip, _page, _laughs, _cut, _inside)


async def main(items: int) -> None:
    server = await asyncio.start_server(Server(items).serve, "127.0.0.1", 0, backlog=2048)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
