"""What stands in the body of NITF: headline, byline, dateline and copy.

Also that of NITF inside other formats, which may be a `<nitf>` without a head.  The dateline
element repeats what the copy opens with, so it is kept apart and never put into the body; a
tagline below the copy is copy, and is put to its end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wiredesk.formats.markup_bodies import Body, body_of, mended, printed_in, with_paragraph
from wiredesk.formats.nitf_head import words
from wiredesk.model import Issue

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# `1 SPORT Trivia (Oct 14)`: the page, then the slug
PAGED_SLUG = re.compile(r"\d{1,3}\s+(?=[A-Z])")
PLACE_PARTS = ("city", "sublocation", "state", "region", "country")
REPEATED = ("lead_paragraph", "online_lead_paragraph")  # of the same archive
PRINTED_TAG = re.compile(
    r"&lt;/?(?:br|p|div|span|script|iframe|blockquote|em|strong|[abi])(?:\s(?:(?!&lt;|&gt;)[^<])*)?/?&gt;",
    re.IGNORECASE,
)
STAMP = re.compile(r"[\dTZ:+./-]+")
NORMALISED = "normalized_byline"  # the New York Times prints each name twice: `Marlowe, Edith`


@dataclass(frozen=True, slots=True)
class NitfCopy:
    """What a `<nitf>` prints, and for each field where it stood."""

    title: str | None
    byline: str | None
    dateline: str | None
    body: Body
    provenance: tuple[tuple[str, str], ...]


def read_copy(nitf: Element) -> NitfCopy:
    """Headline, byline, dateline and copy of a `<nitf>`."""
    head = nitf.find("body/body.head")
    title, titled_at = _headline(nitf, head)
    byline, dateline = (_byline(head), _dateline(head)) if head is not None else (None, None)
    body, copied_at = _body(nitf, head)
    found = (
        ("headline", title and titled_at),
        ("byline", byline and "nitf byline"),
        ("dateline", dateline and "nitf dateline"),
        ("body", body.text and copied_at),
    )
    provenance = tuple((name, where) for name, where in found if where)
    return NitfCopy(title, byline, dateline, body, provenance)


def _headline(nitf: Element, head: Element | None) -> tuple[str | None, str]:
    if head is not None:
        # `headline` is how AP spells `hedline` in NITF that travels in NewsML-G2
        for path in ("hedline/hl1", "headline/hl1", "hedline", "headline"):
            if title := words(head.find(path)):
                return mended(title)[0], f"nitf {path}"
    title = words(nitf.find("head/title"))
    return PAGED_SLUG.sub("", title, count=1) if title else None, "nitf title"


def _byline(head: Element) -> str | None:
    """The bylines as printed; `By<person>Edith Marlowe</person>` is three words."""
    printed: list[str] = []
    for byline in head.iterfind("byline"):
        if byline.get("class") == NORMALISED and printed:
            continue
        title = words(byline.find("byttl"))
        said = " ".join(" ".join(map(str, byline.itertext())).split()).replace(" ,", ",")
        if title and said.endswith(title):
            said = f"{said.removesuffix(title).rstrip(' ,')}, {title}"
        printed.append(said.strip(" ,"))
    return "; ".join(dict.fromkeys(filter(None, printed))) or None


def _dateline(head: Element) -> str | None:
    """`Newport News, VA`: commas between the parts of a location that prints none."""
    dateline = head.find("dateline")
    if dateline is None:
        return None
    said = words(dateline) or ""
    found = (words(part) for part in dateline.iter(*PLACE_PARTS))
    parts = [part for part in found if part]
    if parts and "," not in said:
        said = ", ".join(
            dict.fromkeys([*parts, *filter(None, [words(dateline.find("story.date"))])])
        )
    if STAMP.fullmatch(said):  # EFE prints `20160116T125900+0000` in the place of a dateline
        return None
    return said.replace(" ,", ",").strip(" ,") or None


def _body(nitf: Element, head: Element | None) -> tuple[Body, str]:
    """The copy, and the element it stood in; an abstract is copy where there is nothing else."""
    content = nitf.find("body/body.content")
    body, where = Body(), "nitf body.content"
    if content is not None:
        body = body_of(*_once(content)) if len(content) else printed_in(content)
    if not body.text and head is not None and (abstract := head.find("abstract")) is not None:
        body, where = body_of(abstract), "nitf abstract"
    for line in nitf.iterfind("body/body.end/*"):
        body = with_paragraph(body, words(line))
    return _without_printed_tags(body), where


def _without_printed_tags(body: Body) -> Body:
    """The copy without HTML that was escaped into it: `<br>`, and NTB's code for embedding."""
    if body.markup != "html" or not PRINTED_TAG.search(body.text):
        return body
    lines = (PRINTED_TAG.sub(" ", line) for line in body.text.split("\n"))
    kept = (line for line in lines if re.search(r"[^\s>]\s*</", line))
    return Body("\n".join(kept), "html", (*body.issues, Issue("double_escaped")))


def _once(content: Element) -> list[Element]:
    """The elements of the copy: archives print its first paragraph in a block of its own too."""
    blocks = [block.get("class") for block in content.iterfind("block")]
    if "full_text" not in blocks:
        return [content]
    return [block for block in content.iterchildren("*") if block.get("class") not in REPEATED]
