"""Rows that are read otherwise now, put in the place of those that are held; in one transaction.

A version's key is a hash of its story and its printed words, and the rules have no part in it.
Where today's rules read the words themselves otherwise (a body that lost furniture), the version
moves: its row goes, and what was read now is decided and loaded as if it had only come; its other
sightings follow it.  Two versions that read the same now become one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pyarrow as pa

from wiredesk import __version__
from wiredesk.advisories import heed
from wiredesk.database import sql_of
from wiredesk.incoming import ASKED, DECISIONS, VERSIONS_ASKED
from wiredesk.kinships import relate
from wiredesk.replays.comparing import Difference, Fresh, only, registered
from wiredesk.replays.sighting import Sighting
from wiredesk.revisions import revise
from wiredesk.rows import KEY, TEXT
from wiredesk.warehouse import CHILDREN, Warehouse

DIFFERING = pa.schema({"version_id": KEY, "field": TEXT})
MOVED = pa.schema({"was": KEY, "story_id": KEY, "version_id": KEY})
LEFT = pa.schema({"was": KEY, "story_id": KEY})
TABLES = ("items", "versions", *CHILDREN)
#: what notices and kin are judged by
TELLING = frozenset(("versions", "authors", "credits", "signatures", "notices"))
#: what changes between versions are told by
REVISED = frozenset(("versions", "paragraphs", "credits"))


def replace_rows(
    warehouse: Warehouse, fresh: Fresh, found: Sequence[Difference], now: datetime
) -> None:
    """Put right what differs; all within the caller's transaction."""
    moved = {fresh.wanted[item].version_id for item in fresh.moved}
    differing = {(each.version_id, each.table) for each in found if each.version_id not in moved}
    if differing:
        _replace(warehouse, fresh, differing, now)
    if moved:
        _move(warehouse, fresh, now)
    held = {s.version_id for s in fresh.wanted.values()} - moved
    with warehouse.incoming("asked", VERSIONS_ASKED, [(version,) for version in held]):
        warehouse.rows("replay_rules", rules=__version__)


def _replace(
    warehouse: Warehouse, fresh: Fresh, differing: set[tuple[int, str]], now: datetime
) -> None:
    """Under the keys that they have: only the rows of tables that differ."""
    by_version = {s.version_id: s for s in fresh.wanted.values()}
    with warehouse.incoming("differing", DIFFERING, list(differing)):
        warehouse.db.execute(sql_of("queries", "replay_drop"))
    tables = fresh.of([by_version[version].item_id for version, _ in differing])
    with registered(warehouse, tables):
        for table in TABLES:
            some = [by_version[version] for version, name in differing if name == table]
            if some:
                with warehouse.incoming("decisions", DECISIONS, [_as_decided(s) for s in some]):
                    warehouse.db.execute(sql_of("queries", f"load_{table}"))
        warehouse.db.execute(sql_of("queries", "load_places"))
    _settle(warehouse, {by_version[v].story_id for v, name in differing if name in REVISED})
    telling = sorted({version for version, name in differing if name in TELLING})
    if not telling:
        return
    some = [by_version[version] for version in telling]
    with (
        registered(warehouse, fresh.of([s.item_id for s in some])),
        warehouse.incoming("decisions", DECISIONS, [_as_decided(s) for s in some]),
    ):
        heed(warehouse)
        relate(warehouse, warehouse.rows("fresh_versions"), now)


def _move(warehouse: Warehouse, fresh: Fresh, now: datetime) -> None:
    """Under another key: what was read is decided and loaded as if it had only come."""
    held = [fresh.wanted[item] for item in sorted(fresh.moved)]
    fields = [(s.version_id, name) for s in held for name in (*TABLES, "changes")]
    with warehouse.incoming("differing", DIFFERING, fields):
        warehouse.db.execute(sql_of("queries", "replay_drop"))
    with warehouse.incoming("asked", ASKED, [(story,) for story in {s.story_id for s in held}]):
        left = {story for (story,) in warehouse.rows("replay_left")}
    parts = [part for each in fresh.parts if (part := only(each, fresh.moved)).candidates]
    decisions = warehouse.decided(parts)
    became = {decision.item_id: decision for decision in decisions}
    rows = [(s.version_id, became[s.item_id].story_id, became[s.item_id].version_id) for s in held]
    with warehouse.incoming("moved", MOVED, rows):
        warehouse.rows("replay_follow")
    for outcome, statements in (("version", "replay_relink"), ("duplicate", "replay_unlink")):
        gone = {
            s.story_id: became[s.item_id].story_id
            for s in held
            if s.story_id in left
            and became[s.item_id].story_id != s.story_id
            and became[s.item_id].outcome == outcome
        }
        if gone:
            with warehouse.incoming("left", LEFT, list(gone.items())):
                warehouse.db.execute(sql_of("queries", statements))
    warehouse.written(parts, decisions, now)
    _settle(warehouse, {s.story_id for s in held} | {d.story_id for d in decisions})


def _settle(warehouse: Warehouse, stories: set[int]) -> None:
    """The order, relations and changes of the versions of these stories, judged anew."""
    if not stories:
        return
    with warehouse.incoming("asked", ASKED, [(story,) for story in stories]):
        warehouse.rows("antedate_stories")
        warehouse.rows("replay_stories")
        warehouse.rows("place_versions")
    revise(warehouse, stories)


def _as_decided(s: Sighting) -> tuple[Any, ...]:
    return (s.item_id, s.story_id, s.version_id, "version", s.relation, s.supersedes_id)
