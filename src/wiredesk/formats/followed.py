"""A feed entry and the page it points to: one item, with provenance for each field.

The entry says which story it is (id, link) and, where it has them, when it was published; the page
says what the story says.  A field that only one has comes from that one.  Times of both are kept
as candidates.  The earlier of two published times is the publication, since pages are stamped anew
when they are touched; but a time that was printed with its zone goes before one that was not.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from wiredesk.model import Issue, Item

#: provenance of a page's own fields, as `page json-ld headline`
FROM_PAGE = "page"


def merged(entry: Item, page: Item) -> Item:
    """The one item of an entry and its page."""
    published = _published(entry, page)
    people = bool(page.authors or page.byline)
    taken = {
        "headline": bool(page.title),
        "body": True,
        "authors": bool(page.authors),
        "byline": people,
        "published": published is not None and published != entry.published,
        "updated": page.updated is not None,
    }
    theirs = dict(page.provenance)
    theirs.setdefault("byline", theirs.get("authors", ""))
    said = dict(entry.provenance)
    for name, from_page in taken.items():
        if from_page:
            said[name] = f"{FROM_PAGE} {theirs.get(name, '')}".rstrip()
    return replace(
        entry,
        body=page.body,
        markup=page.markup,
        title=page.title or entry.title,
        byline=page.byline if people else entry.byline,
        authors=page.authors if people else entry.authors,
        language=entry.language or page.language,
        published=published,
        updated=page.updated or entry.updated,
        rights=entry.rights or page.rights,
        subjects=tuple(dict.fromkeys((*entry.subjects, *page.subjects))),
        dates=(*entry.dates, *(replace(d, origin=f"{FROM_PAGE} {d.origin}") for d in page.dates)),
        provenance=tuple(said.items()),
        issues=tuple(dict.fromkeys((*entry.issues, *page.issues))),
    )


def _published(entry: Item, page: Item) -> datetime | None:
    times = [(_zoneless(item), item.published) for item in (entry, page) if item.published]
    return min(times)[1] if times else None


def _zoneless(item: Item) -> bool:
    """Whether the published time was printed without a zone."""
    found = [d for d in item.dates if d.field == "published" and d.at == item.published]
    return bool(found) and all(d.zoneless for d in found)


def unfollowed(entry: Item, why: str) -> Item:
    """An entry whose page could not be had: it stands as it is, and says so."""
    return replace(entry, issues=(*entry.issues, Issue("not_followed", why)))
