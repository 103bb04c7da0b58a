"""ANPA 1312: header lines, `^` lines, tables, trailers of two houses."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.test_formats import codes, parsed
from wiredesk.model import Item


def message(lines: str, trailer: str = "AP-WF-11-13-26 1509GMT<", header: str = "") -> bytes:
    header = header or "W2870\x1fasian\nf l\x13\x11 BC-NO--Ferry-Race     11-13 1049"
    return f"\x16\x16\x01{header}\n\x02{lines}\n\t   \x03{trailer}\n\n\x0c\n\x04".encode("latin-1")


def one(lines: str, trailer: str = "AP-WF-11-13-26 1509GMT<", header: str = "") -> Item:
    (item,) = parsed(message(lines, trailer, header), "anpa1312")
    return item


TOP = "^BC-NO--Ferry Race,466<\n^Ferries lose <\n"
COPY = "\t   OSLO (AP) _ Two ferries lost.\n \n\t   ``We rowed.''\n"


@pytest.mark.parametrize(
    ("trailer", "at"),
    [
        ("AP-WF-11-13-26 1509GMT<", datetime(2026, 11, 13, 15, 9, tzinfo=UTC)),
        ("AP-WF-09-04-98 1029GMT<", datetime(1998, 9, 4, 10, 29, tzinfo=UTC)),
        ("KWS-21:37-09-12-26", datetime(2026, 12, 9, 12, 37, tzinfo=UTC)),
        ("AP-WF-13-13-26 1509GMT<", None),
        ("", None),
    ],
)
def test_the_trailer_puts_the_month_first_at_ap_and_the_day_at_kyodo(
    trailer: str, at: datetime | None
) -> None:
    assert one(TOP + COPY, trailer).published == at


def test_the_date_of_the_header_has_no_year_and_is_no_time() -> None:
    item = one(TOP + COPY, "")
    assert (item.published, item.dates, item.id) == (None, (), "W2870")


def test_lines_above_the_copy_go_to_their_fields() -> None:
    item = one(
        "^BC-NO--Ferry Race, 2nd Ld-Writethru,466<\n^Ferries lose<\n^AP Photo XN1, XN2<\n"
        f"^Eds: With photos.<\n^{'The abstract says the lead once more. ' * 4}<\n"
        "^By ADA FINCH=\n^AP Sports Writer=\n" + COPY
    )
    assert (item.slug, item.version) == ("BC-NO--Ferry Race, 2nd Ld-Writethru", "2nd Ld-Writethru")
    assert (item.title, item.ed_note) == ("Ferries lose", "Eds: With photos.")
    assert (item.byline, item.signal) == ("By ADA FINCH, AP Sports Writer", "update")
    assert [link.target for link in item.links] == ["XN1", "XN2"]
    assert item.body.split() == COPY.split()


def test_priority_and_category_are_kept_as_sent() -> None:
    item = one(TOP + COPY)
    assert item.priority == "f"
    assert [(s.scheme, s.code) for s in item.subjects] == [("a1312cat", "l")]


def test_a_list_of_headlines_has_them_for_its_copy() -> None:
    item = one("^*9006< ^AP-Top-Nordia,0176<\n^Top News<\n^Ferries lose\n^Goose called\n")
    assert (item.slug, item.title) == ("AP-Top-Nordia", "Top News")
    assert item.body.split() == "Ferries lose Goose called".split()


def test_a_message_of_an_abstract_alone_has_it_for_its_copy() -> None:
    abstract = "The abstract is all there is of this story, and it is long enough to be one. " * 2
    assert one(TOP + f"^{abstract}<\n").body.split() == abstract.split()


def test_rows_of_a_table_are_lines_and_a_brace_is_a_half() -> None:
    item = one(
        TOP + "\x08^;W;L;GB\x10 \n\x08New\x10 Harbour;16;21;7{\x10 \n\x08Holm\x1f\x1e 3\x1e 4\n"
    )
    assert [line.split() for line in item.body.split("\n") if line.strip()] == [
        ["W", "L", "GB"],
        ["New", "Harbour", "16", "21", "7½"],
        ["Holm", "3", "4"],
    ]


def test_every_word_of_tabbed_copy_stands_in_the_body_in_order() -> None:
    copy = "".join(f"\t   Paragraph {n}, word = word < word.\n \n" for n in range(100))
    assert one(TOP + copy).body.split() == copy.split()


def test_a_message_that_was_cut_is_rejected_and_those_before_it_are_kept() -> None:
    batch = parsed(message(TOP + COPY) + message(TOP + COPY)[:-40], "anpa1312")
    assert len(batch) == 1
    assert codes(batch) == ["truncated"]
