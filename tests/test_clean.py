"""Cleaning: no word is lost, paragraphs are whole, and offsets hold."""

from __future__ import annotations

import unicodedata
from collections import Counter

import pytest
from ftfy import badness
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.strategies import Fragment, html_fragments, plain_copy
from wiredesk.clean import clean, clean_line
from wiredesk.model import Copy, Item


def cleaned(body: str, markup: str = "text") -> Copy:
    return clean(Item("file", "text", 0, None, body, markup="html" if markup == "html" else "text"))


def texts(copy: Copy) -> list[str]:
    return [para.text for para in copy.paras]


def html(body: str) -> list[str]:
    return texts(cleaned(body, "html"))


def in_words(copy: Copy) -> Counter[str]:
    return Counter(" ".join((*texts(copy), *copy.removed)).split())


# -- no word is lost


@settings(max_examples=300, deadline=None)
@given(plain_copy())
def test_no_word_of_plain_copy_is_lost_or_added(text: str) -> None:
    assume(not badness.is_bad(text))
    assert in_words(cleaned(text)) == Counter(text.split())


@settings(max_examples=300, deadline=None)
@given(plain_copy())
def test_the_words_of_plain_copy_keep_their_order_and_places(text: str) -> None:
    assume(not badness.is_bad(text))
    copy = cleaned(text)
    assert " ".join(texts(copy)).split() == text.split()
    for para in copy.paras:
        assert copy.text[para.start : para.start + len(para.raw)] == para.raw


@settings(max_examples=300, deadline=None)
@given(st.lists(html_fragments(), max_size=4))
def test_no_word_of_an_html_fragment_is_lost_or_added(fragments: list[Fragment]) -> None:
    seen = [word for _, words in fragments for word in words]
    assume(not badness.is_bad(" ".join(seen)))
    copy = cleaned("".join(part for part, _ in fragments), "html")
    assert in_words(copy) == Counter(seen)


@settings(max_examples=200, deadline=None)
@given(st.lists(html_fragments(), max_size=4))
def test_the_text_of_html_copy_is_its_paragraphs_with_blank_lines_between(
    fragments: list[Fragment],
) -> None:
    copy = cleaned("".join(part for part, _ in fragments), "html")
    assert copy.text == "\n\n".join(texts(copy))
    for para in copy.paras:
        assert copy.text[para.start : para.start + len(para.text)] == para.text


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_cleaning_clean_copy_changes_nothing(text: str) -> None:
    copy = cleaned(text)
    assume(not copy.issues and not badness.is_bad(copy.text))
    assert cleaned(copy.text).text == copy.text


@settings(max_examples=200, deadline=None)
@given(st.text(st.one_of(st.characters(), st.sampled_from("\x00\x07\u00a0\u00ad\u200b\ufeff"))))
def test_clean_copy_has_no_control_or_unprinting_characters(text: str) -> None:
    copy = cleaned(text)
    assume(not copy.issues)
    assert not set(copy.text) & set("\x00\x07\x1b\x7f\u00a0\u00ad\u200b\u200e\ufeff\u2060")
    assert unicodedata.is_normalized("NFC", copy.text)


# -- plain text in paragraphs


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("One line alone.", ["One line alone."]),
        ("First.\n\nSecond.", ["First.", "Second."]),
        ("First.\n \t\nSecond.\n\n\n\nThird.", ["First.", "Second.", "Third."]),
        ("First.\r\n\r\nSecond.\r\n", ["First.", "Second."]),
        ("A line.\nAnother line.\nA third.", ["A line.", "Another line.", "A third."]),
        ("A line.\r\nAnother line.\r\n", ["A line.", "Another line."]),
        ("  \n\n  Indented alone.\n\n", ["Indented alone."]),
        ("", []),
        (" \n\n \t \n", []),
    ],
)
def test_plain_text_falls_into_paragraphs(text: str, paragraphs: list[str]) -> None:
    assert texts(cleaned(text)) == paragraphs


FIXED = """    Barley fell for a third day on Monday as rain
reached the plains and traders in the port sold
what they had held since the drought.
    "It is wet enough for ducks," one said.
    * Barley down 3 percent
    Volume was thin.
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_fixed_width_lines_are_joined_and_an_indent_opens_a_paragraph(newline: str) -> None:
    assert texts(cleaned(FIXED.replace("\n", newline))) == [
        "Barley fell for a third day on Monday as rain reached the plains and traders in the port "
        "sold what they had held since the drought.",
        '"It is wet enough for ducks," one said.',
        "* Barley down 3 percent",
        "Volume was thin.",
    ]


def test_wrapped_lines_without_indents_are_joined_between_blank_lines() -> None:
    text = (
        "The mill offered to pay a fine of two million crowns and to\n"
        "give up its leases on the river, a paper filed with the court\n"
        "in the county town showed.\n\nIt will close in May.\n"
    )
    assert len(texts(cleaned(text))) == 2
    assert "crowns and to give up" in texts(cleaned(text))[0]


def test_short_lines_that_end_sentences_are_not_joined() -> None:
    text = "Standings on Monday:\nBergen 12.\nLillehammer 9.\nTromso 4."
    assert len(texts(cleaned(text))) == 4


def test_a_tab_opens_a_paragraph() -> None:
    text = "\tThe ferry was late because the captain had gone back for\nhis hat.\n\tNobody minded."
    assert texts(cleaned(text)) == [
        "The ferry was late because the captain had gone back for his hat.",
        "Nobody minded.",
    ]


def test_long_lines_with_an_odd_indent_are_paragraphs_and_not_fixed_width() -> None:
    long = (
        "The harbour office said that the crane would be moved on Thursday, weather allowing, " * 3
    )
    assert len(texts(cleaned(f"{long}\n    {long}\n{long}"))) == 3


# -- characters


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ten\u00a0crowns\u2009a\u202fkilo", "ten crowns a kilo"),
        ("co\u00adoper\u00adate", "cooperate"),
        ("zero\u200bwidth\u200d\u200c", "zerowidth"),
        ("\ufeffBergen", "Bergen"),
        ("\u200eשלום\u200f", "שלום"),
        ("Mu\u0308nchen Go\u0308teborg", "München Göteborg"),
        ("A\u030angstro\u0308m", "Ångström"),
        ("a\x00b\x07c", "a b c"),
        ("one\x0btwo\x7fthree", "one two three"),
        ("‘plain’ “quotes” – and — dashes", "‘plain’ “quotes” – and — dashes"),
        ("Straße ﬁne ½ ² №", "Straße ﬁne ½ ² №"),
        ("a  b\t\tc", "a b c"),
    ],
)
def test_characters_that_print_nothing_go_and_the_others_stay(text: str, expected: str) -> None:
    assert texts(cleaned(text)) == [expected]
    assert texts(cleaned(f"<p>{text}</p>".replace("\x00", " "), "html")) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "The mayor’s “last” café in Zürich sold 200 €",
        "L’été à Orléans, c’est déjà fini",
        "Die Brücke über die Spree bleibt für Fußgänger zu",
        "Smørrebrød på Ærø – 45 kroner",
    ],
)
def test_utf_8_read_as_windows_text_is_repaired_and_noted(text: str) -> None:
    broken = text.encode().decode("sloppy-windows-1252")  # ftfy's: it knows all 256 bytes
    copy = cleaned(broken)
    assert texts(copy) == [text]
    assert [issue.code for issue in copy.issues] == ["mojibake_repaired"]


def test_accents_that_are_right_are_no_mojibake() -> None:
    copy = cleaned("Ångström, naïve, Übergröße, São Tomé, “quoted” – €20")
    assert copy.issues == ()
    assert copy.origin is None


def test_repaired_copy_knows_the_place_of_each_character_in_the_input() -> None:
    broken = "â€œIt rains,â€\x9d said ZoÃ© Kell in ZÃ¼rich. She left."
    copy = cleaned(broken)
    assert copy.origin is not None
    assert len(copy.origin) == len(copy.text) + 1
    assert copy.origin[-1] == len(broken)
    assert list(copy.origin) == sorted(copy.origin)
    for word in ("said", "Kell", "rich.", "left."):
        at = copy.origin[copy.text.index(word)]
        assert broken[at : at + len(word)] == word


def test_a_headline_comes_on_one_line_and_nothing_as_none() -> None:
    assert clean_line("  Bergen\u00a0tram \n stops  ") == "Bergen tram stops"
    assert clean_line("CafÃ© closes") == "Café closes"
    assert clean_line(" \u200b ") is None
    assert clean_line("") is None
    assert clean_line(None) is None


# -- HTML


@pytest.mark.parametrize(
    ("body", "paragraphs"),
    [
        ("<p>One.</p><p>Two.</p>", ["One.", "Two."]),
        ("One.<br><br>Two.", ["One.", "Two."]),
        ("One.<br/>\n<br />Two.<br><br><br>Three.", ["One.", "Two.", "Three."]),
        ("One line<br>broken once.", ["One line broken once."]),
        ("<div>One.<div>Two.</div>Three.</div>", ["One.", "Two.", "Three."]),
        ("<p>One.<p>Two.", ["One.", "Two."]),
        ("<p>A <b>bold</b><i>est</i> word.</p>", ["A boldest word."]),
        ("<p>Rooks &amp; ravens &lt;grey&gt;&nbsp;fly.</p>", ["Rooks & ravens <grey> fly."]),
        ("<ul><li>One</li><li>Two<ul><li>Two and a half</li></ul></li></ul>",
         ["One", "Two", "Two and a half"]),
        ("<table><tr><td>Bergen</td><td>12</td></tr></table>", ["Bergen", "12"]),
        ("<p>Seen<!-- unseen --> here.</p><script>x()</script>", ["Seen here."]),
        ("<blockquote><p>Said.</p></blockquote>After.", ["Said.", "After."]),
        ("Loose text<p>and a paragraph</p>", ["Loose text", "and a paragraph"]),
        ("<p>&nbsp;</p><p></p><p>Only this.</p>", ["Only this."]),
        ("", []),
    ],
)  # fmt: skip
def test_markup_falls_into_paragraphs(body: str, paragraphs: list[str]) -> None:
    assert html(body) == paragraphs


@pytest.mark.parametrize(
    ("body", "headings"),
    [
        ("<h2>Slow start</h2><p>It was.</p>", [True, False]),
        ("<h6>Slow start</h6><p>It was.</p>", [True, False]),
        ("<p><b>Slow start</b></p><p>It was.</p>", [True, False]),
        ("<p><strong> Slow <em>start</em> </strong></p><p>It was.</p>", [True, False]),
        ("<b>Slow</b> <b>start</b><br><br>It was.", [True, False]),
        ("<p><b>Slow</b> start</p><p>It was.</p>", [False, False]),
        ("<p>It was <b>slow</b>.</p>", [False]),
        (
            "<p><b>" + "A whole paragraph that a desk has set in bold type. " * 4 + "</b></p>",
            [False],
        ),
        ("<h3><a href='#'>Slow start</a></h3><p>It was.</p>", [True, False]),
    ],
)
def test_headings_and_wholly_bold_lines_are_headings(body: str, headings: list[bool]) -> None:
    assert [para.heading for para in cleaned(body, "html").paras] == headings


@pytest.mark.parametrize(
    ("body", "left", "removed"),
    [
        ("<p>Copy.</p><p><a href='/a'>One</a> <a href='/b'>Two</a></p>", ["Copy."], ("One Two",)),
        ("<p>Copy.</p><p>Related: <a href='/a'>Harp at sea</a></p>", ["Copy."],
         ("Related: Harp at sea",)),
        ("<p>Copy.</p><p>Read more: harps</p>", ["Copy."], ("Read more: harps",)),
        ("<p>Copy.</p><ul><li><a href='/a'>Harp at sea</a></li></ul>", ["Copy."], ("Harp at sea",)),
        ("<p>Copy.</p><div class='social-share'>Tell a friend</div>", ["Copy."],
         ("Tell a friend",)),
        ("<nav><a href='/'>Home</a></nav><p>Copy.</p><aside>Weather</aside>", ["Copy."],
         ("Home", "Weather")),
        ("<p>Copy.</p><button>Print</button>", ["Copy."], ("Print",)),
        ("<p>Advertisement</p><p>Copy.</p>", ["Copy."], ("Advertisement",)),
        ("<p>Advertisement rates rose.</p>", ["Advertisement rates rose."], ()),
        ("<p>The <a href='/a'>harp</a> sailed.</p>", ["The harp sailed."], ()),
        ("<p><a href='/a'>The harp sailed from Oban.</a></p>", ["The harp sailed from Oban."], ()),
        ("<p>Shared rooms cost more.</p>", ["Shared rooms cost more."], ()),
        ("<p>See also: The harp of Oban</p>", [], ("See also: The harp of Oban",)),
        ("<p>See also on general file:</p>", ["See also on general file:"], ()),
    ],
)  # fmt: skip
def test_link_furniture_goes_and_is_listed(
    body: str, left: list[str], removed: tuple[str, ...]
) -> None:
    copy = cleaned(body, "html")
    assert texts(copy) == left
    assert copy.removed == removed
    assert bool(copy.removed) == ("furniture_removed" in [issue.code for issue in copy.issues])


@pytest.mark.parametrize(
    "code", ["<NRDP.OL>", "<.OSEAX>", "<0005.HK>", "<JPY=>", "<TRI.N>", "<BRKa.N>", "<ESc1=>"]
)
def test_an_instrument_code_is_text_and_no_tag(code: str) -> None:
    shape_known = code not in {"<BRKa.N>", "<ESc1=>"}
    if shape_known:
        assert html(f"<p>Harbour Ltd {code} rose.</p>") == [f"Harbour Ltd {code} rose."]
    escaped = code.replace("<", "&lt;").replace(">", "&gt;")
    assert html(f"<p>Harbour Ltd {escaped} rose.</p>") == [f"Harbour Ltd {code} rose."]


@pytest.mark.parametrize("tag", ["div", "b", "ul", "span", "blockquote"])
def test_markup_nested_deeper_than_the_interpreter_s_stack_is_read(tag: str) -> None:
    levels = 2_000
    copy = cleaned(f"<{tag}>" * levels + "At the bottom." + f"</{tag}>" * levels, "html")
    assert texts(copy) == ["At the bottom."]
