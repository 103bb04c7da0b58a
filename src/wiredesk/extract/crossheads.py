"""Crossheads: the small headings inside the copy, on lines of their own or fused to a paragraph.

A fused one stands at a paragraph's start or after a sentence's end:

    fused = run , lead ;          (* `SEPARATE RUSSIAN PEACE BID The Vienna meeting comes …` *)
    run   = caps , { SP , caps } ;                            (* at most 60 characters *)
    lead  = a token that starts a sentence: capital and lower case, a quotation mark, a digit ;

What looks like one and is none: datelines, speaker labels (`SHAW WU, ANALYST, KAUFMAN:`), lists of
codes, acronyms that open a sentence (`BNX said`), quoted speech.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from wiredesk.extract.capitals import (
    ACRONYMS,
    COMPANY,
    DETERMINERS,
    LEAD_INS,
    SHORT_WORDS,
    VERBS,
)
from wiredesk.extract.spans import Run

LONGEST = 60
_CAPS = r"[\"'(]?(?:[A-Z][A-Z0-9'.&/,$%-]*|\d[\d.,/'%-]*|[&$-]|Mc[A-Z]+)[\"')]?[?!:.,;]?[\"']?"
#: capitals from a sentence's start on, up to a token that has lower-case letters
CANDIDATE = re.compile(
    rf"(?:^|(?<=[.?!][\"') ])\s*|(?<=[.?!:])\s+)(?P<head>{_CAPS}(?:\s+{_CAPS}){{0,11}})\s+"
    r"(?=(?P<lead>[\"'(]*[A-Z0-9$*][\w.'&-]*))"
)
#: cheaper than the candidates, and enough to pass most paragraphs over
CAPITALS = re.compile(
    r"[A-Z]{5}|[A-Z]{2}(?:'S)?[\"',&?!:]? (?:A |[\"'])?[A-Z]{2}|[A-Z]{2}-[A-Z]{3}"
)
TOKEN = re.compile(r"\S+")
#: what a sentence ends in, its closing mark included
SENTENCE_ENDS = (
    ". ",
    "? ",
    "! ",
    ": ",
    '." ',
    '?" ',
    '!" ',
    ".' ",
    "?' ",
    "!' ",
    ".) ",
    "?) ",
    "!) ",
)
LONGEST_BEFORE = 120  # characters of a head, at the very most
CODED = re.compile(r"[A-Z0-9]{2,}\.[A-Z]{1,2}\.?$")
WHOLE = re.compile(rf"^(?:{_CAPS})(?:\s+{_CAPS}){{0,14}}$")
ACRONYM = re.compile(r"(?<=[a-z,;] )([A-Z][A-Z.&-]{1,9})(?=[ ,.;)']+[a-z(])")


@dataclass(frozen=True, slots=True)
class Head:
    """A crosshead (or speaker label) and where it stands in its paragraph."""

    kind: Literal["crosshead", "speaker_label"]
    start: int
    end: int
    confidence: float


class Usage:
    """How a story uses capitals, found out when first a paragraph makes it matter."""

    def __init__(self, runs: Sequence[Run]) -> None:
        self._runs = runs

    def opens_with(self, folded: str) -> bool:
        """Whether a paragraph is the first of several: no crosshead divides it from another."""
        return len(self._runs) > 1 and self._runs[0].folded == folded

    @cached_property
    def text(self) -> str:
        """All of the copy."""
        return " ".join(run.folded for run in self._runs)

    @cached_property
    def acronyms(self) -> frozenset[str]:
        """Capitals that stand inside running text: between words with lower-case letters."""
        return frozenset(ACRONYM.findall(self.text))


def whole_line(run: Run) -> Head | None:
    """The paragraph as a heading of its own: by markup, or by its capitals."""
    text = run.folded
    if not text or len(text) > 120:
        return None
    if run.heading:
        return Head("speaker_label" if text.endswith(":") else "crosshead", 0, len(text), 1.0)
    words = re.findall(r"[A-Z]+", text)
    long_enough = any(len(w) >= 4 for w in words) or (len(words) > 2 and words[-1] != words[0])
    if not WHOLE.match(text) or not long_enough:  # AN ACT OF 1779
        return None
    if text.endswith(".") and text.count(" ") < 2:
        return None
    if sum(not (c.isalpha() or c.isspace()) for c in text) * 3 > len(text):
        return None  # a row of a table: LIBYA 1.0 1.0 1.0
    if text.rstrip(":") in LEAD_INS or (text[0] == "(" and ":" in text):
        return None
    return Head("speaker_label" if ":" in text else "crosshead", 0, len(text), 0.95)


def fused(run: Run, story: Usage) -> list[Head]:
    """Crossheads fused anywhere into a paragraph, in order.

    `story` says how the whole of the copy uses capitals.
    """
    text = run.folded
    heads: list[Head] = []
    for found in _candidates(text):
        # Halden Bank Inc. (TSX: HLD.UN; NYSE: HLD) said
        if found["head"][0] == "(" and ":" in found["head"]:
            continue
        tokens = [(m.start() + found.start("head"), m[0]) for m in TOKEN.finditer(found["head"])]
        if found["head"][0].isdigit() and found["head"].endswith(":"):
            continue  # 4. KELPIE: a row of a race's result
        label = next((n for n, (_, token) in enumerate(tokens) if token.endswith(":")), None)
        if label is not None and found["head"][: found["head"].find(":")] in LEAD_INS:
            continue
        if label is not None:  # COMMENTARY: SID PARAKH, ANALYST
            at, word = tokens[label]
            rest = tokens[label + 1 :]
            spoken = "," in found["head"][found["head"].find(":") :] or found["lead"][0] == '"'
            if rest and not spoken:  # WANTED: HEALTHY OUTLOOKS
                after = _judge(text, rest, found.end(), story)
                heads.append(
                    Head("crosshead", tokens[0][0], after.end, 0.8)
                    if after
                    else Head("speaker_label", tokens[0][0], at + len(word), 0.8)
                )
                continue
            heads.append(Head("speaker_label", tokens[0][0], at + len(word), 0.8))
            tokens = rest
        head = _judge(text, tokens, found.end(), story) if tokens else None
        if head:
            heads.append(head)
    return heads


def _candidates(text: str) -> Iterator[re.Match[str]]:
    """Capitals at a sentence's start, looked for only where a few capitals stand together."""
    done = 0
    for capitals in CAPITALS.finditer(text):
        if capitals.start() < done:
            continue
        # the first start that reaches so far: `NO U.S. ORDERS YET` has a stop in it
        for start in _sentence_starts(
            text, max(done - 3, capitals.start() - LONGEST_BEFORE), capitals
        ):
            found = CANDIDATE.match(text, start)
            if found and found.end() > capitals.start():
                done = found.end()
                yield found
                break


def _sentence_starts(text: str, reach: int, capitals: re.Match[str]) -> list[int]:
    """Where the sentences start that may open with these capitals, in order."""
    starts = [0] if reach <= 0 else []
    for ending in SENTENCE_ENDS:
        at = text.find(ending, max(0, reach), capitals.start())
        while at >= 0:
            starts.append(at + len(ending) - 1)
            at = text.find(ending, at + 1, capitals.start())
    return sorted(starts)


def _judge(text: str, tokens: list[tuple[int, str]], end: int, story: Usage) -> Head | None:
    start = tokens[0][0]
    if _quoted(text, start):
        return None
    # the head ends at its first sentence end: `TWO WRONGS? Many analysts`
    for n, (_, token) in enumerate(tokens):
        if token[-1] in "?!" or token.rstrip("\"'")[-1:] in "?!":
            tokens = tokens[: n + 1]
            break
    lead = text[end:]
    tokens = _given_back(tokens, lead, story.acronyms, text)
    if not tokens:
        return None
    end = tokens[-1][0] + len(tokens[-1][1])
    if start == 0 and story.opens_with(text):  # `FIVE HERONS WADING at dawn …`: a drop cap's line
        return None
    head = text[start:end]
    # `CLEVELAND RUECKERT, MARKET ANALYST, BIRINYI INC. "Well …`: a speaker, not a sentence
    speaker = "," in head and text[end:].lstrip()[:1] == '"'
    if len(head) > LONGEST + 15 or (head.endswith((",", ".", ";", "-")) and not speaker):
        return None
    if head.count("(") != head.count(")"):
        return None  # QUAY BOY (D O'Dale, C Wall), in lists of owners
    if head.count('"') % 2 or COMPANY.match(text[end:].lstrip()):
        return None  # `"THE FERRY IS LATE," a sign read.` and `ABC KELP HOLDINGS Ltd said`
    after = text[end:].lstrip()[:40]
    if not any(c.islower() or c in "\"'$" or c.isdigit() for c in after):
        return None  # the whole line is in capitals
    following = text[end:].split(None, 1)
    # Countrywide CFC.N CEO Angelo Mozilo; SKARR AMRO SKA.AS, its owner, said
    codes = (*(token for _, token in tokens), *(token.rstrip(",;:)") for token in following[:1]))
    if any(map(CODED.match, codes)):
        return None
    words = [re.sub(r"[^A-Z0-9]", "", token) for _, token in tokens]
    plain = [
        w
        for w, (_, token) in zip(words, tokens, strict=True)
        if len(w) >= 4
        and w.isalpha()
        and token.strip("\"',?!") not in story.acronyms
        and w not in ACRONYMS
    ]
    opener = following[0].strip("\"'(") if following else ""
    if len(tokens) == 1:
        lone = words[0]
        if len(lone) < 5 or not plain:
            return None
        # `SLOWDOWN China's expansion`: a word that the story also has in small letters is no name
        if opener not in DETERMINERS and not re.search(rf"\b{lone.lower()}\b", story.text):
            return None
        return Head("crosshead", start, end, 0.6)
    short = [w for w in words if w in SHORT_WORDS]
    if not plain and not (len(words) > 2 and len(short) > 1):  # NO ONE WAY BET
        return None
    if text[:start].rstrip().endswith(":") and len(words) < 3 and not text[:start].isupper():
        return None
    if sum(c.isdigit() for c in head) > len(head) // 3:
        return None
    return Head("crosshead", start, end, 0.9)


def _given_back(
    tokens: list[tuple[int, str]], lead: str, acronyms: frozenset[str], text: str
) -> list[tuple[int, str]]:
    """Give trailing tokens back to the body: `A`, `I`, and acronyms that open the sentence.

    `DAMAGE CONTROL | BNX said`, `GIANT LEAP | A spokesman`.
    """
    after = lead
    while tokens:
        at, token = tokens[-1]
        bare = token.strip("\"',")
        one_letter = bare in {"A", "I"} or (len(tokens) > 1 and re.fullmatch(r"[A-Z]\.", bare))
        acronym = (
            (bare in ACRONYMS or bare in acronyms or "." in bare.rstrip("."))
            and bool(after)
            and (len(tokens) > 1)
            and (VERBS.match(after) or after[:1].islower() or "." in bare.rstrip("."))
        )
        numeral = re.fullmatch(r"[$]?\d[\d.,%]*", bare) and after[:1].islower()
        if not (one_letter or acronym or numeral or after[:1].islower()):
            break
        tokens = tokens[:-1]
        after = text[at:]
        if not tokens:
            return []
    return tokens


def _quoted(text: str, at: int) -> bool:
    """Whether the last quotation mark before `at` opened a quotation.

    Counting marks would be thrown off by a quotation left open for the next paragraph.
    """
    mark = text.rfind('"', 0, at)
    if mark < 0 or text[at] == '"' or not (mark == 0 or text[mark - 1] in " ("):
        return False
    # it may never have been closed: `"We might have two years of growth in a row. HELP FOR …`
    closing = text.find('"', at)
    return closing > 0 and text[closing - 1] not in " ("
