"""A story as an IPTC ninjs item, for newsrooms and their systems.

    ninjs(row) → {"uri": …, "headlines": […], "bodies": […], …}

A row is one of warehouse/export/ninjs.sql.  What is not known is left out: in ninjs nothing may be
null.  Only properties that 3.1, 3.2 and 3.3 define alike are used.  Coordinates are left to the
GeoNames address of a place: the property for them is defined by a schema at another address, and a
receiver without a network could not validate the item.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid5

from wiredesk.model import Json

VERSION = "3.1"
STANDARD = {
    "name": "ninjs",
    "version": VERSION,
    "schema": f"http://www.iptc.org/std/ninjs/ninjs-schema_{VERSION}.json",
}
#: names of stories whose ids mean something only in their source are made from this one
STORIES = UUID("7c0f1b52-6a53-4a1e-9a57-0d5b3f1b8e64")
#: subject schemes whose codes have addresses of their own
VOCABULARIES = {
    "medtop": "http://cv.iptc.org/newscodes/mediatopic/",
    "subj": "http://cv.iptc.org/newscodes/subjectcode/",
}
ADDRESS = re.compile(r"https?://[^\s/]", re.IGNORECASE)
NAME = re.compile(r"(?:urn:[a-z0-9][a-z0-9-]+:.|tag:[^:]+:.)", re.IGNORECASE)
#: what may stand in a URI as it is (RFC 3986); all else is written in percents
URI_SIGNS = ":/?#[]@!$&'()*+,;=%~"
TEXT = "text/plain"

Row = Mapping[str, Any]


def ninjs(row: Row) -> Json:
    """The item of a current story."""
    body = row["body"]
    item = {
        "uri": uri(row),
        "standard": STANDARD,
        "type": "text",
        "representationType": "full",
        "profile": "text-only",
        "version": str(row["versions"]),
        "firstCreated": _stamp(row["first_at"]),
        "versionCreated": _stamp(row["version_at"]),
        "contentCreated": _stamp(row["first_published_at"]),
        "embargoedUntil": _stamp(row["embargo_until"]),
        "pubStatus": row["pub_status"],
        "language": row["language"],
        "title": row["headline_raw"],
        "headlines": _texts("main", row["headline"]),
        "by": row["byline"],
        "located": "/".join(place["name"] or place["raw"] for place in row["places"] or ()),
        "slugline": row["slug"],
        "edNote": row["ed_note"],
        "usageTerms": row["rights"],
        "descriptions": _texts("bullet", *(row["bullets"] or ())),
        "bodies": [
            {**text, "charCount": len(body), "wordCount": row["word_count"]}
            for text in _texts("main", body)
        ],
        "genres": [{"name": row["genre"]}] if row["genre"] else [],
        "people": _people(row),
        "organisations": _organisations(row),
        "places": _places(row),
        "subjects": _once(_subject(s) for s in row["subjects"] or () if s["name"] or s["code"]),
        "infoSources": _info_sources(row),
        "altIds": _alt_ids(row),
    }
    return {name: value for name, value in item.items() if value}


def uri(row: Row) -> str:
    """The name that agency or publisher gave the story, if it is a name everywhere; else ours."""
    key, scheme = row["identity_key"], row["identity_scheme"]
    # an address that is an `id` has its meaning in one source alone; see match/identity.py
    if NAME.match(key) or (scheme in {"guid", "link"} and ADDRESS.match(key)):
        return quote(key, safe=URI_SIGNS)
    return uuid5(STORIES, str(row["story_id"])).urn


def _texts(role: str, *values: str | None) -> list[Json]:
    return [{"role": role, "contentType": TEXT, "value": value} for value in values if value]


def _signed(row: Row) -> list[tuple[str, Row]]:
    """Who signs above the copy and below it, each with a role."""
    signed = [("byline", author) for author in row["authors"] or ()]
    return signed + [(credit["role"], credit) for credit in row["credits"] or ()]


def _people(row: Row) -> list[Json]:
    """Persons, once in each role; initials are a sign of a person and not a name."""
    keys = {"person": "name", "initials": "literal"}
    return _once(
        {keys[who["entity"]]: who["name"], "rel": role}
        for role, who in _signed(row)
        if who["entity"] in keys
    )


def _info_sources(row: Row) -> list[Json]:
    """The agency, who else carried its copy, and the desks that had a hand in it."""
    parties = [("originator", row["agency"]), ("distributor", row["publisher"])]
    parties += [(role, who["name"]) for role, who in _signed(row) if who["entity"] == "desk"]
    return _once({"name": name, "role": role} for role, name in parties if name)


def _places(row: Row) -> list[Json]:
    """The places of the dateline."""
    found: list[Json] = []
    for place in row["places"] or ():
        where = {"name": place["name"] or place["raw"], "rel": "dateline"}
        if place["place_id"] is not None:
            where["uri"] = f"https://sws.geonames.org/{place['place_id']}/"
        found.append(where)
    return _once(found)


def _subject(subject: Row) -> Json:
    scheme, code, name = subject["scheme"], subject["code"], subject["name"]
    found = {"rel": "about"}
    if name:
        found["name"] = name
    if code and scheme in VOCABULARIES:
        found["uri"] = VOCABULARIES[scheme] + quote(code, safe="")
    elif code:
        found["literal"] = f"{scheme}:{code}" if scheme else code
    return found


def _organisations(row: Row) -> list[Json]:
    """Companies known by the code of their share alone."""
    found: list[Json] = []
    for instrument in row["instruments"] or ():
        symbol = {"symbol": instrument["ric"] or instrument["ticker"]}
        if instrument["exchange"]:
            symbol["exchange"] = instrument["exchange"]
        if symbol["symbol"]:
            found.append({"rel": "mentions", "symbols": [symbol]})
    return _once(found)


def _alt_ids(row: Row) -> list[Json]:
    """Our keys, which join the item to the warehouse, and what others call it."""
    ids = {
        "story": row["story_id"],
        "version": row["version_id"],
        row["identity_scheme"]: row["identity_key"],
        "url": row["url"],
    }
    return [{"role": role, "value": str(value)} for role, value in ids.items() if value is not None]


def _once(found: Iterable[Json]) -> list[Json]:
    once: list[Json] = []
    for each in found:
        if each not in once:
            once.append(each)
    return once


def _stamp(when: datetime | None) -> str | None:
    return when.isoformat().replace("+00:00", "Z") if when else None
