"""Bodies taken in piece by piece: whole however they are cut, and never over their limits."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiredesk.errors import FetchError, Soft, Temporary
from wiredesk.fetch.limits import Limits
from wiredesk.fetch.unpack import MEMBERS, PIECES, STEP, Body

URL = "http://hostile.example/"
PACKERS = {
    "": bytes,
    "gzip": gzip.compress,
    "x-gzip": lambda body: gzip.compress(body[:9]) + gzip.compress(body[9:]) + b"\0" * 3,
    "deflate": zlib.compress,
    "Deflate": lambda body: zlib.compress(body, wbits=-15),
}


def unpacked(coding: str, pieces: list[bytes], limits: Limits = Limits()) -> bytes:  # noqa: B008
    body = Body(URL, coding, limits.body, limits.ratio)
    for piece in pieces:
        body.take(piece)
    return body.whole()


@given(st.sampled_from(sorted(PACKERS)), st.binary(max_size=300), st.integers(1, 50))
def test_a_body_is_whole_however_it_is_cut(coding: str, plain: bytes, size: int) -> None:
    packed = PACKERS[coding](plain)
    pieces = [packed[at : at + size] for at in range(0, len(packed), size)]
    assert unpacked(coding, pieces) == plain


@given(st.sampled_from(["gzip", "deflate"]), st.binary(max_size=300))
def test_no_bytes_hurt(coding: str, rubbish: bytes) -> None:
    try:
        unpacked(coding, [b"\x1f\x8b" + rubbish, rubbish])
    except FetchError as no:
        assert type(no) is Temporary


@given(st.integers(1, 3000))
def test_no_more_is_unpacked_than_the_limit_and_one_step(limit: int) -> None:
    body = Body(URL, "gzip", limit, 10_000)
    with pytest.raises(Soft):
        body.take(gzip.compress(b"\0" * (8 << 20)))
    assert len(body.unpacked) <= STEP + limit


def test_a_stream_of_empty_members_and_a_body_of_crumbs_come_to_an_end() -> None:
    with pytest.raises(Soft):
        unpacked("gzip", [gzip.compress(b"")] * (MEMBERS + 2))
    with pytest.raises(Soft):
        unpacked("", [b"."] * (PIECES + 1))


def test_padding_after_the_last_member_is_left_out() -> None:
    assert unpacked("gzip", [gzip.compress(b"words"), *[b"\0" * 60_000] * 100]) == b"words"
