"""`wiredesk export`: what leaves is what stands in the warehouse, in forms that others read."""

from __future__ import annotations

import csv
import io
import json
import stat
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import orjson
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from tests.conftest import ROOT, SHARED
from wiredesk.commands import ingest_paths
from wiredesk.database import Database
from wiredesk.errors import UserError
from wiredesk.export import format_of, statement_of
from wiredesk.export_commands import export_command
from wiredesk.export_files import write_csv, write_json
from wiredesk.ninjs_out import uri
from wiredesk.publish import publish
from wiredesk.reading import read_paths
from wiredesk.warehouse import Warehouse

ID = "tag:tidings.example,2026:cranes"
CRANES = (
    "VESSBY/LAGOS, May 4 (Reuters) - Two cranes fell into the harbour on Monday, the port said.\n\n"
    "FULL QUAYS\n\n"
    "Nordpier <NRDP.OL>, which owns them, said nobody was hurt and that it would fish.\n\n"
    "(Reporting by Ana Ruiz in Vessby; Editing by Bo Lind)"
)  # fmt: skip
COPY: tuple[dict[str, str], ...] = (
    {"id": ID, "title": "Cranes fall in", "text": CRANES, "byline": "By Ana Ruiz",
     "date": "2026-05-04T12:00:00Z", "source": "Harbour Post", "slug": "VESSBY-CRANES/"},
    {"id": "held", "title": "Mayor to speak", "text": "OSLO (Reuters) - The mayor will speak.",
     "date": "2026-05-04T13:00:00Z"},
    {"id": "embargoed", "title": "Bank to merge", "text": "OSLO (Reuters) - Two banks will merge.",
     "date": "2026-05-04T13:30:00Z"},
    {"id": "gone", "title": "Lakeside suspends trader", "text": "LONDON (Reuters) - Lakeside did.",
     "date": "2026-05-04T14:00:00Z", "source": "Reuters"},
    {"id": "fair", "title": "Fair, with \"quotes\"", "date": "2026-05-04T15:00:00Z",
     "text": "LAGOS (AP) - A fair opened,\nby the river. =1+1"},
)  # fmt: skip
UPDATE: tuple[dict[str, str], ...] = (
    {"id": ID, "title": "UPDATE 1-Cranes fall in", "byline": "By Ana Ruiz",
     "text": CRANES.replace("Two cranes", "Three cranes"), "date": "2026-05-04T13:00:00Z",
     "source": "Harbour Post", "slug": "VESSBY-CRANES/"},
    {"id": "kill", "title": "ADVISORY-Lakeside trader story withdrawn", "source": "Reuters",
     "date": "2026-05-04T16:00:00Z",
     "text": 'The story headlined "Lakeside suspends trader" is wrong and is withdrawn. '
             "There will be no substitute story."},
    {"id": "held", "title": "Mayor to speak", "text": "OSLO (Reuters) - The mayor will speak.",
     "date": "2026-05-04T14:00:00Z", "status": "withheld"},
)  # fmt: skip


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("export")
    path = str(folder / "newswire.duckdb")
    for name, rows in (("copy", COPY), ("update", UPDATE)):
        copy = folder / f"{name}.jsonl"
        copy.write_bytes(b"\n".join(orjson.dumps(row) for row in rows))
        assert ingest_paths([str(copy)], None, None, "tidings", path, 1, as_json=True) == 0
    with Warehouse(path) as found:
        found.sql(
            "UPDATE wire.versions SET embargo_until = now() + INTERVAL 1 DAY "
            "WHERE native_id = 'embargoed'"
        )
    return path


@pytest.fixture
def export(warehouse: str, tmp_path: Path) -> Callable[..., Path]:
    def into(what: str, name: str, form: str | None = None) -> Path:
        assert export_command(what, f"{tmp_path}/{name}", form, None, warehouse) == 0
        return tmp_path / name

    return into


def rows_of(warehouse: str, statement: str) -> list[tuple[Any, ...]]:
    with Database(warehouse, read_only=True) as found:
        return found.sql(statement)


# -- what is exported


@pytest.mark.parametrize(
    "what", ["stories", "current_stories", "mart.current_stories", " FROM mart.current_stories "]
)
def test_a_mart_has_a_short_name_a_long_one_and_a_statement(warehouse: str, what: str) -> None:
    with Database(warehouse, read_only=True) as found:
        count = found.batches(statement_of(found, what)).read_all().num_rows
    assert count == 2


def test_a_name_that_is_none_is_told_what_comes_near(warehouse: str) -> None:
    with Database(warehouse, read_only=True) as found:
        with pytest.raises(UserError, match=r"no mart.*current_stories"):
            statement_of(found, "curent_stories")
        with pytest.raises(UserError, match=r"did you mean wire\.credits"):
            statement_of(found, "wire.credit")
        # a variable of the program is no table
        with pytest.raises(UserError, match="parts"):
            found.batches("SELECT * FROM parts")


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM wire.versions",
        "CREATE TABLE t AS SELECT 1",
        "COPY (SELECT 1) TO 'x.csv'",
        "ATTACH 'x.duckdb'",
        "SELECT 1; SELECT 2",
        "SELECT 1; DROP TABLE wire.versions",
        "SET memory_limit = '1GB'",
        "",
        "-- nothing",
    ],
)
def test_only_one_statement_that_reads_is_run(warehouse: str, statement: str) -> None:
    with (
        Database(warehouse, read_only=True) as found,
        pytest.raises(UserError, match="one SELECT is wanted"),
    ):
        found.batches(statement)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("SELEC 1", "syntax error"),
        ("SELECT nope FROM mart.current_stories", "nope"),
        ("SELECT 'x'::INTEGER AS a", "Could not convert"),
        # what goes wrong only when half of it is written
        ("SELECT CASE WHEN range = 90000 THEN 'x' ELSE '1' END::INTEGER AS a FROM range(100000)",
         "Could not convert"),
        ("SELECT 'infinity'::TIMESTAMPTZ AS a", "infinite"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["rows.csv", "rows.jsonl"])
def test_a_wrong_query_is_one_line_and_leaves_no_file(
    export: Callable[..., Path], tmp_path: Path, statement: str, said: str, name: str
) -> None:
    (tmp_path / name).write_text("what stood before")
    with pytest.raises(UserError, match=said) as no:
        export(statement, name)
    assert "\n" not in str(no.value)
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text() == "what stood before"


# -- files


@pytest.mark.parametrize(
    ("to", "named", "form"),
    [
        (None, None, "csv"),
        ("a.parquet", None, "parquet"),
        ("a.csv.gz", None, "csv"),
        ("a.jsonl.zst", None, "jsonl"),
        ("a.json", None, "jsonl"),
        ("a.csv", "jsonl", "jsonl"),
        ("items/", None, "ninjs"),
    ],
)
def test_the_ending_tells_the_format_unless_it_is_named(
    to: str | None, named: str | None, form: str
) -> None:
    assert format_of(to, named) == form


def test_an_unknown_format_is_told_the_known_ones() -> None:
    with pytest.raises(UserError, match="parquet, csv, jsonl, ninjs"):
        format_of("a.csv", "xml")
    with pytest.raises(UserError, match="add --format"):
        format_of("a.xml", None)


@pytest.mark.parametrize("name", ["s.parquet", "s.csv", "s.csv.gz", "s.jsonl", "s.jsonl.zst"])
def test_duckdb_reads_back_what_was_exported(
    export: Callable[..., Path], warehouse: str, name: str
) -> None:
    statement = (
        "SELECT version_id, headline, body, version_at, word_count FROM mart.current_stories"
    )
    path = export(statement, name)
    read = {"parquet": duckdb.read_parquet, "csv": duckdb.read_csv, "jsonl": duckdb.read_json}
    back = read[name.split(".")[1]](str(path)).project(
        "version_id::BIGINT, headline, body, version_at::TIMESTAMPTZ, word_count"
    )
    assert sorted(back.fetchall()) == sorted(rows_of(warehouse, statement))


def test_an_empty_answer_keeps_its_columns(export: Callable[..., Path]) -> None:
    statement = "SELECT headline, version_at FROM mart.current_stories WHERE false"
    assert export(statement, "none.csv").read_text() == '"headline","version_at"\n'
    assert export(statement, "none.jsonl").read_text() == ""
    assert duckdb.read_parquet(str(export(statement, "none.parquet"))).columns == [
        "headline",
        "version_at",
    ]


def test_two_columns_of_one_name_are_refused(export: Callable[..., Path]) -> None:
    with pytest.raises(UserError, match="two columns are called 'a'"):
        export("SELECT 1 AS a, 2 AS a", "same.jsonl")


def test_every_type_has_a_form_in_every_format(export: Callable[..., Path]) -> None:
    statement = """
        SELECT 5::HUGEINT AS h, 0.25 AS dec, 'nan'::DOUBLE AS nan, DATE '2026-05-04' AS d,
            TIMESTAMPTZ '2026-05-04 12:00:00+02' AS at, TIMESTAMP '2026-05-04 12:00:00.5' AS local,
            INTERVAL '1 day 2 hours' AS stood, [{'at': TIMESTAMPTZ '2026-05-04 12:00:00Z'}] AS seen,
            MAP {'body': 'text'} AS p, 'x'::BLOB AS b, 'a'::ENUM('a') AS e, TIME '12:00' AS t,
            '' AS empty, NULL AS none, true AS yes, 9007199254740993 AS story_id, max(range)
        FROM range(3)
    """
    assert json.loads(export(statement, "all.jsonl").read_text()) == {
        "h": 5, "dec": 0.25, "nan": None, "d": "2026-05-04",
        "at": "2026-05-04T10:00:00Z", "local": "2026-05-04T12:00:00.500000",
        "stood": "1 day 02:00:00", "seen": [{"at": "2026-05-04T12:00:00Z"}],
        "p": {"body": "text"}, "b": "eA==", "e": "a", "t": "12:00:00",
        "empty": "", "none": None, "yes": True, "story_id": "9007199254740993", 'max("range")': 2,
    }  # fmt: skip
    assert export(statement, "all.csv").read_text().splitlines()[1] == (
        '5,0.25,nan,"2026-05-04","2026-05-04T10:00:00Z","2026-05-04T12:00:00.500000",'
        '"1 day 02:00:00","[{""at"":""2026-05-04T12:00:00Z""}]","{""body"":""text""}","eA==","a",'
        '"12:00:00","",,true,9007199254740993,2'
    )
    assert duckdb.read_parquet(str(export(statement, "all.parquet"))).fetchall()[0][6:8] == (
        "1 day 02:00:00",
        [{"at": datetime.fromisoformat("2026-05-04T12:00:00Z")}],
    )


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
LONGS = st.integers(-(2**63), 2**63 - 1)
AWKWARD = st.sampled_from(["", '"', ",", "\n", "\r\n", "NULL", "null", " a ", "=1+1", "'", "\\N"])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.none() | AWKWARD | TEXTS, st.none() | LONGS), max_size=8))
def test_any_text_survives_csv_and_json(rows: list[tuple[str | None, int | None]]) -> None:
    schema = pa.schema([("text", pa.string()), ("number", pa.int64())])
    table = pa.Table.from_pylist([{"text": t, "number": n} for t, n in rows], schema)
    out = io.BytesIO()
    assert write_csv(table.to_reader(2), out) == len(rows)
    back = list(csv.reader(io.StringIO(out.getvalue().decode(), newline="")))
    plain = [[t or "", "" if n is None else str(n)] for t, n in rows]
    assert back == [["text", "number"], *plain]
    # a null and an empty text differ, for readers that look at the quotes
    bare = sum(t is None for t, _ in rows)
    assert out.getvalue().count(b"\n,") + out.getvalue().startswith(b",") >= bare
    out = io.BytesIO()
    assert write_json(table.to_reader(2), out) == len(rows)
    assert [tuple(json.loads(line).values()) for line in out.getvalue().splitlines()] == rows


def test_what_fills_the_disk_is_told_in_one_line(warehouse: str) -> None:
    many = "SELECT repeat('x', 1000) AS x FROM range(3000)"
    for form in ("csv", "jsonl", "parquet"):
        with pytest.raises(UserError, match="/dev/full: No space left on device"):
            export_command(many, "/dev/full", form, None, warehouse)
    assert stat.S_ISCHR(Path("/dev/full").stat().st_mode)  # a device is not replaced by a file


def test_without_a_file_rows_go_to_standard_output(
    warehouse: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert export_command("SELECT 1 AS a", None, None, None, warehouse) == 0
    assert export_command("SELECT 2 AS a", "-", "jsonl", None, warehouse) == 0
    assert export_command("SELECT 3 AS a", None, "parquet", None, warehouse) == 0
    out, said = capsysbinary.readouterr()
    assert out.startswith(b'"a"\n1\n{"a":2}\nPAR1')
    assert not said


def test_parquet_is_kept_from_a_terminal(warehouse: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    with pytest.raises(UserError, match="name a file with --to"):
        export_command("stories", None, "parquet", None, warehouse)


def test_a_folder_that_is_not_there_is_told(warehouse: str, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"s\.csv: No such file or directory"):
        export_command("stories", str(tmp_path / "no" / "s.csv"), None, None, warehouse)
    with pytest.raises(UserError, match="is a folder"):
        export_command("stories", str(tmp_path), "csv", None, warehouse)
    with pytest.raises(UserError, match="no such warehouse"):
        export_command("stories", None, "csv", None, str(tmp_path / "none.duckdb"))


def test_a_link_stays_a_link(export: Callable[..., Path], tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_text("old")
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    export("SELECT 1 AS a", "link.csv")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text() == '"a"\n1\n'


def test_memory_does_not_grow_with_the_rows(warehouse: str, tmp_path: Path) -> None:
    with Database(warehouse, read_only=True) as found:
        reader = found.batches("SELECT range, repeat('x', 200) AS x FROM range(1_000_000)")
        before = pa.total_allocated_bytes()
        with (tmp_path / "many.csv").open("wb") as out:
            assert write_csv(reader, out) == 1_000_000
        assert pa.total_allocated_bytes() - before < 20 << 20


def test_read_takes_back_what_was_exported_as_json_lines(export: Callable[..., Path]) -> None:
    path = export(
        """
        SELECT native_id AS id, source_text AS text, headline_raw AS title, byline_raw AS byline,
            published_at AS date, url, publisher AS source, slug
        FROM wire.versions SEMI JOIN mart.current_stories USING (version_id)
        """,
        "again.jsonl",
    )
    lines, rejects = zip(*read_paths([str(path)], None, None, 1), strict=True)
    read = {story["id"]: story for story in map(json.loads, b"".join(lines).splitlines())}
    assert not sum(rejects)
    assert set(read) == {ID, "fair"}
    assert read[ID]["dateline"]["raw"] == "VESSBY/LAGOS, May 4 (Reuters) -"
    assert [credit["name"] for credit in read[ID]["credits"]] == ["Ana Ruiz", "Bo Lind"]


def test_a_snapshot_gives_what_its_warehouse_gives(warehouse: str, tmp_path: Path) -> None:
    snapshot = str(tmp_path / "snapshot")
    with Warehouse(warehouse) as found:
        publish(found, snapshot, datetime.now(UTC))
    for name in ("s.ninjs", "s.jsonl"):
        form = name.removeprefix("s.")
        assert export_command("stories", str(tmp_path / name), form, None, warehouse) == 0
        there = (tmp_path / name).read_text().splitlines()
        assert export_command("stories", str(tmp_path / name), form, snapshot, None) == 0
        assert sorted((tmp_path / name).read_text().splitlines()) == sorted(there)
        assert len(there) == 2
    with pytest.raises(UserError, match="not a snapshot"):
        export_command("stories", None, "csv", str(tmp_path / "none"), None)


# -- ninjs


def items_of(path: Path) -> dict[str, Any]:
    return {item["title"]: item for item in map(json.loads, path.read_text().splitlines())}


def test_a_story_is_a_ninjs_item_with_all_that_was_read(export: Callable[..., Path]) -> None:
    item = items_of(export("stories", "s.jsonl", "ninjs"))["UPDATE 1-Cranes fall in"]
    body = item["bodies"][0].pop("value")
    assert body.startswith("Three cranes fell into the harbour")
    assert {alias["role"] for alias in item.pop("altIds")} == {"story", "version", "id"}
    assert all(
        place.pop("uri").startswith("https://sws.geonames.org/")
        for place in item["places"]
        if place["name"] == "Lagos"
    )
    assert item == {
        "uri": ID,
        "standard": {
            "name": "ninjs",
            "version": "3.1",
            "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json",
        },
        "type": "text",
        "representationType": "full",
        "profile": "text-only",
        "version": "2",
        "firstCreated": "2026-05-04T12:00:00Z",
        "versionCreated": "2026-05-04T13:00:00Z",
        "contentCreated": "2026-05-04T12:00:00Z",
        "pubStatus": "usable",
        "language": "en",
        "title": "UPDATE 1-Cranes fall in",
        "headlines": [{"role": "main", "contentType": "text/plain", "value": "Cranes fall in"}],
        "by": "By Ana Ruiz",
        "located": "VESSBY/Lagos",
        "slugline": "VESSBY-CRANES/",
        "bodies": [
            {
                "role": "main",
                "contentType": "text/plain",
                "charCount": len(body),
                "wordCount": len(body.split()),
            }
        ],
        "people": [
            {"name": "Ana Ruiz", "rel": "byline"},
            {"name": "Ana Ruiz", "rel": "reporting"},
            {"name": "Bo Lind", "rel": "editing"},
        ],
        "places": [{"name": "VESSBY", "rel": "dateline"}, {"name": "Lagos", "rel": "dateline"}],
        "organisations": [
            {"rel": "mentions", "symbols": [{"symbol": "NRDP.OL", "exchange": "Oslo"}]}
        ],
        "infoSources": [
            {"name": "Reuters", "role": "originator"},
            {"name": "Harbour Post", "role": "distributor"},
        ],
    }


def test_what_may_not_be_printed_never_leaves(export: Callable[..., Path], warehouse: str) -> None:
    assert rows_of(warehouse, "SELECT count(*) FROM wire.stories") == [(6,)]
    # neither the withdrawn, the held and the embargoed story nor the notice
    assert set(items_of(export("stories", "s.jsonl", "ninjs"))) == {
        "UPDATE 1-Cranes fall in",
        'Fair, with "quotes"',
    }


def test_a_folder_holds_a_file_a_story_and_must_be_new(
    export: Callable[..., Path], tmp_path: Path
) -> None:
    folder = export("stories", "items/")
    assert len(list(folder.glob("*.json"))) == 2
    assert {json.loads(path.read_bytes())["standard"]["name"] for path in folder.iterdir()} == {
        "ninjs"
    }
    with pytest.raises(UserError, match="is not empty"):
        export("stories", "items/")
    assert [path.name for path in tmp_path.iterdir()] == ["items"]


def test_ninjs_is_of_stories_alone(export: Callable[..., Path]) -> None:
    with pytest.raises(UserError, match="ninjs items are made of stories"):
        export("wire.credits", "s.jsonl", "ninjs")


@pytest.mark.parametrize(
    ("scheme", "key", "said"),
    [
        ("guid", "urn:newsml:tidings.example:20260504:cranes", None),
        ("link", "https://tidings.example/a b?c=ö", "https://tidings.example/a%20b?c=%C3%B6"),
        ("id", "https://tidings.example/a", "urn:uuid:"),  # another source may say the same
        ("file", "0001_cranes", "urn:uuid:"),
    ],
)
def test_an_item_is_called_by_its_own_name_where_that_holds_everywhere(
    scheme: str, key: str, said: str | None
) -> None:
    name = uri({"identity_scheme": scheme, "identity_key": key, "story_id": -5})
    assert name.startswith(said or key)
    assert name == uri({"identity_scheme": scheme, "identity_key": key, "story_id": -5})


def iptc_schemas() -> list[Path]:
    """The IPTC's schemas of 3.1 and later, where someone has put them."""
    folders = (ROOT / "build", SHARED / "corpora" / "agency-files")
    return [
        path for folder in folders for path in sorted(folder.glob("*ninjs-schema_3.[1-9].json"))
    ]


def faults(schema: Path, path: Path) -> list[str]:
    validator = Draft202012Validator(
        json.loads(schema.read_bytes()), format_checker=FormatChecker()
    )
    items = map(json.loads, path.read_text().splitlines())
    return [f"{no.json_path}: {no.message}" for item in items for no in validator.iter_errors(item)]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The sample wire, whose copy has every fact that ninjs has a place for."""
    path = str(tmp_path_factory.mktemp("sample") / "newswire.duckdb")
    folders = [str(ROOT / "samples" / "wire" / name) for name in ("pass1", "pass2", "drop")]
    ingest_paths(folders, None, None, "sample", path, 1, as_json=True)
    return path


def test_every_item_keeps_to_the_schema_of_what_we_write(sample: str, tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    export_command("stories", str(path), "ninjs", None, sample)
    assert len(path.read_text().splitlines()) >= 30
    assert faults(ROOT / "tests" / "golden" / "ninjs.schema.json", path) == []


@pytest.mark.skipif(
    not iptc_schemas(), reason="put IPTC's ninjs-schema_3.1.json, or a later one, into build/"
)
def test_every_item_is_valid_for_the_iptc(sample: str, tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    export_command("stories", str(path), "ninjs", None, sample)
    for schema in iptc_schemas():
        assert faults(schema, path) == []
