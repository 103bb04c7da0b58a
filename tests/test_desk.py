"""The desk without a browser: its markup, its statements, what its pages say of the sample wire."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.desk_sample import HOSTILE, SOY, make_sample
from wiredesk.database import HOME, Database
from wiredesk.desk.asking import ask, opened
from wiredesk.desk.controls import Pick
from wiredesk.desk.html import Column, Markup, join, table, tag
from wiredesk.desk.pages import PAGES, sql
from wiredesk.desk.serve import desk_command
from wiredesk.desk.spans import KINDS, Span, marked, pieces
from wiredesk.desk.words import compared
from wiredesk.errors import UserError


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_sample(tmp_path_factory)


@pytest.fixture
def found(snapshot: Path) -> Iterator[Database]:
    with opened(str(snapshot)) as database:
        yield database


def shown(found: Database, page: str, **chosen: str) -> str:
    """The markup of a page, its controls at what was chosen, else where they start."""
    starts = {c.name: c.value for c in PAGES[page].controls(found, chosen)}
    return "".join(
        part for part in PAGES[page].body(found, {**chosen, **starts}) if isinstance(part, Markup)
    )


def plain(markup: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", markup))


def story_named(found: Database, headline: str) -> str:
    rows = found.sql("SELECT story_id FROM wire.versions WHERE contains(headline, $1)", headline)
    return str(rows[0][0])


# -- markup


def test_text_that_looks_like_markup_is_shown_as_its_characters() -> None:
    said = tag("p", "<script>x</script>", Markup("<b>ours</b>"))
    assert said == "<p>&lt;script&gt;x&lt;/script&gt;<b>ours</b></p>"


def test_a_value_cannot_leave_its_attribute() -> None:
    assert tag("a", "x", title='"><img src=x>') == ('<a title="&quot;&gt;&lt;img src=x&gt;">x</a>')


def test_joining_leaves_out_nothing_and_escapes_what_joins() -> None:
    assert join("a", None, "", "b", by=" & ") == "a &amp; b"


def test_a_column_without_a_value_is_left_out_of_a_table() -> None:
    columns = (Column("Who", lambda r: r["who"]), Column("Where", lambda r: r["where"]))
    assert "Where" not in table(columns, [{"who": "A", "where": None}])
    assert "Where" in table(columns, [{"who": "A", "where": "Oslo"}])


# -- spans

SPANS = st.lists(
    st.builds(Span, st.integers(-5, 60), st.integers(-5, 60), st.sampled_from(sorted(KINDS)))
)


@given(st.text(max_size=50), SPANS)
def test_the_pieces_are_the_text_whatever_the_spans(source: str, spans: list[Span]) -> None:
    assert "".join(piece for piece, _ in pieces(source, spans)) == source


@given(st.text("ab<>&\"' \n", max_size=50), SPANS)
def test_the_marked_text_reads_as_the_text(source: str, spans: list[Span]) -> None:
    assert plain(marked(source, spans)) == source


def test_the_innermost_span_gives_the_colour() -> None:
    spans = [Span(0, 24, "signoff"), Span(14, 23, "credit", "reporting")]
    told = [
        (piece, over and over.kind) for piece, over in pieces("(Reporting by Ada Marsh)", spans)
    ]
    assert told == [("(Reporting by ", "signoff"), ("Ada Marsh", "credit"), (")", "signoff")]


def test_words_that_went_are_struck_and_words_that_came_underlined() -> None:
    assert compared("up 46.7 percent", "up 47.6 percent") == (
        "up <del>46.7</del><ins>47.6</ins> percent"
    )


# -- pages


def test_every_page_says_something_of_the_sample(found: Database) -> None:
    for page in PAGES:
        assert plain(shown(found, page)).strip(), page


def test_every_page_says_what_to_do_where_there_is_nothing(tmp_path: Path) -> None:
    from wiredesk.warehouse import Warehouse

    path = str(tmp_path / "empty.duckdb")
    Warehouse(path).db.close()
    with opened(path) as nothing:
        for page in PAGES.keys() - {"sql"}:
            assert "wd-empty" in shown(nothing, page), page


@pytest.mark.parametrize(
    ("chosen", "headline"),
    [
        ({"words": "crop soy"}, SOY),
        ({"agency": "AFP", "place": "suva"}, "Fiji's storm-hit sugar mill"),
        ({"person": "irazusta"}, SOY),
        ({"label": "CORRECTED"}, SOY),
        ({"place": "AR"}, SOY),
        ({"day": "2026-05-05", "words": "soy"}, SOY),
    ],
)
def test_the_wire_shows_what_its_filters_let_through(
    found: Database, chosen: dict[str, str], headline: str
) -> None:
    said = plain(shown(found, "wire", **chosen))
    assert headline in said
    assert "Night ferry" not in said


def test_the_wire_says_so_where_no_story_is_like_that(found: Database) -> None:
    assert "No story is like that" in shown(found, "wire", words="zeppelin")


def test_a_filter_that_no_one_offered_is_not_used(found: Database) -> None:
    agency = next(
        c for c in PAGES["wire"].controls(found, {"agency": "x' OR 1"}) if c.name == "agency"
    )
    assert isinstance(agency, Pick)
    assert not agency.value


def test_a_story_is_shown_with_all_that_was_read(found: Database) -> None:
    said = shown(found, "story", story=story_named(found, SOY))
    assert '<mark class="wd-s wd-is-dateline" title="dateline">ROSARIO, Argentina' in said
    assert 'title="credit: reporting">Facundo Irazusta</mark>' in said
    text = plain(said)
    for fact in ("Rosario, AR-S, AR", "47.6 million", "correction", "Edith Marlowe"):
        assert fact in text


def test_an_earlier_version_says_that_it_is_one(found: Database) -> None:
    story = story_named(found, SOY)
    first = found.sql(
        "SELECT version_id FROM wire.versions WHERE story_id = $1 AND relation = 'new'", int(story)
    )
    said = plain(shown(found, "story", story=story, version=str(first[0][0])))
    assert "This is an earlier version" in said
    assert "46.7 million" in said


@pytest.mark.parametrize("page", ["wire", "story", "diff", "bylines", "sql"])
def test_hostile_copy_is_nothing_but_characters(found: Database, page: str) -> None:
    story = story_named(found, "Ministers")
    said = shown(found, page, story=story, sql="SELECT source_text, headline FROM wire.versions")
    assert not re.search(r"<(script|img|b|i)\b", said)
    if page == "story":
        assert str(HOSTILE["text"]).split("\n\n")[0] in plain(said)


def test_a_story_that_is_not_there_leads_back_to_the_wire(found: Database) -> None:
    for key in ("", "1", "x", "9" * 30):
        assert "There is no such story" in shown(found, "story", story=key)


def test_the_changes_of_a_correction_stand_word_by_word(found: Database) -> None:
    said = shown(found, "diff", story=story_named(found, SOY))
    assert "<del>46.7</del><ins>47.6</ins>" in said
    assert "9 paragraphs unchanged" in said


def test_places_are_counted_in_the_months_asked_for(found: Database) -> None:
    said = plain(shown(found, "datelines", since="2026-05", until="2026-05"))
    assert "Suva" in said
    assert "Helsinki" not in said


def test_people_are_counted_in_the_role_asked_for(found: Database) -> None:
    assert "Facundo Irazusta" in shown(found, "bylines", role="reporting", person="irazusta")
    assert "Facundo Irazusta" not in shown(found, "bylines", role="editing")


def test_the_ledger_balances_for_every_source_and_hour(found: Database) -> None:
    parts = ("new_stories", "new_versions", "duplicates", "rejected", "dropped")
    rows = ask(found, "sources") + ask(found, "ledger", source=None)
    assert rows
    assert all(row["listed"] == sum(row[part] for part in parts) for row in rows)


def test_rejects_are_shown_with_their_reason(found: Database) -> None:
    assert "413 bytes that are not text" in shown(found, "sources")


def test_reprints_say_who_carried_what_and_how_much_of_it(found: Database) -> None:
    listed = shown(found, "reprints")
    story = re.search(r"story=(-?\d+)", listed)
    assert story
    said = plain(shown(found, "reprints", story=story[1]))
    assert "carried first" in said
    assert "%" in said


# -- SQL of one's own


def test_a_statement_gives_its_rows_also_as_csv(found: Database) -> None:
    result = sql.run(found, "SELECT 1 AS a, 'x,y' AS b")
    assert result.rows == ((1, "x,y"),)
    assert result.csv() == b'a,b\r\n1,"x,y"\r\n'


def test_more_rows_than_the_limit_are_cut_and_it_says_so(found: Database) -> None:
    said = plain(shown(found, "sql", sql="SELECT * FROM range(1000000)"))
    assert "the first 10,000 rows, 200 of them shown" in said


def test_every_example_runs(found: Database) -> None:
    for statement in sql.EXAMPLES.values():
        assert sql.run(found, statement).columns


def test_a_wrong_statement_shows_what_duckdb_says(found: Database) -> None:
    assert "Referenced column" in plain(shown(found, "sql", sql="SELECT nope FROM wire.versions"))


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE x (a INTEGER)",
        "COPY (SELECT 1) TO '/tmp/x.csv'",
        "SELECT 1; SELECT 2",
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT * FROM read_csv('/etc/passwd')",
        "EXPLAIN ANALYZE COPY (SELECT 1) TO '/tmp/x.csv'",
        "SET threads = 1",
        "ATTACH '/tmp/x.duckdb'",
    ],
)
def test_a_statement_that_does_more_than_read_is_refused(found: Database, statement: str) -> None:
    with pytest.raises(sql.Refused):
        sql.run(found, statement)


def test_a_statement_that_takes_too_long_is_stopped(
    found: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sql, "SECONDS", 0.2)
    with pytest.raises(sql.Refused, match="took longer"):
        sql.run(found, "SELECT sum(hash(a.range, b.range)) FROM range(1000000) a, range(1000000) b")
    assert sql.run(found, "SELECT 1").rows == ((1,),)


# -- the house


def test_every_statement_of_the_desk_says_its_grain_and_is_asked() -> None:
    pages = (HOME.parent / "src" / "wiredesk" / "desk").rglob("*.py")
    source = "".join(path.read_text("utf-8") for path in pages)
    for path in (HOME / "desk").glob("*.sql"):
        assert path.read_text("utf-8").startswith("-- grain: "), path.name
        assert f'"{path.stem}"' in source, path.name


def test_what_cannot_be_opened_is_told_in_a_line(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="nothing is there"):
        desk_command(str(tmp_path / "none"), host="127.0.0.1", port=0, browser=False)
    (tmp_path / "half").mkdir()
    with pytest.raises(UserError):
        desk_command(str(tmp_path / "half"), host="127.0.0.1", port=0, browser=False)
