"""NewsML 1: which components are stories, what is copy, and what senders make of the standard."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape

import pytest

from wiredesk import formats
from wiredesk.batch import Batch
from wiredesk.formats import Part
from wiredesk.model import Capture, Item, Link, Source, Subject

SOURCE = Source(id="file", kind="file", url="", tz="Europe/Oslo")
DAY = datetime(2026, 5, 4, tzinfo=UTC)
COPY = "<ContentItem><DataContent><p>Copy.</p></DataContent></ContentItem>"
PHOTO = '<ContentItem Href="a.jpg"><MediaType FormalName="Photo"/></ContentItem>'


def parsed(body: bytes | str, format_: str | None = None) -> Batch[Item]:
    raw = body.encode() if isinstance(body, str) else body
    capture = Capture("file", "x.xml", raw, DAY, "0" * 64)
    return formats.parse(Part(capture, format_ or formats.guess(raw)), SOURCE)


def item(
    component: str, management: str = "", provider: str = "wire.example", public: str = ""
) -> str:
    return (
        f"<NewsItem><Identification><NewsIdentifier><ProviderId>{provider}</ProviderId>"
        "<DateId>20260504</DateId><NewsItemId>doc-7</NewsItemId>"
        f'<RevisionId PreviousRevision="0" Update="N">1</RevisionId><PublicIdentifier>{public}'
        f"</PublicIdentifier></NewsIdentifier></Identification><NewsManagement>{management}"
        f"</NewsManagement>{component}</NewsItem>"
    )


def component(inside: str = COPY, head: str = "Lamp", lines: str = "", more: str = "") -> str:
    return (
        f"<NewsComponent{more}><NewsLines><HeadLine>{head}</HeadLine>{lines}</NewsLines>{inside}"
        "</NewsComponent>"
    )


def newsml(*items: str) -> str:
    return f"<NewsML>{''.join(items)}</NewsML>"


def one(body: str) -> Item:
    batch = parsed(body)
    assert not batch.rejects, batch.rejects
    (found,) = batch.passed
    assert found.format == "newsml-1"
    return found


def plain(found: Item) -> str:
    return " ".join(unescape(re.sub(r"<[^<>]*>", " ", found.body)).split())


def test_the_revision_is_no_part_of_what_names_a_story() -> None:
    public = "urn:newsml:wire.example:20260504:doc-7:1"
    first = one(newsml(item(component(), public=public)))
    assert (first.id, first.version) == (public, "1")
    assert first.identity == ("newsml", "wire.example:20260504:doc-7")


def test_a_public_identifier_that_is_the_same_for_all_items_names_none() -> None:
    found = one(newsml(item(component(), public="urn:newsml:wire.example")))
    assert found.id == "doc-7"


def test_a_revision_with_one_before_it_is_an_update() -> None:
    found = one(newsml(item(component()).replace('PreviousRevision="0"', 'PreviousRevision="3"')))
    assert found.signal == "update"
    rectified = item(component(), '<Instruction FormalName="Rectify"/>')
    assert one(newsml(rectified)).signal == "correction"


def test_an_empty_headline_is_the_first_sentence_and_an_issue() -> None:
    alert = "<p>Gov. Odile Fenwright lit the U.S. lamp on Monday. It shone.</p>"
    inside = f"<ContentItem><DataContent>{alert}</DataContent></ContentItem>"
    found = one(newsml(item(component(inside, head=""))))
    assert found.title == "Gov. Odile Fenwright lit the U.S. lamp on Monday."
    assert [issue.code for issue in found.issues] == ["headline_from_lead"]


@pytest.mark.parametrize(
    "line", ["4/4/2018", "January 21", "15.7.2019 12:09:11 CEST", "Mon, 4 May 2026 10:00 GMT"]
)
def test_a_dateline_that_is_only_a_day_is_none(line: str) -> None:
    found = one(newsml(item(component(lines=f"<DateLine>{line}</DateLine>"))))
    assert found.dateline is None


def test_a_dateline_with_a_place_is_kept_as_printed() -> None:
    lines = "<DateLine>ROUND ROCK, Texas, May 4 (AFP) -</DateLine>"
    assert one(newsml(item(component(lines=lines)))).dateline == "ROUND ROCK, Texas, May 4 (AFP) -"


def test_where_an_item_was_made_is_no_dateline() -> None:
    origin = (
        '<DescriptiveMetadata><Location HowPresent="Origin"><Property FormalName="City" '
        'Value="Paris"/></Location></DescriptiveMetadata>'
    )
    assert one(newsml(item(component(origin + COPY)))).dateline is None


def test_an_item_holds_a_story_for_each_component_with_a_headline_and_copy() -> None:
    dutch = component(head="Lamp terug", more=' xml:lang="nl" Duid="d1"')
    french = component(head="La lampe revient", more=' xml:lang="fr" Duid="d2"')
    batch = parsed(newsml(item(component(dutch + french, head="No Headline !"))))
    assert [(i.ordinal, i.title, i.language) for i in batch.passed] == [
        (0, "Lamp terug", "nl"),
        (1, "La lampe revient", "fr"),
    ]
    assert len({i.identity for i in batch.passed}) == 2


def test_a_picture_s_headline_and_caption_make_no_story() -> None:
    caption = '<NewsComponent><Role FormalName="Caption"/>' + COPY + "</NewsComponent>"
    sizes = f"<NewsComponent>{PHOTO}</NewsComponent>" * 3
    photo = component(caption + sizes, head="A lamp")
    found = one(newsml(item(component(f"<NewsComponent>{COPY}</NewsComponent>{photo}"))))
    assert plain(found) == "Copy."
    assert found.links == (Link("picture", "a.jpg", "Copy."),)


def test_an_item_that_is_only_a_picture_is_dropped_as_one() -> None:
    caption = '<NewsComponent><Role FormalName="Caption"/>' + COPY + "</NewsComponent>"
    (reject,) = parsed(newsml(item(component(caption + PHOTO)))).rejects
    assert (reject.code, reject.dropped) == ("picture", True)


def test_a_package_is_dropped_with_what_it_holds() -> None:
    inside = '<NewsItemRef NewsItem="urn:a"/><NewsItemRef NewsItem="urn:b"/>'
    (reject,) = parsed(newsml(item(f"<NewsComponent>{inside}</NewsComponent>"))).rejects
    assert (reject.code, reject.dropped) == ("package", True)
    assert reject.detail == "a package of 2 items: urn:a urn:b"


def test_a_headline_alone_is_a_flash() -> None:
    found = one(newsml(item(component("", head="Lamp lit in Oslo"))))
    assert (found.title, found.body) == ("Lamp lit in Oslo", "")


def test_the_same_copy_in_two_formats_is_read_once() -> None:
    text = (
        '<ContentItem><Format FormalName="Text"/><DataContent>Copy.</DataContent></ContentItem>'
        '<ContentItem><Format FormalName="XHTML"/><DataContent><p>Copy.</p></DataContent>'
        "</ContentItem>"
    )
    found = one(newsml(item(component(text, more=' EquivalentsList="yes"'))))
    assert (found.body, found.markup) == ("<p>Copy.</p>", "html")


def test_contacts_and_leads_stand_where_they_are_printed() -> None:
    def part(role: str, copy: str) -> str:
        content = f"<ContentItem><DataContent><p>{copy}</p></DataContent></ContentItem>"
        return f'<NewsComponent><Role FormalName="{role}"/>{content}</NewsComponent>'

    parts = part("Contact", "Call Tobias.") + part("HeadLine", "Lamp") + part("Lead", "First.")
    assert plain(one(newsml(item(component(parts + part("Body", "Second.")))))) == (
        "First. Second. Call Tobias."
    )


@pytest.mark.parametrize(
    ("copy", "words"),
    [
        ("<![CDATA[<P>One.</P>\n<P>Two &amp; three.</P>]]>", "One. Two & three."),
        ("One &lt;b&gt;bold&lt;/b&gt; line.\n   Another line.", "One bold line. Another line."),
        ("<nitf><body><body.content><p>One.</p></body.content></body></nitf>", "One."),
        ("***One.&#13;&lt;NewsComponentRef idref='x'/&gt;&#13;***Two.", "***One. ***Two."),
    ],
)
def test_copy_is_read_in_whatever_markup_it_comes(copy: str, words: str) -> None:
    inside = f"<ContentItem><DataContent>{copy}</DataContent></ContentItem>"
    assert plain(one(newsml(item(component(inside))))) == words


def test_misspelt_metadata_are_read() -> None:
    metadata = (
        '<DescriptiveMetada><Language FormalName="en"/><SubjectCode><Subject '
        'FormalName="15000000" Scheme="IptcSubjectCodes"/></SubjectCode></DescriptiveMetada>'
    )
    found = one(newsml(item(component(metadata + COPY))))
    assert (found.language, found.subjects) == ("en", (Subject("subj", "15000000", "sport"),))


def test_an_urgency_may_be_an_attribute_or_text() -> None:
    assert one(newsml(item(component(), '<Urgency FormalName="4"/>'))).urgency == 4
    assert one(newsml(item(component(), "<Urgency>2</Urgency>"))).urgency == 2


def test_naive_times_take_the_sender_s_zone() -> None:
    times = "<FirstCreated>20260121T151200</FirstCreated>"
    assert one(newsml(item(component(), times, provider="tass.com"))).published == datetime(
        2026, 1, 21, 12, 12, tzinfo=UTC
    )
    assert one(newsml(item(component(), times))).published == datetime(
        2026, 1, 21, 14, 12, tzinfo=UTC
    )


def test_an_embargo_ends_when_the_status_will_change() -> None:
    status = '<Status FormalName="Embargoed"/>'
    change = (
        '<StatusWillChange><FutureStatus FormalName="Usable"/><DateAndTime>20260505T060000Z'
        "</DateAndTime></StatusWillChange>"
    )
    found = one(newsml(item(component(), status + change)))
    assert (found.pub_status, found.embargo_until) == (
        "usable",
        datetime(2026, 5, 5, 6, tzinfo=UTC),
    )
    assert one(newsml(item(component(), status))).pub_status == "withheld"


def test_what_is_canceled_may_be_empty() -> None:
    found = one(newsml(item("<NewsComponent/>", '<Status FormalName="Canceled"/>')))
    assert (found.pub_status, found.body) == ("canceled", "")


def test_a_cut_leaves_the_items_before_it_and_one_reject() -> None:
    whole = newsml(*(item(component(head=f"Lamp {n}")) for n in range(5))).encode()
    for n in range(1, 50):
        batch = parsed(whole[: len(whole) * n // 50], "newsml-1")
        assert [reject.code for reject in batch.rejects] == ["truncated"]
        assert [i.title for i in batch.passed] == [f"Lamp {k}" for k in range(len(batch.passed))]
    assert len(batch.passed) == 4


def test_entities_that_unfold_are_one_reject() -> None:
    lines = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE NewsML [<!ENTITY e0 "lol">{lines}]>' + newsml(item(component(head="&e9;")))
    assert [reject.code for reject in parsed(bomb).rejects] == ["xml_unsafe"]
