"""NITF 3.x: one story a document, as AP, PA, AAP, EFE, ANSA, CP, NTB and newspapers' archives send.

What the standard says goes; what an agency does otherwise is in its dialect.  The copy is read by
nitf_copy.py, what is said about it by nitf_head.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from wiredesk.agencies.dialects import Dialect, dialect_of
from wiredesk.errors import Rejected
from wiredesk.formats import nitf_head as about
from wiredesk.formats.nitf_copy import PAGED_SLUG, NitfCopy, read_copy
from wiredesk.formats.stamps import Stamps
from wiredesk.formats.xml_opening import opened, root_of
from wiredesk.model import Capture, Issue, Item, Source

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

RELEASED_LATER = timedelta(minutes=2)  # a release this long after the issue is an embargo
#: where a time of issue stands, the most trusted first: path, attribute
ISSUED = (
    ("docdata/date.issue", "norm"),
    (".//pubdata", "date.publication"),
    ("docdata/date.release", "norm"),
    ("revision-history", "norm"),
)


def sniff(head: bytes) -> bool:
    root = root_of(head)
    return root is not None and root[0].casefold() == "nitf"


def parse(capture: Capture, source: Source) -> Iterator[Item | Rejected]:
    """The story of a document.  Raises Rejected for XML that is broken or unsafe."""
    document = opened(capture)
    if str(document.root.tag).casefold() != "nitf":
        raise Rejected("unknown_xml", f"the root is <{document.root.tag}>, not <nitf>")
    item = _item(document.root, source, document.issues)
    if not item.body and not item.title and item.pub_status != "canceled":
        raise Rejected("empty", "a document with neither headline nor copy")
    yield item


def _item(nitf: Element, source: Source, issues: tuple[Issue, ...]) -> Item:
    head = nitf.find("head")
    head = head if head is not None else nitf.makeelement("head")
    said = about.metas(head)
    dialect = dialect_of(*about.senders(nitf, said))
    stamps = Stamps(dialect.tz or source.tz, dialect.day_first)
    _times(head, said, stamps)
    status, embargo, odd = _gate(head, dialect, stamps)
    copy = read_copy(nitf)
    id_, identity, version = _named(head, said, dialect)
    urgency = about.attribute(head, "docdata/urgency", "ed-urg")
    published, updated = stamps.first("published"), stamps.first("updated")
    return Item(
        source=source.id,
        format="nitf",
        ordinal=0,
        id=id_,
        identity=identity,
        version=version,
        body=copy.body.text,
        markup=copy.body.markup,
        title=copy.title,
        byline=copy.byline if dialect.bylines else None,
        dateline=copy.dateline,
        url=about.attribute(head, ".//pubdata", "ex-ref"),
        agency=source.agency or dialect.agency,
        language=_language(nitf) or source.language,
        slug=_slug(head, said),
        published=published.at if published else None,
        updated=updated.at if updated else None,
        embargo_until=embargo,
        pub_status=status,
        ed_note=about.notes_of(nitf),
        rights=about.rights_of(head),
        genre=about.genre_of(head),
        urgency=about.urgency_of(urgency),
        priority=said.get("NTBPrioritet") or urgency,
        signal="correction" if head.find("docdata/correction") is not None else None,
        subjects=about.subjects(head, said),
        links=about.links_of(nitf),
        dates=tuple(stamps.found),
        provenance=_provenance(copy, id_, stamps),
        issues=(*issues, *copy.body.issues, *odd, *stamps.issues()),
    )


def _times(head: Element, said: dict[str, str], stamps: Stamps) -> None:
    """Every time of issue, then the meta elements that some print in the place of one."""
    for path, attribute in ISSUED:
        for element in head.iterfind(path):
            name = str(element.tag)
            stamps.add("published", f"nitf {name}", element.get(attribute) or about.words(element))
            if name == "revision-history" or stamps.first("published"):
                break
    if not stamps.first("published"):
        for name in about.META_TIMES:
            stamps.add("published", f"nitf meta {name}", said.get(name))
        day = [said.get(f"publication_{part}", "") for part in ("year", "month", "day_of_month")]
        if all(part.isdecimal() for part in day):
            stamps.add("published", "nitf meta publication_*", "-".join(p.zfill(2) for p in day))


def _gate(
    head: Element, dialect: Dialect, stamps: Stamps
) -> tuple[str, datetime | None, tuple[Issue, ...]]:
    """Status and embargo: `date.release` opens the gate of what is sent before its time.

    What says that it is embargoed and not until when is held.
    """
    said = (about.attribute(head, "docdata", "management-status") or "").casefold()
    status, odd = about.status_of(dialect.statuses.get(said, said))
    raw = about.attribute(head, "docdata/date.release", "norm")
    release = Stamps(stamps.tz, stamps.day_first).add("embargo", "nitf date.release", raw)
    issued = stamps.first("published")
    if said == "embargoed":
        if release is None:
            return "withheld", None, (*odd, Issue("embargo_unreadable", raw))
        return status, release, odd
    later = release and issued and issued.at and release - issued.at >= RELEASED_LATER
    return status, release if later else None, odd


def _named(
    head: Element, said: dict[str, str], dialect: Dialect
) -> tuple[str | None, tuple[str, str] | None, str | None]:
    """The document's id, what names its story where the id does not, and the version.

    A du-key names a story that is sent again; but agencies put slugs into it (`NU-FLASH-K`), so
    it is believed where the dialect says so, or where there is no other id.
    """
    doc_id = about.attribute(head, ".//doc-id", "id-string")
    key = about.attribute(head, ".//du-key", "key")
    candidates = (doc_id, key and f"du-key {key}")
    generation = about.attribute(head, ".//du-key", "generation")
    version = about.attribute(head, ".//du-key", "version") or dialect.version_in(*candidates)
    if generation:
        version = f"{generation}.{version}" if version else generation
    id_ = doc_id or said.get("NTBID") or key
    return id_, dialect.identity_in(*candidates), version


def _language(nitf: Element) -> str | None:
    tagged = (nitf.get("baselang"), nitf.get(about.XML_LANG), _body_language(nitf))
    return next(filter(None, tagged), None)


def _body_language(nitf: Element) -> str | None:
    body = nitf.find("body")
    return body.get(about.XML_LANG) if body is not None else None


def _slug(head: Element, said: dict[str, str]) -> str | None:
    """The slug of a meta element; PA's is the title, behind the page."""
    title = about.words(head.find("title"))
    paged = PAGED_SLUG.match(title) if title else None
    return about.slug_of(said) or (title[paged.end() :] if title and paged else None)


def _provenance(copy: NitfCopy, id_: str | None, stamps: Stamps) -> tuple[tuple[str, str], ...]:
    rows = dict(copy.provenance)
    if id_:
        rows["id"] = "nitf doc-id"
    for name in ("published", "updated"):
        if found := stamps.first(name):
            rows[name] = found.origin
    return tuple(rows.items())
