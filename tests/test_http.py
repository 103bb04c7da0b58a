"""HTTP against a web that misbehaves: each misdeed ends in the right error, within limits."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests import hostile
from tests.hostile import FEED, Authority, Dialled, HostileWeb, Names
from wiredesk.errors import FetchError, Gone, Permanent, Refused, Soft, Temporary
from wiredesk.fetch.http import Web
from wiredesk.fetch.limits import Limits
from wiredesk.model import Capture, Redirect, Source, Unchanged, Validators

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
SMALL = Limits(connect=0.5, answer=0.6, body=1 << 20, headers=20_000)
PUBLIC = "93.184.216.34"  # an address of the open internet; Dialled keeps us from going there


@pytest.fixture
def web() -> Iterator[HostileWeb]:
    with hostile.serving() as serving:
        yield serving


def source(url: str = "http://hostile.example/", **more: Any) -> Source:
    usual = {"allow": ("hostile.example",), "robots": False, "delay": 0.0}
    return Source("hostile", "feed", url, **{**usual, **more})


def opened(**more: Any) -> Web:
    usual = {"now": lambda: NOON, "limits": SMALL, "resolve": Names()}
    return Web(**{"contact": "https://desk.example/bot", **usual, **more})


def asking(what: Callable[[Web], Awaitable[Any]], **more: Any) -> Any:
    async def run() -> Any:
        async with opened(**more) as client:
            return await what(client)

    return asyncio.run(run())


def get(url: str, known: Validators | None = None, *, of: Source | None = None, **more: Any) -> Any:
    """What one GET brings: a Capture, Unchanged, or the error."""

    async def one(client: Web) -> Any:
        try:
            return await client.get(of or source(url), url, known)
        except FetchError as no:
            return no

    return asking(one, **more)


# --- what a body is taken as


def test_a_body_comes_with_how_it_came(web: HostileWeb) -> None:
    url = web.url("/feed.xml")
    came = get(url)
    assert isinstance(came, Capture)
    assert (came.locator, came.body, came.status) == (url, FEED, 200)
    assert (came.etag, came.last_modified) == ('"one"', "Mon, 04 May 2026 10:00:00 GMT")
    assert (came.media_type, came.fetched_at) == ("application/rss+xml", NOON)
    assert ("Etag", '"one"') in came.headers


def test_we_say_who_we_are_and_whom_to_write_to(web: HostileWeb) -> None:
    get(web.url("/feed.xml"))
    agent = web.asked[0].headers["user-agent"]
    assert agent.startswith("wiredesk/")
    assert agent.endswith(" (+https://desk.example/bot)")


def test_the_charset_is_carried_as_declared_even_where_it_is_wrong(web: HostileWeb) -> None:
    came = get(web.url("/wrong-charset.xml"))
    assert came.charset == "UTF-8"
    assert "MALMÖ".encode("latin-1") in came.body


@pytest.mark.parametrize(
    "path", ["gzip", "members", "deflate", "bare-deflate", "plain-as-gzip", "feed", "slow"]
)
def test_content_codings_are_taken_off(web: HostileWeb, path: str) -> None:
    assert get(web.url(f"/{path}.xml")).body == FEED


@pytest.mark.parametrize(
    "path",
    [
        "another-feed.xml", "consent.html", "billion-laughs.xml", "external-entity.xml", "nuls.xml",
    ],
)  # fmt: skip
def test_what_a_body_says_is_for_the_formats_to_judge(web: HostileWeb, path: str) -> None:
    assert isinstance(get(web.url(f"/{path}")), Capture)


def test_cookies_are_neither_kept_nor_carried_to_the_next_request(web: HostileWeb) -> None:
    async def twice(client: Web) -> Any:
        first = await client.get(source(), web.url("/cookies.xml"))
        await client.get(source(), web.url("/feed.xml"))
        return first

    came = asking(twice)
    assert "4711" not in repr(came)
    assert ("X-Kept", "yes") in came.headers
    assert "cookie" not in web.asked[1].headers


# --- conditional requests


def test_validators_that_still_hold_are_answered_unchanged(web: HostileWeb) -> None:
    url = web.url("/conditional.xml")
    assert get(url, Validators('"one"', None)) == Unchanged("hostile", url, NOON)
    assert isinstance(get(url, Validators('"zero"', None)), Capture)


def test_an_etag_that_lies_hides_no_body(web: HostileWeb) -> None:
    url = web.url("/lying-etag.xml")
    first, second = get(url), get(url, Validators('"one"', None))
    assert first.etag == second.etag
    assert first.sha256 != second.sha256


def test_a_new_etag_on_an_old_body_is_known_by_its_hash(web: HostileWeb) -> None:
    url = web.url("/new-etag.xml")
    first, second = get(url), get(url)
    assert first.etag != second.etag
    assert first.sha256 == second.sha256


def test_a_304_that_nobody_asked_for_is_no_answer(web: HostileWeb) -> None:
    assert type(get(web.url("/status/304"))) is Temporary


# --- statuses


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (204, Soft), (206, Soft), (300, Soft), (302, Soft), (401, Soft), (403, Soft), (406, Soft),
        (407, Soft), (451, Soft), (400, Permanent), (404, Permanent), (410, Gone), (408, Temporary),
        (425, Temporary), (429, Temporary), (500, Temporary), (503, Temporary), (522, Temporary),
    ],
)  # fmt: skip
def test_a_status_is_told_by_the_kind_of_its_error(
    web: HostileWeb, status: int, kind: type[FetchError]
) -> None:
    no = get(web.url(f"/status/{status}"))
    assert (type(no), no.status) == (kind, status)


@pytest.mark.parametrize("path", ["empty.xml", "blank.xml"])
def test_an_empty_200_is_an_error_and_no_empty_feed(web: HostileWeb, path: str) -> None:
    no = get(web.url(f"/{path}"))
    assert (type(no), no.reason) == (Soft, "an empty answer")


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("said", "wait"),
    [("120", 120), ("date", 120), ("316800", 86400), ("soon", None), ("-5", None), ("", None)],
)
def test_retry_after_is_read_in_every_form(
    web: HostileWeb, status: int, said: str, wait: float | None
) -> None:
    no = get(web.url(f"/wait/{status}?{said}"))
    assert (type(no), no.status, no.wait) == (Temporary, status, wait)


# --- broken, slow and oversized answers


@pytest.mark.parametrize(
    "path",
    [
        "truncated-chunk", "says-more", "cut-gzip", "damaged-gzip", "hang-up", "not-http", "drip",
        "drip-head", "silence",
    ],
)  # fmt: skip
def test_an_answer_that_does_not_come_whole_is_temporary(web: HostileWeb, path: str) -> None:
    began = time.monotonic()
    assert type(get(web.url(f"/{path}.xml"))) is Temporary
    assert time.monotonic() - began < 2


def test_a_server_that_drips_is_left_before_its_time_is_up(web: HostileWeb) -> None:
    limits = Limits(grace=0.1, head=0.2)
    no = get(web.url("/drip.xml"), limits=limits)
    assert type(no) is Temporary
    assert no.reason.endswith("bytes a second")
    for path in ("/drip-head.xml", "/silence.xml"):
        assert type(get(web.url(path), limits=limits)) is Temporary


def test_an_error_holds_nothing_of_the_body_it_came_of(web: HostileWeb) -> None:
    no = get(web.url("/endless.xml"))
    assert no.__context__ is None
    assert no.__cause__ is None


def test_a_body_ends_where_its_length_says(web: HostileWeb) -> None:
    async def twice(client: Web) -> Any:
        first = await client.get(source(), web.url("/says-less.xml"))
        return first, await client.get(source(), web.url("/feed.xml"))

    first, second = asking(twice)
    assert first.body == FEED[:60]
    assert second.body == FEED  # the rest of the first was not taken for the head of the second


@pytest.mark.parametrize("path", ["gzip-bomb", "endless", "huge-head", "long-head", "brotli"])
def test_an_answer_over_the_limits_is_soft(web: HostileWeb, path: str) -> None:
    assert type(get(web.url(f"/{path}.xml"))) is Soft


def test_a_bomb_is_seen_by_its_ratio_long_before_the_limit(web: HostileWeb) -> None:
    no = get(web.url("/gzip-bomb.xml"), limits=Limits())
    assert no.reason == "unpacks to over 200 times its size"


def test_a_connection_that_breaks_before_the_answer_is_tried_once_more(web: HostileWeb) -> None:
    assert get(web.url("/hang-up-once.xml")).body == FEED
    assert type(get(web.url("/hang-up.xml"))) is Temporary
    assert web.times("/hang-up.xml") == 2


def test_a_host_without_an_address_or_a_server_is_temporary() -> None:
    assert type(get("http://nowhere.example/", resolve=Names(nowhere_example=[[]]))) is Temporary
    assert type(get("http://127.0.0.1:9/", of=source(allow=("127.0.0.1",)))) is Temporary


# --- redirects


def test_redirects_are_followed_and_told(web: HostileWeb) -> None:
    last = web.url("/feed.xml")
    middle = web.url("/for-ever?/feed.xml")
    first = web.url(f"/to?{middle}")
    came = get(first)
    assert (came.locator, came.body) == (first, FEED)
    assert came.redirects == (Redirect(first, middle, False), Redirect(middle, last, True))


def test_a_poll_answered_304_tells_its_redirects_too(web: HostileWeb) -> None:
    came = get(web.url("/for-ever?/conditional.xml"), Validators('"one"', None))
    assert isinstance(came, Unchanged)
    assert [hop.permanent for hop in came.redirects] == [True]


def test_a_redirect_loop_is_permanent(web: HostileWeb) -> None:
    no = get(web.url("/loop/a"))
    assert (type(no), no.reason.rpartition(": ")[2]) == (Permanent, "a redirect loop")
    assert len(web.asked) == 2
    assert type(get(web.url("/far/1"))) is Permanent
    assert len(web.asked) == 2 + 11


def test_a_gate_that_sets_a_cookie_and_sends_back_is_no_loop(web: HostileWeb) -> None:
    assert get(web.url("/gate")).body == FEED


@pytest.mark.parametrize(
    "target",
    [
        "file:///etc/passwd", "ftp://hostile.example/feed.xml", "javascript:alert(1)",
        "http://10.0.0.7/", "http://169.254.169.254/latest/meta-data/", "http://localhost./",
        "http://0x7f.1/", "http://2130706433/", "http://0177.0.0.1/", "http://[::1]/",
        "http://[::ffff:127.0.0.1]/", "http://inside.example/", "//inside.example/feed.xml",
        "http://user@hostile.example/feed.xml", "http://[bad/",
    ],
)  # fmt: skip
def test_a_redirect_out_of_the_open_web_is_refused(web: HostileWeb, target: str) -> None:
    names = Names(inside_example=[["192.168.1.1"]], localhost=[["127.0.0.1"]])
    dialled = Dialled()
    no = get(web.url(f"/to?{target}"), resolve=names, network=dialled)
    assert type(no) is Refused
    assert dialled.addresses == ["127.0.0.1"]  # that of the host that was asked, and no other
    assert len(web.asked) == 1


def test_cookies_and_targets_that_no_header_or_terminal_can_take_do_no_harm(
    web: HostileWeb,
) -> None:
    no = get(web.url("/odd-gate"))
    assert isinstance(no, FetchError)
    assert no.reason.isprintable()
    assert web.times("/odd-gate") == 2


# --- addresses


def test_one_inner_address_among_outer_ones_refuses_the_host(web: HostileWeb) -> None:
    names = Names(mixed_example=[[PUBLIC, "10.0.0.1"]])
    assert type(get(web.url("/feed.xml", "mixed.example"), resolve=names)) is Refused
    assert not web.asked


def test_what_is_connected_to_is_what_was_checked(web: HostileWeb) -> None:
    names = Names(flips_example=[[PUBLIC], ["127.0.0.1"]])
    dialled = Dialled()

    async def twice(client: Web) -> Any:
        first = await client.get(source(), web.url("/feed.xml", "flips.example"))
        with pytest.raises(Refused):  # though a connection to that name is kept open
            await client.get(source(), web.url("/feed.xml", "flips.example"))
        return first

    came = asking(twice, resolve=names, network=dialled, limits=Limits(names=0))
    assert came.body == FEED
    assert dialled.addresses == [PUBLIC]
    assert web.asked[0].host == "flips.example"


def test_a_name_is_looked_up_once_in_a_while_and_permission_every_time(web: HostileWeb) -> None:
    names = Names(inside_example=[["127.0.0.1"]])
    url = web.url("/feed.xml", "inside.example")

    async def both(client: Web) -> None:
        await client.get(source(allow=("Inside.Example.",)), url)
        with pytest.raises(Refused):  # a connection that another source may use is kept open
            await client.get(source(allow=()), url)

    asking(both, resolve=names)
    assert names.asked == ["inside.example"]
    assert len(web.asked) == 1


def test_the_next_address_is_tried_where_the_first_does_not_answer(web: HostileWeb) -> None:
    dialled = Dialled()
    dialled.closed = {PUBLIC}
    names = Names(two_example=[[PUBLIC, "93.184.216.35"]])
    url = web.url("/feed.xml", "two.example")
    assert get(url, resolve=names, network=dialled).body == FEED
    assert dialled.addresses == [PUBLIC, "93.184.216.35"]


# --- TLS


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


@pytest.mark.parametrize(
    ("names", "days", "said"),
    [
        (("hostile.example",), (-1, 1), None),
        (("hostile.example",), (-2, -1), "expired"),
        (("other.example",), (-1, 1), "mismatch"),
    ],
)
def test_a_certificate_must_be_right(
    authority: Authority, names: tuple[str], days: tuple[int, int], said: str | None
) -> None:
    with hostile.serving(authority.server(*names, days=days)) as web:
        came = get(f"https://hostile.example:{web.port}/feed.xml", tls=authority.trusted())
        if said is None:
            assert came.body == FEED
        else:
            assert type(came) is Permanent
            assert said in came.reason


def test_a_certificate_of_an_unknown_authority_is_permanent(authority: Authority) -> None:
    with hostile.serving(authority.server("hostile.example")) as web:
        assert type(get(f"https://hostile.example:{web.port}/feed.xml")) is Permanent


def test_a_server_that_speaks_no_tls_is_permanent(web: HostileWeb) -> None:
    assert type(get(f"https://hostile.example:{web.port}/feed.xml")) is Permanent


def test_http2_is_spoken_where_it_is_offered(authority: Authority) -> None:
    with hostile.serving(authority.server("hostile.example", alpn="h2")) as web:
        url = f"https://hostile.example:{web.port}/feed.xml"
        assert get(url, tls=authority.trusted()).body == FEED
        assert web.asked[0].host == f"hostile.example:{web.port}"


@pytest.mark.parametrize("path", ["not-http2", "says-more", "odd-status"])
def test_a_server_that_breaks_the_rules_of_http2_is_temporary(
    authority: Authority, path: str
) -> None:
    with hostile.serving(authority.server("hostile.example", alpn="h2")) as web:
        url = f"https://hostile.example:{web.port}/{path}.xml"
        assert type(get(url, tls=authority.trusted())) is Temporary


# --- credentials


@pytest.mark.parametrize(
    ("auth", "where"),
    [
        ("basic", "Basic ZGVzazprLXsxfSYyIDM="), ("bearer", "Bearer desk:k-{1}&2 3"),
        ("header X-Api-Key", "desk:k-{1}&2 3"),
        ("query key", "/echo?a=b&key=desk%3Ak-%7B1%7D%262%203"),
    ],
)  # fmt: skip
def test_credentials_go_to_the_sources_own_origin_only(
    web: HostileWeb, auth: str, where: str
) -> None:
    names = ("hostile.example", "other.example")
    own = source(web.url("/feed.xml"), allow=names, auth=auth, credentials="DESK_KEY")
    secrets = {"hostile": "desk:k-{1}&2 3\n"}
    came = get(web.url("/echo?a=b"), of=own, secrets=secrets)
    assert where in web.asked[0].headers.values() or where == web.asked[0].target
    assert came.locator == web.url("/echo?a=b")
    get(web.url("/echo", "other.example"), of=own, secrets=secrets)
    get(web.url(f"/to?{web.url('/echo?', 'other.example')}"), of=own, secrets=secrets)
    for asked in (web.asked[1], web.asked[3]):
        assert asked.host == "other.example"
        assert "k-" not in asked.target + repr(asked.headers)
        assert "authorization" not in asked.headers


def test_a_key_that_a_redirect_repeats_is_not_recorded_and_not_carried_off(
    web: HostileWeb,
) -> None:
    own = source(
        web.url("/"), allow=("hostile.example", "other.example"), auth="query key",
        credentials="DESK_KEY",
    )  # fmt: skip
    secrets = {"hostile": "s3same"}
    # the server's redirect ends in the query it was sent, so it repeats the key
    for host in ("hostile.example", "other.example"):
        came = get(web.url(f"/to?{web.url('/feed.xml', host)}?a=b"), of=own, secrets=secrets)
        assert came.body == FEED
        assert "s3same" not in repr(came)
    assert [asked.target for asked in web.asked if asked.target.startswith("/feed")] == [
        "/feed.xml?a=b&key=s3same", "/feed.xml?a=b",
    ]  # fmt: skip


def test_a_redirect_that_carries_the_key_off_is_refused(web: HostileWeb) -> None:
    names = ("hostile.example", "other.example")
    own = source(web.url("/"), allow=names, auth="query key", credentials="DESK_KEY")
    login = web.url("/echo?next=https%3A%2F%2Fhostile.example%2F%3Fkey%3Ds3%252Fsame", names[1])
    no = get(web.url(f"/to?{login}"), of=own, secrets={"hostile": "s3/same"})
    assert type(no) is Refused
    assert "same" not in str(no)
    assert len(web.asked) == 1


def test_errors_hold_no_secret(web: HostileWeb) -> None:
    own = source(web.url("/"), auth="query key", credentials="DESK_KEY")
    for path in ("/status/404", "/hang-up.xml", "/to?http://10.0.0.7/?x=y"):
        no = get(web.url(path), of=own, secrets={"hostile": "s3same"})
        assert isinstance(no, FetchError)
        assert "s3same" not in f"{no!r} {no.url} {no.reason} {no.__cause__!r}"
    no = get("http://desk:s3same@hostile.example/feed.xml")
    assert (type(no), no.url) == (Refused, "http://hostile.example/feed.xml")


def test_a_variable_that_is_not_set_is_named(web: HostileWeb) -> None:
    no = get(web.url("/feed.xml"), of=source(web.url("/"), auth="bearer", credentials="DESK_KEY"))
    assert type(no) is Soft
    assert "DESK_KEY is not set" in no.reason
    assert not web.asked
