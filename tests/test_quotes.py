"""Quotations: whole ones, halves, those that go on, and who is speaking."""

from __future__ import annotations

import json
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wiredesk.extract.quotes import read_quotes
from wiredesk.extract.spans import Run
from wiredesk.model import Para, Quote

GOLDEN = sorted((Path(__file__).parent / "golden" / "quotes").glob("*.json"))


def page(*paragraphs: str) -> list[Run]:
    """Paragraphs as runs of one text in which they stand on lines of their own."""
    runs = []
    at = 0
    for paragraph in paragraphs:
        raw = paragraph.strip()
        start = at + len(paragraph) - len(paragraph.lstrip())
        runs.append(Run(Para(raw, " ".join(raw.split()), start), None))
        at += len(paragraph) + 1
    return runs


def quotes(*paragraphs: str) -> tuple[Quote, ...]:
    return read_quotes(page(*paragraphs))


def speakers(*paragraphs: str) -> list[tuple[str | None, str]]:
    return [(quote.speaker, quote.basis) for quote in quotes(*paragraphs)]


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_golden_stories_are_read_as_an_editor_reads_them(path: Path) -> None:
    case = json.loads(path.read_text(encoding="utf-8"))
    found = [
        {"text": q.text, "speaker": q.speaker, "basis": q.basis, "partial": q.partial}
        for q in quotes(*case["paragraphs"])
    ]
    assert found == case["quotes"], case["note"]


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("“We sail,” said Ana Ruiz.", "Ana Ruiz"),
        ("“We sail,” Ana Ruiz said on Monday.", "Ana Ruiz"),
        ("“We sail,” Ana Ruiz told reporters in Vessby.", "Ana Ruiz"),
        ("“We sail,” according to Ana Ruiz.", "Ana Ruiz"),
        ("According to Ana Ruiz, “We sail.”", "Ana Ruiz"),
        ("Ana Ruiz said: “We sail.”", "Ana Ruiz"),
        ("Ana Ruiz, mayor of Ames, said, “We sail.”", "Ana Ruiz"),
        ("The mayor of Ames, Ana Ruiz, said: “We sail.”", "Ana Ruiz"),
        ("“We sail,” said the mayor of Ames, Ana Ruiz.", "Ana Ruiz"),
        ("“We sail,” Ana Ruiz, a lawyer, said Kelp Lines knew.", "Ana Ruiz"),
        ("“We sail,” Ana Ruiz, a lawyer at Kelp Lines said.", "Ana Ruiz"),
        ("“We sail,” said Norlandish Foreign Minister Ana Ruiz.", "Ana Ruiz"),
        ("“We sail,” said U.S. Secretary of State Ana Ruiz.", "Ana Ruiz"),
        ("“We sail,” said Kelp Bank of Norland analyst Ana Ruiz.", "Ana Ruiz"),
        ("“We sail,” said Chairman and Chief Executive Officer Ana Ruiz.", "Ana Ruiz"),
        ("“We sail,” said 19-year-old student Ana, who lives there.", "Ana"),
        ("“We sail,” the Rev. Ana Ruiz added.", "Ana Ruiz"),
        ("“We sail,” the radio quoted Ana Ruiz as saying.", "Ana Ruiz"),
        ("Ana Ruiz was quoted as saying: “We sail.”", "Ana Ruiz"),
        ("ANA RUIZ, ANALYST, KELP BANK: “We sail.”", "Ana Ruiz"),
        ("“We sail,” said Harbour Master Ana J. Ruiz Jr. in Vessby.", "Ana J. Ruiz Jr"),
        ("“We sail,” the White House said.", "White House"),
        ("“We sail,” Kelp Motors said in a statement.", "Kelp Motors"),
        ("“We sail,” a Kelp Motors spokesman said.", "a Kelp Motors spokesman"),
        ("“We sail,” said a trader at a bank in London.", "a trader at a bank"),
        ("“We sail,” said one source close to the talks.", "one source close to the talks"),
        ("“We sail,” police said.", "police"),
        ("“We sail,” the court heard as the alleged plan was read, Ana Ruiz said.", "Ana Ruiz"),
        ("“We sail,” analysts on Thursday said.", "analysts"),
        ("« Nous partons », Luc Arnal a déclaré vendredi.", "Luc Arnal"),
        ("“We sail,” said Ana Ruiz and Bo Lund.", "Ana Ruiz"),
    ],
)
def test_who_stands_beside_a_quote_spoke_it(sentence: str, speaker: str) -> None:
    assert speakers(sentence) == [(speaker, "explicit")]


@pytest.mark.parametrize(
    "sentence",
    [
        "The so-called “caliphate” collapsed last year.",
        "Boats used the “short way” to the sea.",
        "The film “The Long Tide” earned more than “Grey Water” on Friday.",
        "The pier is known as “the old lady” in town.",
        "It is called “the old lady” in town.",
        'They laid a 12" pipe beside a 6" one.',
        "The ministers’ plan and the crews’ union, he said, don’t agree.",
    ],
)
def test_marks_around_names_and_doubted_words_are_no_quotes(sentence: str) -> None:
    assert quotes(sentence) == ()


def test_a_surname_is_shown_with_the_first_name_the_story_gives() -> None:
    assert (
        speakers(
            "Matteo da Ronchi spoke first.",
            "“We sail,” Da Ronchi told them.",
            "“Now,” Ronchi said.",
        )
        == [("Matteo da Ronchi", "explicit")] * 2
    )


def test_a_pronoun_means_the_last_person_who_spoke_without_marks_too() -> None:
    found = speakers(
        "“We sail,” said Ana Ruiz.",
        "Bo Lund, a pilot, said the wind was wrong.",
        "“It blows from the north,” he said.",
    )
    assert found == [("Ana Ruiz", "explicit"), ("Bo Lund", "coreference")]


def test_a_pronoun_never_means_a_company_or_a_city() -> None:
    assert speakers("Kelp Motors said sales fell.", "“It is bad,” he said.") == [(None, "none")]
    assert speakers("Port Vessby rose early.", "“It is bad,” she said.") == [(None, "none")]


def test_a_role_means_whoever_was_quoted_in_it() -> None:
    assert speakers(
        "“We sail,” said a trader at Kelp Bank.",
        "“I stay,” said Bo Lund.",
        "“No,” the trader said.",
    )[2] == ("a trader at Kelp Bank", "coreference")


def test_a_quote_alone_belongs_to_the_speaker_of_the_sentence_before() -> None:
    assert speakers("Ana Ruiz said the pier was safe.", "“It will hold for years.”") == [
        ("Ana Ruiz", "adjacent")
    ]


def test_a_quote_without_any_speaker_has_none() -> None:
    (quote,) = quotes("Banners hung from the pier. “The sea belongs to us all.”")
    assert (quote.speaker, quote.basis) == (None, "none")


def test_two_parts_of_one_sentence_have_one_speaker() -> None:
    assert speakers(
        "The pier is “a danger to boats” and must be “gone by May,” Ana Ruiz said."
    ) == [
        ("Ana Ruiz", "explicit"),
        ("Ana Ruiz", "explicit"),
    ]


def test_an_open_quote_runs_to_its_paragraphs_end_and_goes_on_in_the_next() -> None:
    first, second = quotes("“We sail,” said Ana Ruiz. “Soon.", "“And far.”")[1:]
    assert (first.text, first.basis) == ("Soon.", "adjacent")
    assert (second.text, second.speaker, second.basis) == ("And far.", "Ana Ruiz", "continued")


def test_a_mark_that_was_never_closed_swallows_no_copy() -> None:
    texts = [q.text for q in quotes("“We sail, said Ana Ruiz. The wind fell.", "“Now,” said Lund.")]
    assert "Now," in texts
    assert not any("said" in text for text in texts)


def test_a_quote_that_lines_divide_is_one_quote() -> None:
    runs = page("“It shows pressure from", "the market to do better,” said Ana Ruiz.")
    (quote,) = read_quotes(runs)
    assert quote.text == "It shows pressure from the market to do better,"
    assert (quote.start, quote.end) == (1, 48)


@pytest.mark.parametrize(
    ("sentence", "partial"),
    [
        ("“We sail,” said Ana Ruiz.", False),
        ("Ana Ruiz said: “We sail.”", False),
        ("Ana Ruiz said it was “a very long way” to go.", True),
        ("Ana Ruiz said the boats “will sail on Monday.”", True),
        ("“If so,” Ana Ruiz said.", False),
    ],
)
def test_less_than_a_sentence_is_partial(sentence: str, partial: bool) -> None:
    assert quotes(sentence)[0].partial is partial


def test_offsets_are_those_of_the_words_in_the_input() -> None:
    raw = "The  wind\n fell.  “We   sail\nnow,”  said   Ana Ruiz."
    (quote,) = quotes(raw)
    assert quote.text == "We sail now,"
    assert raw[quote.start : quote.end] == "We   sail\nnow,"


def test_copy_without_marks_costs_nothing() -> None:
    runs = page(*["Shares fell on Monday, the bank's board said. " * 20] * 10)
    read_quotes(runs)
    before = time.perf_counter()
    for _ in range(1000):
        assert read_quotes(runs) == ()
    assert time.perf_counter() - before < 0.5


WORDS = (
    "\" “ ” „ « » ‘ ’ ' `` '' . , ? : ; - ( ) said told according to who , he she it the a of and "
    "Ruiz Ana Lund Kelp Bank U.S. Mr. de al- minister called quoted as saying . Then é İ 12"
)
PIECES = st.sampled_from([*WORDS.split(), "\n", "  "])
COPY = st.lists(st.lists(PIECES, max_size=30).map(" ".join), max_size=6)


@settings(max_examples=400, deadline=None)
@given(COPY, st.booleans())
def test_any_copy_gives_rows_whose_offsets_hold_their_words(lines: list[str], tight: bool) -> None:
    lines = [line.replace(" ", "") if tight else line for line in lines]
    text = "\n".join(lines)
    found = quotes(*lines)
    for quote in found:
        assert 0 <= quote.start < quote.end <= len(text)
        assert text[quote.start : quote.end].split() == quote.text.split()
        assert (quote.speaker is None) == (quote.basis == "none")
        assert quote.speaker is None or (quote.speaker.strip() and len(quote.speaker) <= 90)
    assert all(one.end <= two.start for one, two in pairwise(found))


HOSTILE = {
    "quotes": '"',
    "open quotes": "“a ",
    "guillemets": "« a » ",
    "parentheses": '" (',
    "capitals": "A",
    "capital words": '"Yes," Abc ',
    "single marks": " 'a.'",
    "pronouns": '"Oh yes," she said. ',
    "speakers": 'Bo Lund said no. "Oh yes," the source said. ',
    "stops": '. " ',
    "commas": '"a," b, c, d, said, ',
}


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE)
def test_hostile_copy_is_read_in_linear_time(unit: str) -> None:
    def seconds(size: int) -> float:
        runs = page((unit * (size // len(unit) + 1))[:size])
        taken = []
        for _ in range(3):  # the machine may be busy with something else for one of them
            before = time.perf_counter()
            read_quotes(runs)
            taken.append(time.perf_counter() - before)
        return min(taken)

    assert seconds(200_000) < 3
    assert seconds(200_000) < 8 * seconds(50_000) + 0.2


def test_many_speakers_are_read_in_linear_time() -> None:
    letters = "abcdefghijklmnopqrst"
    surnames = (f"K{a}{b}{c}er" for a in letters for b in letters for c in letters)
    runs = page(" ".join(f'"We sail now," said {surname}.' for surname in surnames))
    before = time.perf_counter()
    assert len(read_quotes(runs)) == len(letters) ** 3
    assert time.perf_counter() - before < 3
