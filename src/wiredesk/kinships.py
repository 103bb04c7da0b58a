"""After a load: what its stories are to those that the warehouse has.  SQL finds, match/ judges.

For the stories whose current version is new: the pairs that share a key within the window
(kin_candidates.sql) are compared, their links made anew, and the groups that those links touch
worked out again from all their links.  So the rows depend on what the stories are, and not on the
order in which they came.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from wiredesk.incoming import ASKED, GROUPS, LINKS
from wiredesk.match.clusters import HEADS, Groups, clusters
from wiredesk.match.kinship import WINDOW, Kin, kinship, original
from wiredesk.match.portrait import Portrait

if TYPE_CHECKING:
    from wiredesk.warehouse import Warehouse


def relate(warehouse: Warehouse, fresh: Sequence[tuple[int, datetime]], now: datetime) -> None:
    """Judge the kin of stories that a load in this transaction brought or changed.

    `fresh` is (story, version time) of every new version; incoming_signatures, incoming_versions
    and incoming_decisions are still registered.
    """
    if not fresh:
        return
    times = [at for _, at in fresh]
    pairs = warehouse.rows(
        "kin_candidates",
        first=min(times) - WINDOW,
        last=max(times) + WINDOW,
        window=WINDOW.total_seconds(),
        heads=HEADS,
    )
    changed = {story for story, _ in fresh}
    portraits = _portraits(warehouse, {story for pair in pairs for story in pair})
    found = (kinship(portraits[one], portraits[other]) for one, other in pairs)
    kin = [link for link in found if link]
    with warehouse.incoming("asked", ASKED, [(story,) for story in changed]):
        before = warehouse.rows("links_touching")
        warehouse.rows("drop_links")
    warehouse.append("links", LINKS, [(*_row(link), now) for link in kin])
    touched = {story for link in kin for story in (link.a, link.b)}
    touched |= {story for pair in before for story in pair}
    if touched:
        _regroup(warehouse, touched, portraits)


def _regroup(warehouse: Warehouse, touched: set[int], portraits: dict[int, Portrait]) -> None:
    with warehouse.incoming("asked", ASKED, [(story,) for story in touched]):
        members = {story for (story,) in warehouse.rows("grouped")}
    with warehouse.incoming("asked", ASKED, [(story,) for story in members]):
        links = [Kin(*row) for row in warehouse.rows("links_among")]
        had = set(warehouse.rows("groups_of"))
    groups = clusters(links)
    portraits |= _portraits(warehouse, _grouped(groups) - portraits.keys())
    rows = set(_rows(groups, portraits))
    stale = {row[0] for row in had ^ rows}
    if stale:
        with warehouse.incoming("asked", ASKED, [(story,) for story in stale]):
            warehouse.rows("drop_groups")
        warehouse.append("groups", GROUPS, [row for row in rows if row[0] in stale])


def _grouped(groups: Groups) -> set[int]:
    return groups.cluster.keys() | groups.chain.keys()


def _rows(groups: Groups, portraits: dict[int, Portrait]) -> Iterable[tuple[int, str, int, int]]:
    for kind, of in (("cluster", groups.cluster), ("chain", groups.chain)):
        members: dict[int, list[Portrait]] = {}
        for story, root in of.items():
            members.setdefault(root, []).append(portraits[story])
        firsts = {root: original(some) for root, some in members.items()}
        for story, root in of.items():
            yield story, kind, root, firsts[root]


def _row(link: Kin) -> tuple[Any, ...]:
    return (
        *(link.a, link.b, link.relation, link.evidence, link.score),
        *(link.trimmed, link.credited, link.running),
    )


def _portraits(warehouse: Warehouse, stories: set[int]) -> dict[int, Portrait]:
    if not stories:
        return {}
    with warehouse.incoming("asked", ASKED, [(story,) for story in stories]):
        return {row[0]: _portrait(row) for row in warehouse.rows("portraits")}


def _portrait(row: tuple[Any, ...]) -> Portrait:
    story, version, at, publisher, agency, native, url, slug, headline, labels, *rest = row
    byline, dateline, names, language, body, status = rest
    return Portrait(
        *(story, version, at, publisher, agency, native, url, slug, headline),
        tuple((label["label"], label["n"]) for label in labels or ()),
        *(byline, dateline, tuple(names), language, body, status),
    )
