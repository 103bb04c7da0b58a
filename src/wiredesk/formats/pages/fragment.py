"""The story's own fragment of a page: the element that holds its copy, and the blocks in it.

1. Every paragraph gives its length to the elements around it, unless one of them is furniture.
2. From the body down, the heaviest child is entered while it holds most of what its parent holds.
3. That element is walked once; runs of inline content are blocks, furniture is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from wiredesk.formats.pages.furniture import (
    ROLES,
    SILENT,
    is_aside_name,
    is_furniture_name,
    is_story_name,
)
from wiredesk.markup import BLOCKS, BOLD, HEADINGS

SHORTEST = 30  #: characters of a paragraph that weighs; bylines, dates and links are shorter
SHARE = 0.6  #: of its parent's weight that a child must hold to be entered
OWN = 0.1  #: paragraphs right under an element that make it the story's: the rest is behind a wall
DEEPEST = 300  #: levels that are walked; the deepest paragraph of 71 pages has 26
MOST_NODES = 60_000  #: of one fragment
WEIGHING = "p, blockquote, dd"
LOOSE = "div, td, section, article, main, center, font, span"  #: that copy stands right in
LOOSE_SHORTEST = 100  #: characters of such copy, where the page has paragraphs too
NAMED = ("class", "id", "data-component", "data-testid")  #: what names a part of a page
APART = frozenset(("article", "form"))  #: inside a story: a teaser, a sign-up
RIVAL = 0.4  #: of the densest element's copy that a plainly named one must have to be preferred
KINDS = {
    **dict.fromkeys(HEADINGS | {"h1"}, "heading"),
    "li": "li", "blockquote": "quote", "td": "cell", "th": "cell", "p": "p",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Block:
    """One run of the story: its words, and what the markup says of them."""

    kind: str  #: p, heading, li, quote, cell; loose: none of these elements
    text: str
    linked: float  #: share of the characters that are links
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """Where the story stands, and what each element of the page holds of paragraphs."""

    node: LexborNode
    own: frozenset[int]  #: the densest copy's element and those around it
    like: frozenset[str]  #: what they are called, and so are other parts of the same story


def find_story(doc: LexborHTMLParser) -> Found | None:
    """The element that holds the story; None where the page has no body."""
    body = doc.body
    if body is None:
        return None
    pieces = list(_pieces(doc, WEIGHING, SHORTEST, whole=True))
    pieces += _pieces(doc, LOOSE, SHORTEST if not pieces else LOOSE_SHORTEST, whole=False)
    around = _densest(pieces)
    if not around:  # a brief of one short line
        node = doc.css_first("article") or doc.css_first("main") or body
        return Found(node, frozenset((node.mem_id,)), frozenset())
    own = frozenset(node.mem_id for node in around)
    like = frozenset(names for node in around if (names := _names(node)))
    kept = _without_furniture(pieces, own, like)
    weights: dict[int, int] = {body.mem_id: 0}
    children: dict[int, dict[int, LexborNode]] = {}
    for length, chain in kept:
        inner: LexborNode | None = None
        for outer in chain:
            key = outer.mem_id
            weights[key] = weights.get(key, 0) + length
            if inner is not None:
                children.setdefault(key, {})[inner.mem_id] = inner
            inner = outer
    return Found(_descend(body, weights, children), own, like)


def _descend(
    node: LexborNode, weights: dict[int, int], children: dict[int, dict[int, LexborNode]]
) -> LexborNode:
    while inside := children.get(node.mem_id):
        heaviest = max(inside.values(), key=lambda child: weights[child.mem_id])
        key = heaviest.mem_id
        held = weights[node.mem_id]
        loose = sum(weights[child] for child in inside if child not in children)
        if key not in children or weights[key] < SHARE * held or loose > OWN * held:
            break
        if _is_body(node):
            break
        node = heaviest
    return node


def _is_body(node: LexborNode) -> bool:
    """Whether the page itself says that the element is the story's whole text."""
    attributes = node.attrs
    if "articleBody" in (attributes.get("itemprop") or ""):
        return True
    return any(is_story_name(names) for key in NAMED if (names := attributes.get(key)))


Piece = tuple[int, list[LexborNode]]  #: length of a paragraph, and it and the elements around it


def _pieces(doc: LexborHTMLParser, selector: str, shortest: int, *, whole: bool) -> Iterator[Piece]:
    chains: dict[int, list[LexborNode] | None] = {}
    for node in doc.css(selector):
        length = len(node.text(deep=whole).strip())
        parent = node.parent
        if length < shortest or parent is None:
            continue
        chain = _chain(parent, chains)
        if chain is None:
            continue
        if whole and node.tag != "p" and node.css_first("p, ul, ol") is not None:
            continue
        yield length, [node, *chain]


def _chain(node: LexborNode, known: dict[int, list[LexborNode] | None]) -> list[LexborNode] | None:
    """The element and those around it; None where they are too many or no place for copy."""
    key = node.mem_id
    if key in known:
        return known[key]
    chain: list[LexborNode] = []
    at: LexborNode | None = node
    while at is not None and at.tag != "html":
        chain.append(at)
        if at.tag in SILENT or at.tag == "a" or len(chain) > DEEPEST:
            known[key] = None
            return None
        at = at.parent
    known[key] = chain
    return chain


def _densest(pieces: list[Piece]) -> list[LexborNode]:
    """The element with the most copy right under it, and all around it: the copy's own, whatever
    their names (`sidebar-grid__content`, `teaser_text`, `layout-contents`), and so are others of
    the same names, among which a long story is divided.
    """
    scores: dict[int, float] = {}
    direct: dict[int, int] = {}
    chains: dict[int, list[LexborNode]] = {}
    for length, chain in pieces:
        parent = chain[1].mem_id if len(chain) > 1 else 0
        direct[parent] = direct.get(parent, 0) + length
        for up, node in enumerate(chain[1:4]):
            key = node.mem_id
            scores[key] = scores.get(key, 0) + length / 2**up
            if key not in chains:
                chains[key] = chain[1 + up :]
    ranked = sorted(scores, key=lambda key: -scores[key])[:10]
    allowed = [key for key in ranked if not any(map(is_aside, chains[key]))] or ranked
    if not allowed:
        return []
    best = allowed[0]
    if is_furniture(chains[best][0]):  # a box with more in it than the story around it
        rivals = (key for key in allowed if direct.get(key, 0) > RIVAL * scores[best])
        best = next((key for key in rivals if not is_furniture(chains[key][0])), best)
    return chains[best]


def _names(node: LexborNode) -> str:
    attributes = node.attrs
    return " ".join((attributes.get("class") or attributes.get("id") or "").split())


def _without_furniture(
    pieces: list[Piece], own: frozenset[int], like: frozenset[str]
) -> list[Piece]:
    named: dict[int, bool] = {}
    kept = []
    for length, chain in pieces:
        for node in chain:
            key = node.mem_id
            if key not in named:
                named[key] = key not in own and is_furniture(node) and _names(node) not in like
            if named[key]:
                break
        else:
            kept.append((length, chain))
    return kept


def is_aside(node: LexborNode) -> bool:
    """Whether an element holds what readers, sellers or lawyers say, and never the story."""
    attributes = node.attrs
    return node.tag != "body" and any(
        is_aside_name(names) for key in NAMED if (names := attributes.get(key))
    )


def is_furniture(node: LexborNode) -> bool:
    """Whether an element is named as furniture or is not shown."""
    if node.tag == "body":
        return False  # `has-comments`, `gdpr-applies`: what the page is, and no part of it
    attributes = node.attrs
    if any(is_furniture_name(names) for key in NAMED if (names := attributes.get(key))):
        return True
    if (attributes.get("role") or "") in ROLES or "hidden" in attributes:
        return True
    return "display:none" in (attributes.get("style") or "").replace(" ", "")


def blocks(found: Found) -> Iterator[Block]:
    """The story's runs of inline content in their order, furniture passed over."""
    run = _Run()
    kinds: list[str] = ["loose"]
    stack: list[tuple[LexborNode, bool]] = [(found.node, True)]
    for _ in range(MOST_NODES):
        if not stack:
            break
        node, entering = stack.pop()
        tag = node.tag or "-"
        if tag == "-text":
            run.add(node.text_content or "")
            continue
        if not entering:
            if tag in BLOCKS:
                yield from run.flush(kinds[-1])
                if tag in KINDS:
                    kinds.pop()
            else:
                run.shift(tag, -1)
            continue
        if tag in SILENT or tag[0] == "-":
            continue
        if node.mem_id not in found.own and (
            tag in APART or (is_furniture(node) and _names(node) not in found.like)
        ):
            continue
        if tag in BLOCKS:
            yield from run.flush(kinds[-1])
            if tag in KINDS:
                kinds.append(KINDS[tag])
        elif tag == "br":
            if run.breaks():
                yield from run.flush(kinds[-1])
            continue
        else:
            run.shift(tag, 1)
        if len(stack) < MOST_NODES:
            stack.append((node, False))
            children = [(child, True) for child in node.iter(include_text=True)]
            stack.extend(reversed(children))
    yield from run.flush(kinds[-1])


class _Run:
    """Inline content while it is gathered: what of it is linked, and what is bold."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._all = self._linked = self._heavy = 0
        self._link = self._bold = self._broken = 0

    def add(self, text: str) -> None:
        self._text.append(text)
        if length := len(text.strip(" \t\r\n|·•/,-–—»›:")):
            self._broken = 0
            self._all += length
            self._linked += length * (self._link > 0)
            self._heavy += length * (self._bold > 0)

    def shift(self, tag: str, step: int) -> None:
        if tag == "a":
            self._link += step
        elif tag in BOLD:
            self._bold += step

    def breaks(self) -> bool:
        """Take a line break; whether it is the second of two, which end a paragraph."""
        self._broken += 1
        self._text.append(" ")
        return self._broken > 1

    def flush(self, kind: str) -> Iterator[Block]:
        text = " ".join("".join(self._text).split())
        whole = self._all or 1
        if self._all:
            yield Block(kind, text, self._linked / whole, self._heavy >= whole)
        self._text.clear()
        self._all = self._linked = self._heavy = self._broken = 0
