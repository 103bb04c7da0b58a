"""What the tests of publishing share: a warehouse of invented stories over several months."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from wiredesk.fetch.files import captures
from wiredesk.ingest import Run, new_run_id
from wiredesk.model import Source
from wiredesk.parallel import Workers
from wiredesk.warehouse import Warehouse

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
GOODS = "oats rye flax hops salt tin cork peat wool clay".split()
TOWNS = "OSLO BERGEN VIENNA MADRID NAIROBI LIMA".split()
PEOPLE = "Ana Ruiz;Ola Berg;Zoë Müller;Kim Dae;Lin Vo".split(";")


def story(n: int, at: datetime, label: str = "") -> dict[str, str]:
    """An invented story; some have white space, letters or paragraphs that are hard to put back."""
    good, town, who = GOODS[n % 10], TOWNS[n % 6], PEOPLE[n % 5]
    gap = "  " if n % 3 == 0 else " "
    text = (
        f"{town}, May {n % 28 + 1} (Reuters) - Traders{gap}of {good} met for the {n}th time in "
        f"{town.title()}, and{gap}agreed on a price of {n} crowns.\n\n"
        f'"We are pleased – très contents – with lot {n}," {who} said.\n\n'
        f"MARKET NUMBER {n}\n\n"
        f"Prices of {good} rose {n % 7} percent\non Monday, the exchange{gap}\nsaid.\n\n"
        f"(Reporting by {who} in {town.title()}; editing by {PEOPLE[(n + 1) % 5]})"
    )
    title = f"{label}{good.title()} traders meet for the {n}th time"
    return {"id": f"s{n}", "title": title, "text": text, "date": at.isoformat()}


def load(warehouse: str, folder: Path, stories: Iterable[dict[str, str]], hours: int = 0) -> None:
    """Ingest stories as one file."""
    path = folder / f"load-{hours}.jsonl"
    path.write_text("\n".join(json.dumps(one) for one in stories), "utf-8")
    now = NOON + timedelta(hours=hours)
    with Warehouse(warehouse) as open_one:
        run = Run(new_run_id(now), open_one, None, Workers(1))
        run.ingest(Source("test", "file", ""), captures([str(path)], "test", now))


def months_of_stories() -> list[dict[str, str]]:
    """Sixty stories of three months, one of them corrected."""
    first = datetime(2026, 2, 3, 8, tzinfo=UTC)
    many = [story(n, first + timedelta(days=(n % 3) * 30, hours=n)) for n in range(60)]
    return [*many, story(5, first + timedelta(days=70), "CORRECTED-")]


@pytest.fixture(scope="session")
def three_months(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse file to copy: stories of February, March and April."""
    folder = tmp_path_factory.mktemp("three-months")
    load(str(folder / "wire.duckdb"), folder, months_of_stories())
    return folder / "wire.duckdb"


@pytest.fixture
def warehouse(three_months: Path, tmp_path: Path) -> str:
    """A warehouse of one's own."""
    return str(shutil.copy(three_months, tmp_path / "wire.duckdb"))
