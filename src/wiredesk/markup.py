"""HTML fragments to paragraphs: flat ones as they stand, all others with beautifulsoup4.

Block elements open paragraphs, `<br>` twice in a row does too, `h2` to `h6` and wholly bold
paragraphs are headings, and what is only links and buttons goes, listed so that nothing is lost
unseen.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.element import (
    CData,
    Comment,
    Declaration,
    Doctype,
    NavigableString,
    ProcessingInstruction,
    Tag,
)

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
HEADINGS = frozenset(["h2", "h3", "h4", "h5", "h6"])
BOLD = frozenset(("b", "strong"))
SILENT = frozenset(
    ["script", "style", "template", "noscript", "svg", "iframe", "head", "title", "button", "form"]
)
BETWEEN_LINKS = " \t\r\n|·•/,-–—»›"
NOT_TEXT = (Comment, Declaration, Doctype, ProcessingInstruction)
# `<TRI.N>`, `<.SPX>`, `<0005.HK>`, `<JPY=>`: instrument codes that a parser takes for tags
CODE = re.compile(r"<(/?)([A-Z0-9]{0,12}[.=][A-Za-z0-9.=^]{0,8})>")
# `<p>One.</p>\n<h3>Two</h3>`: what formats/page.py leaves, and many feeds send; it needs no parser,
# which takes 1.5 ms for a story of 30 paragraphs, and this 0.1 ms
FLAT = re.compile(r"\s*+(?:<(p|h[2-6]|li|blockquote)>[^<]*+</\1>\s*+)++")
ELEMENT = re.compile(r"<(\w+)>([^<]*)</")
LONGEST_HEADING = 120  # characters; a longer line in bold is copy
# Furniture: a paragraph that is nothing but links, or that opens like one of these
FURNITURE = re.compile(
    r"^(?:related(?: (?:stories|articles|coverage|links))?\s*:|read more\b|read also\b|"
    # AAP's list of its file has `See also on general file:`
    r"see also\b(?! on\b)|"
    r"share (?:this|on)\b|follow us\b|sign up\b|subscribe\b|advertisement$|more on this story\b|"
    r"click here\b)",
    re.IGNORECASE,
)
FURNITURE_CLASS = re.compile(
    r"(?:^|[-_\s])(?:share|sharing|social|related|newsletter|promo|advert|ad|nav|"
    r"breadcrumbs?|kicker|eyebrow|section|category|tags?)"
    r"(?:$|[-_\s])",
    re.IGNORECASE,
)


def html_paragraphs(html: str) -> tuple[list[tuple[str, bool]], tuple[str, ...]]:
    """Paragraphs as (text, is a heading), and the texts of the furniture that was taken out."""
    if FLAT.fullmatch(html):
        return _flat_paragraphs(html)
    soup = BeautifulSoup(CODE.sub(r"&lt;\1\2&gt;", html), "lxml")
    removed: list[str] = []
    for tag in soup.find_all(True):
        if tag.__dict__.get("_decomposed"):  # the property walks the subtree of a tag that is not
            continue
        if tag.name in SILENT or (tag.name in {"nav", "aside"}) or _is_furniture(tag):
            words = " ".join(tag.get_text(" ").split())
            if words and tag.name not in {"script", "style", "template", "svg", "iframe"}:
                removed.append(words)
            tag.decompose()
    paragraphs: list[tuple[str, bool]] = []
    for text, heading, only_links in _runs(soup):
        if FURNITURE.match(text) or (only_links and len(text) < 160):
            removed.append(text)
        else:
            paragraphs.append((text, heading))
    return paragraphs, tuple(removed)


def _flat_paragraphs(html: str) -> tuple[list[tuple[str, bool]], tuple[str, ...]]:
    paragraphs: list[tuple[str, bool]] = []
    removed: list[str] = []
    for element in ELEMENT.finditer(html):
        text = " ".join(entities.unescape(element[2]).split())
        if FURNITURE.match(text):
            removed.append(text)
        elif text:
            heading = element[1] in HEADINGS and len(text) <= LONGEST_HEADING
            # a line of marks only, such as `* * *`, has no words to be a heading of
            paragraphs.append((text, heading and bool(text.strip(BETWEEN_LINKS))))
    return paragraphs, tuple(removed)


def _is_furniture(tag: Tag) -> bool:
    classes = tag.get("class")
    if not classes or tag.name not in {"div", "section", "ul", "p", "span"}:
        return False
    return bool(FURNITURE_CLASS.search(" ".join(classes)))


def _runs(soup: BeautifulSoup) -> Iterator[tuple[str, bool, bool]]:
    """Each run of inline content as (text, is a heading, is wholly links)."""
    run: list[tuple[str, bool, bool]] = []  # text, bold or heading, link
    bold = link = breaks = 0
    in_list = False

    def flush() -> Iterator[tuple[str, bool, bool]]:
        text = " ".join("".join(piece for piece, _, _ in run).split())
        # what stands between links counts neither way: `One | Two`
        words = [(heavy, linked) for piece, heavy, linked in run if piece.strip(BETWEEN_LINKS)]
        run.clear()
        if text:
            heading = (
                bool(words) and all(heavy for heavy, _ in words) and len(text) <= LONGEST_HEADING
            )
            links = bool(words) and all(linked for _, linked in words)
            yield text, heading, links and not heading and (in_list or len(words) > 1)

    for node, entering in _walk(soup):
        if isinstance(node, Tag):
            step = 1 if entering else -1
            bold += step * (node.name in BOLD or node.name in HEADINGS)
            link += step * (node.name == "a")
            if node.name in BLOCKS:
                yield from flush()
                in_list = node.name in {"li", "ul"} and entering
            elif node.name == "br" and entering:
                breaks += 1
                run.append((" ", False, False))
                if breaks > 1:
                    yield from flush()
        elif entering:
            if node.strip():
                breaks = 0
            run.append((str(node), bold > 0, link > 0))
    yield from flush()


def _walk(soup: BeautifulSoup) -> Iterator[tuple[Tag | NavigableString, bool]]:
    """Depth first, each tag on entering and on leaving; without recursion, for deep markup."""
    stack: list[tuple[Tag | NavigableString, bool]] = [(soup, True)]
    while stack:
        node, entering = stack.pop()
        yield node, entering
        if isinstance(node, Tag) and entering:
            stack.append((node, False))
            children = [
                child
                for child in node.children
                if isinstance(child, Tag | CData)
                or (isinstance(child, NavigableString) and not isinstance(child, NOT_TEXT))
            ]
            stack.extend((child, True) for child in reversed(children))
