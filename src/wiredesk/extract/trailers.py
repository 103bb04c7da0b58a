"""What stands below the copy and is none of it: closing lines, contacts, conversion lines.

Stripped from the end repeatedly, and kept as paragraphs of their own kinds.
"""

from __future__ import annotations

import re

from wiredesk.agencies.grammar import Grammar
from wiredesk.model import Contact, Conversion

#: closing lines that any agency's copy may end in
COMMON = (
    r"(?i:more)",
    r"\(?(?i:ends?)\)?",
    r"-\s?30\s?-",
    r"NNNN",
    r"_{3,}",
    r"\*\s?\*\s?\*(?:\s?\*)*",
    r"(?:Reuter|REUTERS?)\.*",
    r"Enditem",
    r"==\s?Kyodo",
    r"EFE",
    r"\(END\)",
    r"\(?Copyright\b(?=.{0,40}(?:\d{4}|©|\([cC]\)|\bby\b)).{0,300}",
    r"©.{0,200}|\([cC]\) \d{4}.{0,200}",
    r"Our Standards: The Thomson Reuters Trust Principles\.(?:,? ?opens new tab)?",
    r"(?:Acquire|Purchase) Licensing Rights.{0,80}",
    r"Keywords: .{1,300}",
    r"\(For (?:more(?! than)|a|the|full|related|other|additional) .{3,400}\)",
    r"\(?\(?Click (?:here|on) .{3,300}\)?",
    r"--?\s?Field Level Media",
    r".{0,160}https?://(?:tmsnrt\.rs|reut\.rs|link\.reuters\.com)/\S+\.?",
    r"To contact the (?:reporters?|editors?|authors?|writers?)\b.{0,600}",
    r"\(?See (?:here|also|related)\b.{0,300}",
    r"\[(?:ID:n?\w+|nN?\w+)\]",
    r"\(BusinessDesk\)",
    r"\(Reporters and editors involved .{20,400}",
    r"-- ?For .{5,60} blogs?\b.{0,200}",
)
_GRAMMARS: dict[str, re.Pattern[str]] = {}
_MARKS: dict[str, re.Pattern[str]] = {}
_CLOSERS: dict[str, re.Pattern[str]] = {}
#: closing matter in the last sentence's own paragraph: `Andrea HavensOur Standards: …`
GLUED = re.compile(
    r"(?P<standards>Our Standards: The Thomson Reuters)|"
    r"--?\s?(?:Field Level Media|Reuters)$|"
    r"\((?:See|For (?:more(?! than)|a|the|other|related|full|additional)|"
    r"To (?:read|see|view)|Click|Follow|"
    r"Visit|Graphic|Keywords|Reuters Messaging)\b[^()]{3,400}\)$|"
    r"\(Reporters and editors involved [^()]{20,400}\)$|"
    r"https?://\S+$|"
    r"(?P<reuter>Reuter|REUTER)[. ]{0,4}3?$"
)
LONGEST_MARK = 40  # characters of `.(The Associated Press).`
GLUED_REACH = 700  # characters from a paragraph's end in which it starts


def glued(text: str, grammar: Grammar) -> tuple[int, int] | None:
    """Where the copy ends and the closing matter glued to it starts; None if there is none."""
    marked = text.endswith((")", ").", "/", "/."))
    if marked and (mark := _closing_mark(grammar).search(text, max(0, len(text) - LONGEST_MARK))):
        return mark.end("copy"), mark.start("mark")
    if grammar.closers and (closer := _closer(grammar).search(text)):
        return closer.end("copy"), closer.start("mark")
    found = GLUED.search(text, max(0, len(text) - GLUED_REACH))
    if not found or not found.start():
        return None
    copy = text[: found.start()].rstrip()
    spaced = len(copy) < found.start()
    if found["standards"]:
        fits = copy[-1:].islower() or copy[-1:] in {".", ")", ";"}
    elif found["reuter"]:
        fits = spaced
    else:
        name = found[0].startswith("(Reporters") and copy[-1:].isalnum()
        fits = spaced and (name or copy[-1:] in {".", '"', "?", "!", ")"})
    return (len(copy), found.start()) if copy and fits else None


def _closing_mark(grammar: Grammar) -> re.Pattern[str]:
    """The agency's own mark after the last sentence: `… le vittime".(ANSA).`"""
    if grammar.key not in _MARKS:
        # with no marks the pattern finds nothing
        _MARKS[grammar.key] = re.compile(
            rf"(?P<copy>[.?!][\"'»)]?|[\"»]\.?)\s?(?P<mark>{_own(grammar)})$"
        )
    return _MARKS[grammar.key]


def _closer(grammar: Grammar) -> re.Pattern[str]:
    """What an agency puts after the last sentence: `… a la normalidad", señaló. EFE`."""
    if grammar.key not in _CLOSERS:
        _CLOSERS[grammar.key] = re.compile(
            rf"(?P<copy>[.?!][\"'”»)]*) (?P<mark>{'|'.join(grammar.closers)})$"
        )
    return _CLOSERS[grammar.key]


def _own(grammar: Grammar) -> str:
    """An agency's own mark, as copy ends in it: `/ritzau/`, `(©NTB)`."""
    return rf"[/(]©?\s?(?:{'|'.join(map(re.escape, grammar.marks)) or '(?!)'})[/)]\.?"


def pattern_for(grammar: Grammar) -> re.Pattern[str]:
    """One pattern that a whole closing line matches, for an agency's copy."""
    if grammar.key not in _GRAMMARS:
        _GRAMMARS[grammar.key] = re.compile(
            "^(?:" + "|".join((*COMMON, *grammar.trailers, _own(grammar))) + r")\s*$"
        )
    return _GRAMMARS[grammar.key]


# -- conversions: ($1 = 0.8794 euros), ($1=.7193 Euro), ($1=1249.1 Won=94.16 Yen), (1 USD = …)

_AMOUNT = r"(?:[A-Z]{0,3}[$€£¥]\s?|)\d*[.,]?\d[\d.,]*\s*(?:[A-Za-z][A-Za-z. ]{0,28}?)?"
CONVERSION = re.compile(
    rf"\(?\(?\s*(?P<raw>(?:[A-Z]{{0,3}}[$€£¥]\s?1|1\s[A-Za-z. ]{{2,24}}?)\s*=\s*{_AMOUNT}"
    rf"(?:\s*=\s*{_AMOUNT}|\s*[;,]?\s*(?:[$€£]|1\s\w+)[^()=]{{0,12}}=\s*{_AMOUNT}){{0,3}})\s*\)?\)?\.?"
)
SIDE = re.compile(r"([A-Z]{0,3}[$€£¥])?\s*(\d*[.,]?\d[\d.,]*)\s*([A-Za-z][A-Za-z. ]*)?")
SYMBOLS = {"$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "A$": "AUD", "C$": "CAD",
           "NZ$": "NZD", "HK$": "HKD", "S$": "SGD", "R$": "BRL"}  # fmt: skip


def read_conversions(raw: str) -> tuple[Conversion, ...]:
    """`$1 = 0.8794 euros` → 1 USD is 0.8794 euros; a chain gives a row for each further side."""
    sides = [SIDE.match(side.strip()) for side in raw.split("=")]
    if len(sides) < 2 or sides[0] is None:
        return ()
    base = _currency(sides[0])
    rows: list[Conversion] = []
    for side in sides[1:]:
        if side is None:
            continue
        number = side[2].replace(",", "") if side[2].count(".") else side[2].replace(",", ".")
        try:
            rate = float(number)
        except ValueError:
            continue
        quote = _currency(side)
        if base and quote and rate:
            rows.append(Conversion(raw, base, quote, rate))
    return tuple(rows)


def _currency(side: re.Match[str]) -> str | None:
    if side[1]:
        return SYMBOLS.get(side[1], side[1])
    return " ".join(side[3].split()).rstrip(".") if side[3] else None


# -- contacts: e-mail, telephone, messaging, social

EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
MESSAGING = re.compile(
    r"(?:Reuters Messaging|RM|Messaging)\s*:?\s*(?:rm://)?(?P<value>[\w.+-]+@[\w.-]+)",
    re.IGNORECASE,
)
PHONE = re.compile(
    r"(?<![\w$.])(?:\(?\+|\(?00)[\d(][\d\s().-]{6,24}\d|(?<![\w$.])\d{3}[-.]\d{3}[-.]\d{4}\b|(?<![\w.])\d{1,2}-\d{3}-\d{3}-\d{4}\b"
)
DIGIT = re.compile(r"\d")
SOCIAL = re.compile(r"(?:twitter|x)\.com/\w+|(?<![\w.])@\w{3,20}\b", re.IGNORECASE)
LINK = re.compile(r"https?://\S+?(?=[;)\s]|$)")
#: words that stand between contacts
LABELS = re.compile(
    r"\b(?:[Ee]-?mail|Tel(?:ephone)?|Phone|Mobile|Work|Office|Cell|Fax|Twitter|Follow\w*|within|outside|the|U\.?S\.?|UK|"
    r"India|on|at|or|and|Reuters Messaging|Messaging|newsroom|desk|ext)\b[.:]*|rm://",
    re.IGNORECASE,
)


LABEL = re.compile(
    r"\b(?:[Ee]-?mail|Tel(?:ephone)?|Phone|Mobile|Work|Office|Cell|Fax|Twitter|"
    r"Reuters Messaging|Messaging)\b[.:]*"
)


def _phoned(text: str) -> bool:
    return DIGIT.search(text) is not None and PHONE.search(text) is not None


def read_contacts(text: str) -> tuple[tuple[Contact, ...], str]:
    """Contacts in printed order, and the text with them blanked out, length unchanged."""
    found: list[tuple[int, Contact]] = []

    def take(pattern: re.Pattern[str], kind: str) -> None:
        nonlocal text
        for m in pattern.finditer(text):
            group = "value" if "value" in pattern.groupindex else 0
            found.append((m.start(), Contact(kind, m[group].strip(" .;,(").rstrip("-"))))
        text = pattern.sub(lambda m: " " * len(m[0]), text)

    if "@" in text:
        take(MESSAGING, "messaging")
        take(EMAIL, "email")
    take(LINK, "url")
    if "@" in text or ".com/" in text:
        take(SOCIAL, "social")
    if _phoned(text):
        take(PHONE, "phone")
    if found:  # `Twitter: @…` leaves its label behind
        text = LABEL.sub(lambda m: " " * len(m[0]), text)
    return tuple(contact for _, contact in sorted(found, key=lambda f: f[0])), text


def only_contacts(text: str) -> bool:
    """Whether a stretch of text holds contacts and nothing else but their labels."""
    if "@" not in text and "+" not in text and ".com/" not in text and not _phoned(text):
        return False
    contacts, rest = read_contacts(text)
    return bool(contacts) and not re.search(r"[A-Za-z]{2}", LABELS.sub("", rest))
