"""The copy in an agency's markup (XHTML, NITF, a house's own) as flat paragraphs.

    body  = { block | text } ;                 (* whatever stands outside a block is a paragraph *)
    block = heading | paragraph | item | row ; (* in any nesting; a row of a table is one line *)

Every word of the copy is kept, in order.  What is not copy is left out: pictures with their
captions, scripts, and a masthead that says again what the format keeps apart (dpa's `<header>`).
The result is HTML without nesting or attributes, which markup.py reads without a parser; copy in
one piece, or set in lines, is given back as text, so that clean.py tells how it was set.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from wiredesk.formats.set_lines import BREAK, pieces, plain
from wiredesk.model import Issue

if TYPE_CHECKING:
    from lxml import etree

# XHTML, NITF 3 and TT's Swedish NITF (`RUBRIK`, `MELLIS`, `BRODTEXT`); names in small letters.
HEADINGS = {
    "h1": "h2",
    "hl1": "h2",
    **dict.fromkeys(("h2", "h3", "h4", "h5", "h6", "hl2", "rubrik", "mellis"), "h3"),
}
BLOCKS = frozenset(
    "p div section article main aside header footer nav address blockquote center form fieldset "
    "ul ol dl dt dd li pre hr table caption thead tbody tfoot tr td th col colgroup legend details "
    "summary body html body.head body.content body.end block bq credit note fn nitf-table abstract "
    "tagline bibliography byline dateline distributor copyrite nitf-col nitf-table-metadata "
    "text ingress brodtext citat faktaruta dat".split()
)
SILENT = frozenset(
    "script style title meta link figure figcaption picture img svg video audio object iframe "
    "media media-caption media-metadata bild nitf-table-metadata".split()
)
BOLD = frozenset(("b", "strong"))
CELLS = frozenset(("td", "th"))
QUOTED = "citat"  # TT prints a quote's paragraph with a dash, which its markup stands for
LONGEST_HEADING = 120  # characters; a longer line in bold is copy
LONGEST_CELL = 300  # characters; a longer one is copy in a table that lays a page out
DOUBLE_ESCAPED = re.compile(r"&(?:#\d{1,6}|#x[0-9a-fA-F]{1,5}|[a-zA-Z]{2,8});")
ESCAPED_QUOTE = re.compile(r"\\(?=['\"])")
HTML = re.compile(r"<(?:p|br|div|table|h[1-6]|ul|ol|pre|strong|em|b|i|a)\b[^<>]*>", re.IGNORECASE)
# instrument codes, which a parser of HTML takes for tags: `<TRI.N>`, `<.SPX>`, `<JPY=>`
CODE = re.compile(r"<(/?[A-Z0-9]{0,12}[.=][A-Za-z0-9.=^]{0,8})>")


@dataclass(frozen=True, slots=True)
class Body:
    """The copy as an Item carries it."""

    text: str = ""
    markup: Literal["text", "html"] = "text"
    issues: tuple[Issue, ...] = ()


def body_of(*elements: etree._Element, apart: Iterable[str | None] = ()) -> Body:
    """The copy in `elements`, without leading blocks that only say again what is kept `apart`."""
    flow = _Flow()
    for element in elements:
        _read(element, flow, bold=False)
        flow.close()
    said = {_words(words) for words in apart if words}
    longest = 2 * max(map(len, said), default=0)
    blocks = flow.blocks
    while blocks and len(blocks[0][1]) <= longest and _words(blocks[0][1]) in said:
        blocks.pop(0)
    return _body(blocks)


def body_of_text(text: str, *, apart: Iterable[str | None] = ()) -> Body:
    """The copy in a string: plain text, or HTML by its tags."""
    if HTML.search(text):
        from lxml import etree  # noqa: PLC0415 - see xml_opening.py

        parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
        # a parser of HTML takes CDATA for a comment
        bare = text.replace("<![CDATA[", "").replace("]]>", "")
        root = etree.fromstring(CODE.sub(r"&lt;\1&gt;", bare), parser)
        if root is not None:
            return body_of(root, apart=apart)
    text, issues = mended(text)
    return Body(text if text.strip() else "", "text", issues)


def printed_in(element: etree._Element, apart: Iterable[str | None] = ()) -> Body:
    """The copy in an element, whose HTML may be escaped (Anadolu's) or CDATA (newspapers')."""
    text = "" if len(element) else element.text or ""
    return body_of_text(text, apart=apart) if HTML.search(text) else body_of(element, apart=apart)


def with_paragraph(body: Body, paragraph: str | None) -> Body:
    """`body` with a paragraph at its end, unless it has those words already."""
    printed = _line(paragraph or "")
    if body.markup == "html":
        added = html.escape(printed, quote=False)
        return body if added in body.text else replace(body, text=f"{body.text}\n<p>{added}</p>")
    if printed in _line(body.text):
        return body
    text = f"{body.text.rstrip()}\n\n{printed}" if body.text.strip() else printed
    return replace(body, text=text)


def mended(text: str) -> tuple[str, tuple[Issue, ...]]:
    """`text` as its sender meant it: `o&amp;#39;clock` and `day\\'s` were escaped twice."""
    issues: list[Issue] = []
    if "&" in text and DOUBLE_ESCAPED.search(text):
        text = html.unescape(text)
        issues.append(Issue("double_escaped"))
    if "\\" in text and ESCAPED_QUOTE.search(text):
        text = ESCAPED_QUOTE.sub("", text)
        issues.append(Issue("escaped_quotes"))
    return text, tuple(issues)


@dataclass(slots=True)
class _Flow:
    """Blocks as they close; the text of the open one, and whether any of it is not bold."""

    blocks: list[tuple[str, str]] = field(default_factory=list)
    run: list[str] = field(default_factory=list)
    tag: str = "p"
    light: bool = False

    def write(self, text: str | None, *, bold: bool) -> None:
        if text:
            self.run.append(text)
            self.light = self.light or (not bold and not text.isspace())

    def open(self, tag: str) -> None:
        self.close()
        self.tag = tag

    def close(self) -> None:
        text = "".join(self.run)
        if text.strip():
            # a line that is wholly bold is a heading, unless it is long or only marks
            heavy = self.tag == "p" and not self.light and len(text) <= LONGEST_HEADING
            tag = "h3" if heavy and re.search(r"\w", text) else self.tag
            self.blocks.append((tag, text))
        self.run.clear()
        self.tag, self.light = "p", False


def _read(element: etree._Element, flow: _Flow, *, bold: bool) -> None:
    name = str(element.tag).lower()
    if name in SILENT or (name == "head" and len(element)) or _is_masthead(name, element):
        return
    if name == "tr":
        _row(element, flow)
        return
    if name == "br":
        _break(flow)
        return
    block = name in HEADINGS or name in BLOCKS
    if block:
        # `<p><h3>…</h3></p>`, `<li><p>…`: what the outer one opened holds until text is written
        flow.open(HEADINGS.get(name) or ("li" if name == "li" else "p"))
    if name == QUOTED and not (element.text or "").lstrip().startswith(("–", "-", "—")):
        flow.write("– ", bold=bold)
    heavy = bold or name in BOLD or "bold" in (element.get("class") or "")
    flow.write(element.text, bold=heavy)
    for child in element:
        _read(child, flow, bold=heavy)
        flow.write(child.tail, bold=heavy)
    if block:
        flow.close()


def _break(flow: _Flow) -> None:
    """One break is a line, two are a paragraph."""
    if "".join(flow.run[-2:]).rstrip(" \t\r\n").endswith(BREAK):
        flow.open(flow.tag)
    else:
        flow.run.append(BREAK)


def _is_masthead(name: str, element: etree._Element) -> bool:
    """A `<header>` with the headline in it stands for what the format says elsewhere."""
    return name == "header" and element.find(".//h1") is not None


def _row(row: etree._Element, flow: _Flow) -> None:
    """A row of a table as one line; the cells of a table that holds copy as they stand."""
    flow.close()
    cells: list[list[tuple[str, str]]] = []
    for cell in row:
        if not len(cell):
            cells.append([("p", cell.text)] if cell.text and cell.text.strip() else [])
            continue
        inner = _Flow()
        # tables print in bold what is no heading
        _read(cell, inner, bold=False)
        inner.close()
        cells.append(inner.blocks)
    short = all(
        len(blocks) < 2 and all(len(text) <= LONGEST_CELL for _, text in blocks) for blocks in cells
    )
    if short:
        texts = [_line(blocks[0][1]) for blocks in cells if blocks]
        if texts:
            flow.blocks.append(("p", " | ".join(texts)))
        return
    for blocks in cells:
        flow.blocks.extend(blocks)


def _body(blocks: list[tuple[str, str]]) -> Body:
    if len(blocks) == 1 and re.search(r"\S\s*[\n\v]\s*\S", blocks[0][1]):
        text, issues = mended(plain(blocks[0][1]))
        return Body(text, "text", issues)
    lines: list[str] = []
    odd: dict[Issue, None] = {}
    for tag, raw in blocks:
        text, issues = mended(raw)
        odd.update(dict.fromkeys(issues))
        lines.extend(_element(tag, piece) for piece in pieces(text))
    return Body("\n".join(lines), "html", tuple(odd)) if lines else Body()


def _element(tag: str, text: str) -> str:
    return f"<{tag}>{html.escape(_line(text), quote=False)}</{tag}>"


def _line(text: str) -> str:
    return " ".join(text.split())


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
