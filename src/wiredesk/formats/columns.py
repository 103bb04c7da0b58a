"""What the columns of a dump mean: as its source declares, else by the names they usually have.

    columns = { text = "content", date = "article_date" }        (* of a source: field = column *)

A row's own `text`, `title` … are taken first, then a column declared, then the first usual name
that the row has.  Names are compared without case, blanks, hyphens and underscores.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import lru_cache
from types import MappingProxyType

from wiredesk.errors import UserError
from wiredesk.model import Json

#: by field of a line of JSON Lines, what public corpora and crawlers call it, the surest first
USUAL: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "id": ("id", "articleid", "storyid", "docid", "documentid", "guid", "uuid", "uri", "newid"),
        "text": (
            *("text", "content", "body", "article", "articletext", "articlebody", "maintext"),
            *("fulltext", "bodytext", "plaintext", "maincontent", "contenttext", "story"),
        ),
        "html": ("html", "contenthtml", "bodyhtml", "rawhtml"),
        "title": ("title", "headline", "articletitle", "headlinetext", "heading"),
        "byline": ("byline", "author", "authors", "creator", "articleauthor", "writer", "reporter"),
        "date": (
            *("date", "published", "publishedat", "datepublished", "publishdate", "datepublish"),
            *("publicationdate", "pubdate", "publishedon", "articledate", "datetime", "timestamp"),
            *("createdat", "time"),
        ),
        "updated": ("updated", "updatedat", "modified", "datemodified", "datemodify", "modifiedat"),
        "url": ("url", "link", "articleurl", "weburl", "canonicalurl", "permalink"),
        "source": ("source", "publisher", "publication", "outlet", "sourcedomain", "newspaper"),
        "language": ("language", "lang", "languagecode"),
        "agency": ("agency",),
        "slug": ("slug", "slugline"),
        "version": ("version",),
        "status": ("status", "pubstatus"),
        "embargo": ("embargo", "embargoed", "embargountil"),
    }
)
COPY = ("text", "html")  #: fields with copy in them
_JOINT = re.compile(r"[\s_-]+")


def checked(columns: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Columns as a source keeps them.  Raises UserError for a field that there is none of."""
    for field, column in columns.items():
        if field not in USUAL:
            raise UserError(f"columns names no field {field!r}; one of: {', '.join(USUAL)}")
        if not column.strip():
            raise UserError(f"columns.{field} is empty; it names a column of the dump")
    return tuple(columns.items())


def parsed(said: str | None) -> tuple[tuple[str, str], ...]:
    """Columns as a command line gives them: `text=content,date=article_date`."""
    if not said:
        return ()
    pairs = [pair.partition("=") for pair in said.split(",")]
    if any(not equals for _, equals, _ in pairs):
        raise UserError(f"--columns {said!r} is not written as text=content,date=article_date")
    return checked({field.strip(): column.strip() for field, _, column in pairs})


@lru_cache(maxsize=512)
def columns_of(names: tuple[str, ...], declared: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """By field, the column that holds it; fields without a column are left out."""
    said = dict(declared)
    plain: dict[str, str] = {}
    for name in names:
        plain.setdefault(_JOINT.sub("", name.casefold()), name)
    found = {}
    for field, usual in USUAL.items():
        if field in said:
            if said[field] in names:
                found[field] = said[field]
        elif field in names:
            found[field] = field
        elif called := [plain[u] for u in usual if u in plain]:
            found[field] = called[0]
    return found


def holds_copy(names: Collection[str], declared: tuple[tuple[str, str], ...] = ()) -> bool:
    """Whether rows with such columns have copy in them."""
    return any(field in columns_of(tuple(names), declared) for field in COPY)


def by_field(row: Json, declared: tuple[tuple[str, str], ...]) -> tuple[Json, dict[str, str]]:
    """A row under the names of fields, and the column that each came from."""
    found = columns_of(tuple(row), declared)
    fields = {field: row[column] for field, column in found.items()}
    for field, value in fields.items():
        if isinstance(value, list | dict) and field != found[field]:
            fields[field] = _names(value) if field == "byline" else None
    return fields, found


def _names(value: object) -> str | None:
    """`["Ada Moss", {"name": "Bo Ek"}]` as a byline; a guess at a column asks no more of it."""
    each = value if isinstance(value, list) else [value]
    names = [name.get("name") if isinstance(name, dict) else name for name in each]
    return ", ".join(name for name in names if isinstance(name, str)) or None
