"""NewsML-G2, the opening of XML, the markup of bodies, and XML that is no story."""

from __future__ import annotations

import random
import re
import string
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from wiredesk import formats
from wiredesk.batch import Batch
from wiredesk.errors import Rejected
from wiredesk.formats import Part
from wiredesk.formats.markup_bodies import body_of, body_of_text, with_paragraph
from wiredesk.formats.subject_names import subject_name
from wiredesk.formats.xml_opening import opened, root_of
from wiredesk.markup import html_paragraphs
from wiredesk.model import Capture, Item, Source

GOLDEN = Path(__file__).parent / "golden" / "formats"
SOURCE = Source(id="file", kind="file", url="", tz="Europe/Oslo")
XML = sorted(
    path
    for name in ("newsml-g2", "xml-record", "xml")
    for path in (GOLDEN / name).iterdir()
    if not path.name.endswith(".json")
)
SHORTEST = 20  # bytes; in fewer nothing need tell XML from text
MESSAGE = (GOLDEN / "newsml-g2" / "ap-message.xml").read_bytes()
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def capture(body: bytes) -> Capture:
    return Capture("file", "folder/stem.xml", body, datetime(2026, 3, 1, tzinfo=UTC), "0" * 64)


def parsed(body: bytes | str) -> Batch[Item]:
    raw = body.encode() if isinstance(body, str) else body
    return formats.parse(Part(capture(raw), formats.guess(raw)), SOURCE)


def codes(batch: Batch[Item]) -> list[str]:
    return [reject.code for reject in batch.rejects]


def story(meta: str = "", content: str = "", *, copy: str = "<p>A boat left.</p>") -> Item:
    """A news item with some metadata and XHTML copy, parsed."""
    batch = parsed(
        f"<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/' guid='tag:wire.example,2026:1'>"
        f"<itemMeta><itemClass qcode='ninat:text'/>{meta}</itemMeta>"
        f"<contentMeta><headline>A boat</headline>{content}</contentMeta><contentSet><inlineXML>"
        f"<html><body>{copy}</body></html></inlineXML></contentSet></newsItem>"
    )
    assert not batch.rejects
    return batch.passed[0]


@pytest.mark.parametrize("path", XML, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_content_alone_tells_the_format(path: Path) -> None:
    assert formats.guess(path.read_bytes()) == path.parent.name


@pytest.mark.parametrize("path", XML, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_file_cut_anywhere_gives_the_items_before_the_cut_or_one_reject(path: Path) -> None:
    body = path.read_bytes()
    whole = {item.id for item in parsed(body)}
    for n in range(1, 50):
        cut = body[: len(body) * n // 50]
        if len(cut) < SHORTEST:
            continue
        batch = parsed(cut)
        broken = [reject for reject in batch.rejects if not reject.dropped]
        assert {item.id for item in batch} <= whole
        assert len([r for r in broken if r.code in {"truncated", "xml_invalid"}]) <= 1
        assert batch.passed or batch.rejects
        assert formats.guess(cut) != "text"


def test_items_before_a_cut_are_kept_and_the_cut_is_told() -> None:
    cut = MESSAGE.index(b"<newsItem", MESSAGE.index(b"</newsItem>")) + 200
    batch = parsed(MESSAGE[:cut])
    assert [item.title for item in batch] == ["Kelp boats stay in port for a third day"]
    assert codes(batch) == ["package", "truncated"]


@pytest.mark.parametrize(
    "prolog",
    [
        f'<!DOCTYPE newsItem [<!ENTITY l0 "ha">{LAUGHS}]><newsItem>&l9;</newsItem>',
        '<!DOCTYPE newsItem [<!ENTITY a SYSTEM "file:///etc/passwd">]><newsItem>&a;</newsItem>',
        '<!DOCTYPE newsItem [<!ENTITY % a SYSTEM "http://x.example/a"> %a;]><newsItem/>',
        '<!DOCTYPE newsItem [<!ENTITY a "&b;"><!ENTITY b "&a;">]><newsItem>&a;</newsItem>',
        "<newsItem>" + "<a>" * 300 + "</a>" * 300 + "</newsItem>",
    ],
    ids=["laughs", "file", "parameter", "loop", "deep"],
)
def test_a_bomb_is_one_reject(prolog: str) -> None:
    assert codes(parsed(prolog)) == ["xml_unsafe"]


def test_a_document_type_out_of_reach_does_no_harm() -> None:
    body = (
        '<?xml version="1.0"?>\n<!DOCTYPE a SYSTEM "http://x.example/a.dtd">\n<a>kelp&nbsp;dry</a>'
    )
    document = opened(capture(body.encode()))
    assert document.root.text == "kelp\u00a0dry"
    assert [issue.code for issue in document.issues] == ["xml_mended"]


def test_an_entity_that_the_document_itself_declares_is_read() -> None:
    body = b'<!DOCTYPE a [<!ENTITY wire "The Kelp Wire">]><a>&wire; says</a>'
    assert opened(capture(body)).root.text == "The Kelp Wire says"


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_charsets_are_read_by_what_the_bytes_are(charset: str) -> None:
    body = '\n\n<?xml version="1.0" encoding="utf-8"?><newsItem><a>Årdal £4</a></newsItem>'
    document = opened(capture(body.strip().encode(charset)))
    assert document.root.findtext("a") == "Årdal £4"
    assert root_of(body.encode(charset)) == ("newsItem", "")


def test_prefixes_that_nobody_declared_are_mended_and_told() -> None:
    item = story("<rtr:versionedId guid='x'/>")
    assert [issue.code for issue in item.issues] == ["xml_mended"]


@pytest.mark.parametrize("junk", ["<a><b>1</a>", "<a>1</a>text", "<a b='1' b='2'/></a>"])
def test_other_damage_is_a_reject(junk: str) -> None:
    with pytest.raises(Rejected, match="xml_invalid"):
        opened(capture(junk.encode()))


def test_an_unreadable_time_is_no_time_and_an_issue() -> None:
    item = story("<versionCreated>yesterday</versionCreated><firstCreated/>")
    assert (item.published, item.updated) == (None, None)
    assert [issue.code for issue in item.issues] == ["bad_date"]
    assert [(date.origin, date.at) for date in item.dates] == [("versionCreated", None)]


def test_a_time_without_a_zone_takes_the_source_s() -> None:
    item = story("<versionCreated>2026-02-01T12:00:00</versionCreated>")
    assert item.updated == datetime(2026, 2, 1, 11, tzinfo=UTC)
    assert item.dates[0].zoneless


def test_an_embargo_that_cannot_be_read_holds_the_item() -> None:
    item = story("<embargoed>Friday noon</embargoed>")
    assert (item.embargo_until, item.pub_status) == (None, "withheld")


@pytest.mark.parametrize(
    ("qcode", "status"),
    [("stat:usable", "usable"), ("pubst:cancelled", "canceled"), (" stat:Withheld ", "withheld")],
)
def test_the_status_is_read_without_its_prefix(qcode: str, status: str) -> None:
    assert story(f"<pubStatus qcode='{qcode}'/>").pub_status == status


def test_an_unknown_status_leaves_the_item_usable_and_is_told() -> None:
    item = story("<pubStatus qcode='stat:resting'/>")
    assert (item.pub_status, item.issues[0].code) == ("usable", "unknown_status")


def test_subjects_keep_their_scheme_once_and_get_the_name_they_lack() -> None:
    item = story(
        content="<subject qcode='medtop:15000000'/><subject qcode='medtop:15000000'/>"
        "<subject qcode='N2:GOL'><name xml:lang='de'>Gold</name><name xml:lang='en'>Gold en</name>"
        "</subject><subject literal='CRO'/><subject type='Topic'><name/></subject>"
    )
    assert [(s.scheme, s.code, s.name) for s in item.subjects] == [
        ("medtop", "15000000", "sport"),
        ("N2", "GOL", "Gold en"),
        (None, "CRO", None),
    ]


def test_the_top_levels_of_the_iptc_are_named() -> None:
    assert subject_name("subj", "17000000") == "weather"
    assert subject_name("medtop", "16000000") == "conflict, war and peace"
    assert subject_name("N2", "17000000") is None


def test_a_dateline_that_is_the_time_of_sending_is_none() -> None:
    assert story(content="<dateline>2026-02-03 03:47:29 GMT+00:00</dateline>").dateline is None
    assert story(content="<dateline>OSLO</dateline>").dateline == "OSLO"


def test_an_item_without_a_guid_is_named_by_its_file() -> None:
    batch = parsed("<newsItem><contentMeta><headline>A boat</headline></contentMeta></newsItem>")
    assert [item.id for item in batch] == ["stem"]


def test_a_picture_with_a_story_in_it_is_a_story() -> None:
    copy = "".join(f"<p>Paragraph {n} of a story.</p>" for n in range(4))
    batch = parsed(
        "<newsItem guid='g'><itemMeta><itemClass qcode='icls:picture'/></itemMeta><contentSet>"
        f"<inlineXML><html><body>{copy}</body></html></inlineXML></contentSet></newsItem>"
    )
    assert len(batch) == 1


def test_copy_in_one_paragraph_keeps_the_lines_it_was_set_in() -> None:
    body = story(copy="<p>(Adds detail)\n    OSLO, Feb 3 (Wire) - A boat\nleft.</p>")
    assert (body.markup, body.body.count("\n")) == ("text", 2)


def body_words(*markup: str) -> list[str]:
    element = etree.fromstring(f"<body>{''.join(markup)}</body>")
    body = body_of(element)
    if body.markup == "text":
        return body.text.split()
    return " ".join(text for text, _ in html_paragraphs(body.text)[0]).split()


words = st.text(string.ascii_letters, min_size=1, max_size=8)
inline = st.builds(
    lambda tag, text, tail: f"<{tag}>{text}</{tag}> {tail} ",
    st.sampled_from(["b", "em", "person", "money", "a", "Company", "span"]),
    words,
    words,
)
block = st.builds(
    lambda tag, parts: f"<{tag}>zz{' '.join(parts)}</{tag}>\n",
    st.sampled_from(["p", "div", "h2", "hl2", "li", "blockquote", "pre", "section", "CITAT"]),
    st.lists(inline | words, max_size=5),
)
nested = st.recursive(
    block,
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>",
        st.sampled_from(["div", "section", "ul", "block", "td"]),
        st.lists(inner, min_size=1, max_size=4),
    ),
    max_leaves=12,
)


@given(st.lists(nested | words.map(lambda word: f"{word}<br/>"), min_size=1, max_size=6))
@settings(max_examples=200, deadline=None)
def test_no_word_of_the_markup_is_lost_and_none_moves(blocks: list[str]) -> None:
    expected = re.sub(r"<[^>]*>", " ", "".join(blocks)).split()
    got = [word for word in body_words(*blocks) if word != "–"]
    assert "".join(got) == "".join(expected)


def test_a_table_is_a_line_a_row_and_one_that_holds_copy_is_its_paragraphs() -> None:
    rows = "<table><tr><th>Boat</th><th>Days</th></tr><tr><td>Tern</td><td/><td>3</td></tr></table>"
    layout = "<table><tr><td><p>One.</p><p>Two.</p></td><td>Three.</td></tr></table>"
    body = body_of(etree.fromstring(f"<body>{rows}{layout}</body>"))
    assert [text for text, _ in html_paragraphs(body.text)[0]] == [
        *("Boat | Days", "Tern | 3"),
        *("One.", "Two.", "Three."),
    ]


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("The boats of the northern isles that gather<br/>kelp stayed in port for days.", 1),
        ("Source: harbour office<br/>Stand: Monday", 2),
        ("Boats in port (part 1 of 2)<br/>stood at 17.", 1),
        ("(Reporting by Mira Quill<br/>Editing by Joss Fenwick)", 1),
        ("Tern      3      1\nDory     12      4", 2),
        ("OSLO - A boat\nleft.\n    It came\nback.", 2),
        ("One printed\n            with an indent", 1),
    ],
    ids=["wrapped", "list", "runs on", "sign-off", "columns", "set", "printed"],
)
def test_line_ends_mean_what_the_setting_says(text: str, paragraphs: int) -> None:
    body = body_of(etree.fromstring(f"<body><p>First.</p><p>{text}</p></body>"))
    assert body.text.count("<p>") == 1 + paragraphs


def test_a_writer_among_the_creators_is_the_byline_where_none_is_printed() -> None:
    creators = (
        "<creator literal='Wire'/><creator role='crol:author'><name>Mira Quill</name></creator>"
    )
    assert story(content=creators).byline == "Mira Quill"
    assert story(content=f"{creators}<by>By Joss Fenwick</by>").byline == "By Joss Fenwick"


def test_a_masthead_and_captions_are_no_copy() -> None:
    body = body_of(
        etree.fromstring(
            "<body><header><h1>Head</h1><p>Feature</p></header><p>One.</p><p>Two.</p>"
            "<figure><figcaption>Caption</figcaption></figure><media><p>Caption</p></media></body>"
        )
    )
    assert body.text == "<p>One.</p>\n<p>Two.</p>"


def test_html_in_text_is_html_and_instrument_codes_in_it_stay() -> None:
    body = body_of_text("<p>Selkie <SLK.L> fell &amp; rose</p><p>Two</p>")
    assert body.markup == "html"
    assert html_paragraphs(body.text)[0][0] == ("Selkie <SLK.L> fell & rose", False)


def test_cdata_inside_html_is_copy() -> None:
    assert body_of_text("<p><![CDATA[One & two.]]></p>").text == "<p>One &amp; two.</p>"


def test_a_tagline_is_added_once() -> None:
    body = body_of_text("<p>One.</p><p>Quill reported from Boston.</p>")
    assert with_paragraph(body, "Quill reported  from Boston.") == body
    assert with_paragraph(body, "Marr & Co").text.endswith("<p>Marr &amp; Co</p>")
    assert with_paragraph(body_of_text(""), "Marr").text == "Marr"


@pytest.mark.parametrize(
    "copy", ["<SRD> fell 3 pct.", "<p>One.</p><p>Two.</p>", "A < B and C > D", "results\n<none>"]
)
def test_plain_copy_is_never_taken_for_xml(copy: str) -> None:
    assert formats.guess(copy.encode()) == "text"


def test_bytes_changed_at_random_never_crash_a_parser() -> None:
    chance = random.Random(7)  # noqa: S311 - repeatable
    for path in XML:
        body = bytearray(path.read_bytes())
        for _ in range(30):
            spoilt = bytearray(body)
            for _ in range(chance.randint(1, 6)):
                spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
            batch = formats.parse(Part(capture(bytes(spoilt)), path.parent.name), SOURCE)
            assert batch.passed or batch.rejects
