"""What the head of a page says: meta tags, microdata, the canonical address, the language."""

from __future__ import annotations

from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from wiredesk.formats.pages.linked import Linked, read_linked

MOST_META = 500  #: meta elements that are read; the most of 71 pages are 85
LONGEST = 2_000  #: characters of one value; the longest description of 71 pages has 489


@dataclass(frozen=True, slots=True)
class Metadata:
    """All that is declared and not printed; `meta` has lower-case names, values in page order."""

    meta: dict[str, tuple[str, ...]]
    linked: Linked
    micro: dict[str, tuple[str, ...]]  #: itemprop, values in page order
    canonical: str | None
    language: str | None
    title: str | None  #: of <title>

    def first(self, *names: str) -> str | None:
        """The first value under the first of these meta names that has one."""
        return next((self.meta[name][0] for name in names if name in self.meta), None)


def read_metadata(doc: LexborHTMLParser) -> Metadata:
    root = doc.root
    meta: dict[str, list[str]] = {}
    micro: dict[str, list[str]] = {}
    for tag in doc.css("meta")[:MOST_META]:
        _take_meta(tag, meta, micro)
    for tag in doc.css("[itemprop]")[:MOST_META]:
        _take_property(tag, micro)
    blocks = [tag.text() for tag in doc.css('script[type*="ld+json" i]')]
    title = doc.css_first("head > title") or doc.css_first("title")
    canonical = doc.css_first('link[rel="canonical" i]')
    page = doc.css_first("html")
    language = page.attributes.get("lang") if page else None
    found = {name: tuple(values) for name, values in meta.items()}
    return Metadata(
        meta=found,
        linked=read_linked(blocks) if root else Linked(),
        micro={name: tuple(values) for name, values in micro.items()},
        canonical=canonical.attributes.get("href") if canonical else None,
        language=language or None,
        title=squeezed(title.text()) if title else None,
    )


def squeezed(text: str) -> str | None:
    return " ".join(text.split()) or None


def _take_meta(tag: LexborNode, meta: dict[str, list[str]], micro: dict[str, list[str]]) -> None:
    attributes = tag.attributes
    content = squeezed((attributes.get("content") or "")[:LONGEST])
    if not content:
        return
    for key in ("property", "name", "itemprop"):
        for name in (attributes.get(key) or "").lower().split():
            (micro if key == "itemprop" else meta).setdefault(name, []).append(content)


def _take_property(tag: LexborNode, micro: dict[str, list[str]]) -> None:
    """Dates and headline of microdata; other stories of the page have authors there too."""
    attributes = tag.attributes
    names = (attributes.get("itemprop") or "").lower().split()
    if tag.tag == "meta" or not WANTED.intersection(names):
        return
    value = attributes.get("datetime") or attributes.get("content")
    if value is None:
        value = tag.text()[:LONGEST]
    text = squeezed(value)
    if text:
        for name in names:
            micro.setdefault(name, []).append(text)


WANTED = frozenset(("headline", "datepublished", "datemodified", "datecreated"))
