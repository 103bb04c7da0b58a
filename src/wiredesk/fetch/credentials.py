"""Credentials: put on requests to a source's own origin, and kept out of everything recorded."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import quote, quote_plus, unquote_plus

import httpx

from wiredesk.errors import Refused, Soft
from wiredesk.fetch.guard import Place, place
from wiredesk.model import Source

HIDDEN = "***"


@dataclass(frozen=True, slots=True)
class Credentials:
    """How one source proves who is asking; `secret` is "" for a source that need not."""

    origin: str  #: the only one that gets them
    auth: str  #: basic, bearer, header NAME, query NAME; "" for none
    secret: str = field(repr=False)

    def headers(self, to: Place) -> list[tuple[bytes, bytes]]:
        """What goes into the head of a request to a place."""
        kind, _, name = self.auth.partition(" ")
        if to.origin != self.origin:
            return []
        if kind == "basic":
            packed = base64.b64encode(self.secret.encode())
            return [(b"Authorization", b"Basic " + packed)]
        if kind == "bearer":
            return [(b"Authorization", b"Bearer " + self.secret.encode())]
        return [(name.strip().encode(), self.secret.encode())] if kind == "header" else []

    def address(self, to: Place) -> httpx.URL:
        """The address to ask, with the key in its query where the source wants it there."""
        kind, _, name = self.auth.partition(" ")
        if kind != "query" or to.origin != self.origin:
            return to.url
        pair = f"{quote(name.strip(), safe='')}={quote(self.secret, safe='')}"
        query = to.url.query.decode("ascii")
        return to.url.copy_with(query=f"{query}&{pair}".lstrip("&").encode("ascii"))

    def bare(self, to: Place) -> Place:
        """Where a redirect leads, without the key, which servers repeat in their Location.

        Raises Refused where it would carry the key off in another way: a login elsewhere is
        told to come back to `next=https%3A%2F%2F…%3Fkey%3D…`.
        """
        if self.auth.startswith("query"):
            pairs = to.url.query.decode("ascii").split("&")
            kept = [pair for pair in pairs if unquote_plus(pair.partition("=")[2]) != self.secret]
            if len(kept) < len(pairs):
                query = "&".join(kept).encode("ascii")
                to = replace(to, url=to.url.copy_with(query=query or None))
        address = str(to.url)
        if to.origin != self.origin and self.hide(address) != address:
            raise Refused(self.hide(address), "a redirect that carries the credentials off")
        return to

    def hide(self, text: str) -> str:
        """A text that may be kept or shown: the secret replaced in every spelling."""
        for spelling in self._spellings():
            text = text.replace(spelling, HIDDEN)
        return text

    def _spellings(self) -> list[str]:
        """As it stands, as an address has it, and as an address within an address has it."""
        if not self.secret:
            return []
        password = self.secret.partition(":")[2] if self.auth == "basic" else ""
        plain = [word for word in (self.secret, password) if word]
        once = [spell(word, "") for word in plain for spell in (quote, quote_plus)]
        once += [quote(word) for word in plain]
        packed = base64.b64encode(self.secret.encode()).decode("ascii")
        return [*plain, packed, *once, *(quote(word, safe="") for word in once)]


NONE = Credentials("", "", "")


def credentials(source: Source, secrets: Mapping[str, str]) -> Credentials:
    """The credentials of a source.  Raises Soft where its environment variable is not set."""
    if not source.auth:
        return NONE
    secret = secrets.get(source.id, "").strip()  # variables set from files end in a newline
    if not secret:
        raise Soft(source.url, f"credentials are asked for, and {source.credentials} is not set")
    if not (secret.isascii() and secret.isprintable()):
        raise Soft(source.url, f"{source.credentials} has characters that a header cannot carry")
    return Credentials(place(source.url).origin, source.auth, secret)
