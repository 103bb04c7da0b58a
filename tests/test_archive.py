"""The archive: every payload once, durable, read back byte for byte and by any WARC tool."""

from __future__ import annotations

import errno
import hashlib
import os
import resource
import subprocess
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import fastwarc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from wiredesk.batch import Reject
from wiredesk.errors import Rejected
from wiredesk.fetch.archive import Archive, Archived
from wiredesk.model import Address, Capture, Redirect

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
FEED = b"<rss><channel><title>Ferry desk</title></channel></rss>"


def clock() -> datetime:
    return NOON


def capture(body: bytes, locator: str = "drop/a.txt", **more: object) -> Capture:
    known = {"source": "drop", "fetched_at": NOON, "sha256": hashlib.sha256(body).hexdigest()}
    return Capture(**{**known, "locator": locator, "body": body, **more})  # type: ignore[arg-type]


def answer(body: bytes, locator: str = "https://ferry.example/feed.xml") -> Capture:
    """As a server sent it: packed, in chunks, with names in its own case."""
    return capture(
        body,
        locator,
        source="ferry",
        media_type="application/rss+xml",
        charset="utf-8",
        status=200,
        etag='W/"a1"',
        last_modified="Mon, 04 May 2026 11:58:00 GMT",
        headers=(
            ("content-type", "application/rss+xml; charset=utf-8"),
            ("Content-Encoding", "gzip"),
            ("transfer-encoding", "chunked"),
            ("ETag", 'W/"a1"'),
            ("Last-Modified", "Mon, 04 May 2026 11:58:00 GMT"),
            ("Via", "1.1 edge-a"),
            ("Via", "1.1 edge-b"),
        ),
        redirects=(Redirect("http://ferry.example/feed", locator, permanent=True),),
    )


ALL_KINDS = (
    answer(FEED),
    answer(FEED, "https://ferry.example/copy.xml"),  # the same payload: a revisit of HTTP
    answer(b"", "https://ferry.example/empty"),
    replace(answer(b"words"), status=299, headers=()),
    capture(b"line\r\n\r\nline", "-"),
    capture(b'{"id": 1}\n', "räksmörgås/100% sure?.jsonl", media_type="application/x-ndjson"),
    capture(FEED, "same as the feed"),  # a revisit of a file
    capture(bytes(range(256)) * 40, "/srv/drop/bytes.bin", media_type="no type at all\r\nX: y"),
)


def files(root: Path) -> list[str]:
    return sorted(path.name for path in root.iterdir())


def stored(root: Path, *captures: Capture) -> list[Address]:
    with Archive(root, now=clock) as archive:
        return archive.put([(c, None) for c in captures])


def kept(root: Path) -> list[Capture]:
    return [a.capture for a in Archive(root, now=clock).records() if isinstance(a, Archived)]


def read_by_warcio(path: Path) -> list[tuple[str, str | None, bytes]]:
    """Type, target and payload of every record; a digest that fails raises."""
    with path.open("rb") as file:
        return [
            (r.rec_type, r.rec_headers["WARC-Target-URI"], r.content_stream().read())
            for r in ArchiveIterator(file, check_digests="raise")
        ]


def read_by_fastwarc(path: Path) -> list[tuple[str, str | None, bytes]]:
    out = []
    with path.open("rb") as file:
        for r in fastwarc.ArchiveIterator(file, parse_http=False):
            kind = str(r.record_type).rpartition(".")[2]
            assert r.verify_block_digest()
            if r.is_http:
                r.parse_http()
            if kind == "response":  # of a resource it knows the block digest alone
                assert r.verify_payload_digest()
            out.append((kind, r.headers.get("WARC-Target-URI"), r.reader.read()))
    return out


def test_warcio_and_fastwarc_read_every_kind_of_capture(tmp_path: Path) -> None:
    stored(tmp_path, *ALL_KINDS)
    (name,) = files(tmp_path)
    told = read_by_warcio(tmp_path / name)
    assert told == read_by_fastwarc(tmp_path / name)
    assert [kind for kind, _, _ in told] == [
        "warcinfo", "response", "revisit", "response", "response",
        "resource", "resource", "revisit", "resource",
    ]  # fmt: skip
    whole = [
        c.body for c in ALL_KINDS if c.locator not in {"same as the feed", ALL_KINDS[1].locator}
    ]
    assert [body for kind, _, body in told if kind in {"response", "resource"}] == whole


def test_every_kind_of_capture_comes_back_equal_and_in_order(tmp_path: Path) -> None:
    addresses = stored(tmp_path, *ALL_KINDS)
    with Archive(tmp_path, now=clock) as archive:
        assert list(archive.records()) == [
            Archived(c, a) for c, a in zip(ALL_KINDS, addresses, strict=True)
        ]
        assert [archive.get(a) for a in addresses] == [c.body for c in ALL_KINDS]


# -- any captures, in any grouping ----------------------------------------------------------------

ANY_TEXT = st.text(st.characters(), max_size=12)  # surrogates and control characters among them
TOKENS = st.text("abcXYZ-019!~", min_size=1, max_size=9)
HEADER_NAMES = TOKENS | st.sampled_from(
    ("Content-Type", "content-encoding", "X-Crawler-Content-Length", "CONTENT-LENGTH", "Via")
)
HEADER_VALUES = st.text(
    st.characters(min_codepoint=32, exclude_categories=("Cs",), exclude_characters="\x7f"),
    max_size=12,
).map(lambda value: value.strip(" "))
BODIES = st.sampled_from((b"", b"\r\n\r\n", FEED)) | st.binary(max_size=300)
INSTANTS = st.timedeltas(timedelta(days=-9000), timedelta(days=9000)).map(lambda t: NOON + t)


@st.composite
def any_capture(draw: st.DrawFn) -> Capture:
    maybe = st.none() | ANY_TEXT
    over_http = draw(st.booleans())
    fields = {
        "source": draw(ANY_TEXT),
        "fetched_at": draw(INSTANTS),
        "media_type": draw(maybe | st.sampled_from(("text/html", "application/http"))),
        "charset": draw(maybe),
        "etag": draw(maybe),
        "last_modified": draw(maybe),
    }
    if over_http:
        fields["status"] = draw(st.integers(100, 599))
        fields["headers"] = tuple(
            draw(st.lists(st.tuples(HEADER_NAMES, HEADER_VALUES), max_size=5))
        )
        hop = st.builds(Redirect, ANY_TEXT, ANY_TEXT, st.booleans())
        fields["redirects"] = tuple(draw(st.lists(hop, max_size=2)))
    locator = draw(ANY_TEXT)
    locator = f"https://ferry.example/{locator}" if over_http else locator
    return capture(draw(BODIES), locator, **fields)


GROUPS = st.lists(st.tuples(st.lists(any_capture(), max_size=4), st.booleans()), max_size=5)


@settings(max_examples=60, deadline=None)
@given(GROUPS, st.sampled_from((1, 2000, 1 << 20)))
def test_any_captures_in_any_grouping_come_back_byte_for_byte_and_in_order(
    groups: list[tuple[list[Capture], bool]], largest: int
) -> None:
    with TemporaryDirectory() as folder:
        root = Path(folder)
        archive = Archive(root, now=clock, largest=largest)
        at: dict[str, Address] = {}
        put: list[Archived] = []
        for group, close_after in groups:
            addresses = archive.put([(c, at.get(c.sha256)) for c in group])
            put += [Archived(c, a) for c, a in zip(group, addresses, strict=True)]
            at |= {c.sha256: a for c, a in zip(group, addresses, strict=True)}
            if close_after:
                archive.close()
        assert list(archive.records()) == put
        archive.close()
        assert list(archive.records()) == put
        assert all(archive.get(a.address) == a.capture.body for a in put)
        assert len(set(at.values())) == len(at)
        for name in files(root):
            assert read_by_warcio(root / name) == read_by_fastwarc(root / name)


@pytest.mark.parametrize(
    "locator", ["-", "", "a b", "../x/ü.txt", "C:\\wire", "ftp://h/a b", "\udcff"]
)
def test_any_locator_makes_a_valid_uri_and_comes_back_unchanged(
    tmp_path: Path, locator: str
) -> None:
    stored(tmp_path, capture(b"words", locator))
    (_, (_, uri, _)) = read_by_warcio(tmp_path / files(tmp_path)[0])
    assert uri is not None
    assert uri.startswith(("file:", "ftp://h/a%20b"))
    assert uri.isascii()
    assert " " not in uri
    assert [c.locator for c in kept(tmp_path)] == [locator]


# -- what a response record says ------------------------------------------------------------------


def http_head(root: Path) -> list[tuple[str, str]]:
    with (root / files(root)[0]).open("rb") as file:
        answers = (r for r in ArchiveIterator(file) if r.rec_type == "response")
        return list(next(answers).http_headers.headers)


def test_a_decoded_body_is_not_said_to_be_packed_and_its_length_is_true(tmp_path: Path) -> None:
    stored(tmp_path, answer(FEED))
    head = http_head(tmp_path)
    names = {name.lower() for name, _ in head}
    assert not names & {"content-encoding", "transfer-encoding"}
    assert ("X-Crawler-Content-Encoding", "gzip") in head
    assert [value for name, value in head if name.lower() == "content-length"] == [str(len(FEED))]


def test_no_secret_and_no_broken_header_reaches_the_archive(tmp_path: Path) -> None:
    headers = (
        ("Set-Cookie", "session=7"),
        ("authorization", "Bearer 7"),
        ("X-Odd", "one\r\nSet-Cookie: session=8\r\n\r\nbody"),
        ("not a name", "x"),
        ("X-Plain", "two"),
    )
    stored(tmp_path, replace(answer(FEED), headers=headers))
    assert [name for name, _ in http_head(tmp_path)] == ["X-Odd", "X-Plain", "Content-Length"]
    assert kept(tmp_path)[0].headers == (
        ("X-Odd", "one Set-Cookie: session=8 body"),
        ("X-Plain", "two"),
    )


# -- one payload, once ----------------------------------------------------------------------------


def test_a_known_payload_becomes_a_revisit_that_names_its_first_record(tmp_path: Path) -> None:
    (first,) = stored(tmp_path, answer(FEED))
    later = replace(answer(FEED), fetched_at=NOON + timedelta(hours=1))
    with Archive(tmp_path, now=clock) as archive:
        assert archive.put([(later, first)]) == [first]
    with (tmp_path / first.file).open("rb") as file:
        headers = [r.rec_headers for r in ArchiveIterator(file)]
    _, original, revisit = headers
    assert revisit["WARC-Profile"].endswith("/revisit/identical-payload-digest")
    assert revisit["WARC-Refers-To"] == original["WARC-Record-ID"]
    assert revisit["WARC-Refers-To-Target-URI"] == original["WARC-Target-URI"]
    assert revisit["WARC-Refers-To-Date"] == original["WARC-Date"] == "2026-05-04T12:00:00Z"
    assert revisit["WARC-Payload-Digest"] == original["WARC-Payload-Digest"]
    assert kept(tmp_path) == [answer(FEED), later]


def test_a_payload_that_is_not_where_it_should_be_is_stored_anew(tmp_path: Path) -> None:
    (other,) = stored(tmp_path, capture(b"other words"))
    lost = Address("wiredesk-20200101-0001.warc.gz", 0)
    with Archive(tmp_path, now=clock) as archive:
        for had in (other, lost, Address("../outside", 0), Address(other.file, 7)):
            (address,) = archive.put([(capture(FEED), had)])
            assert address != had
            assert archive.get(address) == FEED


# -- files: one or a few a day --------------------------------------------------------------------


def test_runs_of_one_day_write_one_file_and_the_next_day_begins_another(tmp_path: Path) -> None:
    today = NOON
    for n in range(5):
        with Archive(tmp_path, now=lambda: today) as archive:
            archive.put([(capture(b"%d" % n), None)])
    assert files(tmp_path) == ["wiredesk-20260504-0001.warc.gz"]
    with Archive(tmp_path, now=lambda: today) as archive:
        archive.put([(capture(b"late"), None)])
        today = NOON + timedelta(hours=12)
        archive.put([(capture(b"early"), None)])
    assert files(tmp_path)[1:] == ["wiredesk-20260505-0001.warc.gz"]
    told = [kind for kind, _, _ in read_by_warcio(tmp_path / files(tmp_path)[0])]
    assert told == ["warcinfo"] + 6 * ["resource"]
    assert [c.body for c in kept(tmp_path)] == [b"0", b"1", b"2", b"3", b"4", b"late", b"early"]


def test_a_full_file_is_followed_by_the_next_number(tmp_path: Path) -> None:
    with Archive(tmp_path, now=clock, largest=20_000) as archive:
        at = [a for n in range(9) for a in archive.put([(capture(os.urandom(9000)), None)])]
        assert sorted({a.file[-12:] for a in at}) == [
            "0001.warc.gz", "0002.warc.gz", "0003.warc.gz",
        ]  # fmt: skip
    assert all((tmp_path / name).stat().st_size < 30_000 for name in files(tmp_path))


def test_a_file_being_written_is_marked_open_and_read_under_its_final_name(tmp_path: Path) -> None:
    with Archive(tmp_path, now=clock) as archive:
        (address,) = archive.put([(capture(FEED), None)])
        assert files(tmp_path) == [f"{address.file}.open"]
        reader = Archive(tmp_path, now=clock)
        assert reader.get(address) == FEED
        assert [a.address for a in reader.records() if isinstance(a, Archived)] == [address]
    assert files(tmp_path) == [address.file]
    assert reader.get(address) == FEED


def test_a_run_that_puts_nothing_leaves_the_folder_alone(tmp_path: Path) -> None:
    with Archive(tmp_path / "archive", now=clock) as archive:
        assert archive.put([]) == []
        assert list(archive.records()) == []
    assert files(tmp_path) == []


def test_records_since_an_instant_are_those_fetched_then_or_later(tmp_path: Path) -> None:
    today = NOON
    with Archive(tmp_path, now=lambda: today) as archive:
        for n in range(4):
            today = NOON + timedelta(hours=9 * n)
            archive.put([(capture(b"%d" % n, fetched_at=today), None)])
        since = NOON + timedelta(hours=18)
        assert [a.capture.body for a in archive.records(since) if isinstance(a, Archived)] == [
            b"2",
            b"3",
        ]


# -- kills, rot and full disks --------------------------------------------------------------------


def test_a_group_is_on_disk_before_put_returns_with_one_sync_of_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[tuple[bool, int]] = []
    real = os.fsync

    def noted(handle: int) -> None:
        found = os.fstat(handle)
        synced.append((Path(f"/proc/self/fd/{handle}").resolve().is_dir(), found.st_size))
        real(handle)

    monkeypatch.setattr(os, "fsync", noted)
    with Archive(tmp_path, now=clock) as archive:
        archive.put([(capture(b"%d" % n), None) for n in range(100)])
        (path,) = tmp_path.iterdir()
        assert synced == [(False, path.stat().st_size), (True, tmp_path.stat().st_size)]


def test_whatever_byte_a_kill_stops_at_the_records_before_it_stay_and_work_goes_on(
    tmp_path: Path,
) -> None:
    first, last = capture(b"kept words"), answer(FEED)
    at, torn = stored(tmp_path, first, last)
    whole = (tmp_path / at.file).read_bytes()
    for cut in range(torn.offset, len(whole)):
        root = tmp_path / str(cut)
        root.mkdir()
        left = root / f"{at.file}.open"
        left.write_bytes(whole[:cut])
        assert kept(root) == [first]
        with Archive(root, now=clock) as archive:
            assert archive.put([(last, None)]) == [torn]
        assert files(root) == [at.file]
        assert kept(root) == [first, last]
        assert len(read_by_warcio(root / at.file)) == len(read_by_fastwarc(root / at.file)) == 3


WRITES_UNTIL_KILLED = """
import hashlib, os, sys
from datetime import UTC, datetime
from pathlib import Path
from wiredesk.fetch.archive import Archive
from wiredesk.model import Capture
noon = datetime(2026, 5, 4, 12, tzinfo=UTC)
archive = Archive(Path(sys.argv[1]), now=lambda: noon, largest=300_000)
while True:
    bodies = [os.urandom(20_000) for _ in range(3)]
    shas = [hashlib.sha256(body).hexdigest() for body in bodies]
    group = [(Capture("s", "x", b, noon, sha), None) for b, sha in zip(bodies, shas)]
    for sha, at in zip(shas, archive.put(group)):
        print(sha, at.file, at.offset, flush=True)
"""


def test_a_killed_process_loses_nothing_that_put_had_returned(tmp_path: Path) -> None:
    root = tmp_path / "archive"
    command = [sys.executable, "-c", WRITES_UNTIL_KILLED, str(root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        told = [running.stdout.readline().split() for _ in range(60)]
        running.kill()
        told += [line.split() for line in running.stdout if line.endswith("\n")]
    with Archive(root, now=clock) as archive:
        archive.put([(capture(FEED), None)])
        for sha, file, offset in filter(lambda words: len(words) == 3, told):
            payload = archive.get(Address(file, int(offset)))
            assert hashlib.sha256(payload).hexdigest() == sha
    assert not [name for name in files(root) if name.endswith(".open")]
    assert all(read_by_warcio(root / n) == read_by_fastwarc(root / n) for n in files(root))


@pytest.mark.parametrize("left", [b"", b"\x1f", b"\0" * 5000])
def test_a_first_record_that_a_kill_tore_is_begun_again(tmp_path: Path, left: bytes) -> None:
    (tmp_path / "wiredesk-20260503-0001.warc.gz.open").write_bytes(left)
    (tmp_path / "wiredesk-20260504-0001.warc.gz.open").write_bytes(left)
    (address,) = stored(tmp_path, capture(FEED))
    assert files(tmp_path) == [address.file]
    assert [kind for kind, _, _ in read_by_warcio(tmp_path / address.file)] == [
        "warcinfo", "resource",
    ]  # fmt: skip


def test_a_rotten_byte_costs_its_own_record_and_no_other(tmp_path: Path) -> None:
    bodies = [os.urandom(400) for _ in range(3)]
    a, b, c = stored(tmp_path, *(capture(body, f"drop/{n}") for n, body in enumerate(bodies)))
    path = tmp_path / a.file
    whole = path.read_bytes()
    for where in range(b.offset, c.offset, 7):
        rotten = bytearray(whole)
        rotten[where] ^= 0xFF
        path.write_bytes(rotten)
        archive = Archive(tmp_path, now=clock)
        told = list(archive.records())
        good = [t.capture.body for t in told if isinstance(t, Archived)]
        if good == bodies:  # a byte of the gzip head that says nothing: a time, an operating system
            continue
        assert good == [bodies[0], bodies[2]]
        assert {t.code for t in told if isinstance(t, Reject)} <= {"damaged", "truncated"}
        assert next(t.where for t in told if isinstance(t, Reject)) == f"byte {b.offset}"
        with pytest.raises(Rejected):
            archive.get(b)
        left = path.rename(f"{path}.open")  # and mending does not throw away what comes after
        with archive:
            archive.put([(capture(b"more"), None)])
        assert archive.get(c) == bodies[2]
        assert not left.exists()


def test_an_address_that_leads_nowhere_is_told_by_its_code(tmp_path: Path) -> None:
    (address,) = stored(tmp_path, capture(FEED))
    size = (tmp_path / address.file).stat().st_size
    archive = Archive(tmp_path, now=clock)
    for wrong, code in (
        (Address("wiredesk-20260504-0002.warc.gz", 0), "missing"),
        (Address("../../etc/passwd", 0), "missing"),
        (Address(address.file, 0), "damaged"),  # the warcinfo has no payload
        (Address(address.file, address.offset + 3), "damaged"),
        (Address(address.file, size), "truncated"),
    ):
        with pytest.raises(Rejected) as no:
            archive.get(wrong)
        assert no.value.code == code


@contextmanager
def disk_with_room_for(size: int) -> Iterator[None]:
    """A file that grows beyond `size` bytes meets an OSError, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("room", [0, 1, 500, 90_000, 1_100_000, 2_400_000])
def test_a_full_disk_leaves_nothing_of_the_group_and_the_next_one_is_put(
    tmp_path: Path, room: int
) -> None:
    before = capture(b"kept words")
    stored(tmp_path, before)
    (name,) = files(tmp_path)
    size = (tmp_path / name).stat().st_size
    group = [(capture(os.urandom(800_000), f"drop/{n}"), None) for n in range(3)]
    with Archive(tmp_path, now=clock) as archive:
        with disk_with_room_for(size + room), pytest.raises(OSError) as no:
            archive.put(group)
        assert no.value.errno == errno.EFBIG
        assert (tmp_path / f"{name}.open").stat().st_size == size
        assert kept(tmp_path) == [before]
        addresses = archive.put(group)
        assert [archive.get(a) for a in addresses] == [c.body for c, _ in group]
    assert len(read_by_warcio(tmp_path / name)) == len(read_by_fastwarc(tmp_path / name)) == 5


def test_a_disk_that_is_full_from_the_start_leaves_no_file(tmp_path: Path) -> None:
    with disk_with_room_for(10), Archive(tmp_path, now=clock) as archive, pytest.raises(OSError):
        archive.put([(capture(FEED), None)])
    assert files(tmp_path) == []


def test_a_file_that_could_not_be_cut_back_is_mended_by_the_next_put(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> None:
        raise OSError(errno.EIO, "input/output error")

    with Archive(tmp_path, now=clock) as archive:
        archive.put([(capture(b"kept words"), None)])
        with monkeypatch.context() as broken, disk_with_room_for(500_000):
            broken.setattr(os, "ftruncate", failing)
            with pytest.raises(OSError, match="too large"):
                archive.put([(capture(os.urandom(2 << 20)), None)])
        archive.put([(capture(FEED), None)])
    assert [c.body for c in kept(tmp_path)] == [b"kept words", FEED]
    assert len(read_by_warcio(tmp_path / files(tmp_path)[0])) == 3


def peak(work: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_large_payload_is_put_without_a_copy_of_it(tmp_path: Path) -> None:
    large = capture(os.urandom(1 << 20) * 24, "drop/year.jsonl")
    with Archive(tmp_path, now=clock) as archive:
        assert peak(lambda: archive.put([(large, None)])) < 8 << 20
