"""Dates in datelines, in five languages.

date  = month , ["."] , [SP] , day , [ ("," SP | SP) , year ]
      | day , ["." | "st" …] , [SP] , ["de "] , month , [ [" de"] , SP , year ] ;
month = full or short form, any case, its stop optional
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from wiredesk.extract.any_of import any_of
from wiredesk.model import Issue, PartialDate

# Order is month number; each line: English, French, German, Spanish, Italian, with short forms.
MONTH_WORDS = (
    "january jan janvier janv januar jänner enero ene gennaio gen",
    "february feb février fevrier févr fév fevr fev februar febrero febbraio",
    "march mar mars märz maerz mrz marzo macrh",
    "april apr avril avr abril abr aprile apri",
    "may mai mayo maggio mag",
    "june jun juin juni junio giugno giu",
    "july jul juillet juil juli julio luglio lug",
    "august aug août aout agosto ago",
    "september sept sep septembre septiembre setiembre settembre set",
    "october oct octobre oktober okt octubre ottobre ott",
    "november nov novembre noviembre",
    "december dec décembre decembre déc dezember dez diciembre dic dicembre",
)
MONTHS = {word: n for n, words in enumerate(MONTH_WORDS, 1) for word in words.split()}
NOT_MONTHS = frozenset(("arch", "mach", "jul", "jun"))


def _slips(word: str) -> set[str]:
    """What a typist makes of a month: a letter lost, two swapped, one too many at the end."""
    lost = {word[:n] + word[n + 1 :] for n in range(len(word))}
    swapped = {word[:n] + word[n + 1] + word[n] + word[n + 2 :] for n in range(len(word) - 1)}
    return {slip for slip in lost | swapped if len(slip) > 3} - NOT_MONTHS


for _n, _words in enumerate(MONTH_WORDS, 1):
    for _slip in _slips(_words.split()[0]):
        MONTHS.setdefault(_slip, _n)  # Macrh, Marc, Apri
_MONTH = any_of(MONTHS)
_YEAR = r"(?:19|20)\d\d"
#: `March 187`: three digits are a typing slip, kept as a date that cannot be read.
DATE = (
    rf"(?:(?P<month>(?i:{_MONTH}))(?:\b|(?<=\w{{5}})[a-z]\b)\.?\s?(?P<day>[0-9][0-9lO]?\d?|[lO][0-9lO]?)(?![0-9])"
    rf"(?:st|nd|rd|th)?(?:,?\s+(?P<year>{_YEAR})\b)?"
    rf"|(?P<day2>\d{{1,2}})(?:\.|st|nd|rd|th)?\s?(?:de\s+)?(?P<month2>(?i:{_MONTH}))\b\.?"
    rf"(?:,?\s+(?:de\s+)?(?P<year2>{_YEAR}\b|\d\d(?=\s*(?:[(/-]|$))))?)"  # 9 JAN 90 (EFE)
)
_CLOCK = r"(?:,?\s*\d{1,2}[:.]?\d\d\s*(?:[ap]\.?m\.?)?\s*(?:[A-Z]{2,4})?)?"
LAST_DATE = re.compile(
    rf"(?:^|(?<=[\s,;/]))(?:on\s+)?{DATE}{_CLOCK}\s*(?:[A-Z]{{3,4}})?\s*[.,]?\s*(?:,?\s*Reuters?\s*)?$"
)
ISO_DATE = re.compile(r"(?P<year>(?:19|20)\d\d)-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?=\s|$)")
#: `26-11-2023 (أ ف ب)`: the day first, as those print it who print numbers
NUMERIC_DATE = re.compile(
    r"(?<=[\s,])(?P<day>[0-3]?\d)[-/.](?P<month>[01]?\d)[-/.](?P<year>(?:19|20)\d\d)\s*$"
)
#: a date that is one by its month and cannot be read: `Feb b22`
GARBLED = re.compile(rf"[,\s]+(?i:{_MONTH})\b\.?\s*\w{{1,4}}\s*$")
#: a month without a day, or misspelt: `Apirl (Reuters) -`
MONTH_LIKE = re.compile(r"^[A-Z][a-z]{2,8}\.?$")
DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
MISREAD = str.maketrans("lO", "10")  # `April l`, `March 2O`: a typist's one and nought


def parts(found: re.Match[str]) -> tuple[int, str, str | None]:
    """(month number, day as printed, year as printed) of a DATE match."""
    month = found["month"] or found["month2"]
    year = found["year"] or found["year2"]
    if year and len(year) == 2:
        year = ("19" if year > "50" else "20") + year
    return MONTHS[month.lower()], found["day"] or found["day2"], year


def is_month_like(word: str) -> bool:
    """Whether a word is a month, or one with its letters mixed up."""
    return bool(MONTH_LIKE.match(word)) and any(
        sorted(word.lower().rstrip(".")) == sorted(month) for month in MONTHS if len(month) > 3
    )


def resolve(
    found: re.Match[str], version_time: datetime | None
) -> tuple[PartialDate | None, tuple[Issue, ...]]:
    """The date that a DATE match means, and what is wrong with it.

    Without a printed year it is the one that puts the date within 3 days before and 1 day after
    the version's time (dateline dates are local, and may be a day off UTC); without a version's
    time it stays null.
    """
    if found.re in {ISO_DATE, NUMERIC_DATE}:
        year, month, day = int(found["year"]), int(found["month"]), int(found["day"])
        if 1 <= month <= 12 and 1 <= day <= DAYS[month - 1]:
            return PartialDate(year, month, day), ()
        return None, (Issue("dateline_bad_date", found[0]),)
    month, printed, stated_year = parts(found)
    day = int(printed.translate(MISREAD))
    if not 1 <= day <= DAYS[month - 1]:
        return None, (Issue("dateline_bad_date", found[0].strip()),)
    if stated_year:
        return PartialDate(int(stated_year), month, day), ()
    if version_time is None:
        return PartialDate(None, month, day), ()
    for candidate in (version_time.year, version_time.year - 1, version_time.year + 1):
        try:
            stated = datetime(candidate, month, day, tzinfo=version_time.tzinfo)
        except ValueError:  # 29 February of another year
            continue
        behind = version_time - stated
        if timedelta(days=-1) <= behind <= timedelta(days=4):
            return PartialDate(candidate, month, day), ()
    return PartialDate(None, month, day), (Issue("dateline_bad_date", found[0].strip()),)
