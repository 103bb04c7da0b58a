"""Rows cross the borders of processes and machines, and arrive as they were."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from tests.test_formats import GOLDEN, INPUTS, SOURCE, capture
from wiredesk.formats import Part
from wiredesk.intake import Job, work
from wiredesk.rows import EMPTY, SCHEMAS, Rows, table


def crossed(rows: Rows) -> Rows:
    found: Rows = pickle.loads(pickle.dumps(rows))  # noqa: S301 - our own
    return found


@pytest.mark.parametrize("path", INPUTS[::7], ids=lambda path: path.name)
def test_rows_are_the_same_on_the_other_side(path: Path) -> None:
    part = Part(capture(path.read_bytes()), path.relative_to(GOLDEN).parts[0])
    rows = work(Job(SOURCE, part)).rows
    there = crossed(rows)
    assert there == rows
    assert {name: found.schema for name, found in there.tables.items()} == SCHEMAS


def test_of_a_table_that_was_cut_only_its_own_rows_cross() -> None:
    many = table("contacts", [(1, n, "email", f"{n}@wire.example") for n in range(10_000)])
    rows = Rows("file", {**EMPTY, "contacts": many.slice(4_000, 2)}, (), ())
    assert len(pickle.dumps(rows)) < 2_000
    assert crossed(rows).tables["contacts"]["seq"].to_pylist() == [4_000, 4_001]
