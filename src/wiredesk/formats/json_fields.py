"""Reading the fields of JSON that nobody vouches for: a value of the wrong type is as good as none.

Names are tried in the order given, in both spellings of the trade: ninjs 1 and 2 write
`versioncreated`, ninjs 3 `versionCreated`, and some senders `version-created`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wiredesk.formats.json_opening import LONE_SURROGATE
from wiredesk.model import Json


def folded(record: Json) -> Json:
    """A record under names in small letters without hyphens and underscores; the first one wins."""
    names: Json = {}
    for name, value in record.items():
        names.setdefault(name.replace("_", "").replace("-", "").lower(), value)
    return names


def words(record: Json, *names: str) -> str | None:
    """The first of these fields that holds text, or a number; a list of texts is joined."""
    return next((found for _, found in worded(record, *names)), None)


def worded(record: Json, *names: str) -> Iterator[tuple[str, str]]:
    """Those of these fields that hold text: name and text."""
    for name in names:
        if found := as_words(record.get(name)):
            yield name, found


def as_words(value: object) -> str | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        said = [found for each in value if isinstance(each, str) and (found := as_words(each))]
        return "\n".join(said) or None
    if isinstance(value, str) and value.strip():
        return LONE_SURROGATE.sub("\ufffd", value)
    return None


def record_of(value: object) -> Json:
    """An object under folded names; anything else is an object with nothing in it."""
    return folded(value) if isinstance(value, dict) else {}


def records(value: object) -> Iterator[Json]:
    """The objects of a list, or of an object of objects (`associations`); folded names."""
    each: Iterable[object] = ()
    if isinstance(value, list):
        each = value
    elif isinstance(value, dict):
        each = value.values()
    return (folded(one) for one in each if isinstance(one, dict))


def number(value: object, low: int, high: int) -> int | None:
    """A whole number between two others, also where it is sent as text."""
    if isinstance(value, str) and value.strip().isdecimal() and len(value) < 9:
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
        return value
    return None
