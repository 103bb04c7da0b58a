"""Chains: versions of one running story, and the columns that look like them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.test_kinship import NOON, agency, copy, trimmed
from wiredesk.match.chains import chain_keys, marks
from wiredesk.match.clusters import clusters, related
from wiredesk.match.kinship import kinship

WEB = "https://www.news.example/article/us-nordhaven-port-idUSL4N0AB12320240301"


def test_an_item_number_is_read_from_an_address_and_from_a_wire_id() -> None:
    web = agency(1, "", native_id=None, url=WEB)
    wire = agency(2, "", native_id="tag:reuters.com,2024:newsml_L4N0AB123:8", url=None)
    assert ("number", "reuters", "L4N0AB123") in marks(web)
    assert ("slug", "reuters", "nordhaven-port") in marks(web)
    assert set(chain_keys(web)) & set(chain_keys(wire))


@pytest.mark.parametrize(
    "slug",
    ["NORDIA-PORT/", "NORDIA-PORT/ (UPDATE 1)", "BC-NORDIA-PORT", "Nordia-Port, 1st Ld-Writethru"],
)
def test_a_slug_has_one_base_whatever_its_version(slug: str) -> None:
    assert ("slug", "reuters", "nordia-port") in marks(agency(1, "", slug=slug))


def test_keys_are_scoped_by_the_agency_and_signed_64_bit() -> None:
    one = agency(1, "", slug="NORDIA-PORT/")
    other = agency(2, "", slug="NORDIA-PORT/", agency="AFP", publisher="AFP")
    assert not set(chain_keys(one)) & set(chain_keys(other))
    assert all(-(2**63) <= key < 2**63 for key in chain_keys(one))


def test_a_broken_address_gives_no_marks() -> None:
    assert marks(agency(1, "", url="http://[::1/us-port-idUSL4N0AB12320240301")) == frozenset()


def test_an_update_of_the_same_number_that_keeps_half_its_words_is_a_chain() -> None:
    body = copy(1, 300)
    first = agency(1, body, url=WEB)
    later = {"url": WEB.replace("0301", "0302"), "at": NOON + timedelta(hours=20)}
    kin = kinship(agency(2, trimmed(body, 0.7) + "\n\n" + copy(2, 150), **later), first)
    assert kin is not None
    assert (kin.a, kin.b, kin.relation, kin.running) == (2, 1, "chain", True)


def test_the_same_number_and_slug_over_other_words_is_a_column() -> None:
    first = agency(1, copy(1, 300), url=WEB, headline="Oslo shares end higher")
    later = agency(2, copy(2, 300), url=WEB, headline="Oslo shares end higher")
    assert kinship(first, later) is None


def test_the_same_words_under_another_number_are_a_copy_and_no_chain() -> None:
    body = copy(1, 300)
    one = agency(1, body, url=WEB)
    other = agency(2, body, url=WEB.replace("L4N0AB123", "L4N0AB999"))
    groups = clusters(related([one, other]))
    assert groups.cluster == {1: 1, 2: 1}
    assert groups.chain == {}


def test_a_labelled_update_is_a_chain_though_it_takes_a_new_number() -> None:
    first = agency(1, "", slug="NORDIA-PORT/", headline="Nordhaven port shuts", native_id="L4X")
    update = agency(
        2,
        "",
        slug="NORDIA-PORT/ (UPDATE 1)",
        headline="Nordhaven port shuts, ships diverted",
        labels=(("UPDATE", 1),),
        native_id="L4Y",
        at=NOON + timedelta(hours=1),
    )
    assert clusters(related([first, update])).chain == {1: 1, 2: 1}


def test_a_label_joins_nothing_days_later_or_under_another_headline() -> None:
    first = agency(1, copy(1, 200), slug="MARKETS-OSLO/", headline="Oslo shares end higher")
    labels = (("UPDATE", 1),)
    for facts in (
        {"headline": "Oslo shares end higher", "at": NOON + timedelta(days=3)},
        {"headline": "Trawlers return to harbour", "at": NOON + timedelta(hours=2)},
    ):
        update = agency(2, copy(2, 200), slug="MARKETS-OSLO/ (UPDATE 1)", labels=labels, **facts)
        assert kinship(first, update) is None


def test_a_text_sent_again_on_the_third_day_stays_in_its_chain() -> None:
    body = copy(1, 300)
    days = [agency(n, body, url=WEB, at=NOON + timedelta(days=n)) for n in range(3)]
    groups = clusters(related(days))
    assert groups.chain == groups.cluster == {0: 0, 1: 0, 2: 0}
