"""digitalwires: the JSON in which dpa offers its wires to programs, an entry for each version.

    entry    = "{" , "format: digitalwires@" , version , … , "}" ;
    article  = article_html , [ infobox_html ] ;          (* the infobox stands beside, as a part *)
    category = type , ":" , … , name , qcode ;            (* subjects, places, desk, genre, wire *)

`ednotes` have roles, as in dpa's NewsML-G2, and some are not for publication: those with names and
numbers of its own people.  The closing line among them belongs to the copy.  An entry of text is of
the type `composite`, whatever goes along; one without an article is a picture, sound or graphic.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from wiredesk.agencies.dialects import Dialect, dialect_of
from wiredesk.errors import NotAStory, Rejected
from wiredesk.formats.json_fields import number, record_of, records, words
from wiredesk.formats.json_opening import Document
from wiredesk.formats.json_records import each_record
from wiredesk.formats.markup_bodies import Body, body_of_text, with_paragraph
from wiredesk.formats.ninjs_kinds import links_of, signal_of, status_of
from wiredesk.formats.stamps import Stamps
from wiredesk.formats.subject_names import subject_name
from wiredesk.model import Capture, Item, Json, Source, Subject

OPENS = re.compile(rb'"format"\s*:\s*"digitalwires@')
MEDIA = {"image": "picture", "audio": "audio", "video": "video", "graphic": "graphic"}
#: types of categories that say what a story is about
ABOUT = frozenset(("dpasubject", "geosubject", "keyword", "desk", "poi", "scope", "person"))


def sniff(head: bytes) -> bool:
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in b"[{" and bool(OPENS.search(head))


def parse(capture: Capture, source: Source) -> Iterator[Item | Rejected]:
    return each_record(
        capture, _entries, lambda entry, document, n: _item(entry, document, source, n)
    )


def _entries(value: object) -> list[Json]:
    """The entries of a document: itself, a list, or what an API's answer lists."""
    if not isinstance(value, list):
        answer = record_of(value)
        listed = next((answer[k] for k in ("entries", "items", "data") if k in answer), None)
        value = listed if isinstance(listed, list) else [value]
    return list(records(value))


def _item(entry: Json, document: Document, source: Source, n: int) -> Item:
    dialect = dialect_of(words(entry, "urn"), words(entry, "creditline"), "dpa")
    headline, article = words(entry, "headline"), words(entry, "articlehtml")
    kind = (words(entry, "type") or "").casefold()
    status = status_of(entry, dialect)
    if not article and kind in MEDIA:
        raise NotAStory(MEDIA[kind], f"{kind}: {headline or words(entry, 'urn') or 'no urn'}"[:200])
    if not headline and not article and status != "canceled":
        raise Rejected("empty", "an entry with neither headline nor article")
    note, body = _notes(entry, body_of_text(article or "", apart=(headline,)), dialect)
    stamps = Stamps(dialect.tz or source.tz)
    created = stamps.add("published", "content_created", words(entry, "contentcreated"))
    version = stamps.add("updated", "version_created", words(entry, "versioncreated"))
    genres = (words(each, "name") for each in _categories(entry, "genre"))
    return Item(
        source=source.id,
        format="digitalwires",
        ordinal=n,
        id=words(entry, "urn", "entryid"),
        version=words(entry, "version"),
        body=body.text,
        markup=body.markup,
        title=headline,
        byline=words(entry, "byline"),
        dateline=words(entry, "dateline"),
        agency=source.agency or dialect.agency,
        language=words(entry, "language") or source.language,
        published=created or version,
        updated=version or created,
        embargo_until=stamps.add("embargo", "embargoed", words(entry, "embargoed")),
        pub_status=status,
        ed_note=note,
        rights=words(entry, "usageterms", "copyrightnotice"),
        genre=next(filter(None, genres), None),
        urgency=number(entry.get("urgency"), 1, 9),
        priority=words(entry, "urgency"),
        signal=signal_of(entry, dialect),
        subjects=_subjects(entry),
        links=links_of(entry),
        dates=tuple(stamps.found),
        provenance=_provenance(entry, stamps),
        issues=(*document.issues, *body.issues, *stamps.issues()),
    )


def _notes(entry: Json, body: Body, dialect: Dialect) -> tuple[str | None, Body]:
    """The note to editors, and the copy with its closing line."""
    notes: dict[str, None] = {}
    for each in records(entry.get("ednotes")):
        use = dialect.notes.get((words(each, "role") or "").rpartition(":")[2])
        text = words(each, "ednote")
        if not text or use == "none" or each.get("ispublishable") is False:
            continue
        if use == "copy":
            body = with_paragraph(body, text)
        else:
            notes[" ".join(text.split())] = None
    return "\n".join(notes) or None, body


def _categories(entry: Json, *kinds: str) -> Iterator[Json]:
    for each in records(entry.get("categories")):
        if (words(each, "type") or "").rpartition(":")[2] in kinds:
            yield each


def _subjects(entry: Json) -> tuple[Subject, ...]:
    found: list[Subject] = []
    for each in _categories(entry, *ABOUT):
        scheme, _, code = (words(each, "qcode") or "").partition(":")
        name = words(each, "name") or subject_name(scheme, code)
        found.append(Subject(scheme or None, code or None, name))
    return tuple(dict.fromkeys(each for each in found if each.code or each.name))


def _provenance(entry: Json, stamps: Stamps) -> tuple[tuple[str, str], ...]:
    said = {"id": "urn", "version": "version", "headline": "headline", "byline": "byline",
            "dateline": "dateline", "body": "articlehtml"}  # fmt: skip
    rows = {field: f"digitalwires {key}" for field, key in said.items() if words(entry, key)}
    for field in ("published", "updated"):
        if first := stamps.first(field):
            rows[field] = f"digitalwires {first.origin}"
    return tuple(rows.items())
