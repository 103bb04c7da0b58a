"""Bytes coming in: files, gzip, HTTP with validators, the archive, the sources file."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest

from samples.wire_server import WireServer
from wiredesk import settings
from wiredesk.batch import Reject
from wiredesk.errors import Permanent, SettingsError, Temporary
from wiredesk.fetch import http
from wiredesk.fetch.archive import Archive
from wiredesk.fetch.files import captures
from wiredesk.model import Capture, Source, Unchanged

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def clock() -> datetime:
    return NOON


def poll(source: Source, cursors: http.Cursors) -> list[http.Fetched]:
    with http.client() as client:
        return list(http.poll(client, source, cursors, clock))


def test_a_poll_with_the_etag_of_the_last_one_is_answered_unchanged(wire: WireServer) -> None:
    source = Source("afp", "feed", f"{wire.url}/feeds/afp.rdf")
    (first,) = poll(source, {})
    assert isinstance(first, Capture)
    (second,) = poll(source, {source.url: (first.etag, first.last_modified)})
    assert second == Unchanged("afp", source.url, NOON)


def test_a_page_list_gives_its_pages_even_where_the_list_is_unchanged(wire: WireServer) -> None:
    source = Source("pages", "pages", f"{wire.url}/pages/list.txt")
    pages = poll(source, {})
    assert [p.locator.rsplit("/", 1)[1] for p in pages if isinstance(p, Capture)] == [
        "oyster-bay.html", "signal-box.html", "glass-funicular.html",
    ]  # fmt: skip


def test_failures_are_told_apart_by_type(wire: WireServer) -> None:
    (gone,) = poll(Source("x", "feed", f"{wire.url}/nowhere.xml"), {})
    assert isinstance(gone, Permanent)
    assert gone.reason == "HTTP 404"
    (down,) = poll(Source("x", "feed", "http://127.0.0.1:9/feed.xml"), {})
    assert isinstance(down, Temporary)
    (odd,) = poll(Source("x", "feed", "gopher://127.0.0.1/"), {})
    assert isinstance(odd, Permanent)


def test_a_response_over_the_limit_is_refused(
    wire: WireServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "LARGEST", 1000)
    (refused,) = poll(Source("w", "feed", f"{wire.url}/feeds/world.xml"), {})
    assert isinstance(refused, Permanent)


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


def test_the_archive_keeps_a_payload_once_and_gives_it_back(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    capture = Capture("s", "x", b"payload", NOON, "ab" + "0" * 62)
    assert archive.put(capture) == archive.put(capture)
    assert archive.get(archive.put(capture)) == b"payload"
    assert len([p for p in tmp_path.rglob("*") if p.is_file()]) == 1


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("[sources.a]\nkind = 'feed'", "[sources.a] has no url"),
        ("[sources.a]\nkind = 'fed'\nurl = 'x'", "kind = 'fed'; one of: feed, pages, folder"),
        ("[sources.a]\nkind = 'feed'\nurl = 'x'\nevry = 3", "unknown key 'evry'; known: agency"),
        ("[sources.a]\nkind = 'feed'\nurl = 'x'\nevery = '3'", "every = '3' is not a int"),
        ("[sources.a]\nkind = 'feed'\nurl = 'x'\nagency = 'ruters'", "unknown agency 'ruters'"),
        ("[source.a]\nkind = 'feed'", "unknown table 'source'"),
        ("kind = ", "Invalid value"),
    ],
)
def test_a_wrong_line_in_the_sources_file_is_named(tmp_path: Path, toml: str, said: str) -> None:
    path = tmp_path / "sources.toml"
    path.write_text(toml)
    with pytest.raises(SettingsError) as no:
        settings.sources(path)
    assert said in str(no.value)
    assert str(path) in str(no.value)
    assert "\n" not in str(no.value)
