"""How often, how many at once, and whether at all: turns, robots.txt, Retry-After, backoff."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import hostile
from tests.hostile import FEED, HostileWeb
from tests.test_http import NOON, asking, get, source
from wiredesk.errors import Gone, Permanent, Refused, Soft, Temporary
from wiredesk.fetch.backoff import WAITS, Kind, backoff, kind
from wiredesk.fetch.http import Web
from wiredesk.fetch.limits import Limits
from wiredesk.fetch.retry_after import LONGEST, retry_after
from wiredesk.model import RobotsSeen

DAY = timedelta(days=1)


@pytest.fixture
def web() -> Iterator[HostileWeb]:
    with hostile.serving() as serving:
        yield serving


# --- turns


def test_requests_to_a_host_start_as_far_apart_as_its_source_says(web: HostileWeb) -> None:
    of = source(delay=0.1, connections=4)

    async def four(client: Web) -> None:
        await asyncio.gather(*(client.get(of, web.url("/slow.xml")) for _ in range(4)))

    asking(four, limits=Limits())
    gaps = [later.at - sooner.at for sooner, later in pairwise(web.asked)]
    assert len(gaps) == 3
    assert min(gaps) > 0.09
    assert max(gaps) < 0.25  # and no farther: none waited for another's answer


def test_no_more_requests_are_under_way_than_a_source_allows(web: HostileWeb) -> None:
    of = source(connections=2)

    async def six(client: Web) -> None:
        await asyncio.gather(*(client.get(of, web.url("/slow.xml")) for _ in range(6)))

    asking(six, limits=Limits())
    starts = [asked.at for asked in web.asked]
    assert all(third - first > 0.28 for first, third in zip(starts, starts[2:], strict=False))


def test_hosts_do_not_wait_for_each_other(web: HostileWeb) -> None:
    names = tuple(f"h{n}.example" for n in range(20))
    of = source(allow=names, delay=1.0)

    async def one_each(client: Web) -> None:
        await asyncio.gather(*(client.get(of, web.url("/feed.xml", name)) for name in names))

    asking(one_each)
    assert {asked.host for asked in web.asked} == set(names)
    assert web.asked[-1].at - web.asked[0].at < 0.9


def test_a_request_that_is_given_up_leaves_its_turn_to_the_next(web: HostileWeb) -> None:
    async def cancelled(client: Web) -> bytes:
        of = source(connections=1)
        first = asyncio.create_task(client.get(of, web.url("/silence.xml")))
        second = asyncio.create_task(client.get(of, web.url("/silence.xml")))
        await asyncio.sleep(0.05)
        first.cancel()
        second.cancel()
        return (await client.get(of, web.url("/feed.xml"))).body

    assert asking(cancelled, limits=Limits()) == FEED


# --- robots.txt


def test_what_robots_txt_forbids_is_not_asked_for(web: HostileWeb) -> None:
    web.robots = b"User-agent: *\nDisallow: /\n\nUser-agent: wiredesk\nDisallow: /private/\n"
    of = source(robots=True)
    assert get(web.url("/feed.xml"), of=of).body == FEED
    assert type(get(web.url("/private/feed.xml"), of=of)) is Refused
    assert type(get(web.url("/to?/private/feed.xml"), of=of)) is Refused
    assert not web.times("/private/feed.xml")


def test_robots_txt_is_asked_for_once_and_kept_for_the_next_run(web: HostileWeb) -> None:
    web.robots = b"User-agent: *\nDisallow: /private/\n"
    of = source(robots=True)

    async def often(client: Web) -> list[RobotsSeen]:
        await asyncio.gather(*(client.get(of, web.url("/feed.xml")) for _ in range(5)))
        return client.robots_seen

    (seen,) = asking(often)
    assert web.times("/robots.txt") == 1
    origin = f"http://hostile.example:{web.port}"
    assert seen == RobotsSeen(origin, NOON, NOON + DAY, 200, web.robots.decode())
    assert type(get(web.url("/private/"), of=of, robots=[seen])) is Refused
    assert web.times("/robots.txt") == 1
    get(web.url("/feed.xml"), of=of, robots=[seen], now=lambda: NOON + DAY)
    assert web.times("/robots.txt") == 2


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_no_robots_txt_allows_all(web: HostileWeb, status: int) -> None:
    web.robots_status = status
    assert get(web.url("/feed.xml"), of=source(robots=True)).body == FEED


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_robots_txt_that_fails_holds_all_back_unless_one_was_seen(
    web: HostileWeb, status: int
) -> None:
    web.robots_status = status
    of = source(robots=True)
    no = get(web.url("/feed.xml"), of=of)
    assert (type(no), no.status) == (Temporary, status)
    assert web.times("/feed.xml") == 0
    long_ago = NOON - 30 * DAY
    old = RobotsSeen(f"http://hostile.example:{web.port}", long_ago, long_ago + DAY, 200, "")
    assert get(web.url("/feed.xml"), of=of, robots=[old]).body == FEED


def test_a_robots_txt_that_failed_is_not_asked_for_with_every_page(web: HostileWeb) -> None:
    web.robots_status = 503
    of = source(robots=True)

    async def often(client: Web) -> None:
        for _ in range(3):
            with pytest.raises(Temporary):
                await client.get(of, web.url("/feed.xml"))

    asking(often)
    assert web.times("/robots.txt") == 1


def test_a_crawl_delay_is_kept_up_to_a_limit(web: HostileWeb) -> None:
    web.robots = b"User-agent: *\nCrawl-delay: 86400\n"

    async def two(client: Web) -> None:
        for _ in range(2):
            await client.get(source(robots=True), web.url("/feed.xml"))

    asking(two, limits=Limits(crawl_delay=0.2))
    gaps = [later.at - sooner.at for sooner, later in pairwise(web.asked)]
    assert all(0.19 < gap < 0.5 for gap in gaps)


def test_of_an_endless_robots_txt_the_beginning_is_read(web: HostileWeb) -> None:
    web.robots = b"User-agent: *\nDisallow: /private/\n" + b"# words\n" * 200_000
    of = source(robots=True)
    limits = Limits(robots=10_000)
    assert get(web.url("/feed.xml"), of=of, limits=limits).body == FEED
    assert type(get(web.url("/private/"), of=of, limits=limits)) is Refused


def test_a_source_may_leave_robots_txt_unasked(web: HostileWeb) -> None:
    web.robots = b"User-agent: *\nDisallow: /\n"
    assert get(web.url("/feed.xml"), of=source(robots=False)).body == FEED
    assert web.times("/robots.txt") == 0


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        ("max-age=7200, public", timedelta(hours=2)), ("max-age=5", timedelta(hours=1)),
        ("public, max-age=99999999", timedelta(days=7)), ("no-store", DAY), ("s-maxage=7200", DAY),
    ],
)  # fmt: skip
def test_a_robots_txt_stands_as_long_as_it_says_within_bounds(said: str, stands: timedelta) -> None:
    import httpx

    from wiredesk.fetch.robots import lifetime

    assert lifetime(httpx.Headers({"cache-control": said})) == stands


# --- Retry-After and backoff


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120), (" 7 ", 7), ("1.5", 1.5), ("0", 0), ("316800", LONGEST), ("9" * 12, LONGEST),
        ("Mon, 04 May 2026 12:02:00 GMT", 120), ("Monday, 04-May-26 12:02:00 GMT", 120),
        ("Mon May  4 12:02:00 2026", 120), ("Fri, 08 May 2026 04:00:00 GMT", LONGEST),
        ("Mon, 04 May 2026 11:00:00 GMT", None), ("-30", None), ("soon", None), ("", None),
        (None, None), ("9" * 5000, None), ("Mon, 99 May 2026 12:02:00 GMT", None), ("٣", None),
    ],
)  # fmt: skip
def test_retry_after_is_seconds_or_a_date(said: str | None, seconds: float | None) -> None:
    assert retry_after(said, NOON) == seconds


def test_a_date_is_counted_by_the_clock_of_the_server_that_names_it() -> None:
    fast = "Mon, 04 May 2026 15:00:00 GMT"
    assert retry_after("Mon, 04 May 2026 15:01:00 GMT", NOON, server=fast) == 60


@given(st.text(max_size=60))
def test_no_retry_after_hurts(said: str) -> None:
    wait = retry_after(said, NOON)
    assert wait is None or 0 <= wait <= LONGEST


KINDS = st.sampled_from(["temporary", "soft", "hard"])
CHANCE = st.floats(0, 1, exclude_max=True)


@given(KINDS, st.integers(0, 10_000), CHANCE)
def test_backoff_stays_between_half_its_first_wait_and_its_cap(
    of: Kind, failures: int, chance: float
) -> None:
    first, longest = WAITS[of]
    assert first / 2 <= backoff(of, failures, None, chance) <= longest


@given(KINDS, st.integers(1, 10_000), CHANCE)
def test_backoff_never_shrinks_with_more_failures(of: Kind, failures: int, chance: float) -> None:
    assert backoff(of, failures, None, chance) <= backoff(of, failures + 1, None, chance)


@given(KINDS, st.integers(1, 100), CHANCE, st.floats(0, LONGEST))
def test_backoff_never_undercuts_what_the_server_asked_for(
    of: Kind, failures: int, chance: float, wait: float
) -> None:
    left_alone = backoff(of, failures, wait, chance)
    assert left_alone >= timedelta(seconds=wait)
    assert left_alone <= max(WAITS[of][1], timedelta(seconds=wait * 1.1))


def test_failures_are_of_a_kind_by_their_type() -> None:
    said = ("http://hostile.example/", "so it is")
    kinds = {type(no): kind(no) for no in (cls(*said) for cls in (Temporary, Soft, Gone, Refused))}
    assert kinds == {Temporary: "temporary", Soft: "soft", Gone: "hard", Refused: "hard"}
    assert kind(Permanent(*said)) == "hard"
