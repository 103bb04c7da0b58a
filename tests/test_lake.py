"""A lake is the same warehouse: same rows, same checks, and any number of loaders at once."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import orjson
import pytest

from tests.postgres import PASSWORD, Postgres, serving
from wiredesk import database
from wiredesk.database import names_of
from wiredesk.errors import UserError, WarehouseBusy
from wiredesk.fetch.files import captures
from wiredesk.ingest import Run, new_run_id
from wiredesk.lake import lake_of, masked
from wiredesk.model import Source
from wiredesk.parallel import Workers
from wiredesk.settings import archive_path
from wiredesk.turns import no_turns
from wiredesk.warehouse import Load, Warehouse, checks

ROOT = Path(__file__).parents[1]
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
Homes = Callable[[str], str]
Rows = dict[str, list[str]]
#: what the clock or chance says, not the copy
BY_CHANCE = {"run_id", "received_at", "first_received_at", "fetched_at", "decided_at", "loaded_at",
             "requested_at", "rejected_at", "archive_path", "archive_offset"}  # fmt: skip


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    with serving() as server:
        yield server


@pytest.fixture
def homes(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Homes:
    """Names of new, empty warehouses: of a file, or of a lake whose catalog is what is said."""
    count = iter(range(100))

    def home(kind: str) -> str:
        path = tmp_path / f"home{next(count)}"
        if kind == "file":
            return f"{path}.duckdb"
        if kind == "sqlite":
            return f"ducklake:sqlite:{path}.sqlite"
        if kind == "duckdb":
            return f"ducklake:{path}.ducklake"
        server = request.getfixturevalue("postgres")
        monkeypatch.setenv("PGPASSWORD", PASSWORD)
        return f"ducklake:postgres:{server.database()}?data={path}.files"

    return home


every_lake = pytest.mark.parametrize("kind", ["sqlite", "postgres"])


def story(id_: str, text: str, minutes: int, title: str, **more: Any) -> bytes:
    date = (NOON + timedelta(minutes=minutes)).isoformat()
    return orjson.dumps({"id": id_, "title": title, "text": text, "date": date, **more})


def wire_of(seed: str, stories: int) -> list[bytes]:
    """Invented stories of one source: half of them are carried by every other source as well."""
    lines = []
    for n in range(stories):
        words = random.Random(n if n % 2 else f"{seed}{n}")  # noqa: S311
        said = " ".join(" ".join(words.choices(WORDS, k=12)).capitalize() + "." for _ in range(5))
        body = f"OSLO (Reuters) - {said}\n\n(Reporting by Ana Ruiz in Oslo; Editing by Bo Lund)"
        lines.append(story(f"{seed}{n}", body, 3 * n, " ".join(words.choices(WORDS, k=6))))
        if n % 10 == 0:
            later = body.replace("(Reporting", "Ferries waited.\n\n(Reporting")
            lines.append(story(f"{seed}{n}", later, 3 * n + 1, f"CORRECTED-{seed} {n}"))
    return lines


WORDS = (
    "harbour crane pilot union board ferry strike wage dock night rain talk offer vote ship "
    "captain storm price grain herring mayor court budget bridge tunnel school engine market "
    "orchard lantern kettle violin compass quarry meadow glacier ribbon copper saffron"
).split()


def ingest(warehouse: Warehouse, folder: Path, source: str, hours: int = 0) -> Run:
    run = Run(new_run_id(NOON), warehouse, None, Workers(1))
    at = NOON + timedelta(days=30, hours=hours)
    run.ingest(Source(source, "file", ""), captures([str(folder)], source, at))
    return run


def rows_of(warehouse: Warehouse, *, marts: bool = False) -> Rows:
    """Everything that a warehouse holds, but what the clock or chance says."""
    found: Rows = {}
    tables = warehouse.sql(
        "SELECT DISTINCT schema_name || '.' || table_name FROM duckdb_columns() "
        "WHERE database_name = 'warehouse' AND schema_name IN ('raw', 'wire', 'ref', 'ops', 'mart')"
    )
    for (table,) in tables:
        if table.startswith("mart.") and not marts:
            continue
        if table in {"ops.migrations", "ops.runs", "ops.run_ends", "ops.turn", "mart.runs"}:
            continue
        columns = [
            name
            for name, type_, *_ in warehouse.sql(f"DESCRIBE {table}")
            if name not in BY_CHANCE
            and not (table.startswith(("ops.", "mart.")) and type_.startswith(("TIME", "INTERV")))
        ]
        listed = ", ".join(f'"{c}"' for c in columns)
        found[table] = sorted(map(repr, warehouse.sql(f"SELECT {listed} FROM {table}")))  # noqa: S608
    return found


def tables_of(rows: Rows) -> Rows:
    return {name: found for name, found in rows.items() if not name.startswith("mart.")}


def offenders(warehouse: Warehouse) -> dict[str, list[tuple[Any, ...]]]:
    return {name: found for name in checks() if (found := warehouse.offenders(name)[1])}


@pytest.fixture(scope="module")
def two_wires(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("wires")
    wires = {}
    for source in ("alpha", "beta"):
        wires[source] = folder / f"{source}.jsonl"
        wires[source].write_bytes(b"\n".join(wire_of(source, 60)))
    return wires


@pytest.fixture(scope="module")
def rows_of_a_file(two_wires: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Rows:
    with Warehouse(str(tmp_path_factory.mktemp("file") / "w.duckdb")) as w:
        for source, path in two_wires.items():
            ingest(w, path, source)
        return rows_of(w, marts=True)


# -- one warehouse, two homes


@pytest.mark.parametrize("kind", ["sqlite", "postgres", "duckdb"])
def test_a_lake_holds_the_rows_of_the_file_and_taking_all_in_again_changes_none(
    kind: str, homes: Homes, two_wires: dict[str, Path], rows_of_a_file: Rows
) -> None:
    name = homes(kind)
    with Warehouse(name) as w:
        for source, path in two_wires.items():
            ingest(w, path, source)
        marts = kind == "postgres"  # every table of a mart is a question to the catalog
        assert rows_of(w, marts=marts) == (rows_of_a_file if marts else tables_of(rows_of_a_file))
        assert offenders(w) == {}
        assert len(rows_of_a_file["wire.changes"]) >= 12
        assert len(rows_of_a_file["mart.reprints"]) >= 25
        for source, path in two_wires.items():
            ingest(w, path, source)
        again = rows_of(w)
    differ = {table for table, rows in again.items() if rows != rows_of_a_file[table]}
    assert differ == {"ops.fetches", "ops.ledger"}


def test_what_is_planted_in_a_lake_is_found(homes: Homes, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"\n".join(wire_of("a", 4)))
    with Warehouse(homes("sqlite")) as w:
        ingest(w, tmp_path / "a.jsonl", "a")
        w.sql("INSERT INTO wire.versions SELECT * FROM wire.versions LIMIT 1")
        w.sql("UPDATE ops.ledger SET listed = listed + 1")
        assert {"unique_versions", "ledger_balances"} <= offenders(w).keys()


def test_every_table_and_column_of_a_lake_is_commented(homes: Homes) -> None:
    with Warehouse(homes("sqlite")) as w:
        bare = w.sql(
            "SELECT schema_name, table_name, NULL FROM duckdb_tables() "
            "WHERE database_name = 'warehouse' AND comment IS NULL UNION ALL "
            "SELECT schema_name, view_name, NULL FROM duckdb_views() "
            "WHERE database_name = 'warehouse' AND schema_name = 'mart' AND comment IS NULL "
            "UNION ALL SELECT schema_name, table_name, column_name FROM duckdb_columns() "
            "WHERE database_name = 'warehouse' AND schema_name <> 'mart' AND NOT internal "
            "AND comment IS NULL"
        )
    assert bare == []


# -- several at once


def at_once(*commands: list[str]) -> list[str]:
    """Run Python programs at once, each with an archive of its own; all must end well."""
    running = [
        subprocess.Popen(
            [sys.executable, *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
        )
        for command in commands
    ]
    said = [process.communicate(timeout=100) for process in running]
    assert [process.returncode for process in running] == [0] * len(running), said
    return [out.decode() for out, _ in said]


LOADER = """
import os, sys
os.environ["WIREDESK_ARCHIVE"] = sys.argv[1]
from wiredesk.cli import main
sys.argv[1:2] = ["ingest"]
main()
"""


@pytest.mark.parametrize("kind", ["postgres", "postgres", "sqlite"])
def test_two_loaders_at_once_leave_the_rows_of_one_loader_and_a_file(
    kind: str, homes: Homes, two_wires: dict[str, Path], rows_of_a_file: Rows, tmp_path: Path
) -> None:
    name = homes(kind)
    at_once(*(
        ["-c", LOADER, str(tmp_path / f"{source}.archive"), str(path), "--source", source,
         "--warehouse", name, "--workers", "1"]
        for source, path in two_wires.items()
    ))  # fmt: skip
    with Warehouse(name) as w:
        assert rows_of(w) == tables_of(rows_of_a_file)
        assert offenders(w) == {}


#: Loads of a few stories each, without the queue if asked: then the catalog alone keeps order.
MANY_LOADS = """
import sys
from pathlib import Path
from tests import test_lake
test_lake.many_loads(sys.argv[1], Path(sys.argv[2]), queue=sys.argv[3] == "queue")
"""


def many_loads(name: str, folder: Path, *, queue: bool) -> None:
    with Warehouse(name) as w:
        if not queue:
            w.turn = no_turns
        for path in sorted(folder.iterdir()):
            ingest(w, path, folder.name, int(path.stem))


@pytest.mark.parametrize(("kind", "queue"), [("postgres", "queue"), ("postgres", "none")])
def test_many_small_loads_that_meet_leave_the_rows_of_a_file(
    kind: str, queue: str, homes: Homes, tmp_path: Path
) -> None:
    for source in ("alpha", "beta"):
        (tmp_path / source).mkdir()
        lines = wire_of(source, 16)
        for n in range(4):
            (tmp_path / source / f"{n}.jsonl").write_bytes(b"\n".join(lines[n::4]))
    expected, name = homes("file"), homes(kind)
    for source in ("alpha", "beta"):
        many_loads(expected, tmp_path / source, queue=True)
    with Warehouse(name):
        pass
    at_once(*(["-c", MANY_LOADS, name, str(tmp_path / s), queue] for s in ("alpha", "beta")))
    with Warehouse(name) as lake, Warehouse(expected) as file:
        assert rows_of(lake) == rows_of(file)
        assert offenders(lake) == {}


@every_lake
def test_a_load_that_another_overtook_is_decided_anew(
    kind: str, homes: Homes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = homes(kind)
    (tmp_path / "a.jsonl").write_bytes(b"\n".join(wire_of("a", 4)))
    with Warehouse(name) as one, Warehouse(name) as other:
        one.turn = other.turn = no_turns
        append, met = one.append, []

        def overtaken(table: str, *rows: Any) -> None:
            append(table, *rows)
            if table == "fetches" and not met:  # all is decided and written, nothing committed
                met.append(ingest(other, tmp_path / "a.jsonl", "a"))

        monkeypatch.setattr(one, "append", overtaken)
        ingest(one, tmp_path / "a.jsonl", "a")
        assert met
        assert one.sql("SELECT count(*), count(DISTINCT version_id) FROM wire.versions") == [(5, 5)]
        assert one.sql("SELECT sum(new_stories), sum(duplicates) FROM ops.ledger") == [(4, 5)]
        assert offenders(one) == {}


def test_a_load_that_is_overtaken_again_and_again_gives_up_in_one_line(
    homes: Homes, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = homes("postgres")
    monkeypatch.setattr("wiredesk.warehouse.sleep", lambda _: None)
    with Warehouse(name) as one, Warehouse(name) as other:
        one.turn = other.turn = no_turns
        finish = Load("run", NOON)
        with pytest.raises(WarehouseBusy, match=r"refused a load 9 times .*: stop another loader"):
            one._in_turn(lambda: other.load(finish))
        assert other.sql("SELECT taken FROM ops.turn") == [(9,)]


@every_lake
def test_who_writes_keeps_others_waiting_and_a_killed_one_does_not(
    kind: str, homes: Homes, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = homes(kind)
    monkeypatch.setattr("wiredesk.turns.PATIENCE", 0.3)
    holds = "import sys, time; from wiredesk.warehouse import Warehouse; w = Warehouse(sys.argv[1])"
    holds += "\nwith w.turn(): print('mine', flush=True); time.sleep(60)"
    with Warehouse(name) as w:
        holder = subprocess.Popen(
            [sys.executable, "-c", holds, name], stdout=subprocess.PIPE, cwd=ROOT
        )
        assert holder.stdout and holder.stdout.readline() == b"mine\n"
        with pytest.raises(WarehouseBusy, match="is being written by another process"):
            w.load(Load("run", NOON))
        assert w.sql("SELECT count(*) FROM wire.versions") == [(0,)]  # readers wait for nobody
        holder.kill()
        holder.wait(10)
        monkeypatch.setattr("wiredesk.turns.PATIENCE", 20)
        w.load(Load("run", NOON))


# -- its schema

BIRTH = "import sys; from wiredesk.warehouse import Warehouse; Warehouse(sys.argv[1])"
#: A program that dies in the transaction of a migration, when all its statements are through.
DEATH = """
import os, signal, sys
from wiredesk.warehouse import Warehouse
mark = Warehouse._mark
def die(self, name):
    mark(self, name)
    if name.startswith("0004"):
        os.kill(os.getpid(), signal.SIGKILL)
Warehouse._mark = die
Warehouse(sys.argv[1])
"""


def schema_of(warehouse: Warehouse) -> list[tuple[Any, ...]]:
    return warehouse.sql(
        "SELECT schema_name, table_name, column_name, data_type FROM duckdb_columns() "
        "WHERE database_name = 'warehouse' AND NOT internal ORDER BY ALL"
    )


@every_lake
def test_a_new_lake_that_three_open_at_once_is_laid_out_once(kind: str, homes: Homes) -> None:
    name = homes(kind)
    at_once(*(["-c", BIRTH, name] for _ in range(3)))
    with Warehouse(name) as lake, Warehouse(":memory:") as memory:
        assert schema_of(lake) == schema_of(memory)
        applied = lake.sql("SELECT name FROM ops.migrations")
        assert len(applied) == len(set(applied)) == len(names_of("migrations")) + 1
        assert lake.sql("SELECT count(*) FROM ops.turn") == [(1,)]


@pytest.mark.parametrize("kind", ["file", "postgres"])
def test_a_migration_that_was_killed_is_resumed(kind: str, homes: Homes) -> None:
    name = homes(kind)
    died = subprocess.run([sys.executable, "-c", DEATH, name], cwd=ROOT, check=False)
    assert died.returncode == -signal.SIGKILL
    with database.Database(name) as before:
        assert before.sql("SELECT max(name) FROM ops.migrations") == [("0003_wire",)]
    with Warehouse(name) as resumed, Warehouse(":memory:") as memory:
        assert schema_of(resumed) == schema_of(memory)


@pytest.mark.parametrize("kind", ["file", "sqlite"])
def test_a_migration_that_fails_leaves_nothing_of_itself(
    kind: str, homes: Homes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = homes(kind)
    broken = tmp_path / "warehouse"
    shutil.copytree(database.HOME, broken)
    with (broken / "migrations" / "0003_wire.sql").open("a") as file:
        file.write("SELECT error('the disk is full');\n")
    with monkeypatch.context() as patched:
        patched.setattr(database, "HOME", broken)
        database.sql_of.cache_clear()
        with pytest.raises(duckdb.Error, match="the disk is full"):
            Warehouse(name)
    database.sql_of.cache_clear()
    with database.Database(name) as before:
        tables = before.sql("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'wire'")
        assert tables == []
    with Warehouse(name) as resumed, Warehouse(":memory:") as memory:
        assert schema_of(resumed) == schema_of(memory)


def test_a_lake_of_a_newer_program_is_refused_in_one_line(homes: Homes) -> None:
    name = homes("sqlite")
    with Warehouse(name) as w:
        w.sql("INSERT INTO ops.migrations VALUES ('9999_future', now())")
    with pytest.raises(UserError, match=r"newer wiredesk \(9999_future\): upgrade"):
        Warehouse(name)


# -- what can be wrong


def refusal(name: str, *, read_only: bool = False) -> str:
    with pytest.raises(UserError) as no:
        Warehouse(name, read_only=read_only)
    said = str(no.value)
    assert "\n" not in said
    return said


def test_a_server_that_is_not_there_is_told_in_one_line_without_the_password(
    tmp_path: Path,
) -> None:
    for name in (
        f"ducklake:postgres:host={tmp_path} user=desk password='ge heim'?data={tmp_path}",
        f"ducklake:postgresql://desk:geheim@127.0.0.1:1/wire?connect_timeout=1&data={tmp_path}",
    ):
        said = refusal(name)
        assert "cannot be opened" in said
        assert "heim" not in said


def test_a_wrong_password_and_a_wrong_database_are_told(homes: Homes) -> None:
    name = homes("postgres")
    said = refusal(name.replace("?data", " password=falsch?data"))
    assert "password authentication failed" in said
    assert "falsch" not in said
    assert 'database "nix" does not exist' in refusal(
        name.replace("dbname=", "dbname=nix options=")
    )


def test_a_new_lake_on_a_server_must_be_told_where_its_files_lie(homes: Homes) -> None:
    name = homes("postgres")
    bare = name.partition("?")[0]
    assert "?data=FOLDER" in refusal(bare)
    with Warehouse(name):
        pass
    with Warehouse(bare, read_only=True) as w:  # after that it is known
        assert w.sql("SELECT count(*) FROM wire.versions") == [(0,)]
    assert "data" in refusal(f"{name}2").lower()


def test_a_lake_without_its_files_is_refused(homes: Homes) -> None:
    name = homes("sqlite")
    with Warehouse(name):
        pass
    lake = lake_of(name)
    assert lake and lake.data
    shutil.rmtree(lake.data)
    assert f"its folder {lake.data} is not here" in refusal(name)
    assert not Path(lake.data).exists()


def test_what_is_no_lake_is_refused_in_one_line(tmp_path: Path, homes: Homes) -> None:
    (tmp_path / "letter.sqlite").write_text("Dear editors")
    assert "not a database" in refusal(f"ducklake:sqlite:{tmp_path}/letter.sqlite")
    assert "can be opened" in refusal(f"ducklake:sqlite:{tmp_path}/none.sqlite", read_only=True)
    assert "names no lake" in refusal("ducklake:")
    assert "names no lake" in refusal("ducklake:mysql://desk@host/wire")
    assert "folder" in refusal("ducklake:sqlite:w.sqlite?data=s3://bucket/wire")


def test_a_server_that_goes_away_stops_a_load_with_nothing_half_done(
    homes: Homes, two_wires: dict[str, Path], rows_of_a_file: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving() as server:
        name = f"ducklake:postgres:{server.database()}?data={server.folder}/files"
        monkeypatch.setenv("PGPASSWORD", PASSWORD)
        with (
            pytest.raises(UserError, match=r"was lost: .* run it again") as no,
            Warehouse(name) as w,
        ):
            ingest(w, two_wires["alpha"], "alpha")
            append = w.append

            def lost(table: str, *rows: Any) -> None:
                append(table, *rows)
                if table == "fetches":
                    server.stop()

            monkeypatch.setattr(w, "append", lost)
            ingest(w, two_wires["beta"], "beta")
        assert "\n" not in str(no.value)
        server.start()
        with Warehouse(name) as w:
            assert w.sql("SELECT count(*) FROM raw.items WHERE source_id = 'beta'") == [(0,)]
            ingest(w, two_wires["beta"], "beta")
            assert rows_of(w) == tables_of(rows_of_a_file)


# -- its upkeep


def test_compaction_gathers_many_loads_into_few_files_and_changes_no_row(
    homes: Homes, tmp_path: Path
) -> None:
    name = homes("postgres")
    lines = wire_of("a", 40)
    with Warehouse(name) as w:
        for n in range(3):
            (tmp_path / f"{n}.jsonl").write_bytes(b"\n".join(lines[n::3]))
            ingest(w, tmp_path / f"{n}.jsonl", "a", n)
        before = rows_of(w)
        w.compact(NOON + timedelta(days=10_000), timedelta(0))
        assert rows_of(w) == before
        ((files, most),) = w.sql(
            "SELECT sum(file_count), max(file_count) FROM ducklake_table_info('warehouse')"
        )
        assert 5 < files < 60
        assert most == 1
        ingest(w, tmp_path / "0.jsonl", "a", 9)
        assert offenders(w) == {}


# -- its name


def test_a_lake_is_named_by_its_catalog_and_its_folder(tmp_path: Path) -> None:
    for name, kind, place, data in (
        ("postgres:dbname=w host=db?data=/d", "postgres", "dbname=w host=db", "/d/"),
        ("postgres:postgresql://u@db/w?sslmode=require&data=/d", "postgres",
         "postgresql://u@db/w?sslmode=require", "/d/"),
        ("postgres://u@db/w", "postgres", "postgres://u@db/w", None),
        ("sqlite:/d/w.sqlite", "sqlite", "/d/w.sqlite", "/d/w.sqlite.files/"),
        ("/d/w.ducklake?data=/e", "duckdb", "/d/w.ducklake", "/e/"),
    ):  # fmt: skip
        lake = lake_of(f"ducklake:{name}")
        assert lake
        assert (lake.kind, lake.place, lake.data) == (kind, place, data)
    assert lake_of("newswire.duckdb") is None


def test_the_archive_of_a_lake_lies_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WIREDESK_ARCHIVE", raising=False)
    assert archive_path("ducklake:sqlite:/d/w.sqlite") == Path("/d/w.archive")
    assert archive_path("ducklake:postgres:dbname=w?data=/d/w") == Path("/d/w.archive")
    assert archive_path("ducklake:postgres:dbname=w") == Path("newswire.archive")
    monkeypatch.setenv("WIREDESK_ARCHIVE", "/a")
    assert archive_path("newswire.duckdb") == Path("/a")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("host=h password=geheim dbname=w", "host=h password=*** dbname=w"),
        (r"password = 'ge\' heim' host=h", "password = *** host=h"),
        ("postgresql://u:geheim@h/w", "postgresql://u:***@h/w"),
        ("postgresql://u@h:5432/w", "postgresql://u@h:5432/w"),
        ("postgresql://h/w?password=geheim&user=u", "postgresql://h/w?password=***"),
    ],
)
def test_a_password_is_shown_nowhere(text: str, shown: str) -> None:
    assert masked(text) == shown
