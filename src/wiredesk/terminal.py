"""Fetched text on a person's terminal."""

from __future__ import annotations

#: Escape sequences would act on the reader's terminal, and marks of direction would show the words
#: in another order.
_CONTROLS = {
    code: "\N{REPLACEMENT CHARACTER}"
    for span in ((0, 9), (11, 32), (127, 160), (0x202A, 0x202F), (0x2066, 0x206A))
    for code in range(*span)
}


def safe(text: str) -> str:
    """The text with a sign, one for one, in the place of what a terminal would obey."""
    return text.translate(_CONTROLS)
