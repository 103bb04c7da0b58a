"""NITF: its pitfalls, a sentence each; goldens of its dialects are in tests/golden/formats."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wiredesk import formats
from wiredesk.batch import Batch
from wiredesk.formats import Part
from wiredesk.model import Capture, Item, Link, Source, Subject

SOURCE = Source(id="file", kind="file", url="", tz="Europe/Oslo")
DAY = datetime(2026, 5, 4, tzinfo=UTC)


def parsed(body: bytes | str, format_: str | None = None) -> Batch[Item]:
    raw = body.encode() if isinstance(body, str) else body
    capture = Capture("file", "x.xml", raw, DAY, "0" * 64)
    return formats.parse(Part(capture, format_ or formats.guess(raw)), SOURCE)


def one(body: bytes | str) -> Item:
    batch = parsed(body)
    assert not batch.rejects, batch.rejects
    (item,) = batch.passed
    assert item.format == "nitf"
    return item


def nitf(head: str = "", body_head: str = "", copy: str = "<p>Copy.</p>", end: str = "") -> str:
    return (
        f"<nitf><head>{head}</head><body><body.head><hedline><hl1>Lamp</hl1></hedline>{body_head}"
        f"</body.head><body.content>{copy}</body.content>{end}</body></nitf>"
    )


def plain(item: Item) -> str:
    return " ".join(unescape(re.sub(r"<[^<>]*>", " ", item.body)).split())


def test_all_text_inside_a_paragraph_counts_whatever_elements_cut_it() -> None:
    copy = (
        "<p><!-- note -->At <money>Euro 2026</money>, <person>O. Fen</person>'s <em>lamp</em>.</p>"
    )
    assert plain(one(nitf(copy=copy))) == "At Euro 2026, O. Fen's lamp."


WORD = st.text("abcdefgæøé&<", min_size=1, max_size=8)
WRAP = st.sampled_from(["p", "hl2", "li", "td", "block", "pre", "bq", "person", "org", "q", "em"])


@given(st.lists(st.tuples(WRAP, WRAP, WORD, WORD), min_size=1, max_size=12))
@settings(max_examples=80, deadline=None)
def test_no_word_of_the_copy_is_lost_or_moved(parts: list[tuple[str, str, str, str]]) -> None:
    def xml(word: str) -> str:
        return word.replace("&", "&amp;").replace("<", "&lt;")

    copy = "".join(f"<{a}>{xml(u)} <{b}>{xml(v)}</{b}></{a}> " for a, b, u, v in parts)
    words = re.findall(r"[^\W\d_]+", " ".join(f"{u} {v}" for _, _, u, v in parts))
    batch = parsed(nitf(copy=f"<p>First.</p><p>Second.</p>{copy}"))
    body = batch.passed[0].body
    kept = re.sub(r"</?(?:p|h2|h3|li)>", " ", body) if batch.passed[0].markup == "html" else body
    assert re.findall(r"[^\W\d_]+", unescape(kept)) == ["First", "Second", *words]


def test_a_time_without_a_zone_takes_the_sender_s() -> None:
    head = '<docdata>{}<date.issue norm="20260218T160141"/></docdata>'
    sydney = one(nitf(head.format('<doc.copyright holder="Australian Associated Press"/>')))
    assert sydney.published == datetime(2026, 2, 18, 5, 1, 41, tzinfo=UTC)
    assert sydney.dates[0].zoneless
    assert one(nitf(head.format(""))).published == datetime(2026, 2, 18, 15, 1, 41, tzinfo=UTC)


def test_a_time_that_nobody_can_read_is_no_time_and_an_issue() -> None:
    item = one(nitf('<docdata><date.issue norm="next week"/></docdata>'))
    assert item.published is None
    assert [issue.code for issue in item.issues] == ["bad_date"]
    assert [date.raw for date in item.dates] == ["next week"]


def test_what_is_embargoed_opens_at_its_release() -> None:
    item = one(
        nitf(
            '<docdata management-status="embargoed"><date.issue norm="20260504T132446+0100"/>'
            '<date.release norm="20260505T000100+0100"/></docdata>'
        )
    )
    assert item.pub_status == "usable"
    assert item.embargo_until == datetime(2026, 5, 4, 23, 1, tzinfo=UTC)


def test_what_is_embargoed_without_saying_until_when_is_held() -> None:
    item = one(nitf('<docdata management-status="embargoed"/>'))
    assert (item.pub_status, item.embargo_until) == ("withheld", None)
    assert "embargo_unreadable" in [issue.code for issue in item.issues]


def test_a_release_at_the_time_of_issue_is_no_embargo() -> None:
    dates = '<date.issue norm="20260504T120000Z"/><date.release norm="20260504T120000Z"/>'
    assert one(nitf(f"<docdata>{dates}</docdata>")).embargo_until is None


def test_a_status_that_nobody_knows_holds_the_item() -> None:
    item = one(nitf('<docdata management-status="frobnicated"/>'))
    assert item.pub_status == "withheld"
    assert "status_unknown" in [issue.code for issue in item.issues]


def test_a_canceled_document_needs_neither_headline_nor_copy() -> None:
    item = one(
        '<nitf><head><docdata management-status="canceled" management-doc-idref="a.1" '
        'management-idref-status="canceled"><doc-id id-string="a.2"/></docdata></head>'
        "<body><body.content/></body></nitf>"
    )
    assert (item.id, item.pub_status) == ("a.2", "canceled")
    assert item.links == (Link("replaces", "a.1", "canceled"),)


def test_a_byline_s_elements_are_words_of_their_own() -> None:
    byline = "<byline>By<person>Edith Marlowe</person><byttl>Business Desk</byttl></byline>"
    assert one(nitf(body_head=byline)).byline == "By Edith Marlowe, Business Desk"


def test_a_subtitle_in_the_byline_s_place_is_no_byline() -> None:
    head = '<docdata><doc-id regsrc="ANSA" id-string="1"/></docdata>'
    assert one(nitf(head, "<byline>In un granaio</byline>")).byline is None


def test_the_parts_of_a_location_are_joined_with_commas() -> None:
    place = "<dateline><location><city>Oslo</city><country>Norway</country></location></dateline>"
    assert one(nitf(body_head=place)).dateline == "Oslo, Norway"
    printed = "<dateline><location><city>Oslo</city>, Norway</location></dateline>"
    assert one(nitf(body_head=printed)).dateline == "Oslo, Norway"


def test_a_tagline_is_put_below_the_copy_once() -> None:
    end = "<body.end><tagline>Edited by Hugh Pemberley</tagline></body.end>"
    assert plain(one(nitf(end=end))) == "Copy. Edited by Hugh Pemberley"
    again = "<p>Copy.</p><p>Edited by Hugh Pemberley</p>"
    assert plain(one(nitf(copy=again, end=end))) == "Copy. Edited by Hugh Pemberley"


def test_a_paragraph_that_an_archive_prints_twice_is_read_once() -> None:
    lead = '<block class="lead_paragraph"><p>One.</p></block>'
    full = '<block class="full_text"><p>One.</p><p>Two.</p></block>'
    assert plain(one(nitf(copy=lead + full))) == "One. Two."
    assert plain(one(nitf(copy=lead))) == "One."


def test_html_that_was_escaped_into_the_copy_is_no_copy() -> None:
    embed = "<p>&lt;div class='x'&gt;&lt;/div&gt;&lt;script src='a.js'&gt;&lt;/script&gt;</p>"
    item = one(nitf(copy=f"<p>One,&lt;br&gt;two &lt; three.</p>{embed}<p>Four &lt;ABC.N&gt;.</p>"))
    assert item.body == "<p>One, two &lt; three.</p>\n<p>Four &lt;ABC.N&gt;.</p>"
    assert [issue.code for issue in item.issues] == ["double_escaped"]


def test_a_picture_is_a_link_with_its_caption_and_no_copy() -> None:
    media = (
        '<media media-type="image"><media-reference source="a.jpg"/>'
        "<media-caption>A lamp.</media-caption></media>"
    )
    item = one(nitf(copy=f"{media}<p>Copy.</p>"))
    assert plain(item) == "Copy."
    assert item.links == (Link("picture", "a.jpg", "A lamp."),)


def test_a_row_of_a_table_is_a_line() -> None:
    rows = "<tr><td>Oslo</td><td>64</td></tr><tr><td>Bergen</td><td>83</td></tr>"
    assert one(nitf(copy=f"<p>Top.</p><table>{rows}</table>")).body.split("\n") == [
        "<p>Top.</p>",
        "<p>Oslo | 64</p>",
        "<p>Bergen | 83</p>",
    ]


def test_subjects_keep_scheme_and_code_and_are_named() -> None:
    topics = (
        '<tobject><tobject.subject tobject.subject.refnum="15000000"/>'
        '<tobject.subject tobject.subject.refnum="15000000"/></tobject>'
        '<docdata><key-list><keyword key="lamps"/></key-list></docdata>'
    )
    assert one(nitf(topics)).subjects == (
        Subject("subj", "15000000", "sport"),
        Subject("keyword", "lamps", "lamps"),
    )


def test_a_pound_sign_in_latin_1_is_a_pound_sign() -> None:
    raw = b'<?xml version="1.0" encoding="iso-8859-1"?>' + nitf(copy="<p>It cost £61.</p>").encode(
        "latin-1"
    )
    assert plain(one(raw)) == "It cost £61."
    # labelled Latin-1 and sent as UTF-8
    mislabelled = '<?xml version="1.0" encoding="iso-8859-1"?>' + nitf(copy="<p>It cost £61.</p>")
    assert plain(one(mislabelled)) == "It cost £61."


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16"])
def test_marks_comments_blank_lines_and_a_doctype_may_stand_before_the_root(charset: str) -> None:
    before = '\n\n<!-- from: wire -->\n<!DOCTYPE nitf SYSTEM "../dtd/nitf-3-2.dtd">\n'
    assert plain(one((before + nitf()).encode(charset))) == "Copy."


def test_an_address_in_the_doctype_is_never_asked() -> None:
    item = one('<!DOCTYPE nitf SYSTEM "http://127.0.0.1:9/never.dtd">' + nitf())
    assert plain(item) == "Copy."


def test_entities_that_unfold_are_one_reject() -> None:
    lines = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE nitf [<!ENTITY e0 "lol">{lines}]>' + nitf(copy="<p>&e9;</p>")
    assert [reject.code for reject in parsed(bomb).rejects] == ["xml_unsafe"]
    outside = '<!DOCTYPE nitf [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + nitf(copy="<p>&x;</p>")
    assert [reject.code for reject in parsed(outside).rejects] == ["xml_unsafe"]


def test_a_document_cut_anywhere_is_one_reject() -> None:
    whole = nitf('<docdata><doc-id id-string="1"/></docdata>', copy="<p>Copy.</p>" * 40).encode()
    for n in range(1, 50):
        batch = parsed(whole[: len(whole) * n // 50], "nitf")
        assert not batch.passed
        assert [reject.code for reject in batch.rejects] == ["truncated"]


def test_what_is_no_nitf_is_turned_away_by_name() -> None:
    assert [reject.code for reject in parsed("<other/>", "nitf").rejects] == ["unknown_xml"]
