"""The index: which words and facts of a story can be found, and how it follows the snapshots.

Words are folded (`Málaga` is `malaga`, `Łódź` is `lodz`) and not stemmed, so that Peters and Peter
stay two people; terms.py widens a question instead.  Han and kana are indexed sign by sign.

A snapshot's index is never changed.  tantivy writes each file once and replaces its lists
(`meta.json`, `.managed.json`) by renaming, so the next index begins as links to the files of the
one before.  Its own merging keeps segments few.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
from tantivy import (
    MAX_DATETIME,
    MIN_DATETIME,
    Document,
    Filter,
    Index,
    IndexWriter,
    Schema,
    SchemaBuilder,
    TextAnalyzer,
    TextAnalyzerBuilder,
    Tokenizer,
)

from wiredesk.errors import UserError
from wiredesk.place_tables import fold

#: Raised with any change of fields or folding: an index of another format is built anew.
FORMAT = "1"
#: Words of letters, their marks and digits; Han and kana, which have no spaces, one sign a word.
WORD = r"[\p{Han}\p{Hiragana}\p{Katakana}]|[\p{L}\p{M}\p{N}--[\p{Han}\p{Hiragana}\p{Katakana}]]+"
LONGEST = 60  #: bytes of a word: longer ones are addresses and codes
HEAP = 100_000_000  #: bytes that the writer fills before it writes a segment, over all its threads
THREADS = 2
LOCKS = frozenset({".tantivy-writer.lock", ".tantivy-meta.lock"})
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
LISTS = ("meta.json", ".managed.json")

FOLDED = (
    TextAnalyzerBuilder(Tokenizer.regex(WORD))
    .filter(Filter.remove_long(LONGEST))
    # folded before lower-cased: the lower case of a dotted capital I is two characters
    .filter(Filter.ascii_fold())
    .filter(Filter.lowercase())
    .build()
)
#: a whole value as one term: places, agencies
WHOLE: TextAnalyzer = (
    TextAnalyzerBuilder(Tokenizer.raw())
    .filter(Filter.ascii_fold())
    .filter(Filter.lowercase())
    .build()
)


def _schema() -> Schema:
    facts = SchemaBuilder()
    facts.add_integer_field("version_id", stored=True, indexed=True)
    facts.add_integer_field("story_id", stored=True)
    facts.add_integer_field("microseconds", stored=True)  # version_at, exact: date fields are not
    facts.add_date_field("version_at", indexed=True, fast=True)
    facts.add_date_field("embargo_until", indexed=True, fast=True)
    facts.add_text_field("headline", tokenizer_name="folded")
    facts.add_text_field("body", tokenizer_name="folded")
    facts.add_text_field("persons", stored=True, tokenizer_name="folded")
    for name in ("agency", "places", "countries"):
        facts.add_text_field(name, tokenizer_name="whole", index_option="basic")
    return facts.build()


SCHEMA = _schema()


def refresh(
    before: Path | None, new: Path, removed: Iterable[int], added: Iterable[pa.RecordBatch]
) -> None:
    """Write to `new`, an empty folder, the index of `before` without `removed` and with `added`.

    `before` stays as it is, byte for byte.  `removed` are version ids; one that is also in
    `added` is replaced.
    """
    try:
        _write(before, new, removed, added)
    except ValueError as no:  # tantivy's only kind
        raise UserError(f"the search index cannot be written: {no}") from no
    _tidy(new)


def _write(
    before: Path | None, new: Path, removed: Iterable[int], added: Iterable[pa.RecordBatch]
) -> None:
    if before is None:
        index, threads = _registered(Index(SCHEMA, path=str(new))), THREADS
    else:
        _link(before, new)
        index, threads = _opened(new), 1  # each writes a segment of its own, to be merged again
    writer: IndexWriter = index.writer(HEAP, threads)
    for version in removed:
        writer.delete_documents_by_term("version_id", version)
    for batch in added:
        for row in batch.to_pylist():
            writer.add_document(_document(row))
    writer.commit()
    writer.wait_merging_threads()


@contextmanager
def opened(folder: Path) -> Iterator[Index]:
    """The index in `folder`, for reading; nothing is written there.

    tantivy takes a lock even to read, by a file beside the index: so it is shown a temporary
    folder of links, and a snapshot on a read-only mount can be searched.
    """
    with tempfile.TemporaryDirectory(prefix="wiredesk-search-") as links:
        for file in _files(folder):
            Path(links, file.name).symlink_to(file.resolve())
        yield _opened(Path(links), named=folder)


def _opened(folder: Path, named: Path | None = None) -> Index:
    try:
        index = _registered(Index.open(str(folder)))
        index.reload()
    except ValueError as no:
        raise UserError(
            f"{named or folder} is not a search index that can be read: publish again"
        ) from no
    return index


def _registered(index: Index) -> Index:
    index.register_tokenizer("folded", FOLDED)
    index.register_tokenizer("whole", WHOLE)
    # else a thread waits for commits, and answers them with a lock file in the finished folder
    index.config_reader("manual")
    return index


def _document(row: dict[str, Any]) -> Document:
    document = Document()
    document.add_integer("version_id", row["version_id"])
    document.add_integer("story_id", row["story_id"])
    document.add_integer("microseconds", (row["version_at"] - EPOCH) // MICROSECOND)
    document.add_date("version_at", instant(row["version_at"]))
    if row["embargo_until"] is not None:
        document.add_date("embargo_until", instant(row["embargo_until"]))
    for name in ("headline", "body", "agency"):
        if row[name]:
            document.add_text(name, row[name])
    for name in ("persons", "countries"):
        for value in row[name] or ():
            document.add_text(name, value)
    for value in row["places"] or ():
        document.add_text("places", fold(value))
    return document


def instant(at: datetime) -> datetime:
    """A time as the index can hold it: it counts nanoseconds in 64 bits, of 1677 to 2262."""
    return min(max(at, MIN_DATETIME), MAX_DATETIME)


def _files(folder: Path) -> list[Path]:
    try:
        return [file for file in folder.iterdir() if file.name not in LOCKS]
    except OSError as no:
        raise UserError(f"{folder} is not a search index that can be read: publish again") from no


def _link(before: Path, new: Path) -> None:
    for file in _files(before):
        try:
            os.link(file, new / file.name)
        except OSError:  # another file system, or one without links
            shutil.copyfile(file, new / file.name)


def _tidy(folder: Path) -> None:
    """No locks; and lists that others may read: tantivy makes them for their owner alone."""
    for name in LOCKS:
        (folder / name).unlink(missing_ok=True)
    for name in LISTS:
        (folder / name).chmod(0o644)
