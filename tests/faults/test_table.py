"""The list of faults is whole, and names tests that there are."""

from __future__ import annotations

import ast
from functools import lru_cache
from pathlib import Path

import pytest

from scripts.fault_scenarios import SCENARIOS
from scripts.fault_table import BEGIN, END, seen, written

ROOT = Path(__file__).parents[2]


@lru_cache(maxsize=64)
def functions(file: str) -> frozenset[str]:
    path = ROOT / file
    tree = ast.parse(path.read_text("utf-8")) if path.exists() else ast.parse("")
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def test_the_scenarios_are_numbered_from_1_to_21() -> None:
    assert [scenario.number for scenario in SCENARIOS] == list(range(1, 22))


def test_every_scenario_names_tests_that_there_are() -> None:
    missing = [
        (scenario.number, file, name)
        for scenario in SCENARIOS
        for file, name in scenario.named()
        if name not in functions(file)
    ]
    assert missing == []


def test_a_test_that_fails_or_is_gone_is_named_in_the_table() -> None:
    scenario = SCENARIOS[3]
    (first, second) = scenario.named()
    assert seen(scenario, {first: ["passed"], second: ["passed"]}) == "so, in 2 cases"
    assert "not tried here" in seen(scenario, {first: ["passed"], second: ["skipped"]})
    assert first[1] in seen(scenario, {first: ["passed", "failure"], second: ["passed"]})
    assert second[1] in seen(scenario, {first: ["passed"]})


def test_the_table_stands_between_its_marks() -> None:
    assert written(f"a\n{BEGIN}\nold\n{END}\nb\n", "new") == f"a\n{BEGIN}\n\nnew\n\n{END}\nb\n"
    with pytest.raises(SystemExit):
        written("no marks", "new")
