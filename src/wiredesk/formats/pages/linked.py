"""JSON-LD: the article that a page declares in its scripts, however badly the JSON is written.

A page has several blocks, lists of them, `@graph`, articles nested in pages, and nodes that name
each other by `@id`.  `read_linked` gives the one article that the page is about.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import orjson

from wiredesk.model import Json

LARGEST = 4_000_000  #: characters of a block; the largest of 71 pages has 24,533
MOST_NODES = 5_000  #: objects of a page; the most of 71 pages are 139
MOST_NAMES = 50  #: authors of an article
#: what stands around the JSON in old pages: `<!-- … -->`, `//<![CDATA[ … //]]>`
OPENINGS = ("<!--", "//<![CDATA[", "// <![CDATA[", "<![CDATA[")
TRAILING_COMMA = re.compile(r",(\s*[}\]])")
BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrtu])')
#: what is still read where a quotation mark inside a string breaks the block for good
SALVAGED = re.compile(
    r'"(headline|datePublished|dateModified|dateCreated)"\s{0,9}:\s{0,9}"([^\n]{1,400}?)"'
    r'\s{0,99}(?:,\s{0,99}"|[}\]])'
)
#: `schema.org/NewsArticle`, `["NewsArticle", "ReportageNewsArticle"]`, `BlogPosting`
ARTICLE = re.compile(r"(?:Article|BlogPosting|Report|Review|LiveBlogPosting)$", re.IGNORECASE)
#: articles of other pages hang under these
ELSEWHERE = frozenset(
    ("hasPart", "itemListElement", "mentions", "citation", "relatedLink", "comment", "isBasedOn",
     "isRelatedTo", "video", "image", "significantLink", "subjectOf", "publisher")
)  # fmt: skip
ORGANISATION = re.compile(r"(?:Organization|Corporation|WebSite|Newspaper)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Maker:
    """Who is declared as an author: as written, and what the page says it is."""

    name: str
    organisation: bool = False
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Linked:
    """What JSON-LD says of the page's article; empty where there is none."""

    headline: str | None = None
    authors: tuple[Maker, ...] = ()
    published: tuple[tuple[str, str], ...] = ()  #: property, value
    updated: tuple[tuple[str, str], ...] = ()
    publisher: str | None = None
    description: str | None = None
    body: str | None = None
    is_article: bool = False  #: the page says that it is one, and not only that it lists some


def read_linked(blocks: Sequence[str]) -> Linked:
    """The article of a page's JSON-LD blocks, in their order."""
    trees = [tree for block in blocks if (tree := _loaded(block)) is not None]
    nodes = list(_nodes(trees))
    by_id: dict[str, Json] = {}
    for node, _ in nodes:
        name = node.get("@id")
        if isinstance(name, str) and len(node) > len(by_id.get(name, ())):
            by_id[name] = node
    own = [node for node, elsewhere in nodes if not elsewhere and _is_article(node)]
    article = next((node for node in own if _text(node.get("headline"))), own[0] if own else None)
    if article is None:
        pages = [n for n, elsewhere in nodes if not elsewhere and n.get("datePublished")]
        article = pages[0] if pages else {}
    # a second block of the same page fills what the first leaves out: an SEO plug-in and a theme
    merged = dict(article)
    for node in own:
        for key, value in node.items():
            if not merged.get(key):
                merged[key] = value
    return Linked(
        headline=_text(article.get("headline")) or _text(article.get("name")),
        authors=_makers(merged, by_id, "author") or _makers(merged, by_id, "creator"),
        published=_dates(merged, "datePublished", "dateCreated", "uploadDate"),
        updated=_dates(merged, "dateModified"),
        publisher=next(iter(_names(merged.get("publisher"), by_id)), Maker("")).name or None,
        description=_text(merged.get("description")),
        body=_text(merged.get("articleBody"), lines=True),
        is_article=bool(own),
    )


def _loaded(block: str) -> object | None:
    """The JSON of a block, mended where it must be; None where nothing can be read."""
    if len(block) > LARGEST or not block.strip():
        return None
    try:
        return orjson.loads(block)  # type: ignore[no-any-return]
    except orjson.JSONDecodeError:
        pass
    text = block.strip()
    for opening in OPENINGS:
        text = text.removeprefix(opening).lstrip()
    for mend in (str, _without_commas, _without_escapes, html.unescape):
        text = mend(text)
        try:
            value, end = json.JSONDecoder(strict=False).raw_decode(text)
        except (ValueError, RecursionError):
            continue
        return _rest(value, text[end:])
    found = {key: _unquoted(value) for key, value in reversed(SALVAGED.findall(block))}
    return {"@type": "Article", **found} if found else None


def _without_commas(text: str) -> str:
    return TRAILING_COMMA.sub(r"\1", text)


def _without_escapes(text: str) -> str:
    return BAD_ESCAPE.sub("", text)


def _unquoted(text: str) -> str:
    try:
        return str(json.loads(f'"{text}"', strict=False))
    except ValueError:
        return text


def _rest(value: object, after: str) -> object:
    """Objects that follow one another in a block without a list around them."""
    after = after.lstrip(" \t\r\n,;")
    values = [value]
    while after.startswith(("{", "[")) and len(values) < MOST_NAMES:
        try:
            value, end = json.JSONDecoder(strict=False).raw_decode(after)
        except (ValueError, RecursionError):
            break
        values.append(value)
        after = after[end:].lstrip(" \t\r\n,;")
    return values if len(values) > 1 else values[0]


def _nodes(trees: list[object]) -> Iterator[tuple[Json, bool]]:
    """Each object, outer ones first, and whether it hangs under what tells of other pages."""
    level: list[tuple[object, bool]] = [(tree, False) for tree in trees]
    seen = 0
    while level:
        below: list[tuple[object, bool]] = []
        for value, elsewhere in level:
            if isinstance(value, list):
                below.extend((inner, elsewhere) for inner in value[:MOST_NODES])
            elif isinstance(value, dict):
                seen += 1
                if seen > MOST_NODES:
                    return
                yield value, elsewhere
                for key, inner in value.items():
                    if isinstance(inner, dict | list):
                        below.append((inner, elsewhere or key in ELSEWHERE))
        level = below


def _types(node: Json) -> list[str]:
    kinds = node.get("@type") or node.get("type")
    listed = kinds if isinstance(kinds, list) else [kinds]
    return [kind.rsplit("/", 1)[-1].rsplit(":", 1)[-1] for kind in listed if isinstance(kind, str)]


def _is_article(node: Json) -> bool:
    return any(ARTICLE.search(kind) for kind in _types(node))


def _text(value: object, *, lines: bool = False) -> str | None:
    if isinstance(value, list) and value:
        value = "\n".join(v for v in value if isinstance(v, str)) if lines else value[0]
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    if not isinstance(value, str):
        return None
    text = html.unescape(value)
    return text.strip() or None if lines else " ".join(text.split()) or None


def _dates(node: Json, *keys: str) -> tuple[tuple[str, str], ...]:
    return tuple((key, text) for key in keys if (text := _text(node.get(key))))


def _makers(node: Json, by_id: dict[str, Json], key: str) -> tuple[Maker, ...]:
    return tuple(_names(node.get(key), by_id))[:MOST_NAMES]


def _names(value: object, by_id: dict[str, Json]) -> Iterator[Maker]:
    """The names in a string, an object, a reference, or lists of them within lists."""
    waiting = [value]
    for _ in range(MOST_NAMES * 2):
        if not waiting:
            return
        value = waiting.pop(0)
        if isinstance(value, list):
            waiting[:0] = value[:MOST_NAMES]
        elif isinstance(value, str):
            yield Maker(" ".join(html.unescape(value).split()))
        elif isinstance(value, dict):
            known = by_id.get(str(value.get("@id")), value) if "name" not in value else value
            name = known.get("name")
            if isinstance(name, list):
                waiting[:0] = [{**known, "name": one} for one in name if isinstance(one, str)]
                continue
            if not isinstance(name, str) or not name.strip():
                parts = (known.get("givenName"), known.get("familyName"))
                name = " ".join(part for part in parts if isinstance(part, str))
            if name.strip():
                organisation = any(ORGANISATION.search(kind) for kind in _types(known))
                url = known.get("url")
                yield Maker(
                    " ".join(html.unescape(name).split()),
                    organisation,
                    url if isinstance(url, str) else None,
                )
