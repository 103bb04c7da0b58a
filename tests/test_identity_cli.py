"""`wiredesk clusters` and `wiredesk diff`, and copy that comes in masses, through the warehouse."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from time import perf_counter

import orjson
import pytest

from tests.test_order import LATER, LEAD
from wiredesk.benches.reading import WORDS
from wiredesk.warehouse import Warehouse, checks


def wiredesk(*arguments: str, code: int = 0) -> str:
    command = [sys.executable, "-m", "wiredesk.cli", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == code, done.stderr
    return done.stdout or done.stderr


def lines(path: Path, *rows: dict[str, str]) -> str:
    path.write_bytes(b"\n".join(orjson.dumps(row) for row in rows))
    return str(path)


@pytest.fixture
def warehouse(tmp_path: Path) -> str:
    path = str(tmp_path / "newswire.duckdb")
    copy = lines(
        tmp_path / "copy.jsonl",
        {"id": "a", "title": "Stevedores go back", "text": f"OSLO (Reuters) - {LEAD}",
         "date": "2026-05-04T12:00:00Z", "source": "Reuters"},
        {"id": "b", "title": "Dock men return", "text": LEAD, "date": "2026-05-04T15:00:00Z",
         "source": "Harbour Post"},
        {"id": "z", "title": "Fair opens", "text": "LAGOS (AP) - A fair opened by the river.",
         "date": "2026-05-04T15:00:00Z", "source": "AP"},
    )  # fmt: skip
    wiredesk("ingest", copy, "--warehouse", path)
    update = lines(
        tmp_path / "update.jsonl",
        {"id": "a", "title": "UPDATE 1-Stevedores go back", "text": f"OSLO (Reuters) - {LATER}",
         "date": "2026-05-04T13:00:00Z", "source": "Reuters"},
    )  # fmt: skip
    wiredesk("ingest", update, "--warehouse", path)
    return path


def test_clusters_tell_of_every_item_its_story_its_cluster_and_the_original(warehouse: str) -> None:
    rows = [json.loads(line) for line in wiredesk("clusters", "--json", "--warehouse", warehouse)
            .splitlines()]  # fmt: skip
    assert {tuple(row) for row in rows} == {
        ("id", "story", "chain", "cluster", "relation", "original")
    }
    by = {row["id"]: row for row in rows}
    assert len(rows) == 4
    assert by["b"]["cluster"] == by["a"]["cluster"] is not None
    assert (by["b"]["relation"], by["b"]["original"]) == ("reprint_of", "a")
    assert by["a"]["relation"] == "original"
    assert by["z"]["cluster"] is None


def test_diff_shows_what_a_version_changed_and_says_so_without_colours(warehouse: str) -> None:
    shown = wiredesk("diff", "stevedores", "--warehouse", warehouse)
    assert "{+" in shown
    assert "painted green" in shown
    assert "\x1b[" not in shown
    told = json.loads(wiredesk("diff", "a", "--json", "--warehouse", warehouse).splitlines()[0])
    assert {"label", "paragraph_changed"} <= {change["kind"] for change in told}
    said = wiredesk("diff", "no such story", "--warehouse", warehouse, code=2)
    assert "no story is called" in said


def test_a_thousand_addresses_with_one_text_are_one_cluster_and_soon_done(tmp_path: Path) -> None:
    path = str(tmp_path / "mass.duckdb")
    rows = [
        {"id": f"u{n}", "url": f"https://paper{n}.example/{n}", "title": "Dock men return",
         "text": LEAD, "date": "2026-05-04T15:00:00Z", "source": f"Paper {n}"}
        for n in range(1000)
    ]  # fmt: skip
    copy = lines(tmp_path / "mass.jsonl", *rows)
    began = perf_counter()
    wiredesk("ingest", copy, "--warehouse", path)
    assert perf_counter() - began < 60
    with Warehouse(path, read_only=True) as w:
        assert w.sql("SELECT count(*), count(DISTINCT root_id) FROM wire.groups") == [(1000, 1)]
        assert {name: w.offenders(name)[1] for name in checks()} == {n: [] for n in checks()}


def test_one_boilerplate_under_many_stories_joins_none_of_them(tmp_path: Path) -> None:
    path = str(tmp_path / "boiler.duckdb")
    plate = " ".join(LEAD.split() * 3)
    rows = []
    for n in range(120):
        chance = random.Random(n)  # noqa: S311
        own = " ".join(f"{chance.choice(WORDS)}{chance.randrange(100)}" for _ in range(240))
        rows.append(
            {
                "id": f"s{n}",
                "title": f"Story {n} of its own",
                "text": f"{own}.\n\n{plate}",
                "date": "2026-05-04T15:00:00Z",
                "source": f"Paper {n % 40}",
            }
        )
    wiredesk("ingest", lines(tmp_path / "boiler.jsonl", *rows), "--warehouse", path)
    with Warehouse(path, read_only=True) as w:
        assert w.sql("SELECT count(*) FROM wire.groups WHERE kind = 'cluster'") == [(0,)]


def test_one_id_for_different_stories_is_told_as_versions_and_loses_none(tmp_path: Path) -> None:
    path = str(tmp_path / "one.duckdb")
    rows = [
        {"id": "same", "title": f"Story {n}", "text": f"OSLO (Reuters) - Text {n} of the day.",
         "date": f"2026-05-04T{n:02}:00:00Z"}
        for n in range(10)
    ]  # fmt: skip
    wiredesk("ingest", lines(tmp_path / "one.jsonl", *reversed(rows)), "--warehouse", path)
    with Warehouse(path, read_only=True) as w:
        found = w.sql("SELECT headline, relation FROM wire.versions ORDER BY version_at")
    assert [headline for headline, _ in found] == [f"Story {n}" for n in range(10)]
    assert [relation for _, relation in found] == ["new", *["update"] * 9]
