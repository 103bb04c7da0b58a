"""The footer of dpa's copy, and the initials that several desks sign with.

    footer   = "# Notebook" , { line } , "The following information is not …" ,
               { "## " , heading | "- " , clause | contact } , [ "dpa " , initials ] ;
    initials = "(" , word , ") " , people           (* APA: `(Schluss) hoz/mkr`, `(Forts.) hoz` *)
             | UC2_4 , " // " , UC2_4                            (* Lusa: who wrote, who edited *)
             | lc2_4 , { ( "/" | "-" | SP ) , lc2_4 } | "(" , AGENCY , "/" , lc2_3 , ")" | dpa
             | AGENCY , SP , [ DESK , SP ] , people                        (* `AAP RTV qx` *)
             | arabic , "/" , arabic , { "/" , arabic } ;          (* AFP Arabic: `بل/غ ر/كام` *)
    dpa      = "dpa" , [ SP , people ] , [ SP , desks ] , [ SP , lc , digit ] , { SP , people } ;
    people   = lc2_5 , { "/" , lc2_5 } ;         (* `dpa kt/bw yydd/xx n1 lor`: who wrote, … *)
    desks    = desk , { "/" , desk } ;  desk = "xx" | "yy" , { lc } ;    (* … for whom, urgency *)

All of it is notes, credits, contacts and initials, never body.
"""

from __future__ import annotations

import re

from wiredesk.agencies import agency_named
from wiredesk.extract.credits import read_block
from wiredesk.extract.spans import Run
from wiredesk.extract.tail import Tail, joined
from wiredesk.model import Author, Copy, Credit, ParagraphKind
from wiredesk.places import Gazetteer

_ARABIC = r"[\u0621-\u064a]{1,4}(?:[ -][\u0621-\u064a]{1,4}){0,2}"
INITIALS = re.compile(
    r"^(?:\((?:[A-Z]{2,4}/[a-z]{2,3})\)|\([A-Z]\w{2,9}\.?\) [a-z]{2,5}(?:/[a-z]{2,5}){0,5}|"
    r"[A-Z]{2,4} // [A-Z]{2,4}|[a-z]{2,4}(?:[-/][a-z]{2,4}){1,5}|"
    rf"dpa(?: [a-z]{{2,5}}(?:/[a-z]{{2,5}})*| [a-z]\d){{2,8}}|{_ARABIC}(?:/{_ARABIC}){{1,5}})$"
)
#: whoever signed; `xx`, `yynwd` say for which desks, `z2` how urgent
SIGNED = re.compile(
    r"\b(?!xx\b|yy)[a-z]{2,5}\b|\b[A-Z]{2,4}(?= //)|(?<=// )[A-Z]{2,4}\b|"
    r"[\u0621-\u064a]+(?: [\u0621-\u064a]+)*"
)
AGENCY_INITIALS = re.compile(
    r"(?P<agency>[A-Z]{2,4})(?: [A-Z]{2,4})? [a-z]{2,3}(?:/[a-z]{2,3}){0,4}"
)
DPA_NOTEBOOK = re.compile(
    r"^#+\s*Notebook\b|^## Note to editors|^\W*The following information is not"
)
DPA_HEADING = re.compile(r"^#+\s*(.+)$")


def take_notebook(
    copy: Copy, tail: Tail, gazetteer: Gazetteer, authors: tuple[Author, ...]
) -> None:
    """dpa's footer: all below `# Notebook` is notes, credits, contacts and initials, never body."""
    at = next((n for n, run in enumerate(tail.runs) if DPA_NOTEBOOK.match(run.folded)), None)
    if at is None:
        return
    footer, heading, private = tail.runs[at:], "", False
    del tail.runs[at:]
    below: list[tuple[ParagraphKind, Run]] = []
    for n, run in enumerate(footer):
        titled = DPA_HEADING.match(run.folded)
        if titled:
            heading = titled[1].lower()
            below.append(("trailer", run))
        elif "not intended for publication" in run.folded or "not for publication" in run.folded:
            private = True
            below.append(("trailer", run))
        elif heading.startswith("note to editors") and not private:
            note = run.text.strip("-* ")
            tail.note = f"{tail.note} {note}".strip() if tail.note else note or None
            below.append(("note" if note else "trailer", run))
        elif heading.startswith("internet links"):  # addresses to read at, and nobody's contacts
            below.append(("trailer", run))
        elif is_initials(run.folded):
            tail.credits.extend(read_initials(run))
            below.append(("signoff", run))
        else:
            if n and _continues(copy, run):
                below.append(("signoff", run))
                continue
            last = n
            while last + 1 < len(footer) and _continues(copy, footer[last + 1]):
                last += 1
            block = joined(copy, run, footer[last]) if last > n else run
            found, contacts = read_block(block, gazetteer, authors)
            tail.credits.extend(found)
            tail.contacts.extend(contacts)
            below.append(("signoff" if found or contacts else "trailer", run))
    tail.below.extend(reversed(below))


def is_initials(folded: str) -> bool:
    """Whether a line is the initials of those who wrote and edited, and nothing else."""
    if INITIALS.match(folded):
        return True
    named = AGENCY_INITIALS.fullmatch(folded)
    return bool(named and agency_named(named["agency"]))


def read_initials(run: Run) -> list[Credit]:
    """`hh/ph`, `dpa oa rmo to rmo`: a credit of the desk for each, in printed order."""
    credits = []
    for found in SIGNED.finditer(run.folded, 3 if run.folded.startswith("dpa") else 0):
        if not found[0].isascii() and agency_named(
            found[0]
        ):  # `ا ف ب/جص`: AFP's own mark among them
            continue
        at, end = run.span(*found.span())
        credits.append(Credit("desk", "initials", found[0], None, None, None, None, None, at, end))
    return credits


def _continues(copy: Copy, run: Run) -> bool:
    """A line of an item that wraps: indented under its dash."""
    start = run.copy_span()[0]
    return copy.text[max(0, start - 1) : start] in {" ", "\t"}
