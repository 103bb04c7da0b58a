"""The language of a question, and its tree.  Pure: knows no index.

    query  = part , { [ "AND" ] , part } ;          all must be in the story
    part   = clause | ( "-" | "NOT" ) , atom ;      but not this
    clause = atom , { "OR" , atom } ;               one of these
    atom   = word | phrase | "(" , query , ")" ;
    phrase = '"' , { any character but '"' } , '"' ;

A story has to hold at least one word that is not excluded: what is only excluded finds nothing.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TypeAlias

from wiredesk.errors import UserError

LONGEST = 1000  #: characters of a question: a headline pasted whole has some hundred
DEEPEST = 20  #: brackets within brackets
BESIDE_OR = "what is excluded (- or NOT) cannot stand beside OR; put it at the end"
_QUOTES = str.maketrans("“”„«»", '"""""')
#: a minus excludes only where it stands before something: `OSLO (Reuters) -` ends in a dash
_SIGN = re.compile(r'(-(?=[\w"(]))|"[^"]*"|[()"]|[^\s"()]+')


@dataclass(frozen=True, slots=True)
class Words:
    """A word, or words side by side (`exact`: between quotation marks)."""

    text: str
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Every:
    """All of these, and none of `without`."""

    parts: tuple[Tree, ...]
    without: tuple[Tree, ...] = ()


@dataclass(frozen=True, slots=True)
class Either:
    """One of these."""

    parts: tuple[Tree, ...]


Tree: TypeAlias = Words | Every | Either


def parsed(question: str) -> Every:
    """The tree of a question.  Raises UserError, with one line that says what is wrong."""
    if len(question) > LONGEST:
        raise UserError(
            f"a question has at most {LONGEST:,} characters; this has {len(question):,}"
        )
    text = unicodedata.normalize("NFC", question).translate(_QUOTES)
    reader = _Reader(["NOT" if sign[1] else sign[0] for sign in _SIGN.finditer(text)])
    tree = reader.query(0)
    if reader.next() == ")":
        raise UserError("a bracket is closed that was never opened")
    return tree


class _Reader:
    """A cursor over the signs of a question."""

    def __init__(self, signs: list[str]) -> None:
        self._signs = signs
        self._at = 0

    def next(self) -> str | None:
        return self._signs[self._at] if self._at < len(self._signs) else None

    def query(self, depth: int) -> Every:
        if depth > DEEPEST:
            raise UserError(f"brackets stand more than {DEEPEST} deep")
        parts: list[Tree] = []
        without: list[Tree] = []
        while (sign := self.next()) not in {None, ")"}:
            if sign == "AND":
                self._at += 1
                continue
            if sign == "NOT":
                self._at += 1
                without.append(self._atom(depth))
                if self.next() == "OR":
                    raise UserError(BESIDE_OR)
            else:
                parts.append(self._clause(depth))
        return Every(tuple(parts), tuple(without))

    def _clause(self, depth: int) -> Tree:
        parts = [self._atom(depth)]
        while self.next() == "OR":
            self._at += 1
            parts.append(self._atom(depth))
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _atom(self, depth: int) -> Tree:
        sign = self.next()
        self._at += 1
        if sign in {None, "OR", "AND", ")"}:
            raise UserError('OR, AND and NOT need words on both sides; for the word itself: "or"')
        if sign == "NOT":
            raise UserError(BESIDE_OR)
        if sign == '"':
            raise UserError("a quotation mark is opened and not closed")
        if sign == "(":
            inner = self.query(depth + 1)
            if self.next() != ")":
                raise UserError("a bracket is opened and not closed")
            self._at += 1
            return inner
        assert sign is not None  # noqa: S101 - tested above
        exact = sign.startswith('"')
        return Words(sign.strip('"'), exact)
