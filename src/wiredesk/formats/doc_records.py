"""SGML <DOC> records: Gigaword, AQUAINT and TREC, the archives of newswires that research keeps.

    document = { "<DOC" , [ id , type ] , ">" , { "<" , tag , ">" , text , "</" , tag , ">" } ,
               "</DOC>" } ;
    id       = wire , [ "_" , language ] , [ "_" ] , day , ( "." | "-" ) , n ;
    day      = yyyymmdd | yymmdd ;

Gigaword has the id as an attribute, TREC as DOCNO; what holds the headline, the date and the slug
differs by collection, so each has a list of tags.  Copy has <P>, or lines of which an indented one
begins a paragraph.  The dateline was cut out of it.  SGML: entities in capitals, no root.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from wiredesk.errors import Rejected
from wiredesk.formats.decoding import decode
from wiredesk.formats.stamps import Stamps
from wiredesk.model import Capture, Item, Source

OPENS = re.compile(rb"^(?:\xef\xbb\xbf)?\s*<DOC(?:\s[^>]*)?>")
ATTRIBUTE = re.compile(r'\b(id|type)="([^"]*)"')
TAG = re.compile(r"</?[A-Za-z][^<>]*>")
PARAGRAPH = re.compile(r"</?P(?:\s[^<>]*)?>", re.IGNORECASE)
ENTITY = re.compile(r"&(?:AMP|LT|GT|QUOT);")
ID = re.compile(
    r"(?P<wire>[A-Z]{2,5}?)_?(?:(?P<language>[A-Z]{3})_)?(?P<day>(?:19|20)\d{6}|\d{6})[.-]\d+"
)
#: wires as ids begin, → key in AGENCIES
WIRES = {"AFP": "afp", "APW": "ap", "AP": "ap", "XIN": "xinhua", "XIE": "xinhua", "CNA": "cna",
         "REU": "reuters", "REUTE": "reuters"}  # fmt: skip
LANGUAGES = {"ENG": "en", "FRE": "fr", "SPA": "es", "ARB": "ar", "CMN": "zh"}
HEADLINES = ("HEADLINE", "HEAD", "HL")
DATES = ("DATE_TIME", "DATETIME", "DATE", "DD")
SLUGS = ("SLUG", "SECOND", "SLUGLINE")
OPEN = {
    tag: re.compile(rf"<{tag}(\s[^<>]*)?>")
    for tag in (
        *("DOC", "DOCNO", "DOCID", "DOCTYPE", "TEXT", "BYLINE", "DATELINE"),
        *(*HEADLINES, *DATES, *SLUGS),
    )
}
#: types of Gigaword and AQUAINT that are one story; the others say what they are instead
PLAIN = frozenset(("story", "news", "news story", "newswire"))


def sniff(head: bytes) -> bool:
    return bool(OPENS.match(head)) and any(tag in head for tag in (b"<TEXT", b"<DOCNO", b'type="'))


def parse(capture: Capture, source: Source) -> Iterator[Item | Rejected]:
    text, _, _ = decode(capture.body, capture.charset)
    end, n = 0, 0
    for at, (attributes, record, ended) in enumerate(_elements(text, "DOC"), 1):
        end = ended
        item = _item(dict(ATTRIBUTE.findall(attributes)), record, source, n)
        if item.title or item.body.strip():
            yield item
            n += 1
        else:
            yield Rejected("empty", "a record with neither headline nor text", f"record {at}")
    if OPEN["DOC"].search(text, end):
        yield Rejected("truncated", "the last <DOC> record has no end")


def _item(attributes: dict[str, str], record: str, source: Source, n: int) -> Item:
    id_ = attributes.get("id") or _first(record, "DOCNO", "DOCID")
    named = ID.match(id_ or "")
    kind = (attributes.get("type") or _first(record, "DOCTYPE") or "").casefold()
    stamps = Stamps(source.tz)
    date = _first(record, *DATES)
    published = stamps.add("published", "date", _dated(date)) if date else None
    if not published and named:
        published = stamps.add("published", "id", _day(named["day"]))
    wire = WIRES.get(named["wire"]) if named else None
    language = LANGUAGES.get(named["language"] or "") if named else None
    slug = _first(record, *SLUGS)
    return Item(
        source=source.id,
        format="doc-records",
        ordinal=n,
        id=id_,
        body=_copy(record),
        title=_first(record, *HEADLINES),
        # TREC's AP: the name in one, `Associated Press Writer` in the next
        byline=", ".join(_all(record, "BYLINE")) or None,
        dateline=_first(record, "DATELINE"),
        agency=source.agency or wire,
        language=language or source.language,
        slug=slug.partition(",")[0] if slug else None,
        published=published,
        genre=kind if kind and kind not in PLAIN else None,
        dates=tuple(stamps.found),
        provenance=(("id", "DOC id or DOCNO"), ("headline", "HEADLINE"), ("body", "TEXT")),
        issues=stamps.issues(),
    )


def _copy(record: str) -> str:
    """The text of a record; one line a paragraph where paragraphs are marked."""
    parts = []
    for _, whole, _ in _elements(record, "TEXT"):
        marked = PARAGRAPH.split(whole)
        if len(marked) > 1:
            lines = (" ".join(_plain(found).split()) for found in marked)
            parts.append("\n\n".join(filter(None, lines)))
        else:
            parts.append(_plain(whole).strip("\n"))
    return "\n\n".join(parts)


def _elements(text: str, tag: str) -> Iterator[tuple[str, str, int]]:
    """Attributes, text and end of each element of that name, up to the first that has no end.

    By hand: a pattern would look for each missing end to the end of the file.
    """
    at, close = 0, f"</{tag}>"
    while (opening := OPEN[tag].search(text, at)) and (end := text.find(close, opening.end())) >= 0:
        at = end + len(close)
        yield opening[1] or "", text[opening.end() : end], at


def _all(record: str, tag: str) -> list[str]:
    said = (" ".join(_plain(found).split()) for _, found, _ in _elements(record, tag))
    return [text for text in said if text]


def _first(record: str, *tags: str) -> str | None:
    return next((text for tag in tags for text in _all(record, tag)), None)


def _plain(text: str) -> str:
    lowered = ENTITY.sub(lambda entity: entity[0].lower(), TAG.sub("", text))
    return html.unescape(lowered)


def _dated(date: str) -> str:
    """A date as printed, but TREC's `910514` and `03/24/87`, whose century is the last."""
    if re.fullmatch(r"\d{6}", date):
        return _day(date)
    american = re.fullmatch(r"(\d\d)/(\d\d)/(\d\d)", date)
    return f"19{american[3]}-{american[1]}-{american[2]}" if american else date


def _day(digits: str) -> str:
    if len(digits) == 6:
        digits = f"19{digits}"
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"
