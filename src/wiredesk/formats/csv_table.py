"""CSV with copy in it: recognised by its header, whatever its delimiter and character set.

    table     = header , { row } ;
    header    = name , delimiter , name , { delimiter , name } ;
    delimiter = "," | ";" | TAB | "|" ;

A first line counts as a header where it names a column of copy, so that prose with commas never
does, and where the row below it has as many cells.
"""

from __future__ import annotations

import codecs
import csv
from dataclasses import dataclass
from itertools import islice

from wiredesk.formats.columns import columns_of

DELIMITERS = ",;\t|"
NAME = 80  #: characters of a column's name; a sentence of prose is longer
COLUMNS = 1000
MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
STRAY = "stray_windows"  #: what decodes the bytes of a UTF-8 file that are none


@dataclass(frozen=True, slots=True)
class CsvTable:
    """How a CSV file is written."""

    names: tuple[str, ...]
    delimiter: str
    charset: str


def csv_table(head: bytes, declared: tuple[tuple[str, str], ...]) -> CsvTable | None:
    """How the table is written that starts with `head`; None where none with copy does.

    A table with titles alone is one too where its source declares its columns.
    """
    charset = next((name for mark, name in MARKS.items() if head.startswith(mark)), "utf-8")
    if charset != "utf-16" and b"\0" in head:
        return None
    lines = head.decode(charset, STRAY).splitlines(keepends=True)
    wanted = {"text", "html", *(("title",) if declared else ())}
    for delimiter in DELIMITERS:
        if not lines or delimiter not in lines[0]:
            continue
        try:
            header, *rows = islice(csv.reader(lines, delimiter=delimiter), 3)
        except (csv.Error, ValueError):
            continue
        names = tuple(name.strip().strip("\ufeff") for name in header)
        if not 2 <= len(names) <= COLUMNS or any(len(name) > NAME for name in names):
            continue
        # the last row may be cut off by the end of the head
        like = not rows or len(rows[0]) == len(names) or len(rows) == 1
        if like and wanted & columns_of(names, declared).keys():
            return CsvTable(names, delimiter, charset)
    return None


def _as_windows(no: UnicodeError) -> tuple[str, int]:
    if not isinstance(no, UnicodeDecodeError):
        raise no
    return no.object[no.start : no.end].decode("cp1252", "replace"), no.end


codecs.register_error(STRAY, _as_windows)
