"""The map of datelines: circles on land that is made of dots.

Nothing is fetched: `land.txt` has a `#` for each two degrees in which the gazetteer knows a place
(GeoNames, CC BY 4.0), line by line from 90 north to 90 south, from 180 west on.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import altair as alt

from wiredesk.desk.charts import BLUE, QUIET, Chart, data, dressed
from wiredesk.desk.html import Row

CELL = 2  #: degrees of a sign of land.txt


@lru_cache(maxsize=1)
def _land() -> alt.InlineData:
    """The middles of the cells that have land; as CSV, which Altair need not look through."""
    lines = (Path(__file__).parent / "land.txt").read_text("utf-8").splitlines()
    cells = [
        f"{column * CELL - 180 + CELL // 2},{90 - row * CELL - CELL // 2}"
        for row, line in enumerate(lines)
        for column, sign in enumerate(line)
        if sign == "#"
    ]
    return alt.InlineData(
        values="\n".join(["lon,lat", *cells]), format=alt.CsvDataFormat(type="csv")
    )


def dateline_map(places: Sequence[Row]) -> Chart:
    """Circles at the places, sized by stories, over the land as dots.

    As high as its width asks for; what is left below, the style sheet cuts off.
    """
    across = alt.X("lon:Q", scale=alt.Scale(domain=[-170, 184], nice=False), axis=None)
    down = alt.Y(
        "lat:Q",
        scale=alt.Scale(domain=[-56, 78], nice=False, range=[alt.expr("width * 0.42"), 0]),
        axis=None,
    )
    ground = (
        alt.Chart(_land())
        .mark_square(size=alt.expr("pow(width / 354, 2) * 1.2"), color=QUIET, opacity=0.4)
        .encode(across, down)
    )
    known = [p for p in places if p["lat"] is not None]
    most = max((p["stories"] for p in known), default=1)
    circles = (
        alt.Chart(data(known))
        .mark_circle(color=BLUE, opacity=0.7, stroke="white", strokeWidth=0.75)
        .encode(
            across,
            down,
            alt.Size(
                "stories:Q",
                scale=alt.Scale(domain=[0, max(most, 5)], range=[14, alt.expr("width * 0.7")]),
                legend=None,
            ),
            tooltip=[
                alt.Tooltip("name:N", title="place"),
                alt.Tooltip("country:N", title="country"),
                alt.Tooltip("stories:Q", title="stories", format=","),
            ],
        )
    )
    names = (
        alt.Chart(data(_apart(known)))
        .mark_text(
            dy=-13, fontSize=alt.expr("width < 600 ? 0 : 12"), color=QUIET, fontWeight="bold"
        )
        .encode(across, down, text="name:N")
    )
    layers = alt.layer(ground, circles, names).properties(width="container", height=520)
    return dressed(layers)


def _apart(places: Sequence[Row]) -> list[Row]:
    """Of places, those with most stories first, as many as can be named without overlap."""
    named: list[Row] = []
    for place in places:
        free = all(
            abs(place["lon"] - other["lon"]) > 34 or abs(place["lat"] - other["lat"]) > 9
            for other in named
        )
        if free:
            named.append(place)
    return named[:12]
