"""A warehouse as publishing and upkeep read it: there, and of this program's form, into which it is
brought as any load would do.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from wiredesk import settings
from wiredesk.status import there
from wiredesk.warehouse import Warehouse


@contextmanager
def reading(warehouse: str | None) -> Iterator[Warehouse]:
    """A warehouse open for reading.  Raises UserError where there is none."""
    path = settings.warehouse_path(warehouse)
    there(path)
    with Warehouse(path, read_only=True) as found:
        wanting = found.wanting()
    if wanting:
        with Warehouse(path):  # opening it to write is what does it
            pass
    with Warehouse(path, read_only=True) as found:
        yield found
