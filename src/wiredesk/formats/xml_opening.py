"""Opens the XML that agencies send, without trusting it: a tree of local names, or a reject.

    document = [ mark ] , { space | instruction | comment | doctype } , root , [ space ] ;

Nothing is fetched and no document type is read: what one declares is checked, by entities.py,
before a parser sees it, and one that declares nothing is left out.  Namespaces are taken off all
names, because senders forget, misspell and invent them; attributes keep theirs (`{…}msgType`).

What is broken is a reject, but for small damages that real senders do, each named in an issue:
a loose `&` or `&nbsp;`, a prefix that nobody declared.  Of a file that ends in mid-document what
stands before the cut is kept, where its format says which elements stand by themselves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wiredesk.errors import Rejected
from wiredesk.formats.decoding import decode
from wiredesk.formats.entities import DOCTYPE, PROLOG, bare, check_entities, doctype_end, mended
from wiredesk.model import Capture, Issue

if TYPE_CHECKING:
    from lxml import etree

LARGEST = 64_000_000  #: characters; the largest of 393 agency files has 165,384
ROOT = re.compile(
    r"(?:\s++|<\?(?:(?!\?>).)*+\?>|<!--(?:(?!-->).)*+-->"
    r"|<!DOCTYPE\b[^\[>]*+(?:\[[^\]]*+\][^>]*+)?>)*+"
    r"<(?:[\w.-]+:)?(?P<name>[A-Za-z_][\w.-]*+)(?P<attributes>[^<>]*+)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Opened:
    """A document: its root under local names, and what was odd about it."""

    root: etree._Element
    charset: str
    issues: tuple[Issue, ...] = ()
    cut: Rejected | None = None  #: to be given after the items, where the end is missing


def root_of(head: bytes) -> tuple[str, str] | None:
    """Local name and attributes, as text, of the root that the head of a document opens with."""
    # UTF-16 shows as ASCII with NULs between
    text = head.replace(b"\0", b"").decode("latin-1").removeprefix("ï»¿").lstrip("ÿþ")
    found = ROOT.match(text)
    return (found["name"], found["attributes"]) if found else None


def opened(capture: Capture, *units: str) -> Opened:
    """The document of a capture; `units` are the elements that a cut leaves whole.

    Raises Rejected: `empty`, `binary`, `too_large`, `xml_unsafe`, `truncated`, `xml_invalid`.
    """
    text, charset, issues = decode(capture.body, capture.charset)
    if len(text) > LARGEST:
        raise Rejected("too_large", f"{len(text):,} characters of XML")
    text = _safe(bare(text.lstrip("\ufeff \t\r\n")))
    root, why = _parsed(text)
    if root is None:
        text = mended(text)
        root, why = _parsed(text)
        if root is not None:
            issues += (Issue("xml_mended", "a loose & or an entity of HTML"),)
    if root is None and "Namespace prefix" in why:
        root, _ = _parsed(text, recover=True)
        issues += (Issue("xml_mended", why),)
    cut = None
    if root is None:
        if not _ends_early(text):
            raise Rejected("xml_unsafe" if "XML_PARSE_HUGE" in why else "xml_invalid", why)
        cut = Rejected("truncated", f"the document ends early: {why}")
        root = _before_cut(text, units)
        if root is None:
            raise cut
    _strip_namespaces(root)
    return Opened(root, charset, issues, cut)


def line(element: etree._Element | None) -> str | None:
    """All text of an element on one line; None where there is none."""
    if element is None:
        return None
    text = "".join(element.itertext()) if len(element) else element.text or ""
    return " ".join(text.split()) or None


def _safe(text: str) -> str:
    """`text` whose document type, if it has one, can do no harm."""
    try:
        check_entities(text)
    except Rejected as no:
        raise Rejected("xml_unsafe", no.detail) from no
    prolog = PROLOG.match(text)
    doctype = DOCTYPE.match(text, prolog.end() if prolog else 0)
    if not doctype:
        return text
    end = doctype_end(text, doctype.end())
    # With a document type out of reach, an entity that it might declare is silently left out of
    # the text; without one, it is an error that can be mended.
    if "<!ENTITY" in text[doctype.start() : end]:
        return text
    return text[: doctype.start()] + text[end:]


def _parsed(text: str, *, recover: bool = False) -> tuple[etree._Element | None, str]:
    """The root, or None and why not."""
    from lxml import etree  # noqa: PLC0415 - 20 ms that only XML should pay

    parser = etree.XMLParser(
        encoding="utf-8",
        # those that the text itself declares, whose size is checked; never from outside
        resolve_entities="internal",
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=recover,
    )
    try:
        return etree.fromstring(text.encode(), parser), ""
    except etree.XMLSyntaxError as no:
        return None, str(no.msg)


def _ends_early(text: str) -> bool:
    """Whether the root's end tag is missing, which tells a cut from other damage."""
    found = ROOT.match(text)
    return not found or not re.search(rf"</(?:[\w.-]+:)?{re.escape(found['name'])}\s*>", text)


def _before_cut(text: str, units: tuple[str, ...]) -> etree._Element | None:
    """What stands before the end of the last whole unit, if there is one."""
    if not units:
        return None
    ends = [
        found.end() for found in re.finditer(rf"</(?:[\w.-]+:)?(?:{'|'.join(units)})\s*>", text)
    ]
    return _parsed(text[: ends[-1]], recover=True)[0] if ends else None


def _strip_namespaces(root: etree._Element) -> None:
    local: dict[str, str] = {}
    for element in root.iter("*"):
        name = str(element.tag)
        if "}" in name or ":" in name:
            if name not in local:
                local[name] = name.rpartition("}")[2].rpartition(":")[2]
            element.tag = local[name]
