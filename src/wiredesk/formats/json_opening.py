"""JSON as agencies send it, to objects: one document, or one a line.

Two damages are known and mended, with an issue that says so: escapes that JSON does not have, and
control characters that stand in a string as they are (both in copy of the Guardian's wires, whose
sender escaped curly quotes and left tabs).  All else that does not parse is rejected.

    escape = "\\" , ( '"' | "\\" | "/" | "b" | "f" | "n" | "r" | "t" | "u" , 4 * hexdigit ) ;
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

import orjson

from wiredesk.errors import Rejected
from wiredesk.formats.decoding import decode
from wiredesk.model import Capture, Issue

# Each backslash with what follows it, so that the second one of `\\’` opens nothing
ESCAPE = re.compile(r'\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})|\\')
LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Document:
    """One JSON value of a capture."""

    value: object
    where: str | None = None  #: `line 7`, where there are several
    issues: tuple[Issue, ...] = ()


def documents(capture: Capture) -> Iterator[Document | Rejected]:
    """The JSON values of a capture: one, or one a line.  Raises Rejected where there is none."""
    text, _, issues = decode(capture.body, capture.charset)
    head, _, rest = text.lstrip().partition("\n")
    if not (rest.strip() and _is_object(head)):
        yield _document(text, None, issues)
        return
    for n, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            yield _document(line, f"line {n}", issues)
        except Rejected as no:
            yield no.at(f"line {n}")


def _is_object(line: str) -> bool:
    """Whether a line is an object by itself, so that more lines are more objects."""
    try:
        return line.startswith("{") and isinstance(_document(line, None, ()).value, dict)
    except Rejected:
        return False


def _document(text: str, where: str | None, issues: tuple[Issue, ...]) -> Document:
    try:
        return Document(orjson.loads(text), where, issues)
    except (orjson.JSONDecodeError, UnicodeEncodeError) as no:
        reason = str(no)
    try:
        mended = ESCAPE.sub(lambda found: found[0] if len(found[0]) > 1 else "", text)
        value = json.loads(LONE_SURROGATE.sub("\ufffd", mended), strict=False)
    except (ValueError, RecursionError):
        raise Rejected("json_invalid", reason) from None
    return Document(value, where, (*issues, Issue("json_mended", reason[:80])))
