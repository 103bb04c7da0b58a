"""What is behind `wiredesk sources …`: list, add, test, discover, import, export.

Each function returns plain rows (dicts of strings, numbers and lists) for printing or for JSON.
Those that fetch take the web as an argument; only `add` and `import` write, to the sources file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Protocol
from urllib.parse import urljoin

from wiredesk import discover, stages
from wiredesk.batch import Batch, Reject
from wiredesk.errors import FetchError, Rejected, UserError
from wiredesk.fetch import files
from wiredesk.formats import Part, guess, parse
from wiredesk.formats.feed import hints
from wiredesk.formats.opml import Outline, read_opml, write_opml
from wiredesk.formats.sitemap import Sitemap, read_sitemap
from wiredesk.formats.whole import whole
from wiredesk.model import Capture, Item, Json, Source, Unchanged
from wiredesk.places import Gazetteer
from wiredesk.settings import SourcesFile
from wiredesk.source_table import LOCAL
from wiredesk.sources_file import append

FEW = 1000  # files of a folder that a test looks at
PROBES = 12  # requests that one discovery makes at most, beside the page and robots.txt
READ = 5  # stories of a source that are read to say whose they are
SHOWN = 3  # headlines


class Web(Protocol):
    """What fetches: fetch.http.Web, or anything that answers so."""

    async def get(self, source: Source, url: str) -> Capture | Unchanged: ...


def listed(declared: SourcesFile) -> list[Json]:
    """A row for each source that can run."""
    return [
        {
            "id": source.id,
            "kind": source.kind,
            "url": source.url,
            "every": source.every,
            "agency": source.agency,
            "language": source.language,
            "format": source.format,
            "follow": source.follow,
            "auth": source.auth,
        }
        for source in declared.sources
    ]


def added(path: Path, row: Json, title: str | None = None) -> Json:
    """Append a table for `row` (kind, url, and what else is known) and return it with its id.

    What the file holds stays as it is, byte for byte; a file that is not there is made.  Raises
    UserError for a wrong row and for an address that the file already has.
    """
    written, skipped = append(path, [(row, title)])
    if skipped:
        raise UserError(f"{path}: {skipped[0]['url']}: {skipped[0]['why']}")
    return written[0]


def imported(path: Path, opml: bytes) -> Json:
    """Append every feed of an OPML list: `added` rows, and `skipped` ones with the reason.

    Raises UserError where the list cannot be read.
    """
    try:
        outlines = read_opml(opml)
    except Rejected as no:
        raise UserError(f"the list cannot be read: {no.detail}") from no
    wanted: list[tuple[Json, str | None]] = []
    for outline in outlines:
        row: Json = {"kind": "feed", "url": outline.url}
        code = re.fullmatch(r"([A-Za-z]{2,3})(?:[-_].*)?", outline.language or "")
        if code:
            row["language"] = code[1].lower()
        wanted.append((row, outline.title))
    written, skipped = append(path, wanted)
    return {"added": written, "skipped": skipped}


def exported(declared: SourcesFile, title: str = "wiredesk sources") -> bytes:
    """The feeds of a sources file as OPML, in folders by agency."""
    return write_opml(
        (
            Outline(
                url=source.url,
                title=source.id,
                language=source.language,
                categories=(source.agency,) if source.agency else (),
            )
            for source in declared.sources
            if source.kind == "feed"
        ),
        title,
    )


async def discovered(web: Web, asking: Source, gazetteer: Gazetteer) -> list[Json]:
    """The feeds and sitemaps of a site, each asked for and read; `asking.url` is a page of it, or
    may be one of them itself.

    Asks one address at a time, as politely as `asking` says, and PROBES at most.  Raises
    FetchError where the page cannot be had.
    """
    page = await _fetched(web, asking, asking.url)
    if discover.kind_of(page.body):
        itself = discover.Candidate(asking.url, "feed", "given")
        return [row for row in [_verified(itself, page, gazetteer)] if row]
    candidates = discover.on_page(page)
    try:
        robots = await _fetched(web, asking, urljoin(page_address(page), "/robots.txt"))
        candidates += discover.in_robots(robots.body, robots.locator)
    except FetchError:
        pass  # most sites have none; what there is to say of the site, its page has said
    named = {candidate.kind for candidate in candidates}
    candidates += discover.well_known(
        page_address(page), feeds="feed" not in named, sitemaps="sitemap" not in named
    )
    rows: list[Json] = []
    seen: set[str] = set()
    for candidate in [*discover.once(candidates)][:PROBES]:
        try:
            capture = await _fetched(web, asking, candidate.url)
        except FetchError as no:
            if candidate.found == "declared":
                rows.append(_row(candidate) | {"error": no.reason, "status": no.status})
            continue
        row = _verified(candidate, capture, gazetteer)
        # /feed and /rss.xml often are one feed, by redirect or by its bytes
        if row and not {capture.sha256, page_address(capture)} & seen:
            rows.append(row)
        seen |= {capture.sha256, page_address(capture)}
    return rows


async def tested(web: Web, source: Source, gazetteer: Gazetteer, now: datetime) -> Json:
    """One poll of a source that loads nothing, told as one row; what went wrong is its `error`."""
    row: Json = {"id": source.id, "kind": source.kind, "url": source.url, "error": None}
    if source.kind in LOCAL:
        # a dump of a year need not be held to see what it is like
        arrived = list(islice(files.arrivals(source, now), FEW))
        found = [capture for capture in arrived if isinstance(capture, Capture)]
        row["rejects"] = [_reject(no) for no in arrived if isinstance(no, Reject)]
        row["files"] = len(found)
        return row | (_contents(source, found[0], gazetteer, row["rejects"]) if found else {})
    try:
        capture = await _fetched(web, source, source.url)
    except FetchError as no:
        return row | {"error": f"{type(no).__name__.lower()}: {no.reason}", "status": no.status}
    row |= {
        "status": capture.status,
        "media_type": capture.media_type,
        "bytes": len(capture.body),
        "redirects": [hop.target for hop in capture.redirects],
    }
    if source.kind == "sitemap":
        try:
            return row | {"format": "sitemap"} | _of_sitemap(_sitemap(capture, source.tz))
        except Rejected as no:
            return row | {"error": f"{no.code}: {no.detail}"}
    if source.kind == "pages":
        lines = capture.body.decode("utf-8", "replace").splitlines()
        pages = [line for line in lines if line.strip() and not line.startswith("#")]
        return row | {"format": "list", "entries": len(pages)}
    return row | _contents(source, capture, gazetteer, [])


def page_address(capture: Capture) -> str:
    """Where a capture was found in the end."""
    return capture.redirects[-1].target if capture.redirects else capture.locator


async def _fetched(web: Web, source: Source, url: str) -> Capture:
    answer = await web.get(source, url)
    if isinstance(answer, Unchanged):  # nothing was sent that it could be unchanged from
        raise FetchError(url, "304 to a request without validators", answer.status)
    return answer


def _verified(candidate: discover.Candidate, capture: Capture, gazetteer: Gazetteer) -> Json | None:
    """The row of a candidate that is what it should be, or None."""
    kind = discover.kind_of(capture.body)
    if kind is None and candidate.kind == "sitemap":
        kind = "sitemap"  # a plain list of addresses, perhaps
    row = _row(candidate) | {"kind": kind, "status": capture.status}
    if kind == "sitemap":
        try:
            return row | _of_sitemap(_sitemap(capture, "UTC"))
        except Rejected:
            return None
    if kind != "feed":
        return None
    source = Source("discover", "feed", candidate.url, format="feed")
    items = parse(Part(capture, "feed"), source)
    if items.rejects and not items.passed:
        return None
    title, language = discover.about(capture)
    return row | {
        "title": title or candidate.title,
        "items": len(items),
        "newest": _newest(items),
        "agency": _agency(items, capture.locator, gazetteer),
        "language": language,
    }


def _row(candidate: discover.Candidate) -> Json:
    return {"kind": candidate.kind, "url": candidate.url, "found": candidate.found,
            "title": candidate.title, "items": None, "newest": None, "agency": None,
            "language": None, "error": None}  # fmt: skip


def _contents(source: Source, capture: Capture, gazetteer: Gazetteer, rejects: list[Json]) -> Json:
    """What reading a capture gives: counts, the newest time, headlines and rejects."""
    part = Part(capture, source.format or guess(capture.body))
    items = parse(part, source)
    some = Batch(items.passed[:READ])
    stories = stages.read_items(some, capture.locator, gazetteer)
    complete = sum(map(whole, items)) if part.format == "feed" else len(items)
    hinted = hints(capture)
    return {
        "format": part.format,
        "entries": len(items),
        "whole": complete,
        "teasers": len(items) - complete,
        "newest": _newest(items),
        "ttl": hinted.ttl_seconds,
        "update_period": hinted.update_period_seconds,
        "headlines": [story.headline for story in stories][:SHOWN],
        "rejects": rejects + [_reject(no) for no in (*items.rejects, *stories.rejects)],
    }


def _sitemap(capture: Capture, tz: str) -> Sitemap:
    return read_sitemap(capture.body, capture.charset, base=capture.locator, tz=tz)


def _of_sitemap(found: Sitemap) -> Json:
    times = [entry.published or entry.lastmod for entry in found.entries]
    times += [lastmod for _, lastmod in found.children]
    names = Counter(entry.publication for entry in found.entries if entry.publication)
    tongues = Counter(entry.language for entry in found.entries if entry.language)
    return {
        "sitemap": found.kind,
        "items": len(found.entries) + len(found.children),
        "newest": _iso(max((at for at in times if at), default=None)),
        "title": names.most_common(1)[0][0] if names else None,
        "language": tongues.most_common(1)[0][0] if tongues else None,
        "headlines": [entry.title for entry in found.entries if entry.title][:SHOWN],
    }


def _newest(items: Iterable[Item]) -> str | None:
    return _iso(max((at for i in items if (at := i.published or i.updated)), default=None))


def _iso(at: datetime | None) -> str | None:
    return at.isoformat().replace("+00:00", "Z") if at else None


def _agency(items: Batch[Item], locator: str, gazetteer: Gazetteer) -> str | None:
    """Whose copy it is, if at least half of the stories read say one name; teasers say none."""
    stories = stages.read_items(Batch(items.passed[:READ]), locator, gazetteer)
    named = Counter(story.agency for story in stories if story.agency).most_common(1)
    return named[0][0] if named and named[0][1] * 2 >= len(stories) else None


def _reject(no: Reject) -> Json:
    return {"code": no.code, "detail": no.detail, "where": no.where}
