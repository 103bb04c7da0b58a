"""From links to groups: clusters (copies of one story) and chains (one running story).

Groups depend on the set of links alone, not on their order.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from wiredesk.match.chains import chain_keys
from wiredesk.match.kinship import WINDOW, Kin, Portrait, kinship
from wiredesk.match.minhash import bands

COPIES = frozenset({"reprint_of", "repeat"})
APART = frozenset({"chain", "related"})
#: Of a bucket a story meets so many of the agencies' own and so many others: the earliest in its
#: window, where originals are.  A text that 2,000 addresses carry gives 8 pairs a story instead of
#: 1,000, and all hang together by the earliest; a boilerplate under thousands costs as much.  40
#: found no labelled pair more.  The agencies' own count apart, or three hundred copies of a morning
#: would hide from the afternoon's update that it has a rival.
HEADS = 8


@dataclass(frozen=True, slots=True)
class Groups:
    """Story id → id of its group, which is the least story id in it; who is alone is not here."""

    cluster: dict[int, int]
    chain: dict[int, int]


def clusters(links: Iterable[Kin]) -> Groups:
    """The groups that links make.

    The strongest link joins first, links to originals before those between copies, and never two
    groups that hold different stories of one house: a reprint shares most of its words with the
    update that followed, and would join all of them.  What is itself a copy holds nothing apart.
    """
    every = sorted(set(links), key=lambda k: (k.a, k.b, k.relation))
    derived = {k.a for k in every if k.relation == "reprint_of"}
    rivals: dict[int, set[int]] = defaultdict(set)
    for kin in every:
        if kin.relation in APART and not {kin.a, kin.b} & derived:
            rivals[kin.a].add(kin.b)
            rivals[kin.b].add(kin.a)
    every.sort(key=lambda k: (k.b in derived, -round(k.score, 2), k.trimmed or 0.0))
    copies = _joined((k for k in every if k.relation in COPIES), rivals)
    return Groups(copies, _joined((k for k in every if k.running), {}))


def _joined(links: Iterable[Kin], rivals: dict[int, set[int]]) -> dict[int, int]:
    of: dict[int, int] = {}
    members: dict[int, set[int]] = {}
    for kin in links:
        for story in (kin.a, kin.b):
            of.setdefault(story, story)
            members.setdefault(of[story], {story})
        one, other = sorted((of[kin.a], of[kin.b]))
        if one == other or any(rivals.get(story, set()) & members[one] for story in members[other]):
            continue
        for story in members[other]:
            of[story] = one
        members[one] |= members.pop(other)
    return {story: group for story, group in of.items() if len(members[group]) > 1}


def candidates(portraits: Iterable[Portrait]) -> set[tuple[int, int]]:
    """Pairs of story ids that share a key inside WINDOW, the lower id first; see HEADS."""
    buckets: dict[tuple[int, bool], list[Portrait]] = defaultdict(list)
    every = sorted(portraits, key=lambda p: (p.at, p.story_id))
    keys = {p.story_id: {*bands(p.body), *chain_keys(p)} for p in every}
    for p in every:
        for key in keys[p.story_id]:
            buckets[key, p.own].append(p)
    return {
        (min(p.story_id, head.story_id), max(p.story_id, head.story_id))
        for p in every
        for key in keys[p.story_id]
        for own in (True, False)
        for head in _heads(buckets.get((key, own), []), p)
    }


def _heads(bucket: list[Portrait], p: Portrait) -> list[Portrait]:
    """The earliest of a bucket, which is in order of time, within WINDOW of a portrait."""
    start = bisect_left(bucket, p.at - WINDOW, key=lambda other: other.at)
    near = [other for other in bucket[start : start + HEADS + 1] if other.at - p.at <= WINDOW]
    return [other for other in near if other.story_id != p.story_id][:HEADS]


def related(portraits: Iterable[Portrait]) -> list[Kin]:
    """Every kinship among portraits held in memory, ordered by its story ids."""
    known = {p.story_id: p for p in portraits}
    found = (kinship(known[one], known[other]) for one, other in sorted(candidates(known.values())))
    return [kin for kin in found if kin]
