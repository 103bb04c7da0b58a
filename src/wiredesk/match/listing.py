"""What a source listed, and whether another site answers in its place.

A domain that lapsed, a mixed-up cache or a captive network sends a sound feed that is not ours.
It is told by its links: the source has a home, the site that more than half of the links of its
last listing lead to; none of the new links lead to any site of that listing, and no entry has the
identity of one in it.  A list of links to everywhere has no home and is never judged.
"""

from __future__ import annotations

import ipaddress
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

ANOTHER_SITE = "another site's feed"
#: what the registries of countries hand names out under: `co.uk`, `com.au`, `or.jp`.  A rule by
#: length alone would part `www.srf.ch` from `news.srf.ch`.
REGISTRIES = frozenset("ac co com edu go gob gov gouv mil ne net nom or org".split())


@dataclass(frozen=True, slots=True)
class Listing:
    """What one payload of a source listed."""

    stories: frozenset[int]
    identities: frozenset[int]  #: of its entries; a story may have more than one
    links: frozenset[str]


def site(url: str) -> str | None:
    """The site of an address: the last two labels of its host, three under a country's registry
    (`news.example.co.uk` is of `example.co.uk`); an IP address is a site of its own.
    """
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return None
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        labels = host.split(".")
    national = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in REGISTRIES
    return ".".join(labels[-3 if national else -2 :]) or None


def elsewhere(links: Iterable[str], identities: Iterable[int], last: Listing) -> str | None:
    """The site whose feed this is, if it is not that of the source of `last`."""
    found = Counter(filter(None, map(site, links)))
    before = Counter(filter(None, map(site, last.links)))
    if not found or not before or before.most_common(1)[0][1] * 2 <= before.total():
        return None
    if found.keys() & before.keys() or not last.identities.isdisjoint(identities):
        return None
    return found.most_common(1)[0][0]
