"""WordPress's export (WXR), in which small newsrooms keep and hand on what they published.

    export = rss , channel , { author } , { item } ;
    item   = title , link , creator , guid , encoded , [ encoded ] , … , status , post_type ;
    body   = { block | line } ;     (* a blank line ends a paragraph that stands outside a block *)

It is RSS by its root and no feed: entries are pages, pictures and menus as well as stories, drafts
among them, and whoever wrote is a login that the authors at the top give a name.  The first
`encoded` is the copy, the second a summary.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from wiredesk.errors import NotAStory, Rejected
from wiredesk.formats.stamps import Stamps
from wiredesk.formats.xml_opening import line, opened
from wiredesk.model import Capture, Item, Source, Subject

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

OPENS = re.compile(rb"<(?:\w+:)?wxr_version\b|wordpress\.org/export/1\.")
ROOT = re.compile(rb"<rss\b")
#: what an entry is called that no feed would have; a kind that a site adds may be a story
NO_STORY = {
    "attachment": "picture",
    "revision": "listing",
    **dict.fromkeys(("page", "nav_menu_item", "custom_css", "customize_changeset"), "listing"),
    **dict.fromkeys(("wp_template", "wp_template_part", "wp_navigation"), "listing"),
    **dict.fromkeys(("wp_block", "wp_global_styles", "wp_font_face", "oembed_cache"), "listing"),
}
STATUSES = {"trash": "canceled", **dict.fromkeys(("draft", "pending", "private"), "withheld"),
            **dict.fromkeys(("auto-draft", "future"), "withheld")}  # fmt: skip
# what is not closed within reach is copy: an export of nothing but openings must not take for ever
CAPTION = re.compile(r"\[caption\b[^\[\]]{0,500}\].{0,2000}?\[/caption\]", re.DOTALL)
SHORTCODE = re.compile(
    r"\[/?(?:gallery|embed|video|audio|playlist|[a-z]+_[a-z_]+)\b[^\[\]]{0,1000}\]"
)
# a theme's own: `[dropcap]M[/dropcap]ysterium`
PAIR = re.compile(r"\[([a-z]\w{2,30})\b[^\[\]]{0,300}\]([^\[\]]{0,500})\[/\1\]")
COMMENT = re.compile(r"<!--.{0,1000}?-->", re.DOTALL)
BLOCK = re.compile(
    r"<(?:p|div|h[1-6]|ul|ol|dl|table|blockquote|figure|pre|section|hr|iframe|script|style)\b",
    re.IGNORECASE,
)
BLANK = re.compile(r"\n[ \t]*\n\s*")
NEVER = "0000-00-00"  # of a draft: no time yet


def sniff(head: bytes) -> bool:
    return bool(ROOT.search(head) and OPENS.search(head))


def parse(capture: Capture, source: Source) -> Iterator[Item | Rejected]:
    """Every story of an export.  Raises Rejected for XML that is broken or unsafe."""
    document = opened(capture, "item")
    channel = document.root.find("channel")
    if channel is None:
        raise Rejected("unknown_xml", f"<{document.root.tag}> without a channel")
    names = {
        login: name
        for author in channel.iterfind("author")
        if (login := line(author.find("author_login")))
        and (name := line(author.find("author_display_name")))
    }
    language = line(channel.find("language")) or source.language
    n = 0
    for at, entry in enumerate(channel.iterfind("item"), 1):
        try:
            yield _item(entry, names, language, source, n)
            n += 1
        except Rejected as no:
            yield no.at(f"item {at}")
    if document.cut:
        yield document.cut


def _item(
    entry: Element, names: Mapping[str, str], language: str | None, source: Source, n: int
) -> Item:
    def said(name: str) -> str | None:
        return line(entry.find(name))

    kind, title = said("post_type") or "post", said("title")
    if kind in NO_STORY:
        raise NotAStory(NO_STORY[kind], f"{kind}: {title or said('link') or 'no title'}"[:200])
    texts = [element.text or "" for element in entry.iterfind("encoded")]
    body = _copy(texts[0] if texts else "")
    if not title and not body:
        raise Rejected("empty", f"a {kind} with neither title nor text")
    login = said("creator")
    stamps = Stamps(source.tz)
    published = stamps.add("published", "pubDate", said("pubDate")) or _time(
        stamps, "published", entry, "post_date"
    )
    return Item(
        source=source.id,
        format="wordpress",
        ordinal=n,
        id=said("guid"),
        body=body,
        markup="html",
        title=title,
        byline=names.get(login or "", login),
        url=said("link"),
        agency=source.agency,
        language=language,
        published=published,
        updated=_time(stamps, "updated", entry, "post_modified"),
        pub_status=STATUSES.get(said("status") or "", "usable"),
        subjects=tuple(
            Subject(category.get("domain"), category.get("nicename"), name)
            for category in entry.iterfind("category")
            if (name := line(category))
        ),
        dates=tuple(stamps.found),
        provenance=(
            *(("id", "guid"), ("headline", "title"), ("body", "content:encoded")),
            *((("byline", "dc:creator"),) if login else ()),
        ),
        issues=stamps.issues(),
    )


def _time(stamps: Stamps, field: str, entry: Element, name: str) -> datetime | None:
    """A time, which the export gives in UTC and by the clock of the site."""
    at_greenwich = line(entry.find(f"{name}_gmt"))
    if at_greenwich and not at_greenwich.startswith(NEVER):
        return stamps.add(field, f"wp:{name}_gmt", f"{at_greenwich}+00:00")
    by_clock = line(entry.find(name))
    if by_clock and not by_clock.startswith(NEVER):
        return stamps.add(field, f"wp:{name}", by_clock)
    return None


def _copy(text: str) -> str:
    """The copy as HTML, as it is shown: WordPress makes paragraphs only when it shows them."""
    text = SHORTCODE.sub("", CAPTION.sub("", COMMENT.sub("\n\n", text)))
    text = PAIR.sub(r"\2", text)
    pieces = (piece.strip() for piece in BLANK.split(text.replace("\r\n", "\n")))
    return "\n".join(
        piece if BLOCK.search(piece) else f"<p>{piece}</p>" for piece in pieces if piece
    )
