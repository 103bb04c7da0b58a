"""A file of one message or of several, as telex formats come: each is read by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from wiredesk.errors import Rejected
from wiredesk.model import Item


def each_of(
    messages: Sequence[bytes], read: Callable[[bytes, int], Item]
) -> Iterator[Item | Rejected]:
    """What `read` makes of each message and its ordinal; what it rejects costs that one alone.

    Raises Rejected (empty) where there is no message.
    """
    if not messages:
        raise Rejected("empty", "the input has no content")
    n = 0
    for at, message in enumerate(messages, 1):
        try:
            yield read(message, n)
            n += 1
        except Rejected as no:
            yield no.at(f"message {at}" if len(messages) > 1 else None)
