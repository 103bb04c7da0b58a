"""OPML: lists of feeds as feed readers exchange them.

    opml     = head , body ;          body = { outline } ;
    outline  = text , [ title ] , [ type , xmlUrl , [ htmlUrl ] , [ language ] ] , { outline } ;

An outline with an `xmlUrl` is a feed; one without is a folder, and the folders above a feed are
its categories.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from wiredesk.errors import Rejected
from wiredesk.formats.decoding import decode
from wiredesk.formats.entities import FORBIDDEN, check_entities, mended

LARGEST = 16 << 20  # bytes; the largest lists that readers hand about hold some thousand feeds
ROOT = re.compile(r"<opml(?=[\s>])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Outline:
    """One feed of a list."""

    url: str
    title: str | None = None
    page: str | None = None  #: the site it belongs to
    language: str | None = None
    categories: tuple[str, ...] = ()  #: the folders above it, outermost first


def read_opml(body: bytes, charset: str | None = None) -> tuple[Outline, ...]:
    """Every feed of a list, in its order, also of one that breaks off.

    Raises Rejected: `empty`, `not_opml`, `entity_bomb`, `external_entity`.
    """
    if len(body) > LARGEST:
        raise Rejected("not_opml", f"more than {LARGEST >> 20} MB")
    text, _, _ = decode(body, charset)
    text = text.lstrip("\ufeff \t\r\n")
    if not ROOT.search(text[:65536]):
        raise Rejected("not_opml", f"no OPML: {' '.join(text[:60].split())!r}")
    check_entities(text)
    text = mended(text)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
    )
    root = etree.fromstring(text.encode(), parser)
    if root is None:
        raise Rejected("not_opml", "no OPML that can be read")
    return tuple(_feeds(root))


def _feeds(root: etree._Element) -> Iterable[Outline]:
    for outline in root.iter("{*}outline"):
        # OPML spells `xmlUrl`; lists made by hand have `xmlurl` and `xmlURL`
        given = {name.lower(): " ".join(value.split()) for name, value in outline.attrib.items()}
        if not given.get("xmlurl"):
            continue
        above = [
            folder.get("text") or folder.get("title") or ""
            for folder in outline.iterancestors("{*}outline")
        ]
        yield Outline(
            url=given["xmlurl"],
            title=given.get("title") or given.get("text") or None,
            page=given.get("htmlurl") or None,
            language=given.get("language") or None,
            categories=tuple(name for name in reversed(above) if name),
        )


def write_opml(feeds: Iterable[Outline], title: str) -> bytes:
    """A list of feeds as OPML 2.0, each under the folders of its categories."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = _printable(title)
    body = etree.SubElement(root, "body")
    folders: dict[tuple[str, ...], etree._Element] = {(): body}
    for feed in feeds:
        for n, name in enumerate(feed.categories, 1):
            if feed.categories[:n] not in folders:
                folders[feed.categories[:n]] = etree.SubElement(
                    folders[feed.categories[: n - 1]], "outline", text=_printable(name)
                )
        name = _printable(feed.title or feed.url)
        given = {"text": name, "title": name, "type": "rss", "xmlUrl": _printable(feed.url)}
        if feed.page:
            given["htmlUrl"] = _printable(feed.page)
        if feed.language:
            given["language"] = feed.language
        etree.SubElement(folders[feed.categories], "outline", given)
    written: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return written


def _printable(text: str) -> str:
    return FORBIDDEN.sub(" ", text)
