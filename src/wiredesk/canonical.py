"""The canonical story: one JSON object, the contract with other programs.

Absent facts are null or [], never guessed.  Keys and vocabulary are stable; new keys may be added.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import orjson

from wiredesk.batch import Batch, Reject
from wiredesk.model import Json, Story


def story_object(story: Story) -> Json:
    """The canonical object of a story; its parts stay nouns, which orjson writes as objects."""
    item = story.item
    return {
        "id": item.id,
        "identity": ":".join(item.identity) if item.identity else None,
        "version": item.version,
        "source": item.source,
        "format": item.format,
        "agency": story.agency,
        "url": item.url,
        "language": story.language,
        "headline_raw": story.headline_raw,
        "headline": story.headline,
        "labels": story.labels,
        "standing_head": story.standing_head,
        "genre": story.genre,
        "slug": story.slug,
        "byline_raw": story.byline_raw,
        "authors": story.authors,
        "dateline": story.dateline,
        "ed_note": story.ed_note,
        "ed_note_kind": story.ed_note_kind,
        "bullets": story.bullets,
        "paragraphs": story.paragraphs,
        "body": story.body,
        "trailers": [p.text for p in story.paragraphs if p.kind == "trailer"],
        "credits": story.credits,
        "contacts": story.contacts,
        "quotes": story.quotes,
        "instruments": story.instruments,
        "conversions": story.conversions,
        "subjects": item.subjects,
        "links": item.links,
        "urgency": item.urgency,
        "priority": item.priority,
        "signal": item.signal,
        "published": _stamp(item.published),
        "updated": _stamp(item.updated),
        "embargo_until": _stamp(item.embargo_until),
        "pub_status": item.pub_status,
        "rights": item.rights,
        "issues": story.issues,
        "provenance": dict(story.provenance),
    }


def reject_object(reject: Reject) -> Json:
    """The object in a story's place: what could not be read (rejected), or is none (dropped)."""
    return {
        "id": reject.item,
        "dropped" if reject.dropped else "rejected": reject.code,
        "detail": reject.detail,
        "stage": reject.stage,
        "source": reject.locator,
        "where": reject.where,
    }


def json_lines(batch: Batch[Story]) -> Iterator[bytes]:
    """A line for each story or reject, in input order."""
    rejects = sorted(batch.rejects, key=lambda r: r.ordinal)
    waiting = iter(rejects)
    reject = next(waiting, None)
    for story in batch:
        while reject and reject.ordinal < story.item.ordinal:
            yield orjson.dumps(reject_object(reject))
            reject = next(waiting, None)
        yield orjson.dumps(story_object(story))
    while reject:
        yield orjson.dumps(reject_object(reject))
        reject = next(waiting, None)


def _stamp(when: datetime | None) -> str | None:
    return when.isoformat().replace("+00:00", "Z") if when else None
