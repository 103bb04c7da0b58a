"""The house rules: the README tells the truth, names say something, SQL and copy are in order."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.cookbook import sample_warehouse
from wiredesk.publish_commands import publish_command
from wiredesk.snapshot import Snapshot

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def tracked() -> list[str]:
    done = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        pytest.skip("not a git checkout")
    return [name for name in done.stdout.splitlines() if (ROOT / name).exists()]


def test_the_tree_in_the_readme_is_the_tree_on_disk() -> None:
    (tree,) = re.findall(r"## The tree\n\n```\n(.*?)```", README, re.DOTALL)
    shown = {line.split("/")[0] for line in tree.splitlines()}
    on_disk = {name.split("/")[0] for name in tracked() if "/" in name}
    assert shown == on_disk


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as `make run` leaves it: build/ with a warehouse and its snapshot."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "build").mkdir()
    warehouse = sample_warehouse(folder / "build")
    assert publish_command(None, 5, str(warehouse), as_json=True) == 0
    return folder


def test_the_queries_in_the_readme_give_the_rows_it_shows(made: Path) -> None:
    shown = re.findall(r"```sql\n(.*?)```\n\n((?:\|[^\n]*\n)+)", README, re.DOTALL)
    assert len(shown) >= 2
    with Snapshot(str(made / "build" / "newswire.snapshot")) as snapshot:
        for query, table in shown:
            rows = [
                tuple(c.strip() for c in row.strip("|").split("|")) for row in table.splitlines()
            ]
            assert [tuple(map(str, row)) for row in snapshot.sql(query)] == rows[2:]


def test_the_commands_in_the_readme_print_what_it_shows(made: Path) -> None:
    (block,) = re.findall(r"```console\n(.*?)```", README, re.DOTALL)
    shown = re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)
    assert len(shown) >= 2
    for command, printed in shown:
        words = shlex.split(command)
        assert words[0] == ".venv/bin/wiredesk"
        done = subprocess.run(
            [sys.executable, "-m", "wiredesk.cli", *words[1:]],
            cwd=made, capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert done.stdout.rstrip() == printed.rstrip(), command


def test_every_command_in_the_readme_is_one() -> None:
    from wiredesk.cli import cli

    named = set(re.findall(r"\.venv/bin/wiredesk (\w+)", README))
    assert named <= set(cli.commands)
    targets = set(re.findall(r"^([a-z0-9-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z0-9-]+)", README)) <= targets


def test_names_say_something() -> None:
    odd = [
        n for n in tracked() if re.search(r"(?:^|/)(?:utils?|helpers?|common|misc)(?:\.py|/)", n)
    ]
    assert odd == []


def test_the_lock_file_has_hashes_and_names_no_index() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    pins = re.findall(r"^[a-z0-9-]+==", lock, re.MULTILINE | re.IGNORECASE)
    assert len(pins) > 50
    assert lock.count("--hash=sha256:") >= len(pins)
    assert "://" not in lock
    assert "index-url" not in lock


def test_no_machine_path_stands_in_the_project() -> None:
    for name in tracked():
        if Path(name).suffix in {".py", ".md", ".toml", ".sql", ".yml", ".lock"} or "/" not in name:
            text = (ROOT / name).read_text("utf-8", "replace")
            assert not re.search(r"/(?:home|work|Users)/\w+/", text), name


def test_sql_is_read_from_files_and_not_built() -> None:
    for path in (ROOT / "src").rglob("*.py"):
        if path.name == "report.py":  # queries that people are shown, and never run
            continue
        text = path.read_text("utf-8")
        built = re.search(r"f\"[^\"]*\b(?:SELECT|INSERT INTO|DELETE FROM|CREATE)\b[^\"]*\{", text)
        assert built is None, path.name
