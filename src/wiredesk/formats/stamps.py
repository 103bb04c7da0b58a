"""The times that one message of an agency gives: each kept as printed, read in the sender's zone.

    stamp = iso | "20260504T121500" , [ "+0200" | "Z" ] | day , "." , month , "." , year , [ clock ]
          | day , "/" , month , "/" , year , [ clock ] ;    (* where a dialect puts the day first *)

A time that cannot be read is kept as a row without an instant, and an issue; never "now".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

from wiredesk.formats.times import instant
from wiredesk.model import DateFound, Issue

ZONE = re.compile(r"(?:Z|[+-]\d\d:?\d\d|\b(?!AM\b|PM\b)[A-Z]{2,5})$")
# `28.09.2018 11:15`: with points the day comes first everywhere
DAY_FIRST = re.compile(r"(\d{1,2})([./])(\d{1,2})\2(\d{4})(?=\D|$)")
# `2020.09.07 14:45:26`, as NTB's meta elements print
YEAR_FIRST = re.compile(r"(\d{4})\.(\d\d)\.(\d\d)(?=\D|$)")


@dataclass(slots=True)
class Stamps:
    """Collects the times of a message, the most trusted first."""

    tz: str
    day_first: bool = False
    found: list[DateFound] = field(default_factory=list)

    def add(self, name: str, origin: str, raw: str | None) -> datetime | None:
        """Read `raw` for the field `name`; nothing is kept of an empty element."""
        printed = " ".join((raw or "").split())
        if not printed:
            return None
        at = instant(self._ordered(printed), self.tz)
        zoneless = at is not None and not ZONE.search(printed)
        self.found.append(DateFound(name, origin, printed, at, zoneless))
        return at

    def first(self, name: str) -> DateFound | None:
        """The most trusted time of a field that could be read."""
        return next((date for date in self.found if date.field == name and date.at), None)

    def issues(self) -> tuple[Issue, ...]:
        return tuple(
            Issue("bad_date", f"{date.origin}: {date.raw[:60]}")
            for date in self.found
            if date.at is None
        )

    def _ordered(self, printed: str) -> str:
        """`printed` with its day in ISO order where it would be mistaken for the month."""
        days = DAY_FIRST.match(printed)
        if days and (days[2] == "." or self.day_first):
            return f"{days[4]}-{days[3]:0>2}-{days[1]:0>2}{printed[days.end() :]}"
        years = YEAR_FIRST.match(printed)
        return "-".join(years.groups()) + printed[years.end() :] if years else printed
