"""Which snapshots of a place are kept: the newest few, and those that some reader has open."""

from __future__ import annotations

import orjson

from wiredesk.errors import UserError
from wiredesk.snapshots.manifest import CURRENT, Manifest, folder_of, manifest_of
from wiredesk.snapshots.places import Place


def newest(place: Place) -> Manifest | None:
    """The newest snapshot; None where nothing was published yet."""
    data = place.read(CURRENT)
    if data is None:
        return None
    try:
        return manifest_at(place, orjson.loads(data)["snapshot"])
    except (orjson.JSONDecodeError, KeyError, TypeError) as no:
        raise UserError(f"{place.root}: {CURRENT} is damaged; publish again elsewhere") from no


def manifest_at(place: Place, snapshot: str) -> Manifest:
    """The manifest of a snapshot.  Raises UserError where there is none."""
    data = place.read(f"{folder_of(snapshot)}/manifest.json")
    if data is None:
        raise UserError(
            f"{place.root} is half copied: snapshot {snapshot} has no manifest; copy it again"
        )
    return manifest_of(data, place.root)


def kept(place: Place) -> dict[str, Manifest]:
    """By id, the snapshots that are whole, oldest first."""
    found = sorted({name.split("/")[1] for name in place.sizes("snapshots")})
    whole = [s for s in found if place.read(f"{folder_of(s)}/manifest.json") is not None]
    return {snapshot: manifest_at(place, snapshot) for snapshot in whole}


def prune(place: Place, keep: int) -> None:
    """Remove old snapshots that nobody reads, what a kill left, and files that none names."""
    manifests = kept(place)
    old = list(manifests)[: -max(keep, 1)]
    for snapshot in old:
        if not place.held(snapshot):
            del manifests[snapshot]
    wanted = tuple(folder_of(snapshot) + "/" for snapshot in manifests)
    place.remove([name for name in place.sizes("snapshots") if not name.startswith(wanted)])
    named = {name for manifest in manifests.values() for name in manifest.names}
    place.remove([name for name in place.sizes("data") if name not in named])
