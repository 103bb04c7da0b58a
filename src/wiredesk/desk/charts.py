"""The charts: Altair, one look, and no data but what they are given."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from wiredesk.desk.html import Row

#: Colours that people who see no red or no green can tell apart (Okabe and Ito), all of them
#: against a light and a dark page.
BLUE, ORANGE, GREEN, RED = "#3b82b8", "#d98e04", "#1b9e77", "#d1603d"
QUIET = "#808893"

Chart = alt.Chart | alt.LayerChart


def data(rows: Sequence[Row]) -> alt.InlineData:
    return alt.InlineData(values=[_plain(row) for row in rows])


def _plain(row: Row) -> dict[str, Any]:
    return {k: v.isoformat() if hasattr(v, "isoformat") else v for k, v in row.items()}


def dressed(chart: Any) -> Chart:
    """The one look: no frame, quiet axes, colours that hold on light and dark pages."""
    done: Chart = (
        chart.configure(background="transparent", font="PT Sans, system-ui, sans-serif")
        .properties(usermeta={"embedOptions": {"actions": False}})
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=QUIET,
            titleColor=QUIET,
            gridColor=QUIET,
            gridOpacity=0.25,
            domain=False,
            ticks=False,
            labelFontSize=12,
            titleFontSize=12,
            titleFontWeight="normal",
            labelPadding=6,
        )
        .configure_legend(
            labelColor=QUIET,
            titleColor=QUIET,
            labelFontSize=12,
            orient="top",
            title=None,
            columns=3,
            symbolType="square",
            labelLimit=110,
        )
        .configure_header(labelColor=QUIET, labelFontSize=12, title=None)
    )
    return done


def months(rows: Sequence[Row], best: Sequence[str]) -> Chart:
    """Stories by month: a row of tints for each name, in the order given."""
    chart = (
        alt.Chart(data(rows))
        .mark_rect(cornerRadius=2, stroke="white", strokeWidth=0.5, strokeOpacity=0.4)
        .encode(
            alt.X("month:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True)),
            alt.Y("name:N", title=None, sort=list(best), axis=alt.Axis(labelLimit=130, grid=False)),
            alt.Color(
                "stories:Q",
                scale=alt.Scale(range=["#cfe1ef", "#0b4f7d"]),
                legend=None,
            ),
            tooltip=[
                alt.Tooltip("name:N", title="name"),
                alt.Tooltip("month:O", title="month"),
                alt.Tooltip("stories:Q", title="stories", format=","),
            ],
        )
        .properties(width="container", height=alt.Step(26))
    )
    return dressed(chart)


OUTCOMES = {
    "new stories": BLUE,
    "new versions": GREEN,
    "duplicates": "#b9c2cc",
    "rejected": RED,
    "dropped": ORANGE,
}


def ledger(rows: Sequence[Row]) -> Chart:
    """What was listed by hour, one colour for what became of it."""
    parts = [
        {"hour": row["hour"].isoformat(), "outcome": outcome, "n": row[outcome.replace(" ", "_")]}
        for row in rows
        for outcome in OUTCOMES
        if row[outcome.replace(" ", "_")]
    ]
    hours = sorted({part["hour"] for part in parts})
    shown = [h[:16].replace("T", " ") for h in hours]
    named = dict(zip(hours, shown, strict=True))
    chart = (
        alt.Chart(alt.InlineData(values=[{**p, "hour": named[p["hour"]]} for p in parts]))
        .mark_bar(size=28 if len(hours) <= 12 else alt.Undefined)
        .encode(
            alt.X("hour:O", title=None, sort=shown, axis=alt.Axis(labelAngle=0, labelOverlap=True)),
            alt.Y("sum(n):Q", title="listed", axis=alt.Axis(format="~s", tickCount=4)),
            alt.Color(
                "outcome:N",
                scale=alt.Scale(domain=list(OUTCOMES), range=list(OUTCOMES.values())),
            ),
            tooltip=[
                alt.Tooltip("hour:O", title="hour"),
                alt.Tooltip("outcome:N", title="outcome"),
                alt.Tooltip("sum(n):Q", title="items", format=","),
            ],
        )
        .properties(width="container", height=220)
    )
    return dressed(chart)


#: the ways in which a story is carried: colour and shape, so that either is enough
MANNERS = {
    "original": (QUIET, "diamond"),
    "names the agency": (BLUE, "circle"),
    "names no agency": (ORANGE, "triangle-up"),
    "its own repeat": (GREEN, "square"),
}


def carried(copies: Sequence[Row]) -> Chart:
    """When each publisher carried a story, in hours after the original (which is at 0)."""
    first = copies[0]
    rows = [
        {"publisher": first["original_publisher"], "hours": 0.0, "how": "original", "left": 0.0},
        *(
            {
                "publisher": c["publisher"],
                "hours": c["hours"],
                "how": _manner(c),
                "left": c["trimmed"],
            }
            for c in copies
        ),
    ]
    kinds = [kind for kind in MANNERS if any(row["how"] == kind for row in rows)]
    colours = alt.Scale(domain=kinds, range=[MANNERS[kind][0] for kind in kinds])
    shapes = alt.Scale(domain=kinds, range=[MANNERS[kind][1] for kind in kinds])
    chart = (
        alt.Chart(alt.InlineData(values=rows))
        .mark_point(filled=True, size=130, opacity=0.9)
        .encode(
            alt.X("hours:Q", title="hours after the original", axis=alt.Axis(tickCount=6)),
            alt.Y(
                "publisher:N",
                title=None,
                sort=alt.EncodingSortField("hours", op="min"),
                axis=alt.Axis(labelLimit=130),
            ),
            alt.Color("how:N", scale=colours, legend=alt.Legend(columns=2)),
            alt.Shape("how:N", scale=shapes),
            tooltip=[
                alt.Tooltip("publisher:N", title="publisher"),
                alt.Tooltip("hours:Q", title="hours later", format=",.1f"),
                alt.Tooltip("left:Q", title="left out", format=".0%"),
                alt.Tooltip("how:N", title="credit"),
            ],
        )
        .properties(width="container", height=alt.Step(34))
    )
    return dressed(chart)


def _manner(copy: Row) -> str:
    if copy["relation"] == "repeat":
        return "its own repeat"
    return "names the agency" if copy["credited"] else "names no agency"
