"""What itemMeta, contentMeta and rightsInfo of a news item say, by the standard and its dialects.

A value is a qcode (`stat:usable`), a literal, a uri or text with names in several languages.
Prefixes vary between senders (`icls:`, `ninat:`), so what comes after the colon is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain
from typing import TYPE_CHECKING

from wiredesk.agencies.dialects import dialect_of
from wiredesk.formats.g2_values import LANG, code, coded, local, named
from wiredesk.formats.markup_bodies import mended
from wiredesk.formats.stamps import Stamps
from wiredesk.formats.subject_names import subject_name
from wiredesk.formats.xml_opening import line
from wiredesk.model import Issue, Link, Source, Subject

if TYPE_CHECKING:
    from lxml import etree

STATUSES = {
    "usable": "usable",
    "withheld": "withheld",
    "canceled": "canceled",
    "cancelled": "canceled",
}
#: local part of a signal → what the agency did; the strongest first
SIGNALS = {
    "kill": "withdrawal",
    "withdrawal": "withdrawal",
    "correction": "correction",
    "refile": "refile",
    "repeat": "repeat",
    "update": "update",
    "replace": "update",
}
STRENGTH = ("withdrawal", "correction", "refile", "hold", "release", "repeat", "take", "update")
#: local part of a link's rel, in small letters → Link.relation
RELATIONS = {
    "derivedfrom": "derived_from",
    "isderivedfrom": "derived_from",
    "processedfrom": "derived_from",
    "previousversion": "replaces",
    "replaces": "replaces",
    "seealso": "see_also",
    "featuremedia": "picture",
    "photogallery": "picture",
    "haspicture": "picture",
    "hasvideo": "video",
}
MEDIA = {"image": "picture", "video": "video", "audio": "audio"}
WRITERS = frozenset(("author", "writer", "reporter", "journalist", "byline"))
#: STT's versionCreated may lie months before its firstCreated; AP's some seconds
SLACK = timedelta(hours=1)


class Meta:
    """The fields of one item's metadata, and of its message's header, by their names."""

    def __init__(self, item: etree._Element, header: etree._Element | None, source: Source) -> None:
        self.item = item
        self.source = source
        self.fields: dict[str, list[etree._Element]] = {}
        sections = [item.iterfind(name) for name in ("rightsInfo", "itemMeta", "contentMeta")]
        for section in chain([] if header is None else [header], *sections):
            for field in section:
                self.fields.setdefault(str(field.tag).lower(), []).append(field)
        self.dialect = dialect_of(*self._sender())
        self.stamps = Stamps(self.dialect.tz or source.tz, self.dialect.day_first)
        self.issues: list[Issue] = []

    def _sender(self) -> Iterator[str | None]:
        yield self.item.get("guid")
        for name in ("provider", "sender", "copyrightholder", "infosource", "creditline"):
            for field in self.all(name):
                if local(field.get("role")) == "originfo":
                    continue  # whose news it is based on: APA's copy of what dpa reported
                yield field.get("qcode")
                yield field.get("literal")
                yield line(field)

    def all(self, name: str) -> list[etree._Element]:
        return self.fields.get(name, [])

    def text(self, name: str) -> str | None:
        """The first text of that name; one whose role makes it secondary only for want of it."""
        fields = sorted(self.all(name), key=lambda field: "sub" in local(field.get("role")))
        return next(filter(None, map(line, fields)), None)

    def origin(self, *names: str) -> str | None:
        """Where the first of these that has a text stands."""
        for name in names:
            for field in self.all(name):
                if line(field) and (section := field.getparent()) is not None:
                    return f"{section.tag} {field.tag}"
        return None

    def name(self) -> str:
        """What a person may call the item by."""
        return self.item.get("guid") or self.text("headline") or self.text("title") or "no guid"

    def said_apart(self) -> tuple[str, ...]:
        """What the copy need not say again at its top."""
        fields = [*self.all("headline"), *self.all("description")]
        return tuple(filter(None, map(line, fields)))

    def headline(self) -> str | None:
        text, issues = mended(self.text("headline") or self.text("title") or "")
        self.issues.extend(issues)
        return text or None

    def identity(self) -> tuple[str, str] | None:
        """Scheme and key of the story, where the dialect knows a better one than the guid."""
        ids = [self.item.get("guid") or "", *(line(field) or "" for field in self.all("altid"))]
        return self.dialect.identity_in(*ids)

    def version(self) -> str | None:
        guid = self.item.get("guid")
        return self.item.get("version") or self.dialect.version_in(guid)

    def times(self) -> tuple[datetime | None, datetime | None]:
        """When the story was first published, and when this version of it was made."""
        created, modified = self.text("firstcreated"), self.text("contentmodified")
        version, content = self.text("versioncreated"), self.text("contentcreated")
        published = self.stamps.add("published", "firstCreated", created)
        # a day alone, as of a picture taken, is no time of publication
        written = self.stamps.add("published", "contentCreated", content)
        published = published or (written if ":" in (content or "") else None)
        updated = self.stamps.add("updated", "versionCreated", version)
        changed = self.stamps.add("updated", "contentModified", modified)
        if published and updated and changed and updated < published - SLACK <= changed:
            updated = changed
        return published or updated or written, updated or changed

    def embargo(self) -> tuple[datetime | None, bool]:
        """When the embargo ends, and whether the item is held because nobody can tell."""
        printed = self.text("embargoed")
        if not printed:
            return None, False
        until = self.stamps.add("embargo_until", "embargoed", printed)
        return until, until is None

    def status(self) -> str:
        said = next(filter(None, map(code, self.all("pubstatus"))), "usable")
        status = self.dialect.statuses.get(said) or STATUSES.get(said)
        if status is None:
            self.issues.append(Issue("unknown_status", said[:40]))
        return status or "usable"

    def signal(self) -> str | None:
        """The strongest of what the signals say, and the message type that Reuters adds."""
        said: set[str | None] = set()
        for field in [*self.all("signal"), *self.all("itemclass")]:
            kind = next((v for k, v in field.attrib.items() if str(k).endswith("msgType")), None)
            for value in (field.get("qcode"), field.get("literal"), kind and f"msgType:{kind}"):
                if value:
                    whole = str(value).strip().casefold()
                    known = SIGNALS.get(local(whole)) if field.tag == "signal" else None
                    said.add(self.dialect.signals.get(whole) or known)
        return next((signal for signal in STRENGTH if signal in said), None)

    def byline(self) -> str | None:
        if not self.dialect.bylines:
            return None
        if printed := self.text("by"):
            return printed
        # senders without `by` name the writer as a creator in that role, or as a person
        writers = [
            named(field) or field.get("literal")
            for field in (*self.all("creator"), *self.all("contributor"))
            if local(field.get("role")) in WRITERS or local(field.get("type")) == "person"
        ]
        return " and ".join(dict.fromkeys(filter(None, writers))) or None

    def dateline(self) -> str | None:
        """Reuters fills it with the time of sending: `2026-07-16 15:53:10 GMT+00:00`."""
        text = self.text("dateline")
        return None if text and text[:4].isdigit() else text

    def language(self) -> str | None:
        tags = [field.get("tag") for field in self.all("language")]
        # of several, the last ones are those of a voice-over or a translation
        return next(filter(None, tags), None) or self.item.get(LANG) or self.source.language

    def notes(self) -> tuple[str | None, list[str]]:
        """The note to editors, and the closing lines that belong to the copy."""
        notes: dict[str, None] = {}
        closing: list[str] = []
        for field in self.all("ednote"):
            text = line(field)
            use = self.dialect.notes.get(local(field.get("role")))
            if text and use is None:
                notes[text] = None
            elif text and use == "copy":
                closing.append(text)
        return "\n".join(notes) or None, closing

    def rights(self) -> str | None:
        """The terms, in the item's own language or English where there are several."""
        own = (self.language() or "en")[:2]
        for name in ("usageterms", "copyrightnotice", "copyrightholder"):
            fields = [field for field in self.all(name) if line(field)]
            ranks = {own: 0, "en": 1}
            fields.sort(key=lambda field: ranks.get((field.get(LANG) or "")[:2], 2))
            if fields:
                return line(fields[0])
        return next(
            (v for field in self.all("copyrightholder") if (v := field.get("literal"))), None
        )

    def genre(self) -> str | None:
        return next(filter(None, (named(f) or code(f) for f in self.all("genre"))), None)

    def urgency(self) -> int | None:
        text = self.text("urgency") or ""
        return int(text) if text.isdigit() and 1 <= int(text) <= 9 else None

    def priority(self) -> str | None:
        return self.text("priority") or self.text("urgency")

    def subjects(self) -> tuple[Subject, ...]:
        found: dict[tuple[str | None, str | None], Subject] = {}
        for field in self.all("subject"):
            scheme, value = coded(field)
            name = named(field)
            if value or name:
                name = name or subject_name(scheme, value)
                found.setdefault((scheme, value or name), Subject(scheme, value, name))
        return tuple(found.values())

    def links(self) -> tuple[Link, ...]:
        found: dict[Link, None] = {}
        for field in self.all("link"):
            target = field.get("residref") or field.get("guidref") or field.get("href")
            if target and target.strip() != self.item.get("guid"):
                rel = local(field.get("rel"))
                relation = RELATIONS.get(rel, "refers_to" if not field.get("href") else "page")
                found[Link(relation, target.strip(), line(field.find("title")))] = None
        for field in self.all("altid"):
            relation = self.dialect.links.get((field.get("type") or "").casefold(), "")
            if relation and (text := line(field)):
                found[Link(relation, text)] = None
        for field in self.item.iterfind("contentSet/remoteContent"):
            kind = (field.get("contenttype") or "").partition("/")[0]
            if kind in MEDIA and (target := field.get("href") or field.get("residref")):
                found[Link(MEDIA[kind], target)] = None
        return tuple(found)
