"""`wiredesk diff` for a person: on a terminal in colours, in a pipe in marks."""

from __future__ import annotations

import io

from rich.console import Console

from wiredesk.diffing import show_diff
from wiredesk.match.changes import VersionText, changes

BEFORE = VersionText(
    headline="Pier collapses",
    labels=(("UPDATE", 1),),
    paragraphs=(
        "The pier at Vessby collapsed on Monday, hurting nine people, police said.",
        "It was built in 1911.",
        "A storm is forecast for the weekend along the whole of the coast.",
        "The mayor will speak.",
    ),
    credits=(("reporting", "Ana Ruiz", "Vessby"),),
)
AFTER = VersionText(
    headline="Pier collapses, 11 hurt",
    labels=(("UPDATE", 2),),
    paragraphs=(
        "The pier at Vessby collapsed on Monday, hurting 11 people, police said.",
        "It was built in 1911.",
        "A storm is forecast for the weekend along the whole of the coast.",
        "Divers were sent.",
    ),
    credits=(("reporting", "Ana Ruiz", "Vessby"), ("editing", "Bo Lind", None)),
)


def shown(
    before: VersionText, after: VersionText, width: int = 72, *, colours: bool = False
) -> str:
    out = io.StringIO()
    how = {"force_terminal": True, "color_system": "standard"} if colours else {}
    console = Console(file=out, width=width, **how)  # type: ignore[arg-type]
    show_diff(before, after, changes(before, after), console)
    return out.getvalue()


def test_in_a_pipe_words_that_went_and_came_bear_marks() -> None:
    assert shown(BEFORE, AFTER).splitlines() == [
        "7 changes, 4 paragraphs before, 4 after",
        "headline  Pier collapses{+, 11 hurt+}",
        "label     UPDATE [-1-]{+2+}",
        "~ 1       The pier at Vessby collapsed on Monday, hurting [-nine-]{+11+}",
        "          people, police said.",
        "number    [-nine-]{+11+}",
        "          … 2 paragraphs unchanged",
        "- 4       [-The mayor will speak.-]",
        "+ 4       {+Divers were sent.+}",
        "+ credit  {+editing: Bo Lind+}",
    ]


def test_on_a_terminal_they_are_struck_red_and_green_without_marks() -> None:
    text = shown(BEFORE, AFTER, colours=True)
    assert "\x1b[9;31mnine\x1b[0m\x1b[32m11\x1b[0m" in text
    assert "[-" not in text
    assert "{+" not in text


def test_lines_keep_to_the_width_of_the_window() -> None:
    for width in (40, 60, 100):
        assert max(map(len, shown(BEFORE, AFTER, width).splitlines())) <= width


def test_versions_that_say_the_same_have_no_change() -> None:
    assert shown(BEFORE, BEFORE) == "no change\n"


def test_a_moved_paragraph_is_printed_once() -> None:
    turned = VersionText(
        BEFORE.headline, BEFORE.labels, paragraphs=BEFORE.paragraphs[::-1], credits=BEFORE.credits
    )
    text = shown(BEFORE, turned)
    assert text.count("The mayor will speak.") <= 1
    assert "moved: " in text


def test_fetched_copy_cannot_speak_to_the_terminal() -> None:
    hostile = VersionText(paragraphs=("\x1b]0;owned\x07 \x1b[2J [red]x[/red] \u202egnorw",))
    text = shown(VersionText(), hostile)
    assert not {"\x1b", "\x07", "\u202e"} & set(text)
    assert "[red]x[/red]" in text
