"""Choose the bands and thresholds of matching: the tables of minhash.py and kinship.py.

python -m scripts.sweep_matching REPRINTS.jsonl.gz CHAINS.jsonl.gz [CROWD.jsonl.gz]

The first two hold stories that `wiredesk read` reads, with the gold in `cluster` and `kind`
(original, reprint, lookalike), and in `chain`; the crowd is stories without labels.  Thresholds
are printed for both halves of the gold, told apart by a hash of the group's name: one is there to
choose on, the other to believe.
"""

from __future__ import annotations

import argparse
import gzip
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import sha1
from itertools import combinations
from pathlib import Path
from typing import Any

import orjson
from rensa import RMinHash

from wiredesk.match import kinship as rules
from wiredesk.match.clusters import candidates, clusters
from wiredesk.match.identity import hash64
from wiredesk.match.kinship import Kin, Portrait, kinship, original
from wiredesk.match.minhash import SEED
from wiredesk.match.normal import shingles, words
from wiredesk.reading import read_paths

TRIED = {
    "REPRINT": (0.3, 0.4, 0.5, 0.6, 0.7),
    "SPREAD": (0.0, 0.15, 0.25, 0.35, 0.5),
    "FIGURES": (0.0, 0.2, 0.4, 0.6),
    "REPEAT": (0.85, 0.9, 0.95, 0.99),
    "RUNNING": (0.3, 0.4, 0.5, 0.6),
    "OVERLAP": (0.2, 0.25, 0.3, 0.35, 0.4),
}
Gold = dict[int, str]  #: story id → group


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reprints")
    parser.add_argument("chains")
    parser.add_argument("crowd", nargs="?")
    paths = parser.parse_args()
    copies, running = gold(paths.reprints, "cluster"), gold(paths.chains, "chain")
    kinds = gold(paths.reprints, "kind")
    reprints, chains = portraits(paths.reprints), portraits(paths.chains)
    crowd = portraits(paths.crowd) if paths.crowd else []
    crowd = [p for p in crowd if p.story_id not in copies and p.story_id not in running]
    bands_table(reprints, copies, crowd)
    thresholds_table(reprints, copies, chains, running)
    for among in ([], crowd) if crowd else ([],):
        print(f"\nreprints among {len(among)} others")
        print(" ", report(reprints, copies, kinds, joined(reprints + among)[0]))
        print(f"chains among {len(among)} others")
        print(" ", report(chains, running, {}, joined(chains + among)[1]))


def portraits(path: str) -> list[Portrait]:
    """The stories of a file as the program reads them; story ids say nothing of their order."""
    blocks = (lines for lines, _ in read_paths([path], None, None, 1))
    rows = (orjson.loads(line) for lines in blocks for line in lines.splitlines())
    return [_portrait(row) for row in rows if "rejected" not in row]


def _portrait(row: dict[str, Any]) -> Portrait:
    told = ("url", "slug", "agency", "headline", "language", "body", "pub_status")
    story_id = hash64(row["id"])
    return Portrait(
        story_id=story_id,
        version_id=story_id,
        at=datetime.fromisoformat(row["published"]),
        publisher=row["source"],
        native_id=row["id"],
        labels=tuple((label["label"], label["n"]) for label in row["labels"]),
        byline=row["byline_raw"],
        dateline=row["dateline"] and row["dateline"]["raw"],
        credited=tuple(dict.fromkeys(p["name"] for p in row["authors"] + row["credits"])),
        **{name: row[name] for name in told},
    )


def gold(path: str, field: str) -> Gold:
    data = Path(path).read_bytes()
    rows = map(orjson.loads, (gzip.decompress(data) if path.endswith(".gz") else data).splitlines())
    return {hash64(row["id"]): row[field] for row in rows}


def bands_table(reprints: list[Portrait], copies: Gold, crowd: list[Portrait]) -> None:
    """Shingle, orderings and rows a band against pairs found and candidates made."""
    said = {p.story_id: words(p.body) for p in reprints + crowd}
    pairs = _pairs(copies)
    days = {p.story_id: p.at.timestamp() // 86400 for p in reprints + crowd}
    print("\n| words | keys | rows | reprints | a third of | candidates a story | µs |")
    print("|---|---|---|---|---|---|---|")
    for size in (3, 4, 5, 7):
        for keys, rows in ((8, 1), (12, 1), (16, 1), (20, 1), (16, 2), (20, 2)):
            start = time.perf_counter()
            made = {story: _keys(text, size, keys, rows) for story, text in said.items()}
            each = (time.perf_counter() - start) / len(made) * 1e6
            found = sum(bool(made[a] & made[b]) for a, b in pairs) / len(pairs)
            third = [p.story_id for p in reprints if len(said[p.story_id]) > 150]
            cut = (
                _keys(said[s][len(said[s]) // 3 : 2 * len(said[s]) // 3], size, keys, rows)
                for s in third
            )
            held = sum(bool(made[s] & c) for s, c in zip(third, cut, strict=True)) / len(third)
            buckets: dict[object, list[int]] = defaultdict(list)
            for story, bands in made.items():
                for band in bands:
                    buckets[band].append(story)
            near = {
                pair
                for bucket in buckets.values()
                if len(bucket) < 500
                for pair in combinations(sorted(bucket), 2)
                if abs(days[pair[0]] - days[pair[1]]) <= rules.WINDOW.days
            }
            shown = f"{found:.4f} | {held:.4f} | {len(near) / len(made):.2f} | {each:.0f}"
            print(f"| {size} | {keys} | {rows} | {shown} |")


def _keys(text: Sequence[str], size: int, keys: int, rows: int) -> frozenset[object]:
    sketch = RMinHash(num_perm=keys * rows, seed=SEED)
    sketch.update(shingles(list(text), size))
    least = sketch.digest()
    return frozenset((n, *least[n * rows : n * rows + rows]) for n in range(keys))


def thresholds_table(
    reprints: list[Portrait], copies: Gold, chains: list[Portrait], running: Gold
) -> None:
    """Each threshold moved by itself: the reprints' or the chains' score on either half."""
    print("\n| threshold | | reprints: half to choose on, half to believe | chains: the same |")
    print("|---|---|---|---|")
    for name, values in TRIED.items():
        chosen = getattr(rules, name)
        for value in values:
            setattr(rules, name, value)
            scores = [_halves(copies, joined(reprints)[0]), _halves(running, joined(chains)[1])]
            print(
                f"| {name} | {value}{' *' if value == chosen else ''} | {scores[0]} | {scores[1]} |"
            )
        setattr(rules, name, chosen)


def _halves(truth: Gold, found: Mapping[int, int]) -> str:
    """Pairs missed and joined falsely, of the half to choose on and of the other."""
    together: dict[int, list[int]] = defaultdict(list)
    for story in sorted(truth):
        together[found.get(story, story)].append(story)
    made = [pair for group in together.values() for pair in combinations(group, 2)]
    texts = []
    for half in (0, 1):
        wanted = [(a, b) for a, b in _pairs(truth) if _half(truth[a]) == half]
        missed = sum(found.get(a, a) != found.get(b, b) for a, b in wanted)
        wrong = sum(truth[a] != truth[b] and _half(truth[a]) == half for a, b in made)
        texts.append(f"{missed} missed {wrong} false of {len(wanted)}")
    return ", ".join(texts)


def _half(group: str) -> int:
    return sha1(group.encode(), usedforsecurity=False).digest()[0] % 2


def joined(stories: Iterable[Portrait]) -> tuple[dict[int, int], dict[int, int]]:
    """Clusters and chains of stories held in memory."""
    known = {p.story_id: p for p in stories}
    found = [kinship(known[a], known[b]) for a, b in sorted(candidates(known.values()))]
    groups = clusters(kin for kin in found if isinstance(kin, Kin))
    return groups.cluster, groups.chain


def report(stories: list[Portrait], truth: Gold, kinds: Gold, found: Mapping[int, int]) -> str:
    true, wrong, missed = _counts(truth, found)
    right = named = 0
    members: dict[int, list[Portrait]] = defaultdict(list)
    for p in stories:
        members[found.get(p.story_id, p.story_id)].append(p)
    first = {p.story_id: original(group) for group in members.values() for p in group}
    firsts = {truth[s]: s for s, kind in kinds.items() if kind == "original"}
    for story, kind in kinds.items():
        if kind == "reprint":
            named += 1
            right += first[story] == firsts[truth[story]]
    line = f"precision {true / (true + wrong):.4f} recall {true / (true + missed):.4f}"
    every = len(truth) * (len(truth) - 1) / 2
    chance = (true + wrong) * (true + missed) / every
    line += f" ARI {(true - chance) / ((2 * true + wrong + missed) / 2 - chance):.4f}"
    return line + (f" original named {right / named:.4f}" if named else "")


def _counts(truth: Gold, found: Mapping[int, int]) -> tuple[int, int, int]:
    """Pairs joined rightly, joined wrongly, missed."""
    gold_pairs, made = Counter(truth.values()), Counter(found.get(s, s) for s in truth)
    both = Counter((g, found.get(s, s)) for s, g in truth.items())
    both_n, made_n, gold_n = (
        sum(n * (n - 1) // 2 for n in counts.values()) for counts in (both, made, gold_pairs)
    )
    return both_n, made_n - both_n, gold_n - both_n


def _pairs(truth: Gold) -> list[tuple[int, int]]:
    groups: dict[str, list[int]] = defaultdict(list)
    for story, group in truth.items():
        groups[group].append(story)
    return [pair for group in groups.values() for pair in combinations(sorted(group), 2)]


if __name__ == "__main__":
    main()
