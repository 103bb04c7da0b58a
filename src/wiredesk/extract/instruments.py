"""Instrument codes in the copy: `<TRI.N>`, `( TRI.N )`, `AAH.AS`, `(.SPX)`, `<SRD>`.

A code in angle brackets may have no exchange (1987); one in parentheses or bare must have one that
is known, or `(U.S.)` and `(i.e.)` would be shares.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

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
CODE = re.compile(
    r"<(?P<angle>\.?[A-Z0-9]{1,8}(?:[.=][A-Za-z0-9=]{0,4})?)>"
    rf"|\(\s*(?P<round>\.[A-Z0-9]{{2,8}}|[A-Za-z0-9]{{1,8}}\.(?:{_SUFFIX}))\s*\)"
    rf"|(?<![\w.@/])(?P<bare>[A-Z0-9]{{2,6}}[a-z]?\.(?:{_SUFFIX}))(?=[\s,;)]|\.(?:\s|$)|$)"
)
NOT_CODES = frozenset({"U.S", "U.K", "U.N", "P.O", "D.C", "A.M", "P.M", "L.A", "J.P"})


def read_instruments(runs: Iterable[Run]) -> tuple[Instrument, ...]:
    """Every code of the copy once, at its first place."""
    seen: dict[str, Instrument] = {}
    for run in runs:
        if "." not in run.text and "<" not in run.text:
            continue
        for found in CODE.finditer(run.text):
            code = found["angle"] or found["round"] or found["bare"]
            if code in seen or code in NOT_CODES:
                continue
            start, end = run.span(*found.span())
            seen[code] = _instrument(code, run.text[slice(*found.span())], start, end)
    return tuple(seen.values())


def _instrument(code: str, raw: str, start: int, end: int) -> Instrument:
    ticker, dot, suffix = code.partition(".")
    if not ticker or not dot:  # an index (`.SPX`), a rate (`JPY=`), or a code of 1987 (`SRD`)
        bare = ticker if not dot else None
        return Instrument(raw, code if dot or "=" in code else None, bare, None, start, end)
    return Instrument(raw, code, ticker, EXCHANGES.get(suffix), start, end)
