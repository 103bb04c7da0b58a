"""A feed entry and the page it points to: one item, with provenance for each field.

The entry says which story it is (id, link) and, where it has them, when it was published; the page
says what the story says.  A field that only one has comes from that one.  Times of both are kept
as candidates; the earlier of two published times is the publication, since pages are stamped anew
when they are touched.
"""

from __future__ import annotations

from dataclasses import replace

from wiredesk.model import Issue, Item

#: provenance of a page's own fields, as `page json-ld headline`
FROM_PAGE = "page"


def merged(entry: Item, page: Item) -> Item:
    """The one item of an entry and its page."""
    origin = {name: f"{FROM_PAGE} {where}" for name, where in page.provenance}
    said = dict(entry.provenance)
    said |= {name: where for name, where in origin.items() if name in {"headline", "body"}}
    title = page.title or entry.title
    if not page.title and entry.title:
        said["headline"] = dict(entry.provenance).get("headline", "title")
    people = page.authors or entry.authors
    byline = page.byline or entry.byline
    if page.authors or page.byline:
        said["byline"] = origin.get("byline", FROM_PAGE)
    times = [t for t in (entry.published, page.published) if t]
    published = min(times, default=None)
    said["published"] = (
        origin.get("published", FROM_PAGE) if published != entry.published else "entry"
    )
    if published is None:
        del said["published"]
    return replace(
        entry,
        body=page.body,
        markup=page.markup,
        title=title,
        byline=byline,
        authors=people,
        language=entry.language or page.language,
        published=published,
        updated=page.updated or entry.updated,
        rights=entry.rights or page.rights,
        subjects=tuple(dict.fromkeys((*entry.subjects, *page.subjects))),
        dates=(*entry.dates, *(replace(d, origin=f"{FROM_PAGE} {d.origin}") for d in page.dates)),
        provenance=tuple(said.items()),
        issues=tuple(dict.fromkeys((*entry.issues, *page.issues))),
    )


def unfollowed(entry: Item, why: str) -> Item:
    """An entry whose page could not be had: it stands as it is, and says so."""
    return replace(entry, issues=(*entry.issues, Issue("not_followed", why)))
