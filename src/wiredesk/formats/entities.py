"""XML text before it is parsed: what it declares may do no harm, what is broken in it is mended.

    prolog  = { space | "<?" … "?>" | "<!--" … "-->" } ;
    doctype = "<!DOCTYPE" , … , [ "[" , { entity | … } , "]" ] , ">" ;
    entity  = "<!ENTITY" , [ "%" ] , name , ( string | ( "SYSTEM" | "PUBLIC" ) , … ) , ">" ;

A document type itself harms nobody, as long as nothing fetches it: RSS 0.91 of 1999 names
Netscape's, and many a feed declares `&nbsp;`.  Entities that point elsewhere or that grow do harm.
"""

from __future__ import annotations

import re
from html.entities import html5

from wiredesk.errors import Rejected

PROLOG = re.compile(r"\ufeff?(?:\s++|<\?(?:(?!\?>).)*+\?>|<!--(?:(?!-->).)*+-->)*+", re.DOTALL)
DOCTYPE = re.compile(r"<!DOCTYPE(?=[\s\[>])", re.IGNORECASE)
# The end of a declaration, and all that may hide its `>`.
INSIDE = re.compile(r"<!--(?:(?!-->).)*+(?:-->|\Z)|\"[^\"]*+\"|'[^']*+'|[\[\]>]", re.DOTALL)
COMMENT = re.compile(r"<!--(?:(?!-->).)*+(?:-->|\Z)", re.DOTALL)
ENTITY = re.compile(
    r"<!ENTITY\s++(?P<parameter>%\s++)?(?P<name>[^\s\"'<>%]++)\s++"
    r"(?:(?P<outside>SYSTEM|PUBLIC)\b|\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)')",
    re.IGNORECASE,
)
REFERENCE = re.compile(r"&([^#\s&;][^\s&;]*+);|%([^\s%;]++);")
# Entities stand for a character or a phrase: the longest that old feeds declare is 8 characters,
# a copyright line some 100.  A billion laughs is 3 GB and its mildest textbook form 30 kB.
MOST = 2500  # declarations; all entity sets of HTML and ISO 8879 together have 2,200
LONGEST = 10_000  # characters that one entity may grow to
ALL_TOGETHER = 1_000_000  # characters that all references of a document may grow to
# XML 1.0 has no place for these; text proper has no use for them.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
ENCODING = re.compile(
    r"(\ufeff?\s*+<\?xml\b[^<>]{0,200}?)\s{1,20}encoding\s{0,20}=\s{0,20}(?:\"[^\"<>]*\"|'[^'<>]*')"
)
# `?a=1&b=2` as it is, and `&nbsp;`, which XML does not know; CDATA has its own right to both
AND = re.compile(
    r"<!\[CDATA\[(?:(?!\]\]>).)*+\]\]>|&(?!#\d+;|#x[0-9A-Fa-f]+;|(?:amp|lt|gt|quot|apos);)"
    r"(?P<name>[A-Za-z][A-Za-z0-9]{0,31};)?",
    re.DOTALL,
)


def bare(text: str) -> str:
    """Decoded XML without its encoding label, which no longer holds, and forbidden characters."""
    label = ENCODING.match(text)
    return FORBIDDEN.sub(" ", label[1] + text[label.end() :] if label else text)


def mended(text: str) -> str:
    """`bare`, and every `&` that is no reference of XML's own written as XML has it."""
    return AND.sub(_reference, bare(text))


def _reference(found: re.Match[str]) -> str:
    if found[0].startswith("<"):
        return found[0]
    if not found["name"]:
        return "&amp;"
    # a name that HTML does not know may be one that the document declares
    known = html5.get(found["name"])
    return found[0] if known is None else known.replace("&", "&amp;").replace("<", "&lt;")


def check_entities(text: str) -> None:
    """Raise Rejected (`external_entity`, `entity_bomb`) where `text` declares harmful entities."""
    opening = PROLOG.match(text)
    doctype = DOCTYPE.match(text, opening.end() if opening else 0)
    if not doctype:
        return
    start = doctype.end()
    end = doctype_end(text, start)
    values: dict[str, str] = {}
    for entity in ENTITY.finditer(COMMENT.sub("", text[start:end])):
        if entity["outside"]:
            name = entity["name"]
            raise Rejected("external_entity", f"the entity {name[:40]!r} points outside")
        value = entity["double"] if entity["double"] is not None else entity["single"]
        values.setdefault(("%" if entity["parameter"] else "&") + entity["name"], value)
    if not values:
        return
    if len(values) > MOST:
        raise Rejected("entity_bomb", f"{len(values):,} entities are declared")
    sizes = _sizes(values)
    grown = sum(sizes.get("&" + found[1], 0) for found in REFERENCE.finditer(text, end) if found[1])
    if grown > ALL_TOGETHER:
        raise Rejected("entity_bomb", f"the entities of the text grow to {grown:,} characters")


def doctype_end(text: str, start: int) -> int:
    """Where the document type that opened before `start` ends."""
    depth = 0
    for mark in INSIDE.finditer(text, start):
        depth += {"[": 1, "]": -1}.get(mark[0], 0)
        if mark[0] == ">" and depth <= 0:
            return mark.end()
    return len(text)


def _sizes(values: dict[str, str]) -> dict[str, int]:
    """How many characters each entity grows to.  Raises Rejected for loops and for growth."""
    sizes: dict[str, int] = {}
    for _ in range(len(values)):
        before = len(sizes)
        for name, value in values.items():
            if name in sizes:
                continue
            inner = [_key(found) for found in REFERENCE.finditer(value)]
            waiting = [key for key in inner if key in values and key not in sizes]
            if waiting:
                continue
            sizes[name] = len(value) + sum(sizes.get(key, 0) for key in inner)
            if sizes[name] > LONGEST:
                raise Rejected("entity_bomb", f"the entity {name[:40]!r} grows without measure")
        if len(sizes) == len(values):
            return sizes
        if len(sizes) == before:
            break
    raise Rejected("entity_bomb", "entities that contain each other")


def _key(found: re.Match[str]) -> str:
    return f"&{found[1]}" if found[1] else f"%{found[2]}"
