"""The clause beside a quotation: which verb reports the words, and so whose they are.

head     = … , ( SAYING | TELLING ) , … , quotation ;       (* Ruiz told them that "… *)
         | label , ":" , quotation ;                        (* ANA RUIZ, MAYOR: "… *)
tail     = quotation , [ "," ] , clause ;                   (* "…," said Ana Ruiz *)
trailing = quotation , … , "," , clause ;                   (* "…" of the deal, Ruiz said *)
clause   = subject , SAY | SAY , subject | SOURCING , subject ;
"""

from __future__ import annotations

from collections.abc import Sequence

from wiredesk.extract.namesakes import Names, core
from wiredesk.extract.phrases import Speaker
from wiredesk.extract.speakers import beside, follower, is_verb, of_sentence, subject
from wiredesk.extract.speech import (
    AFTER_VERB,
    AUXILIARIES,
    BE,
    DROPPING,
    OTHER_CLAUSE,
    PARTICIPLES,
    SAY,
    SOURCING,
)

TAIL = 34  # words behind a quotation among which its verb may stand
NEAR_BEFORE, NEAR_BEHIND = 10, 12  # words to a quotation from a verb that is close to it
TRAILING = 14  # words from a trailing clause's verb to the sentence's end


def last_verb(words: Sequence[str], verbs: frozenset[str]) -> int:
    """Where the last of `verbs` stands in the words before a quotation; -1 where none does."""
    for k in range(len(words) - 1, -1, -1):
        if words[k] in verbs and words[k][-1] != "." and is_verb(words, k):
            return k
    return -1


def before(words: Sequence[str], verb: int, names: Names) -> Speaker | None:
    """`Ana Ruiz told reporters that "…`, `according to Ruiz, "…`; `words[verb]` is the verb."""
    bare = core(words[verb])
    if bare.lower() in SOURCING:
        return _sourced(words, verb, names)
    if bare == "saying" and (quoted := _last(words[:verb], "quoted")) > 0:
        if words[quoted - 1] in BE:
            return subject(words, quoted, names)
        return follower(words, quoted + 1, names)
    if bare != "quoted" and verb and core(words[verb - 1]).lower() in BE:
        by = _last(words[verb:], "by")
        return follower(words, verb + by + 1, names) if by > 0 else None
    found = subject(words, verb, names) if bare not in PARTICIPLES else None
    return found or of_sentence(words[:verb], names)


def behind(words: Sequence[str], names: Names) -> tuple[Speaker | None, bool]:
    """Who speaks in the clause right behind a quotation, and whether its verb is near:
    `said Ana Ruiz, a trader`, `Ruiz said`, `according to Ruiz`."""
    first = core(words[0]).lower().rstrip(".")
    if first in OTHER_CLAUSE:
        return None, False
    if first in AFTER_VERB:
        return _sourced(words, 0, names), True
    near = not SAY.isdisjoint(words[:NEAR_BEHIND])
    return _behind(words, first, names), near


def _behind(words: Sequence[str], first: str, names: Names) -> Speaker | None:
    if first in SAY:
        if "-" in first:  # dit-il, a-t-elle déclaré
            return Speaker("pronoun", first.rpartition("-")[2])
        if len(words) == 1 and first in DROPPING:
            return Speaker("pronoun", "")
        return follower(words, 1, names)
    if len(words) > 1 and words[1] in SAY and first in AUXILIARIES:
        if len(words) == 2 and first == "ha":
            return Speaker("pronoun", "")
        return follower(words, 2, names)
    for k in range(1, min(len(words), TAIL)):
        if words[k] in SAY and is_verb(words, k):
            if words[k] == "quoted" and words[k - 1] not in BE:
                return follower(words, k + 1, names)
            return beside(words, k, names)
    return None


def trailing_verb(words: Sequence[str]) -> int:
    """Where the verb stands that ends a sentence's last clause; -1 where none does."""
    for k in range(len(words) - 1, 0, -1):
        if words[k] in SAY and is_verb(words, k):
            inside = len(words) - k <= TRAILING and any(word[-1] == "," for word in words[:k])
            return k if inside else -1
        if "according" in words[k] and core(words[k]) == "according":
            return k
    return -1


def trailing(words: Sequence[str], verb: int, names: Names) -> Speaker | None:
    """`… of the deal, Ruiz said on Monday` behind a few words in marks."""
    if core(words[verb]) == "according":
        return _sourced(words, verb, names)
    return beside(words, verb, names)


def _sourced(words: Sequence[str], at: int, names: Names) -> Speaker | None:
    according = core(words[at]).lower().startswith("according")  # to
    return follower(words, at + (2 if according else 1), names)


def _last(words: Sequence[str], word: str) -> int:
    return next((n for n in range(len(words) - 1, -1, -1) if words[n] == word), -1)
