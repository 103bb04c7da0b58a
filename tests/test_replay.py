"""Reading again what the archive keeps: what would change, putting it right, and rebuilding."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from samples.wire_server import WireServer
from scripts.kill_test import fingerprint, offenders
from wiredesk.benches.made_up_wire import stories
from wiredesk.commands import ingest_paths
from wiredesk.errors import UserError
from wiredesk.fetch.archive import Archive
from wiredesk.ingest import now
from wiredesk.model import Source
from wiredesk.replay_commands import replay_command
from wiredesk.replays.comparing import HELD, ODD
from wiredesk.rows import SCHEMAS
from wiredesk.warehouse import CHILDREN, Warehouse

ROOT = Path(__file__).parents[1]
#: `wiredesk replay` in a process of its own, killed with its workers in its second transaction
KILLED = """
import os, signal, sys
from wiredesk.replay_commands import replay_command
from wiredesk.replays import replaying
put_right, calls = replaying.replace_rows, []
def stopped(*given):
    put_right(*given)
    calls.append(given)
    if len(calls) == 2:
        os.killpg(0, signal.SIGKILL)
replaying.replace_rows, replaying.STEP = stopped, 200
if __name__ == "__main__":
    replay_command(None, None, None, None, None, sys.argv[1], 2, rejects=False, diff=False,
                   as_json=True)
"""


def replay(
    warehouse: Path,
    capsys: pytest.CaptureFixture[str],
    *,
    code: int = 0,
    since: str | None = None,
    source: str | None = None,
    where: str | None = None,
    from_archive: Path | None = None,
    sources: Path | None = None,
    rejects: bool = False,
    diff: bool = False,
) -> dict[str, Any]:
    capsys.readouterr()
    found = replay_command(
        *(since, source, where, str(from_archive) if from_archive else None),
        *(str(sources) if sources else None, str(warehouse), 1),
        rejects=rejects,
        diff=diff,
        as_json=True,
    )
    report: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert found == code, report
    return report


GOLDEN = [
    str(ROOT / "tests" / "golden" / each)
    for each in ("agencies", "formats/newsml-1", "formats/mail", "formats/anpa1312")
]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of some made-up stories and of golden copy, with its archive."""
    folder = tmp_path_factory.mktemp("kept")
    (folder / "copy.jsonl").write_bytes(b"\n".join(stories(80)))
    for paths, source in (
        ([str(folder / "copy.jsonl")], "made"),
        (GOLDEN, "golden"),
        ([str(ROOT / "samples" / "wire" / "drop")], "drop"),
    ):
        ingest_paths(paths, None, None, source, str(folder / "w.duckdb"), 1, as_json=True)
    return folder / "w.duckdb"


@pytest.fixture
def warehouse(kept: Path, tmp_path: Path) -> Path:
    """A copy of it to change."""
    shutil.copy(kept, tmp_path / "w.duckdb")
    shutil.copytree(kept.with_suffix(".archive"), tmp_path / "w.archive")
    return tmp_path / "w.duckdb"


def altered(warehouse: Path, *statements: str) -> None:
    """Rows as other rules would have left them."""
    with Warehouse(str(warehouse)) as w, w.transaction():
        for statement in statements:
            w.sql(statement)


OTHER_RULES = (
    "UPDATE wire.versions SET rules = '0.0.9', headline = 'Other ' || headline "
    "WHERE hash(version_id) % 7 = 0",
    "UPDATE wire.versions SET agency = 'Nobody' WHERE hash(version_id) % 11 = 0",
    "UPDATE wire.versions SET labels = [], declared = 'update' WHERE hash(version_id) % 2 = 0",
    "DELETE FROM wire.credits WHERE hash(version_id) % 5 = 0",
    "UPDATE wire.paragraphs SET kind = 'note' WHERE hash(version_id) % 9 = 0 AND seq = 2",
    "DELETE FROM wire.quotes WHERE hash(version_id) % 3 = 0 AND seq = 1",
    "UPDATE wire.dateline_places SET country = 'XX' WHERE hash(version_id) % 4 = 0",
    "DELETE FROM wire.signatures WHERE hash(story_id) % 6 = 0",
    "INSERT INTO ops.issues SELECT version_id, 9, 'odd', 'gone' FROM wire.versions "
    "WHERE hash(version_id) % 13 = 0",
    "UPDATE wire.versions SET rules = '0.0.8' WHERE hash(version_id) % 3 = 0",
)


def test_what_other_rules_left_is_shown_then_put_right_and_then_nothing_changes(
    kept: Path, warehouse: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    altered(warehouse, *OTHER_RULES)
    before = fingerprint(warehouse)
    shown = replay(warehouse, capsys, diff=True)
    assert fingerprint(warehouse) == before
    assert {"headline", "agency", "labels", "credits", "paragraphs", "quotes"} <= shown[
        "fields"
    ].keys()
    assert {"dateline_places", "signatures", "issues"} <= shown["fields"].keys()
    headline = shown["fields"]["headline"]
    assert headline["samples"][0]["before"].startswith("Other ")
    assert not headline["samples"][0]["after"].startswith("Other ")
    done = replay(warehouse, capsys)
    for name in ("changed", "fields", "reread"):
        assert done[name] == shown[name]
    assert fingerprint(warehouse) == fingerprint(kept)
    assert offenders(warehouse) == {}
    again = replay(warehouse, capsys)
    assert (again["changed"], again["fields"], again["reread"]) == (0, {}, done["reread"])


@pytest.mark.parametrize("what", ["words", "story", "both"])
def test_a_version_whose_words_or_story_are_read_otherwise_moves_with_all_that_hangs_on_it(
    kept: Path, warehouse: Path, capsys: pytest.CaptureFixture[str], what: str
) -> None:
    with Warehouse(str(warehouse)) as w:
        if what != "story":
            _rename_versions(w)
        if what != "words":
            _rename_stories(w)
    moved = replay(warehouse, capsys)
    assert moved["moved"] > 20
    assert fingerprint(warehouse) == fingerprint(kept)
    assert offenders(warehouse) == {}
    assert replay(warehouse, capsys)["changed"] == 0


def _rename_versions(w: Warehouse) -> None:
    w.sql(
        "CREATE TEMP TABLE m AS SELECT version_id AS was, xor(version_id, 1) AS now "
        "FROM wire.versions WHERE hash(version_id) % 4 = 0"
    )
    keyed = [HELD.get(name, f"wire.{name}") for name in CHILDREN if name not in ODD]
    for table in ("wire.versions", "raw.items", "wire.changes", *keyed):
        _rename(w, "m", table, "version_id")
    _rename(w, "m", "wire.versions", "supersedes_id")
    _rename(w, "m", "wire.notices", "notice_version")


def _rename_stories(w: Warehouse) -> None:
    w.sql(
        "CREATE TEMP TABLE s AS SELECT story_id AS was, xor(story_id, 1) AS now "
        "FROM wire.stories WHERE hash(story_id) % 4 = 0"
    )
    for table in ("wire.versions", "wire.stories", "raw.items", "wire.groups", "wire.signatures"):
        _rename(w, "s", table, "story_id")
    for table, *columns in (
        ("raw.items", "identity_id"),
        ("wire.story_links", "from_story", "to_story"),
        ("wire.groups", "root_id", "original_id"),
        ("wire.notices", "notice_story", "target_story"),
    ):
        for column in columns:
            _rename(w, "s", table, column)


def _rename(w: Warehouse, names: str, table: str, column: str) -> None:
    w.sql(
        f"UPDATE {table} AS t SET {column} = {names}.now FROM {names} "  # noqa: S608
        f"WHERE t.{column} = {names}.was"
    )


def test_only_what_is_in_scope_is_read_again(
    warehouse: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    altered(warehouse, "UPDATE wire.versions SET slug = 'other'")
    with Warehouse(str(warehouse), read_only=True) as w:
        ((golden,),) = w.sql("SELECT count(*) FROM wire.versions WHERE source_id = 'golden'")
    assert replay(warehouse, capsys, diff=True, source="golden")["reread"] == golden > 16
    assert replay(warehouse, capsys, diff=True, since="2999-01-01")["reread"] == 0
    named = "version_id IN (SELECT version_id FROM wire.credits WHERE place = 'Oslo')"
    few = replay(warehouse, capsys, where=named)
    assert 0 < few["changed"] == few["reread"] < 40
    with Warehouse(str(warehouse), read_only=True) as w:
        ((left,),) = w.sql("SELECT count(*) FROM wire.versions WHERE slug = 'other'")
        ((all_,),) = w.sql("SELECT count(*) FROM wire.versions")
    assert left == all_ - few["changed"]


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("headlin = 'x'", "headlin"),
        ("true; DELETE FROM wire.versions", "single SELECT"),
        ("version_id IN (DELETE FROM wire.versions RETURNING version_id)", "syntax error"),
        ("true) OR (true", "syntax error"),
    ],
)
def test_a_condition_that_is_wrong_or_writes_is_refused(
    warehouse: Path, capsys: pytest.CaptureFixture[str], condition: str, said: str
) -> None:
    before = fingerprint(warehouse)
    with pytest.raises(UserError, match=said):
        replay(warehouse, capsys, where=condition)
    assert fingerprint(warehouse) == before


def test_what_cannot_be_asked_is_one_clear_line(
    warehouse: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(UserError, match="write it as"):
        replay(warehouse, capsys, since="yesterday")
    with pytest.raises(UserError, match="no such folder"):
        replay(tmp_path / "new.duckdb", capsys, from_archive=tmp_path / "nowhere")
    with pytest.raises(UserError, match="an archive of its own"):
        replay(warehouse, capsys, from_archive=tmp_path)
    with pytest.raises(UserError, match="leave"):
        replay(tmp_path / "n.duckdb", capsys, from_archive=tmp_path / "w.archive", diff=True)
    shutil.rmtree(tmp_path / "w.archive")
    with pytest.raises(UserError, match="no archive at"):
        replay(warehouse, capsys)


def test_a_payload_that_is_damaged_or_gone_is_named_and_the_rest_goes_on(
    warehouse: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    altered(warehouse, *OTHER_RULES)
    with Warehouse(str(warehouse), read_only=True) as w:
        rows = w.sql(
            "SELECT locator, archive_path, archive_offset FROM raw.captures SEMI JOIN raw.items "
            "USING (sha256, source_id) WHERE source_id = 'golden' ORDER BY archive_offset"
        )
    (file,) = (warehouse.with_suffix(".archive")).iterdir()
    data = bytearray(file.read_bytes())
    data[rows[0][2] + 300] ^= 0xFF
    file.write_bytes(bytes(data))
    found = replay(warehouse, capsys, code=1)
    assert found["unread"] == {"damaged": 1}
    assert found["unread_samples"][0]["locator"].startswith(rows[0][0])
    file.write_bytes(bytes(data[: rows[-1][2] + 40]))
    cut = replay(warehouse, capsys, code=1, diff=True)
    assert cut["unread"]["truncated"] >= 1
    file.unlink()
    gone = replay(warehouse, capsys, code=1, diff=True)
    assert gone["unread"] == {"missing": found["reread"] + 1}


def test_a_replay_that_is_killed_goes_on_where_it_was(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    warehouse = tmp_path / "w.duckdb"
    (tmp_path / "copy.jsonl").write_bytes(b"\n".join(stories(1200)))
    paths = [str(tmp_path / "copy.jsonl")]
    ingest_paths(paths, None, None, "made", str(warehouse), None, as_json=True)
    clean = fingerprint(warehouse)
    altered(warehouse, "UPDATE wire.versions SET rules = '0.0.9', headline = 'Other'")
    script = tmp_path / "again.py"
    script.write_text(KILLED, "utf-8")
    process = subprocess.Popen(
        [sys.executable, str(script), str(warehouse)], cwd=ROOT, start_new_session=True
    )
    assert process.wait(timeout=120) == -signal.SIGKILL
    with Warehouse(str(warehouse), read_only=True) as w:
        ((left,),) = w.sql("SELECT count(*) FROM wire.versions WHERE rules = '0.0.9'")
    assert 0 < left < 1224
    rest = replay(warehouse, capsys)
    assert (rest["resumed"], rest["wanted"], rest["changed"]) == (True, left, left)
    assert fingerprint(warehouse) == clean
    assert not replay(warehouse, capsys)["resumed"]


def test_a_warehouse_is_rebuilt_from_its_archive_alone(
    kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = replay(tmp_path / "new.duckdb", capsys, from_archive=kept.with_suffix(".archive"))
    assert report["lost"] == []
    assert _but(fingerprint(tmp_path / "new.duckdb")) == _but(fingerprint(kept))
    assert offenders(tmp_path / "new.duckdb") == {}
    again = replay(tmp_path / "new.duckdb", capsys, from_archive=kept.with_suffix(".archive"))
    assert again["totals"] == report["totals"]


def test_a_polled_wire_is_rebuilt_with_the_pages_that_its_entries_led_to(
    wire: WireServer, sources_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    warehouse = tmp_path / "w.duckdb"
    command = [sys.executable, "-m", "wiredesk.cli", "run", "--all", "--json"]
    command += ["--sources", str(sources_file), "--warehouse", str(warehouse)]
    for _ in range(2):
        done = subprocess.run(command, capture_output=True, check=False, timeout=120)
        assert done.returncode in {0, 1}, done.stderr.decode()
        wire.turn_page()
    new = tmp_path / "new.duckdb"
    archive = warehouse.with_suffix(".archive")
    replay(new, capsys, from_archive=archive, sources=sources_file)
    assert _but(fingerprint(new)) == _but(fingerprint(warehouse))
    assert offenders(new) == {}
    assert replay(warehouse, capsys, diff=True, sources=sources_file)["changed"] == 0


def _but(found: dict[str, tuple[int, str]]) -> dict[str, tuple[int, str]]:
    """What the copy gave: rejects name the run, as the sources' own log does."""
    return {table: rows for table, rows in found.items() if table != "ops.rejects"}


def test_a_reject_that_can_be_read_now_is_loaded_and_the_ledger_balances(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    warehouse = tmp_path / "w.duckdb"
    lines = list(stories(10))
    lines[4] = b'{"id": "broken", "text": '
    (tmp_path / "copy.jsonl").write_bytes(b"\n".join(lines))
    paths = [str(tmp_path / "copy.jsonl")]
    ingest_paths(paths, None, None, "made", str(warehouse), 1, as_json=True)
    clean = fingerprint(warehouse)
    # as if an earlier reader had stumbled over the third story too
    with Warehouse(str(warehouse)) as w:
        ((version,),) = w.sql("SELECT version_id FROM raw.items WHERE ordinal = 2")
        ((story,),) = w.sql("SELECT story_id FROM wire.versions WHERE version_id = ?", version)
        for table in ("raw.items", "wire.versions", "ops.issues", *_keyed()):
            w.sql(f"DELETE FROM {table} WHERE version_id = ?", version)  # noqa: S608
        w.sql("DELETE FROM wire.stories WHERE story_id = ?", story)
        w.sql("DELETE FROM wire.signatures WHERE story_id = ?", story)
        w.sql("UPDATE raw.loaded SET items = items - 1, rejects = rejects + 1")
        w.sql(
            "INSERT INTO ops.rejects BY NAME SELECT * REPLACE (1 AS reject_id, 'line 3' AS place, "
            "'extract' AS stage) FROM ops.rejects LIMIT 1"
        )
        w.sql("UPDATE ops.ledger SET new_stories = new_stories - 1, rejected = rejected + 1")
    shown = replay(warehouse, capsys, code=1, rejects=True, diff=True)
    assert (shown["rejects"], shown["recovered"]) == (2, 1)
    done = replay(warehouse, capsys, code=1, rejects=True)
    assert done["ledger"]["listed"] == done["ledger"]["new_stories"] == 1
    assert [no["code"] for no in done["left"]] == ["json_invalid"]
    assert offenders(warehouse) == {}
    assert _but(fingerprint(warehouse)) == _but(clean)
    again = replay(warehouse, capsys, code=1, rejects=True)
    assert (again["rejects"], again["recovered"], again["ledger"]["listed"]) == (1, 0, 0)


def _keyed() -> list[str]:
    return [f"wire.{name}" for name in CHILDREN if name not in ODD and name not in HELD]


def test_a_record_says_how_its_source_is_read(tmp_path: Path, kept: Path) -> None:
    with Archive(kept.with_suffix(".archive"), now=now) as old:
        capture = next(a.capture for a in old.records() if not hasattr(a, "code"))
    source = Source(
        "dpa", "folder", "in/", format="text", agency="dpa", language="de", tz="Europe/Berlin"
    )
    with Archive(tmp_path / "a", now=now) as archive:
        mine = capture.__class__(**{**_fields(capture), "source": "dpa"})
        (address,) = archive.put([(mine, None)], [source])
        archive.put([(mine, address)], [source])
        archive.put([(mine, None)])
        found = [each.source for each in archive.records() if not hasattr(each, "code")]
        assert archive.at(address).source == source
    assert found == [source, source, None]


def _fields(capture: Any) -> dict[str, Any]:
    return {name: getattr(capture, name) for name in capture.__dataclass_fields__}


def test_tables_that_come_in_have_the_columns_of_the_warehouse_in_their_order(kept: Path) -> None:
    with Warehouse(str(kept), read_only=True) as w:
        for name in CHILDREN:
            if name not in ODD:
                held = w.sql(f"DESCRIBE {HELD.get(name, f'wire.{name}')}")
                assert [row[0] for row in held][1:] == SCHEMAS[name].names[1:]


def test_a_lake_is_put_right_like_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lake = Path(f"ducklake:sqlite:{tmp_path}/lake.sqlite")
    ingest_paths(GOLDEN, None, None, "golden", str(lake), 1, as_json=True)
    clean = fingerprint(lake)
    altered(lake, *OTHER_RULES[:4])
    with Warehouse(str(lake)) as w, w.transaction():
        _rename_versions(w)
    found = replay(lake, capsys)
    assert found["changed"] > found["moved"] > 3
    assert fingerprint(lake) == clean
    assert offenders(lake) == {}
    assert replay(lake, capsys)["changed"] == 0
