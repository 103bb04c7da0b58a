"""What one answer may cost us.  The figures are defaults; tests and a bench give their own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds and bytes."""

    connect: float = 10.0  #: to look a name up; to connect; to shake hands
    #: from asking to the last byte, all redirects together; waiting for our turn is not counted.
    #: A limit on each read would let a server drip a byte a second for a day.
    answer: float = 60.0
    #: from connecting to the end of an answer's head, and between two pieces of its body; feed
    #: readers give 10 to 30 seconds for the whole of it
    head: float = 15.0
    #: bytes a second on average, once `grace` has gone; a server that drips would hold a place
    #: among the requests at once for its whole minute
    pace: int = 1000
    grace: float = 10.0
    body: int = 64 << 20  #: unpacked; the largest news sitemaps are 50 MB
    feed: int = 16 << 20  #: of a feed, unpacked; the largest of 116 in the wild has 0.6 MB
    #: unpacked over packed, looked at from 1 MB on: 156 feeds and pages in the wild pack 2 to 9
    #: times, a sitemap of 50,000 like addresses 54 times, a bomb of zeros 1,030 times
    ratio: int = 200
    headers: int = 64 << 10  #: names and values of one answer; browsers stop at 256 KB, curl at 300
    redirects: int = 10
    together: int = 200  #: requests at once over all hosts
    large: int = 4  #: bodies over 4 MB read at once, so that hostile ones cannot fill the memory
    crawl_delay: float = 60.0  #: a Crawl-delay is kept up to here; some files say a day
    robots: int = 512 << 10  #: of a robots.txt, the rest is not read; RFC 9309 asks for 500 KB
    names: float = 60.0  #: how long a looked-up name stands within a run
