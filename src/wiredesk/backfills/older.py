"""The page before this one, where a feed says that it has one (RFC 5005, JSON Feed).

archived = … "<link rel='prev-archive'" … ;      paged = … "<link rel='next'" … | next_url ;
"""

from __future__ import annotations

import html
import re

import orjson

from wiredesk.formats.decoding import decode
from wiredesk.formats.links import web_link
from wiredesk.model import Capture

ENTRY = re.compile(r"<(?P<name>(?:\w+:)?(?:item|entry))[\s>].*?</(?P=name)\s*>", re.DOTALL)
LINK = re.compile(r"<(?:\w+:)?link\b(?P<inside>[^<>]*)>")
ATTRIBUTE = re.compile(r"(?P<name>[\w:-]+)\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)')")
#: an archive stays as it is, a page's entries move on while we read; so the archive comes first
WAYS = ("prev-archive", "next")


def older(capture: Capture) -> str | None:
    """The address of the feed's next older page."""
    text = decode(capture.body, capture.charset)[0]
    if text.lstrip("\ufeff \t\r\n").startswith("{"):
        try:
            feed = orjson.loads(text)
        except orjson.JSONDecodeError:
            return None
        found = feed.get("next_url") if isinstance(feed, dict) else None
        return web_link(capture.locator, found) if isinstance(found, str) else None
    links: dict[str, str] = {}
    for link in LINK.finditer(ENTRY.sub("", text)):
        said = {
            a["name"].lower(): html.unescape(a["double"] or a["single"] or "")
            for a in ATTRIBUTE.finditer(link["inside"])
        }
        for relation in said.get("rel", "").lower().split():
            links.setdefault(relation, said.get("href", ""))
    return next((web_link(capture.locator, links[way]) for way in WAYS if links.get(way)), None)
