"""Sign-offs: where the body ends, and what stands below it and is none of it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wiredesk import places
from wiredesk.clean import clean
from wiredesk.extract.story import read_story
from wiredesk.model import Item, Story
from wiredesk.places import Gazetteer

LEAD = "OSLO (Reuters) - The harbour was closed to ferries on Monday."
LAST = "The ferry company said it would sail again when the ice allowed."
SIGNOFF = "(Reporting by Eva Tarn in Lagos; Editing by Per Voss)"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return places.load()


def read(text: str, gazetteer: Gazetteer, agency: str | None = None) -> Story:
    return read_story(clean(Item("file", "text", 0, None, text, agency=agency)), gazetteer)


def below(story: Story) -> list[tuple[str, str]]:
    """Kind and text of the paragraphs after the last one of the body."""
    kinds = [paragraph.kind for paragraph in story.paragraphs]
    last = max(n for n, kind in enumerate(kinds) if kind in {"body", "crosshead"})
    return [(paragraph.kind, paragraph.text) for paragraph in story.paragraphs[last + 1 :]]


SIGNOFFS = (
    SIGNOFF,
    "Reporting by Eva Tarn; Editing by Per Voss",
    "((Reporting by Eva Tarn; editing by Per Voss))",
    "(Reporting by Eva Tarn\nEditing by Per Voss)",
    "Reporting by Eva Tarn Writing by Gus Hale Editing by Per Voss",
    "(Eva Tarn in Lagos contributed to this report.)",
    "(Compiled by Lagos newsroom)",
)
TRAILERS = (
    "Our Standards: The Thomson Reuters Trust Principles.",
    "Our Standards: The Thomson Reuters Trust Principles., opens new tab",
    "Acquire Licensing Rights",
    "(For more ferry news, see the harbour page)",
    "___",
    "-30-",
    "- 30 -",
    "NNNN",
    "(END)",
    "ENDS",
    "REUTERS",
    "* * * *",
    "Keywords: FERRIES/HARBOUR",
    "Copyright 2026 Skarrhavn Wire. All rights reserved.",
    "© 2026 Skarrhavn Wire",
    "Click here for the ferry page",
)


@pytest.mark.parametrize("signoff", SIGNOFFS)
def test_a_sign_off_is_no_body(signoff: str, gazetteer: Gazetteer) -> None:
    story = read(f"{LEAD}\n\n{LAST}\n\n{signoff}", gazetteer)
    assert story.body.endswith(LAST)
    assert {kind for kind, _ in below(story)} == {"signoff"}
    assert story.credits


@pytest.mark.parametrize("trailer", TRAILERS)
def test_a_closing_line_is_a_trailer_with_or_without_a_sign_off(
    trailer: str, gazetteer: Gazetteer
) -> None:
    story = read(f"{LEAD}\n\n{LAST}\n\n{trailer}", gazetteer)
    assert below(story) == [("trailer", trailer)]
    story = read(f"{LEAD}\n\n{LAST}\n\n{SIGNOFF}\n\n{trailer}", gazetteer)
    assert below(story) == [("signoff", SIGNOFF), ("trailer", trailer)]
    assert len(story.credits) == 2
    assert story.body.endswith(LAST)


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(SIGNOFFS[:5]),
    st.lists(st.sampled_from(TRAILERS), max_size=3),
    st.sampled_from(["", "($1 = 0.8794 euros)\n\n"]),
)
def test_sign_off_trailers_and_conversion_come_off_in_any_number(
    signoff: str, trailers: list[str], conversion: str
) -> None:
    text = "\n\n".join([f"{LEAD}\n\n{LAST}\n\n{conversion}{signoff}", *trailers])
    story = read(text, places.load())
    assert story.body == f"{LEAD.split(' - ', 1)[1]}\n\n{LAST}"
    assert len(story.conversions) == bool(conversion)
    assert [text for kind, text in below(story) if kind == "trailer"] == trailers
    assert story.credits[0].name == "Eva Tarn"


@pytest.mark.parametrize(
    ("end", "left"),
    [
        (f"{LAST} {SIGNOFF}", LAST),
        (f"{LAST}{SIGNOFF}", LAST),
        (f"{LAST}Reporting by Eva Tarn; Editing by Per Voss", LAST),
        (f"{LAST} Reporting by Eva Tarn; Editing by Per Voss", LAST),
        (f"{LAST}\nReporting by Eva Tarn; Editing by Per Voss", LAST),
        ("“We shall sail,” he said. (Reporting by Eva Tarn)", "“We shall sail,” he said."),
        ("He said “we shall sail.” Reporting by Eva Tarn", "He said “we shall sail.”"),
        (f"{LAST} ($1 = 0.8794 euros) {SIGNOFF}", LAST),
        (f"{LAST} {SIGNOFF} ($1 = 0.8794 euros)", LAST),
        (f"{LAST} {SIGNOFF} (eva@wire.example; +47 5550 0142)", LAST),
        (f"{LAST} {SIGNOFF}Our Standards: The Thomson Reuters Trust Principles.", LAST),
    ],
)
def test_what_is_fused_to_the_last_sentence_leaves_it_whole(
    end: str, left: str, gazetteer: Gazetteer
) -> None:
    story = read(f"{LEAD}\n\n{end}", gazetteer)
    assert story.body.split("\n\n")[-1] == left
    assert story.credits[0].name == "Eva Tarn"


@pytest.mark.parametrize(
    ("line", "base", "quote", "rate"),
    [
        ("($1 = 0.8794 euros)", "USD", "euros", 0.8794),
        ("($1=.7193 Euro)", "USD", "Euro", 0.7193),
        ("($1 = 10.4320 Norwegian crowns)", "USD", "Norwegian crowns", 10.432),
        ("($1 = 1,249.1 won)", "USD", "won", 1249.1),
        ("(1 euro = $1.2701)", "euro", "USD", 1.2701),
        ("($1=A$1.27)", "USD", "AUD", 1.27),
        ("(£1 = $1.31)", "GBP", "USD", 1.31),
        ("($1 = 6,9 kroner)", "USD", "kroner", 6.9),
    ],
)
def test_a_conversion_line_is_a_table_row_and_no_body(
    line: str, base: str, quote: str, rate: float, gazetteer: Gazetteer
) -> None:
    for text in (f"{LEAD}\n\n{LAST}\n\n{line}\n\n{SIGNOFF}", f"{LEAD}\n\n{LAST}\n\n{line}",
                 f"{LEAD}\n\n{line}\n\n{LAST}\n\n{SIGNOFF}"):  # fmt: skip
        story = read(text, gazetteer)
        assert line not in story.body
        (row,) = story.conversions
        assert (row.base, row.quote, row.rate) == (base, quote, rate)
        assert ("conversion", line) in [(p.kind, p.text) for p in story.paragraphs]


def test_a_chain_of_rates_gives_a_row_for_each(gazetteer: Gazetteer) -> None:
    story = read(f"{LEAD}\n\n($1=1249.1 Won=94.16 Yen)", gazetteer)
    assert [(row.base, row.quote, row.rate) for row in story.conversions] == [
        ("USD", "Won", 1249.1),
        ("USD", "Yen", 94.16),
    ]


@pytest.mark.parametrize(
    "prose",
    [
        "The ferry (built in 1938) leaks.",
        "It cost $1 more than in May (see table).",
        "The eels = the money, he said.",
        "Keywords were changed.",
        "More ferries will sail.",
        "He ended: “ends”",
        "Enditem is a word of Chinese wire copy.",
    ],
)
def test_prose_at_the_end_stays_body(prose: str, gazetteer: Gazetteer) -> None:
    story = read(f"{LEAD}\n\n{prose}", gazetteer)
    assert story.body.endswith(prose)
    assert below(story) == []


def test_lines_under_a_sign_off_are_trailers(gazetteer: Gazetteer) -> None:
    story = read(f"{LEAD}\n\n{LAST}\n\n{SIGNOFF}\n\nSign up for the tide letter.", gazetteer)
    assert story.body.endswith(LAST)
    assert below(story) == [("signoff", SIGNOFF), ("trailer", "Sign up for the tide letter.")]


@pytest.mark.parametrize(
    ("contact", "kind"),
    [
        ("((eva.tarn@wire.example; +47 5550 0142))", "email"),
        ("(eva.tarn@wire.example)", "email"),
        ("+47 5550 0142", "phone"),
    ],
)
def test_a_line_of_contacts_is_no_body(contact: str, kind: str, gazetteer: Gazetteer) -> None:
    story = read(f"{LEAD}\n\n{LAST}\n\n{SIGNOFF}\n\n{contact}", gazetteer)
    assert story.body.endswith(LAST)
    assert story.contacts[0].kind == kind
    assert len(story.credits) == 2


@pytest.mark.parametrize(
    ("agency", "closing"),
    [
        ("reuters1987", "Reuter"),
        ("reuters1987", "REUTER..."),
        ("reuters1987", "More"),
        ("pa", "ends"),
        ("xinhua", "Enditem"),
        ("kyodo", "==Kyodo"),
        ("efe", "EFE"),
        ("businessdesk", "(BusinessDesk)"),
        ("aap", "AAP RTV"),
        ("aap", "AAP RESULTS"),
        ("aap", "medianet.com.au/releases/9 SOURCE: Marram Kelp"),
        ("ritzau", "/ritzau/"),
        ("ntb", "(©NTB)"),
        ("ansa", "(ANSA)."),
        ("prnewswire", "Logo - https://img.example/kelp.jpg"),
        ("ap", "This story was generated by Kelp Insights using data from the harbour."),
        ("bloomberg", "©2026 Bloomberg L.P."),
        ("ap", "Follow Eva Tarn on Twitter at https://social.example/evatarn"),
    ],
)
def test_an_agency_closes_in_its_own_way(agency: str, closing: str, gazetteer: Gazetteer) -> None:
    story = read(f"The harbour was closed.\n\n{LAST}\n\n{closing}", gazetteer, agency)
    assert below(story) == [("trailer", closing)]
    assert story.body.endswith(LAST)


@pytest.mark.parametrize(
    ("agency", "closing"), [("ansa", "(ANSA)."), ("ritzau", " /ritzau/"), ("ntb", " (©NTB)")]
)
def test_an_agency_s_mark_behind_the_last_sentence_leaves_it_whole(
    agency: str, closing: str, gazetteer: Gazetteer
) -> None:
    story = read(f"The harbour was closed.\n\n{LAST}{closing}", gazetteer, agency)
    assert below(story) == [("trailer", closing.strip())]
    assert story.body.endswith(LAST)


RELEASES = (
    ["Marram Kelp", "Eva Tarn, 212-555-0199 eva@kelp.example or", "Inlet Talk", "per@talk.example"],
    ["Investor relations contact:", "Eva Tarn", "Marram Kelp", "ir@kelp.example"],
    ["Contact: Eva Tarn, COO", "(E) eva@kelp.example", "(P) Oslo: +47.55.501.019"],
)


@pytest.mark.parametrize("foot", RELEASES)
@pytest.mark.parametrize("last", [[], ["SOURCE Marram Kelp"]])
def test_whom_to_ask_about_a_release_is_no_body(
    foot: list[str], last: list[str], gazetteer: Gazetteer
) -> None:
    table = "Ferries | 12"
    text = "\n\n".join([LAST, table, *foot, *last])
    story = read(text, gazetteer, "businesswire")
    assert story.body == f"{LAST}\n\n{table}"
    assert below(story) == [("trailer", line) for line in [*foot, *last]]
    assert story.contacts
    assert read("\n\n".join([LAST, table, "Marram Kelp"]), gazetteer, "businesswire").body


def test_the_links_of_a_dpa_notebook_are_nobody_s_contacts(gazetteer: Gazetteer) -> None:
    notebook = "# Notebook\n\n## Internet links\n- [Harbour](https://harbour.example/1)"
    story = read(f"{LAST}\n\n{notebook}\n\ndpa qx ln", gazetteer, "dpa")
    assert (story.body, story.contacts) == (LAST, ())


@pytest.mark.parametrize(
    ("note", "kind"),
    [
        ("Correction: An earlier version of this story misnamed a ferry; corrected", "correction"),
        ("(This story corrects the name of the ferry in paragraph 3)", "correction"),
        ("(This version of the story was refiled to fix a typo in the headline)", "refile"),
        ("This story has been corrected to say nine boats, not ten.", "correction"),
        ("(This story has been updated to add a quote)", "update"),
    ],
)
def test_a_note_below_the_copy_is_the_story_s_note(
    note: str, kind: str, gazetteer: Gazetteer
) -> None:
    story = read(f"{LEAD}\n\n{LAST}\n\n{note}\n\n{SIGNOFF}", gazetteer)
    assert story.ed_note is not None
    assert story.ed_note in note
    assert story.ed_note_kind == kind
    assert story.body.endswith(LAST)


@pytest.mark.parametrize("closing", ["Reuter", "REUTER", "REUTER..."])
@pytest.mark.parametrize("gap", ["\n ", "\n\n ", "\n", "      "])
def test_the_closing_word_of_1987_leaves_the_last_line(
    closing: str, gap: str, gazetteer: Gazetteer
) -> None:
    text = (
        "ZURICH, March 3 - Tin rose for the third day on Tuesday as mines\n"
        "in the south stayed shut, dealers said.\n"
        f"    Stocks fell to a low.{gap}{closing}"
    )
    story = read(text, gazetteer, "reuters1987")
    assert story.body.endswith("Stocks fell to a low.")
    assert below(story) == [("trailer", closing)]


def test_a_sign_off_in_the_middle_of_long_copy_is_not_looked_for(gazetteer: Gazetteer) -> None:
    middle = "Reporting by telephone was forbidden, he said."
    text = "\n\n".join([LEAD, middle, *([LAST] * 12)])
    story = read(text, gazetteer)
    assert middle in story.body
    assert story.credits == ()


def test_a_story_that_is_only_a_sign_off_has_no_body(gazetteer: Gazetteer) -> None:
    story = read(SIGNOFF, gazetteer)
    assert story.body == ""
    assert len(story.credits) == 2
    assert "empty_body" in [issue.code for issue in story.issues]


def test_credits_come_in_printed_order_over_several_blocks(gazetteer: Gazetteer) -> None:
    story = read(
        f"{LEAD}\n\n(Reporting by Eva Tarn)\n\n(Writing by Gus Hale)\n\n(Editing by Per Voss)",
        gazetteer,
    )
    assert [credit.role for credit in story.credits] == ["reporting", "writing", "editing"]
    starts = [credit.start for credit in story.credits]
    assert starts == sorted(starts)
