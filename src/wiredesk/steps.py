"""A job in steps, each named before it is taken: so the one that ends the process is known.

Parsing is a step, for JSON Lines a line is; then each item is one.  For the pages that entries were
followed to, each entry is.
"""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterator
from dataclasses import dataclass, replace

from wiredesk import formats
from wiredesk.batch import Batch, Reject
from wiredesk.formats import Part
from wiredesk.intake import Done, Followed, Job, Teaser, follow_up, sifted, taken
from wiredesk.model import Capture, Item, Story
from wiredesk.rows import rows


@dataclass(frozen=True, slots=True)
class Step:
    """What is about to be read; `whole`: with it all the rest of the job stands or falls."""

    stage: str
    number: int
    where: str | None = None
    item: str | None = None
    whole: bool = False
    size: int = 0  #: bytes to be read in it

    @property
    def key(self) -> tuple[str, int]:
        return self.stage, self.number


Over = Collection[tuple[str, int]]  #: keys of steps
SIFT = Step("parse", -1, whole=True)  #: which are to be followed, and is it another site's listing


def steps(job: Job | Followed, over: Over) -> Iterator[Step | Done]:
    """A job step by step, each followed by what came of it; those in `over` are passed over."""
    if isinstance(job, Followed):
        for step, pair in _pairs(job, over):
            yield step
            yield follow_up(replace(job, pairs=(pair,)))
        return
    items = yield from _parsed(job, over)
    if SIFT.key not in over:
        yield SIFT
    items, teasers = sifted(job, items)
    if SIFT.key not in over:
        yield taken(job, Batch(rejects=items.rejects), teasers)
    for step, item in _items(job, items, over):
        yield step
        yield taken(job, Batch((item,)))


def unread(job: Job | Followed, over: Over) -> Iterator[Step]:
    """The steps that are left, without taking them."""
    if isinstance(job, Followed):
        yield from (step for step, _ in _pairs(job, over))
    elif SIFT.key not in over:
        yield from (step for step, _ in _pieces(job.part) if step.key not in over)
    else:
        parsed = _parsed(job, over)
        while True:
            try:
                next(parsed)
            except StopIteration as end:
                items, _ = sifted(job, end.value)
                break
        yield from (step for step, _ in _items(job, items, over))


def without_page(job: Followed, step: Step, why: str) -> Followed | None:
    """The job with an entry that stands without its page; None if that is what was read."""
    teaser, came = job.pairs[step.number]
    if isinstance(came, str):
        return None
    pairs = (*job.pairs[: step.number], (teaser, why), *job.pairs[step.number + 1 :])
    return replace(job, pairs=pairs)


def put_aside(job: Job | Followed, step: Step, code: str, detail: str) -> Done:
    """A step that cannot be read, as a reject."""
    capture = job.capture if isinstance(job, Followed) else job.part.capture
    no = Reject(step.stage, capture.locator, code, detail, step.where, step.item)
    batch: Batch[Story] = Batch(rejects=(no,))
    return Done(job.source.id, capture.sha256, rows(batch, capture, job.source.id))


def _pairs(job: Followed, over: Over) -> Iterator[tuple[Step, tuple[Teaser, Capture | str]]]:
    for n, (teaser, came) in enumerate(job.pairs):
        step = Step("extract", n, f"item {teaser.item.ordinal + 1}", teaser.item.id)
        if step.key not in over:
            yield step, (teaser, came)


def _items(job: Job, items: Batch[Item], over: Over) -> Iterator[tuple[Step, Item]]:
    kind = "line" if job.part.format == "jsonl" else "item"
    for item in items:
        step = Step("extract", item.ordinal, f"{kind} {item.ordinal + 1}", item.id)
        if step.key not in over:
            yield step, item


def _parsed(job: Job, over: Over) -> Generator[Step, None, Batch[Item]]:
    found: list[Batch[Item]] = []
    for step, part in _pieces(job.part):
        if step.key not in over:
            yield step
            found.append(formats.parse(part, job.source))
    rejects = tuple(no for batch in found for no in batch.rejects)
    return Batch(tuple(item for batch in found for item in batch), rejects)


def _pieces(part: Part) -> Iterator[tuple[Step, Part]]:
    """What can be parsed by itself: each line of JSON Lines, else the whole."""
    body = part.capture.body
    if part.format != "jsonl":
        yield Step("parse", 0, whole=True, size=len(body)), part
        return
    for n, line in enumerate(body.split(b"\n"), part.first):
        if line.strip():
            step = Step("parse", n, f"line {n + 1}", size=len(line))
            yield step, replace(part, capture=replace(part.capture, body=line), first=n)
