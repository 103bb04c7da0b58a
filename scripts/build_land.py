"""Write src/wiredesk/desk/land.txt: where there is land, as the desk's map needs it.

    python -m scripts.build_land

A cell of two degrees is land if the gazetteer knows a place in it; so nothing has to be fetched,
and the map's land is where its datelines can be.
"""

from __future__ import annotations

import sys
from pathlib import Path

from wiredesk.places import load

STEP = 2  #: degrees
LAND = Path(__file__).parents[1] / "src" / "wiredesk" / "desk" / "land.txt"


def main() -> int:
    places = load().everywhere()
    cells = {(int((90 - lat) // STEP), int((lon + 180) // STEP)) for lat, lon in places}
    rows = [
        "".join("#" if (y, x) in cells else " " for x in range(360 // STEP)).rstrip()
        for y in range(180 // STEP)
    ]
    LAND.write_text("\n".join(rows) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
