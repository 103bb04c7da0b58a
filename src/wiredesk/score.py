"""`wiredesk score`: how well labelled copy is read, against floors that only rise.

A labelled corpus is a folder with `stories.jsonl` (set, id, title, date, text) and `gold.jsonl`,
one line a story: set, id, dateline {raw, agency, places [{raw, country}]}, byline [{name}],
credits [{role, name, place}], signoff, crossheads, lead, body_end.  Labels compare with white
space folded, quotes plain, case ignored for names.  A crosshead with a colon is a label of a
speaker or a list, and counts neither way.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import orjson

from wiredesk import formats, places
from wiredesk.canonical import json_lines
from wiredesk.errors import UserError
from wiredesk.extract.spans import fold
from wiredesk.model import Capture, Json, Source
from wiredesk.stages import read

#: measure → whether more is better
MEASURES = {
    "dateline text": True,
    "dateline places": True,
    "dateline country": True,
    "datelines invented": False,
    "credits F1": True,
    "credits wholly right": True,
    "sign-off left in body": False,
    "crossheads F1": True,
    "bylines": True,
    "first words": True,
    "last words": True,
}
SLACK = 1e-9


@dataclass
class Tally:
    """Counts on the way to a share or an F1."""

    right: float = 0
    of: float = 0
    wrong: list[tuple[str, Any, Any]] = field(default_factory=list)  #: id, wanted, read

    def add(self, item: str, wanted: Any, got: Any, *, right: bool) -> None:
        self.of += 1
        self.right += right
        if not right:
            self.wrong.append((item, wanted, got))

    def fault(self, item: str, wanted: Any, got: Any, *, found: bool) -> None:
        """As `add`, for a measure that counts faults."""
        self.of += 1
        self.right += found
        if found:
            self.wrong.append((item, wanted, got))

    def match(self, item: str, wanted: Counter[Any], got: Counter[Any]) -> None:
        """Twice the matches over both sizes: F1 once divided."""
        self.right += 2 * (wanted & got).total()
        self.of += wanted.total() + got.total()
        if wanted != got:
            missing, extra = sorted((wanted - got).elements()), sorted((got - wanted).elements())
            self.wrong.append((item, missing, extra))

    def share(self, empty: float) -> float:
        return self.right / self.of if self.of else empty


def score(folder: Path) -> dict[str, Tally]:
    """A tally for each measure, over the labelled stories of a folder."""
    gold = {(g["set"], str(g["id"])): g for g in _lines(folder / "gold.jsonl")}
    tallies = {name: Tally() for name in MEASURES}
    for story in _lines(folder / "stories.jsonl"):
        wanted = gold.get((story["set"], str(story["id"])))
        if wanted:
            _compare(tallies, wanted, _read(story))
    return tallies


def figures(tallies: dict[str, Tally]) -> dict[str, float]:
    """Measure → its figure; nothing to find and nothing found is perfect."""
    return {name: tally.share(float(MEASURES[name])) for name, tally in tallies.items()}


def fallen(floors: dict[str, float], found: dict[str, float]) -> list[str]:
    """The measures that are worse than their floors."""
    return [
        name
        for name, floor in floors.items()
        if name in found
        and (
            found[name] < floor - SLACK if MEASURES.get(name, True) else found[name] > floor + SLACK
        )
    ]


def raised(floors: dict[str, float], found: dict[str, float], *, lower: bool) -> dict[str, float]:
    """New floors: better figures raise them; worse ones lower them only if `lower` says so."""
    worse = set() if lower else set(fallen(floors, found))
    return {name: floors[name] if name in worse else round(found[name], 4) for name in found}


def _lines(path: Path) -> list[Json]:
    try:
        return [orjson.loads(line) for line in path.read_bytes().splitlines() if line.strip()]
    except FileNotFoundError:
        raise UserError(f"{path}: no such file; a labelled folder has it") from None
    except orjson.JSONDecodeError as no:
        raise UserError(f"{path}: {no}") from no


def _read(story: Json) -> Json:
    row = {key: story.get(key) for key in ("id", "text", "title", "date", "source")}
    body = orjson.dumps({key: value for key, value in row.items() if value})
    capture = Capture("score", "score", body, datetime.now(UTC), "")
    source = Source("score", "file", "", "jsonl")
    for part in formats.parts(capture, source):
        for line in json_lines(read(part, source, places.load())):
            return cast("Json", orjson.loads(line))
    return {}


def _plain(text: str | None) -> str:
    return " ".join(fold(text or "").split())


def _folded(text: str | None) -> str:
    return _plain(text).casefold()


def _compare(tallies: dict[str, Tally], gold: Json, got: Json) -> None:
    item = str(gold["id"])
    _datelines(tallies, item, gold.get("dateline"), got.get("dateline"))
    wanted = Counter(
        (c["role"], _folded(c["name"]), _folded(c.get("place"))) for c in gold["credits"]
    )
    credits = Counter(
        (c["role"], _folded(c["name"]), _folded(c["place"])) for c in got.get("credits", ())
    )
    tallies["credits F1"].match(item, wanted, credits)
    tallies["credits wholly right"].add(item, gold["credits"], None, right=wanted == credits)
    body = _plain(got.get("body"))
    if gold.get("signoff"):
        left = _plain(gold["signoff"])[:25] in body
        tallies["sign-off left in body"].fault(item, gold["signoff"], body[-200:], found=left)
    heads = [p["text"] for p in got.get("paragraphs", ()) if p["kind"] == "crosshead"]
    tallies["crossheads F1"].match(
        item,
        Counter(_folded(head) for head in gold["crossheads"] if ":" not in head),
        Counter(_folded(head) for head in heads if ":" not in head),
    )
    if gold.get("byline"):
        names = sorted(_folded(author["name"]) for author in gold["byline"])
        found = sorted(_folded(author["name"]) for author in got.get("authors", ()))
        tallies["bylines"].add(item, names, found, right=names == found)
    first = next((p["text"] for p in got.get("paragraphs", ()) if p["kind"] == "body"), "")
    if gold.get("lead"):
        starts = _plain(first).startswith(_plain(gold["lead"])[:40])
        tallies["first words"].add(item, gold["lead"], first[:60], right=starts)
    if gold.get("body_end"):
        ends = body.endswith(_plain(gold["body_end"])[-30:])
        tallies["last words"].add(item, gold["body_end"], body[-60:], right=ends)


def _datelines(tallies: dict[str, Tally], item: str, gold: Json | None, got: Json | None) -> None:
    wanted, raw = gold and gold["raw"], got and got["raw"]
    same = re.sub(r"\s+", " ", wanted or "") == re.sub(r"\s+", " ", raw or "")
    tallies["dateline text"].add(item, wanted, raw, right=same)
    if not gold:
        tallies["datelines invented"].fault(item, None, raw, found=got is not None)
        return
    names = [_folded(place["raw"]) for place in gold["places"]]
    found = [_folded(place["raw"]) for place in (got or {}).get("places", ())]
    tallies["dateline places"].add(item, names, found, right=names == found)
    countries = [place["country"] for place in gold["places"]]
    resolved = [place["country"] for place in (got or {}).get("places", ())]
    tallies["dateline country"].add(item, countries, resolved, right=countries == resolved)
