"""Polling end to end: a small web on loopback, a warehouse file, an archive, a clock of our own."""

from __future__ import annotations

import asyncio
import os
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests import hostile
from tests.hostile import Asked, HostileWeb, Names, answer
from wiredesk.errors import FetchError, Permanent
from wiredesk.fetch import fetching as fetching_module
from wiredesk.fetch.archive import Archive
from wiredesk.fetch.fetching import Ask, Fetching
from wiredesk.fetch.http import Web
from wiredesk.formats.followed import merged
from wiredesk.ingest import Run, new_run_id
from wiredesk.match.listing import Listing, elsewhere, site
from wiredesk.model import Capture, DateFound, Item, Source, Validators
from wiredesk.parallel import Workers
from wiredesk.polling import Polling
from wiredesk.warehouse import Ledger, Warehouse, checks

HOST = "wire.example"
HOUR = timedelta(hours=1)
#: the loads stamp their rows by the real clock, so ours starts there
START = datetime.now(UTC).replace(microsecond=0)


class Site:
    """What the web says at each path of ours; a change is there at the next request."""

    def __init__(self, web: HostileWeb) -> None:
        self.web = web
        self.before = dict(hostile.BEHAVIOURS)  #: what it says when we are gone

    def put(
        self,
        path: str,
        body: str | bytes = "",
        status: int = 200,
        *,
        etag: bool = True,
        **more: str,
    ) -> None:
        """Answer `path` so from now on, with an ETag (and 304s) unless told otherwise."""
        raw = body.encode() if isinstance(body, str) else body
        mark = f'"{hash(raw)}"'

        async def behave(_: HostileWeb, writer: asyncio.StreamWriter, asked: Asked) -> None:
            same = etag and asked.headers.get("if-none-match") == mark
            answer(writer, raw, 304 if same else status, **({"etag": mark} if etag else {}), **more)

        hostile.BEHAVIOURS[path] = behave

    def url(self, path: str, host: str = HOST) -> str:
        return self.web.url(path, host)


class Desk:
    """A warehouse file and an archive in a folder, and the hour."""

    def __init__(self, folder: Path, site: Site) -> None:
        self.folder, self.site, self.at = folder, site, START
        self.warehouse = Warehouse(str(folder / "wire.duckdb"))
        self.warehouse.sql("SET threads = 1")  # a handful of rows: threads only cost

    def source(self, path: str = "/feed.xml", kind: str = "feed", **more: Any) -> Source:
        """A source of that path, for which nothing is slowed down."""
        row = {"id": path.strip("/").partition(".")[0], "url": self.site.url(path), "delay": 0.0}
        row |= {"format": "feed" if kind == "feed" else None, "robots": False, "allow": (HOST,)}
        return Source(kind=kind, **{**row, **more})

    def poll(self, *sources: Source, every: bool = True) -> dict[str, Ledger]:
        """One pass, an hour after the last."""
        self.at += HOUR
        with Archive(self.folder / "archive", now=lambda: self.at) as archive, Workers(1) as crew:
            run = Run(new_run_id(self.at), self.warehouse, archive, crew)
            self.warehouse.begin_run(run.id, "run", self.at)
            polling = Polling(run, self.web, lambda: self.at, chance=lambda: 0.0)
            return polling.poll(sources, "named" if every else "due")

    def web(self) -> Web:
        return Web(contact="https://desk.example", now=lambda: self.at, resolve=Names())

    def rows(self, statement: str, *bound: Any) -> list[tuple[Any, ...]]:
        return self.warehouse.sql(statement, *bound)

    def titles(self) -> set[str]:
        return {row[0] for row in self.rows("SELECT headline FROM mart.current_stories")}

    def last_poll(self, columns: str) -> tuple[Any, ...]:
        (row,) = self.rows(f"SELECT {columns} FROM ops.polls ORDER BY polled_at DESC LIMIT 1")  # noqa: S608
        return row

    def rejects(self) -> list[str]:
        return [code for (code,) in self.rows("SELECT code FROM ops.rejects ORDER BY code")]


@pytest.fixture(scope="module")
def web() -> Iterator[HostileWeb]:
    with hostile.serving() as web:
        yield web


@pytest.fixture
def site_(web: HostileWeb) -> Iterator[Site]:
    web.asked.clear()
    found = Site(web)
    yield found
    hostile.BEHAVIOURS.clear()
    hostile.BEHAVIOURS.update(found.before)


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty warehouse file: to migrate one for each test would take half of their time."""
    path = tmp_path_factory.mktemp("blank") / "wire.duckdb"
    with Warehouse(str(path)):
        pass
    return path


@pytest.fixture
def desk(site_: Site, blank: Path, tmp_path: Path) -> Iterator[Desk]:
    shutil.copy(blank, tmp_path)
    desk = Desk(tmp_path, site_)
    yield desk
    with desk.warehouse:  # whatever a test did, the ledger balances and all checks pass
        assert {name: desk.warehouse.offenders(name)[1] for name in checks()} == {
            name: [] for name in checks()
        }


def copy(n: int, more: str = "") -> str:
    """Whole copy of a story, signed off."""
    return (
        f"<p>PORT ELLEN (Harbour Wire) - Ferry number {n} left the quay on time. {more}</p>"
        f"<p>It carried {n} lorries of barley, the harbour master said.</p>"
        "<p>(Reporting by Ana Ruiz in Port Ellen)</p>"
    )


def entry(
    n: int, desk: Desk, *, body: str | None = None, guid: str | None = None, date: str = ""
) -> str:
    """An entry of a feed: whole copy, unless `body` says otherwise."""
    link = desk.site.url(f"/story/{n}.html")
    return (
        f"<item><guid>{guid or f'hw-{n}'}</guid><title>Ferry {n} leaves</title><link>{link}</link>"
        f"<description><![CDATA[{copy(n) if body is None else body}]]></description>"
        f"{f'<pubDate>{date}</pubDate>' if date else ''}</item>"
    )


def teaser(n: int, desk: Desk, **more: str) -> str:
    return entry(n, desk, body=f"Ferry number {n} left the quay …", **more)


def feed(*entries: str, head: str = "") -> str:
    inside = f"<title>Harbour Wire</title>{head}{''.join(entries)}"
    return f"<rss version='2.0'><channel>{inside}</channel></rss>"


def page(n: int, more: str = "", head: str = "") -> str:
    """The page of a story."""
    return (
        f"<!doctype html><html><head><title>Ferry {n} leaves</title>"
        f"<meta property='og:type' content='article'>{head}</head><body><article>"
        f"<h1>Ferry {n} leaves</h1>{copy(n, more)}"
        "<p>The next one was due before nightfall, when the tide would have turned again.</p>"
        "</article></body></html>"
    )


def sitemap(desk: Desk, *pages: tuple[int, datetime]) -> str:
    rows = "".join(
        f"<url><loc>{desk.site.url(f'/story/{n}.html')}</loc><lastmod>{at.isoformat()}</lastmod></url>"
        for n, at in pages
    )
    return f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{rows}</urlset>"


def put_pages(desk: Desk, *numbers: int) -> None:
    for n in numbers:
        desk.site.put(f"/story/{n}.html", page(n), content_type="text/html; charset=utf-8")


def asked(desk: Desk, n: int) -> int:
    return desk.site.web.times(f"/story/{n}.html")


# -- cursors


def test_a_304_never_hides_a_body_that_was_not_saved(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.site.put("/feed.xml", feed(entry(1, desk), entry(2, desk)))
    with monkeypatch.context() as broken, pytest.raises(RuntimeError, match="power cut"):
        broken.setattr(Warehouse, "_decide", _power_cut)
        desk.poll(desk.source())
    assert desk.rows("SELECT count(*) FROM raw.captures") == [(1,)]
    assert desk.rows("SELECT count(*) FROM ops.cursors") == [(0,)]
    assert desk.poll(desk.source())["feed"].new_stories == 2
    assert desk.poll(desk.source()) == {"feed": Ledger()}
    assert desk.last_poll("outcome") == ("unchanged",)


def _power_cut(*_: object) -> None:
    raise RuntimeError("power cut")


def test_the_cursor_of_a_feed_waits_for_the_last_page_that_its_entries_lead_to(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.site.put("/feed.xml", feed(entry(1, desk), teaser(2, desk)))
    put_pages(desk, 2)
    with monkeypatch.context() as broken, pytest.raises(RuntimeError, match="power cut"):
        broken.setattr(Run, "follow", _power_cut)
        desk.poll(desk.source())
    assert desk.titles() == {"Ferry 1 leaves"}
    assert desk.rows("SELECT count(*) FROM ops.cursors") == [(0,)]
    ledger = desk.poll(desk.source())["feed"]
    assert (ledger.new_stories, ledger.duplicates) == (1, 1)
    assert desk.titles() == {"Ferry 1 leaves", "Ferry 2 leaves"}


def test_a_gap_whose_filling_was_cut_short_is_found_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = desk.source(sitemap=desk.site.url("/map.xml"))
    desk.site.put("/feed.xml", feed(entry(1, desk)))
    desk.poll(source)
    desk.site.put("/feed.xml", feed(entry(4, desk)))
    desk.site.put("/map.xml", sitemap(desk, (3, desk.at)))
    put_pages(desk, 3)
    with monkeypatch.context() as broken, pytest.raises(RuntimeError, match="power cut"):
        broken.setattr(Polling, "_fill", _power_cut)
        desk.poll(source)
    desk.poll(source)
    assert desk.titles() == {"Ferry 1 leaves", "Ferry 4 leaves", "Ferry 3 leaves"}
    assert desk.rows("SELECT listed, filled FROM ops.gaps") == [(1, 1)]


# -- follow


def test_a_teaser_is_followed_to_its_page_once_and_counts_as_a_duplicate_after(desk: Desk) -> None:
    put_pages(desk, 1, 2)
    desk.site.put("/feed.xml", feed(teaser(1, desk)))
    assert desk.poll(desk.source())["feed"] == Ledger(listed=1, new_stories=1)
    ((body, said),) = desk.rows("SELECT body, provenance FROM wire.versions")
    assert "lorries of barley" in body
    assert said["id"] == "guid"
    assert said["body"].startswith("page ")
    desk.site.put("/feed.xml", feed(teaser(2, desk), teaser(1, desk)))
    assert desk.poll(desk.source())["feed"] == Ledger(listed=2, new_stories=1, duplicates=1)
    assert (asked(desk, 1), asked(desk, 2)) == (1, 1)
    desk.site.put("/feed.xml", feed(teaser(2, desk, date="Mon, 04 May 2026 10:00:00 GMT")))
    desk.poll(desk.source())
    assert asked(desk, 2) == 2, "an entry that changed is followed again"


def test_dates_of_entry_and_page_are_all_kept_and_the_doubtful_ones_flagged(desk: Desk) -> None:
    stamp = "<meta property='article:published_time' content='{}'>"
    desk.site.put("/story/1.html", page(1, head=stamp.format("2026-05-04T09:30:00+02:00")))
    desk.site.put("/story/2.html", page(2, head=stamp.format("2091-01-01T00:00:00Z")))
    dated = teaser(1, desk, date="Mon, 04 May 2026 05:00:00")
    desk.site.put("/feed.xml", feed(dated, teaser(2, desk)))
    desk.poll(desk.source())
    dates = desk.rows(
        "SELECT d.origin LIKE 'page %', d.zoneless, d.future, d.instant = v.published_at "
        "FROM wire.dates AS d JOIN wire.versions AS v USING (version_id) ORDER BY v.headline, d.seq"
    )
    assert dates == [
        (False, True, False, False),  # printed without a zone, it gives way to the page's
        (True, False, False, True),
        (True, False, True, True),
    ]


def test_a_page_that_fails_is_asked_for_in_three_polls_and_the_entry_stands(desk: Desk) -> None:
    desk.site.put("/feed.xml", feed(teaser(1, desk)))
    desk.site.put("/story/1.html", "", 503, etag=False)
    for _ in range(5):
        desk.poll(desk.source())
    assert asked(desk, 1) == 3
    assert desk.rows("SELECT code FROM ops.issues WHERE code = 'not_followed'") == [
        ("not_followed",)
    ]
    assert desk.last_poll("outcome") == ("unchanged",)
    assert desk.rows("SELECT count(*) FROM ops.cursors") == [(1,)]


def test_a_page_that_comes_at_the_second_try_gives_the_story_its_body(desk: Desk) -> None:
    desk.site.put("/feed.xml", feed(teaser(1, desk)))
    desk.site.put("/story/1.html", "", 503, etag=False)
    desk.poll(desk.source())
    put_pages(desk, 1)
    assert desk.poll(desk.source())["feed"].new_versions == 1
    assert "barley" in desk.rows("SELECT body FROM mart.current_stories")[0][0]


def test_an_entry_stands_where_its_page_holds_no_story(desk: Desk) -> None:
    desk.site.put("/feed.xml", feed(teaser(1, desk)))
    desk.site.put("/story/1.html", hostile.CONSENT, content_type="text/html")
    assert desk.poll(desk.source())["feed"].new_stories == 1
    assert desk.titles() == {"Ferry 1 leaves"}
    assert desk.rows("SELECT count(*) FROM ops.issues WHERE code = 'not_followed'") == [(1,)]


def test_sources_may_have_their_entries_always_or_never_followed(desk: Desk) -> None:
    put_pages(desk, 1, 2)
    desk.site.put("/never.xml", feed(teaser(1, desk)))
    desk.site.put("/always.xml", feed(entry(2, desk)))
    desk.poll(
        desk.source("/never.xml", follow="never"), desk.source("/always.xml", follow="always")
    )
    assert (asked(desk, 1), asked(desk, 2)) == (0, 1)


NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def _item(at: datetime | None, *, zoneless: bool = False, **more: Any) -> Item:
    dates = (DateFound("published", "pubDate", "", at, zoneless),) if at else ()
    return Item("s", "feed", 0, "1", "", published=at, dates=dates, **more)


def test_the_earlier_time_is_the_publication_unless_its_zone_is_a_guess() -> None:
    before = NOON - HOUR
    assert merged(_item(NOON), _item(before)).published == before
    assert merged(_item(before), _item(NOON)).published == before
    assert merged(_item(before, zoneless=True), _item(NOON)).published == NOON
    assert merged(_item(None), _item(NOON)).published == NOON
    assert merged(_item(None), _item(None)).published is None


def test_each_field_says_whether_it_is_the_entrys_or_the_pages() -> None:
    mine = _item(NOON, title="T", byline="Ana Ruiz", provenance=(("published", "pubDate"),))
    theirs = _item(None, title="U", provenance=(("headline", "h1"), ("body", "article, utf-8")))
    assert dict(merged(mine, theirs).provenance) == {
        "published": "pubDate", "headline": "page h1", "body": "page article, utf-8",
    }  # fmt: skip
    assert merged(mine, theirs).byline == "Ana Ruiz"


# -- gaps


def _gapped(desk: Desk, **more: Any) -> Source:
    """A source whose next poll shares nothing with its last."""
    source = desk.source(**more)
    desk.site.put("/feed.xml", feed(*(entry(n, desk) for n in (1, 2))))
    desk.poll(source)
    desk.site.put("/feed.xml", feed(*(entry(n, desk) for n in (5, 6))))
    return source


def test_two_polls_that_share_no_story_are_a_gap_also_without_a_sitemap(desk: Desk) -> None:
    source = _gapped(desk)
    (before,) = desk.last_poll("interval_s")
    desk.poll(source)
    assert desk.last_poll("gap, shared, outcome") == (True, 0, "new")
    assert desk.last_poll("interval_s")[0] < before
    assert desk.rows("SELECT sitemap, listed, filled FROM ops.gaps") == [(None, 0, 0)]


def test_a_gap_is_filled_with_the_pages_of_its_time_that_are_missing(desk: Desk) -> None:
    source = _gapped(desk, sitemap=desk.site.url("/index.xml"))
    children = f"<sitemap><loc>{desk.site.url('/map.xml')}</loc></sitemap>"
    desk.site.put("/index.xml", f"<sitemapindex>{children}</sitemapindex>")
    old = desk.at - timedelta(days=9)
    now = desk.at
    rows = ((9, old), (2, now), (3, now), (4, now), (5, now), (7, now))
    desk.site.put("/map.xml", sitemap(desk, *rows))
    put_pages(desk, 2, 3, 4, 5, 9)
    ledger = desk.poll(source)["feed"]
    assert (ledger.new_stories, ledger.rejected) == (4, 1)
    assert [asked(desk, n) for n in (2, 3, 4, 5, 7, 9)] == [0, 1, 1, 0, 1, 0]
    assert desk.titles() >= {"Ferry 3 leaves", "Ferry 4 leaves"}
    assert desk.rows("SELECT listed, filled, detail FROM ops.gaps") == [
        (5, 2, "1 pages did not come")
    ]
    assert desk.last_poll("gap, listed, new") == (True, 2, 2)
    assert desk.rows("SELECT count(*) FROM raw.captures WHERE contains(locator, 'map.xml')") == [
        (1,)
    ], "sitemaps land as all payloads do"
    assert desk.poll(source)["feed"] == Ledger()
    assert len(desk.rows("FROM ops.gaps")) == 1


def test_a_gap_reaches_back_to_the_last_poll_that_went_well(desk: Desk) -> None:
    source = _gapped(desk, sitemap=desk.site.url("/map.xml"))
    well = desk.at
    recovered = feed(entry(5, desk))
    desk.site.put("/feed.xml", "", 503, etag=False)
    for _ in range(4):
        desk.poll(source)
    desk.site.put("/feed.xml", recovered)
    desk.site.put("/map.xml", sitemap(desk, (3, well + HOUR / 2)))
    put_pages(desk, 3)
    desk.poll(source)
    assert desk.rows("SELECT since, filled FROM ops.gaps") == [(well, 1)]


def test_a_sitemap_that_cannot_be_had_leaves_the_gap_on_record(desk: Desk) -> None:
    source = _gapped(desk, sitemap=desk.site.url("/status/500"))
    desk.poll(source)
    ((detail,),) = desk.rows("SELECT detail FROM ops.gaps")
    assert "500" in detail


def test_new_ids_for_unchanged_copy_are_neither_news_nor_a_gap(desk: Desk) -> None:
    put_pages(desk, 3)
    before = [entry(1, desk), entry(2, desk), teaser(3, desk)]
    desk.site.put("/feed.xml", feed(*before))
    assert desk.poll(desk.source())["feed"].new_stories == 3
    after = [text.replace("<guid>hw-", "<guid>new-system-") for text in before]
    desk.site.put("/feed.xml", feed(*after))
    assert desk.poll(desk.source())["feed"] == Ledger(listed=3, duplicates=3)
    assert desk.last_poll("gap, shared") == (False, 3)
    assert desk.rows("SELECT count(*) FROM wire.versions") == [(3,)]


# -- sitemaps and lists


def test_a_sitemap_brings_new_pages_once_and_changed_ones_again(desk: Desk) -> None:
    source = desk.source("/map.xml", "sitemap")
    put_pages(desk, 1, 2, 3)
    desk.site.put("/map.xml", sitemap(desk, (1, desk.at), (2, desk.at)))
    assert desk.poll(source)["map"].new_stories == 2
    assert desk.poll(source)["map"] == Ledger()
    desk.site.put("/story/2.html", page(2, "Then it came back."))
    desk.site.put("/map.xml", sitemap(desk, (1, START), (2, desk.at + HOUR / 2), (3, desk.at)))
    ledger = desk.poll(source)["map"]
    assert (ledger.new_stories, ledger.new_versions) == (1, 1)
    assert [asked(desk, n) for n in (1, 2, 3)] == [1, 2, 1]


def test_a_page_of_a_sitemap_that_fails_is_tried_in_three_polls_and_no_cursor_hides_it(
    desk: Desk,
) -> None:
    source = desk.source("/map.xml", "sitemap")
    put_pages(desk, 1)
    desk.site.put("/map.xml", sitemap(desk, (1, desk.at), (2, desk.at)))
    desk.site.put("/story/2.html", "", 500, etag=False)
    for _ in range(5):
        desk.poll(source)
    assert (asked(desk, 1), asked(desk, 2)) == (1, 3)
    assert desk.rows("SELECT count(*) FROM ops.polls WHERE outcome <> 'unchanged'") == [(1,)]
    conditional = [a for a in desk.site.web.asked if a.headers.get("if-none-match")]
    assert [a.target for a in conditional] == ["/map.xml"], "only after the third try"


def test_what_one_poll_has_no_room_for_comes_with_the_next(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wiredesk.polling.PAGES_A_POLL", 3)
    source = desk.source("/map.xml", "sitemap")
    put_pages(desk, 1, 2, 3, 4)
    desk.site.put("/map.xml", sitemap(desk, *((n, desk.at) for n in (1, 2, 3, 4))))
    found = [desk.poll(source)["map"].new_stories for _ in range(3)]
    assert found == [2, 2, 0]


def test_the_sitemaps_of_an_index_are_looked_at_though_the_index_stays_as_it_is(
    desk: Desk,
) -> None:
    source = desk.source("/index.xml", "sitemap")
    locs = "".join(
        f"<sitemap><loc>{desk.site.url(path)}</loc></sitemap>"
        for path in ("/map.xml", "/other.xml", "/status/404", "/index.xml")
    )
    desk.site.put("/index.xml", f"<sitemapindex>{locs}</sitemapindex>")
    desk.site.put("/map.xml", sitemap(desk, (1, desk.at)))
    desk.site.put("/other.xml", sitemap(desk, (1, desk.at)))
    put_pages(desk, 1, 2)
    assert desk.poll(source)["index"].new_stories == 1
    assert desk.last_poll("outcome") == ("new",)
    desk.site.put("/map.xml", sitemap(desk, (1, START), (2, desk.at)))
    assert desk.poll(source)["index"].new_stories == 1
    assert (asked(desk, 1), asked(desk, 2)) == (1, 1)


def test_each_page_of_a_list_is_asked_for_conditionally(desk: Desk) -> None:
    source = desk.source("/list.txt", "pages")
    put_pages(desk, 1, 2, 3)
    desk.site.put("/list.txt", "# ours\nstory/1.html\n\n/story/2.html\nhttp://[bad/\n")
    assert desk.poll(source)["list"].new_stories == 2
    desk.site.put("/story/2.html", page(2, "Then it came back."))
    assert desk.poll(source)["list"] == Ledger(listed=1, new_versions=1)
    assert desk.last_poll("outcome, listed") == ("new", 2)
    desk.site.put("/list.txt", "story/3.html\n")
    assert desk.poll(source)["list"] == Ledger(listed=1, new_stories=1)
    assert asked(desk, 1) == 2


@pytest.mark.parametrize("kind", ["pages", "sitemap"])
def test_a_page_in_place_of_a_list_is_an_error_and_none_of_its_lines_an_address(
    desk: Desk, kind: str
) -> None:
    desk.site.put("/list.txt", hostile.CONSENT.replace(b">", b">\n"), content_type="text/html")
    desk.poll(desk.source("/list.txt", kind))
    assert desk.last_poll("outcome") == ("soft",)
    assert desk.rejects() == ["not_a_list" if kind == "pages" else "html_not_sitemap"]
    assert len(desk.site.web.asked) == 1


# -- something else in place of a feed


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (hostile.CONSENT, "consent_page"),
        (page(1).encode(), "html_not_feed"),
        (b"", "soft"),
        (b"Service will be back soon.\n", "not_a_feed"),
        (hostile.LAUGHS, "entity_bomb"),
        (hostile.ENTITY, "external_entity"),
    ],
)
def test_what_is_no_feed_fails_each_time_it_is_sent_until_the_feed_is_back(
    desk: Desk, body: bytes, code: str
) -> None:
    sound = feed(entry(1, desk))
    desk.site.put("/feed.xml", sound)
    desk.poll(desk.source())
    desk.site.put("/feed.xml", body)
    for failures in (1, 2):
        assert desk.poll(desk.source())["feed"].rejected == 1
        assert desk.last_poll("outcome, failures, gap") == ("soft", failures, False)
    assert desk.rejects() == [code]
    assert ("empty" if code == "soft" else code) in desk.last_poll("detail")[0]
    assert desk.rows("SELECT count(*) FROM ops.cursors") == [(1,)]
    desk.site.put("/feed.xml", feed(entry(1, desk), entry(2, desk)))
    assert desk.poll(desk.source())["feed"] == Ledger(listed=2, new_stories=1, duplicates=1)
    assert desk.last_poll("outcome, failures, shared") == ("new", 0, 1)


def test_a_feed_without_entries_is_no_error(desk: Desk) -> None:
    desk.site.put("/feed.xml", feed())
    desk.poll(desk.source())
    assert desk.last_poll("outcome, listed") == ("new", 0)


def test_another_sites_feed_is_kept_and_not_believed_before_its_third_poll(desk: Desk) -> None:
    desk.site.put("/feed.xml", feed(entry(1, desk), entry(2, desk)))
    desk.poll(desk.source())
    strange = [entry(n, desk).replace(HOST, "pills.test") for n in (8, 9)]
    desk.site.put("/feed.xml", feed(*strange))
    for _ in range(2):
        assert desk.poll(desk.source())["feed"].rejected == 1
        assert desk.last_poll("outcome, detail") == ("soft", "another site's feed")
    assert desk.titles() == {"Ferry 1 leaves", "Ferry 2 leaves"}
    assert desk.rejects() == ["another_site"]
    assert desk.rows("SELECT count(*) FROM raw.captures") == [(2,)]
    assert desk.poll(desk.source())["feed"].new_stories == 2
    assert desk.last_poll("outcome, gap") == ("new", True)
    assert desk.poll(desk.source())["feed"] == Ledger()


def test_another_sites_feed_that_goes_away_again_must_start_anew(desk: Desk) -> None:
    ours, strange = feed(entry(1, desk)), feed(entry(8, desk).replace(HOST, "pills.test"))
    for body in (ours, strange, strange, ours, strange, strange):
        desk.site.put("/feed.xml", body, etag=False)
        desk.poll(desk.source())
    outcomes = desk.rows("SELECT outcome FROM ops.polls ORDER BY polled_at")
    assert [row[0] for row in outcomes] == ["new", "soft", "soft", "unchanged", "soft", "soft"]


def _listing(*links: str, ids: Sequence[int] = ()) -> Listing:
    return Listing(frozenset(), frozenset(ids), frozenset(links))


def test_a_feed_is_anothers_if_it_shares_neither_site_nor_identity() -> None:
    ours = _listing("http://www.a.co.uk/1", "http://www.a.co.uk/2", "http://b.test/", ids=[1, 2])
    assert elsewhere(["http://c.test/1"], [7], ours) == "c.test"
    assert elsewhere(["http://c.co.uk/1"], [7], ours) == "c.co.uk"
    assert elsewhere(["http://news.a.co.uk/9"], [7], ours) is None
    assert elsewhere(["http://c.test/1", "http://b.test/3"], [7], ours) is None
    assert elsewhere(["http://c.test/1"], [2], ours) is None, "a move keeps its ids"
    assert elsewhere([], [7], ours) is None
    no_home = _listing("http://a.test/", "http://b.test/", "http://c.test/")
    assert elsewhere(["http://d.test/1"], [7], no_home) is None, "a list of links to everywhere"


def test_the_site_of_an_address_is_its_registered_name() -> None:
    assert site("https://www.srf.ch/a") == site("https://news.srf.ch/b") == "srf.ch"
    assert site("http://a.b.com.au:80/") == "b.com.au"
    assert site("http://127.0.0.1:99/") == "127.0.0.1"
    assert site("http://127.0.0.2/") == "127.0.0.2"
    assert site("http://[bad/") is site("mailto:a@b.c") is None


# -- moves, refusals, waits


def test_a_permanent_move_is_followed_once_it_has_stood_for_a_week(desk: Desk) -> None:
    desk.site.put("/new.xml", feed(entry(1, desk)))
    desk.site.put("/feed.xml", "", 301, etag=False, location="/new.xml")
    desk.poll(desk.source())
    desk.at += timedelta(days=6)
    desk.poll(desk.source())
    assert desk.last_poll("url") == (desk.site.url("/feed.xml"),)
    desk.at += timedelta(days=1)
    desk.poll(desk.source())
    assert desk.last_poll("url, outcome") == (desk.site.url("/new.xml"), "unchanged")
    assert len(desk.rows("FROM ops.redirects")) == 1


def test_a_move_is_dropped_when_the_address_answers_by_itself_again(desk: Desk) -> None:
    desk.site.put("/new.xml", feed(entry(1, desk)))
    desk.site.put("/feed.xml", "", 301, etag=False, location="/new.xml")
    desk.poll(desk.source())
    desk.site.put("/feed.xml", feed(entry(1, desk)))
    desk.poll(desk.source())
    desk.at += timedelta(days=8)
    desk.poll(desk.source())
    assert desk.last_poll("url") == (desk.site.url("/feed.xml"),)
    targets = desk.rows("SELECT target FROM ops.redirects ORDER BY seen_at")
    assert targets == [(desk.site.url("/new.xml"),), (None,)]


def test_a_feed_that_is_sent_to_the_front_page_for_ever_has_not_moved_there(desk: Desk) -> None:
    desk.site.put("/front.html", page(1), content_type="text/html")
    desk.site.put("/feed.xml", "", 301, etag=False, location="/front.html")
    desk.poll(desk.source())
    assert desk.last_poll("outcome") == ("soft",)
    assert desk.rows("FROM ops.redirects") == []


def test_410_retires_a_source_until_it_is_named(desk: Desk) -> None:
    desk.site.put("/feed.xml", "", 410, etag=False)
    desk.poll(desk.source())
    assert desk.last_poll("outcome, next_at") == ("gone", None)
    desk.at += timedelta(days=999)
    assert desk.poll(desk.source(), every=False) == {}
    assert desk.poll(desk.source()) != {}


def test_sources_are_polled_when_they_are_due_and_not_before_retry_after(desk: Desk) -> None:
    desk.site.put("/feed.xml", "", 503, etag=False, retry_after=str(5 * 3600))
    assert desk.poll(desk.source(), every=False) != {}
    asked_at = desk.at
    (next_at,) = desk.last_poll("next_at")
    assert next_at == asked_at + 5 * HOUR
    assert desk.poll(desk.source(), every=False) == {}
    desk.at = next_at - HOUR
    assert desk.poll(desk.source(), every=False) != {}


@pytest.mark.parametrize(
    ("status", "outcome", "first", "longest"),
    [(500, "temporary", 30, 6 * 3600), (403, "soft", 1800, 86400), (404, "hard", 43200, 7 * 86400)],
)
def test_each_kind_of_failure_waits_longer_each_time(
    desk: Desk, status: int, outcome: str, first: int, longest: int
) -> None:
    desk.site.put("/feed.xml", "", status, etag=False)
    waits = []
    for _ in range(3):
        desk.poll(desk.source(min=1))
        (found, next_at) = desk.last_poll("outcome, next_at")
        assert found == outcome
        waits.append((next_at - desk.at).total_seconds())
    assert waits == [first, first * 2, first * 4]
    assert waits[-1] < longest


# -- folders


def _drop(folder: Path, name: str, text: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text)
    os.utime(folder / name, (1, 1))


def test_files_leave_the_folder_only_when_they_are_loaded(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop, done = tmp_path / "drop", tmp_path / "done"
    source = desk.source(id="drop", kind="folder", url=str(drop), done=str(done))
    _drop(drop, "a.txt", "OSLO (Harbour Wire) - A port shut.")
    _drop(drop, "b.txt", "ROME (Harbour Wire) - A fair opened.")
    with monkeypatch.context() as broken, pytest.raises(RuntimeError, match="power cut"):
        broken.setattr("wiredesk.fetch.files.moved", _power_cut)
        desk.poll(source)
    assert len(list(drop.iterdir())) == 2
    assert desk.rows("SELECT count(*) FROM wire.versions") == [(2,)]
    assert desk.poll(source)["drop"] == Ledger(listed=2, duplicates=2)
    assert (list(drop.iterdir()), len(list(done.iterdir()))) == ([], 2)
    assert desk.poll(source)["drop"] == Ledger()


def test_a_spool_is_read_in_order_and_one_bad_file_is_no_failure_of_the_source(
    desk: Desk, tmp_path: Path
) -> None:
    spool = tmp_path / "spool"
    source = desk.source(id="spool", kind="spool", url=str(spool))
    _drop(spool, "1", "\0\0\0\1\2\3" * 80)
    desk.poll(source)
    assert desk.last_poll("outcome") == ("new",)
    assert desk.rejects() == ["binary"]
    _drop(spool, "2", "OSLO (Harbour Wire) - A port shut.")
    assert desk.poll(source)["spool"].new_stories == 1


def test_a_folder_that_is_not_there_is_a_failure(desk: Desk, tmp_path: Path) -> None:
    desk.poll(desk.source(id="drop", kind="folder", url=str(tmp_path / "nowhere")))
    assert desk.last_poll("outcome, detail") == ("soft", "no such folder")


# -- sources together


def test_two_sources_of_one_payload_share_its_stories_and_its_place_in_the_archive(
    desk: Desk,
) -> None:
    body = feed(entry(1, desk, guid="https://wire.example/1"))
    desk.site.put("/a.xml", body)
    desk.site.put("/b.xml", body)
    came = desk.poll(desk.source("/a.xml"), desk.source("/b.xml"))
    assert sorted(ledger.new_stories for ledger in came.values()) == [0, 1]
    assert sum(ledger.duplicates for ledger in came.values()) == 1
    assert desk.rows("SELECT count(*) FROM raw.captures") == [(2,)]
    assert desk.rows("SELECT count(DISTINCT (archive_path, archive_offset)) FROM raw.captures") == [
        (1,)
    ]


def test_a_page_that_a_list_names_twice_under_two_addresses_is_one_story(desk: Desk) -> None:
    body = page(1, head="<link rel='canonical' href='http://wire.example/one.html'>")
    desk.site.put("/story/1.html", body)
    desk.site.put("/story/2.html", body)
    desk.site.put("/list.txt", "story/1.html\nstory/2.html\n")
    ledger = desk.poll(desk.source("/list.txt", "pages"))["list"]
    assert ledger == Ledger(listed=2, new_stories=1, duplicates=1)


def test_two_sources_of_one_host_keep_its_delay_between_them(desk: Desk) -> None:
    for name in ("/a.xml", "/b.xml"):
        desk.site.put(name, feed(entry(1, desk)))
    desk.poll(desk.source("/a.xml", delay=0.3), desk.source("/b.xml", delay=0.3))
    first, second = (a.at for a in desk.site.web.asked)
    assert second - first >= 0.29


# -- the thread


Get = Callable[[str], Capture]


class Canned(Web):
    """Answers without a network: what `get` gives for an address."""

    def __init__(self, get: Get) -> None:
        super().__init__(contact="", now=lambda: NOON)
        self._get = get

    async def get(self, _: Source, url: str, __: Validators | None = None) -> Capture:
        await asyncio.sleep(0)
        return self._get(url)


def _body(url: str, size: int = 1) -> Capture:
    return Capture("s", url, b"x" * size, NOON, url)


SOURCE = Source("s", "feed", "http://a.test/")


def _threads() -> int:
    return sum(thread.name == "web" for thread in threading.enumerate())


def test_a_bug_in_the_web_reaches_the_caller_and_the_thread_ends() -> None:
    def bug(url: str) -> Capture:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), Fetching[None](lambda: Canned(bug)) as fetching:
        fetching.ask(Ask(SOURCE, "http://a.test/", None))
        list(fetching.answers())
    assert _threads() == 0


def test_a_web_that_cannot_be_opened_is_an_error_and_not_a_wait() -> None:
    def closed() -> Web:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), Fetching[None](closed):
        pass
    assert _threads() == 0


def test_failures_are_answers_and_asks_may_be_made_while_answers_come() -> None:
    def get(url: str) -> Capture:
        if url.endswith("9"):
            raise Permanent(url, "not there")
        return _body(url)

    seen: list[str] = []
    with Fetching[int](lambda: Canned(get)) as fetching:
        fetching.ask(Ask(SOURCE, "http://a.test/0", 0))
        for batch in fetching.answers():
            for ask, found in batch:
                seen.append(type(found).__name__ if isinstance(found, FetchError) else "")
                if ask.why < 9:
                    fetching.ask(Ask(SOURCE, f"http://a.test/{ask.why + 1}", ask.why + 1))
    assert seen == [""] * 9 + ["Permanent"]
    assert fetching.outstanding == 0


def test_no_more_is_asked_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching_module, "ROOM", 1000)
    monkeypatch.setattr(fetching_module, "AT_ONCE", 5)
    got: list[str] = []

    def get(url: str) -> Capture:
        got.append(url)
        return _body(url, 100)

    with Fetching[None](lambda: Canned(get)) as fetching:
        for n in range(100):
            fetching.ask(Ask(SOURCE, f"http://{n}.test/", None))
        threading.Event().wait(0.3)
        assert 10 < len(got) <= 16, "room for ten, and those that were under way"
        assert sum(len(batch) for batch in fetching.answers()) == 100


def test_one_host_with_many_pages_leaves_room_for_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fetching_module, "AT_ONCE", 20)
    hold = asyncio.Event()

    class Slow(Canned):
        async def get(self, _: Source, url: str, __: Validators | None = None) -> Capture:
            if "busy" in url:
                await hold.wait()
            else:
                hold.set()
            return _body(url)

    with Fetching[None](lambda: Slow(_body)) as fetching:
        for n in range(50):
            fetching.ask(Ask(SOURCE, f"http://busy.test/{n}", None))
        fetching.ask(Ask(SOURCE, "http://quiet.test/", None))
        assert sum(len(batch) for batch in fetching.answers()) == 51
