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
#: letters of the last label but one up to which it is taken for a registry's own, as in `co.uk`,
#: `com.au`, `ac.jp`; an own name that short (`t.co`, `bbc.com`) makes the site one label too long,
#: which tells its subdomains apart, and so is never enough by itself
REGISTRY = 3


@dataclass(frozen=True, slots=True)
class Listing:
    """What one payload of a source listed."""

    stories: frozenset[int]
    identities: frozenset[int]  #: of its entries; a story may have more than one
    links: frozenset[str]


def site(url: str) -> str | None:
    """The site of an address: the last two labels of its host, three where the last but one is a
    registry's (`news.example.co.uk` is of `example.co.uk`); an IP address is its own site."""
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return None
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        labels = host.split(".")
    many = 3 if len(labels) > 2 and len(labels[-2]) <= REGISTRY else 2
    return ".".join(labels[-many:]) or None


def elsewhere(links: Iterable[str], identities: Iterable[int], last: Listing) -> str | None:
    """The site whose feed this is, if it is not that of the source of `last`."""
    found = Counter(filter(None, map(site, links)))
    before = Counter(filter(None, map(site, last.links)))
    if not found or not before or before.most_common(1)[0][1] * 2 <= before.total():
        return None
    if found.keys() & before.keys() or not last.identities.isdisjoint(identities):
        return None
    return found.most_common(1)[0][0]
