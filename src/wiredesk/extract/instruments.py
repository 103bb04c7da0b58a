"""Instrument codes in the copy: `<TRI.N>`, `( TRI.N )`, `AAH.AS`, `(.SPX)`, `<SRD>`.

A code in angle brackets may have no exchange (1987); one in parentheses or bare must have one that
is known, or `(U.S.)` and `(i.e.)` would be shares.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from wiredesk.extract.spans import Run
from wiredesk.model import Instrument

#: Reuters exchange suffixes seen in copy, with the exchange as people call it
EXCHANGES = {
    "N": "NYSE",
    "O": "NASDAQ",
    "OQ": "NASDAQ",
    "A": "NYSE American",
    "K": "NYSE",
    "PK": "OTC",
    "OB": "OTC",
    "L": "London",
    "PA": "Paris",
    "DE": "Xetra",
    "F": "Frankfurt",
    "MI": "Milan",
    "MC": "Madrid",
    "AS": "Amsterdam",
    "BR": "Brussels",
    "LS": "Lisbon",
    "VX": "SIX",
    "S": "SIX",
    "VI": "Vienna",
    "HE": "Helsinki",
    "ST": "Stockholm",
    "CO": "Copenhagen",
    "OL": "Oslo",
    "WA": "Warsaw",
    "PR": "Prague",
    "BU": "Budapest",
    "AT": "Athens",
    "IS": "Istanbul",
    "MM": "Moscow",
    "T": "Tokyo",
    "OS": "Osaka",
    "HK": "Hong Kong",
    "SS": "Shanghai",
    "SZ": "Shenzhen",
    "TW": "Taiwan",
    "TWO": "Taipei",
    "KS": "Korea",
    "KQ": "KOSDAQ",
    "SI": "Singapore",
    "KL": "Kuala Lumpur",
    "JK": "Jakarta",
    "BK": "Bangkok",
    "PS": "Philippines",
    "BO": "Bombay",
    "NS": "National India",
    "AX": "Australia",
    "NZ": "New Zealand",
    "TO": "Toronto",
    "V": "TSX Venture",
    "SA": "Sao Paulo",
    "MX": "Mexico",
    "SN": "Santiago",
    "BA": "Buenos Aires",
    "J": "Johannesburg",
    "TA": "Tel Aviv",
    "SE": "Saudi",
    "DU": "Dubai",
    "I": "Ireland",
    "UL": "unlisted",
}
_SUFFIX = "|".join(sorted(EXCHANGES, key=len, reverse=True))
#: the stop and the suffix; the ticker is read backwards from there, because a pattern that starts
#: with any capital is tried at every character of the copy
SUFFIX = re.compile(rf"\.(?:{_SUFFIX})(?!\w)")
TICKER = re.compile(r"(?P<open>\(\s*)?(?<![\w.@/])(?P<ticker>[A-Za-z0-9]{1,8})$")
BARE = re.compile(r"[A-Z0-9]{2,6}[a-z]?$")
AFTER_BARE = re.compile(r"[\s,;)]|\.(?:\s|$)|$")
CLOSED = re.compile(r"\s*\)")
ANGLE = re.compile(r"<(\.?[A-Z0-9]{1,8}(?:[.=][A-Za-z0-9=]{0,4})?)>")
INDEX = re.compile(r"\(\s*(\.[A-Z0-9]{2,8})\s*\)")
NOT_CODES = frozenset({"U.S", "U.K", "U.N", "P.O", "D.C", "A.M", "P.M", "L.A", "J.P"})


def read_instruments(runs: Iterable[Run]) -> tuple[Instrument, ...]:
    """Every code of the copy once, at its first place."""
    seen: dict[str, Instrument] = {}
    for run in runs:
        for code, start, end in sorted(_codes(run.text), key=lambda found: found[1]):
            if code not in seen and code not in NOT_CODES:
                seen[code] = _instrument(code, run.text[start:end], *run.span(start, end))
    return tuple(seen.values())


def _codes(text: str) -> Iterator[tuple[str, int, int]]:
    """(code, start, end with its brackets) of each code in a paragraph."""
    if "<" in text:
        yield from ((found[1], *found.span()) for found in ANGLE.finditer(text))
    if "(." in text or "( ." in text:
        yield from ((found[1], *found.span()) for found in INDEX.finditer(text))
    for found in SUFFIX.finditer(text):
        before = TICKER.search(text, max(0, found.start() - 14), found.start())
        if not before:
            continue
        code = before["ticker"] + found[0]
        closed = CLOSED.match(text, found.end())
        if before["open"] and closed:
            yield code, before.start(), closed.end()
        elif BARE.match(before["ticker"]) and AFTER_BARE.match(text, found.end()):
            yield code, before.start("ticker"), found.end()


def _instrument(code: str, raw: str, start: int, end: int) -> Instrument:
    ticker, dot, suffix = code.partition(".")
    if not ticker or not dot:  # an index (`.SPX`), a rate (`JPY=`), or a code of 1987 (`SRD`)
        bare = ticker if not dot else None
        return Instrument(raw, code if dot or "=" in code else None, bare, None, start, end)
    return Instrument(raw, code, ticker, EXCHANGES.get(suffix), start, end)
