"""Scenario 18: the clock of the machine is set forwards or backwards between polls."""

from __future__ import annotations

from datetime import timedelta

from tests.test_polling import START, Desk, entry, feed
from wiredesk.schedule import due

YEAR = timedelta(days=365)


def test_stories_come_once_whatever_the_clock_does(desk: Desk) -> None:
    for n, jump in enumerate((0, 1, -2, 1)):
        desk.at += jump * YEAR
        desk.site.put("/feed.xml", feed(*(entry(m, desk) for m in range(n, n + 3))))
        desk.poll(desk.source())
    assert desk.titles() == {f"Ferry {n} leaves" for n in range(6)}
    assert desk.rows("SELECT count(*), count(DISTINCT story_id) FROM wire.stories") == [(6, 6)]


def test_a_source_polled_in_the_year_to_come_is_due_when_the_clock_is_right_again(
    desk: Desk,
) -> None:
    desk.site.put("/feed.xml", feed(entry(1, desk)))
    desk.poll(desk.source())
    right = desk.at
    desk.at += YEAR
    desk.poll(desk.source())
    wrong = desk.warehouse.standings()["feed"]
    assert wrong.next_at is not None
    assert wrong.next_at > START + YEAR
    now = right + timedelta(days=1)
    assert due(desk.warehouse.standings(now)["feed"], now)
