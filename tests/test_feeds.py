"""Feeds: every entry, each of its times, harmless XML alone, whole copy told from teasers."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.conftest import SHARED, needs_shared
from wiredesk import formats
from wiredesk.batch import Batch
from wiredesk.clean import clean
from wiredesk.errors import Rejected
from wiredesk.formats import Part, feed
from wiredesk.formats.decoding import decode
from wiredesk.formats.feed import FeedHints, hints
from wiredesk.formats.whole import whole
from wiredesk.model import Capture, DateFound, Item, Redirect, Source

FEEDS = SHARED / "corpora" / "feeds"
SOURCE = Source("s", "feed", "https://north.example/feed")
ITEM = "<item><title>Ferry runs aground</title><link>/1</link>{}</item>"


def capture(body: bytes | str, charset: str | None = None, locator: str = SOURCE.url) -> Capture:
    data = body.encode() if isinstance(body, str) else body
    return Capture("s", locator, data, datetime(2026, 5, 4, tzinfo=UTC), "0" * 64, charset=charset)


def rss(items: str, before: str = "", channel: str = "") -> str:
    return (
        f'{before}<rss version="2.0"><channel><title>North</title>{channel}{items}</channel></rss>'
    )


def parsed(body: bytes | str, charset: str | None = None, source: Source = SOURCE) -> Batch[Item]:
    return formats.parse(Part(capture(body, charset), "feed"), source)


def only(body: bytes | str, charset: str | None = None, source: Source = SOURCE) -> Item:
    (item,) = parsed(body, charset, source)
    return item


def codes(body: bytes | str) -> list[str]:
    return [reject.code for reject in parsed(body).rejects]


# counts


@needs_shared
@pytest.mark.slow
def test_every_real_feed_gives_as_many_entries_as_feedparser() -> None:
    import feedparser

    for line in (FEEDS / "MANIFEST.jsonl").read_text("utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        if "sitemap" in row["kind"]:
            continue
        body = (FEEDS / row["file"]).read_bytes()
        assert formats.guess(body) == "feed", row["file"]
        found = parsed(body)
        turned_away = [reject.code for reject in found.rejects if reject.code != "no_items"]
        assert set(turned_away) <= {"empty"}, row["file"]
        if row["kind"] != "jsonfeed":
            expected = len(feedparser.parse(body).entries)
            assert len(found) + len(turned_away) == expected, row["file"]
        copies = found.each("clean", clean, lambda item: ("", item.id, item.ordinal))
        assert len(copies) == len(found), row["file"]


@pytest.mark.parametrize(
    "around",
    [
        "{}",
        "\n\n  {}",
        "\ufeff{}",
        "<!-- made by hand -->\n<?xml version='1.0'?>{}",
        "<br />\n<b>Notice</b>: Undefined index in <b>feed.php</b><br />\n<?xml version='1.0'?>{}",
        "export const feed = `\n<?xml version='1.0'?>\n{}\n`;",
        "{}\n<script>track()</script>",
    ],
)
def test_a_feed_is_a_feed_whatever_stands_around_it(around: str) -> None:
    body = around.format(rss(ITEM.format("")))
    assert formats.guess(body.encode()) == "feed"
    item = only(body)
    assert (item.title, item.url) == ("Ferry runs aground", "https://north.example/1")
    assert not codes(body)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (
            "<!doctype html><html><head><title>North</title></head><body>Hi</body></html>",
            "html_not_feed",
        ),
        (f"<html><body><pre>{rss('')}</pre></body></html>", "html_not_feed"),
        (
            "<html><head><title>Your privacy choices</title></head><body></body></html>",
            "consent_page",
        ),
        ("<html><h1>Wir brauchen Ihre Zustimmung</h1></html>", "consent_page"),
        ("Gateway timeout", "not_a_feed"),
        ("<newsItem><rights>rss version=</rights></newsItem>", "not_a_feed"),
        ('{"version": "2", "items": {"a": 1}}', "not_a_feed"),
        (" \n ", "empty"),
    ],
)
def test_what_is_no_feed_is_an_error_and_no_empty_feed(body: str, code: str) -> None:
    assert codes(body) == [code]


def test_a_redirect_to_a_consent_wall_is_told_by_its_address() -> None:
    wall = Capture(
        **{
            **{name: getattr(capture("<html></html>"), name) for name in Capture.__slots__},
            "redirects": (Redirect(SOURCE.url, "https://consent.north.example/?to=feed", False),),
        }
    )
    with pytest.raises(Rejected) as no:
        list(feed.parse(wall, SOURCE))
    assert no.value.code == "consent_page"


def test_a_feed_without_entries_is_read_without_a_fault() -> None:
    for body in (rss(""), '{"version": "https://jsonfeed.org/version/1.1", "items": []}'):
        assert list(feed.parse(capture(body), SOURCE)) == []


def test_half_an_entry_is_no_story_and_what_came_before_is_kept() -> None:
    body = rss(ITEM.format("") + ITEM.format("<description>words words"))[:-40]
    found = parsed(body)
    assert len(found) == 1
    assert [reject.code for reject in found.rejects] == ["truncated"]


def test_an_entry_with_a_link_alone_is_listed_and_one_with_nothing_is_turned_away() -> None:
    body = rss("<item><link>https://north.example/2</link></item><item><guid>n-3</guid></item>")
    (item,) = parsed(body)
    assert item.url == "https://north.example/2"
    assert codes(body) == ["empty"]


def test_a_json_feed_of_wrong_types_loses_only_what_is_wrong() -> None:
    entries: list[Any] = [
        {"id": 7, "title": ["x"], "content_text": "Ferry aground.", "url": "/7", "authors": "me"},
        {"id": True, "content_html": True, "summary": {}, "tags": ["a", 1]},
        "no object",
        {
            "title": "Bridge",
            "date_published": "2026-05-04T10:00:00Z",
            "author": {"name": "T. Holt"},
        },
    ]
    body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": 1, "items": entries})
    first, last = parsed(body)
    assert (first.id, first.title, first.body, first.url) == (
        "7", None, "Ferry aground.", "https://north.example/7",
    )  # fmt: skip
    assert (last.byline, last.published) == ("T. Holt", datetime(2026, 5, 4, 10, tzinfo=UTC))
    assert codes(body) == ["empty", "json_not_object"]


# what an entry says


def test_a_pictures_caption_is_not_the_copy() -> None:
    media = '<media:content url="a.jpg"><media:description type="plain">A quay</media:description>'
    spaces = 'xmlns:media="http://search.yahoo.com/mrss/"'
    text = "<description>The ferry ran aground.</description>"
    for order in (f"{media}</media:content>{text}", f"{text}{media}</media:content>"):
        body = rss(ITEM.format(order)).replace("<rss", f"<rss {spaces}")
        assert only(body).body == "The ferry ran aground."
    alone = rss(ITEM.format(f"{media}</media:content>")).replace("<rss", f"<rss {spaces}")
    assert only(alone).body == "A quay"


def test_a_guid_that_is_no_address_is_no_link() -> None:
    assert only(rss("<item><title>Ferry</title><guid>n-7</guid></item>")).url is None
    linked = rss("<item><title>Ferry</title><guid>https://north.example/7</guid></item>")
    assert only(linked).url == "https://north.example/7"


def test_every_time_is_kept_with_its_element_and_whether_it_has_a_zone() -> None:
    half_past_seven = datetime(2026, 5, 4, 7, 30, tzinfo=UTC)
    item = only(
        rss(ITEM.format(
            "<dc:date>2026-05-04 09:30</dc:date><pubDate>Mon, 04 May 2026 12:00:00 +0200</pubDate>"
            "<description><![CDATA[<pubDate>01 Jan 2001 00:00:00 GMT</pubDate>]]></description>"
            "<atom:updated>soon</atom:updated>"
        )).replace("<rss", '<rss xmlns:dc="http://purl.org/dc/elements/1.1/" '
                   'xmlns:atom="http://www.w3.org/2005/Atom"'),
        source=Source("s", "feed", SOURCE.url, tz="Europe/Oslo"),
    )  # fmt: skip
    ten = datetime(2026, 5, 4, 10, tzinfo=UTC)
    assert item.dates == (
        DateFound("published", "pubDate", "Mon, 04 May 2026 12:00:00 +0200", ten),
        DateFound("updated", "atom:updated", "soon", None),
        DateFound("updated", "dc:date", "2026-05-04 09:30", half_past_seven, True),
    )  # fmt: skip
    assert item.published == ten
    assert item.updated == item.dates[2].at
    assert dict(item.provenance)["published"] == "pubDate"


@pytest.mark.parametrize(
    ("raw", "hour", "zoneless"),
    [
        ("Mon, 04 May 2026 12:00:00 GMT", 12, False),
        ("Mon, 4 May 2026 12:00 EST", 17, False),
        ("2026-05-04T12:00:00-05:00", 17, False),
        ("2026-05-04T12:00:00", 10, True),
        ("May 4, 2026 12:00 PM", 10, True),
        ("Mon, 04 May 2026 12:00:00 QQQ", 10, True),
    ],
)
def test_a_time_without_a_zone_takes_the_sources(raw: str, hour: int, zoneless: bool) -> None:
    body = rss(ITEM.format(f"<pubDate>{raw}</pubDate>"))
    (found,) = only(body, source=Source("s", "feed", SOURCE.url, tz="Europe/Oslo")).dates
    assert found.at == datetime(2026, 5, 4, hour, tzinfo=UTC)
    assert found.zoneless is zoneless


def test_the_time_of_a_quoted_feed_is_not_the_entrys() -> None:
    body = """<feed xmlns="http://www.w3.org/2005/Atom"><updated>2026-01-01T00:00:00Z</updated><entry>
    <title>Ferry</title><source><updated>2020-01-01T00:00:00Z</updated></source>
    <published>2026-05-04T10:00:00Z</published></entry></feed>"""
    assert [found.raw for found in only(body).dates] == ["2026-05-04T10:00:00Z"]


def test_hints_are_read_from_the_head_alone() -> None:
    channel = (
        "<ttl>15</ttl><sy:updatePeriod>\n hourly </sy:updatePeriod>"
        "<sy:updateFrequency>4</sy:updateFrequency>"
    )
    assert hints(capture(rss(ITEM.format(""), channel=channel))) == FeedHints(900, 900)
    assert hints(capture(rss(ITEM.format("<ttl>1</ttl>")))) == FeedHints(None, None)
    assert hints(capture(rss("", channel="<ttl>0</ttl>"))) == FeedHints(None, None)


# harm


LAUGHS = "<!DOCTYPE rss [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {name} '{f'&{before};' * 10}'>"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("before", "code"),
    [
        (LAUGHS + "]>", "entity_bomb"),
        (
            "<?xml version='1.0'?><!-- x --><!DOCTYPE rss [<!ENTITY a '&b;'><!ENTITY b '&a;'>]>",
            "entity_bomb",
        ),
        (f"<!DOCTYPE rss [<!ENTITY a '{'ha' * 4000}'>]><!-- {'&a;' * 300} -->", "entity_bomb"),
        ("<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>", "external_entity"),
        (
            "<!doctype rss [<!-- ]> --><!ENTITY % x PUBLIC 'a' 'http://x.example/'> %x;]>",
            "external_entity",
        ),
    ],
)
def test_entities_that_do_harm_are_refused(before: str, code: str) -> None:
    body = rss(ITEM.format("<description>&a;</description>"), before)
    assert codes(body) == [code]
    assert codes(body.encode("utf-16")) == [code]


@pytest.mark.parametrize(
    "before",
    [
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" '
        '"http://my.netscape.com/publish/formats/rss-0.91.dtd">',
        '<!DOCTYPE rss [<!ENTITY nbsp "&#160;"><!ENTITY copy "(c)"><!ELEMENT rss ANY>]>',
        '<?xml version="1.0"?><!DOCTYPE rss [<!-- <!ENTITY x SYSTEM "y"> -->]>',
    ],
)
def test_old_feeds_with_harmless_declarations_pass(before: str) -> None:
    item = only(rss(ITEM.format("<description>A&nbsp;ferry &amp; a tug</description>"), before))
    assert item.body.replace("\xa0", " ").replace("&nbsp;", " ") == "A ferry & a tug"


def test_a_story_about_entities_is_no_bomb() -> None:
    text = "<description><![CDATA[<!DOCTYPE x [<!ENTITY a SYSTEM 'y'>]>]]></description>"
    assert only(rss(ITEM.format(text))).title == "Ferry runs aground"


def test_control_characters_cost_no_entry() -> None:
    body = rss(ITEM.format("<description>A \x00ferry\x0b</description>"))
    assert only(body).body.split() == ["A", "ferry"]


# charsets


RUSSIAN = "Паром сел на мель в понедельник, сообщили портовые власти города."
JAPANESE = "フェリーが月曜日に座礁したと港湾当局が発表しました。けが人はいません。"
FRENCH = "Le ferry s’est échoué lundi à l’entrée du port, a déclaré l’élu."


@pytest.mark.parametrize(
    ("text", "charset", "label", "header"),
    [
        (RUSSIAN, "cp1251", "windows-1251", None),
        (RUSSIAN, "cp1251", None, "windows-1251"),
        (RUSSIAN, "cp1251", "windows-1251", "iso-8859-1"),
        (RUSSIAN, "cp1251", None, None),
        (RUSSIAN, "koi8_r", None, None),
        (RUSSIAN, "utf-8", "windows-1251", "iso-8859-1"),
        (RUSSIAN, "utf-16", "utf-8", "utf-8"),
        (RUSSIAN, "utf-16-le", "utf-16", None),
        (JAPANESE, "cp932", "Shift_JIS", None),
        (JAPANESE, "euc_jp", None, None),
        (JAPANESE, "iso-2022-jp", "iso-2022-jp", None),
        (FRENCH, "cp1252", "iso-8859-1", "utf-8"),
        (FRENCH, "cp1252", None, None),
        (FRENCH, "utf-8", None, "windows-1252"),
    ],
)
def test_copy_is_read_right_whatever_the_label(
    text: str, charset: str, label: str | None, header: str | None
) -> None:
    before = f"<?xml version='1.0' encoding='{label}'?>" if label else "<?xml version='1.0'?>"
    body = rss(ITEM.format(f"<description>{text}</description>"), before).encode(charset)
    assert only(body, header).body == text


def test_a_meta_element_behind_scripts_is_found() -> None:
    page = f"<html><script>{'x' * 5000}</script><meta charset=koi8-r>{RUSSIAN}".encode("koi8_r")
    assert decode(page)[1] == "koi8-r"


# whole or teaser


PARAGRAPHS = (
    "The ferry ran aground on Monday at the mouth of the fjord, the harbour master said.",
    "Nobody was hurt, and a tug was on its way from the next harbour, he told reporters there.",
    "The company that runs the line said that it would look into what had happened that night, "
    "and that the other boats would sail as planned until the inquiry had come to an end in June.",
    "The line carries 3,000 people a day to the islands, more than half of them to their work.",
)


def entry(body: str, origin: str = "summary", title: str = "Ferry runs aground") -> Item:
    return Item("s", "feed", 0, "1", body, "html", title, provenance=(("body", origin),))


@pytest.mark.parametrize(
    "body",
    [
        "".join(f"<p>{p}</p>" for p in PARAGRAPHS),
        "<br/><br/>".join(PARAGRAPHS),
        f"{PARAGRAPHS[0]} (Reporting by Tove Sandvik; Editing by Per Holt)",
        f"Oslo, 4 mai 2026 (AFP) - {PARAGRAPHS[0]}<br/><br/>amb/rl/ctx",
        f"{' '.join(PARAGRAPHS * 8)} <a href='/'>Read more on this story</a>",
        "月曜日にフェリーが座礁したと港湾当局が発表しました。けが人はいないということです。" * 30,
    ],
)
def test_whole_copy_is_told_by_its_paragraphs_its_length_or_its_sign_off(body: str) -> None:
    assert whole(entry(body))


@pytest.mark.parametrize(
    "body",
    [
        "",
        "Ferry runs aground",
        "<img src='a.jpg'>Ferry runs aground - North",
        PARAGRAPHS[0],
        f"{' '.join(PARAGRAPHS)} The boats…",
        "".join(f"<p>{p}</p>" for p in PARAGRAPHS) + "<p>The boats [&hellip;]</p>",
        "".join(f"<p>{p}</p>" for p in PARAGRAPHS) + "<a href='/1'>Continue reading Ferry »</a>",
        "".join(f"<p>{p}</p>" for p in PARAGRAPHS) + "<p>Lire la suite</p>",
        f"<p>{PARAGRAPHS[0]} [...]</p><p>The post <a>Ferry</a> appeared first on <a>North</a>.</p>",
        " ".join(PARAGRAPHS)[:390],
    ],
)
def test_a_teaser_is_told_by_its_end_or_by_being_short(body: str) -> None:
    assert not whole(entry(body))


def test_a_notice_to_editors_is_all_there_is() -> None:
    notice = (
        "Please be advised that the story headlined “Ferry” is withdrawn. There is no substitute."
    )
    assert whole(entry(notice, "content", "ADVISORY-Ferry story withdrawn"))
    assert not whole(entry(notice, "content", "Ferry runs aground"))


@pytest.mark.parametrize("piece", ["<script ", "<p ", "<!-- ", "<br ", "1", "… ", "The post "])
def test_markup_that_never_ends_takes_no_time(piece: str) -> None:
    began = time.process_time()
    whole(entry(piece * (400_000 // len(piece)) + "end"))
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    "piece",
    ["<?xml ", "<rss ", "<item ", "<![CDATA[", "<description>", "<!--", "<!ENTITY a 'b'>", "&a;"],
)
def test_a_hostile_body_takes_no_time(piece: str) -> None:
    began = time.process_time()
    many = piece * (400_000 // len(piece))
    for body in (many, rss(many), f"<!DOCTYPE rss [{many}]>{rss('')}", f"junk {many}"):
        parsed(body)
    assert time.process_time() - began < 20


def test_an_entry_dated_at_the_beginning_of_time_has_no_time() -> None:
    """Several languages print their zero time, which is the first of January of the year 1."""
    item = only(rss(ITEM.format("<pubDate>Mon, 01 Jan 0001 00:00:00 +0000</pubDate>")))
    assert item.published is None
    assert [(date.raw[:16], date.at) for date in item.dates] == [("Mon, 01 Jan 0001", None)]
