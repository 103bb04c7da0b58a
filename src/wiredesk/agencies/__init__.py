"""The agencies, one Grammar each.  To add one: a Grammar in its region's file, a name here."""

from __future__ import annotations

import re
from collections.abc import Iterable

from wiredesk.agencies import americas, asia, europe, reuters
from wiredesk.agencies.grammar import Grammar
from wiredesk.errors import UserError

_ALL = (
    *(reuters.REUTERS, reuters.REUTERS_1987, reuters.OPTA, reuters.GRACENOTE, reuters.VARIETY),
    *(americas.CNN, americas.DOW_JONES, americas.MARKETWATCH, americas.HEALTHDAY),
    *(americas.AP, americas.BLOOMBERG, americas.UPI, americas.CP, americas.RTTNEWS),
    *(americas.PR_NEWSWIRE, americas.CNW, americas.BUSINESS_WIRE, americas.GLOBENEWSWIRE),
    *(americas.PRWEB, americas.ACCESSWIRE, americas.MARKETWIRED),
    *(europe.AFP, europe.DPA, europe.APA, europe.PA, europe.ANSA, europe.EFE, europe.LUSA),
    *(europe.EUROPA_PRESS, europe.ANADOLU),
    *(europe.ANP, europe.ATS, europe.BELGA, europe.NTB, europe.TT, europe.STT, europe.RITZAU),
    *(europe.TASS, europe.INTERFAX),
    *(
        asia.XINHUA,
        asia.KYODO,
        asia.KYODO_JBN,
        asia.JIJI,
        asia.YONHAP,
        asia.CNA,
        asia.IANS,
        asia.PTI,
        asia.ANI,
    ),
    *(asia.AAP, asia.BUSINESSDESK),
)
AGENCIES: dict[str, Grammar] = {grammar.key: grammar for grammar in _ALL}

#: what a dateline's mark says (casefolded) → its agency
MARKS: dict[str, Grammar] = {mark.casefold(): grammar for grammar in _ALL for mark in grammar.marks}
_SOURCES = {name: grammar for grammar in _ALL for name in grammar.sources}

#: The grammar of copy whose agency nobody named.
UNNAMED = Grammar(key="", name="")


def grammar_for(agency: str | None, source: str | None) -> Grammar:
    """The grammar declared by key or name for an item, or known for its source; else UNNAMED."""
    by_source = _SOURCES.get((source or "").casefold())
    if agency:
        declared = AGENCIES.get(agency) or agency_named(agency)
        # `--agency reuters` over the 1987 collection: the source says more than the flag
        if by_source and declared and by_source.name == declared.name:
            return by_source
        if declared:
            return declared
    return by_source or UNNAMED


#: how contributor lines name the agencies: `Associated Press writers A and B contributed`
WRITERS = tuple(sorted({name for g in _ALL for name in g.writers}, key=len, reverse=True))
_SIGNS = [(re.compile(sign), grammar) for grammar in _ALL for sign in grammar.signs]


def recognised(closing: Iterable[str]) -> Grammar:
    """The agency that the closing lines of unmarked copy give away, or UNNAMED."""
    for line in closing:
        for sign, grammar in _SIGNS:
            if sign.search(line):
                return grammar
    return UNNAMED


def agency_named(agency: str) -> Grammar | None:
    """The agency that a name or a dateline's mark means, in any case."""
    wanted = agency.casefold()
    return MARKS.get(wanted) or next((g for g in _ALL if g.name.casefold() == wanted), None)


def checked(agency: str | None) -> str | None:
    """`agency` if it names one, None if it is None; a user error otherwise."""
    if agency and agency.casefold() not in AGENCIES and agency_named(agency) is None:
        raise UserError(f"unknown agency {agency!r}; one of: {', '.join(sorted(AGENCIES))}")
    return agency and (agency.casefold() if agency.casefold() in AGENCIES else agency)
