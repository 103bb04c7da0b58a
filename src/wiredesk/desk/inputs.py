"""Between the pages, which know no marimo, and the app: inputs, the menu, what is shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import marimo as mo
from altair import LayerChart

from wiredesk.database import Database
from wiredesk.desk.asking import ask
from wiredesk.desk.controls import Asked, Control, Pick, Statement
from wiredesk.desk.html import Markup, empty, join, link, moment, number, tag
from wiredesk.desk.pages import MENU
from wiredesk.desk.pages.sql import Result
from wiredesk.errors import UserError

#: Milliseconds after the last key before a box of words counts as filled in.
PAUSE = 350


def snapshot() -> str:
    """Where the snapshot lies, as the server says."""
    request = mo.app_meta().request
    if request is None or not isinstance(request.meta, dict):
        raise UserError("the desk is opened with wiredesk desk")
    return str(request.meta["snapshot"])


def asked(query: Mapping[str, str | list[str]]) -> dict[str, str]:
    """What the address says: of several values, the last."""
    return {key: value[-1] if isinstance(value, list) else value for key, value in query.items()}


def menu(found: Database | None, name: str, trouble: str | None) -> mo.Html:
    """The head of every page: where one is, where one can go, and how new it all is."""
    links = [
        tag(
            "a",
            page.TITLE,
            href=f"?page={key}",
            target="_self",
            aria_current="page" if key == name else None,
        )
        for key, page in MENU.items()
    ]
    return _html(
        join(
            tag(
                "header",
                link("wiredesk", "wire"),
                tag("nav", *links, aria_label="Pages"),
                _as_of(found),
                class_="wd-head",
            ),
            empty("The warehouse cannot be opened.", trouble) if trouble else None,
        )
    )


def _as_of(found: Database | None) -> Markup | None:
    if found is None:
        return None
    row = ask(found, "as_of")[0]
    when = join("as of ", moment(row["as_of"])) if row["as_of"] else None
    return tag("p", join(f"{number(row['stories'])} stories", when, by=" "), class_="wd-quiet")


def inputs(controls: Sequence[Control]) -> Any:
    """The inputs of a page, side by side; nothing for a page without."""
    made = {control.name: _input(control) for control in controls}
    if not made:
        return None
    alone = isinstance(controls[0], Statement)
    kind = "wd-statement" if alone else "wd-controls"
    layout = tag("div", *(Markup(f"{{{name}}}") for name in made), class_=kind)
    box = _html(layout).batch(**made)
    return box.form(submit_button_label="Run", bordered=False) if alone else box


def _input(control: Control) -> Any:
    if isinstance(control, Pick):
        options = {shown: value for value, shown in control.options}
        value = next(shown for shown, value in options.items() if value == control.value)
        return mo.ui.dropdown(options, value=value, label=control.label, full_width=True)
    if isinstance(control, Statement):
        return mo.ui.text_area(
            control.value, label=control.label, rows=8, full_width=True, max_length=20_000
        )
    return mo.ui.text(
        control.value,
        placeholder=control.hint,
        label=control.label,
        debounce=PAUSE,
        full_width=True,
    )


def said(name: str, query: Asked, chosen: Any) -> dict[str, str]:
    """What the page is to show: what the address says, then what was chosen."""
    values = chosen.value if chosen is not None else None
    rest = {key: value for key, value in query.items() if key != "page"}
    return {**rest, "page": name, **{k: v or "" for k, v in (values or {}).items()}}


def shown(parts: Iterable[object]) -> Any:
    """The parts of a page, one below the other."""
    return mo.vstack([_part(part) for part in parts], gap=1, align="stretch")


def _part(part: object) -> Any:
    if isinstance(part, Markup):
        return _html(part)
    if isinstance(part, Result):
        file = mo.download(part.csv(), "desk.csv", "text/csv", label="Download as CSV")
        return mo.hstack([file], justify="start")
    if isinstance(part, LayerChart):
        return mo.Html(f'<div class="wd-map">{mo.as_html(part).text}</div>')
    return part


def _html(markup: Markup) -> mo.Html:
    """For marimo, which sends plain strings only."""
    return mo.Html(str(markup))
