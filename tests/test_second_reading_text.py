"""A second reading of the formats in text and JSON, by other means, field by field.

What is compared is said by each reader below: it takes the fields from the raw bytes with string
methods and the standard library's json, email and mailbox, and none of the package's parsers.  It
reads our golden files always, and real ones where they lie beside the project.
"""

from __future__ import annotations

import email
import json
import mailbox
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import pytest

from tests.test_formats import GOLDEN, INPUTS, parsed
from wiredesk import formats
from wiredesk.formats.json_opening import ESCAPE
from wiredesk.model import Item

REAL = Path(__file__).parents[2] / "shared" / "corpora" / "agency-files"
MONTHS = "jan feb mar apr mai jun jul aug sep okt nov dez".split()
Fields = dict[str, Any]


def by_lines_iptc7901(body: bytes) -> Iterator[Fields]:
    """id, urgency, category, version time, last line of the headings, first and last words."""
    text = body.decode("utf-8", "ignore").replace("\r", "")
    lines = [line.strip("\x01\x02\x03\x04\x7f ") for line in text.split("\n")]
    lines = [line for line in lines if line]
    service, urgency, category, *_ = lines[0].split()
    clock, *zone, month, year = lines[-1].split()
    number = (
        MONTHS.index(
            month.lower().replace("may", "mai").replace("oct", "okt")[:3].replace("dec", "dez")
        )
        + 1
    )
    at = datetime(
        2000 + int(year), number, int(clock[:2]), int(clock[2:4]), int(clock[4:]), tzinfo=UTC
    )
    end = next(n for n, line in enumerate(lines) if line.endswith("="))
    above = [line.rstrip(" =") for line in lines[1 : end + 1]]
    yield {
        "id": f"{service}-{at:%Y%m%d}",
        "urgency": int(urgency),
        "category": category,
        "published": at if zone else None,  # else in the zone of its agency
        "headline": [line for line in above if not line.startswith("By ")][-1],
        "words": " ".join(lines[end + 1 : -1]).split(),
    }


def by_lines_anpa1312(body: bytes) -> Iterator[Fields]:
    """id, priority, category, version time, byline, last words of the copy."""
    text = body.decode("latin-1")
    first, second = text.split("\n")[:2]
    month, day, year = re.findall(r"\d\d", text.split("\x03")[1].split(" ")[0])
    hour, minute = map(int, re.findall(r"(\d\d)(\d\d)GMT", text)[-1])
    at = datetime(2000 + int(year), int(month), int(day), hour, minute, tzinfo=UTC)
    tabbed = [line.strip(" \t\r<=") for line in text.split("\n") if line.startswith("\t")]
    signed = [line.strip("^\r =") for line in text.split("\n") if line.startswith("^By ")]
    yield {
        "id": f"{first.strip(chr(22) + chr(1)).split(chr(31))[0]}-{at:%Y%m%d}",
        "priority": second[0],
        "category": second[2],
        "published": at,
        "byline": signed[0] if signed else None,
        "last": [line for line in tabbed if line and line[0] != "\x03"][-1:],
    }


def by_json(body: bytes) -> Iterator[Fields]:
    """uri, version, times, headline, byline, language, status, urgency, words of the copy."""
    text = body.decode("utf-8-sig")
    mended = ESCAPE.sub(lambda found: found[0] if len(found[0]) > 1 else "", text)
    lines = text.splitlines()
    one_a_line = len(lines) > 1 and lines[0].endswith("}")
    values = (
        [json.loads(line) for line in lines if line.endswith("}")]
        if one_a_line
        else [json.loads(mended, strict=False)]
    )
    for value in values:
        data = value.get("data", value) if isinstance(value, dict) else value
        found = data if isinstance(data, list) else data.get("items") or data.get("item") or data
        for each in found if isinstance(found, list) else [found]:
            item = each.get("item", each)
            if item.get("type", "text") in {"text", "story"} or (
                item.get("type") == "composite" and "groups" not in item
            ):
                yield _of_json(item)


def _of_json(item: Fields) -> Fields:
    names = {key.lower().replace("_", ""): value for key, value in item.items()}
    bodies = {b["role"]: b.get("value", "") for b in names.get("bodies", [])}
    copy = " ".join(
        [str(v) for k, v in names.items() if k.startswith("body")] + list(bodies.values())
    )
    heads = {h.get("role", "main"): h["value"] for h in names.get("headlines", [])}
    version = names.get("version")
    return {
        "id": names.get("altids", {}).get("itemid") or names.get("guid") or names["uri"],
        "version": None if version is None else str(version),
        "updated": _instant(names.get("versioncreated")),
        "headline": (names.get("headline") or names.get("headlinemain") or heads.get("main")),
        "language": names.get("language"),
        "canceled": names.get("pubstatus") == "canceled",
        "urgency": names["urgency"] and int(names["urgency"]) if "urgency" in names else None,
        "copy": set(re.findall(r"\w{4,}", re.sub(r"<[^<>]+>|&\w+;", " ", copy))),
    }


def _instant(raw: str | None) -> datetime | None:
    at = datetime.fromisoformat(raw) if raw else None
    return at.replace(tzinfo=UTC) if at and at.tzinfo is None else at and at.astimezone(UTC)


def by_mailbox(body: bytes) -> Iterator[Fields]:
    """Message-ID, Subject, Date."""
    body = body.lstrip()
    letters = [email.message_from_bytes(body)]
    if body.startswith(b"From "):
        parts = re.split(rb"(?m)^From .*\n", body)[1:]
        letters = [mailbox.mboxMessage(email.message_from_bytes(part)) for part in parts]
    for letter in letters:
        yield {
            "id": letter["Message-ID"].strip("<>"),
            "subject": " ".join(str(make_header(decode_header(letter["Subject"]))).split()),
            "published": parsedate_to_datetime(letter["Date"]).astimezone(UTC),
        }


def agree_iptc7901(item: Item, other: Fields) -> None:
    assert item.id == other["id"]
    assert item.urgency == other["urgency"]
    assert [s.code for s in item.subjects] == [other["category"]]
    assert item.published == (other["published"] or item.published)
    assert (item.title or "").split("\n")[-1] == other["headline"]
    assert item.body.split()[:10] == other["words"][:10]
    assert item.body.split()[-3:] == other["words"][-3:]


def agree_anpa1312(item: Item, other: Fields) -> None:
    assert item.id == other["id"]
    assert item.priority == other["priority"]
    assert [s.code for s in item.subjects] == [other["category"]]
    assert item.published == other["published"]
    assert (item.byline or "").startswith(other["byline"] or "")
    for line in other["last"]:
        assert item.body.strip().split("\n")[-1].strip() == line


def agree_ninjs(item: Item, other: Fields) -> None:
    assert item.id == other["id"]
    assert item.version == other["version"]
    assert item.updated == other["updated"]
    assert item.language == other["language"]
    assert item.urgency == other["urgency"]
    assert (item.pub_status == "canceled") == other["canceled"]
    if other["headline"]:
        assert item.title == other["headline"]
    if other["copy"] and not any(issue.code == "body_missing" for issue in item.issues):
        words = set(re.findall(r"\w{4,}", re.sub(r"<[^<>]+>|&\w+;", " ", item.body)))
        assert len(words - other["copy"]) <= len(words) * 0.02


def agree_mail(item: Item, other: Fields) -> None:
    assert item.id == other["id"]
    assert item.published == other["published"]
    assert dict(item.provenance)["headline"] == "mail form" or item.title == other["subject"]


READERS: dict[str, tuple[Callable[[bytes], Iterator[Fields]], Callable[[Item, Fields], None]]] = {
    "iptc7901": (by_lines_iptc7901, agree_iptc7901),
    "anpa1312": (by_lines_anpa1312, agree_anpa1312),
    "ninjs": (by_json, agree_ninjs),
    "mail": (by_mailbox, agree_mail),
}
OURS = [
    path
    for path in INPUTS
    if path.relative_to(GOLDEN).parts[0] in READERS and path.stem not in {"kyodo", "event"}
]


def both_agree(path: Path) -> int:
    """The number of stories in which the two readings agree; an assertion fails where not."""
    body = path.read_bytes()
    name = formats.guess(body)
    batch = parsed(body, name)
    read, agree = READERS[name]
    if not len(batch):
        return 0
    again = list(read(body))
    assert len(batch) == len(again)
    for item, other in zip(batch, again, strict=True):
        agree(item, other)
    return len(batch)


@pytest.mark.parametrize("path", OURS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_our_own_copy_reads_the_same_by_other_means(path: Path) -> None:
    assert both_agree(path) or path.stem == "copyright-page"


@pytest.mark.skipif(not REAL.is_dir(), reason="no folder of real agency files beside the project")
def test_thirty_real_files_read_the_same_by_other_means() -> None:
    files = [path for path in sorted(REAL.iterdir()) if path.is_file()]
    agreed = 0
    for path in files:
        if formats.guess(path.read_bytes()) in READERS:
            agreed += bool(both_agree(path))
    assert agreed >= 30
