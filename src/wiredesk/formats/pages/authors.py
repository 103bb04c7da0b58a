"""Who wrote the story, as the page has it: names split, without prefix, role, place or address.

    byline  = [ prefix ] , people ;
    prefix  = "By" | "Von" | "Par" | "Por" | "Di" | "Door" | "Av" | "Af" | … , [ ":" ] ;
    people  = person , { sep , person } ;
    sep     = "," | ";" | "|" | "/" | "&" | "and" | "und" | "et" | "y" | "e" | "en" | "og" | … ;
    person  = name , [ "," , role ] , [ "in" , place ] , [ "(" , org , ")" ] ;

Trust, from the most: JSON-LD, microdata, what stands as a byline between the headline and the
third paragraph, meta tags.  A page that names only its publisher there is asked further for a
person.  The publisher itself is an author where it is credited by a plain name (`dpa`,
`Le Figaro et AFP`), and none where the entry is the site's own card, with its front page as
address: a template's stopgap, on pages that print no byline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from wiredesk.formats.pages.linked import Maker
from wiredesk.formats.pages.metadata import Metadata

LONGEST = 300  #: characters of a byline that are read; what follows is a biography
LONGEST_NAME = 60
MOST_WORDS = 6  #: words of a name: `Juan Carlos de la Cruz Ortega`
META = (
    "parsely-author", "sailthru.author", "cxenseparse:author", "article:author_name",
    "article:author", "og:article:author", "dc.creator", "dcterms.creator", "dc.creator.name",
    "byl", "byline", "citation_author", "dable:author", "og:author", "author", "authors",
    "news_authors", "article.author", "mediator_author", "twitter:data1",
)  # fmt: skip
PREFIX = re.compile(
    r"^\W*(?:(?:written|posted|published|reported|story|text|words|geschrieben|texte|texto|testo|"
    r"tekst|skrevet|skriven|foto\s+och\s+text)\s*(?:by|von|par|por|di|door|av|af|:)|"
    r"edited by|editor|redaktur|penyunting|by|von|vom|par|por|di|door|av|af|autore?n?|autora?|"
    r"auteure?|autrice|author|authors|oleh|"
    r"penulis|przez|scris de|tekijä|tác giả|theo|od|redigido por|από|автор|автора|від|от|"
    r"bởi|kirjoittaja|yazan|laporan|reporter|penulis|journalist|text)"
    r"(?:\s*[:：]\s*|\s+)(?=\S)",
    re.IGNORECASE,
)
JOIN = re.compile(
    r"\s*(?:[;|•·、＝]|\s[-–—]\s|\n|&)\s*|"
    r",\s*(?:and|und|et|y|e|en|og|och|i|ve|dan|ja|és|a|și|and|with|mit|avec|con|och)\s+|,\s*|"
    r"\s+(?:and|und|et|y|e|en|og|och|i|ve|dan|és|și|with|sowie|και|и|та)\s+",
)
MARKS = ("\n", ",", ";", "|", "•", "·", "、", "&", " - ", " – ")  #: that list, and are in no name
PARTICLES = frozenset(
    """de da do dos das del della di la le van von der den zu zur ten ter af av bin al el y e i ibn
    ben st""".split()
)
#: `순천, 광양 구현모 기자`: the name stands right before the role
BEFORE_ROLE = re.compile(
    r"([\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,8})\s*"
    r"(?:기자|특파원|논설위원|記者|編集委員|特派員|记者)"
)
WORDS = re.compile(r"\W+")
SLASH = re.compile(r"\s*/\s*")
ARTICLE = re.compile(r"(?:the|le|la|les|der|die|das|el|il|lo|de|het|the)\s", re.IGNORECASE)
LONGEST_CJK = 8
#: words that are no part of a name: roles, and what stands beside a byline
ROLE = re.compile(
    r"\b(?:correspond\w*|editor\w*|edit[oó]r\w*|reporters?|writers?|journalist\w*|journaliste|"
    r"periodista\w*|giornalista|jornalista\w*|redakt\w+|redact\w+|redattor\w*|rédact\w+|"
    r"columnist\w*|kolumnist\w*|kommentator\w*|chefredakt\w*|korrespondent\w*|reporter(?:in|ka)?|"
    r"volont[äa]r\w*|freelance\w*|contributor\w*|contributing|producer\w*|photographer\w*|"
    r"fotograf\w*|analyst\w*|specialist\w*|chief|head of|leiter\w*|autor(?:in|en|a)?|envoy[ée]\w*|"
    r"corresponsal\w*|enviad[oa]|director\w*|professor\w*|bureau|chef de|jurnalis|wartawan|"
    r"dziennikarz\w*|dziennikark\w*|toimittaja|novin[aá]\w*|gazeteci|muhabir\w*)\b",
    re.IGNORECASE,
)
#: `Penulis: Naufal`, `Editor : Heryadi`: the second is declared as author by some systems
EDITOR = r"\b(?:editor|edited by|redaktur|penyunting)\s*(?::\s*)?"
EDITED = re.compile(EDITOR + "$", re.IGNORECASE)  #: right before a name
EDITS = re.compile(r"\W*" + EDITOR, re.IGNORECASE)  #: at the start of a byline
TAG = re.compile(r"<[^<>]*>")
MOST_PLACES, BEFORE = 40, 200  #: of a name in the page, and characters before it that are read
JUNK = re.compile(
    r"^(?:admin\w*|administrator|webmaster|root|user\d*|guest|anonym\w*|unknown|unbekannt|none|"
    r"null|undefined|n/?a|author|autor|by|von|superuser|test|developer|no author|false|true|"
    r"updated?|published|posted|follow|folgen|share|\d+)$|\bdeveloper$",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"https?://\S*|www\.\S+|[\w.+-]+@[\w-]+\.[\w.-]+|(?<!\S)@\w+")
HANDLE = re.compile(r"^[a-z][\w-]*[._\d][\w.-]*$")
SITE = re.compile(r"^[\w-]+(?:\.[\w-]+)*\.[a-z]{2,3}$", re.IGNORECASE)  #: `ndr.de`
BRACKET = re.compile(r"\s*[(\[（【].*$")
PLACE = re.compile(r"\s+(?:in|aus|à|en|a|from)\s+(?=[A-Z])[^,]*$")
#: what follows the names in a byline line: the day, minutes, `Updated`
TAIL = re.compile(
    r"\s*(?:\b\d{1,2}[.:/h ]\s*\d{1,2}|\b\d{1,2}\s+\w{3,9}\s+\d{4}|\b(?:19|20)\d\d\b|"
    r"\b(?:published|updated|posted|last|actuali\w+|aktualisiert|publi\w+|stand|mis à jour|"
    r"minutes?|min read|uhr|gepubliceerd|bijgewerkt|opublikowano|diterbitkan)\b).*$",
    re.IGNORECASE | re.DOTALL,
)
#: one-word tails of Korean and Japanese bylines: 기자, 記者
CJK_ROLE = re.compile(r"\s*(?:기자|특파원|논설위원|記者|編集委員|特派員|论员|记者)\s*$")
CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
HONORIFIC = re.compile(r"^(?:dr|prof|mag|dipl|ing|mr|mrs|ms)\.?\s+(?=[A-Z]\w+\s)", re.IGNORECASE)
PERSON = re.compile(r"^[^\W\d_][\w.’'`\-]*(?:\s+[^\W\d_][\w.’'`\-]*){1,5}$")
ORGANISED = re.compile(
    r"\b(?:news|press|media|redaktion|redacci[oó]n|rédaction|redazione|desk|staff|team|agency|"
    r"agentur|agence|agencias?|newsroom|editorial|board|zeitung|times|post|daily|magazine|online|"
    r"tv|radio|gmbh|ltd|inc|group|nachrichten|presse|associated|reuters|afp|dpa|bloomberg)\b",
    re.IGNORECASE,
)


def read_authors(
    data: Metadata, printed: Sequence[tuple[str, str]], page: str
) -> tuple[tuple[str, ...], str]:
    """The authors' names in their order, and where they stood.

    `printed` are the bylines around the headline, as which part of the page and its lines;
    `page` is the whole page's HTML.
    """
    signed = [(part, text) for part, text in printed if not EDITS.match(text)]
    declared = [
        (maker, name)
        for maker in data.linked.authors
        if not _is_stopgap(maker)
        for name in split_byline(maker.name)
    ]
    names = _unique(name for _, name in declared)
    others = set(_people([text for _, text in signed], data)).difference(names)
    if others and len(names) == 1 and _is_editor(names[0], page):
        names, declared = (), []
    if any(not maker.organisation or _is_person(name, data) for maker, name in declared):
        return names, "json-ld author"
    for part, text in signed:
        if any(_is_person(name, data) for name in split_byline(text)):
            alike = [text for other, text in signed if other == part]
            return _people(alike, data), "byline"
    if people := _people(_meta(data), data):
        return people, "meta author"
    if names or data.linked.authors:
        return names, "json-ld author" if names else ""
    plain = [text for _, text in signed if len(text) <= LONGEST_NAME][:1]
    for texts, origin in ((plain, "byline"), (_meta(data), "meta author")):
        found = (name for text in texts for name in split_byline(text))
        if desks := _unique(name for name in found if not _is_site(name, data)):
            return desks, origin
    return (), ""


def _is_editor(name: str, page: str) -> bool:
    """Whether the page prints the name as its editor's: `Editor : <a …>Heryadi</a>`."""
    at = -1
    for _ in range(MOST_PLACES):
        at = page.find(name, at + 1)
        if at < 0:
            return False
        if EDITED.search(TAG.sub(" ", page[max(0, at - BEFORE) : at])):
            return True
    return False


def _people(texts: Sequence[str], data: Metadata) -> tuple[str, ...]:
    return _unique(name for text in texts for name in split_byline(text) if _is_person(name, data))


def split_byline(text: str) -> list[str]:
    """The names in a byline, in their order; where not all parts are names it is one name."""
    text = TAIL.sub("", ADDRESS.sub(" ", text[:LONGEST]))
    while (shorter := PREFIX.sub("", text, count=1)) != text:
        text = shorter
    if in_role := BEFORE_ROLE.findall(text):
        return list(in_role)
    pieces = [piece for piece in map(_cleaned, JOIN.split(text)) if piece]
    listed = any(mark in text for mark in MARKS)
    if len(pieces) > 1 and not listed and not all(map(_is_name, pieces)):
        pieces = [_cleaned(text)]  # `Le Figaro et AFP`, `José Ortega y Gasset`
    names: list[str] = []
    for piece in pieces:
        parts = [_cleaned(part) for part in SLASH.split(piece)]
        if len(parts) > 1 and all(map(_is_name, parts)):
            names.extend(parts)
        elif not names or _stands_by_itself(piece, names[-1]):
            names.append(piece)
    return [name for name in names if _usable(name)]


def _stands_by_itself(piece: str, before: str) -> bool:
    """Whether a later part of a byline is an author, and no role or place of the one before."""
    if ROLE.search(piece):
        return False
    return _is_name(piece) or not _is_name(before) or bool(ORGANISED.search(piece))


def _is_name(text: str) -> bool:
    """Whether it has the form of a person's name: two words or more, no article before two."""
    if CJK.search(text):
        return 2 <= len(text) <= LONGEST_CJK
    return bool(PERSON.match(text)) and not (ARTICLE.match(text) and len(text.split()) == 2)


def _cleaned(text: str) -> str:
    text = CJK_ROLE.sub("", BRACKET.sub("", text).strip(" \t\n,;:|·•-–—/*."))
    if CJK.search(text) and " " in text:
        text = text.split()[-1]  # `순천, 광양 구현모 기자`: the places stand before the name
    if PERSON.match(text) and len(text.split()) > 3:
        text = PLACE.sub("", text)
    return " ".join(HONORIFIC.sub("", text).split())


def _usable(name: str) -> bool:
    if not name or len(name) > LONGEST_NAME or JUNK.search(name) or HANDLE.match(name):
        return bool(SITE.match(name)) if name and len(name) <= LONGEST_NAME else False
    words = name.split()
    if len(words) > MOST_WORDS or name[0].isdigit() or any(c in name for c in '?!{}<>="“”„'):
        return False
    return any(c.isalpha() for c in name)


def _is_stopgap(maker: Maker) -> bool:
    """The site's own card as author: an organisation whose address is a front page."""
    if not maker.organisation or not maker.url:
        return False
    return urlsplit(maker.url).path.strip("/") == ""


def _is_person(name: str, data: Metadata) -> bool:
    if ORGANISED.search(name) or ROLE.search(name) or SITE.match(name) or _is_site(name, data):
        return False
    words = [word for word in name.split() if word.lower() not in PARTICLES]
    return _is_name(name) and (bool(CJK.search(name)) or not any(w[0].islower() for w in words))


def _is_site(name: str, data: Metadata) -> bool:
    """Whether it is what the site calls itself, or a part of that."""
    key = WORDS.sub("", name.casefold())
    for site in (data.linked.publisher, data.first("og:site_name", "application-name")):
        known = WORDS.sub("", (site or "").casefold())
        if known and (key == known or (len(key) > 3 and key in known) or known in key):
            return True
    return False


def _meta(data: Metadata) -> list[str]:
    values = []
    for name in META:
        for value in data.meta.get(name, ()):
            if name.startswith(("dc", "citation")) and value.count(",") == 1:
                value = " ".join(reversed(value.split(", ")))  # `Brazil, Rachel`
            values.append(value)
        if values and any(_is_person(n, data) for value in values for n in split_byline(value)):
            break
    return values


def _unique(names: Iterator[str] | Sequence[str]) -> tuple[str, ...]:
    seen: dict[str, str] = {}
    for name in names:
        seen.setdefault(" ".join(re.findall(r"\w+", name.casefold())), name)
    return tuple(seen.values())
