"""NITF, NewsML 1 and XML records read a second time, by other means: the two must agree.

The second reader is the standard library's ElementTree, with paths written by hand from the
standards; it shares no code with the parsers.  It reads the goldens, and the agencies' own files
where they lie beside the project.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from wiredesk import formats
from wiredesk.formats import Part
from wiredesk.model import Capture, Item, Source

GOLDEN = Path(__file__).parent / "golden" / "formats"
AGENCIES = Path(__file__).parents[2] / "shared" / "corpora" / "agency-files"
SOURCE = Source(id="file", kind="file", url="")
LEADS = {"lead_paragraph", "online_lead_paragraph"}
NO_COPY = {"caption", "title", "headline", "subheadline", "stylesheet", "logo", "image", "picture"}
Element = ElementTree.Element
Reading = dict[str, Any]
Documents = list[tuple[str, Reading, Reading]]


@pytest.fixture(scope="module", params=["goldens", "agency files"])
def folder(request: pytest.FixtureRequest) -> Path:
    found = GOLDEN if request.param == "goldens" else AGENCIES
    if not found.is_dir():
        pytest.skip("the agencies' own files are not beside the project")
    return found


@pytest.mark.parametrize(
    "field",
    "id headline byline dateline copy published status urgency subjects language page".split(),
)
def test_nitf_reads_the_same_by_hand(folder: Path, field: str) -> None:
    agree(documents(folder, "nitf"), field)


@pytest.mark.parametrize(
    "field", "id version headline byline dateline copy published updated status subjects".split()
)
def test_newsml_1_reads_the_same_by_hand(folder: Path, field: str) -> None:
    agree(documents(folder, "newsml-1"), field)


@pytest.mark.parametrize("field", "id version headline byline copy published page".split())
def test_xml_records_read_the_same_by_hand(folder: Path, field: str) -> None:
    agree(documents(folder, "xml-record"), field)


def agree(found: Documents, field: str) -> None:
    assert found
    differing = [
        f"{name}: {ours[field]!r}, by hand {theirs[field]!r}"
        for name, ours, theirs in found
        if ours[field] != theirs[field]
    ]
    assert not differing


def documents(folder: Path, format_: str) -> Documents:
    """Each document of the format that holds one story: its name and its two readings."""
    found: Documents = []
    for path in sorted(folder.rglob("*.xml")):
        body = path.read_bytes()
        if formats.guess(body) != format_:
            continue
        capture = Capture("file", path.name, body, datetime(2026, 5, 4, tzinfo=UTC), "0" * 64)
        items = formats.parse(Part(capture, format_), SOURCE).passed
        root = tree(body)
        if len(items) == 1 and len(root.findall("NewsItem")) < 2:
            by_hand = {"nitf": nitf, "newsml-1": newsml, "xml-record": record}[format_](root)
            found.append((path.name, ours(items[0], by_hand), by_hand))
    return found


def ours(item: Item, by_hand: Reading) -> Reading:
    """Our reading in the shape of the second, which knows the wall clock and not the zone."""
    return {
        "id": item.id,
        "version": item.version,
        "headline": None
        if any(issue.code == "headline_from_lead" for issue in item.issues)
        else words(item.title),
        "byline": words(item.byline),
        "dateline": words(item.dateline),
        "copy": "".join(words(item.body)),
        "published": clock(item, "published", by_hand["published"]),
        "updated": clock(item, "updated", by_hand.get("updated")),
        "status": item.pub_status,
        "urgency": item.urgency,
        "subjects": [subject.code for subject in item.subjects if subject.scheme == "subj"],
        "language": item.language,
        "page": item.url,
    }


def clock(item: Item, field: str, by_hand: datetime | None) -> datetime | None:
    """The instant; as the clock on the sender's wall where the time is printed without a zone."""
    at = {"published": item.published, "updated": item.updated}[field]
    if at and by_hand and by_hand.tzinfo is None:
        assert abs(at.replace(tzinfo=None) - by_hand).total_seconds() <= 14 * 3600
        return by_hand
    return at


def tree(body: bytes) -> Element:
    text = re.sub(rb"<!DOCTYPE[^\[>]*>", b"", body)
    try:  # what is valid UTF-8 is, whatever its label says
        bare = re.sub(r"^\s*<\?xml[^>]*>", "", text.decode("utf-8-sig"))
        root = ElementTree.fromstring(bare)  # noqa: S314 - files that we know
    except UnicodeDecodeError:
        root = ElementTree.fromstring(text)  # noqa: S314
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    return root


def words(text: str | None) -> list[str]:
    return re.findall(r"\w+", unescape(re.sub(r"<[^<>]*>", " ", text or "")))


def text_of(element: Element | None) -> str:
    return " ".join(element.itertext()) if element is not None else ""


def value(root: Element, path: str, attribute: str) -> str | None:
    found = (element.get(attribute) for element in root.iterfind(path))
    return next((v.strip() for v in found if v and v.strip()), None)


def when(raw: str | None) -> datetime | None:
    if not raw or not re.match(r"(?!0001)\d{4}", raw.strip()):
        return None
    at = datetime.fromisoformat(raw.strip())
    return at.astimezone(UTC) if at.tzinfo else at


def copy_of(element: Element) -> list[str]:
    """The words of NITF copy: pictures are no copy, and an archive's repeated lead is one lead."""
    found = words(element.text)
    full = any(block.get("class") == "full_text" for block in element)
    for child in element:
        if child.tag != "media" and not (full and child.get("class") in LEADS):
            found += copy_of(child)
        found += words(child.tail)
    return found


def nitf(root: Element) -> Reading:
    key, day = root.find(".//doc-id"), value(root, ".//date.issue", "norm")
    bylines = [b for b in root.iter("byline") if b.get("class") != "normalized_byline"]
    italian = key is not None and key.get("regsrc") == "ANSA"  # a subtitle, there
    codes = [t.get("tobject.subject.refnum") for t in root.iter("tobject.subject")]
    content = root.find("body/body.content")
    copy = "".join(copy_of(content)) if content is not None else ""
    tagline = "".join(words(text_of(root.find(".//tagline"))))
    page_title = re.sub(r"^\d+ ", "", text_of(root.find("head/title")))
    said = value(root, ".//docdata", "management-status") or "usable"
    urgency = value(root, ".//urgency", "ed-urg")
    return {
        "id": value(root, ".//doc-id", "id-string"),
        "headline": words(text_of(root.find(".//hl1")) or page_title),
        "byline": [] if italian else [w for b in bylines for w in words(text_of(b))],
        "dateline": words(text_of(root.find(".//dateline"))),
        "copy": copy if tagline in copy else copy + tagline,
        "published": when(day or value(root, ".//pubdata", "date.publication")),
        "status": "usable" if said == "embargoed" else said,
        "urgency": int(urgency) if urgency else None,
        "subjects": list(dict.fromkeys(code for code in codes if code)),
        "language": root.get("baselang"),
        "page": value(root, ".//pubdata", "ex-ref"),
    }


def newsml(root: Element) -> Reading:
    item = root.find("NewsItem")
    assert item is not None
    found: list[str] = []
    last: list[str] = []
    components = list(item.iter("NewsComponent"))
    for component in components:
        role = (value(component, "Role", "FormalName") or "").casefold()
        for content in component.iterfind("ContentItem"):
            data, media = content.find("DataContent"), value(content, "MediaType", "FormalName")
            if data is None or role in NO_COPY or (media or "Text") not in {"Text", "HTML"}:
                continue
            copy = data.find(".//body.content")
            copied = copy_of(data if copy is None else copy)
            last, found = (last + copied, found) if role == "contact" else (last, found + copied)
    lines = [
        lines
        for component in components
        if (lines := component.find("NewsLines")) is not None
        and value(component, "Role", "FormalName") != "Quote"
        and value(component, "NewsComponent/Role", "FormalName") != "Caption"
    ]

    def first(tag: str) -> str:
        return next((t for e in lines if (t := " ".join(text_of(e.find(tag)).split()))), "")

    headline = next(
        (h for e in lines if (h := words(text_of(e.find("HeadLine")))) and h != ["No", "Headline"]),
        None,
    )
    only_a_day = re.fullmatch(r"[\d./: ]+([A-Z]{3,4})?|[A-Z][a-z]+ \d+", first("DateLine"))
    number = text_of(item.find(".//NewsItemId")).strip()
    public = text_of(item.find(".//PublicIdentifier")).strip()
    codes = [
        e.get("FormalName") for sc in item.iter("SubjectCode") for e in sc if e.get("FormalName")
    ]
    status = (value(item, ".//Status", "FormalName") or "usable").lower()
    own = number.strip("0")
    return {
        "id": (public if own and number in public else number if own else None) or None,
        "version": text_of(item.find(".//RevisionId")).strip() or None,
        "headline": headline,
        "byline": words(first("ByLine") or text_of(item.find(".//body.head/byline"))),
        "dateline": [] if only_a_day else words(first("DateLine")),
        "copy": "".join(found + last),
        "published": when(text_of(item.find(".//FirstCreated"))),
        "updated": when(text_of(item.find(".//ThisRevisionCreated"))),
        "status": "usable" if status == "embargoed" else status,
        "subjects": list(dict.fromkeys(c for c in codes if re.fullmatch(r"\d{8}", c or ""))),
    }


def record(root: Element) -> Reading:
    if root.tag == "Publication":
        return publication(root)
    top = root if root.tag != "Publish" else root.find("ContentItem")
    assert top is not None
    copy = [text_of(top.find(path)) for path in ("leadtext", "content", "body", "ContentText")]
    below = [text_of(top.find(path)) for path in ("boilerplate", "contactsAsText")]
    printed = text_of(top.find("publicationDate")).strip()
    day = datetime.strptime(printed, "%d.%m.%Y %H:%M") if printed else None  # noqa: DTZ007
    stamp = text_of(top.find("PublishDate")) or text_of(top.find("CreatedDateTime"))
    headline = next(
        (h for tag in ("headline", "title", "Headline") if (h := top.find(tag)) is not None), None
    )
    return {
        "id": root.get("id") or text_of(top.find("NewsID")) or text_of(top.find("NewsCompID")),
        "version": text_of(top.find("version")) or text_of(top.find("WritethruValue")) or None,
        "headline": words(text_of(headline)) or None,
        "byline": words(text_of(top.find("byLine")) or text_of(top.find("Byline"))),
        "copy": "".join(words(unescape(" ".join([*copy, *below])))),
        "published": day or when(stamp),
        "page": text_of(top.find("longurl")).strip() or None,
    }


def publication(root: Element) -> Reading:
    created = root.find(".//FirstCreated")
    assert created is not None
    year, month, day = (int(created.get(part) or 0) for part in ("Year", "Month", "Day"))
    clock_time = datetime.strptime(created.get("Time") or "", "%H:%M:%S")  # noqa: DTZ007
    content = root.find(".//body.content")
    return {
        "id": text_of(root.find(".//ItemId")),
        "version": text_of(root.find(".//RecordSequenceNumber")),
        "headline": words(text_of(root.find(".//HeadLine"))),
        "byline": words(text_of(root.find(".//ByLine"))),
        "copy": "".join(copy_of(content)) if content is not None else "",
        "published": datetime.combine(datetime(year, month, day), clock_time.time()),  # noqa: DTZ001
        "page": None,
    }
