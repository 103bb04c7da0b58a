"""Columns of the rows that a load brings beside its stories: captures, rejects, ledger, cursors."""

from __future__ import annotations

import pyarrow as pa

from wiredesk.rows import INSTANT, INT, KEY, REAL, SCHEMAS, TEXT

CAPTURES = pa.schema(
    {
        "sha256": TEXT,
        "source_id": TEXT,
        "locator": TEXT,
        "bytes": pa.int64(),
        "media_type": TEXT,
        "charset": TEXT,
        "status": INT,
        "fetched_at": INSTANT,
        "archive_path": TEXT,
        "archive_offset": pa.int64(),
    }
)
REJECTS = pa.schema(
    {
        "reject_id": KEY,
        "run_id": TEXT,
        "source_id": TEXT,
        "locator": TEXT,
        "sha256": TEXT,
        "place": TEXT,
        "native_id": TEXT,
        "stage": TEXT,
        "code": TEXT,
        "detail": TEXT,
        "rejected_at": INSTANT,
        "dropped": pa.bool_(),
    }
)
DECISIONS = pa.schema(
    {
        "item_id": KEY,
        "story_id": KEY,
        "version_id": KEY,
        "outcome": TEXT,
        "relation": TEXT,
        "supersedes_id": KEY,
    }
)
LOADED = pa.schema(
    {
        "sha256": TEXT,
        "source_id": TEXT,
        "items": pa.int64(),
        "rejects": pa.int64(),
        "loaded_at": INSTANT,
    }
)
FETCHES = pa.schema(
    {
        "run_id": TEXT,
        "source_id": TEXT,
        "locator": TEXT,
        "requested_at": INSTANT,
        "outcome": TEXT,
        "status": INT,
        "sha256": TEXT,
        "error": TEXT,
    }
)
CURSORS = pa.schema(
    {
        "source_id": TEXT,
        "locator": TEXT,
        "etag": TEXT,
        "last_modified": TEXT,
        "run_id": TEXT,
        "saved_at": INSTANT,
    }
)
_LEDGER_COUNTS = ("listed", "new_stories", "new_versions", "duplicates", "rejected", "dropped")
LEDGER = pa.schema(
    {
        "run_id": TEXT,
        "source_id": TEXT,
        "loaded_at": INSTANT,
        **dict.fromkeys(_LEDGER_COUNTS, pa.int64()),
    }
)
BACKFILLS = pa.schema(
    {
        "backfill_id": KEY,
        "source_id": TEXT,
        "root": TEXT,
        "first_day": pa.date32(),
        "last_day": pa.date32(),
        "program": TEXT,
        "planned_at": INSTANT,
    }
)
BACKFILL_INPUTS = pa.schema({"backfill_id": KEY, "path": TEXT, "bytes": pa.int64(), "sha256": TEXT})
PARTITIONS = pa.schema(
    {
        "backfill_id": KEY,
        "seq": INT,
        "kind": TEXT,
        "places": pa.list_(TEXT),
        "opens_at": pa.int64(),
        "skips": pa.int64(),
        "bytes": pa.int64(),
        "stories": pa.int64(),
    }
)
PARTITION_ENDS = pa.schema(
    {
        "backfill_id": KEY,
        "seq": INT,
        "seconds": REAL,
        "run_id": TEXT,
        "ended_at": INSTANT,
        **dict.fromkeys(_LEDGER_COUNTS, pa.int64()),
    }
)
AGENCY = pa.schema({"agency_key": TEXT, "name": TEXT, "home": TEXT, "tz": TEXT})
CANDIDATES = pa.schema({"story_id": KEY, "copy_key": KEY})
ENTRIES = pa.schema({"entry_key": KEY})
LISTINGS = pa.schema({"source_id": TEXT, "sha256": TEXT})
LOCATORS = pa.schema({"source_id": TEXT, "locator": TEXT})
SIGHTINGS = pa.schema([*SCHEMAS["items"], ("story_id", KEY), ("version_id", KEY)])
POLLS = pa.schema(
    {
        "source_id": TEXT,
        "run_id": TEXT,
        "polled_at": INSTANT,
        "url": TEXT,
        "outcome": TEXT,
        "listed": pa.int64(),
        "new": pa.int64(),
        "shared": pa.int64(),
        "gap": pa.bool_(),
        "failures": INT,
        "interval_s": pa.int64(),
        "next_at": INSTANT,
        "listing_sha256": TEXT,
        "detail": TEXT,
    }
)
GAPS = pa.schema(
    {
        "source_id": TEXT,
        "run_id": TEXT,
        "since": INSTANT,
        "until": INSTANT,
        "sitemap": TEXT,
        "listed": pa.int64(),
        "filled": pa.int64(),
        "detail": TEXT,
    }
)
REDIRECTS = pa.schema(
    {"source_id": TEXT, "url": TEXT, "target": TEXT, "run_id": TEXT, "seen_at": INSTANT}
)
ROBOTS = pa.schema(
    {
        "origin": TEXT,
        "fetched_at": INSTANT,
        "expires_at": INSTANT,
        "status": INT,
        "body": TEXT,
    }
)
ASKED = pa.schema({"story_id": KEY})
LINKS = pa.schema(
    {
        "from_story": KEY,
        "to_story": KEY,
        "relation": TEXT,
        "evidence": TEXT,
        "score": REAL,
        "trimmed": REAL,
        "credited": pa.bool_(),
        "running": pa.bool_(),
        "decided_at": INSTANT,
    }
)
GROUPS = pa.schema({"story_id": KEY, "kind": TEXT, "root_id": KEY, "original_id": KEY})
EARLIER = pa.schema({"version_id": KEY, "received_at": INSTANT, "item_id": KEY})
CHANGES = pa.schema(
    {
        "version_id": KEY,
        "seq": INT,
        "kind": TEXT,
        "paragraph": INT,
        "before": TEXT,
        "after": TEXT,
    }
)
VERSIONS_ASKED = pa.schema({"version_id": KEY})
NOTICES = pa.schema(
    {
        "notice_story": KEY,
        "notice_version": KEY,
        "action": TEXT,
        "noticed_at": INSTANT,
        "agency": TEXT,
        "quoted": TEXT,
        "reference": TEXT,
        "slug": TEXT,
        "day": pa.date32(),
        "target_story": KEY,
        "held": pa.bool_(),
        "evidence": TEXT,
        "score": REAL,
    }
)
