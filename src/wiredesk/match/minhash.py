"""Bands: a few keys a body, such that bodies which share running text share a key.

Each key is the least hash, by one of PERMS orderings, over the body's runs of SHINGLE words, with
the number of the ordering above it; keys of different bands never meet.
"""

from __future__ import annotations

from rensa import RMinHash

from wiredesk.match.normal import shingles, words

SHINGLE = 5
PERMS = 16
SEED = 21578  # stored keys were made with it: another seed makes another index
#: Bodies below this say too little to be known by: `(corrects headline)`, a flash of one line.
SHORTEST = 20


def bands(body: str) -> tuple[int, ...]:
    """PERMS keys, non-negative and below 2^63; () for a body shorter than SHORTEST words."""
    said = words(body)
    if len(said) < SHORTEST:
        return ()
    sketch = RMinHash(num_perm=PERMS, seed=SEED)
    sketch.update(shingles(said, SHINGLE))
    return tuple(band << 32 | least for band, least in enumerate(sketch.digest()))
