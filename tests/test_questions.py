"""The twenty questions on the sample wire: their rows are those of docs/cookbook.md."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.cookbook import BOOK, chapter, sample_warehouse
from wiredesk.questions import Question, questions
from wiredesk.warehouse import Warehouse


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample_warehouse(tmp_path_factory.mktemp("sample"))


def test_there_are_twenty_questions_and_each_ends_as_a_sentence() -> None:
    assert [q.name[:2] for q in questions()] == [f"{n:02}" for n in range(1, 21)]
    assert all(q.title.endswith(".") for q in questions())


@pytest.mark.parametrize("question", questions(), ids=lambda q: q.name)
def test_the_cookbook_shows_what_the_sample_wire_answers(sample: Path, question: Question) -> None:
    with Warehouse(str(sample), read_only=True) as warehouse:
        assert chapter(warehouse, question) in BOOK.read_text("utf-8")
        bound = warehouse.ask(question.statement, question.values)
        assert bound == warehouse.ask(question.literal)
        assert bound[1] != []
