"""ZCZC … NNNN: the envelope of telex days, in which AAP and its customers still send text.

    message = "ZCZC" , [ route ] , EOL , { field | codes } , body , [ "NNNN" ] ;
    field   = sign , text , EOL ;
    sign    = "#" | "$" | ":" | "%" | "&" | "*" | "@" ;
    codes   = 2 * letter , SP , letters , EOL ;                  (* YY TDR, below `ZCZC FMG000` *)

`#` is the slug, `@` a region, `&` who keyed it, `*` and `%` codes.  `$` is the headline, or a code
of one letter; `:` is the headline where `#` is given and `$` not, else a place in parentheses or
who released it.  Where no field is the headline, the first line of the copy is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from wiredesk.agencies.dialects import dialect_of
from wiredesk.errors import Rejected
from wiredesk.formats.decoding import decode
from wiredesk.model import Capture, Item, Source, Subject

OPENS = re.compile(rb"(?:\xef\xbb\xbf)?\s*ZCZC\b[^\r\n]{0,40}[\r\n]")
BEGINS = re.compile(r"^[ \t]*ZCZC\b[ \t]*(?P<route>[^\n]*)\n", re.MULTILINE)
ENDS = re.compile(r"^[ \t]*NNNN[ \t]*$", re.MULTILINE)
FIELD = re.compile(r"(?P<sign>[#$:%&*@])(?P<text>.*)$")
CODES = re.compile(r"[A-Z]{2} [A-Z][A-Za-z]{1,6}\b.{0,30}$")
PLACE = re.compile(r"^\((?P<place>[^()]+)\)$")
SIGN_OFF = re.compile(r"^\s*(?P<agency>[A-Z]{2,5}) [A-Z]{3,10}\s*$", re.MULTILINE)  # AAP RTV
LONGEST_HEADLINE = 200  #: characters of a first line that is taken for one
# SI and EM close lines in the tables of race results
UNPRINTED = str.maketrans(dict.fromkeys("\x0e\x0f\x19\x7f\x1a"))


def sniff(head: bytes) -> bool:
    return OPENS.match(head) is not None


def parse(capture: Capture, source: Source) -> Iterator[Item | Rejected]:
    text, charset, issues = decode(capture.body, capture.charset)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    starts = list(BEGINS.finditer(text))
    if not starts:
        raise Rejected("no_header", "a message that does not open with ZCZC")
    for n, start in enumerate(starts):
        last = n + 1 == len(starts)
        message = text[start.end() : len(text) if last else starts[n + 1].start()]
        end = ENDS.search(message)
        fields, body = _fields(message[: end.start()] if end else message)
        title, body = _headline(fields, body)
        signed = SIGN_OFF.search(body[-200:])
        said = (start["route"].strip(), signed["agency"] if signed else None)
        place = next(filter(None, map(PLACE.match, fields.get(":", []))), None)
        yield Item(
            source=source.id,
            format="zczc",
            ordinal=n,
            id=PurePosixPath(capture.locator).stem if len(starts) == 1 else None,
            body=body,
            title=title,
            dateline=place["place"] if place else None,
            agency=source.agency or dialect_of(*said).agency,
            language=source.language,
            slug=next(filter(None, fields.get("#", [])), None),
            subjects=tuple(
                Subject(scheme, code)
                for sign, scheme in (("%", "zczc"), ("*", "zczc*"), ("@", "zczc@"))
                for code in fields.get(sign, [])
                if code
            ),
            provenance=(("headline", "zczc fields"), ("body", f"zczc, {charset}")),
            issues=issues,
        )


def _fields(message: str) -> tuple[dict[str, list[str]], str]:
    """The values of each sign above the copy, and the copy."""
    fields: dict[str, list[str]] = {}
    lines = message.translate(UNPRINTED).split("\n")
    for n, line in enumerate(lines):
        found = FIELD.match(line)
        if found:
            fields.setdefault(found["sign"], []).append(found["text"].strip())
        elif line.strip() and not (n == 0 and CODES.match(line)):
            return fields, "\n".join(lines[n:]).strip("\n")
    return fields, ""


def _headline(fields: dict[str, list[str]], body: str) -> tuple[str | None, str]:
    """The headline, and the copy without it."""
    named = [value for value in fields.get("$", []) if len(value) > 1]
    if "#" in fields:
        named += [value for value in fields.get(":", []) if _is_title(value)] + fields["#"]
    elif "*" not in fields:  # `:POTTED :Eagle Farm MARKET DAY`
        named += [value.replace(" :", " ") for value in fields.get(":", [])[-1:] if value]
    first, _, rest = body.partition("\n")
    title = next(filter(None, named), None)
    if title:
        return title, rest.lstrip("\n") if first.strip() == title else body
    if first.strip() and len(first) <= LONGEST_HEADLINE and rest.strip():
        return first.strip(), rest.strip("\n")
    return None, body


def _is_title(value: str) -> bool:
    """`:VIC TAB DIVS 1-4 Friday`, and neither a place nor a date."""
    return not PLACE.match(value) and any(map(str.isalpha, value))
