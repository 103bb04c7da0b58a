# /// script
# [tool.marimo.display]
# theme = "system"
# ///
# ruff: noqa: B018, PLC0415, PLR1711 - the form in which marimo keeps its cells
# mypy: disable-error-code="no-untyped-def"
"""The desk as a marimo app: which page, what can be chosen there, and what it shows.

What is chosen goes into the address, so that every view can be sent to a colleague.
"""

import marimo

app = marimo.App(width="full", app_title="wiredesk", css_file="desk.css")


@app.cell
def _opened():
    import marimo as mo

    from wiredesk.desk import inputs
    from wiredesk.desk.asking import opened
    from wiredesk.desk.pages import PAGES
    from wiredesk.errors import UserError

    asked = inputs.asked(mo.query_params().to_dict())
    name = asked["page"] if asked.get("page") in PAGES else "wire"
    page = PAGES[name]
    try:
        found, trouble = opened(inputs.snapshot()), None
    except UserError as no:
        found, trouble = None, str(no)
    return asked, found, inputs, mo, name, page, trouble


@app.cell
def _menu(found, inputs, name, trouble):
    inputs.menu(found, name, trouble)
    return


@app.cell
def _controls(asked, found, inputs, page):
    chosen = inputs.inputs(page.controls(found, asked) if found else ())
    chosen
    return (chosen,)


@app.cell
def _body(asked, chosen, found, inputs, mo, name, page):
    said = inputs.said(name, asked, chosen)
    for _key, _value in said.items():
        if asked.get(_key, "") != _value:
            mo.query_params().set(_key, _value)
            asked[_key] = _value
    with mo.status.spinner("Reading the snapshot …", remove_on_exit=True):
        _shown = inputs.shown(page.body(found, said)) if found else None
    _shown
    return


if __name__ == "__main__":
    app.run()
