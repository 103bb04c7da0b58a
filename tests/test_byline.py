"""Bylines: who signs, with titles, organisations and places; and what is a byline at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiredesk import places
from wiredesk.agencies import AGENCIES, UNNAMED
from wiredesk.clean import clean
from wiredesk.extract.byline import is_byline, named_author, read_byline
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
        ("By Agnes Corbel", ["Agnes Corbel"]),
        ("by Agnes Corbel", ["Agnes Corbel"]),
        ("BY AGNES CORBEL", ["Agnes Corbel"]),
        ("Agnes Corbel", ["Agnes Corbel"]),
        ("  By   Agnes   Corbel  ", ["Agnes Corbel"]),
        ("By: Agnes Corbel", ["Agnes Corbel"]),
        ("Written by Agnes Corbel", ["Agnes Corbel"]),
        ("By Eva Tarn and Per Voss", ["Eva Tarn", "Per Voss"]),
        ("By Eva Tarn, Per Voss and Gus Hale", ["Eva Tarn", "Per Voss", "Gus Hale"]),
        ("By Eva Tarn, Per Voss, and Gus Hale", ["Eva Tarn", "Per Voss", "Gus Hale"]),
        ("By Eva Tarn & Per Voss", ["Eva Tarn", "Per Voss"]),
        ("By Eva Tarn | Per Voss", ["Eva Tarn", "Per Voss"]),
        ("By  Eva Tarn ,  Per Voss  and  Gus Hale", ["Eva Tarn", "Per Voss", "Gus Hale"]),
        ("By EVA TARN and PER VOSS", ["Eva Tarn", "Per Voss"]),
        ("ELINA KORPI, OTSO VAARA ", ["Elina Korpi", "Otso Vaara"]),
        ("By MOYRA McADDEN", ["Moyra McAdden"]),
        ("By JEAN-LUC D'ORVAL and MARY O'SHAW", ["Jean-Luc D'Orval", "Mary O'Shaw"]),
        ("By ZOË ŁUCZAK", ["Zoë Łuczak"]),
        ("By Joost ten Hove", ["Joost ten Hove"]),
        ("By Omar al-Khoury", ["Omar al-Khoury"]),
        ("By J.B. Hale and H. Gold", ["J.B. Hale", "H. Gold"]),
        ("By Mary O’Shaw", ["Mary O’Shaw"]),
        ("By Eva Tarn =", ["Eva Tarn"]),
        ("By Eva Tarn - Analysis", ["Eva Tarn"]),
        ("By Eva Tarn eva.tarn@wire.example", ["Eva Tarn"]),
        ("By Sari", ["Sari"]),
        ("Von Eva Tarn, dpa", ["Eva Tarn"]),
        ("Von Eva Tarn und Per Voss", ["Eva Tarn", "Per Voss"]),
        ("Par Eva Tarn et Per Voss", ["Eva Tarn", "Per Voss"]),
        ("Por Ana Ruiz y Leo Paz", ["Ana Ruiz", "Leo Paz"]),
        ("Por Ana Paz y Soler", ["Ana Paz y Soler"]),
        ("Av Eva Tarn og Per Voss", ["Eva Tarn", "Per Voss"]),
        ("Von Tarn, Eva", ["Von Tarn", "Eva"]),
        ("Par Ekedal", ["Par Ekedal"]),
        ("By Eva Tarn/Per Voss", ["Eva Tarn", "Per Voss"]),
        ("By Gus Hale Jr.", ["Gus Hale Jr."]),
        ("By Gus Hale, Jr. and Per Voss", ["Gus Hale, Jr.", "Per Voss"]),
        ("By Ines Post", ["Ines Post"]),
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
        ("By Eva Tarn, European Banking Correspondent",
         [("Eva Tarn", "European Banking Correspondent")]),
        ("By Eva Tarn, European Banking Correspondent - Analysis",
         [("Eva Tarn", "European Banking Correspondent")]),
        ("By Eva Tarn and Per Voss, Energy Writers",
         [("Eva Tarn", "Energy Writers"), ("Per Voss", "Energy Writers")]),
        ("By Eva Tarn, Business Editor, and Per Voss",
         [("Eva Tarn", "Business Editor"), ("Per Voss", None)]),
        ("By Eva Tarn\nAP Sports Writer", [("Eva Tarn", "AP Sports Writer")]),
    ],
)  # fmt: skip
def test_a_title_belongs_to_the_names_before_it(
    raw: str, rows: list[tuple[str, str | None]]
) -> None:
    assert [(author.name, author.title) for author in authors(raw)] == rows


@pytest.mark.parametrize(
    ("raw", "rows"),
    [
        ("By Ned Farrow, The Inlet Herald =", [("Ned Farrow", "The Inlet Herald", None)]),
        ("By Eva Tarn of La Voce in Trieste and Per Voss",
         [("Eva Tarn", "La Voce", "Trieste"), ("Per Voss", None, None)]),
        ("By Eva Tarn in Lagos", [("Eva Tarn", None, "Lagos")]),
        ("By Eva Tarn in Lagos and Per Voss in Oslo",
         [("Eva Tarn", None, "Lagos"), ("Per Voss", None, "Oslo")]),
        ("By EVA TARN in LAGOS", [("Eva Tarn", None, "Lagos")]),
        ("By EVA TARN; Special to The Inlet Times", [("Eva Tarn", "The Inlet Times", None)]),
        ("Eva Tarn / Havnefakta.no", [("Eva Tarn", "Havnefakta.no", None)]),
        ("By Eva Tarn, Skarrhavn University Press",
         [("Eva Tarn", "Skarrhavn University Press", None)]),
    ],
)  # fmt: skip
def test_an_organisation_and_a_place_are_kept_apart_from_the_name(
    raw: str, rows: list[tuple[str, str | None, str | None]]
) -> None:
    assert [(author.name, author.org, author.place) for author in authors(raw)] == rows


@pytest.mark.parametrize(
    ("raw", "agency", "org"),
    [
        ("By Nils Quayle, Reuters", "reuters", None),
        ("By Nils Quayle, Reuters", "reuters1987", None),
        ("By Lena Hofstedt, dpa", "dpa", None),
        ("By Lena Hofstedt, dpa", "reuters", "dpa"),
        ("By Eva Tarn, AP", "ap", None),
        ("Eva Tarn/TT", "tt", None),
        ("Eva Tarn/TT", "ntb", "TT"),
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
        ("NTB", "NTB"),
        ("BusinessDesk", "BusinessDesk"),
        ("Ferry Network", "Ferry Network"),
        ("The Inlet Herald", "The Inlet Herald"),
        ("FYRLAMPE BØRS ASA", "FYRLAMPE BØRS ASA"),
        ("Marram Kelp, Inc.", "Marram Kelp, Inc."),
        ("Ångfärjan i Vik AB (publ)", "Ångfärjan i Vik AB (publ)"),
    ],
)
def test_a_desk_signs_as_a_desk(raw: str, desk: str) -> None:
    assert [(author.name, author.entity) for author in authors(raw)] == [(desk, "desk")]


def test_who_is_named_by_the_format_is_a_person_or_a_house() -> None:
    named = [named_author(name, AGENCIES["tt"]) for name in ("EVA TARN", "Eva Tarn/TT", "DPA")]
    assert [(author.name, author.org, author.entity) for author in named] == [
        ("Eva Tarn", None, "person"),
        ("Eva Tarn", None, "person"),
        ("DPA", None, "desk"),
    ]


@pytest.mark.parametrize(
    ("raw", "initials"),
    [("vk/pt", ["vk", "pt"]), ("qz", ["qz"]), ("hra/tl/jmb", ["hra", "tl", "jmb"])],
)
def test_initials_where_a_byline_belongs_are_initials(raw: str, initials: list[str]) -> None:
    assert [(author.name, author.entity) for author in authors(raw)] == [
        (name, "initials") for name in initials
    ]


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("EVA TARN", "Eva Tarn"),
        ("JEAN-LUC D'ORVAL", "Jean-Luc D'Orval"),
        ("MARY O'SHAW McNEILL", "Mary O'Shaw McNeill"),
        ("PEDRO DA SERRA", "Pedro da Serra"),
        ("GUS HALE III", "Gus Hale III"),
        ("J.B. HALE", "J.B. Hale"),
        ("ÉMILE ŁUCZAK", "Émile Łuczak"),
        ("Eva TARN", "Eva TARN"),
        ("Eva Tarn", "Eva Tarn"),
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
        ("By Eva Tarn", True),
        ("Von Eva Tarn, dpa", True),
        ("Av Eva Tarn og Per Voss", True),
        ("Von Oslo nach Bergen", False),
        ("Por Ana llegó el otoño", False),
        ("by Eva Tarn and Per Voss", True),
        ("BY EVA TARN", True),
        ("By Eva Tarn, Chief Correspondent", True),
        ("By Joost ten Hove in The Hague", True),
        ("By a Reuters staff reporter", True),
        ("By Monday the ferries had stopped.", False),
        ("By noon Eva Tarn had counted nine boats. The rest sank.", False),
        ("By the quay: boats and nets", False),
        ("Bynum Tarn", False),
        ("Eva Tarn", False),
        ("By", False),
    ],
)
def test_a_line_of_names_after_by_is_a_byline(line: str, byline: bool) -> None:
    assert is_byline(line) == byline


@pytest.mark.parametrize(
    "top",
    [
        "By Eva Tarn and Per Voss\n\nOSLO (Reuters) - Ferries stopped.",
        "OSLO (Reuters) - Ferries stopped.",
        "By Eva Tarn and Per Voss OSLO (Reuters) - Ferries stopped.",
        "(Adds detail)\n\nBy Eva Tarn and Per Voss\n\nOSLO (Reuters) - Ferries stopped.",
        "* Ferries stop\n\nBy Eva Tarn and Per Voss\n\nOSLO (Reuters) - Ferries stopped.",
        "By Eva Tarn and Per Voss\n\n(Adds detail)\n\nOSLO (Reuters) - Ferries stopped.",
    ],
)
def test_the_byline_is_found_wherever_it_stands_above_the_copy(top: str) -> None:
    read = read_story(clean(Item("file", "text", 0, None, top)), places.load())
    expected = ["Eva Tarn", "Per Voss"] if "By " in top else []
    assert [author.name for author in read.authors] == expected
    assert read.body == "Ferries stopped."
    assert read.dateline is not None


def test_the_format_s_byline_comes_before_the_copy_s() -> None:
    item = Item(
        "file",
        "text",
        0,
        None,
        "By Eva Tarn\n\nOSLO (Reuters) - Ferries stopped.",
        byline="Per Voss",
    )
    assert [author.name for author in read_story(clean(item), places.load()).authors] == [
        "Per Voss"
    ]
