"""Who a clause says is speaking: its subject, before the verb or behind it.

    before = subject , [ "," , apposition , "," ] , { BETWEEN } , verb ;   (* X, mayor, also said *)
    after  = verb , subject , [ "," , apposition ] ;                       (* said X, the mayor *)

Clauses come as lists of words with their punctuation still on them; what the verb is, the caller
has looked up.  A clause without a subject of its own has its sentence's.
"""

from __future__ import annotations

from collections.abc import Sequence

from wiredesk.extract.namesakes import Names, core, is_capital
from wiredesk.extract.phrases import (
    Speaker,
    apposition,
    is_plural,
    is_pronoun,
    named_in,
    noun,
    unnamed,
    whole_name,
)
from wiredesk.extract.speech import (
    ARTICLES,
    BETWEEN,
    COMMON,
    ENDS_SUBJECT,
    HUMANS,
    OPENERS,
    PARTICLES,
    PREPOSITIONS,
    SPOKE,
    TITLES,
    TOLD,
)

FARTHEST = 16  # words behind a verb in which a name may stand
RELATIVE = 12  # words of a relative clause before its verb
#: after a whole name, to whom it was said: `sagte Otto Brandt der Deutschen Presse-Agentur`
ADDRESSING = frozenset("der dem den gegenüber".split())
AFTER_NAMES = frozenset("of at in who whose from with on a an the".split())
BEFORE_HUMANS = HUMANS | ARTICLES
#: the verb has its sentence's subject: `Ruiz rose and said`
COORDINATING = frozenset("and but or then that et und y e".split())


def is_verb(words: Sequence[str], at: int) -> bool:
    """Whether a word of speech is a verb that says something: not `to say`, `the alleged fraud`."""
    return not at or core(words[at - 1]).lower() not in {"to", "the", "an"}


def subject(words: Sequence[str], verb: int, names: Names) -> Speaker | None:
    """Who stands before the verb at `words[verb]`: `Ana Ruiz, mayor of Ames, also` said."""
    at = verb - 1
    while at >= 0 and (core(words[at]) in BETWEEN or words[at].endswith("ly")):
        at -= 1
    if at < 0:
        return None
    low = core(words[at]).lower()
    if low in {"who", "which"}:
        return _antecedent(words[:at], names)
    if words[at][-1] in ",)":
        return apposition(words[: at + 1], names)
    if low in COORDINATING:
        return of_sentence(words[:at], names)
    who = _last_who(words, at) if "who" in words else -1
    if who >= 0:  # `a trader who asked not to be named`
        return _antecedent(words[:who], names)
    found = noun(words, at, names)
    if found and found.kind == "human" and not is_plural(found.text):
        return _explained_by(words[: at + 1], found, names) or found
    return found


def _last_who(words: Sequence[str], at: int) -> int:
    """Where the relative clause that `words[at]` ends begins; -1 where it is none."""
    for n in range(at, max(0, at - RELATIVE), -1):
        if words[n][-1] in ",;:":
            return -1
        if words[n] == "who":
            return n
    return -1


def _antecedent(words: Sequence[str], names: Names) -> Speaker | None:
    """`Ruiz, who said` and `Ana Ruiz, the mayor, who said`."""
    if not words:
        return None
    if words[-1].endswith(","):
        return apposition(words, names)
    return noun(words, len(words) - 1, names)


def _explained_by(words: Sequence[str], role: Speaker, names: Names) -> Speaker | None:
    """The name that a role explains, the second comma lost: `Ana Ruiz, a trader at Kelp` said."""
    comma = _last_ending(words[:-1], ",")
    if comma < 0 or not role.text.endswith(" ".join(words[comma + 2 :])):
        return None
    piece = words[_last_ending(words[:comma], ",;") + 1 : comma + 1]
    return whole_name(piece, "", names) if piece[0].lower() not in COMMON else None


def _last_ending(words: Sequence[str], marks: str) -> int:
    return next((n for n in range(len(words) - 1, -1, -1) if words[n][-1] in marks), -1)


def beside(words: Sequence[str], verb: int, names: Names) -> Speaker | None:
    """Who stands before the verb, or after it where the comma before it ends another clause:
    `Ana Ruiz, a lawyer, said Kelp knew`, but `of the deal, said Ana Ruiz, a lawyer`."""
    found = subject(words, verb, names)
    if words[verb - 1][-1] != "," or verb + 1 >= len(words):
        return found
    end = verb + 1
    while end < len(words) and is_capital(words[end]) and words[end - 1][-1] != ",":
        end += 1
    closed = end == len(words) or words[end - 1][-1] == "," or words[end].lower() in AFTER_NAMES
    inverted = closed and end > verb + 1
    if not inverted and found and found.kind == "name":
        return found
    role = core(words[verb + 1]).lower() in BEFORE_HUMANS
    if inverted or role or words[verb + 1][0].isupper():
        return follower(words, verb + 1, names) or found
    return found


def follower(words: Sequence[str], at: int, names: Names) -> Speaker | None:
    """Who stands after a verb: `a harbour source`, `Mayor Ana Ruiz`, `Corp analyst Bo Lund`."""
    while at < len(words) and words[at].endswith("ly"):
        at += 1
    if at >= len(words):
        return None
    word = words[at].rstrip(".")
    if is_pronoun(word) and not (word == "il" and at + 1 < len(words)):  # ha detto il sindaco
        return Speaker("pronoun", core(word).lower())
    chunk: list[str] = []
    for word in words[at : at + FARTHEST]:
        joined = word == "and" and chunk and chunk[-1].lower() in TITLES  # Chairman and Chief Clerk
        ended = chunk and core(word).lower() in ENDS_SUBJECT and not joined
        if word[0] == "-" or ended or _addressed(chunk, word):
            break
        chunk.append(word)
        if word[-1] in ",;:":
            break
    if not chunk:
        return None
    if found := named_in(chunk, names):
        return found
    if chunk[-1][-1] == "," and (found := _alone(words[at + len(chunk) :], names)):
        return found
    return unnamed(words[at:])


def _addressed(chunk: Sequence[str], word: str) -> bool:
    return word in ADDRESSING and len(chunk) > 1 and all(map(is_capital, chunk[-2:]))


def _alone(words: Sequence[str], names: Names) -> Speaker | None:
    """`said the mayor, Ana Ruiz.`: the name after the comma, where it stands alone."""
    end = 0
    while end < len(words) and (is_capital(words[end]) or (end and words[end] in PARTICLES)):
        end += 1
        if words[end - 1][-1] == ",":
            break
    if end < 2 or (end < len(words) and words[end - 1][-1] != ","):
        return None
    named = names.person([core(word).rstrip(".") for word in words[:end]])
    return Speaker("name", named) if named else None


def of_sentence(words: Sequence[str], names: Names) -> Speaker | None:
    """The subject of the sentence that `words` open: that of its last verb of speech, or its
    first words.  `Ruiz told reporters the pier was safe, adding`."""
    for n in range(len(words) - 1, 0, -1):
        free = words[n] in TOLD and core(words[n - 1]).lower() not in {"to", "when", "if"}
        if free and (found := subject(words, n, names)):
            return found
    return opening(words, names)


def reported(words: Sequence[str], names: Names, pronouns: bool = True) -> Speaker | None:
    """Who speaks without marks: the subject of the last verb of speech, or of the last that has
    somebody named before it.  `Ruiz said the pier was safe.`"""
    if SPOKE.isdisjoint(words):  # most sentences
        return None
    for k in range(len(words) - 1, 0, -1):
        if words[k] in SPOKE and is_verb(words, k):
            found = beside(words, k, names)
            if pronouns or (found and found.kind != "pronoun"):
                return found
    return None


def opening(words: Sequence[str], names: Names) -> Speaker | None:
    """A pronoun or a name with which a sentence opens: `In May, Ana Ruiz compared …`"""
    at = 0
    while at < len(words) and core(words[at]).lower() in OPENERS:
        at += 1
    if at < len(words) and words[at].lower() in PREPOSITIONS:
        comma = next((n for n in range(at, min(len(words), at + 8)) if words[n][-1] == ","), -1)
        if comma < 0:
            return None
        at = comma + 1
    if at >= len(words):
        return None
    if is_pronoun(words[at]):
        return Speaker("pronoun", core(words[at]).lower())
    end = _run_end(words, at)
    run = [core(word) for word in words[at:end]]
    if not run or run[-1].endswith("'s"):
        return None
    if person := names.person(run):
        return Speaker("name", person.partition(" of ")[0])
    verbal = end < len(words) and words[end].islower() and run[0].lower() not in COMMON
    verbal = verbal and not run[0].endswith(("ing", ".")) and names.again(run[0])
    return Speaker("group", " ".join(run)) if verbal else None


def _run_end(words: Sequence[str], at: int) -> int:
    """Where the run of capitals that `words[at]` opens ends: `Bank of Norland`, `Luc de Brie`."""
    end = at
    while end < len(words):
        glue = end > at and (words[end] in PARTICLES or words[end] == "of")
        glued = glue and end + 1 < len(words) and is_capital(words[end + 1])
        if not glued and not is_capital(words[end]):
            break
        end += 1
        if words[end - 1][-1] in ",;:":
            break
    return end


def introduced(words: Sequence[str], names: Names) -> Speaker | None:
    """Somebody whom a sentence names by a title or role: `then director Ana Ruiz was furious`."""
    for n in range(1, len(words)):
        if words[n].islower():  # most words: left out before they cost anything
            continue
        before = core(words[n - 1]).lower().rstrip(".")
        if (before in HUMANS or before in TITLES) and is_capital(words[n]):
            end = n
            while end + 1 < len(words) and is_capital(words[end + 1]) and words[end][-1].isalnum():
                end += 1
            run = [core(word).removesuffix("'s").rstrip(".") for word in words[n : end + 1]]
            owner = words[end].endswith("'s")
            if not owner and (named := names.person(run, True)):
                return Speaker("name", named)
    return None
