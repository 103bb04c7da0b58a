"""The pages of the desk: each a module with a title, `controls` to choose by, and a `body`.

`controls(found, asked)` gives the inputs, filled with what the address says; `body(found, chosen)`
gives what stands below them, HTML and charts in their order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from wiredesk.desk.pages import bylines, datelines, diff, reprints, sources, sql, story, wire

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wiredesk.database import Database
    from wiredesk.desk.controls import Asked, Control


class Page(Protocol):
    """What a module of this package has."""

    TITLE: str

    def controls(self, found: Database, asked: Asked, /) -> Sequence[Control]:
        """What can be chosen."""

    def body(self, found: Database, chosen: Asked, /) -> Sequence[object]:
        """What there is to see: markup, charts, the result of a statement."""


#: The pages of the menu, in its order, by the name that stands in the address.
MENU: dict[str, Page] = {
    "wire": wire,
    "datelines": datelines,
    "bylines": bylines,
    "sources": sources,
    "reprints": reprints,
    "sql": sql,
}
#: Further pages, which others lead to.
PAGES: dict[str, Page] = {**MENU, "story": story, "diff": diff}
