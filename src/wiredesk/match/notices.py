"""Notices: what an advisory orders about another item.

    notice = { label } , headline , { passage } ;     one passage or the headline bears the order
    head   = topic , noun , [ of date ] , [ "is" ] , fate ;   ADVISORY-Kelp farm story withdrawn

Orders that somebody is asked for (`Please kill item …`) stand by themselves.  That something `is
withdrawn` is also said in news, so there a label, the agency's own voice or words that only
advisories use must be with it.  `This story …` speaks of itself and is no notice, nor is a label
KILL over the copy it kills.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from wiredesk.agencies import agency_named
from wiredesk.extract.headline import FIX, REMOVE
from wiredesk.extract.spans import fold
from wiredesk.match import notice_names as names
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
#: Characters of a passage or headline that are read: an order stands in its first sentences.
LONGEST = 2000
#: Of long copy the first sentence is enough, for no other is believed.
FIRST = 400


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


def read_notice(story: Story, at: datetime) -> Notice | None:
    """The order that a story gives about another item, or None for ordinary copy.

    `at` is the time of the notice, by which days without a year are told.  Of several items named
    in one notice the first is read.
    """
    head = _head(story)
    called = head is not None or _called(story)
    passages = _passages(story, whole=called or len(story.body) <= SHORT)
    if not called and not any(say.calls(fold(text)) for text, _ in passages):
        return None
    sentences = [s for text, start in passages for s in names.split(text, start)]
    for n, sentence in enumerate(sentences):
        action = _ordered(sentence, story, called=called)
        if action and (called or action == "correction" or _believed(sentence, sentences, story)):
            notice = _notice(action, sentence, sentences[n + 1 :], story, at, head)
            if notice.quoted or notice.reference or notice.slug or notice.day:
                return notice
    if head and head[0] != "correction" and _called(story) and len(story.body) <= SHORT // 3:
        alone = names.Sentence(head[2], names.masked(head[2]), -1, -1, first=True)
        return _notice(head[0], alone, sentences, story, at, head)
    return None


def _called(story: Story) -> bool:
    """Whether label or headline call it an advisory."""
    labels = {label.label for label in story.labels}
    return bool(labels & set(REMOVE) or say.HEADED.match(fold(story.headline_raw or "")))


def _believed(s: names.Sentence, every: list[names.Sentence], story: Story) -> bool:
    """Whether an order that no label announces is one: asked for, performed, or among its like."""
    return bool(
        _asked(s)
        or _ours(s, story, called=False)
        or say.PERFORMED.search(s.masked)
        or any(say.CUE.search(other.masked) for other in every)
    )


# -- where orders stand ---------------------------------------------------------------------------


def _passages(story: Story, *, whole: bool) -> list[tuple[str, int]]:
    """The format's note (at -1) and the first passages with their places in the text."""
    most = LONGEST if whole else FIRST
    kept = [p for p in story.paragraphs if p.kind not in {"signoff", "trailer", "conversion"}]
    found = [(story.text[p.start : min(p.end, p.start + most)], p.start) for p in kept[:DEPTH]]
    note = story.item.ed_note
    return [(note[:LONGEST], -1), *found] if note else found


# -- what is ordered ------------------------------------------------------------------------------

_THING = re.compile(
    rf"(?<!\w)(?P<self>this |diese[rs]? |cette |est[ae] |quest[ao] )?(?:{say.NOUN}(?!\w)|"
    rf"\bV\d{{3,5}}\b|\b(?:BC|AM|PM|AP)-\w+|\b{say.NUMBERED}[ -]?\d{{2,5}}\b)",
    re.IGNORECASE,
)
_ASK = say.phrase(say.ASK)
_DO = tuple((action, say.phrase(pattern)) for action, pattern in say.DO)
_FATE = tuple((action, say.phrase(pattern)) for action, pattern in say.FATE)
_OURS = say.phrase(say.OURS)


def _ordered(s: names.Sentence, story: Story, *, called: bool) -> Action | None:
    """What a sentence orders, or None.  Long copy is trusted at the head of a passage only."""
    thing = _THING.search(s.masked)
    if not thing or (thing["self"] and "\0" not in s.masked):
        return None
    asked = _asked(s)
    if s.first and _mends(s, {label.label for label in story.labels}):
        return "correction"
    if (say.NEWS.search(s.masked) and not called) or (
        len(story.body) > SHORT and not (s.first and asked)
    ):
        return None
    if asked:
        return _until(s, asked)
    for action, fate in _FATE:
        # Spanish puts it first: `Queda anulada la noticia …`
        if fate.search(s.masked, thing.end()) or fate.match(s.masked):
            return _until(s, action)
    return "withdrawal" if _ours(s, story, called=called) else None


def _mends(s: names.Sentence, labels: set[str]) -> bool:
    """`In … story …, pls read`; an error that is only told needs the label."""
    thing = say.IN_THING.match(s.masked)
    if not thing:
        return False
    if say.ERRED.search(s.masked) and labels & set(FIX):
        return True
    named = "\0" in s.masked or names.reference(s.masked) or names.topic(thing[0])
    return bool(named and say.MEND.search(s.masked, thing.end()))


def _ours(s: names.Sentence, story: Story, *, called: bool) -> bool:
    """`We are withdrawing our story …`, in the agency's own name and not another's."""
    m = _OURS.search(s.masked)
    if not m or not _THING.search(s.masked, m.end()):
        return False
    who = agency_named(m["who"].removeprefix("l'").removeprefix("the ").removeprefix("The "))
    return called or who is None or who.name == story.agency


def _asked(s: names.Sentence) -> Action | None:
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


def _until(s: names.Sentence, action: Action) -> Action:
    return "hold" if action == "withdrawal" and say.UNTIL.search(s.masked) else action


# -- headlines that order -------------------------------------------------------------------------

_TOPIC = r"(?P<topic>[^\W_][\w.&'/-]*(?: [\w.&'/-]+){0,7}?)"
#: an agency's own words for what it sends; `Jobs report released` is news
_HEAD = re.compile(
    rf"^(?:the |our )?{_TOPIC} (?:stor(?:y|ies)|items?|alerts?|snaps?|dispatch)\b.{{0,40}}?\b"
    rf"(?:(?P<withdrawal>{say.FATE[2][1]}|withdrawn|killed|retracted|cancell?ed|removed)|"
    r"(?P<hold>on hold|withheld|held)|(?P<release>released|reinstated|cleared))$",
    re.IGNORECASE,
)
_FIXED = re.compile(rf"^{_TOPIC} {say.NOUN}$", re.IGNORECASE)


def _head(story: Story) -> tuple[Action, str, str] | None:
    """(action, topic, headline) of a headline that orders: `Kelp farm story withdrawn`."""
    text = fold(story.headline or "")[:LONGEST].strip()
    if m := _HEAD.match(text):
        action: Action = "withdrawal" if m["withdrawal"] else "hold" if m["hold"] else "release"
        return action, m["topic"], text
    if {label.label for label in story.labels} & set(FIX) and (m := _FIXED.match(text)):
        return "correction", m["topic"], text
    return None


def _notice(
    action: Action,
    sentence: names.Sentence,
    later: list[names.Sentence],
    story: Story,
    at: datetime,
    head: tuple[Action, str, str] | None,
) -> Notice:
    about = [sentence, *(s for s in later if not say.STEAD.search(s.masked))]
    start, end = (sentence.start, sentence.end) if sentence.start >= 0 else (0, 0)
    topic = head[1] if head else names.topic(sentence.masked)
    named = next(filter(None, map(names.slug, about)), None)
    return Notice(
        action,
        names.quoted(sentence, about),
        next(filter(None, (names.reference(s.masked) for s in about)), None),
        named or (story.slug or story.item.slug) or topic,
        next(filter(None, (names.day(s.masked, at) for s in [*about, *_title(story)])), None),
        start,
        end,
    )


def _title(story: Story) -> list[names.Sentence]:
    text = fold(story.headline or "")
    return [names.Sentence(text, names.masked(text), -1, 0, first=True)] if text else []
