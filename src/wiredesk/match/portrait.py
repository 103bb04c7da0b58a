"""What is compared of a story: its current version, drawn in few strokes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from wiredesk.agencies import agency_named, grammar_for


@dataclass(frozen=True, slots=True)
class Portrait:
    story_id: int
    version_id: int
    at: datetime  #: of the version, UTC
    publisher: str  #: who carried it: the source's name as it came in, else the source's id
    agency: str | None  #: whose copy it says it is, as shown: Reuters
    native_id: str | None
    url: str | None
    slug: str | None
    headline: str | None  #: without labels
    labels: tuple[tuple[str, int | None], ...]  #: ("UPDATE", 2)
    byline: str | None
    dateline: str | None
    credited: tuple[str, ...]  #: names in byline and sign-off, in order
    language: str | None
    body: str  #: canonical: no dateline, notes, sign-off, trailers; blank lines part paragraphs
    pub_status: str

    @property
    def house(self) -> str:
        """Who carried it, an agency by its one name (reuters.com is Reuters), casefolded."""
        return (_agency_of(self.publisher) or self.publisher).strip().casefold()

    @property
    def own(self) -> bool:
        """Whether an agency itself carried it: an original, wherever copies of it turn up."""
        named = _agency_of(self.publisher) is not None
        return named or (self.agency is not None and self.agency.casefold() == self.house)

    @property
    def scope(self) -> str:
        """Whose numbers and slugs it bears: its agency's, else its publisher's."""
        return self.agency.casefold() if self.agency else self.house


@lru_cache(maxsize=4096)
def _agency_of(publisher: str) -> str | None:
    """The agency that a publisher is, by the names of its sources or its own."""
    known = grammar_for(None, publisher).name or None
    named = agency_named(publisher)
    return known or (named.name if named else None)
