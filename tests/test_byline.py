"""Bylines: who signs, with titles, organisations and places; and what is a byline at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiredesk import places
from wiredesk.agencies import AGENCIES, UNNAMED
from wiredesk.clean import clean
from wiredesk.extract.byline import is_byline, read_byline
from wiredesk.extract.names import titled
from wiredesk.extract.story import read_story
from wiredesk.model import Author, Item


def authors(raw: str | None, agency: str | None = None) -> tuple[Author, ...]:
    return read_byline(raw, AGENCIES[agency] if agency else UNNAMED)


def names(raw: str, agency: str | None = None) -> list[str]:
    return [author.name for author in authors(raw, agency)]


@pytest.mark.parametrize(
    ("raw", "people"),
    [
        ("By Ines Moulin", ["Ines Moulin"]),
        ("by Ines Moulin", ["Ines Moulin"]),
        ("BY INES MOULIN", ["Ines Moulin"]),
        ("Ines Moulin", ["Ines Moulin"]),
        ("  By   Ines   Moulin  ", ["Ines Moulin"]),
        ("By: Ines Moulin", ["Ines Moulin"]),
        ("Written by Ines Moulin", ["Ines Moulin"]),
        ("By Ana Ruiz and Bo Lund", ["Ana Ruiz", "Bo Lund"]),
        ("By Ana Ruiz, Bo Lund and Cy Park", ["Ana Ruiz", "Bo Lund", "Cy Park"]),
        ("By Ana Ruiz, Bo Lund, and Cy Park", ["Ana Ruiz", "Bo Lund", "Cy Park"]),
        ("By Ana Ruiz & Bo Lund", ["Ana Ruiz", "Bo Lund"]),
        ("By Ana Ruiz | Bo Lund", ["Ana Ruiz", "Bo Lund"]),
        ("By  Ana Ruiz ,  Bo Lund  and  Cy Park", ["Ana Ruiz", "Bo Lund", "Cy Park"]),
        ("By ANA RUIZ and BO LUND", ["Ana Ruiz", "Bo Lund"]),
        ("ANTTI AUTERE, HETA HASSELI ", ["Antti Autere", "Heta Hasseli"]),
        ("By HOLLIS McADDEN", ["Hollis McAdden"]),
        ("By JEAN-LUC D'AMBLE and MARY O'SHAW", ["Jean-Luc D'Amble", "Mary O'Shaw"]),
        ("By ZOË ŁUCZAK", ["Zoë Łuczak"]),
        ("By Harro ten Wold", ["Harro ten Wold"]),
        ("By Omar al-Khoury", ["Omar al-Khoury"]),
        ("By J.B. Park and H. Gold", ["J.B. Park", "H. Gold"]),
        ("By Mary O’Shaw", ["Mary O’Shaw"]),
        ("By Ana Ruiz =", ["Ana Ruiz"]),
        ("By Ana Ruiz - Analysis", ["Ana Ruiz"]),
        ("By Ana Ruiz ana.ruiz@wire.example", ["Ana Ruiz"]),
        ("By Tala", ["Tala"]),
        ("山田太郎", ["山田太郎"]),
    ],
)
def test_names_are_read_in_printed_order(raw: str, people: list[str]) -> None:
    assert names(raw) == people
    assert {author.entity for author in authors(raw)} == {"person"}


@pytest.mark.parametrize("raw", [None, "", "  ", "=", "desk@wire.example"])
def test_nothing_in_a_byline_gives_no_author(raw: str | None) -> None:
    assert authors(raw) == ()


@pytest.mark.parametrize(
    ("raw", "rows"),
    [
        ("By Ana Ruiz, European Banking Correspondent",
         [("Ana Ruiz", "European Banking Correspondent")]),
        ("By Ana Ruiz, European Banking Correspondent - Analysis",
         [("Ana Ruiz", "European Banking Correspondent")]),
        ("By Ana Ruiz and Bo Lund, Energy Writers",
         [("Ana Ruiz", "Energy Writers"), ("Bo Lund", "Energy Writers")]),
        ("By Ana Ruiz, Business Editor, and Bo Lund",
         [("Ana Ruiz", "Business Editor"), ("Bo Lund", None)]),
        ("By Ana Ruiz\nAP Sports Writer", [("Ana Ruiz", "AP Sports Writer")]),
    ],
)  # fmt: skip
def test_a_title_belongs_to_the_names_before_it(
    raw: str, rows: list[tuple[str, str | None]]
) -> None:
    assert [(author.name, author.title) for author in authors(raw)] == rows


@pytest.mark.parametrize(
    ("raw", "rows"),
    [
        ("By Tom Krass, The Coast Herald =", [("Tom Krass", "The Coast Herald", None)]),
        ("By Ana Ruiz of La Gaceta in Tours and Bo Lund",
         [("Ana Ruiz", "La Gaceta", "Tours"), ("Bo Lund", None, None)]),
        ("By Ana Ruiz in Lagos", [("Ana Ruiz", None, "Lagos")]),
        ("By Ana Ruiz in Lagos and Bo Lund in Oslo",
         [("Ana Ruiz", None, "Lagos"), ("Bo Lund", None, "Oslo")]),
        ("By ANA RUIZ in LAGOS", [("Ana Ruiz", None, "Lagos")]),
        ("By Ana Ruiz, Skarrhavn University Press",
         [("Ana Ruiz", "Skarrhavn University Press", None)]),
    ],
)  # fmt: skip
def test_an_organisation_and_a_place_are_kept_apart_from_the_name(
    raw: str, rows: list[tuple[str, str | None, str | None]]
) -> None:
    assert [(author.name, author.org, author.place) for author in authors(raw)] == rows


@pytest.mark.parametrize(
    ("raw", "agency", "org"),
    [
        ("By Rich Moller, Reuters", "reuters", None),
        ("By Rich Moller, Reuters", "reuters1987", None),
        ("By Lena Hofstedt, dpa", "dpa", None),
        ("By Lena Hofstedt, dpa", "reuters", "dpa"),
        ("By Ana Ruiz, AP", "ap", None),
    ],
)
def test_an_agency_s_own_name_says_nothing_and_another_s_is_an_organisation(
    raw: str, agency: str, org: str | None
) -> None:
    (author,) = authors(raw, agency)
    assert author.org == org
    assert author.entity == "person"


@pytest.mark.parametrize(
    ("raw", "desk"),
    [
        ("By a Reuters staff reporter", "Reuters staff"),
        ("By Reuters staff", "Reuters staff"),
        ("By The Associated Press", "The Associated Press"),
        ("By dpa correspondents", "dpa correspondents"),
    ],
)
def test_a_desk_signs_as_a_desk(raw: str, desk: str) -> None:
    assert [(author.name, author.entity) for author in authors(raw)] == [(desk, "desk")]


@pytest.mark.parametrize(
    ("raw", "initials"),
    [("gr/bp", ["gr", "bp"]), ("lm", ["lm"]), ("hra/tl/jmb", ["hra", "tl", "jmb"])],
)
def test_initials_where_a_byline_belongs_are_initials(raw: str, initials: list[str]) -> None:
    assert [(author.name, author.entity) for author in authors(raw)] == [
        (name, "initials") for name in initials
    ]


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("ANA RUIZ", "Ana Ruiz"),
        ("JEAN-LUC D'AMBLE", "Jean-Luc D'Amble"),
        ("MARY O'SHAW McNEILL", "Mary O'Shaw McNeill"),
        ("PEDRO DA CUNHA", "Pedro da Cunha"),
        ("CY PARK III", "Cy Park III"),
        ("J.B. PARK", "J.B. Park"),
        ("ÉMILE ŁUCZAK", "Émile Łuczak"),
        ("Ana RUIZ", "Ana RUIZ"),
        ("Ana Ruiz", "Ana Ruiz"),
        ("", ""),
    ],
)
def test_capitals_become_a_name_again_and_other_spellings_stay(printed: str, name: str) -> None:
    assert titled(printed) == name


@given(st.text(max_size=80))
def test_a_name_set_in_title_case_twice_is_the_same(name: str) -> None:
    assert titled(titled(name)) == titled(name)


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("By Ana Ruiz", True),
        ("by Ana Ruiz and Bo Lund", True),
        ("BY ANA RUIZ", True),
        ("By Ana Ruiz, Chief Correspondent", True),
        ("By Harro ten Wold in The Hague", True),
        ("By a Reuters staff reporter", True),
        ("By Monday the ferries had stopped.", False),
        ("By noon Ana Ruiz had counted nine boats. The rest sank.", False),
        ("By the quay: boats and nets", False),
        ("Bynum Ruiz", False),
        ("Ana Ruiz", False),
        ("By", False),
    ],
)
def test_a_line_of_names_after_by_is_a_byline(line: str, byline: bool) -> None:
    assert is_byline(line) == byline


@pytest.mark.parametrize(
    "top",
    [
        "By Ana Ruiz and Bo Lund\n\nOSLO (Reuters) - Ferries stopped.",
        "OSLO (Reuters) - Ferries stopped.",
        "By Ana Ruiz and Bo Lund OSLO (Reuters) - Ferries stopped.",
        "(Adds detail)\n\nBy Ana Ruiz and Bo Lund\n\nOSLO (Reuters) - Ferries stopped.",
        "* Ferries stop\n\nBy Ana Ruiz and Bo Lund\n\nOSLO (Reuters) - Ferries stopped.",
        "By Ana Ruiz and Bo Lund\n\n(Adds detail)\n\nOSLO (Reuters) - Ferries stopped.",
    ],
)
def test_the_byline_is_found_wherever_it_stands_above_the_copy(top: str) -> None:
    read = read_story(clean(Item("file", "text", 0, None, top)), places.load())
    expected = ["Ana Ruiz", "Bo Lund"] if "By " in top else []
    assert [author.name for author in read.authors] == expected
    assert read.body == "Ferries stopped."
    assert read.dateline is not None


def test_the_format_s_byline_comes_before_the_copy_s() -> None:
    item = Item(
        "file",
        "text",
        0,
        None,
        "By Ana Ruiz\n\nOSLO (Reuters) - Ferries stopped.",
        byline="Bo Lund",
    )
    assert [author.name for author in read_story(clean(item), places.load()).authors] == ["Bo Lund"]
