"""Crossheads: on lines of their own, by markup, and fused to the text; and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wiredesk import places
from wiredesk.clean import clean
from wiredesk.extract.story import read_story
from wiredesk.model import Item
from wiredesk.places import Gazetteer

LEAD = "OSLO (Reuters) - The harbour was closed on Monday."
BEFORE = "The ferry company said it would wait."


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return places.load()


def parts(text: str, gazetteer: Gazetteer, markup: str = "text") -> list[tuple[str, str]]:
    """Kind and text of each paragraph below the lead."""
    kind = "html" if markup == "html" else "text"
    lead = f"<p>{LEAD}</p>" if kind == "html" else f"{LEAD}\n\n"
    story = read_story(clean(Item("file", "text", 0, None, lead + text, markup=kind)), gazetteer)
    return [(paragraph.kind, paragraph.text) for paragraph in story.paragraphs[1:]]


HEADS = (
    "HARD WINTER FOR FERRIES",
    "RIVAL QUAY PLAN",
    "WHOSE HERONS?",
    "'CAUGHT IN BRUGES' LABELS",
    '"CAUGHT IN BRUGES" LABELS',
    "(ON THE RESULTS)",
    "NO MORE EELS!",
    "FERRIES, EELS AND HERONS",
    "CATCH-22 FOR FERRYMEN",
    "WAITING FOR RAIN",
    "R&D BUDGET CUT",
    "HARBOUR OF 1,000 LAMPS",
    "SLOW START",
)
LEADS = (
    "The pilots told the union to vote in June.",
    "In June the pilots will vote.",
    "“We shall vote in June,” one pilot said.",
    '"We shall vote in June," one pilot said.',
    "A pilot told the union to vote.",
    "Pilots at Skarrhavn Kelp will vote in June.",
)


@pytest.mark.parametrize("lead", LEADS)
@pytest.mark.parametrize("head", HEADS)
def test_a_head_fused_to_a_paragraph_is_split_off(
    head: str, lead: str, gazetteer: Gazetteer
) -> None:
    assert parts(f"{head} {lead}", gazetteer) == [("crosshead", head), ("body", lead)]


@pytest.mark.parametrize("head", HEADS)
def test_a_head_fused_after_a_sentence_is_split_off(head: str, gazetteer: Gazetteer) -> None:
    assert parts(f"{BEFORE} {head} {LEADS[0]}", gazetteer) == [
        ("body", BEFORE),
        ("crosshead", head),
        ("body", LEADS[0]),
    ]


@pytest.mark.parametrize("head", [*HEADS, "AN ACT OF 1779"])
def test_a_head_on_a_line_of_its_own_is_a_crosshead(head: str, gazetteer: Gazetteer) -> None:
    assert parts(f"{BEFORE}\n\n{head}\n\n{LEADS[0]}", gazetteer) == [
        ("body", BEFORE),
        ("crosshead", head),
        ("body", LEADS[0]),
    ]


def test_words_in_capitals_that_open_the_copy_are_no_crosshead(gazetteer: Gazetteer) -> None:
    text = f"FIVE HERONS WADING at dawn. The pilots saw them.\n\n{BEFORE}"
    story = read_story(clean(Item("file", "text", 0, None, text)), gazetteer)
    assert [paragraph.kind for paragraph in story.paragraphs] == ["body", "body"]


@pytest.mark.parametrize(
    "markup", ["<h3>{}</h3>", "<h2>{}</h2>", "<p><b>{}</b></p>", "<p><strong>{}</strong></p>"]
)
@pytest.mark.parametrize(
    "head", ["HARD WINTER FOR FERRIES", "Hard winter for ferries", "What now?"]
)
def test_a_heading_of_the_markup_is_a_crosshead_in_any_case(
    head: str, markup: str, gazetteer: Gazetteer
) -> None:
    html = f"<p>{BEFORE}</p>{markup.format(head)}<p>{LEADS[0]}</p>"
    assert parts(html, gazetteer, "html") == [
        ("body", BEFORE),
        ("crosshead", head),
        ("body", LEADS[0]),
    ]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(HEADS), min_size=1, max_size=4))
def test_several_heads_in_one_paragraph_are_all_found(heads: list[str]) -> None:
    text = " ".join(f"{BEFORE} {head} {LEADS[0]}" for head in heads)
    found = parts(text, places.load())
    assert [text for kind, text in found if kind == "crosshead"] == heads
    assert {text for kind, text in found if kind == "body"} <= {
        BEFORE,
        LEADS[0],
        f"{LEADS[0]} {BEFORE}",
    }


@pytest.mark.parametrize(
    ("text", "head", "body"),
    [
        ("TALL ORDER A pilot called the channel clear.", "TALL ORDER",
         "A pilot called the channel clear."),
        ("NOT MY FERRY I never saw it, a clerk wrote.", "NOT MY FERRY",
         "I never saw it, a clerk wrote."),
        ("LOOSE ENDS EU officials said so.", "LOOSE ENDS", "EU officials said so."),
        ("BIGGER PONDS U.S. growers want eels.", "BIGGER PONDS", "U.S. growers want eels."),
    ],
)  # fmt: skip
def test_words_of_the_sentence_are_given_back_to_the_body(
    text: str, head: str, body: str, gazetteer: Gazetteer
) -> None:
    assert parts(text, gazetteer) == [("crosshead", head), ("body", body)]


@pytest.mark.parametrize(
    "text",
    [
        "EELS The pilots sold none.",  # four letters alone are too few to tell
        "NATO said it would send ferries.",
        "EU and U.N. officials met.",
        "QBX Ltd and R&W Inc fell.",
        "A ferry sank.",
        "I saw a ferry sink.",
        "The NYSE and NASDAQ fell.",
        "He said THE FERRY IS LATE and left.",
        "The sign read “THE FERRY IS LATE. NO REFUNDS Today” in red.",
        "U.S. 10-day rules fell.",
        "GDP rose 2 percent.",
        "OPEC ministers met. OPEC will meet again.",
        "1,000 ferries sailed.",
        "HK$30 million was paid.",
        "MV Grey Heron sank. MV Heron sailed on.",
        "Marram Kelp Inc. (TSX: MRK.UN; NYSE: MRK) sold two ferries.",
        "(NASDAQ: KELP) listens to sailors.",
        "Owners met. QUAY BOY (D O'Dale, C Wall) won by a length.",
        "4. KELPIE: b g 5y 58.5 4 (G Skipper) 4.3len.",
        "Boats were sold. SKARR AMRO SKA.AS said on Wednesday that its ferries sail.",
    ],
)
def test_capitals_in_running_text_are_no_crosshead(text: str, gazetteer: Gazetteer) -> None:
    assert parts(f"{text} {BEFORE}", gazetteer) == [("body", f"{text} {BEFORE}")]


@pytest.mark.parametrize(
    "line",
    ["HALDOR WUNN, ANALYST, SKARRHAVN BANK:", "KEY POINTS:", "COMMENTARY: ALVA TEGNER, TRADER"],
)
def test_a_line_of_capitals_with_a_colon_is_a_speaker_label(
    line: str, gazetteer: Gazetteer
) -> None:
    assert parts(f"{line}\n\n{BEFORE}", gazetteer) == [("speaker_label", line), ("body", BEFORE)]


def test_a_bold_line_with_a_colon_at_its_end_is_a_speaker_label(gazetteer: Gazetteer) -> None:
    html = f"<p><b>Alva Tegner, trader:</b></p><p>{BEFORE}</p>"
    assert parts(html, gazetteer, "html") == [
        ("speaker_label", "Alva Tegner, trader:"),
        ("body", BEFORE),
    ]


def test_a_speaker_label_fused_to_its_words_is_no_crosshead(gazetteer: Gazetteer) -> None:
    text = "ALVA TEGNER, TRADER, SKARRHAVN BANK: The eels were sold at noon."
    assert "crosshead" not in {kind for kind, _ in parts(text, gazetteer)}


def test_crossheads_stand_in_the_body_and_no_character_is_lost(gazetteer: Gazetteer) -> None:
    text = f"{LEAD}\n\n{BEFORE} HARD WINTER FOR FERRIES {LEADS[0]}"
    story = read_story(clean(Item("file", "text", 0, None, text)), gazetteer)
    assert story.body.split() == text.split(" - ", 1)[1].split()
    assert story.body.split("\n\n")[2] == "HARD WINTER FOR FERRIES"
