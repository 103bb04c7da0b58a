"""A small warehouse for the tests of the desk: the sample wire, and copy that means harm."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from samples.wire_server import serving
from wiredesk.publish import publish
from wiredesk.warehouse import Warehouse

ROOT = Path(__file__).parents[1]
SOY = "Argentine soy growers see best crop in four years"
HOSTILE = {
    "id": "hostile-1",
    "title": "<script>window.taken=1</script> Ministers meet & part",
    "byline": '"><img src=x onerror="window.taken=1">',
    "text": (
        "OSLO, May 5 (Reuters) - <img src=x onerror=window.taken=1> The ministers met <b>twice</b> "
        'on Tuesday, a spokesman said.\n\n"We part as friends </mark></div>," said Minister Ulla '
        "Bergfors.\n\n(Reporting by Ingrid Solvang; Editing by <i>Edith</i> Marlowe)\n"
    ),
    "date": "2026-05-05T10:00:00Z",
}


def make_sample(folders: pytest.TempPathFactory) -> Path:
    """The snapshot of the sample wire polled twice, and of the hostile story; made once."""
    folder = folders.getbasetemp() / "desk"
    snapshot = folder / "sample.snapshot"
    if folder.is_dir():
        return snapshot
    folder.mkdir()
    warehouse = folder / "sample.duckdb"
    with serving() as server:
        text = (ROOT / "flows" / "sources.toml").read_text("utf-8")
        text = text.replace("http://127.0.0.1:8765", server.url)
        sources = folder / "sources.toml"
        sources.write_text(text.replace("../samples", str(ROOT / "samples")), "utf-8")
        _wiredesk("run", "--all", "--sources", str(sources), "--warehouse", str(warehouse))
        server.turn_page()
        _wiredesk("run", "--all", "--sources", str(sources), "--warehouse", str(warehouse))
    copy = folder / "hostile.jsonl"
    copy.write_text(json.dumps(HOSTILE) + "\n", "utf-8")
    _wiredesk("ingest", str(copy), "--format", "jsonl", "--warehouse", str(warehouse))
    with Warehouse(str(warehouse)) as loaded:
        publish(loaded, str(snapshot), datetime.now(UTC))
    return snapshot


def _wiredesk(*words: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "wiredesk.cli", *words], capture_output=True, text=True, check=False
    )
    assert done.returncode in {0, 1}, done.stderr
