"""Files, folders and standard input to captures; what cannot be opened becomes a reject.

    path     what a command line names: a file, a folder with all that is in it, or `-`
    folder   a drop folder that others write into while it is read
    spool    a maildir (`new`, `cur`, `tmp`), or a flat directory of messages; in the order of names

A file counts as dropped once it has stood still for SETTLED seconds and bears no name of a file in
the making.  Nothing is moved unless the source says where to (`done`).
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from wiredesk.batch import Reject
from wiredesk.fetch.opening import is_warc, opened, opened_stream
from wiredesk.fetch.packed import SUFFIXES
from wiredesk.fetch.whole import Columns
from wiredesk.model import Capture, Source

#: what parts the name of a file from what is in it
INSIDE = re.compile(r"!/|#\d+\+\d+$")
SETTLED = 2.0  # seconds: file systems of the slowest kind (FAT, some network drives) count in twos
#: how programs name files that they are still writing: browsers, curl, FTP clients, rsync, editors
UNFINISHED = frozenset((".part", ".tmp", ".filepart", ".partial", ".crdownload", ".swp"))
MAILDIR = ("new", "cur")


def captures(
    paths: Iterable[str], source: str, now: datetime, columns: Columns = ()
) -> Iterator[Capture | Reject]:
    """The payloads of each path, or a reject; a folder gives each file in it, sorted by name.

    Hidden files and those still being written, by their names, are left alone.  `-` is standard
    input.  `columns` are those that the source declares of its dumps.
    """
    for path in paths:
        if path == "-":
            yield from opened_stream(sys.stdin.buffer, "-", source, now, columns)
        elif Path(path).is_dir():
            inside = _inside(Path(path), None)
            if not inside:
                yield Reject("fetch", path, "empty_folder", "a folder without files")
            for file in inside:
                yield from _file(file, source, now, columns)
        else:
            yield from _file(Path(path), source, now, columns)


def arrivals(source: Source, now: datetime) -> Iterator[Capture | Reject]:
    """What lies in a source of kind folder or spool: each settled file, in the order of names.

    An empty folder gives nothing, a folder that is not there a reject.
    """
    root = Path(source.url)
    if not root.is_dir():
        yield Reject("fetch", source.url, "missing", "no such folder")
        return
    for path in lying(source):
        try:
            before = path.stat()
            if -SETTLED < now.timestamp() - before.st_mtime < SETTLED:
                continue  # one of a wrong clock, far in the future, must not wait for ever
            for found in _file(path, source.id, now, source.columns):
                after = path.stat()
                if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
                    break
                yield found
        except FileNotFoundError:
            continue  # its writer took it away or gave it its name
        except OSError as no:
            yield Reject("fetch", str(path), "unreadable", no.strerror or str(no))


def lying(source: Source) -> list[Path]:
    """The files of a source of kind folder or spool, in order; those being written are left out."""
    root = Path(source.url)
    done = Path(source.done) if source.done else None
    return _messages(root) if source.kind == "spool" else _inside(root, done)


def moved(source: Source, loaded: Iterable[Capture]) -> tuple[Reject, ...]:
    """Move the files of loaded captures to `done`, under the names they had below the folder.

    No file is overwritten: a second `a.txt` becomes `a~1.txt`.  A file that has changed since it
    was read stays for the next poll.  What could not be moved comes back, loaded all the same.
    """
    if not source.done:
        return ()
    root, done = Path(source.url), Path(source.done)
    unmoved: list[Reject] = []
    captures = list(loaded)
    payloads = {capture.sha256 for capture in captures}
    names = {file_of(capture.locator) for capture in captures}
    for path in lying(source):
        if not _loaded(path, names, payloads, source):
            continue
        try:
            _move(path, done / path.relative_to(root))
        except OSError as no:
            unmoved.append(Reject("fetch", str(path), "unmoved", no.strerror or str(no)))
    return tuple(unmoved)


def file_of(locator: str) -> str:
    """The file that a payload came in: that of `a.zip!/b.csv#0+2000` is `a.zip`."""
    return INSIDE.split(locator, maxsplit=1)[0]


def _loaded(path: Path, names: Collection[str], payloads: Collection[str], source: Source) -> bool:
    """Whether all that a file holds has been loaded and it holds the same still.

    `a.txt` may lie there as `a.txt.gz`; the pages of a WARC file have names of their own.
    """
    try:
        bare = next((str(path)[: -len(s)] for s in SUFFIXES if path.suffix == s), str(path))
        if not {str(path), bare} & set(names) and not is_warc(path):
            return False
        again = _file(path, source.id, datetime.now(UTC), source.columns)
        found = {each.sha256 for each in again if isinstance(each, Capture)}
    except OSError:
        return False
    return bool(found) and found <= set(payloads)


def _move(path: Path, target: Path) -> None:
    """A link under the new name and then the old name away: at each moment there is one at least,
    and a name that is taken is never taken over.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    for n in count():
        name = target if n == 0 else target.with_name(f"{target.stem}~{n}{target.suffix}")
        try:
            os.link(path, name)
        except FileExistsError:
            continue
        except OSError:  # another file system, or one without links
            try:
                _copy(path, name)
            except FileExistsError:
                continue
        path.unlink()
        return


def _copy(path: Path, target: Path) -> None:
    with path.open("rb") as old, target.open("xb") as new:
        try:
            shutil.copyfileobj(old, new)
            new.flush()
            os.fsync(new.fileno())
        except OSError:
            target.unlink()
            raise


def _inside(root: Path, done: Path | None) -> list[Path]:
    """The files below a folder, sorted by path, except hidden and unfinished ones, those in `done`
    and what a symbolic link leads out to.
    """
    found: list[Path] = []
    apart = done.resolve() if done else None
    for folder, below, names in os.walk(root):
        below[:] = [
            name
            for name in below
            if not name.startswith(".") and Path(folder, name).resolve() != apart
        ]
        found += [Path(folder, name) for name in names]
    return sorted(path for path in found if _taken(path, root))


def _messages(root: Path) -> list[Path]:
    """The messages of a spool.  What is in `tmp` is being delivered and is never looked at."""
    boxes = [root / name for name in MAILDIR if (root / name).is_dir()] or [root]
    return [
        path for box in boxes for path in sorted(box.iterdir()) if _taken(path, root)
    ]  # fmt: skip


def _taken(path: Path, root: Path) -> bool:
    if path.name.startswith(".") or path.name.endswith("~") or path.suffix.lower() in UNFINISHED:
        return False
    if path.is_symlink() and not path.resolve().is_relative_to(root.resolve()):
        return False
    return path.is_file()


def _file(path: Path, source: str, now: datetime, columns: Columns) -> Iterator[Capture | Reject]:
    try:
        yield from opened(path, source, now, columns)
    except FileNotFoundError:
        yield Reject("fetch", str(path), "missing", "no such file")
    except OSError as no:
        yield Reject("fetch", str(path), "unreadable", no.strerror or str(no))
