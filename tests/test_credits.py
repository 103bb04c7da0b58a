"""Credits: sign-offs rendered from who did what where, and read back; and their odd shapes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wiredesk import places
from wiredesk.clean import clean
from wiredesk.extract.story import read_story
from wiredesk.model import Item, Story
from wiredesk.places import Gazetteer

LEAD = "OSLO (Reuters) - The harbour was closed to ferries on Monday, officials said."

Row = tuple[str, str, str | None]  #: role, name, place
Group = tuple[tuple[str, ...], str | None]  #: names, and the place printed after the last of them
Clause = tuple[str, tuple[Group, ...]]  #: role, groups


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return places.load()


def story(text: str, gazetteer: Gazetteer, byline: str | None = None) -> Story:
    return read_story(clean(Item("file", "text", 0, None, text, byline=byline)), gazetteer)


def signed(signoff: str, gazetteer: Gazetteer, byline: str | None = None) -> Story:
    return story(f"{LEAD}\n\n{signoff}", gazetteer, byline)


def rows(read: Story) -> list[Row]:
    return [(credit.role, credit.name, credit.place) for credit in read.credits]


# -- render and parse

PRINTED = {
    "reporting": "Reporting by",
    "additional_reporting": "Additional reporting by",
    "writing": "Writing by",
    "editing": "Editing by",
    "compiling": "Compiled by",
    "translating": "Translated by",
    "graphics": "Graphics by",
    "polling": "Polling by",
    "research": "Research by",
    "desking": "Desking by",
}
SEPARATORS = {
    "semicolon": "; ",
    "semicolon, small": "; ",
    "comma, small": ", ",
    "full stop": ". ",
    "newline": "\n",
    "slash": "/",
    "nothing but a space": " ",
    "nothing at all": "",
}
BRACKETS = {
    "none": "{}",
    "parentheses": "({})",
    "double parentheses": "(({}))",
    "parentheses left open": "({}",
    "a stop at the end": "({}.)",
}


def people(groups: tuple[Group, ...]) -> str:
    shown = []
    for names, place in groups:
        listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
        shown.append(f"{listed} in {place}" if place else listed)
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def rendered(clauses: tuple[Clause, ...], separator: str, brackets: str) -> str:
    """A sign-off from its clauses, as a desk with these habits prints it."""
    shown = []
    for n, (role, groups) in enumerate(clauses):
        words = PRINTED[role]
        if n and separator.endswith("small"):
            words = words[0].lower() + words[1:]
        shown.append(f"{words} {people(groups)}")
    return BRACKETS[brackets].format(SEPARATORS[separator].join(shown))


def expected(clauses: tuple[Clause, ...]) -> list[Row]:
    return [
        (role, name, place) for role, groups in clauses for names, place in groups for name in names
    ]


SIGNOFFS: dict[str, tuple[Clause, ...]] = {
    "one editor": (("editing", ((("Ruth Oakley",), None),)),),
    "a reporter and an editor": (
        ("reporting", ((("Ana Ferreira",), None),)),
        ("editing", ((("Ruth Oakley",), None),)),
    ),
    "places": (
        ("reporting", ((("Ana Ferreira",), "Lisbon"), (("Karl Mifsud",), "Valletta"))),
        ("editing", ((("Ruth Oakley",), None),)),
    ),
    "a place for several": (
        ("reporting", ((("Mia Torres", "Sam Adeyemi"), "Lagos"), (("Lucy Crane",), "Accra"))),
        ("editing", ((("Hugh Parr", "Jo Radley"), None),)),
    ),
    "many roles": (
        ("reporting", ((("Joel Axmann",), "Berlin"),)),
        ("additional_reporting", ((("Jana Lange", "Dora Chivu"), None),)),
        ("writing", ((("Edith Laurent",), None),)),
        ("editing", ((("Kunal Rao",), None),)),
    ),
    "other roles": (
        ("compiling", ((("Ines Moulin",), "Tours"),)),
        ("translating", ((("Wim Aldous",), None),)),
        ("graphics", ((("Sari Wibowo",), "Jakarta"),)),
        ("polling", ((("Peter Quist",), None),)),
        ("desking", ((("Nina Falk",), None),)),
    ),
    "names with particles and marks": (
        ("reporting", ((("Harro ten Wold",), "The Hague"), (("Martin de Sa'Pena",), "Zurich"))),
        ("research", ((("Jean-Luc d'Amble",), None),)),
        ("editing", ((("Mary O’Shea", "Zoë Łuczak"), None),)),
    ),
    "states and countries": (
        ("reporting", ((("Sue Eastby",), "Jacksonville, Florida"), (("Al Stott",), "New York"))),
        ("editing", ((("Pat Kranzler",), None),)),
    ),
    "initials and suffixes": (
        ("reporting", ((("John Q. Ardle", "Cy Park Jr"), "Ottawa"),)),
        ("editing", ((("G Crossley",), None),)),
    ),
}


@pytest.mark.parametrize("brackets", BRACKETS)
@pytest.mark.parametrize("separator", SEPARATORS)
@pytest.mark.parametrize("signoff", SIGNOFFS)
def test_a_sign_off_rendered_from_clauses_is_read_back(
    signoff: str, separator: str, brackets: str, gazetteer: Gazetteer
) -> None:
    text = rendered(SIGNOFFS[signoff], separator, brackets)
    read = signed(text, gazetteer)
    assert rows(read) == expected(SIGNOFFS[signoff]), text
    assert read.body == LEAD.split(" - ", 1)[1]
    for credit in read.credits:
        assert read.text[credit.start : credit.end] == credit.name


@pytest.mark.parametrize("signoff", SIGNOFFS)
def test_a_sign_off_fused_to_the_last_sentence_is_read_back(
    signoff: str, gazetteer: Gazetteer
) -> None:
    for glue in ("", " ", "\n"):
        text = rendered(SIGNOFFS[signoff], "semicolon", "none")
        read = story(f"{LEAD}{glue}{text}", gazetteer)
        assert rows(read) == expected(SIGNOFFS[signoff])
        assert read.body == LEAD.split(" - ", 1)[1]


GIVEN = ("Ana", "Bo", "Cy", "Dora", "Edith", "Farid", "Jean-Luc", "Mei", "Ngozi", "Oluf", "Zoë")
FAMILY = ("Aldous", "Brink", "Chivu", "D'Amble", "Eastby", "Falkner", "Łuczak", "Mifsud", "O'Dowd")
CITIES = ("Lagos", "New York", "Berlin", "Ho Chi Minh City", "Oslo", "Abuja, Nigeria", "Rome")


def clauses() -> st.SearchStrategy[tuple[Clause, ...]]:
    names = st.builds("{} {}".format, st.sampled_from(GIVEN), st.sampled_from(FAMILY))
    lists = st.lists(names, min_size=1, max_size=3, unique=True).map(tuple)
    # a group without a place runs into the next one: only the last may lack it
    placed = st.tuples(lists, st.sampled_from(CITIES))
    last = st.tuples(lists, st.one_of(st.none(), st.sampled_from(CITIES)))
    groups = st.one_of(
        last.map(lambda group: (group,)),
        st.builds(lambda front, end: (*front, end), st.lists(placed, min_size=1, max_size=2), last),
    )
    clause = st.tuples(st.sampled_from(sorted(PRINTED)), groups)
    return st.lists(clause, min_size=1, max_size=4, unique_by=lambda c: c[0]).map(tuple)


@settings(max_examples=400, deadline=None)
@given(clauses(), st.sampled_from(sorted(SEPARATORS)), st.sampled_from(sorted(BRACKETS)))
def test_any_sign_off_rendered_from_clauses_is_read_back(
    parts: tuple[Clause, ...], separator: str, brackets: str
) -> None:
    read = signed(rendered(parts, separator, brackets), places.load())
    assert rows(read) == expected(parts)


# -- who is where


@pytest.mark.parametrize(
    ("signoff", "who"),
    [
        ("Reporting by A. Brink and Bo Lund in Lagos",
         [("A. Brink", "Lagos", "group"), ("Bo Lund", "Lagos", "explicit")]),
        ("Reporting by Ana Ruiz in Lagos; Bo Lund",
         [("Ana Ruiz", "Lagos", "explicit"), ("Bo Lund", None, None)]),
        ("Reporting by Ana Ruiz; Bo Lund in Lagos",
         [("Ana Ruiz", None, None), ("Bo Lund", "Lagos", "explicit")]),
        ("Reporting by Ana Ruiz in New York and Berlin",
         [("Ana Ruiz", "New York", "explicit"), ("Ana Ruiz", "Berlin", "explicit")]),
        ("Reporting by Tala in Jakarta and Jordan in Medan",
         [("Tala", "Jakarta", "explicit"), ("Jordan", "Medan", "explicit")]),
        ("Reporting by Ana Ruiz in Abuja, Nigeria, Bo Lund and Cy Park in New York",
         [("Ana Ruiz", "Abuja, Nigeria", "explicit"), ("Bo Lund", "New York", "group"),
          ("Cy Park", "New York", "explicit")]),
        ("Reporting by Ana Ruiz in MUMBAI", [("Ana Ruiz", "Mumbai", "explicit")]),
        ("Reporting by Ana Ruiz via Detroit newsroom", [("Ana Ruiz", "Detroit", "via")]),
        ("Reporting from Rome by Ana Ruiz and Bo Lund",
         [("Ana Ruiz", "Rome", "clause"), ("Bo Lund", "Rome", "clause")]),
        ("Reporting by Ana Ruiz with Bo Lund in Lagos",
         [("Ana Ruiz", "Lagos", "group"), ("Bo Lund", "Lagos", "explicit")]),
    ],
)  # fmt: skip
def test_a_place_belongs_to_the_right_people(
    signoff: str, who: list[tuple[str, str | None, str | None]], gazetteer: Gazetteer
) -> None:
    read = signed(f"({signoff}; Editing by Ruth Oakley)", gazetteer)
    *reporters, editor = read.credits
    assert [(credit.name, credit.place, credit.basis) for credit in reporters] == who
    assert (editor.role, editor.name, editor.place) == ("editing", "Ruth Oakley", None)


def test_the_dateline_s_place_is_never_given_to_a_name_without_one(gazetteer: Gazetteer) -> None:
    read = signed("(Reporting by Ana Ruiz; Editing by Bo Lund)", gazetteer, byline="Ana Ruiz")
    assert {credit.place for credit in read.credits} == {None}
    assert {credit.place_id for credit in read.credits} == {None}


@pytest.mark.parametrize(
    ("signoff", "place", "relation"),
    [
        ("Matt Spitz aboard Air Force One", "Air Force One", "aboard"),
        ("Matt Spitz on board the Grey Heron", "Grey Heron", "aboard"),
        ("Matt Spitz near Kobani", "Kobani", "near"),
        ("Matt Spitz outside Lima", "Lima", "outside"),
        ("Matt Spitz at the United Nations", "United Nations", "at"),
        ("Matt Spitz in Lima", "Lima", None),
    ],
)
def test_a_preposition_that_is_not_in_is_kept_as_the_relation(
    signoff: str, place: str, relation: str | None, gazetteer: Gazetteer
) -> None:
    read = signed(f"(Reporting by {signoff}; Editing by Ruth Oakley)", gazetteer)
    assert (read.credits[0].name, read.credits[0].place) == ("Matt Spitz", place)
    assert read.credits[0].relation == relation


@pytest.mark.parametrize(
    ("signoff", "desks"),
    [
        ("Reporting by Beijing newsroom", [("Beijing newsroom", "Beijing")]),
        ("Reporting by the Beijing Newsroom", [("Beijing Newsroom", "Beijing")]),
        ("Reporting by Sao Paulo bureau", [("Sao Paulo bureau", "Sao Paulo")]),
        ("Compiled by London Editorial Reference Unit",
         [("London Editorial Reference Unit", "London")]),
        ("Polling by Bangalore Polling Unit", [("Bangalore Polling Unit", "Bangalore")]),
        ("Reporting by Paris and London newsrooms",
         [("Paris newsroom", "Paris"), ("London newsroom", "London")]),
        ("Reporting by Paris, London and Oslo bureaux",
         [("Paris bureau", "Paris"), ("London bureau", "London"), ("Oslo bureau", "Oslo")]),
        ("Reporting by Reuters staff", [("Reuters staff", None)]),
        ("Reporting by Hong Kong markets team", [("Hong Kong markets team", "Hong Kong")]),
    ],
)  # fmt: skip
def test_a_desk_is_no_person_and_its_name_gives_its_place(
    signoff: str, desks: list[tuple[str, str | None]], gazetteer: Gazetteer
) -> None:
    read = signed(f"({signoff}; Editing by Ruth Oakley)", gazetteer)
    found = [c for c in read.credits if c.entity == "desk"]
    assert [(credit.name, credit.place) for credit in found] == desks
    assert {credit.basis for credit in found} <= {"name", None}
    assert rows(read)[-1] == ("editing", "Ruth Oakley", None)


def test_a_person_s_unit_is_an_affiliation_and_no_second_person(gazetteer: Gazetteer) -> None:
    read = signed("(Reporting by Ana Ruiz, London Editorial Reference Unit)", gazetteer)
    (credit,) = read.credits
    assert (credit.entity, credit.name) == ("person", "Ana Ruiz")
    assert credit.org == "London Editorial Reference Unit"


# -- odd shapes


@pytest.mark.parametrize(
    ("signoff", "who"),
    [
        # joint roles
        ("(Reporting and writing by Ana Ruiz; Editing by Bo Lund)",
         [("reporting", "Ana Ruiz", None), ("writing", "Ana Ruiz", None),
          ("editing", "Bo Lund", None)]),
        ("(Writing/Editing by Ana Ruiz)", [("writing", "Ana Ruiz", None),
                                           ("editing", "Ana Ruiz", None)]),
        ("(Additional reporting and writing by Ana Ruiz)",
         [("additional_reporting", "Ana Ruiz", None), ("writing", "Ana Ruiz", None)]),
        ("(Further reporting by Ana Ruiz)", [("additional_reporting", "Ana Ruiz", None)]),
        # editors with a slash
        ("(Editing by Ana Ruiz/Bo Lund)", [("editing", "Ana Ruiz", None),
                                           ("editing", "Bo Lund", None)]),
        ("(Editing by Ana Ruiz & Bo Lund)", [("editing", "Ana Ruiz", None),
                                             ("editing", "Bo Lund", None)]),
        # joining words between clauses
        ("(Reporting by Ana Ruiz, with additional reporting by Bo Lund and editing by Cy Park)",
         [("reporting", "Ana Ruiz", None), ("additional_reporting", "Bo Lund", None),
          ("editing", "Cy Park", None)]),
        ("(Reporting by Ana Ruiz) (Editing by Bo Lund)",
         [("reporting", "Ana Ruiz", None), ("editing", "Bo Lund", None)]),
        ("(Reporting by Ana Ruiz)\n\n(Editing by Bo Lund)",
         [("reporting", "Ana Ruiz", None), ("editing", "Bo Lund", None)]),
        ("(Reporting by: Ana Ruiz; Editing by: Bo Lund)",
         [("reporting", "Ana Ruiz", None), ("editing", "Bo Lund", None)]),
        ("(Reporting By Ana Ruiz; Editing By Bo Lund)",
         [("reporting", "Ana Ruiz", None), ("editing", "Bo Lund", None)]),
        ("(reporting by Ana Ruiz; editing by Bo Lund)",
         [("reporting", "Ana Ruiz", None), ("editing", "Bo Lund", None)]),
        ("(REPORTING BY ANA RUIZ; EDITING BY BO LUND)",
         [("reporting", "Ana Ruiz", None), ("editing", "Bo Lund", None)]),
        ("(Reporting by Ana Ruiz in Lagos. Editing by Bo Lund.)",
         [("reporting", "Ana Ruiz", "Lagos"), ("editing", "Bo Lund", None)]),
        ("(Reporting by Ana Ruiz,; Editing by Bo Lund;)",
         [("reporting", "Ana Ruiz", None), ("editing", "Bo Lund", None)]),
        ("(Reporting by H. Gold; Editing by J.B. Park)",
         [("reporting", "H. Gold", None), ("editing", "J.B. Park", None)]),
        ("(Reporting by Ana Ruiz;\nEditing by Bo\nLund)",
         [("reporting", "Ana Ruiz", None), ("editing", "Bo Lund", None)]),
        # names as they come
        ("(Reporting by Tala)", [("reporting", "Tala", None)]),
        ("(Reporting by Eric onstead)", [("reporting", "Eric onstead", None)]),
        ("(Reporting by Ali al-Khoury and Omar bin Said)",
         [("reporting", "Ali al-Khoury", None), ("reporting", "Omar bin Said", None)]),
        ("(Reporting by Pedro Nicolau da Cunha in Washington)",
         [("reporting", "Pedro Nicolau da Cunha", "Washington")]),
        ("(Editing by Ewan MacAllerby and Una LaCarr)",
         [("editing", "Ewan MacAllerby", None), ("editing", "Una LaCarr", None)]),
        # AP
        ("Associated Press writer Ana Ruiz contributed to this report.",
         [("contributing", "Ana Ruiz", None)]),
        ("Associated Press writers Ana Ruiz in Cairo and Bo Lund in Abuja, Nigeria, contributed to"
         " this report.",
         [("contributing", "Ana Ruiz", "Cairo"), ("contributing", "Bo Lund", "Abuja, Nigeria")]),
        ("AP Business Writer Ana Ruiz in Tokyo contributed to this story.",
         [("contributing", "Ana Ruiz", "Tokyo")]),
        ("Associated Press writers Ana Ruiz and Bo Lund contributed to this report from Lagos.",
         [("contributing", "Ana Ruiz", "Lagos"), ("contributing", "Bo Lund", "Lagos")]),
        ("Ana Ruiz in Lagos contributed to this report.", [("contributing", "Ana Ruiz", "Lagos")]),
        ("Ruiz reported from Lagos.", [("reporting", "Ruiz", "Lagos")]),
        ("Ruiz reported from Lagos, Lund from Oslo.",
         [("reporting", "Ruiz", "Lagos"), ("reporting", "Lund", "Oslo")]),
        ("Ruiz reported from Austin, Texas. Associated Press writer Bo Lund contributed to this"
         " report.",
         [("reporting", "Ruiz", "Austin, Texas"), ("contributing", "Bo Lund", None)]),
        # initials
        ("hra/tl/jmb", [("desk", "hra", None), ("desk", "tl", None), ("desk", "jmb", None)]),
        ("dpa wsz jln npr", [("desk", "wsz", None), ("desk", "jln", None), ("desk", "npr", None)]),
        # other languages
        ("Reporte de Ana Ruiz; Editado por Bo Lund",
         [("reporting", "Ana Ruiz", None), ("editing", "Bo Lund", None)]),
        ("(Reporte de Ana Ruiz en Lima; traducido por Bo Lund)",
         [("reporting", "Ana Ruiz", "Lima"), ("translating", "Bo Lund", None)]),
        ("(Rédigé par Ana Ruiz, édité par Bo Lund)",
         [("writing", "Ana Ruiz", None), ("editing", "Bo Lund", None)]),
        ("(geschrieben von Ana Ruiz; redigiert von Bo Lund)",
         [("writing", "Ana Ruiz", None), ("editing", "Bo Lund", None)]),
    ],
)  # fmt: skip
def test_an_odd_sign_off_is_read(signoff: str, who: list[Row], gazetteer: Gazetteer) -> None:
    read = signed(signoff, gazetteer)
    assert rows(read) == who
    assert read.body == LEAD.split(" - ", 1)[1]


def test_a_surname_is_completed_from_the_byline_and_kept_as_printed(gazetteer: Gazetteer) -> None:
    read = signed(
        "Hollis reported from Austin, Texas, Amari from Rome.", gazetteer, "Rae Hollis and Jo Amari"
    )
    assert rows(read) == [
        ("reporting", "Rae Hollis", "Austin, Texas"),
        ("reporting", "Jo Amari", "Rome"),
    ]
    assert [credit.name_raw for credit in read.credits] == ["Hollis", "Amari"]
    assert {credit.basis for credit in read.credits} == {"clause"}


def test_a_surname_that_two_authors_share_is_not_completed(gazetteer: Gazetteer) -> None:
    read = signed("Hollis reported from Rome.", gazetteer, "Rae Hollis and Jo Hollis")
    assert rows(read) == [("reporting", "Hollis", "Rome")]


def test_contacts_are_no_people_and_keep_their_kinds(gazetteer: Gazetteer) -> None:
    read = signed(
        "((Reporting by Erik Saari; editing by Carol Boon; erik.saari@wire.example;"
        " +358 9 5550 1000; Reuters Messaging: erik.saari.desk@wire.example))",
        gazetteer,
    )
    assert rows(read) == [("reporting", "Erik Saari", None), ("editing", "Carol Boon", None)]
    assert [(contact.kind, contact.value) for contact in read.contacts] == [
        ("email", "erik.saari@wire.example"),
        ("phone", "+358 9 5550 1000"),
        ("messaging", "erik.saari.desk@wire.example"),
    ]


@pytest.mark.parametrize(
    ("contact", "kind", "value"),
    [
        ("ana@wire.example", "email", "ana@wire.example"),
        ("+47 5550 0142", "phone", "+47 5550 0142"),
        ("1-202-555-0142", "phone", "1-202-555-0142"),
        ("https://wire.example/ana", "url", "https://wire.example/ana"),
        ("@anaruizdesk", "social", "@anaruizdesk"),
    ],
)
def test_a_contact_in_a_sign_off_is_told_by_its_shape(
    contact: str, kind: str, value: str, gazetteer: Gazetteer
) -> None:
    read = signed(f"(Reporting by Ana Ruiz; Editing by Bo Lund; {contact})", gazetteer)
    assert [(c.kind, c.value) for c in read.contacts] == [(kind, value)]
    assert rows(read) == [("reporting", "Ana Ruiz", None), ("editing", "Bo Lund", None)]


DPA = """Berlin (dpa) - A tram stopped on Monday.

# Notebook

## Note to editors
- adds witness in paras 2-3

## Internet links
- [Tram office](https://tram.example)

* * * *
The following information is not intended for publication

## Editorial contacts
- Reporting by: Otto Albers in Vienna, Tina Oelke in Geneva
  and Helen Corb in New York
- Editing by: Rae More, +49 30 5550 1000, <desk@news.example>

dpa oa rmo to rmo
"""


def test_dpa_s_footer_is_notes_credits_and_contacts_and_never_body(gazetteer: Gazetteer) -> None:
    read = story(DPA, gazetteer)
    assert read.body == "A tram stopped on Monday."
    assert rows(read) == [
        ("reporting", "Otto Albers", "Vienna"),
        ("reporting", "Tina Oelke", "Geneva"),
        ("reporting", "Helen Corb", "New York"),
        ("editing", "Rae More", None),
        *(("desk", initials, None) for initials in ("oa", "rmo", "to", "rmo")),
    ]
    assert {c.entity for c in read.credits if c.role == "desk"} == {"initials"}
    assert {contact.kind for contact in read.contacts} >= {"phone", "email"}
    assert read.ed_note is not None
    assert read.ed_note.startswith("adds witness")


# -- false friends


@pytest.mark.parametrize(
    "prose",
    [
        "The notes were written by Halden Bank and editing by hand of the ledgers continues.",
        "The issue was underwritten by Halden Bank.",
        "The figures were compiled by Quayside Estimates.",
        "Research by Dunmore Private Equity showed a fall in fares.",
        "The survey drew on contributions from papers in the United Kingdom.",
        "He edited the paper for years. Writing by night suited him.",
        "Reporting by telephone is dying out, the union said.",
        "It was the first reporting by the new agency of any loss, analysts said.",
        "The video by Skarrhavn police showed a seal.",
        "Video from the quay showed ferries at anchor.",
        "The song was written by a ferryman and translated by his wife.",
        "The crew contributed to this report in the harbour office's journal, a clerk said.",
        "Graphics by the dozen hang in the ferry's saloon.",
        "Trade was affected by reporting from abroad, Lund said.",
        "Photos by children hang in the hall.",
    ],
)
def test_role_words_in_prose_are_no_sign_off(prose: str, gazetteer: Gazetteer) -> None:
    read = signed(prose, gazetteer)
    assert read.credits == ()
    assert read.body.endswith(prose)
