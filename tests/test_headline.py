"""Headlines: labels, standing heads, genres, header blocks; and news that only looks like them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiredesk.extract.headline import Head, read_headline

LABELS = (
    *("UPDATE", "WRAPUP", "CORRECTED", "CORRECTION", "REFILE", "RPT", "WITHDRAWAL", "ADVISORY"),
    *("URGENT", "BULLETIN", "FLASH", "ANALYSIS", "FACTBOX", "EXCLUSIVE", "TIMELINE", "PREVIEW"),
    *("INTERVIEW", "NEWSMAKER", "SPECIAL REPORT", "TALKING POINT", "Q&A", "SCENARIOS", "INSIGHT"),
)
NUMBERED = ("UPDATE", "WRAPUP", "URGENT", "INSTANT VIEW")
TEXT = "Skarrhavn quay to shut for winter"


def labels(head: Head) -> list[tuple[str, int | None]]:
    return [(label.label, label.n) for label in head.labels]


@pytest.mark.parametrize("separator", ["-", " - ", ": "])
@pytest.mark.parametrize("label", LABELS)
def test_a_label_in_capitals_leaves_the_headline(label: str, separator: str) -> None:
    head = read_headline(f"{label}{separator}{TEXT}")
    assert labels(head) == [(label, None)]
    assert head.headline == TEXT


@pytest.mark.parametrize("number", [1, 2, 9, 12])
@pytest.mark.parametrize("label", NUMBERED)
def test_a_label_s_number_is_kept(label: str, number: int) -> None:
    head = read_headline(f"{label} {number}-{TEXT}")
    assert labels(head) == [(label, number)]
    assert head.headline == TEXT


@given(
    st.lists(st.sampled_from(LABELS), min_size=1, max_size=3, unique=True),
    st.sampled_from(["-", " - ", ": "]),
)
def test_labels_are_peeled_off_one_after_another(stack: list[str], separator: str) -> None:
    head = read_headline("".join(f"{label}{separator}" for label in stack) + TEXT)
    assert [label.label for label in head.labels] == stack
    assert head.headline == TEXT


@pytest.mark.parametrize(
    ("raw", "found", "headline"),
    [
        ("CORRECTED - UPDATE 4-Marram Kelp sells two ferries",
         [("CORRECTED", None), ("UPDATE", 4)], "Marram Kelp sells two ferries"),
        ("CORRECTION (OFFICIAL) - Ferry fares rise", [("CORRECTION (OFFICIAL)", None)],
         "Ferry fares rise"),
        ("(CORRECTED) Ferry fares rise", [("CORRECTED", None)], "Ferry fares rise"),
        ("<REFILE> Ferry fares rise", [("REFILE", None)], "Ferry fares rise"),
        ("TALKING POINT/Ferry fares", [("TALKING POINT", None)], "Ferry fares"),
        ("2ND LEAD Ferry fares rise", [("LEAD", 2)], "Ferry fares rise"),
        ("3rd NET Ferry fares rise", [("NET", 3)], "Ferry fares rise"),
        ("Corrected: Insight: Ferry towns turn to eels",
         [("CORRECTED", None), ("INSIGHT", None)], "Ferry towns turn to eels"),
        ("Factbox: Facts on eels", [("FACTBOX", None)], "Facts on eels"),
        ("Exclusive: Eels to be counted - sources", [("EXCLUSIVE", None)],
         "Eels to be counted - sources"),
        ("UPDATE 1-Eels eye bigger pond -CEO", [("UPDATE", 1)], "Eels eye bigger pond -CEO"),
        ("Haven blijft dicht (2)", [("VERSION", 2)], "Haven blijft dicht"),
        (">>>ANSA/ Eels return to Venice", [], "Eels return to Venice"),
        ("*****URGENT-Eels return", [("URGENT", None)], "Eels return"),
        ("MARRAM KELP SELLS QUAY =2 PARIS", [], "MARRAM KELP SELLS QUAY"),
        ("KILL KILL KILL", [("KILL", None)], "KILL KILL KILL"),
    ],
)  # fmt: skip
def test_labels_have_many_shapes(
    raw: str, found: list[tuple[str, int | None]], headline: str
) -> None:
    head = read_headline(raw)
    assert labels(head) == found
    assert head.headline == headline


@pytest.mark.parametrize(
    ("raw", "genre"),
    [
        ("FACTBOX-Five facts", "factbox"),
        ("UPDATE 2-ANALYSIS-Eels", "analysis"),
        ("SPECIAL REPORT-Eels", "special_report"),
        ("Insight: Eels", "insight"),
        ("UPDATE 2-Eels", None),
        ("Eels", None),
    ],
)
def test_a_genre_is_told_by_its_label(raw: str, genre: str | None) -> None:
    assert read_headline(raw).genre == genre


@pytest.mark.parametrize(
    ("raw", "standing", "headline"),
    [
        (
            "GLOBAL MARKETS-Shares drift before vote",
            "GLOBAL MARKETS",
            "Shares drift before vote",
        ),
        ("WRAPUP 3-GLOBAL MARKETS-Shares slip", "GLOBAL MARKETS", "Shares slip"),
        ("Soccer-Ribeira Azul end drought", "Soccer", "Ribeira Azul end drought"),
        ("PRECIOUS-Gold slips", "PRECIOUS", "Gold slips"),
        ("Golf-playing mayor resigns", None, "Golf-playing mayor resigns"),
        ("Oil-rich county votes", None, "Oil-rich county votes"),
        ("Gold slips", None, "Gold slips"),
    ],
)
def test_a_standing_head_is_no_label_and_no_headline(
    raw: str, standing: str | None, headline: str
) -> None:
    head = read_headline(raw)
    assert head.standing_head == standing
    assert head.headline == headline


@pytest.mark.parametrize(
    "news",
    [
        "Marram says ferries not withdrawn",
        "EU-Norway eel pact signed",
        "U.S. 10-day ferry strike ends",
        "White House: no comment on eels",
        "Merkle: eels are back",
        "Update on eels due Monday",
        "Analysis of eels finds mercury",
        "Text: a history of the telegram",
        "Media: the eel on screen",
        "Alert passenger saves ferry",
        "Correction officers strike in Ohio",
        "Brief eel season opens",
        "Column of smoke seen over quay",
        "Advisory board quits at Dunmore",
        "Killing of eels banned",
        "Focus-group eels voters",
        "Preview-night ferry sinks",
        "1st ferry of spring sails",
        "A = 2",
    ],
)
def test_news_that_begins_like_a_label_stays_whole(news: str) -> None:
    head = read_headline(news)
    assert labels(head) == []
    assert head.headline == news


@pytest.mark.parametrize("raw", [None, "", "   ", "\n"])
def test_no_headline_is_none(raw: str | None) -> None:
    assert read_headline(raw) == Head(None)


@pytest.mark.parametrize(
    ("block", "found"),
    [
        (f"REFILE\n{TEXT}", [("REFILE", None)]),
        (f"1ST LEAD\n{TEXT}", [("LEAD", 1)]),
        (f"REFILE\n2ND LEAD\n{TEXT} =", [("REFILE", None), ("LEAD", 2)]),
        (f"UPDATE 3:\n{TEXT}", [("UPDATE", 3)]),
        (f"CORRECTED\nUPDATE 2-{TEXT}", [("CORRECTED", None), ("UPDATE", 2)]),
    ],
)
def test_a_label_may_have_its_line_to_itself(
    block: str, found: list[tuple[str, int | None]]
) -> None:
    head = read_headline(block)
    assert (labels(head), head.headline) == (found, TEXT)


def test_a_german_byline_in_a_header_block_is_no_headline() -> None:
    head = read_headline(f"Von Eva Tarn, dpa\n{TEXT} =")
    assert (head.byline, head.headline) == ("Von Eva Tarn, dpa", TEXT)


def test_a_dpa_header_block_gives_labels_headline_and_byline() -> None:
    head = read_headline("4TH LEAD\n2ND NET\nHarbour chief: Eels will stay\nBy Lena Holm  =")
    assert labels(head) == [("LEAD", 4), ("NET", 2)]
    assert head.headline == "Harbour chief: Eels will stay"
    assert head.byline == "By Lena Holm"


@pytest.mark.parametrize(
    ("raw", "slug", "found"),
    [
        ("^BC-US--Giant Eel, 2nd Ld-Writethru,310<", "US--Giant Eel", [("LD-WRITETHRU", 2)]),
        ("AM-US--Giant Eel,240", "US--Giant Eel", []),
        ("BC-EU--Eels, 3rd Ld-Writethru", "EU--Eels", [("LD-WRITETHRU", 3)]),
    ],
)
def test_an_ap_keyword_line_is_a_slug_and_no_headline(
    raw: str, slug: str, found: list[tuple[str, int | None]]
) -> None:
    head = read_headline(raw)
    assert (head.headline, head.slug) == (None, slug)
    assert labels(head) == found


@given(st.text(max_size=120))
def test_reading_a_headline_takes_off_labels_and_adds_nothing(raw: str) -> None:
    head = read_headline(raw)
    assert head.headline is None or head.headline in " ".join(raw.split("\n"))
