"""IPTC 7901, the text format of European wires: control characters around lines of text.

    message  = [ SOH ] , service , number , SP , priority , SP , category , SP , words , [ info ] ,
               EOL , [ keyword , EOL ] , [ STX ] , headings , body , [ ETX ] , stamp , [ EOT ] ;
    service  = 2 * 4 letter ;   number = 3 * 5 digit ;   priority = digit ;   (* eca062 4 i 211 *)
    keyword  = line ending in "/" ;                                    (* Germany-politics/ *)
    headings = { label , EOL } , headline , EOL , [ "By " , name , EOL ] , " =" ;
    stamp    = ddhhmm , [ zone ] , month , yy ;                         (* 131137 GMT Nov 13 *)

Files saved by hand have lost the control characters; then the header line alone tells.  Months may
be German.  Its text is Latin-1 or UTF-8 whatever the standard says, no-break spaces included.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from wiredesk.agencies.dialects import dialect_of
from wiredesk.errors import NotAStory, Rejected
from wiredesk.formats.decoding import decode
from wiredesk.formats.messages import each_of
from wiredesk.formats.stamps import Stamps
from wiredesk.formats.times import HOURS, full_year
from wiredesk.model import Capture, Item, Source, Subject

HEADER = re.compile(
    r"\x01?(?P<service>[a-z]{2,4})(?P<number>\d{3,5})[ \t]+(?P<priority>\d)[ \t]+"
    r"(?P<category>[a-z]{1,3})[ \t]+(?P<words>\d{1,5})(?:[ \t]+(?P<info>[^\n]*?))?[ \t]*\n",
    re.IGNORECASE,
)
OPENS = re.compile(HEADER.pattern.replace(r"\n", r"\r?\n").encode(), re.IGNORECASE)
STAMP = re.compile(
    r"^[ \t]*\x03?[ \t]*(?P<day>\d\d)(?P<hour>\d\d)(?P<minute>\d\d)[ \t]+(?:(?P<zone>[A-Z]{3,4})"
    r"[ \t]+)?(?P<month>[^\W\d]{3,9})\.?[ \t]+(?P<year>\d\d(?:\d\d)?)[ \t]*$",
    re.MULTILINE,
)
# English, and German where it differs: `071341 GMT Okt 15`
MONTHS = {
    name: n
    for n, names in enumerate(
        "jan feb mar,mär,mrz apr may,mai jun jul aug sep oct,okt nov dec,dez".split(), 1
    )
    for name in names.split(",")
}
KEYWORD = re.compile(r"^/?(?P<slug>[^\s/][^\n]*?)/?$")
BYLINE = re.compile(r"^(?:By|Von|Par|Por|Di|Da|Door)\s+\S", re.IGNORECASE)
HEADINGS_END = re.compile(r"[ \t]*=[ \t]*$")
MOST_HEADINGS = 8  #: lines; further down a ` =` belongs to the copy
# dpa's hourly page of `copyright by dpa`, which keeps the line busy
FILLER = re.compile(r"(?:copyright by \w+\W+){1}(?:.*\n){0,3}.*copyright by", re.IGNORECASE)
FILLER_WORDS = 40


def sniff(head: bytes) -> bool:
    """A header line at the very start, control characters or not."""
    return OPENS.match(head.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n\0")) is not None


def parse(capture: Capture, source: Source) -> Iterator[Item | Rejected]:
    given = [
        each for each in re.split(rb"\x04|(?=\x01)", capture.body) if each.strip(b"\0\x7f\r\n ")
    ]
    yield from each_of(given, lambda message, n: _item(message, capture, source, n))


def _item(message: bytes, capture: Capture, source: Source, n: int) -> Item:
    text, charset, issues = decode(message, capture.charset or "iso-8859-1")
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\n\0 \t")
    header = HEADER.match(text)
    if not header:
        raise Rejected("no_header", "a message without the header of IPTC 7901")
    if "\x01" in text and "\x03" not in text:
        raise Rejected("truncated", "a message without its end (ETX)")
    stamp = next(reversed(list(STAMP.finditer(text, header.end()))), None)
    copy = text[header.end() : stamp.start() if stamp else len(text)].rstrip("\n \t\x7f\x03\x04")
    slug, title, byline, body = _parts(copy)
    if FILLER.search(body) and len(set(body.casefold().split())) < FILLER_WORDS:
        raise NotAStory("notice", f"a page of copyright: {slug}")
    dialect = dialect_of(*_senders(header["info"], body))
    stamps = Stamps(dialect.tz or source.tz)
    at = stamps.add("published", "ETX", _spelled(stamp)) if stamp else None
    name = f"{header['service']}{header['number']}"
    return Item(
        source=source.id,
        format="iptc7901",
        ordinal=n,
        # numbers start again every day or week: only with its day is one a name
        id=f"{name}-{at:%Y%m%d}" if at else name,
        body=body,
        title=title,
        byline=byline,
        agency=source.agency or dialect.agency,
        language=source.language,
        slug=slug,
        published=at,
        urgency=int(header["priority"]) or None,
        priority=header["priority"],
        subjects=(Subject("iptc7901cat", header["category"].lower()),),
        dates=tuple(stamps.found),
        provenance=(
            ("id", "iptc7901 header"),
            ("headline", "iptc7901 headings"),
            ("slug", "iptc7901 keyword"),
            ("body", f"iptc7901, {charset}"),
            *((("published", "iptc7901 ETX"),) if at else ()),
        ),
        issues=(*issues, *stamps.issues()),
    )


def _senders(info: str | None, body: str) -> Iterator[str]:
    """Words that name the sender: `dpa 061` in the header, `(dpa) -` in the dateline."""
    yield from re.findall(r"[^\W\d_]+", info or "")
    yield from re.findall(r"\(([^()\n]{2,20})\)", body[:300])


def _spelled(stamp: re.Match[str]) -> str:
    month = MONTHS.get(stamp["month"][:3].casefold())
    if month is None:
        return stamp[0].strip(" \t\x03")
    year = stamp["year"] if len(stamp["year"]) == 4 else full_year(stamp["year"])
    clock = f"{stamp['hour']}:{stamp['minute']}:00"
    zone = stamp["zone"] if (stamp["zone"] or "").upper() in HOURS else ""
    return f"{year}-{month:02}-{stamp['day']} {clock} {zone}".strip()


def _parts(copy: str) -> tuple[str | None, str | None, str | None, str]:
    """Keyword, headings as they stand in their lines, byline, body."""
    above, mark, text = copy.partition("\x02")
    lines = (text if mark else above).split("\n")
    slug = None
    if mark:
        slug = next((line.strip() for line in above.split("\n") if line.strip()), None)
    else:
        while lines and not lines[0].strip():
            lines.pop(0)
        if lines and lines[0].rstrip().endswith("/"):
            slug = lines.pop(0).strip()
    found = KEYWORD.match(slug) if slug else None
    headings, rest = _headings(lines)
    signed = [line for line in headings if BYLINE.match(line)]
    title = "\n".join(line for line in headings if line not in signed)
    return found["slug"] if found else None, title or None, "\n".join(signed) or None, rest


def _headings(lines: list[str]) -> tuple[list[str], str]:
    """The lines down to the one that ends in ` =`; where none does, those above the first gap."""
    full = [n for n, line in enumerate(lines) if line.strip()][:MOST_HEADINGS]
    end = next((n for n in full if HEADINGS_END.search(lines[n])), None)
    if end is None:
        gap = next((n for n in full[1:] if not lines[n - 1].strip()), None)
        top = [n for n in full if gap is not None and n < gap]
        end = top[-1] if top and len(top) <= 4 and not lines[top[0]].startswith("  ") else None
    if end is None:
        return [], "\n".join(lines).strip("\n")
    headings = [HEADINGS_END.sub("", line).strip() for line in lines[: end + 1]]
    return [line for line in headings if line], "\n".join(lines[end + 1 :]).strip("\n")
