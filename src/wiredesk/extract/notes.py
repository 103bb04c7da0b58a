"""Editor's notes: advisory lines above the copy, and correction notes below it.

    note = [ "(" | "((" ] , verb , … , [ ")" | "))" ]
         | "(" , ("This" | "The" | "In") , … , ("story" | "version" | "item") , … , fix , … , ")" ;

The first verb gives the kind.
"""

from __future__ import annotations

import re

KINDS = (
    (
        "correction",
        re.compile(r"\b(?:correct|fix(?:es|ed)\b|delet|remov|clarif|restor|amend)", re.IGNORECASE),
    ),
    ("refile", re.compile(r"\b(?:refil)", re.IGNORECASE)),
    ("repeat", re.compile(r"\brepeat", re.IGNORECASE)),
    (
        "update",
        re.compile(
            r"\b(?:add(?:s|ed|ing)?\b|updat|recast|new (?:throughout|story)|reflow|releads?|rewrit|"
            r"writes|inserts|combines|changes|edits|drops|leads|latest|with )",
            re.IGNORECASE,
        ),
    ),
    (
        "warning",
        re.compile(r"\b(?:attention|note|language|graphic content|warning)\b", re.IGNORECASE),
    ),
)
_VERBS = (
    r"Adds?|Adding|Updat(?:es|ed|ing)|Recasts?|Corrects?|Corrected|Correcting|Repeat(?:s|ed|ing)|"
    r"Refil(?:es?|ed|ing)|Rewrites?|Writes|Writing through|Releads?|Inserts?|Deletes|Removes|"
    r"Clarif(?:ies|ied)|Fix(?:es|ed)|Restores|Amends|Drops|Changes|Edits|Combines|New throughout|"
    r"New story|Reflows?|Attention|Leads|CORRECTS|UPDATES|ADDS|RECASTS|Repeats story|Embargoed"
)
_ABOUT = (
    r"(?:In|This|The|An?)\s[^()]{0,60}?\b(?:story|item|version|article|report|headline|copy)\b"
    r"[^()]{0,60}?\b(?:correct|refil|repeat|fix|amend|delet|remov|clarif|updat|chang|add|restor|"
    r"publish|drop|edit)"
)
#: a whole paragraph, or its parenthesised head
IN_PARENS = re.compile(
    rf"^\(\(?\s*(?P<note>(?:(?:{_VERBS})\b|{_ABOUT}|Note[ :]|"
    r"For (?:other|more|full|related) |Attention\b|Editor'?s'? note)"
    r"(?:[^()]|\([^()]{0,80}\)){0,600}?)\s*\)\)?(?=\s|$)"
)
#: `Adds details`: a bare line over a byline or dateline has no full stop and is short
BARE = re.compile(rf"^(?:{_VERBS})\b[^.?!]{{0,160}}$")
LABELLED = re.compile(
    r"^(?:Eds|EDS|EDITORS?'?S? NOTE|Editor'?s note|NOTE TO EDITORS)\s*[:_-]+\s*(?P<note>.+)$",
    re.DOTALL,
)
#: below the copy
TAIL = re.compile(
    r"^\(?\(?\s*(?:(?:Correction|Clarification|Editor'?s note)s?:\s+)?"
    rf"(?P<note>{_ABOUT}[^()]{{0,400}}?)\.?\s*\)?\)?$",
    re.IGNORECASE,
)


def kind_of(note: str) -> str | None:
    """update, correction, refile, repeat or warning: by the verb that comes first."""
    found = [(m.start(), kind) for kind, pattern in KINDS if (m := pattern.search(note))]
    return min(found)[1] if found else None
