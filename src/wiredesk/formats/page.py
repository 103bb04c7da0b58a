"""A story's web page: headline, byline, time and the story's own fragment of HTML.

This first reader knows the semantic elements (article, h1, time, rel=author, JSON-LD); clean.py
takes the furniture out of the fragment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import orjson
from bs4 import BeautifulSoup, Tag

from wiredesk.errors import Rejected
from wiredesk.formats.decoding import decode
from wiredesk.formats.times import instant
from wiredesk.model import Capture, Item, Json, Source

BYLINE = re.compile(r"\b(?:byline|author)\b", re.IGNORECASE)


def sniff(head: bytes) -> bool:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:2000].lower()
    return start.startswith((b"<!doctype html", b"<html"))


def parse(capture: Capture, source: Source) -> Iterator[Item | Rejected]:
    text, charset, issues = decode(capture.body, capture.charset)
    soup = BeautifulSoup(text, "lxml")
    for noise in soup(["script", "style", "template", "noscript"]):
        if noise.get("type") != "application/ld+json":
            noise.decompose()
    linked = _linked_data(soup)
    article = soup.find("article") or soup.find("main") or soup.body
    if article is None or not article.get_text(strip=True):
        raise Rejected("no_article", "the page has no article text")
    title = soup.find("h1")
    byline = soup.find(rel="author") or soup.find(class_=BYLINE)
    stamp = soup.find("time")
    printed = stamp.get("datetime") or stamp.get_text(strip=True) if stamp else None
    canonical = soup.find("link", rel="canonical")
    url = str(canonical["href"]) if canonical and canonical.get("href") else capture.locator
    headline = linked.get("headline") or (_squeeze(title) if title else None)
    people = _squeeze(byline) if byline else None
    for piece in (title, byline, stamp):
        if piece and not piece.decomposed:
            piece.decompose()
    yield Item(
        source=source.id,
        format="page",
        ordinal=0,
        id=None,
        body=str(article),
        markup="html",
        title=headline,
        byline=people,
        url=url,
        agency=source.agency,
        language=str(soup.html.get("lang")) if soup.html and soup.html.get("lang") else None,
        published=instant(linked.get("datePublished") or printed, source.tz),
        updated=instant(linked.get("dateModified"), source.tz),
        provenance=(("headline", "h1"), ("body", f"article, {charset}"), ("published", "time")),
        issues=issues,
    )


def _squeeze(tag: Tag) -> str | None:
    return " ".join(tag.get_text(" ").split()) or None


def _linked_data(soup: BeautifulSoup) -> Json:
    for block in soup.find_all("script", type="application/ld+json"):
        try:
            data = orjson.loads(block.get_text())
        except orjson.JSONDecodeError:
            continue
        if isinstance(data, dict) and "headline" in data:
            return data
    return {}
