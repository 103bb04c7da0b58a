"""Keys: 64-bit hashes of what identifies a story and of what a version says.

The same bytes give the same keys on any machine, so a replay changes nothing.  The identity is,
in this order: the key that an agency's dialect names (its own story number), the id that the
format carries (`guid` where it is global, `id` where it is the source's own), the canonical link,
the file's stem, and last the content itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b, sha256
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from wiredesk.extract.headline import FIX
from wiredesk.match.takes import take_of
from wiredesk.model import Capture, Item, Relation, Story

#: parameters that tell how a reader came to a page and not which page it is
TRACKING = re.compile(
    r"^(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|ref|cmpid|ftag|ocid|rpc|feedtype|feedname|partner)$",
    re.IGNORECASE,
)
GLOBAL_ID = re.compile(r"^(?:https?://|urn:|tag:)", re.IGNORECASE)
#: formats whose ids may look world-wide and mean what their source says
OWN_IDS = frozenset(("jsonl", "page"))
RELATIONS: dict[str, Relation] = {
    **dict.fromkeys(FIX, "correction"),
    "REFILE": "refile",
    "RPT": "repeat",
    "REPEAT": "repeat",
}
#: labels of an item that takes itself back; an ADVISORY acts on another (match/notices.py)
KILLED = frozenset(("KILL", "WITHDRAWN", "WITHDRAWAL", "STORY REMOVED"))
#: what a format may say of a version by itself; a label in the headline says more
_SAID: tuple[Relation, ...] = (
    "correction", "refile", "repeat", "hold", "release", "withdrawal", "take",
)  # fmt: skip
SIGNALS: dict[str | None, Relation] = {said: said for said in _SAID}
NUMBER = re.compile(r"\d")
NOTED: dict[str, Relation] = {"correction": "correction", "refile": "refile", "repeat": "repeat"}


@dataclass(frozen=True, slots=True)
class Identity:
    scheme: str  #: guid, id, link, file, content, or a dialect's own: usn
    key: str
    scope: str  #: the source, where the key means something only there

    @property
    def identity_id(self) -> int:
        return hash64(self.scheme, self.scope, self.key)


def hash64(*parts: str | int) -> int:
    """A signed 64-bit hash of the parts, the same everywhere and for ever.

    Signed, because DuckDB 1.5 cannot push a filter on larger unsigned keys down into Arrow.
    """
    joined = "\x1f".join(map(str, parts))
    return int.from_bytes(
        blake2b(joined.encode("utf-8", "replace"), digest_size=8).digest(), "big", signed=True
    )


def identity(item: Item, content: str) -> Identity:
    """What identifies the story of an item whose words are `content`."""
    if item.identity:
        return Identity(*item.identity, "")
    if item.format == "text" and item.id and item.id != "-":
        return Identity("file", item.id, item.source)
    # an agency's own formats name stories world-wide, as `urn:newsml:wire.example:2026:doc4`
    worldwide = bool(item.id and GLOBAL_ID.match(item.id))
    if item.id and (item.format == "feed" or (worldwide and item.format not in OWN_IDS)):
        return Identity("guid", item.id, "" if worldwide else item.source)
    if item.id:
        return Identity("id", item.id, item.source)
    if item.url and (link := canonical_link(item.url)):
        return Identity("link", link, "")
    return Identity("content", sha256(content.encode("utf-8", "replace")).hexdigest(), "")


def canonical_link(url: str) -> str | None:
    """A link without fragment and tracking parameters, its host in lower case; None if no link."""
    try:
        parts = urlsplit(url.strip())
        if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
            return None
        port = parts.port
    except ValueError:
        return None
    host = parts.hostname.lower()
    if port and port != {"http": 80, "https": 443}[parts.scheme.lower()]:
        host = f"{host}:{port}"
    kept = [
        (k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not TRACKING.match(k)
    ]
    return urlunsplit((parts.scheme.lower(), host, parts.path or "/", urlencode(kept), ""))


def item_id(capture: Capture, source: str, ordinal: int) -> int:
    """Key of a sighting: the same payload read again gives the same sightings."""
    return hash64(source, capture.sha256, ordinal)


def words_key(story: Story) -> int:
    """Hash of what a version says as printed, not of how today's rules read it."""
    item, words = story.item, _printed(story.text)
    return hash64(item.title or "", item.byline or "", words, item.pub_status, item.ed_note or "")


@lru_cache(maxsize=1)  # two keys of each story are made of it, one after the other
def _printed(text: str) -> str:
    return " ".join(text.split())


def version_id(story_id: int, words: int) -> int:
    """Key of a version: the same words under the same story are the same version."""
    return hash64(story_id, words)


def copy_key(story: Story) -> int | None:
    """Hash by which a source's copy is known again when its ids were rewritten.

    The same words of the same time, or where there is no time at the same link.  Copy that says
    too little to be known by (a bare title without either) has none.
    """
    item = story.item
    when = item.updated or item.published
    where = canonical_link(item.url) if item.url and not when else None
    words = _printed(story.text)
    if (not words and not item.title) or not (when or where):
        return None
    mark = when.isoformat() if when else where or ""
    return hash64(item.source, item.title or "", words, item.pub_status, mark)


def declared(story: Story) -> Relation:
    """What a version says it is: by its status, then its labels, then its editor's note."""
    if story.item.pub_status == "canceled":
        return "withdrawal"
    if story.item.pub_status == "withheld":
        return "hold"
    if story.item.signal in {"withdrawal", "hold"}:
        return SIGNALS[story.item.signal]
    named = {label.label for label in story.labels}
    if named & KILLED:
        return "withdrawal"
    if "HOLD" in named:
        return "hold"
    for label in story.labels:
        if label.label in RELATIONS:
            return RELATIONS[label.label]
    if story.ed_note_kind in NOTED:
        return NOTED[story.ed_note_kind]
    if story.item.signal in SIGNALS:
        return SIGNALS[story.item.signal]
    return "take" if _is_take(story) else "update"


def _is_take(story: Story) -> bool:
    """A further part of a story that came in parts; the first stands as a story by itself."""
    labels = [(label.label, label.n) for label in story.labels]
    if not (labels or NUMBER.search(f"{story.headline_raw} {story.slug}")):
        return False  # as nearly every story: each mark has a number, and the patterns cost more
    found = take_of(story.headline_raw, story.slug, labels, None)
    return found is not None and found[1] > 1
