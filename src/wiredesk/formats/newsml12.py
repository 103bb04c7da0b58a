"""NewsML 1.0 to 1.2, as AFP, Belga, ANP, TASS, Kyodo, ANA and Business Wire send: stories in items.

An item is identified by provider, date and id; what follows them in its public identifier is the
revision.  Its tree of components is read by newsml12_parts.py.  Senders leave out what the schema
requires (the root's version, a language) and fill in what they have none of (`4/4/2018` for a
dateline), so what is not of its kind counts as absent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from wiredesk.agencies.dialects import Dialect, dialect_of
from wiredesk.errors import NotAStory, Rejected
from wiredesk.formats import newsml12_about as about
from wiredesk.formats.first_sentence import first_sentence
from wiredesk.formats.markup_bodies import mended
from wiredesk.formats.newsml12_parts import StoryPart, copy_of, media_links, media_of, story_parts
from wiredesk.formats.nitf_head import XML_LANG, urgency_of, words
from wiredesk.formats.stamps import Stamps
from wiredesk.formats.xml_opening import opened, root_of
from wiredesk.model import Capture, Issue, Item, Source

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NO_HEADLINE = re.compile(r"no headline\W*$", re.IGNORECASE)  # Belga fills it in
NO_STORY = {"photo": "picture", "picture": "picture", "image": "picture", "graphic": "graphic",
            "video": "video", "audio": "audio", "package": "package"}  # fmt: skip


def sniff(head: bytes) -> bool:
    root = root_of(head)
    return root is not None and root[0].casefold() == "newsml"


def parse(capture: Capture, source: Source) -> Iterator[Item | Rejected]:
    """Every story of every item.  Raises Rejected for XML that is broken or unsafe."""
    document = opened(capture, "NewsItem")
    root = document.root
    if str(root.tag).casefold() != "newsml":
        raise Rejected("unknown_xml", f"the root is <{root.tag}>, not <NewsML>")
    ordinal = 0
    items = list(root.iterchildren("NewsItem"))
    for n, news_item in enumerate(items):
        for found in _stories(root, news_item, source, f"item {n + 1}"):
            if isinstance(found, Item):
                yield replace(found, ordinal=ordinal, issues=(*document.issues, *found.issues))
                ordinal += 1
            else:
                yield found
    if document.cut:
        yield document.cut
    elif not items:
        yield NotAStory("catalog", "NewsML without an item: topics, a catalog or an envelope")


def _stories(
    root: Element, news_item: Element, source: Source, where: str
) -> Iterator[Item | Rejected]:
    component = news_item.find("NewsComponent")
    kind = about.named(news_item.find("NewsManagement/NewsItemType")).casefold()
    parts = [] if component is None or kind in NO_STORY else list(story_parts(component))
    canceled = about.named(news_item.find("NewsManagement/Status")).casefold().startswith("cancel")
    if not parts and component is not None and kind not in NO_STORY:
        bare = StoryPart((component, *component.iterchildren("NewsComponent")), ())
        # a headline alone is a flash, unless it goes with a picture
        if canceled or (bare.line("HeadLine") and not _others(news_item)):
            parts = [bare]
    if not parts:
        yield _no_story(news_item, kind, where)
    for n, part in enumerate(parts):
        yield _item(root, news_item, part, source, n if len(parts) > 1 else None)


def _others(news_item: Element) -> str | None:
    """What an item has beside text: picture, video, package …"""
    media = (media_of(content) for content in news_item.iter("ContentItem"))
    found = next(filter(None, media), None)
    return found or ("package" if next(news_item.iter("NewsItemRef"), None) is not None else None)


def _no_story(news_item: Element, kind: str, where: str) -> Rejected:
    code = NO_STORY.get(kind) or _others(news_item)
    headline = words(next(news_item.iter("HeadLine"), None)) or ""
    if code == "package":
        refs = [ref.get("NewsItem", "") for ref in news_item.iter("NewsItemRef")]
        return NotAStory(
            "package", f"a package of {len(refs)} items: {' '.join(refs)[:200]}", where
        )
    if code:
        named = headline or next((link.title for link in media_links(news_item) if link.title), "")
        return NotAStory(code, " ".join(named.split())[:200] or f"a {code} without text", where)
    if news_item.find("TopicSet") is not None or next(news_item.iter("TopicSet"), None) is not None:
        return NotAStory("catalog", "a set of topics", where)
    return Rejected("empty", "an item with neither headline nor copy", where)


def _item(
    root: Element, news_item: Element, part: StoryPart, source: Source, n: int | None
) -> Item:
    dialect = dialect_of(*about.senders(root, news_item, part))
    stamps = Stamps(dialect.tz or source.tz, dialect.day_first)
    about.times(root, news_item, stamps)
    status, embargo, odd = about.gate(news_item, dialect, stamps)
    body, inside = copy_of(part.contents)
    title = part.line("HeadLine") or (inside.title if inside else None)
    title = mended(title)[0] if title and not NO_HEADLINE.match(title) else None
    if not title:
        title, odd = first_sentence(body), (*odd, Issue("headline_from_lead"))
    id_, identity, version = _named(news_item, part, dialect, n)
    priority = about.named(root.find("NewsEnvelope/Priority")) or None
    urgency = about.named(news_item.find("NewsManagement/Urgency")) or None
    published, updated = stamps.first("published"), stamps.first("updated")
    return Item(
        source=source.id,
        format="newsml-1",
        ordinal=0,
        id=id_,
        identity=identity,
        version=version,
        body=body.text,
        markup=body.markup,
        title=title,
        byline=about.byline(part) or (inside.byline if inside else None)
        if dialect.bylines
        else None,
        dateline=about.dateline(part) or (inside.dateline if inside else None),
        url=about.page(part),
        agency=source.agency or dialect.agency,
        language=_language(news_item, part) or source.language,
        slug=part.line("SlugLine"),
        published=published.at if published else None,
        updated=updated.at if updated else None,
        embargo_until=embargo,
        pub_status=status,
        ed_note=about.notes(part),
        rights=part.line("CopyrightLine"),
        genre=about.genre(news_item, part),
        urgency=urgency_of(urgency) or urgency_of(priority),
        priority=priority or urgency,
        signal=about.signal(news_item, dialect),
        subjects=about.subjects(news_item, part),
        links=(*media_links(news_item), *about.related(news_item)),
        dates=tuple(stamps.found),
        provenance=_provenance(part, id_, stamps),
        issues=(*body.issues, *odd, *stamps.issues()),
    )


def _named(
    news_item: Element, part: StoryPart, dialect: Dialect, n: int | None
) -> tuple[str | None, tuple[str, str] | None, str | None]:
    """Id, what names the story, and the version, which is not part of the name.

    `n`: the number of the part, where an item holds several stories.
    """
    identifier = news_item.find("Identification/NewsIdentifier")
    if identifier is None:
        return None, None, None
    keys = ("ProviderId", "DateId", "NewsItemId", "RevisionId", "PublicIdentifier")
    provider, day, own, revision, public = (words(identifier.find(key)) or "" for key in keys)
    own = own if own.strip("0") else ""
    # Belga's public identifier is the same for all items
    id_ = (public if own and own in public else own) or None
    identity = dialect.identity_in(public, own and f"NewsItemId {own}")
    if identity is None and own and provider and not dialect.identity:
        identity = ("newsml", ":".join((provider, day, own)))
    if n is not None:
        duid = part.chain[0].get("Duid") or ""
        apart = duid if duid.strip("0") else part.chain[0].get(XML_LANG) or str(n + 1)
        id_ = f"{id_}#{apart}" if id_ else None
        identity = (identity[0], f"{identity[1]}#{apart}") if identity else None
    return id_, identity, revision or dialect.version_in(public, own) or None


def _language(news_item: Element, part: StoryPart) -> str | None:
    """The language of the nearest component that says one."""
    for metadata in part.metadata():
        if said := about.named(metadata.find("Language")):
            return said
    tagged = [element.get(XML_LANG) for element in (*part.chain, news_item)]
    return next(filter(None, tagged), None)


def _provenance(part: StoryPart, id_: str | None, stamps: Stamps) -> tuple[tuple[str, str], ...]:
    rows = {"body": "DataContent"} if part.contents else {}
    if id_:
        rows["id"] = "NewsIdentifier"
    lines = {"headline": "HeadLine", "byline": "ByLine", "rights": "CopyrightLine"}
    rows |= {name: line for name, line in lines.items() if part.line(line)}
    if about.dateline(part):
        rows["dateline"] = "DateLine"
    times = {name: stamps.first(name) for name in ("published", "updated")}
    rows |= {name: found.origin for name, found in times.items() if found}
    return tuple(rows.items())
