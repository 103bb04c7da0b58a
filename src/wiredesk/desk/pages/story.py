"""A story: its text with what was read in colour, and beside it what was read, as facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from wiredesk.database import Database
from wiredesk.desk.asking import ask
from wiredesk.desk.controls import Asked, Control, key
from wiredesk.desk.html import (
    Column,
    Markup,
    Row,
    chip,
    empty,
    facts,
    join,
    link,
    moment,
    number,
    section,
    share,
    table,
    tag,
    words,
)
from wiredesk.desk.pages.headlines import NO_HEADLINE, labels, story_link
from wiredesk.desk.spans import legend, marked, spans_of

TITLE = "Story"
BASES = {
    "explicit": "said so",
    "group": "said of the list it stands in",
    "clause": "said of the whole clause",
    "name": "the desk's own name",
    "via": "sent through there",
}
KINSHIP = {"cluster": "Copies of the same story", "chain": "The running story"}


def controls(found: Database, asked: Asked) -> Sequence[Control]:
    """None: the address says which story."""
    del found, asked
    return ()


def body(found: Database, chosen: Asked) -> Sequence[Markup]:
    """The story at the version asked for, else at its latest."""
    story = key(chosen.get("story"))
    versions = ask(found, "versions", story=story) if story is not None else []
    if not versions:
        return (empty("There is no such story.", join("Pick one from ", link("the wire", "wire"))),)
    wanted = key(chosen.get("version"))
    row = next((row for row in versions if row["version_id"] == wanted), versions[0])
    version = ask(found, "version", version=row["version_id"], at=row["version_at"])[0]
    return (
        _head(version, versions, ask(found, "notices", story=story)),
        tag(
            "div",
            tag("article", *_text(found, version), class_="wd-copy"),
            tag("aside", *_facts(found, version, versions), class_="wd-rail"),
            class_="wd-columns",
        ),
    )


def _head(version: Row, versions: Sequence[Row], notices: Sequence[Row]) -> Markup:
    meta = join(
        moment(version["version_at"]),
        tag("span", version["agency"] or version["publisher"], class_="wd-agency"),
        labels(version),
        chip(words(version["genre"])) if version["genre"] else None,
    )
    return tag(
        "header",
        tag("div", meta, class_="wd-meta"),
        tag("h1", version["headline"] or NO_HEADLINE),
        *_warnings(version, versions, notices),
        class_="wd-title",
    )


def _warnings(version: Row, versions: Sequence[Row], notices: Sequence[Row]) -> list[Markup]:
    """What an editor must know before anything else."""
    found = []
    if version["version_id"] != versions[0]["version_id"]:
        latest = link("The latest", "story", story=version["story_id"])
        found.append(join("This is an earlier version. ", latest, " differs."))
    if version["pub_status"] != "usable":
        found.append(join(f"Not for use: {words(version['pub_status'])}."))
    if version["embargo_until"] is not None:
        found.append(join("Under embargo until ", moment(version["embargo_until"]), "."))
    for notice in notices:
        if notice["action"] in {"withdrawal", "hold"} and not notice["held"]:
            when = moment(notice["noticed_at"])
            advisory = link("an advisory", "story", story=notice["notice_story"])
            found.append(
                join("Not for use: ", words(notice["action"]), " by ", advisory, ", ", when)
            )
    return [tag("p", said, class_="wd-warning") for said in found]


def _text(found: Database, version: Row) -> list[Markup]:
    which = version["version_id"]
    spans = spans_of(
        version,
        ask(found, "paragraphs", version=which),
        ask(found, "quotes", version=which),
        ask(found, "credits", version=which),
        ask(found, "instruments", version=which),
    )
    source = version["source_text"]
    blank = len(source) - len(source.lstrip())
    shifted = [replace(s, start=s.start - blank, end=s.end - blank) for s in spans]
    return [legend(spans), tag("div", marked(source[blank:], shifted), class_="wd-text")]


def _facts(found: Database, version: Row, versions: Sequence[Row]) -> list[Markup]:
    which = version["version_id"]
    return [
        _credits(ask(found, "credits", version=which)),
        _places(ask(found, "places", version=which)),
        _versions(version, versions),
        *_kin(ask(found, "kin", story=version["story_id"])),
        *_issues(ask(found, "issues", version=which)),
        _about(version),
    ]


def _credits(rows: Sequence[Row]) -> Markup:
    columns = (
        Column("Who", lambda r: r["name"]),
        Column("Role", lambda r: words(r["role"])),
        Column("Where", _where),
        Column("Why there", lambda r: BASES.get(r["basis"], words(r["basis"]))),
    )
    if not rows:
        return section("Credits", tag("p", "The copy has no sign-off.", class_="wd-note"))
    return section("Credits", table(columns, rows))


def _where(row: Row) -> str:
    place = row["place"] or ""
    return f"{row['relation']} {place}" if row["relation"] and place else place


def _places(rows: Sequence[Row]) -> Markup:
    columns = (
        Column("Printed", lambda r: r["raw"]),
        Column("Place", lambda r: ", ".join(filter(None, (r["name"], r["admin1"], r["country"])))),
        Column("Told by", lambda r: words(r["method"])),
        Column("Sure", lambda r: share(r["confidence"]), number=True),
    )
    if not rows:
        return section("Places", tag("p", "The copy has no dateline.", class_="wd-note"))
    return section("Places", table(columns, rows))


def _versions(version: Row, versions: Sequence[Row]) -> Markup:
    return section(
        "Versions", tag("ol", *(_version(version, v) for v in versions), class_="wd-list")
    )


def _version(version: Row, row: Row) -> Markup:
    """One line of the versions: when, what it is, and the way to what it changed."""
    story, here = version["story_id"], row["version_id"] == version["version_id"]
    when = moment(row["version_at"])
    changed = link("changes", "diff", story=story, version=row["version_id"])
    return tag(
        "li",
        tag("strong", when)
        if here
        else link(when, "story", story=story, version=row["version_id"]),
        chip(words(row["relation"]), "alert" if row["relation"] == "correction" else ""),
        tag("span", f"{number(row['word_count'])} words", class_="wd-quiet"),
        changed if row["supersedes_id"] is not None else None,
    )


def _kin(rows: Sequence[Row]) -> list[Markup]:
    made = []
    for kind, heading in KINSHIP.items():
        members = [row for row in rows if row["kind"] == kind]
        if members:
            made.append(section(heading, tag("ol", *map(_member, members), class_="wd-list")))
    return made


def _member(row: Row) -> Markup:
    return tag(
        "li",
        story_link(row),
        tag("span", row["publisher"], ", ", moment(row["version_at"]), class_="wd-quiet"),
        chip("original") if row["original"] else None,
    )


def _issues(rows: Sequence[Row]) -> list[Markup]:
    if not rows:
        return []
    said = (tag("li", words(r["code"]), ": " if r["detail"] else "", r["detail"]) for r in rows)
    return [section("Something odd", tag("ul", *said, class_="wd-list"))]


def _about(version: Row) -> Markup:
    return section(
        "About",
        facts(
            ("Slug", version["slug"]),
            ("Standing head", version["standing_head"]),
            ("Editor's note", version["ed_note"]),
            ("Byline", version["byline_raw"]),
            ("Language", version["language"]),
            ("Source", version["source_id"]),
            ("Publisher", version["publisher"]),
            ("Received", moment(version["received_at"])),
            ("Address", version["url"]),
            ("Story", tag("code", version["story_id"])),
        ),
    )
