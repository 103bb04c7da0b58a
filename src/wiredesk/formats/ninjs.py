"""ninjs 1, 2 and 3, and what agencies and newsroom systems make of it.

An item is an object; it comes alone, one a line, in a list, or in what an API wraps around it:

    document = item | "[" , { item } , "]" | wrapper ;
    wrapper  = "{" , … , ( "data" | "item" | "items" | "_items" | "hits" | "_source" | … ) , ":" ,
               document , … , "}" ;

1.x has a field for each kind (`headline_main`, `body_html`), 2.x and 3.x lists with roles
(`headlines`, `bodies`), 3.x in camel case.  `located` may be garbage: it is handed on as given, and
the gazetteer judges it.  Events, plans and media are not stories.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from wiredesk.agencies.dialects import dialect_of
from wiredesk.errors import NotAStory, Rejected
from wiredesk.formats.json_fields import folded, number, record_of, records, words
from wiredesk.formats.json_opening import Document
from wiredesk.formats.json_records import each_record
from wiredesk.formats.ninjs_bodies import body_of
from wiredesk.formats.ninjs_head import (
    Said,
    authors_of,
    byline_of,
    dateline_of,
    genre_of,
    id_of,
    identity_of,
    name_of,
    page_of,
    title_of,
)
from wiredesk.formats.ninjs_kinds import kind_of, links_of, signal_of, status_of, subjects_of
from wiredesk.formats.stamps import Stamps
from wiredesk.model import Capture, Issue, Item, Json, Source

OPENS = re.compile(rb"^(?:\xef\xbb\xbf)?\s*[\[{]")
KEY = re.compile(
    rb'"(?:version_?created|pub_?status|bodies|headlines|body_(?:x?html5?|text|richtext|main)|'
    rb'altids|eventdetails)"\s*:',
    re.IGNORECASE,
)
#: what an item calls itself by, and what it must have besides to be one
IDS = frozenset(("uri", "guid", "id", "itemid", "altids", "usn"))
CONTENT = frozenset(
    "headline headlines headlinemain bodies bodyhtml bodytext bodyxhtml bodymain bodyrichtext "
    "bodyhtml5 versioncreated pubstatus descriptiontext eventdetails".split()
)
WRAPPERS = ("data", "item", "items", "hits", "source", "results", "docs", "stories", "articles")
DEEPEST = 6  #: wrappers around an item
PUBLISHED = ("firstcreated", "firstversion", "contentcreated", "datetime", "created")
UPDATED = ("versioncreated", "contentmodified", "updated")
EMBARGO = ("embargoed", "embargoeduntil", "embargotime", "embargo")


def sniff(head: bytes) -> bool:
    plain = head.replace(b"\0", b"").lstrip(b"\xff\xfe") if b"\0" in head[:64] else head
    return bool(OPENS.match(plain) and KEY.search(plain))


def parse(capture: Capture, source: Source) -> Iterator[Item | Rejected]:
    return each_record(
        capture,
        lambda value: list(_items(value)),
        lambda record, document, n: _item(record, document, source, n),
    )


def _items(value: object) -> Iterator[Json]:
    """The items in a document, wrapped or not, in order."""
    stack: list[tuple[object, Json, int]] = [(value, {}, 0)]
    while stack:
        at, rendition, depth = stack.pop()
        if depth > DEEPEST:
            continue
        if isinstance(at, list):
            stack.extend((each, rendition, depth + 1) for each in reversed(at))
        elif isinstance(at, dict):
            record = folded(at)
            if IDS & record.keys() and CONTENT & record.keys():
                # AP's API answers without the copy; a newsroom keeps the NITF beside the answer
                yield {**rendition, **{k: v for k, v in record.items() if v not in (None, "", [])}}
                continue
            beside = record_of(record.get("nitf")) or rendition
            inner = [record[key] for key in WRAPPERS if isinstance(record.get(key), list | dict)]
            stack.extend((each, beside, depth + 1) for each in reversed(inner))


def _item(record: Json, document: Document, source: Source, n: int) -> Item:
    kind = kind_of(record)
    if kind:
        raise NotAStory(kind, f"{kind}: {name_of(record)}")
    said = Said(record)
    dialect = dialect_of(
        *(words(record, key) for key in ("source", "provider", "sourcefeed")),
        *(words(each, "name") for each in records(record.get("infosources"))),
        *(words(record, key) for key in ("copyrightholder", "uri", "guid")),
    )
    title = title_of(said)
    body, origin = body_of(record, title, dialect)
    status = status_of(record, dialect)
    if not (title or body.text.strip() or status == "canceled"):
        raise Rejected("empty", "neither headline nor body")
    stamps = Stamps(dialect.tz or source.tz)
    published = _time(said, stamps, "published", (*PUBLISHED, "versioncreated"))
    updated = _time(said, stamps, "updated", UPDATED)
    embargo, held = _embargo(record, stamps)
    byline = byline_of(said)
    return Item(
        source=source.id,
        format="ninjs",
        ordinal=n,
        id=id_of(said),
        identity=identity_of(record, dialect),
        body=body.text,
        markup=body.markup,
        title=title,
        byline=byline,
        authors=() if byline else authors_of(record),
        dateline=dateline_of(said),
        url=page_of(said),
        agency=source.agency or dialect.agency or words(record, "source", "provider"),
        language=said.words("language", "language") or source.language,
        slug=said.words("slug", "slugline", "slug"),
        version=said.words("version", "version", "currentversion"),
        published=published,
        updated=updated,
        embargo_until=embargo,
        pub_status="withheld" if held and status == "usable" else status,
        ed_note=said.words("ed_note", "ednote"),
        rights=said.words("rights", "usageterms", "usage", "copyrightnotice", "copyrightholder"),
        genre=genre_of(said),
        urgency=number(record.get("urgency"), 1, 9),
        priority=said.words("priority", "editorialpriority", "priority"),
        signal=signal_of(record, dialect),
        subjects=subjects_of(record),
        links=links_of(record),
        dates=tuple(stamps.found),
        provenance=(*said.where.items(), ("body", f"ninjs {origin}")),
        issues=tuple(filter(None, (*document.issues, *stamps.issues(), *body.issues, held))),
    )


def _time(said: Said, stamps: Stamps, name: str, keys: tuple[str, ...]) -> datetime | None:
    for key in keys:
        at = stamps.add(name, key, words(said.record, key))
        if at:
            said.where[name] = f"ninjs {key}"
            return at
    return None


def _embargo(record: Json, stamps: Stamps) -> tuple[datetime | None, Issue | None]:
    """When it may be used, and an issue where it says no readable time: then it is held."""
    scheduled = record_of(record.get("schedulesettings"))
    raw = words(record, *EMBARGO) or words(scheduled, "utcembargo")
    if words(record, "state") == "scheduled":
        raw = raw or words(scheduled, "utcpublishschedule") or words(record, "publishschedule")
    at = stamps.add("embargo", "embargoed", raw)
    if at:
        return at, None
    said = raw or (True in (record.get(key) for key in EMBARGO) and "without a time")
    return None, Issue("embargo_unread", str(said)[:80]) if said else None
