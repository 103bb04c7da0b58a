"""The index: which words and facts of a story can be found, and how it follows the snapshots.

Words are folded (`Málaga` is `malaga`, `Łódź` is `lodz`) and not stemmed, so that Peters and Peter
stay two people; terms.py widens a question instead.  Han and kana are indexed sign by sign.

It is small, because it is part of every snapshot: it knows which words a story has and how often,
not where (checking.py reads that in the text), and not those that all stories have.  What is found
by limits are terms of one field, `facts`.  Nothing is stored; a hit is told by two numbers.

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
    Document,
    FieldType,
    Filter,
    Index,
    IndexWriter,
    Occur,
    Query,
    Schema,
    SchemaBuilder,
    TextAnalyzer,
    TextAnalyzerBuilder,
    Tokenizer,
)

from wiredesk.errors import UserError
from wiredesk.place_tables import fold

#: Raised with any change of fields or folding: an index of another format is built anew.
FORMAT = "2"
#: Words of letters, their marks and digits; Han and kana, which have no spaces, one sign a word.
WORD = r"[\p{Han}\p{Hiragana}\p{Katakana}]|[\p{L}\p{M}\p{N}--[\p{Han}\p{Hiragana}\p{Katakana}]]+"
LONGEST = 60  #: bytes of a word: longer ones are addresses and codes
#: Words that say nothing about a story, each in most of those in English; not `it`, `is`, `who` or
#: `will`, which are names too.
COMMON = frozenset(
    """a an and are as at be been but by for from had has have he in its of on or that the their
    they this to was were which with would""".split()
)
NAME = 3  #: words of a name that are one term: a longer one is found by those that overlap
#: Bytes that the writer fills before it writes a segment; one thread, because each would write a
#: segment of its own, with its own list of words.
HEAP = 200_000_000
LOCKS = frozenset({".tantivy-writer.lock", ".tantivy-meta.lock"})
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
LISTS = ("meta.json", ".managed.json")


def _folding(tokenizer: Tokenizer) -> TextAnalyzerBuilder:
    # folded before lower-cased: the lower case of a dotted capital I is two characters
    return TextAnalyzerBuilder(tokenizer).filter(Filter.ascii_fold()).filter(Filter.lowercase())


FOLDED: TextAnalyzer = _folding(Tokenizer.regex(WORD)).filter(Filter.remove_long(LONGEST)).build()
INDEXED: TextAnalyzer = (
    _folding(Tokenizer.regex(WORD))
    .filter(Filter.remove_long(LONGEST))
    .filter(Filter.custom_stopword(sorted(COMMON)))
    .build()
)
WHOLE: TextAnalyzer = _folding(Tokenizer.raw()).build()


def _schema() -> Schema:
    fields = SchemaBuilder()
    for name in ("version_id", "version_at", "embargo_until"):  # instants as microseconds
        fields.add_integer_field(name, fast=True)
    for name in ("headline", "body"):
        fields.add_text_field(name, tokenizer_name="indexed", index_option="freq")
    fields.add_text_field("facts", tokenizer_name="raw", index_option="basic")
    return fields.build()


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
        index = _registered(Index(SCHEMA, path=str(new)))
    else:
        _link(before, new)
        index = _opened(new)
    writer: IndexWriter = index.writer(HEAP, num_threads=1)
    for version in removed:
        writer.delete_documents_by_query(_one(version))
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
    index.register_tokenizer("indexed", INDEXED)
    # else a thread waits for commits, and answers them with a lock file in the finished folder
    index.config_reader("manual")
    return index


def _document(row: dict[str, Any]) -> Document:
    document = Document()
    document.add_integer("version_id", row["version_id"])
    document.add_integer("version_at", microseconds(row["version_at"]))
    if row["embargo_until"] is not None:
        document.add_integer("embargo_until", microseconds(row["embargo_until"]))
    for name in ("headline", "body"):
        if row[name]:
            document.add_text(name, row[name])
    for fact in _facts(row):
        document.add_text("facts", fact)
    return document


def _facts(row: dict[str, Any]) -> set[str]:
    facts = {_shelf(row["version_id"])}
    if row["agency"]:
        facts.add(fact("agency", row["agency"]))
    facts |= {fact("place", fold(name)) for name in row["places"]}
    facts |= {fact("country", code) for code in row["countries"]}
    for name in row["persons"]:
        words = FOLDED.analyze(name)
        for size in range(1, NAME + 1):
            facts |= set(person_facts(words, size))
    return facts


def fact(kind: str, value: str) -> str:
    """A fact as one term, folded as a whole."""
    return f"{kind} {WHOLE.analyze(value.strip())[0]}"


def person_facts(words: list[str], size: int = NAME) -> list[str]:
    """Words side by side in the name of a person, as terms of this many words (or all)."""
    size = min(size, len(words))
    return [f"person {' '.join(words[n : n + size])}" for n in range(len(words) - size + 1)]


def _shelf(version: int) -> str:
    """One of 4,096 terms: a term for each version would be a twentieth of the index."""
    return f"shelf {version & 0xFFF:x}"


def _one(version: int) -> Query:
    """The document of a version: looked for on its shelf alone."""
    return Query.boolean_query(
        [
            (Occur.Must, Query.term_query(SCHEMA, "facts", _shelf(version))),
            (
                Occur.Must,
                Query.range_query(SCHEMA, "version_id", FieldType.Integer, version, version),
            ),
        ]
    )


def microseconds(at: datetime) -> int:
    """An instant as the index has it: exact, which its own dates are not."""
    return (at - EPOCH) // MICROSECOND


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
