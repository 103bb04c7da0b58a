"""Full text: what a question finds, how it is marked, and how the index follows the snapshots."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.console import Console

from wiredesk.database import Database
from wiredesk.errors import UserError
from wiredesk.fetch.files import captures
from wiredesk.ingest import Run, new_run_id
from wiredesk.model import Source
from wiredesk.parallel import Workers
from wiredesk.publish import publish
from wiredesk.search import INDEX_FORMAT, refresh, search
from wiredesk.search.index import LOCKS
from wiredesk.search.query import Either, Every, Words, parsed
from wiredesk.search.snippets import LENGTH, marked, snippet
from wiredesk.search_commands import print_hits, search_command
from wiredesk.warehouse import Warehouse

NOON = datetime(2026, 5, 5, 12, tzinfo=UTC)
ROWS = pa.schema(
    {
        "version_id": pa.int64(),
        "story_id": pa.int64(),
        "version_at": pa.timestamp("us", "UTC"),
        "embargo_until": pa.timestamp("us", "UTC"),
        "agency": pa.string(),
        "headline": pa.string(),
        "body": pa.string(),
        "persons": pa.list_(pa.string()),
        "places": pa.list_(pa.string()),
        "countries": pa.list_(pa.string()),
    }
)


@dataclass(frozen=True, slots=True)
class Doc:
    """A current version as publishing hands it over."""

    version_id: int
    body: str
    headline: str | None = None
    story_id: int = 0
    version_at: datetime = NOON
    embargo_until: datetime | None = None
    agency: str | None = "Reuters"
    persons: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()


def batch(docs: Iterable[Doc]) -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist([asdict(doc) for doc in docs], schema=ROWS)


class Shelf(Database):
    """Versions in DuckDB and their index in a folder: what search asks of a snapshot."""

    def __init__(self, folder: Path, docs: Iterable[Doc]) -> None:
        super().__init__(":memory:")
        self.folder = folder
        kept = pa.Table.from_batches([batch(docs)])
        self.db.execute("CREATE SCHEMA data")
        self.db.register("kept", kept)
        self.db.execute(
            "CREATE TABLE data.versions AS SELECT *, 'OSLO (Reuters) -' AS dateline_raw,"
            " NULL::VARCHAR AS url FROM kept"
        )
        self.db.execute("CREATE SCHEMA mart")
        self.db.execute(
            "CREATE TABLE mart.bylines AS"
            " SELECT version_id, version_at, unnest(persons) AS name FROM kept"
        )

    def search_folder(self) -> Path:
        return self.folder


_numbers = count()


def shelf(tmp_path: Path, *docs: Doc) -> Shelf:
    folder = tmp_path / f"search{next(_numbers)}"
    folder.mkdir()
    refresh(None, folder, [], [batch(docs)])
    return Shelf(folder, docs)


def found(snapshot: Shelf, words: str, **limits: Any) -> list[int]:
    """The ids of the stories found, the best first."""
    now = limits.pop("now", NOON)
    return [hit.version_id for hit in search(snapshot, words, now=now, **limits).hits]


# -- what is found


PORTS = (
    Doc(1, "Dockers in Málaga walked out. The port is closed.", "Strike shuts Málaga port"),
    Doc(2, "The port of Lodz has no sea. A strike there is a joke.", "A joke from Łódź"),
    Doc(-3, "Striking crane drivers met Gary Peters, no port was named.", "Crane drivers meet"),
    Doc(4, "Peter opened the Straße. The bank, central to it all, was shut.", "A street opens"),
    Doc(5, "The central bank raised rates, Ms. O’Brien said.", "Rates rise"),
)


@pytest.fixture(scope="module")
def ports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    with shelf(tmp_path_factory.mktemp("ports"), *PORTS) as made:
        yield made


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("Malaga", {1}),
        ("MÁLAGA", {1}),
        ("łódź", {2}),
        ("lodz", {2}),
        ("strasse", {4}),
        ("Ma\u0301laga", {1}),  # the accent as a mark of its own
        ("port strike", {1, 2, -3}),  # all words, their inflections too
        ("Strike port", {1, 2}),  # a capital: the word itself
        ("Peters", {-3}),
        ("peters", {-3, 4}),
        ('"central bank"', {5}),
        ("central bank", {4, 5}),
        ("“central bank”", {5}),
        ("port -joke", {1, -3}),
        ("port NOT joke", {1, -3}),
        ("Malaga OR Lodz", {1, 2}),
        ("port Malaga OR Peters", {1, -3}),
        ("(port joke) OR O'Brien", {2, 5}),
        ("port AND Malaga", {1}),
        ("port -(joke OR Malaga)", {-3}),
        ("rate", {5}),
        ("raise", {5}),
        ("unheard-of", set()),
        ("Malaga (dockers) -", {1}),
        ("the port of Lodz", {2}),  # words of every story are passed over
        ("the joke OR and", {2}),
        ("port -the", {1, 2, -3}),
        ('"the port is"', {1}),  # but stand in a phrase
        ('"port of"', {2}),
        ('"of port"', set()),
        ('"joke the port"', set()),  # from a headline into the body
        ('port -"crane drivers"', {1, 2}),
        ('port -"drivers crane"', {1, 2, -3}),
        ('port -("port of" OR "crane drivers")', {1}),
        ('port -(dockers "walked out")', {2, -3}),
        ('"central bank" OR joke', {2, 5}),
        ('"bank central" OR joke', {2, 4}),
        ("o'brien", {5}),
        ("brien-o", set()),
    ],
)
def test_a_question_finds_the_stories_that_hold_its_words(
    ports: Shelf, words: str, ids: set[int]
) -> None:
    assert set(found(ports, words)) == ids


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("", "at least one word"),
        (" - ", "at least one word"),
        ("-port", "at least one word"),
        ("port (-joke)", "at least one word"),
        ('""', "at least one word"),
        ("the of", "at least one word"),
        ('"to be"', "at least one word"),
        ('"central bank', "quotation mark"),
        ("(port", "opened and not closed"),
        ("port)", "never opened"),
        ("OR port", "both sides"),
        ("port OR", "both sides"),
        ("port NOT", "both sides"),
        ("port OR -joke", "beside OR"),
        ("-joke OR port", "beside OR"),
        ("(" * 400 + "port" + ")" * 400, "deep"),
        ("port " * 400, "1,000 characters"),
    ],
)
def test_a_question_that_cannot_be_read_is_answered_in_one_line(
    ports: Shelf, words: str, says: str
) -> None:
    with pytest.raises(UserError, match=says) as no:
        found(ports, words)
    assert "\n" not in str(no.value)


@given(st.text(alphabet='ab "()-“ORANDT\u0301東*:^~[]{}/\\+!', max_size=40))
@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_is_typed_gives_hits_or_one_clear_line(ports: Shelf, words: str) -> None:
    try:
        found(ports, words)
    except UserError as no:
        assert "\n" not in str(no)


def test_a_question_has_a_tree() -> None:
    assert parsed('oil OR gas -"price cap" pipe-line') == Every(
        (Either((Words("oil"), Words("gas"))), Words("pipe-line")),
        (Words("price cap", exact=True),),
    )


def test_a_headline_weighs_more_than_the_body_and_more_mentions_more_than_one(
    tmp_path: Path,
) -> None:
    filler = "The council met on Monday and heard from nine people about the new budget. " * 3
    docs = (
        Doc(1, filler + "A ferry was mentioned."),
        Doc(2, filler + "A ferry was mentioned.", "Ferry runs aground"),
        Doc(3, filler + "The ferry met another ferry."),
    )
    with shelf(tmp_path, *docs) as made:
        assert found(made, "ferry") == [2, 3, 1]


def test_what_was_typed_stands_before_its_inflections(tmp_path: Path) -> None:
    docs = (Doc(1, "They were cutting and cuts came."), Doc(2, "They said a cut came and went."))
    with shelf(tmp_path, *docs) as made:
        assert found(made, "cut") == [2, 1]


def test_words_that_only_share_a_stem_are_not_inflections(tmp_path: Path) -> None:
    docs = (Doc(1, "A university opened."), Doc(2, "A universe opened."), Doc(3, "All universes."))
    with shelf(tmp_path, *docs) as made:
        assert set(found(made, "universe")) == {2, 3}


def test_chinese_and_japanese_are_found_without_spaces_between_their_words(tmp_path: Path) -> None:
    docs = (Doc(1, "東京で大雨が降った。"), Doc(2, "京東は上場した。"), Doc(3, "서울에서 비"))
    with shelf(tmp_path, *docs) as made:
        assert found(made, "東京") == [1]
        assert found(made, "서울에서") == [3]


# -- limits


SIGNED = (
    Doc(1, "rain", places=("SÃO PAULO", "São Paulo"), countries=("BR",), agency="Reuters",
        persons=("Íngrid Solvang", "Ole Brumm"), version_at=NOON - timedelta(days=3)),
    Doc(2, "rain", places=("OSLO", "Oslo", "LA"), countries=("NO", "US"), agency="AFP",
        persons=("Ingrid Brumm",), version_at=NOON - timedelta(days=2)),
    Doc(3, "rain", places=("ST. LOUIS", "St Louis"), countries=("US",), agency=None,
        persons=("María de la Cruz Soto",), version_at=NOON),
)  # fmt: skip


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    with shelf(tmp_path_factory.mktemp("signed"), *SIGNED) as made:
        yield made


@pytest.mark.parametrize(
    ("limits", "ids"),
    [
        ({"place": "Sao Paulo"}, {1}),
        ({"place": "paulo"}, set()),
        ({"place": "NO"}, {2}),
        ({"place": "no"}, {2}),
        ({"place": "Norway"}, {2}),
        ({"place": "LA"}, {2}),  # as printed; Laos has none
        ({"place": "Saint Louis"}, {3}),
        ({"person": "solvang"}, {1}),
        ({"person": "Ingrid Solvang"}, {1}),
        ({"person": "ingrid"}, {1, 2}),
        ({"person": "Maria de la Cruz Soto"}, {3}),  # longer than one term
        ({"person": "la cruz"}, {3}),
        ({"person": "Maria Cruz"}, set()),
        ({"person": "Solvang Ole"}, set()),  # two people, side by side in the list
        ({"agency": "reuters"}, {1}),
        ({"since": "2026-05-03"}, {2, 3}),
        ({"until": "2026-05-03"}, {1, 2}),  # the whole of that day
        ({"since": "2026-05-03T12:00:01Z"}, {3}),
        ({"since": "2026-05-03", "until": "2026-05-04"}, {2}),
        ({"place": "US", "until": "2026-05-04", "agency": "AFP"}, {2}),
        ({"place": ""}, {1, 2, 3}),
    ],
)
def test_limits_narrow_what_is_found(signed: Shelf, limits: dict[str, str], ids: set[int]) -> None:
    assert set(found(signed, "rain", **limits)) == ids


def test_limits_do_not_change_the_ranking(signed: Shelf) -> None:
    free, limited = (
        {hit.version_id: hit.score for hit in search(signed, "rain", now=NOON, **limits).hits}
        for limits in ({}, {"place": "US"})
    )
    assert limited == {story: free[story] for story in limited}


@pytest.mark.parametrize(
    ("limits", "says"),
    [
        ({"since": "yesterday"}, "--since 'yesterday' is not a date; write it as"),
        ({"until": "9999-12-31"}, "is not a date"),
        ({"person": "…"}, "is no name"),
        ({"limit": 0}, "1 to 1,000 stories"),
        ({"limit": 5000}, "1 to 1,000 stories"),
    ],
)
def test_a_wrong_limit_is_named(signed: Shelf, limits: dict[str, Any], says: str) -> None:
    with pytest.raises(UserError, match=says):
        found(signed, "rain", **limits)


def test_a_story_is_found_when_its_embargo_ends(tmp_path: Path) -> None:
    with shelf(tmp_path, Doc(1, "rain", embargo_until=NOON), Doc(2, "rain")) as made:
        assert found(made, "rain", now=NOON - timedelta(seconds=1)) == [2]
        assert set(found(made, "rain", now=NOON)) == {1, 2}


def test_times_that_the_index_cannot_hold_are_the_furthest_that_it_can(tmp_path: Path) -> None:
    far = datetime(2999, 1, 1, tzinfo=UTC)
    docs = (Doc(1, "rain", embargo_until=far), Doc(2, "rain", version_at=far))
    with shelf(tmp_path, *docs) as made:
        assert found(made, "rain") == [2]
        assert found(made, "rain", since="0001-01-01", until="2261-01-01") == []


def test_the_time_of_a_hit_is_exact(tmp_path: Path) -> None:
    at = datetime(1969, 7, 20, 20, 17, 40, 123457, tzinfo=UTC)
    with shelf(tmp_path, Doc(1, "rain", version_at=at)) as made:
        assert [hit.version_at for hit in search(made, "rain", now=NOON).hits] == [at]


def test_bytes_that_are_no_text_are_words_that_no_story_holds(signed: Shelf) -> None:
    limits = {"place": "\udcff", "person": "a\udcff", "agency": "\udcff"}
    assert found(signed, "rain \udcff", **limits) == []


def test_how_many_stories_there_are_is_said_beside_the_best(ports: Shelf) -> None:
    answer = search(ports, "port", limit=1, now=NOON)
    assert answer.stories == 3
    assert len(answer.hits) == 1


def test_a_phrase_is_looked_for_among_the_best_that_hold_its_words(tmp_path: Path) -> None:
    apart = [Doc(n, "The port has seen no strike.") for n in range(30)]
    docs = [Doc(99, "A port strike came. " + "It rained all day. " * 20), *apart]
    with shelf(tmp_path, *docs) as made:
        few, all_ = (search(made, '"port strike"', limit=n, now=NOON) for n in (1, 10))
    assert (few.stories, few.hits, few.at_least) == (0, (), True)
    out = io.StringIO()
    print_hits(few, Console(file=out, width=90))
    assert out.getvalue().startswith("no story found among the best of those that hold the words")
    assert [hit.version_id for hit in all_.hits] == [99]
    assert (all_.stories, all_.at_least) == (1, False)


def test_no_more_is_read_for_a_phrase_than_the_hits_take(tmp_path: Path) -> None:
    docs = [Doc(n, "A port strike came.") for n in range(200)]
    with shelf(tmp_path, *docs) as made:
        answer = search(made, '"port strike"', limit=3, now=NOON)
        every = search(made, '"port strike"', limit=200, now=NOON)
    assert (answer.stories, len(answer.hits), answer.at_least) == (3, 3, True)
    assert (every.stories, len(every.hits), every.at_least) == (200, 200, False)
    out = io.StringIO()
    print_hits(answer, Console(file=out, width=60))
    assert out.getvalue().endswith("at least 3 stories\n")


# -- passages


def shown(text: str, *runs: str) -> list[str]:
    passage = snippet(text, frozenset(tuple(run.split()) for run in runs))
    return [passage.text[start:end] for start, end in passage.spans]


def test_spans_are_those_of_the_words_found_accents_and_all() -> None:
    text = "In Málaga,\n\nthe MALAGA port 🚢 is  malaga’s."
    assert shown(text, "malaga") == ["Málaga", "MALAGA", "malaga"]


def test_a_phrase_is_one_span_and_its_words_alone_are_none() -> None:
    text = "The bank is central. The Central  Bank said, the central-bank said."
    assert shown(text, "central bank") == ["Central Bank", "central-bank"]


def test_a_passage_is_chosen_where_most_of_the_different_words_stand() -> None:
    text = f"oil oil oil {'and so on ' * 40} oil and gas {'and so on ' * 40} gas"
    passage = snippet(text, frozenset({("oil",), ("gas",)}))
    assert passage.text.startswith("… ")
    assert passage.text.endswith(" …")
    assert "oil and gas" in passage.text
    assert len(passage.text.split()) == LENGTH + 2


def test_a_passage_without_the_words_is_the_beginning() -> None:
    assert snippet("It rained. " * 40, frozenset({("sun",)})).text.startswith("It rained. It")
    assert snippet("", frozenset({("sun",)})).text == ""


@given(st.text(alphabet="aAáb .-\n’東İß🚢", max_size=80))
def test_spans_lie_in_their_text_in_order_and_hold_what_was_asked(text: str) -> None:
    runs = frozenset({("a",), ("a", "b"), ("ss",)})
    for passage in (marked(text, runs), snippet(text, runs)):
        at = 0
        for start, end in passage.spans:
            assert at <= start < end <= len(passage.text)
            assert passage.text[start:end].strip() == passage.text[start:end]
            at = end


# -- from one snapshot to the next


def contents(folder: Path) -> dict[str, str]:
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.iterdir()}


STORIES = st.lists(
    st.tuples(
        st.lists(st.integers(-40, 40), max_size=12, unique=True),  # ids that are current now
        st.integers(0, 3),  # what their texts are about
    ),
    min_size=1,
    max_size=5,
)
ABOUT = ("rain fell", "the sun shone", "rain and sun", "fog")


@given(STORIES)
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_an_index_that_followed_the_snapshots_finds_what_a_new_one_finds(
    tmp_path: Path, snapshots: list[tuple[list[int], int]]
) -> None:
    folder: Path | None = None
    docs: dict[int, Doc] = {}
    for ids, about in snapshots:
        now = {n: docs.get(n) or Doc(n, ABOUT[about]) for n in ids}
        if ids:  # read again by other rules
            now[ids[0]] = Doc(ids[0], ABOUT[about])
        removed = [n for n in docs if docs[n] != now.get(n)]
        added = [doc for n, doc in now.items() if docs.get(n) != doc]
        new = tmp_path / f"next{next(_numbers)}"
        new.mkdir()
        before = contents(folder) if folder else {}
        refresh(folder, new, removed, [batch(added)])
        assert not folder or contents(folder) == before
        folder, docs = new, now
    assert folder is not None
    with Shelf(folder, docs.values()) as followed, shelf(tmp_path, *docs.values()) as rebuilt:
        for words in ("rain", "sun", "rain sun", "fog OR rain"):
            ids, same = (set(found(made, words, limit=100)) for made in (followed, rebuilt))
            assert ids == same


def test_the_index_of_the_snapshot_before_still_answers_and_is_as_it_was(tmp_path: Path) -> None:
    old, new = Doc(1, "rain fell"), Doc(2, "rain came")
    with shelf(tmp_path, old) as first:
        before = contents(first.folder)
        later = tmp_path / "later"
        later.mkdir()
        refresh(first.folder, later, [1], [batch([new])])
        assert contents(first.folder) == before
        assert found(first, "rain") == [1]
        with Shelf(later, [new]) as second:
            assert found(second, "rain") == [2]


def test_an_index_that_was_left_half_made_is_of_no_harm(tmp_path: Path) -> None:
    with shelf(tmp_path, Doc(1, "rain fell")) as first:

        def cut_off() -> Iterator[pa.RecordBatch]:
            yield batch([Doc(2, "rain came")])
            raise KeyboardInterrupt

        staged, again = tmp_path / "staged", tmp_path / "again"
        staged.mkdir()
        again.mkdir()
        with pytest.raises(KeyboardInterrupt):
            refresh(first.folder, staged, [1], cut_off())
        assert found(first, "rain") == [1]
        refresh(first.folder, again, [], [batch([Doc(2, "rain came")])])
        with Shelf(again, [Doc(1, "rain fell"), Doc(2, "rain came")]) as second:
            assert set(found(second, "rain")) == {1, 2}


def test_segments_stay_few_however_often_it_is_refreshed(tmp_path: Path) -> None:
    folder: Path | None = None
    for n in range(40):
        new = tmp_path / str(n)
        new.mkdir()
        refresh(folder, new, [], [batch([Doc(n, "rain")])])
        folder = new
    assert folder is not None
    assert len(list(folder.glob("*.idx"))) <= 10


def test_an_index_holds_no_locks_and_others_may_read_it(ports: Shelf) -> None:
    found(ports, "port")
    files = list(ports.folder.iterdir())
    assert not LOCKS & {file.name for file in files}
    assert all(file.stat().st_mode & 0o044 == 0o044 for file in files)


def test_searching_writes_nothing_into_the_snapshot(tmp_path: Path) -> None:
    with shelf(tmp_path, Doc(1, "rain fell")) as made:
        before = contents(made.folder), made.folder.stat().st_mtime_ns
        assert found(made, "rain") == [1]
        assert (contents(made.folder), made.folder.stat().st_mtime_ns) == before


@pytest.mark.parametrize("fault", ["missing", "empty", "cut"])
def test_an_index_that_cannot_be_read_is_told_in_one_line(tmp_path: Path, fault: str) -> None:
    with shelf(tmp_path, Doc(1, "rain fell")) as made:
        if fault == "missing":
            made.folder = tmp_path / "nowhere"
        else:
            for file in made.folder.iterdir():
                if fault == "empty" or file.suffix == ".term":
                    file.unlink()
        with pytest.raises(UserError, match="publish again") as no:
            found(made, "rain")
        assert "\n" not in str(no.value)


# -- the whole way: from copy to a terminal


COPY = (
    {"id": "a", "title": "Port of Málaga shuts", "date": "2026-05-04T10:00:00Z",
     "text": "MÁLAGA, Spain (Reuters) - The port shut on Monday, dockers said.\n\n"
             "(Reporting by Ana Ruiz in Málaga; Editing by Bo Lind)"},
    {"id": "b", "title": "Port to open", "date": "2026-05-04T10:00:00Z",
     "embargo": "2999-01-01T00:00:00Z", "text": "OSLO (Reuters) - A port will open, it said."},
    {"id": "c", "title": "Port sinks into sea", "date": "2026-05-04T10:00:00Z",
     "text": "OSLO (Reuters) - A port sank into the sea, an angler said."},
    {"id": "d", "title": "WITHDRAWN-Port sinks into sea", "date": "2026-05-04T11:00:00Z",
     "text": 'OSLO (Reuters) - The story headlined "Port sinks into sea" is withdrawn. There '
             "will be no substitute story."},
)  # fmt: skip


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A snapshot of a warehouse with one story that is anybody's to read."""
    home = tmp_path_factory.mktemp("published")
    (home / "copy.jsonl").write_text("\n".join(json.dumps(row) for row in COPY))
    with Warehouse(str(home / "newswire.duckdb")) as warehouse:
        run = Run(new_run_id(NOON), warehouse, None, Workers(1))
        source = Source("test", "file", "")
        run.ingest(source, captures([str(home / "copy.jsonl")], source.id, NOON))
        to = str(home / "newswire.snapshot")
        assert publish(warehouse, to, NOON, index=refresh, index_format=INDEX_FORMAT).id
    return to


def asked(capsys: pytest.CaptureFixture[str], snapshot: str, words: str, **limits: Any) -> str:
    names = ("place", "person", "agency", "since", "until")
    given_limits = [limits.get(name) for name in names]
    as_json = bool(limits.get("as_json"))
    assert search_command(snapshot, words, *given_limits, 10, as_json=as_json) == 0
    return capsys.readouterr().out


def test_what_is_withdrawn_under_embargo_or_a_notice_is_not_found(
    published: str, capsys: pytest.CaptureFixture[str]
) -> None:
    hits = json.loads(asked(capsys, published, "port", as_json=True))
    assert [hit["headline"] for hit in hits] == ["Port of Málaga shuts"]
    assert "no story found" in asked(capsys, published, "withdrawn OR substitute OR angler")


def test_hits_are_json_with_spans_into_their_texts(
    published: str, capsys: pytest.CaptureFixture[str]
) -> None:
    limits = {"place": "ES", "person": "ruiz", "agency": "reuters", "since": "2026-05-04"}
    (hit,) = json.loads(asked(capsys, published, "malaga dockers", as_json=True, **limits))
    assert [hit["headline"][a:b] for a, b in hit["headline_spans"]] == ["Málaga"]
    assert [hit["snippet"][a:b] for a, b in hit["snippet_spans"]] == ["dockers"]
    assert set(hit["persons"]) == {"Ana Ruiz", "Bo Lind"}
    assert isinstance(hit["version_id"], str)
    assert hit["version_at"].startswith("2026-05-04T10:00:00")
    assert json.loads(asked(capsys, published, "malaga", as_json=True, place="NO")) == []


def test_hits_for_a_program_are_plain_lines(
    published: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = asked(capsys, published, "port")
    assert "\x1b" not in out
    assert " 1. Port of Málaga shuts\n" in out
    assert "2026-05-04 10:00  Reuters  MÁLAGA, Spain (Reuters) -  Ana Ruiz, Bo Lind" in out
    assert out.endswith("1 story\n")


def test_found_words_are_coloured_on_a_terminal_and_no_copy_acts_on_it(tmp_path: Path) -> None:
    doc = Doc(1, "The port \x1b[31mshut and \u202eback.", "Port shuts")
    with shelf(tmp_path, doc) as made:
        answer = search(made, "port", now=NOON)
    out = io.StringIO()
    print_hits(answer, Console(file=out, force_terminal=True, width=60, highlight=False))
    assert "\x1b[1;33mport\x1b[0m" in out.getvalue()
    assert "\x1b[31m" not in out.getvalue()
    assert "\u202e" not in out.getvalue()
