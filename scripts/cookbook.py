"""Write docs/cookbook.md: the twenty questions with what the sample wire answers.

    python -m scripts.cookbook [--check]

Takes the sample wire in, in two passes over loopback, as `make run` does; `--check` only compares.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from samples.demo import moved_sources
from samples.wire_server import serving
from wiredesk.questions import Question, questions
from wiredesk.warehouse import Warehouse

BOOK = Path(__file__).parents[1] / "docs" / "cookbook.md"
HEAD = """# Twenty questions

What analysts ask of a wire, each in SQL that runs on the warehouse and on its published snapshot,
with the answer of the sample wire (`make run`, then `duckdb -readonly build/newswire.duckdb`).
Written by `python -m scripts.cookbook`; the statements are in `warehouse/questions/`, and
`wiredesk bench query` measures them.
"""


def main(arguments: Sequence[str]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        warehouse = sample_warehouse(Path(folder))
        with Warehouse(str(warehouse), read_only=True) as found:
            text = book(found)
    if "--check" in arguments:
        return int(text != BOOK.read_text("utf-8"))
    BOOK.write_text(text, "utf-8")
    return 0


def sample_warehouse(folder: Path) -> Path:
    """A warehouse with both passes of the sample wire."""
    warehouse = folder / "newswire.duckdb"
    with serving(0) as server:
        sources = moved_sources(server, folder)
        for _ in range(2):
            command = [sys.executable, "-m", "wiredesk.cli", "run", "--all", "--json"]
            command += ["--sources", str(sources), "--warehouse", str(warehouse)]
            subprocess.run(command, check=False, stdout=subprocess.DEVNULL, timeout=120)
            server.turn_page()
    return warehouse


def book(warehouse: Warehouse) -> str:
    """The whole page."""
    return "\n".join([HEAD, *(chapter(warehouse, question) for question in questions())])


def chapter(warehouse: Warehouse, question: Question) -> str:
    """A question, its SQL, and a table of what it answers."""
    columns, rows = warehouse.ask(question.statement, question.values)
    number = int(question.name.split("_")[0])
    table = [" | ".join(columns), " | ".join("---" for _ in columns)]
    table += [" | ".join(_cell(value) for value in row) for row in rows]
    lines = "\n".join(f"| {line} |" for line in table)
    return f"## {number}. {question.title}\n\n```sql\n{question.literal}\n```\n\n{lines}\n"


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if hasattr(value, "astimezone"):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value).replace("|", "\\|")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
