"""From links to groups: clusters (copies of one story) and chains (one running story).

Groups depend on the set of links alone, not on their order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from wiredesk.match.chains import chain_keys
from wiredesk.match.kinship import WINDOW, Kin, Portrait, kinship
from wiredesk.match.minhash import bands

COPIES = frozenset({"reprint_of", "repeat"})
APART = frozenset({"chain", "related"})
#: A story is compared with so many of a bucket: the earliest in its window, where originals are.
HEADS = 12


@dataclass(frozen=True, slots=True)
class Groups:
    """Story id → id of its group, which is the least story id in it; who is alone is not here."""

    cluster: dict[int, int]
    chain: dict[int, int]


def clusters(links: Iterable[Kin]) -> Groups:
    """The groups that links make.

    The strongest link joins first, and never two groups that hold versions of one running story:
    a reprint shares most of its words with the update that followed, and would join all of them.
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
    """Pairs of story ids that share a key inside WINDOW, the lower id first.

    Of a bucket, each story meets the HEADS earliest of its window: a boilerplate that thousands
    share costs each of them as much as a story that forty papers carried, whatever came first.
    """
    buckets: dict[int, list[Portrait]] = defaultdict(list)
    for p in portraits:
        for key in {*bands(p.body), *chain_keys(p)}:
            buckets[key].append(p)
    pairs: set[tuple[int, int]] = set()
    for bucket in buckets.values():
        bucket.sort(key=lambda p: (p.at, p.story_id))
        start = 0
        for place, p in enumerate(bucket):
            while p.at - bucket[start].at > WINDOW:
                start += 1
            for head in bucket[start : min(place, start + HEADS)]:
                pairs.add((min(p.story_id, head.story_id), max(p.story_id, head.story_id)))
    return pairs


def related(portraits: Iterable[Portrait]) -> list[Kin]:
    """Every kinship among portraits held in memory, ordered by its story ids."""
    known = {p.story_id: p for p in portraits}
    found = (kinship(known[one], known[other]) for one, other in sorted(candidates(known.values())))
    return [kin for kin in found if kin]
