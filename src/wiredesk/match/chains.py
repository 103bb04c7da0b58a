"""Chain marks: by what, besides their words, two versions of one running story are found.

    number   = what the agency calls the item, in its id or its address: `…newsml_` USN [":" n],
               slug "-id" ["US"] USN yyyymmdd
    slug     = [cycle "-"] [region "--"] base [" (" version ")" | "," version] ["/"]
    headline = without labels, as words

A mark finds candidates and proves nothing: running columns keep their slug for years and their
item number for weeks, and "Wall St ends higher" is a headline of every week.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

from wiredesk.match.identity import hash64
from wiredesk.match.normal import words
from wiredesk.match.portrait import Portrait

Mark = tuple[str, str, str]  #: kind (number, slug, headline, stem), scope, value

_ADDRESS = re.compile(
    r"(?:^|/)(?:(?:us|uk|in|ca|au|za|oukin|businesspro|r)-)?(?P<slug>[^/]+?)"
    r"-id(?:[A-Z]{2})?(?P<number>[A-Z0-9]{5,}?)(?:(?:19|20)\d{6})?$"
)
_NEWSML = re.compile(r"newsml_(?P<number>[A-Za-z0-9]{5,})")
_SLUG = re.compile(r"^(?:(?:bc|am|pm|ap)-)?(?:[a-z]{2}--)?(?P<base>[^(,]+?)[\s/]*(?:[(,].*)?$")
#: How Business Wire, GlobeNewswire and others mark the languages of one release.
_TONGUE = re.compile(
    r"[-_/.](?:en|fr|de|es|it|pt|nl|sv|da|no|fi|ja|zh|ko|ar|ru|pl)(?=/?$)", re.IGNORECASE
)


def chain_keys(p: Portrait) -> tuple[int, ...]:
    """Signed 64-bit keys; two stories that could be one chain, or one text twice, share one."""
    return tuple(sorted(hash64(*mark) for mark in marks(p)))


@lru_cache(maxsize=512)
def marks(p: Portrait) -> frozenset[Mark]:
    """The marks of a portrait, each in its agency's scope; a bare headline of a word is none."""
    found: set[Mark] = set()
    stem = urlsplit(p.url).path.rstrip("/") if p.url and "[" not in p.url else ""
    for name in (p.native_id or "", stem):
        if m := _ADDRESS.search(name):
            found |= {("number", p.scope, m["number"]), ("slug", p.scope, m["slug"].casefold())}
        elif m := _NEWSML.search(name):
            found.add(("number", p.scope, m["number"]))
        if _TONGUE.search(name):
            found.add(("stem", p.scope, _TONGUE.sub("", name).casefold()))
    if p.slug and (m := _SLUG.match(p.slug.strip().casefold())):
        found.add(("slug", p.scope, m["base"]))
    if len(said := words(p.headline or "")) > 2:
        found.add(("headline", p.scope, " ".join(said)))
    return frozenset(found)
