"""Replaying the same captures in any order, in any grouping, and twice, ends in the same rows."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import orjson
from hypothesis import given, settings
from hypothesis import strategies as st

from wiredesk.ingest import Run, new_run_id
from wiredesk.model import Capture, Source
from wiredesk.parallel import Workers
from wiredesk.warehouse import Warehouse, checks

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
LEAD = (
    "Stevedores at the northern terminal went back to work on Monday after the harbour board "
    "agreed to pay for the nights that they had spent in the rain waiting for a crane that never "
    "came, both sides said. The board put the cost at 41,000 crowns and said that it would look "
    "for the crane. Ships had queued outside the breakwater since Thursday and three captains had "
    "taken up chess, a spokeswoman for the pilots said. The union, which had asked for 52,000 "
    "crowns, called it a fair price for wet feet and told its members to bring umbrellas."
)
LATER = LEAD + " The crane was found on Tuesday at another port, painted green and in good health."


def _line(**said: Any) -> bytes:
    return orjson.dumps(said)


def _item(id_: str, hours: int, text: str, title: str = "Stevedores go back", **more: Any) -> bytes:
    date = (NOON + timedelta(hours=hours)).isoformat()
    return _line(id=id_, title=title, text=text, date=date, **more)


#: Two versions and a correction of one story, a reprint, a withdrawal, an undated story twice.
CAPTURES = (
    [_item("a", 0, f"OSLO (Reuters) - {LEAD}", source="Reuters")],
    [_item("a", 1, f"OSLO (Reuters) - {LATER}", "UPDATE 1-Stevedores go back", source="Reuters")],
    [_item("a", 2, f"OSLO (Reuters) - {LATER} Really.", "CORRECTED-Stevedores go back",
           source="Reuters")],
    [_item("b", 3, LEAD, "Dock men return", source="Harbour Post")],
    [_item("c", 1, "LAGOS (Reuters) - A fair opened.", "Fair opens", source="Reuters"),
     _item("c", 4, "", "Fair opens", status="canceled", source="Reuters")],
    [_item("e", 1, "ROME (Reuters) - A gate shut at the flower market.",
           "Gate shuts at Rome market", source="Reuters"),
     _item("f", 6, 'Please be advised that the story headlined "Gate shuts at Rome market" is '
           "withdrawn. The gate was open. A substitute story will be sent.",
           "ADVISORY-Gate shuts at Rome market", agency="reuters", source="Reuters")],
    [_line(id="d", title="No date", text="ROME (AP) - A gate shut.")],
    [_line(id="d", title="No date", text="ROME (AP) - A gate shut."),
     _item("a", 0, f"OSLO (Reuters) - {LEAD}", source="Reuters")],
)  # fmt: skip

COMPARED = {
    "wire.stories": "*",
    "wire.versions": "*",
    "wire.paragraphs": "*",
    "wire.credits": "*",
    "wire.signatures": "*",
    "wire.story_links": "* EXCLUDE (decided_at)",
    "wire.groups": "*",
    "wire.notices": "*",
    "wire.changes": "*",
    "raw.items": "*",
    "mart.current_stories": "*",
}


def _rows(batches: Sequence[Sequence[int]]) -> dict[str, list[tuple[Any, ...]]]:
    source = Source("test", "file", "", format="jsonl")
    with Warehouse(":memory:") as warehouse:
        for batch in batches:
            run = Run(new_run_id(NOON), warehouse, None, Workers(1))
            run.ingest(source, [_capture(n) for n in batch])
        assert {name: warehouse.offenders(name)[1] for name in checks()} == {
            name: [] for name in checks()
        }
        return {
            table: sorted(map(repr, warehouse.sql(f"SELECT {columns} FROM {table}")))  # noqa: S608
            for table, columns in COMPARED.items()
        }


def _capture(n: int) -> Capture:
    body = b"\n".join(CAPTURES[n])
    at = NOON + timedelta(days=1, minutes=n)
    return Capture("test", f"{n}.jsonl", body, at, hashlib.sha256(body).hexdigest())


IN_ORDER = _rows([range(len(CAPTURES))])


@given(st.permutations(range(len(CAPTURES))), st.sets(st.integers(1, len(CAPTURES) - 1)))
@settings(max_examples=15, deadline=None)
def test_any_order_and_any_grouping_end_in_the_same_rows(order: list[int], cuts: set[int]) -> None:
    edges = [0, *sorted(cuts), len(order)]
    batches = [order[a:b] for a, b in pairwise(edges)]
    assert _rows(batches) == IN_ORDER


def test_everything_twice_ends_in_the_same_rows() -> None:
    assert _rows([range(len(CAPTURES)), range(len(CAPTURES))]) == IN_ORDER


def test_a_notice_withdraws_the_story_that_it_quotes_and_is_no_story_itself() -> None:
    shown = "\n".join(map(str, IN_ORDER["mart.current_stories"]))
    assert "flower market" not in shown
    assert "substitute story" not in shown
    assert "flower market" in "\n".join(map(str, IN_ORDER["wire.versions"]))
    assert len(IN_ORDER["wire.notices"]) == 1


def test_what_each_version_changed_is_told() -> None:
    told = "\n".join(map(str, IN_ORDER["wire.changes"]))
    assert "painted green" in told
    assert "CORRECTED" in told
