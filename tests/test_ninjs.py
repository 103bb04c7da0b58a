"""ninjs in its three versions, what wraps it, and what is none."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.test_formats import codes, parsed
from wiredesk import formats
from wiredesk.model import Item, Source

LONDON = Source(id="file", kind="file", url="", tz="Europe/London")
PLAIN: dict[str, Any] = {
    "uri": "urn:newsml:wire.example:2026:1",
    "type": "text",
    "versioncreated": "2026-05-04T12:00:00Z",
    "headline": "Goose called",
    "body_html": "<p>A goose was called as a witness.</p>",
}


def one(**fields: Any) -> Item:
    (item,) = parsed(json.dumps({**PLAIN, **fields}).encode(), "ninjs", LONDON)
    return item


def test_a_version_is_text_and_may_be_sent_as_a_number() -> None:
    assert [one(version=v).version for v in ("3", 3, 0, None, True)] == ["3", "3", "0", None, None]


@pytest.mark.parametrize(
    ("raw", "at"),
    [
        ("2026-05-04T12:00:00+0000", datetime(2026, 5, 4, 12, tzinfo=UTC)),
        ("2026-05-04T12:00:00Z", datetime(2026, 5, 4, 12, tzinfo=UTC)),
        ("2026-05-04T12:00:00", datetime(2026, 5, 4, 11, tzinfo=UTC)),
        ("soon", None),
    ],
)
def test_times_are_in_utc_and_naive_ones_in_the_zone_of_the_source(
    raw: str, at: datetime | None
) -> None:
    item = one(versioncreated=raw)
    assert (item.published, item.updated) == (at, at)
    assert ("bad_date" in {issue.code for issue in item.issues}) == (at is None)


def test_what_the_item_was_first_and_is_now_are_two_times() -> None:
    item = one(firstcreated="2026-05-03T09:00:00Z")
    assert item.published == datetime(2026, 5, 3, 9, tzinfo=UTC)
    assert item.updated == datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.mark.parametrize("key", ["embargoed", "embargotime", "embargoedUntil"])
def test_an_embargo_is_an_instant_under_each_of_its_names(key: str) -> None:
    item = one(**{key: "2026-05-05T00:01:00+01:00"})
    assert item.embargo_until == datetime(2026, 5, 4, 23, 1, tzinfo=UTC)
    assert item.pub_status == "usable"


@pytest.mark.parametrize("said", ["Friday noon", True])
def test_an_embargo_that_cannot_be_read_holds_the_item(said: object) -> None:
    item = one(embargoed=said)
    assert (item.embargo_until, item.pub_status) == (None, "withheld")
    assert "embargo_unread" in {issue.code for issue in item.issues}


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"pubstatus": "usable"}, "usable"),
        ({"pubStatus": "withheld"}, "withheld"),
        ({"pubstatus": "stat:canceled"}, "canceled"),
        ({"pubstatus": "cancelled"}, "canceled"),
        ({"pubstatus": "usable", "state": "killed"}, "canceled"),
        ({"pubstatus": "usable", "state": "in_progress"}, "withheld"),
        ({"status": ""}, "usable"),
    ],
)
def test_the_status_is_one_of_three(fields: dict[str, str], status: str) -> None:
    assert one(**fields).pub_status == status


def test_a_canceled_item_without_copy_is_kept_as_a_notice_of_its_end() -> None:
    item = one(headline="", body_html="", pubstatus="canceled")
    assert (item.pub_status, item.body) == ("canceled", "")


def test_markup_is_taken_before_plain_text_and_the_headline_is_not_said_twice() -> None:
    item = one(
        body_text="Plain.",
        body_html="<html><head><title>x</title></head><body><h1>Goose called</h1>"
        "<p>A goose.</p><h2>No oath</h2></body></html>",
    )
    assert "Plain" not in item.body
    assert "Goose called" not in item.body
    assert item.markup == "html"
    assert "A goose." in item.body
    assert "No oath" in item.body


def test_a_body_in_text_that_has_elements_is_markup() -> None:
    item = one(body_html=None, body_text="<p>One.</p><p>Two.</p>")
    assert (item.markup, dict(item.provenance)["body"]) == ("html", "ninjs bodytext")


def test_an_item_with_a_description_alone_has_it_for_its_copy_and_an_issue() -> None:
    item = one(body_html=None, descriptions=[{"role": "text", "value": "A goose was called."}])
    assert item.body == "A goose was called."
    assert "body_missing" in {issue.code for issue in item.issues}


def test_a_flash_whose_copy_is_its_headline_keeps_it() -> None:
    assert "Goose called" in one(body_html="<p>Goose called</p>").body


def test_roles_choose_among_headlines_and_bodies() -> None:
    item = one(
        headline=None,
        body_html=None,
        headlines=[{"role": "short", "value": "Goose"}, {"role": "main", "value": "Goose called"}],
        bodies=[
            {"role": "text", "contentType": "text/plain", "value": "Plain."},
            {"role": "main", "contentType": "text/html", "value": "<p>Marked.</p>"},
        ],
    )
    assert item.title == "Goose called"
    assert "Marked." in item.body


def test_fields_of_the_wrong_type_are_as_good_as_absent() -> None:
    item = one(
        byline={"x": 1}, urgency="very", subject={"code": 7}, associations=[1, None], language=[],
        headlines="x", renditions=7, genre=3.5, keywords={"a": 1}, located=["a", 2],
    )  # fmt: skip
    assert (item.byline, item.urgency, item.links, item.language) == (None, None, (), None)


def test_subjects_keep_their_scheme_and_are_named_once() -> None:
    item = one(
        subject=[
            {"code": "15000000", "name": "Sport"},
            {"code": "15000000", "name": "Sport"},
            {"code": "20000002"},
            {"qcode": "04005004", "scheme": "iptc_subject_code"},
            {"uri": "http://cv.iptc.org/newscodes/mediatopic/16000000", "name": "Conflict"},
            {"code": "category:rowing", "name": "Rowing"},
            "news:uk",
        ],
        keywords="goose; court",
    )
    assert [(s.scheme, s.code) for s in item.subjects] == [
        ("subj", "15000000"),
        ("medtop", "20000002"),
        ("subj", "04005004"),
        ("medtop", "16000000"),
        ("category", "rowing"),
        ("news", "uk"),
        ("keyword", "goose"),
        ("keyword", "court"),
    ]


def test_predecessors_and_pictures_are_links() -> None:
    item = one(
        replacing=["urn:a"],
        associations={"main": {"type": "picture", "uri": "urn:p", "headline": "The goose"}},
    )
    assert [(link.relation, link.target) for link in item.links] == [
        ("replaces", "urn:a"),
        ("picture", "urn:p"),
    ]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"type": "picture"}, "picture"),
        ({"type": "ninat:video"}, "video"),
        ({"type": "audio"}, "audio"),
        ({"type": "graphic"}, "graphic"),
        ({"type": "event"}, "event"),
        ({"type": "planning"}, "planning"),
        ({"type": "composite", "body_html": None}, "package"),
        ({"type": None, "eventDetails": {}}, "event"),
    ],
)
def test_what_is_no_story_is_named_and_dropped(fields: dict[str, Any], code: str) -> None:
    batch = parsed(json.dumps({**PLAIN, **fields}).encode(), "ninjs")
    assert codes(batch) == [code]
    assert all(reject.dropped for reject in batch.rejects)


@pytest.mark.parametrize(
    "wrapped",
    [
        [PLAIN],
        {"items": [PLAIN]},
        {"_items": [PLAIN]},
        {"item": [PLAIN], "total": 1},
        {"data": {"item": PLAIN, "meta": {}}},
        {"data": {"items": [{"item": PLAIN, "meta": {}}]}},
        {"hits": {"hits": [{"_source": PLAIN}]}},
    ],
)
def test_an_item_is_found_in_whatever_an_api_wraps_around_it(wrapped: object) -> None:
    body = json.dumps(wrapped).encode()
    assert formats.guess(body) == "ninjs"
    (item,) = parsed(body)
    assert item.title == "Goose called"


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_charset_is_told_by_its_mark(charset: str) -> None:
    body = json.dumps({**PLAIN, "headline": "Möwe"}, ensure_ascii=False).encode(charset)
    assert formats.guess(body) == "ninjs"
    (item,) = parsed(body)
    assert item.title == "Möwe"


def test_escapes_that_json_lacks_and_raw_tabs_are_mended_and_nothing_else_is() -> None:
    body = json.dumps(PLAIN)
    (item,) = parsed(body.replace("called", "\\’called\\’\t\\\\’").encode(), "ninjs")
    assert item.title == "Goose ’called’\t\\’"
    assert "json_mended" in {issue.code for issue in item.issues}
    assert codes(parsed(body.replace(",", ",,", 1).encode(), "ninjs")) == ["json_invalid"]


def test_brackets_without_end_are_one_reject() -> None:
    for body in (b'{"versioncreated": ' + b"[" * 200_000, b'{"bodies": ' * 100_000):
        assert codes(parsed(body, "ninjs")) == ["json_invalid"]


def test_a_line_that_is_cut_leaves_those_above_it() -> None:
    body = "\n".join(json.dumps({**PLAIN, "uri": f"urn:x:{n}"}) for n in range(3)).encode()
    batch = parsed(body[:-30], "ninjs")
    assert [item.id for item in batch] == ["urn:x:0", "urn:x:1"]
    assert [(r.code, r.where) for r in batch.rejects] == [("json_invalid", "line 3")]
