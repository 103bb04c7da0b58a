"""What a format says apart from the copy: dateline, signal, identity, what is no story."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from wiredesk import places
from wiredesk.batch import gather
from wiredesk.canonical import reject_object
from wiredesk.clean import clean
from wiredesk.errors import NotAStory, Rejected
from wiredesk.extract.story import read_story
from wiredesk.match.identity import declared, identity
from wiredesk.model import Item, Story

AT = datetime(2026, 1, 6, tzinfo=UTC)


def story(**said: object) -> Story:
    body = said.pop("body", "The river rose by two metres overnight, the town hall said.")
    item = Item("test", "nitf", 0, said.pop("id", None), body, updated=AT, **said)  # type: ignore[arg-type]
    return read_story(clean(item), places.load())


@pytest.mark.parametrize(
    ("raw", "place", "country"),
    [
        ("Nairobi, Kenya", "Nairobi", "KE"),
        ("PARIS, 5 jan 2026 (AFP) -", "Paris", "FR"),
        ("Madrid, 3 oct (EFE).-", "Madrid", "ES"),
        ("MOSCOW, April 3. /TASS/.", "Moscow", "RU"),
        ("Washington (AP) _", "Washington", "US"),
    ],
)
def test_a_dateline_apart_from_the_copy_is_read(raw: str, place: str, country: str) -> None:
    found = story(dateline=raw).dateline
    assert found is not None
    assert [(p.name, p.country) for p in found.places] == [(place, country)]
    assert (found.start, found.end) == (0, 0)


@pytest.mark.parametrize(
    ("raw", "agency", "printed"),
    [
        ("Strandvikøy (dpa) -", None, ["Strandvikøy"]),  # a mark
        ("Brest, 4 mai 2026 (AFP)", None, ["Brest"]),
        ("باريس (أ ف ب)", None, ["باريس"]),
        ("Strandvikøy, 4 mai 2026", None, ["Strandvikøy"]),  # a date
        ("Haag", None, ["Haag"]),  # a name of several places
        ("Strandvikøy/Washington", "stt", ["Strandvikøy", "Washington"]),  # a known agency
    ],
)
def test_a_place_that_is_not_known_is_kept_as_printed(
    raw: str, agency: str | None, printed: list[str]
) -> None:
    found = story(dateline=raw, agency=agency).dateline
    assert found is not None
    assert [place.raw for place in found.places] == printed
    assert found.places[0].method in {"unknown", "ambiguous"}
    assert found.places[0].place_id is None


def test_the_places_of_a_dateline_apart_are_named_as_it_names_them() -> None:
    read = story(dateline="Straßburg/Brest")
    assert read.dateline
    assert [place.raw for place in read.dateline.places] == ["Straßburg", "Brest"]
    assert "Brest" in [issue.detail for issue in read.issues]


@pytest.mark.parametrize("agency", [None, "ap"])
@pytest.mark.parametrize(
    "raw",
    [
        "4/4/2018",
        "January 21",
        "January",
        "2018-01-03 20:13:08",
        "Ilse B. Marchetti, photographer",
        "Ilse B. Marchetti, Kansas",
        "Ilse Marchetti",
        "A ferry leaves the quay at Strandvik, Jan. 5",
        "unknown",
    ],
)
def test_what_is_no_place_there_is_no_dateline_and_an_issue(raw: str, agency: str | None) -> None:
    read = story(dateline=raw, agency=agency)
    assert read.dateline is None
    assert "dateline_unread" in [issue.code for issue in read.issues]


def test_the_copys_own_dateline_is_believed_before_the_one_apart() -> None:
    read = story(dateline="PARIS", body="BEIJING (Kyodo) - The river rose by two metres.")
    assert read.dateline
    assert read.dateline.places[0].name == "Beijing"


def test_a_label_says_more_than_the_formats_signal() -> None:
    assert declared(story(signal="correction", title="River rises in Turku")) == "correction"
    assert declared(story(signal="update", title="CORRECTED-River rises in Turku")) == "correction"
    assert declared(story(signal="withdrawal", title="UPDATE 1-River rises")) == "withdrawal"
    assert declared(story(signal="update", title="River rises in Turku")) == "update"


def test_the_number_that_an_agency_gives_a_story_names_it_in_every_source() -> None:
    one = Item("east", "nitf", 0, "urn:x:1", "copy", identity=("usn", "L4N0AB1CD"))
    two = Item("west", "nitf", 0, "urn:x:2", "copy", identity=("usn", "L4N0AB1CD"))
    assert identity(one, "copy") == identity(two, "copy")


def test_a_worldwide_id_names_a_story_in_every_source_and_another_in_its_own() -> None:
    urn = [Item(source, "nitf", 0, "urn:newsml:x:1", "copy") for source in ("east", "west")]
    own = [Item(source, "nitf", 0, "1", "copy") for source in ("east", "west")]
    assert identity(urn[0], "copy") == identity(urn[1], "copy")
    assert identity(own[0], "copy") != identity(own[1], "copy")


def test_what_is_no_story_is_dropped_and_not_rejected() -> None:
    given = [NotAStory("package", "a package of 3 items"), Rejected("empty", "nothing in it")]
    found = gather("parse", "file.xml", given, lambda _: 0)
    assert [(no.code, no.dropped) for no in found.rejects] == [("package", True), ("empty", False)]
    assert reject_object(found.rejects[0])["dropped"] == "package"
    assert reject_object(found.rejects[1])["rejected"] == "empty"
