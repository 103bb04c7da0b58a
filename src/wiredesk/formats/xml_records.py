"""Stories and press releases as flat XML records, in a sender's own element names.

    record = root , { field } ;      (* a field holds text, or HTML that was escaped, or twice so *)

Which element is what is a table, record_forms.py, a row a sender; a record is known by its root
and by an element that no other root of that name has.  RBNews is what Ritzau sends, `release` what
the press release desks of the Nordic agencies send, `Publish` what The Canadian Press moves between
its own systems, mostly pictures, `Publication` what AP sent before its JSON, with NITF inside.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from wiredesk.agencies.dialects import dialect_of
from wiredesk.errors import NotAStory, Rejected
from wiredesk.formats.first_sentence import first_sentence
from wiredesk.formats.markup_bodies import Body, body_of_text, with_paragraph
from wiredesk.formats.nitf_copy import read_copy
from wiredesk.formats.nitf_head import urgency_of, words
from wiredesk.formats.record_forms import NO_STORY, RECORDS, Record
from wiredesk.formats.stamps import Stamps
from wiredesk.formats.subject_names import subject_name
from wiredesk.formats.xml_opening import opened, root_of
from wiredesk.model import Capture, Issue, Item, Link, Source, Subject

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

TAG = re.compile(r"<[^<>]*>")
LINE_END = re.compile(r"\s*\n\s*")
NEVER = re.compile(r"0001-01-01")  # how .NET prints that there is no time
STATES = {**dict.fromkeys(("canceled", "cancelled", "killed"), "canceled"), "withheld": "withheld"}
TRUE = frozenset(("true", "1"))


def sniff(head: bytes) -> bool:
    root = root_of(head)
    form = RECORDS.get(root[0].casefold()) if root else None
    # `<release>` and `<Publish>` may be anybody's; what marks these stands near their beginning
    last = form.mark.rpartition("/")[2].encode() if form else b""
    return form is not None and (last == b"." or b"<" + last in head.replace(b"\0", b""))


def parse(capture: Capture, source: Source) -> Iterator[Item | Rejected]:
    """The story of a record.  Raises Rejected for XML that is broken or unsafe."""
    document = opened(capture)
    form = RECORDS.get(str(document.root.tag).casefold())
    record = document.root.find(form.at) if form else None
    if form is None or record is None:
        raise Rejected("unknown_xml", f"the root is <{document.root.tag}>")
    kind = NO_STORY.get((_value(record, form.kind) or "").casefold())
    if kind:
        yield NotAStory(kind, f"a record of a {kind}: {_value(record, form.id)}")
        return
    item = _item(form, record, source, document.issues)
    if not item.body and not item.title:
        raise Rejected("empty", "a record with neither headline nor copy")
    yield item


def _item(form: Record, record: Element, source: Source, odd: tuple[Issue, ...]) -> Item:
    def value(path: str | None) -> str | None:
        return _value(record, path)

    dialect = dialect_of(*map(value, form.sender))
    stamps = Stamps(form.tz or dialect.tz or source.tz, day_first=True)
    published = stamps.add("published", form.published or "", value(form.published))
    updated = stamps.add("updated", form.updated or "", value(form.updated))
    body = _copy(form, record)
    title = value(form.headline)
    if not title:
        title, odd = first_sentence(body), (*odd, Issue("headline_from_lead"))
    state = STATES.get((value(form.state) or "").casefold(), "usable")
    status = next((s for flag, s in form.status.items() if _true(value(flag))), state)
    embargo, unclear = _embargo(value(form.embargo), stamps.tz)
    language = value(form.language)
    priority = value(form.priority)
    named = value(form.identity[1]) if form.identity else None
    return Item(
        source=source.id,
        format="xml-record",
        ordinal=0,
        id=value(form.id),
        identity=(form.identity[0], named) if form.identity and named else None,
        version=value(form.version),
        body=body.text,
        markup=body.markup,
        title=title,
        byline=value(form.byline),
        dateline=", ".join(p for p in re.split(r"\s*;\s*", value(form.dateline) or "") if p)
        or None,
        url=value(form.url),
        agency=source.agency or dialect.agency or form.agency,
        language=form.languages.get(language or "", language) or source.language,
        slug=value(form.slug),
        published=published,
        updated=updated,
        embargo_until=embargo,
        pub_status="withheld" if unclear and status == "usable" else status,
        ed_note=value(form.ed_note),
        rights=value(form.rights),
        genre=form.genre_is or value(form.genre),
        urgency=urgency_of(priority),
        priority=priority,
        signal=next((s for flag, s in form.signal.items() if _true(value(flag))), None),
        subjects=_subjects(form, record),
        links=_links(form, record),
        dates=tuple(stamps.found),
        provenance=_provenance(form, record),
        issues=(*odd, *body.issues, *unclear, *stamps.issues()),
    )


def _value(record: Element, path: str | None) -> str | None:
    """What stands at a path, on one line and without markup."""
    if not path:
        return None
    if path.startswith("@"):
        return (record.get(path[1:]) or "").strip() or None
    found = record.find(path)
    if found is not None and found.get("Year"):  # AP parts a time: Year="2018" Month="7" Day="3"
        year, month, day = (found.get(part, "") for part in ("Year", "Month", "Day"))
        return f"{year}-{month:0>2}-{day:0>2}T{found.get('Time') or '00:00'}"
    said = words(found)
    return " ".join(html.unescape(TAG.sub(" ", said)).split()) or None if said else None


def _true(flag: str | None) -> bool:
    return (flag or "").casefold() in TRUE


def _embargo(raw: str | None, tz: str) -> tuple[datetime | None, tuple[Issue, ...]]:
    if not raw or NEVER.match(raw):
        return None, ()
    until = Stamps(tz, day_first=True).add("embargo", "embargo", raw)
    return until, () if until else (Issue("embargo_unreadable", raw[:60]),)


def _copy(form: Record, record: Element) -> Body:
    for path in form.body:
        inside = record.find(f"{path}//nitf")
        if inside is not None:
            return read_copy(inside).body
    parts = ["".join(e.itertext()) for path in form.body if (e := record.find(path)) is not None]
    # a lead without markup above copy that has some
    marked = any("<" in part for part in parts)
    texts = [
        f"<p>{html.escape(html.unescape(part))}</p>" if marked and "<" not in part else part
        for part in parts
        if part.strip()
    ]
    # in HTML the end of a line is a space, and these records are printed with an indent
    copy = "\n".join(texts)
    body = body_of_text(LINE_END.sub(" ", copy) if marked and "<pre" not in copy else copy)
    for path in form.below:
        body = with_paragraph(body, _value(record, path))
    return body


def _subjects(form: Record, record: Element) -> tuple[Subject, ...]:
    found: list[Subject] = []
    for scheme, path in form.subjects:
        for element in record.iterfind(path):
            for code in (words(element) or "").split(","):
                # `4000000` lost its first digit as a number
                iptc = scheme == "subj" and code.strip().isdecimal()
                said = code.strip().zfill(8) if iptc else code.strip()
                if said:
                    found.append(
                        Subject(scheme, said, subject_name(scheme, said) if iptc else said)
                    )
    return tuple(dict.fromkeys(found))


def _links(form: Record, record: Element) -> tuple[Link, ...]:
    found: list[Link] = []
    if form.replaces and (target := _value(record, form.replaces)):
        found.append(Link("replaces", target))
    if form.pictures:
        for picture in record.iterfind(form.pictures[0]):
            around = picture.getparent()
            caption = around.find(form.pictures[1]) if around is not None else None
            if target := words(picture):
                found.append(Link("picture", target, words(caption)))
    return tuple(dict.fromkeys(found))


def _provenance(form: Record, record: Element) -> tuple[tuple[str, str], ...]:
    paths = {
        "id": form.id,
        "headline": form.headline,
        "byline": form.byline,
        "dateline": form.dateline,
        "body": form.body[-1],
        "published": form.published,
        "updated": form.updated,
    }
    return tuple((name, path) for name, path in paths.items() if path and _value(record, path))
