"""What changed between two texts, word by word, as HTML: struck and underlined."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from wiredesk.desk.html import Markup, join, tag

_WORDS = re.compile(r"\s+|[^\W_]+(?:[.,'’-][^\W_]+)*|.", re.DOTALL)


def compared(before: str | None, after: str | None) -> Markup:
    """What went and what came, in the place where it stands."""
    went, came = _WORDS.findall(before or ""), _WORDS.findall(after or "")
    parts: list[object] = []
    for sign, i1, i2, j1, j2 in SequenceMatcher(None, went, came, autojunk=False).get_opcodes():
        if sign == "equal":
            parts.append("".join(came[j1:j2]))
            continue
        if i1 < i2:
            parts.append(tag("del", "".join(went[i1:i2])))
        if j1 < j2:
            parts.append(tag("ins", "".join(came[j1:j2])))
    return join(*parts)
