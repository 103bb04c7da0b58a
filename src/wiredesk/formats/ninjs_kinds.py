"""What kind of thing a ninjs item is, its state, its subjects and where it points."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from wiredesk.agencies.dialects import Dialect
from wiredesk.formats.json_fields import as_words, folded, record_of, records, words
from wiredesk.formats.subject_names import subject_name
from wiredesk.model import Json, Link, Subject

#: type → the code of a NotAStory
MEDIA = {
    "picture": "picture",
    "photo": "picture",
    "image": "picture",
    "graphic": "graphic",
    "animation": "graphic",
    "infographic": "graphic",
    "video": "video",
    "audio": "audio",
}
OTHERS = {**MEDIA, "event": "event", "planning": "planning", "coverage": "planning"}
PACKAGES = frozenset(("composite", "package", "collection", "list"))
STATUSES = {
    **dict.fromkeys(("canceled", "cancelled", "killed", "recalled", "spiked"), "canceled"),
    **dict.fromkeys(("withheld", "draft", "in_progress", "submitted"), "withheld"),
}
SIGNALS = {
    **dict.fromkeys(("corrected", "correct", "correction"), "correction"),
    **dict.fromkeys(("killed", "recalled", "kill", "recall", "takedown"), "withdrawal"),
    **dict.fromkeys(("update", "refile", "repeat", "hold", "release"), ""),
}
RELATIONS = {
    "replacing": "replaces",
    "replaces": "replaces",
    "rewriteof": "derived_from",
    "evolvedfrom": "derived_from",
    "derivedfrom": "derived_from",
}
CV = re.compile(r"https?://cv\.iptc\.org/newscodes/(?P<name>\w+)/(?P<code>[^/\s]+)/?$")
CV_NAMES = {"mediatopic": "medtop", "subjectcode": "subj"}
# Both IPTC tables have eight digits: subject codes begin with 01 to 17, media topics with 20
EIGHT = re.compile(r"(?:(?P<subj>0[1-9]|1[0-7])|20)\d{6}")
QCODE = re.compile(r"(?P<scheme>[A-Za-z][\w-]{1,30}):(?P<code>[^/\s][^\s]*)")


def kind_of(record: Json) -> str | None:
    """The code of a NotAStory, or None for a story."""
    kind = (words(record, "type", "itemclass") or "").lower().rpartition(":")[2]
    if kind in OTHERS:
        return OTHERS[kind]
    if not kind and "eventdetails" in record:
        return "event"
    body = any(key.startswith("bod") and record[key] for key in record)
    if kind in PACKAGES and not body:
        return "package"
    if not kind and not any(key.startswith("headline") for key in record):
        shown = [as_words(value) or "" for value in _media_types(record)]
        if shown and all(value.startswith(("image", "video", "audio")) for value in shown):
            return MEDIA.get(shown[0].partition("/")[0], "picture")
    return None


def _media_types(record: Json) -> Iterator[object]:
    for each in records(record.get("renditions")):
        yield each.get("mimetype") or each.get("contenttype")


def status_of(record: Json, dialect: Dialect) -> str:
    """usable, withheld or canceled: as published, or as the state of a newsroom's own item says."""
    for key in ("pubstatus", "status", "state"):
        raw = re.split("[:/]", words(record, key) or "")[-1].strip().casefold()
        found = dialect.statuses.get(raw) or STATUSES.get(raw)
        if found:
            return found
    return "usable"


def signal_of(record: Json, dialect: Dialect) -> str | None:
    """What the agency did.  `operation: update` is an editor's keystroke, and is not read."""
    for key in ("signals", "signal", "state", "operation"):
        for raw in (words(record, key) or "").casefold().splitlines():
            local = raw.rpartition(":")[2].strip()
            if key != "operation" or local != "update":
                found = dialect.signals.get(local) or _plain(SIGNALS, local)
                if found:
                    return found
    return None


def _plain(table: Mapping[str, str], word: str) -> str | None:
    return (table[word] or word) if word in table else None


def subjects_of(record: Json) -> tuple[Subject, ...]:
    """Subjects with their schemes, categories and keywords, each once."""
    found: list[Subject] = []
    for key in ("subject", "subjects"):
        given = record.get(key)
        if isinstance(given, dict):  # Guardian wires: {"code": ["news:uk", …]}
            given = record_of(given).get("code")
        found += map(_subject, given if isinstance(given, list) else [given])
    for key in ("service", "anpacategory"):
        for each in records(record.get(key)):
            code = words(each, "code", "qcode")
            found.append(Subject("a1312cat", code, words(each, "name")))
    given = record.get("keywords")
    listed = given if isinstance(given, list) else re.split("[,;]", as_words(given) or "")
    found += [Subject("keyword", word.strip()) for each in listed if (word := as_words(each))]
    return tuple(dict.fromkeys(s for s in found if s.code or s.name))


def _subject(given: object) -> Subject:
    each = folded(given) if isinstance(given, dict) else {"code": given}
    scheme, code = _named(each)
    name = words(each, "name")
    # AP's categories are named by their letter
    return Subject(scheme, code, (name if name != code else None) or subject_name(scheme, code))


def _named(each: Json) -> tuple[str | None, str | None]:
    """Scheme and code of a subject, however they are written."""
    code, scheme = words(each, "code", "qcode", "literal", "uri"), words(each, "scheme")
    address = CV.match(words(each, "uri") or "") or CV.match(code or "")
    if address:
        return CV_NAMES.get(address["name"], address["name"]), address["code"]
    if code and not scheme and (qcode := QCODE.fullmatch(code)):
        return qcode["scheme"], qcode["code"]
    if code and (digits := EIGHT.fullmatch(code)) and _is_open(scheme):
        return "subj" if digits["subj"] else "medtop", code
    if code and not scheme and "category" in str(each.get("rels")):  # AP: `s`, `a`, `n`
        return "a1312cat", code
    return scheme, code


def _is_open(scheme: str | None) -> bool:
    """Whether a scheme leaves it to the code's form which of IPTC's tables is meant."""
    return not scheme or scheme.startswith(("iptc", "http://tt.se/spec/subref"))


def links_of(record: Json) -> tuple[Link, ...]:
    found: list[Link] = []
    for key, relation in RELATIONS.items():
        found += [Link(relation, target) for target in (words(record, key) or "").split("\n")]
    for each in records(record.get("associations")):
        if target := _target(each):
            kind = MEDIA.get((words(each, "type") or "").lower(), "see_also")
            found.append(Link(kind, target, words(each, "headline", "title")))
    return tuple(dict.fromkeys(link for link in found if link.target))


def _target(record: Json) -> str | None:
    """An association's own name, else the address of its first rendition."""
    named = words(record_of(record.get("altids")), "itemid") or words(record, "uri", "guid", "urn")
    hrefs = (words(each, "href", "url") for each in records(record.get("renditions")))
    return named or next(filter(None, hrefs), None) or words(record, "id")
