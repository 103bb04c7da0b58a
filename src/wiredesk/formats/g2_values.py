"""The values of NewsML-G2: qcodes, uris, literals, and names in several languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wiredesk.formats.xml_opening import line

if TYPE_CHECKING:
    from lxml import etree

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
URIS = {
    "http://cv.iptc.org/newscodes/mediatopic/": "medtop",
    "http://cv.iptc.org/newscodes/subjectcode/": "subj",
}


def code(element: etree._Element | None) -> str | None:
    """What a value names, without its scheme and in small letters."""
    if element is None:
        return None
    value = element.get("qcode") or element.get("literal") or element.get("uri") or ""
    return value.strip().replace("/", ":").rpartition(":")[2].casefold() or None


def local(value: str | None) -> str:
    return (value or "").strip().rpartition(":")[2].casefold()


def coded(field: etree._Element) -> tuple[str | None, str | None]:
    """Scheme and code of a qcode, a uri of the IPTC's, or a literal, which has no scheme."""
    qcode = (field.get("qcode") or "").strip()
    if qcode:
        scheme, colon, value = qcode.partition(":")
        return (scheme, value) if colon else (None, qcode)
    uri = (field.get("uri") or "").strip()
    for prefix, scheme in URIS.items():
        if uri.startswith(prefix):
            return scheme, uri[len(prefix) :]
    literal = (field.get("literal") or "").strip()
    return None, uri or literal or None


def named(field: etree._Element) -> str | None:
    """The name of a concept: in English if it has one, else the first."""
    names = [name for name in field.iterfind("name") if line(name)]
    names.sort(key=lambda name: not (name.get(LANG) or "").startswith("en"))
    return line(names[0]) if names else None
