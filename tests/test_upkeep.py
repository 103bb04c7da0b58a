"""What a scheduler asks for: passes over what is due, reports, publishing, upkeep."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from samples.wire_server import WireServer, serving
from wiredesk.errors import UserError
from wiredesk.fetch.archive import Archive
from wiredesk.replay_commands import replayed
from wiredesk.upkeep.maintenance import maintained
from wiredesk.upkeep.passes import Passed, asked, passed
from wiredesk.upkeep.publishing import published
from wiredesk.upkeep.quality import Scores, assessed
from wiredesk.upkeep.reports import (
    bar,
    maintenance_report,
    publish_report,
    quality_report,
    sparkline,
    table,
)
from wiredesk.upkeep.rotation import rotated
from wiredesk.upkeep.troubles import Trouble, of_sources, of_sums
from wiredesk.warehouse import Warehouse

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "tests" / "corpus"
LATER = timedelta(days=1)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a warehouse and its archive, that one pass has filled."""
    folder = tmp_path_factory.mktemp("whole")
    with serving() as wire:
        one_pass(pointed(wire, folder), str(folder / "w.duckdb"))
    return folder


@pytest.fixture
def loaded(whole: Path, tmp_path: Path) -> str:
    """A warehouse of the test's own."""
    shutil.copy(whole / "w.duckdb", tmp_path)
    shutil.copytree(whole / "w.archive", tmp_path / "w.archive")
    return str(tmp_path / "w.duckdb")


def pointed(wire: WireServer, folder: Path) -> Path:
    """flows/sources.toml, pointing at the loopback server."""
    text = (ROOT / "flows" / "sources.toml").read_text("utf-8")
    text = text.replace("http://127.0.0.1:8765", wire.url)
    file = folder / "sources.toml"
    file.write_text(text.replace("../samples", str(ROOT / "samples")), "utf-8")
    return file


def one_pass(sources_file: Path, warehouse: str, *only: str) -> Passed:
    return passed(asked(str(sources_file), only, warehouse), warehouse, 1)


def runs(warehouse: str) -> int:
    with Warehouse(warehouse, read_only=True) as found:
        ((n,),) = found.sql("SELECT count(*) FROM ops.runs")
        return int(n)


def test_a_pass_polls_all_that_is_due_and_accounts_for_each_source(
    sources_file: Path, tmp_path: Path
) -> None:
    came = one_pass(sources_file, str(tmp_path / "w.duckdb"))
    ledger = {row["source"]: row for row in came.ledger}
    assert set(ledger) == {"world", "business", "afp", "local", "pages", "drop"}
    assert ledger["world"]["listed"] == ledger["world"]["new_stories"] == 12
    assert not [trouble for trouble in came.troubles if trouble.kind == "ledger.unbalanced"]


def test_a_pass_for_which_nothing_is_due_leaves_no_trace(sources_file: Path, loaded: str) -> None:
    assert one_pass(sources_file, loaded) == Passed(None)
    assert runs(loaded) == 1


def test_a_source_that_is_named_is_polled_though_it_is_not_due(
    sources_file: Path, loaded: str
) -> None:
    came = one_pass(sources_file, loaded, "world")
    assert [row["source"] for row in came.ledger] == ["world"]
    assert runs(loaded) == 2


def test_a_source_that_does_not_exist_is_one_line(sources_file: Path, loaded: str) -> None:
    with pytest.raises(UserError, match="has no source 'nosuch'"):
        one_pass(sources_file, loaded, "nosuch")


def test_a_source_that_fails_three_times_in_a_row_is_told_with_its_name(
    sources_file: Path, tmp_path: Path
) -> None:
    text = sources_file.read_text("utf-8").replace("/feeds/world.xml", "/nothing-here.xml")
    sources_file.write_text(text, "utf-8")
    came = [one_pass(sources_file, str(tmp_path / "w.duckdb"), "world") for _ in range(3)]
    assert [len(one.troubles) for one in came] == [0, 0, 1]
    (trouble,) = came[-1].troubles
    assert (trouble.kind, trouble.about) == ("source.failing", "world")
    assert trouble.said.startswith("world: 3 polls in a row failed")


def test_a_source_that_nothing_polls_any_more_is_silent(loaded: str) -> None:
    with Warehouse(loaded) as found:
        found.sql(
            "UPDATE ops.polls SET polled_at = polled_at - INTERVAL 9 DAY, "
            "next_at = next_at - INTERVAL 9 DAY WHERE source_id = 'afp'"
        )
        told = of_sources(found, datetime.now(UTC))
    assert [(t.kind, t.about) for t in told] == [("source.silent", "afp")]


def test_candidates_that_are_not_accounted_for_are_told() -> None:
    row = {"source_id": "world", "listed": 10, "new_stories": 6, "new_versions": 1}
    row |= {"duplicates": 2, "rejected": 0, "dropped": 0}
    (trouble,) = of_sums([row])
    assert trouble.said == "world: +1 of 10 listed are not accounted for"
    assert of_sums([{**row, "rejected": 1}]) == ()


def test_the_daily_report_shows_days_sources_checks_and_scores(loaded: str) -> None:
    report = quality_report(assessed(loaded, str(CORPUS)), "http://127.0.0.1:8000")
    assert "Nothing." in report
    assert "| world | `··············█` | waiting | 12 |" in report
    assert "| ledger\\_balances | 0 | ok |" in report
    assert "| credits F1 | 1.0 | 1.0 |" in report
    assert "[Open the desk](http://127.0.0.1:8000)" in report
    assert "http" not in report.replace("http://127.0.0.1:8000", "")  # it shows without a network


def test_an_unbalanced_ledger_stands_first_in_the_daily_report(loaded: str) -> None:
    with Warehouse(loaded) as found:
        found.sql("UPDATE ops.ledger SET listed = listed + 1 WHERE source_id = 'world'")
    found_ = assessed(loaded, None)
    kinds = [trouble.kind for trouble in found_.troubles]
    assert kinds == ["ledger.unbalanced"]
    report = quality_report(found_)
    assert report.index("ledger.unbalanced") < report.index("## Every day")
    assert "| ledger\\_balances | 1 | FAIL |" in report


def test_scores_below_their_floors_are_told(loaded: str, tmp_path: Path) -> None:
    for name in ("gold.jsonl", "stories.jsonl"):
        (tmp_path / name).write_bytes((CORPUS / name).read_bytes())
    (tmp_path / "floors.json").write_text('{"bylines": 1.5, "credits F1": 0.5}')
    found = assessed(loaded, str(tmp_path))
    assert isinstance(found.scores, Scores)
    assert found.scores.below == ("bylines",)
    assert found.troubles == (
        Trouble("scores.fell", "bylines", "bylines: 1.0000, and its floor is 1.5000",
                {"figure": 1.0, "floor": 1.5}),
    )  # fmt: skip
    assert "| bylines | 1.0 | 1.5 | BELOW |" in quality_report(found)


def test_a_labelled_folder_that_is_not_there_is_one_line(loaded: str) -> None:
    with pytest.raises(UserError, match="no such file; a labelled folder has it"):
        assessed(loaded, "/nowhere")


def test_a_chart_of_text_shows_what_is_there_at_all() -> None:
    assert sparkline([0, 1, 50, 100]) == "·▁▄█"
    assert sparkline([]) == ""
    assert (bar(0, 9), bar(1, 1000), bar(9, 9)) == ("", "█", "█" * 20)


def test_names_that_are_not_ours_cannot_break_a_table() -> None:
    (*_, row) = table(("a", "b"), [("x|y\n<b>", 1)])
    assert row == "| x\\|y \\<b\\> | 1 |"


def test_a_publish_says_what_it_did_or_why_it_did_not(loaded: str) -> None:
    done = published(None, 2, loaded)
    assert done.troubles == ()
    assert "/w.snapshot/newswire.duckdb |" in publish_report(done.done).replace("\\", "")
    with Warehouse(loaded) as found:
        found.sql("UPDATE ops.ledger SET listed = listed + 1 WHERE source_id = 'world'")
    kept = published(None, 2, loaded)
    assert {trouble.kind for trouble in kept.troubles} == {"checks.failed"}
    assert publish_report(kept.done).startswith("Nothing was published.")


def test_upkeep_prunes_snapshots_and_puts_old_payloads_aside(
    wire: WireServer, sources_file: Path, loaded: str, tmp_path: Path
) -> None:
    published(None, 5, loaded)
    wire.turn_page()
    one_pass(sources_file, loaded, "world")
    published(None, 5, loaded)
    age(tmp_path / "w.archive", "20200101")
    done = maintained(loaded, LATER, None, 1, str(tmp_path / "cold"), timedelta(days=90))
    assert len(list((tmp_path / "w.snapshot" / "snapshots").iterdir())) == 1
    assert done.rotated
    assert done.rotated.files == 1
    assert "| put aside | 1 files" in maintenance_report(done)
    assert maintained(loaded, LATER, None, 1, str(tmp_path / "cold")).rotated == type(done.rotated)(
        0, 0
    )


def test_payloads_that_were_put_aside_are_replayed_as_before(loaded: str, tmp_path: Path) -> None:
    before, _ = replayed(None, None, None, None, loaded, 1, diff=True)
    rotated(tmp_path / "w.archive", tmp_path / "cold", datetime.now(UTC) + 2 * LATER)
    assert all(file.is_symlink() for file in (tmp_path / "w.archive").glob("*.warc.gz"))
    after, faults = replayed(None, None, None, None, loaded, 1, diff=True)
    assert not faults
    assert after["reread"] == before["reread"] > 0


def test_a_kill_between_copy_and_link_loses_nothing(
    loaded: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, cold = tmp_path / "w.archive", tmp_path / "cold"
    (file,) = root.glob("*.warc.gz")
    whole = file.read_bytes()

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "symlink_to", killed)
    with pytest.raises(KeyboardInterrupt):
        rotated(root, cold, datetime.now(UTC) + 2 * LATER)
    monkeypatch.undo()
    assert not file.is_symlink()
    assert rotated(root, cold, datetime.now(UTC) + 2 * LATER).files == 1
    assert file.is_symlink()
    assert file.read_bytes() == whole == (cold / file.name).read_bytes()


def test_the_file_of_today_stays_where_it_is(loaded: str, tmp_path: Path) -> None:
    assert rotated(tmp_path / "w.archive", tmp_path / "cold", datetime.now(UTC)).files == 0


def test_the_archive_itself_is_no_place_for_its_old_files(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="name another folder"):
        rotated(tmp_path, tmp_path, datetime.now(UTC))


def age(root: Path, day: str) -> None:
    """Give the archive a file of an earlier day, as it would have been left."""
    with Archive(root, now=lambda: datetime(2020, 1, 1, tzinfo=UTC)):
        pass
    (file,) = root.glob("*.warc.gz")
    old = file.with_name(f"wiredesk-{day}-0001.warc.gz")
    old.write_bytes(file.read_bytes())
    os.utime(old, (0, 0))
