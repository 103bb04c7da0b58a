"""Item to Copy: whole words in whole paragraphs, and nothing of how they were wrapped.

Three kinds of damage are undone, each without losing a word (tests/test_clean.py proves it):

- encoding: mojibake (ftfy), composed accents, invisible characters;
- markup: HTML to paragraphs, with headings and wholly bold lines marked as headings, and link
  furniture taken out and kept apart in `Copy.removed`;
- wrapping: fixed-width lines joined, indents and blank lines read as paragraph breaks.

For plain text the copy's `text` is the decoded input itself, so that offsets hold in it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from wiredesk.markup import html_paragraphs
from wiredesk.model import Copy, Issue, Item, Para

#: Characters of which no run is mojibake: what is in none but these is not asked about, for the
#: asking was a fifth of the reading of a short story with typographic quotes.
ODD = re.compile("[^\x00-\x7f‘’“”–—…]")
# Zero-width space, joiners, directional marks, BOM, soft hyphen: they print nothing.
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
# One for one: what should be a plain space or can never be text.
SPACES = {ord(c): " " for c in "\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f"}
SPACES |= dict.fromkeys([*range(9), 11, *range(14, 32), 127], " ")
UNWANTED = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\u00a0\u2002-\u200a\u202f]")

#: a character and the marks that combine with it; Hangul letters combine with each other
SEGMENT = re.compile(
    "[\u1100-\u11ff]+|[^\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u06d6-\u06ed"
    "\u0900-\u0dff\u0e31-\u0eb9\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f]"
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u06d6-\u06ed\u0900-\u0dff"
    "\u0e31-\u0eb9\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f]*|.",
    re.DOTALL,
)
WRAP_LONGEST = 100  # fixed-width copy is set in 60 to 80 columns; 100 leaves room for a long word
WRAP_SHORTEST = 40  # a "full" line of it; shorter ones end a paragraph
INDENT = re.compile(r"(?m)^(?: {3,8}|\t)\S")
BLANK = re.compile(r"\n[ \t\r\f]*\n")
ENDS_SENTENCE = re.compile(r"""[.?!:;)"”’*_-]\s*$""")


def clean(item: Item) -> Copy:
    """The clean copy of an item."""
    if item.markup == "html":
        return _from_html(item)
    text, origin, issues = _repair(item.body)
    paras = tuple(_paras(text))
    return Copy(item, text, paras, origin, (), issues)


def clean_line(line: str | None) -> str | None:
    """A headline or byline: repaired, on one line, or None where nothing is left."""
    if not line:
        return None
    return " ".join(_repair(line)[0].split()) or None


def _from_html(item: Item) -> Copy:
    paragraphs, removed = html_paragraphs(item.body)
    issues: tuple[Issue, ...] = ()
    paras: list[Para] = []
    texts: list[str] = []
    at = 0
    # judged once: paragraph by paragraph it was a tenth of the reading of a page
    sound = _is_sound("\n".join(text for text, _ in paragraphs))
    for paragraph, heading in paragraphs:
        text, _, odd = _repair(paragraph, sound=sound)
        text = " ".join(text.split())
        if not text:
            continue
        issues += tuple(issue for issue in odd if issue not in issues)
        paras.append(Para(text, text, at, heading))
        texts.append(text)
        at += len(text) + 2
    if removed:
        issues += (Issue("furniture_removed", " | ".join(removed)[:200]),)
    return Copy(item, "\n\n".join(texts), tuple(paras), None, removed, issues)


def _repair(
    text: str, *, sound: bool = False
) -> tuple[str, tuple[int, ...] | None, tuple[Issue, ...]]:
    """Repaired text, the origin of each character where lengths changed, and what was done.

    `sound`: known to hold no mojibake.

    The origins have one entry more than the text, for its end.
    """
    if UNWANTED.search(text):
        text = text.translate(SPACES)
    if text.isascii():
        return text, None, ()
    issues: tuple[Issue, ...] = ()
    origin: list[int] | None = None
    fixed = text if sound else _unmojibake(text)
    if fixed != text:
        issues = (Issue("mojibake_repaired"),)
        origin = _anchored(text, fixed)
        fixed = fixed.translate(SPACES)  # repair may bring a no-break space to light
    if INVISIBLE.search(fixed):
        kept = [n for n, c in enumerate(fixed) if not INVISIBLE.match(c)]
        origin = [origin[n] if origin else n for n in (*kept, len(fixed))]
        fixed = INVISIBLE.sub("", fixed)
    if not unicodedata.is_normalized("NFC", fixed):
        fixed, starts = _composed(fixed)
        origin = [origin[n] if origin else n for n in starts]
    return fixed, tuple(origin) if origin else None, issues


def _is_sound(text: str) -> bool:
    if not ODD.search(text):
        return True
    from ftfy import badness  # noqa: PLC0415 - see below

    return not badness.is_bad(text)


def _unmojibake(text: str) -> str:
    if not ODD.search(text):
        return text
    from ftfy import badness, fix_encoding  # noqa: PLC0415 - only non-ASCII copy pays the import

    return str(fix_encoding(text)) if badness.is_bad(text) else text


def _composed(text: str) -> tuple[str, list[int]]:
    """NFC of `text`, and for each of its characters (and its end) the place it came from."""
    out: list[str] = []
    starts: list[int] = []
    for segment in SEGMENT.finditer(text):
        composed = unicodedata.normalize("NFC", segment[0])
        out.append(composed)
        last = segment.end() - 1
        starts.extend(min(segment.start() + n, last) for n in range(len(composed)))
    return "".join(out), [*starts, len(text)]


def _anchored(before: str, after: str) -> list[int]:
    """For each character of `after` (and its end) its place in `before`.

    Mojibake is repaired in runs of non-ASCII characters, so the ASCII characters come in the same
    order in both and are the anchors.
    """
    origin: list[int] = []
    at, last = 0, len(before) - 1
    for c in after:
        if c.isascii():
            found = before.find(c, at)
            at = found if found >= 0 else at
        else:
            while at < last and before[at].isascii():
                at += 1
        origin.append(min(at, last))
        at += 1
    return [*origin, len(before)]


def _paras(text: str) -> Iterator[Para]:
    """Paragraphs of plain text: by blank lines, by indents, or a line each, as the copy is set."""
    indented = _indented(text)
    for start, end in _blocks(text):
        block = text[start:end]
        for s, e in _lines_joined(block, indented):
            raw = block[s:e]
            stripped = raw.strip()
            if stripped:
                lead = len(raw) - len(raw.lstrip())
                yield Para(stripped, " ".join(stripped.split()), start + s + lead)


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for gap in BLANK.finditer(text):
        yield at, gap.start()
        # the gap's last line end opens the next block, whose indent must stay visible
        at = gap.end()
    yield at, len(text)


def _indented(text: str) -> bool:
    """Fixed-width copy: some lines are indented by 3 to 8 blanks, and others carry on from them."""
    if not INDENT.search(text):
        return False
    lines = [line for line in text.split("\n") if line.strip()]
    fitting = sum(len(line) <= WRAP_LONGEST for line in lines)
    return fitting >= 0.8 * len(lines)


def _lines_joined(block: str, indented: bool) -> Iterator[tuple[int, int]]:
    """Spans of the paragraphs of a block without blank lines."""
    if "\n" not in block:
        yield 0, len(block)
        return
    lines = block.split("\n")
    joined = indented or _wrapped(lines)
    start = at = 0
    for n, line in enumerate(lines):
        opens = n > 0 and (not joined or INDENT.match(line) or line.lstrip()[:2] in {"* ", "- "})
        if opens:
            yield start, at
            start = at
        at += len(line) + 1
    yield start, len(block)


def _wrapped(lines: list[str]) -> bool:
    """Whether line ends are soft: the lines are full, none is overlong, and most stop mid-sentence.

    `offered \\nto pay a $20 million fine and relinquish some leases to the \\nstate of Alaska`
    """
    full = [line.rstrip() for line in lines[:-1] if line.strip()]
    # the median, because web copy runs a few short paragraphs together on one overlong line
    if not full or sorted(map(len, full))[len(full) // 2] > WRAP_LONGEST:
        return False
    longish = sum(len(line) >= WRAP_SHORTEST for line in full)
    open_ended = sum(not ENDS_SENTENCE.search(line) for line in full)
    return longish * 3 >= len(full) * 2 and open_ended * 2 > len(full)
