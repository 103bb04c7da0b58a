"""The copy in a news item's contentSet: which of its renditions is the story, and what it says.

    content = { inlineXML | inlineData | remoteContent } ;
    inline  = xhtml | nitf | ttnitf | sports-content | events | text ;

Several are the same story in other dress (dpa sends XHTML and its 7901 text in four pieces); the
first inlineXML with words wins, then the longest inlineData.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wiredesk.formats.markup_bodies import Body, body_of, body_of_text, printed_in, with_paragraph
from wiredesk.formats.xml_opening import line

if TYPE_CHECKING:
    from lxml import etree

#: what else stands in inlineXML: its root → what the item is, and how it is called
DATA = {
    "sports-content": ("listing", "results without copy"),
    "events": ("event", "events"),
    "event": ("event", "an event"),
    "eventSet": ("event", "events"),
}


@dataclass(frozen=True, slots=True)
class Inline:
    """What the content says; `kind` and `holds` where it is no copy at all."""

    body: Body = field(default_factory=Body)
    origin: str = ""
    title: str | None = None
    byline: str | None = None
    dateline: str | None = None
    kind: str | None = None
    holds: str = ""


def copy_of(item: etree._Element, apart: tuple[str, ...]) -> Inline:
    """The copy of a newsItem, or of a contentSet by itself; `apart` is what its metadata says."""
    content = item if item.tag == "contentSet" else item.find("contentSet")
    if content is None:
        return Inline()
    data = None
    for xml in content.iterfind("inlineXML"):
        found = _inline(xml, apart)
        if found.body.text:
            return found
        data = data or (found if found.kind or found.title else None)
    texts = ["".join(plain.itertext()) for plain in content.iterfind("inlineData")]
    longest = max(texts, key=len, default="")
    if longest.strip():
        return Inline(body_of_text(longest, apart=apart), "contentSet inlineData")
    return data or Inline()


def _inline(xml: etree._Element, apart: tuple[str, ...]) -> Inline:
    nitf = xml.find(".//body.content")
    if nitf is not None:
        return _nitf(xml, nitf, apart)
    texts = xml.findall("BODY/TEXT")
    if texts:
        return _ttnitf(texts, apart)
    root = next(xml.iterchildren("*"), None)
    if root is None:
        return Inline(body_of_text(xml.text or "", apart=apart), "contentSet inlineXML text")
    if root.tag in DATA:
        kind, holds = DATA[str(root.tag)]
        return Inline(kind=kind, holds=holds)
    body = xml.find(".//body")
    title = line(xml.find(".//head/title"))
    return Inline(
        printed_in(xml if body is None else body, (*apart, title)),
        "contentSet inlineXML xhtml",
        title,
    )


def _nitf(xml: etree._Element, content: etree._Element, apart: tuple[str, ...]) -> Inline:
    """NITF; a fuller reading of whole NITF documents is in nitf.py."""
    title = line(xml.find(".//hl1")) or line(xml.find(".//head/title"))
    body = printed_in(content, (*apart, title))
    # BusinessDesk's byline says `Staff Reporter` of copy that opens with `By Ann Lee`
    printed = re.match(r"<p>By [A-Z]", body.text)
    for tagline in xml.iterfind(".//tagline"):
        body = with_paragraph(body, line(tagline))
    return Inline(
        body,
        "contentSet inlineXML nitf",
        title,
        None if printed else _byline(xml.find(".//byline")),
        _spaced(xml.find(".//dateline/location")) or _spaced(xml.find(".//dateline")),
    )


def _byline(element: etree._Element | None) -> str | None:
    """`<byline>By<person>Ann Lee</person><byttl>Wire</byttl></byline>`, as it would be printed."""
    title = line(element.find("byttl")) if element is not None else None
    whole = _spaced(element) or ""
    if title and whole.endswith(title) and whole != title:
        return f"{whole.removesuffix(title).rstrip(' ,')}, {title}"
    return whole or None


def _spaced(element: etree._Element | None) -> str | None:
    """What stands in elements of its own is words apart."""
    if element is None:
        return None
    return " ".join(" ".join(element.itertext()).split()) or None


def _ttnitf(texts: list[etree._Element], apart: tuple[str, ...]) -> Inline:
    """TT's own markup: the story, then its boxes of facts, each with a RUBRIK."""
    kept = [
        part
        for text in texts
        for part in text.iterchildren("*")
        if part.tag not in {"DAT", "BYLINE"}
    ]
    first = texts[0]
    title = line(first.find("RUBRIK"))
    return Inline(
        body_of(*kept, apart=(*apart, title)),
        "contentSet inlineXML ttnitf",
        title,
        line(first.find("BYLINE")),
        _place(line(first.find("DAT/ORT"))),
    )


def _place(text: str | None) -> str | None:
    """`EU` and `FN` stand where the story is theirs, and are no places."""
    return text if text and len(text) > len("EU") else None
