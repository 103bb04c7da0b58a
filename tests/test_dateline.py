"""Datelines: rendered from parts in each family and read back; false friends; odd shapes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from wiredesk import places
from wiredesk.agencies import AGENCIES, UNNAMED
from wiredesk.clean import clean
from wiredesk.extract.dateline import Found, find_dateline
from wiredesk.extract.spans import runs
from wiredesk.model import Item, PartialDate
from wiredesk.places import Gazetteer

LEAD = "The harbour was closed to ferries on Monday, officials said."


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return places.load()


def found(
    text: str,
    gazetteer: Gazetteer,
    agency: str | None = None,
    at: datetime | None = None,
) -> Found | None:
    (run,) = runs(clean(Item("file", "text", 0, None, text)))
    return find_dateline(run, AGENCIES[agency] if agency else UNNAMED, gazetteer, at)


def lead_of(text: str, found_: Found) -> str:
    """What follows the dateline, white space collapsed as in the copy."""
    return " ".join(text.split())[found_.lead :].strip()


# -- render and parse

Printed = tuple[str, str | None, str]  #: name, qualifier, ISO country


@dataclass(frozen=True)
class Family:
    """How one family prints its places and date; `{p}` are places, `{d}` is the date."""

    rule: str  # empty: not asserted
    agency: str | None  # as stored
    form: str
    month: str
    day_first: bool = False
    capitals: bool = True
    year: int | None = None
    declared: str | None = None  # for copy that does not name its agency

    @property
    def dated(self) -> bool:
        return "{d}" in self.form


FAMILIES = {
    "reuters": Family("F1", "Reuters", "{p}, {d} (Reuters) -", "Sept"),
    "reuters on the web": Family("F1", "Reuters", "{p} (Reuters) -", ""),
    "ap": Family("F1", "AP", "{p} (AP) —", ""),
    "ap by ANPA": Family("F1", "AP", "{p} (AP) _", ""),
    "afp": Family("F1", "AFP", "{p}, {d} (AFP) -", "Dec", capitals=False, year=2017),
    "afp in French": Family("F1", "AFP", "{p}, {d} (AFP) -", "juil", True, False, 2024),
    "dpa": Family("F1", "dpa", "{p} (dpa) -", "", capitals=False),
    "xinhua": Family("F1", "Xinhua", "{p}, {d} (Xinhua) --", "Jan."),
    "xinhua without a space": Family("F1", "Xinhua", "{p}, {d}(Xinhua) --", "Jan."),
    "europa press": Family("F1", "Europa Press", "{p} {d} (EUROPA PRESS) -", "Nov.", True),
    "reuters of 1987": Family("F3", "Reuters", "{p}, {d} -", "March", declared="reuters1987"),
    "ansa": Family("F4", "ANSA", "(ANSA) - {p}, {d} -", "JUL"),
    "press release": Family("F5", "PR Newswire", "{p}, {d} /PRNewswire/ --", "Feb.", year=2017),
    "tass": Family("F5", "TASS", "{p}, {d}. /TASS/.", "January"),
    "kyodo": Family("F6", "Kyodo", "{p}, {d} Kyodo -", "Oct."),
    "afp as relayed": Family("F6", "AFP", "{p}, {d} AFP -", "Nov"),
    "ians": Family("F7", "IANS", "{p}, {d} (IANS)", "April", capitals=False),
    "pti": Family("F7", "PTI", "{p}, {d} (PTI)", "Aug", capitals=False),
    "efe": Family("", "EFE", "{p}, {d} (EFE).-", "ene", True, False),
    "business wire": Family("F9", "Business Wire", "{p}--(BUSINESS WIRE)--{d}--", "Aug", year=2024),
    "prweb": Family("F9", "PRWeb", "{p} (PRWEB) {d}", "July", year=2015),
    "no agency": Family("F10", None, "{p} -", ""),
}
MONTHS = {"Sept": 9, "Dec": 12, "juil": 7, "Jan.": 1, "Nov.": 11, "March": 3, "JUL": 7, "Feb.": 2}
MONTHS |= {"January": 1, "Oct.": 10, "Nov": 11, "April": 4, "Aug": 8, "ene": 1, "July": 7}

DATELINES: tuple[tuple[Printed, ...], ...] = (
    (("Oslo", None, "NO"),),
    (("New York", None, "US"),),
    (("Washington", None, "US"),),
    (("Los Angeles", None, "US"),),
    (("Rio de Janeiro", None, "BR"),),
    (("Ho Chi Minh City", None, "VN"),),
    (("Ulan Bator", None, "MN"),),
    (("St. Petersburg", None, "RU"),),
    (("Zurich", None, "CH"),),
    (("Moscow", None, "RU"),),
    (("Kuala Lumpur", None, "MY"),),
    (("Addis Ababa", None, "ET"),),
    (("Nairobi", None, "KE"),),
    (("Canberra", None, "AU"),),
    (("Duluth", "Minn.", "US"),),
    (("Boise", "Idaho", "US"),),
    (("Charlotte", "North Carolina", "US"),),
    (("Raleigh", "N.C.", "US"),),
    (("St. Petersburg", "Fla.", "US"),),
    (("Chicago", "IL", "US"),),
    (("London", "Ontario", "CA"),),
    (("Cambridge", "Massachusetts", "US"),),
    (("Cambridge", "England", "GB"),),
    (("Batumi", "Georgia", "GE"),),
    (("Macon", "Georgia", "US"),),
    (("Birmingham", "Alabama", "US"),),
    (("Buenos Aires", "Argentina", "AR"),),
    (("Saitama", "Japan", "JP"),),
    (("Halle", "Germany", "DE"),),
    (("Stornoway", "Scotland", "GB"),),
    (("Brisbane", "Australia", "AU"),),
    (("Cancale", "France", "FR"),),
    (("Paris", None, "FR"), ("Vienna", None, "AT")),
    (("Tokyo", None, "JP"), ("Seoul", None, "KR"), ("Beijing", None, "CN")),
    (("Paris", "Texas", "US"), ("Paris", None, "FR")),
    (("Seattle", None, "US"), ("Portland", "Oregon", "US")),
    (("West Palm Beach", "Fla.", "US"), ("Washington", None, "US")),
)


def rendered(family: Family, printed: tuple[Printed, ...], joiner: str) -> str:
    """A dateline with its lead, from its parts."""
    names = []
    for name, qualifier, _ in printed:
        shown = name.upper() if family.capitals else name
        names.append(f"{shown}, {qualifier}" if qualifier else shown)
    date = f"9 {family.month}" if family.day_first else f"{family.month} 9"
    if family.year:
        date += f" {family.year}" if family.day_first else f", {family.year}"
    head = family.form.format(p=joiner.join(names), d=date)
    return f"{head} {LEAD}"


def assert_read(
    family: Family, printed: tuple[Printed, ...], joiner: str, gazetteer: Gazetteer
) -> None:
    text = rendered(family, printed, joiner)
    read = found(text, gazetteer, family.declared)
    assert read is not None, text
    dateline = read.dateline
    got = [(place.raw, place.qualifier_raw, place.country) for place in dateline.places]
    assert got == [
        (name.upper() if family.capitals else name, qualifier, country)
        for name, qualifier, country in printed
    ]
    assert dateline.agency == family.agency
    assert family.rule in {"", dateline.rule}
    date = dateline.date
    wanted = (family.year, MONTHS[family.month], 9) if family.dated else None
    assert (date and (date.year, date.month, date.day)) == wanted
    assert dateline.raw == text.removesuffix(LEAD).strip()
    assert text[dateline.start : dateline.end] == dateline.raw
    assert lead_of(text, read) == LEAD
    assert not read.before


@pytest.mark.parametrize("printed", DATELINES, ids=lambda p: "+".join(name for name, _, _ in p))
@pytest.mark.parametrize("family", FAMILIES)
def test_a_dateline_rendered_from_parts_is_read_back(
    family: str, printed: tuple[Printed, ...], gazetteer: Gazetteer
) -> None:
    assert_read(FAMILIES[family], printed, "/", gazetteer)


@pytest.mark.parametrize("joiner", ["/", " / ", " and ", "; "])
@pytest.mark.parametrize("family", [name for name, f in FAMILIES.items() if f.capitals])
def test_two_places_are_joined_in_any_way(family: str, joiner: str, gazetteer: Gazetteer) -> None:
    assert_read(FAMILIES[family], (("Oslo", None, "NO"), ("Lima", None, "PE")), joiner, gazetteer)


@pytest.mark.parametrize("agency", [key for key, known in AGENCIES.items() if known.marks])
def test_each_mark_of_an_agency_names_it(agency: str, gazetteer: Gazetteer) -> None:
    for mark in AGENCIES[agency].marks:
        for printed in (mark, mark.upper(), mark.lower()):
            read = found(f"OSLO, March 3 ({printed}) - {LEAD}", gazetteer)
            assert read is not None, printed
            assert read.dateline.agency == AGENCIES[agency].name
            assert [place.country for place in read.dateline.places] == ["NO"]


# -- dates


@pytest.mark.parametrize(
    ("printed", "month", "day", "year"),
    [
        ("Jan 3", 1, 3, None),
        ("Jan. 3", 1, 3, None),
        ("JAN 03", 1, 3, None),
        ("January 3", 1, 3, None),
        ("Sept 30", 9, 30, None),
        ("Sep. 30", 9, 30, None),
        ("3 January", 1, 3, None),
        ("3. Januar", 1, 3, None),
        ("3 de enero", 1, 3, None),
        ("3 de enero de 2020", 1, 3, 2020),
        ("11 ago 2021", 8, 11, 2021),
        ("4 août", 8, 4, None),
        ("4 févr. 2023", 2, 4, 2023),
        ("12. März 2022", 3, 12, 2022),
        ("Oct 3, 1999", 10, 3, 1999),
        ("Oct 3 1999", 10, 3, 1999),
        ("Feb 29", 2, 29, None),
        ("Macrh 6", 3, 6, None),
        ("MArch 6", 3, 6, None),
        ("March 2O", 3, 20, None),
        ("April l", 4, 1, None),
        ("June 1st", 6, 1, None),
    ],
)
def test_a_date_is_read_in_five_languages_and_with_a_typist_s_slips(
    printed: str, month: int, day: int, year: int | None, gazetteer: Gazetteer
) -> None:
    read = found(f"OSLO, {printed} (Reuters) - {LEAD}", gazetteer)
    assert read is not None
    date = read.dateline.date
    assert date is not None
    assert (date.month, date.day, date.year) == (month, day, year)
    assert [place.raw for place in read.dateline.places] == ["OSLO"]


def test_a_date_in_numbers_before_a_mark_has_its_day_first(gazetteer: Gazetteer) -> None:
    read = found("باريس, 26-11-2023 (أ ف ب) - ميناء", gazetteer)
    assert read is not None
    assert read.dateline.date == PartialDate(2023, 11, 26)
    assert [place.raw for place in read.dateline.places] == ["باريس"]


@pytest.mark.parametrize("printed", ["March 187", "Feb 30", "April 31", "June 0"])
def test_an_impossible_date_is_null_and_says_so(printed: str, gazetteer: Gazetteer) -> None:
    read = found(f"OSLO, {printed} - {LEAD}", gazetteer, "reuters1987")
    assert read is not None
    assert read.dateline.date is None
    assert [issue.code for issue in read.issues] == ["dateline_bad_date"]
    assert [place.raw for place in read.dateline.places] == ["OSLO"]


@pytest.mark.parametrize(
    ("printed", "version", "year", "odd"),
    [
        ("March 3", datetime(2026, 3, 3, 12, tzinfo=UTC), 2026, False),
        ("March 3", datetime(2026, 3, 6, 12, tzinfo=UTC), 2026, False),
        ("March 4", datetime(2026, 3, 3, 12, tzinfo=UTC), 2026, False),
        ("Dec 31", datetime(2026, 1, 1, 1, tzinfo=UTC), 2025, False),
        ("Jan 1", datetime(2025, 12, 31, 23, tzinfo=UTC), 2026, False),
        ("Feb 29", datetime(2024, 3, 1, 12, tzinfo=UTC), 2024, False),
        ("Feb 29", datetime(2025, 3, 1, 12, tzinfo=UTC), None, True),
        ("March 3", datetime(2026, 6, 3, tzinfo=UTC), None, True),
        ("March 3, 2020", datetime(2026, 6, 3, tzinfo=UTC), 2020, False),
        ("March 3", None, None, False),
    ],
)
def test_the_year_is_the_one_that_brings_the_date_to_the_version_s_time(
    printed: str, version: datetime | None, year: int | None, odd: bool, gazetteer: Gazetteer
) -> None:
    read = found(f"OSLO, {printed} (Reuters) - {LEAD}", gazetteer, at=version)
    assert read is not None
    assert read.dateline.date is not None
    assert read.dateline.date.year == year
    assert ("dateline_bad_date" in [issue.code for issue in read.issues]) == odd


# -- false friends


@pytest.mark.parametrize(
    "text",
    [
        "The Association of Ferry Pursers (AFP) - which has 40 members - met on Monday.",
        "Dunmore Pension Administrators (DPA) warned that rents were high.",
        "The Board of Airwaves (AP) wants a hearing.",
        "Eels, Flounders and Eggs (EFE).- A cookery book sold out on Monday.",
        "Tariff Accountants' Society (TASS) - an old club - has closed its bar.",
        "A union of nurses, the PTI (PTI) - founded in 1911 - went on strike.",
        "Harbour Gas (India) Ltd said on Monday it would dig.",
        "The crew of the Heron (Reuters has seen the log) - nine men - was saved.",
        "On Monday the ferry was late, the agency (Reuters) said.",
        "FACTBOX - Facts on kelp",
        "KEY POINTS - The harbour reopens. Ferries sail.",
        "SUMMARY -- The harbour reopens.",
        "HIGHLIGHTS - The harbour reopens.",
        "TABLE - Ferry fares in Oslo",
        "Bergen - the wettest town in Norway - was dry on Monday.",
        "OSLO-based Harbour Ltd closed a quay on Monday.",
        "OSLO - the capital - was quiet.",
        "QUAYSIDE NEWS ROUND-UP - The harbour reopens.",
        "COPPER GRADE A - The price rose.",
        "Wilcombe/Gibson - The two brokers merged.",
        "Oslo, March 3 was the coldest day of the year.",
        "OSLO, March 3 was the coldest day of the year.",
        "In March 3 of the ferries sank.",
        "The mayor of PARIS (Reuters) - no relation - resigned.",
        "(Adds detail) The harbour was closed.",
        "(Reuters Messaging) is a tool.",
        "(AP-1234) was the number of the buoy.",
        "Strandvikhausen (AP) - The ferries sailed.",  # AP prints places in capitals
        "Der Hafenverband (dpa) - ein Verein - tagt.",
        "() - Nothing stood here.",
        "/TASS/. is a mark and no more.",
        "March of the ferries - Crews walked to the castle.",
        "-",
        "(",
        "(Reuters",
    ],
)
def test_what_only_looks_like_a_dateline_is_none(text: str, gazetteer: Gazetteer) -> None:
    assert found(text, gazetteer) is None


@pytest.mark.parametrize("agency", ["reuters", "ap", "reuters1987", "dpa"])
def test_copy_without_a_dateline_gets_none_whatever_its_agency(
    agency: str, gazetteer: Gazetteer
) -> None:
    for text in (LEAD, "Oslo has a harbour. In Lima there is another.", "Crews in OSLO went home."):
        assert found(text, gazetteer, agency) is None


def test_a_dateline_is_not_looked_for_deep_in_the_copy(gazetteer: Gazetteer) -> None:
    assert found(f"{LEAD} " * 8 + f"OSLO (Reuters) - {LEAD}", gazetteer) is None


# -- odd shapes

Shape = tuple[str, str, list[tuple[str, str | None, str | None]], str | None]


@pytest.mark.parametrize(
    ("text", "raw", "printed", "agency"),
    [
        # separators
        ("OSLO (Reuters)- Crews", "OSLO (Reuters)-", [("OSLO", None, "NO")], "Reuters"),
        ("OSLO (Reuters) -Crews", "OSLO (Reuters) -", [("OSLO", None, "NO")], "Reuters"),
        ("OSLO (Reuters)-Crews", "OSLO (Reuters)-", [("OSLO", None, "NO")], "Reuters"),
        ("OSLO (Reuters) -- Crews", "OSLO (Reuters) --", [("OSLO", None, "NO")], "Reuters"),
        ("OSLO (Reuters) – Crews", "OSLO (Reuters) –", [("OSLO", None, "NO")], "Reuters"),
        ("OSLO (Reuters) Crews", "OSLO (Reuters)", [("OSLO", None, "NO")], "Reuters"),
        ("OSLO (REUTERS) - Crews", "OSLO (REUTERS) -", [("OSLO", None, "NO")], "Reuters"),
        ("OSLO ( Reuters ) - Crews", "OSLO ( Reuters ) -", [("OSLO", None, "NO")], "Reuters"),
        ("OSLO(Reuters) - Crews", "OSLO(Reuters) -", [("OSLO", None, "NO")], "Reuters"),
        ("OSLO, (Reuters) - Crews", "OSLO, (Reuters) -", [("OSLO", None, "NO")], "Reuters"),
        ("OSLO () - Crews", "OSLO () -", [("OSLO", None, "NO")], None),
        ("OSLO (Reuters on Friday ) - Crews", "OSLO (Reuters on Friday ) -",
         [("OSLO", None, "NO")], "Reuters"),
        ("OSLO (LPC/IFR) - Crews", "OSLO (LPC/IFR) -", [("OSLO", None, "NO")], "Reuters"),
        # what stands before
        ("****OSLO (Reuters) - Crews", "OSLO (Reuters) -", [("OSLO", None, "NO")], "Reuters"),
        ("Print OSLO (Reuters) - Crews", "OSLO (Reuters) -", [("OSLO", None, "NO")], "Reuters"),
        ("Tweet OSLO (Reuters) - Crews", "OSLO (Reuters) -", [("OSLO", None, "NO")], "Reuters"),
        ("c OSLO (Reuters) - Crews", "OSLO (Reuters) -", [("OSLO", None, "NO")], "Reuters"),
        ("By Eva Tarn OSLO (Reuters) - Crews", "OSLO (Reuters) -", [("OSLO", None, "NO")],
         "Reuters"),
        ("By Eva Tarn and Per Voss LIMA/OSLO (Reuters) - Crews", "LIMA/OSLO (Reuters) -",
         [("LIMA", None, "PE"), ("OSLO", None, "NO")], "Reuters"),
        ("By Paris Holm LIMA (Reuters) - Crews", "LIMA (Reuters) -", [("LIMA", None, "PE")],
         "Reuters"),
        # no place
        ("(Reuters) - Crews", "(Reuters) -", [], "Reuters"),
        ("(Reuters) Crews", "(Reuters)", [], "Reuters"),
        ("Jan 30 (Reuters) - Crews", "Jan 30 (Reuters) -", [], "Reuters"),
        ("(Bloomberg) -- Crews", "(Bloomberg) --", [], "Bloomberg"),
        # qualifiers
        ("MENDOZA (Argentina) (Reuters) - Crews", "MENDOZA (Argentina) (Reuters) -",
         [("MENDOZA", "Argentina", "AR")], "Reuters"),
        ("SANTA FE, N.M./OSLO (Reuters) - Crews", "SANTA FE, N.M./OSLO (Reuters) -",
         [("SANTA FE", "N.M.", "US"), ("OSLO", None, "NO")], "Reuters"),
        ("BRATTLEBORO,Vt. (AP) _ Crews", "BRATTLEBORO,Vt. (AP) _",
         [("BRATTLEBORO", "Vt.", "US")], "AP"),
        ("QINGHAI, LEDU COUNTY, China (Reuters) - Crews", "QINGHAI, LEDU COUNTY, China (Reuters) -",
         [("QINGHAI", "LEDU COUNTY, China", "CN")], "Reuters"),
        ("PORT-AU-PRINCE, Haiti (AP) — Crews", "PORT-AU-PRINCE, Haiti (AP) —",
         [("PORT-AU-PRINCE", "Haiti", "HT")], "AP"),
        ("L'AQUILA, Italy (Reuters) - Crews", "L'AQUILA, Italy (Reuters) -",
         [("L'AQUILA", "Italy", "IT")], "Reuters"),
        ("L’AQUILA, Italy (Reuters) - Crews", "L’AQUILA, Italy (Reuters) -",
         [("L’AQUILA", "Italy", "IT")], "Reuters"),
        # one place with a separator in it
        ("DALLAS/FORT WORTH (Reuters) - Crews", "DALLAS/FORT WORTH (Reuters) -",
         [("DALLAS/FORT WORTH", None, "US")], "Reuters"),
        # villages that no gazetteer has
        ("SKARRHAVN, Norway (Reuters) - Crews", "SKARRHAVN, Norway (Reuters) -",
         [("SKARRHAVN", "Norway", "NO")], "Reuters"),
        ("SKARRHAVN (Reuters) - Crews", "SKARRHAVN (Reuters) -", [("SKARRHAVN", None, None)],
         "Reuters"),
        # former names
        ("KIEV (Reuters) - Crews", "KIEV (Reuters) -", [("KIEV", None, "UA")], "Reuters"),
        ("RANGOON (Reuters) - Crews", "RANGOON (Reuters) -", [("RANGOON", None, "MM")], "Reuters"),
        ("LEIPZIG, East Germany (Reuters) - Crews", "LEIPZIG, East Germany (Reuters) -",
         [("LEIPZIG", "East Germany", "DE")], "Reuters"),
        ("Athen (dpa) - Crews", "Athen (dpa) -", [("Athen", None, "GR")], "dpa"),
        # releases
        ("SEATTLE, Nov.  05, 2020  (GLOBE NEWSWIRE) -- Crews",
         "SEATTLE, Nov. 05, 2020 (GLOBE NEWSWIRE) --", [("SEATTLE", None, "US")],
         "GlobeNewswire"),
        ("TULSA, Oklahoma, May 9, 2018 /PRNewswire-AsiaNet/ -- Crews",
         "TULSA, Oklahoma, May 9, 2018 /PRNewswire-AsiaNet/ --", [("TULSA", "Oklahoma", "US")],
         "PR Newswire"),
        ("TORONTO, May 4, 2016 /CNW/ - Crews", "TORONTO, May 4, 2016 /CNW/ -",
         [("TORONTO", None, "CA")], "CNW"),
        ("København /ritzau/: Crews", "København /ritzau/:", [("København", None, "DK")],
         "Ritzau"),
        ("باريس (أ ف ب) - Crews", "باريس (أ ف ب) -", [("باريس", None, None)], "AFP"),
        ("ديجون (فرنسا) (أ ف ب) - Crews", "ديجون (فرنسا) (أ ف ب) -", [("ديجون", "فرنسا", None)],
         "AFP"),
        # villages, where no capitals tell places
        ("Strandvikhausen (dpa) - Crews", "Strandvikhausen (dpa) -",
         [("Strandvikhausen", None, None)], "dpa"),
        ("Bad Strandvikhausen/Mainz (dpa) - Crews", "Bad Strandvikhausen/Mainz (dpa) -",
         [("Bad Strandvikhausen", None, None), ("Mainz", None, "DE")], "dpa"),
        ("Kelpstraße, 4 mai 2026 (AFP) - Crews", "Kelpstraße, 4 mai 2026 (AFP) -",
         [("Kelpstraße", None, None)], "AFP"),
        # agency and dash lost
        ("OSLO, Oct 21 Ferries sailed", "OSLO, Oct 21", [("OSLO", None, "NO")], None),
    ],
)  # fmt: skip
def test_an_odd_shape_is_read(
    text: str,
    raw: str,
    printed: list[tuple[str, str | None, str | None]],
    agency: str | None,
    gazetteer: Gazetteer,
) -> None:
    text += " walked off the quay in Skarrhavn on Monday."
    read = found(text, gazetteer)
    assert read is not None
    assert read.dateline.raw == raw
    assert [(p.raw, p.qualifier_raw, p.country) for p in read.dateline.places] == printed
    assert read.dateline.agency == agency
    assert lead_of(text, read).startswith(("Crews walked off", "Ferries sailed"))


@pytest.mark.parametrize(
    ("text", "raw", "relation", "country"),
    [
        ("NEAR HOMS, Syria (Reuters) - Crews", "HOMS", "near", "SY"),
        ("OUTSIDE LIMA (Reuters) - Crews", "LIMA", "outside", "PE"),
        ("ABOARD AIR FORCE ONE (Reuters) - Crews", "AIR FORCE ONE", "aboard", None),
        ("ABOARD THE USS GREY HERON (Reuters) - Crews", "USS GREY HERON", "aboard", None),
        ("ON BOARD THE GREY HERON (Reuters) - Crews", "GREY HERON", "on board", None),
    ],
)
def test_a_relation_word_is_kept_apart_from_its_place(
    text: str, raw: str, relation: str, country: str | None, gazetteer: Gazetteer
) -> None:
    read = found(f"{text} slept on deck.", gazetteer)
    assert read is not None
    (place,) = read.dateline.places
    assert (place.raw, place.relation, place.country) == (raw, relation, country)
    assert read.dateline.relation == relation
    assert read.dateline.raw.startswith(relation.upper())


@pytest.mark.parametrize(
    ("mark", "agency", "partners"),
    [
        ("tca/dpa", "dpa", ("tca",)),
        ("Reuters/IFR", "Reuters", ()),
        ("AFP/Harbour News", "AFP", ("Harbour News",)),
        ("dpa", "dpa", ()),
    ],
)
def test_a_joint_mark_gives_the_agency_and_its_partners(
    mark: str, agency: str, partners: tuple[str, ...], gazetteer: Gazetteer
) -> None:
    read = found(f"OSLO ({mark}) - {LEAD}", gazetteer)
    assert read is not None
    assert (read.dateline.agency, read.dateline.co_source) == (agency, partners)


@pytest.mark.parametrize(
    ("text", "raw", "month", "day"),
    [
        ("omaha, june 4 - Corn fell.", "omaha, june 4 -", 6, 4),
        ("Quito, may 12 - Oil rose.", "Quito, may 12 -", 5, 12),
        ("MEMPHIS, Tenn. June 11 - A mill closed.", "MEMPHIS, Tenn. June 11 -", 6, 11),
        ("LONDON, Feb 26, Reuter - Tin fell.", "LONDON, Feb 26, Reuter -", 2, 26),
        ("****BONN, APril 8 - Ministers met.", "BONN, APril 8 -", 4, 8),
    ],
)
def test_the_copy_of_1987_has_its_own_shapes(
    text: str, raw: str, month: int, day: int, gazetteer: Gazetteer
) -> None:
    read = found(text, gazetteer, "reuters1987")
    assert read is not None
    assert read.dateline.raw == raw
    assert read.dateline.agency == "Reuters"
    assert read.dateline.date is not None
    assert (read.dateline.date.month, read.dateline.date.day) == (month, day)
    assert len(read.dateline.places) == 1


def test_a_byline_before_the_dateline_is_told_apart(gazetteer: Gazetteer) -> None:
    text = f"By Greta Salvini and Moses Kiptuiro MOMBASA (Reuters) - {LEAD}"
    read = found(text, gazetteer)
    assert read is not None
    assert text[: read.before].strip() == "By Greta Salvini and Moses Kiptuiro"


def test_a_lost_agency_and_furniture_are_noted(gazetteer: Gazetteer) -> None:
    read = found("Print BERGEN, Oct 21 Ferries sailed on time again.", gazetteer)
    assert read is not None
    codes = {issue.code for issue in read.issues}
    assert codes == {"dateline_no_terminator", "furniture_removed"}
