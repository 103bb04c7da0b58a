"""A file as the payloads that are in it, however it is packed.

    file    = packed | zip | tar | warc | table | lines | payload ;
    packed  = gzip, zstandard, bzip2 or xz of file ;
    zip     = { member } ;  tar = { member } ;        member = file ;
    table   = Parquet | DuckDB | CSV ;                (* in blocks of rows, see rows.py *)
    lines   = JSON Lines too large to be one payload ;
    locator = path , { "!/" , member } , [ "#" , first row , "+" , rows ] ;

What it is its first bytes say, never its name, but that a `.csv` may have few columns.  Nothing is
written under a member's name, so none can get out of anywhere; those that try are refused all the
same, as is what links, what is encrypted and what unpacks without end.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from wiredesk.batch import Reject
from wiredesk.errors import Rejected
from wiredesk.fetch import crawled, members
from wiredesk.fetch.packed import (
    PIECE,
    SUFFIXES,
    Arriving,
    Budget,
    Counted,
    Reads,
    buffered,
    coding_of,
    unpacking,
)
from wiredesk.fetch.rows import Row, blocks, csv_rows
from wiredesk.fetch.sought import Sought
from wiredesk.fetch.whole import Arrived, Columns, Opening, payload
from wiredesk.formats import SNIFFED
from wiredesk.formats.columns import holds_copy
from wiredesk.formats.csv_table import csv_table

DEPTH = 3  #: layers of packing and archives; `a.tar.gz` of `b.xml.gz` has three
PARQUET = b"PAR1"
DUCKDB = b"DUCK"  # behind a checksum of 8 bytes
#: what the archive of a document or program starts with: one thing, though it is a zip
DOCUMENTS = (b"[Content_Types].xml", b"mimetype", b"META-INF/")


def opened(path: Path, source: str, at: datetime, columns: Columns = ()) -> Iterator[Arrived]:
    """The payloads of a file, and a reject for each part that cannot be had.  Raises OSError."""
    with path.open("rb") as file:
        budget = Budget(path.stat().st_size)
        yield from payloads(file, str(path), Opening(source, at, columns, budget), path)


def opened_stream(
    stream: Reads, locator: str, source: str, at: datetime, columns: Columns = ()
) -> Iterator[Arrived]:
    """As `opened`, of what comes through a pipe."""
    opening = Opening(source, at, columns, Budget(0))
    yield from payloads(buffered(Arriving(stream, opening.budget)), locator, opening)


def payloads(
    file: io.BufferedReader,
    locator: str,
    opening: Opening,
    path: Path | None = None,
    depth: int = 0,
) -> Iterator[Arrived]:
    """The payloads of a stream; `path` where it lies on disk as it is."""
    try:
        head = _head(file, path)
        if coding := coding_of(head):
            yield from _unpacked(file, coding, locator, opening, path, depth)
        elif reader := _reader(head):
            if depth >= DEPTH:
                raise Rejected("archive_depth", f"is packed more than {DEPTH} times over")
            yield from reader(file, locator, opening, path, depth)
        elif table := csv_table(head[:SNIFFED], opening.columns):
            of = (opening.source, locator, opening.at)
            yield from blocks(csv_rows(file, table), of, opening.budget)
        else:
            yield from payload(file, head, locator, opening)
    except Rejected as no:
        yield Reject("fetch", locator, no.code, no.detail, no.where)


Reader = Callable[[io.BufferedReader, str, Opening, Path | None, int], Iterator[Arrived]]


def is_many(head: bytes) -> bool:
    """Whether a file that starts so may hold several payloads."""
    return _reader(head) is not None or (coding_of(head) or "gzip") != "gzip"


def is_warc(path: Path) -> bool:
    """Whether a file is a WARC, gzip or not."""
    with path.open("rb") as file:
        head = file.read(PIECE)
    packed = head.startswith(crawled.GZIP)
    return crawled.a_member_a_record(path) if packed else head.startswith(crawled.MAGIC)


def _reader(head: bytes) -> Reader | None:
    """What opens a file of more than one payload."""
    if head.startswith(members.ZIP):
        name = head[30:60]  # of the first member, behind its header
        return None if name.startswith(DOCUMENTS) else _zip
    if head.startswith(crawled.MAGIC):
        return _warc
    if head.startswith(PARQUET):
        return _parquet
    if head[8:12] == DUCKDB:
        return _duckdb
    return _tar if members.is_tar(head) else None


def _unpacked(
    file: io.BufferedReader,
    coding: str,
    locator: str,
    opening: Opening,
    path: Path | None,
    depth: int,
) -> Iterator[Arrived]:
    if depth >= DEPTH:
        raise Rejected("archive_depth", f"is packed more than {DEPTH} times over")
    bare = next((locator.removesuffix(s) for s in SUFFIXES if locator.endswith(s)), locator)
    if path and coding == "gzip" and crawled.a_member_a_record(path):
        yield from crawled.pages(str(path), locator, opening.source, opening.budget)
        return
    yield from payloads(unpacking(file, coding, opening.budget), bare, opening, None, depth + 1)


def _zip(
    file: io.BufferedReader, locator: str, opening: Opening, path: Path | None, depth: int
) -> Iterator[Arrived]:
    with Sought(file, path) as on_disk:
        found = members.of_zip(on_disk, opening.budget)
        yield from _members(found, locator, opening, depth, ("archive_bomb",))


def _tar(
    file: io.BufferedReader, locator: str, opening: Opening, _: Path | None, depth: int
) -> Iterator[Arrived]:
    # what is damaged in a tar is where its next member would be found
    ends = ("archive_bomb", "bad_archive")
    yield from _members(members.of_tar(file, opening.budget), locator, opening, depth, ends)


def _members(
    found: Iterator[tuple[str, members.Stream | Rejected]],
    locator: str,
    opening: Opening,
    depth: int,
    ends: tuple[str, ...],
) -> Iterator[Arrived]:
    for name, member in found:
        inside = f"{locator}!/{name}"
        if isinstance(member, Rejected):
            yield Reject("fetch", inside, member.code, member.detail, member.where)
            continue
        what = "a member that cannot be unpacked"
        counted = Counted(member, opening.budget, "bad_archive", what)
        for each in payloads(buffered(counted), inside, opening, None, depth + 1):
            yield each
            if isinstance(each, Reject) and each.code in ends:
                return


def _warc(
    file: io.BufferedReader, locator: str, opening: Opening, path: Path | None, _: int
) -> Iterator[Arrived]:
    with Sought(file, path) as on_disk:
        yield from crawled.pages(on_disk.name, locator, opening.source, opening.budget)


def _parquet(
    file: io.BufferedReader, locator: str, opening: Opening, path: Path | None, _: int
) -> Iterator[Arrived]:
    from wiredesk.fetch.arrow_rows import parquet_rows  # noqa: PLC0415 - Arrow takes 0.2 s

    with Sought(file, path) as on_disk:
        of = (opening.source, locator, opening.at)
        yield from blocks(parquet_rows(on_disk), of, opening.budget)


def _duckdb(
    file: io.BufferedReader, locator: str, opening: Opening, path: Path | None, _: int
) -> Iterator[Arrived]:
    from wiredesk import duckdb_dump  # noqa: PLC0415 - DuckDB takes 0.2 s
    from wiredesk.fetch.arrow_rows import arrow_rows  # noqa: PLC0415

    with Sought(file, path) as on_disk, duckdb_dump.opened(on_disk.name) as dump:
        for schema, table, names in dump.tables():
            inside = f"{locator}!/{schema}.{table}"
            if not holds_copy(names, opening.columns):
                said = f"a table without a column of copy: {', '.join(names)}"
                yield Reject("fetch", inside, "listing", said[:300], dropped=True)
                continue
            rows: Iterator[Row] = arrow_rows(dump.batches(schema, table))
            yield from blocks(rows, (opening.source, inside, opening.at), opening.budget)


def _head(file: io.BufferedReader, path: Path | None) -> bytes:
    if path:
        head = file.read(PIECE)
        file.seek(0)
        return head
    return file.peek(PIECE)
