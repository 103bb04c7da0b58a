"""Notices: what an advisory orders about another item.

    notice = { label } , headline , { passage } ;     one passage or the headline bears the order
    head   = topic , noun , [ of date ] , [ "is" ] , fate ;   ADVISORY-Kelp farm story withdrawn
    names  = [ id | agency , number ] , [ "headlined" ] , [ '"' , headline , '"' ] ,
             [ "slugged" , slug ] , [ date ] ;

Orders that somebody is asked for (`Please kill item …`) stand by themselves.  That something `is
withdrawn` is also said in news, so there a label, the agency's own voice or words that only
advisories use must be with it.  `This story …` speaks of itself and is no notice, nor is a label
KILL over the copy it kills.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain

from wiredesk.extract.dates import DATE, MONTHS, parts
from wiredesk.extract.headline import FIX, REMOVE
from wiredesk.extract.spans import fold
from wiredesk.match import notice_words as say
from wiredesk.match.notice_words import Action
from wiredesk.match.rulings import Ruling, Target, rule, similar
from wiredesk.model import Story

__all__ = ["Notice", "Ruling", "Target", "read_notice", "rule", "similar"]

#: Passages from the top in which an order may stand: a dateline's paragraph, a header, the order.
DEPTH = 4
#: Characters of body above which copy is news with a word of advice in it; the longest advisory
#: seen has 700.
SHORT = 1500


@dataclass(frozen=True, slots=True)
class Notice:
    """What an advisory orders about another item, and how it names that item.

    `start` and `end` count in the story's text; both are 0 where the order stands in a field of the
    format (headline, editor's note) and not in the text.
    """

    action: Action
    quoted: str | None  #: the headline it quotes, as printed
    reference: str | None  #: the id or number it names: `dpa 123`, L1N2K0ABC, V1234, an address
    slug: str | None  #: the slug it names, else its own, else the topic: `UBS Singapore trader`
    day: date | None  #: when it says the item was sent; a year that is not printed is the latest
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str  #: folded, white space collapsed
    masked: str  #: the same, what stands in quotation marks as NUL
    start: int  #: in the story's text; -1 for a field of the format
    end: int
    first: bool  #: of its passage


def read_notice(story: Story, at: datetime) -> Notice | None:
    """The order that a story gives about another item, or None for ordinary copy.

    `at` is the time of the notice, by which days without a year are told.  Of several items named
    in one notice the first is read.
    """
    sentences = [*_sentences(story)]
    labels = {label.label for label in story.labels}
    head = _head(story, labels)
    called = bool(labels & set(REMOVE)) or head is not None
    short = len(story.body) <= SHORT
    for n, sentence in enumerate(sentences):
        action = _ordered(sentence, short=short, called=called, mended=bool(labels & set(FIX)))
        cues = called or action == "correction" or _cued(sentences)
        if action and (_asked(sentence) or cues or say.PERFORMED.search(sentence.masked)):
            notice = _notice(action, sentence, sentences[n + 1 :], story, at, head)
            if notice.quoted or notice.reference or notice.slug or notice.day:
                return notice
    if head and head[0] != "correction" and short and _only_head(story, labels):
        sentence = _Sentence(head[2], _masked(head[2]), -1, 0, first=True)
        return _notice(head[0], sentence, sentences, story, at, head)
    return None


# -- where orders stand ---------------------------------------------------------------------------


def _sentences(story: Story) -> Iterator[_Sentence]:
    """The sentences of the format's note and of the first passages, in order."""
    if story.item.ed_note:
        yield from _split(story.item.ed_note, -1)
    passages = [p for p in story.paragraphs if p.kind not in {"signoff", "trailer", "conversion"}]
    for passage in passages[:DEPTH]:
        yield from _split(story.text[passage.start : passage.end], passage.start)


#: a full stop that ends a sentence: not after `No.`, `Feb.`, an initial, or before a small letter
_END = re.compile(
    r"(?<![A-Z])(?<!\bNo)(?<!\bNr)(?<!\b[A-Z][a-z]{2})[.!?][\"')]*\s+(?=[\"'(]*[^\Wa-z_])"
)


def _split(raw: str, at: int) -> Iterator[_Sentence]:
    origin = [n for n, c in enumerate(raw) if not c.isspace() or not raw[n - 1 : n].isspace()]
    text = "".join(" " if raw[n].isspace() else raw[n] for n in origin)
    text = fold(text).translate(_MARKS)
    masked = _masked(text)
    begin = 0
    for end in [*(m.end() for m in _END.finditer(masked)), len(text)]:
        if part := text[begin:end].strip():
            start = text.index(part, begin)
            here = (
                (origin[start] + at, origin[start + len(part) - 1] + 1 + at) if at >= 0 else (-1, 0)
            )
            yield _Sentence(part, masked[start : start + len(part)], *here, first=begin == 0)
        begin = end


_MARKS = str.maketrans("«»", '""')
_QUOTED = re.compile(r"\"([^\"]{3,250})\"|(?<![\w'])'(?=\S)([^\"]{3,250}?\S)'(?!\w)")


def _masked(text: str) -> str:
    """Text of the same length in which nothing in quotation marks can be taken for an order."""
    return _QUOTED.sub(lambda m: m[0][0] + "\0" * (len(m[0]) - 2) + m[0][-1], text)


# -- what is ordered ------------------------------------------------------------------------------

_THING = re.compile(
    rf"(?<!\w)(?P<self>this |diese[rs]? |cette |est[ae] |quest[ao] )?(?:{say.NOUN}(?!\w)|"
    r"[A-Za-z]{2,8}[ -]?\d{2,5}\b|[\"']\0+|\bV\d{3,5}\b|\bB[CM]-\w+)",
    re.IGNORECASE,
)
_ASK = say.phrase(say.ASK)
_DO = tuple((action, say.phrase(pattern)) for action, pattern in say.DO)
_FATE = tuple((action, say.phrase(pattern)) for action, pattern in say.FATE)
_OURS = say.phrase(say.OURS)


def _ordered(s: _Sentence, *, short: bool, called: bool, mended: bool) -> Action | None:
    """What a sentence orders, or None.  Long copy is trusted at the head of a passage only."""
    thing = _THING.search(s.masked)
    if not thing or (thing["self"] and "\0" not in s.masked):
        return None
    if s.first and (m := say.IN_THING.match(s.masked)):
        if say.MEND.search(s.masked, m.end()) or (mended and say.ERRED.search(s.masked)):
            return "correction"
    if not short and not (s.first and _asked(s)):
        return None
    if asked := _asked(s):
        return _until(s, asked)
    for action, fate in _FATE:
        if fate.search(s.masked, thing.end()):
            return _until(s, action)
    if (m := _OURS.search(s.masked)) and _THING.search(s.masked, m.end()):
        return "withdrawal"
    return None


def _asked(s: _Sentence) -> Action | None:
    """The order of a sentence that asks somebody for it, or that begins with it."""
    ask = _ASK.search(s.masked)
    bare = say.BARE.match(s.masked) if s.first else None
    begin = bare.start("do") if bare else ask.end() if ask else None
    if begin is None or not _THING.search(s.masked):
        return None
    found = [(m.start(), action) for action, do in _DO if (m := do.search(s.masked, begin))]
    return min(found)[1] if found and min(found)[0] - begin <= _REACH else None


#: Characters between the asking and what is asked; German puts the whole item between them.
_REACH = 200


def _until(s: _Sentence, action: Action) -> Action:
    return "hold" if action == "withdrawal" and say.UNTIL.search(s.masked) else action


def _cued(sentences: list[_Sentence]) -> bool:
    return any(say.CUE.search(s.masked) for s in sentences)


# -- headlines that order -------------------------------------------------------------------------

_TOPIC = rf"(?P<topic>[^\W_](?:[\w.&'/-]+ ?){{1,8}}?) {say.NOUN}"
_HEAD = re.compile(
    rf"^(?:the |our )?{_TOPIC}(?P<rest>\b.{{0,40}}?)\b"
    rf"(?:(?P<withdrawal>{say.FATE[2][1]}|withdrawn|killed|retracted|cancell?ed|removed)|"
    r"(?P<hold>on hold|withheld|held)|(?P<release>released|reinstated|cleared))$",
    re.IGNORECASE,
)
_FIXED = re.compile(rf"^{_TOPIC}$", re.IGNORECASE)


def _head(story: Story, labels: set[str]) -> tuple[Action, str, str] | None:
    """(action, topic, headline) of a headline that orders: `Kelp farm story withdrawn`."""
    text = fold(story.headline or "").strip()
    if m := _HEAD.match(text):
        action: Action = "withdrawal" if m["withdrawal"] else "hold" if m["hold"] else "release"
        return action, m["topic"], text
    if labels & set(FIX) and (m := _FIXED.match(text)):
        return "correction", m["topic"], text
    return None


def _only_head(story: Story, labels: set[str]) -> bool:
    """Whether a headline alone is believed: under a label, or over next to nothing."""
    return bool(labels & set(REMOVE)) and len(story.body) <= SHORT // 3


# -- which item is meant --------------------------------------------------------------------------

_CALLED = r"(?:headlined?|titled|entitled|titre|intitulée?s?|Titel|Überschrift|titulad[ao]|título|dal titolo|titolo|slugged)"
_NAMED = re.compile(rf"{_CALLED}:?,? ?(?P<mark>[\"'])(?P<q>\0+)(?P=mark)", re.IGNORECASE)
_ANY_QUOTE = re.compile(r"(?P<mark>[\"'])(?P<q>\0+)(?P=mark)")
#: without marks: `headlined PIER COLLAPSES, is withdrawn`
_UNMARKED = re.compile(
    r"(?:headlined?|titled|entitled)[:,]? (?P<q>[^\W_][^\"\0]{8,120}?)"
    r"(?=,? (?:is|was|has|which|that|sent|issued|moved|published|pls|please|and)\b|[,;]|\.?$)"
)
_SLUGGED = re.compile(
    r"(?:slugged|slug|under the slug|keyword)[:,]? \"?(?P<slug>[A-Za-z0-9][\w&'./-]*(?: [A-Z0-9-][\w&'./-]*){0,4})"
)
_KEYWORD = re.compile(r"\b(?P<slug>(?:BC|AM|PM|AP)-(?:[A-Z]{2}--)?[A-Z][\w' -]*[\w])")
_ADDRESS = re.compile(r"(?:urn:|tag:|https?://)[^\s\"<>()\[\],;]+[^\s\"<>()\[\],;.]")
_CODE = re.compile(
    r"[\[<(](?:ID:)?\s?(?P<a>n?[A-Z]{1,6}\d[A-Z0-9]{4,14})[\]>)]|\b(?P<b>V\d{3,5})\b|"
    r"\b(?P<c>n?(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z0-9]{7,16})\b"
)
_NUMBER = re.compile(
    rf"\b(?P<agency>dpa|AFP|EFE|ANSA|APA|AP|PA|TT|NTB|STT|ATS|ANP|PTI|IANS|Belga|Ritzau|TASS|Kyodo)"
    rf"[ -]?(?:No\.? ?|Nr\.? ?)?(?P<n>[A-Z]{{0,4}}\d{{2,5}})\b|"
    rf"\b{say.NOUN} (?:No\.? ?|Nr\.? ?|number |#)?(?P<word>[A-Za-z]{{2,8}}[ -]?)?(?P<bare>\d{{2,5}})\b"
    r"(?! (?:words|GMT))"
)
_DAY = re.compile(
    rf"\b(?:of|from|dated|sent|moved|issued|published|filed|transmitted|on|vom|am|du|del?|le|el|dated|"
    rf"d[ae]l|in an?|in our|in|story|item|the) (?:(?:last|le|on|am|el) )?(?:{DATE})",
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


def _notice(
    action: Action,
    sentence: _Sentence,
    later: list[_Sentence],
    story: Story,
    at: datetime,
    head: tuple[Action, str, str] | None,
) -> Notice:
    about = [sentence, *(s for s in later if not say.STEAD.search(s.masked))]
    start, end = (sentence.start, sentence.end) if sentence.start >= 0 else (0, 0)
    quoted = _quoted(sentence, about)
    topic = head[1] if head else _topic(sentence.masked)
    named = next(filter(None, map(_slug, about)), None)
    return Notice(
        action,
        quoted,
        next(filter(None, (_reference(s.masked) for s in about)), None),
        named or (story.slug or story.item.slug) or topic,
        next(filter(None, (_day(s.masked, at) for s in [*about, *_title(story)])), None),
        start,
        end,
    )


def _title(story: Story) -> list[_Sentence]:
    text = fold(story.headline or "")
    return [_Sentence(text, _masked(text), -1, 0, first=True)] if text else []


def _quoted(sentence: _Sentence, about: list[_Sentence]) -> str | None:
    """The quotation in the order itself, else one later that is called a headline."""
    for s in about:
        for pattern in (_NAMED, _ANY_QUOTE, _UNMARKED) if s is sentence else (_NAMED,):
            for m in pattern.finditer(s.masked):
                text = s.text[m.start("q") : m.end("q")].strip(" ,.")
                if pattern is not _ANY_QUOTE or not _slugged_here(s, m.start()):
                    return text
    return None


def _slugged_here(s: _Sentence, at: int) -> bool:
    return s.masked[:at].rstrip().endswith(("slugged", "slug"))


def _slug(s: _Sentence) -> str | None:
    if m := _SLUGGED.search(s.text) or _KEYWORD.search(s.masked):
        return m["slug"].strip(" ,.")
    return None


def _reference(masked: str) -> str | None:
    if m := _ADDRESS.search(masked):
        return m[0]
    if m := _CODE.search(masked):
        return m["a"] or m["b"] or m["c"]
    for m in _NUMBER.finditer(masked):
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
    "first original ap reuters afp dpa news kill hold withhold withdraw disregard editors eds of be "
    "advised on to for and all use do not".split()
)


def _topic(masked: str) -> str | None:
    """The words before the noun, from the first capital on: `the UBS Singapore trader story`."""
    m = re.search(rf"(?P<topic>(?:[^\s,;:\0]+ ){{1,7}}){say.NOUN}\b", masked)
    words: list[str] = []
    for word in reversed(m["topic"].split() if m else []):
        if word.casefold() in _PLAIN or word.casefold().rstrip(".") in MONTHS or word.isdigit():
            break
        words.insert(0, word)
    while words and not words[0][0].isupper():
        words.pop(0)
    return " ".join(words) or None


def _day(masked: str, at: datetime) -> date | None:
    """The day that a sentence says; where no year is printed, the latest such day up to `at`."""
    if m := _ISO.search(masked):
        year, month, day = (m[1], m[2], m[3]) if m[1] else (m[6], MONTHS.get(m[5].lower(), 0), m[4])
        return _date(int(year), int(month), int(day))
    if m := _DAY.search(masked):
        number, printed, stated = parts(m)
        if not printed.isdigit():
            return None
        if stated:
            return _date(int(stated), number, int(printed))
        years = (at.year + 1, at.year, at.year - 1, at.year - 2, at.year - 3, at.year - 4)
        found = (_date(year, number, int(printed)) for year in years)
        return next((d for d in found if d and d <= at.date() + timedelta(days=1)), None)
    if m := _RELATIVE.search(masked):
        return at.date() - timedelta(days=1 if _YESTERDAY.search(m["n"]) else 0)
    if m := _WEEKDAY.search(masked):
        return at.date() - timedelta(days=(at.weekday() - _WEEKDAYS.index(m["d"])) % 7)
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
