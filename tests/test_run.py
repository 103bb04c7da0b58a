"""`wiredesk run` over the sample wire: what two passes bring, to the row."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from samples.wire_server import WIRE, WireServer
from wiredesk.warehouse import Warehouse

EXPECTED: dict[str, dict[str, Any]] = json.loads((WIRE / "expected.json").read_text("utf-8"))


def run(sources: Path, warehouse: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "wiredesk.cli", "run", "--all", "--sources", str(sources)]
    command += ["--warehouse", str(warehouse), "--json"]
    done = subprocess.run(command, capture_output=True, check=False, timeout=120)
    assert done.returncode in {0, 1}, done.stderr.decode()
    return json.loads(done.stdout)


@pytest.fixture
def two_passes(
    wire: WireServer, sources_file: Path, tmp_path: Path
) -> tuple[dict[str, Any], dict[str, Any], Path]:
    warehouse = tmp_path / "newswire.duckdb"
    first = run(sources_file, warehouse)
    wire.turn_page()
    return first, run(sources_file, warehouse), warehouse


def _sums(report: dict[str, Any]) -> dict[str, int]:
    names = ("listed", "new_stories", "new_versions", "duplicates", "rejected")
    return {name: sum(row[name] for row in report["sources"]) for name in names}


def test_two_passes_bring_what_the_sample_promises(
    two_passes: tuple[dict[str, Any], dict[str, Any], Path], sources_file: Path
) -> None:
    first, second, warehouse = two_passes
    assert _sums(first) == {
        "listed": 50, "new_stories": 48, "new_versions": 0, "duplicates": 0, "rejected": 2,
    }  # fmt: skip
    assert _sums(second) == {
        "listed": 33, "new_stories": 2, "new_versions": 2, "duplicates": 28, "rejected": 1,
    }  # fmt: skip
    answers = {row["source_id"]: (row["unchanged"], row["failed"]) for row in second["fetches"]}
    assert answers["business"] == answers["afp"] == answers["local"] == (1, 0)
    third = run(sources_file, warehouse)
    assert third["totals"] == second["totals"]
    assert _sums(third)["new_stories"] == _sums(third)["new_versions"] == 0


def test_the_sample_is_read_as_an_editor_would_read_it(
    two_passes: tuple[dict[str, Any], dict[str, Any], Path],
) -> None:
    with Warehouse(str(two_passes[2]), read_only=True) as w:
        wrong = {
            key: differs
            for key, wanted in EXPECTED.items()
            if (differs := _differences(wanted, _version(w, key, wanted)))
        }
    assert wrong == {}


def _version(w: Warehouse, key: str, wanted: dict[str, Any]) -> dict[str, Any]:
    """What the warehouse has for a key of expected.json, in its shape."""
    native, _, later = key.partition("#")
    found = w.sql(
        "SELECT version_id, headline, labels, dateline_raw, body FROM wire.versions "
        "WHERE (native_id = ? OR (native_id IS NULL AND contains(url, ?))) "
        "AND (supersedes_id IS NOT NULL) = ?",
        native,
        native,
        bool(later),
    )
    assert found, f"{key} is not in the warehouse"
    version, headline, labels, dateline, body = found[0]

    def rows(columns: str, table: str) -> list[tuple[Any, ...]]:
        select = f"SELECT {columns} FROM wire.{table} WHERE version_id = ? ORDER BY seq"  # noqa: S608
        return w.sql(select, version)

    return {
        "headline": headline,
        "labels": [[label["label"], label["n"]] for label in labels],
        "dateline_raw": dateline,
        "places": [f"{n}/{c}" for n, c in rows("name, country", "dateline_places")],
        "credits": [list(row) for row in rows("role, name, place", "credits")],
        "crossheads": [t for k, t in rows("kind, text", "paragraphs") if k == "crosshead"],
        "byline": [name for (name,) in rows("name", "authors")],
        "body": " ".join(body.split()),
    }


def _differences(wanted: dict[str, Any], got: dict[str, Any]) -> list[str]:
    differs = [
        f"{name}: want {wanted[name]}, got {got[name]}"
        for name in (
            "headline",
            "labels",
            "dateline_raw",
            "places",
            "credits",
            "crossheads",
            "byline",
        )
        if name in wanted and wanted[name] != got[name]
    ]
    if not got["body"].startswith(wanted["first_words"]):
        differs.append(f"starts {got['body'][:50]!r}")
    if not got["body"].endswith(wanted["last_words"]):
        differs.append(f"ends {got['body'][-50:]!r}")
    return differs


def test_a_source_that_fails_does_not_stop_the_others(
    wire: WireServer, sources_file: Path, tmp_path: Path
) -> None:
    text = sources_file.read_text("utf-8").replace("world.xml", "gone.xml")
    sources_file.write_text(text, "utf-8")
    report = run(sources_file, tmp_path / "w.duckdb")
    failed = [
        row["source_id"] for row in report["fetches"] if row["failed"] and not row["polled"] > 1
    ]
    assert failed == ["world"]
    assert {"stage": "fetch", "code": "permanent"}.items() <= report["rejects"][-1].items()
    assert report["totals"]["stories"] == 36
