"""IPTC 7901: headers, headings, stamps, and what is left of them in files saved by hand."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.test_formats import codes, parsed
from wiredesk.model import Item, Source

BERLIN = Source(id="file", kind="file", url="", tz="Europe/Berlin")
COPY = "Oslo (dpa) - A gull sat on the ribbon.\r\n"


def message(
    headings: str = "Gull delays bridge =",
    stamp: str = "131137 GMT Nov 26",
    copy: str = COPY,
    header: str = "eca062 4 i 211 ccccb   dpa 061",
) -> bytes:
    text = (
        f"\x01{header}\r\n\nNordia-gull/\r\n\x02{headings}\r\n\n{copy}\r\n\x03{stamp}\r\n\x7f\x04"
    )
    return text.encode("latin-1")


def one(body: bytes, source: Source = BERLIN) -> Item:
    (item,) = parsed(body, "iptc7901", source)
    return item


@pytest.mark.parametrize(
    ("stamp", "at"),
    [
        ("131137 GMT Nov 26", datetime(2026, 11, 13, 11, 37, tzinfo=UTC)),
        ("071341 GMT Okt 26", datetime(2026, 10, 7, 13, 41, tzinfo=UTC)),
        ("101137 GMT Dez 98", datetime(1998, 12, 10, 11, 37, tzinfo=UTC)),
        ("101137 GMT Mär 2026", datetime(2026, 3, 10, 11, 37, tzinfo=UTC)),
        ("101137 MEZ Mai 26", datetime(2026, 5, 10, 10, 37, tzinfo=UTC)),
        ("311137 GMT Feb 26", None),
        ("131137 GMT Xyz 26", None),
    ],
)
def test_the_stamp_at_the_end_is_day_hour_minute_month_and_year(
    stamp: str, at: datetime | None
) -> None:
    item = one(message(stamp=stamp))
    assert item.published == at
    assert ("bad_date" in {issue.code for issue in item.issues}) == (at is None)


def test_a_stamp_without_a_zone_is_in_that_of_the_source() -> None:
    item = one(message(stamp="101137 Dez 26"))
    assert item.published == datetime(2026, 12, 10, 10, 37, tzinfo=UTC)
    assert [date.zoneless for date in item.dates] == [True]


def test_headings_end_at_the_equals_sign_and_the_byline_stands_apart() -> None:
    item = one(message("REFILE\n1ST LEAD\r\nGull delays bridge\r\nBy Ada Finch, dpa ="))
    assert item.title == "REFILE\n1ST LEAD\nGull delays bridge"
    assert item.byline == "By Ada Finch, dpa"
    assert item.body.strip() == COPY.strip()


def test_a_number_is_a_name_only_with_its_day() -> None:
    assert one(message()).id == "eca062-20261113"
    assert one(message(stamp="")).id == "eca062"


def test_priority_category_keyword_and_sender_are_kept() -> None:
    item = one(message())
    assert (item.urgency, item.priority, item.slug, item.agency) == (4, "4", "Nordia-gull", "dpa")
    assert [(s.scheme, s.code) for s in item.subjects] == [("iptc7901cat", "i")]


def test_latin_1_with_no_break_spaces_is_no_damage() -> None:
    item = one(message(copy="Malmö (dpa) - Ein\xa0Möwenpaar.\r\n"))
    assert "Malmö (dpa) - Ein\xa0Möwenpaar." in item.body
    assert not item.issues


def test_several_messages_in_one_file_are_several_stories() -> None:
    batch = parsed(message() + message(header="eca063 3 s 10"), "iptc7901")
    assert [item.id for item in batch] == ["eca062-20261113", "eca063-20261113"]
    assert [item.ordinal for item in batch] == [0, 1]


def test_a_message_that_was_cut_is_rejected_and_those_before_it_are_kept() -> None:
    batch = parsed(message() + message()[:80], "iptc7901")
    assert len(batch) == 1
    assert codes(batch) == ["truncated"]


def test_every_word_of_the_copy_stands_in_the_body_in_order() -> None:
    copy = "".join(f"Line {n} of the copy = it says.\r\n" for n in range(200))
    assert one(message(copy=copy)).body.split() == copy.split()
