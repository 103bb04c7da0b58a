"""The whole way of the data, on one page.

    fetch    (Source, cursor) → captures, next cursor           fetch/          I/O
    land     Capture → archive and raw rows, unseen ones only   ingest.py       I/O
    parse    Capture → items                                    formats/        pure
    clean    Item → Copy                                        clean.py        pure
    extract  Copy → Story                                       extract/        pure
    decide   (stories, what the warehouse knows) → decisions    match/          pure
    load     decisions, sightings, rejects, cursor: one transaction   warehouse.py   I/O
    relate   new versions → true order, notices, kin, changes; the same transaction
             (advisories.py, kinships.py, revisions.py ask SQL for candidates and match/ to judge)
    publish  a snapshot that readers open                       (a later stage) I/O

The pure stages below know no clock, environment, file, network, Prefect or DuckDB: bytes, settings
and time come in as arguments, and what went wrong comes out as rejects.
"""

from __future__ import annotations

from functools import partial

from wiredesk.batch import Batch
from wiredesk.clean import clean
from wiredesk.extract.story import read_story
from wiredesk.formats import Part, parse
from wiredesk.model import Copy, Item, Source, Story
from wiredesk.places import Gazetteer


def read(part: Part, source: Source, gazetteer: Gazetteer) -> Batch[Story]:
    """parse, clean, extract: the stories of one part of a capture, and its rejects."""
    return read_items(parse(part, source), part.capture.locator, gazetteer)


def read_items(items: Batch[Item], locator: str, gazetteer: Gazetteer) -> Batch[Story]:
    """clean, extract: the stories of items that a capture at `locator` gave, and the rejects."""
    copies = items.each("clean", clean, partial(_item_name, locator))
    return copies.each(
        "extract", lambda copy: read_story(copy, gazetteer), partial(_copy_name, locator)
    )


def _item_name(locator: str, item: Item) -> tuple[str, str | None, int]:
    return locator, item.id, item.ordinal


def _copy_name(locator: str, copy: Copy) -> tuple[str, str | None, int]:
    return _item_name(locator, copy.item)
