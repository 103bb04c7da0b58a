"""What kind of page it is: a story, a list of stories, or a wall that asks for consent."""

from __future__ import annotations

import re
from collections.abc import Sequence

from selectolax.lexbor import LexborHTMLParser

from wiredesk.errors import Rejected
from wiredesk.formats.pages.fragment import Block
from wiredesk.formats.pages.metadata import Metadata

CONSENT = re.compile(
    r"cookies?|consent|einwillig\w*|zustimm\w*|privacy|datenschutz\w*|confidentialité|privacidad|"
    r"protección de datos|toestemming|samtyck\w*|samtykke\w*|zgod[aęy]|personal data|"
    r"personenbezogen\w*|données personnelles|datos personales|dati personali|partners?|tracking|"
    r"gdpr|dsgvo|werbefrei\w*|同意|クッキー",
    re.IGNORECASE,
)
DENSITY = 25  #: words among which a wall has at least one of these, all through
LONGEST_WALL = 6_000  #: characters of a wall's text
LINKED_HEADINGS = 8  #: headings that lead elsewhere, from which an undeclared page is a list
WORD = re.compile(r"\w+")


def refuse_other_kinds(doc: LexborHTMLParser, data: Metadata, story: Sequence[Block]) -> None:
    """Raises Rejected (`no_article`, `consent_page`) where the page is no story."""
    declared = data.linked.is_article or (
        (data.first("og:type") or "").lower() in {"article", "news", "newsarticle"}
        or "article:published_time" in data.meta
    )
    text = " ".join(block.text for block in story)
    if not declared and len(text) <= LONGEST_WALL:
        # the wall's own text may all have been passed over as furniture
        text = text or " ".join(doc.body.text(separator=" ").split()) if doc.body else text
        words = len(WORD.findall(text))
        if words and len(CONSENT.findall(text)) * DENSITY >= words and words > 20:
            raise Rejected("consent_page", "the page asks for consent and has no story")
    if not story:
        raise Rejected("no_article", "the page has no article text")
    if not declared:
        leading = len(doc.css("h2 a, h3 a, a h2, a h3"))
        paragraphs = sum(len(b.text) >= 80 and b.linked < 0.5 for b in story if b.kind != "heading")
        if leading >= LINKED_HEADINGS and leading > paragraphs:
            raise Rejected("no_article", f"a list of stories: {leading} headings lead elsewhere")
