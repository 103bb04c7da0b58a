"""The tree of a NewsML 1 item: which components are stories, what is their copy, what goes along.

    item      = component ;
    component = { line } , { content | component } ;
    story     = component with copy, of its own or in parts (lead, body, contact) ;

One item may hold several stories (Belga: a Dutch and a French one), each with a headline of its
own, and pictures, which also have headlines and a caption that is text.  A part's Role tells which
is which; a component without one is copy.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wiredesk.formats.markup_bodies import Body, body_of, body_of_text
from wiredesk.formats.nitf_copy import NitfCopy, read_copy
from wiredesk.formats.nitf_head import words
from wiredesk.model import Link

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

#: roles (casefolded, without blanks) of parts that are no copy
TITLES = frozenset(("title", "headline"))
BESIDE = TITLES.union(
    "caption stylesheet subheadline logo keywords keyword thumbnail quicklook highdef".split(),
    "preview image picture photo graphic video sound icon resourcetext translation".split(),
)
SHORTER = frozenset(("summary", "abstract", "teaser", "synopsis"))  # copy where there is no other
MARKED_UP = re.compile(r"nitf|x?html|xml", re.IGNORECASE)
# Lusa names the markup where the standard has `Text`
TEXTUAL = re.compile(rf"(?:complex)?text$|^$|{MARKED_UP.pattern}", re.IGNORECASE)
#: what a content's media type, format or MIME type says → Link.relation
MEDIA = (
    (re.compile(r"graphic|infographi|svg", re.IGNORECASE), "graphic"),
    (re.compile(r"photo|image|picture|jpe?g|png|gif|tiff", re.IGNORECASE), "picture"),
    (re.compile(r"audio|sound|mpeg ?3|mp3|wav", re.IGNORECASE), "audio"),
    (re.compile(r"video|mpeg|mp4|quicktime|flash", re.IGNORECASE), "video"),
    (re.compile(r"\bpdf\b|msword|document", re.IGNORECASE), "see_also"),
)
# Belga's radio bulletins: where a sound is played, in the text itself
REFERENCE = re.compile(r"<NewsComponentRef\b[^<>]*>")


@dataclass(frozen=True, slots=True)
class StoryPart:
    """A component that is a story: itself and those around it, the nearest first; its contents."""

    chain: tuple[Element, ...]
    contents: tuple[Element, ...]

    def line(self, name: str) -> str | None:
        """The nearest line of that name which is not blank."""
        found = (words(c.find(f"NewsLines/{name}")) for c in self.chain)
        return next(filter(None, found), None)

    def lines(self, name: str) -> tuple[str, ...]:
        """All lines of that name, of the nearest component that has any."""
        for component in self.chain:
            found = [words(line) for line in component.iterfind(f"NewsLines/{name}")]
            if kept := tuple(line for line in found if line):
                return kept
        return ()

    def metadata(self) -> Iterator[Element]:
        """DescriptiveMetadata, the nearest first; TASS spells it otherwise."""
        for component in self.chain:
            yield from component.iterchildren("DescriptiveMetadata", "DescriptiveMetada")


def role_of(component: Element) -> str:
    role = component.find("Role")
    return (role.get("FormalName") or "").casefold().replace(" ", "") if role is not None else ""


def story_parts(component: Element, around: tuple[Element, ...] = ()) -> Iterator[StoryPart]:
    """The stories in a component: its own, then those of parts that have a headline and copy."""
    chain = (component, *around)
    inner = [
        part
        for part in component.iterchildren("NewsComponent")
        if role_of(part) not in BESIDE and _has_stories(part)
    ]
    # Business Wire puts the contacts, which stand below a release, in front of it
    contents = tuple(sorted(_contents(component, inner), key=_is_contact))
    if contents:
        yield StoryPart(chain, contents)
    for part in inner:
        yield from story_parts(part, chain)


def _is_contact(content: Element) -> bool:
    return any(role_of(part) == "contact" for part in content.iterancestors("NewsComponent"))


def _has_stories(component: Element) -> bool:
    if words(component.find("NewsLines/HeadLine")) and not _is_media(component):
        return True
    return any(map(_has_stories, component.iterchildren("NewsComponent")))


def _contents(component: Element, inner: list[Element]) -> Iterator[Element]:
    """The text contents of a component and its parts, without those of the stories in it."""
    own = [c for c in component.iterchildren("ContentItem") if _is_text(c)]
    formats = {_said(content) for content in own}
    # the same copy in two formats: with its paragraphs, if one has them
    if len(own) > 1 and (component.get("EquivalentsList") == "yes" or len(formats) == len(own)):
        own = [next((c for c in own if MARKED_UP.search(_said(c))), own[0])]
    yield from own
    parts = [p for p in component.iterchildren("NewsComponent") if p not in inner]
    full = any(role_of(part) not in SHORTER | BESIDE for part in parts)
    for part in parts:
        role = role_of(part)
        if role not in BESIDE and not (full and role in SHORTER):
            yield from _contents(part, [])


def _said(content: Element) -> str:
    """What a content says of its own kind."""
    kinds = (content.find(name) for name in ("MediaType", "Format", "MimeType"))
    return " ".join(kind.get("FormalName") or "" for kind in kinds if kind is not None)


def _is_text(content: Element) -> bool:
    data = content.find("DataContent")
    if data is None or not (len(data) or (data.text or "").strip()):
        return False
    media, mime = content.find("MediaType"), content.find("MimeType")
    kind = (mime.get("FormalName") or "text/") if mime is not None else "text/"
    if media is not None and not TEXTUAL.search(media.get("FormalName") or ""):
        return False
    return kind.startswith(("text/", "application/x")) and kind != "text/css"


def copy_of(contents: tuple[Element, ...]) -> tuple[Body, NitfCopy | None]:
    """The copy in contents, in order; and what NITF among them says beside it."""
    body, said = Body(), None
    data = [content.find("DataContent") for content in contents]
    if data and all(len(one) and next(one.iter("nitf"), None) is None for one in data):
        return body_of(*data), None
    for one in data:
        if (nitf := next(one.iter("nitf"), None)) is not None:
            inside = read_copy(nitf)
            said = said or inside
            body = _with(body, inside.body)
        elif len(one):
            body = _with(body, body_of(one))
        else:
            text = REFERENCE.sub("", one.text or "").replace("\r\n", "\n").replace("\r", "\n")
            body = _with(body, body_of_text(text))
    return body, said


def _with(body: Body, more: Body) -> Body:
    """One body below another."""
    if not body.text.strip() or not more.text.strip():
        return body if body.text.strip() else more
    issues = (*body.issues, *more.issues)
    if body.markup == more.markup == "text":
        return Body(f"{body.text.rstrip()}\n\n{more.text}", "text", issues)
    return Body(f"{_as_html(body)}\n{_as_html(more)}", "html", issues)


def _as_html(body: Body) -> str:
    if body.markup == "html":
        return body.text
    lines = (line.strip() for line in body.text.split("\n"))
    return "\n".join(f"<p>{html.escape(line, quote=False)}</p>" for line in lines if line)


def media_of(content: Element) -> str | None:
    """Link.relation of a content that is no text."""
    said = _said(content)
    return next((relation for pattern, relation in MEDIA if pattern.search(said)), None)


def media_links(item: Element) -> tuple[Link, ...]:
    """One link for each picture, sound or film, which often comes in several sizes."""
    contents = list(item.iter("ContentItem"))
    media = [
        (content, target, kind)
        for content in contents
        if (target := content.get("Href")) and (kind := media_of(content))
    ]
    if not media:
        return ()
    telling = {
        component
        for content in contents
        if _is_text(content) and not _is_beside(content)
        for component in content.iterancestors("NewsComponent")
    }
    found: dict[tuple[str, Element], Link] = {}
    for content, target, kind in media:
        around = list(content.iterancestors("NewsComponent"))
        whole = [component for component in around if component not in telling]
        named = filter(None, map(_caption, (*reversed(whole), *around)))
        group = whole[-1] if whole else content
        found.setdefault((kind, group), Link(kind, target, next(named, None)))
    return tuple(dict.fromkeys(found.values()))


def _is_beside(content: Element) -> bool:
    return any(role_of(part) in BESIDE for part in content.iterancestors("NewsComponent"))


def _is_media(component: Element) -> bool:
    """Whether a component is one picture with its caption, and not the story that it goes with."""
    return next(_contents(component, []), None) is None


def _caption(component: Element) -> str | None:
    """A caption, else a headline."""
    for part in component.iterchildren("NewsComponent"):
        if role_of(part) == "caption" and (caption := words(part.find("ContentItem/DataContent"))):
            return caption
    return words(component.find("NewsLines/HeadLine"))
