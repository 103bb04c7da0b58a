"""Backfills: real dumps, WARC files, folders, a small web on loopback; and what interrupts them."""

from __future__ import annotations

import gzip
import pickle
import shutil
import subprocess
import sys
import threading
import tracemalloc
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any

import orjson
import pytest

from scripts.backfill_kill import compare
from scripts.kill_test import fingerprint, offenders
from wiredesk.backfill_commands import Given, backfill, backfill_source, foretold
from wiredesk.backfills import dumps, local
from wiredesk.backfills.manifest import Window, window_of
from wiredesk.backfills.reading import read_partition
from wiredesk.backfills.running import Progress
from wiredesk.backfills.unpacking import Unpacking
from wiredesk.errors import Temporary, UserError
from wiredesk.fetch import fetching
from wiredesk.model import Json, Source
from wiredesk.warehouse import Warehouse

MAY = datetime(2026, 5, 1, 9, tzinfo=UTC)
FIRST, LAST = "2026-05-01", "2026-05-03"


def copy(n: int) -> str:
    return (
        f"PORT ELLEN (Harbour Wire) - Ferry number {n} left the quay on time with {n} lorries.\n\n"
        f"It carried barley for {n} stills, the harbour master said on the pier.\n\n"
        "(Reporting by Ana Ruiz in Port Ellen)"
    )


def story(n: int, at: datetime | None, **more: object) -> bytes:
    row = {"id": f"hw-{n}", "title": f"Ferry {n} leaves", "text": copy(n), **more}
    return orjson.dumps(row | ({"date": at.isoformat()} if at else {}))


def days(count: int, each: int = 10) -> list[bytes]:
    """Stories, so many a day from 1 May."""
    return [story(n, MAY + timedelta(days=n // each, minutes=n % each)) for n in range(count)]


class Desk:
    """A folder with sources, a warehouse and what lies there to be read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sources = folder / "sources.toml"
        self.warehouse = folder / "wire.duckdb"

    def declare(self, name: str, **values: object) -> None:
        """Add a source."""
        rows = "".join(f"{k} = {orjson.dumps(v).decode()}\n" for k, v in values.items())
        with self.sources.open("a") as file:
            file.write(f"[sources.{name}]\n{rows}\n")

    def dump(self, lines: Sequence[bytes], name: str = "dump.jsonl") -> Path:
        """A dump, and the source `dump` that it is of."""
        path = self.folder / name
        path.write_bytes(b"\n".join(lines) + b"\n")
        if not self.sources.exists():
            self.declare("dump", kind="archive", url=name)
        return path

    def given(self, source: str = "dump", **more: Any) -> Given:
        about = Given(source, FIRST, LAST, workers=1, sources_file=str(self.sources))
        return replace(about, warehouse=str(self.warehouse), **more)

    def backfill(self, source: str = "dump", **more: Any) -> Json:
        return backfill(self.given(source, **more))

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        with Warehouse(str(self.warehouse), read_only=True) as warehouse:
            return warehouse.sql(statement)

    def ids(self) -> list[int]:
        found = self.rows("SELECT native_id FROM wire.versions")
        return sorted(int(str(row[0]).partition("-")[2]) for row in found)

    def titles(self) -> list[str]:
        return [row[0] for row in self.rows("SELECT headline FROM wire.versions ORDER BY headline")]


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty warehouse file: to migrate one for each test would take most of their time."""
    path = tmp_path_factory.mktemp("blank") / "wire.duckdb"
    with Warehouse(str(path)):
        pass
    return path


@pytest.fixture
def desk(tmp_path: Path, blank: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    shutil.copy(blank, desk.warehouse)
    yield desk
    if desk.warehouse.exists():  # whatever a test did
        assert offenders(desk.warehouse) == {}


# -- dumps


def test_of_a_dump_the_lines_of_the_window_are_loaded_and_no_others(desk: Desk) -> None:
    desk.dump([*days(50), story(99, None)])
    found = desk.backfill()
    assert desk.ids() == [*range(30), 99]  # what bears no time may be of these days
    assert (found["new_stories"], found["dropped"], found["rejected"]) == (31, 0, 0)


def test_a_window_given_twice_adds_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dumps, "STORIES", 7)
    desk.dump(days(30))
    first = desk.backfill()
    before = fingerprint(desk.warehouse)
    second = desk.backfill()
    assert (second["run"], second["before"], second["loaded"]) == (None, first["loaded"], 0)
    again = desk.backfill(anew=True)
    assert (again["duplicates"], again["new_stories"]) == (30, 0)
    assert fingerprint(desk.warehouse) == before


def test_a_wider_window_adds_what_is_new_in_it(desk: Desk) -> None:
    desk.dump(days(50))
    desk.backfill()
    wider = desk.backfill(last="2026-05-05")
    assert (wider["new_stories"], wider["duplicates"]) == (20, 30)


def test_what_is_stopped_goes_on_where_it_was(
    desk: Desk, blank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dumps, "STORIES", 7)
    desk.dump(days(30))

    def power_cut(progress: Progress) -> None:
        if progress.done == 2:
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        backfill(desk.given(), power_cut)
    assert len(desk.ids()) == 14
    found = desk.backfill()
    assert (found["before"], found["loaded"], found["new_stories"]) == (2, 3, 16)
    assert desk.rows("SELECT state FROM ops.run_ends ORDER BY ended_at") == [
        ("failed",),
        ("finished",),
    ]
    alone = Desk(desk.folder / "alone")
    alone.folder.mkdir()
    alone.declare("dump", kind="archive", url="../dump.jsonl")
    shutil.copy(blank, alone.warehouse)
    alone.backfill()
    assert fingerprint(desk.warehouse) == fingerprint(alone.warehouse)


def test_killed_twice_it_ends_with_the_rows_of_one_left_alone(tmp_path: Path) -> None:
    found = compare(1500, 2, 3, tmp_path)
    assert (found.differs, len(found.moments)) == ((), 2)


@pytest.mark.parametrize("members", [1, 4])
def test_gzip_of_any_number_of_members_is_read_as_the_plain_dump(
    members: int, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dumps, "STORIES", 7)
    text = b"".join(line + b"\n" for line in days(30))
    cuts = [len(text) * n // members for n in range(members + 1)]
    packed = b"".join(gzip.compress(text[a:b]) for a, b in pairwise(cuts))
    (desk.folder / "dump.jsonl.gz").write_bytes(packed)
    desk.declare("dump", kind="archive", url="dump.jsonl.gz")
    found = desk.backfill()
    assert (found["loaded"], found["new_stories"]) == (5, 30)


def test_every_place_of_a_file_can_be_read_again(tmp_path: Path) -> None:
    lines = [b"%d %s\n" % (n, b"x" * (n * 37 % 500)) for n in range(400)]
    path = tmp_path / "lines.gz"
    path.write_bytes(
        b"".join(gzip.compress(b"".join(lines[n : n + 60])) for n in range(0, 400, 60)) + b"\0" * 9
    )
    places = []
    with Unpacking(str(path)) as file:
        places.append(file.place)
        for line in file.lines():
            places.append(file.place)
            assert line == lines[len(places) - 2]
        assert file.fault is None
    for n in (0, 1, 59, 60, 61, 399):
        with Unpacking(str(path), *places[n]) as file:
            assert file.take(len(lines[n])) == lines[n]


def test_of_a_dump_that_breaks_off_the_stories_before_are_loaded(desk: Desk) -> None:
    packed = zlib.compressobj(0, wbits=31)  # stored, so that every whole line is there
    body = packed.compress(b"".join(line + b"\n" for line in days(30))) + packed.flush()
    (desk.folder / "dump.jsonl.gz").write_bytes(body[: len(body) // 2])
    desk.declare("dump", kind="archive", url="dump.jsonl.gz")
    found = desk.backfill()
    assert 5 < found["new_stories"] < 25
    assert [row["code"] for row in found["rejects"]] == ["bad_gzip"]


def test_a_line_that_cannot_be_read_is_a_reject(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.dump([*days(5), b'{"id": "broken", "text": '])
    assert backfill_source(desk.given(), dry_run=False, as_json=True) == 1
    found = orjson.loads(capsys.readouterr().out)
    assert (found["new_stories"], found["rejected"]) == (5, 1)
    assert found["rejects"][0]["code"] == "json_invalid"


def test_a_dump_that_changed_since_it_was_planned_is_named(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dumps, "STORIES", 7)
    path = desk.dump(days(30))
    _stopped(desk)
    path.write_bytes(path.read_bytes().replace(b"Ferry 20", b"Ferry XX"))
    with pytest.raises(UserError, match=r"dump\.jsonl has changed since .*--anew"):
        desk.backfill()
    assert desk.backfill(anew=True)["duplicates"] == 7


def test_a_dump_that_was_only_touched_is_the_same(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dumps, "STORIES", 7)
    path = desk.dump(days(30))
    _stopped(desk)
    path.touch()
    assert desk.backfill()["new_stories"] == 23


def _stopped(desk: Desk) -> None:
    """A backfill that ended after its first partition."""

    def stop(_: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        backfill(desk.given(), stop)


def test_a_large_dump_is_planned_and_read_in_the_memory_of_a_piece(tmp_path: Path) -> None:
    path = tmp_path / "large.jsonl.gz"
    with gzip.open(path, "wb", 1) as file:
        for n in range(2500):
            file.write(story(n, MAY, more="word " * 8000) + b"\n")
    source = Source("large", "archive", str(path))
    tracemalloc.start()
    plan = local.plan(source, window_of(FIRST, LAST), MAY)
    for partition in plan.partitions:
        for capture in local.arrivals(partition, source, window_of(FIRST, LAST), MAY):
            del capture
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert plan.stories == 2500
    assert peak < 64 << 20  # of 100 MB; a partition of 8 MB is held a few times over


def test_a_partition_is_read_anywhere(desk: Desk) -> None:
    source = Source("dump", "archive", str(desk.dump(days(30))))
    second = Window(date(2026, 5, 2), date(2026, 5, 2))
    at = MAY + timedelta(days=30)
    (partition,) = pickle.loads(pickle.dumps(local.plan(source, second, at).partitions))  # noqa: S301
    reading = pickle.loads(pickle.dumps(read_partition(source, partition, second, at)))  # noqa: S301
    assert sum(len(done.rows.candidates) for done in reading.done) == 10


# -- what is wrong


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"first": LAST, "last": FIRST}, "the window ends before it starts"),
        ({"first": "1 May"}, "--from '1 May' is no day: write it as 2026-01-31"),
        ({"last": "2026-05-32"}, "--to '2026-05-32' is no day"),
        ({"last": None}, "say which days: --from 2026-01-01 --to 2026-01-31"),
        ({"source": "dunp"}, "has no source 'dunp'; it has: dump, other"),
        ({"resume": "abc"}, "the warehouse has no backfill 'abc'"),
        ({"resume": "abc", "anew": True}, "say one of them"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(change: Json, said: str, desk: Desk) -> None:
    desk.dump(days(3))
    desk.declare("other", kind="archive", url="dump.jsonl")
    before = desk.warehouse.read_bytes()
    with pytest.raises(UserError, match=r"\A[^\n]+\Z") as no:
        backfill(replace(desk.given(), **change))
    assert said in str(no.value)
    assert desk.warehouse.read_bytes() == before


def test_a_manifest_of_another_source_or_other_places_is_refused(desk: Desk) -> None:
    desk.dump(days(3))
    desk.declare("other", kind="archive", url="dump.jsonl")
    name = desk.backfill()["backfill"]
    with pytest.raises(UserError, match=f"backfill {name} is of source 'dump', not 'other'"):
        desk.backfill("other", resume=name)
    with pytest.raises(UserError, match=f"backfill {name} is of 2026-05-01 to 2026-05-03, not"):
        desk.backfill(resume=name, last="2026-05-02")
    assert desk.backfill(resume=name, first=None, last=None)["run"] is None
    desk.sources.write_text(desk.sources.read_text().replace("dump.jsonl", "moved.jsonl"))
    with pytest.raises(
        UserError, match=r"planned over archive .*dump\.jsonl, and the source is now"
    ):
        desk.backfill(resume=name)


def test_a_dry_run_counts_and_loads_nothing(desk: Desk) -> None:
    desk.dump(days(50))
    desk.warehouse.unlink()
    found = foretold(desk.given())
    assert (found["partitions"], found["stories"], found["files"]) == (1, 30, 1)
    assert found["seconds"] > 0
    assert "in a sample" in found["basis"]
    assert not desk.warehouse.exists()
    desk.backfill()
    found = foretold(desk.given())
    assert (found["partitions"], found["seconds"]) == (0, 0)


def test_it_waits_for_another_that_writes(desk: Desk) -> None:
    desk.dump(days(3))
    hold = (
        "import sys, time; from wiredesk.warehouse import Warehouse\n"
        "with Warehouse(sys.argv[1]): print('open', flush=True); time.sleep(1)"
    )
    command = [sys.executable, "-c", hold, str(desk.warehouse)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as other:
        assert other.stdout
        other.stdout.readline()
        assert desk.backfill()["new_stories"] == 3


def test_two_backfills_at_once_load_nothing_twice(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dumps, "STORIES", 10)
    desk.dump(days(30))

    def other(progress: Progress) -> None:
        if progress.done == 1:
            assert desk.backfill()["loaded"] == 2

    found = backfill(desk.given(pause=0.01), other)
    assert (found["loaded"], found["new_stories"], found["duplicates"]) == (3, 10, 0)
    assert desk.rows("SELECT count(*), sum(listed) FROM ops.partition_ends") == [(3, 30)]


def test_between_two_loads_the_warehouse_is_free(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dumps, "STORIES", 10)
    desk.dump(days(30))
    held: list[int] = []
    backfill(desk.given(pause=0.01), lambda _: held.append(len(desk.ids())))
    assert held == [10, 20, 30]


# -- files


def test_the_stories_of_files_are_judged_by_their_own_time(desk: Desk) -> None:
    folder = desk.folder / "drop"
    folder.mkdir()
    (folder / "2026-05-02 ferry.txt").write_text(copy(1))
    (folder / "2026-04-02 ferry.txt").write_text(copy(2))
    entries = "".join(
        f"<item><guid>hw-{n}</guid><title>Ferry {n}</title><description>{copy(n)}</description>"
        f"<pubDate>{at:%a, %d %b %Y %H:%M:%S} GMT</pubDate></item>"
        for n, at in ((3, MAY), (4, MAY - timedelta(days=9)))
    )
    feed = f"<rss version='2.0'><channel><title>Harbour</title>{entries}</channel></rss>"
    (folder / "feed.xml").write_text(feed)
    desk.declare("drop", kind="folder", url="drop")
    found = desk.backfill("drop")
    assert (found["new_stories"], found["dropped"]) == (2, 2)
    kept = {Path(row[0]).name for row in desk.rows("SELECT locator FROM raw.captures")}
    assert kept == {"2026-05-02 ferry.txt", "feed.xml"}
    # a page that was not taken in whole is looked at again for other days
    earlier = desk.backfill("drop", first="2026-04-01", last="2026-04-30")
    assert (earlier["new_stories"], earlier["dropped"]) == (2, 2)
    assert desk.rows("SELECT count(*) FROM wire.stories") == [(4,)]


def test_two_files_alike_are_one_payload(desk: Desk) -> None:
    folder = desk.folder / "drop"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"2026-05-02 {name}.txt").write_text(copy(1))
    desk.declare("drop", kind="folder", url="drop")
    found = desk.backfill("drop")
    assert (found["new_stories"], found["duplicates"]) == (1, 1)


# -- WARC


def record(kind: str, url: str, at: datetime, block: bytes) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\n"
        f"WARC-Date: {at:%Y-%m-%dT%H:%M:%SZ}\r\nContent-Length: {len(block)}\r\n"
        "Content-Type: application/http; msgtype=response\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def http(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    said = "".join(f"{header}\r\n" for header in headers)
    return f"HTTP/1.1 {status}\r\n{said}\r\n".encode() + body


def page(n: int, at: datetime | None = None) -> bytes:
    dated = f"<meta property='article:published_time' content='{at.isoformat()}'>" if at else ""
    paragraphs = "".join(f"<p>{line}</p>" for line in copy(n).split("\n\n"))
    return (
        f"<!doctype html><html><head><title>Ferry {n} leaves</title>{dated}"
        f"<meta property='og:type' content='article'></head><body><article><h1>Ferry {n} leaves"
        f"</h1>{paragraphs}<p>The next one was due before nightfall, when the tide would turn.</p>"
        "</article></body></html>"
    ).encode()


def crawl() -> list[bytes]:
    """The records of a small crawl: four pages of May, and what is none."""
    html, url = "Content-Type: text/html; charset=utf-8", "https://harbour.example/{}.html".format
    packed = gzip.compress(page(2, MAY))
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed)
    coded = ("Transfer-Encoding: chunked", "Content-Encoding: gzip")
    masked = "X-Crawler-Content-Encoding: gzip"
    return [
        record("warcinfo", "x", MAY, b"software: crawler\r\n"),
        record("request", url(1), MAY, b"GET / HTTP/1.1\r\n\r\n"),
        record("response", url(1), MAY, http(page(1, MAY), html)),
        record("response", url(2), MAY, http(chunked, html, *coded)),
        record("response", url(3), MAY, http(page(3), html, masked)),
        record("response", url(4), MAY, http(page(4, MAY - timedelta(days=30)), html)),
        record("response", url(5), MAY, http(page(5), html, status="404 Not Found")),
        record("response", url(6), MAY, http(b"\x89PNG" * 99, "Content-Type: image/png")),
        record("response", url(7), MAY - timedelta(days=2), http(page(7), html)),
        record("response", url(8), MAY + timedelta(days=1), http(page(8, MAY), html)),
    ]


@pytest.mark.parametrize("packed", [False, True])
def test_of_a_warc_file_the_pages_that_servers_sent_are_loaded(packed: bool, desk: Desk) -> None:
    body = b"".join(map(gzip.compress, crawl()) if packed else crawl())
    (desk.folder / "crawl.warc.gz").write_bytes(body)
    desk.declare("crawl", kind="archive", url="*.warc.gz")
    found = desk.backfill("crawl")
    assert desk.titles() == [f"Ferry {n} leaves" for n in (1, 2, 3, 8)]
    assert (found["dropped"], found["rejected"]) == (1, 0)
    assert desk.rows("SELECT DISTINCT fetched_at::DATE::VARCHAR FROM raw.captures ORDER BY 1") == [
        ("2026-05-01",),
        ("2026-05-02",),
    ]
    assert desk.backfill("crawl", anew=True)["new_stories"] == 0


def test_a_damaged_record_costs_itself(desk: Desk) -> None:
    members = [gzip.compress(one) for one in crawl()]
    members[3] = members[3][:40] + bytes(60) + members[3][100:]
    (desk.folder / "crawl.warc.gz").write_bytes(b"".join(members))
    desk.declare("crawl", kind="archive", url="crawl.warc.gz")
    found = desk.backfill("crawl")
    assert desk.titles() == [f"Ferry {n} leaves" for n in (1, 3, 8)]
    assert [row["code"] for row in found["rejects"]] == ["damaged"]


# -- the web


class Site(ThreadingHTTPServer):
    """What a server says at each path; one that is down says 503."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.said: dict[str, bytes] = {}
        self.down: set[str] = set()
        self.asked: Counter[str] = Counter()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}{path}"

    def put(self, path: str, body: str | bytes) -> str:
        self.said[path] = body.encode() if isinstance(body, str) else body
        return self.url(path)


class _Answers(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        self.server.asked[self.path] += 1
        body = self.server.said.get(self.path)
        self.send_response(503 if self.path in self.server.down else 200 if body else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr(fetching, "QUIET", 0.05)
    with Site() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


POLITE: Json = {"allow": ["127.0.0.1"], "delay": 0, "robots": False}


def urlset(*pages: tuple[str, datetime | None]) -> str:
    rows = "".join(
        f"<url><loc>{url}</loc>{f'<lastmod>{at.isoformat()}</lastmod>' if at else ''}</url>"
        for url, at in pages
    )
    return f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{rows}</urlset>"


def index(*maps: tuple[str, datetime]) -> str:
    rows = "".join(
        f"<sitemap><loc>{url}</loc><lastmod>{at.isoformat()}</lastmod></sitemap>"
        for url, at in maps
    )
    return (
        f"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{rows}</sitemapindex>"
    )


def sitemaps(site: Site) -> str:
    """An index of two sitemaps, one of them of last year; five pages, three of them of May."""
    ages = {1: MAY, 2: MAY + timedelta(days=1), 3: MAY - timedelta(days=3), 4: None, 5: None}
    pages = []
    for n, at in ages.items():
        own = {4: MAY, 5: MAY - timedelta(days=60)}.get(n)
        pages.append((site.put(f"/{n}.html", page(n, own)), at))
    may = site.put("/may.xml", urlset(*pages))
    old = site.put("/old.xml", urlset((site.url("/9.html"), None)))
    return site.put("/index.xml", index((may, MAY), (old, MAY - timedelta(days=400))))


def test_of_a_sitemap_the_pages_of_the_window_are_fetched_once(desk: Desk, site: Site) -> None:
    desk.declare("map", kind="sitemap", url=sitemaps(site), **POLITE)
    told = foretold(desk.given("map"))
    assert (told["stories"], told["partitions"]) == (4, 2)
    found = desk.backfill("map")
    # 1 and 2 are of May by the sitemap, 4 by its own time; 5 is not, 3 and /old.xml are not asked
    assert desk.titles() == [f"Ferry {n} leaves" for n in (1, 2, 4)]
    assert (found["dropped"], site.asked["/3.html"], site.asked["/old.xml"]) == (1, 0, 0)
    asked = site.asked.copy()
    assert desk.backfill("map")["run"] is None
    assert site.asked == asked
    again = desk.backfill("map", anew=True)
    assert (again["new_stories"], site.asked["/1.html"], site.asked["/4.html"]) == (0, 1, 1)


def test_what_is_down_is_left_for_another_run_and_asked_alone(
    desk: Desk, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.declare("map", kind="sitemap", url=sitemaps(site), **POLITE)
    site.down = {"/2.html"}
    assert backfill_source(desk.given("map"), dry_run=False, as_json=False) == 1
    assert "run it again" in capsys.readouterr().out
    assert len(desk.titles()) == 2
    site.down = set()
    found = desk.backfill("map")
    assert (found["new_stories"], found["waiting"], site.asked["/1.html"]) == (1, 0, 1)
    assert len(desk.titles()) == 3


def test_a_list_that_does_not_come_plans_nothing(desk: Desk, site: Site) -> None:
    desk.declare("map", kind="sitemap", url=sitemaps(site), **POLITE)
    site.down = {"/may.xml"}
    with pytest.raises(Temporary):
        desk.backfill("map")
    with pytest.raises(UserError, match="nothing is planned yet, run it again"):
        backfill_source(desk.given("map"), dry_run=False, as_json=False)
    assert desk.rows("SELECT count(*) FROM ops.partitions") == [(0,)]


def test_a_list_under_an_index_that_is_gone_is_named(
    desk: Desk, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    root = sitemaps(site)
    site.put("/index.xml", index((site.url("/may.xml"), MAY), (site.url("/gone.xml"), MAY)))
    desk.declare("map", kind="sitemap", url=root, **POLITE)
    assert backfill_source(desk.given("map"), dry_run=False, as_json=True) == 1
    found = orjson.loads(capsys.readouterr().out)
    assert "/gone.xml: HTTP 404" in found["unread"][0]
    assert found["new_stories"] == 3


def test_of_a_list_of_pages_each_pages_own_time_decides(desk: Desk, site: Site) -> None:
    urls = [
        site.put(f"/{n}.html", page(n, MAY - timedelta(days=day))) for n, day in ((1, 0), (2, 40))
    ]
    desk.declare("list", kind="pages", url=site.put("/list.txt", "\n".join(urls)), **POLITE)
    found = desk.backfill("list")
    assert (desk.titles(), found["dropped"]) == (["Ferry 1 leaves"], 1)
    april = desk.backfill("list", first="2026-03-01", last="2026-04-30")
    assert april["new_stories"] == 1
    assert site.asked["/1.html"] == 1  # a version has it


def archived(site: Site) -> str:
    """A feed whose archive goes back month by month; of its entries 2 and 5 are teasers."""

    def entry(n: int, at: datetime, body: str) -> str:
        link = site.url(f"/{n}.html")
        return (
            f"<entry><id>hw-{n}</id><title>Ferry {n} leaves</title><link href='{link}'/>"
            f"<published>{at.isoformat()}</published><content type='text'>{body}</content></entry>"
        )

    def feed(older: str, *entries: str) -> str:
        link = f"<link rel='prev-archive' href='{older}'/>" if older else ""
        return (
            f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Harbour</title>{link}"
            f"{''.join(entries)}</feed>"
        )

    for n in (2, 5):
        site.put(f"/{n}.html", page(n))
    whole = {n: "".join(copy(n)) for n in range(1, 8)}
    site.put("/a4.xml", feed("", entry(7, MAY - timedelta(days=90), whole[7])))
    before = [entry(n, MAY - timedelta(days=20 + n), whole[n]) for n in (5, 6)]
    site.put("/a3.xml", feed("/a4.xml", *before))
    mixed = entry(3, MAY, whole[3]), entry(4, MAY - timedelta(days=5), whole[4])
    site.put("/a2.xml", feed("/a3.xml", *mixed))
    june = entry(1, MAY + timedelta(days=40), whole[1])
    return site.put("/feed.xml", feed("/a2.xml", june, entry(2, MAY, "Ferry 2 left …")))


def test_a_feeds_archive_is_read_back_to_the_window(desk: Desk, site: Site) -> None:
    desk.declare("feed", kind="feed", url=archived(site), **POLITE)
    told = foretold(desk.given("feed"))
    assert (told["stories"], told["partitions"]) == (2, 3)
    site.asked.clear()
    found = desk.backfill("feed")
    assert desk.titles() == ["Ferry 2 leaves", "Ferry 3 leaves"]
    assert desk.rows("SELECT count(*) FROM wire.versions WHERE body LIKE '%barley%'") == [(2,)]
    assert (found["loaded"], found["dropped"], found["waiting"]) == (3, 4, 0)
    assert site.asked["/a4.xml"] == 0
    assert set(site.asked.values()) == {1}
    assert desk.backfill("feed")["run"] is None
    assert set(site.asked.values()) == {1}


def test_a_feeds_archive_is_gone_on_with_at_the_page_where_it_stopped(
    desk: Desk, site: Site
) -> None:
    desk.declare("feed", kind="feed", url=archived(site), **POLITE)
    with pytest.raises(KeyboardInterrupt):
        backfill(desk.given("feed"), _stop)
    found = desk.backfill("feed")
    assert (found["before"], found["loaded"], len(desk.titles())) == (1, 2, 2)
    assert set(site.asked.values()) == {1}


def _stop(_: Progress) -> None:
    raise KeyboardInterrupt


def test_a_page_of_an_entry_that_is_down_is_asked_for_again(desk: Desk, site: Site) -> None:
    desk.declare("feed", kind="feed", url=archived(site), **POLITE)
    site.down = {"/2.html"}
    found = desk.backfill("feed")
    assert (desk.titles(), found["waiting"]) == (["Ferry 3 leaves"], 1)
    site.down = set()
    found = desk.backfill("feed")
    assert (desk.titles(), found["waiting"]) == (["Ferry 2 leaves", "Ferry 3 leaves"], 0)
    assert (site.asked["/a2.xml"], site.asked["/feed.xml"]) == (1, 2)


def test_a_feeds_sitemap_brings_what_its_archive_has_not(desk: Desk, site: Site) -> None:
    root = archived(site)
    found = [(site.url("/3.html"), MAY), (site.put("/8.html", page(8)), MAY)]
    site.put("/3.html", page(3))
    desk.declare(
        "feed", kind="feed", url=root, sitemap=site.put("/map.xml", urlset(*found)), **POLITE
    )
    desk.backfill("feed")
    assert desk.titles() == ["Ferry 2 leaves", "Ferry 3 leaves", "Ferry 8 leaves"]
    assert site.asked["/3.html"] == 0  # the archive had brought it


def test_live_polling_takes_in_what_a_backfill_left_out(desk: Desk, site: Site) -> None:
    from wiredesk.commands import run_sources

    desk.declare("feed", kind="feed", url=archived(site), **POLITE)
    desk.backfill("feed")
    run_sources(
        *(str(desk.sources), (), str(desk.warehouse), 1), every=True, as_json=True, highlights=False
    )
    assert desk.titles() == [f"Ferry {n} leaves" for n in (1, 2, 3)]


def test_an_archive_is_not_polled(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    from wiredesk.commands import run_sources

    desk.dump(days(3))
    done = run_sources(
        *(str(desk.sources), (), str(desk.warehouse), 1), every=True, as_json=True, highlights=False
    )
    assert (done, orjson.loads(capsys.readouterr().out)["sources"]) == (0, [])
