"""Where each key of a TOML text stands; tomllib says what a file holds and not in which line.

    line    = ( header | pair ) ;
    header  = "[" , [ "[" ] , path , "]" , [ "]" ] ;
    pair    = path , "=" , value ;
    path    = key , { "." , key } ;
    key     = bare | "'" … "'" | '"' … '"' ;
    value   = string | "{" , pair , { "," , pair } , "}" | "[" , value , … , "]" | other ;

The text is one that tomllib has read, so only what hides line ends and `=` is told apart: strings
in their four forms, comments, arrays and inline tables.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect
from dataclasses import dataclass

TOKEN = re.compile(
    r"(?P<string>\"\"\"(?:[^\\]|\\.)*?\"{3,5}|'''.*?'{3,5}|\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*')|"
    r"(?P<comment>#[^\n]*)|(?P<end>\n)|(?P<space>[ \t\r]+)|(?P<bare>[A-Za-z0-9_-]+)|(?P<mark>.)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Lines:
    """The line, from 1, of each table and key by its path."""

    at: dict[tuple[str, ...], int]

    def find(self, path: tuple[str, ...]) -> int | None:
        """The line of a path, else of the nearest table that holds it."""
        while path and path not in self.at:
            path = path[:-1]
        return self.at.get(path)


def lines_of(text: str) -> Lines:
    """The lines of every table and key of a TOML text, which tomllib has read without error."""
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    at: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    path: list[str] = []
    opened: list[tuple[str, tuple[str, ...]]] = []  # brackets of values, with the path they hold
    full: tuple[str, ...] = ()  # the path whose value is being read
    where = 0  # of the path's first key
    state = "key"  # key, header, value

    def noted(under: tuple[str, ...]) -> tuple[str, ...]:
        whole = (*under, *path)
        for n in range(len(under) + 1, len(whole) + 1):
            at.setdefault(whole[:n], bisect(starts, where))
        path.clear()
        return whole

    for token in TOKEN.finditer(text):
        kind, word = token.lastgroup, token[0]
        if kind in {"space", "comment"}:
            continue
        if state == "value":
            if kind == "end" and not opened:
                state = "key"
            elif word == "{":
                opened.append(("{", full))
                state = "key"
            elif word == "[":
                opened.append(("[", full))
            elif word in {"]", "}"} and opened:
                opened.pop()
            elif word == "," and opened and opened[-1][0] == "{":
                state = "key"
        elif kind in {"bare", "string"}:
            where = where if path else token.start()
            path.append(word if kind == "bare" else _unquoted(word))
        elif word == "[" and not opened:
            state = "header"
        elif word == "]" and state == "header":
            if path:
                table = noted(())
        elif word == "=":
            full = noted(opened[-1][1] if opened else table)
            state = "value"
        elif word == "}" and opened:
            opened.pop()
            state = "value"
        elif kind == "end" and state == "header":
            state = "key"
    return Lines(at)


def _unquoted(word: str) -> str:
    return str(tomllib.loads(f"k = {word}")["k"])
