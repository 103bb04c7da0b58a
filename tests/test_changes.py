"""What a version changed, and takes that make one story."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wiredesk.match.changes import Change, VersionText, changes
from wiredesk.match.takes import slug_base, take_of

LEAD = "The pier at Vessby collapsed on Monday, hurting nine people, police said."
BOATS = "Boats worth 5 million crowns sank near Port Alder, harbour master Nils Berg said."
BUILT = "It was built in 1911."
STORM = "A storm is forecast for the weekend."


def body(*paragraphs: str) -> VersionText:
    return VersionText(paragraphs=paragraphs)


def kinds(before: VersionText, after: VersionText) -> list[str]:
    return [change.kind for change in changes(before, after)]


def test_each_field_is_told_with_what_it_was_and_is() -> None:
    before = VersionText("Pier falls", (("UPDATE", 1),), "VESSBY, March 1", "Ana Ruiz", None)
    after = VersionText(
        "Pier falls, nine hurt",
        (("CORRECTED", None), ("UPDATE", 1)),
        "PORT ALDER, March 1",
        "Bo Lind",
        "Corrects dateline",
        "canceled",
    )
    assert changes(before, after) == (
        Change("headline", None, "Pier falls", "Pier falls, nine hurt"),
        Change("label", None, "UPDATE 1", "CORRECTED UPDATE 1"),
        Change("dateline", None, "VESSBY, March 1", "PORT ALDER, March 1"),
        Change("byline", None, "Ana Ruiz", "Bo Lind"),
        Change("ed_note", None, None, "Corrects dateline"),
        Change("status", None, "usable", "canceled"),
    )


def test_figures_and_names_inside_a_paragraph_are_told_by_themselves() -> None:
    now = "Boats worth 5 billion crowns sank near Port Alder, harbour master Nils Borg said."
    assert changes(body(LEAD, BOATS), body(LEAD, now)) == (
        Change("paragraph_changed", 1, BOATS, now),
        Change("number", 1, "5 million", "5 billion"),
        Change("name", 1, "Nils Berg", "Nils Borg"),
    )


@pytest.mark.parametrize(
    ("was", "now"),
    [
        (("nine", "11")),
        (("$3.5 million", "$35 million")),
        (("5.4 percent", "5.5 percent")),
        (("5.4%", "54%")),
        (("1,000", "10,000")),
        (("twenty", "thirty")),
        (("3 mln", "3 bln")),
    ],
)
def test_a_figure_is_told_with_its_unit(was: str, now: str) -> None:
    line = "The harbour board of the town said that {} was the sum of it all this year."
    (_, figure) = changes(body(line.format(was)), body(line.format(now)))
    assert (figure.kind, figure.before, figure.after) == ("number", was, now)


def test_a_weekday_or_the_first_word_of_a_sentence_is_no_name() -> None:
    before = body("Police closed the pier at noon on Monday. Boats left for the north coast.")
    after = body("Guards closed the pier at noon on Tuesday. Ships left for the north coast.")
    assert kinds(before, after) == ["paragraph_changed"]


def test_a_code_that_a_carrier_dropped_is_neither_figure_nor_name() -> None:
    before = body("Shares of Acme Cranes ( 7203.T ) fell by a tenth in Vessby on Monday.")
    assert kinds(before, body(before.paragraphs[0].replace(" ( 7203.T )", ""))) == [
        "paragraph_changed"
    ]


def test_a_paragraph_that_went_elsewhere_was_moved_and_not_lost() -> None:
    assert changes(body(LEAD, BOATS, BUILT, STORM), body(LEAD, STORM, BOATS, BUILT)) == (
        Change("paragraph_moved", 1, STORM, STORM),
    )


def test_paragraphs_come_and_go_in_their_places() -> None:
    assert changes(body(LEAD, BUILT), body(LEAD, STORM, BUILT, BOATS)) == (
        Change("paragraph_added", 1, None, STORM),
        Change("paragraph_added", 3, None, BOATS),
    )
    assert changes(body(LEAD, STORM, BUILT), body(LEAD, BUILT)) == (
        Change("paragraph_removed", 1, STORM, None),
    )


def test_credits_are_added_and_removed_whatever_their_order() -> None:
    ana = ("reporting", "Ana Ruiz", "Vessby")
    bo = ("editing", "Bo Lind", None)
    cy = ("editing", "Cy Moe", None)
    assert changes(VersionText(credits=(ana, bo)), VersionText(credits=(cy, ana))) == (
        Change("credit_removed", None, "editing: Bo Lind", None),
        Change("credit_added", None, None, "editing: Cy Moe"),
    )


def test_white_space_and_the_style_of_quotes_are_no_change() -> None:
    assert not changes(body("“We sail,”  she said."), body('"We sail," she\nsaid.'))


WORDS = st.sampled_from("the pier fell Monday nine 11 Vessby said of a boat storm in Port".split())
PARAGRAPHS = st.lists(st.lists(WORDS, min_size=1, max_size=8).map(" ".join), max_size=8)
TEXTS = st.builds(
    VersionText,
    headline=st.none() | st.text(max_size=12),
    labels=st.lists(
        st.tuples(st.sampled_from(["UPDATE", "RPT"]), st.none() | st.integers(1, 3))
    ).map(lambda x: tuple(x[:2])),
    ed_note=st.none() | st.text(max_size=12),
    paragraphs=PARAGRAPHS.map(tuple),
    credits=st.lists(st.tuples(WORDS, WORDS, st.none() | WORDS), max_size=3).map(tuple),
)


@given(TEXTS)
@settings(max_examples=80, deadline=None)
def test_a_version_does_not_differ_from_itself(version: VersionText) -> None:
    assert changes(version, version) == ()


@given(PARAGRAPHS, PARAGRAPHS)
@settings(max_examples=200, deadline=None)
def test_every_paragraph_of_both_sides_is_accounted_for(old: list[str], new: list[str]) -> None:
    told = [c for c in changes(body(*old), body(*new)) if c.kind.startswith("paragraph")]
    went = Counter(c.before for c in told if c.before is not None)
    came = Counter(c.after for c in told if c.after is not None)
    assert Counter(old) - went == Counter(new) - came, "what is not told stands in both"
    assert not went - Counter(old)
    assert not came - Counter(new)
    for c in told:
        assert c.at is not None
        assert (old if c.kind == "paragraph_removed" else new)[c.at] == (c.after or c.before)


def test_a_table_of_a_thousand_rows_costs_no_time() -> None:
    rows = [f"Oper shr {n} cts vs {n * 7 % 100} cts revs {n}.5 mln" for n in range(1000)]
    turned = [row.replace("Oper", "Net") for row in reversed(rows)]
    assert len(changes(body(*rows), body(*turned))) >= 1000


# -- takes ----------------------------------------------------------------------------------------

NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headline", "slug", "labels", "last", "take"),
    [
        ("BANCA ORO SEES GROWTH =2 VESSBY", None, (), None, ("banca oro sees growth", 2)),
        ("BANCA ORO SEES GROWTH", None, (), "More", ("banca oro sees growth", 1)),
        ("BANCA ORO SEES GROWTH", None, (), "(More)", ("banca oro sees growth", 1)),
        (None, "BC-EU--Kelp, 2nd Add", (), None, ("kelp", 3)),
        ("Kelp farms", "BC-EU--Kelp", (("ADD", 1),), None, ("kelp", 2)),
        ("Kelp farms (Take 2 of 3)", None, (), "more", ("kelp farms", 2)),
        ("Kelp farms - Take 3", None, (), None, ("kelp farms", 3)),
        ("-2- Kelp farms", None, (), None, ("kelp farms", 2)),
        ("Kelp farms", None, (), "Reuter", None),
        ("Take 2 aspirin, say doctors", None, (), None, None),
        ("UPDATE 2-Kelp farms", "KELP/ (UPDATE 2)", (("UPDATE", 2),), None, None),
        ("One word more", None, (), "The mayor asked for no more", None),
    ],
)
def test_a_take_is_known_by_its_mark(
    headline: str | None,
    slug: str | None,
    labels: tuple[tuple[str, int | None], ...],
    last: str | None,
    take: tuple[str, int] | None,
) -> None:
    assert take_of(headline, slug, labels, last) == take


@pytest.mark.parametrize(
    ("slug", "base"),
    [
        ("BC-US--Kelp, 1st Ld-Writethru,127", "kelp"),
        ("NORDIA-PORT/ (UPDATE 1)", "nordia-port"),
        ("Nordia-kelp/", "nordia-kelp"),
    ],
)
def test_the_base_of_a_slug_is_what_its_versions_share(slug: str, base: str) -> None:
    assert slug_base(slug) == base
