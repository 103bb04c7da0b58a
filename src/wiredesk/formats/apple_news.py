"""Apple News Format: the article.json in which publishers hand stories on.

    article   = "{" , … , "components" : [ { component } ] , … , "}" ;
    component = role , ( text | components ) ;

Components nest; headings are `heading`, `heading1` …, the headline `title`.  Captions and divisions
are no copy.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from wiredesk.errors import Rejected
from wiredesk.formats.json_fields import record_of, records, words
from wiredesk.formats.json_opening import documents
from wiredesk.formats.markup_bodies import HTML, body_of_text
from wiredesk.formats.stamps import Stamps
from wiredesk.model import Capture, Item, Json, Source, Subject

KEY = re.compile(rb'"(?:componentTextStyles|componentLayouts|componentStyles|documentStyle)"\s*:')
COPY = frozenset(("body", "intro", "quote", "pullquote"))
DEEPEST = 20


def sniff(head: bytes) -> bool:
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{" and bool(KEY.search(head))


def parse(capture: Capture, source: Source) -> Iterator[Item | Rejected]:
    n = 0
    for document in documents(capture):
        if isinstance(document, Rejected):
            yield document
            continue
        article = record_of(document.value)
        parts = list(_components(article))
        body = body_of_text("\n".join(filter(None, map(_printed, parts))))
        title = words(article, "title") or _first(parts, "title")
        if not (title or body.text.strip()):
            yield Rejected("empty", "neither title nor text in its components", document.where)
            continue
        about = record_of(article.get("metadata"))
        stamps = Stamps(source.tz)
        names = about.get("authors")
        given = tuple(name for name in names if isinstance(name, str)) if names else ()
        yield Item(
            source=source.id,
            format="apple-news",
            ordinal=n,
            id=words(article, "identifier"),
            body=body.text,
            markup=body.markup,
            title=title,
            byline=_first(parts, "byline") or _first(parts, "author"),
            authors=() if _first(parts, "byline", "author") else given,
            url=words(about, "canonicalurl"),
            agency=source.agency,
            language=words(article, "language") or source.language,
            published=stamps.add("published", "datePublished", words(about, "datepublished"))
            or stamps.add("published", "dateCreated", words(about, "datecreated")),
            updated=stamps.add("updated", "dateModified", words(about, "datemodified")),
            subjects=tuple(
                Subject("keyword", word)
                for word in (words(about, "keywords") or "").split("\n")
                if word
            ),
            dates=tuple(stamps.found),
            provenance=(("headline", "apple-news title"), ("body", "apple-news components")),
            issues=(*document.issues, *body.issues, *stamps.issues()),
        )
        n += 1


def _components(article: Json) -> Iterator[Json]:
    """The components that hold text, in the order of the page."""
    stack = [(each, 0) for each in reversed(list(records(article.get("components"))))]
    while stack:
        component, depth = stack.pop()
        if words(component, "text"):
            yield component
        if depth < DEEPEST:
            inner = list(records(component.get("components")))
            stack.extend((each, depth + 1) for each in reversed(inner))


def _printed(component: Json) -> str | None:
    """A component as HTML; None where it is no copy."""
    role, text = words(component, "role") or "", words(component, "text") or ""
    if role.startswith("heading"):
        return f"<h2>{html.escape(text, quote=False)}</h2>"
    if role not in COPY:
        return None
    if words(component, "format") == "html" or HTML.search(text):
        return text
    lines = (line.strip() for line in text.split("\n"))
    return "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in lines if line)


def _first(parts: list[Json], *roles: str) -> str | None:
    return next((words(each, "text") for each in parts if words(each, "role") in roles), None)
