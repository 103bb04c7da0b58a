"""`wiredesk diff`: two versions of a story for a person, what changed marked word by word.

On a terminal words that went are red and struck, words that came are green; without colours they
stand as `[-went-]` and `{+came+}`.  Paragraphs that did not change are counted, not printed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from rich.console import Console
from rich.text import Text

from wiredesk.match.changes import FIELDS, Change, VersionText, places

WENT = "red strike"
CAME = "green"
FACT = "dim"
#: one sign a kind for the margin: what a reader of `diff` expects
SIGNS = {
    "paragraph_added": "+",
    "paragraph_removed": "-",
    "paragraph_changed": "~",
    "paragraph_moved": ">",
    "credit_added": "+",
    "credit_removed": "-",
}
_WORDS = re.compile(r"\s+|[^\W_]+(?:[.,'’-][^\W_]+)*|.", re.DOTALL)
#: Fetched text may carry escape sequences, which would act on the reader's terminal, and marks of
#: direction, which would show the words in another order.
_CONTROLS = {
    code: "\N{REPLACEMENT CHARACTER}"
    for span in ((0, 9), (11, 32), (127, 160), (0x202A, 0x202F), (0x2066, 0x206A))
    for code in range(*span)
}


def show_diff(
    before: VersionText, after: VersionText, changes: Sequence[Change], console: Console
) -> None:
    """Print `changes`, which `match.changes.changes(before, after)` found; says so if none."""
    if not changes:
        console.print("no change", style=FACT)
        return
    marked = _coloured(console)
    were, are = len(before.paragraphs), len(after.paragraphs)
    console.print(
        f"{len(changes)} changes, {were} paragraphs before, {are} after",
        style=FACT,
        highlight=False,
    )
    for change in changes:
        if change.kind in FIELDS:
            _print(console, change.kind, _words(change, marked=marked))
    _show_paragraphs(before, after, changes, console, marked=marked)
    for change in changes:
        if change.kind.startswith("credit"):
            name = f"{SIGNS[change.kind]} credit"
            _print(console, name, _words(change, marked=marked))


def _coloured(console: Console) -> bool:
    return console.is_terminal and console.color_system is not None and not console.no_color


def _show_paragraphs(
    before: VersionText,
    after: VersionText,
    changes: Sequence[Change],
    console: Console,
    *,
    marked: bool,
) -> None:
    """Changed paragraphs in the order of the later version, between counts of unchanged ones."""
    told = [c for c in changes if c.kind.startswith("paragraph")]
    facts: dict[int, list[Change]] = {}
    for change in changes:
        if change.kind in {"number", "name"} and change.at is not None:
            facts.setdefault(change.at, []).append(change)
    stood = places(before, after)
    printed = 0
    for change in told:
        at = change.at or 0
        removed = change.kind == "paragraph_removed"
        here = stood[at] if removed else at
        _unchanged(here - printed, console)
        printed = max(printed, here if removed else at + 1)
        _print(console, f"{SIGNS[change.kind]} {at + 1}", _paragraph(change, marked=marked))
        if change.kind == "paragraph_changed":
            for fact in facts.get(at, ()):
                _print(console, fact.kind, _words(fact, marked=marked))
    if told:
        _unchanged(len(after.paragraphs) - printed, console)


def _unchanged(count: int, console: Console) -> None:
    if count > 0:
        noun = "paragraph" if count == 1 else "paragraphs"
        _print(console, "", Text(f"… {count} {noun} unchanged", FACT))


def _paragraph(change: Change, *, marked: bool) -> Text:
    if change.kind != "paragraph_moved":
        return _words(change, marked=marked)
    return Text.assemble(("moved: ", FACT), _safe(change.after or ""))


def _words(change: Change, *, marked: bool) -> Text:
    """What went and what came, word by word, in the place where it stands."""
    went, came = _split(change.before), _split(change.after)
    text = Text()
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, went, came, autojunk=False).get_opcodes():
        if tag == "equal":
            text.append("".join(came[j1:j2]))
            continue
        _mark(text, "".join(went[i1:i2]), WENT, ("[-", "-]"), marked=marked)
        _mark(text, "".join(came[j1:j2]), CAME, ("{+", "+}"), marked=marked)
    return text


def _mark(text: Text, words: str, style: str, signs: tuple[str, str], *, marked: bool) -> None:
    if words:
        text.append(words, style) if marked else text.append(words.join(signs))


def _split(text: str | None) -> list[str]:
    return _WORDS.findall(_safe(text or ""))


def _safe(text: str) -> str:
    return " ".join(text.split()).translate(_CONTROLS)


#: columns of the margin; the longest names in it are `headline` and `- credit`
MARGIN = 10


def _print(console: Console, name: str, text: Text) -> None:
    """A margin with the name and the text beside it, wrapped to the console's width."""
    room = max(20, console.width - MARGIN)
    for n, line in enumerate(text.wrap(console, room)):
        margin = Text(f"{name if n == 0 else '':<{MARGIN}}", FACT)
        line.rstrip()
        console.print(Text.assemble(margin, line), soft_wrap=True)
