"""What each sighting of a batch is: a new story, a further version, or a duplicate.

Near-duplicates and chains are not judged here yet; they will be further relations of the same
decision.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from wiredesk.match.identity import version_id
from wiredesk.model import Candidate, Decision, Relation


@dataclass(frozen=True, slots=True)
class Known:
    """What the warehouse knows of the stories that a batch may have sightings of."""

    versions: Mapping[int, Sequence[tuple[datetime, int]]] = field(default_factory=dict)
    #: story id → its versions as (time, version id)
    aliases: Mapping[int, int] = field(default_factory=dict)  #: identity → story of another one
    copies: Mapping[int, int] = field(default_factory=dict)  #: copy key → story


def decide(candidates: Iterable[Candidate], known: Known) -> tuple[Decision, ...]:
    """A decision for each candidate, in order; candidates of one batch know each other.

    The version superseded is the latest known by its own time, not by arrival, so that where a
    batch ends makes no difference.  Known copy under an unknown identity is a duplicate: a feed
    that rewrites its ids brings no news.
    """
    versions = {story: sorted(rows) for story, rows in known.versions.items()}
    held = {version for rows in versions.values() for _, version in rows}
    aliases, copies = dict(known.aliases), dict(known.copies)
    decisions: list[Decision] = []
    for c in candidates:
        story = aliases.get(c.identity_id, c.identity_id)
        if not versions.get(story) and c.copy_key in copies:
            story = aliases[c.identity_id] = copies[c.copy_key]
        earlier = versions.setdefault(story, [])
        version = version_id(story, c.words)
        duplicate = version in held
        decisions.append(
            Decision(
                *(c.item_id, story, version),
                "duplicate" if duplicate else "version",
                _relation(c, first=not earlier),
                earlier[-1][1] if earlier and not duplicate else None,
            )
        )
        if not duplicate:
            insort(earlier, (c.at, version))
            held.add(version)
            if c.copy_key is not None:
                copies.setdefault(c.copy_key, story)
    return tuple(decisions)


def _relation(candidate: Candidate, *, first: bool) -> Relation:
    """A first version is new whatever its labels say, unless it takes away or is a further part."""
    if first and candidate.declared not in {"withdrawal", "hold", "take"}:
        return "new"
    return candidate.declared
