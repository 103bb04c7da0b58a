"""How the agencies bend the formats: data that parsers look up, so that none asks who is speaking.

A dialect is found by what a message says of its sender: a provider's name, code or domain, the
authority in an id.  What it leaves empty is read as the format's own standard says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Dialect:
    """One agency's habits.  Patterns are searched in the value as sent, in any case."""

    agency: str | None  #: key in AGENCIES; None: the format's plain standard
    said: tuple[str, ...] = ()  #: patterns of provider, sender, id that give it away
    tz: str | None = None  #: of times without a zone; None: that of the source
    day_first: bool = False  #: 04/05 is the fourth of May
    #: scheme and pattern whose group 1, in the id or an alternative id, names the story
    identity: tuple[tuple[str, str], ...] = ()
    #: signals, message types, status words (casefolded) → Item.signal
    signals: Mapping[str, str] = field(default_factory=dict)
    #: status words (casefolded) that are not the standard's → Item.pub_status
    statuses: Mapping[str, str] = field(default_factory=dict)


STANDARD = Dialect(None)
DIALECTS: tuple[Dialect, ...] = (
    Dialect(
        "reuters",
        said=(r"\breuters\.com\b", r"\breuters\b"),
        # `tag:reuters.com,0000:newsml_L4N0AB1CD:1132689232`: the wire's own number is the story's
        identity=(("usn", r"newsml_([A-Z0-9]+)"),),
    ),
)
_SAID = tuple(
    (re.compile("|".join(f"(?:{p})" for p in dialect.said), re.IGNORECASE), dialect)
    for dialect in DIALECTS
)


def dialect_of(*said: str | None) -> Dialect:
    """The dialect of what a message says of its sender, the most telling first; else STANDARD."""
    for words in said:
        if words:
            for pattern, dialect in _SAID:
                if pattern.search(words):
                    return dialect
    return STANDARD
