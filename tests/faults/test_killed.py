"""Scenario 1: SIGKILL at any moment, from the first request to the new name of a snapshot."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from scripts.kill_pipeline import test as killed
from scripts.kill_test import fingerprint
from tests.faults.copy import offenders
from tests.test_polling import (
    START,
    Desk,
    Site,
    entry,
    feed,
    page,
    sitemap,
    teaser,
)

#: what has no time takes that of its arrival, which a second poll brings later
DATE = "Mon, 04 May 2026 10:00:00 GMT"
DATED = "<meta property='article:published_time' content='2026-05-04T10:00:00Z'>"


@pytest.mark.timeout(300)
def test_a_pipeline_that_is_killed_again_and_again_loses_and_doubles_nothing(
    tmp_path: Path,
) -> None:
    found = killed(times=5, seed=3, folder=tmp_path)
    assert found.wrong == []
    assert found.kills == 5
    assert found.stories > 0


class PowerCutError(Exception):
    """What nobody catches."""


def _polled(folder: Path, site: Site, blank: Path, stop: int | None) -> bool:
    """A poll of a feed, its pages and a sitemap, stopped before the `stop`th transaction and done
    again; whether it was met."""
    folder.mkdir()
    shutil.copy(blank, folder)
    desk = Desk(folder, site)
    done, commit = 0, desk.warehouse.transaction

    def transaction() -> Any:
        nonlocal done
        done += 1
        if done - 1 == stop:
            raise PowerCutError
        return commit()

    desk.warehouse.transaction = transaction  # type: ignore[method-assign]
    sources = [desk.source(), desk.source("/map.xml", "sitemap")]
    entries = [entry(n, desk, date=DATE) for n in (1, 2)]
    entries += [teaser(n, desk, date=DATE) for n in (11, 12)]
    site.put("/feed.xml", feed(*entries))
    site.put("/map.xml", sitemap(desk, *((n, START) for n in (21, 22))))
    for n in (11, 12, 21, 22):
        site.put(f"/story/{n}.html", page(n, head=DATED), content_type="text/html")
    met = False
    try:
        desk.poll(*sources)
    except PowerCutError:
        met = True
        desk.poll(*sources)
    with desk.warehouse as warehouse:
        assert offenders(warehouse) == {}
    return met


@pytest.mark.timeout(300)
def test_stopped_before_any_of_its_transactions_a_poll_ends_in_the_same_rows(
    site_: Site,
    blank: Path,
    tmp_path: Path,
) -> None:
    _polled(tmp_path / "whole", site_, blank, None)
    whole = fingerprint(tmp_path / "whole" / "wire.duckdb")
    stop = 0
    while _polled(tmp_path / f"{stop}", site_, blank, stop):
        stopped = fingerprint(tmp_path / f"{stop}" / "wire.duckdb")
        differs = {t: (whole[t], stopped[t]) for t in whole if whole[t] != stopped[t]}
        assert differs == {}, f"stopped before transaction {stop}"
        stop += 1
    assert stop > 5
