"""Every error wiredesk raises on purpose, in one tree.

    WiredeskError
    ├── UserError            the person asked for something that cannot be done: exit 2, one line
    │   ├── SettingsError    a wrong line in sources.toml
    │   └── WarehouseBusy    another process is writing this warehouse
    ├── Rejected             one item cannot be used: a row in ops.rejects, the batch goes on
    │   └── NotAStory        it reads well and is no story: a package, an event, a schema
    ├── Elsewhere            a machine of a cluster does not see a file (afar/cluster.py)
    └── FetchError           bytes did not come
        ├── Temporary        may pass by itself: timeouts, DNS, 429, 5xx
        ├── Soft             someone may mend it: 401, 403, too large, HTML where a feed should be
        └── Permanent        will not pass: 404, a wrong certificate, a redirect loop
            ├── Refused      ours to refuse: a private address, robots.txt, not http
            └── Gone         410: the source is retired

Retries are decided by type (`Temporary`), never by what a message says.  Anything outside this
tree is a bug and is left to stop the run.
"""

from __future__ import annotations


class WiredeskError(Exception):
    """Root of the tree; catch this to catch all that wiredesk raises on purpose."""


class UserError(WiredeskError):
    """The command cannot run as asked.  Its text is one line that says what to do."""


class SettingsError(UserError):
    """A setting is unknown or has a wrong value; the text names the file and the key."""


class WarehouseBusy(UserError):
    """The warehouse file is held by another writer."""


class Rejected(WiredeskError):
    """One capture or item that cannot be used.

    `code` is a word from a closed list (the table of rejects in CONTRIBUTING.md), `detail` a
    sentence for people, `where` the place in the input (`line 7`, `item 3`) when there is one.
    """

    def __init__(self, code: str, detail: str, where: str | None = None) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail
        self.where = where

    def at(self, where: str | None) -> Rejected:
        """The same, with its place in the input."""
        return type(self)(self.code, self.detail, where)

    def __reduce__(self) -> tuple[type[Rejected], tuple[str, str, str | None]]:
        # Rejections cross process borders; Exception's own pickling forgets keyword state.
        return (type(self), (self.code, self.detail, self.where))


class NotAStory(Rejected):
    """What a wire carries beside its stories; it is dropped, and nothing is wrong with it.

    `code` says what it is: package, picture, video, audio, graphic, event, planning, concept,
    catalog, schema, settings, listing, notice, source_code, binary, font.
    """


class FetchError(WiredeskError):
    """Bytes did not come from `url`."""

    def __init__(self, url: str, reason: str, status: int | None = None) -> None:
        super().__init__(f"{url}: {reason}")
        self.url = url
        self.reason = reason
        self.status = status


class Temporary(FetchError):
    """May pass by itself; the next poll tries again.  `wait` is seconds the server asked for."""

    def __init__(
        self, url: str, reason: str, status: int | None = None, wait: float | None = None
    ) -> None:
        super().__init__(url, reason, status)
        self.wait = wait


class Soft(FetchError):
    """The server answers, but not with what the source is for; someone may mend it."""


class Permanent(FetchError):
    """Will not pass by itself."""


class Refused(Permanent):
    """We do not ask: the address is not allowed, or robots.txt says no."""


class Gone(Permanent):
    """410: the server says that this will never come back."""
