"""NewsML-G2: a newsMessage with items, or one item by itself.

A newsItem of text is a story.  Packages, concepts, knowledge, catalogs, plans and events, and news
items that are pictures, video, audio or tables of results, are named so and dropped.  Senders
leave out namespaces, versions and guids, write `Header` and `ednote`, and send empty elements;
so names are local ones in small letters, and an empty element is one that is not there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from wiredesk.errors import NotAStory, Rejected
from wiredesk.formats.g2_copy import Inline, copy_of
from wiredesk.formats.g2_meta import Meta
from wiredesk.formats.g2_values import code
from wiredesk.formats.markup_bodies import with_paragraph
from wiredesk.formats.xml_opening import Opened, line, opened, root_of
from wiredesk.model import Capture, Item, Source

if TYPE_CHECKING:
    from lxml import etree

#: items of the standard that are no stories → what they are
OTHERS = {
    "packageItem": "package",
    "conceptItem": "concept",
    "knowledgeItem": "concept",
    "catalogItem": "catalog",
    "planningItem": "planning",
}
#: `contentSet` and its like stand alone in the standard's own listings
ROOTS = frozenset(
    ("newsMessage", "newsItem", "contentSet", "groupSet", "contentMeta", "itemMeta", *OTHERS)
)
#: local part of itemClass → what an item without copy is
CLASSES = {
    "picture": "picture",
    "photo": "picture",
    "graphic": "graphic",
    "animated": "graphic",
    "video": "video",
    "audio": "audio",
    "composite": "package",
}
SOME_COPY = 3  # paragraphs: fewer in an item of a picture are its caption
#: field → where it stands, for those that stand in one place
ORIGINS = {
    "identity": "newsItem guid or altId",
    "version": "newsItem version",
    "slug": "contentMeta slugline",
    "language": "contentMeta language or xml:lang",
    "embargo_until": "itemMeta embargoed",
    "pub_status": "itemMeta pubStatus",
    "ed_note": "itemMeta edNote",
    "rights": "rightsInfo",
    "genre": "contentMeta genre",
    "urgency": "contentMeta urgency",
    "priority": "header priority or urgency",
    "signal": "itemMeta signal",
    "subjects": "contentMeta subject",
    "links": "itemMeta link",
}
FIELDS = {"headline": "title"}  # where an Item calls it something else


def sniff(head: bytes) -> bool:
    found = root_of(head)
    if found is None:
        return False
    name, attributes = found
    # `event` and `events` of the standard are too common as names to go by themselves
    return name in ROOTS or (name.startswith("event") and "iptc.org/std/nar" in attributes)


def parse(capture: Capture, source: Source) -> Iterator[Item | Rejected]:
    """Every item of a message, in its order; a notice where a message has none."""
    document = opened(capture, "newsItem", *OTHERS)
    ordinal = 0
    empty = True
    for element in _items(document.root):
        empty = False
        name = str(element.tag)
        if name in {"newsItem", "contentSet"}:
            item = _item(element, document, capture, source, ordinal)
            ordinal += isinstance(item, Item)
            yield item
        else:
            yield _other(element)
    if empty:
        yield NotAStory("notice", "a message without items")
    if document.cut:
        yield document.cut


def _items(root: etree._Element) -> Iterator[etree._Element]:
    if root.tag != "newsMessage":
        yield root
        return
    for items in root.iterfind("itemSet"):
        yield from items.iterchildren("*")


def _other(element: etree._Element) -> NotAStory:
    name, guid = str(element.tag), element.get("guid")
    called = f" {guid}" if guid else ""
    if name in {"packageItem", "groupSet"}:
        targets = [
            ref.get("residref") or ref.get("href") or line(ref) or "?"
            for ref in element.iter("itemRef")
        ]
        listed = ", ".join(targets[:10]) + (", …" if len(targets) > 10 else "")
        return NotAStory(
            "package", f"a package{called} of {_counted(len(targets), 'item')}: {listed}"
        )
    if name == "catalogItem":
        schemes = sum(1 for _ in element.iter("scheme"))
        return NotAStory("catalog", f"a catalog{called} of {_counted(schemes, 'scheme')}")
    concepts = sum(1 for _ in element.iter("concept", "event", "newsCoverage"))
    if name.startswith("event") or element.find(".//eventDetails") is not None:
        return NotAStory("event", f"{name}{called} of {_counted(concepts, 'event')}")
    kind = OTHERS.get(name, "listing")
    noun = "plan" if kind == "planning" else "concept"
    return NotAStory(kind, f"{name}{called} of {_counted(concepts, noun)}")


def _counted(n: int, noun: str) -> str:
    return f"{n} {noun}{'' if n == 1 else 's'}"


def _item(
    element: etree._Element, document: Opened, capture: Capture, source: Source, ordinal: int
) -> Item | Rejected:
    meta = Meta(element, _header(document.root), source)
    classes = (CLASSES.get(code(found) or "") for found in meta.all("itemclass"))
    kind = next(filter(None, classes), None)
    copy = copy_of(element, meta.said_apart())
    if not copy.body.text and copy.kind:
        return NotAStory(copy.kind, f"a news item that holds {copy.holds}: {meta.name()}")
    # the caption that comes with a picture is one paragraph at most
    if kind and copy.body.text.count("<p>") < SOME_COPY:
        return NotAStory(kind, f"a news item of class {kind}: {meta.name()}")
    title = meta.headline() or copy.title
    note, closing = meta.notes()
    body = copy.body
    for words in closing:
        body = with_paragraph(body, words)
    if not title and not body.text:
        if element.find("contentSet") is None:
            return NotAStory("listing", f"a reference to an item, without content: {meta.name()}")
        return Rejected("empty", f"a news item without headline and copy: {meta.name()}")
    until, held = meta.embargo()
    status = "withheld" if held else meta.status()
    published, updated = meta.times()
    item = Item(
        source=source.id,
        format="newsml-g2",
        ordinal=ordinal,
        id=element.get("guid") or PurePosixPath(capture.locator).stem or None,
        identity=meta.identity(),
        version=meta.version(),
        body=body.text,
        markup=body.markup,
        title=title,
        byline=meta.byline() or copy.byline,
        dateline=meta.dateline() or copy.dateline,
        agency=source.agency or meta.dialect.agency,
        language=meta.language(),
        slug=meta.text("slugline"),
        published=published,
        updated=updated,
        embargo_until=until,
        pub_status=status,
        ed_note=note,
        rights=meta.rights(),
        genre=meta.genre(),
        urgency=meta.urgency(),
        priority=meta.priority(),
        signal="withdrawal" if status == "canceled" else meta.signal(),
        subjects=meta.subjects(),
        links=meta.links(),
        dates=tuple(meta.stamps.found),
    )
    issues = (*document.issues, *body.issues, *meta.issues, *meta.stamps.issues())
    return replace(item, issues=issues, provenance=_provenance(item, meta, copy))


def _header(root: etree._Element) -> etree._Element | None:
    """BusinessDesk writes it with a capital."""
    return next((part for part in root if str(part.tag).lower() == "header"), None)


def _provenance(item: Item, meta: Meta, copy: Inline) -> tuple[tuple[str, str], ...]:
    """For each field that has a value, the element it came from."""
    dates = {(date.field, date.at): date.origin for date in reversed(item.dates)}
    first = {at: origin for (_, at), origin in dates.items()}
    origins = {
        "id": "newsItem guid" if meta.item.get("guid") else "file name",
        "headline": meta.origin("headline", "title") or copy.origin,
        "body": copy.origin,
        "byline": meta.origin("by", "creator", "contributor")
        if item.byline != copy.byline
        else copy.origin,
        "dateline": meta.origin("dateline") if item.dateline != copy.dateline else copy.origin,
        "published": dates.get(("published", item.published), first.get(item.published)),
        "updated": dates.get(("updated", item.updated)),
        **ORIGINS,
    }
    return tuple(
        (name, origin)
        for name, origin in origins.items()
        if origin and getattr(item, FIELDS.get(name, name))
    )
