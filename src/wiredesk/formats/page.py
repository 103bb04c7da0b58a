"""A story's web page: headline, authors, times and the story's own fragment of HTML.

The whole page is parsed by Lexbor; what it declares (JSON-LD, meta, microdata) and what it prints
are read by formats/pages/, one module a fact, and only the small clean fragment that they leave
goes on to beautifulsoup4 in markup.py.

trafilatura is no fallback here: on 258 annotated pages its body F1 is 0.942 at 10 pages/s (95 ms a
page); on 71 of them these modules reach 0.976 in 5 ms, and none of the 71 is left without copy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser

from wiredesk.errors import Rejected
from wiredesk.formats.decoding import decode
from wiredesk.formats.links import web_link
from wiredesk.formats.pages.authors import read_authors
from wiredesk.formats.pages.dates import chosen, read_dates
from wiredesk.formats.pages.fragment import Block, blocks, find_story
from wiredesk.formats.pages.heading import read_heading
from wiredesk.formats.pages.kind import refuse_other_kinds
from wiredesk.formats.pages.metadata import Metadata, read_metadata, squeezed
from wiredesk.formats.pages.story import declared_story, is_printed, markup, select, topped
from wiredesk.formats.pages.title import read_title
from wiredesk.model import Capture, Issue, Item, Source

#: the root, below comments and an XML declaration: `<!-- auth - false --><!DOCTYPE html>`
PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*+(?:<!--(?:(?!-->).)*+-->\s*+|<\?xml[^>]*+>\s*+)*+"
    rb"<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
#: never copy, and taken out before anything is weighed
NOISE = [
    *("script", "style", "template", "noscript", "svg", "iframe", "link", "object", "embed"),
    *("nav", "footer", "aside", "figure", "figcaption", "picture", "video", "audio", "canvas"),
    *("button", "select", "textarea", "input", "dialog", "label", "amp-ad", "amp-embed"),
]
LARGEST = 12_000_000  #: characters of a page; the largest of 71 has 2,227,915
#: Lexbor takes time by the square of an element's attributes: 0.6 s for 20,000, 15 s for 100,000;
#: the most of 71 pages are 859
MOST_ATTRIBUTES = 40_000
TAG = re.compile(r"<[a-zA-Z](?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+")
SMALL = 250_000  #: characters of a page that cannot hold enough of them to matter
MOST_HEADINGS = 30
#: times as long as what is printed that articleBody must be to be taken instead: behind a paywall
#: the page prints the first paragraphs; 23 of 71 have articleBody, 21 at most 1.2 times as long
LONGER = 2


def sniff(head: bytes) -> bool:
    return bool(PAGE.match(head))


def parse(capture: Capture, source: Source) -> Iterator[Item | Rejected]:
    text, charset, issues = decode(capture.body, capture.charset)
    yield read_page(text, capture.locator, source, charset, issues)


def read_page(
    text: str, address: str, source: Source, charset: str = "utf-8", issues: tuple[Issue, ...] = ()
) -> Item:
    """The item of a page's HTML.  Raises Rejected where there is no story in it."""
    if len(text) > LARGEST:
        raise Rejected("too_large", f"a page of {len(text)} characters; {LARGEST} are read")
    if len(text) > SMALL and any(
        len(tag[0]) > 2 * MOST_ATTRIBUTES and len(tag[0].split()) > MOST_ATTRIBUTES
        for tag in TAG.finditer(text)
    ):
        raise Rejected("too_large", f"an element with more than {MOST_ATTRIBUTES} attributes")
    doc = LexborHTMLParser(text.replace("\0", ""))
    data = read_metadata(doc)
    doc.strip_tags(NOISE, recursive=True)
    headings = doc.css("h1")[:MOST_HEADINGS]
    printed = [squeezed(heading.text()) or "" for heading in headings]
    title, title_from = read_title(data, printed)
    found = find_story(doc)
    runs = list(blocks(found)) if found else []
    copy, removed = select(
        runs, [title or "", data.linked.headline or "", *printed], data.linked.body
    )
    heading = read_heading(doc, found, title, _described(data), copy)
    authors, authors_from = read_authors(data, heading.bylines, text)
    url = _address(data, address)
    dates = read_dates(data, heading.stamps, url or address, source.tz)
    published, updated = chosen(dates, "published"), chosen(dates, "updated")
    body_from = f"{found.node.tag if found else 'page'}, {charset}"
    if _is_walled(data.linked.body, copy, doc):
        copy, body_from = declared_story(data.linked.body or ""), "json-ld articleBody"
    story = topped(copy, heading.standfirst, authors)
    refuse_other_kinds(doc, data, story)
    provenance = [
        ("headline", title_from),
        ("authors", authors_from),
        ("published", published.origin if published else ""),
        ("updated", updated.origin if updated else ""),
        ("body", body_from),
    ]
    return Item(
        source=source.id,
        format="page",
        ordinal=0,
        id=None,
        body=markup(story),
        markup="html",
        title=title,
        byline=_byline(heading.bylines, authors),
        authors=authors,
        url=url,
        agency=source.agency,
        language=data.language or source.language,
        published=published.at if published else None,
        updated=updated.at if updated else None,
        dates=dates,
        provenance=tuple((field, origin) for field, origin in provenance if origin),
        issues=(*issues, Issue("furniture_removed", " | ".join(removed)[:200]))
        if removed
        else issues,
    )


def _address(data: Metadata, address: str) -> str | None:
    declared = data.canonical or data.first("og:url")
    if not declared:
        return address
    base = address if address.startswith(("http://", "https://")) else ""
    return web_link(base, declared) or address


def _byline(bylines: tuple[tuple[str, str], ...], authors: tuple[str, ...]) -> str | None:
    """The printed line that has an author in it, as it stands."""
    lines = (" ".join(text.split()).replace(" ,", ",") for _, text in bylines)
    return next((line for line in lines if any(name in line for name in authors)), None)


def _described(data: Metadata) -> list[str]:
    found = (data.linked.description, data.first("og:description"), data.first("description"))
    return [text for text in found if text]


def _is_walled(declared: str | None, copy: list[Block], doc: LexborHTMLParser) -> bool:
    """Whether JSON-LD has the whole text of which the page prints only the beginning."""
    if not declared or len(declared) < LONGER * sum(len(b.text) for b in copy) + 200:
        return False
    return doc.body is None or not is_printed(declared, doc.body.text())
