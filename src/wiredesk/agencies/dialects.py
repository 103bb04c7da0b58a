"""How the agencies bend the formats: data that parsers look up, so that none asks who is speaking.

A dialect is found by what a message says of its sender: a provider's name, code or domain, the
authority in an id.  What it leaves empty is read as the format's own standard says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Dialect:
    """One agency's habits.  Patterns are searched in the value as sent, in any case."""

    agency: str | None  #: key in AGENCIES; None: the format's plain standard
    said: tuple[str, ...] = ()  #: patterns of provider, sender, id that give it away
    tz: str | None = None  #: of times without a zone; None: that of the source
    day_first: bool = False  #: 04/05 is the fourth of May
    #: scheme and pattern whose group 1, in the id or an alternative id, names the story
    identity: tuple[tuple[str, str], ...] = ()
    #: signals, message types, status words (casefolded) → Item.signal
    signals: Mapping[str, str] = field(default_factory=dict)
    #: status words (casefolded) that are not the standard's → Item.pub_status
    statuses: Mapping[str, str] = field(default_factory=dict)
    version: str | None = None  #: pattern whose group 1, in an id, is the version
    bylines: bool = True  #: False: what stands in the byline element is something else
    apart: tuple[str, ...] = ()  #: classes of the elements of its HTML that hold no copy
    #: role of a note → `copy` where it closes the copy, `none` where it is no note to editors
    notes: Mapping[str, str] = field(default_factory=dict)
    #: type of an alternative id (casefolded) that names another item → Link.relation
    links: Mapping[str, str] = field(default_factory=dict)

    def identity_in(self, *ids: str | None) -> tuple[str, str] | None:
        """Scheme and key of the story that one of the ids names."""
        for scheme, pattern in self.identity:
            for id_ in filter(None, ids):
                if found := re.search(pattern, id_, re.IGNORECASE):
                    return scheme, found[1]
        return None

    def version_in(self, *ids: str | None) -> str | None:
        """The version that one of the ids carries."""
        found = (re.search(self.version, id_) for id_ in ids if id_ and self.version)
        return next((match[1] for match in found if match), None)


STANDARD = Dialect(None)
DIALECTS: tuple[Dialect, ...] = (
    Dialect(
        "reuters",
        said=(r"\breuters\.com\b", r"\breuters\b"),
        # `tag:reuters.com,0000:newsml_L4N0AB1CD:1132689232`: the wire's own number is the story's
        identity=(("usn", r"newsml_([A-Z0-9]+)"),),
        signals={
            "edstat:u": "update",
            "edstat:c": "correction",
            "edstat:d": "withdrawal",
            "msgtype:d": "withdrawal",
        },
    ),
    Dialect(
        "pa",
        said=(r"^PA(?: Sport| Media)?$", r"\bpress association\b", r"\bpamedia\b"),
        tz="Europe/London",
        # `af1f7ad5-5619-49de-84cc-2e608538c77fSSS-3-1`: category, page, version
        identity=(("du-key", r"^du-key (.+)"),),
        version=r"[A-Z]{3}-\d+-(\d+)$",
    ),
    Dialect(
        "ritzau",
        said=(r"\britzau\b",),
        tz="Europe/Copenhagen",
        # `20260512:RTZ:8883:0`; the du-key is the slug of a hundred flashes
        identity=(("ritzau", r"^(\d{8}:[A-Z]+:\d+):\d+$"), ("ritzau", r"^HistID (\S+)$")),
        version=r"^\d{8}:[A-Z]+:\d+:(\d+)$",
        statuses={"annuleret": "canceled"},
    ),
    Dialect(
        "ntb",
        said=(r"^NTB\b", r"\bntb\.no\b"),
        tz="Europe/Oslo",
        identity=(("ntb", r"^([\w-]+?)_\d{1,3}$"),),
        version=r"_(\d{1,3})$",
    ),
    Dialect("aap", said=(r"^AAP\b", r"\baustralian associated press\b"), tz="Australia/Sydney"),
    Dialect("cp", said=(r"^CP$", r"\b(?:the ?)?canadian ?press\b"), tz="America/Toronto"),
    # the subtitle stands in the byline element
    Dialect("ansa", said=(r"\bANSA\b",), tz="Europe/Rome", bylines=False),
    Dialect("efe", said=(r"\bEFE\b", r"\befe\.(?:es|com)\b"), tz="Europe/Madrid"),
    Dialect("afp", said=(r"\bafp\.com\b", r"\bAFP\b", r"\bأ ف ب\b")),
    Dialect(
        "anp",
        said=(r"\banp\.nl\b", r"^ANP\b", r"algemeen nederlands persbureau"),
        tz="Europe/Amsterdam",
        # the NewsItemId carries the revision: `ANPX-101218-041-v2`
        identity=(("newsml", r"^urn:newsml:(anp\.nl:\d{8}:[\w-]+):\d+"),),
    ),
    Dialect(
        "belga",
        said=(r"\bbelga(?:\.be)?\b",),
        tz="Europe/Brussels",
        # the PublicIdentifier is the same for all, and the DateId another for each revision
        identity=(("belga", r"^NewsItemId ([1-9]\d{3,}\S*)"),),
    ),
    # above its copy stands `<div class="dat">` with the kind of sport and who sends it
    Dialect(
        "tt",
        said=(r"^TT$", r"\btt\.se\b"),
        tz="Europe/Stockholm",
        apart=("dat",),
        # `20260304:TT:585167:0`: the last part counts what was sent again
        identity=(("tt", r"(\d{8}:TT:\d+):\d+$"),),
        version=r"\d{8}:TT:\d+:(\d+)$",
        links={"tt:refuno": "replaces"},
    ),
    Dialect(
        "apa",
        said=(r"\bapa\.at\b", r"^nprov:APA$", r"\baustria presse agentur\b"),
        tz="Europe/Vienna",
        notes={"closing": "none"},  # `Schluss`
    ),
    Dialect("aa", said=(r"^aa:", r"^AA$", r"\banadolu\b"), tz="Europe/Istanbul"),
    Dialect("lusa", said=(r"\blusa(?:\.pt)?\b",), tz="Europe/Lisbon", day_first=True),
    Dialect("tass", said=(r"\b(?:itar-)?tass\b",), tz="Europe/Moscow"),
    # `KWS-21:37-09-12-18`, in the trailer of its ANPA copy, is the ninth of December
    Dialect("kyodo", said=(r"\bkyodo\b", r"^KWS\b"), tz="Asia/Tokyo", day_first=True),
    Dialect("businesswire", said=(r"\bbusiness ?wire\b",)),
    Dialect(
        "dpa",
        said=(r"\bdpa\b", r"\bdeutsche presse-agentur\b"),
        tz="Europe/Berlin",
        # the notepad says again what the others say, which names and numbers of its own people are
        notes={
            "closingline": "copy",
            **dict.fromkeys(
                (
                    *("notepad", "correctionshort", "contacts", "dpacontacts"),
                    *("localities", "picture", "genrenote"),
                ),
                "none",
            ),
        },
    ),
    Dialect("stt", said=(r"\bstt(?:\.fi|-lehtikuva)?\b",), tz="Europe/Helsinki"),
    Dialect("globenewswire", said=(r"\bglobe ?newswire\b", r"\bmarketwired?\b")),
    # releases of many senders; none of them is the agency's copy
    Dialect(None, said=(r"\bntbinfo\.no\b",), tz="Europe/Oslo"),
    Dialect("businessdesk", said=(r"\bbusinessdesk\b",), tz="Pacific/Auckland"),
    Dialect(None, said=(r"\bana-mpe\b",), tz="Europe/Athens", day_first=True),
    Dialect("ap", said=(r"\bap\.org\b", r"^AP$", r"\bassociated press\b")),
)
_SAID = tuple(
    (re.compile("|".join(f"(?:{p})" for p in dialect.said), re.IGNORECASE), dialect)
    for dialect in DIALECTS
)


def dialect_of(*said: str | None) -> Dialect:
    """The dialect of what a message says of its sender, the most telling first; else STANDARD."""
    for words in said:
        if words:
            for pattern, dialect in _SAID:
                if pattern.search(words):
                    return dialect
    return STANDARD
