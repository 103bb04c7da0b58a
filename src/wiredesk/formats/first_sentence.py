"""A headline for what came without one: the first sentence of the copy.

Agencies send flashes whose headline element is empty; the sentence is then both.
"""

from __future__ import annotations

import html
import re

from wiredesk.formats.markup_bodies import Body

END = re.compile(r"(?P<word>[^\W\d_]*)(?P<stop>[.!?؟])[\"'”»)]*\s+(?=[\"'“«(]?[^\Wa-z])|。")
#: before a stop that ends no sentence: `M.`, `U.S.`, `Gov.`, `Sept.`
SHORT = re.compile(r"[^\W\d_]{0,2}$|[A-Z][a-z]{2,3}$")
LONGEST = 300


def first_sentence(body: Body) -> str | None:
    """The first sentence of the first paragraph that has words."""
    for paragraph in body.text.split("\n"):
        marked = body.markup == "html"
        plain = html.unescape(re.sub(r"<[^<>]*>", " ", paragraph)) if marked else paragraph
        line = " ".join(plain.split())
        if re.search(r"\w", line):
            return _cut(line[: _end(line)].rstrip())
    return None


def _end(line: str) -> int:
    for stop in END.finditer(line):
        if stop["stop"] != "." or not SHORT.match(stop["word"]):
            return stop.end()
    return len(line)


def _cut(sentence: str) -> str:
    if len(sentence) <= LONGEST:
        return sentence
    return sentence[:LONGEST].rsplit(" ", 1)[0] + " …"
