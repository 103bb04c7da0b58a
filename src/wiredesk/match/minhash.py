"""Bands: a few keys a body, such that bodies which share running text share a key.

Each key is the least hash, by one of BANDS orderings, over the body's runs of SHINGLE words, with
the number of the ordering above it, so that keys of different bands never meet.  One ordering a
band, not two or more as is usual: a run of five words is rare enough by itself, and a copy that is
both cut and scanned has only a quarter of its runs left (of all that both have).

`python -m scripts.sweep_matching` over 2,004 labelled pairs of copies, in a crowd of 20,000 other
agency stories of three years; candidates are pairs of a window of seven days:

    words  keys  rows  pairs found  a third of a body  candidates   µs
                                    finds the whole     a story
      3     16    1      1.0000          0.9988           1.98      38
      3     20    2      0.9840          0.9019           0.19      40
      4     16    1      0.9995          0.9984           0.79      39
      5      8    1      0.9890          0.9524           0.30      48
      5     12    1      0.9960          0.9864           0.38      57
    * 5     16    1      0.9985          0.9956           0.47      57
      5     20    1      1.0000          0.9992           0.48      48
      5     20    2      0.9741          0.8975           0.16      60
      7     16    1      0.9960          0.9972           0.25      81

The three pairs lost in 2,004 are two reprints of one original, and found through it.  16 keys are
128 bytes a story.  Two bodies that share the part s of all their runs share a key with the chance
1 - (1 - s)^16: a half 0.99998, a third 0.998, a fifth 0.97.  `rensa` makes the hashes; a test pins
them, as a version that hashed otherwise would make another index.
"""

from __future__ import annotations

from rensa import RMinHash  # type: ignore[import-untyped]

from wiredesk.match.normal import shingles, words

SHINGLE = 5
BANDS = 16
SEED = 21578  # stored keys were made with it: another seed makes another index
#: Bodies below this say too little to be known by: `(corrects headline)`, a flash of one line.
SHORTEST = 20


def bands(body: str) -> tuple[int, ...]:
    """BANDS keys, non-negative and below 2^63; () for a body shorter than SHORTEST words."""
    said = words(body)
    if len(said) < SHORTEST:
        return ()
    sketch = RMinHash(num_perm=BANDS, seed=SEED)
    sketch.update(shingles(said, SHINGLE))
    return tuple(band << 32 | least for band, least in enumerate(sketch.digest()))
