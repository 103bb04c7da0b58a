"""The top of the copy: notes, bullets, bylines and the dateline, in any order.

House rules say bullets, advisory line, byline, dateline; real copy has every order, so this loops
until nothing at the top matches.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

from wiredesk.agencies import agency_named
from wiredesk.agencies.grammar import Grammar
from wiredesk.extract import notes
from wiredesk.extract.byline import is_byline
from wiredesk.extract.dateline import Found, find_dateline
from wiredesk.extract.names import NAME
from wiredesk.extract.spans import Run
from wiredesk.model import Issue, ParagraphKind
from wiredesk.places import Gazetteer

DEPTH = 14  # paragraphs in which top matter may stand: five bullets, notes, page furniture
LONGEST_HEADLINE = 160
REACH = 1500  # characters of furniture that may stand above a marked dateline
BULLET = re.compile(r"^\*\s*(?=\S)(?!\*)")
MORE_BULLETS = re.compile(r"\s\*\s+(?=[A-Z0-9\"'$])")
#: `… shortly after the opening bell in New York, … By Herbert Lash`
BYLINE_AT_END = re.compile(rf"(?:^|[.…\s])\s(?P<by>By {NAME}(?:(?:, | and ){NAME}){{0,4}})$")
FUSED_BYLINE = re.compile(rf"\s(?P<by>By {NAME}(?:(?:, | and ){NAME}){{0,4}}[^()]{{0,80}}\([A-Z])")
#: under an AP byline: `AP Business Writer`
AFFILIATED = re.compile(
    r"(?:AP|Associated Press|[A-Z]\w+)(?: [A-Z][\w&]+){0,4} "
    r"(?:Writer|Correspondent|Reporter|Editor)s?"
)
SLUG_LINE = re.compile(r"^(?:[A-Z0-9&'.]+-)*[A-Z0-9&'.]+/(?:\s+\((?P<flags>[A-Z0-9, ]+)\))?$")
KEYWORD_LINE = re.compile(r"^\^?(?:BC|AM|PM|AP)-[^\s<][^<]{2,80}<?$")


@dataclass(slots=True)
class Top:
    """What the top gave; `runs` starts with the lead."""

    runs: list[Run]
    above: list[tuple[ParagraphKind, Run]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    bullets: list[str] = field(default_factory=list)
    byline: str | None = None
    slug: str | None = None
    headline: str | None = None  #: a line above a dateline, where the format gives no headline
    found: Found | None = None
    issues: list[Issue] = field(default_factory=list)


def read_top(
    runs: list[Run],
    grammar: Grammar,
    gazetteer: Gazetteer,
    version_time: datetime | None,
) -> Top:
    """Take top matter off, paragraph by paragraph, up to and with the dateline."""
    top = Top(list(runs))
    for _ in range(DEPTH):
        if not top.runs or top.found:
            break
        if not _take_first(top, grammar, gazetteer, version_time):
            _look_below(top, grammar, gazetteer, version_time)
            break
    if top.found:
        _after_dateline(top)
    return top


def _take_first(
    top: Top,
    grammar: Grammar,
    gazetteer: Gazetteer,
    version_time: datetime | None,
) -> bool:
    run = top.runs[0]
    text = run.folded
    if BULLET.match(text):
        _take_bullets(top, run)
        return True
    if text.startswith("(") and (note := notes.IN_PARENS.match(text)):
        _note(top, run, note.start("note"), note.end("note"))
        top.above.append(("note", run.cut(0, note.end())))
        _keep_rest(top, run.cut(note.end()))
        return True
    found = find_dateline(run, grammar, gazetteer, version_time)
    if found:
        if found.before:
            top.byline = top.byline or run.text[: found.before].strip()
        top.found = found
        _keep_rest(top, run.cut(found.lead))
        return True
    if is_byline(text):
        top.byline = top.byline or run.text
        top.above.append(("note", run))
        top.runs.pop(0)
        return True
    if top.byline and (agency_named(text) or AFFILIATED.fullmatch(text)):
        if AFFILIATED.fullmatch(text):
            top.byline = f"{top.byline}, {run.text}"
        top.above.append(("note", run))
        top.runs.pop(0)
        return True
    if labelled := notes.LABELLED.match(text):
        _note(top, run, labelled.start("note"), labelled.end("note"))
        top.above.append(("note", run))
        top.runs.pop(0)
        return True
    if notes.BARE.match(text) and len(top.runs) > 1 and len(text) < 160:
        _note(top, run, 0, len(text))
        top.above.append(("note", run))
        top.runs.pop(0)
        return True
    if SLUG_LINE.match(text) or KEYWORD_LINE.match(text):
        top.slug = run.text
        top.above.append(("note", run))
        top.runs.pop(0)
        return True
    return False


def _keep_rest(top: Top, rest: Run) -> None:
    if rest:
        top.runs[0] = rest
    else:
        top.runs.pop(0)


def _note(top: Top, run: Run, start: int, end: int) -> None:
    top.notes.append(run.text[start:end].strip())


def _take_bullets(top: Top, run: Run) -> None:
    """One bullet a paragraph, or several in one: `* A * B * C`."""
    starts = [0, *(found.start() + 1 for found in MORE_BULLETS.finditer(run.folded))]
    end = len(run)
    # the byline and dateline may be fused to the last: `* Shares fall By Ilse Marchetti NAIROBI (…`
    fused = FUSED_BYLINE.search(run.folded, starts[-1])
    if fused:
        end = fused.start("by")
    for start, stop in zip(starts, [*starts[1:], end], strict=True):
        bullet = run.cut(start, stop)
        top.bullets.append(bullet.text.lstrip("* ").strip())
        top.above.append(("bullet", bullet))
    _keep_rest(top, run.cut(end))


def _look_below(
    top: Top,
    grammar: Grammar,
    gazetteer: Gazetteer,
    version_time: datetime | None,
) -> None:
    """Page furniture, photo lines, a headline: skipped if a marked dateline opens a line below.

    A dateline without an agency's mark is not believed down here.
    """
    passed = 0
    for n in range(1, min(DEPTH, len(top.runs))):
        passed += len(top.runs[n - 1])
        if passed > REACH:
            return
        run = top.runs[n]
        if "(" not in run.folded[:200] and "/" not in run.folded[:200]:
            continue
        found = find_dateline(run, grammar, gazetteer, version_time)
        if not found or not found.grammar or (not found.dateline.places and n > 3):
            continue
        if found.dateline.rule == "F7" and not found.dateline.places:
            continue
        for m, above in enumerate(top.runs[:n]):
            _skip(top, above, first=m == 0)
        top.runs[:n] = []
        top.found = found
        if found.before:
            top.byline = top.byline or run.text[: found.before].strip()
        _keep_rest(top, run.cut(found.lead))
        return


def _skip(top: Top, run: Run, *, first: bool) -> None:
    if is_byline(run.folded):
        top.byline = top.byline or run.text
        top.above.append(("note", run))
    elif BULLET.match(run.folded):
        top.bullets.append(run.text.lstrip("* ").strip())
        top.above.append(("bullet", run))
    elif (
        first
        and not agency_named(run.folded)
        and len(run) <= LONGEST_HEADLINE
        and run.text[-1] not in ".:;…"
    ):
        top.headline = run.text
        top.above.append(("note", run))
    else:
        if signed := BYLINE_AT_END.search(run.folded):
            top.byline = top.byline or run.text[signed.start("by") :]
        if not any(issue.code == "furniture_removed" for issue in top.issues):
            top.issues.append(Issue("furniture_removed", run.text[:80]))
        top.above.append(("trailer", run))


def _after_dateline(top: Top) -> None:
    """`MADRID (Reuters) - (Adds quotes) The …`: a note may follow the dateline too."""
    if top.runs and top.runs[0].folded.startswith("("):
        run = top.runs[0]
        note = notes.IN_PARENS.match(run.folded)
        if note and len(run) > note.end() and len(note["note"]) < 200:
            _note(top, run, note.start("note"), note.end("note"))
            top.above.append(("note", run.cut(0, note.end())))
            _keep_rest(top, run.cut(note.end()))
