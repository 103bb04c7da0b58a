"""Loads of dumps: how much one transaction takes, and what is set while they last."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import orjson
import pytest

from wiredesk import ingest
from wiredesk.fetch.files import captures
from wiredesk.ingest import Run, new_run_id
from wiredesk.model import Source
from wiredesk.parallel import Workers
from wiredesk.warehouse import Ledger, Warehouse

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
SOURCE = Source("test", "file", "")
LIMITS = "SELECT current_setting('memory_limit'), current_setting('checkpoint_threshold')"


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    """1,200 short stories: three parts."""
    path = tmp_path / "dump.jsonl"
    with path.open("wb") as out:
        for n in range(1200):
            text = f"OSLO (Reuters) - Ferry {n} left the port of Oslo at {n % 24}:00 on Monday."
            row = {"id": f"s{n}", "title": f"Ferry {n} leaves", "text": text, "date": "2026-05-04"}
            out.write(orjson.dumps(row) + b"\n")
    return path


def brought(warehouse: Warehouse, dump: Path) -> list[int]:
    """New stories by transaction."""
    found: list[int] = []

    def note(came: Ledger) -> None:
        found.append(came.new_stories)

    run = Run(new_run_id(NOON), warehouse, None, Workers(1))
    run.ingest(SOURCE, captures([str(dump)], SOURCE.id, NOON), note)
    return [n for n in found if n]


def test_a_transaction_ends_where_its_rows_weigh_too_much(
    dump: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Warehouse(":memory:") as warehouse:
        assert brought(warehouse, dump) == [1200]
    monkeypatch.setattr(ingest, "TRANSACTION_BYTES", 1)
    with Warehouse(":memory:") as warehouse:
        assert brought(warehouse, dump) == [500, 500, 200]


def test_the_same_rows_come_of_one_transaction_and_of_many(
    dump: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed = (
        "SELECT count(*), bit_xor(hash(story_id, version_id, item_id, relation)) FROM wire.versions"
    )
    links = (
        "SELECT count(*), bit_xor(hash(from_story, to_story, relation, score)) "
        "FROM wire.story_links"
    )
    found = []
    for stories in (100, 8000):
        monkeypatch.setattr(ingest, "TRANSACTION", stories)
        with Warehouse(":memory:") as warehouse:
            brought(warehouse, dump)
            found.append((warehouse.sql(hashed), warehouse.sql(links)))
    assert found[0] == found[1]


def test_what_a_load_sets_is_as_it_was_when_it_is_over(dump: Path, tmp_path: Path) -> None:
    with Warehouse(str(tmp_path / "w.duckdb")) as warehouse:
        before = warehouse.sql(LIMITS)
        with warehouse.frugal():
            assert warehouse.sql(LIMITS) != before
        brought(warehouse, dump)
        assert warehouse.sql(LIMITS) == before
