"""What lies between wire copy: code, pictures, settings; and three small formats of text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.test_formats import GOLDEN, INPUTS, codes, parsed
from wiredesk import formats

OURS = frozenset(
    "iptc7901 anpa1312 zczc race-results asianet mail ninjs apple-news json not-copy".split()
)
FIXTURES = [path for path in INPUTS if path.relative_to(GOLDEN).parts[0] in OURS]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"import moment from 'moment';\nexport const x = {};\n", "source_code"),
        (b"// licence\n\nexport const items = [\n", "source_code"),
        (b"package db\n\nimport models.{Wire, Subjects}\n", "source_code"),
        (b"import os\nfrom pathlib import Path\n", "source_code"),
        (b"#!/usr/bin/env bash\necho\n", "source_code"),
        (b"#include <stdio.h>\nint main() {}\n", "source_code"),
        (b"<?php\necho 1;\n", "source_code"),
        (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "event"),
        (b'"Subject","Start Date","Start Time"\r\n"Rowing","3/9/2026",\r\n', "event"),
        (b"GIF89a\1\0\1\0", "picture"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "picture"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "picture"),
        (b"RIFF\x10\0\0\0WAVEfmt ", "audio"),
        (b"\0\0\0\x18ftypmp42", "video"),
        (b"wOF2\0\1\0\0", "font"),
    ],
)
def test_what_is_no_copy_is_named_and_dropped(body: bytes, code: str) -> None:
    assert formats.guess(body) == "not-copy"
    batch = parsed(body)
    assert codes(batch) == [code]
    assert batch.rejects[0].dropped


@pytest.mark.parametrize(
    "body",
    [
        "import prices\nrose in May, figures showed.",
        "package deal\nWASHINGTON (Reuters) - A deal was struck.",
        "class action\nDel. (AP) _ A class was certified.",
        "Function follows form (again)\n\nPARIS (AP) _ It does.",
        "export const\nThe ministry said.",
        "from Oslo import duties fell\n\nOSLO (Reuters) - They fell.",
        "# dpa NOTEBOOK\n\n## Note to editors\n- adds quote",
        "// not copy\n\nBERLIN (dpa) - But copy follows.",
        "Subject, verb, object, start of the day\n\nLONDON (PA) - A grammar.",
        "Let it snow = let it melt\n\nOSLO (AFP) - It melted.",
    ],
)
def test_copy_is_never_taken_for_code(body: str) -> None:
    assert formats.guess(body.encode()) == "text"


def test_the_house_forms_of_the_agencies_are_text_or_their_own_format() -> None:
    for path in sorted((GOLDEN.parent / "agencies").glob("*.txt")):
        assert formats.guess(path.read_bytes()) in {"text", "iptc7901"}, path.name


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ({"$schema": "x", "properties": {}}, "schema"),
        ({"lockfileVersion": 1, "dependencies": {}}, "settings"),
        ([{"qcode": "s"}, {"qcode": "f"}], "listing"),
        ({"data": [{"uuid": 1, "title": "Goose", "body": None}]}, "listing"),
        ([{"homeTeam": {}, "awayTeam": {}}], "event"),
        ({"images": [{"imageId": 4}]}, "picture"),
    ],
)
def test_json_that_is_no_story_is_named(value: object, code: str) -> None:
    body = json.dumps(value).encode()
    assert formats.guess(body) == "json"
    assert codes(parsed(body)) == [code]


def test_a_second_zczc_opens_a_second_story_and_the_first_needs_no_end() -> None:
    body = b"ZCZC AAP\n#One\n$Gull sits\nA gull sat.\nZCZC AAP\n#Two\n$Gull flies\nIt flew.\nNNNN\n"
    batch = parsed(body)
    assert [(item.title, item.body) for item in batch] == [
        ("Gull sits", "A gull sat."),
        ("Gull flies", "It flew."),
    ]


def test_every_word_of_zczc_copy_stands_in_headline_or_body() -> None:
    copy = "Gull sits on the ribbon\n\n" + "".join(
        f"   Line {n}: $1.20 @ 4 #2\n" for n in range(50)
    )
    (item,) = parsed(f"ZCZC FMG000\nYY TDR\n{copy}NNNN\n".encode())
    assert f"{item.title} {item.body}".split() == copy.split()


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_file_cut_at_any_fiftieth_gives_what_stood_before_the_cut_or_one_reject(
    path: Path,
) -> None:
    body, name = path.read_bytes(), path.relative_to(GOLDEN).parts[0]
    whole = parsed(body, name)
    for n in range(50):
        cut = body[: len(body) * n // 50]
        batch = parsed(cut, name)
        assert len(batch) <= len(whole)
        assert len(batch) + len(batch.rejects) <= len(whole) + len(whole.rejects) + 1
        if cut.strip():
            assert len(batch) + len(batch.rejects) >= 1
            parsed(cut)  # under whatever name its content is guessed to have
