"""`wiredesk read`: paths to lines of canonical JSON, over as many processes as pay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import partial

import orjson

from wiredesk import agencies, formats, places
from wiredesk.batch import Reject
from wiredesk.canonical import json_lines, reject_object
from wiredesk.errors import UserError
from wiredesk.fetch.files import captures
from wiredesk.fetch.whole import Columns
from wiredesk.formats import Part
from wiredesk.model import Source, Story
from wiredesk.parallel import Workers
from wiredesk.stages import read

Lines = tuple[bytes, int]  #: lines of JSON, and how many of them are rejects


def read_paths(
    paths: Iterable[str],
    format_: str | None,
    agency: str | None,
    workers: int | None,
    columns: Columns = (),
) -> Iterator[Lines]:
    """Blocks of lines in input order, each with its number of rejects."""
    source = _source(format_, agency, columns)
    work = partial(_lines, source)
    with Workers(workers) as crew:
        yield from crew.in_order(work, _parts(paths, source))


def nth_story(
    path: str, format_: str | None, agency: str | None, nth: int, columns: Columns = ()
) -> Story:
    """The nth readable story of an input, from 1.  Raises UserError if there is none."""
    source = _source(format_, agency, columns)
    seen, last = 0, "nothing in it to read"
    for part in _parts([path], source):
        if isinstance(part, Reject) and part.dropped:
            continue
        if isinstance(part, Reject):
            raise UserError(f"{part.locator}: {part.detail}")
        batch = read(part, source, places.load())
        if nth - seen <= len(batch):
            return batch.passed[nth - seen - 1]
        seen += len(batch)
        last = batch.rejects[-1].detail if batch.rejects else last
    reason = f"it has {seen} stories" if seen else last
    raise UserError(f"{path} has no story {nth}: {reason}")


def _source(format_: str | None, agency: str | None, columns: Columns) -> Source:
    return Source(
        id="file",
        kind="file",
        url="",
        format=formats.named(format_),
        agency=agencies.checked(agency),
        columns=columns,
    )


def _parts(paths: Iterable[str], source: Source) -> Iterator[Part | Reject]:
    for found in captures(paths, source.id, datetime.now(UTC), source.columns):
        if isinstance(found, Reject):
            yield found
        else:
            yield from formats.parts(found, source)


def _lines(source: Source, part: Part | Reject) -> Lines:
    if isinstance(part, Reject):
        return orjson.dumps(reject_object(part)) + b"\n", int(not part.dropped)
    batch = read(part, source, places.load())
    return b"".join(line + b"\n" for line in json_lines(batch)), sum(
        not no.dropped for no in batch.rejects
    )
