"""Pages: what a news page declares and prints becomes one item, and what is no story is refused."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wiredesk.clean import clean
from wiredesk.errors import Rejected
from wiredesk.formats import jsonl
from wiredesk.formats.page import read_page, sniff
from wiredesk.formats.pages.authors import split_byline
from wiredesk.formats.pages.furniture import is_furniture_name, is_pointer
from wiredesk.formats.pages.linked import read_linked
from wiredesk.model import Capture, Item, Json, Source

SOURCE = Source(id="file", kind="file", url="")
ADDRESS = "https://skerrypost.example/2026/05/01/ferry"
LEAD = "The ferry turned back to the harbour on Friday to fetch a violin its owner had left there."
SECOND = (
    "The captain, Ruaridh Anstrup, said that the tide had allowed it, and that nobody had minded."
)
THIRD = (
    "It would not have allowed a cello, he said, and the band aboard had played two reels since."
)
COPY = f"<p>{LEAD}</p><p>{SECOND}</p><p>{THIRD}</p>"


def page(body: str = "", head: str = "", story: str = COPY) -> str:
    return (
        f"<!doctype html><html lang=en><head>{head}</head><body><main><article>{body}{story}"
        "</article></main></body></html>"
    )


def linked(**fields: object) -> str:
    node = {"@type": "NewsArticle", "headline": "Ferry turns back for a violin", **fields}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def read(text: str, address: str = ADDRESS) -> Item:
    return read_page(text, address, SOURCE)


def paragraphs(text: str) -> list[str]:
    return [para.text for para in clean(read(text)).paras]


# -- the headline


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>Ferry turns back - The Skerry Post</title>", "<h1>Ferry turns back</h1>",
         "Ferry turns back"),
        ("<title>Ferry turns back | Isles | skerrypost.example</title>", "",
         "Ferry turns back | Isles"),
        ('<meta property="og:title" content="Ferry turns back – Skerry Post">'
         '<meta property="og:site_name" content="Skerry Post">', "", "Ferry turns back"),
        ('<meta property="og:site_name" content="Skerry Post"><title>Skerry Post: x</title>',
         "<h1>Skerry Post</h1><h1>Ferry turns back</h1>", "Ferry turns back"),
        ('<meta property="og:title" content="North-South line opens - at last">', "",
         "North-South line opens - at last"),
        (linked(headline="Harp &amp; harbour"), "", "Harp & harbour"),
    ],
)  # fmt: skip
def test_a_headline_comes_without_the_site_s_name(head: str, body: str, title: str) -> None:
    assert read(page(body, head)).title == title


def test_a_line_written_for_sharing_leads_and_a_search_engine_s_line_does_not() -> None:
    shared = '<meta property="og:title" content="A violin stops a ferry">'
    told = linked(headline="Ferry turns back for a violin")
    title = "<title>Ferry turns back for a violin</title>"
    assert read(page(head=shared + told + title)).title == "A violin stops a ferry"
    searched = "<title>A violin stops a ferry</title>"
    assert read(page(head=shared + told + searched)).title == "Ferry turns back for a violin"


# -- JSON-LD


@pytest.mark.parametrize(
    "author",
    [
        "Morven Skellick",
        {"@type": "Person", "name": "Morven Skellick"},
        [{"@type": "Person", "name": ["Morven Skellick"]}],
        [[{"@type": "Person", "givenName": "Morven", "familyName": "Skellick"}]],
        {"@id": "#morven"},
        "By Morven Skellick",
    ],
)
def test_an_author_is_found_in_every_form_that_json_ld_gives(author: object) -> None:
    graph = {
        "@graph": [
            {"@type": ["WebPage", "ItemPage"], "name": "x"},
            {"@type": ["NewsArticle"], "headline": "Ferry", "author": author},
            {"@type": "Person", "@id": "#morven", "name": "Morven Skellick"},
        ]
    }
    head = f'<script type="application/ld+json">{json.dumps(graph)}</script>'
    assert read(page(head=head)).authors == ("Morven Skellick",)


@pytest.mark.parametrize(
    "block",
    [
        '{"@type": "NewsArticle", "headline": "Ferry turns\n back", "datePublished": "2026-05-01"}',
        '{"@type": "NewsArticle", "headline": "Ferry turns back", "datePublished": "2026-05-01",}',
        '<!-- {"@type": "NewsArticle", "headline": "Ferry turns back", '
        '"datePublished": "2026-05-01"} -->',
        '//<![CDATA[\n{"@type": "NewsArticle", "headline": "Ferry turns back", '
        '"datePublished": "2026-05-01"};\n//]]>',
        '{"@type": "Organization"}\n{"@type": "Article", "headline": "Ferry turns back", '
        '"datePublished": "2026-05-01"}',
        r'{"@type": "Article", "headline": "Ferry turns back", "description": "it\'s", '
        '"datePublished": "2026-05-01"}',
        "{&quot;@type&quot;: &quot;Article&quot;, &quot;headline&quot;: &quot;Ferry turns back"
        "&quot;, &quot;datePublished&quot;: &quot;2026-05-01&quot;}",
        '{"@type": "Article", "headline": "Ferry turns back", "description": "the "last" boat", '
        '"datePublished": "2026-05-01"}',
    ],
)
def test_broken_json_ld_is_mended(block: str) -> None:
    found = read_linked([block])
    assert (found.headline, found.published) == (
        "Ferry turns back",
        (("datePublished", "2026-05-01"),),
    )


def test_stories_that_an_article_lists_are_not_the_page_s_own() -> None:
    other = {"@type": "NewsArticle", "headline": "Another", "author": "Hugh Carnforth"}
    head = linked(hasPart=[other], author={"name": "Ana Ruiz"}, mentions=other)
    item = read(page(head=head))
    assert (item.title, item.authors) == ("Ferry turns back for a violin", ("Ana Ruiz",))


@given(st.recursive(st.none() | st.text() | st.integers(), lambda inner: st.lists(inner, max_size=3)
                    | st.dictionaries(st.sampled_from(["@type", "@graph", "author", "name", "@id",
                    "headline", "datePublished", "articleBody"]), inner, max_size=4)))  # fmt: skip
@settings(max_examples=150, deadline=None)
def test_json_ld_of_any_shape_is_read_without_an_error(value: object) -> None:
    block = json.dumps(value)
    read_linked([block, block[: len(block) // 2]])


# -- authors


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ana Ruiz, Tom Berg and Liv Moe", ["Ana Ruiz", "Tom Berg", "Liv Moe"]),
        ("Von Ana Ruiz und Tom Berg, Nairobi", ["Ana Ruiz", "Tom Berg"]),
        ("Par Ana Ruiz et Tom Berg", ["Ana Ruiz", "Tom Berg"]),
        ("Por Ana Ruiz y Tom Berg", ["Ana Ruiz", "Tom Berg"]),
        ("di Ana Ruiz e Tom Berg", ["Ana Ruiz", "Tom Berg"]),
        ("Door Ana Ruiz en Tom Berg", ["Ana Ruiz", "Tom Berg"]),
        ("Av Ana Ruiz och Tom Berg", ["Ana Ruiz", "Tom Berg"]),
        ("Oleh: Ana Ruiz dan Tom Berg", ["Ana Ruiz", "Tom Berg"]),
        ("Ana Ruiz / Tom Berg", ["Ana Ruiz", "Tom Berg"]),
        ("Ana Ruiz, Senior Reporter", ["Ana Ruiz"]),
        ("Ana Ruiz (Oban)", ["Ana Ruiz"]),
        ("JÖRG ZELT", ["JÖRG ZELT"]),
        ("Ana Ruiz ana.ruiz@skerrypost.example", ["Ana Ruiz"]),
        ("Le Skerry et AFP", ["Le Skerry et AFP"]),
        ("José Ortega y Gasset", ["José Ortega y Gasset"]),
        ("By Ana Ruiz Published May 1, 2026", ["Ana Ruiz"]),
        ("오반 김하나 기자", ["김하나"]),
        ("@anaruiz", []),
        ("https://skerrypost.example/ana", []),
        ("ana.ruiz", []),
        ("admin", []),
        ("", []),
    ],
)
def test_a_byline_is_split_into_its_names(line: str, names: list[str]) -> None:
    assert split_byline(line) == names


def test_the_site_s_own_card_is_no_author_and_a_person_in_the_byline_is_preferred() -> None:
    card = {"@type": "Organization", "name": "Skerry Post", "url": "https://skerrypost.example/"}
    assert read(page(head=linked(author=card, publisher=card))).authors == ()
    signed = page("<h1>Ferry turns back</h1><p class=byline>By Ana Ruiz</p>", linked(author=card))
    assert read(signed).authors == ("Ana Ruiz",)
    assert read(signed).byline == "By Ana Ruiz"


def test_an_agency_that_is_declared_is_kept() -> None:
    assert read(page(head=linked(author={"@type": "Person", "name": "dpa"}))).authors == ("dpa",)


def test_bylines_of_teasers_below_the_story_are_not_the_story_s() -> None:
    teaser = '<div class="more"><h3>Harp</h3><span class="author">Hugh Carnforth</span></div>'
    text = page("<h1>Ferry turns back</h1><span class=author>Ana Ruiz</span>", story=COPY + teaser)
    assert read(text).authors == ("Ana Ruiz",)


def test_whom_the_page_prints_as_its_editor_is_not_the_author() -> None:
    text = page(
        '<h1>Ferry turns back</h1><div class="author">Ana Ruiz</div>',
        linked(author={"@type": "Person", "name": "Hugh Carnforth"}),
        COPY + '<div class="info">Editor : <a href="/hugh">Hugh Carnforth</a></div>',
    )
    assert read(text).authors == ("Ana Ruiz",)


# -- times


def test_every_time_is_kept_in_the_order_of_trust_and_zoneless_ones_are_marked() -> None:
    item = read(
        page(
            '<h1>Ferry turns back</h1><time datetime="2026-05-01 09:00">1 May</time>',
            linked(datePublished="2026-05-01T08:00:00+01:00", dateModified="2026-05-01T12:00:00Z")
            + '<meta property="article:published_time" content="2026-05-01T07:05:00Z">',
        )
    )
    assert item.published == datetime(2026, 5, 1, 7, tzinfo=UTC)
    assert item.updated == datetime(2026, 5, 1, 12, tzinfo=UTC)
    published = [date for date in item.dates if date.field == "published"]
    assert [(date.origin, date.zoneless) for date in published] == [
        ("json-ld datePublished", False),
        ("article:published_time", False),
        ("time", True),
        ("address", True),
    ]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("1. Mai 2026, 14.05 Uhr", datetime(2026, 5, 1, 14, 5, tzinfo=UTC)),
        ("1 de mayo de 2026 10:22", datetime(2026, 5, 1, 10, 22, tzinfo=UTC)),
        ("1er mai 2026 à 10h30", datetime(2026, 5, 1, 10, 30, tzinfo=UTC)),
        ("May 1, 2026 3:05 PM", datetime(2026, 5, 1, 15, 5, tzinfo=UTC)),
        ("2026年5月1日 14:05", datetime(2026, 5, 1, 14, 5, tzinfo=UTC)),
        ("13/01/2026 10:22", datetime(2026, 1, 13, 10, 22, tzinfo=UTC)),
        ("yesterday", None),
    ],
)
def test_a_printed_time_is_read_where_nothing_is_declared(
    printed: str, expected: datetime | None
) -> None:
    text = page(f'<h1>Ferry turns back</h1><p class="date">{printed}</p>')
    assert read(text, "https://skerrypost.example/ferry").published == expected


# -- the story


FURNITURE = [
    '<div class="related-stories"><p>How a harp crossed the sound on a trawler in May.</p></div>',
    '<ul><li><a href="/harp">Harp crosses the sound on a trawler</a></li></ul>',
    "<p>Read more: Harp crosses the sound on a trawler</p>",
    "<p>Lesen Sie auch: Harfe fährt über den Sund</p>",
    "<figure><img><figcaption>The ferry at Stornoway. Photo: Skerry Post</figcaption></figure>",
    '<div class="c-newsletter__box"><p>The tide table every morning in your mailbox.</p></div>',
    '<form><p>Enter your address and we write to you each morning on the tides.</p></form>',
    '<div class="shareBar">Share</div>',
    '<div class="premium hidden"><p>This copy is for those who pay for the Skerry Post.</p></div>',
    '<p>© 2026 The Skerry Post. All rights reserved.</p>',
    '<article><h3><a href="/x">Harp</a></h3><p>A harp crossed the sound.</p></article>',
    '<aside><p>What else happened at the harbour in the week of the violin.</p></aside>',
    "<div>3</div>",
    "<h2>More on this story</h2>",
]  # fmt: skip


@pytest.mark.parametrize("furniture", FURNITURE)
def test_furniture_is_left_out_and_the_copy_stays(furniture: str) -> None:
    story = f"<p>{LEAD}</p>{furniture}<p>{SECOND}</p><h2>A question of tides</h2><p>{THIRD}</p>"
    text = page("<h1>Ferry turns back</h1>", story=story + furniture)
    assert paragraphs(text) == [LEAD, SECOND, "A question of tides", THIRD]


def test_a_standfirst_leads_the_story_and_a_description_that_is_not_printed_does_not() -> None:
    first = "A violin, a tide and a captain with time: how a ferry came to leave its harbour twice."
    described = f'<meta name="description" content="{first}">'
    printed = page(f"<header><h1>Ferry turns back</h1><h2>{first}</h2></header>", described)
    assert paragraphs(printed) == [first, LEAD, SECOND, THIRD]
    assert paragraphs(page("<h1>Ferry turns back</h1>", described)) == [LEAD, SECOND, THIRD]


def test_names_that_sound_like_furniture_are_no_furniture_around_the_copy() -> None:
    text = f'<html><body class="has-comments"><div class="sidebar-grid">{COPY}</div></body></html>'
    assert paragraphs(text) == [LEAD, SECOND, THIRD]


def test_a_story_without_p_elements_is_read() -> None:
    text = f"<html><body><div>{LEAD}<br><br>{SECOND}<br><br>{THIRD}</div></body></html>"
    assert paragraphs(text) == [LEAD, SECOND, THIRD]


def test_comments_longer_than_the_story_are_not_the_story() -> None:
    reader = "<div class=comment><p>I was aboard, and we minded a great deal, I tell you.</p></div>"
    text = f"<html><body><div>{COPY}</div><div id=comments>{reader * 40}</div></body></html>"
    assert paragraphs(text) == [LEAD, SECOND, THIRD]


def test_behind_a_wall_the_declared_text_is_read() -> None:
    whole = "\n".join([LEAD, SECOND, THIRD] * 3)
    item = read(page("<h1>Ferry</h1>", linked(articleBody=whole), f"<p>{LEAD}</p>"))
    assert dict(item.provenance)["body"] == "json-ld articleBody"
    assert [para.text for para in clean(item).paras] == [LEAD, SECOND, THIRD] * 3


def test_a_declared_text_confirms_what_is_copy() -> None:
    odd = (
        "<p>Our harbour desk answers questions on tides, ferries and instruments each Thursday.</p>"
    )
    story = f"<p>{LEAD}</p>{odd}<p>{SECOND}</p><p>{THIRD}</p>{odd}"
    text = page("<h1>Ferry</h1>", linked(articleBody=f"{LEAD}\n{SECOND}\n{THIRD}"), story)
    assert paragraphs(text) == [LEAD, SECOND, THIRD]


def test_words_are_not_fused_or_lost_in_inline_markup() -> None:
    text = page(story=f"<p><b>Oban</b>: a <a href='#'>ferry</a>&nbsp;sailed&#8212;twice.</p>{COPY}")
    assert paragraphs(text)[0] == "Oban: a ferry sailed—twice."


def test_class_names_are_read_as_words() -> None:
    for names in (
        "c-article__share--bottom",
        "RelatedLinks_wrapper__Kx1",
        "newsletter",
        "wp-caption",
    ):
        assert is_furniture_name(names)
    for names in ("article-body has-ads", "shared-rooms", "after:content-['']", "hidden md:block"):
        assert not is_furniture_name(names)


def test_a_sentence_is_no_pointer() -> None:
    assert not is_pointer("Related costs rose by a third, the harbour office said on Friday.")
    assert is_pointer("Related: harps")


# -- what is no story


def test_a_consent_wall_is_refused() -> None:
    wall = (
        "<p>We and our 214 partners use cookies and process personal data with your consent.</p>"
        "<p>You can withdraw consent at any time in our privacy settings; partners may track.</p>"
    )
    with pytest.raises(Rejected, match="consent_page"):
        read(f"<html><title>Skerry Post</title><body><div>{wall}</div></body></html>")


def test_a_list_of_stories_is_refused() -> None:
    teasers = "".join(
        f"<div><h2><a href='/{n}'>Ferry number {n} turns back</a></h2><p>It was the wind.</p></div>"
        for n in range(20)
    )
    with pytest.raises(Rejected, match="no_article"):
        read(f"<html><title>Skerry Post</title><body><main>{teasers}</main></body></html>")


def test_a_story_about_cookies_is_no_consent_wall() -> None:
    text = page(
        "<h1>Cookies</h1>", linked(), f"<p>Cookies and consent, cookies, partners.</p>{COPY}"
    )
    assert LEAD in paragraphs(text)


HOSTILE = {
    "nested 10,000 levels": "<html><body>" + "<div>" * 10_000 + COPY,
    "nested brackets": f"<html><script type='application/ld+json'>{'[' * 50_000}</script>{COPY}",
    "commas": f"<html><script type='application/ld+json'>{{{', ' * 200_000}</script>{COPY}",
    "blanks": f"<html><script type='application/ld+json'>{' ' * 300_000}x</script>{COPY}",
    "dashes": f"<html><title>{'a - ' * 100_000}</title><body>{COPY}",
    "attributes": "<html><body " + " ".join(f"a{n}=b" for n in range(60_000)) + f">{COPY}",
    "classes": f"<html><body><div class='{'share ' * 30_000}'>{COPY}",
    "NULs": "<html>" + COPY.replace(" ", "\0 "),
    "no end": "<html><body><p>" + "word " * 200_000,
    "bylines": f"<html><body><p class=byline>{'By Ana Ruiz, ' * 20_000}</p>{COPY}",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_ends_soon(name: str) -> None:
    started = time.process_time()
    try:
        clean(read(HOSTILE[name]))
    except Rejected as no:
        assert no.code in {"too_large", "no_article"}
    assert time.process_time() - started < 5


def test_a_page_of_any_tags_is_read_or_refused() -> None:
    pieces = st.sampled_from(
        ["<p>", "</p>", "<div class=share>", "</div>", "<a href=x>", "<b>", "<li>", "<table><td>",
         LEAD, SECOND, "<h1>", "<article>", "<!--", "-->", "<script>", "</script>", "&amp;", "<br>",
         '<script type="application/ld+json">{"@type": "Article", "author": ', "<time>", "\0"]
    )  # fmt: skip

    @settings(max_examples=150, deadline=None)
    @given(st.lists(pieces, max_size=25))
    def check(parts: list[str]) -> None:
        try:
            clean(read("<html>" + "".join(parts)))
        except Rejected as no:
            assert no.code in {"no_article", "consent_page"}

    check()


# -- where pages come from


@pytest.mark.parametrize(
    ("head", "claimed"),
    [
        (b"<!doctype html><p>", True),
        (b"\xef\xbb\xbf <!-- auth - false --><!DOCTYPE html>", True),
        (b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x">', True),
        (b"<HEAD><title>", True),
        (b"<p>A fragment.</p>", False),
        (b"<rss><channel>", False),
        (b"<!-- " + b"x" * 16_000, False),
    ],
)
def test_a_page_is_known_by_its_root(head: bytes, claimed: bool) -> None:
    assert sniff(head) is claimed


def of_row(row: Json) -> Item:
    capture = Capture(
        "file", "x", json.dumps(row).encode(), datetime(2026, 5, 1, tzinfo=UTC), "0" * 64
    )
    (item,) = jsonl.parse(capture, SOURCE)
    assert isinstance(item, Item)
    return item


def test_a_whole_page_in_a_line_of_json_is_read_as_a_page() -> None:
    text = page("<h1>Ferry turns back</h1><p class=byline>By Ana Ruiz</p>")
    item = of_row({"id": 7, "url": ADDRESS, "html": text})
    assert (item.id, item.url, item.title, item.authors) == (
        "7", ADDRESS, "Ferry turns back", ("Ana Ruiz",),
    )  # fmt: skip
    assert item.format == "jsonl"


def test_what_the_line_says_wins_over_its_page() -> None:
    text = page("<h1>Ferry turns back</h1>", linked(author="Ana Ruiz", datePublished="2026-05-01"))
    row = {"html": text, "title": "Told", "byline": "By Liv Moe", "date": "2026-05-02T00:00:00Z"}
    item = of_row(row)
    assert (item.title, item.byline, item.authors) == ("Told", "By Liv Moe", ())
    assert item.published == datetime(2026, 5, 2, tzinfo=UTC)


def test_a_fragment_in_a_line_of_json_stays_a_fragment() -> None:
    assert of_row({"html": "<p>Copy.</p>"}).body == "<p>Copy.</p>"
