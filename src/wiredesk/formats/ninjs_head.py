"""What stands above the copy of a ninjs item: its names, headline, byline, dateline, page.

Each is found where the versions of the standard and their senders put it, and where that was is
kept as its provenance.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from wiredesk.agencies.dialects import Dialect
from wiredesk.formats.json_fields import record_of, records, words
from wiredesk.model import Json


@dataclass(slots=True)
class Said:
    """What one item says, field by field, with where it said it."""

    record: Json
    where: dict[str, str] = field(default_factory=dict)

    def words(self, name: str, *keys: str) -> str | None:
        for key in keys:
            if found := words(self.record, key):
                self.where[name] = f"ninjs {key}"
                return found
        return None


def name_of(record: Json) -> str:
    name = words(record, "headline", "title", "name", "uri", "guid", "id")
    name = name or next((found for each in records(record.get("headlines"))
                         if (found := words(each, "value"))), "without a name")  # fmt: skip
    return " ".join(name.split())[:100]


def id_of(said: Said) -> str | None:
    altids = record_of(said.record.get("altids"))
    # AP's uri carries the keys of who asked for it
    if found := words(altids, "itemid"):
        said.where["id"] = "ninjs altids.itemid"
        return found
    return said.words("id", "itemid", "guid", "uri", "usn", "id")


def identity_of(record: Json, dialect: Dialect) -> tuple[str, str] | None:
    """What names the story in all its versions, where the id does not."""
    if found := dialect.identity_in(*(words(record, key) for key in ("uri", "guid", "usn"))):
        return found
    itemid = words(record_of(record.get("altids")), "itemid")
    usn = words(record, "usn")  # the uri of a Guardian wire ends in time and version
    return ("itemid", itemid) if itemid else ("usn", usn) if usn else None


def title_of(said: Said) -> str | None:
    if found := said.words("headline", "headline", "headlinemain"):
        return found
    given = list(records(said.record.get("headlines")))
    main = [each for each in given if (words(each, "role") or "main") in {"main", "headline"}]
    for each in (*main, *given):
        if value := words(each, "value"):
            said.where["headline"] = f"ninjs headlines[{words(each, 'role') or 'main'}]"
            return value
    others = sorted(key for key in said.record if key.startswith("headline"))
    return said.words("headline", *others, "title", "name")


def byline_of(said: Said) -> str | None:
    if found := said.words("byline", "byline", "by"):
        return found
    lines = []
    for each in records(said.record.get("bylines")):
        # `By A and B` with `Associated Press` or `AP Sports Writer` beside it
        parts = filter(None, (words(each, "by", "byline", "name"), words(each, "title")))
        lines.append(", ".join(parts))
    if byline := " and ".join(filter(None, lines)):
        said.where["byline"] = "ninjs bylines"
        return byline
    return None


def authors_of(record: Json) -> tuple[str, ...]:
    """Superdesk's authors; an entry without a person has its role for a name."""
    named = ((words(each, "name"), words(each, "role")) for each in records(record.get("authors")))
    return tuple(dict.fromkeys(name for name, role in named if name and name != role))


def dateline_of(said: Said) -> str | None:
    if found := said.words("dateline", "located", "dateline"):
        return found
    for key, *names in (("dateline", "text"), ("datelinelocation", "city", "countryareaname")):
        place = record_of(said.record.get(key))
        parts = [found for name in names if (found := words(place, name))]
        if parts:
            said.where["dateline"] = f"ninjs {key}"
            return ", ".join(parts)
    return None


def genre_of(said: Said) -> str | None:
    for key in ("genre", "genres"):
        for each in records(said.record.get(key)):
            if found := words(each, "name", "code", "qcode", "literal") or words(each, "uri"):
                said.where["genre"] = f"ninjs {key}"
                return found.rstrip("/").rpartition("/")[2] if "://" in found else found
    return said.words("genre", "genre")


def page_of(said: Said) -> str | None:
    """The story's page, where the item names one; its uri is a name and often no address."""
    for each in records(said.record.get("links")):
        if words(each, "rel") in {"canonical", "alternate"} and (href := words(each, "href")):
            said.where["url"] = "ninjs links"
            return href
    return said.words("url", "url", "weburl")
