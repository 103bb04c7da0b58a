"""After a load: which stories its notices take, and which older notices take its stories.

A notice and the story that it means may come in either order, so all notices whose reach holds a
story of the load are ruled anew from all that the warehouse has.  Without a target a notice stays
as a tombstone; one that would take too many stories is held, and wiredesk check reports it.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from wiredesk.extract.headline import read_headline
from wiredesk.incoming import NOTICES, VERSIONS_ASKED
from wiredesk.match.rulings import Target, rule

if TYPE_CHECKING:
    from wiredesk.warehouse import Warehouse


@dataclass(frozen=True, slots=True)
class _Order:
    """A row of notices_to_rule.sql."""

    story: int
    version: int
    action: str
    at: datetime
    agency: str | None
    quoted: str | None
    reference: str | None
    slug: str | None
    day: date | None


def heed(warehouse: Warehouse) -> None:
    """Rule on notices; the load's incoming tables are still registered."""
    orders = [_Order(*row) for row in warehouse.rows("notices_to_rule")]
    rows = [
        (*astuple(order), ruling.target, ruling.held, ruling.evidence, ruling.score)
        for order in orders
        for ruling in rule(order, order.agency, order.at, _targets(warehouse, order))
    ]
    if rows:
        with warehouse.incoming("asked", VERSIONS_ASKED, [(order.version,) for order in orders]):
            warehouse.rows("drop_notices")
        warehouse.append("rulings", NOTICES, rows)


def _targets(warehouse: Warehouse, order: _Order) -> list[Target]:
    return [
        Target(*row)
        for row in warehouse.rows(
            "notice_targets",
            **{name: getattr(order, name) for name in ("agency", "at", "day", "reference", "slug")},
            quoted=read_headline(
                order.quoted
            ).headline,  # stories stand under theirs without labels
        )
    ]
