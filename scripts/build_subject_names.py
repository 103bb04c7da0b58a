"""Writes data/subject_names.tsv: English names of the IPTC's subject codes and media topics.

    python -m scripts.build_subject_names [FILE…]

Without files it writes the top levels, which are below.  With files it adds what they hold: the
vocabularies as https://cv.iptc.org/newscodes/mediatopic/ and …/subjectcode/ give them, in JSON
(`?format=json&lang=en-GB`) or as a NewsML-G2 knowledge item (`?format=g2ki`).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

TABLE = Path(__file__).parent.parent / "src" / "wiredesk" / "data" / "subject_names.tsv"
#: the last part of a vocabulary's address → the scheme that qcodes name it by
SCHEMES = {"mediatopic": "medtop", "subjectcode": "subj"}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# The 17 of both; the code is the number with six noughts.
MEDIA_TOPICS = (
    "arts, culture, entertainment and media",
    "crime, law and justice",
    "disaster, accident and emergency incident",
    "economy, business and finance",
    "education",
    "environment",
    "health",
    "human interest",
    "labour",
    "lifestyle and leisure",
    "politics and government",
    "religion",
    "science and technology",
    "society",
    "sport",
    "conflict, war and peace",
    "weather",
)
SUBJECT_CODES = (
    "arts, culture and entertainment",
    "crime, law and justice",
    "disaster and accident",
    "economy, business and finance",
    "education",
    "environmental issue",
    "health",
    "human interest",
    "labour",
    "lifestyle and leisure",
    "politics",
    "religion and belief",
    "science and technology",
    "social issue",
    "sport",
    "unrest, conflicts and war",
    "weather",
)
Row = tuple[str, str, str]


def top_levels() -> Iterator[Row]:
    for scheme, names in (("medtop", MEDIA_TOPICS), ("subj", SUBJECT_CODES)):
        for n, name in enumerate(names, 1):
            yield scheme, f"{n:02}000000", name


def rows_of(path: Path) -> Iterator[Row]:
    """The concepts of one vocabulary as the IPTC publishes it."""
    body = path.read_bytes()
    if body.lstrip().startswith(b"{"):
        for concept in json.loads(body)["conceptSet"]:
            labels = concept.get("prefLabel") or {}
            name = labels.get("en-GB") or labels.get("en-US")
            yield from _row(concept.get("uri") or "", name)
        return
    for concept in etree.fromstring(body).iter("{*}concept"):
        coded = concept.find("{*}conceptId")
        names = [n.text for n in concept.iterfind("{*}name") if (n.get(LANG) or "")[:2] == "en"]
        scheme, _, code = (coded.get("qcode") if coded is not None else "").partition(":")
        if names and code and scheme in SCHEMES.values():
            yield scheme, code, " ".join(names[0].split())


def _row(uri: str, name: str | None) -> Iterator[Row]:
    vocabulary, _, code = uri.rpartition("/")
    scheme = SCHEMES.get(vocabulary.rpartition("/")[2])
    if scheme and code and name:
        yield scheme, code, " ".join(name.split())


def main(paths: list[str]) -> None:
    names = {(scheme, code): name for scheme, code, name in top_levels()}
    for path in paths:
        names |= {(scheme, code): name for scheme, code, name in rows_of(Path(path))}
    lines = [f"{scheme}\t{code}\t{name}\n" for (scheme, code), name in sorted(names.items())]
    TABLE.write_text("".join(lines), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
