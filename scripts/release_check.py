"""Whether this tree can be released: what `make test` does not look at.

    python -m scripts.release_check [--quick]

A line a check: `ok`, `look` (a person should), `FAIL`.  Exit code 1 where one fails.  `--quick`
leaves out those that install or resolve anything.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
import tomllib
import venv
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from scripts import cookbook

ROOT = Path(__file__).parents[1]
STORY = "OSLO (Reuters) - A dock shut.\n\n(Reporting by Ana Ruiz in Oslo)\n"
LIMIT = 170  #: seconds that one step may take
LICENCES = ("LICENSE", "NOTICE")


class Wrong(Exception):
    """What keeps this tree from being released."""


class Look(Exception):
    """What a person should look at."""


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--quick", action="store_true")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        steps: list[tuple[str, Callable[[], str]]] = [
            ("git is clean", clean),
            ("version and changes agree", versions),
            ("README and house rules hold", house),
            ("cookbook is up to date", book),
            ("sdist and wheel are built and whole", lambda: built(folder)),
            ("the wheel works by itself", lambda: works(folder)),
        ]
        if not given.quick:
            steps += [
                ("lock is in step with pyproject", lambda: locked(folder)),
                ("the wheel's dependencies suffice", lambda: installs(folder)),
            ]
        verdicts = [told(what, step) for what, step in steps]  # each, also after one that fails
        return int(not all(verdicts))


def told(what: str, step: Callable[[], str]) -> bool:
    """Run a step and print how it went; whether it went."""
    began = time.perf_counter()
    try:
        verdict, said = "ok", step()
    except Look as look:
        verdict, said = "look", str(look)
    except (Wrong, OSError, subprocess.SubprocessError) as no:
        verdict, said = "FAIL", str(no)
    print(f"{verdict:<4}  {what} ({time.perf_counter() - began:.1f} s){': ' * bool(said)}{said}")
    return verdict != "FAIL"


def clean() -> str:
    """What is released is what is committed."""
    changed = ran("git", "status", "--porcelain").splitlines()
    if changed:
        raise Wrong(f"{len(changed)} files are not committed: {changed[0].strip()} …")
    return ran("git", "rev-parse", "--short", "HEAD").strip()


def versions() -> str:
    """pyproject, the package and the top of the changes name one version."""
    ours = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    text = (ROOT / "src" / "wiredesk" / "__init__.py").read_text("utf-8")
    package = re.search(r'__version__ = "([^"]+)"', text)
    if package and package[1] != ours:
        raise Wrong(f"pyproject says {ours}, wiredesk.__version__ {package[1]}")
    changes = (ROOT / "CHANGELOG.md").read_text("utf-8")
    top = re.search(r"^## (\S+) — (\S+)", changes, re.MULTILINE)
    if not top or top[1] != ours:
        raise Wrong(f"pyproject says {ours}, CHANGELOG.md begins with {top[1] if top else 'none'}")
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", top[2]):
        raise Look(f"{ours} is {top[2]} in CHANGELOG.md: give it its day")
    return ours


def house() -> str:
    """The README's queries and commands, no machine paths, hashes in the lock."""
    run = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/test_house.py"]
    return ran(*run).strip().splitlines()[-1]


def book() -> str:
    """docs/cookbook.md is what the sample wire answers today."""
    if cookbook.main(["--check"]):
        raise Wrong("docs/cookbook.md is not: python -m scripts.cookbook")
    return ""


def built(folder: Path) -> str:
    """The sdist from this tree, the wheel from the sdist; SQL, data and licences are in both."""
    dist = folder / "dist"
    ran(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(dist))
    (sdist,) = dist.glob("*.tar.gz")
    with tarfile.open(sdist) as packed:
        packed.extractall(folder, filter="data")
    source = folder / sdist.name.removesuffix(".tar.gz")
    ran(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(dist), at=source)
    (wheel,) = dist.glob("*.whl")
    inside = set(zipfile.ZipFile(wheel).namelist())
    missing = [name for name in wanted() if name not in inside]
    if missing:
        raise Wrong(f"the wheel lacks {len(missing)} files: {missing[0]} …")
    for licence in LICENCES:
        for where, names in (("wheel", inside), ("sdist", set(listed(source)))):
            if not any(Path(name).name == licence for name in names):
                raise Wrong(f"the {where} has no {licence}")
    return f"{sdist.stat().st_size / 1e6:.1f} and {wheel.stat().st_size / 1e6:.1f} MB"


def wanted() -> Iterator[str]:
    """What must be in a wheel: every module, every statement, all that stands beside a module."""
    for name in ran("git", "ls-files", "src/wiredesk", "warehouse").splitlines():
        if name.startswith("src/"):
            yield name.removeprefix("src/")
        else:
            yield f"wiredesk/_{name}"


def listed(folder: Path) -> Iterator[str]:
    return (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def works(folder: Path) -> str:
    """The wheel in an environment of its own, which sees this one's dependencies and nothing else.

    Not this tree: its package is found through a hook, which only the first folder of packages has.
    """
    where = environment(folder / "light")
    (wheel,) = (folder / "dist").glob("*.whl")
    pip(where, "--no-deps", "--no-index", str(wheel))
    (packages,) = where.glob("lib/python*/site-packages")
    (ours,) = {Path(path) for path in sys.path if path.endswith("site-packages")}
    (packages / "dependencies.pth").write_text(f"{ours}\n", "utf-8")
    return tried(where, folder)


def installs(folder: Path) -> str:
    """The wheel with what it says it depends on, at the versions of the lock, and no more."""
    where = environment(folder / "whole", pip=False)
    (wheel,) = (folder / "dist").glob("*.whl")
    uv("pip", "install", "--quiet", "--python", str(where / "bin" / "python"),
       "--constraint", str(ROOT / "requirements.lock"), str(wheel))  # fmt: skip
    return tried(where, folder)


def environment(where: Path, *, pip: bool = True) -> Path:
    venv.EnvBuilder(with_pip=pip, symlinks=True).create(where)
    return where


def tried(where: Path, folder: Path) -> str:
    """What a person does first, from a folder that is not this tree."""
    at = folder / "elsewhere"
    shutil.rmtree(at, ignore_errors=True)
    at.mkdir()
    (at / "story.txt").write_text(STORY, "utf-8")
    command = str(where / "bin" / "wiredesk")
    python = str(where / "bin" / "python")
    place = ran(python, "-c", "import wiredesk; print(wiredesk.__file__)", at=at).strip()
    if not Path(place).is_relative_to(where):
        raise Wrong(f"another wiredesk was tried: {place}")
    for words in (["--help"], ["read", "story.txt"], ["ingest", "story.txt"], ["check"]):
        said = ran(command, *words, at=at)
        if words[0] == "read" and '"Ana Ruiz"' not in said:
            raise Wrong("wiredesk read from the wheel does not read a sign-off")
    return ran(command, "--version", at=at).strip()


def pip(where: Path, *words: str) -> None:
    ran(str(where / "bin" / "python"), "-m", "pip", "install", "--quiet", *words)


def locked(folder: Path) -> str:
    """To resolve again without upgrading changes nothing."""
    again = folder / "again.lock"
    shutil.copy(ROOT / "requirements.lock", again)
    uv("pip", "compile", "--quiet", "--universal", "--generate-hashes", "--no-header",
       "--no-emit-index-url", "--python-version", "3.11", "--group", "dev", "pyproject.toml",
       "-o", str(again))  # fmt: skip
    before, after = (pins(path) for path in (ROOT / "requirements.lock", again))
    if before != after:
        odd = ", ".join(sorted(before ^ after)[:5])
        raise Wrong(f"make lock would change {len(before ^ after)} lines: {odd} …")
    return f"{len(before)} pins"


def pins(lock: Path) -> set[str]:
    return set(re.findall(r"^[A-Za-z0-9][^ \\]*==[^ \\]+", lock.read_text("utf-8"), re.MULTILINE))


def uv(*words: str) -> None:
    ran(str(Path(sys.executable).parent / "uv"), *words)


def ran(*command: str, at: Path = ROOT) -> str:
    """What a command prints; Wrong where it fails."""
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "WIREDESK"))}
    done = subprocess.run(
        command, cwd=at, env=plain, capture_output=True, text=True, check=False, timeout=LIMIT
    )
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        name = Path(command[0]).name
        raise Wrong(f"{name} {' '.join(command[1:4])} …: {said[-1] if said else 'failed'}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
