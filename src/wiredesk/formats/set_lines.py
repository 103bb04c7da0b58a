"""How the text of one element was set: what its line ends and `<br>`s mean.

    text = line , { ( break | newline ) , line } ;

A newline in markup is a space, but for copy that was set in columns before it was marked up: then
some lines stand at the margin, an indent of three to eight opens a paragraph, and a row of a table
shows by its gaps.  A `<br>` ends a line: of running copy, where the lines are full and most stop in
mid-sentence (dpa breaks at 65 characters), else of a list, whose lines are paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

BREAK = "\v"  # a <br>, until it is known what it means
OPENS = re.compile(r"\n(?:[ \t\r]*\n\s*|(?: {3,8}|\t)(?=[^\s]))")
AT_MARGIN = re.compile(r"\n\S")
GAP = re.compile(r"\S(?: {3,}|\t)\S")
LONGEST = 100  # characters of a line that was broken to fit a column
SHORTEST = 40  # of a full one
ENDS = re.compile(r"[.?!:;)\"”’»*]\s*$")


def pieces(text: str) -> Iterator[str]:
    """The paragraphs that one element holds, each with its white space as it was."""
    if BREAK in text:
        yield from _broken([" ".join(line.split()) for line in text.split(BREAK)])
    elif "\n" in text and _is_table(lines := text.split("\n")):
        yield from filter(str.strip, lines)
    elif "\n" in text and AT_MARGIN.search(text):
        yield from filter(str.strip, OPENS.split(text))
    else:
        yield text


def plain(text: str) -> str:
    """The text of an element that is all there is, as text: clean.py tells how it was set."""
    if BREAK in text:
        return "\n".join(" ".join(line.split()) for line in text.split(BREAK)).strip()
    # printing the XML indented all lines but the first
    first, *rest = text.strip().split("\n")
    depth = min((len(line) - len(line.lstrip()) for line in rest if line.strip()), default=0)
    return "\n".join([first, *(line[depth:].rstrip() for line in rest)])


def _broken(lines: list[str]) -> Iterator[str]:
    lines = [line for line in lines if line]
    wrapped = _is_wrapped(lines)
    whole = ""
    for line in lines:
        # `(Reporting by Ann Lee<br/>Editing by Joss Marr)` is one sign-off; and no line of a list
        # opens in small letters, as the second half of `Funds (part 4 of 4)<br/>stood at …` does
        runs_on = whole.count("(") > whole.count(")") or line[0].islower()
        joined = bool(whole) and (wrapped or runs_on)
        if not joined and whole:
            yield whole
        whole = f"{whole} {line}" if joined else line
    if whole:
        yield whole


def _is_wrapped(lines: list[str]) -> bool:
    """Whether all lines but the last are full, and most stop in mid-sentence."""
    full = lines[:-1]
    if not full or max(map(len, full)) > LONGEST:
        return False
    long = sum(len(line) >= SHORTEST for line in full)
    open_ended = sum(not ENDS.search(line) for line in full)
    return long * 3 >= len(full) * 2 and open_ended * 2 > len(full)


def _is_table(lines: list[str]) -> bool:
    rows = [line for line in lines if line.strip()]
    return len(rows) > 1 and sum(bool(GAP.search(row.strip())) for row in rows) * 2 >= len(rows)
