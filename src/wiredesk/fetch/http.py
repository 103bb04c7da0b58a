"""HTTP: conditional GET with our own validators, and failures told apart by type."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime
from urllib.parse import urljoin

import httpx

from wiredesk import __version__
from wiredesk.errors import FetchError, Permanent, Temporary
from wiredesk.model import Capture, Source, Unchanged

AGENT = f"wiredesk/{__version__} (+https://wiredesk.example/bot)"
TIMEOUT = httpx.Timeout(30.0, connect=10.0)
LARGEST = 64 << 20  # bytes of one response, unpacked; the largest news sitemaps are 50 MB
TRY_LATER = frozenset((408, 425, 429, 500, 502, 503, 504))

Cursors = dict[str, tuple[str | None, str | None]]
Fetched = Capture | Unchanged | FetchError
Clock = Callable[[], datetime]


def client() -> httpx.Client:
    """One client for a run: it keeps connections open between requests."""
    return httpx.Client(timeout=TIMEOUT, follow_redirects=True, headers={"User-Agent": AGENT})


def poll(http: httpx.Client, source: Source, cursors: Cursors, now: Clock) -> Iterator[Fetched]:
    """What a source has now: its payloads, or that they have not changed, or what went wrong.

    A source of kind `pages` is a list of addresses, one a line; each page is fetched.
    """
    first = _try(http, source, source.url, cursors, now)
    if source.kind != "pages":
        yield first
        return
    if isinstance(first, FetchError):
        yield first
        return
    # the list itself is no story; its pages are polled even where the list is unchanged
    listing = first if isinstance(first, Capture) else _try(http, source, source.url, {}, now)
    if isinstance(listing, FetchError):
        yield listing
    elif isinstance(listing, Capture):
        for line in listing.body.decode("utf-8", "replace").splitlines():
            if line.strip() and not line.startswith("#"):
                yield _try(http, source, urljoin(source.url, line.strip()), cursors, now)


def _try(http: httpx.Client, source: Source, url: str, cursors: Cursors, now: Clock) -> Fetched:
    try:
        return fetch(http, source, url, cursors.get(url, (None, None)), now)
    except FetchError as no:
        return no


def fetch(
    http: httpx.Client, source: Source, url: str, cursor: tuple[str | None, str | None], now: Clock
) -> Capture | Unchanged:
    """One conditional GET.  Raises Temporary or Permanent."""
    etag, modified = cursor
    headers = {"If-None-Match": etag, "If-Modified-Since": modified}
    at = now()
    try:
        with http.stream("GET", url, headers={k: v for k, v in headers.items() if v}) as response:
            if response.status_code == 304:
                return Unchanged(source.id, url, at)
            _raise_for(response, url)
            body = _body(response, url)
    except (httpx.InvalidURL, httpx.UnsupportedProtocol) as no:
        raise Permanent(url, str(no)) from no
    except (httpx.TransportError, httpx.TooManyRedirects) as no:
        raise Temporary(url, f"{type(no).__name__}: {no}") from no
    media = response.headers.get("content-type", "").split(";")[0].strip() or None
    return Capture(
        source=source.id,
        locator=url,
        body=body,
        fetched_at=at,
        sha256=hashlib.sha256(body).hexdigest(),
        media_type=media,
        charset=response.charset_encoding,
        status=response.status_code,
        etag=response.headers.get("etag"),
        last_modified=response.headers.get("last-modified"),
    )


def _raise_for(response: httpx.Response, url: str) -> None:
    code = response.status_code
    if code in TRY_LATER:
        wait = response.headers.get("retry-after", "")
        raise Temporary(url, f"HTTP {code}", code, float(wait) if wait.isdigit() else None)
    if code >= 400 or code < 200:
        raise Permanent(url, f"HTTP {code}")


def _body(response: httpx.Response, url: str) -> bytes:
    body = bytearray()
    for chunk in response.iter_bytes():
        body += chunk
        if len(body) > LARGEST:
            raise Permanent(url, f"more than {LARGEST >> 20} MB")
    return bytes(body)
