"""Stories to rows: one Arrow table for each table of the warehouse that they fill.

Every table has the item's key beside its own columns, so that the load can take the rows of the
items that were decided to be new versions and leave the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from types import MappingProxyType
from typing import Any

import pyarrow as pa

from wiredesk import __version__
from wiredesk.batch import Batch, Reject
from wiredesk.match.chains import chain_keys
from wiredesk.match.identity import copy_key, declared, identity, item_id, words_key
from wiredesk.match.minhash import bands
from wiredesk.match.notices import read_notice
from wiredesk.match.portrait import Portrait
from wiredesk.model import Candidate, Capture, Dateline, Story

KEY, TEXT, INT, REAL = pa.int64(), pa.string(), pa.int32(), pa.float64()
INSTANT = pa.timestamp("us", tz="UTC")
LABELS = pa.list_(pa.struct([("label", TEXT), ("n", INT)]))
SPAN = {"src_start": INT, "src_end": INT}
_CHILD = {"item_id": KEY, "seq": INT}

#: columns of each incoming table, in order; names are those of the warehouse's tables
SCHEMAS: dict[str, pa.Schema] = {
    name: pa.schema(list(columns.items()))
    for name, columns in {
        "items": {
            "item_id": KEY,
            "sha256": TEXT,
            "source_id": TEXT,
            "ordinal": INT,
            "format": TEXT,
            "native_id": TEXT,
            "identity_scheme": TEXT,
            "identity_key": TEXT,
            "identity_id": KEY,
            "entry_key": KEY,
            "page_sha256": TEXT,
        },
        "versions": {
            "item_id": KEY,
            "source_id": TEXT,
            "publisher": TEXT,
            "copy_key": KEY,
            "declared": TEXT,
            "pub_status": TEXT,
            "native_id": TEXT,
            "native_version": TEXT,
            "url": TEXT,
            "agency": TEXT,
            "format": TEXT,
            "language": TEXT,
            "published_at": INSTANT,
            "updated_at": INSTANT,
            "embargo_until": INSTANT,
            "received_at": INSTANT,
            "version_at": INSTANT,
            "headline_raw": TEXT,
            "headline": TEXT,
            "labels": LABELS,
            "standing_head": TEXT,
            "genre": TEXT,
            "urgency": INT,
            "slug": TEXT,
            "byline_raw": TEXT,
            "dateline_raw": TEXT,
            "dateline_agency": TEXT,
            "dateline_relation": TEXT,
            "dateline_date": pa.date32(),
            "dateline_month": INT,
            "dateline_day": INT,
            "dateline_start": INT,
            "dateline_end": INT,
            "ed_note": TEXT,
            "ed_note_kind": TEXT,
            "bullets": pa.list_(TEXT),
            "body": TEXT,
            "body_sha256": TEXT,
            "word_count": INT,
            "source_text": TEXT,
            "rights": TEXT,
            "provenance": pa.map_(TEXT, TEXT),
            "rules": TEXT,
        },
        "paragraphs": {**_CHILD, "kind": TEXT, "text": TEXT, **SPAN, "confidence": REAL},
        "authors": {
            **_CHILD, "entity": TEXT, "name": TEXT, "title": TEXT, "org": TEXT, "place": TEXT,
        },
        "dateline_places": {
            **_CHILD, "raw": TEXT, "qualifier_raw": TEXT, "relation": TEXT, "name": TEXT,
            "admin1": TEXT, "country": TEXT, "lat": REAL, "lon": REAL, "place_id": pa.int64(),
            "method": TEXT, "confidence": REAL,
        },
        "credits": {
            **_CHILD, "role": TEXT, "entity": TEXT, "name": TEXT, "name_raw": TEXT, "title": TEXT,
            "org": TEXT, "place": TEXT, "place_id": pa.int64(), "basis": TEXT, "relation": TEXT,
            **SPAN,
        },
        "contacts": {**_CHILD, "kind": TEXT, "value": TEXT},
        "quotes": {
            **_CHILD, "text": TEXT, "speaker": TEXT, "basis": TEXT, "partial": pa.bool_(), **SPAN,
        },
        "instruments": {
            **_CHILD, "raw": TEXT, "ric": TEXT, "ticker": TEXT, "exchange": TEXT, **SPAN,
        },
        "conversions": {**_CHILD, "raw": TEXT, "base": TEXT, "quote": TEXT, "rate": REAL},
        "dates": {
            **_CHILD, "field": TEXT, "origin": TEXT, "raw": TEXT, "instant": INSTANT,
            "zoneless": pa.bool_(), "future": pa.bool_(),
        },
        "subjects": {**_CHILD, "scheme": TEXT, "code": TEXT, "name": TEXT},
        "associations": {**_CHILD, "relation": TEXT, "target": TEXT, "title": TEXT},
        "issues": {**_CHILD, "code": TEXT, "detail": TEXT},
        "signatures": {"item_id": KEY, "key": KEY, "own": pa.bool_()},
        "notices": {
            "item_id": KEY, "action": TEXT, "quoted": TEXT, "reference": TEXT, "slug": TEXT,
            "day": pa.date32(),
        },
    }.items()
}  # fmt: skip

EMPTY = {name: schema.empty_table() for name, schema in SCHEMAS.items()}
Row = tuple[Any, ...]
DAY = timedelta(days=1)
NONE: Mapping[int, tuple[int, str | None]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Rows:
    """All that one part of a capture brings to a load."""

    source: str
    tables: dict[str, pa.Table]
    candidates: tuple[Candidate, ...]
    rejects: tuple[Reject, ...]

    @property
    def size(self) -> int:
        """Bytes of the tables."""
        return sum(table.nbytes for table in self.tables.values())

    def __reduce__(self) -> tuple[Any, ...]:
        # Rows cross process borders for every page.  Arrow's own pickling takes 5 ms for sixteen
        # small tables, a fifth of what reading a page takes; their batches alone take 0.2.
        packed = {name: _packed(table) for name, table in self.tables.items() if table.num_rows}
        return _rows_of, (self.source, packed, self.candidates, self.rejects)


def _packed(table: pa.Table) -> bytes:
    """The rows of a table, without the schema, which SCHEMAS has on either side."""
    (batch,) = table.combine_chunks().to_batches()
    return bytes(batch.serialize())


def _rows_of(
    source: str,
    packed: dict[str, bytes],
    candidates: tuple[Candidate, ...],
    rejects: tuple[Reject, ...],
) -> Rows:
    tables = dict(EMPTY)
    for name, found in packed.items():
        batch = pa.ipc.read_record_batch(pa.py_buffer(found), SCHEMAS[name])
        tables[name] = pa.Table.from_batches([batch])
    return Rows(source, tables, candidates, rejects)


#: by ordinal, the key of an entry that was to be followed, and the payload of its page if it came
Entries = Mapping[int, tuple[int, str | None]]


def rows(batch: Batch[Story], capture: Capture, source: str, entries: Entries = NONE) -> Rows:
    """The rows of a batch's stories, and the candidates that `decide` is to judge."""
    lists: dict[str, list[Row]] = {name: [] for name in SCHEMAS}
    candidates: list[Candidate] = []
    seen: set[tuple[int, int]] = set()
    for story in batch:
        of = identity(story.item, story.text)
        who, words = of.identity_id, words_key(story)
        item = item_id(capture, source, story.item.ordinal)
        at = version_time(story, capture.fetched_at)
        notice = read_notice(story, at)
        # a KILL above a notice is about the story that it names
        what = "update" if notice else declared(story)
        candidates.append(Candidate(item, who, words, copy_key(story), at, what))
        lists["items"].append(
            (
                *(item, capture.sha256, source, story.item.ordinal, story.item.format),
                *(story.item.id, of.scheme, of.key, who),
                *entries.get(story.item.ordinal, (None, None)),
            )
        )
        if (who, words) in seen:
            continue
        seen.add((who, words))
        lists["versions"].append(_version(story, capture, source, candidates[-1]))
        keys, own = _signature(story, at)
        lists["signatures"].extend((item, key, own) for key in keys)
        if notice:
            lists["notices"].append(
                (item, notice.action, notice.quoted, notice.reference, notice.slug, notice.day)
            )
        for name, values in _children(story, capture.fetched_at):
            lists[name].extend((item, n, *row) for n, row in enumerate(values, 1))
    return Rows(
        source,
        {name: table(name, found) for name, found in lists.items()},
        tuple(candidates),
        batch.rejects,
    )


def _signature(story: Story, at: datetime) -> tuple[set[int], bool]:
    """The keys that kin of a story share, and whether an agency itself carried it."""
    item = story.item
    portrait = Portrait(
        *(0, 0, at, item.source, story.agency, item.id, item.url, story.slug, story.headline),
        tuple((label.label, label.n) for label in story.labels),
        story.byline_raw,
        story.dateline.raw if story.dateline else None,
        (*(a.name for a in story.authors), *(c.name for c in story.credits)),
        *(story.language, story.body, item.pub_status),
    )
    return {*bands(story.body), *chain_keys(portrait)}, portrait.own


def version_time(story: Story, received: datetime) -> datetime:
    """The time that orders versions; a time more than a day ahead is a fault and not believed."""
    said = (story.item.updated, story.item.published)
    return next((t for t in said if t and t <= received + DAY), received)


def table(name: str, values: list[Row]) -> pa.Table:
    """An Arrow table with the columns of SCHEMAS[name]."""
    schema = SCHEMAS[name]
    if not values:
        return EMPTY[name]
    columns = zip(*values, strict=True)
    return pa.Table.from_arrays(
        [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)],
        schema=schema,
    )


def _version(story: Story, capture: Capture, source: str, c: Candidate) -> Row:
    item, dateline = story.item, story.dateline
    return (
        *(
            c.item_id,
            source,
            item.source,
            c.copy_key,
            c.declared,
            item.pub_status,
            item.id,
            item.version,
            item.url,
        ),
        *(story.agency, item.format, story.language),
        *(item.published, item.updated, item.embargo_until),
        *(capture.fetched_at, c.at),
        *(story.headline_raw, story.headline),
        [{"label": label.label, "n": label.n} for label in story.labels],
        *(story.standing_head, story.genre, item.urgency, story.slug, story.byline_raw),
        *_dateline(dateline),
        *(story.ed_note, story.ed_note_kind, list(story.bullets)),
        story.body,
        sha256(story.body.encode("utf-8", "replace")).hexdigest(),
        len(story.body.split()),
        *(story.text, item.rights, list(story.provenance), __version__),
    )


def _dateline(dateline: Dateline | None) -> Row:
    if dateline is None:
        return (None,) * 8
    on = dateline.date
    exact = None
    if on and on.year:
        try:
            exact = date(on.year, on.month, on.day)
        except ValueError:  # 29 February of a printed year that has none
            exact = None
    return (
        *(dateline.raw, dateline.agency, dateline.relation, exact),
        *((on.month, on.day) if on else (None, None)),
        *(dateline.start, dateline.end),
    )


def _children(story: Story, received: datetime) -> Iterator[tuple[str, Iterator[Row]]]:
    yield (
        "paragraphs",
        ((p.kind, p.text, p.start, p.end, p.confidence) for p in story.paragraphs),
    )
    yield "authors", ((a.entity, a.name, a.title, a.org, a.place) for a in story.authors)
    if story.dateline:
        yield (
            "dateline_places",
            (
                (p.raw, p.qualifier_raw, p.relation, p.name, p.admin1, p.country, p.lat, p.lon,
                 p.place_id, p.method, p.confidence)
                for p in story.dateline.places
            ),
        )  # fmt: skip
    yield (
        "credits",
        (
            (c.role, c.entity, c.name, c.name_raw, c.title, c.org, c.place, c.place_id, c.basis,
             c.relation, c.start, c.end)
            for c in story.credits
        ),
    )  # fmt: skip
    yield "contacts", ((c.kind, c.value) for c in story.contacts)
    yield (
        "quotes",
        ((q.text, q.speaker, q.basis, q.partial, q.start, q.end) for q in story.quotes),
    )
    yield (
        "instruments",
        ((i.raw, i.ric, i.ticker, i.exchange, i.start, i.end) for i in story.instruments),
    )
    yield "conversions", ((c.raw, c.base, c.quote, c.rate) for c in story.conversions)
    yield (
        "dates",
        (
            (d.field, d.origin, d.raw, d.at, d.zoneless, bool(d.at and d.at > received + DAY))
            for d in story.item.dates
        ),
    )
    yield "subjects", ((s.scheme, s.code, s.name) for s in story.item.subjects)
    yield "associations", ((a.relation, a.target, a.title) for a in story.item.links)
    yield "issues", ((i.code, i.detail) for i in story.issues)
