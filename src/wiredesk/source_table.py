"""One table of sources.toml: what may be wrong with it, and the source it declares."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import fields
from difflib import get_close_matches
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from wiredesk import agencies, formats
from wiredesk.errors import UserError
from wiredesk.formats import columns
from wiredesk.model import Source

KINDS = ("feed", "sitemap", "pages", "folder", "spool", "archive")
LOCAL = ("folder", "spool", "archive")
MOVABLE = ("folder", "spool")  #: whose files go to `done` once loaded
FOLLOW = ("auto", "always", "never")
AUTH = ("basic", "bearer", "header NAME", "query NAME")
CONNECTIONS = 16  # at once to one host; browsers stop at 6, and more than 16 is an attack
_TYPES = {field.name: str(field.type) for field in fields(Source) if field.name != "id"}
# What a value is called in a message, and what Python types TOML may give for it
_KNOWN: dict[str, tuple[str, tuple[type, ...]]] = {
    "str": ("a string", (str,)),
    "str | None": ("a string", (str,)),
    "int": ("a whole number", (int,)),
    "float": ("a number", (int, float)),
    "bool": ("true or false", (bool,)),
    "tuple[str, ...]": ("a list of strings", (list,)),
    "tuple[tuple[str, str], ...]": ("a table of strings", (dict,)),
}
HOST = re.compile(r"[A-Za-z0-9_.-]{1,253}|\[?[0-9A-Fa-f:.]{2,45}\]?")
LANGUAGE = re.compile(r"[a-z]{2,3}")
FIELD_NAME = re.compile(r"(?:header|query) [A-Za-z0-9_.~!#$%&'*+^`|-]+")
# Names of environment variables as everyone writes them: a password is seldom all capitals.
VARIABLE = re.compile(r"[A-Z_][A-Z0-9_]*")


def wrongs(name: str, row: Any) -> Iterator[tuple[tuple[str, ...], str]]:
    """What is wrong with one source: the key at fault (none for the table), and the words."""
    if not isinstance(row, dict):
        yield (), "is not a table"
        return
    if not name.strip() or not name.isprintable():
        yield (), "has no id that can be printed"
    misfits = set()
    for key, value in row.items():
        if key not in _TYPES:
            known = ", ".join(sorted(_TYPES))
            yield (key,), f"has an unknown key {key!r}; known: {known}{meant(key, _TYPES)}"
            continue
        what, types = _KNOWN[_TYPES[key]]
        fits = isinstance(value, types) and (isinstance(value, bool) == (types == (bool,)))
        inner = value.values() if isinstance(value, dict) else value
        if not fits or (
            isinstance(value, list | dict) and not all(isinstance(v, str) for v in inner)
        ):
            misfits.add(key)
            yield (key,), f"{key} = {_shown(key, value)} is not {what}"
    for needed in ("kind", "url"):
        if needed not in row:
            yield (), f"has no {needed}"
    for key, check in _CHECKS.items():
        if key in row and key not in misfits and (no := check(row)):
            yield (key,), no


def source_of(folder: Path, name: str, row: dict[str, Any]) -> Source:
    """The source of a table without wrongs; paths are below the folder of its file."""
    values = {"format": "feed" if row["kind"] == "feed" else None, **row}
    values |= {"allow": tuple(row.get("allow", ())), **_intervals(row)}
    values["columns"] = tuple(row.get("columns", {}).items())
    for key in ("url", "done"):
        if row["kind"] in LOCAL and row.get(key) and not Path(row[key]).is_absolute():
            values[key] = os.path.normpath(folder / row[key])
    return Source(id=name, **values)


def _kind(row: dict[str, Any]) -> str | None:
    if row["kind"] in KINDS:
        return None
    return f"kind = {row['kind']!r}; one of: {', '.join(KINDS)}{meant(row['kind'], KINDS)}"


def _url(row: dict[str, Any]) -> str | None:
    if row.get("kind") in LOCAL:
        return None if row["url"].strip() else "url is empty; it is a path"
    return _address("url", row["url"]) if row.get("kind") in KINDS else None


def _address(key: str, url: str) -> str | None:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return f"{key} is not an address that can be read"
    if parts.username is not None or parts.password is not None:
        return f"{key} has a user and password in it; name them with auth and credentials instead"
    if not url.isprintable() or " " in url:
        return f"{key} = {url!r} has blanks in it"
    if parts.scheme not in {"http", "https"} or not host:
        return f"{key} = {url!r} is not an http or https address with a host"
    return None


def _interval(row: dict[str, Any]) -> str | None:
    """1 ≤ min ≤ every ≤ max, of those that are given; the others make room (_intervals)."""
    given = [(key, row[key]) for key in ("min", "every", "max") if isinstance(row.get(key), int)]
    if any(value < 1 for _, value in given):
        return "min, every and max are seconds, from 1"
    for (low, less), (high, more) in pairwise(given):
        if less > more:
            return f"{low} = {less} is more than {high} = {more}; min ≤ every ≤ max"
    return None


def _intervals(row: dict[str, Any]) -> dict[str, int]:
    """The three intervals; those not given are the usual ones as far as the given ones let them."""
    low = row.get(
        "min", min(_DEFAULT.min, row.get("every", _DEFAULT.min), row.get("max", _DEFAULT.min))
    )
    high = row.get("max", max(_DEFAULT.max, row.get("every", 1), low))
    return {"min": low, "every": row.get("every", max(low, min(_DEFAULT.every, high))), "max": high}


def _credentials(row: dict[str, Any]) -> str | None:
    if not VARIABLE.fullmatch(row["credentials"]):
        return (
            "credentials is the NAME of an environment variable (capitals, digits and _) that "
            "holds the secret, never the secret itself"
        )
    return None if "auth" in row else f"credentials needs auth; one of: {', '.join(AUTH)}"


def _auth(row: dict[str, Any]) -> str | None:
    given = row["auth"]
    if given not in {"basic", "bearer"} and not FIELD_NAME.fullmatch(given):
        # somebody may have put the secret here
        return f"auth is none of: {', '.join(AUTH)}"
    return (
        None if "credentials" in row else "auth needs credentials, an environment variable's name"
    )


def _host_list(row: dict[str, Any]) -> str | None:
    bad = [host for host in row["allow"] if not HOST.fullmatch(host)]
    return f"allow has {bad[0]!r}; it is a list of host names" if bad else None


def _named(key: str, check: Callable[[str], object]) -> Callable[[dict[str, Any]], str | None]:
    def checked(row: dict[str, Any]) -> str | None:
        try:
            check(row[key])
        except UserError as no:
            return str(no)
        return None

    return checked


def _known_zone(row: dict[str, Any]) -> str | None:
    zones = available_timezones()
    if row["tz"] in zones:
        return None
    return f"tz = {row['tz']!r} is no known time zone, such as Europe/Oslo{meant(row['tz'], zones)}"


def _local_only(row: dict[str, Any]) -> str | None:
    if row.get("kind") not in MOVABLE:
        return f"done is for kinds {' and '.join(MOVABLE)}"
    same = isinstance(row.get("url"), str) and Path(row["done"]) == Path(row["url"])
    return "done is the folder itself" if same else None


def _columns(row: dict[str, Any]) -> str | None:
    if row.get("kind") not in LOCAL:
        return f"columns is for kinds {', '.join(LOCAL)}"
    try:
        columns.checked(row["columns"])
    except UserError as no:
        return str(no)
    return None


_DEFAULT = Source("", "", "")
#: what makes a value of the right type wrong, by key, in words; None where nothing does
_CHECKS: dict[str, Callable[[dict[str, Any]], str | None]] = {
    "kind": _kind,
    "url": _url,
    "format": _named("format", formats.named),
    "agency": _named("agency", agencies.checked),
    "language": lambda row: (
        None
        if LANGUAGE.fullmatch(row["language"])
        else f"language = {row['language']!r} is not a code of 2 or 3 letters, such as en"
    ),
    "tz": _known_zone,
    "every": _interval,
    "min": lambda row: None if "every" in row else _interval(row),
    "max": lambda row: None if "every" in row or "min" in row else _interval(row),
    "follow": lambda row: (
        None
        if row["follow"] in FOLLOW
        else f"follow = {row['follow']!r}; one of: {', '.join(FOLLOW)}"
    ),
    "sitemap": lambda row: _address("sitemap", row["sitemap"]),
    "allow": _host_list,
    "delay": lambda row: (
        None
        if 0 <= row["delay"] <= 86400
        else f"delay = {row['delay']} is not seconds from 0 to 86400"
    ),
    "connections": lambda row: (
        None
        if 1 <= row["connections"] <= CONNECTIONS
        else f"connections = {row['connections']} is not 1 to {CONNECTIONS}"
    ),
    "columns": _columns,
    "auth": _auth,
    "credentials": _credentials,
    "done": _local_only,
}


def _shown(key: str, value: object) -> str:
    """A wrong value as a message may show it: never what could be a secret."""
    return "…" if key in {"auth", "credentials"} else repr(value)[:80]


def meant(word: str, known: Collection[str]) -> str:
    close = get_close_matches(word, list(known), 1)
    return f"; did you mean {close[0]!r}?" if close else ""


def header(name: str) -> str:
    """The header of a source's table, as TOML writes it."""
    bare = re.fullmatch(r"[A-Za-z0-9_-]+", name)
    return f"[sources.{name}]" if bare else f"[sources.{json.dumps(name, ensure_ascii=False)}]"
