"""What NewsML 1 says about a story: sender, times, status, byline, dateline, subjects, links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from wiredesk.agencies.dialects import Dialect
from wiredesk.formats.newsml12_parts import StoryPart
from wiredesk.formats.nitf_head import IPTC_CODE, status_of, words
from wiredesk.formats.stamps import Stamps
from wiredesk.formats.subject_names import subject_name
from wiredesk.formats.times import HOURS
from wiredesk.model import Issue, Link, Subject

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

#: words that a date is made of: `4/4/2018`, `January 21`, `15.7.2019 12:09:11 CEST`
DATE_WORD = re.compile(
    r"(?:jan|feb|mar|mär|mrt|apr|avr|may|mai|mei|maj|jun|jui|jul|aug|aoû|ago|sep|oct|okt|nov|dec|"
    r"dez|déc|dic|mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}$|am$|pm$|t$",
    re.IGNORECASE,
)
#: what an item says it does to what was sent before → Item.signal
SIGNALS = {
    "correction": "correction",
    "corrected": "correction",
    "rectify": "correction",
    "update": "update",
    "replace": "update",
    "repeat": "repeat",
    "resend": "repeat",
    "delete": "withdrawal",
    "kill": "withdrawal",
    "withdraw": "withdrawal",
}
PLAIN_KINDS = frozenset(("", "news", "newsitem", "text", "current"))
NOTES = frozenset(
    ("advisoryline", "editorialnote", "editornote", "editorsnote", "specialinstruction")
)
NOTE_PROPERTIES = frozenset(("EditorialInfo", "EditorialNote", "EdNote"))
SUBJECTS = ("Subject", "SubjectMatter", "SubjectDetail", "SubjectQualifier")


def named(element: Element | None) -> str:
    """The value of a formal name, as an attribute or, as Kyodo's urgency, as text; "" if none."""
    if element is None:
        return ""
    return (element.get("FormalName") or words(element) or "").strip()


def senders(root: Element, news_item: Element, part: StoryPart) -> Iterator[str | None]:
    """What names the sender, the most telling first."""
    yield words(news_item.find("Identification/NewsIdentifier/ProviderId"))
    for component in part.chain:
        for path in ("Provider/Party", "Source/Party"):
            party = component.find(f"AdministrativeMetadata/{path}")
            yield party.get("FormalName") if party is not None else None
    yield part.line("CreditLine")
    yield named(root.find("NewsEnvelope/SentFrom/Party"))
    yield part.line("CopyrightLine")


def times(root: Element, news_item: Element, stamps: Stamps) -> None:
    management = news_item.find("NewsManagement")
    if management is not None:
        created = words(management.find("FirstCreated"))
        stamps.add("published", "FirstCreated", created)
        stamps.add("updated", "ThisRevisionCreated", words(management.find("ThisRevisionCreated")))
    if not stamps.first("published") and not stamps.first("updated"):
        stamps.add("published", "DateAndTime", words(root.find("NewsEnvelope/DateAndTime")))


def gate(
    news_item: Element, dialect: Dialect, stamps: Stamps
) -> tuple[str, datetime | None, tuple[Issue, ...]]:
    """Status and embargo; what is under embargo says when its status will change."""
    said = named(news_item.find("NewsManagement/Status")).casefold()
    status, odd = status_of(dialect.statuses.get(said, said))
    raw = words(news_item.find("NewsManagement/StatusWillChange/DateAndTime"))
    until = Stamps(stamps.tz, stamps.day_first).add("embargo", "StatusWillChange", raw)
    if said != "embargoed":
        return status, None, odd
    if until is None:
        return "withheld", None, (*odd, Issue("embargo_unreadable", raw))
    return status, until, odd


def signal(news_item: Element, dialect: Dialect) -> str | None:
    """What this revision does: by its instruction, else by having one before it."""
    instruction = named(news_item.find("NewsManagement/Instruction")).casefold()
    known = dialect.signals.get(instruction) or SIGNALS.get(instruction)
    revision = news_item.find("Identification/NewsIdentifier/RevisionId")
    earlier = (revision.get("PreviousRevision") or "0") if revision is not None else "0"
    return known or ("update" if earlier.strip("0 ") else None)


def byline(part: StoryPart) -> str | None:
    line, title = part.line("ByLine"), part.line("ByLineTitle")
    return f"{line}, {title}" if line and title and title not in line else line


def dateline(part: StoryPart) -> str | None:
    """The line, unless it names no place but only a day."""
    line = part.line("DateLine")
    if not line:
        return None
    parts = re.findall(r"[^\W\d_]+", line)
    return None if all(part in HOURS or DATE_WORD.match(part) for part in parts) else line


def notes(part: StoryPart) -> str | None:
    """Lines to editors."""
    said: list[str | None] = []
    for component in part.chain:
        lines = component.iterfind("NewsLines/NewsLine")
        said += [words(line.find("NewsLineText")) for line in lines if _is_note(line)]
        properties = component.iterfind("AdministrativeMetadata/Property")
        said += [p.get("Value") for p in properties if p.get("FormalName") in NOTE_PROPERTIES]
    return "\n".join(dict.fromkeys(note for note in said if note)) or None


def _is_note(line: Element) -> bool:
    return named(line.find("NewsLineType")).casefold().replace(" ", "") in NOTES


def genre(news_item: Element, part: StoryPart) -> str | None:
    """Its genre, else what type of item it says it is: `Alert`."""
    said = [named(metadata.find("Genre")) for metadata in part.metadata()]
    said.append(named(news_item.find("NewsManagement/NewsItemType")))
    return next((kind for kind in said if kind.casefold() not in PLAIN_KINDS), None)


def page(part: StoryPart) -> str | None:
    """The address of the story's page, where the metadata name one."""
    for component in part.chain:
        for metadata in component.iterfind("Metadata"):
            if "website" not in named(metadata.find("MetadataType")).casefold():
                continue
            for prop in metadata.iterfind("Property"):
                address = str(prop.get("Value") or "")
                if address.startswith(("http://", "https://")):
                    return address
    return None


def subjects(news_item: Element, part: StoryPart) -> tuple[Subject, ...]:
    """Subject codes with the names that the item's own topics give them, then keywords."""
    names = _names(news_item)
    found: list[Subject] = []
    for metadata in part.metadata():
        for code in metadata.iterfind("SubjectCode"):
            found += [s for e in code.iterchildren(*SUBJECTS) if (s := _subject(e, names))]
        for prop in metadata.iterfind("Property"):
            if prop.get("FormalName") == "Keyword":
                found += _keywords(prop.get("Value"))
    for line in part.lines("KeywordLine"):
        found += _keywords(line)
    for component in part.chain:
        for prop in component.iterfind("Metadata/Property"):
            kind, value = prop.get("FormalName") or "", prop.get("Value")
            if kind.endswith("Keywords") and value:
                found.append(Subject(kind, value, value))
    return tuple(dict.fromkeys(found))


def _names(news_item: Element) -> dict[str, str]:
    names: dict[str, str] = {}
    for topic in news_item.iter("Topic"):
        for text in topic.iterfind("Description"):
            english = any(str(k).endswith("lang") and v == "en" for k, v in text.attrib.items())
            if english and text.get("Variant", "Name") == "Name" and (name := words(text)):
                names[words(topic.find("FormalName")) or ""] = name
    return names


def _subject(element: Element, names: dict[str, str]) -> Subject | None:
    code = (element.get("FormalName") or "").strip()
    if not code:
        return None
    scheme = element.get("Vocabulary") or element.get("Scheme")
    iptc = IPTC_CODE.match(code) and (not scheme or "iptc" in scheme.casefold())
    kind = "subj" if iptc else scheme or "newsml"
    return Subject(kind, code, names.get(code) or subject_name(kind, code))


def _keywords(line: str | None) -> list[Subject]:
    parts = (part.strip() for part in (line or "").split(";"))
    return [Subject("keyword", part, part) for part in parts if part]


def related(news_item: Element) -> tuple[Link, ...]:
    """Other items that this one names."""
    found: list[Link] = []
    for tag, relation in (("DerivedFrom", "derived_from"), ("AssociatedWith", "see_also"),
                          ("NewsItemRef", "refers_to")):  # fmt: skip
        targets = (element.get("NewsItem") for element in news_item.iter(tag))
        found += [Link(relation, target) for target in targets if target]
    return tuple(dict.fromkeys(found))
