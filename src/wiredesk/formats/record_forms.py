"""Which element of a record holds what, a row a sender: data that xml_records.py looks up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Record:
    """Paths, from the root, of what a record says; `@name` at an end is an attribute."""

    at: str  #: the element that is the record; "." the root
    id: str  #: of the Canadian Press not ContentItemID, which is another for each version
    headline: str
    body: tuple[str, ...]  #: in the order of the copy
    below: tuple[str, ...] = ()  #: text that stands below the copy
    mark: str = "."  #: what must be there besides, to tell the root from others of its name
    kind: str | None = None  #: what it is; NO_STORY says which words mean no text
    identity: tuple[str, str] | None = None  #: scheme, path
    version: str | None = None
    published: str | None = None
    updated: str | None = None
    embargo: str | None = None
    byline: str | None = None
    dateline: str | None = None
    slug: str | None = None
    ed_note: str | None = None
    url: str | None = None
    rights: str | None = None
    genre: str | None = None
    genre_is: str | None = None  #: of all its copy
    language: str | None = None
    languages: Mapping[str, str] = field(default_factory=dict)  #: its codes → ISO 639
    priority: str | None = None
    sender: tuple[str, ...] = ()  #: what names the agency
    agency: str | None = None  #: whose form it is, where nothing names another
    tz: str | None = None  #: of its times without a zone
    status: Mapping[str, str] = field(default_factory=dict)  #: flag that is true → pub_status
    state: str | None = None  #: whose word is the pub_status
    signal: Mapping[str, str] = field(default_factory=dict)  #: flag that is true → signal
    replaces: str | None = None
    subjects: tuple[tuple[str, str], ...] = ()  #: scheme, path
    pictures: tuple[str, str] | None = None  #: path of a picture; of its caption, from its parent


NO_STORY = {"photo": "picture", "picture": "picture", "graphic": "graphic", "video": "video",
            "audio": "audio"}  # fmt: skip
RECORDS: dict[str, Record] = {
    "rbnews": Record(
        at=".",
        id="NewsID",
        headline="headline",
        body=("content",),
        identity=("ritzau", "HistID"),
        version="version",
        published="PublishDate",
        byline="byLine",
        dateline="town",
        slug="strapline",
        ed_note="TilRedaktionen",
        genre="format",
        priority="Priority",
        sender=("origin",),
        agency="ritzau",
        tz="Europe/Copenhagen",
        status={"Annuleret": "canceled"},
        signal={"Annuleret": "withdrawal", "Korrektion": "correction", "NyVersion": "update"},
        replaces="replacedID",
        subjects=(("subj", "IPTCList/int"), ("keyword", "SubjectKeyword/string")),
    ),
    "publication": Record(
        at=".",
        id="Identification/ItemId",
        headline="NewsLines/HeadLine",
        body=("PublicationComponent/TextContentItem/DataContent",),
        mark="Identification",
        kind="Identification/MediaType",
        version="Identification/RecordSequenceNumber",
        published="PublicationManagement/FirstCreated",
        updated="PublicationManagement/ArrivalDateTime",
        embargo="PublicationManagement/ReleaseDateTime",
        byline="NewsLines/ByLine",
        dateline="NewsLines/DateLine",
        slug="NewsLines/Title",
        ed_note="PublicationManagement/SpecialInstructions",
        rights="NewsLines/CopyrightLine",
        language="Identification/DefaultLanguage",
        priority="Identification/Priority",
        sender=("AdministrativeMetadata/Provider",),
        agency="ap",
        tz="UTC",
        state="PublicationManagement/Status",
        subjects=(("keyword", "NewsLines/KeywordLine"),),
    ),
    "publish": Record(
        at="ContentItem",
        id="NewsCompID",
        headline="Headline",
        body=("ContentText",),
        mark="ContentItem/NewsCompID",
        kind="ContentType",
        identity=("jimi", "SystemSlug"),
        version="WritethruValue",
        published="CreatedDateTime",
        updated="UpdatedDateTime",
        embargo="EmbargoTime",
        byline="Byline",
        dateline="Placeline",
        slug="SlugProper",
        ed_note="UpdateNote",
        rights="Copyright",
        language="Language",
        languages={"1": "en", "2": "fr"},
        priority="RankingValue",
        sender=("Source", "Credit"),
        agency="cp",
        # `2020-06-05T17:11:04.41` beside `2020-06-05T13:11:04.41-04:00`
        tz="UTC",
        status={"HoldFlag": "withheld", "TrashFlag": "canceled"},
        subjects=(("jimi:index", "IndexCode"), ("keyword", "Keyword")),
    ),
    "release": Record(
        at=".",
        id="@id",
        headline="title",
        body=("leadtext", "body"),
        below=("boilerplate", "contactsAsText"),
        mark="longurl",
        published="publicationDate",
        embargo="embargo",
        url="longurl",
        genre_is="press_release",
        sender=("longurl",),
        language="@lang",
        rights="publisher/name",
        subjects=(("category", "categories/category/name"), ("keyword", "keywords")),
        pictures=("images/image/url", "caption"),
    ),
}
