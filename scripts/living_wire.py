"""A made-up wire that goes on: each turn brings stories, corrections and pages, on loopback.

/desk.xml    whole copy, the latest 40; every seventh story is corrected a turn later
/brief.xml   entries without their copy, the latest 16, and their pages
/news.xml    a sitemap of the latest 20 pages
"""

from __future__ import annotations

import hashlib
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from wiredesk.model import Source

FIRST = datetime(2026, 4, 20, 8, tzinfo=UTC)
EVERY = timedelta(minutes=17)  #: from story to story
WORDS = (
    "harbour grain council ferry bridge orchard tariff signal lantern quarry copper timber market "
    "treaty canal glacier turbine archive festival census border pasture station museum premium "
    "budget railway reactor satellite vineyard observatory parliament drought harvest strike"
).split()
TOWNS = "OSLO BERGEN VIENNA MADRID NAIROBI LIMA ROME ACCRA".split()
PEOPLE = "Ana Ruiz;Ola Berg;Zoe Miller;Kim Dae;Lin Vo;Ingrid Solvang".split(";")


class LivingWire(ThreadingHTTPServer):
    """The wire as it stands at `turn`."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.turn = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: pollers are killed here in the middle of an answer."""

    def page(self, path: str) -> str | None:
        """What stands at an address now."""
        if path == "/desk.xml":
            first, last = max(0, 5 * self.turn - 35), 5 * self.turn + 5
            return _feed(self._entry(n, _copy(n)) for n in range(first, last))
        if path == "/brief.xml":
            first, last = max(0, 2 * self.turn - 14), 2 * self.turn + 2
            return _feed(self._entry(n, _copy(n)[:90] + "…") for n in range(-last, -first))
        if path == "/news.xml":
            pages = range(max(0, self.turn - 19), self.turn + 1)
            return _sitemap(f"{self.url}/page/{n}.html" for n in pages)
        kind, _, name = path.strip("/").partition("/")
        number = name.removesuffix(".html")
        if kind in {"brief", "page"} and number.isdigit():
            return _html(-int(number) if kind == "brief" else 10**6 + int(number))
        return None

    def _entry(self, n: int, text: str) -> str:
        corrected = n >= 0 and n % 7 == 0 and self.turn > n // 5
        label = "CORRECTED-" if corrected else ""
        stands = f"{self.url}/desk/{n}" if n >= 0 else f"{self.url}/brief/{-n}.html"
        return (
            f"<item><title>{label}{_title(n)}</title><guid>{stands}</guid><link>{stands}</link>"
            f"<pubDate>{format_datetime(_at(n) + timedelta(minutes=5 * corrected))}</pubDate>"
            f"<description>{text.replace('crowns', 'kroner') if corrected else text}</description>"
            "</item>"
        )


def sources(url: str) -> list[Source]:
    """The three sources of the wire, for which nothing is slowed down."""
    more = {"robots": False, "delay": 0.0, "connections": 8, "allow": ("127.0.0.1",)}
    return [
        Source("desk", "feed", f"{url}/desk.xml", format="feed", **more),  # type: ignore[arg-type]
        Source("brief", "feed", f"{url}/brief.xml", format="feed", **more),  # type: ignore[arg-type]
        Source("news", "sitemap", f"{url}/news.xml", **more),  # type: ignore[arg-type]
    ]


@contextmanager
def serving() -> Iterator[LivingWire]:
    """The wire on a free port, for as long as the block runs."""
    server = LivingWire()
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    server: LivingWire
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        page = self.server.page(self.path)
        body = (page or "not found").encode()
        mark = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        same = page is not None and self.headers.get("If-None-Match") == mark
        self.send_response(304 if same else 404 if page is None else 200)
        media = "text/html" if self.path.endswith(".html") else "application/xml"
        self.send_header("Content-Type", f"{media}; charset=utf-8")
        self.send_header("ETag", mark)
        self.send_header("Content-Length", str(0 if same else len(body)))
        self.end_headers()
        self.wfile.write(b"" if same else body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


def _at(n: int) -> datetime:
    return FIRST + EVERY * (abs(n) % 10**6)


def _title(n: int) -> str:
    chance = random.Random(n)  # noqa: S311
    return f"{' '.join(chance.sample(WORDS, 3)).capitalize()} number {abs(n)}"


def _copy(n: int) -> str:
    chance = random.Random(n)  # noqa: S311
    town, who = chance.choice(TOWNS), chance.choice(PEOPLE)
    said = [" ".join(chance.sample(WORDS, 14)).capitalize() for _ in range(4)]
    at = _at(n)
    return (
        f"{town}, {at:%B} {at.day} (Reuters) - {said[0]} for {n} crowns.\n\n{said[1]}. {said[2]}."
        f"\n\n{said[3]}, officials said.\n\n(Reporting by {who} in {town.title()}; "
        f"editing by {chance.choice(PEOPLE)})"
    )


def _feed(entries: Iterator[str]) -> str:
    items = "".join(reversed(list(entries)))
    return f'<rss version="2.0"><channel><title>A wire</title>{items}</channel></rss>'


def _sitemap(pages: Iterator[str]) -> str:
    urls = "".join(f"<url><loc>{page}</loc></url>" for page in pages)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'


def _html(n: int) -> str:
    paragraphs = "".join(f"<p>{text}</p>" for text in _copy(n).split("\n\n"))
    return (
        f"<!doctype html><html><head><title>{_title(n)}</title>"
        f'<meta property="article:published_time" content="{_at(n).isoformat()}"></head>'
        f"<body><article><h1>{_title(n)}</h1>{paragraphs}</article></body></html>"
    )
