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
    "one editor": (("editing", ((("Wilma Thorn",), None),)),),
    "a reporter and an editor": (
        ("reporting", ((("Rita Salgado",), None),)),
        ("editing", ((("Wilma Thorn",), None),)),
    ),
    "places": (
        ("reporting", ((("Rita Salgado",), "Lisbon"), (("Leo Zammit",), "Valletta"))),
        ("editing", ((("Wilma Thorn",), None),)),
    ),
    "a place for several": (
        ("reporting", ((("Pia Quiroga", "Tunde Okeyo"), "Lagos"), (("Kofi Brandal",), "Accra"))),
        ("editing", ((("Hal Dorn", "Liv Astor"), None),)),
    ),
    "many roles": (
        ("reporting", ((("Udo Kranich",), "Berlin"),)),
        ("additional_reporting", ((("Ilse Wendt", "Mara Lupu"), None),)),
        ("writing", ((("Odile Marsan",), None),)),
        ("editing", ((("Vikram Sood",), None),)),
    ),
    "other roles": (
        ("compiling", ((("Agnes Corbel",), "Tours"),)),
        ("translating", ((("Wim Terhorst",), None),)),
        ("graphics", ((("Dewi Santika",), "Jakarta"),)),
        ("polling", ((("Peter Quist",), None),)),
        ("desking", ((("Tove Rask",), None),)),
    ),
    "names with particles and marks": (
        ("reporting", ((("Joost ten Hove",), "The Hague"), (("Paulo de Sa'Lima",), "Zurich"))),
        ("research", ((("Jean-Marc d'Orval",), None),)),
        ("editing", ((("Nora O’Fearn", "Zoë Łuczak"), None),)),
    ),
    "states and countries": (
        ("reporting", ((("June Weller",), "Tallahassee, Florida"), (("Dan Prewitt",), "New York"))),
        ("editing", ((("Lou Hessel",), None),)),
    ),
    "initials and suffixes": (
        ("reporting", ((("John Q. Ardle", "Gus Hale Jr"), "Ottawa"),)),
        ("editing", ((("G Marlowe",), None),)),
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


GIVEN = ("Eva", "Per", "Gus", "Dora", "Edith", "Farid", "Jean-Luc", "Mei", "Ngozi", "Oluf", "Zoë")
FAMILY = ("Terhorst", "Brink", "Lupu", "D'Orval", "Weller", "Falkner", "Łuczak", "Zammit", "O'Dowd")
CITIES = ("Lagos", "New York", "Berlin", "Ho Chi Minh City", "Oslo", "Kumasi, Ghana", "Rome")


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
        ("Reporting by A. Brink and Per Voss in Lagos",
         [("A. Brink", "Lagos", "group"), ("Per Voss", "Lagos", "explicit")]),
        ("Reporting by Eva Tarn in Lagos; Per Voss",
         [("Eva Tarn", "Lagos", "explicit"), ("Per Voss", None, None)]),
        ("Reporting by Eva Tarn; Per Voss in Lagos",
         [("Eva Tarn", None, None), ("Per Voss", "Lagos", "explicit")]),
        ("Reporting by Eva Tarn in Chicago and Vienna",
         [("Eva Tarn", "Chicago", "explicit"), ("Eva Tarn", "Vienna", "explicit")]),
        ("Reporting by Sari in Bandung and Chad in Surabaya",
         [("Sari", "Bandung", "explicit"), ("Chad", "Surabaya", "explicit")]),
        ("Reporting by Eva Tarn in Kumasi, Ghana, Per Voss and Gus Hale in New York",
         [("Eva Tarn", "Kumasi, Ghana", "explicit"), ("Per Voss", "New York", "group"),
          ("Gus Hale", "New York", "explicit")]),
        ("Reporting by Eva Tarn in MUMBAI", [("Eva Tarn", "Mumbai", "explicit")]),
        ("Reporting by Eva Tarn via Warsaw newsroom", [("Eva Tarn", "Warsaw", "via")]),
        ("Reporting from Athens by Eva Tarn and Per Voss",
         [("Eva Tarn", "Athens", "clause"), ("Per Voss", "Athens", "clause")]),
        ("Reporting by Eva Tarn with Per Voss in Lagos",
         [("Eva Tarn", "Lagos", "group"), ("Per Voss", "Lagos", "explicit")]),
    ],
)  # fmt: skip
def test_a_place_belongs_to_the_right_people(
    signoff: str, who: list[tuple[str, str | None, str | None]], gazetteer: Gazetteer
) -> None:
    read = signed(f"({signoff}; Editing by Wilma Thorn)", gazetteer)
    *reporters, editor = read.credits
    assert [(credit.name, credit.place, credit.basis) for credit in reporters] == who
    assert (editor.role, editor.name, editor.place) == ("editing", "Wilma Thorn", None)


def test_the_dateline_s_place_is_never_given_to_a_name_without_one(gazetteer: Gazetteer) -> None:
    read = signed("(Reporting by Eva Tarn; Editing by Per Voss)", gazetteer, byline="Eva Tarn")
    assert {credit.place for credit in read.credits} == {None}
    assert {credit.place_id for credit in read.credits} == {None}


@pytest.mark.parametrize(
    ("signoff", "place", "relation"),
    [
        ("Rolf Ames aboard Air Force One", "Air Force One", "aboard"),
        ("Rolf Ames on board the Grey Heron", "Grey Heron", "aboard"),
        ("Rolf Ames near Homs", "Homs", "near"),
        ("Rolf Ames outside Lima", "Lima", "outside"),
        ("Rolf Ames at the United Nations", "United Nations", "at"),
        ("Rolf Ames in Lima", "Lima", None),
    ],
)
def test_a_preposition_that_is_not_in_is_kept_as_the_relation(
    signoff: str, place: str, relation: str | None, gazetteer: Gazetteer
) -> None:
    read = signed(f"(Reporting by {signoff}; Editing by Wilma Thorn)", gazetteer)
    assert (read.credits[0].name, read.credits[0].place) == ("Rolf Ames", place)
    assert read.credits[0].relation == relation


@pytest.mark.parametrize(
    ("signoff", "desks"),
    [
        ("Reporting by Beijing newsroom", [("Beijing newsroom", "Beijing")]),
        ("Reporting by the Manila Newsroom", [("Manila Newsroom", "Manila")]),
        ("Reporting by Sao Paulo bureau", [("Sao Paulo bureau", "Sao Paulo")]),
        ("Compiled by London Editorial Reference Unit",
         [("London Editorial Reference Unit", "London")]),
        ("Polling by Bangalore Polling Unit", [("Bangalore Polling Unit", "Bangalore")]),
        ("Reporting by Madrid and Vienna newsrooms",
         [("Madrid newsroom", "Madrid"), ("Vienna newsroom", "Vienna")]),
        ("Reporting by Paris, London and Oslo bureaux",
         [("Paris bureau", "Paris"), ("London bureau", "London"), ("Oslo bureau", "Oslo")]),
        ("Reporting by Reuters staff", [("Reuters staff", None)]),
        ("Reporting by Hong Kong markets team", [("Hong Kong markets team", "Hong Kong")]),
    ],
)  # fmt: skip
def test_a_desk_is_no_person_and_its_name_gives_its_place(
    signoff: str, desks: list[tuple[str, str | None]], gazetteer: Gazetteer
) -> None:
    read = signed(f"({signoff}; Editing by Wilma Thorn)", gazetteer)
    found = [c for c in read.credits if c.entity == "desk"]
    assert [(credit.name, credit.place) for credit in found] == desks
    assert {credit.basis for credit in found} <= {"name", None}
    assert rows(read)[-1] == ("editing", "Wilma Thorn", None)


def test_a_person_s_unit_is_an_affiliation_and_no_second_person(gazetteer: Gazetteer) -> None:
    read = signed("(Reporting by Eva Tarn, London Editorial Reference Unit)", gazetteer)
    (credit,) = read.credits
    assert (credit.entity, credit.name) == ("person", "Eva Tarn")
    assert credit.org == "London Editorial Reference Unit"


# -- odd shapes


@pytest.mark.parametrize(
    ("signoff", "who"),
    [
        # joint roles
        ("(Reporting and writing by Eva Tarn; Editing by Per Voss)",
         [("reporting", "Eva Tarn", None), ("writing", "Eva Tarn", None),
          ("editing", "Per Voss", None)]),
        ("(Writing/Editing by Eva Tarn)", [("writing", "Eva Tarn", None),
                                           ("editing", "Eva Tarn", None)]),
        ("(Additional reporting and writing by Eva Tarn)",
         [("additional_reporting", "Eva Tarn", None), ("writing", "Eva Tarn", None)]),
        ("(Further reporting by Eva Tarn)", [("additional_reporting", "Eva Tarn", None)]),
        # editors with a slash
        ("(Editing by Eva Tarn/Per Voss)", [("editing", "Eva Tarn", None),
                                           ("editing", "Per Voss", None)]),
        ("(Editing by Eva Tarn & Per Voss)", [("editing", "Eva Tarn", None),
                                             ("editing", "Per Voss", None)]),
        # joining words between clauses
        ("(Reporting by Eva Tarn, with additional reporting by Per Voss and editing by Gus Hale)",
         [("reporting", "Eva Tarn", None), ("additional_reporting", "Per Voss", None),
          ("editing", "Gus Hale", None)]),
        ("(Reporting by Eva Tarn) (Editing by Per Voss)",
         [("reporting", "Eva Tarn", None), ("editing", "Per Voss", None)]),
        ("(Reporting by Eva Tarn)\n\n(Editing by Per Voss)",
         [("reporting", "Eva Tarn", None), ("editing", "Per Voss", None)]),
        ("(Reporting by: Eva Tarn; Editing by: Per Voss)",
         [("reporting", "Eva Tarn", None), ("editing", "Per Voss", None)]),
        ("(Reporting By Eva Tarn; Editing By Per Voss)",
         [("reporting", "Eva Tarn", None), ("editing", "Per Voss", None)]),
        ("(reporting by Eva Tarn; editing by Per Voss)",
         [("reporting", "Eva Tarn", None), ("editing", "Per Voss", None)]),
        ("(REPORTING BY EVA TARN; EDITING BY PER VOSS)",
         [("reporting", "Eva Tarn", None), ("editing", "Per Voss", None)]),
        ("(Reporting by Eva Tarn in Lagos. Editing by Per Voss.)",
         [("reporting", "Eva Tarn", "Lagos"), ("editing", "Per Voss", None)]),
        ("(Reporting by Eva Tarn,; Editing by Per Voss;)",
         [("reporting", "Eva Tarn", None), ("editing", "Per Voss", None)]),
        ("(Reporting by H. Gold; Editing by J.B. Hale)",
         [("reporting", "H. Gold", None), ("editing", "J.B. Hale", None)]),
        ("(Reporting by Eva Tarn;\nEditing by Per\nVoss)",
         [("reporting", "Eva Tarn", None), ("editing", "Per Voss", None)]),
        # names as they come
        ("(Reporting by Sari)", [("reporting", "Sari", None)]),
        ("(Reporting by Ivar holmsund)", [("reporting", "Ivar holmsund", None)]),
        ("(Reporting by Ali al-Khoury and Omar bin Said)",
         [("reporting", "Ali al-Khoury", None), ("reporting", "Omar bin Said", None)]),
        ("(Reporting by Rui Belmonte da Serra in Maputo)",
         [("reporting", "Rui Belmonte da Serra", "Maputo")]),
        ("(Editing by Ewan MacAllerby and Una LaCarr)",
         [("editing", "Ewan MacAllerby", None), ("editing", "Una LaCarr", None)]),
        # AP
        ("Associated Press writer Eva Tarn contributed to this report.",
         [("contributing", "Eva Tarn", None)]),
        ("Associated Press writers Eva Tarn in Tunis and Per Voss in Kumasi, Ghana, contributed to"
         " this report.",
         [("contributing", "Eva Tarn", "Tunis"), ("contributing", "Per Voss", "Kumasi, Ghana")]),
        ("AP Business Writer Eva Tarn in Tokyo contributed to this story.",
         [("contributing", "Eva Tarn", "Tokyo")]),
        ("Associated Press writers Eva Tarn and Per Voss contributed to this report from Lagos.",
         [("contributing", "Eva Tarn", "Lagos"), ("contributing", "Per Voss", "Lagos")]),
        ("Eva Tarn in Lagos contributed to this report.", [("contributing", "Eva Tarn", "Lagos")]),
        ("Tarn reported from Lagos.", [("reporting", "Tarn", "Lagos")]),
        ("Tarn reported from Lagos, Voss from Oslo.",
         [("reporting", "Tarn", "Lagos"), ("reporting", "Voss", "Oslo")]),
        ("Tarn reported from Tulsa, Oklahoma. Associated Press writer Per Voss contributed to this"
         " report.",
         [("reporting", "Tarn", "Tulsa, Oklahoma"), ("contributing", "Per Voss", None)]),
        # initials
        ("hra/tl/jmb", [("desk", "hra", None), ("desk", "tl", None), ("desk", "jmb", None)]),
        ("dpa wsz jln npr", [("desk", "wsz", None), ("desk", "jln", None), ("desk", "npr", None)]),
        # `xx`, `yydd` are desks, `z2` the urgency
        ("dpa wsz/jln yydd/xx z2 npr/qa",
         [("desk", name, None) for name in ("wsz", "jln", "npr", "qa")]),
        ("dpa wsz yynwd n1 npr", [("desk", "wsz", None), ("desk", "npr", None)]),
        ("بل-اكو/غ ر/كام", [("desk", name, None) for name in ("بل", "اكو", "غ ر", "كام")]),
        ("ا ف ب/جص", [("desk", "جص", None)]),
        ("AAP qx", [("desk", "qx", None)]),
        ("AAP RTV qx/ln", [("desk", "qx", None), ("desk", "ln", None)]),
        # a no-break space that became U+FFFD
        ("- Reporting by:\ufffdEva Tarn in Lagos", [("reporting", "Eva Tarn", "Lagos")]),
        ("APTN contributor Eva Tarn in Lagos helped with this story.",
         [("contributing", "Eva Tarn", "Lagos")]),
        # other languages
        ("Reporte de Eva Tarn; Editado por Per Voss",
         [("reporting", "Eva Tarn", None), ("editing", "Per Voss", None)]),
        ("(Reporte de Eva Tarn en Lima; traducido por Per Voss)",
         [("reporting", "Eva Tarn", "Lima"), ("translating", "Per Voss", None)]),
        ("(Rédigé par Eva Tarn, édité par Per Voss)",
         [("writing", "Eva Tarn", None), ("editing", "Per Voss", None)]),
        ("(geschrieben von Eva Tarn; redigiert von Per Voss)",
         [("writing", "Eva Tarn", None), ("editing", "Per Voss", None)]),
    ],
)  # fmt: skip
def test_an_odd_sign_off_is_read(signoff: str, who: list[Row], gazetteer: Gazetteer) -> None:
    read = signed(signoff, gazetteer)
    assert rows(read) == who
    assert read.body == LEAD.split(" - ", 1)[1]


def test_a_surname_is_completed_from_the_byline_and_kept_as_printed(gazetteer: Gazetteer) -> None:
    read = signed(
        "Verrill reported from Tulsa, Oklahoma, Sandoz from Rome.",
        gazetteer,
        "Una Verrill and Jo Sandoz",
    )
    assert rows(read) == [
        ("reporting", "Una Verrill", "Tulsa, Oklahoma"),
        ("reporting", "Jo Sandoz", "Rome"),
    ]
    assert [credit.name_raw for credit in read.credits] == ["Verrill", "Sandoz"]
    assert {credit.basis for credit in read.credits} == {"clause"}


def test_a_surname_that_two_authors_share_is_not_completed(gazetteer: Gazetteer) -> None:
    read = signed("Verrill reported from Rome.", gazetteer, "Una Verrill and Jo Verrill")
    assert rows(read) == [("reporting", "Verrill", "Rome")]


def test_contacts_are_no_people_and_keep_their_kinds(gazetteer: Gazetteer) -> None:
    read = signed(
        "((Reporting by Timo Harju; editing by Beth Lorne; timo.harju@wire.example;"
        " +358 9 5550 0123; Reuters Messaging: timo.harju.desk@wire.example))",
        gazetteer,
    )
    assert rows(read) == [("reporting", "Timo Harju", None), ("editing", "Beth Lorne", None)]
    assert [(contact.kind, contact.value) for contact in read.contacts] == [
        ("email", "timo.harju@wire.example"),
        ("phone", "+358 9 5550 0123"),
        ("messaging", "timo.harju.desk@wire.example"),
    ]


@pytest.mark.parametrize(
    ("contact", "kind", "value"),
    [
        ("eva@wire.example", "email", "eva@wire.example"),
        ("+47 5550 0142", "phone", "+47 5550 0142"),
        ("1-202-555-0142", "phone", "1-202-555-0142"),
        ("https://wire.example/eva", "url", "https://wire.example/eva"),
        ("@evatarndesk", "social", "@evatarndesk"),
    ],
)
def test_a_contact_in_a_sign_off_is_told_by_its_shape(
    contact: str, kind: str, value: str, gazetteer: Gazetteer
) -> None:
    read = signed(f"(Reporting by Eva Tarn; Editing by Per Voss; {contact})", gazetteer)
    assert [(c.kind, c.value) for c in read.contacts] == [(kind, value)]
    assert rows(read) == [("reporting", "Eva Tarn", None), ("editing", "Per Voss", None)]


DPA = """Berlin (dpa) - A tram stopped on Monday.

# Notebook

## Note to editors
- adds witness in paras 2-3

## Internet links
- [Tram office](https://tram.example)

* * * *
The following information is not intended for publication

## Editorial contacts
- Reporting by: Jutta Kern in Basel, Lars Oppel in Graz
  and Moira Dane in Chicago
- Editing by: Colm Birch, +49 30 5550 0118, <desk@news.example>

dpa jk cbi lo cbi
"""


def test_dpa_s_footer_is_notes_credits_and_contacts_and_never_body(gazetteer: Gazetteer) -> None:
    read = story(DPA, gazetteer)
    assert read.body == "A tram stopped on Monday."
    assert rows(read) == [
        ("reporting", "Jutta Kern", "Basel"),
        ("reporting", "Lars Oppel", "Graz"),
        ("reporting", "Moira Dane", "Chicago"),
        ("editing", "Colm Birch", None),
        *(("desk", initials, None) for initials in ("jk", "cbi", "lo", "cbi")),
    ]
    assert {c.entity for c in read.credits if c.role == "desk"} == {"initials"}
    assert {contact.kind for contact in read.contacts} >= {"phone", "email"}
    assert read.ed_note is not None
    assert read.ed_note.startswith("adds witness")


# -- false friends


@pytest.mark.parametrize(
    "prose",
    [
        "The charter was written by Quayside Bank and editing by lamplight took a year.",
        "The issue was underwritten by Quayside Bank.",
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
        "Trade was affected by reporting from abroad, Voss said.",
        "Photos by children hang in the hall.",
    ],
)
def test_role_words_in_prose_are_no_sign_off(prose: str, gazetteer: Gazetteer) -> None:
    read = signed(prose, gazetteer)
    assert read.credits == ()
    assert read.body.endswith(prose)
