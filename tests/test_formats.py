"""Formats: golden inputs, what claims them, and what is turned away with a reason.

Each folder of tests/golden/formats is a format's name.  A file `x.xml` in it stands beside
`x.expected.json`, a list of what `wiredesk read` prints, a story or reject an object.  Keys that
an expected object lacks are not asserted.

tests/golden/agencies has a whole story in the house form of each agency, named by its key.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from wiredesk import formats
from wiredesk.agencies import AGENCIES
from wiredesk.batch import Batch
from wiredesk.errors import Rejected, UserError
from wiredesk.formats import FORMATS, Part
from wiredesk.formats.decoding import decode
from wiredesk.formats.times import instant
from wiredesk.model import Capture, Item, Source
from wiredesk.reading import read_paths

GOLDEN = Path(__file__).parent / "golden" / "formats"
HOUSE_FORMS = sorted((GOLDEN.parent / "agencies").glob("*.txt"))
UNMARKED = {"pa", "reuters1987"}  # nothing in their copy names them
SOURCE = Source(id="file", kind="file", url="")
INPUTS = sorted(
    path
    for path in GOLDEN.rglob("*")
    if path.is_file() and not path.name.endswith(".expected.json")
)


def differences(expected: Any, got: Any, at: str = "") -> Iterator[str]:
    """Where `got` is not as expected: by key in objects, and in full length in lists."""
    if isinstance(expected, dict) and isinstance(got, dict):
        for key, value in expected.items():
            yield from differences(value, got.get(key, "(no such key)"), f"{at}.{key}")
    elif isinstance(expected, list) and isinstance(got, list) and len(expected) == len(got):
        for n, (one, other) in enumerate(zip(expected, got, strict=True)):
            yield from differences(one, other, f"{at}[{n}]")
    elif expected != got:
        yield f"{at}: expected {expected!r}, got {got!r}"


def printed(path: Path, format_: str | None, agency: str | None = None) -> list[dict[str, Any]]:
    """The objects that `wiredesk read` prints for a file."""
    blocks = read_paths([str(path)], format_, agency, 1)
    return [json.loads(line) for block, _ in blocks for line in block.splitlines()]


def capture(body: bytes, charset: str | None = None, locator: str = "x") -> Capture:
    return Capture(
        "file", locator, body, datetime(2026, 3, 1, tzinfo=UTC), "0" * 64, charset=charset
    )


def parsed(body: bytes, format_: str | None = None, source: Source = SOURCE) -> Batch[Item]:
    whole = capture(body)
    return formats.parse(Part(whole, format_ or formats.guess(body)), source)


def codes(batch: Batch[Item]) -> list[str]:
    return [reject.code for reject in batch.rejects]


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_golden_file_is_read_as_expected(path: Path) -> None:
    expected = path.with_name(path.name.split(".")[0] + ".expected.json")
    assert expected.exists(), f"{path} has no {expected.name}"
    objects = printed(path, path.relative_to(GOLDEN).parts[0])
    assert not list(differences(json.loads(expected.read_text("utf-8")), objects))


@pytest.mark.parametrize(
    "path",
    [path for path in INPUTS if path.stat().st_size],
    ids=lambda path: f"{path.parent.name}/{path.name}",
)
def test_the_format_of_a_golden_file_is_guessed_from_its_content(path: Path) -> None:
    assert formats.guess(path.read_bytes()) == path.relative_to(GOLDEN).parts[0]


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_has_a_golden_file(name: str) -> None:
    assert [path for path in INPUTS if path.relative_to(GOLDEN).parts[0] == name]


def test_no_expected_file_is_without_its_input() -> None:
    stems = {(path.parent, path.name.split(".")[0]) for path in INPUTS}
    for expected in GOLDEN.rglob("*.expected.json"):
        assert (expected.parent, expected.name.split(".")[0]) in stems


@pytest.mark.parametrize("path", HOUSE_FORMS, ids=lambda path: path.stem)
def test_a_story_in_an_agency_s_house_form_is_read(path: Path) -> None:
    (story,) = printed(path, "text", path.stem if path.stem in UNMARKED else None)
    words = story["body"].split()
    summary = {
        **story,
        "authors": [author["name"] for author in story["authors"]],
        "credits": [[c["role"], c["entity"], c["name"], c["place"]] for c in story["credits"]],
        "first_words": " ".join(words[:6]),
        "last_words": " ".join(words[-6:]),
        "kinds": [paragraph["kind"] for paragraph in story["paragraphs"]],
    }
    expected = json.loads(path.with_name(f"{path.stem}.expected.json").read_text("utf-8"))
    assert not list(differences(expected, summary))
    assert summary["agency"] == AGENCIES[path.stem].name


def test_an_agency_s_house_form_stands_on_the_shelf_for_each_great_agency() -> None:
    shelf = {path.stem for path in HOUSE_FORMS}
    assert {"reuters", "ap", "afp", "dpa", "pa", "ansa", "efe", "kyodo", "tass"} <= shelf
    assert shelf <= set(AGENCIES)


def test_the_comparison_sees_a_difference_and_a_missing_element() -> None:
    assert list(differences({"a": {"b": 1}}, {"a": {"b": 2}}))
    assert list(differences({"a": None}, {}))
    assert list(differences([1], [1, 2]))
    assert not list(differences({"a": [{"b": 1}]}, {"a": [{"b": 1, "c": 2}], "d": 3}))


def test_an_unknown_format_is_refused_with_the_known_ones_named() -> None:
    with pytest.raises(UserError, match=r"gopher.*feed.*text"):
        formats.named("gopher")


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (b'\xef\xbb\xbf\n <?xml version="1.0"?><rss version="2.0">', "feed"),
        (b"<?xml version='1.0'?><!-- a note --><feed xmlns='http://www.w3.org/2005/Atom'>", "feed"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": []}', "feed"),
        (b"  <HTML><body>x", "page"),
        (b"<!DOCTYPE HTML PUBLIC '-//W3C//DTD HTML 4.01//EN'>", "page"),
        (b'<!DOCTYPE lewis SYSTEM "lewis.dtd">', "reuters21578"),
        (b'{"id": 1, "html": "<p>x</p>"}\n', "jsonl"),
        (b'{"id": 1, "body": "x"}', "jsonl"),
        (b'{"id": 1, "qcode": "x"}', "json"),
        (b"OSLO (Reuters) - The <feed> was late.", "text"),
        (b"", "text"),
    ],
)
def test_a_head_is_claimed_by_the_right_format(body: bytes, name: str) -> None:
    assert formats.guess(body) == name


def test_a_feed_of_html_is_rejected_and_says_so() -> None:
    batch = parsed(b"<!doctype html><html><body>Please enable cookies</body></html>", "feed")
    assert codes(batch) == ["html_not_feed"]
    assert not batch.passed


def test_a_feed_of_something_else_is_rejected() -> None:
    assert codes(parsed(b"503 busy", "feed")) == ["not_a_feed"]


def test_an_empty_feed_body_is_rejected_as_empty() -> None:
    assert codes(parsed(b" \n", "feed")) == ["empty"]


def test_a_feed_may_well_have_no_entries_today() -> None:
    body = b'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title></channel></rss>'
    assert codes(parsed(body)) == []


def test_a_json_feed_that_does_not_parse_is_rejected() -> None:
    body = b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": 1'
    assert codes(parsed(body)) == ["json_invalid"]


def test_an_entry_without_update_time_has_none() -> None:
    body = (
        b'<rss version="2.0"><channel><item><title>t</title><description>d</description>'
        b"<pubDate>Mon, 02 Mar 2026 10:00:00 +0200</pubDate></item></channel></rss>"
    )
    (item,) = parsed(body)
    assert item.published == datetime(2026, 3, 2, 8, tzinfo=UTC)
    assert item.updated is None


def test_a_row_is_numbered_by_its_line_in_the_whole_file() -> None:
    rows = [b'{"id": %d, "text": "Copy of a story."}' % n for n in range(7)]
    rows[5] = b"{"
    whole = capture(b"\n".join(rows))
    source = Source(id="file", kind="file", url="", format="jsonl")
    found = list(formats.parts(whole, source, lines=3))
    assert [(part.first, len(formats.parse(part, source))) for part in found] == [
        (0, 3),
        (3, 2),
        (6, 1),
    ]
    (reject,) = formats.parse(found[1], source).rejects
    assert reject.where == "line 6"
    assert [item.ordinal for item in formats.parse(found[1], source)] == [3, 4]


def test_rejects_stand_between_the_stories_around_them() -> None:
    whole = [json.dumps({"id": n, "text": "Copy."}).encode() for n in range(3)]
    whole[1] = b"not json"
    batch = parsed(b"\n".join(whole), "jsonl")
    assert [item.ordinal for item in batch] == [0, 2]
    assert [reject.ordinal for reject in batch.rejects] == [0]


def test_a_byte_order_mark_does_not_spoil_the_first_row() -> None:
    (item,) = parsed(b'\xef\xbb\xbf{"id": "bom", "text": "Copy."}')
    assert item.id == "bom"


def test_the_flag_outranks_the_agency_of_a_row() -> None:
    source = Source(id="file", kind="file", url="", agency="ap")
    (item,) = parsed(b'{"text": "Copy.", "agency": "dpa"}', source=source)
    assert item.agency == "ap"


def test_a_text_file_is_named_by_its_stem() -> None:
    whole = capture(b"OSLO (Reuters) - Snow fell.", locator="/drop/2026/oslo.snow.txt")
    (item,) = formats.parse(Part(whole, "text"), SOURCE)
    assert item.id == "oslo.snow"


def test_the_page_of_an_agency_is_found_under_its_canonical_address() -> None:
    body = (
        b'<html><head><link rel="canonical" href="https://news.example/a"></head>'
        b"<body><article><p>Copy of a story.</p></article></body></html>"
    )
    (item,) = parsed(body)
    assert (item.url, item.markup) == ("https://news.example/a", "html")


def test_a_page_without_an_address_of_its_own_keeps_the_one_it_came_from() -> None:
    whole = capture(b"<html><body><p>Copy.</p></body></html>", locator="https://news.example/b")
    (item,) = formats.parse(Part(whole, "page"), SOURCE)
    assert item.url == "https://news.example/b"


def test_a_broken_block_of_linked_data_is_passed_over() -> None:
    body = (
        b"<html><head><script type='application/ld+json'>{broken</script>"
        b"<script type='application/ld+json'>"
        b'{"headline": "From the block", "datePublished": "2026-02-01T10:00:00Z"}</script></head>'
        b"<body><article><h1>From the page</h1><p>Copy.</p></article></body></html>"
    )
    (item,) = parsed(body)
    assert item.title == "From the block"
    assert item.published == datetime(2026, 2, 1, 10, tzinfo=UTC)


def test_entities_of_the_1987_collection_are_text_and_its_control_marks_are_gone() -> None:
    body = (
        b'<REUTERS NEWID="7"><DATE>26-FEB-1987 15:01:01.79</DATE><TEXT>&#2;<TITLE>A &lt;B> &amp; C'
        b"</TITLE><DATELINE>    BONN, Feb 26 - </DATELINE><BODY>Tin fell &lt;TIN>.&#5;&#3;</BODY>"
        b"</TEXT></REUTERS>"
    )
    (item,) = parsed(body, "reuters21578")
    assert (item.id, item.title) == ("7", "A <B> & C")
    assert item.body == "BONN, Feb 26 - Tin fell <TIN>."
    assert item.published == datetime(1987, 2, 26, 15, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("body", "declared", "text", "charset"),
    [
        (b"\xef\xbb\xbfZ\xc3\xbcrich", None, "Zürich", "utf-8"),
        ("Zürich".encode("utf-16"), None, "Zürich", "utf-16-le"),
        (b"\xfe\xff" + "Zürich".encode("utf-16-be"), None, "Zürich", "utf-16-be"),
        ("Łódź".encode("iso-8859-2"), "iso-8859-2", "Łódź", "iso-8859-2"),
        (b"<?xml encoding='koi8-r'?>" + "Мир".encode("koi8-r"), None, None, "koi8-r"),
        (b"\x93Z\xfcrich\x94", "iso-8859-1", "“Zürich”", "iso-8859-1"),
        (b"Z\xfcrich", None, "Zürich", "windows-1252"),
        (b"Z\xfcrich", "no-such-charset", "Zürich", "windows-1252"),
        (b"Z\xc3\xbcrich", "iso-8859-1", "Zürich", "utf-8"),
    ],
)
def test_bytes_are_decoded_by_mark_content_label_and_trial(
    body: bytes, declared: str | None, text: str | None, charset: str
) -> None:
    decoded, used, _ = decode(body, declared)
    assert used == charset
    assert text is None or decoded == text


def test_a_few_stray_bytes_in_utf_8_are_damage_and_not_another_charset() -> None:
    text, charset, issues = decode("é".encode() * 40 + b"\xff" + "é".encode() * 40)
    assert charset == "utf-8"
    assert text.count("é") == 80
    assert [issue.code for issue in issues] == ["bad_bytes"]


@pytest.mark.parametrize("body", [b"", b" \r\n\t"])
def test_nothing_cannot_be_decoded(body: bytes) -> None:
    with pytest.raises(Rejected) as no:
        decode(body)
    assert no.value.code == "empty"


def test_a_picture_is_rejected_as_binary() -> None:
    with pytest.raises(Rejected) as no:
        decode(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4)
    assert no.value.code == "binary"


@pytest.mark.parametrize(
    ("raw", "tz", "stamp"),
    [
        ("2026-03-01T12:00:00Z", "UTC", "2026-03-01T12:00:00+00:00"),
        ("2026-03-01T12:00:00+05:30", "UTC", "2026-03-01T06:30:00+00:00"),
        ("2026-03-01 12:00", "America/New_York", "2026-03-01T17:00:00+00:00"),
        ("20140829T134951+0000", "UTC", "2014-08-29T13:49:51+00:00"),
        ("20140829", "UTC", "2014-08-29T00:00:00+00:00"),
        ("Sun May 26, 2013 3:51pm EDT", "UTC", "2013-05-26T19:51:00+00:00"),
        ("December 31, 2017 ", "UTC", "2017-12-31T00:00:00+00:00"),
        ("26-FEB-1987 15:01:01.79", "UTC", "1987-02-26T15:01:01+00:00"),
        (" 2-MAR-1987 08:41:41.12   E RM", "UTC", "1987-03-02T08:41:41+00:00"),
        (0, "UTC", "1970-01-01T00:00:00+00:00"),
        (1772442000, "UTC", "2026-03-02T09:00:00+00:00"),
        (1772442000000, "UTC", "2026-03-02T09:00:00+00:00"),
        ("12:00", "UTC", None),
        ("January 21", "UTC", None),
        ("yesterday", "UTC", None),
        ("2026-13-45", "UTC", None),
        ("", "UTC", None),
        (None, "UTC", None),
        (True, "UTC", None),
        (float("nan"), "UTC", None),
        (1e30, "UTC", None),
        ("0001-01-01T00:00:00Z", "UTC", None),
    ],
)
def test_a_printed_time_is_an_instant_in_utc_or_nothing(
    raw: object, tz: str, stamp: str | None
) -> None:
    when = instant(raw, tz)
    assert (when.isoformat() if when else None) == stamp
