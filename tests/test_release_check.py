"""What keeps a tree from being released is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts import release_check
from scripts.release_check import Look, Wrong, pins, told, versions


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(release_check, "ROOT", tmp_path)
    (tmp_path / "src" / "wiredesk").mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "1.2.0"\n')
    (tmp_path / "src" / "wiredesk" / "__init__.py").write_text('__version__ = "1.2.0"\n')
    (tmp_path / "CHANGELOG.md").write_text("# Changes\n\n## 1.2.0 — 2026-05-04\n\n## 1.1.0 — …\n")
    return tmp_path


def test_one_version_everywhere_is_fine(tree: Path) -> None:
    assert versions() == "1.2.0"


def test_changes_that_end_with_an_older_version_keep_it_back(tree: Path) -> None:
    (tree / "CHANGELOG.md").write_text("# Changes\n\n## 1.1.0 — 2026-01-01\n")
    with pytest.raises(Wrong, match=r"pyproject says 1.2.0, CHANGELOG.md begins with 1.1.0"):
        versions()


def test_a_package_of_another_version_keeps_it_back(tree: Path) -> None:
    (tree / "src" / "wiredesk" / "__init__.py").write_text('__version__ = "1.2.1"\n')
    with pytest.raises(Wrong, match=r"wiredesk.__version__ 1.2.1"):
        versions()


def test_changes_without_a_day_are_for_a_person_to_look_at(tree: Path) -> None:
    (tree / "CHANGELOG.md").write_text("# Changes\n\n## 1.2.0 — unreleased\n")
    with pytest.raises(Look, match="give it its day"):
        versions()


def test_a_step_that_fails_is_a_line_and_no_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    def fails() -> str:
        return release_check.ran("git", "no-such-command")

    assert told("git works", fails) is False
    line = capsys.readouterr().out
    assert line.startswith("FAIL  git works (")
    assert line.count("\n") == 1


def test_pins_are_read_whatever_their_hashes(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    lock.write_text(
        "click==8.1.0 ; python_version < '4' \\\n    --hash=sha256:00\n"
        "    # via wiredesk\nduckdb==1.5.5 \\\n    --hash=sha256:11\n"
    )
    assert pins(lock) == {"click==8.1.0", "duckdb==1.5.5"}
