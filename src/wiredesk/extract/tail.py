"""Tail: the bottom of the copy while it is being taken off."""

from __future__ import annotations

from dataclasses import dataclass, field

from wiredesk.extract.spans import Run
from wiredesk.model import Contact, Conversion, Copy, Credit, Para, ParagraphKind


@dataclass(slots=True)
class Tail:
    """What the bottom of the copy gave; `runs` are the paragraphs that stay above it."""

    runs: list[Run]
    below: list[tuple[ParagraphKind, Run]] = field(default_factory=list)  #: last first
    credits: list[Credit] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    conversions: list[Conversion] = field(default_factory=list)
    note: str | None = None

    def add(self, kind: ParagraphKind, run: Run) -> None:
        if run:
            self.below.append((kind, run))


def joined(copy: Copy, first: Run, last: Run) -> Run:
    """Two paragraphs and what stands between them, as one."""
    start, end = first.copy_span()[0], last.copy_span()[1]
    raw = copy.text[start:end]
    return Run(Para(raw, " ".join(raw.split()), start), copy.origin)
