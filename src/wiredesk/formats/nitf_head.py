"""What NITF says about a story beside its copy: ids, status, subjects, rights, links.

It stands in `<docdata>` and its neighbours, and in `<meta>` elements that each agency names as it
likes; those names are data here.  Element names are local, as xml_opening.py leaves them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from wiredesk.formats.subject_names import subject_name
from wiredesk.model import Issue, Link, Subject

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

IPTC_CODE = re.compile(r"\d{8}$")
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
#: meta elements that hold the slug, the most telling first
SLUGS = ("slugline", "slug", "anpa-keyword", "NTBStikkord", "ap-slugline", "keyword-line")
#: meta elements that hold one code of a scheme
META_SUBJECTS = {"anpa-category": "a1312cat", "category": "category", "dsk": "desk"}
#: meta elements that name the sender
META_SENDERS = ("NTBKilde", "provider", "source", "credit")
#: meta elements that hold the time of issue, where docdata has none
META_TIMES = ("timestamp", "ntb-dato", "publication_date", "date")
#: what a document says of its kind and means only "news"
PLAIN_GENRES = frozenset(("current", "news", "nyheter", "none"))
STATUSES = {
    "usable": "usable",
    "embargoed": "usable",  # the gate is a time: Item.embargo_until
    "withheld": "withheld",
    "held": "withheld",
    "canceled": "canceled",
    "cancelled": "canceled",
    "killed": "canceled",
    "deleted": "canceled",
}


def words(element: Element | None) -> str | None:
    """All text of an element on one line; None where there is none."""
    return " ".join("".join(element.itertext()).split()) or None if element is not None else None


def metas(head: Element) -> dict[str, str]:
    """The meta elements by name, the first of each."""
    found: dict[str, str] = {}
    for meta in head.iterfind("meta"):
        name, content = meta.get("name"), (meta.get("content") or "").strip()
        if name and content:
            found.setdefault(name, content)
    return found


def attribute(head: Element, path: str, name: str) -> str | None:
    """The first value of an attribute below `head` that is not blank."""
    values = (element.get(name) for element in head.iterfind(path))
    return next((value.strip() for value in values if value and value.strip()), None)


def urgency_of(raw: str | None) -> int | None:
    return int(raw) if raw and raw.isdecimal() and 1 <= int(raw) <= 9 else None


def slug_of(said: dict[str, str]) -> str | None:
    return next((said[name] for name in SLUGS if name in said), None)


def senders(nitf: Element, said: dict[str, str]) -> Iterator[str | None]:
    """What names the sender, the most telling first.

    The id's register goes before the distributor: NTB passes on copy of `ritzau.dk`.
    """
    for doc_id in nitf.iter("doc-id"):
        yield doc_id.get("regsrc")
    for name in META_SENDERS:
        yield said.get(name)
    yield words(nitf.find("body/body.head/distributor"))
    for holder in nitf.iter("doc.copyright"):
        yield holder.get("holder")
    for owner in nitf.iter("doc.rights"):
        yield owner.get("owner")
    for way in nitf.iter("from-src"):
        yield way.get("src-name")
    for publication in nitf.iter("pubdata"):
        yield publication.get("name")
    for doc_id in nitf.iter("doc-id"):
        yield doc_id.get("id-string")


def status_of(raw: str | None) -> tuple[str, tuple[Issue, ...]]:
    """Item.pub_status for a management-status; a word that nobody knows holds the item back."""
    word = (raw or "usable").strip().casefold()
    known = STATUSES.get(word)
    return (known, ()) if known else ("withheld", (Issue("status_unknown", word[:40]),))


def subjects(head: Element, said: dict[str, str]) -> tuple[Subject, ...]:
    """Subjects with scheme and code, each once."""
    found: list[Subject] = []
    for topic in head.iter("tobject.subject"):
        name = next(
            filter(
                None, map(topic.get, (f"tobject.subject.{k}" for k in ("detail", "matter", "type")))
            ),
            None,
        )
        refnum, code = topic.get("tobject.subject.refnum"), topic.get("tobject.subject.code")
        if refnum:
            scheme = "subj" if IPTC_CODE.match(refnum) else topic.get("tobject.subject.ipr")
            name = name or subject_name(scheme, refnum)
            found.append(Subject(scheme or "tobject", refnum, name))
        elif code or name:
            found.append(Subject("tobject", code or name, name))
    for content in head.iter("identified-content"):
        found.extend(filter(None, map(_identified, content.iterchildren("*"))))
    found += [Subject("keyword", key, key) for k in head.iter("keyword") if (key := k.get("key"))]
    found += [Subject("fixture", key) for k in head.iter("fixture") if (key := k.get("fix-id"))]
    found += [Subject("doc-scope", s) for k in head.iter("doc-scope") if (s := k.get("scope"))]
    found += [Subject(scheme, said[name]) for name, scheme in META_SUBJECTS.items() if name in said]
    return tuple(dict.fromkeys(found))


def _identified(element: Element) -> Subject | None:
    """`<classifier class="indexing_service" type="descriptor">ART</classifier>` and its kin."""
    name = words(element)
    scheme = (
        element.get("idsrc") or element.get("code-source") or element.get("location-code-source")
    )
    code = element.get("value") or element.get("location-code") or element.get("code")
    if scheme is None:
        kind = element.get("type") if element.tag == "classifier" else str(element.tag)
        scheme = ":".join(filter(None, (element.get("class"), kind))) or "classifier"
    return Subject(scheme, code or name, name) if code or name else None


def genre_of(head: Element) -> str | None:
    """What kind of copy it is, where that is not simply news."""
    for kind in head.iter("tobject.property"):
        said = kind.get("tobject.property.type")
        if said and said.casefold() not in PLAIN_GENRES:
            return str(said)
    return None


def rights_of(head: Element) -> str | None:
    """Who holds the copyright, and within what limits."""
    parts: list[str] = []
    for holder in head.iter("doc.copyright"):
        said = " ".join(filter(None, (holder.get("year"), holder.get("holder"))))
        if said:
            parts.append(f"© {said}")
    for rights in head.iter("doc.rights"):
        parts += [p for key in ("type", "limitations", "geography") if (p := rights.get(key))]
    return "; ".join(dict.fromkeys(parts)) or None


def notes_of(nitf: Element) -> str | None:
    """Messages to editors: `<ed-msg info>`, and a note above the copy that says it is one."""
    said = [message.get("info") for message in nitf.iter("ed-msg", "correction")]
    said += [words(note) for note in nitf.iterfind("body/body.head/note")]
    kept = [" ".join(note.split()) for note in said if note and note.strip()]
    return "\n".join(dict.fromkeys(kept)) or None


def links_of(nitf: Element) -> tuple[Link, ...]:
    """The item that this one acts on, and the pictures and sounds that go with it."""
    acted_on = [
        (data.get("management-doc-idref"), data.get("management-idref-status"))
        for data in nitf.iter("docdata")
    ]
    acted_on += [(e.get("id-string"), e.get("info")) for e in nitf.iter("correction")]
    found = [Link("replaces", id_.strip(), how) for id_, how in acted_on if id_ and id_.strip()]
    for media in nitf.iter("media"):
        caption = words(media.find("media-caption"))
        kind = {"image": "picture", "photo": "picture"}.get(media.get("media-type") or "image")
        for reference in media.iterfind("media-reference"):
            target = next(
                filter(None, map(reference.get, ("source", "data-location", "name"))), None
            )
            if target:
                found.append(Link(kind or media.get("media-type", "picture"), target, caption))
    return tuple(dict.fromkeys(found))
