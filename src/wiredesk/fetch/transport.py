"""The way to the network: every connection goes to addresses that were checked, and no others.

A request carries its checked addresses in `extensions["pinned"]`.  They become part of the key
under which the pool keeps connections: a connection that one source was allowed to open serves
another only where that one's own check gave the same addresses.
"""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import httpcore
import httpx
from h2.exceptions import H2Error

from wiredesk.fetch.limits import Limits

TRIED = 4  # addresses of one name; a host with more has them for load, not for reach
IDLE = 32  # connections kept for a next request; each is looked at whenever the pool is
IDLE_FOR = 15.0  # seconds; longer than the usual delay between two requests to one host


class Pinned(httpx.AsyncBaseTransport):
    """httpx over a pool that connects by address and shakes hands by name."""

    def __init__(
        self, limits: Limits, tls: ssl.SSLContext, network: httpcore.AsyncNetworkBackend
    ) -> None:
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=tls,
            max_connections=limits.together + IDLE,
            max_keepalive_connections=IDLE,
            keepalive_expiry=IDLE_FOR,
            http2=True,
            network_backend=_ByAddress(network),
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Raises httpcore's exceptions, not httpx's: they tell which step failed."""
        name = request.url.raw_host.rstrip(b".")
        pinned = ",".join(request.extensions["pinned"]).encode("ascii")
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=name + b"|" + pinned,
            port=request.url.port,
            target=request.url.raw_path,
        )
        extensions = {**request.extensions, "sni_hostname": name.decode("ascii").strip("[]")}
        with _blame():
            answer = await self._pool.handle_async_request(
                httpcore.Request(
                    request.method, url, headers=request.headers.raw, extensions=extensions
                )
            )
        return httpx.Response(
            answer.status, headers=answer.headers, stream=_Stream(answer), extensions={}
        )

    async def aclose(self) -> None:
        await self._pool.aclose()


class _Stream(httpx.AsyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _blame():
            async for piece in self._answer.aiter_stream():
                yield piece

    async def aclose(self) -> None:
        await self._answer.aclose()


@contextmanager
def _blame() -> Iterator[None]:
    """What httpcore lets through, or takes for our mistake, where a server breaks HTTP/2."""
    try:
        yield
    except (H2Error, ValueError, httpcore.LocalProtocolError) as no:
        raise httpcore.RemoteProtocolError(str(no)) from no


class _ByAddress(httpcore.AsyncNetworkBackend):
    """Connects to the addresses in `name|address,address`, one after the other."""

    def __init__(self, below: httpcore.AsyncNetworkBackend) -> None:
        self._below = below

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        addresses = host.partition("|")[2].split(",")[:TRIED]
        share = timeout / len(addresses) if timeout else None
        for address in addresses[:-1]:
            try:
                return await self._below.connect_tcp(
                    address, port, share, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return await self._below.connect_tcp(
            addresses[-1], port, share, local_address, socket_options
        )
