"""How a notice names the item it means.

names = [ id | agency , number ] , [ "headlined" ] , [ '"' , headline , '"' ] ,
        [ "slugged" , slug ] , [ date ]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from wiredesk.extract.dates import DATE, MONTHS, parts
from wiredesk.extract.spans import fold
from wiredesk.match import notice_words as say


@dataclass(frozen=True, slots=True)
class Sentence:
    text: str  #: folded, white space collapsed
    masked: str  #: the same, what stands in quotation marks as NUL
    start: int  #: in the story's text; -1 for a field of the format
    end: int
    first: bool  #: of its passage


#: a full stop that ends a sentence: not after `No.`, `Feb.`, an initial, or before a small letter
_END = re.compile(
    r"(?<![A-Z])(?<!\bNo)(?<!\bNr)(?<!\b\d)(?<!\b\d\d)(?<!\b[A-Z][a-z]{2})[.!?][\"')]*\s+(?=[\"'(]*[^\Wa-z_])"
)


def split(raw: str, at: int) -> Iterator[Sentence]:
    origin = [n for n, c in enumerate(raw) if not c.isspace() or not raw[n - 1 : n].isspace()]
    text = "".join(" " if raw[n].isspace() else raw[n] for n in origin)
    text = fold(text).translate(_MARKS)
    hidden = masked(text)
    begin = 0
    for end in [*(m.end() for m in _END.finditer(hidden)), len(text)]:
        if part := text[begin:end].strip():
            start = text.index(part, begin)
            here = (
                (origin[start] + at, origin[start + len(part) - 1] + 1 + at) if at >= 0 else (-1, 0)
            )
            yield Sentence(part, hidden[start : start + len(part)], *here, first=begin == 0)
        begin = end


_MARKS = str.maketrans("«»", '""')
_QUOTED = re.compile(r"\"([^\"]{3,250})\"|(?<![\w'])'(?=\S)([^\"]{3,250}?\S)'(?![\w'])")


def masked(text: str) -> str:
    """Text of the same length in which nothing in quotation marks can be taken for an order."""
    return _QUOTED.sub(lambda m: m[0][0] + "\0" * (len(m[0]) - 2) + m[0][-1], text)


_CALLED = (
    r"(?:headlined?|titled|entitled|titre|intitul(?:ée?s?|ad[ao])|Titel|Überschrift|titulad[ao]|"
    r"título|titolo)"
)
_NAMED = re.compile(rf"{_CALLED}:?,? ?(?P<mark>[\"'])(?P<q>\0+)(?P=mark)", re.IGNORECASE)
_ANY_QUOTE = re.compile(r"(?P<mark>[\"'])(?P<q>\0+)(?P=mark)")
#: without marks: `headlined PIER COLLAPSES, is withdrawn`
_UNMARKED = re.compile(
    r"(?:headlined?|titled|entitled)[:,]? (?P<q>[^\W_][^\"\0]{8,120}?)"
    r"(?=,? (?:is|was|has|which|that|sent|issued|moved|published|pls|please|and)\b|[,;]|\.?$)"
)
_SLUGGED = re.compile(
    r"(?:slugged|slug|keyword)[:,]? \"?"
    r"(?P<slug>[A-Za-z0-9][\w&'./-]*(?: [A-Z0-9-][\w&'./-]*){0,4})"
)
_KEYWORD = re.compile(r"\b(?P<slug>(?:BC|AM|PM|AP)-(?:[A-Z]{2}--)?[A-Z][\w'-]*(?: [A-Z][\w'-]*)*)")
_ADDRESS = re.compile(r"(?:urn:|tag:|https?://)[^\s\"<>()\[\],;]+[^\s\"<>()\[\],;.]")
_CODE = re.compile(
    r"[\[<(](?:ID:)?\s?(?P<a>n?[A-Z]{1,6}\d[A-Z0-9]{4,14})[\]>)]|\b(?P<b>V\d{3,5})\b|"
    r"\b(?P<c>n?(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z0-9]{7,16})\b"
)
_NUMBER = re.compile(
    rf"\b(?P<agency>{say.NUMBERED})"
    rf"[ -]?(?:No\.? ?|Nr\.? ?)?(?P<n>[A-Z]{{0,4}}\d{{2,5}})\b|"
    rf"\b{say.NOUN} (?:No\.? ?|Nr\.? ?|number |#)?"
    r"(?P<word>[A-Za-z]{2,8}[ -]?)?(?P<bare>\d{2,5})\b"
    r"(?! (?:words|GMT))"
)
_DAY = re.compile(
    rf"\b(?:of|from|dated|sent|moved|issued|published|filed|transmitted|on|vom|am|du|del?|le|el|d[ae]l|"
    rf"in an?|in our|in|story|item|the) (?:(?:last|le|on|am|el) )?(?:{DATE})",
    re.IGNORECASE,
)
_ISO = re.compile(
    r"\b((?:19|20)\d\d)-([01]\d)-([0-3]\d)\b|\b(\d{1,2})-([A-Z][a-z]{2})-((?:19|20)\d\d)\b"
)
_RELATIVE = re.compile(
    r"\b(?P<n>earlier today|today|heutige|von heute|d'aujourd'hui|de hoy|di oggi|"
    r"yesterday|gestrige|von gestern|d'hier|de ayer|di ieri)\b",
    re.IGNORECASE,
)
_YESTERDAY = re.compile(r"yesterday|gestr?|hier|ayer|ieri", re.IGNORECASE)
_WEEKDAY = re.compile(
    r"\b(?:on|of|from|last|sent|this|the) (?P<d>Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
)
_WEEKDAYS = ("Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun")


def quoted(order: Sentence, about: list[Sentence]) -> str | None:
    """The quotation in the order itself, else one later that is called a headline."""
    for s in about:
        for pattern in (_NAMED, _ANY_QUOTE, _UNMARKED) if s is order else (_NAMED,):
            for m in pattern.finditer(s.masked):
                text = s.text[m.start("q") : m.end("q")].strip(" ,.")
                if pattern is not _ANY_QUOTE or not _slugged_here(s, m.start()):
                    return text
    return None


def _slugged_here(s: Sentence, at: int) -> bool:
    return s.masked[:at].rstrip().endswith(("slugged", "slug"))


def slug(s: Sentence) -> str | None:
    if m := _SLUGGED.search(s.text) or _KEYWORD.search(s.masked):
        return m["slug"].strip(" ,.")
    return None


def reference(text: str) -> str | None:
    if m := _ADDRESS.search(text):
        return m[0]
    if m := _CODE.search(text):
        return (m["a"] or m["b"] or m["c"]).removeprefix("n")  # [ID:nL1N…] is USN L1N…
    for m in _NUMBER.finditer(text):
        word = (m["agency"] or m["word"] or "").strip(" -")
        number = m["n"] or m["bare"]
        if word.casefold() not in MONTHS and not (not m["agency"] and _is_year(number)):
            return f"{word} {number}".strip()
    return None


def _is_year(number: str) -> bool:
    return len(number) == 4 and number[:2] in {"19", "20"}


#: words before the noun that are no topic
_PLAIN = frozenset(
    "the a an our your their its his her in please that this earlier previous above following last "
    "first original ap reuters afp dpa news kill hold withhold withdraw disregard editors eds of "
    "be advised on to for and all use do not".split()
)


def topic(text: str) -> str | None:
    """The words before the noun, from the first capital on: `the UBS Singapore trader story`."""
    m = re.search(rf"(?P<topic>(?:[^\s,;:\0]+ ){{1,7}}){say.NOUN}\b", text)
    words: list[str] = []
    for word in reversed(m["topic"].split() if m else []):
        if word.casefold() in _PLAIN or word.casefold().rstrip(".") in MONTHS or word.isdigit():
            break
        words.insert(0, word)
    while words and not words[0][0].isupper():
        words.pop(0)
    return " ".join(words) or None


def day(text: str, at: datetime) -> date | None:
    """The day that a sentence says; where no year is printed, the latest such day up to `at`."""
    if m := _ISO.search(text):
        year, month, day = (m[1], m[2], m[3]) if m[1] else (m[6], MONTHS.get(m[5].lower(), 0), m[4])
        return _date(int(year), int(month), int(day))
    if m := _DAY.search(text.replace("1er ", "1 ")):
        number, printed, stated = parts(m)
        if not printed.isdigit():
            return None
        if stated:
            return _date(int(stated), number, int(printed))
        years = (at.year + 1, at.year, at.year - 1, at.year - 2, at.year - 3, at.year - 4)
        found = (_date(year, number, int(printed)) for year in years)
        return next((d for d in found if d and d <= at.date() + timedelta(days=1)), None)
    if m := _RELATIVE.search(text):
        return at.date() - timedelta(days=1 if _YESTERDAY.search(m["n"]) else 0)
    if m := _WEEKDAY.search(text):
        return at.date() - timedelta(days=(at.weekday() - _WEEKDAYS.index(m["d"])) % 7)
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
