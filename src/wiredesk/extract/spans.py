"""Run: a stretch of a paragraph that readers read, and that knows where it came from.

Readers match on `folded` (plain quotes and dashes, one character for one) and quote from `text`
(white space collapsed).  `span(i, j)` gives the offsets in the decoded input.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from wiredesk.model import Copy, Para

FOLDED = tuple(zip("’‘‛ʼ“”„‟–—―‐‑−′″", "''''\"\"\"\"------'\"", strict=True))
WIDE = re.compile(r"\s{2,}")


class Run:
    """`text[at:at+len]` of a paragraph; slicing keeps the way back to the input."""

    __slots__ = ("_at", "_origin", "_para", "_words", "folded", "text")

    def __init__(self, para: Para, origin: tuple[int, ...] | None) -> None:
        self.text = para.text
        self.folded = fold(para.text)
        self._para = para
        self._at = 0
        self._origin = origin
        self._words: tuple[list[int], list[int]] | None = None

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return bool(self.text)

    def __repr__(self) -> str:
        return f"Run({self.text[:40]!r})"

    @property
    def heading(self) -> bool:
        """Whether the markup called the whole paragraph a heading."""
        return self._para.heading

    def cut(self, start: int, end: int | None = None) -> Run:
        """The part from `start` to `end`, without white space at its edges."""
        end = len(self.text) if end is None else end
        part = self.text[start:end]
        start += len(part) - len(part.lstrip())
        part = part.strip()
        run = Run.__new__(Run)
        run.text = part
        run.folded = self.folded[start : start + len(part)]
        run._para, run._origin, run._words = self._para, self._origin, self._words
        run._at = self._at + start
        return run

    def span(self, start: int = 0, end: int | None = None) -> tuple[int, int]:
        """Offsets in the decoded input of `text[start:end]`."""
        end = len(self.text) if end is None else end
        if end <= start:
            at = self._input(self._raw(self._at + start))
            return at, at
        first = self._raw(self._at + start)
        after = self._raw(self._at + end - 1) + 1
        return self._input(first), self._input(after)

    def copy_span(self) -> tuple[int, int]:
        """Offsets of the run in the clean copy's text, whatever the decoded input's are."""
        return self._raw(self._at), self._raw(self._at + len(self.text) - 1) + 1

    def _input(self, at: int) -> int:
        return at if self._origin is None else self._origin[at]

    def _raw(self, at: int) -> int:
        """Offset in the copy's text of character `at` of the paragraph's collapsed text."""
        para = self._para
        if at == 0 or len(para.raw) == len(para.text):
            return para.start + at
        if at == len(para.text) - 1:
            return para.start + len(para.raw) - 1
        if self._words is None:
            self._words = _widths(para.raw)
        collapsed, lost = self._words
        return para.start + at + lost[bisect_right(collapsed, at)]


def _widths(raw: str) -> tuple[list[int], list[int]]:
    """Where collapsing took characters away, and how many were gone before each such place."""
    collapsed: list[int] = []
    lost = [0]
    gone = 0
    for wide in WIDE.finditer(raw):
        start, end = wide.span()
        collapsed.append(start - gone + 1)
        gone += end - start - 1
        lost.append(gone)
    return collapsed, lost


def fold(text: str) -> str:
    """Typographic quotes and dashes as plain ones, one character for one."""
    for printed, plain in FOLDED:  # str.translate, character by character, takes four times as long
        if text.isascii():
            break
        text = text.replace(printed, plain)
    return text


def runs(copy: Copy) -> list[Run]:
    """A run for each paragraph."""
    return [Run(para, copy.origin) for para in copy.paras]
