"""Bytes coming in: the sample wire over HTTP, files, gzip, the sources file."""

from __future__ import annotations

import asyncio
import gzip
from datetime import UTC, datetime
from pathlib import Path

from samples.wire_server import WireServer
from wiredesk.batch import Reject
from wiredesk.fetch.files import captures
from wiredesk.fetch.http import Web
from wiredesk.model import Capture, Source, Unchanged, Validators

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def test_a_poll_of_the_sample_wire_with_the_etag_of_the_last_one_is_answered_unchanged(
    wire: WireServer,
) -> None:
    source = Source("afp", "feed", f"{wire.url}/feeds/afp.rdf", allow=("127.0.0.1",), delay=0.0)

    async def twice() -> tuple[Capture | Unchanged, Capture | Unchanged]:
        async with Web(contact="https://desk.example/bot", now=lambda: NOON) as web:
            first = await web.get(source, source.url)
            assert isinstance(first, Capture)
            known = Validators(first.etag, first.last_modified)
            return first, await web.get(source, source.url, known)

    _, second = asyncio.run(twice())
    assert second == Unchanged("afp", source.url, NOON)


def test_gzip_files_are_unpacked_and_damaged_ones_rejected(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b"OSLO (Reuters) - A port shut."))
    whole = gzip.compress(b"words " * 4000)
    (tmp_path / "b.txt.gz").write_bytes(whole[: len(whole) // 2])
    good, bad = captures([str(tmp_path)], "drop", NOON)
    assert isinstance(good, Capture)
    assert good.locator.endswith("a.txt")
    assert isinstance(bad, Reject)
    assert bad.code == "bad_gzip"


def test_hidden_and_half_written_files_are_left_alone(tmp_path: Path) -> None:
    for name in (".hidden.txt", "half.txt.part", "whole.txt"):
        (tmp_path / name).write_text("words")
    assert [Path(c.locator).name for c in captures([str(tmp_path)], "d", NOON)] == ["whole.txt"]
