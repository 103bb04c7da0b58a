"""An answer as it came at the end of all redirects, and what its status means to us."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

import httpx

from wiredesk.errors import FetchError, Gone, Permanent, Soft, Temporary
from wiredesk.fetch.retry_after import retry_after
from wiredesk.model import Redirect

WITH_BODY = frozenset((200, 203))
REDIRECTS = frozenset((301, 302, 303, 307, 308))
FOR_EVER = frozenset((301, 308))
# Timeout, conflict, wrong connection, too early, too many; and all of 5xx, for the numbers above
# 511 are those of proxies whose origin is down (520 to 530).
TRY_LATER = frozenset((408, 409, 421, 425, 429))
# Someone may mend these: access, payment, negotiation, a proxy's login, the law of a country.
MENDABLE = frozenset((401, 402, 403, 406, 407, 451))
CHARSET = re.compile(r"""charset\s*=\s*["']?([^\s;"',]+)""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """`body` is unpacked, and empty but for the statuses that bring one (200, 203)."""

    url: str  #: the last address asked, without credentials
    status: int
    headers: httpx.Headers
    body: bytes
    at: datetime  #: when its head arrived
    redirects: tuple[Redirect, ...] = ()

    @property
    def media_type(self) -> str | None:
        """`text/html` of `text/html; charset=utf-8`, in lower case."""
        return self.headers.get("content-type", "").split(";")[0].strip().lower() or None

    @property
    def charset(self) -> str | None:
        """As the head declares it; the format layer weighs it against the bytes."""
        found = CHARSET.search(self.headers.get("content-type", ""))
        return found[1] if found else None

    def validator(self, name: str) -> str | None:
        """An ETag or Last-Modified that can be sent back as it is, else None."""
        value = self.headers.get(name, "").strip()
        # A header of ours must be ASCII; the longest honest ETags are 130 characters.
        return value if value.isascii() and value.isprintable() and 0 < len(value) <= 512 else None

    def wait(self) -> float | None:
        """Seconds of its Retry-After."""
        return retry_after(
            self.headers.get("retry-after"), self.at, server=self.headers.get("date")
        )


def failure(answer: Answer, *, conditional: bool) -> FetchError | None:
    """The error that a status stands for; None for a body (200, 203) and an awaited 304.

    `conditional` says whether validators were sent: a 304 to a plain question is a broken cache.
    """
    url, status = answer.url, answer.status
    if status in WITH_BODY:
        return None if answer.body.strip() else Soft(url, "an empty answer", status)
    if status == 304:
        return None if conditional else Temporary(url, "HTTP 304 without having asked", 304)
    if status == 410:
        return Gone(url, "HTTP 410", status)
    if status in TRY_LATER or status >= 500:
        return Temporary(url, f"HTTP {status}", status, answer.wait())
    if status in MENDABLE:
        return Soft(url, f"HTTP {status}", status)
    if status < 400:  # 201 to 206, 300, 305, and redirects that name no target
        return Soft(url, f"HTTP {status}, which brings nothing", status)
    return Permanent(url, f"HTTP {status}", status)
