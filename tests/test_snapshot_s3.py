"""Publishing to a store that speaks S3, and reading from it: a real server on loopback."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import obstore
import pytest
from obstore.store import S3Store

from tests.snapshots import NOON, load, story, three_months, warehouse
from wiredesk.database import Database
from wiredesk.errors import UserError
from wiredesk.publish import Published, publish
from wiredesk.snapshot import Snapshot
from wiredesk.snapshots.tables import TABLES

__all__ = ["three_months", "warehouse"]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a moto server."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{address}/moto-api/").close()  # noqa: S310
                break
            except OSError:
                time.sleep(0.1)
        yield address
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def place(server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A new bucket, and who may use it."""
    for name, value in {
        "AWS_ENDPOINT_URL": server, "AWS_ACCESS_KEY_ID": "ke'y", "AWS_SECRET_ACCESS_KEY": "s3'cret",
        "AWS_REGION": "eu-north-1", "HOME": str(tmp_path / "home"),
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    bucket = f"desk-{time.monotonic_ns()}"
    made = urllib.request.Request(f"{server}/{bucket}", method="PUT")  # noqa: S310
    urllib.request.urlopen(made).close()  # noqa: S310
    return f"s3://{bucket}/news/wire"


def published(warehouse: str, to: str, hours: int = 0, keep: int = 5) -> Published:
    with Database(warehouse, read_only=True) as live:
        return publish(live, to, NOON + timedelta(hours=hours), keep)


def names(place: str) -> set[str]:
    bucket, _, prefix = place.removeprefix("s3://").partition("/")
    store = S3Store(bucket, prefix=prefix, client_options={"allow_http": True})
    return {one["path"] for many in obstore.list(store) for one in many}


def test_a_snapshot_in_a_store_has_the_rows_of_the_warehouse(warehouse: str, place: str) -> None:
    published(warehouse, place)
    with Database(warehouse, read_only=True) as live, Snapshot(place) as snapshot:
        for name in [table.name for table in TABLES] + ["wire.paragraphs", "mart.people"]:
            statement = f"SELECT * FROM {name} ORDER BY ALL"  # noqa: S608
            assert snapshot.sql(statement) == live.sql(statement), name


def test_only_touched_months_are_put_and_old_snapshots_removed(
    warehouse: str, place: str, tmp_path: Path
) -> None:
    published(warehouse, place)
    before = names(place)
    load(warehouse, tmp_path, [story(99, NOON - timedelta(days=40))], hours=1)
    assert "2026-03" in published(warehouse, place, hours=2).months
    new = {name.split("/")[1] + name.split("/")[2][:7] for name in names(place) - before
           if name.startswith("data/") and "/all-" not in name and "/ops." not in name}  # fmt: skip
    assert {name[-7:] for name in new} == {"2026-03"}
    third = published(warehouse, place, hours=3, keep=1)
    left = names(place)
    assert {name.split("/")[1] for name in left if name.startswith("snapshots")} == {third.id}
    with Snapshot(place) as snapshot:
        assert {name for name in left if name.startswith("data/")} == set(snapshot.manifest.names)
        assert snapshot.sql("SELECT count(body) FROM wire.versions") == [(62,)]
    assert "publishing" not in left


def test_the_search_index_of_a_store_is_fetched_once(warehouse: str, place: str) -> None:
    def index(before, new, removed, added) -> None:  # type: ignore[no-untyped-def]
        old = (before / "sub" / "count").read_text() if before else ""
        (new / "sub").mkdir()
        (new / "sub" / "count").write_text(old + str(sum(batch.num_rows for batch in added)) + ";")

    for hours in (0, 1):
        with Database(warehouse, read_only=True) as live:
            now = NOON + timedelta(hours=hours)
            publish(live, place, now, index=index, index_format="1")
    with Snapshot(place) as snapshot:
        folder = snapshot.search_folder()
        assert (folder / "sub" / "count").read_text() == "60;0;"
        made = (folder / "sub" / "count").stat().st_mtime_ns
        assert (snapshot.search_folder() / "sub" / "count").stat().st_mtime_ns == made


def test_a_reader_of_a_store_reads_nothing_else(warehouse: str, place: str) -> None:
    published(warehouse, place)
    bucket = place.removeprefix("s3://").partition("/")[0]
    obstore.put(S3Store(bucket, client_options={"allow_http": True}), "secret.txt", b"secret")
    with Snapshot(place) as snapshot:
        for file in (f"s3://{bucket}/secret.txt", "/etc/hostname", "http://127.0.0.1/x"):
            with pytest.raises(UserError, match="Cannot access"):
                snapshot.sql(f"SELECT * FROM read_text('{file}')")  # noqa: S608


def test_faults_of_a_store_are_one_line(
    warehouse: str, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = place.replace("desk-", "no-")
    for act in (lambda: published(warehouse, nowhere), lambda: Snapshot(nowhere)):
        with pytest.raises(UserError) as refused:
            act()
        assert str(refused.value).startswith(nowhere)
        assert "\n" not in str(refused.value)
    with pytest.raises(UserError, match="is not a snapshot"):
        Snapshot(place)
    with pytest.raises(UserError, match="names no bucket"):
        Snapshot("s3://")
    bucket, _, prefix = place.removeprefix("s3://").partition("/")
    store = S3Store(bucket, prefix=prefix, client_options={"allow_http": True})
    obstore.put(store, "publishing", b"")
    with pytest.raises(UserError, match="another publish is running"):
        published(warehouse, place)


def test_half_a_copy_of_a_store_is_refused(warehouse: str, place: str) -> None:
    published(warehouse, place)
    bucket, _, prefix = place.removeprefix("s3://").partition("/")
    store = S3Store(bucket, prefix=prefix, client_options={"allow_http": True})
    gone = next(name for name in sorted(names(place)) if name.startswith("data/wire.credits"))
    obstore.delete(store, gone)
    with pytest.raises(UserError, match=r"half copied: 1 of its \d+ files"):
        Snapshot(place)
