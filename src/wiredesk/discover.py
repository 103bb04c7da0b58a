"""Where a site may keep its feeds and sitemaps, by what its page and its robots.txt say.

    declared   <link rel="alternate" type="application/rss+xml" href=…>
    linked     an anchor whose address looks like a feed's
    robots     Sitemap: address
    known      the addresses where publishing systems keep them

Pure: it names addresses and asks none of them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import orjson
from selectolax.lexbor import LexborHTMLParser

from wiredesk.formats import feed, sitemap
from wiredesk.formats.decoding import decode
from wiredesk.formats.links import joined
from wiredesk.model import Capture

TYPES = frozenset(
    (
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/feed+json",
        "application/json",
        "application/xml",
        "text/xml",
    )
)
# `/feed`, `/rss/`, `/world/rss.xml`, `/news.atom`, `feeds.site.example`, and not `/feedback`
FEED_LIKE = re.compile(
    r"(?:^|/)(?:feeds?|rss2?|atom|rdf)(?:[/?#.]|$)|\.(?:rss|atom|rdf)(?:[?#]|$)|"
    r"[?&](?:feed|format|alt|type)=(?:rss2?|atom|feed|rdf|xml)\b|/feed\.json$|/index\.xml$",
    re.IGNORECASE,
)
FEED_HOST = re.compile(r"^(?:feeds?|rss|feedproxy)\d*\.", re.IGNORECASE)
# WordPress; Drupal and many others; Hugo, Jekyll; the news sitemaps that Google asks for
KNOWN_FEEDS = ("/feed", "/rss.xml", "/rss", "/feed.xml", "/atom.xml", "/index.xml", "/feed.json")
KNOWN_SITEMAPS = ("/news-sitemap.xml", "/sitemap-news.xml", "/sitemap.xml", "/sitemap_index.xml")
# A page may link to the feed of each section and each story's comments; the first are its own.
DECLARED, LINKED, ROBOTS = 6, 4, 4
SITEMAP_LINE = re.compile(r"^\s*sitemap\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
COMMENTS = re.compile(
    r"\bcomments?\b|\bkommentare?\b|\bcommentaires?\b|\bcomentarios\b", re.IGNORECASE
)
ENTRY = re.compile(r"<(?:\w+:)?(?:item|entry)[\s>]", re.IGNORECASE)
TITLE = re.compile(
    r"<(?:\w+:)?title\b[^>]*+>\s*+(?:<!\[CDATA\[)?(.{0,300}?)(?:\]\]>)?\s*</(?:\w+:)?title",
    re.DOTALL,
)
LANGUAGE = re.compile(r"<(?:dc:)?language>\s*([A-Za-z]{2,3})\b|\bxml:lang=[\"']([A-Za-z]{2,3})\b")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address worth asking for."""

    url: str
    kind: str  #: feed, sitemap
    found: str  #: declared, linked, robots, known
    title: str | None = None


def on_page(capture: Capture) -> list[Candidate]:
    """The feeds that a page declares or links to; those of comments are left out."""
    text, _, _ = decode(capture.body, capture.charset)
    tree = LexborHTMLParser(text)
    base = _base(tree, capture.locator)
    declared: list[Candidate] = []
    linked: list[Candidate] = []
    for node in tree.css("link[href], a[href]"):
        given = node.attributes
        url = _absolute(base, given.get("href"))
        if url is None:
            continue
        words = given.get("title") or (node.text() if node.tag == "a" else "")
        title = " ".join((words or "").split())[:200] or None
        if COMMENTS.search(f"{title or ''} {urlsplit(url).path}"):
            continue
        if node.tag == "link":
            rel = (given.get("rel") or "").lower().split()
            media = (given.get("type") or "").lower().split(";")[0].strip()
            if ("alternate" in rel or "feed" in rel) and media in TYPES and _is_own(url, media):
                declared.append(Candidate(url, "feed", "declared", title))
            elif "sitemap" in rel:
                declared.append(Candidate(url, "sitemap", "declared", title))
        elif _looks_like_feed(url):
            linked.append(Candidate(url, "feed", "linked", title))
    return [*once(declared)][:DECLARED] + [*once(linked)][:LINKED]


def in_robots(body: bytes, base: str) -> list[Candidate]:
    """The sitemaps that a robots.txt names, those for news first."""
    text = body[: 1 << 19].decode("utf-8", "replace").lstrip("\ufeff")
    urls = [url for line in SITEMAP_LINE.findall(text) if (url := _absolute(base, line))]
    urls.sort(key=lambda url: "news" not in urlsplit(url).path.lower())
    return [*once(Candidate(url, "sitemap", "robots") for url in urls)][:ROBOTS]


def well_known(url: str, *, feeds: bool, sitemaps: bool) -> list[Candidate]:
    """The addresses of the site of `url` where feeds or sitemaps often are."""
    root = urljoin(url, "/")
    named = [("feed", path) for path in KNOWN_FEEDS] if feeds else []
    named += [("sitemap", path) for path in KNOWN_SITEMAPS] if sitemaps else []
    return [Candidate(urljoin(root, path), kind, "known") for kind, path in named]


def once(candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """Each address once, the first time it comes."""
    seen: set[str] = set()
    for candidate in candidates:
        if candidate.url.rstrip("/") not in seen:
            seen.add(candidate.url.rstrip("/"))
            yield candidate


def kind_of(body: bytes) -> str | None:
    """Whether a body is a feed or a sitemap, by its first bytes; None for anything else."""
    head = body[:16384]
    if feed.sniff(head):
        return "feed"
    return "sitemap" if sitemap.sniff(head) or head.startswith(sitemap.GZIP) else None


def about(capture: Capture) -> tuple[str | None, str | None]:
    """The title and the language (two or three letters) that a feed gives itself."""
    text, _, _ = decode(capture.body, capture.charset)
    if text.lstrip().startswith("{"):
        try:
            said = orjson.loads(text.strip())
        except orjson.JSONDecodeError:
            return None, None
        words = [said.get(key) if isinstance(said, dict) else None for key in ("title", "language")]
        title, language = (word if isinstance(word, str) else None for word in words)
        return title, _code(language)
    first = ENTRY.search(text)
    head = text[: first.start() if first else 65536]
    named = TITLE.search(head)
    title = " ".join(_plain(named[1]).split()) if named else None
    tongue = LANGUAGE.search(head)
    return title or None, _code(tongue[1] or tongue[2]) if tongue else None


def _plain(title: str) -> str:
    """A title as text: entities undone, twice where it is escaped twice, and elements away."""
    return re.sub(r"<[/a-zA-Z][^<>]*+>", "", html.unescape(html.unescape(title)))


def _code(language: str | None) -> str | None:
    found = re.match(r"[A-Za-z]{2,3}(?![A-Za-z])", language or "")
    return found[0].lower() if found else None


def _base(tree: LexborHTMLParser, url: str) -> str:
    base = tree.css_first("base[href]")
    return (joined(url, (base.attributes.get("href") or "").strip()) if base else None) or url


def _absolute(base: str, href: str | None) -> str | None:
    # `feed:https://…` and `feed://…` are how browsers with a reader of their own were told
    href = re.sub(r"^feed:(?=https?:)", "", (href or "").strip())
    href = re.sub(r"^feed://", "https://", href)
    try:
        url = urljoin(base, href).partition("#")[0]
        good = urlsplit(url).scheme in {"http", "https"} and urlsplit(url).hostname
    except ValueError:
        return None
    return url if good and len(url) <= sitemap.LONGEST else None


def _is_own(url: str, media: str) -> bool:
    """JSON and bare XML are alternates of many kinds (oEmbed, WordPress's API); feeds look it."""
    if media in {"application/json", "application/xml", "text/xml"}:
        return _looks_like_feed(url) and "oembed" not in url
    return True


def _looks_like_feed(url: str) -> bool:
    parts = urlsplit(url)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return bool(FEED_LIKE.search(path) or FEED_HOST.match(parts.hostname or ""))
