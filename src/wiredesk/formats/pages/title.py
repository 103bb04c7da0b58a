"""The headline of a page: without the site's name, and the one that its desk wrote.

title = [ site , SEP ] , headline , { SEP , section } , [ SEP , site ] ;
SEP   = SP , ( "|" | "-" | "–" | "—" | "*" | "•" | "·" | "::" | "»" | "«" | "/" ) , SP ;
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from wiredesk.formats.pages.metadata import Metadata

#: a bar needs no blanks around it (`Titel| Zeitung`); a dash without them is part of a word
SEPARATOR = re.compile(r"\s+(?:[-–—*•·»«/~]|::|\|\|)\s+|\s*[|｜]\s*|\s+[-–—]$")
LONGEST = 500  #: characters of a headline; the longest of 71 has 114
LONGEST_TAIL = 6  #: words of a section or site name behind a headline; a subtitle has more
DOMAIN = re.compile(r"^(?:www\.)?[\w-]+(?:\.[a-z]{2,12}){1,2}$", re.IGNORECASE)
WORD = re.compile(r"\w+")


def read_title(data: Metadata, headings: Sequence[str]) -> tuple[str | None, str]:
    """The headline, and where it stood.

    `headings` are the texts of the page's h1 elements.  og:title leads, because the desk writes it
    by hand for those who print the story elsewhere, cut where it only repeats another candidate
    with the site behind it.  Where it is only <title> over again, both are the search engines'
    line, and the headline of JSON-LD, if it is another, is the desk's: 67 of 71 pages.
    """
    sites = _sites(data)
    printed = [text[:LONGEST] for text in headings if text]
    others = [data.linked.headline, *printed]
    og = _without_site(data.first("og:title"), sites, others)
    twitter = _without_site(data.first("twitter:title"), sites, others)
    declared = _without_site(data.linked.headline, sites, [og, *printed])
    heading = _heading(printed, [og, declared, twitter, data.title], sites)
    if og and _key(og) not in sites:
        key = _key(declared)
        searched = _key(og) == _key(_without_site(data.title, sites, [og, *printed]))
        alone = key == _key(twitter) == _key(heading) and _key(og) not in key
        if declared and key not in sites | {_key(og)} and (searched or alone):
            return declared, "json-ld headline"
        return og, "og:title"
    for text, origin in (
        (declared, "json-ld headline"),
        (heading, "h1"),
        (twitter, "twitter:title"),
        (next(iter(data.micro.get("headline", ())), None), "microdata headline"),
        (_without_site(data.title, sites, printed), "title"),
    ):
        if text and _key(text) not in sites:
            return text, origin
    return None, ""


def _key(text: str | None) -> str:
    return " ".join(WORD.findall(text.lower())) if text else ""


def _sites(data: Metadata) -> frozenset[str]:
    """What the site calls itself, as keys."""
    names = [data.first("og:site_name", "application-name", "twitter:site", "publisher")]
    names += [data.linked.publisher, data.first("apple-mobile-web-app-title")]
    return frozenset(filter(None, map(_key, names)))


def _heading(printed: list[str], others: list[str | None], sites: frozenset[str]) -> str | None:
    """The h1 that another candidate repeats; else the first: many pages set their logo as h1."""
    keys = [_key(text) for text in others if text]
    for text in printed:
        key = _key(text)
        if key and any(key == other or (len(key) > 15 and key in other) for other in keys):
            return text
    return next((text for text in printed if _key(text) not in sites), None)


def _without_site(
    text: str | None, sites: frozenset[str], others: Sequence[str | None]
) -> str | None:
    """`text` cut where another candidate ends, and without the site's name at either end."""
    if not text:
        return None
    text = text[:LONGEST]
    breaks = list(SEPARATOR.finditer(text))
    if not breaks:
        return text
    wanted = {_key(other) for other in others}
    for cut in breaks:
        head, tail = text[: cut.start()], text[cut.end() :]
        if _key(head) in wanted and _is_tail(tail):
            return head.strip()
        if _key(tail) in wanted and _key(head) in sites:
            return tail.strip()
    if _key(text) in wanted and not _names_site(text[breaks[-1].end() :], sites):
        return text
    while breaks and _names_site(text[breaks[-1].end() :], sites):
        text = text[: breaks.pop().start()].strip()
    if breaks and _names_site(text[: breaks[0].start()], sites):
        text = text[breaks[0].end() :].strip()
    return text or None


def _is_tail(text: str) -> bool:
    return all(len(WORD.findall(part)) <= LONGEST_TAIL for part in SEPARATOR.split(text))


def _names_site(text: str, sites: frozenset[str]) -> bool:
    key = _key(text)
    if not key or DOMAIN.match(text.strip()):
        return True
    words = set(key.split())
    return any(
        key.replace(" ", "") == site.replace(" ", "")
        or words <= set(site.split())
        or (len(site) > 3 and words >= set(site.split()))
        for site in sites
        if len(words) <= LONGEST_TAIL
    )
