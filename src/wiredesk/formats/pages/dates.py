"""When a page says that its story appeared and changed: every time found, in order of trust."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from wiredesk.formats.pages.metadata import Metadata
from wiredesk.formats.times import instant
from wiredesk.model import DateFound

PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time",
    "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime",
    "article.published", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created",
    "dcterms.date", "dc.date", "publish-date", "publishdate", "publish_date", "publication_date",
    "published_at", "pubdate", "article_date_original", "originalpublicationdate", "dable:date",
    "article:published", "citation_publication_date", "citation_online_date", "date.created",
    "date", "last_updated_date",
)  # fmt: skip
UPDATED = (
    "article:modified_time", "og:article:modified_time", "og:updated_time", "dcterms.modified",
    "dc.date.modified", "last-modified", "lastmod", "revised", "article:modified",
)  # fmt: skip
LONGEST = 80  #: characters of a printed time
ZONE = re.compile(r"(?:Z|UTC|GMT|[+-]\d\d:?\d\d|(?<=\d)\s?[A-Z]{3,4}|\))\s*$|^\d{9,}$")
MONTHS = {
    name: n
    for n, names in enumerate(
        (
            "jan january januar jänner janvier enero gennaio janeiro januari ocak stycznia ene",
            "feb february februar feber février fevrier febrero febbraio fevereiro februari şubat "
            "lutego",
            "mar march märz marz mars marzo março maart mart marca maret mrt",
            "apr april avril abril aprile nisan kwietnia avr abr",
            "may mai maj mayo maggio maio mei mayıs maja",
            "jun june juni juin junio giugno junho haziran czerwca",
            "jul july juli juillet julio luglio julho temmuz lipca juil",
            "aug august août aout agosto augustus ağustos sierpnia agustus augusti ago",
            "sep sept september septembre septiembre settembre setembro eylül września",
            "oct okt october oktober octobre octubre ottobre outubro ekim października",
            "nov november novembre noviembre novembro kasım listopada",
            "dec dez des december dezember décembre decembre diciembre dicembre dezembro aralık "
            "grudnia desember dic",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
#: 13 de enero de 2025 10:22 · 3. Mai 2024, 14.05 Uhr · 16 mai 2024 à 10h30
DAY_FIRST = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})(?:\.|er|º|st|nd|rd|th)?\s+(?:de\s+)?(?P<month>[^\W\d_]{3,12})\.?,?\s+"
    r"(?:de\s+|del\s+)?(?P<year>(?:19|20)\d\d)(?!\d)"
)
#: May 16, 2024
MONTH_FIRST = re.compile(
    r"(?P<month>[^\W\d_]{3,12})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|"
    r"20)\d\d)(?!\d)"
)
#: 2025年1月14日 · 2025. 5. 15. · 2025/01/14 · 2025-01-14
YEAR_FIRST = re.compile(
    r"(?<!\d)(?P<year>(?:19|"
    r"20)\d\d)\s?[年.년/-]\s?(?P<month>\d{1,2})\s?[月.월/-]\s?(?P<day>\d{1,2})(?!\d)"
)
#: 13/01/2025 · 29.04.2024
NUMBERS = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})[./-](?P<month>\d{1,2})[./-](?P<year>(?:19|20)\d\d)(?!\d)"
)
CLOCK = re.compile(
    r"(?P<hour>\d{1,2})\s?[:.h時시]\s?(?P<minute>\d\d)(?!\d)(?:\s?(?P<half>[ap])\.?m\b)?",
    re.IGNORECASE,
)
#: /2025/01/13/ · /20250113/ · -2025-01-13-
IN_ADDRESS = re.compile(
    r"[/_-]((?:19|20)\d\d)[/_-]?(0[1-9]|1[0-2])[/_-]?([0-2]\d|3[01])(?=[/_.-]|$)"
)


def read_dates(
    data: Metadata, printed: Sequence[tuple[str, str]], address: str, tz: str
) -> tuple[DateFound, ...]:
    """Every time, the most trusted first; `printed` are (where, text) around the headline."""
    return tuple(
        DateFound(field, origin, raw, at, at is not None and not ZONE.search(raw))
        for field, origin, raw in _raw(data, printed, address)
        for at in (_read(raw, tz),)
    )


def chosen(dates: Sequence[DateFound], field: str) -> DateFound | None:
    """The first time of that field that could be read."""
    return next((date for date in dates if date.field == field and date.at), None)


def _raw(
    data: Metadata, printed: Sequence[tuple[str, str]], address: str
) -> Iterator[tuple[str, str, str]]:
    for key, raw in data.linked.published:
        yield "published", f"json-ld {key}", raw[:LONGEST]
    for name in PUBLISHED:
        for raw in data.meta.get(name, ())[:1]:
            yield "published", name, raw[:LONGEST]
    for name in ("datepublished", "datecreated"):
        for raw in data.micro.get(name, ())[:1]:
            yield "published", f"microdata {name}", raw[:LONGEST]
    for origin, raw in printed:
        yield "published", origin, raw[:LONGEST]
    if found := IN_ADDRESS.search(address):
        yield "published", "address", "-".join(found.groups())
    for key, raw in data.linked.updated:
        yield "updated", f"json-ld {key}", raw[:LONGEST]
    for name in UPDATED:
        for raw in data.meta.get(name, ())[:1]:
            yield "updated", name, raw[:LONGEST]
    for raw in data.micro.get("datemodified", ())[:1]:
        yield "updated", "microdata datemodified", raw[:LONGEST]


def _read(raw: str, tz: str) -> datetime | None:
    if not re.match(r"\d{4}-\d\d-\d\d", raw) and (found := _printed(raw)):
        return instant(found, tz)
    return instant(raw.strip(), tz)


def _printed(raw: str) -> str | None:
    """A day in words or figures of any of the languages, and its clock, as ISO; zoneless."""
    for form in (DAY_FIRST, MONTH_FIRST, YEAR_FIRST, NUMBERS):
        found = form.search(raw)
        if not found:
            continue
        month = MONTHS.get(found["month"].lower()) or (
            int(found["month"]) if found["month"].isdigit() else 0
        )
        if not 1 <= month <= 12:
            continue
        rest = raw[found.end() :]
        if ZONE.search(rest) and form is not NUMBERS:
            return None  # dateutil reads it with its zone
        clock = CLOCK.search(rest) or CLOCK.search(raw[: found.start()])
        hour, minute = (int(clock["hour"]), int(clock["minute"])) if clock else (0, 0)
        if clock and clock["half"]:
            hour = hour % 12 + (12 if clock["half"].lower() == "p" else 0)
        if hour > 23 or minute > 59:
            hour = minute = 0
        return f"{found['year']}-{month:02}-{int(found['day']):02}T{hour:02}:{minute:02}"
    return None
