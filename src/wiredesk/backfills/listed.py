"""The pages that sitemaps and lists name, for a window: a plan of addresses.

sitemap   pages whose date lies in the window, where they never came or have changed since
pages     the addresses that no version has; each page's own time decides
feed      its archive, and what the source's sitemap has besides
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from wiredesk.backfills.asking import Asker
from wiredesk.backfills.door import Door
from wiredesk.backfills.manifest import Kind, Partition, Plan, Window
from wiredesk.errors import FetchError, Rejected, Temporary, UserError
from wiredesk.formats.sitemap import read_sitemap
from wiredesk.model import Capture, Source
from wiredesk.polling import addresses

PAGES = 50  #: addresses of a partition: at a request a second a kill loses a minute
DEEP = 2  #: an index of indexes is as deep as the web goes
Keep = Callable[[Capture], None]


def plan(door: Door, asker: Asker, source: Source, window: Window, keep: Keep) -> Plan:
    """The partitions of a source on the web.  `keep` is given every list that is read.

    Raises UserError where the source's list cannot be had or read; Temporary where one may be had
    later.
    """
    if source.kind == "pages":
        return _of_list(door, asker, source, keep)
    archive = (Partition("feed", (source.url,)),) if source.kind == "feed" else ()
    root = source.sitemap if source.kind == "feed" else source.url
    if root is None:
        return Plan(archive)
    found = _Sitemaps(door, asker, source, keep)
    found.read(root, window)
    undated = [url for url in found.undated if url not in found.dated]
    if archive:  # what its pages bring is known when they have been loaded
        changed, fresh = list(found.dated), undated
    else:
        changed, fresh = _changed(door, source, found.dated), _unheld(door, source, undated)
    return Plan(
        (*archive, *_partitions("pages", changed), *_partitions("undated", fresh)),
        known=len(found.dated) + len(undated) - len(changed) - len(fresh),
        unread=tuple(found.unread),
    )


def _of_list(door: Door, asker: Asker, source: Source, keep: Keep) -> Plan:
    answer = _had(asker.one(door, source, source.url))
    keep(answer)
    try:
        urls = addresses(source.url, answer)
    except Rejected as no:
        raise UserError(f"{source.url}: {no.code}: {no.detail}") from no
    fresh = _unheld(door, source, urls)
    return Plan(tuple(_partitions("undated", fresh)), known=len(urls) - len(fresh))


class _Sitemaps:
    """The pages of a sitemap and of those under it: dated ones of a window, and undated ones."""

    def __init__(self, door: Door, asker: Asker, source: Source, keep: Keep) -> None:
        self._door, self._asker, self._source, self._keep = door, asker, source, keep
        self.dated: dict[str, datetime] = {}  #: when each was last changed
        self.undated: dict[str, None] = {}
        self.unread: list[str] = []

    def read(self, root: str, window: Window) -> None:
        """Read a sitemap, and those that an index names."""
        been, level = {root}, [root]
        for depth in range(DEEP + 1):
            below: dict[str, None] = {}
            for url, answer in self._asker.all(self._door, self._source, level):
                try:
                    below |= dict.fromkeys(self._one(url, _had(answer), window))
                except UserError as no:
                    if not depth:
                        raise
                    self.unread.append(str(no))  # an index may name what is no more
            level = [url for url in below if url not in been]
            been |= set(level)
            if not level:
                return

    def _one(self, url: str, answer: Capture, window: Window) -> list[str]:
        """Take the pages of a sitemap; the sitemaps that it names."""
        self._keep(answer)
        try:
            tz = self._source.tz
            sitemap = read_sitemap(answer.body, answer.charset, base=url, tz=tz)
        except Rejected as no:
            raise UserError(f"{url}: {no.code}: {no.detail}") from no
        for entry in sitemap.entries:
            at = entry.published or entry.lastmod
            if at is None:
                self.undated[entry.loc] = None
            elif window.has(at):
                self.dated[entry.loc] = max(entry.lastmod or at, at)
        # what was last changed before the window began has nothing of it
        return [u for u, at in sitemap.children if at is None or at >= window.start]


def _had(answer: Capture | FetchError) -> Capture:
    if isinstance(answer, Temporary):
        raise answer
    if isinstance(answer, FetchError):
        raise UserError(str(answer)) from answer
    return answer


def _changed(door: Door, source: Source, dated: Mapping[str, datetime]) -> list[str]:
    """The pages that never came, or were changed since they did."""
    asked = [(source.id, url) for url in dated]
    known = door.look(lambda warehouse: warehouse.known_locators(asked)) or {}
    came = {url: at for (_, url), (at, _) in known.items() if at}
    return [url for url, at in dated.items() if url not in came or at > came[url]]


def _unheld(door: Door, source: Source, urls: Sequence[str]) -> list[str]:
    """The addresses that no version has."""
    asked = [(source.id, url) for url in urls]
    held = door.look(lambda warehouse: warehouse.known_links(asked)) or set()
    return [url for url in urls if url not in held]


def _partitions(kind: Kind, urls: Sequence[str]) -> Iterator[Partition]:
    for first in range(0, len(urls), PAGES):
        some = tuple(urls[first : first + PAGES])
        yield Partition(kind, some, stories=len(some))
