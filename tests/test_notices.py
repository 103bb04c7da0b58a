"""Advisories: what they order, about which item, and which stories that takes."""

from __future__ import annotations

import gzip
import json
import random
import time
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import SHARED, needs_shared
from wiredesk.clean import clean
from wiredesk.errors import Rejected
from wiredesk.extract.story import read_story
from wiredesk.match.notices import Notice, Ruling, Target, read_notice, rule, similar
from wiredesk.model import Item, Story
from wiredesk.places import load

AT = datetime(2024, 3, 4, 12, tzinfo=UTC)
PLACES = load()


def story(title: str | None, text: str, **more: str) -> Story:
    item = Item("wire", "jsonl", 0, "n", text, title=title, published=AT, **more)  # type: ignore[arg-type]
    return read_story(clean(item), PLACES)


def notice(title: str | None, text: str, **more: str) -> Notice | None:
    return read_notice(story(title, text, **more), AT)


#: action, quoted headline, reference, headline of the notice, its text
ORDERS = [
    (
        *("withdrawal", "Lakeside suspends trader -source", None),
        "ADVISORY-Lakeside trader story withdrawn",
        'Please be advised that the story headlined "Lakeside suspends trader -source" is wrong '
        "and is withdrawn. There will be no substitute story.",
    ),
    (
        *("withdrawal", "Nordia launches Moon rocket", "dpa 157", "KILL KILL KILL"),
        'Please kill item dpa 157 "Nordia launches Moon rocket". The launch was called off at the '
        "last moment. A substitute story will run immediately.",
    ),
    (
        *("hold", "Atoll launches buoy", "dpa 0157", "HOLD HOLD HOLD"),
        'Please hold item dpa 0157 "Atoll launches buoy". There is doubt whether it floats.',
    ),
    (
        *("release", "Atoll launches buoy", "dpa 0157", "ADVISORY"),
        'Item dpa 0157 "Atoll launches buoy" can be used in its original form.',
    ),
    (
        *("withdrawal", None, "V1234", "MANDATORY KILL"),
        "Editors: Kill the story slugged BC-EU--Kelp, V1234, which moved Feb. 3 under a Vessby "
        "dateline. The mayor did not resign. A kill is mandatory.",
    ),
    (
        *("withdrawal", "Port shuts for good", None, "KILL: Port story"),
        "VESSBY (AP) — Please kill the story headlined “Port shuts for good,” which was sent in "
        "error. A substitute headlined “Port shuts for a day” will follow. The AP",
    ),
    (
        *("hold", "Vessby bank fails", None, None),
        'Please do not use the story headlined "Vessby bank fails" until further notice.',
    ),
    (
        *("release", "Vessby bank fails", None, "HOLD LIFTED"),
        'The hold on the story "Vessby bank fails" is lifted; it may now be used.',
    ),
    (
        *("withdrawal", "Vessby bank fails", "L1N2K0ABC", "WITHDRAWN-Vessby bank story"),
        'The story headlined "Vessby bank fails" [ID:nL1N2K0ABC] is withdrawn.',
    ),
    (
        *("withdrawal", "Vessby bank fails", None, "Attention subscribers"),
        'We are withdrawing our story "Vessby bank fails". We regret the error.',
    ),
    (
        *("withdrawal", "VESSBY BANK FAILS", None, "ADVISORY"),
        "The story headlined VESSBY BANK FAILS, sent at 0930 GMT, has been withdrawn.",
    ),
    (
        *("withdrawal", "Acme Cranes names chief", None, "/DISREGARD RELEASE: Acme Cranes/"),
        "We are advised by Acme Cranes that journalists and other readers should disregard the "
        'news release, "Acme Cranes names chief", issued March 1, 2024 over a wire service.',
    ),
    (
        *("correction", "NORDIA RAISES RATES", None, None),
        'In CALGARY story of FEB 27 headlined "NORDIA RAISES RATES", pls read in fourth line '
        "... 3.5 pct ... (correcting figure)",
    ),
    (
        *("withdrawal", "Le port ferme", None, "ATTENTION - ANNULATION"),
        "Veuillez annuler notre dépêche intitulée « Le port ferme », transmise par erreur.",
    ),
    (
        *("hold", "Le port ferme", None, None),
        "Nous vous prions de suspendre la dépêche « Le port ferme » en attendant vérification.",
    ),
    (
        *("release", "Le port ferme", None, "ADVISORY"),
        "La dépêche « Le port ferme » peut de nouveau être utilisée.",
    ),
    (
        *("withdrawal", "Hafen schließt", "dpa 0157", "Achtung"),
        "Bitte verwenden Sie die Meldung dpa 0157 „Hafen schließt“ nicht. Sie wird überprüft.",
    ),
    (
        *("withdrawal", "Hafen schließt", None, "KILL"),
        "Die Meldung „Hafen schließt“ vom 1. März wird zurückgezogen.",
    ),
    (
        *("hold", "Hafen schließt", "dpa 0157", "HALT"),
        "Bitte halten Sie die Meldung dpa 0157 „Hafen schließt“ zurück. Eine Prüfung läuft.",
    ),
    (
        *("correction", "Hafen schließt", "dpa 0157", "Berichtigung"),
        "In der Meldung dpa 0157 „Hafen schließt“ muss es im zweiten Absatz heißen: 30 Boote.",
    ),
    (
        *("withdrawal", "Cierra el puerto", "EFE 1234", "ANULACIÓN"),
        'Rogamos anulen la noticia EFE 1234 titulada "Cierra el puerto" por contener errores.',
    ),
    (
        *("withdrawal", "Cierra el puerto", None, "ANULACIÓN"),
        "Queda anulada la información «Cierra el puerto» del 1 de marzo.",
    ),
    (
        *("hold", "Cierra el puerto", None, "RETENCIÓN"),
        "Por favor, retengan la noticia «Cierra el puerto» hasta nuevo aviso.",
    ),
    (
        *("withdrawal", "Chiude il porto", None, "ANNULLAMENTO"),
        'La notizia "Chiude il porto" è da considerarsi annullata.',
    ),
    (
        *("withdrawal", "Fecha o porto", None, "Aviso"),
        'Favor desconsiderar a matéria intitulada "Fecha o porto".',
    ),
]

ORDERS += [
    (
        *("withdrawal", "Lakeside to cut jobs", None, None),
        'VESSBY (Reuters) - The January 12 story "Lakeside to cut jobs" has been withdrawn because '
        "the report could not be confirmed. There will be no substitute story.",
    ),
    (
        *("withdrawal", "Lakeside to cut jobs", "dpa 0231", "ADVISORY"),
        'Please note: dpa 0231 "Lakeside to cut jobs" is cancelled.',
    ),
    (
        *("withdrawal", "Lakeside to cut jobs", None, "KILL STORY"),
        'Please treat the story "Lakeside to cut jobs" as withdrawn.',
    ),
    (
        *("hold", "Lakeside streicht Stellen", "dpa 0231", "HALT HALT HALT"),
        'Bitte verwenden Sie die dpa 0231 "Lakeside streicht Stellen" vorerst nicht.',
    ),
    (
        *("withdrawal", "Lakeside recorta empleos", None, "AVISO ANULACION"),
        'Se anula la noticia "Lakeside recorta empleos" por duplicidad.',
    ),
    (
        *("correction", "LAKESIDE TO CUT JOBS", None, None),
        'In VESSBY item "LAKESIDE TO CUT JOBS" please read in second paragraph 300 jobs.',
    ),
]

ORDINARY = [
    ("KILL-Pier collapses in Vessby", "VESSBY (Reuters) - The pier collapsed, police said."),
    ("WITHDRAWN-Pier collapses", "This story has been withdrawn."),
    (
        "CORRECTED-Pier collapses",
        "(This March 1 story has been corrected to say 13 boats) VESSBY (Reuters) - It fell.",
    ),
    (
        "CORRECTION (OFFICIAL): Acme to raise 5 bln",
        "(Please read in first paragraph, 4 billion, instead of 2 billion, to comply with an "
        "official correction) VESSBY (Reuters) - Acme plans to raise 4 billion.",
    ),
    (
        "Kiln output rises",
        "(Removes extraneous word from headline) VESSBY (Reuters) - Kiln output rose.",
    ),
    (
        "Magazine retracts kelp story",
        'VESSBY (Reuters) - A magazine has retracted a story headlined "Kelp cures all" of May.',
    ),
    (
        "Paper pulls article",
        'VESSBY (Reuters) - The article, titled "Kelp cures all", was withdrawn by the journal '
        "on Monday after complaints, its editor said.",
    ),
    (
        "Minister asks",
        'VESSBY (Reuters) - "Please ignore the report," the minister told reporters on Monday.',
    ),
    (
        "ADVISORY-Port press conference Monday",
        "The port will hold a news conference at 1000 GMT. Please note that the report will be "
        "released there.",
    ),
    (
        "Newspaper retracts story",
        "VESSBY (Reuters) - The Vessby Post has retracted its story about the mayor. The story is "
        "withdrawn, the paper wrote in a note to readers.",
    ),
    (
        "Weekly diary",
        "Please note: all times GMT. Items in this diary can be used as a guide only. New items "
        "are marked. Cancelled: port conference.",
    ),
    ("HOLD-Kelp prices", "Kelp prices held at 3 crowns."),
    ("Jobs report released", "VESSBY (Reuters) - The report was released on Monday."),
    (
        "Drug recall",
        'VESSBY (Reuters) - Users must stop using the "Kelpex" item and are asked to delete the '
        "app, a news release said.",
    ),
]


@pytest.mark.parametrize(("action", "quoted", "reference", "title", "text"), ORDERS)
def test_an_advisory_is_read_as_its_readers_read_it(
    action: str, quoted: str | None, reference: str | None, title: str | None, text: str
) -> None:
    found = notice(title, text)
    assert found is not None
    assert (found.action, found.quoted, found.reference) == (action, quoted, reference)


@pytest.mark.parametrize(("title", "text"), ORDINARY)
def test_copy_that_only_speaks_of_withdrawals_is_no_notice(title: str, text: str) -> None:
    assert notice(title, text) is None


def test_the_span_of_an_order_is_the_sentence_as_it_stands() -> None:
    read = story("KILL KILL KILL", 'VESSBY (dpa) -\n\nPlease kill  item dpa 157 "Buoy". It sank.')
    found = read_notice(read, AT)
    assert found is not None
    assert read.text[found.start : found.end] == 'Please kill  item dpa 157 "Buoy".'


def test_a_headline_alone_withdraws_under_its_label() -> None:
    found = notice("WITHDRAWAL: Bertil Jonsson story of July 13 is withdrawn", "")
    assert found == Notice("withdrawal", None, None, "Bertil Jonsson", date(2023, 7, 13), 0, 0), (
        "the latest July 13 before a notice of March"
    )


def test_an_order_in_the_format_s_own_note_is_read() -> None:
    found = notice("Pier", "", ed_note='Editors: please kill the story "Pier falls" at once.')
    assert found is not None
    assert (found.action, found.quoted, found.start, found.end) == (
        "withdrawal",
        "Pier falls",
        0,
        0,
    )


def test_a_slug_that_is_named_goes_before_the_notice_s_own() -> None:
    text = "Eds: Please withhold BC-EU--Kelp until further notice. The AP is checking it."
    named = notice(None, text, slug="BC-Advisory")
    assert named is not None
    assert named.slug == "BC-EU--Kelp"
    own = notice("HOLD HOLD HOLD", 'Please hold item dpa 7 "Kelp".', slug="Nordia-kelp/")
    assert own is not None
    assert own.slug == "Nordia-kelp/"


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("of Feb. 27", date(2024, 2, 27)),
        ("of October 9", date(2023, 10, 9)),
        ("of January 15, 2019", date(2019, 1, 15)),
        ("issued 01-Mar-2024", date(2024, 3, 1)),
        ("sent on 2024-03-02", date(2024, 3, 2)),
        ("sent earlier today", date(2024, 3, 4)),
        ("from yesterday", date(2024, 3, 3)),
        ("sent on Friday", date(2024, 3, 1)),
        ("of February 30", None),
    ],
)
def test_the_day_of_the_item_is_the_latest_that_it_can_mean(said: str, day: date | None) -> None:
    found = notice("ADVISORY", f'Please kill the story {said} headlined "Port shuts".')
    assert found is not None
    assert found.day == day


def test_an_endless_word_costs_no_time() -> None:
    began = time.perf_counter()
    notice("KILL " + "a." * 40_000, "please kill " + "x" * 100_000 + ' story "' + "y " * 20_000)
    notice("A " + "-b" * 40_000 + " withdrawn", "story " * 20_000)
    assert time.perf_counter() - began < 10


# -- rulings --------------------------------------------------------------------------------------


def target(story_id: int, headline: str, days: float = 1, **more: str) -> Target:
    known = {"agency": "Reuters", "native_id": None, "url": None, "slug": None} | more
    return Target(story_id, AT - timedelta(days=days), headline=headline, **known)


def order(**more: object) -> Notice:
    known = {"quoted": None, "reference": None, "slug": None, "day": None} | more
    return Notice("withdrawal", start=0, end=0, **known)  # type: ignore[arg-type]


def taken(found: Notice, *candidates: Target, agency: str = "Reuters") -> list[int | None]:
    return [ruling.target for ruling in rule(found, agency, AT, candidates)]


def test_an_id_goes_before_a_headline() -> None:
    there = target(1, "Port shuts", native_id="tag:reuters.com,0000:newsml_L1N2K0ABC:4")
    other = target(2, "Port shuts")
    found = order(reference="nL1N2K0ABC", quoted="Port shuts")
    assert taken(found, there, other) == [1]
    assert taken(order(reference="L1N2K0AB"), there, other) == [None]


def test_a_number_in_an_address_is_known() -> None:
    there = target(1, "x", url="https://news.example/article/port-idUSL1N2K0ABC20240301")
    assert taken(order(reference="L1N2K0ABC"), there) == [1]


def test_a_running_number_means_the_latest_item_that_bore_it() -> None:
    today = target(1, "Atoll launches buoy", 0.1, native_id="0157")
    last_week = target(2, "Mill closes", 7, native_id="0157")
    assert taken(order(reference="dpa 157"), today, last_week) == [1]


def test_a_running_number_gives_way_to_a_headline_that_is_another_s() -> None:
    numbered = target(1, "Mill closes", 0.1, native_id="0157")
    meant = target(2, "Atoll launches buoy", 0.2, native_id="0151")
    found = order(reference="dpa 157", quoted="Atoll launches buoy")
    assert taken(found, numbered, meant) == [2]


def test_a_quoted_headline_takes_the_same_agency_s_story_of_the_last_fortnight() -> None:
    found = order(quoted="Lakeside suspends trader -source")
    assert taken(found, target(1, "Lakeside suspends trader-source")) == [1]
    assert taken(found, target(1, "Lakeside suspends trader -source", 15)) == [None]
    assert taken(found, target(1, "Lakeside suspends trader -source", agency="dpa")) == [None]
    assert taken(found, target(1, "Lakeside suspends trader -source", -1)) == [None]


def test_a_day_reaches_further_back_and_leaves_other_days_alone() -> None:
    found = order(quoted="Port diary", day=date(2024, 1, 15))
    january = target(1, "Port diary", (AT - datetime(2024, 1, 15, 9, tzinfo=UTC)).days)
    assert taken(found, january, target(2, "Port diary")) == [1]


def test_a_slug_is_asked_where_nothing_else_is_said() -> None:
    kelp = target(1, "Kelp farm burns", slug="BC-EU--Kelp, 1st Ld-Writethru")
    mill = target(2, "Mill closes", slug="BC-EU--Mill")
    assert taken(order(slug="BC-EU--Kelp"), kelp, mill) == [1]
    assert taken(order(slug="Kelp farms"), kelp, mill) == [1], "or a topic's words"
    assert taken(order(slug="BC-EU--Kelp", quoted="Volcano wakes"), kelp, mill) == [None]


def test_nothing_found_leaves_a_tombstone() -> None:
    assert rule(order(quoted="Port shuts"), "Reuters", AT, []) == (
        Ruling(None, "no such story", 0.0, held=False),
    )


def test_an_order_that_names_nothing_is_for_a_person() -> None:
    (only,) = rule(order(day=date(2024, 3, 1)), "Reuters", AT, [target(1, "Port shuts")])
    assert (only.target, only.held) == (None, True)


def test_versions_of_one_story_count_once_and_too_many_stories_are_held() -> None:
    found = order(quoted="Port diary")
    versions = [target(1, "Port diary", n / 10) for n in range(1, 9)]
    assert [(r.target, r.held) for r in rule(found, "Reuters", AT, versions)] == [(1, False)]
    everything = [target(n, "Port diary") for n in range(50)]
    held = rule(found, "Reuters", AT, everything)
    assert len(held) == 50
    assert all(ruling.held for ruling in held)


def test_other_figures_are_other_headlines() -> None:
    found = order(quoted="Acme profit rises 5 pct in third quarter")
    assert taken(found, target(1, "Acme profit rises 6 pct in third quarter")) == [None]


@given(st.lists(st.integers(0, 12), max_size=10), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_candidates_makes_no_difference(ids: list[int], chance: random.Random) -> None:
    heads = ["Port shuts", "Port shuts again", "Mill closes"]
    candidates = [
        target(n, heads[n % 3], n % 5, slug=f"PORT-{n % 2}", native_id=str(n % 4)) for n in ids
    ]
    shuffled = chance.sample(candidates, len(candidates))
    for found in (
        order(quoted="Port shuts"),
        order(reference="dpa 3"),
        order(slug="PORT-1"),
        order(slug="Port shuts"),
    ):
        assert rule(found, "Reuters", AT, candidates) == rule(found, "Reuters", AT, shuffled)


@given(st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=100, deadline=None)
def test_similarity_is_symmetric_and_between_0_and_1(a: str, b: str) -> None:
    assert similar(a, b) == similar(b, a)
    assert 0.0 <= similar(a, b) <= 1.0


def test_a_headline_is_like_itself_under_labels_and_broken_off() -> None:
    assert similar("UPDATE 2-Port shuts", "PORT SHUTS") == 1.0
    assert similar("Port shuts as storm ...", "Port shuts as storm nears Vessby") == 1.0


@needs_shared
def test_real_copy_gives_no_notice_where_there_is_none() -> None:
    found = []
    with gzip.open(SHARED / "corpora" / "reuters-dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        for _, line in zip(range(400), lines, strict=False):
            row = json.loads(line)
            try:
                if notice(row["title"], row["text"]):
                    found.append(row["id"])
            except Rejected:
                continue
    assert not found
