"""Offsets lead back to the input, nothing crashes the readers, and time grows with length only."""

from __future__ import annotations

import inspect
import re
import time
import unicodedata
from collections.abc import Callable, Iterator

import pytest
from ftfy import fix_encoding
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.strategies import Fragment, html_fragments, wire_text
from wiredesk import places
from wiredesk.clean import INVISIBLE, clean
from wiredesk.extract.story import read_story
from wiredesk.formats.jsonl import LONE_SURROGATE
from wiredesk.model import Item, Story
from wiredesk.places import Gazetteer


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return places.load()


def read(body: str, gazetteer: Gazetteer, markup: str = "text", **fields: str) -> Story:
    kind = "html" if markup == "html" else "text"
    return read_story(clean(Item("file", "text", 0, None, body, markup=kind, **fields)), gazetteer)


def spans(story: Story) -> Iterator[tuple[str, int, int]]:
    """What every offset pair of a story is said to hold."""
    for paragraph in story.paragraphs:
        yield paragraph.text, paragraph.start, paragraph.end
    if story.dateline:
        yield story.dateline.raw, story.dateline.start, story.dateline.end
    for credit in story.credits:
        yield credit.name_raw or credit.name, credit.start, credit.end
    for instrument in story.instruments:
        yield instrument.raw, instrument.start, instrument.end


def bare(text: str) -> str:
    """Text without white space, case and what prints nothing: all that reading may change."""
    composed = unicodedata.normalize("NFC", INVISIBLE.sub("", text))
    return re.sub(r"[\s\x00-\x1f\x7f]+", "", composed).casefold()


def assert_inside(story: Story) -> None:
    for _, start, end in spans(story):
        assert 0 <= start <= end <= len(story.text)
    starts = [paragraph.start for paragraph in story.paragraphs]
    assert starts == sorted(starts)


def assert_exact(story: Story) -> None:
    assert_inside(story)
    for value, start, end in spans(story):
        assert bare(story.text[start:end]) == bare(value)
    for one, other in zip(story.paragraphs, story.paragraphs[1:], strict=False):
        assert one.end <= other.start


# -- any text at all


@settings(max_examples=400, deadline=None)
@given(wire_text(damaged=True))
def test_no_text_crashes_the_readers_or_has_an_offset_outside_it(text: str) -> None:
    assert_inside(read(text, places.load()))


@settings(max_examples=400, deadline=None)
@given(st.text(), st.text(max_size=60), st.text(max_size=60))
def test_no_title_byline_or_body_crashes_the_readers(body: str, title: str, byline: str) -> None:
    assert_inside(read(body, places.load(), title=title, byline=byline))


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(categories=["L", "N", "P", "Z", "S", "Cs", "Cc"])))
def test_lone_surrogates_are_replaced_one_for_one_before_reading(text: str) -> None:
    replaced = LONE_SURROGATE.sub("\ufffd", text)
    assert len(replaced) == len(text)
    story = read(replaced, places.load())
    assert_inside(story)
    story.body.encode()


@settings(max_examples=600, deadline=None)
@given(wire_text(damaged=False))
def test_every_offset_of_sound_text_holds_what_was_read_there(text: str) -> None:
    assume(fix_encoding(text) == text)  # chance text may look like mojibake, and is then repaired
    assert_exact(read(text, places.load()))


@settings(max_examples=200, deadline=None)
@given(st.lists(html_fragments(), max_size=4), wire_text(damaged=False))
def test_every_offset_of_html_copy_holds_what_was_read_there(
    fragments: list[Fragment], text: str
) -> None:
    body = "".join(part for part, _ in fragments)
    lines = "".join(f"<p>{line}</p>" for line in text.replace("<", "&lt;").splitlines())
    assert_exact(read(body + lines, places.load(), "html"))


@settings(max_examples=300, deadline=None)
@given(wire_text(damaged=False))
def test_reading_the_same_text_twice_gives_the_same_story(text: str) -> None:
    assert read(text, places.load()) == read(text, places.load())


# -- damage that changes lengths


STORY = (
    "(Adds detail)\n\nBy Zoe Salvini\n\nZURICH, March 3 (Reuters) - The cafe{a} opened <CAFE.S>"
    " on Tuesday{b}.\n\nIt sold 40 cups{c}.\n\nSLOW  START\n\nNobody came.\n\n"
    "(Reporting by Zoe{d} Salvini in Zurich; Editing by Jean{e} Pohl)"
)
DAMAGE = {
    "nothing": ("", "", "", "", ""),
    "soft hyphens": ("\u00ad", "\u00ad\u00ad", "", "\u00ad", "\u00ad"),
    "zero-width spaces": ("\u200b", "", "\u200b\u200b", "", "\u200b"),
    "accents on their own": ("\u0301", "", "\u0308", "\u0308", "\u0301"),
    "no-break spaces": ("\u00a0", "\u00a0\u00a0", "\u2009", "\u00a0", ""),
    "quotes as mojibake": (" â€œclubâ€\x9d", "", " â€“ all told", "", ""),
    "accents as mojibake": (" RÃ¶sti", " (spÃ¤t)", "", "", ""),
    "NULs": ("\x00", "", "\x00\x00", "", ""),
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_offsets_hold_in_the_damaged_input(kind: str, gazetteer: Gazetteer) -> None:
    damage = dict(zip("abcde", DAMAGE[kind], strict=True))
    text = STORY.format(**damage)
    story = read(text, gazetteer)
    assert_inside(story)
    assert story.text == text
    assert story.dateline is not None
    assert text[story.dateline.start : story.dateline.end] == "ZURICH, March 3 (Reuters) -"
    (instrument,) = story.instruments
    assert text[instrument.start : instrument.end] == "<CAFE.S>"
    reporter, editor = story.credits
    assert text[reporter.start : reporter.end] == f"Zoe{damage['d']} Salvini"
    assert text[editor.start : editor.end] == f"Jean{damage['e']} Pohl"
    crosshead = next(p for p in story.paragraphs if p.kind == "crosshead")
    assert text[crosshead.start : crosshead.end] == "SLOW  START"


def test_a_file_of_windows_newlines_keeps_its_offsets(gazetteer: Gazetteer) -> None:
    text = STORY.format(a="", b="", c="", d="", e="").replace("\n", "\r\n")
    assert_exact(read(text, gazetteer))


# -- time


def hostile(name: str, size: int) -> str:
    """A text of about `size` characters that is made to cost time."""
    pieces = {
        "parentheses opened": "(",
        "parentheses closed": ")",
        "parentheses in pairs": "() ",
        "a line of capitals": "HARBOUR ",
        "capitals of one letter": "A ",
        "bylines": "By ",
        "bylines with names": "By Eva Tarn and ",
        "reporting by": "reporting by ",
        "Reporting by names": "Reporting by Eva Tarn in Lagos; ",
        "sign-offs in parentheses": "(Reporting by Eva Tarn) ",
        "role words": "editing, writing and reporting/",
        "commas": ", ",
        "commas after names": "Eva Tarn, ",
        "slashes": "OSLO/",
        "places with and": "OSLO and ",
        "agency marks": "(Reuters) ",
        "dates": "March 3, ",
        "dashes": " - ",
        "stars": "* ",
        "quotes": '"',
        "spaces": " ",
        "tabs and spaces": " \t",
        "newlines": "\n",
        "blank lines": "\n \n",
        "indents": "    a\n",
        "underscores": "_",
        "full stops": ". ",
        "equals signs": "($1 = ",
        "codes": "<AB.N> ",
        "angle brackets": "<",
        "digits": "1",
        "at signs": "a@a.",
        "telephones": "+1 202 ",
        "contributed": "contributed to this report. ",
        "reported from": "Tarn reported from Tulsa, ",
        "notes": "(Adds ",
        "corrections": "In this story, corrects ",
        "prose on one line": "The pilots knew that the ice would be late again this year. ",
        "letters without a space": "a",
        "accents": "é",
        "accents on their own": "e\u0301",
        "mojibake": "Ã© ",
        "soft hyphens": "\u00ada",
    }
    piece = pieces[name]
    return piece * (size // len(piece))


SHAPES = tuple(
    re.findall(r'^        "([^"]+)": ', inspect.getsource(hostile), re.MULTILINE)
)  # the keys of its table
#: where in a story the hostile text stands
CONTEXTS = {
    "alone": "{}",
    "after a dateline": "OSLO (Reuters) - {}",
    "before an agency's mark": "{} (Reuters) - Prose stood here.",
    "in a byline": "By {}\n\nOSLO (Reuters) - Prose stood here.",
    "in a note": "(Adds {})\n\nOSLO (Reuters) - Prose stood here.",
    "in a sign-off": "OSLO (Reuters) - Prose stood here.\n\nReporting by {}",
    "in a sign-off in parentheses": "OSLO (Reuters) - Prose.\n\n(Reporting by A {}; Editing by B)",
    "before a fused sign-off": "OSLO (Reuters) - Prose stood here. {}Reporting by Eva Tarn",
    "in a contributor line": "OSLO (AP) - P.\n\nAP writers {} contributed to this report.",
    "before a sentence": "OSLO (Reuters) - Prose stood here. {} The prose stood there.",
    "in a conversion": "OSLO (Reuters) - Prose stood here. ($1 = {})",
    "below a sign-off": "OSLO (Reuters) - Prose.\n\n(Reporting by Eva Tarn)\n\n{}",
}
RATIO = 3.5  # of times for double the length: 2 is linear, 4 quadratic
NOTHING = 0.01  # seconds; below it the ratio is the clock's


def seconds(work: Callable[[], object]) -> float:
    """Processor time of the better of two runs; others may be using the machine."""
    times = []
    for _ in range(2):
        before = time.process_time()
        work()
        times.append(time.process_time() - before)
    return min(times)


@pytest.mark.parametrize("context", CONTEXTS)
def test_time_grows_with_the_length_of_hostile_text_only(
    context: str, gazetteer: Gazetteer
) -> None:
    slow = []
    for shape in SHAPES:
        short, long = (
            seconds(lambda: read(CONTEXTS[context].format(hostile(shape, size)), gazetteer))  # noqa: B023
            for size in (12_000, 24_000)
        )
        if long > RATIO * max(short, NOTHING) or long > 2:
            slow.append(f"{shape}: {short:.3f} s, then {long:.3f} s")
    assert slow == []


@pytest.mark.parametrize(
    "body",
    [
        "<p>The harvest was <b>late</b>.</p>",
        "The harvest was late.<br><br>",
        "<ul><li><a href='/a'>Harvest</a></li></ul>",
        "<b>A</b><i>b</i>",
        "<p>&amp;&lt;AB.N&gt;",
    ],
)
def test_time_grows_with_the_length_of_html_only(body: str, gazetteer: Gazetteer) -> None:
    short, long = (seconds(lambda: read(body * n, gazetteer, "html")) for n in (1_000, 2_000))  # noqa: B023
    assert long < RATIO * max(short, NOTHING)
    assert long < 2


@pytest.mark.parametrize("field", ["title", "slug", "language"])
@pytest.mark.parametrize("shape", ["bylines with names", "commas", "dashes", "quotes", "stars"])
def test_time_grows_with_the_length_of_a_field_only(
    field: str, shape: str, gazetteer: Gazetteer
) -> None:
    short, long = (
        seconds(lambda: read("Prose.", gazetteer, **{field: hostile(shape, size)}))  # noqa: B023
        for size in (12_000, 24_000)
    )
    assert long < RATIO * max(short, NOTHING)


@pytest.mark.parametrize("shape", ["prose on one line", "letters without a space", "mojibake"])
def test_five_megabytes_on_one_line_are_read(shape: str, gazetteer: Gazetteer) -> None:
    text = "OSLO (Reuters) - " + hostile(shape, 5_000_000)
    before = time.process_time()
    story = read(text, gazetteer)
    assert time.process_time() - before < 10
    assert story.dateline is not None
    assert len(story.body) > 1_000_000


def test_ten_thousand_parentheses_and_three_thousand_capitals_are_read_at_once(
    gazetteer: Gazetteer,
) -> None:
    for text in ("(" * 10_000, "() " * 5_000, ")" * 10_000, "HARBOUR " * 3_000, "By " * 10_000):
        assert seconds(lambda: read(text, gazetteer)) < 1  # noqa: B023
