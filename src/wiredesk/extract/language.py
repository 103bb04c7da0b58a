"""The language of a story, from its copy (CLD2), where the format does not say it."""

from __future__ import annotations

import re

#: Characters looked at.  On 4,000 English bodies 200, 250, 300 and 400 gave no wrong answer, at 25
#: to 30 µs each; among 500 raw texts with their datelines 200 gave one.
ENOUGH = 300
TAG = re.compile(r"^[a-z]{2,3}", re.IGNORECASE)


def read_language(declared: str | None, body: str) -> str | None:
    """An ISO 639-1 code, or None where the copy is too short to tell."""
    if declared and (tag := TAG.match(declared)):
        return tag[0].lower()
    text = body[:ENOUGH]
    if len(text) < 20:
        return None
    import pycld2  # noqa: PLC0415 - only unread copy pays for it

    try:
        reliable, _, details = pycld2.detect(text.encode("utf-8", "ignore"))
    except pycld2.error:
        return None
    code = str(details[0][1])
    return (
        code.split("-", maxsplit=1)[0]
        if code != "un" and (reliable or len(text) < ENOUGH)
        else None
    )
