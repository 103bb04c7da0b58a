"""Links as documents print them, made whole; what is no address is None and stops nothing."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit


def joined(base: str, link: str | None) -> str | None:
    """`link` against `base`; None where either is malformed (`http://[bad/`) or link is empty."""
    if not link:
        return None
    try:
        whole = urljoin(base, link)
        urlsplit(whole)
    except ValueError:
        return None
    return whole


def web_link(base: str, link: str | None) -> str | None:
    """As `joined`, where that is an address of the web."""
    whole = joined(base, link)
    return whole if whole and whole.startswith(("http://", "https://")) else None
