"""Sitemaps: addresses of pages, with the news extension, and indexes of further sitemaps.

    urlset        = { url } ;            url      = loc , [ lastmod ] , [ news ] , … ;
    sitemapindex  = { sitemap } ;        sitemap  = loc , [ lastmod ] ;
    news          = publication (name, language) , publication_date , title , [ keywords ] ;
    plain text    = { address , line end } ;

What is wrong in one entry loses that entry alone; of a document that breaks off, what stood before
the break is kept and `cut` says so.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from lxml import etree

from wiredesk.errors import Rejected
from wiredesk.formats.decoding import decode
from wiredesk.formats.entities import check_entities, mended
from wiredesk.formats.feed_dates import read_time
from wiredesk.formats.links import web_link

GZIP = b"\x1f\x8b"
# The protocol allows 50 MB and 50,000 addresses; some publishers go a little over both.
LARGEST = 64 << 20  # bytes, unpacked
MOST = 100_000  # entries
LONGEST = 2048  # characters of an address, by the protocol
ROOT = re.compile(
    r"(?:(?!<(?:html|rss|feed|body)\b).){0,4000}?<(?:[\w.-]+:)?(?P<root>urlset|sitemapindex)(?=[\s>])",
    re.IGNORECASE | re.DOTALL,
)
ROOT_END = re.compile(rb"</(?:[\w.-]+:)?(?:urlset|sitemapindex)\s*>", re.IGNORECASE)
HTML = re.compile(r"<(?:!doctype\s+html|html|head|body)(?=[\s>])", re.IGNORECASE)
LINE = re.compile(r"https?://[^\s<>\"]+")

Kind = Literal["urlset", "news", "index", "text"]


@dataclass(frozen=True, slots=True)
class SitemapEntry:
    """One page of a sitemap; what its news extension says is None in other sitemaps."""

    loc: str
    lastmod: datetime | None = None
    published: datetime | None = None
    title: str | None = None
    language: str | None = None
    publication: str | None = None
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sitemap:
    """A sitemap's pages, or the sitemaps that an index names, each with its last change."""

    kind: Kind
    entries: tuple[SitemapEntry, ...] = ()
    children: tuple[tuple[str, datetime | None], ...] = ()
    cut: bool = False  #: it broke off, or held more than MOST


def sniff(head: bytes) -> bool:
    """Whether an XML sitemap starts so; a plain list of addresses is told by no mark."""
    text = head.replace(b"\0", b"").decode("latin-1").removeprefix("ï»¿")
    return text.lstrip().startswith("<") and ROOT.match(text) is not None


def read_sitemap(
    body: bytes, charset: str | None = None, *, base: str = "", tz: str = "UTC"
) -> Sitemap:
    """The sitemap in `body`, which may be gzip; addresses are resolved against `base`.

    Raises Rejected: `empty`, `bad_gzip`, `html_not_sitemap`, `not_a_sitemap`, `entity_bomb`,
    `external_entity`.
    """
    text, _, _ = decode(_unpacked(body), charset)
    root = ROOT.match(text)
    if root is None:
        return _plain(text)
    text = text.lstrip("\ufeff \t\r\n")
    # what stands before the root is declarations, or a warning that a broken server printed
    start = text.find("<?xml", 0, root.end())
    if start < 0:
        start = 0 if text.startswith("<") else text.index("<" + root[0].rpartition("<")[2])
    text = text[start:]
    check_entities(text)
    kind: Kind = "index" if root["root"].lower() == "sitemapindex" else "urlset"
    text = mended(text)
    return _xml(text.encode("utf-8", "replace"), kind, base, tz)


def _unpacked(body: bytes) -> bytes:
    if not body.startswith(GZIP):
        return body
    unpack = zlib.decompressobj(wbits=31)
    try:
        text = unpack.decompress(body, LARGEST)
    except zlib.error as no:
        raise Rejected("bad_gzip", f"a sitemap whose gzip is damaged: {no}") from no
    if unpack.unconsumed_tail:
        raise Rejected("bad_gzip", f"a sitemap of more than {LARGEST >> 20} MB")
    return text


def _plain(text: str) -> Sitemap:
    if HTML.search(text[:4000]):
        raise Rejected("html_not_sitemap", "a page where a sitemap should be")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    good = [line for line in lines if LINE.fullmatch(line) and len(line) <= LONGEST]
    # one address and some words is a note; a list is almost all addresses
    if not good or len(good) * 2 < len(lines):
        raise Rejected("not_a_sitemap", f"no sitemap: {' '.join(text[:60].split())!r}")
    found = tuple(SitemapEntry(loc) for loc in dict.fromkeys(good))
    return Sitemap("text", found[:MOST], cut=len(found) > MOST)


def _xml(body: bytes, kind: Kind, base: str, tz: str) -> Sitemap:
    entries: dict[str, SitemapEntry] = {}
    children: dict[str, datetime | None] = {}
    news = False
    cut = ROOT_END.search(body, max(0, len(body) - 4096)) is None
    try:
        for name, fields, keywords in _records(body):
            loc = web_link(base, fields.get("loc"))
            if loc is None or len(loc) > LONGEST:
                continue
            if len(entries) + len(children) >= MOST:
                cut = True
                break
            lastmod = read_time(fields.get("lastmod", ""), tz)[0]
            if name == "sitemap":
                children.setdefault(loc, lastmod)
                continue
            news = news or "publication_date" in fields or "title" in fields
            entries.setdefault(loc, SitemapEntry(
                loc=loc,
                lastmod=lastmod,
                published=read_time(fields.get("publication_date", ""), tz)[0],
                title=fields.get("title"),
                language=fields.get("language"),
                publication=fields.get("name"),
                keywords=tuple(word.strip() for word in keywords if word.strip()),
            ))  # fmt: skip
    except etree.XMLSyntaxError:
        cut = True
    if kind == "urlset" and news:
        kind = "news"
    return Sitemap(kind, tuple(entries.values()), tuple(children.items()), cut)


def _records(body: bytes) -> Iterator[tuple[str, dict[str, str], list[str]]]:
    """Each url or sitemap: its name, the text of its elements by local name, its keywords.

    Each is dropped from the tree once read, so that 50,000 entries need the memory of one.
    """
    parsing = etree.iterparse(
        io.BytesIO(body),
        events=("end",),
        tag=("{*}url", "{*}sitemap"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    for _, element in parsing:
        fields: dict[str, str] = {}
        keywords: list[str] = []
        for part in element.iter():
            if part is element or not isinstance(part.tag, str):
                continue
            name = _local(part)
            # `image:title`, `video:title`: other extensions use the same words for other things
            if name in {"title", "loc"} and _local(part.getparent()) in {"image", "video"}:
                continue
            text = " ".join((part.text or "").split())
            if name == "keywords":
                keywords += text.split(",")
            elif text:
                fields.setdefault(name, text)
        yield _local(element), fields, keywords
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def _local(element: etree._Element) -> str:
    # a prefix that is declared nowhere stays in the name
    return str(element.tag).rpartition("}")[2].rpartition(":")[2]
