"""Scenario 2: a disk that is full, or that nobody may write to.

A limit on the size of a file stands for a full disk, as it needs no privilege: what it refuses, it
refuses in the middle of a write, as a full disk does.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.copy import offenders, story, written
from wiredesk.warehouse import Warehouse

LIMITED = """
import resource, signal, sys
if __name__ == "__main__":
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)),) * 2)
    from wiredesk.cli import main
    sys.exit(main())
"""
STORIES = 600


def limited(size: int, *arguments: object) -> subprocess.CompletedProcess[str]:
    """`wiredesk` where no file can grow beyond `size` bytes; it must not end with a traceback."""
    command = [sys.executable, "-c", LIMITED, str(size), *map(str, arguments), "--workers", "1"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=100)
    told_in_one_line(done)
    return done


def told_in_one_line(done: subprocess.CompletedProcess[str]) -> None:
    """Beside what the log says."""
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert sum(line.startswith("wiredesk: ") for line in done.stderr.splitlines()) == 1


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return written(tmp_path / "wire.jsonl", [story(n) for n in range(STORIES)])


def finishes(warehouse: Path, copy: Path) -> None:
    """With room again the next run brings all, and nothing twice."""
    command = [sys.executable, "-m", "wiredesk.cli", "ingest", str(copy), "--workers", "1"]
    subprocess.run([*command, "--warehouse", str(warehouse)], check=True, capture_output=True)
    with Warehouse(str(warehouse)) as w:
        assert w.sql("SELECT count(*) FROM mart.current_stories") == [(STORIES,)]
        assert offenders(w) == {}


def test_a_full_disk_while_a_warehouse_is_laid_out(tmp_path: Path, copy: Path) -> None:
    warehouse = tmp_path / "wire.duckdb"
    done = limited(60_000, "ingest", copy, "--warehouse", warehouse)
    assert "cannot be written" in done.stderr
    finishes(warehouse, copy)


def test_a_full_disk_under_the_archive(tmp_path: Path, copy: Path) -> None:
    warehouse = tmp_path / "wire.duckdb"
    with Warehouse(str(warehouse)):
        pass
    copy.write_bytes(b"".join(os.urandom(9) + b"\n" for _ in range(40_000)))
    done = limited(300_000, "ingest", copy, "--warehouse", warehouse, "--format", "jsonl")
    assert "the archive cannot be written" in done.stderr
    with Warehouse(str(warehouse)) as w:
        assert w.sql("SELECT count(*) FROM raw.captures") == [(0,)], "landed is only what is kept"
    written(copy, [story(n) for n in range(STORIES)])
    finishes(warehouse, copy)


def test_a_full_disk_under_the_log_of_the_warehouse(tmp_path: Path, copy: Path) -> None:
    warehouse = tmp_path / "wire.duckdb"
    with Warehouse(str(warehouse)):
        pass
    done = limited(warehouse.stat().st_size + 9000, "ingest", copy, "--warehouse", warehouse)
    assert "wire.duckdb cannot be written" in done.stderr
    assert "make room, and run it again" in done.stderr
    with Warehouse(str(warehouse)) as w:
        assert w.sql("SELECT count(*) FROM wire.stories") == [(0,)], "nothing of a load is left"
        assert offenders(w) == {}
    finishes(warehouse, copy)


# -- disks of their own


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 24 MB."""
    where = tmp_path / "disk"
    where.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(where)]
    if os.geteuid() or not shutil.which("mount"):
        pytest.skip("only root can mount a small disk")
    if subprocess.run(mounting, check=False, capture_output=True).returncode:
        pytest.skip("no disk can be mounted here")
    yield where
    subprocess.run(["umount", "-l", str(where)], check=False)


def ingest(copy: Path, warehouse: Path, archive: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "wiredesk.cli", "ingest", str(copy), "--workers", "1"]
    return subprocess.run(
        [*command, "--warehouse", str(warehouse)], capture_output=True, text=True, check=False,
        env=os.environ | {"WIREDESK_ARCHIVE": str(archive)}, timeout=100,
    )  # fmt: skip


def test_a_small_disk_that_fills_and_is_emptied_again(disk: Path, copy: Path) -> None:
    warehouse, archive = disk / "wire.duckdb", disk / "archive"
    with Warehouse(str(warehouse)):
        pass
    (disk / "ballast").write_bytes(bytes(shutil.disk_usage(disk).free - 400_000))
    done = ingest(copy, warehouse, archive)
    told_in_one_line(done)
    assert "No space left on device" in done.stderr
    (disk / "ballast").unlink()
    finishes(warehouse, copy)


@pytest.mark.parametrize("shut", ["warehouse", "archive"])
def test_a_disk_that_may_only_be_read(shut: str, disk: Path, copy: Path, tmp_path: Path) -> None:
    home = {"warehouse": tmp_path, "archive": tmp_path} | {shut: disk}
    warehouse, archive = home["warehouse"] / "wire.duckdb", home["archive"] / "archive"
    archive.mkdir()
    with Warehouse(str(warehouse)):
        pass
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    done = ingest(copy, warehouse, archive)
    told_in_one_line(done)
    assert "cannot be opened" in done.stderr or "the archive cannot be written" in done.stderr
    subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    finishes(warehouse, copy)
