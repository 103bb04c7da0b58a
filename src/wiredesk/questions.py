"""The questions of `warehouse/questions/`: what analysts ask, each with values to ask it with.

A file starts with the question as a sentence; then come its parameters, a line each with the value
that the sample wire answers:

    -- The latest usable stories with a dateline in a place.
    -- $place: Rotterdam
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from wiredesk.database import names_of, sql_of

PARAMETER = re.compile(r"^-- \$(\w+): (.*)\n", re.MULTILINE)
TITLE = re.compile(r"-- (.*)\n")
NUMBER = re.compile(r"-?\d+(\.\d+)?")


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the statement that answers it, with `$name` where a value goes."""

    name: str
    title: str
    statement: str
    values: dict[str, str | float]

    @property
    def literal(self) -> str:
        """The statement as one would type it: each value in its place."""
        shown = self.statement
        for name, value in self.values.items():
            typed = str(value) if isinstance(value, float) else "'" + value.replace("'", "''") + "'"
            shown = re.sub(rf"\${name}\b", typed.replace("\\", r"\\"), shown)
        return shown


def questions() -> list[Question]:
    """All of them, in order."""
    return [_question(name) for name in names_of("questions")]


def _question(name: str) -> Question:
    text = sql_of("questions", name)
    title = TITLE.match(text)
    if title is None:
        raise ValueError(f"warehouse/questions/{name}.sql does not start with its question")
    statement = PARAMETER.sub("", text[title.end() :])
    values = {key: _value(value) for key, value in PARAMETER.findall(text)}
    return Question(name, title[1], statement.strip(), values)


def _value(text: str) -> str | float:
    return float(text) if NUMBER.fullmatch(text) else text
