"""Bring about every fault of fault_scenarios.py, and write what was seen into the README.

python -m scripts.fault_table --kills 200
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from xml.etree import ElementTree

from scripts.fault_scenarios import SCENARIOS, Scenario
from scripts.kill_pipeline import PHASES, Found
from scripts.kill_pipeline import test as kill

ROOT = Path(__file__).parents[1]
BEGIN, END = "<!-- faults -->", "<!-- /faults -->"
Outcomes = dict[tuple[str, str], list[str]]  #: by file and function, how each of its cases ended


def outcomes() -> Outcomes:
    """How the tests of all scenarios end."""
    named = sorted({"::".join(test) for scenario in SCENARIOS for test in scenario.named()})
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", f"--junitxml={report}", *named]
        subprocess.run(command, cwd=ROOT, check=False)
        if not report.exists():
            raise SystemExit("the tests could not be run")
        cases = list(ElementTree.parse(report).iter("testcase"))  # noqa: S314 (pytest wrote it)
    found: Outcomes = defaultdict(list)
    for case in cases:
        file = case.attrib["classname"].replace(".", "/") + ".py"
        how = next((child.tag for child in case), "passed")
        found[file, case.attrib["name"].partition("[")[0]].append(how)
    return found


def seen(scenario: Scenario, found: Outcomes) -> str:
    """What was seen of a scenario, in a few words."""
    tests = list(scenario.named())
    cases = [how for test in tests for how in found.get(test, ["missing"])]
    bad = sorted({name for file, name in tests if _broken(found.get((file, name), ["missing"]))})
    if bad:
        return f"**not so**: {', '.join(bad)}"
    passed, skipped = cases.count("passed"), cases.count("skipped")
    said = f"so, in {passed} cases" if passed > 1 else "so"
    said += f"; {skipped} not tried here" if skipped else ""
    return said + (f"; not shown: {scenario.open}" if scenario.open else "")


def table(found: Outcomes) -> str:
    """The table of scenarios."""
    lines = ["| | fault | promised | seen | tests |", "|---|---|---|---|---|"]
    for s in SCENARIOS:
        files = ", ".join(dict.fromkeys(Path(file).stem for file, _ in s.named()))
        lines.append(f"| {s.number} | {s.fault} | {s.promise} | {seen(s, found)} | {files} |")
    return "\n".join(lines)


def killed(found: Found, seconds: float) -> str:
    """The table of kills."""
    lines = [f"| killed while at | of {found.kills} kills (SIGKILL) |", "|---|---|"]
    lines += [f"| {phase} | {found.hits[phase]} |" for phase in PHASES]
    verdict = "; ".join(found.wrong) or (
        f"After each the checks passed and the snapshot was one of those published; in the end "
        f"{found.stories:,} stories of {found.passes} turns of the wire stood in the rows of a run "
        "that nobody killed."
    )
    return "\n".join([*lines, "", f"{verdict} {seconds:.0f} s."])


def written(readme: str, text: str) -> str:
    """The README with `text` between its marks."""
    head, begin, rest = readme.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not (begin and end):
        raise SystemExit(f"README.md has no {BEGIN} … {END}")
    return f"{head}{BEGIN}\n\n{text}\n\n{END}{tail}"


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--kills", type=int, default=200)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--print", action="store_true", help="leave the README as it is")
    given = arguments.parse_args()
    results = outcomes()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        kills = kill(given.kills, given.seed, Path(folder))
    text = f"{table(results)}\n\n{killed(kills, time.monotonic() - began)}"
    if given.print:
        print(text)
    else:
        readme = ROOT / "README.md"
        readme.write_text(written(readme.read_text("utf-8"), text), "utf-8")
    broken = any(_broken(results.get(t, ["missing"])) for s in SCENARIOS for t in s.named())
    return 1 if broken or kills.wrong else 0


def _broken(cases: list[str]) -> bool:
    return any(how not in {"passed", "skipped"} for how in cases)


if __name__ == "__main__":
    sys.exit(main())
