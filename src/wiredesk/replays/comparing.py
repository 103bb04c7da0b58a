"""What today's rules read otherwise than the rows that are held, version by version."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from wiredesk.match.identity import version_id
from wiredesk.replays.rereading import Reread
from wiredesk.replays.sighting import Sighting
from wiredesk.rows import KEY, SCHEMAS, Rows
from wiredesk.warehouse import CHILDREN, Warehouse

WANTED = pa.schema({"item_id": KEY, "version_id": KEY})
#: tables whose rows are not told by a place in their version
ODD = frozenset(("signatures", "notices"))
HELD = {"issues": "ops.issues"}
SAMPLES = 3


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of a version that is read otherwise now."""

    version_id: int
    table: str
    field: str
    before: str | None
    after: str | None


@dataclass(slots=True)
class Fresh:
    """What a run of jobs read, as tables, and which of it stands under another key now."""

    wanted: Mapping[int, Sighting]  #: by item
    tables: Mapping[str, pa.Table]
    parts: Sequence[Rows]
    moved: frozenset[int] = field(default_factory=frozenset)  #: items

    def of(self, items: Sequence[int]) -> dict[str, pa.Table]:
        """The tables, of these items alone."""
        asked = pa.array(items, KEY)
        return {
            name: table.filter(pc.is_in(table["item_id"], asked))
            for name, table in self.tables.items()
        }


def gathered(read: Sequence[Reread], aliases: Mapping[int, int]) -> Fresh:
    """The stories of some jobs; `aliases` are the stories that identities stand for."""
    wanted = {s.item_id: s for each in read for s in each.wanted}
    parts = [part for each in read for part in each.rows]
    tables = {name: pa.concat_tables([part.tables[name] for part in parts]) for name in SCHEMAS}
    whole = set(tables["versions"]["item_id"].to_pylist())
    moved = frozenset(
        c.item_id
        for part in parts
        for c in part.candidates
        if c.item_id not in whole
        or version_id(wanted[c.item_id].story_id, c.words) != wanted[c.item_id].version_id
        or _elsewhere(wanted[c.item_id], c.identity_id, aliases)
    )
    return Fresh(wanted, tables, parts, moved)


def _elsewhere(held: Sighting, identity_id: int, aliases: Mapping[int, int]) -> bool:
    """Whether it is of another story now.  An identity that is what it was tells nothing new."""
    return held.identity_id not in {None, identity_id} and held.story_id not in {
        identity_id,
        aliases.get(identity_id),
    }


def only(part: Rows, items: Collection[int]) -> Rows:
    """A part's rows, of these items alone."""
    asked = pa.array(items, KEY)
    tables = {
        name: table.filter(pc.is_in(table["item_id"], asked)) for name, table in part.tables.items()
    }
    return Rows(
        part.source, tables, tuple(c for c in part.candidates if c.item_id in items), part.rejects
    )


@contextmanager
def registered(warehouse: Warehouse, tables: Mapping[str, pa.Table]) -> Iterator[None]:
    """Tables under the names `incoming_…`, for as long as the block runs."""
    with ExitStack() as stack:
        for name, table in tables.items():
            warehouse.db.register(f"incoming_{name}", table)
            stack.callback(warehouse.db.unregister, f"incoming_{name}")
        yield


def differences(warehouse: Warehouse, fresh: Fresh) -> list[Difference]:
    """Every field that differs, in the order of the archive; `fresh.tables` are registered."""
    pairs = [(item, held.version_id) for item, held in fresh.wanted.items()]
    found: list[Difference] = []
    with warehouse.incoming("wanted", WANTED, pairs):
        found += [
            Difference(version, "versions", name, before, after)
            for version, name, before, after in warehouse.rows("replay_version_fields")
        ]
        for table in CHILDREN:
            if table not in ODD:
                rows = warehouse.rows(
                    "replay_child_rows",
                    held=HELD.get(table, f"wire.{table}"),
                    fresh=f"incoming_{table}",
                )
                found += [Difference(version, table, table, *both) for version, *both in rows]
        for table in ("items", "notices"):
            rows = warehouse.rows(f"replay_{table}")
            found += [Difference(version, table, table, *both) for version, *both in rows]
        found += [
            Difference(version, "signatures", "signatures", None, None)
            for (version,) in warehouse.rows("replay_keys")
        ]
    # notices and keys bear the time of their version
    found += [
        Difference(each.version_id, table, table, None, None)
        for each in tuple(found)
        if each.field == "version_at"
        for table in sorted(ODD)
    ]
    # a version without a row of its own is one with another, and has nothing to compare
    whole = set(fresh.tables["versions"]["item_id"].to_pylist())
    order = {s.version_id: n for n, (item, s) in enumerate(fresh.wanted.items()) if item in whole}
    alone = [each for each in found if each.version_id in order]
    return sorted(alone, key=lambda each: (order[each.version_id], each.table, each.field))


@dataclass(slots=True)
class Tally:
    """How many versions a field differs in, and the first of them."""

    versions: int = 0
    samples: list[tuple[int, str | None, str | None]] = field(default_factory=list)

    def add(self, found: Difference) -> None:
        """Count one."""
        self.versions += 1
        if len(self.samples) < SAMPLES:
            self.samples.append((found.version_id, *_shown(found.before, found.after)))


def _shown(
    before: str | None, after: str | None, around: int = 60
) -> tuple[str | None, str | None]:
    """Both, cut to what is about the first character that differs."""
    a, b = before or "", after or ""
    at = next(
        (n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b))
    )
    start, end = max(0, at - around), at + 2 * around

    def cut(text: str | None) -> str | None:
        if text is None:
            return None
        return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"

    return cut(before), cut(after)
