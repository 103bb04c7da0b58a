"""Bytes to text: charset from the BOM, the sender, the document, then by trial.

    1. a byte order mark, or the NULs of UTF-16 without one;
    2. UTF-8, where the bytes are valid UTF-8: no other charset gives that by chance;
    3. the label the sender gave, then that of the document's XML declaration or meta element;
    4. by trial, where no label fits: charsets of the web's news, judged by their common characters.

A binary file is told by its control characters, so that an image in a drop folder becomes one
reject and not a story of noise.
"""

from __future__ import annotations

import codecs
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
XML_DECLARED = re.compile(
    rb"""^\s*<\?xml\b[^>]*?\sencoding\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})"""
)
META_DECLARED = re.compile(rb"""(?:encoding|charset)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""")
# The XML declaration is the first thing there is; a page's meta element must be in its first
# 1024 bytes by the HTML standard, and on real pages hides behind scripts up to 8 kB further on.
HEAD = 9216
# ANPA and IPTC 7901 copy uses SOH, STX, ETX, FS…; text proper never has NUL in it.
CONTROL = re.compile(rb"[\x00\x04-\x07\x0e-\x10\x18-\x1a]")
# Labels that mean the Windows code page in practice (the HTML standard says so too).
AS_WINDOWS = {"latin-1", "latin1", "iso-8859-1", "iso8859-1", "iso_8859-1", "ascii", "us-ascii"}
# Labels that mean a larger charset in practice, as in the HTML standard.
LARGER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "big5": "big5hkscs",
    "iso-8859-9": "cp1254",
    "tis-620": "cp874",
    "x-mac-roman": "mac_roman",
}
# 7-bit charsets: their bytes are valid UTF-8 and mean something else
ESCAPED = {"iso-2022-jp": b"\x1b", "iso-2022-kr": b"\x1b", "hz-gb-2312": b"~{"}
# For charsets that carry no mark: what is common in text that they fit and rare in other readings
# of the same bytes.  In running copy the kana are half of Japanese, these thirty characters a
# fifth of Chinese; small Cyrillic letters are swapped for capitals between 1251 and KOI8-R, and the
# accents of Latin copy, taken for Cyrillic, stand alone among Latin letters.
HAN_SIMPLE = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出"
HAN_FULL = "的一是在不了有和人這中大為上個國我以要他時來用們生到作地於出"
TRIALS: tuple[tuple[str, re.Pattern[str], float], ...] = (
    ("euc_jp", re.compile("[\u3041-\u30fe]"), 0.25),
    ("cp932", re.compile("[\u3041-\u30fe]"), 0.25),
    ("gb18030", re.compile(f"[{HAN_SIMPLE}]"), 0.08),
    ("big5hkscs", re.compile(f"[{HAN_FULL}]"), 0.08),
    ("cp949", re.compile("[이다의는에을가를은한고도로하지서기사]"), 0.15),
    ("cp1251", re.compile("[а-яё](?=[а-яё])"), 0.6),
    ("koi8_r", re.compile("[а-яё](?=[а-яё])"), 0.6),
)


def decode(body: bytes, declared: str | None = None) -> tuple[str, str, tuple[Issue, ...]]:
    """Text, the charset used, and what was odd about it.  Raises Rejected for what is no text.

    `declared` is the label that came with the bytes, such as an HTTP header's.
    """
    if not body.strip():
        raise Rejected("empty", "the input has no content")
    for bom, charset in BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(charset, "replace"), charset, ()
    wide = _wide(body)
    if wide:
        return body.decode(wide, "replace"), wide, ()
    sample = body[:65536]
    if len(CONTROL.findall(sample)) * 50 > len(sample):
        raise Rejected("binary", f"{len(body)} bytes that are not text")
    labels = _labels(body, declared)
    for label in labels:
        if label in ESCAPED and ESCAPED[label] in body:
            text = _by_label(body, label)
            if text is not None:
                return text, label, ()
    try:
        return body.decode("utf-8"), "utf-8", ()
    except UnicodeDecodeError as no:
        bad_at = no.start
    for label in labels:
        text = _by_label(body, label)
        if text is not None:
            return text, label, ()
    # A few stray bytes in UTF-8 text are damage; many mean that the text is not UTF-8 at all.
    text = body.decode("utf-8", "replace")
    damaged = text.count("�")
    multibyte = sum(1 for c in text if c > "\x7f" and c != "�")
    if damaged * 4 < multibyte:
        return text, "utf-8", (Issue("bad_bytes", f"{damaged} undecodable, first at {bad_at}"),)
    text, name = _by_trial(body)
    guessed = Issue("charset_guessed", f"not UTF-8 at byte {bad_at}; read as {name}")
    return text, name, (guessed,)


def _labels(body: bytes, declared: str | None) -> list[str]:
    """The labels in the order in which they are believed.

    A server that says ISO-8859-1 of everything (Apache's AddDefaultCharset) says nothing, and every
    byte is valid in it; so what a document says of itself, if it is something else, goes first.
    """
    head = body[:HEAD]
    inside = XML_DECLARED.search(head) or META_DECLARED.search(head)
    labels = [(declared or "").strip().lower(), inside[1].decode("ascii").lower() if inside else ""]
    if labels[0] in AS_WINDOWS:
        labels.reverse()
    if b"\x1b$B" in body:  # the escape to kanji: no other text has it
        labels.append("iso-2022-jp")
    return [label for label in dict.fromkeys(labels) if label]


def _wide(body: bytes) -> str | None:
    """UTF-16 without a mark: markup in it starts with `<` and a NUL, either way round."""
    start = body[:4]
    if start[:2] == b"<\0" and start[3:] == b"\0" and start[2:3] != b"\0":
        return "utf-16-le"
    if start[:2] == b"\0<" and start[2:3] == b"\0" and start[3:] != b"\0":
        return "utf-16-be"
    return None


def _by_label(body: bytes, label: str) -> str | None:
    """The text by a label, or None where it does not fit.  UTF-8 is tried before labels are, and
    UTF-16 that has neither mark nor NULs is a wrong label.
    """
    name = "cp1252" if label in AS_WINDOWS else LARGER.get(label, label)
    try:
        codec = codecs.lookup(name).name
        if codec.startswith(("utf", "idna", "punycode", "unicode", "raw")):
            return None
        return body.decode(codec)
    except UnicodeDecodeError:
        # five bytes are undefined in windows-1252, and real copy has them
        return body.decode(name, "replace") if name in {"cp1252", "windows-1252"} else None
    except (LookupError, ValueError, TypeError):
        return None


def _by_trial(body: bytes) -> tuple[str, str]:
    """The text by the charset whose common characters it is full of, else by windows-1252."""
    sample = body[: 1 << 16]
    best, name = 1.0, "windows-1252"
    for charset, common, share in TRIALS:
        # the sample's end may cut a character in two
        text = codecs.getincrementaldecoder(charset)("replace").decode(sample)
        high = [c for c in text if c > "\x7f"]
        if text.count("�") * 50 > len(high):
            continue
        found = len(common.findall(text)) / max(1, len(high)) / share
        if found > best and len(high) > 8:
            best, name = found, charset
    return body.decode("cp1252" if name == "windows-1252" else name, "replace"), name
