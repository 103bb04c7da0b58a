"""What tests share: the sample wire on loopback, and the files that measure against real copy."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from samples.wire_server import WireServer, serving

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"

needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="real copy is kept beside the project, and is not here"
)


#: modules that start servers, clusters and browsers, or kill and wait: `make test` leaves them to
#: `make test-long`
LONG = frozenset(
    """tests.faults.test_disk tests.faults.test_killed tests.test_backfill tests.test_dask
    tests.test_desk_browser tests.test_flows tests.test_lake tests.test_publish tests.test_replay
    tests.test_snapshot_s3 tests.test_upkeep""".split()
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.nodeid.removesuffix(".py").partition(".py::")[0].replace("/", ".") in LONG:
            item.add_marker(pytest.mark.slow)


@pytest.fixture
def wire() -> Iterator[WireServer]:
    with serving() as server:
        yield server


@pytest.fixture
def sources_file(wire: WireServer, tmp_path: Path) -> Path:
    """flows/sources.toml, pointing at the loopback server."""
    text = (ROOT / "flows" / "sources.toml").read_text("utf-8")
    text = text.replace("http://127.0.0.1:8765", wire.url)
    text = text.replace("../samples", str(ROOT / "samples"))
    path = tmp_path / "sources.toml"
    path.write_text(text, "utf-8")
    return path
