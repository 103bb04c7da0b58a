"""What each of several items is to the others: cases of the trade, in invented copy."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest

from wiredesk.ingest import Run, new_run_id
from wiredesk.model import Capture, Source
from wiredesk.parallel import Workers
from wiredesk.warehouse import Warehouse

NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)
KILN = "OSLO (Reuters) - Kiln output rose 4 percent in the year to February, a trade body said."


def loaded(*items: dict[str, Any]) -> Warehouse:
    """Each item taken in by a load of its own, in order."""
    warehouse = Warehouse(":memory:")
    source = Source("test", "file", "", format="jsonl")
    for item in items:
        body = orjson.dumps(item)
        capture = Capture("test", "x.jsonl", body, NOON, hashlib.sha256(body).hexdigest())
        Run(new_run_id(NOON), warehouse, None, Workers(1)).ingest(source, [capture])
    return warehouse


def item(
    id_: str, hour: int, text: str = KILN, title: str = "Kiln output rises", **more: str
) -> Any:
    date = f"2026-03-{1 + hour // 24:02}T{hour % 24:02}:00:00Z"
    return {"id": id_, "date": date, "text": text, "title": title, "agency": "reuters", **more}


def relations(warehouse: Warehouse) -> list[str]:
    found = warehouse.sql("SELECT relation FROM wire.versions ORDER BY version_at, version_id")
    return [relation for (relation,) in found]


def shown(warehouse: Warehouse) -> list[str]:
    found = warehouse.sql("SELECT headline FROM mart.current_stories ORDER BY version_at")
    return [headline for (headline,) in found]


@pytest.mark.parametrize(
    ("title", "note", "wanted"),
    [
        ("UPDATE 1-Kiln output rises", "", "update"),
        ("CORRECTED-Kiln output rises", "", "correction"),
        ("REFILE-Kiln output rises", "", "refile"),
        ("RPT-Kiln output rises", "", "repeat"),
        ("Kiln output rises", "(Corrects figure in first paragraph)\n\n", "correction"),
        ("KILL-Kiln output rises", "", "withdrawal"),
    ],
)
def test_a_second_version_is_what_its_label_or_note_says(
    title: str, note: str, wanted: str
) -> None:
    text = f"{note}{KILN} It had said 5 percent."
    warehouse = loaded(item("L2X", 10), item("L2X", 33, text, title))
    assert relations(warehouse) == ["new", wanted]
    assert len(shown(warehouse)) == (wanted != "withdrawal")


def test_numbers_of_versions_prove_nothing_and_times_order_them() -> None:
    later_first = loaded(
        item("L1X", 11, f"{KILN} More.", version="978556838"),
        item("L1X", 10, version="1542761538"),
    )
    assert relations(later_first) == ["new", "update"]
    assert later_first.sql("SELECT word_count FROM mart.current_stories") == [(15,)]


def test_a_delete_takes_the_story_out_of_the_view_and_keeps_its_text_in_history() -> None:
    warehouse = loaded(item("L3X", 10), item("L3X", 11, "", status="canceled"))
    assert relations(warehouse) == ["new", "withdrawal"]
    assert shown(warehouse) == []
    assert warehouse.sql("SELECT count(*) FROM wire.versions WHERE contains(body, 'Kiln')") == [
        (1,)
    ]


def test_a_delete_of_an_unknown_item_keeps_a_late_original_hidden() -> None:
    warehouse = loaded(item("L9X", 11, "", status="canceled"), item("L9X", 10))
    assert shown(warehouse) == []


def test_updates_under_another_number_are_one_chain_of_several_stories() -> None:
    port = (
        "NORDHAVEN (Reuters) - The port of Nordhaven shut on Friday after a crane fell across its "
        "only channel, the harbour master said, and ships were told to wait outside. "
    )
    more = "Nobody was hurt. Tugs were to lift it at high water, which was expected at nine. "
    warehouse = loaded(
        item("L4X", 10, port * 1 + more, "Nordhaven port shuts", slug="NORDIA-PORT/"),
        item("L4Y", 11, port + more + "Two ships left for Oslo.",
             "UPDATE 1-Nordhaven port shuts, ships diverted", slug="NORDIA-PORT/ (UPDATE 1)"),
        item("L4Y", 13, port + more + "Two ships left for Oslo. It may open at noon.",
             "UPDATE 2-Nordhaven port to reopen", slug="NORDIA-PORT/ (UPDATE 2)"),
    )  # fmt: skip
    assert warehouse.sql("SELECT count(*) FROM wire.stories") == [(2,)]
    chains = warehouse.sql("SELECT count(*), count(DISTINCT root_id) FROM wire.groups "
                           "WHERE kind = 'chain'")  # fmt: skip
    assert chains == [(2, 1)]


def test_a_hold_hides_a_story_until_it_is_released() -> None:
    buoy = {
        "id": "0157",
        "title": "Atoll launches buoy",
        "agency": "dpa",
        "text": "Bremen (dpa) - An atoll launched a buoy.",
        "date": "2026-03-01T10:00:00Z",
    }
    hold = {
        "id": "h",
        "title": "HOLD HOLD HOLD",
        "agency": "dpa",
        "date": "2026-03-01T11:00:00Z",
        "text": 'Please hold item dpa 0157 "Atoll launches buoy".',
    }
    free = {
        "id": "r",
        "title": "ADVISORY",
        "agency": "dpa",
        "date": "2026-03-01T12:00:00Z",
        "text": 'Item dpa 0157 "Atoll launches buoy" can be used in its original form.',
    }
    # fmt: on
    assert shown(loaded(buoy, hold)) == []
    assert shown(loaded(hold, buoy)) == []
    assert shown(loaded(buoy, hold, free)) == ["Atoll launches buoy"]


def test_a_notice_that_would_take_too_many_stories_is_held_and_reported() -> None:
    same = [item(f"M{n}", n, f"{KILN} Take {n} of it.") for n in range(5)]
    kill = item("K", 9, 'Please be advised that the story headlined "Kiln output rises" is wrong '
                "and is withdrawn.", "ADVISORY-Kiln output rises")  # fmt: skip
    warehouse = loaded(*same, kill)
    assert len(shown(warehouse)) == 5
    assert warehouse.offenders("no_notice_held")[1] != []


def test_links_that_differ_only_in_tracking_are_one_story() -> None:
    row = {"title": "Port shuts", "text": "A port shut.", "date": "2026-03-01T10:00:00Z"}
    warehouse = loaded(
        row | {"url": "https://news.example/a?utm_source=x"},
        row | {"url": "https://news.example/a?utm_source=y"},
    )
    assert relations(warehouse) == ["new"]


def test_a_column_under_the_same_headline_on_another_day_is_another_story() -> None:
    first = (
        "OSLO (Reuters) - The governor wrote of herring, of rope and of a lost umbrella on Friday."
    )
    second = (
        "OSLO (Reuters) - Six posts spoke of snow, of ferries, and of a choir that sang in tune."
    )
    warehouse = loaded(
        item("F1", 10, first, "Factbox: Governor on social media"),
        item("F2", 34, second, "Factbox: Governor on social media"),
    )
    assert len(shown(warehouse)) == 2
    assert warehouse.sql("SELECT count(*) FROM wire.groups") == [(0,)]


def test_an_embargo_is_a_gate_in_time_and_no_status() -> None:
    until = item("E1", 10, embargo="2999-01-01T00:01:00Z")
    assert shown(loaded(until)) == []
    assert shown(loaded(until | {"embargo": "2026-03-01T00:01:00Z"})) == ["Kiln output rises"]


def test_a_further_take_is_a_part_and_no_new_story() -> None:
    first = item("T1", 10, title="Banca Oro sees growth", slug="BANCA-ORO/")
    further = item("T2", 11, "The bank, which lends to mills, gave no forecast.",
                   "BANCA ORO SEES GROWTH =2 OSLO", slug="BANCA-ORO/")  # fmt: skip
    assert relations(loaded(first, further)) == ["new", "take"]
