"""Labelled copy: our own corpus stays above its floors, and floors only rise."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from tests.conftest import ROOT, SHARED, needs_shared
from tests.test_cli import wiredesk
from wiredesk.score import fallen, figures, raised, score

CORPUS = ROOT / "tests" / "corpus"


def test_no_figure_of_our_own_corpus_is_below_its_floor() -> None:
    floors = orjson.loads((CORPUS / "floors.json").read_bytes())
    tallies = score(CORPUS)
    below = fallen(floors, figures(tallies))
    assert {name: tallies[name].wrong for name in below} == {}
    assert set(floors) == set(tallies)


def test_floors_rise_and_do_not_fall_unless_told_to() -> None:
    floors = {"credits F1": 0.9, "datelines invented": 0.1}
    better, worse = (
        {"credits F1": 0.95, "datelines invented": 0.0},
        {
            "credits F1": 0.8,
            "datelines invented": 0.2,
        },
    )
    assert fallen(floors, better) == []
    assert fallen(floors, worse) == ["credits F1", "datelines invented"]
    assert raised(floors, better, lower=False) == better
    assert raised(floors, worse, lower=False) == floors
    assert raised(floors, worse, lower=True) == worse


def test_a_figure_below_its_floor_is_exit_code_1(tmp_path: Path) -> None:
    for name in ("stories.jsonl", "gold.jsonl"):
        (tmp_path / name).write_bytes((CORPUS / name).read_bytes())
    (tmp_path / "floors.json").write_bytes(b'{"credits F1": 1.01}')
    done = wiredesk("score", tmp_path)
    assert done.returncode == 1
    assert b"BELOW" in done.stdout
    assert wiredesk("score", tmp_path / "nowhere").returncode == 2


@needs_shared
@pytest.mark.parametrize(
    ("measure", "floor"),
    [
        ("dateline text", 0.98),
        ("dateline places", 0.98),
        ("dateline country", 0.97),
        ("credits F1", 0.98),
        ("credits wholly right", 0.95),
        ("crossheads F1", 0.9),
        ("bylines", 0.95),
        ("first words", 0.97),
        ("last words", 0.97),
    ],
)
def test_real_copy_is_read_as_its_annotators_read_it(measure: str, floor: float) -> None:
    assert figures(score(SHARED / "corpora" / "gold-dev"))[measure] >= floor
