"""The sources file, drop folders and spools, discovery, and lists of feeds."""

from __future__ import annotations

import asyncio
import gzip
import os
import threading
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from wiredesk import discover, places, settings, sources
from wiredesk.batch import Reject
from wiredesk.errors import Rejected, SettingsError, UserError
from wiredesk.fetch.files import arrivals, captures, moved
from wiredesk.fetch.http import Web
from wiredesk.formats.opml import Outline, read_opml, write_opml
from wiredesk.model import Capture, Json, Source
from wiredesk.sources_file import append

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
GOOD = '[sources.good]\nkind = "feed"\nurl = "https://north.example/feed"\n'
FEED = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>North &amp;amp; Co</title>
<language>en-gb</language><ttl>15</ttl>
<item><title>Ferry runs aground</title><link>https://north.example/1</link>
<pubDate>Mon, 04 May 2026 09:00:00 GMT</pubDate>
<description>OSLO (Reuters) - A ferry ran aground on Monday, the harbour master said.
&lt;p&gt;Nobody was hurt, and a tug was on its way from the next fjord, he added.&lt;/p&gt;
&lt;p&gt;(Reporting by Tove Sandvik; Editing by Per Holt)&lt;/p&gt;</description></item>
<item><title>Bridge to open</title><link>https://north.example/2</link>
<description>A bridge is to open in the spring, the council ...</description></item>
</channel></rss>"""
NEWS_MAP = b"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://north.example/1</loc>
<n:news><n:publication><n:name>North</n:name><n:language>en</n:language></n:publication>
<n:publication_date>2026-05-04</n:publication_date><n:title>Ferry</n:title></n:news></url></urlset>"""


def declared(tmp_path: Path, toml: str) -> settings.SourcesFile:
    path = tmp_path / "sources.toml"
    path.write_text(toml, "utf-8")
    return settings.sources(path)


# settings


@pytest.mark.parametrize(
    ("toml", "line", "said"),
    [
        ("kind = 'feed'", 4, "[sources.a] has no url"),
        ("kind = 'fed'\nurl = 'x'", 5, "kind = 'fed'; one of: feed, sitemap, pages, folder, spool"),
        ("kind = 'fed'\nurl = 'x'", 5, "did you mean 'feed'?"),
        ("kind = 'folder'\nurl = 'x'\nevry = 3", 7, "unknown key 'evry'; known: agency, allow"),
        ("kind = 'folder'\nurl = 'x'\nevry = 3", 7, "did you mean 'every'?"),
        ("kind = 'folder'\nurl = 'x'\nevery = '3'", 7, "every = '3' is not a whole number"),
        ("kind = 'folder'\nurl = 'x'\nevery = 5\nmin = 9", 7, "min = 9 is more than every = 5"),
        ("kind = 'folder'\nurl = 'x'\nmax = 0", 7, "seconds, from 1"),
        ("kind = 'folder'\nurl = 'x'\nrobots = 'no'", 7, "robots = 'no' is not true or false"),
        ("kind = 'folder'\nurl = 'x'\nagency = 'ruters'", 7, "unknown agency 'ruters'; one of:"),
        ("kind = 'folder'\nurl = 'x'\nformat = 'fed'", 7, "unknown format 'fed'; one of: "),
        ("kind = 'folder'\nurl = 'x'\ntz = 'Europe/Olso'", 7, "did you mean 'Europe/Oslo'?"),
        ("kind = 'folder'\nurl = 'x'\nlanguage = 'english'", 7, "2 or 3 letters"),
        ("kind = 'folder'\nurl = 'x'\nfollow = 'yes'", 7, "one of: auto, always, never"),
        ("kind = 'folder'\nurl = 'x'\ndelay = -1", 7, "delay = -1 is not seconds from 0"),
        ("kind = 'folder'\nurl = 'x'\ndelay = nan", 7, "delay = nan is not seconds from 0"),
        ("kind = 'folder'\nurl = 'x'\nconnections = 17", 7, "connections = 17 is not 1 to 16"),
        (
            "kind = 'folder'\nurl = 'x'\nallow = 'host'",
            7,
            "allow = 'host' is not a list of strings",
        ),
        ("kind = 'folder'\nurl = 'x'\nallow = ['a b']", 7, "allow has 'a b'"),
        ("kind = 'folder'\nurl = 'x'\nauth = 'basik'", 7, "basic, bearer, header NAME, query NAME"),
        ("kind = 'folder'\nurl = 'x'\nauth = 'basic'", 7, "auth needs credentials"),
        ("kind = 'feed'\nurl = 'ftp://x/y'", 6, "not an http or https address with a host"),
        ("kind = 'feed'\nurl = 'http://'", 6, "not an http or https address with a host"),
        ("kind = 'feed'\nurl = 'http://x/'\ndone = 'y'", 7, "done is for kinds folder and spool"),
        ("kind = ['feed']\nurl = 'http://x/'", 5, "kind = ['feed'] is not a string"),
    ],
)
def test_a_wrong_line_is_named_and_the_other_sources_still_run(
    tmp_path: Path, toml: str, line: int, said: str
) -> None:
    found = declared(tmp_path, f"{GOOD}[sources.a]\n{toml}\n")
    assert [source.id for source in found.sources] == ["good"]
    message = next(str(no) for no in found.errors if said in str(no))
    assert message.startswith(f"{tmp_path / 'sources.toml'}:{line}: [sources.a]")
    assert "\n" not in message


@pytest.mark.parametrize(
    ("toml", "line"),
    [
        ('[sources.a]\nkind = "folder"\nurl = "x"\nnote = """\nfast = 1\n"""\nfast = 1', 7),
        (
            "[sources.a]\nkind = 'folder'\nurl = 'x' # fast = 1\nallow = [\n'h', # fast\n]\nfast=1",
            7,
        ),
        ("sources.a.kind = 'folder'\nsources.a.url = 'x'\nsources.a.fast = 1", 3),
        ("\n[sources]\na = { kind = 'folder', url = 'x', fast = 1 }", 3),
        ("[ sources . \"a\" ]\nkind = 'folder'\nurl = 'x'\n'fast' = 1", 4),
        ("[sources.b]\nfast = 1\n[sources.a]\nkind='folder'\nurl='x'\n\"f\\u0061st\" = 1", 6),
        (
            "[sources]\n[sources.a]\nkind='folder'\r\nurl='x'\r\nallow=[['[sources.a]']]\r\nfast=1",
            6,
        ),
    ],
)
def test_the_line_is_right_however_the_toml_is_written(
    tmp_path: Path, toml: str, line: int
) -> None:
    path = tmp_path / "s.toml"
    path.write_bytes(toml.encode())
    said = [str(no) for no in settings.sources(path).errors]
    assert any(f":{line}: [sources.a] has an unknown key 'fast'" in no for no in said), said


def test_a_file_that_is_no_toml_keeps_the_line_of_its_fault(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="line 2") as no:
        declared(tmp_path, "[sources.a]\nkind = \n")
    assert "\n" not in str(no.value)


def test_an_unknown_table_is_named_with_its_line(tmp_path: Path) -> None:
    found = declared(tmp_path, f"{GOOD}\n[source.b]\nkind = 'feed'\n")
    (no,) = map(str, found.errors)
    assert ":5: unknown table 'source'; only [fetch] and [sources.ID]" in no
    assert [source.id for source in found.sources] == ["good"]


def test_the_contact_is_that_of_the_fetch_table(tmp_path: Path) -> None:
    assert declared(tmp_path, '[fetch]\ncontact = "desk@north.example"').contact == (
        "desk@north.example"
    )
    found = declared(tmp_path, '[fetch]\ncontact = "a\\r\\nX-Evil: 1"\ncontakt = 1\n')
    assert found.contact == ""
    assert [f":{n}: [fetch]" in str(no) for n, no in zip((2, 3), found.errors, strict=True)]


def test_paths_are_below_the_folder_of_the_file_and_intervals_make_room(tmp_path: Path) -> None:
    toml = "[sources.d]\nkind = 'folder'\nurl = 'drop'\ndone = '../loaded'\nevery = 30\n"
    (source,) = declared(tmp_path, toml).sources
    assert source.url == str(tmp_path / "drop")
    assert source.done == str(tmp_path.parent / "loaded")
    assert (source.min, source.every, source.max) == (30, 30, 86400)


def test_a_secret_is_read_from_the_environment_and_never_said(tmp_path: Path) -> None:
    found = declared(
        tmp_path,
        "[sources.a]\nkind='feed'\nurl='http://x.example/'\nauth='bearer'\ncredentials='A_KEY'\n"
        "[sources.b]\nkind='feed'\nurl='http://y.example/'\nauth='basic'\ncredentials='B_KEY'\n"
        "[sources.c]\nkind='feed'\nurl='http://z.example/'\nauth='basic'\ncredentials='Hunter2!'\n"
        "[sources.d]\nkind='feed'\nurl='http://me:Hunter2!@z.example/'\n"
        "[sources.e]\nkind='feed'\nurl='http://v.example/'\nauth='Hunter2!'\ncredentials='E_KEY'\n",
    )
    assert [source.id for source in found.sources] == ["a", "b"]
    assert len(found.errors) == 3
    values, missing = settings.secrets(found.sources, {"A_KEY": "s3cret", "PATH": "/bin"})
    assert values == {"a": "s3cret"}
    (no,) = map(str, missing)
    assert "[sources.b]" in no
    assert "B_KEY" in no
    said = " ".join(map(str, (*found.errors, *missing)))
    assert "Hunter2" not in said
    assert "s3cret" not in said


# folders and spools


def drop(path: Path, text: str = "words", age: float = 60) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    at = NOON.timestamp() - age
    os.utime(path, (at, at))
    return path


def names(found: Iterator[Capture | Reject], root: Path) -> list[str]:
    return [str(Path(c.locator).relative_to(root)) for c in found if isinstance(c, Capture)]


def test_a_drop_folder_leaves_alone_what_is_still_being_written(tmp_path: Path) -> None:
    drop(tmp_path / "b.txt")
    drop(tmp_path / "sub" / "a.txt")
    for name in (".c.txt", "d.txt.part", "e.tmp", "f.filepart", "g.txt~", ".hid/h.txt"):
        drop(tmp_path / name)
    drop(tmp_path / "young.txt", age=1)
    source = Source("drop", "folder", str(tmp_path))
    assert names(arrivals(source, NOON), tmp_path) == ["b.txt", "sub/a.txt"]
    assert names(arrivals(source, NOON + timedelta(seconds=2)), tmp_path)[-1] == "young.txt"


def test_a_file_named_on_the_command_line_is_read_however_young(tmp_path: Path) -> None:
    path = drop(tmp_path / "young.txt", age=0)
    (found,) = captures([str(path)], "file", NOON)
    assert isinstance(found, Capture)


def test_a_link_that_leads_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    drop(tmp_path / "secret.txt")
    inside = drop(tmp_path / "in" / "a.txt")
    (tmp_path / "in" / "out.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "in" / "outdir").symlink_to(tmp_path)
    (tmp_path / "in" / "own.txt").symlink_to(inside)
    found = names(arrivals(Source("d", "folder", str(tmp_path / "in")), NOON), tmp_path / "in")
    assert found == ["a.txt", "own.txt"]


def test_an_empty_folder_is_no_fault_and_a_missing_one_is(tmp_path: Path) -> None:
    assert list(arrivals(Source("d", "folder", str(tmp_path)), NOON)) == []
    (no,) = arrivals(Source("d", "folder", str(tmp_path / "none")), NOON)
    assert isinstance(no, Reject)
    assert no.code == "missing"


def test_nothing_moves_unless_the_source_says_where_to(tmp_path: Path) -> None:
    drop(tmp_path / "a.txt")
    source = Source("d", "folder", str(tmp_path))
    moved(source, [c for c in arrivals(source, NOON) if isinstance(c, Capture)])
    assert (tmp_path / "a.txt").exists()


def test_loaded_files_move_under_their_names_and_never_over_others(tmp_path: Path) -> None:
    root, done = tmp_path / "in", tmp_path / "in" / "done"
    drop(root / "sub" / "a.txt", "new")
    drop(done / "sub" / "a.txt", "old")
    drop(root / "late.txt", "before")
    drop(root / "z.txt", "never loaded")
    packed = root / "b.txt.gz"
    packed.write_bytes(gzip.compress(b"packed"))
    os.utime(packed, (0, 0))
    source = Source("d", "folder", str(root), done=str(done))
    loaded = [c for c in arrivals(source, NOON) if isinstance(c, Capture)]
    assert len(loaded) == 4  # what lies in `done` is done
    drop(root / "late.txt", "after")
    assert moved(source, [c for c in loaded if not c.locator.endswith("z.txt")]) == ()
    assert (done / "sub" / "a.txt").read_text() == "old"
    assert (done / "sub" / "a~1.txt").read_text() == "new"
    assert gzip.decompress((done / "b.txt.gz").read_bytes()) == b"packed"
    assert sorted(p.name for p in root.glob("*.*")) == ["late.txt", "z.txt"]


def test_what_cannot_be_moved_is_told_and_stays(tmp_path: Path) -> None:
    root = tmp_path / "in"
    drop(root / "a.txt")
    drop(tmp_path / "done", "a file where the folder should be")
    source = Source("d", "folder", str(root), done=str(tmp_path / "done"))
    (no,) = moved(source, [c for c in arrivals(source, NOON) if isinstance(c, Capture)])
    assert no.code == "unmoved"
    assert (root / "a.txt").exists()


def test_a_maildir_is_read_new_before_cur_and_never_its_tmp(tmp_path: Path) -> None:
    for name in ("new/2.b", "new/1.a", "cur/0.c:2,S", "tmp/3.d", "elsewhere/4.e"):
        drop(tmp_path / name, name)
    source = Source("s", "spool", str(tmp_path), done=str(tmp_path / "done"))
    found = [c for c in arrivals(source, NOON) if isinstance(c, Capture)]
    assert names(iter(found), tmp_path) == ["new/1.a", "new/2.b", "cur/0.c:2,S"]
    moved(source, found)
    assert (tmp_path / "done" / "cur" / "0.c:2,S").exists()
    assert names(arrivals(source, NOON), tmp_path) == []


def test_a_flat_spool_is_read_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("0002", "0001", "tmp/0000", "0003"):
        drop(tmp_path / name)
    drop(tmp_path / "0004", age=0)
    found = names(arrivals(Source("s", "spool", str(tmp_path)), NOON), tmp_path)
    assert found == ["0001", "0002", "0003"]


# the sources file as add, import and export write it


def test_a_source_is_added_and_the_rest_stays_byte_for_byte(tmp_path: Path) -> None:
    path = tmp_path / "sources.toml"
    for before in (GOOD, GOOD.rstrip(), f"# café\n{GOOD}".replace("\n", "\r\n"), ""):
        path.write_bytes(before.encode())
        row = sources.added(path, {"kind": "feed", "url": "https://s.example/f"}, "Süd – News")
        assert row["id"] == "sud-news"
        assert path.read_bytes().startswith(before.encode())
        found = settings.sources(path)
        assert found.errors == ()
        assert found.sources[-1].url == "https://s.example/f"
        assert len(found.sources) == (2 if before else 1)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"kind": "feed", "url": "https://NORTH.example:443/feed#top"}, "[sources.good] has this"),
        ({"kind": "feed", "url": "https://s.example/", "id": "good"}, "'good' already"),
        ({"kind": "feed", "url": "https://s.example/", "every": 0}, "from 1"),
        ({"kind": "feed", "url": "https://me:pw1@s.example/"}, "auth and credentials"),
    ],
)
def test_what_cannot_be_added_leaves_the_file_alone(tmp_path: Path, row: Json, said: str) -> None:
    path = tmp_path / "sources.toml"
    path.write_text(GOOD)
    with pytest.raises(UserError) as no:
        sources.added(path, row)
    assert said in str(no.value)
    assert "pw1" not in str(no.value)
    assert path.read_text() == GOOD


def test_a_file_that_ends_in_a_closed_table_is_not_broken(tmp_path: Path) -> None:
    path = tmp_path / "sources.toml"
    path.write_text("sources = { a = { kind = 'folder', url = 'x' } }\n")
    with pytest.raises(SettingsError):
        sources.added(path, {"kind": "feed", "url": "https://s.example/"})
    assert "s.example" not in path.read_text()


ADDRESSES = st.builds(
    "https://{}.example/{}".format,
    st.from_regex(r"[a-z0-9]{1,8}", fullmatch=True),
    st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=12).map(
        lambda path: path.replace("#", "").replace("\\", "")
    ),
)
TITLES = st.none() | st.text(st.characters(codec="utf-8"), max_size=20)


@examples(max_examples=60, deadline=None)
@given(st.lists(st.tuples(ADDRESSES, TITLES), max_size=6, unique_by=lambda pair: pair[0]))
def test_export_and_import_give_the_same_set_of_feeds(
    tmp_path_factory: pytest.TempPathFactory, feeds: list[tuple[str, str | None]]
) -> None:
    folder = tmp_path_factory.mktemp("opml")
    (folder / "one.toml").write_text("")
    rows = [({"kind": "feed", "url": url}, title) for url, title in feeds]
    written, skipped = append(folder / "one.toml", rows)
    first = settings.sources(folder / "one.toml")
    assert first.errors == ()
    assert len(written) + len(skipped) == len(feeds)
    report = sources.imported(folder / "two.toml", sources.exported(first))
    assert report["skipped"] == []
    second = settings.sources(folder / "two.toml") if written else settings.SourcesFile(())
    assert {s.url for s in second.sources} == {s.url for s in first.sources}
    assert {s.id for s in second.sources} == {s.id for s in first.sources}


def test_a_list_with_folders_is_read_and_its_doubles_are_named(tmp_path: Path) -> None:
    path = tmp_path / "sources.toml"
    path.write_text(GOOD)
    opml = b"""<?xml version="1.0" encoding="utf-8"?><opml version="1.1"><body>
      <outline text="Wires"><outline text="North" xmlurl="https://north.example/feed"/>
      <outline title="Europe"><outline text="A & B" xmlUrl="https://ab.example/rss" language="de-AT"
      /></outline></outline><outline text="empty"/><outline xmlUrl="javascript:alert(1)"/></body>"""
    assert read_opml(opml)[1] == Outline(
        "https://ab.example/rss", "A & B", None, "de-AT", ("Wires", "Europe")
    )
    report = sources.imported(path, opml)
    assert [row["url"] for row in report["added"]] == ["https://ab.example/rss"]
    assert [row["why"].split(" ")[0] for row in report["skipped"]] == ["[sources.good]", "url"]
    assert settings.sources(path).sources[-1].language == "de"


def test_a_list_keeps_its_folders(tmp_path: Path) -> None:
    feeds = (
        Outline("https://a.example/f", "A", "https://a.example/", "en", ("Wires", "North")),
        Outline("https://b.example/f", "B", categories=("Wires",)),
    )
    assert set(read_opml(write_opml(feeds, "mine"))) == set(feeds)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (
            b'<!DOCTYPE o [<!ENTITY a SYSTEM "file:///etc/passwd">]><opml>&a;</opml>',
            "external_entity",
        ),
        (b"<html><body>no</body></html>", "not_opml"),
        (b" ", "empty"),
    ],
)
def test_what_is_no_list_of_feeds_is_turned_away(body: bytes, code: str) -> None:
    with pytest.raises(Rejected) as no:
        read_opml(body)
    assert no.value.code == code


# discovery

PAGE = b"""<html lang=en><head><title>North</title><base href="/sub/">
<link rel=alternate type="application/rss+xml" title="North news" href="../feed.xml">
<link rel="alternate" type="application/rss+xml" title="North: Comments" href="/comments/feed">
<link rel="alternate" type="application/json" href="/wp-json/wp/v2/posts/1">
<link rel="alternate" hreflang="no" href="/no/">
</head><body><a href="/world/rss">RSS</a> <a href="/feedback">Say</a>
<a href="mailto:rss@north.example">Mail</a> <a href="feed://north.example/a.atom">Atom</a></body>"""


def test_a_page_names_its_feeds_and_not_its_comments() -> None:
    page = Capture("d", "https://north.example/x", PAGE, NOON, "")
    found = [(c.found, c.url) for c in discover.on_page(page)]
    assert found == [
        ("declared", "https://north.example/feed.xml"),
        ("linked", "https://north.example/world/rss"),
        ("linked", "https://north.example/a.atom"),
    ]


def test_robots_names_its_sitemaps_those_for_news_first() -> None:
    body = (
        b"User-agent: *\nSitemap: /map.xml\n# Sitemap: /no.xml\nSITEMAP:https://n.example/news.xml"
    )
    found = [c.url for c in discover.in_robots(body, "https://n.example/robots.txt")]
    assert found == ["https://n.example/news.xml", "https://n.example/map.xml"]


@contextmanager
def site(files: dict[str, bytes]) -> Iterator[tuple[str, list[str]]]:
    """A web of a few files on loopback: its address, and the paths asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            body = files.get(self.path)
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Type", "text/html" if self.path == "/" else "text/xml")
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def asking(url: str, kind: str = "pages") -> Source:
    return Source("s", kind, url, allow=("127.0.0.1",), delay=0.0)


async def _discovered(source: Source) -> list[Json]:
    async with Web(contact="desk@north.example", now=lambda: datetime.now(UTC)) as web:
        return await sources.discovered(web, source, places.load())


async def _tested(source: Source) -> Json:
    async with Web(contact="desk@north.example", now=lambda: datetime.now(UTC)) as web:
        return await sources.tested(web, source, places.load(), NOON)


def test_a_site_is_searched_politely_and_each_find_is_read() -> None:
    page = PAGE.replace(b"feed://north.example/a.atom", b"/a.atom")
    files = {
        "/": page, "/feed.xml": FEED, "/world/rss": b"<html><body>gone</body></html>",
        "/robots.txt": b"User-agent: *\nDisallow:\nSitemap: /news.xml\n", "/news.xml": NEWS_MAP,
    }  # fmt: skip
    with site(files) as (url, asked):
        found = asyncio.run(_discovered(asking(f"{url}/")))
        assert [(row["kind"], row["url"], row["items"]) for row in found] == [
            ("feed", f"{url}/feed.xml", 2),
            ("sitemap", f"{url}/news.xml", 1),
        ]
        assert found[0]["title"] == "North & Co"
        assert found[0]["agency"] == "Reuters"
        assert found[0]["language"] == "en"
        assert found[0]["newest"] == "2026-05-04T09:00:00Z"
        assert found[1]["title"] == "North"
    # robots.txt is asked for once to obey it and may be asked for once more to read it
    assert len(asked) <= sources.PROBES + 3


def test_a_site_that_names_nothing_is_asked_at_the_usual_places() -> None:
    with site({"/": b"<html><body>Hello</body></html>", "/rss.xml": FEED}) as (url, asked):
        found = asyncio.run(_discovered(asking(f"{url}/")))
        assert [row["url"] for row in found] == [f"{url}/rss.xml"]
        assert len(asked) <= sources.PROBES + 3


def test_an_address_that_is_a_feed_itself_is_found_at_once() -> None:
    with site({"/feed.xml": FEED}) as (url, _):
        (row,) = asyncio.run(_discovered(asking(f"{url}/feed.xml")))
        assert (row["kind"], row["found"], row["items"]) == ("feed", "given", 2)


def test_a_source_is_tested_without_loading_anything() -> None:
    with site({"/feed.xml": FEED}) as (url, _):
        row = asyncio.run(_tested(asking(f"{url}/feed.xml", "feed")))
    assert row["error"] is None
    assert (row["status"], row["format"]) == (200, "feed")
    assert (row["entries"], row["whole"], row["teasers"]) == (2, 1, 1)
    assert row["ttl"] == 900
    assert row["headlines"] == ["Ferry runs aground", "Bridge to open"]
    assert row["rejects"] == []


def test_a_source_that_fails_its_test_says_how() -> None:
    with site({"/page": b"<html><body>Hi</body></html>"}) as (url, _):
        assert "permanent" in asyncio.run(_tested(asking(f"{url}/none", "feed")))["error"]
        row = asyncio.run(_tested(asking(f"{url}/page", "feed")))
        sitemap = asyncio.run(_tested(asking(f"{url}/page", "sitemap")))
    assert row["entries"] == 0
    assert sitemap["error"].startswith("html_not_sitemap")


def test_listing_says_what_each_source_is(tmp_path: Path) -> None:
    (row,) = sources.listed(declared(tmp_path, GOOD))
    assert (row["id"], row["kind"], row["every"]) == ("good", "feed", 900)
    assert tomllib.loads(GOOD)["sources"]["good"]["url"] == row["url"]


def test_hostile_settings_do_not_hang(tmp_path: Path) -> None:
    began = time.perf_counter()
    host = "a" * 300 + "!"
    declared(tmp_path, f"[sources.a]\nkind='feed'\nurl='http://x.example'\nallow=['{host}']\n")
    assert time.perf_counter() - began < 5
