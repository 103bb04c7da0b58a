"""XML that is no story in any format: named for what it is, or turned away by its root's name.

A folder of wire copy holds schemas, catalogs, lists of what may be fetched, fixtures, results and
calendars beside its stories.  This comes after every format that reads XML, and claims whatever
opens as XML does, so that none of it is taken for copy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from wiredesk.errors import NotAStory, Rejected
from wiredesk.formats.xml_opening import opened, root_of
from wiredesk.model import Capture, Item, Source

#: root, in small letters → what it is
ROOTS = {
    **dict.fromkeys(("schema", "grammar", "stylesheet", "transform"), "schema"),
    **dict.fromkeys(("catalog", "catalogs", "topicset", "thesaurus", "rdf"), "catalog"),
    **dict.fromkeys(("urlset", "sitemapindex", "opml", "listbucketresult"), "listing"),
    **dict.fromkeys(("result", "results", "response", "responses", "items"), "listing"),
    **dict.fromkeys(("sports-content", "sportsml", "sports-content-codes"), "listing"),
    **dict.fromkeys(("event", "events", "icalendar", "calendar"), "event"),
    **dict.fromkeys(("planning", "planningitem", "newscoverage"), "planning"),
    **dict.fromkeys(("configuration", "config", "settings", "project", "plist"), "settings"),
    **dict.fromkeys(("resources", "preferences", "beans", "web-app"), "settings"),
    "svg": "graphic",
    "smil": "video",
}
#: an element that tells a list of events from other lists
EVENT = ("startDate", "Fixture_List", "dtstart", "eventDetails", "StartDate")
XML = re.compile(
    rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*(?:<\?xml\b|<!DOCTYPE\s+(?!html\b)\w)", re.IGNORECASE
)


def sniff(head: bytes) -> bool:
    if XML.match(head.replace(b"\0", b"")):
        return True
    found = root_of(head)
    if found is None:
        return False
    name, attributes = found
    # copy may open with `<SRD>`; no copy opens with two elements
    known = name.casefold() in ROOTS and re.match(rb"[^>]*>\s*<", head)
    return "xmlns" in attributes or bool(known)


def parse(capture: Capture, source: Source) -> Iterator[Item | Rejected]:
    """Never an item.  Raises what is wrong with the document, before what it is."""
    del source  # the same for any
    root = opened(capture).root
    name = str(root.tag)
    kind = ROOTS.get(name.casefold())
    if kind == "listing" and next(root.iter(*EVENT), None) is not None:
        kind = "event"
    if kind is None:
        yield Rejected("unknown_xml", f"the root is <{name[:60]}>, which no format here reads")
    else:
        inside = sum(1 for _ in root)
        yield NotAStory(kind, f"XML of <{name}> with {inside} elements in it")
