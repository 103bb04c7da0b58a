"""What each sighting of a batch is: a new story, a further version, or a duplicate.

Near-duplicates and chains are not judged here yet; they will be further relations of the same
decision.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from wiredesk.model import Candidate, Decision, Relation

#: story id → its versions as (time, version id)
Known = Mapping[int, Sequence[tuple[datetime, int]]]


def decide(candidates: Iterable[Candidate], known: Known) -> tuple[Decision, ...]:
    """A decision for each candidate, in order; candidates of one batch know each other.

    The version superseded is the latest known by its own time, not by arrival, so that where a
    batch ends makes no difference.
    """
    versions = {story: sorted(rows) for story, rows in known.items()}
    held = {version for rows in versions.values() for _, version in rows}
    decisions: list[Decision] = []
    for candidate in candidates:
        earlier = versions.setdefault(candidate.story_id, [])
        duplicate = candidate.version_id in held
        decisions.append(
            Decision(
                candidate.item_id,
                candidate.story_id,
                candidate.version_id,
                "duplicate" if duplicate else "version",
                _relation(candidate, first=not earlier),
                earlier[-1][1] if earlier and not duplicate else None,
            )
        )
        if not duplicate:
            insort(earlier, (candidate.at, candidate.version_id))
            held.add(candidate.version_id)
    return tuple(decisions)


def _relation(candidate: Candidate, *, first: bool) -> Relation:
    """A first version is new whatever its labels say, unless it only takes something away."""
    if first and candidate.declared not in {"withdrawal", "hold"}:
        return "new"
    return candidate.declared
