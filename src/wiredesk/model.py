"""The nouns, one for each stage of a story's life.

    Source → Capture → Item → Copy → Story → Decision → rows

Each is frozen and made by exactly one stage; nothing grows fields on its way.
Offsets (`start`, `end`) count characters of the decoded input text, end exclusive.
Instants are timezone-aware and in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Json = dict[str, Any]

ParagraphKind = Literal[
    "body", "crosshead", "bullet", "note", "speaker_label", "signoff", "trailer", "conversion"
]
Relation = Literal[
    "new", "update", "correction", "refile", "repeat", "hold", "release", "withdrawal", "take"
]


@dataclass(frozen=True, slots=True)
class Source:
    """A configured place that wire copy comes from; one table of sources.toml."""

    id: str
    kind: str  #: feed, sitemap, pages, folder, spool; file for what a command line names
    url: str  #: an address, or a path for folder, spool and file
    format: str | None = None  #: None: guessed from content
    agency: str | None = None  #: key of agencies.AGENCIES; None: read from the copy
    language: str | None = None
    tz: str = "UTC"  #: zone of times that carry none
    every: int = 900  #: seconds between polls at first; they adapt to what a poll brings
    min: int = 60  #: seconds: polls never come closer
    max: int = 86400  #: seconds: polls never lie farther apart
    follow: str = "auto"  #: auto, always, never: whether entries without their copy are followed
    sitemap: str | None = None  #: where what a gap lost is looked for
    allow: tuple[str, ...] = ()  #: host names that may stand for private addresses
    robots: bool = True  #: whether robots.txt is asked
    delay: float = 1.0  #: seconds between two requests to one host
    connections: int = 2  #: requests at once to one host
    auth: str | None = None  #: basic, bearer, header NAME, query NAME
    credentials: str | None = None  #: the environment variable that holds the secret
    done: str | None = None  #: folder and spool: where files go once loaded; None: they stay
    #: of dumps, field and the column that holds it; a field that is not named is guessed by names
    columns: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Redirect:
    """One hop: the address asked, where it pointed, and whether it said for ever (301, 308)."""

    url: str
    target: str
    permanent: bool


@dataclass(frozen=True, slots=True)
class Validators:
    """What the next poll of an address sends, so that it may be answered 304."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class RobotsSeen:
    """A robots.txt as fetched, kept between runs."""

    origin: str  #: scheme://host:port
    fetched_at: datetime
    expires_at: datetime
    status: int | None
    body: str


@dataclass(frozen=True, slots=True)
class Address:
    """Where a payload lies in the archive."""

    file: str  #: name below the archive's root
    offset: int  #: of the record, in bytes


@dataclass(frozen=True, slots=True)
class Capture:
    """Bytes as they came, with how and when."""

    source: str
    locator: str  #: the address or path they came from
    body: bytes
    fetched_at: datetime
    sha256: str
    media_type: str | None = None
    charset: str | None = None  #: as declared by whoever sent them
    status: int | None = None  #: HTTP status, if any
    etag: str | None = None
    last_modified: str | None = None
    headers: tuple[tuple[str, str], ...] = ()  #: of the HTTP answer, cookies left out
    redirects: tuple[Redirect, ...] = ()  #: the hops that led to it


@dataclass(frozen=True, slots=True)
class Subject:
    scheme: str | None
    code: str | None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """Where an item points: another item, a picture that goes with it, a page."""

    relation: (
        str  #: derived_from, replaces, refers_to, picture, video, audio, graphic, see_also, page
    )
    target: str  #: an id or an address, as given
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Issue:
    """Something odd that did not stop the story.  `code` is a word from a closed list."""

    code: str
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class DateFound:
    """One time that the format gave, chosen or not."""

    field: str  #: published, updated
    origin: str  #: where it stood: pubDate, json-ld datePublished, time[datetime]
    raw: str
    at: datetime | None  #: None: unreadable
    zoneless: bool = False  #: printed without a zone; `at` takes the source's


@dataclass(frozen=True, slots=True)
class Item:
    """What the *format* says about one candidate story; the copy is still unread."""

    source: str
    format: str
    ordinal: int  #: place in the capture, from 0
    id: str | None  #: the id the format carries, or a file's stem
    body: str  #: decoded text or markup
    markup: Literal["text", "html"] = "text"
    title: str | None = None
    byline: str | None = None
    authors: tuple[str, ...] = ()  #: where the format names each by itself; else see byline
    dateline: str | None = None  #: where the format keeps it apart from the copy: `LONDON, Jan 5`
    url: str | None = None
    agency: str | None = None
    language: str | None = None
    slug: str | None = None
    identity: tuple[str, str] | None = (
        None  #: scheme and key, where `id` is not what names the story
    )
    version: str | None = None
    published: datetime | None = None
    updated: datetime | None = None
    embargo_until: datetime | None = None
    pub_status: str = "usable"  #: usable, withheld, canceled
    ed_note: str | None = None
    rights: str | None = None
    genre: str | None = None  #: as the format says: feature, press_release, …
    urgency: int | None = None  #: 1 to 9, 1 the most urgent
    priority: str | None = None  #: the code as sent: `b`, `3`, `Urgent`
    signal: str | None = (
        None  #: what the agency did: correction, update, refile, repeat, withdrawal
    )
    subjects: tuple[Subject, ...] = ()
    links: tuple[Link, ...] = ()
    dates: tuple[DateFound, ...] = ()  #: every time found, in the order of trust
    provenance: tuple[tuple[str, str], ...] = ()  #: field, where the format had it
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class Para:
    """One paragraph of clean copy: `raw` as it stands, `text` with white space collapsed."""

    raw: str
    text: str
    start: int  #: of raw, in the clean text
    heading: bool = False  #: the markup says that this is a heading


@dataclass(frozen=True, slots=True)
class Copy:
    """Clean copy: an item's words in paragraphs, without markup, furniture or broken characters.

    `text` is what offsets count in.  For plain text it is the decoded input; where cleaning had to
    change its length (mojibake), `origin[i]` is the place in the input of character i,
    and of the end for i = len(text).
    """

    item: Item
    text: str
    paras: tuple[Para, ...]
    origin: tuple[int, ...] | None = None
    removed: tuple[str, ...] = ()  #: furniture that was taken out, as text
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class Label:
    label: str
    n: int | None = None


@dataclass(frozen=True, slots=True)
class Author:
    name: str
    title: str | None = None
    org: str | None = None
    place: str | None = None
    entity: str = "person"


@dataclass(frozen=True, slots=True)
class DatelinePlace:
    """A place in a dateline: as printed, and as the gazetteer resolved it (or nulls)."""

    raw: str
    qualifier_raw: str | None
    name: str | None
    admin1: str | None
    country: str | None
    lat: float | None
    lon: float | None
    place_id: int | None
    method: str
    confidence: float
    relation: str | None = None


@dataclass(frozen=True, slots=True)
class PartialDate:
    year: int | None
    month: int
    day: int


@dataclass(frozen=True, slots=True)
class Dateline:
    raw: str
    agency: str | None
    relation: str | None
    date: PartialDate | None
    places: tuple[DatelinePlace, ...]
    start: int
    end: int
    co_source: tuple[str, ...] = ()
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Credit:
    """One person or desk in one role; a person with two places or two roles has two credits."""

    role: str
    entity: str  #: person, desk, initials
    name: str
    title: str | None
    org: str | None
    place: str | None  #: display name with its qualifier: Hamden, Connecticut
    place_id: int | None
    basis: str | None  #: explicit, group, clause, name, via, byline; None where no place is known
    start: int
    end: int
    name_raw: str | None = None
    relation: str | None = None  #: aboard, near … where the preposition is not `in`


@dataclass(frozen=True, slots=True)
class Paragraph:
    kind: ParagraphKind
    text: str
    start: int
    end: int
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Contact:
    kind: str  #: email, phone, messaging, social, url
    value: str


@dataclass(frozen=True, slots=True)
class Quote:
    text: str
    speaker: str | None
    basis: str  #: explicit, coreference, adjacent, continued, lead, none
    partial: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Instrument:
    raw: str
    ric: str | None
    ticker: str | None
    exchange: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Conversion:
    """`($1 = 0.8794 euros)`: one unit of `base` is `rate` of `quote`."""

    raw: str
    base: str
    quote: str
    rate: float


@dataclass(frozen=True, slots=True)
class Story:
    """What the *copy* says."""

    item: Item
    text: str  #: what offsets count in
    agency: str | None
    language: str | None
    headline_raw: str | None
    headline: str | None
    labels: tuple[Label, ...]
    standing_head: str | None
    genre: str | None
    slug: str | None
    byline_raw: str | None
    authors: tuple[Author, ...]
    dateline: Dateline | None
    ed_note: str | None
    ed_note_kind: str | None
    bullets: tuple[str, ...]
    paragraphs: tuple[Paragraph, ...]
    body: str
    credits: tuple[Credit, ...]
    contacts: tuple[Contact, ...]
    quotes: tuple[Quote, ...]
    instruments: tuple[Instrument, ...]
    conversions: tuple[Conversion, ...]
    issues: tuple[Issue, ...]
    provenance: tuple[tuple[str, str], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Candidate:
    """What `decide` must know of a story that was read: its keys and what it says it is."""

    item_id: int
    identity_id: int  #: hash of its identity, which is its story unless that is known otherwise
    words: int  #: hash of its printed words
    copy_key: int | None  #: hash of source, words and time; None where that tells too little
    at: datetime  #: the version's own time, else when it was received
    declared: Relation  #: by status, labels and notes; `update` where the copy says nothing


@dataclass(frozen=True, slots=True)
class Decision:
    """What one sighting is to the warehouse: a version of which story, in which relation."""

    item_id: int
    story_id: int
    version_id: int
    outcome: Literal["version", "duplicate"]
    relation: Relation
    supersedes_id: int | None


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A source answered that nothing is new (304)."""

    source: str
    locator: str
    at: datetime
    status: int = 304
    redirects: tuple[Redirect, ...] = ()
