"""The warehouse: schema, comments, decisions, checks that can fail."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scripts.kill_test import compare
from wiredesk.errors import UserError
from wiredesk.fetch.files import captures
from wiredesk.ingest import Run, new_run_id
from wiredesk.match.decide import Known, decide
from wiredesk.match.identity import version_id
from wiredesk.model import Candidate, Relation, Source
from wiredesk.parallel import Workers
from wiredesk.warehouse import Warehouse, alarms, checks

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture
def loaded(tmp_path: Path) -> Warehouse:
    """An in-memory warehouse with two stories, one of them in two versions."""
    warehouse = Warehouse(":memory:")
    run = Run(new_run_id(NOON), warehouse, None, Workers(1))
    source = Source("test", "file", "")
    for n, rows in enumerate(
        (
            '{"id": "a", "title": "Port shuts", "text": "OSLO (Reuters) - A port shut.\\n\\n'
            '(Reporting by Ana Ruiz in Oslo)", "date": "2026-05-04T10:00:00Z"}\n'
            '{"id": "b", "title": "Fair opens", "text": "ROME (AP) _ A fair opened."}',
            '{"id": "a", "title": "CORRECTED-Port shuts", "text": "OSLO (Reuters) - A dock shut.",'
            ' "date": "2026-05-04T11:00:00Z"}',
        )
    ):
        path = tmp_path / f"{n}.jsonl"
        path.write_text(rows)
        run.ingest(source, captures([str(path)], source.id, NOON + timedelta(hours=n)))
    return warehouse


def test_every_table_and_column_is_commented() -> None:
    with Warehouse(":memory:") as w:
        bare = w.sql(
            "SELECT schema_name || '.' || table_name FROM duckdb_tables() "
            "WHERE database_name = 'warehouse' AND comment IS NULL UNION ALL "
            "SELECT schema_name || '.' || view_name FROM duckdb_views() "
            "WHERE database_name = 'warehouse' AND NOT internal AND comment IS NULL UNION ALL "
            "SELECT schema_name || '.' || table_name || '.' || column_name FROM duckdb_columns() "
            "WHERE database_name = 'warehouse' AND NOT internal AND comment IS NULL"
        )
    assert bare == []


def test_every_view_and_query_says_its_grain_in_its_first_line() -> None:
    home = Path(__file__).parents[1] / "warehouse"
    for folder in ("views", "queries"):
        for path in (home / folder).glob("*.sql"):
            first = path.read_text("utf-8").splitlines()[0]
            assert first.startswith("-- "), path.name
            assert folder == "queries" or "grain: one row a" in first, path.name
    for path in (home / "checks").glob("*.sql"):
        assert path.read_text("utf-8").startswith("-- offenders: "), path.name


def test_a_changed_body_under_one_identity_is_a_second_version(loaded: Warehouse) -> None:
    assert loaded.sql("SELECT count(*) FROM wire.stories") == [(2,)]
    versions = loaded.sql(
        "SELECT native_id, relation, supersedes_id IS NOT NULL FROM wire.versions ORDER BY ALL"
    )
    assert versions == [("a", "correction", True), ("a", "new", False), ("b", "new", False)]
    assert loaded.sql("SELECT body FROM mart.current_stories WHERE agency = 'Reuters'") == [
        ("A dock shut.",)
    ]


def test_all_checks_pass_on_a_sound_warehouse(loaded: Warehouse) -> None:
    every = [*checks(), *alarms()]
    assert {name: loaded.offenders(name)[1] for name in every} == {name: [] for name in every}


@pytest.mark.parametrize(
    ("check", "fault"),
    [
        ("unique_versions", "INSERT INTO wire.versions SELECT * FROM wire.versions LIMIT 1"),
        ("unique_stories", "INSERT INTO wire.stories SELECT * FROM wire.stories LIMIT 1"),
        ("unique_items", "INSERT INTO raw.items SELECT * FROM raw.items LIMIT 1"),
        ("unique_paragraphs", "INSERT INTO wire.paragraphs SELECT * FROM wire.paragraphs"),
        ("no_orphans", "DELETE FROM wire.stories"),
        ("no_orphans", "UPDATE wire.credits SET version_id = 1"),
        ("ledger_balances", "UPDATE ops.ledger SET listed = listed + 1"),
        ("ledger_matches_rows", "DELETE FROM ops.ledger"),
        ("offsets_inside", "UPDATE wire.paragraphs SET src_end = 100000"),
        ("no_notice_held", "INSERT INTO wire.notices (notice_story, notice_version, action, "
         "noticed_at, held) VALUES (1, 1, 'withdrawal', now(), true)"),
        ("nothing_withdrawn_in_marts", "CREATE OR REPLACE VIEW mart.current_stories AS "
         "SELECT story_id FROM wire.versions; UPDATE wire.versions SET pub_status = 'canceled'"),
        ("no_orphans", "UPDATE wire.versions SET supersedes_id = 1"),
        ("no_orphans", "INSERT INTO wire.groups VALUES (1, 'chain', 1, 1)"),
        ("unique_children", "INSERT INTO wire.credits SELECT * FROM wire.credits"),
        ("offsets_inside", "UPDATE wire.credits SET src_end = 100000"),
        ("offsets_inside", "UPDATE wire.versions SET dateline_end = -1"),
        ("rejects_replayable", "INSERT INTO ops.rejects VALUES (1, 'r', 'test', 'x', 'feed', "
         "'line 2', NULL, 'parse', 'empty', 'nothing there', now(), false)"),
        ("sources_fresh", "INSERT INTO ops.polls (source_id, run_id, polled_at, url, outcome, "
         "listed, new, gap, failures, interval_s, next_at) VALUES ('test', 'r', "
         "now() - INTERVAL 5 HOUR, 'x', 'new', 0, 0, false, 0, 600, now() - INTERVAL 4 HOUR)"),
        ("sources_fresh", "INSERT INTO ops.ledger SELECT 'r', 'hourly', now() - to_hours(60 - n), "
         "1, 1, 0, 0, 0, 0 FROM range(30) AS t (n); INSERT INTO ops.polls (source_id, run_id, "
         "polled_at, url, outcome, listed, new, gap, failures, interval_s, next_at) VALUES "
         "('hourly', 'r', now(), 'x', 'unchanged', 0, 0, false, 0, 600, now())"),
        ("volume_as_usual", "INSERT INTO ops.ledger SELECT 'r', 'hourly', "
         "TIMESTAMPTZ '2026-03-01 00:30:00+00' + to_hours(n), 20, if(n = 1400, 0, 20), 0, "
         "if(n = 1400, 20, 0), 0, 0 FROM range(1450) AS t (n)"),
        ("one_current_version", "CREATE OR REPLACE VIEW mart.current_stories AS "
         "SELECT story_id FROM wire.versions"),
    ],
)  # fmt: skip
def test_each_check_finds_the_fault_it_is_for(loaded: Warehouse, check: str, fault: str) -> None:
    loaded.sql(fault)
    assert loaded.offenders(check)[1] != []


def test_every_check_has_a_planted_fault() -> None:
    marks = test_each_check_finds_the_fault_it_is_for.pytestmark  # type: ignore[attr-defined]
    planted = {check for mark in marks for check, _ in mark.args[1]}
    assert planted == {*checks(), *alarms()}


def test_a_warehouse_of_a_newer_program_is_refused_in_one_line(tmp_path: Path) -> None:
    path = str(tmp_path / "w.duckdb")
    with Warehouse(path) as w:
        w.sql("INSERT INTO ops.migrations VALUES ('9999_future', now())")
    with pytest.raises(UserError, match=r"newer wiredesk \(9999_future\): upgrade"):
        Warehouse(path)


def test_a_failed_load_leaves_nothing_behind(loaded: Warehouse) -> None:
    before = loaded.sql("SELECT count(*) FROM wire.versions")
    with pytest.raises(RuntimeError), loaded.transaction():
        loaded.sql("DELETE FROM wire.versions")
        raise RuntimeError
    assert loaded.sql("SELECT count(*) FROM wire.versions") == before


def _candidate(
    story: int, words: int, hour: int, declared: Relation = "update", copy: int | None = None
) -> Candidate:
    at = NOON + timedelta(hours=hour)
    return Candidate(words * 10 + story, story, words, copy, at, declared)


def test_a_version_supersedes_the_latest_by_its_own_time_and_not_by_arrival() -> None:
    late_first = [_candidate(1, 12, 2), _candidate(1, 11, 1), _candidate(1, 13, 3)]
    latest = version_id(1, 12)
    assert [d.supersedes_id for d in decide(late_first, Known())] == [None, latest, latest]


def test_a_seen_version_is_a_duplicate_however_old_it_is() -> None:
    seen = [(NOON, version_id(1, 11)), (NOON + timedelta(hours=1), version_id(1, 12))]
    (decision,) = decide([_candidate(1, 11, 0)], Known({1: seen}))
    assert (decision.outcome, decision.supersedes_id) == ("duplicate", None)


def test_where_a_batch_ends_makes_no_difference() -> None:
    candidates = [_candidate(s, s * 100 + v, v) for v in (2, 1, 3) for s in (1, 2)]
    whole = decide(candidates, Known())
    known: dict[int, list[tuple[datetime, int]]] = {}
    piecemeal = []
    for candidate in candidates:
        (decision,) = decide([candidate], Known(known))
        piecemeal.append(decision)
        known.setdefault(decision.story_id, []).append((candidate.at, decision.version_id))
    assert tuple(piecemeal) == whole


def test_known_copy_under_a_rewritten_id_is_no_news_and_its_update_finds_the_story() -> None:
    first, again, update = decide(
        [_candidate(1, 11, 0, copy=7), _candidate(2, 11, 0, copy=7), _candidate(2, 12, 1, copy=8)],
        Known(),
    )
    assert (again.outcome, again.story_id) == ("duplicate", first.story_id)
    assert (update.story_id, update.supersedes_id) == (first.story_id, first.version_id)


def test_an_ingest_that_is_killed_and_run_again_leaves_the_rows_of_a_clean_run(
    tmp_path: Path,
) -> None:
    hits, differs = compare(stories=3000, times=2, seed=5, folder=tmp_path)
    assert differs == []
    assert hits >= 1, "no kill hit a running ingest: the test proved nothing"


def test_prefect_and_duckdb_are_not_imported_for_reading() -> None:
    probe = (
        "import sys; from wiredesk.reading import read_paths; "
        "list(read_paths(['-'], None, None, 1)); "
        "print([m for m in ('prefect', 'duckdb', 'pyarrow', 'feedparser') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe], input=b"OSLO (Reuters) - A port shut.", capture_output=True,
        check=True, timeout=60,
    )  # fmt: skip
    assert done.stdout.strip() == b"[]"
