"""Scenarios 10 and 11: ids that are missing or come with another address, times that are twice."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.test_polling import Desk, entry, feed
from wiredesk.formats.times import instant


def test_a_slug_that_is_edited_under_the_same_id_is_no_news(desk: Desk) -> None:
    listed = feed(entry(1, desk), entry(2, desk))
    desk.site.put("/feed.xml", listed)
    desk.poll(desk.source())
    desk.site.put("/feed.xml", listed.replace("/story/1.html", "/story/1-ferry-leaves-late.html"))
    came = desk.poll(desk.source())["feed"]
    assert (came.new_stories, came.new_versions, came.duplicates) == (0, 0, 2)


def test_without_ids_the_address_is_the_identity_and_a_new_one_is_known_by_copy_and_time(
    desk: Desk,
) -> None:
    date = "Mon, 04 May 2026 10:00:00 GMT"
    listed = feed(entry(1, desk, date=date), entry(2, desk, date=date))
    for n in (1, 2):
        listed = listed.replace(f"<guid>hw-{n}</guid>", "")
    desk.site.put("/feed.xml", listed)
    assert desk.poll(desk.source())["feed"].new_stories == 2
    assert desk.rows("SELECT DISTINCT identity_scheme FROM raw.items") == [("link",)]
    desk.site.put("/feed.xml", listed.replace("/story/1.html", "/story/1-ferry-leaves-late.html"))
    assert desk.poll(desk.source())["feed"].new_stories == 0
    assert desk.titles() == {"Ferry 1 leaves", "Ferry 2 leaves"}


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2026-10-25 02:30:00", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),  # it is twice
        ("2026-03-29 02:30:00", datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),  # it is not at all
    ],
)
def test_an_hour_that_is_twice_or_not_at_all_is_one_instant(said: str, meant: datetime) -> None:
    assert instant(said, "Europe/Berlin") == meant
