"""The blocks of a fragment to the story's paragraphs, as a small clean fragment of HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from wiredesk.formats.pages.fragment import Block
from wiredesk.formats.pages.furniture import is_pointer

LINKED = 0.8  #: share of links from which a block points elsewhere
LINKED_ITEM = 0.5  #: `Berlin: <a>Drohnen über der Stadt</a>`
LONGEST_LABEL = 80  #: characters of what stands loose among the paragraphs: `5`, `or`, `Sign in`
LONGEST_BYLINE = 100
SHORTEST_KEY = 30  #: letters of a paragraph that tell it from others
CONFIRMED = 0.6  #: of the paragraphs that articleBody must have to be asked about the others
SHORTEST_TWICE = 60  #: characters of a paragraph that no copy has twice
LONGEST_REST = 40  #: letters beside the name in a line that only names an author
LONGEST_LINK = 200  #: characters; a linked paragraph of copy is longer
WORD = re.compile(r"\w+")
LETTERS = re.compile(r"\W+")
#: `13 May 2026, 10:22`, `3 min read`, `12:30 Uhr`
STAMP = re.compile(r"^\W*(?:[^\W\d_]+\W+){0,4}\d[\d\W]*(?:[^\W\d_]+\W*|\d+\W*){0,7}$")
LONGEST_STAMP = 60  # characters
WORDS_OF_STAMP = 3  # in small letters: `Last updated on 6 May 2026 at 10:15`
PARAGRAPH_TAG = re.compile(r"</?(?:p|div|br|h\d|li|ul|blockquote)\b[^<>]*>", re.IGNORECASE)
TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
ELEMENTS = {"heading": "h3", "li": "li", "quote": "blockquote"}
#: what a sentence ends with, in the scripts that news comes in
ENDS = (".", "!", "?", "…", '"', "”", "“", "»", "«", "'", "’", ")", ":", "。", "」", "】", "다")


def select(
    found: Sequence[Block], titles: Sequence[str], declared: str | None
) -> tuple[list[Block], list[str]]:
    """The blocks that are copy, and the texts of those that are not.

    `titles` are all that may be the headline, `declared` is the articleBody of the page's JSON-LD.
    """
    keys = [key for key in map(_key, titles) if key]
    kept = [block if _is_copy(block, keys) else None for block in _once(found)]
    if declared:
        kept = _confirmed(kept, _key(TAG.sub("", declared)))
    copy = _without_bare_headings(_without_titles(kept, keys))
    whole = {id(block) for block in copy}
    left = [block.text for block in found if id(block) not in whole]
    return copy, [text for text in left if _key(text) not in keys]


def _key(text: str) -> str:
    return LETTERS.sub("", text.lower())


def _once(found: Sequence[Block]) -> Iterator[Block]:
    """Without paragraphs that stand twice, for wide screens and narrow, or around a wall."""
    seen: set[str] = set()
    for block in found:
        if len(block.text) < SHORTEST_TWICE or block.text not in seen:
            seen.add(block.text)
            yield block


def topped(story: Sequence[Block], standfirst: str | None, authors: Sequence[str]) -> list[Block]:
    """The story under its standfirst, and without lines that only name its authors."""
    names = [key for key in map(_key, authors) if key]
    kept = [block for block in story if not _is_byline(block, names)]
    return [Block("p", standfirst, 0.0), *kept] if standfirst and kept else kept


def _is_byline(block: Block, names: Sequence[str]) -> bool:
    """`Von Anna Berg, Nairobi`: a short line with an author's name and no sentence in it."""
    if len(block.text) > LONGEST_BYLINE or block.text.endswith(ENDS):
        return False
    key = _key(block.text)
    return any(name in key and len(key) - len(name) < LONGEST_REST for name in names)


def _is_copy(block: Block, titles: Sequence[str]) -> bool:
    text = block.text
    key = _key(text)
    if not key or key in titles or is_pointer(text):
        return False
    if block.linked >= (LINKED_ITEM if block.kind == "li" else LINKED) and len(text) < LONGEST_LINK:
        return False
    if block.kind == "loose" and len(text) < LONGEST_LABEL and not text.endswith(ENDS):
        return block.bold
    return block.bold or block.kind != "p" or not _is_stamp(text)


def _is_stamp(text: str) -> bool:
    """`6 May 2026, 10:15`, but not `A ride costs 100 pesos, or about 11 cents.`"""
    if len(text) >= LONGEST_STAMP or not STAMP.match(text):
        return False
    return sum(word[0].islower() for word in text.split()) <= WORDS_OF_STAMP


def _confirmed(kept: list[Block | None], declared: str) -> list[Block | None]:
    """Without what stands behind or between the paragraphs that JSON-LD's articleBody repeats."""
    keys = [_key(block.text)[:60] if block else "" for block in kept]
    seen = [n for n, key in enumerate(keys) if len(key) > SHORTEST_KEY and key in declared]
    texts = [(n, len(block.text)) for n, block in enumerate(kept) if block]
    if not seen or sum(length for n, length in texts if n in seen) < CONFIRMED * sum(
        len(block.text) for block in kept if block and block.kind != "heading"
    ):
        return kept
    result: list[Block | None] = []
    for n, block in enumerate(kept):
        foreign = len(keys[n]) > SHORTEST_KEY and keys[n] not in declared
        free = block is None or block.bold or block.kind in {"heading", "li", "cell"}
        dropped = n > seen[-1] or (n > seen[0] and foreign and not free)
        result.append(None if dropped else block)
    return result


def is_printed(body: str, page: str) -> bool:
    """Whether the end of JSON-LD's articleBody stands somewhere in the text of the page."""
    return _key(TAG.sub("", body))[-SHORTEST_KEY * 2 :] in _key(page)


def _without_titles(kept: list[Block | None], titles: Sequence[str]) -> list[Block | None]:
    """Without what stands above the first paragraph down to the headline: kickers and all."""
    last = -1
    for n, block in enumerate(kept):
        if block and block.kind != "heading":
            break
        key = _key(block.text) if block else ""
        if key and any(title in key or key in title for title in titles):
            last = n
    return [None] * (last + 1) + list(kept[last + 1 :])


def _without_bare_headings(kept: list[Block | None]) -> list[Block]:
    """Headings with nothing under them but furniture go with it."""
    result: list[Block] = []
    for n, block in enumerate(kept):
        if block is None:
            continue
        if block.kind == "heading":
            under = next((b for b in kept[n + 1 :] if b is not None), None)
            bare = n + 1 < len(kept) and kept[n + 1] is None
            if under is None or (bare and under.kind == "heading"):
                continue
        result.append(block)
    return result


def markup(blocks: Sequence[Block]) -> str:
    """The fragment that cleaning reads: one element a block, nothing nested."""
    lines = []
    for block in blocks:
        element = ELEMENTS.get(block.kind, "p")
        if block.bold and element == "p" and len(block.text) <= 120:
            element = "h3"
        lines.append(f"<{element}>{html.escape(block.text, quote=False)}</{element}>")
    return "\n".join(lines)


def declared_story(body: str) -> list[Block]:
    """The paragraphs of JSON-LD's articleBody, which may be plain text or markup."""
    text = PARAGRAPH_TAG.sub("\n", body)
    lines = (" ".join(html.unescape(TAG.sub("", line)).split()) for line in text.split("\n"))
    return [Block("p", line, 0.0) for line in lines if line and not is_pointer(line)]
