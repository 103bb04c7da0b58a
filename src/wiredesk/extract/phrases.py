"""A noun phrase as a speaker: a person's name, or a phrase that is shown as it stands.

    phrase   = [ article ] , { role } , [ name ] , { preposition , noun } ;
    name     → Speaker("name", "Ana Ruiz")
    a role   → Speaker("human", "a spokesman for the port")
    the rest → Speaker("group", "White House")

Phrases are read from their last word back (`noun`, before a verb) or from their first word on
(`unnamed`, after one).  Half a clause is no phrase: what holds a verb is None.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from wiredesk.extract.namesakes import Names, core, has_title, is_capital, is_name
from wiredesk.extract.speech import (
    ARTICLES,
    BEFORE_NOUNS,
    BELONGING,
    CLAUSAL,
    COMMON,
    DOCUMENTS,
    DROPPED,
    ENDS_SUBJECT,
    FOREIGN_PRONOUNS,
    HUMANS,
    JOINS,
    OPENERS,
    PARTICLES,
    PREPOSITIONS,
    PRONOUNS,
    ROMANCE,
    SAY,
)

LONGEST = 10  # words of a phrase shown as a speaker
MOST_PIECES = 7  # between commas, of one subject
LEADING = COMMON - PARTICLES  #: capitals before a name: `But Ruiz`, not `De Ruiz`
NEVER_FIRST = COMMON - ARTICLES
ROLES_OR_OPENERS = HUMANS | OPENERS
OWNERS = ("'s", "s'")
#: a name does not reach over these: `Kelp's Ruiz`, `Vessby-based Kelp`
OWNED = (*OWNERS, "-based")
CLOSES_RUN = (*OWNERS, ",")
#: a phrase's noun stands before one of these: `sources close to the talks`
AFTER_NOUN = PREPOSITIONS | {"close", "familiar", "briefed", "involved", "--"}
#: `in a statement released`: what was done with the paper is not shown
DONE = frozenset("written compiled released obtained seen".split())

Kind = Literal["name", "pronoun", "human", "group"]


@dataclass(slots=True)
class Speaker:
    """`name`: a person or a proper name; `human`: one without a name; `group`: all the rest."""

    kind: Kind
    text: str


def is_pronoun(word: str) -> bool:
    bare = core(word)
    return bare.lower() in PRONOUNS or bare in FOREIGN_PRONOUNS


def is_plural(phrase: str) -> bool:
    """Whether a phrase means several people: `sources at sea`, not `a trader at Kelp Lines`."""
    return any(word[-1] == "s" and word[:-1].lower() in HUMANS for word in phrase.split())


def noun(words: Sequence[str], end: int, names: Names) -> Speaker | None:
    """The noun phrase that ends with `words[end]`."""
    if is_pronoun(words[end]):
        return Speaker("pronoun", core(words[end]).lower())
    start = _run_start(words, end)
    if start > end:
        return _phrase(words, end, names)
    run = [core(word) for word in words[start : end + 1]]
    run[-1] = run[-1].rstrip(".")
    before = core(words[start - 1]).lower() if start and words[start - 1][-1] not in ",;:" else ""
    named = names.person(run, _is_role(before))
    if named and before.islower() and before not in ROLES_OR_OPENERS:
        whole = _phrase(words, end, names)  # `the head of builder D.R. Kelp`
        if whole and whole.kind == "human" and " of " in whole.text:
            return whole
    listed = before in {"and", "&"} and start > 1 and is_capital(words[start - 2])
    if named and listed and words[start - 2][-1] != "," and not has_title(run):
        other = noun(words, start - 2, names)
        if other and other.kind == "name":
            return Speaker("group", f"{other.text} and {named}")
    glued = before in PARTICLES and len(run) == 1  # `del Prete said`
    if named and (before not in BEFORE_NOUNS or glued or has_title(run)):
        return Speaker("name", named)
    if listed and before == "and":
        first = _run_start(words, start - 2)
        if first > 1 and words[first - 1] in {"for", "of"}:  # Centers for Tide Control and Repair
            first = min(first, _run_start(words, first - 2))
        return _shown([core(word) for word in words[first : end + 1]])
    return _phrase(words, end, names)


def apposition(words: Sequence[str], names: Names) -> Speaker | None:
    """A subject in pieces: `The mayor of Ames, Ana Ruiz,` and `Ana Ruiz, mayor of Ames,`"""
    split = [piece.split() for piece in " ".join(words).rstrip(",) ").split(", ")]
    pieces = [piece for piece in split[-MOST_PIECES:] if piece]
    for n in range(len(pieces) - 1, 0, -1):
        if pieces[n][0].lower() in JOINS:
            pieces = pieces[n:]
            break
    for n, piece in enumerate(pieces):
        following = pieces[n + 1][0] if n + 1 < len(pieces) else ""
        if found := whole_name(piece, following, names):
            return found
    for piece in reversed(pieces):
        found = noun(piece, len(piece) - 1, names)
        if found and found.kind == "name" and len(piece) > 1:
            return found
    for piece in pieces:
        if piece[0].lower() not in PREPOSITIONS and core(piece[0]).lower() not in OPENERS:
            return noun(piece, len(piece) - 1, names)
    return None


def whole_name(piece: Sequence[str], following: str, names: Names) -> Speaker | None:
    """A piece between commas that is a name from end to end, an opening word aside."""
    start = _run_start(piece, len(piece) - 1)
    if start == len(piece) or any(core(word).lower() not in COMMON for word in piece[:start]):
        return None
    if start and core(piece[start - 1]).lower() in BEFORE_NOUNS:
        return None
    run = [core(word) for word in piece[start:]]
    if named := names.person(run):
        return Speaker("name", named)
    explained = following.lower() in {"who", "whose", "a", "an", "the", "which"}
    if explained and is_name(run):
        return Speaker("name" if following.startswith("who") else "group", " ".join(run))
    return None


def named_in(chunk: Sequence[str], names: Names) -> Speaker | None:
    """The first person in a chunk: the run of capitals that is its head, not an employer's."""
    for at, end in _runs(chunk):
        run = [core(word) for word in chunk[at:end]]
        before = core(chunk[at - 1]).lower() if at else ""
        employer = (
            run[-1].endswith(OWNERS)
            or (end < len(chunk) and chunk[end].lower() not in BEFORE_NOUNS)
            or before in PREPOSITIONS
        )
        run[-1] = run[-1].rstrip(".")
        if before in ROMANCE and len(run) > 2 and run[-1] == core(chunk[-1]).rstrip("."):
            run, employer = run[-2:], False  # le ministre des Ports Luc Arnal
        if (employer or before in ARTICLES) and not has_title(run):
            continue
        if named := names.person(run, _is_role(before)):
            return Speaker("name", named)
    return None


def unnamed(words: Sequence[str]) -> Speaker | None:
    """The phrase that opens these words: `a trader at a bank in London` → a trader at a bank."""
    taken: list[str] = []
    for word in words[:LONGEST]:
        low = core(word).lower()
        belongs = low in BELONGING or (low == "to" and taken and taken[-1] == "close")
        if word[0] == "-" or (taken and low in ENDS_SUBJECT and not belongs):
            break
        taken.append(core(word))
        if word[-1] in ",;:":
            break
    return _shown(taken)


def _is_role(before: str) -> bool:
    """Whether a word tells that a person's name is next: `trader Bo Banks`, `19-year-old Ana`."""
    return before in HUMANS or before.endswith("-old")


def _run_start(words: Sequence[str], end: int) -> int:
    """Where the run of capitals that ends with `words[end]` starts; `end + 1` where none does."""
    if not is_capital(core(words[end])):
        return end + 1
    at = end
    while at and words[at - 1][-1] not in ',;:)"' and not words[at - 1].endswith(OWNED):
        before = words[at - 1]
        glue = before in PARTICLES and at > 1 and is_capital(words[at - 2])
        if not (is_capital(before) or before == "&" or (glue and words[at - 2][-1] != ",")):
            break
        at -= 1
    while at < end and core(words[at]).lower() in LEADING:
        at += 1
    return at


def _runs(chunk: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The runs of capitals in a chunk, each as its start and end."""
    at = 0
    while at < len(chunk):
        end = at
        while end < len(chunk) and (
            is_capital(chunk[end]) or chunk[end] == "&" or (end > at and chunk[end] in PARTICLES)
        ):
            end += 1
            if chunk[end - 1].endswith(CLOSES_RUN):
                break
        if end > at:
            yield at, end
        at = max(end, at + 1)


def _phrase(words: Sequence[str], end: int, names: Names) -> Speaker | None:
    """A speaker without a name that ends with `words[end]`: `a spokesman for the port`."""
    at = end
    low = core(words[at]).lower()
    while at and end - at < LONGEST:
        word = words[at - 1]
        before = core(word).lower()
        listed = before == "and" and at > 2 and core(words[at - 3]).lower() in ARTICLES
        if word[-1] in ",;:" or (before in OPENERS and not listed) or word in SAY:
            break
        if low in ARTICLES and before not in PREPOSITIONS:
            break
        at, low = at - 1, before
    while at < end and core(words[at]).lower() in OPENERS:
        at += 1
    taken = [core(word) for word in words[at : end + 1]]
    return named_in(taken, names) or _shown(taken)


def _shown(words: list[str]) -> Speaker | None:
    """A phrase as people would show it, or None where it can be no speaker."""
    words = [word for word in words if word]
    if not words or not _can_speak(words):
        return None
    words[-1] = words[-1].rstrip(".")
    while len(words) > 1 and words[-1] in DONE:
        del words[-1]
    if len(words) > 2 and words[-2] == "on" and words[-1].lower() in OPENERS:
        words = words[:-2]  # `analysts on Thursday said`
    last = next((n for n, word in enumerate(words) if n and word in AFTER_NOUN), len(words)) - 1
    head = words[last].lower()
    human = head.removesuffix("s") in HUMANS
    first = words[0].lower()
    if first in ARTICLES:
        names_it = last == len(words) - 1 and words[last][:1].isupper() and not human
        paper = head in DOCUMENTS and first in {"a", "an", "the"}
        # the White House; a Harbour Board statement
        words = words[1:] if (first in DROPPED and names_it) or paper else [first, *words[1:]]
    elif len(words) == 1 and (human or head == "police"):
        words = [head] if head.endswith(("s", "police")) else ["the", head]
    text = " ".join(words)
    if len(text) < 2 or not text[0].isalnum() or first in NEVER_FIRST or len(text) > 90:
        return None
    return Speaker("human" if human else "group", text)


def _can_speak(words: Sequence[str]) -> bool:
    first = words[0].lower()
    if len(words) > LONGEST or first in PREPOSITIONS or (len(words) == 1 and first in ARTICLES):
        return False
    if words[-1] in {"data", "figures"} or words[0] in {"data", "close"}:
        return False
    return CLAUSAL.isdisjoint(words) or "close" in words
