"""Where the words that were asked for stand in a text, and the passage that shows most of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from wiredesk.search.index import FOLDED

LENGTH = 32  #: words of a passage: two lines and a half of a terminal
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Passage:
    """Text with spans (start, end exclusive) of what was found in it."""

    text: str
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Token:
    word: str
    start: int
    end: int


def marked(text: str, runs: frozenset[tuple[str, ...]]) -> Passage:
    """The whole of a short text, with what was found in it."""
    tokens = _tokens(text)
    return _passage(text, tokens, _found(tokens, runs), 0, len(tokens))


def snippet(text: str, runs: frozenset[tuple[str, ...]]) -> Passage:
    """The passage that holds the most different things asked for, the earliest of equals."""
    tokens = _tokens(text)
    found = _found(tokens, runs)
    best = (0, 0, 0)
    for n, (first, _, _) in enumerate(found):
        begin = max(0, min(first - LENGTH // 4, len(tokens) - LENGTH))
        inside = [run for at, size, run in found[n:] if at + size <= begin + LENGTH]
        best = max(best, (len(set(inside)), len(inside), -begin))
    begin = -best[2]
    return _passage(text, tokens, found, begin, min(len(tokens), begin + LENGTH))


def _tokens(text: str) -> list[_Token]:
    return [
        _Token(token.text, token.char_offset_from, token.char_offset_to)
        for token in FOLDED.pre_tokenize(text).tokens
    ]


def _found(
    tokens: Sequence[_Token], runs: frozenset[tuple[str, ...]]
) -> list[tuple[int, int, tuple[str, ...]]]:
    """(first token, how many, run) of each run that stands in a text; longer before shorter."""
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for run in sorted(runs, key=len, reverse=True):
        by_first.setdefault(run[0], []).append(run)
    return [
        (at, len(run), run)
        for at, token in enumerate(tokens)
        for run in by_first.get(token.word, ())
        if tuple(t.word for t in tokens[at : at + len(run)]) == run
    ]


def _passage(
    text: str,
    tokens: Sequence[_Token],
    found: Sequence[tuple[int, int, tuple[str, ...]]],
    begin: int,
    end: int,
) -> Passage:
    """The words from `begin` to `end` in one line, what was cut before and after as an ellipsis."""
    if begin >= end:
        return Passage("", ())
    lit = {n for at, size, _ in found for n in range(at, at + size)}
    start = tokens[begin].start if begin else 0
    stop = tokens[end - 1].end if end < len(tokens) else len(text)
    shown = ["… "] if begin else []
    spans: list[tuple[int, int]] = []
    length = 2 if begin else 0
    cuts = sorted({start, stop, *(o for t in tokens[begin:end] for o in (t.start, t.end))})
    starts = {tokens[n].start for n in range(begin, end) if n in lit}
    for one, two in pairwise(cuts):
        piece = _SPACE.sub(" ", text[one:two])
        if one in starts:
            spans.append((length, length + len(piece)))
        shown.append(piece)
        length += len(piece)
    if end < len(tokens):
        shown.append(" …")
    return Passage("".join(shown), _joined(spans, "".join(shown)))


def _joined(spans: Sequence[tuple[int, int]], text: str) -> tuple[tuple[int, int], ...]:
    """Neighbours of which only a space or a hyphen stands between as one span."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and not text[joined[-1][1] : start].strip(" -'’."):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)
