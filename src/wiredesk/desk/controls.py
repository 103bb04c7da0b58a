"""What a page lets people choose, as data: the app makes inputs of it, and addresses."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Asked = Mapping[str, str]  #: what the address says, by name


@dataclass(frozen=True, slots=True)
class Pick:
    """One of a list.  `options` are (value, what is shown); the value "" stands for all."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    value: str


@dataclass(frozen=True, slots=True)
class Words:
    """Words of one's own."""

    name: str
    label: str
    value: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL of one's own, run when it is sent off."""

    name: str
    label: str
    value: str


Control = Pick | Words | Statement


def pick(
    name: str, label: str, asked: Asked, options: Sequence[tuple[str, str]], default: str = ""
) -> Pick:
    """A list, at what the address says, else at its default."""
    known = {value for value, _ in options}
    said = asked.get(name, default)
    value = said if said in known else default
    if value not in known and options:
        value = options[0][0]
    return Pick(name, label, tuple(options), value)


def words(name: str, label: str, asked: Asked, hint: str = "") -> Words:
    """A box for words, filled with what the address says."""
    return Words(name, label, asked.get(name, ""), hint)


def folded(said: str | None) -> str | None:
    """Words as they are looked for: without case and accents; None for nothing."""
    plain = unicodedata.normalize("NFKD", (said or "").strip().casefold())
    return "".join(c for c in plain if not unicodedata.combining(c)) or None


def key(said: str | None) -> int | None:
    """The key of a story or version as an address gives it; None if it is none."""
    try:
        return int(said or "")
    except ValueError:
        return None
