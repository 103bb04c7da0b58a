"""HTML that cannot be broken out of: what is not `Markup` is escaped wherever it is put.

Wire copy is untrusted.  Pages build everything with `tag`, so a headline with a `<script>` in it is
shown as the characters that it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from html import escape
from typing import Any
from urllib.parse import urlencode

Row = dict[str, Any]


class Markup(str):
    """HTML made here, its texts escaped."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its head, what stands in a cell, and whether that is a number."""

    head: str
    cell: Callable[[Row], object]
    number: bool = False


def text(value: object) -> Markup:
    """As HTML: markup as it is, None as nothing, all else escaped."""
    if isinstance(value, Markup):
        return value
    return Markup("" if value is None else escape(str(value)))


def join(*parts: object, by: str = "") -> Markup:
    """Parts one after the other; what is None or empty is left out."""
    return Markup(escape(by).join(t for t in map(text, parts) if t))


def tag(name: str, *children: object, **attributes: object) -> Markup:
    """An element.  `class_` is class, `data_label` data-label; attributes of None are left out."""
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Markup(f"<{name}{said}>{join(*children)}</{name}>")


def address(page: str, **query: object) -> str:
    """The address of a page of the desk."""
    return "?" + urlencode({"page": page, **{k: v for k, v in query.items() if v is not None}})


def link(label: object, page: str, **query: object) -> Markup:
    """A link to a page of the desk."""
    return tag("a", label, href=address(page, **query), target="_self")


def table(columns: Sequence[Column], rows: Sequence[Row], *, wide: bool = False) -> Markup:
    """A table; on a narrow screen each row is a card, unless it is `wide` and scrolls by itself.

    A column with nothing in it is left out; not so of `wide` tables, whose columns were asked for.
    """
    cells = [[text(column.cell(row)) for row in rows] for column in columns]
    used = [(c, column) for c, column in zip(cells, columns, strict=True) if wide or any(c)]
    head = tag("tr", *(tag("th", c.head, class_=_kind(c), scope="col") for _, c in used))
    body = [
        tag("tr", *(_cell(column, shown[no]) for shown, column in used)) for no in range(len(rows))
    ]
    made = tag("table", tag("thead", head), tag("tbody", *body))
    pairs = sum(column.number for _, column in used) > 1
    return tag("div", made, class_="wd-wide" if wide else f"wd-table{' wd-pairs' * pairs}")


def _cell(column: Column, shown: Markup) -> Markup:
    """A cell with the name that it carries on a card; there, nothing is not worth a line."""
    kind = " ".join(filter(None, (_kind(column), None if shown else "none"))) or None
    return tag("td", tag("span", shown), class_=kind, data_label=column.head)


def _kind(column: Column) -> str | None:
    return "num" if column.number else None


def section(heading: str, *parts: object, note: object = None) -> Markup:
    """A part of a page under a heading, with a line of explanation."""
    said = tag("p", note, class_="wd-note") if note else None
    return tag("section", tag("h2", heading), said, *parts, class_="wd-section")


def empty(what: object, do: object) -> Markup:
    """What stands where there is nothing: what is missing, and what to do about it."""
    return tag("div", tag("strong", what), tag("p", do), class_="wd-empty")


def chip(label: object, kind: str = "") -> Markup:
    """A short word in a box."""
    return tag("span", label, class_=f"wd-chip {kind}".strip())


def facts(*pairs: tuple[str, object]) -> Markup:
    """Names with their values; those without a value are left out."""
    known = [(name, shown) for name, value in pairs if (shown := text(value))]
    return tag("dl", *(tag("div", tag("dt", n), tag("dd", v)) for n, v in known), class_="wd-facts")


def number(value: float | None) -> str:
    """`12,345`; nothing for None."""
    return "" if value is None else f"{value:,.0f}"


def share(value: float | None) -> str:
    """`42%`; nothing for None."""
    return "" if value is None else f"{value:.0%}"


def day(value: date | None) -> str:
    """`5 May 2026`."""
    return "" if value is None else f"{value.day} {value:%b %Y}"


def moment(value: datetime | None) -> Markup:
    """`5 May 2026, 14:03`, with the exact instant for those who point at it."""
    if value is None:
        return Markup("")
    shown = f"{day(value)}, {value:%H:%M}"
    exact = f"{value:%Y-%m-%d %H:%M:%S} UTC"
    return tag("time", shown, title=exact, datetime=value.isoformat())


def span(value: timedelta | None) -> str:
    """`3 d 4 h`, `12 min`: the two largest units."""
    if value is None:
        return ""
    left = int(abs(value.total_seconds()))
    parts = []
    for unit, size in (("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1)):
        n, left = divmod(left, size)
        if n:
            parts.append(f"{n} {unit}")
    return " ".join(parts[:2]) or "0 s"


def words(code: str | None) -> str:
    """A code of the warehouse as words: `additional_reporting` as `additional reporting`."""
    return (code or "").replace("_", " ")
