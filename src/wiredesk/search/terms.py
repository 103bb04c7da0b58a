"""The tree of a question as tantivy asks it, and the words that show it in a story.

A word typed in small letters stands for its plain inflections too (`strike`: strikes, striking;
not struck), where the index has them: those that the English stemmer gives one stem and that
differ by an ending.  A word with a capital or in quotation marks stands for itself, so a search for
Peters brings no Peter.  What was typed weighs four times its inflections, a headline three times
the body.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile

from tantivy import (
    FieldType,
    Filter,
    Occur,
    Query,
    Searcher,
    TextAnalyzerBuilder,
    Tokenizer,
)

from wiredesk.errors import UserError
from wiredesk.place_tables import fold
from wiredesk.search.index import FOLDED, SCHEMA, WHOLE
from wiredesk.search.query import Either, Every, Tree, Words

WEIGHTS = {"headline": 3.0, "body": 1.0}
INFLECTED = 0.25
NOTHING = "give at least one word that the story has to hold"
FORMS = 6  #: inflections of a word, the commonest
_STEM = TextAnalyzerBuilder(Tokenizer.raw()).filter(Filter.stemmer("english")).build()
#: endings of nouns and verbs, the consonant before them doubled (cut, cutting); not -ion or -al,
#: for which the stemmer makes one of general and generation
_ENDING = re.compile(r"[bdgklmnprt]?(?:e|es|s|ed|d|ing|ings|y|ies|ied|i)?")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question for tantivy, and the runs of folded words that are marked where they stand."""

    query: Query
    marks: frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Limits:
    """What a story must be beside holding the words; None does not limit."""

    place: str | None = None
    countries: frozenset[str] = frozenset()  #: those that `place` may also name
    person: str | None = None
    agency: str | None = None
    since: datetime | None = None
    until: datetime | None = None  #: exclusive


class Asking:
    """Makes queries for one state of an index, whose words it looks up."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher
        self._marks: set[tuple[str, ...]] = set()

    def asked(self, tree: Every, limits: Limits, now: datetime) -> Asked:
        """The query of a tree within limits, without what is under embargo at `now`."""
        words = self._of(tree)
        if words is None:
            raise UserError(NOTHING)
        kept = [(Occur.Must, words)]
        kept += [(Occur.Must, Query.const_score_query(q, 0.0)) for q in _limiting(limits)]
        held = Query.range_query(
            SCHEMA, "embargo_until", FieldType.Date, now, None, include_lower=False
        )
        return Asked(Query.boolean_query([*kept, (Occur.MustNot, held)]), frozenset(self._marks))

    def _of(self, tree: Tree) -> Query | None:
        """None for what holds no word: a dash, empty quotation marks."""
        if isinstance(tree, Words):
            return self._words(tree)
        parts = [query for part in tree.parts if (query := self._of(part)) is not None]
        if not parts:
            if isinstance(tree, Every) and tree.without:
                raise UserError(NOTHING)
            return None
        if isinstance(tree, Either):
            return Query.boolean_query([(Occur.Should, part) for part in parts])
        marks = set(self._marks)
        without = [query for part in tree.without if (query := self._of(part)) is not None]
        self._marks = marks  # what is excluded is not there to be marked
        return Query.boolean_query(
            [(Occur.Must, part) for part in parts] + [(Occur.MustNot, part) for part in without]
        )

    def _words(self, words: Words) -> Query | None:
        terms = folded(words.text)
        if not terms:
            return None
        forms: dict[tuple[str, ...], float] = {tuple(terms): 1.0}
        if len(terms) == 1 and not words.exact and words.text.islower():
            forms |= {(form,): INFLECTED for form in self._inflected(terms[0])}
        self._marks |= forms.keys()
        return Query.boolean_query(
            [
                (Occur.Should, Query.boost_query(_run(name, run), weight * share))
                for name, weight in WEIGHTS.items()
                for run, share in forms.items()
            ]
        )

    def _inflected(self, term: str) -> list[str]:
        """The other forms of a word that stand in the index, the commonest first."""
        stem = _STEM.analyze(term)[0]
        root = _beginning(stem[:-1] if stem[-1] in "eiy" else stem, term)
        if len(root) < 3:
            return []
        counts: dict[str, int] = {}
        for name in WEIGHTS:
            for form, count in self._searcher.terms_with_prefix(name, root):
                if form != term and _ENDING.fullmatch(form, len(root)):
                    counts[form] = counts.get(form, 0) + count
        same = [form for form in counts if _STEM.analyze(form)[0] == stem]
        return sorted(same, key=lambda form: (-counts[form], form))[:FORMS]


def folded(text: str) -> list[str]:
    """The words of a text as the index has them."""
    return FOLDED.analyze(text)


def _beginning(one: str, two: str) -> str:
    """What two words begin with alike."""
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(one, two, strict=False))
    return "".join(letter for letter, _ in alike)


def _run(name: str, terms: Iterable[str]) -> Query:
    """Words side by side in a field; a phrase of one word tantivy does not take."""
    run = list(terms)
    if len(run) == 1:
        return Query.term_query(SCHEMA, name, run[0], "freq")
    return Query.phrase_query(SCHEMA, name, [*run])


def _limiting(limits: Limits) -> list[Query]:
    queries = []
    if limits.person is not None:
        terms = folded(limits.person)
        if not terms:
            raise UserError(f"--person {limits.person!r} is no name")
        queries.append(_run("persons", terms))
    if limits.place is not None:
        named = [
            ("places", fold(limits.place)),
            *(("countries", code) for code in limits.countries),
        ]
        queries.append(
            Query.boolean_query([(Occur.Should, _whole(name, value)) for name, value in named])
        )
    if limits.agency is not None:
        queries.append(_whole("agency", limits.agency))
    if limits.since is not None or limits.until is not None:
        queries.append(
            Query.range_query(
                *(SCHEMA, "version_at", FieldType.Date, limits.since, limits.until),
                include_upper=limits.until is None,
            )
        )
    return queries


def _whole(name: str, value: str) -> Query:
    return Query.term_query(SCHEMA, name, WHOLE.analyze(value.strip())[0])
