"""Hypothesis strategies: words, plain copy, HTML fragments, and text that looks like wire copy."""

from __future__ import annotations

from html import escape

from ftfy import badness
from hypothesis import strategies as st

#: letters of many scripts, all in NFC and none of them a mark of broken encoding by itself
ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyz",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "aeinorstäöüéèñçåø",
    "абвгдежзиклмнопрст",
    "αβγδεζηθικλμν",
    "אבגדהוזחטיכל",
    "ابتثجحخدذرز",
    "春夏秋冬東京新聞",
    "0123456789",
)
#: what stands in real copy beside letters
ODD_WORDS = (
    *("U.S.", "$1,205", "4.2%", "-", "--", "__", "*", "“last", "hope”", "O’Shea", "(sic)", "A&B"),
    *(
        "<NRDP.OL>",
        "<.OSEAX>",
        "a<b",
        "&amp;",
        "5>3",
        "&",
        "it's",
        "…",
        "café",
        "naïve",
        "x@y.example",
    ),
)


def words() -> st.SearchStrategy[str]:
    """One word: no white space, nothing invisible, nothing that looks like mojibake."""
    spelled = st.one_of(*(st.text(letters, min_size=1, max_size=9) for letters in ALPHABETS))
    return st.one_of(spelled, st.sampled_from(ODD_WORDS)).filter(lambda w: not badness.is_bad(w))


def plain_copy() -> st.SearchStrategy[str]:
    """Words in lines as copy is set: soft and hard line ends, blank lines, indents, tabs."""
    gaps = st.sampled_from(
        [
            " ",
            " ",
            " ",
            "  ",
            "\n",
            "\r\n",
            "\n\n",
            "\n \n",
            "\n    ",
            "\n\t",
            "\n* ",
            "\f",
            "\u00a0",
        ]
    )
    return st.lists(st.tuples(words(), gaps), max_size=60).map(
        lambda pairs: "".join(word + gap for word, gap in pairs)
    )


Fragment = tuple[str, tuple[str, ...]]  #: HTML, and the words that a reader of it sees

_BLOCKS = (
    *("p", "p", "p", "div", "h2", "h3", "ul", "ol", "li", "blockquote", "section", "pre"),
    *("article", "figure", "figcaption", "aside", "nav", "header", "footer", "dl", "dt", "dd"),
)
_INLINES = ("b", "strong", "em", "i", "span", "a", "u", "sub", "code", "font", "q", "mark")
_CLASSES = ("", "", "", ' class="share-bar"', ' class="lead"', ' class="related links"')


def html_fragments() -> st.SearchStrategy[Fragment]:
    """Fragments of HTML with the words in them that are not script or style."""
    return st.recursive(_leaves(), _inside, max_leaves=25)


def _leaves() -> st.SearchStrategy[Fragment]:
    def text(found: list[str]) -> Fragment:
        return f" {escape(' '.join(found), quote=False)} ", tuple(found)

    unseen = st.sampled_from(
        [
            ("<br>", ()),
            ("<br/><br/>", ()),
            ("<hr>", ()),
            ("<!-- a note of the desk -->", ()),
            ("<script>var hidden = '<p>no copy</p>';</script>", ()),
            ("<style>p { color: red }</style>", ()),
            ('<img src="x.jpg" alt="a caption">', ()),
            (" &nbsp; ", ()),
        ]
    )
    raw_codes = st.sampled_from([(" <TRI.N> ", ("<TRI.N>",)), (" <JPY=> ", ("<JPY=>",))])
    return st.one_of(st.lists(words(), max_size=8).map(text), unseen, raw_codes)


def _inside(children: st.SearchStrategy[Fragment]) -> st.SearchStrategy[Fragment]:
    def wrapped(tag: str, attributes: str, inner: list[Fragment]) -> Fragment:
        html = "".join(part for part, _ in inner)
        return f"<{tag}{attributes}>{html}</{tag}>", tuple(w for _, ws in inner for w in ws)

    def unclosed(inner: list[Fragment]) -> Fragment:
        return "".join(f"<p>{part}" for part, _ in inner), tuple(w for _, ws in inner for w in ws)

    several = st.lists(children, max_size=5)
    return st.one_of(
        st.builds(wrapped, st.sampled_from(_BLOCKS), st.sampled_from(_CLASSES), several),
        st.builds(wrapped, st.sampled_from(_INLINES), st.just(""), several),
        several.map(unclosed),
    )


#: pieces that readers look for, in any order and number
WIRE_PIECES = (
    *("OSLO", "PARIS/VIENNA", "DULUTH, Minn.", "Mendoza (Argentina)", "NEAR HOMS, Syria"),
    *(", March 24", " 27 Nov.", ", April l", " (Reuters) -", " (AP) —", "(", ")", "((", "))", "()"),
    *(
        "(ANSA) - ",
        " /TASS/.",
        " Kyodo -",
        "--(BUSINESS WIRE)--",
        "(EFE).-",
        "(Reuters",
        "Reuters)",
    ),
    *("By ", "By Eva Tarn and Per Voss", "BY ", " and ", ", ", "; ", " in ", " at ", " via "),
    *("Reporting by ", "reporting by ", "Editing by", "(Additional reporting by ", "by", "Writing"),
    *("Eva Tarn", "Gus Hale Jr.", "Lagos", "Beijing newsroom", "Associated Press writer "),
    *(
        " contributed to this report.",
        "Tarn reported from Tulsa, Oklahoma.",
        "aboard Air Force One",
    ),
    *(
        "($1 = 0.8794 euros)",
        "<NRDP.OL>",
        "( TRI.N )",
        "* ",
        "\n* ",
        "___",
        "Reuter",
        "-30-",
        "EFE",
    ),
    *("(Adds details)", "Corrects second paragraph", "EDITOR'S NOTE: ", "HARD WINTER FOR FERRIES "),
    *("The pilots knew so. ", "“It is a quote,” she said. ", "\n\n", "\n", "\n    ", " ", "  "),
    *("# Notebook\n", "## Editorial contacts\n- ", "dpa jk cbi", "Our Standards: The Thomson"),
    *("+47 5550 0142", "desk@wire.example", "@handle", "https://wire.example/a", "¿", "É", "Łódź"),
)
#: characters that cleaning takes out, changes or repairs
TROUBLE = (
    *("\x00", "\x07", "\x1b", "\x7f", "\u00a0", "\u2009", "\ufffd", "\u2028", "\x1d"),
    *("İ", "ß", "ﬁ", "𝔸", "😀", "漢", "ك", "न"),
)
UNSEEN = (
    *("\u00ad", "\u200b", "\u200f", "\ufeff", "\u2060", "\x85"),
    *("e\u0301", "A\u030a", "\u0301"),
    *("Ã©", "â€™", "â€œ", "\u212a", "\u212b", "\u037e"),
)


def wire_text(*, damaged: bool) -> st.SearchStrategy[str]:
    """Arbitrary text with pieces of wire copy in it; damaged, also with what lengths change by."""
    pieces = [
        st.sampled_from(WIRE_PIECES),
        st.sampled_from(WIRE_PIECES),
        st.sampled_from(TROUBLE),
        words(),
        st.text(max_size=12) if damaged else st.text(st.characters(max_codepoint=126), max_size=12),
    ]
    if damaged:
        pieces.append(st.sampled_from(UNSEEN))
    return st.lists(st.one_of(pieces), max_size=50).map("".join)
