"""Headlines: labels, standing heads, take marks.

    headline = { prio } , { label , sep } , [ standing , "-" ] , text ,
               [ "(" , digits , ")" ] , [ "=" , digits , [ place ] ] ;
    prio     = ">>>" , [ "ANSA/" ] | "*****" , { "*" } | "'''''" ;
    sep      = "-" | " - " | ": " ;
    label    = [ "(" | "<" ] , word , [ SP , digits ] , [ ")" | ">" ] ;

Labels come from the closed list only: `U.S. 30-`, `EU-`, `White House: ` are news, not labels.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from wiredesk.extract.byline import is_byline
from wiredesk.extract.spans import fold
from wiredesk.model import Label

VERSION = ("UPDATE", "WRAPUP", "WRITETHROUGH", "WRITETHRU", "ADD", "INSERT", "SUB")
FIX = (
    "CORRECTION (OFFICIAL)",
    "CORRECTED (OFFICIAL)",
    "CORRECTED",
    "CORRECTION",
    "REFILE",
    "CLARIFICATION",
    "CLARIFIES",
)
REPEAT = ("RPT", "REPEAT")
REMOVE = ("WITHDRAWAL", "WITHDRAWN", "KILL", "HOLD", "ADVISORY", "ELIMINATION", "STORY REMOVED")
GATE = ("EMBARGOED", "HFR", "ADV")
URGENCY = ("FLASH", "BULLETIN", "ALERT", "URGENT", "SNAP", "EXTRA", "NEWSALERT")
GENRE = (
    "SNAP ANALYSIS",
    "ANALYSIS",
    "EXCLUSIVE",
    "FACTBOX",
    "TIMELINE",
    "CHRONOLOGY",
    "INSIGHT",
    "INTERVIEW",
    "NEWSMAKER",
    "PREVIEW",
    "TEXT",
    "TABLE",
    "BRIEF",
    "SCENARIOS",
    "INSTANT VIEW",
    "ANALYST VIEW",
    "HIGHLIGHTS",
    "Q&A",
    "Q+A",
    "SPECIAL REPORT",
    "TALKING POINT",
    "DEALTALK",
    "QUOTEBOX",
    "DIARY",
    "COLUMN",
    "COMMENTARY",
    "OBITUARY",
    "PROFILE",
    "PICTURE STORY",
    "WITNESS",
    "FEATURE",
    "POLL",
    "WRAP",
    "APNEWSBREAK",
    "APNEWSNOW",
    "FOCUS",
    "BREAKINGVIEWS",
    "MEDIA",
    "SHOWCASE",
    "EXPLAINER",
    "FACT CHECK",
)
STANDING = (
    "GLOBAL MARKETS",
    "GLOBAL ECONOMY",
    "US STOCKS",
    "FOREX",
    "PRECIOUS",
    "METALS",
    "TREASURIES",
    "GRAINS",
    "SOFTS",
    "OIL",
    "EURO GOVT",
    "EMERGING MARKETS",
    "MONEY MARKETS",
    "CANADA STOCKS",
    "CANADA FX DEBT",
    "CEE MARKETS",
    "MIDEAST STOCKS",
    "AIRSHOW",
    "MOTOR RACING",
    "SOCCER",
    "TENNIS",
    "CRICKET",
    "GOLF",
    "RUGBY",
    "ATHLETICS",
    "CYCLING",
    "SWIMMING",
    "BASEBALL",
    "BASKETBALL",
    "NBA",
    "NFL",
    "NHL",
    "MLB",
    "FORMULA ONE",
    "OLYMPICS",
)


def _words(group: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(group, key=len, reverse=True))


PRIO = re.compile(r"^(?:>{1,3}\s*(?:ANSA/\s*)?|\*{3,}\s*|'{4,}\s*)+")
_NUMBERED = _words(VERSION + URGENCY + ("INSTANT VIEW", "SNAP ANALYSIS", "ADV"))
_PLAIN = _words(FIX + REPEAT + REMOVE + GATE + GENRE)
LABEL = re.compile(
    rf"^[(<]?(?:(?P<word>{_NUMBERED})(?:\s*[-.]?\s*(?P<n>\d{{1,2}}))?|(?P<plain>{_PLAIN}))[)>]?"
    r"(?P<sep>\s*:\s+|\s*-\s*|/\s*|\s-\s)(?=\S)",
    re.IGNORECASE,
)
#: `2ND LEAD`, `1st Ld-Writethru`, `3RD NET`, `2nd Add`
ORDINAL = re.compile(
    r"^(?P<n>\d{1,2})(?:ST|ND|RD|TH)\s+(?P<word>LD-WRITETHRU|LEAD|NET|ADD|LD|UPDATE)\b"
    r"(?P<sep>\s*[-:]?\s*)",
    re.IGNORECASE,
)
#: a label that has its line to itself: `REFILE`, `1ST LEAD`
ALONE = re.compile(
    rf"[(<]?(?:(?P<word>{_NUMBERED})(?:\s*[-.]?\s*(?P<n>\d{{1,2}}))?|(?P<plain>{_PLAIN}))[)>]?\s*[-:]?"
)
BRACKETED = re.compile(
    rf"^[(<](?P<word>{_words(FIX + REPEAT + REMOVE + URGENCY)})[)>]\s*", re.IGNORECASE
)
#: on the wire in capitals; on the web `Soccer-Ribeira Azul end …`, never before a small letter
STANDING_HEAD = re.compile(
    rf"^(?:(?P<head>{_words(STANDING)})\s*-\s*(?=\S)|(?P<web>(?i:{_words(STANDING)}))-(?=[A-Z]))"
)
SUFFIX = re.compile(r"\s*\((\d{1,2})\)$")
SCORE = re.compile(r"\(\d{1,2}\)")  # `Eels (2) beat Herons (1)`
TAKE = re.compile(r"\s+=(\d{1,2})(?:\s+[A-Z][A-Z ]+)?$")
KILL = re.compile(r"^(?:KILL|HOLD|WITHDRAWN?)(?:\s+(?:KILL|HOLD))*$|^ADVISORY$")
#: AP keyword line: `^BC-US--Giant Kelp, 1st Ld-Writethru,127<`
AP_KEYWORD = re.compile(
    r"^\^?(?P<cycle>BC|AM|PM|AP)-(?P<slug>[^,<]+?)\s*"
    r"(?:,\s*(?P<n>\d+)(?:st|nd|rd|th)?\s*(?P<label>Ld-Writethru|Ld|Add))?(?:,\s*(?P<words>\d+))?<?$"
)
#: capitals where the web would have `Analysis: `; other mixed-case words before a colon are news
NOT_A_LABEL = re.compile(
    r"^(?:TEXT|MEDIA|FOCUS|TABLE|POLL|WRAP|ALERT|COLUMN|SUB|ADD)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Head:
    headline: str | None
    labels: tuple[Label, ...] = ()
    standing_head: str | None = None
    genre: str | None = None
    slug: str | None = None
    byline: str | None = None  #: where a header block carries one


def read_headline(raw: str | None) -> Head:
    """Labels and standing head leave the headline; a trailing attribution (`-CEO`) stays."""
    if not raw or not raw.strip():
        return Head(None)
    lines = [line.strip() for line in raw.strip().splitlines() if line.strip()]
    if len(lines) > 1:
        return _header_block(lines)
    keyword = AP_KEYWORD.match(lines[0])
    if keyword and (keyword["label"] or keyword["words"]):
        labels = (Label(keyword["label"].upper(), int(keyword["n"])),) if keyword["label"] else ()
        return Head(None, labels, slug=keyword["slug"].strip())
    return _one_line(lines[0])


def _header_block(lines: list[str]) -> Head:
    """A dpa header: labels on lines of their own, headline, byline, up to ` =`."""
    labels: list[Label] = []
    headline = byline = None
    for line in lines:
        line = re.sub(r"\s*=$", "", line)
        if only := ORDINAL.fullmatch(line):
            labels.append(Label(only["word"].upper(), int(only["n"])))
        elif only := ALONE.fullmatch(line):
            labels.append(
                Label(only["word"] or only["plain"], int(only["n"]) if only["n"] else None)
            )
        elif re.match(r"By\s", line, re.IGNORECASE) or is_byline(line):
            byline = line
        elif headline is None:
            head = _one_line(line)
            labels.extend(head.labels)
            headline = head.headline
    return Head(headline, tuple(labels), byline=byline)


def _one_line(raw: str) -> Head:
    text = raw[(prio.end() if (prio := PRIO.match(raw)) else 0) :].strip()
    labels: list[Label] = []
    if KILL.match(text):
        return Head(text, (Label(text.split()[0]),))
    while text:
        found = ORDINAL.match(fold(text)) or LABEL.match(fold(text)) or BRACKETED.match(fold(text))
        if not found or not _is_label(found, text):
            break
        groups = found.groupdict()
        word = (groups.get("word") or groups.get("plain") or "").upper()
        labels.append(Label(word, int(groups["n"]) if groups.get("n") else None))
        text = text[found.end() :].strip()
    standing = STANDING_HEAD.match(text)
    if standing:
        text = text[standing.end() :]
    if take := TAKE.search(text):
        text = text[: take.start()]
    if (suffix := SUFFIX.search(text)) and not SCORE.search(text, 0, suffix.start()):
        labels.append(Label("VERSION", int(suffix[1])))
        text = text[: suffix.start()]
    genre = next((label.label for label in labels if label.label in GENRE), None)
    return Head(
        text or None,
        tuple(labels),
        (standing["head"] or standing["web"]) if standing else None,
        genre.lower().replace(" ", "_") if genre else None,
    )


def _is_label(found: re.Match[str], text: str) -> bool:
    """Whether a word of the list stands as a label here.

    Capitals do, before any separator.  In mixed case a label has a colon (`Analysis: Mill towns`),
    and the list's ordinary words (`Text: `, `Media: `) are not trusted at all.
    """
    groups = found.groupdict()
    word = groups.get("word") or groups.get("plain") or ""
    printed = text[found.start() : found.end()]
    if "plain" not in groups or word.upper() == word:
        return True
    return ":" in printed and not NOT_A_LABEL.match(word)
