"""Where we go: which addresses are the open internet's, and what an address is taken as."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiredesk.errors import Refused
from wiredesk.fetch.guard import barred, literal, place, shown

INSIDE = """
0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.100.100.200 127.0.0.1 127.255.255.254 169.254.169.254
168.63.129.16 172.16.0.1 172.31.255.255 192.0.0.192 192.0.2.1 192.88.99.1 192.168.0.1 198.18.0.1
198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255
:: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 64:ff9b::7f00:1
64:ff9b::a9fe:a9fe 64:ff9b:1::1 100::1 2001::1 2001:db8::1 2002:7f00:1:: 2002:a00:1:: fc00::1
fd00:ec2::254 fe80::1 fe80::1%2 fec0::1 ff02::1
""".split()
OUTSIDE = """
1.1.1.1 93.184.216.34 100.63.255.255 100.128.0.1 172.15.0.1 172.32.0.1 192.0.1.1 223.255.255.254
2606:4700::1111 2a00:1450::1 2002:5db8:d822:: 64:ff9b::5db8:d822 ::ffff:93.184.216.34
""".split()


@pytest.mark.parametrize("address", INSIDE)
def test_addresses_inside_somebodys_network_are_barred(address: str) -> None:
    assert barred(address)


@pytest.mark.parametrize("address", OUTSIDE)
def test_addresses_of_the_open_internet_are_not(address: str) -> None:
    assert not barred(address)


@given(st.sampled_from([a for a in INSIDE if "." in a and ":" not in a]))
def test_wrapping_an_inner_address_in_ipv6_does_not_free_it(address: str) -> None:
    ip = int(ipaddress.ip_address(address))
    for wrapped in (0xFFFF << 32 | ip, 0x64_FF9B << 96 | ip, 0x2002 << 112 | ip << 80):
        assert barred(str(ipaddress.IPv6Address(wrapped)))


@given(st.integers(0, 2**32 - 1))
def test_every_spelling_of_an_address_is_that_address(number: int) -> None:
    plain = str(ipaddress.IPv4Address(number))
    octets = ".".join(f"0{int(part):o}" for part in plain.split("."))
    for spelling in (plain, str(number), hex(number), octets):
        assert literal(spelling) == plain


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("http://News.Example", "http://news.example:80"),
        ("https://news.example./feed#top", "https://news.example:443"),
        ("https://news.example:8443/", "https://news.example:8443"),
        ("http://[2A00:1450::1]/", "http://[2a00:1450::1]:80"),
        ("https://bücher.example/", "https://xn--bcher-kva.example:443"),
        (" http://news.example/\n", "http://news.example:80"),
    ],
)
def test_an_address_has_one_origin_however_it_is_spelt(address: str, origin: str) -> None:
    assert place(address).origin == origin


@pytest.mark.parametrize(
    "address",
    [
        "", "news.example/feed", "//news.example/feed", "ftp://news.example/", "file:///etc/passwd",
        "data:text/plain,words", "gopher://news.example/", "http://", "http:///feed", "http://./",
        "http://bank.example@news.example/", "http://:@news.example/", "http://news.example:99999/",
        "http://[::1/", "http://a b/", "http://news.example\\@other.example/", "http://%6eews/",
        "http://news.example\0.other.example/", "http://-/",
    ],
)  # fmt: skip
def test_what_is_no_plain_address_of_the_web_is_refused(address: str) -> None:
    with pytest.raises(Refused):
        place(address)


@given(st.text(max_size=80))
def test_no_address_hurts(address: str) -> None:
    try:
        found = place(f"http://{address}")
    except Refused:
        return
    assert found.host
    assert "@" not in found.host


def test_an_address_is_shown_without_user_name_and_password() -> None:
    assert shown("https://desk:s3same@news.example/a@b") == "https://news.example/a@b"
    assert shown("https://news.example/a@b") == "https://news.example/a@b"
