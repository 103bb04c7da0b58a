"""Sitemaps: what is read, what is tolerated, and what is turned away with a reason."""

from __future__ import annotations

import gzip
import time
from datetime import UTC, datetime

import pytest

from wiredesk.errors import Rejected
from wiredesk.formats import sitemap
from wiredesk.formats.sitemap import SitemapEntry, read_sitemap, sniff

SPACES = (
    b'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    b'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
    b'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
)
NEWS = b"""<url><loc> https://north.example/a?x=1&amp;y=2 </loc>
<lastmod>2026-05-04T10:00+02:00</lastmod>
<image:image><image:loc>https://img.example/a.jpg</image:loc><image:title>A quay</image:title>
</image:image><news:news><news:publication><news:name>North</news:name>
<news:language>en</news:language></news:publication>
<news:publication_date>2026-05-04T08:00:00Z</news:publication_date>
<news:title><![CDATA[Ferry & tug]]></news:title><news:keywords>ships, harbours</news:keywords>
</news:news></url>"""


def urlset(inside: bytes) -> bytes:
    return (
        b'<?xml version="1.0" encoding="UTF-8"?>\n<urlset ' + SPACES + b">" + inside + b"</urlset>"
    )


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


def test_a_news_sitemap_gives_what_its_extension_says() -> None:
    found = read_sitemap(urlset(NEWS))
    assert found.kind == "news"
    assert not found.cut
    assert found.entries == (
        SitemapEntry(
            "https://north.example/a?x=1&y=2", at(2026, 5, 4, 8), at(2026, 5, 4, 8), "Ferry & tug",
            "en", "North", ("ships", "harbours"),
        ),
    )  # fmt: skip


def test_the_same_is_read_whatever_prefix_the_file_declares_or_not() -> None:
    renamed = urlset(NEWS).replace(b"news:", b"n:").replace(b"xmlns:news", b"xmlns:n")
    undeclared = urlset(NEWS).replace(b"xmlns:news", b"xmlns:other")
    bare = urlset(NEWS).replace(SPACES, b"").replace(b"news:", b"").replace(b"image:", b"")
    for body in (renamed, undeclared, bare):
        assert read_sitemap(body) == read_sitemap(urlset(NEWS))


def test_an_index_gives_its_children_with_their_last_change() -> None:
    body = urlset(
        b"<sitemap><loc>/one.xml</loc><lastmod>2026-05-04</lastmod></sitemap>"
        b"<sitemap><loc>https://north.example/two.xml.gz</loc></sitemap>"
    ).replace(b"urlset", b"sitemapindex")
    found = read_sitemap(body, base="https://north.example/sitemap.xml", tz="Europe/Oslo")
    assert found.kind == "index"
    assert found.entries == ()
    assert found.children == (
        ("https://north.example/one.xml", at(2026, 5, 3, 22)),
        ("https://north.example/two.xml.gz", None),
    )


def test_a_plain_list_of_addresses_is_a_sitemap() -> None:
    found = read_sitemap(
        b"\xef\xbb\xbfhttps://n.example/1\r\nhttps://n.example/2\n\nhttps://n.example/1"
    )
    assert found.kind == "text"
    assert [entry.loc for entry in found.entries] == ["https://n.example/1", "https://n.example/2"]


def test_gzip_is_unpacked_and_a_bomb_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = gzip.compress(urlset(NEWS))
    assert len(read_sitemap(packed).entries) == 1
    for bad in (packed[:40] + b"damage" + packed[46:], gzip.compress(b"0" * 2_000_000)):
        monkeypatch.setattr(sitemap, "LARGEST", 1_000_000)
        with pytest.raises(Rejected) as no:
            read_sitemap(bad)
        assert no.value.code == "bad_gzip"


def test_faults_cost_their_own_entry_and_a_break_what_comes_after() -> None:
    body = urlset(
        b"<url><loc>https://n.example/?a=1&b=2</loc></url><url><lastmod>2026</lastmod></url>"
        b"<url><loc>javascript:alert(1)</loc></url><url><loc>https://n.example/\x0bok</loc>"
        b"<lastmod>yesterday</lastmod></url>"
    )
    found = read_sitemap(body)
    assert [e.loc for e in found.entries] == ["https://n.example/?a=1&b=2", "https://n.example/ ok"]
    named = read_sitemap(urlset(NEWS.replace(b"<![CDATA[Ferry & tug]]>", b"Caf&eacute; &AMP; tug")))
    assert named.entries[0].title == "Café & tug"
    assert found.entries[1].lastmod is None
    broken = read_sitemap(urlset(NEWS + NEWS.replace(b"/a?", b"/b?"))[:-60])
    assert broken.cut
    assert broken.entries[0].title == "Ferry & tug"


def test_what_stands_before_the_declaration_is_passed_over() -> None:
    for before in (
        b"\n\n  ",
        b"<br />\n<b>Warning</b>: something in line 3<br />\n",
        b"\xef\xbb\xbf\n",
    ):
        assert len(read_sitemap(before + urlset(NEWS)).entries) == 1


def test_utf_16_and_a_wrong_label_are_read() -> None:
    text = urlset(NEWS).decode().replace("Ferry", "Færge").replace("UTF-8", "UTF-16")
    assert read_sitemap(text.encode("utf-16")).entries[0].title == "Færge & tug"
    assert read_sitemap(text.encode("utf-8")).entries[0].title == "Færge & tug"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"<!doctype html><html><body>https://n.example/</body></html>", "html_not_sitemap"),
        (b'<rss version="2.0"><channel></channel></rss>', "not_a_sitemap"),
        (b"Please see https://n.example/ for more.\nThank you.", "not_a_sitemap"),
        (b"  \n", "empty"),
        (b'<!DOCTYPE urlset [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + urlset(b"&x;")[39:],
         "external_entity"),
        (b'<!DOCTYPE urlset [<!ENTITY a "' + b"ha" * 99 + b'"><!ENTITY b "' + b"&a;" * 99
         + b'">]>' + urlset(b"<url><loc>&b;</loc></url>")[39:], "entity_bomb"),
    ],
)  # fmt: skip
def test_what_is_no_sitemap_is_turned_away_with_a_reason(body: bytes, code: str) -> None:
    with pytest.raises(Rejected) as no:
        read_sitemap(body)
    assert no.value.code == code


def test_a_sitemap_is_told_by_its_root() -> None:
    assert sniff(urlset(NEWS))
    assert not sniff(b"<html><body>&lt;urlset&gt;</body></html>")
    assert not sniff(b'<rss version="2.0"><channel><urlset></urlset></channel></rss>')
    assert not sniff(b"https://n.example/1\nhttps://n.example/2\n")


def test_more_entries_than_the_limit_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "MOST", 3)
    many = b"".join(b"<url><loc>https://n.example/%d</loc></url>" % n for n in range(9))
    found = read_sitemap(urlset(many))
    assert (len(found.entries), found.cut) == (3, True)


def test_fifty_thousand_entries_are_read_in_a_moment() -> None:
    many = b"".join(b"<url><loc>https://n.example/%d</loc><lastmod>2026-05-04T10:00:00Z</lastmod>"
                    b"</url>" % n for n in range(50_000))  # fmt: skip
    began = time.process_time()
    assert len(read_sitemap(urlset(many)).entries) == 50_000
    assert time.process_time() - began < 5  # 0.4 s on a quiet machine
