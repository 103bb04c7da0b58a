"""English names of the IPTC's subjects, for items that carry the code alone.

data/subject_names.tsv holds scheme, code and name; scripts/build_subject_names.py writes it.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


def subject_name(scheme: str | None, code: str | None) -> str | None:
    """The name of a subject, or None where the table has none."""
    return _names().get((scheme, code)) if scheme in {"medtop", "subj"} else None


@cache
def _names() -> dict[tuple[str | None, str | None], str]:
    table = files("wiredesk").joinpath("data", "subject_names.tsv").read_text("utf-8")
    rows = (row.split("\t") for row in table.splitlines())
    return {(scheme, code): name for scheme, code, name in rows}
