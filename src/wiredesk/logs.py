"""What a program says of itself while it works: a line a record, as JSON where nobody is looking.

    log = logging.getLogger(__name__)
    with about(run=run.id, source="world"):
        log.info("polled", extra=facts(outcome="new", listed=20))

    14:03:22 info    20261123T140301-ab12cd world: polled outcome=new listed=20
    {"at":"2026-11-23T14:03:22.120Z","level":"info","event":"polled","run":"20261123T14…", …}

An event is a word or two that never change, and all else is a fact, whose name is of the closed
list below: so programs can count events, and no copy and no secret can be among them.  What an
error says may hold either, so of errors there is the type, and the places in the program.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from traceback import extract_tb
from types import MappingProxyType
from typing import Any, TypedDict, Unpack
from urllib.parse import urlsplit

from wiredesk.errors import FetchError, SettingsError, UserError
from wiredesk.lake import masked
from wiredesk.terminal import safe

LEVELS = {
    "debug": logging.DEBUG,
    "info": logging.INFO,
    "warning": logging.WARNING,
    "error": logging.ERROR,
    "off": logging.CRITICAL + 1,
}
OURS = ("wiredesk", "flows")  #: the loggers that speak; libraries name addresses with their keys
LONGEST = 200  #: characters of a fact


class Facts(TypedDict, total=False):
    """All that a record may say."""

    # about what
    run: str
    source: str
    item: str | int | None  #: id of a story, version or entry
    command: str
    warehouse: str
    migration: str
    partition: str
    url: str  #: shown without its query, where keys stand
    sha256: str | None
    where: str | None  #: in a payload: line 7
    # what came of it
    outcome: str
    state: str
    stage: str
    code: str
    status: int | None
    reason: str  #: in words of ours, never of a payload
    failures: int
    attempt: int
    wait: float  #: seconds
    seconds: float
    since: datetime
    until: datetime
    next_at: datetime | None
    # how much
    sources: int
    payloads: int
    stories: int
    bytes: int
    listed: int
    new: int
    new_stories: int
    new_versions: int
    duplicates: int
    rejected: int
    dropped: int
    filled: int


_about: ContextVar[Mapping[str, Any]] = ContextVar("about", default=MappingProxyType({}))


@contextmanager
def about(**known: Unpack[Facts]) -> Iterator[None]:
    """Every record that is made inside says these facts too."""
    token = _about.set({**_about.get(), **known})
    try:
        yield
    finally:
        _about.reset(token)


def facts(**said: Unpack[Facts]) -> dict[str, Facts]:
    """The facts of one record, as `extra` of its call."""
    return {"facts": said}


def begin(level: str | None, otherwise: str = "warning") -> None:
    """Speak on standard error from `level` on; may be called again.  Raises SettingsError."""
    named = (level or otherwise).strip().lower()
    if named not in LEVELS:
        raise SettingsError(f"WIREDESK_LOG={level!r} is none of: {', '.join(LEVELS)}")
    handler = _Stderr()
    handler.setFormatter(_ForPeople() if sys.stderr.isatty() else _ForPrograms())
    for name in OURS:
        logger = logging.getLogger(name)
        for old in [h for h in logger.handlers if isinstance(h, _Stderr)]:
            logger.removeHandler(old)
        logger.addHandler(handler)
        logger.setLevel(LEVELS[named])
        logger.propagate = False  # Prefect's own console would say it all again


class _Stderr(logging.Handler):
    """Standard error as it is at the moment: a progress display puts its own in that place."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            sys.stderr.write(self.format(record) + "\n")
            sys.stderr.flush()
        except (OSError, ValueError):  # nobody reads it any more; the work goes on
            logging.getLogger(record.name).setLevel(LEVELS["off"])


class _ForPrograms(logging.Formatter):
    """One JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        row: dict[str, Any] = {
            "at": _at(record).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "event": _event(record),
            **{name: _plain(name, value) for name, value in _facts(record).items()},
        }
        if record.exc_info and (error := record.exc_info[1]):
            row |= {"error": _error(error), "trace": _places(error)}
        return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


class _ForPeople(logging.Formatter):
    """A time, a level, what it is about, what happened."""

    def format(self, record: logging.LogRecord) -> str:
        found = {name: _plain(name, value) for name, value in _facts(record).items()}
        subject = " ".join(str(found.pop(name)) for name in ("run", "source") if name in found)
        told = [_event(record), *(f"{name}={_bare(value)}" for name, value in found.items())]
        if record.exc_info and (error := record.exc_info[1]):
            told += [_error(error), "at", " < ".join(reversed(_places(error)))]
        said = f"{subject}: " * bool(subject) + " ".join(told)
        return f"{_at(record):%H:%M:%S} {record.levelname.lower():<7} {said}"


def _facts(record: logging.LogRecord) -> Mapping[str, Any]:
    said: Facts = getattr(record, "facts", Facts())
    return {name: value for name, value in {**_about.get(), **said}.items() if value is not None}


def _event(record: logging.LogRecord) -> str:
    return safe(masked(record.getMessage()))[:LONGEST]


def _plain(name: str, value: Any) -> str | int | float:
    """A fact as JSON has it, on one line, without a key."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    if isinstance(value, float):
        return round(value, 3)
    if isinstance(value, int):
        # programs that read JSON numbers as floats would round a key
        return str(value) if name == "item" else value
    text = _without_query(str(value)) if name == "url" else masked(str(value))
    text = " ".join(safe(text).split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _without_query(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return "…"
    host = parts.netloc.rpartition("@")[2]
    return parts._replace(netloc=host, query="…" if parts.query else "", fragment="").geturl()


def _bare(value: str | float) -> str:
    """A value in a line for people: quoted where its end could not be told."""
    text = str(value)
    return json.dumps(text, ensure_ascii=False) if " " in text or not text else text


def _at(record: logging.LogRecord) -> datetime:
    return datetime.fromtimestamp(record.created, UTC)


def _error(error: BaseException) -> str:
    """The type; and what it says, where those are words of ours."""
    name = type(error).__name__
    if isinstance(error, UserError | FetchError):
        said = error.reason if isinstance(error, FetchError) else error
        return f"{name}: {_plain('reason', said)}"
    return name


def _places(error: BaseException) -> list[str]:
    """Where it happened, without what stood there."""
    frames = extract_tb(error.__traceback__)[-12:]
    return [f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in frames]
