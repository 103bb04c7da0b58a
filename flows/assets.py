"""Where rows come from, for the lineage that Prefect keeps: archive → warehouse → snapshot.

Each is known by its place, so two warehouses are two assets, and a snapshot that is older than the
warehouse it was made of is seen.
"""

from __future__ import annotations

import re
from pathlib import Path

from prefect.assets import Asset

from wiredesk import settings
from wiredesk.lake import PREFIX, lake_of

#: an asset's key is an address of a few signs
OTHER = re.compile(r"[^\w./:@+-]+")


def archive(warehouse: str | None) -> list[str | Asset]:
    """The payloads as they were fetched."""
    root = settings.archive_path(settings.warehouse_path(warehouse))
    return [_asset("warc", str(root.resolve()))] if root else []


def loaded(warehouse: str | None) -> Asset:
    """The rows of a warehouse."""
    path = settings.warehouse_path(warehouse)
    lake = lake_of(path)
    if lake:
        return _asset("ducklake", lake.shown.removeprefix(PREFIX))
    return _asset("duckdb", str(Path(path).resolve()))


def shown(to: str | None, warehouse: str | None) -> Asset:
    """What was published for readers."""
    place = settings.snapshot_path(to, warehouse)
    if "://" in place:
        return Asset(key=OTHER.sub("_", place))
    return _asset("parquet", str(Path(place).resolve()))


def _asset(scheme: str, place: str) -> Asset:
    return Asset(key=f"{scheme}://{OTHER.sub('_', place).lstrip('/')}")
