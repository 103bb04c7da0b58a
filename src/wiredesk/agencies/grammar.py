"""Grammar: what is peculiar to one agency's copy, as data.

Readers in `extract` know the general shapes; what they must know about an agency they find here.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Grammar:
    key: str  #: in AGENCIES
    name: str  #: as stored and shown
    marks: tuple[str, ...] = ()  #: as printed in a dateline: `(Reuters)`, `/TASS/`; any case
    sources: tuple[str, ...] = ()  #: names of sources whose copy is this agency's
    home: str | None = None  #: ISO country that bare place names are looked for in first
    tz: str = "UTC"  #: of times without a zone
    any_case: bool = False  #: datelines may be in lower case: `des moines, april 7 -`
    mixed: bool = False  #: places as in running text: `Athen (dpa) -`, `København /ritzau/:`
    genre: str | None = None  #: of all its copy: press_release
    writers: tuple[str, ...] = ()  #: `Associated Press writers A and B contributed`
    trailers: tuple[str, ...] = ()  #: patterns of closing lines of its own, beside the common ones
    closers: tuple[str, ...] = ()  #: patterns of what follows its last sentence on the same line
    signs: tuple[str, ...] = ()  #: patterns that its copy alone ends in, where no mark names it
    staff: tuple[str, ...] = ()  #: words of its own name in bylines, dropped as organisation
