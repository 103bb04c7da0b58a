"""A story typed into a web form, which mails it as an object of lists: one list a field.

    body = "{" , '"Headline": ["…"]' , "," , '"Body": ["…"]' , "," , … , "}" ;

AAP's reporters file so; the mail's own subject and sender are the form's and say nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import orjson

from wiredesk.errors import Rejected
from wiredesk.formats.json_fields import record_of, words

OPENS = re.compile(r'\s*\{\s*"[\w ]{2,40}"\s*:\s*(?:\[|$)')


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a form that Item has a place for."""

    body: str
    title: str | None
    byline: str | None
    dateline: str | None
    slug: str | None
    genre: str | None


def form_of(text: str) -> Form | None:
    """What a form says, or None where the text of a mail is copy.  Raises Rejected for half one."""
    if not OPENS.match(text):
        return None
    try:
        record = record_of(orjson.loads(text))
    except orjson.JSONDecodeError as no:
        raise Rejected("truncated", f"a form that is not whole: {no}") from no
    body = words(record, "body", "text", "story")
    if not body:
        return None
    # each line of the field is a paragraph
    paragraphs = (line.strip() for line in body.split("\n"))
    return Form(
        body="\n\n".join(line for line in paragraphs if line),
        title=words(record, "headline", "title"),
        byline=words(record, "byline", "author"),
        dateline=words(record, "dateline"),
        slug=words(record, "slugline", "slug"),
        genre=words(record, "genre"),
    )
