"""What is to be read again: the sighting that brought each version in, and where it lies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from wiredesk import agencies, formats
from wiredesk.model import Address, Capture, Source

#: what an entry says that was never followed, in a warehouse that does not know why
NOT_KEPT = "its page is not in the archive"


@dataclass(frozen=True, slots=True)
class Payload:
    """A payload as the warehouse knows it, and where the archive keeps it."""

    locator: str
    media_type: str | None
    charset: str | None
    status: int | None
    fetched_at: datetime
    address: Address | None

    def as_seen(self, kept: Capture, source: str) -> Capture:
        """What the archive keeps, as it first came from this source: under its own name."""
        return replace(
            kept,
            source=source,
            locator=self.locator,
            fetched_at=self.fetched_at,
            media_type=self.media_type,
            charset=self.charset,
            status=self.status,
        )


@dataclass(frozen=True, slots=True)
class Sighting:
    """A version, and the place in a payload that it was read from."""

    item_id: int
    version_id: int
    story_id: int
    identity_id: int | None  #: None: loaded before identities were kept
    relation: str
    supersedes_id: int | None
    received_at: datetime
    source: str
    sha256: str
    ordinal: int
    format: str
    declared_agency: str | None  #: where the source and not the copy named it
    payload: Payload
    followed: bool  #: an entry of a feed that led to its page
    page: Payload | None
    why: str | None  #: why there is no page


def sighting(row: Sequence[Any]) -> Sighting:
    """A row of replay_sightings.sql."""
    item, version, story, identity, relation, supersedes, received, *rest = row
    source, sha256, ordinal, format_, agency, *rest = rest
    mine, followed, page_sha, page, why = rest[:7], rest[7], rest[8], rest[9:16], rest[16]
    return Sighting(
        *(item, version, story, identity, relation, supersedes, received),
        *(source, sha256, ordinal, format_, agency),
        payload(mine),
        followed,
        payload(page) if page_sha else None,
        why,
    )


def payload(row: Sequence[Any]) -> Payload:
    """A payload and its place, as the queries of replays give them."""
    locator, media_type, charset, status, fetched_at, file, offset = row
    address = None if file is None or offset is None else Address(file, offset)
    return Payload(locator or "?", media_type, charset, status, fetched_at, address)


def read_by(
    some: Sequence[Sighting], kept: Source | None, declared: Mapping[str, Source]
) -> Source:
    """The source by which the sightings of one payload are read.

    It is what the record of the payload says, if that is of this source (`kept`); else what is
    known of the source from other records or a sources file (`declared`); else what the rows
    themselves tell.  The zone of times without one is in no row: then it is taken for UTC.
    """
    first = some[0]
    if kept and kept.id == first.source:
        return kept
    known = {each.format for each in some}
    format_ = known.pop() if len(known) == 1 else None
    format_ = format_ if format_ in formats.FORMATS else None
    if found := declared.get(first.source):
        # the pages of a feed's entries are no feeds
        return replace(found, format=format_ or found.format)
    named = {each.declared_agency for each in some} - {None}
    agency = named.pop() if len(named) == 1 else None
    if agency and not agencies.grammar_for(agency, None).key:
        agency = None
    return Source(id=first.source, kind="file", url="", format=format_, agency=agency)
