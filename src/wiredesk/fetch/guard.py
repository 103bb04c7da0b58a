"""Where we go: http and https only, and no address inside anybody's network.

What is checked is what a name *resolves to*, at every hop; the transport then connects to those
very addresses, so that a name that changes between the check and the connection gains nothing.
"""

from __future__ import annotations

import asyncio
import ipaddress
import re
import socket
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urljoin

import httpx

from wiredesk.errors import Refused, Temporary

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]  #: host, port → addresses

PORTS = {"http": 80, "https": 443}
LOOKUPS = 64  # at once; each holds a thread, and a dead name holds its thread for seconds
HOST = re.compile(r"[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_-])?")  # `[bad` becomes `%5bbad` in httpx
USERINFO = re.compile(r"(?<=//)[^/?#]*@")
# What ipaddress of Python 3.11 calls global and is not a host on the open internet: protocol
# assignments (192.0.0.192 is one cloud's metadata), 6to4 relays, NAT64 for local use, and the
# one public address that answers inside a cloud's machines only (168.63.129.16).
ALSO_BARRED = tuple(
    ipaddress.ip_network(net)
    for net in (
        *("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32"),
        *("::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "fec0::/10"),
    )
)
NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Place:
    """An address taken apart: `host` in lower case, IDNA, without a trailing dot or brackets."""

    url: httpx.URL  #: without fragment
    scheme: str
    host: str
    port: int

    @property
    def origin(self) -> str:
        """`scheme://host:port`, the port always written."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"


def shown(url: str) -> str:
    """An address as it may stand in messages and rows: without user name and password."""
    return USERINFO.sub("", url, count=1)


def place(address: str, base: str = "") -> Place:
    """Take an address apart.  Raises Refused for what is not a plain http(s) address.

    A relative one is counted from `base`.
    """
    try:
        address = urljoin(base, address.strip())
        url = httpx.URL(address).copy_with(fragment=None)
        host = url.raw_host.decode("ascii").lower().strip("[]").rstrip(".")
    except (httpx.InvalidURL, ValueError):  # UnicodeError and idna's errors are ValueErrors
        raise Refused(shown(address), "not an address") from None
    if url.scheme not in PORTS:
        raise Refused(shown(address), f"{url.scheme or 'nothing'} is not http or https")
    if not (HOST.fullmatch(host) or ":" in host):
        raise Refused(shown(address), "an address without a host")
    if url.port is not None and not 0 < url.port < 1 << 16:
        raise Refused(shown(address), f"no such port as {url.port}")
    if url.userinfo:
        # `https://bank.example@elsewhere.example/`: credentials come from the environment only
        raise Refused(shown(address), "an address with a user name in it")
    return Place(url, url.scheme, host, url.port or PORTS[url.scheme])


def barred(address: str) -> bool:
    """Whether an IP address is none of the open internet's, in whatever form it is wrapped."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if ip in NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return barred(str(inner))
    if any(ip.version == net.version and ip in net for net in ALSO_BARRED):
        return True
    return not ip.is_global or ip.is_multicast or ip.is_reserved or ip.is_unspecified


def literal(host: str) -> str | None:
    """The IP address that a host spells, or None for a name.

    `2130706433`, `0x7f.1` and `0177.0.0.1` are 127.0.0.1 to every system resolver.
    """
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        pass
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except OSError:
        return None


class Guard:
    """Looks names up, and lets through only addresses that the asking source may go to."""

    def __init__(self, resolve: Resolve | None, connect: float, stands: float) -> None:
        self._threads = ThreadPoolExecutor(LOOKUPS, "names") if resolve is None else None
        self._resolve = resolve or self._look_up
        self._at_once = asyncio.Semaphore(LOOKUPS)
        self._connect = connect
        self._stands = stands  #: seconds
        self._known: dict[tuple[str, int], tuple[float, tuple[str, ...]]] = {}

    def close(self) -> None:
        """Let the threads go; one that still waits for a dead name is not waited for."""
        if self._threads is not None:
            self._threads.shutdown(wait=False, cancel_futures=True)

    async def addresses(self, to: Place, allow: Sequence[str]) -> tuple[str, ...]:
        """The addresses of a place, all checked.  Raises Refused, or Temporary (no such name).

        `allow` are host names that may stand for any address; permission is the asking source's
        and is looked at every time, also where the name is known.
        """
        found = await self._addresses(to)
        if to.host not in {name.lower().strip("[]").rstrip(".") for name in allow}:
            for address in found:
                if barred(address):
                    raise Refused(str(to.url), f"{to.host} is {address}, not on the open internet")
        return found

    async def _addresses(self, to: Place) -> tuple[str, ...]:
        spelt = literal(to.host)
        if spelt:
            return (spelt,)
        clock = asyncio.get_running_loop().time
        known = self._known.get((to.host, to.port))
        if known and clock() < known[0]:
            return known[1]
        async with self._at_once:
            try:
                async with asyncio.timeout(self._connect):
                    found = tuple(dict.fromkeys(await self._resolve(to.host, to.port)))
            except (OSError, UnicodeError) as no:  # TimeoutError is an OSError
                raise Temporary(str(to.url), f"no address for {to.host}") from no
        if not found:
            raise Temporary(str(to.url), f"no address for {to.host}")
        self._known[to.host, to.port] = clock() + self._stands, found
        return found

    async def _look_up(self, host: str, port: int) -> Sequence[str]:
        found = await asyncio.get_running_loop().run_in_executor(
            self._threads, lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        )
        return [str(where[0]) for *_, where in found]
