"""What archives keep copy in: <DOC> records of research, WordPress's export, dpa's digitalwires."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.test_formats import codes, parsed
from wiredesk import formats
from wiredesk.model import Item

WXR = (
    '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:wp="http://wordpress.org/export/1.2/"><channel><language>en</language>{}</channel></rss>'
)
ENTRY: dict[str, Any] = {
    "format": "digitalwires@0.9.1",
    "type": "composite",
    "urn": "urn:newsml:dpa.com:20090101:260504-930-1",
    "version_created": "2026-05-04T12:00:00+02:00",
    "version": 1,
    "pubstatus": "usable",
    "headline": "Gans geladen",
    "article_html": "<p>Eine Gans war als Zeugin geladen.</p>",
}


def doc(fields: str, attributes: str = "") -> bytes:
    return f"<DOC{attributes}>\n{fields}\n</DOC>\n".encode()


def one(body: bytes) -> Item:
    (item,) = parsed(body)
    return item


@pytest.mark.parametrize(
    ("fields", "attributes", "id_", "day"),
    [
        ("<TEXT>x</TEXT>", ' id="XIN_ENG_20020315.0042" type="story"', "XIN_ENG_20020315.0042",
         datetime(2002, 3, 15, tzinfo=UTC)),
        ("<DOCNO> AP880212-0001 </DOCNO><TEXT>x</TEXT>", "", "AP880212-0001",
         datetime(1988, 2, 12, tzinfo=UTC)),
        ("<DOCNO> NYT19990430.0001 </DOCNO><DATE_TIME> 1999-04-30 00:05 </DATE_TIME><TEXT>x</TEXT>",
         "", "NYT19990430.0001", datetime(1999, 4, 30, 0, 5, tzinfo=UTC)),
        ("<DOCNO> WSJ870324-0001 </DOCNO><DD> 03/24/87</DD><TEXT>x</TEXT>", "", "WSJ870324-0001",
         datetime(1987, 3, 24, tzinfo=UTC)),
        ("<DOCNO>LA010189-0001</DOCNO><TEXT>x</TEXT>", "", "LA010189-0001", None),
    ],
)  # fmt: skip
def test_a_record_has_its_day_from_its_date_or_its_id(
    fields: str, attributes: str, id_: str, day: datetime | None
) -> None:
    item = one(doc(fields, attributes))
    assert (item.id, item.published, item.format) == (id_, day, "doc-records")


def test_an_id_names_the_agency_and_the_language() -> None:
    item = one(doc("<TEXT>Une oie.</TEXT>", ' id="AFP_FRE_20020315.0042" type="story"'))
    assert (item.agency, item.language) == ("afp", "fr")
    assert one(doc("<DOCNO>FT911-3</DOCNO><TEXT>x</TEXT>")).agency is None


def test_what_is_not_one_story_says_what_it_is() -> None:
    kinds = [one(doc("<TEXT>x</TEXT>", f' id="a" type="{kind}"')).genre for kind in
             ("story", "multi", "other", "advis")]  # fmt: skip
    assert kinds == [None, "multi", "other", "advis"]


def test_records_before_a_cut_are_kept_and_an_empty_one_is_a_reject() -> None:
    body = doc("<TEXT>x</TEXT>") + doc("<DOCNO>1</DOCNO><TEXT> </TEXT>") + b"<DOC>\n<TEXT>half"
    batch = parsed(body, "doc-records")
    assert (len(batch), codes(batch)) == (1, ["empty", "truncated"])


def test_an_export_is_told_from_a_feed() -> None:
    assert formats.guess(WXR.format("").encode()) == "wordpress"
    assert formats.guess(b'<?xml version="1.0"?><rss version="2.0"><channel/></rss>') == "feed"


@pytest.mark.parametrize(
    ("status", "shown"),
    [
        ("publish", "usable"),
        ("draft", "withheld"),
        ("future", "withheld"),
        ("private", "withheld"),
        ("trash", "canceled"),
    ],
)
def test_what_a_newsroom_did_not_publish_is_not_usable(status: str, shown: str) -> None:
    entry = f"<item><title>Goose</title><wp:status>{status}</wp:status></item>"
    assert one(WXR.format(entry).encode()).pub_status == shown


@pytest.mark.parametrize(
    ("copy", "body"),
    [
        ("One.\n\nTwo.", ["<p>One.</p>", "<p>Two.</p>"]),
        ("<p>One.</p>\n<p>Two.</p>", ["<p>One.</p>", "<p>Two.</p>"]),
        ("<!-- wp:x --><p>One.</p><!-- /wp:x -->\n\nTwo & <em>three</em>.",
         ["<p>One.</p>", "<p>Two & <em>three</em>.</p>"]),
        ("One.[gallery ids=\"1,2\"]\n\n[caption id=\"a\"]<img/> A goose[/caption]\n\n"
         "[dropcap]T[/dropcap]wo [sic].",
         ["<p>One.</p>", "<p>Two [sic].</p>"]),
    ],
)  # fmt: skip
def test_blank_lines_are_paragraphs_and_shortcodes_no_copy(copy: str, body: list[str]) -> None:
    entry = f"<item><content:encoded><![CDATA[{copy}]]></content:encoded></item>"
    assert one(WXR.format(entry).encode()).body.split("\n") == body


@pytest.mark.parametrize("kind", ["image", "audio", "video", "graphic"])
def test_an_entry_of_digitalwires_without_an_article_is_a_picture_or_sound(kind: str) -> None:
    batch = parsed(json.dumps({**ENTRY, "type": kind, "article_html": None}).encode())
    assert codes(batch) == ["picture" if kind == "image" else kind]


def test_entries_come_alone_in_a_list_or_in_an_answer() -> None:
    other = {**ENTRY, "urn": "urn:newsml:dpa.com:20090101:260504-930-2"}
    for given in ([ENTRY, other], {"entries": [ENTRY, other]}):
        batch = parsed(json.dumps(given).encode())
        assert [item.ordinal for item in batch] == [0, 1]
        assert {item.format for item in batch} == {"digitalwires"}


def test_notes_that_are_not_for_publication_stay_out() -> None:
    notes = [
        {"role": "dpaednoterole:editorialnote", "ednote": "Mit Foto", "is_publishable": True},
        {"role": "dpaednoterole:editorialnote", "ednote": "Nur intern", "is_publishable": False},
        {"role": "dpaednoterole:closingline", "ednote": "dpa abc yyzz n1 def"},
    ]
    item = one(json.dumps({**ENTRY, "ednotes": notes}).encode())
    assert item.ed_note == "Mit Foto"
    assert item.body.endswith("<p>dpa abc yyzz n1 def</p>")
