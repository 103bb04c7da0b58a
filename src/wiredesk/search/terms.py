"""The tree of a question as tantivy asks it, and the words that show it in a story.

A word typed in small letters stands for its plain inflections too (`strike`: strikes, striking;
not struck), where the index has them: those that the English stemmer gives one stem and that
differ by an ending.  A word with a capital or in quotation marks stands for itself, so a search for
Peters brings no Peter.  What was typed weighs four times its inflections, a headline three times
the body.  `the`, `of` and their like are passed over, but for their place in a phrase.

Words side by side (a phrase, O'Brien, Han) are asked for as words that all are in one text: the
stories that come out are those that may have them, and are to be checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
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
from wiredesk.search.checking import Check, Run
from wiredesk.search.index import COMMON, FOLDED, SCHEMA, fact, microseconds, person_facts
from wiredesk.search.query import Either, Every, Tree, Words

WEIGHTS = {"headline": 3.0, "body": 1.0}
INFLECTED = 0.25
NOTHING = (
    "give at least one word that the story has to hold (the, of and their like are passed over)"
)
FORMS = 6  #: inflections of a word, the commonest
_STEM = TextAnalyzerBuilder(Tokenizer.raw()).filter(Filter.stemmer("english")).build()
#: endings of nouns and verbs, the consonant before them doubled (cut, cutting); not -ion or -al,
#: for which the stemmer makes one of general and generation
_ENDING = re.compile(r"[bdgklmnprt]?(?:e|es|s|ed|d|ing|ings|y|ies|ied|i)?")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question for tantivy, and the runs of folded words that are marked where they stand."""

    query: Query
    marks: frozenset[Run]
    check: Check | None  #: where the query finds stories that only may be what was asked


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
        self._forms: dict[Words, dict[Run, float]] = {}

    def asked(self, tree: Every, limits: Limits, now: datetime) -> Asked:
        """The query of a tree within limits, without what is under embargo at `now`."""
        known = _known(tree)
        if known is None:
            raise UserError(NOTHING)
        for words in _words_of(known):
            self._forms[words] = self._forms_of(words)
        kept = [(Occur.Must, self._of(known))]
        kept += [(Occur.Must, Query.const_score_query(q, 0.0)) for q in _limiting(limits)]
        held = _between("embargo_until", microseconds(now) + 1, None)
        runs = {words: frozenset(forms) for words, forms in self._forms.items()}
        return Asked(
            Query.boolean_query([*kept, (Occur.MustNot, held)]),
            frozenset(run for words in _words_of(known, excluded=False) for run in runs[words]),
            Check(known, runs) if _side_by_side(known) else None,
        )

    def _of(self, tree: Tree) -> Query:
        if isinstance(tree, Words):
            return self._words(tree)
        parts = [self._of(part) for part in tree.parts]
        if isinstance(tree, Either):
            return Query.boolean_query([(Occur.Should, part) for part in parts])
        # to have the words of a phrase is not to have the phrase: those stories are checked
        without = [self._of(part) for part in tree.without if not _side_by_side(part)]
        return Query.boolean_query(
            [(Occur.Must, part) for part in parts] + [(Occur.MustNot, part) for part in without]
        )

    def _words(self, words: Words) -> Query:
        return Query.boolean_query(
            [
                (Occur.Should, Query.boost_query(_all_of(name, run), weight * share))
                for name, weight in WEIGHTS.items()
                for run, share in self._forms[words].items()
            ]
        )

    def _forms_of(self, words: Words) -> dict[Run, float]:
        """What words stand for, and what each weighs."""
        run = folded(words.text)
        forms = {run: 1.0}
        if len(run) == 1 and not words.exact and words.text.islower():
            forms |= {(form,): INFLECTED for form in self._inflected(run[0])}
        return forms

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


def folded(text: str) -> Run:
    """The words of a text as the index has them."""
    return tuple(FOLDED.analyze(text))


def _known(tree: Tree) -> Tree | None:
    """The tree without what the index cannot know: a dash, empty quotation marks, `the`."""
    if isinstance(tree, Words):
        return tree if set(folded(tree.text)) - COMMON else None
    parts = tuple(known for part in tree.parts if (known := _known(part)))
    if isinstance(tree, Either):
        return Either(parts) if parts else None
    if not parts and tree.without:
        raise UserError(NOTHING)
    without = tuple(known for part in tree.without if (known := _known(part)))
    return Every(parts, without) if parts else None


def _words_of(tree: Tree, *, excluded: bool = True) -> Iterator[Words]:
    """The words of a tree; what is excluded is not there to be marked."""
    if isinstance(tree, Words):
        yield tree
        return
    without = tree.without if isinstance(tree, Every) and excluded else ()
    for part in (*tree.parts, *without):
        yield from _words_of(part, excluded=excluded)


def _side_by_side(tree: Tree) -> bool:
    return any(len(folded(words.text)) > 1 for words in _words_of(tree))


def _beginning(one: str, two: str) -> str:
    """What two words begin with alike."""
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(one, two, strict=False))
    return "".join(letter for letter, _ in alike)


def _all_of(name: str, run: Run) -> Query:
    """All these words in a field."""
    terms = [Query.term_query(SCHEMA, name, word, "freq") for word in sorted(set(run) - COMMON)]
    return Query.boolean_query([(Occur.Must, term) for term in terms])


def _limiting(limits: Limits) -> list[Query]:
    queries = []
    if limits.person is not None:
        words = FOLDED.analyze(limits.person)
        if not words:
            raise UserError(f"--person {limits.person!r} is no name")
        queries += [_fact(term) for term in person_facts(words)]
    if limits.place is not None:
        named = [fact("place", fold(limits.place))]
        named += [fact("country", code) for code in sorted(limits.countries)]
        queries.append(Query.boolean_query([(Occur.Should, _fact(term)) for term in named]))
    if limits.agency is not None:
        queries.append(_fact(fact("agency", limits.agency)))
    if limits.since is not None or limits.until is not None:
        since = None if limits.since is None else microseconds(limits.since)
        until = None if limits.until is None else microseconds(limits.until) - 1
        queries.append(_between("version_at", since, until))
    return queries


def _fact(term: str) -> Query:
    return Query.term_query(SCHEMA, "facts", term)


def _between(name: str, first: int | None, last: int | None) -> Query:
    return Query.range_query(SCHEMA, name, FieldType.Integer, first, last)
