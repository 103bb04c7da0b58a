"""Takes: one story sent in several items, each with its number.

mark  = headline , "=" n , [ PLACE ]            BANCA … =2 LONDON
      | slug , "," , n , ("st"|"nd"|"rd"|"th") , "Add"        the base is the first, so n + 1
      | headline , [ "(" ] , "Take" , n , [ "of" n ] , [ ")" ]
      | "-" n "-" , headline
first = copy that ends in "More" | "(More)" and bears no mark
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from wiredesk.extract.headline import TAKE, read_headline
from wiredesk.match.normal import words

_ADD = re.compile(
    r"\b(?P<n>\d{1,2})(?:st|nd|rd|th)\s+add\b|\badd\s+(?P<m>\d{1,2})\W*$", re.IGNORECASE
)
_WORD_TAKE = re.compile(
    r"[\s(,-]*\btake\s+(?P<n>\d{1,2})(?:\s+of\s+\d{1,2})?\b\)?[\s-]*", re.IGNORECASE
)
_PAGE = re.compile(r"^-\s?(?P<n>\d{1,2})\s?-\s*")
_MORE = re.compile(r"^[(\[]?\s*more(?:\s+follows)?\s*[)\]]?[.…]*$", re.IGNORECASE)
_SLUG = re.compile(r"^(?:(?:bc|am|pm|ap)-)?(?:[a-z]{2}--)?(?P<base>[^(,]+?)[\s/]*(?:[(,].*)?$")


def take_of(
    headline_raw: str | None,
    slug: str | None,
    labels: Sequence[tuple[str, int | None]],
    last: str | None,
) -> tuple[str, int] | None:
    """(series key, number) of an item that is part of a story, None of a whole one.

    `headline_raw` is the headline with its marks, `last` the text of the last paragraph, a trailer
    where there is one.  The key is the slug's base, without a slug the headline's words.
    """
    head = (headline_raw or "").strip()
    number = _number(head, slug or "", labels)
    if number is None and last and _MORE.match(last.strip()):
        number = 1
    if number is None:
        return None
    stem = read_headline(_PAGE.sub("", _WORD_TAKE.sub(" ", head)).strip()).headline
    key = slug_base(slug) if slug else None
    key = key or " ".join(words(stem or ""))
    return (key, number) if key else None


def slug_base(slug: str) -> str | None:
    """A slug without cycle, region and version, casefolded: `BC-US--Kelp, 2nd Add` → kelp."""
    found = _SLUG.match(slug.strip().casefold())
    return (found["base"].strip() or None) if found else None


def _number(head: str, slug: str, labels: Sequence[tuple[str, int | None]]) -> int | None:
    if m := TAKE.search(head) or _PAGE.match(head) or _WORD_TAKE.search(slug):
        return int(m[1])
    # `Take 2` inside a headline is a film; a mark stands at its end, or in parentheses
    if (m := _WORD_TAKE.search(head)) and (m.end() == len(head) or m[0].strip().startswith("(")):
        return int(m["n"])
    for text in (slug, head):
        if m := _ADD.search(text):
            return int(m["n"] or m["m"]) + 1
    return next((n + 1 for label, n in labels if label == "ADD" and n is not None), None)
