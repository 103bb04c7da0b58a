"""Bytes to text: charset from the BOM, the sender, the document, then by trial.

A binary file is told by its control characters, so that an image in a drop folder becomes one
reject and not a story of noise.
"""

from __future__ import annotations

import re

from wiredesk.errors import Rejected
from wiredesk.model import Issue

BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
DECLARED = re.compile(rb"""(?:encoding|charset)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""")
# ANPA and IPTC 7901 copy uses SOH, STX, ETX, FS…; text proper never has NUL in it.
CONTROL = re.compile(rb"[\x00\x04-\x07\x0e-\x10\x18-\x1a]")
# Labels that mean the Windows code page in practice (the HTML standard says so too).
AS_WINDOWS = {"latin-1", "latin1", "iso-8859-1", "iso8859-1", "ascii", "us-ascii"}


def decode(body: bytes, declared: str | None = None) -> tuple[str, str, tuple[Issue, ...]]:
    """Text, the charset used, and what was odd about it.  Raises Rejected for what is no text."""
    if not body.strip():
        raise Rejected("empty", "the input has no content")
    for bom, charset in BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(charset, "replace"), charset, ()
    sample = body[:65536]
    if len(CONTROL.findall(sample)) * 50 > len(sample):
        raise Rejected("binary", f"{len(body)} bytes that are not text")
    try:
        return body.decode("utf-8"), "utf-8", ()
    except UnicodeDecodeError as no:
        bad_at = no.start
    inside = DECLARED.search(body[:1024])
    for label in (declared, inside and inside[1].decode("ascii")):
        text = _by_label(body, label)
        if text is not None and label:
            return text, label.lower(), ()
    # A few stray bytes in UTF-8 text are damage; many mean that the text is not UTF-8 at all.
    text = body.decode("utf-8", "replace")
    damaged = text.count("�")
    multibyte = sum(1 for c in text if c > "\x7f" and c != "�")
    if damaged * 4 < multibyte:
        return text, "utf-8", (Issue("bad_bytes", f"{damaged} undecodable, first at {bad_at}"),)
    guessed = Issue("charset_guessed", f"not UTF-8 at byte {bad_at}; read as windows-1252")
    return body.decode("cp1252", "replace"), "windows-1252", (guessed,)


def _by_label(body: bytes, label: str | None) -> str | None:
    if not label or label.lower() in {"utf-8", "utf8"}:
        return None
    try:
        return body.decode("cp1252" if label.lower() in AS_WINDOWS else label)
    except (LookupError, UnicodeDecodeError, ValueError):
        return None
