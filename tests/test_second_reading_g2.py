"""NewsML-G2 read a second time by other means: XPath by hand, and the IPTC's own library.

Each test names the field that both readings must agree on.  The library is compared where it is
installed (`pip install newsmlg2`); real files are compared where they lie beside this repository.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from wiredesk import formats
from wiredesk.formats import Part, newsml_g2
from wiredesk.model import Capture, Item, Source

HERE = Path(__file__).parent
REAL = HERE.parent.parent / "shared" / "corpora" / "agency-files"
SOURCE = Source(id="file", kind="file", url="")
ANY = "*[local-name()='{}']"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MOST = 80  # real files; more of the same agency add nothing
RECOVER = etree.XMLParser(recover=True, no_network=True, load_dtd=False)


@cache
def pairs() -> list[tuple[str, Item, Any]]:
    """Each news item that is a story, as read here, and its element as lxml gives it."""
    paths = sorted((HERE / "golden" / "formats" / "newsml-g2").glob("*.*ml"))
    if REAL.exists():
        paths += [path for path in sorted(REAL.iterdir()) if path.is_file()]
    found: list[tuple[str, Item, Any]] = []
    for path in paths:
        body = path.read_bytes()
        if len(found) < MOST and newsml_g2.sniff(body[: formats.SNIFFED]):
            found.extend(_pairs_of(path, body))
    return found


def _pairs_of(path: Path, body: bytes) -> Iterator[tuple[str, Item, Any]]:
    capture = Capture("file", str(path), body, datetime(2026, 3, 1, tzinfo=UTC), "0" * 64)
    root = etree.fromstring(body.strip().removeprefix(b"\xef\xbb\xbf"), RECOVER)
    elements = root.xpath("descendant-or-self::*[local-name()='newsItem'][@guid]")
    by_guid = {element.get("guid"): element for element in elements}
    for item in formats.parse(Part(capture, "newsml-g2"), SOURCE):
        if item.id in by_guid:
            yield path.name, item, by_guid[item.id]


def texts(element: Any, *path: str) -> list[str]:
    steps = "/".join(ANY.format(name) for name in path)
    return [t for e in element.xpath(steps) if (t := " ".join("".join(e.itertext()).split()))]


def values(element: Any, path: tuple[str, ...], attribute: str = "qcode") -> list[str]:
    steps = "/".join(ANY.format(name) for name in path)
    return [str(value) for value in element.xpath(f"{steps}/@{attribute}")]


def same_instant(found: datetime | None, printed: str) -> bool:
    """With a zone the instants must be equal, without one the day, give or take the zone."""
    then = datetime.fromisoformat(printed)
    if found is None:
        return False
    if then.tzinfo:
        return found == then
    return abs(found - then.replace(tzinfo=UTC)).total_seconds() <= 14 * 3600


def disagreements(agree: Any) -> list[str]:
    return [f"{name}: {item.id}" for name, item, element in pairs() if not agree(item, element)]


def test_there_are_items_to_compare() -> None:
    assert len(pairs()) >= 13
    assert not REAL.exists() or len(pairs()) >= 30


def test_the_version_agrees() -> None:
    assert not disagreements(lambda i, e: i.version == e.get("version") or not e.get("version"))


def test_the_headline_agrees() -> None:
    def agree(item: Item, element: Any) -> bool:
        printed = texts(element, "contentMeta", "headline") or texts(element, "itemMeta", "title")
        return not printed or item.title in printed

    assert not disagreements(agree)


def test_the_time_of_first_publication_agrees() -> None:
    def agree(item: Item, element: Any) -> bool:
        printed = texts(element, "itemMeta", "firstCreated")
        return not printed or same_instant(item.published, printed[0])

    assert not disagreements(agree)


def test_the_time_of_the_version_agrees() -> None:
    def agree(item: Item, element: Any) -> bool:
        printed = texts(element, "itemMeta", "versionCreated")
        modified = texts(element, "contentMeta", "contentModified")
        return not printed or any(same_instant(item.updated, p) for p in printed + modified)

    assert not disagreements(agree)


def test_the_status_agrees() -> None:
    def agree(item: Item, element: Any) -> bool:
        printed = values(element, ("itemMeta", "pubStatus"))
        return item.pub_status == (printed[0].split(":")[-1] if printed else "usable")

    assert not disagreements(agree)


def test_the_embargo_agrees() -> None:
    def agree(item: Item, element: Any) -> bool:
        printed = texts(element, "itemMeta", "embargoed")
        if not printed:
            return item.embargo_until is None
        return same_instant(item.embargo_until, printed[0])

    assert not disagreements(agree)


def test_the_urgency_agrees() -> None:
    def agree(item: Item, element: Any) -> bool:
        return [str(item.urgency)] == (texts(element, "contentMeta", "urgency") or ["None"])

    assert not disagreements(agree)


def test_the_subjects_agree() -> None:
    def agree(item: Item, element: Any) -> bool:
        printed = values(element, ("contentMeta", "subject"))
        return set(printed) == {
            f"{subject.scheme}:{subject.code}"
            for subject in item.subjects
            if subject.scheme and f"{subject.scheme}:{subject.code}" in printed
        }

    assert not disagreements(agree)


def test_the_byline_and_the_slug_agree() -> None:
    def agree(item: Item, element: Any) -> bool:
        by, slug = texts(element, "contentMeta", "by"), texts(element, "contentMeta", "slugline")
        return (not by or item.agency == "ansa" or item.byline in by) and (
            not slug or item.slug in slug
        )

    assert not disagreements(agree)


def test_the_language_agrees() -> None:
    def agree(item: Item, element: Any) -> bool:
        printed = [*values(element, ("contentMeta", "language"), "tag"), element.get(LANG)]
        return item.language in printed

    assert not disagreements(agree)


def test_the_words_of_the_copy_agree() -> None:
    """Every word of the XHTML's paragraphs stands in the body, in its order."""

    def agree(item: Item, element: Any) -> bool:
        paragraphs = element.xpath(
            ".//*[local-name()='inlineXML']//*[local-name()='p']"
            "[not(ancestor::*[local-name()='header' or local-name()='table' "
            "or local-name()='media' or local-name()='BILD' or local-name()='abstract'])]"
            "[not(contains(@class, 'teaser'))]"
        )
        body = "".join(c for c in plain(item) if c.isalnum())
        at = 0
        for paragraph in paragraphs:
            words = "".join(c for c in unescaped("".join(paragraph.itertext())) if c.isalnum())
            found = body.find(words, at)
            if found < 0:
                return False
            at = found
        return True

    assert not disagreements(agree)


def plain(item: Item) -> str:
    if item.markup == "text":
        return item.body
    return "".join(etree.fromstring(f"<div>{item.body}</div>").itertext())


def unescaped(text: str) -> str:
    """`o&#39;clock`, where the sender had escaped twice."""
    if "&" not in text:
        return text
    return "".join(etree.HTML(f"<p>{text.replace('<', '&lt;')}</p>").itertext())


def test_the_library_of_the_iptc_agrees_on_guid_version_time_status_and_subjects() -> None:
    document = pytest.importorskip("NewsMLG2.document", reason="newsmlg2 is not installed")
    compared = 0
    for name, item, element in pairs():
        if etree.QName(element).namespace != "http://iptc.org/std/nar/2006-10-01/":
            continue
        whole = etree.fromstring(etree.tostring(element))
        for empty in whole.xpath(ANY.format("itemMeta") + "/*[not(node()) and not(@*)]"):
            empty.getparent().remove(empty)  # the library wants text in them
        read = document.NewsMLG2Document(etree.tostring(whole)).get_item()
        assert read.guid == item.id, name
        assert (read.version or item.version) == item.version, name
        assert read.itemmeta.pubstatus.qcode.split(":")[-1] == item.pub_status, name
        codes = {subject.qcode for subject in read.contentmeta.subject if subject.qcode}
        assert codes <= {f"{s.scheme}:{s.code}" for s in item.subjects}, name
        compared += 1
    assert compared >= 8
