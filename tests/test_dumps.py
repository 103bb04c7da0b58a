"""Archives and dumps: however a story is packed it is the same story, and no packing hurts."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import lzma
import tarfile
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha1
from pathlib import Path

import orjson
import pyarrow as pa
import pytest

from scripts.make_dump import page, rows, write_table, write_warc
from wiredesk.backfill_commands import Given, backfill
from wiredesk.backfills import packets
from wiredesk.batch import Reject
from wiredesk.errors import UserError
from wiredesk.fetch import packed, whole
from wiredesk.fetch import rows as row_blocks
from wiredesk.fetch.files import arrivals, captures, moved
from wiredesk.formats.columns import columns_of, parsed
from wiredesk.formats.csv_table import csv_table
from wiredesk.model import Capture, Json, Source
from wiredesk.reading import read_paths
from wiredesk.replay_commands import replay_command
from wiredesk.source_table import wrongs
from wiredesk.warehouse import Warehouse

NOW = datetime(2026, 5, 1, 9, tzinfo=UTC)
COPY = (
    b"PORT ELLEN (Harbour Wire) - The ferry left the quay on time with nine lorries aboard.\n\n"
    b"(Reporting by Ana Ruiz in Port Ellen)\n"
)


def zipped(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # of names that stand there twice
        for name, body in members:
            archive.writestr(zipfile.ZipInfo(name), body, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def tarred(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, body in members:
            about = tarfile.TarInfo(name)
            about.size = len(body)
            archive.addfile(about, io.BytesIO(body))
    return out.getvalue()


def zstd(body: bytes) -> bytes:
    return bytes(pa.compress(body, codec="zstd", asbytes=True))


ONE = ("desk/ferry.txt", COPY)
PACKINGS: dict[str, bytes] = {
    "ferry.txt.gz": gzip.compress(COPY),
    "ferry.txt.zst": zstd(COPY),
    "two-frames.txt.zst": zstd(COPY[:50]) + zstd(COPY[50:]),
    "ferry.txt.bz2": bz2.compress(COPY),
    "ferry.txt.xz": lzma.compress(COPY[:40]) + lzma.compress(COPY[40:]),
    "plain.txt.gz": COPY,
    "ferry.zip": zipped(ONE, ("__MACOSX/._ferry.txt", b"\0"), ("desk/.DS_Store", b"\0")),
    "ferry.tar": tarred(ONE),
    "ferry.tar.gz": gzip.compress(tarred(ONE)),
    "ferry.tar.zst": zstd(tarred(ONE)),
    "ferry.tar.xz": lzma.compress(tarred(ONE)),
    "ferry.tar.bz2": bz2.compress(tarred(ONE)),
    "nested.zip": zipped(("day.zip", zipped(("ferry.txt.gz", gzip.compress(COPY))))),
    "no-name-tells": zipped(("x", gzip.compress(COPY))),
}


def came(path: Path, columns: str | None = None) -> tuple[list[Capture], list[Reject]]:
    found = list(captures([str(path)], "dump", NOW, parsed(columns)))
    return (
        [each for each in found if isinstance(each, Capture)],
        [each for each in found if isinstance(each, Reject)],
    )


def stories(path: Path, columns: str | None = None) -> list[Json]:
    blocks = read_paths([str(path)], None, None, 1, parsed(columns))
    return [orjson.loads(line) for block, _ in blocks for line in block.splitlines()]


def codes(path: Path) -> list[str]:
    return [no.code for no in came(path)[1]]


# -- packing


@pytest.mark.parametrize("name", sorted(PACKINGS))
def test_a_story_is_the_same_however_it_is_packed(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(PACKINGS[name])
    found, rejects = came(tmp_path / name)
    assert ([capture.body for capture in found], rejects) == ([COPY], [])


def test_a_locator_names_the_way_to_the_payload(tmp_path: Path) -> None:
    (tmp_path / "a.tar.gz").write_bytes(
        gzip.compress(tarred(("./day/one.zip", zipped(ONE)), ("two.txt", COPY)))
    )
    found, _ = came(tmp_path / "a.tar.gz")
    inside = [capture.locator.removeprefix(f"{tmp_path}/") for capture in found]
    assert inside == ["a.tar!/day/one.zip!/desk/ferry.txt", "a.tar!/two.txt"]


@pytest.mark.parametrize(
    "name", ["../up.txt", "a/../../up.txt", "/etc/up.txt", "C:\\up.txt", "..\\up.txt"]
)
@pytest.mark.parametrize("pack", [zipped, tarred])
def test_a_member_whose_name_leads_out_is_refused_and_the_others_are_read(
    name: str, pack: Callable[..., bytes], tmp_path: Path
) -> None:
    (tmp_path / "x").write_bytes(pack((name, COPY), ONE))
    found, rejects = came(tmp_path / "x")
    assert [no.code for no in rejects] == ["archive_path"]
    assert [capture.locator for capture in found] == [f"{tmp_path}/x!/desk/ferry.txt"]


def test_links_and_devices_are_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, kind in (("a", tarfile.SYMTYPE), ("b", tarfile.LNKTYPE), ("c", tarfile.FIFOTYPE)):
            about = tarfile.TarInfo(name)
            about.type, about.linkname = kind, "/etc/passwd"
            archive.addfile(about)
    (tmp_path / "links.tar").write_bytes(out.getvalue())
    link = zipfile.ZipInfo("passwd.txt")
    link.external_attr = 0o120777 << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped_link:
        zipped_link.writestr(link, "/etc/passwd")
    (tmp_path / "link.zip").write_bytes(out.getvalue())
    assert codes(tmp_path / "links.tar") == ["archive_link"] * 3
    assert codes(tmp_path / "link.zip") == ["archive_link"]


def test_a_member_under_a_password_is_refused(tmp_path: Path) -> None:
    body = bytearray(zipped(ONE))
    for at in (body.find(b"PK\x03\x04") + 6, body.find(b"PK\x01\x02") + 8):
        body[at] |= 1
    (tmp_path / "x.zip").write_bytes(body)
    assert codes(tmp_path / "x.zip") == ["encrypted"]


ZEROS = gzip.compress(bytes(8 << 20), 9)


@pytest.mark.parametrize(
    "bomb",
    [
        ZEROS,
        gzip.compress(ZEROS),
        zstd(bytes(8 << 20)),
        bz2.compress(bytes(8 << 20)),
        lzma.compress(bytes(8 << 20)),
        zipped(("a.txt", bytes(8 << 20))),
        zipped(*((f"{n}.txt", bytes(600_000)) for n in range(12))),
        gzip.compress(tarred(("a.txt", bytes(8 << 20)))),
        gzip.compress(b"WARC/1.0\r\ncontent-length: 8388608\r\n\r\n" + bytes(8 << 20)),
    ],
)
def test_a_bomb_is_one_reject(bomb: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "FREE", 1 << 20)
    (tmp_path / "bomb").write_bytes(bomb)
    assert codes(tmp_path / "bomb") == ["archive_bomb"]


def test_packing_without_end_is_refused(tmp_path: Path) -> None:
    body = COPY
    for _ in range(5):
        body = zipped(("x", body))
    (tmp_path / "deep.zip").write_bytes(body)
    assert codes(tmp_path / "deep.zip") == ["archive_depth"]


def test_an_archive_of_too_many_members_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packed, "MEMBERS", 5)
    for pack in (zipped, tarred):
        (tmp_path / "x").write_bytes(pack(*((f"{n}.txt", COPY) for n in range(9))))
        found, rejects = came(tmp_path / "x")
        assert (len(found), [no.code for no in rejects]) == (5, ["archive_bomb"])


def test_a_head_that_asks_for_gigabytes_of_memory_is_refused(tmp_path: Path) -> None:
    greedy = [{"id": lzma.FILTER_LZMA2, "dict_size": 512 << 20}]
    (tmp_path / "x.xz").write_bytes(lzma.compress(COPY, filters=greedy))
    assert codes(tmp_path / "x.xz") == ["bad_archive"]


def test_a_document_is_no_archive(tmp_path: Path) -> None:
    (tmp_path / "x.docx").write_bytes(zipped(("[Content_Types].xml", b"<Types/>"), ONE))
    found, _ = came(tmp_path / "x.docx")
    assert [capture.locator for capture in found] == [str(tmp_path / "x.docx")]


# -- tables


ISOT = [("Ferries sail again", "PORT ELLEN (Harbour Wire) - They sail.", "December 31, 2017 ")]


def test_tables_of_every_kind_are_read_alike(tmp_path: Path) -> None:
    made = list(rows(40, 3))
    found = {}
    for kind in ("jsonl", "csv", "parquet", "duckdb"):
        write_table(tmp_path / f"made.{kind}", made)
        found[kind] = stories(tmp_path / f"made.{kind}")
    first = found["jsonl"]
    assert len(first) == 40
    assert [each["id"] for each in first[:2]] == ["hw-0", "hw-1"]
    assert first[1]["headline"] == made[1]["headline"]
    assert first[1]["published"] == "2024-01-01T01:00:00Z"
    assert first[1]["url"] == "https://wire.example/1"
    assert all(each == first for each in found.values())


def test_a_table_comes_in_blocks_that_are_the_same_whenever_it_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(row_blocks, "ROWS", 15)
    write_table(tmp_path / "made.parquet", rows(40, 3))
    once, again = came(tmp_path / "made.parquet")[0], came(tmp_path / "made.parquet")[0]
    assert once == again
    ends = [capture.locator.rpartition("#")[2] for capture in once]
    assert ends == ["0+15", "15+15", "30+10"]
    (tmp_path / "made.parquet.zip").write_bytes(
        zipped(("made.parquet", (tmp_path / "made.parquet").read_bytes()))
    )
    inside = came(tmp_path / "made.parquet.zip")[0]
    assert [capture.sha256 for capture in inside] == [capture.sha256 for capture in once]


def test_columns_mean_what_the_source_declares(tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("nr;kop;wat er staat\n007;Veer vaart;De veerboot voer uit.\n", "utf-8")
    assert csv_table(path.read_bytes(), ()) is None
    (story,) = stories(path, "id=nr,title=kop,text=wat er staat")
    assert (story["id"], story["headline"], story["body"]) == (
        *("007", "Veer vaart"),
        "De veerboot voer uit.",
    )


def test_a_row_without_an_id_is_named_by_its_address(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("url,content\nhttps://wire.example/1,The ferry left.\n", "utf-8")
    (story,) = stories(path)
    assert (story["id"], story["url"]) == (None, "https://wire.example/1")


def test_a_month_in_words_and_a_trailing_blank_are_a_date(tmp_path: Path) -> None:
    path = tmp_path / "True.csv"
    with path.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows([("title", "text", "date"), *ISOT, ("a", "b.", "https://x.y/")])
    good, bad = stories(path)
    assert good["published"] == "2017-12-31T00:00:00Z"
    assert (bad["published"], bad["issues"][0]["code"]) == (None, "bad_date")


@pytest.mark.parametrize(
    "text",
    [
        "title,text\r\nFerry,It left.\r\n",
        "title;text\nFerry;It left.\n",
        "title\ttext\nFerry\tIt left.\n",
        'title|text\n"Ferry"|"It left."\n',
        "\ufefftitle,text\nFerry,It left.\n",
        "Title , Article Text\nFerry,It left.",
    ],
)
@pytest.mark.parametrize("charset", ["utf-8", "utf-16"])
def test_csv_is_read_whatever_its_delimiter_and_character_set(
    text: str, charset: str, tmp_path: Path
) -> None:
    (tmp_path / "x").write_bytes(text.encode(charset))
    (story,) = stories(tmp_path / "x")
    assert (story["headline"], story["body"]) == ("Ferry", "It left.")


def test_stray_bytes_of_windows_in_a_csv_are_read_as_such(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(b"title,text\nCaf\xe9,\x93Caf\xc3\xa9\x94 she said.\n")
    (story,) = stories(tmp_path / "x.csv")
    assert (story["headline"], story["body"]) == ("Café", "“Café” she said.")


def test_a_quoted_cell_may_have_lines_and_a_row_too_many_cells(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text('title,text\nA,"One.\n\nTwo."\nB,Three,four\nC,Five.\n')
    b, a, c = stories(tmp_path / "x.csv")  # a reject comes before the block that it is not in
    assert [p["text"] for p in a["paragraphs"]] == ["One.", "Two."]
    assert (b["rejected"], c["headline"]) == ("csv_invalid", "C")


@pytest.mark.parametrize(
    "prose",
    [
        "By text, title and deed the harbour is ours, the council said.\n\nIt met on Monday.\n",
        "OSLO, May 1 (Harbour Wire) - The text, the council said, is final.\n",
        "Text\n\nTitle\n",
        "name,price\nwheat,4\n",
    ],
)
def test_prose_with_commas_and_tables_without_copy_are_no_dumps(prose: str) -> None:
    assert csv_table(prose.encode(), ()) is None


def test_of_a_database_only_tables_with_copy_are_read(tmp_path: Path) -> None:
    import duckdb

    path = tmp_path / "x.duckdb"
    with duckdb.connect(str(path)) as db:
        db.execute("""CREATE TABLE "odd "" name" AS SELECT 'It left.' AS content, 1 AS id""")
        db.execute("CREATE TABLE prices AS SELECT 4 AS price")
        db.execute("CREATE TABLE secret AS SELECT 1 AS n")
        db.execute("CREATE VIEW spy AS SELECT content AS text FROM read_text('/etc/hostname')")
    found, rejects = came(path)
    assert [orjson.loads(capture.body) for capture in found] == [{"content": "It left.", "id": 1}]
    assert [(no.code, no.dropped) for no in rejects] == [("listing", True)] * 2


def test_long_json_lines_come_in_blocks_and_the_last_may_be_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whole, "WHOLE", 5000)
    lines = [orjson.dumps({"id": n, "text": f"Ferry {n} left. " * 9}) + b"\n" for n in range(200)]
    (tmp_path / "x.jsonl").write_bytes(b"".join(lines))
    found, rejects = came(tmp_path / "x.jsonl")
    assert (b"".join(capture.body for capture in found), rejects) == (b"".join(lines), [])
    assert len(found) > 3
    packed_lines = zstd(b"".join(lines)) + zstd(b"".join(lines))[:-9]
    (tmp_path / "x.jsonl.zst").write_bytes(packed_lines)
    found, rejects = came(tmp_path / "x.jsonl.zst")
    assert b"".join(lines).startswith(found[0].body)
    assert all(capture.body.endswith(b"\n") for capture in found)
    assert [no.code for no in rejects] == ["bad_archive"]


def test_usual_names_are_found_whatever_their_case_and_joints() -> None:
    found = columns_of(("Article ID", "Publish_Date", "Full-Text", "authors", "x"), ())
    assert found == {
        "id": "Article ID",
        "text": "Full-Text",
        "byline": "authors",
        "date": "Publish_Date",
    }


def test_columns_that_no_field_has_are_named_at_the_start() -> None:
    with pytest.raises(UserError, match="no field 'txt'"):
        parsed("txt=content")
    with pytest.raises(UserError, match="written as text=content"):
        parsed("content")
    wrong = {"kind": "archive", "url": "x", "columns": {"txt": "content"}}
    assert "no field 'txt'" in next(said for _, said in wrongs("dump", wrong))
    fine = {"kind": "archive", "url": "x", "columns": {"text": "content"}}
    assert list(wrongs("dump", fine)) == []


# -- cut off


def cut_inputs(tmp_path: Path) -> dict[str, bytes]:
    made = list(rows(60, 3))
    for kind in ("csv", "parquet", "duckdb", "jsonl"):
        write_table(tmp_path / f"made.{kind}", made)
    write_warc(tmp_path / "made.warc.gz", made[:12])
    lines = (tmp_path / "made.jsonl").read_bytes()
    return {
        "x.zip": zipped(*((f"{n}.txt", COPY + b"%d" % n) for n in range(20))),
        "x.tar.gz": gzip.compress(tarred(*((f"{n}.txt", COPY + b"%d" % n) for n in range(20)))),
        "x.jsonl.zst": zstd(lines),
        "x.jsonl.gz": gzip.compress(lines),
        "x.jsonl.bz2": bz2.compress(lines),
        **{
            f"x.{kind}": (tmp_path / f"made.{kind}").read_bytes()
            for kind in ("csv", "parquet", "duckdb", "warc.gz")
        },
        "x.warc": gzip.decompress((tmp_path / "made.warc.gz").read_bytes()),
    }


def test_cut_anywhere_a_file_gives_what_stood_before_or_one_reject(tmp_path: Path) -> None:
    for name, body in cut_inputs(tmp_path).items():
        (tmp_path / name).write_bytes(body)
        whole = b"".join(capture.body for capture in came(tmp_path / name)[0])
        for n in range(1, 50):
            (tmp_path / name).write_bytes(body[: len(body) * n // 50])
            found, rejects = came(tmp_path / name)
            broken = [no for no in rejects if not no.dropped]
            assert len(broken) <= 1, (name, n, broken)
            assert found or broken, (name, n)
            if name not in {"x.csv", "x.duckdb"}:  # a cut row is a row, a cut table may be whole
                assert whole.startswith(b"".join(capture.body for capture in found)), (name, n)


# -- WARC


def record(kind: str, url: str, block: bytes, **more: str) -> bytes:
    fields = {
        "WARC-Type": kind,
        "WARC-Date": "2026-05-01T09:00:00Z",
        "WARC-Target-URI": url,
        "Content-Length": str(len(block)),
        **{name.replace("_", "-"): value for name, value in more.items()},
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"WARC/1.0\r\n{head}\r\n".encode() + block + b"\r\n\r\n"


PAGE = page(next(rows(1, 6)), ["<li><a href='/a'>more</a>"] * 300)
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"


def test_of_a_warc_the_pages_are_read_and_the_rest_is_counted(tmp_path: Path) -> None:
    records = [
        record("warcinfo", "x", b"software: crawler\r\n"),
        record("request", "https://wire.example/1", b"GET /1 HTTP/1.1\r\n\r\n"),
        record("response", "https://wire.example/1", OK + PAGE),
        record("response", "https://wire.example/2", b"HTTP/1.1 404 Gone\r\n\r\n"),
        record("response", "https://wire.example/3", OK.replace(b"text/html", b"image/png")),
    ]
    plain = b"".join(records)
    for name, body in {
        "a.warc": plain,
        "a.warc.gz": b"".join(map(gzip.compress, records)),
        "one-member.warc.gz": gzip.compress(plain),
        "a.warc.zst": zstd(plain),
        "a.zip": zipped(("a.warc.gz", b"".join(map(gzip.compress, records)))),
    }.items():
        (tmp_path / name).write_bytes(body)
        found, rejects = came(tmp_path / name)
        assert [(c.locator, c.body) for c in found] == [("https://wire.example/1", PAGE)], name
        assert [(no.code, no.dropped) for no in rejects] == [("listing", True)], name
        assert rejects[0].detail.endswith("1 request, 2 response"), name


def test_a_record_that_is_not_what_its_digest_says_is_a_reject(tmp_path: Path) -> None:
    import base64

    right = "sha1:" + base64.b32encode(sha1(PAGE, usedforsecurity=False).digest()).decode()
    wrong = "sha1:" + base64.b32encode(sha1(b"x", usedforsecurity=False).digest()).decode()
    (tmp_path / "x.warc").write_bytes(
        record("response", "https://wire.example/1", OK + PAGE, WARC_Payload_Digest=right)
        + record("response", "https://wire.example/2", OK + PAGE, WARC_Payload_Digest=wrong)
        + record("response", "https://wire.example/3", OK + PAGE, WARC_Block_Digest=wrong)
        + record("response", "https://wire.example/4", OK + PAGE, WARC_Payload_Digest="crc:1")
    )
    found, rejects = came(tmp_path / "x.warc")
    assert [c.locator[-1] for c in found] == ["1", "4"]
    assert [no.code for no in rejects] == ["damaged", "damaged"]


# -- folders


def test_what_a_folder_holds_packed_goes_to_done_when_all_of_it_is_loaded(tmp_path: Path) -> None:
    drop, done = tmp_path / "in", tmp_path / "done"
    drop.mkdir()
    write_warc(drop / "pages.warc.gz", rows(2, 3))
    write_table(drop / "made.parquet", rows(5, 3))
    (drop / "a.zip").write_bytes(zipped(("1.txt", COPY), ("2.txt", COPY + b"More.")))
    (drop / "ferry.txt.xz").write_bytes(lzma.compress(COPY + b"Packed."))
    source = Source("drop", "folder", str(drop), done=str(done))
    later = datetime(2036, 1, 1, tzinfo=UTC)
    found = [each for each in arrivals(source, later) if isinstance(each, Capture)]
    assert len(found) == 6
    assert moved(source, [c for c in found if not c.locator.endswith("2.txt")]) == ()
    assert [path.name for path in drop.iterdir()] == ["a.zip"]
    assert moved(source, found) == ()
    assert sorted(path.name for path in done.iterdir()) == [
        *("a.zip", "ferry.txt.xz", "made.parquet", "pages.warc.gz"),
    ]


# -- into a warehouse


class Desk:
    """A folder with a source, a warehouse and what lies there to be read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.warehouse = folder / "wire.duckdb"

    def backfill(self, url: str, more: str = "", **given: object) -> Json:
        sources = self.folder / "sources.toml"
        sources.write_text(f"[sources.dump]\nkind = 'archive'\nurl = '{url}'\n{more}\n")
        about = Given("dump", "2024-01-01", "2024-01-02", workers=1, sources_file=str(sources))
        return backfill(replace(about, warehouse=str(self.warehouse), **given))

    def rows(self, statement: str) -> list[tuple[object, ...]]:
        with Warehouse(str(self.warehouse), read_only=True) as warehouse:
            return warehouse.sql(statement)


def test_of_a_table_the_rows_of_the_window_are_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(row_blocks, "ROWS", 7)
    monkeypatch.setattr(packets, "STORIES", 14)
    desk = Desk(tmp_path)
    write_table(tmp_path / "made.parquet", rows(60, 3))
    found = desk.backfill("made.parquet")
    assert (found["loaded"], found["new_stories"], found["dropped"]) == (5, 48, 12)
    (tmp_path / "made.zip").write_bytes(
        zipped(("made.parquet", (tmp_path / "made.parquet").read_bytes()), ("../x", b""))
    )
    found = desk.backfill("made.zip", last="2024-01-03")
    assert (found["new_stories"], found["duplicates"], found["rejected"]) == (12, 48, 1)


def test_a_partition_is_the_same_read_in_order_or_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packets, "STORIES", 3)
    members = [(f"{n}.txt", COPY + b"%d" % n) for n in range(10)]
    (tmp_path / "x.tar.gz").write_bytes(gzip.compress(tarred(*members, ("/x", b""))))
    source = Source("dump", "archive", str(tmp_path / "x.tar.gz"))
    plan = packets.plan(source.url, source, NOW)[0]
    assert [(p.opens_at, p.skips) for p in plan] == [(0, 3), (3, 3), (6, 3), (9, 2)]
    in_order = [list(packets.arrivals(p, source, NOW)) for p in plan]
    alone = [list(packets.arrivals(p, source, NOW)) for p in reversed(plan)][::-1]
    assert in_order == alone
    assert in_order[-1][-1] == next(
        c for c in captures([source.url], "dump", NOW) if isinstance(c, Reject)
    )


def test_a_dump_is_read_again_from_the_archive_by_the_columns_of_its_source(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = Desk(tmp_path)
    path = tmp_path / "odd.csv"
    path.write_text("nr,kop,wat\n1,Veer vaart,De veerboot voer.\n2,Veer,De veerboot bleef.\n")
    desk.backfill(
        "odd.csv", "columns = { id = 'nr', title = 'kop', text = 'wat' }", last="2099-01-01"
    )
    before = desk.rows("SELECT native_id, headline, body FROM wire.versions ORDER BY 1")
    assert [row[:2] for row in before] == [("1", "Veer vaart"), ("2", "Veer")]
    again = tmp_path / "again.duckdb"
    archive = str(tmp_path / "wire.archive")
    asked = (None, None, None, archive, None, str(again), 1)
    assert replay_command(*asked, rejects=False, diff=False, as_json=True) == 0
    desk.warehouse = again
    assert desk.rows("SELECT native_id, headline, body FROM wire.versions ORDER BY 1") == before
