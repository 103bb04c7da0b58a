"""Tables added to a sources file, which otherwise stays as it is, byte for byte."""

from __future__ import annotations

import json
import os
import re
import tempfile
import tomllib
import unicodedata
from collections.abc import Collection, Sequence
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from wiredesk.errors import SettingsError
from wiredesk.model import Json
from wiredesk.source_table import header, wrongs

DEFAULT_PORTS = {"http": 80, "https": 443}
LONGEST_ID = 40  # characters: an id stands in every row of the warehouse and in every report


def append(path: Path, wanted: Sequence[tuple[Json, str | None]]) -> tuple[list[Json], list[Json]]:
    """Add a table for each row (its keys, and `id` if it has one) with the title it goes by.

    Gives the rows as written, with their ids, and those left out as {url, title, why}: a wrong
    value, an id or an address that the file already has.  All are written at once, or none.
    Raises SettingsError where the file cannot be read or added to.
    """
    before = path.read_bytes() if path.exists() else b""
    tables = dict(_data(path, before).get("sources", {}))
    known = {
        address(row["url"]): name
        for name, row in tables.items()
        if isinstance(row, dict) and isinstance(row.get("url"), str)
    }
    written: list[Json] = []
    skipped: list[Json] = []
    for given, title in wanted:
        row = {key: value for key, value in given.items() if key != "id" and value is not None}
        url = str(row.get("url", ""))
        name = given.get("id") or new_id(title, url, tables)
        why = next((what for _, what in wrongs(name, row)), None)
        if not why and name in tables:
            why = f"there is a source {name!r} already"
        if not why and address(url) in known:
            why = f"{header(known[address(url)])} has this address"
        if why:
            skipped.append({"url": without_user(url), "title": title, "why": why})
            continue
        tables[name] = row
        known[address(url)] = name
        written.append({"id": name, **row})
    if written:
        after = before + _text(written, before)
        if _data(path, after).get("sources") != tables:
            raise SettingsError(f"{path}: a table cannot be added after what it ends with")
        _write(path, after)
    return written, skipped


def address(url: str) -> str:
    """An address in one spelling, so that one feed is not two: its host in small letters, no
    default port, no fragment.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return url
    if not parts.hostname:
        return os.path.normpath(url)
    scheme = parts.scheme.lower()
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    host += f":{port}" if port and port != DEFAULT_PORTS.get(scheme) else ""
    return urlunsplit((scheme, host, parts.path or "/", parts.query, ""))


def without_user(url: str) -> str:
    """An address as it may be shown: without the user and password that it should not have."""
    return re.sub(r"(?<=//)[^/?#]*@", "", url)


def new_id(title: str | None, url: str, taken: Collection[str]) -> str:
    """An id for a source, from its title in Latin letters, else from its host."""
    try:
        host = urlsplit(url).hostname or Path(url).name
    except ValueError:
        host = ""
    name = _slug(title or "") or _slug(re.sub(r"^(?:www|rss|feeds?)\.", "", host)) or "source"
    name = name[:LONGEST_ID].rstrip("-")
    n = 1
    while (numbered := name if n == 1 else f"{name}-{n}") in taken:
        n += 1
    return numbered


def _slug(words: str) -> str:
    """`BBC News – Wörld` → `bbc-news-world`; nothing where half or more is in another script."""
    folded = unicodedata.normalize("NFKD", words)
    latin = "".join(c for c in folded if c.isascii())
    letters = sum(c.isalpha() for c in folded)
    if sum(c.isalpha() for c in latin) * 2 < letters:
        return ""
    return re.sub(r"[^a-z0-9]+", "-", latin.lower()).strip("-")


def _data(path: Path, text: bytes) -> Json:
    try:
        data: Json = tomllib.loads(text.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as no:
        raise SettingsError(f"{path}: {no}") from no
    if not isinstance(data.get("sources", {}), dict):
        raise SettingsError(f"{path}: sources is not a table of tables [sources.ID]")
    return data


def _text(rows: Sequence[Json], before: bytes) -> bytes:
    """The tables of rows, each after a blank line, with the line ends of the file."""
    end = "\r\n" if b"\r\n" in before else "\n"
    tables = [
        end.join(
            (header(row["id"]), *(f"{key} = {_toml(row[key])}" for key in row if key != "id"), "")
        )
        for row in rows
    ]
    start = "" if not before else end if before.endswith(b"\n") else end * 2
    return (start + end.join(tables)).encode()


def _toml(value: object) -> str:
    """A string, number, true, false or list as TOML; JSON's forms are TOML's but for DEL."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _write(path: Path, text: bytes) -> None:
    """All at once and durable; the file keeps its mode."""
    target = path.resolve()
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        try:
            with os.fdopen(handle, "wb") as new:
                new.write(text)
                new.flush()
                os.fsync(new.fileno())
            Path(name).chmod(target.stat().st_mode & 0o7777 if target.exists() else 0o644)
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as no:
        raise SettingsError(f"{path}: {no.strerror or no}") from no
