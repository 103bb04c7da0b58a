"""any_of: what `a|b|c` matches, sooner."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiredesk.extract.any_of import any_of
from wiredesk.extract.dates import MONTHS
from wiredesk.extract.roles import ROLES

WORDS = st.lists(st.text("abé.+", min_size=1, max_size=4), min_size=1, max_size=8)


def one_by_one(words: list[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def test_it_parts_where_the_words_part() -> None:
    assert any_of(["may", "mai", "mag", "ma"]) == "ma(?:g|i|y)?"


@given(WORDS, st.text("abé.+", max_size=8))
def test_it_matches_what_the_words_match_one_by_one(words: list[str], text: str) -> None:
    parted, plain = re.compile(any_of(words)), re.compile(one_by_one(words))
    assert parted.findall(text) == plain.findall(text)


@pytest.mark.parametrize("words", [list(MONTHS), list(ROLES)], ids=["months", "roles"])
def test_the_house_lists_of_words_are_matched_in_any_case_and_no_more(words: list[str]) -> None:
    parted = re.compile(any_of(words), re.IGNORECASE)
    plain = re.compile(one_by_one(words), re.IGNORECASE)
    for word in words:
        for text in (word, word.upper(), f"{word}x", word[:-1], word + word[:2], f"x{word}"):
            assert parted.findall(text) == plain.findall(text)
