"""The copy of a ninjs item: which of its bodies, and what of that body is copy.

    bodies of 1.x = body_html | body_xhtml | body_richtext | body_html5 | body_main | body_text ;
    bodies of 2.x and 3.x = list of role, content type, value ;

Marked-up copy is taken before plain, which has lost its crossheads.  A body may be a whole HTML
document with the headline in it again, or NITF.  An item that has only a description (NTB's and
AP's notices of a story) has that for its copy, and an issue.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from wiredesk.agencies.dialects import Dialect
from wiredesk.formats.json_fields import records, worded, words
from wiredesk.formats.markup_bodies import HTML, Body, body_of_text
from wiredesk.model import Issue, Json

MARKED_UP = ("bodyhtml", "bodyxhtml", "bodyrichtext", "bodyhtml5")
PLAIN = ("bodymain", "bodytext", "body")
DESCRIPTIONS = ("descriptionhtml", "descriptiontext", "descriptionsummary", "descriptionmain")
CAPTIONS = frozenset(("caption", "creditline"))
NITF = re.compile(r"<body\.content\b[^<>]*>(.*?)(?:</body\.content\s*>|\Z)", re.DOTALL)
INLINE = re.compile(r"</\w+\s*>")
ORDER = {"html": 0, "nitf": 1, "text": 2}


def body_of(record: Json, title: str | None, dialect: Dialect) -> tuple[Body, str]:
    """The fullest copy that the item has, and where it stood."""
    for origin, value in _bodies(record):
        body = _copy(value, title, dialect)
        if re.search(r"\w", body.text):
            return body, origin
    for origin, value in _descriptions(record):
        body = body_of_text(value)
        thin = Issue("body_missing", f"{origin} stands in its place")
        return replace(body, issues=(*body.issues, thin)), origin
    return Body("", "text"), "none"


def _bodies(record: Json) -> Iterator[tuple[str, str]]:
    """Every body as (where, text), the best first."""
    ranked: list[tuple[int, str, str]] = []
    for each in records(record.get("bodies")):
        role, value = words(each, "role") or "", words(each, "value")
        said = f"{words(each, 'contenttype')} {role}".lower()
        kind = next((kind for kind in ("nitf", "html") if kind in said), "text")
        if value:
            ranked.append((ORDER[kind], f"bodies[{role}]", value))
    yield from ((origin, value) for _, origin, value in sorted(ranked, key=lambda each: each[0]))
    yield from worded(record, *MARKED_UP, *PLAIN)


def _descriptions(record: Json) -> Iterator[tuple[str, str]]:
    yield from worded(record, *DESCRIPTIONS)
    for each in records(record.get("descriptions")):
        role = words(each, "role") or ""
        if role not in CAPTIONS and (value := words(each, "value")):
            yield f"descriptions[{role}]", value


def _copy(value: str, title: str | None, dialect: Dialect) -> Body:
    """What of a body is copy."""
    if nitf := NITF.search(value):
        value = nitf[1]
    if INLINE.search(value) and not HTML.search(value):  # `Oak & Sons<sup >®</sup> said`
        value = f"<p>{value}</p>"
    for name in dialect.apart:
        element = rf'<(div|p|span) class="{name}"[^<>]*>.*?</\1>'
        value = re.sub(element, "", value, flags=re.DOTALL)
    body = body_of_text(value, apart=(title,))
    return body if body.text.strip() else body_of_text(value)  # a flash: its headline is its copy
