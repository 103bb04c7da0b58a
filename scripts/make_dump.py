"""Make a dump of made-up stories, or a WARC file of made-up news pages, of any size.

    python -m scripts.make_dump stories.parquet 1000000          (or .jsonl .csv .duckdb)
    python -m scripts.make_dump short.parquet 100000 --sentences 3
    python -m scripts.make_dump pages.warc.gz 10000

The columns have names as public corpora give them, so that a reader has to guess what they mean.
"""

from __future__ import annotations

import argparse
import csv
import random
import uuid
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from html import escape
from itertools import islice
from pathlib import Path

import duckdb
import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from wiredesk.benches.made_up_wire import PLACES, SAID, Zipf, words_of_the_world
from wiredesk.fetch.warc import digest, member

SINCE = datetime(2024, 1, 1, tzinfo=UTC)
GROUP = 50_000  # rows made at once, and of a Parquet row group
SCHEMA = pa.schema(
    {
        "article_id": pa.string(),
        "headline": pa.string(),
        "content": pa.string(),
        "author": pa.string(),
        "publish_date": pa.timestamp("us", "UTC"),
        "link": pa.string(),
    }
)
Row = dict[str, object]


def rows(count: int, sentences: int) -> Iterator[Row]:
    """Stories of so many sentences, each an hour after the one before."""
    words = words_of_the_world()
    chance = random.Random(count)  # noqa: S311 - copy, not keys
    word, place = Zipf(chance, words), Zipf(chance, PLACES.split(" "))
    pairs = zip(words, words[4000:], strict=False)
    name = Zipf(chance, [f"{a.capitalize()} {b.capitalize()}" for a, b in pairs][:9000])

    def sentence() -> str:
        return " ".join([word.draw() for _ in range(chance.randint(12, 26))]).capitalize()

    for n in range(count):
        town = place.draw().replace("\u00a0", " ")
        paragraphs = [f"{sentence()}." for _ in range(sentences)]
        paragraphs[0] = f"{town} (Harbour Wire) - {paragraphs[0]}"
        paragraphs[-1] = f"“{sentence()},” {name.draw()} {chance.choice(SAID)}."
        paragraphs.append(f"(Reporting by {name.draw()} in {town.title()})")
        yield {
            "article_id": f"hw-{n}",
            "headline": sentence()[:70].strip(),
            "content": "\n\n".join(paragraphs),
            "author": name.draw(),
            "publish_date": SINCE + timedelta(hours=n),
            "link": f"https://wire.example/{n}",
        }


def write_table(path: Path, made: Iterable[Row]) -> None:
    """Rows in the form that the name of the file asks for."""
    made = iter(made)
    if path.suffix == ".parquet":
        with pq.ParquetWriter(path, SCHEMA, compression="zstd") as out:
            while some := list(islice(made, GROUP)):
                out.write_table(pa.Table.from_pylist(some, SCHEMA))
    elif path.suffix == ".duckdb":
        with duckdb.connect(str(path)) as db:
            db.register("nothing", SCHEMA.empty_table())
            db.execute("CREATE TABLE articles AS FROM nothing")
            while some := list(islice(made, GROUP)):
                db.register("some_rows", pa.Table.from_pylist(some, SCHEMA))
                db.execute("INSERT INTO articles FROM some_rows")
    elif path.suffix == ".csv":
        with path.open("w", newline="", encoding="utf-8") as out:
            writer = csv.DictWriter(out, SCHEMA.names)
            writer.writeheader()
            writer.writerows(made)
    else:
        with path.open("wb") as out:
            out.writelines(orjson.dumps(row) + b"\n" for row in made)


def page(row: Row, links: list[str]) -> bytes:
    """A news page with the story in it, and what such pages have around it."""
    at = row["publish_date"]
    assert isinstance(at, datetime)  # noqa: S101 - rows() made it
    linked = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": row["headline"],
        "datePublished": at.isoformat(),
        "author": [{"@type": "Person", "name": row["author"]}],
    }
    copy = "".join(f"<p>{escape(p)}</p>" for p in str(row["content"]).split("\n\n"))
    title = escape(str(row["headline"]))
    style = "".join(f".c{n}{{margin:{n}px}}" for n in range(300))
    return (
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{title} - Harbour Wire"
        f"</title><link rel=canonical href='{row['link']}'><script type='application/ld+json'>"
        f"{orjson.dumps(linked).decode()}</script><style>{style}</style></head><body>"
        f"<header><nav>{''.join(links[:150])}</nav></header><main><article><h1>{title}</h1>"
        f"<time datetime='{at.isoformat()}'>{at:%d %B %Y}</time>{copy}</article>"
        f"<aside>{''.join(links[150:300])}</aside></main>"
        f"<script>var config = {{}};/*{''.join(links[300:1500])}*/</script></body></html>"
    ).encode()


def write_warc(path: Path, made: Iterable[Row]) -> None:
    """A page a row as crawlers keep it, beside the request for it."""
    chance = random.Random(5)  # noqa: S311 - copy, not keys
    words = words_of_the_world()
    links = [
        f"<li><a href='/{chance.choice(words)}'>{chance.choice(words)}</a>" for _ in range(2000)
    ]
    with path.open("wb") as out:
        for row in made:
            chance.shuffle(links)
            body = page(row, links)
            answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
            about = {
                "WARC-Date": "2026-05-01T00:00:00Z",
                "WARC-Target-URI": str(row["link"]),
            }
            asked = f"GET {row['link']} HTTP/1.1\r\n\r\n".encode()
            for kind, block in (("request", [asked]), ("response", [answer, body])):
                fields = {
                    "WARC-Type": kind,
                    "WARC-Record-ID": f"<urn:uuid:{uuid.uuid4()}>",
                    **about,
                    "Content-Type": f"application/http; msgtype={kind}",
                    "WARC-Block-Digest": digest(sha256(b"".join(block)).hexdigest()),
                    "Content-Length": str(sum(map(len, block))),
                }
                out.writelines(member(fields, block))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("path", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--sentences", type=int, default=12)
    asked = parser.parse_args()
    write = write_warc if ".warc" in asked.path.suffixes else write_table
    write(asked.path, rows(asked.count, asked.sentences))
    print(f"{asked.path}: {asked.count:,} stories, {asked.path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
