"""Finding the sign-off: the bottom of the copy, read from its end upward.

A role word starts a sign-off only at a paragraph's start, after "(", after a sentence's end, or
glued to one (`accounted for.Reporting by Martin…`), and only before a name or a desk.  Prose has
the same words: `underwritten by JPMorgan`, `The notes were written by Halden Bank`.
"""

from __future__ import annotations

import re

from wiredesk.agencies.grammar import Grammar
from wiredesk.extract import trailers
from wiredesk.extract.credits import agency_line, read_block
from wiredesk.extract.notebook import is_initials, read_initials, take_notebook
from wiredesk.extract.notes import IN_PARENS, TAIL
from wiredesk.extract.people import only_people
from wiredesk.extract.release import take_contacts
from wiredesk.extract.roles import PAREN_LOOSE, starts
from wiredesk.extract.spans import Run
from wiredesk.extract.tail import Tail, joined
from wiredesk.model import Author, Copy, ParagraphKind
from wiredesk.places import Gazetteer

LOOK_BACK = 6  # paragraphs below a sign-off that may be photo lines, biographies, promotions
REACH = 2000  # characters from a paragraph's end in which a sign-off is looked for
MOST_PARTS = 60  # of a bottom: blocks, contacts, notes, closing lines; real ones have under ten
LINK_LINES = 3  # of related stories, at most, in the copy that has them
LONGEST_CONTACTS = 500  # characters of a line of nothing but contacts
LONGEST_LINE = 1500  # of AP's contributor lines; a longer paragraph is copy
#: by whom AP's copy was helped: `APTN contributor Ana Ruiz in Lima helped with this story.`
SAID_AT_END = ("contributed", "reported from", "helped with")
ENDS = ".?!\"')]:;*"
#: `(by Mike Dolan, Twitter: @…)`: a column's sign-off has no role word
PAREN_BY = re.compile(r"\({1,3}\s*(?=[Bb]y\s+[A-Z][\w'.-]+\s+[A-Z])")
BIOGRAPHY = re.compile(
    r"^(?:_{3,}\s*)?(?:[A-Z][\w.'-]+ ){1,4}"
    r"(?:writes|covers|reports|can be (?:reached|followed)|is (?:the|an?) |is (?:at|on) (?:https?://|Twitter|X\b))|"
    r"^Follow (?:him|her|them|the|[A-Z])|"
    r"^Find .{3,60} on (?:Twitter|Facebook|X)|^(?:Online|On the Net):?",
)


def read_tail(
    copy: Copy,
    runs: list[Run],
    grammar: Grammar,
    gazetteer: Gazetteer,
    authors: tuple[Author, ...],
) -> Tail:
    """Take sign-offs, trailers, contacts, notes and conversion lines off the end of the copy."""
    tail = Tail(_rejoined(copy, runs))
    take_notebook(copy, tail, gazetteer, authors)
    for _ in range(MOST_PARTS):
        if not tail.runs or not _take_last(tail, grammar, gazetteer, authors):
            break
    if grammar.genre == "press_release":
        take_contacts(tail)
    if tail.credits or any(kind == "trailer" for kind, _ in tail.below):
        _take_link_lines(tail)
    tail.credits.sort(key=lambda credit: credit.start)
    return tail


def _take_last(
    tail: Tail, grammar: Grammar, gazetteer: Gazetteer, authors: tuple[Author, ...]
) -> bool:
    """Take something off the last paragraph; False when it is body."""
    last = tail.runs[-1]
    kind = _whole(last, tail, grammar, gazetteer, authors)
    if kind:
        tail.runs.pop()
        tail.add(kind, last)
        return True
    if parted := trailers.glued(last.folded, grammar):
        tail.runs[-1] = last.cut(0, parted[0])
        tail.add("trailer", last.cut(parted[1]))
        return True
    start = _signoff_start(last.folded)
    if start is not None:
        tail.runs.pop()
        _take_signoff(tail, last, start, grammar, gazetteer, authors)
        return True
    if _conversion_at_end(tail, last):
        return True
    return _under_signoff(tail)


def _whole(
    run: Run, tail: Tail, grammar: Grammar, gazetteer: Gazetteer, authors: tuple[Author, ...]
) -> ParagraphKind | None:
    """The kind of a paragraph that is wholly matter of the bottom; None for body."""
    text = run.folded
    if trailers.pattern_for(grammar).match(text):
        return "trailer"
    if len(text) < LONGEST_CONTACTS and trailers.only_contacts(text):
        tail.contacts[:0] = trailers.read_contacts(text)[0]
        return "trailer"
    if conversion := trailers.CONVERSION.fullmatch(text):
        tail.conversions[:0] = trailers.read_conversions(conversion["raw"])
        return "conversion"
    if len(text) < LONGEST_LINE and (note := TAIL.match(text)) and not next(starts(text), None):
        tail.note = run.text[note.start("note") : note.end("note")].strip()
        return "note"
    if len(text) < 300 and (note := IN_PARENS.fullmatch(text)) and not next(starts(text), None):
        tail.note = run.text[note.start("note") : note.end("note")].strip()
        return "note"
    if len(text) < 40 and is_initials(text):
        tail.credits.extend(read_initials(run))
        return "signoff"
    if len(text) < LONGEST_LINE and any(said in text for said in SAID_AT_END):
        found = agency_line(run, gazetteer, authors)
        if found:
            tail.credits.extend(found)
            return "signoff"
    if BIOGRAPHY.match(text) and any(r.folded.startswith("___") for r in tail.runs[-4:-1]):
        return "trailer"
    return None


def _signoff_start(text: str) -> int | None:
    """Where the first sign-off block of a paragraph starts; it runs to the paragraph's end.

    The longest of 102,738 real ones has 1,180 characters; what stands further up is copy.
    """
    skipped = max(0, len(text) - REACH)
    if skipped:
        start = _signoff_start(text[skipped:])
        return None if start is None else skipped + start
    for found in starts(text):
        at = found.start()
        before = text[:at].rstrip(" *-")
        glued = bool(before) and not text[at - 1].isspace()
        if before.endswith(("(", "[")):
            return len(before.rstrip("([ "))
        capital = text[at].isupper()
        if not before and (capital or _only_people(text[found.end() :])):
            if _only_people(text[found.end() :]):
                return 0
        elif (before[-1:] in ENDS and capital and _only_people(text[found.end() :])) or (
            glued and capital and text[at - 1].islower()
        ):
            return at
    signed = PAREN_BY.search(text)
    if signed and _only_people(text[signed.end() :]):
        return signed.start()
    loose = PAREN_LOOSE.search(text)
    return loose.start() if loose and _only_people(text[loose.end() :]) else None


def _only_people(text: str) -> bool:
    return only_people(trailers.read_contacts(text[:700].split("Our Standards:", maxsplit=1)[0])[1])


def _take_signoff(
    tail: Tail,
    run: Run,
    start: int,
    grammar: Grammar,
    gazetteer: Gazetteer,
    authors: tuple[Author, ...],
) -> None:
    """Divide a paragraph into body, sign-off block and what follows the block."""
    head, block, rest = run.cut(0, start), run.cut(start), None
    if block.folded.startswith(("(", "[")):
        end = _closing(block.folded)
        if end < len(block):
            block, rest = block.cut(0, end), block.cut(end)
    if rest:
        tail.runs.append(rest)
        deeper = len(tail.runs)
        while len(tail.runs) >= deeper and _take_last(tail, grammar, gazetteer, authors):
            pass
        if len(tail.runs) >= deeper:
            leftover = tail.runs.pop()
            # text after a whole block is body only if it reads like some
            prose = len(leftover) > 200
            tail.below.append(("body" if prose else "trailer", leftover))
    found, contacts = read_block(block, gazetteer, authors)
    tail.credits.extend(found)
    tail.contacts[:0] = contacts
    tail.add("signoff", block)
    if head:
        tail.runs.append(head)


def _closing(text: str) -> int:
    """End of the parenthesised block that opens `text`; its length where it never closes."""
    depth = 0
    for n, c in enumerate(text):
        if c in "([":
            depth += 1
        elif c in ")]":
            depth -= 1
            if depth <= 0:
                return n + 1
    return len(text)


def _conversion_at_end(tail: Tail, run: Run) -> bool:
    text = run.folded
    at = text.rfind("(", max(0, len(text) - 200))
    at = at - 1 if at > 0 and text[at - 1] == "(" else at
    if at < 0:
        return False
    found = trailers.CONVERSION.fullmatch(text[at:])
    if not found:
        return False
    tail.conversions[:0] = trailers.read_conversions(found["raw"])
    tail.runs[-1] = run.cut(0, at)
    tail.add("conversion", run.cut(at))
    if not tail.runs[-1]:
        tail.runs.pop()
    return True


def _under_signoff(tail: Tail) -> bool:
    """A sign-off that stands some lines above the end: what is below it is no body."""
    below = 0
    for n in range(2, min(LOOK_BACK, len(tail.runs)) + 1):
        below += len(tail.runs[-n + 1])
        run = tail.runs[-n]
        text = run.folded
        standards = text.startswith("Our Standards: ")
        whole = standards or (len(text) < LONGEST_LINE and _signoff_start(text) == 0)
        if whole and below <= 1200:
            for _ in range(n - 1):
                tail.add("trailer", tail.runs.pop())
            return True
    return False


def _take_link_lines(tail: Tail) -> None:
    """Headlines of related stories between the copy and its sign-off.

    They have no stop at their end, in copy whose paragraphs have; a table has many such lines, and
    stays.
    """
    lines = 0
    while lines < len(tail.runs) and _is_link_line(tail.runs[-1 - lines]):
        lines += 1
    above = tail.runs[:-lines] if lines else []
    if not 0 < lines <= LINK_LINES or len(above) < LINK_LINES:
        return
    stopped = sum(run.folded.rstrip("\"')")[-1:] in {".", "?", "!"} for run in above)
    if stopped * 10 >= len(above) * 8 and above[-1].folded.rstrip("\"')")[-1:] in {".", "?", "!"}:
        for _ in range(lines):
            tail.add("trailer", tail.runs.pop())


def _is_link_line(run: Run) -> bool:
    text = run.folded
    return len(text) <= 120 and text[-1] not in ".?!\"')" and any(c.islower() for c in text)


def _rejoined(copy: Copy, runs: list[Run]) -> list[Run]:
    """Sign-offs that line ends have divided, as one paragraph again.

    `(Reporting by Ana Ruiz, additional reporting by Bo⏎Lund in Malmo; editing by Cy Park)`
    """
    out = list(runs)
    for n in range(len(out) - 2, max(-1, len(out) - 8), -1):
        text = out[n].folded
        opened = text.rfind("(")
        depth = text.count("(", max(opened, 0)) - text.count(")", max(opened, 0))
        if opened < 0 or depth <= 0 or not next(starts(text[opened:]), None):
            continue
        for m in range(n + 1, min(n + 6, len(out))):
            depth += out[m].folded.count("(") - out[m].folded.count(")")
            if depth <= 0:
                out[n : m + 1] = [joined(copy, out[n], out[m])]
                break
    return out
