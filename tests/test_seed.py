"""Stories like the one this project began from, and, where it is at hand, that story itself."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import orjson

from tests.conftest import SHARED, needs_shared
from wiredesk import formats, places
from wiredesk.canonical import json_lines
from wiredesk.model import Capture, Json, Source
from wiredesk.stages import read

LIKE = Path(__file__).parent / "golden" / "seed" / "harbour-talks.txt"


def story(path: Path) -> Json:
    body = path.read_bytes()
    capture = Capture("file", str(path), body, datetime(2026, 5, 4, tzinfo=UTC), "")
    source = Source("file", "file", "")
    (part,) = formats.parts(capture, source)
    (line,) = json_lines(read(part, source, places.load()))
    return orjson.loads(line)


def test_a_like_story_is_read_field_by_field() -> None:
    read_story = story(LIKE)
    text = LIKE.read_text("utf-8")
    assert read_story["id"] == "harbour-talks"
    assert read_story["agency"] == "Reuters"
    assert read_story["language"] == "en"
    assert read_story["headline"] is None
    dateline = read_story["dateline"]
    assert dateline["raw"] == "OSLO/LISBON (Reuters) -"
    assert (dateline["start"], dateline["end"]) == (0, 23)
    assert [(p["name"], p["admin1"], p["country"], p["method"]) for p in dateline["places"]] == [
        ("Oslo", "NO-03", "NO", "standalone"),
        ("Lisbon", "PT-11", "PT", "standalone"),
    ]
    assert [(c["role"], c["name"], c["place"], c["basis"]) for c in read_story["credits"]] == [
        ("reporting", "Ingrid Solvang", "Oslo", "explicit"),
        ("reporting", "Marta Quintela", "Lisbon", "explicit"),
        ("editing", "Piers Ackland", None, None),
    ]
    for credit in read_story["credits"]:
        assert text[credit["start"] : credit["end"]] == credit["name"]
    kinds = [p["kind"] for p in read_story["paragraphs"]]
    assert kinds == ["body"] * 4 + ["crosshead"] + ["body"] * 3 + ["signoff"]
    for paragraph in read_story["paragraphs"]:
        assert text[paragraph["start"] : paragraph["end"]] == paragraph["text"]
    assert read_story["paragraphs"][4]["text"] == "SEPARATE FERRY BID"
    assert [(q["speaker"], q["basis"], q["partial"]) for q in read_story["quotes"]] == [
        ("Solveig Haugland", "lead", True),
        ("Solveig Haugland", "explicit", False),
        ("a Portuguese harbour source", "explicit", False),
    ]
    assert "SEPARATE FERRY BID\n\nThe ferry" in read_story["body"]
    assert {issue["code"] for issue in read_story["issues"]} == {"missing_headline", "missing_date"}


@needs_shared
def test_the_seed_story_is_read_field_by_field() -> None:
    (path,) = (SHARED / "seed").glob("*.txt")
    seed = story(path)
    assert seed["dateline"]["raw"] == "PARIS/VIENNA (Reuters) -"
    assert [
        (p["name"], p["admin1"], p["country"], p["lat"], p["lon"], p["place_id"], p["confidence"])
        for p in seed["dateline"]["places"]
    ] == [
        ("Paris", "FR-IDF", "FR", 48.85341, 2.3488, 2988507, 0.99),
        ("Vienna", "AT-9", "AT", 48.20849, 16.37208, 2761369, 0.99),
    ]
    assert [(c["role"], c["name"], c["place"], c["start"], c["end"]) for c in seed["credits"]] == [
        ("reporting", "John Irish", "Paris", 4359, 4369),
        ("reporting", "Shadia Nasralla", "Vienna", 4383, 4398),
        ("editing", "Mark Heinrich", None, 4421, 4434),
    ]
    paragraphs = seed["paragraphs"]
    kinds = [p["kind"] for p in paragraphs]
    assert (len(kinds), kinds.count("body"), kinds.count("crosshead")) == (22, 20, 1)
    assert (paragraphs[8]["start"], paragraphs[8]["end"]) == (1859, 1885)
    assert (paragraphs[9]["start"], paragraphs[0]["start"]) == (1886, 25)
    assert (paragraphs[-1]["kind"], paragraphs[-1]["start"], paragraphs[-1]["end"]) == (
        "signoff", 4346, 4434,
    )  # fmt: skip
    assert len(seed["body"]) == 4340
    assert hashlib.sha256(seed["body"].encode()).hexdigest() == (
        "9d76dbfb6e812276495c133ad6444c94afda616e186c56396ec751b4d9a19d24"
    )
    assert [
        (q["start"], q["end"], q["speaker"], q["basis"], q["partial"]) for q in seed["quotes"]
    ] == [
        (182, 191, "Jean-Yves Le Drian", "lead", True),
        (916, 1199, "Jean-Yves Le Drian", "explicit", False),
        (1480, 1561, "Staffan de Mistura", "explicit", False),
        (2385, 2513, "Nasr Hariri", "explicit", False),
        (2529, 2785, "Nasr Hariri", "adjacent", False),
        (2916, 2990, "State Department statement", "explicit", True),
        (4001, 4080, "a French diplomatic source", "explicit", False),
        (4116, 4344, "a French diplomatic source", "adjacent", False),
    ]
    empty = ("headline", "byline_raw", "slug", "published", "url", "ed_note")
    assert [seed[name] for name in empty] == [None] * len(empty)
    assert (seed["contacts"], seed["instruments"], seed["conversions"]) == ([], [], [])
    assert {issue["code"] for issue in seed["issues"]} == {"missing_headline", "missing_date"}
