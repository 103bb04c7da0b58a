"""The sample wire as a small web on loopback: two passes over the same addresses.

A file of the second pass hides that of the first; what did not change keeps its validators, and
answers 304 to a poller that sends them.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

WIRE = Path(__file__).parent / "wire"
PORT = 8765
TYPES = {
    ".xml": "application/rss+xml",
    ".atom": "application/atom+xml",
    ".rdf": "application/rdf+xml",
    ".json": "application/feed+json",
    ".html": "text/html; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
}


class WireServer(ThreadingHTTPServer):
    """Serves `wire/pass1`, and after `turn_page()` also `wire/pass2` before it."""

    daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.second = False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def turn_page(self) -> None:
        """From now on the second pass is on the wire."""
        self.second = True

    def file(self, path: str) -> Path | None:
        """The file that an address stands for now."""
        for part in ("pass2", "pass1") if self.second else ("pass1",):
            root = (WIRE / part).resolve()
            found = (root / path.lstrip("/")).resolve()
            if found.is_relative_to(root) and found.is_file():
                return found
        return None


class _Handler(BaseHTTPRequestHandler):
    server: WireServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = self.server.file(self.path.split("?")[0])
        if path is None:
            self._answer(404, b"not found\n", "text/plain", None)
            return
        # links within the sample name its usual port
        body = path.read_bytes().replace(
            f"http://127.0.0.1:{PORT}".encode(), self.server.url.encode()
        )
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if self.headers.get("If-None-Match") == etag:
            self._answer(304, b"", None, etag)
        else:
            self._answer(200, body, TYPES.get(path.suffix, "application/octet-stream"), etag)

    def _answer(self, status: int, body: bytes, media: str | None, etag: str | None) -> None:
        self.send_response(status)
        if media:
            self.send_header("Content-Type", media)
        if etag:
            self.send_header("ETag", etag)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing: the poller reports."""


@contextmanager
def serving(port: int = 0) -> Iterator[WireServer]:
    """The sample wire on a loopback port (0: any free one), for as long as the block runs."""
    server = WireServer(port)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
