"""docker-compose.yml is valid Compose, and each service has as few rights as it can work with."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.compose import ROOT, compose, services
from wiredesk import __version__

PUBLISHED = {"prefect", "desk"}
OURS = {"prefect", "prepare", "worker", "desk"}
DIGEST = re.compile(r"^[\w./-]+:[\w.-]+@sha256:[0-9a-f]{64}$")

each = pytest.mark.parametrize("service", services().values(), ids=list(services()))


def program() -> list[str]:
    """Docker Compose: the program of its own, or the plugin."""
    if shutil.which("docker-compose"):
        return ["docker-compose"]
    plugin = ["docker", "compose"]
    if (
        shutil.which("docker")
        and not subprocess.run([*plugin, "version"], capture_output=True, check=False).returncode
    ):
        return plugin
    pytest.skip("Docker Compose is not installed (Debian: apt-get install docker-compose)")


def judged(file: Path) -> subprocess.CompletedProcess[str]:
    """What Compose says of a file by its specification; no Docker has to run for that."""
    command = [*program(), "--project-directory", str(ROOT), "--file", str(file), "config"]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_compose_takes_the_file_and_reads_it_as_these_tests_do() -> None:
    done = judged(ROOT / "docker-compose.yml")
    assert done.returncode == 0, done.stderr
    for name in services():
        assert f"\n  {name}:\n" in done.stdout


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("ports:", "portz:"),
        ("condition: service_healthy", "condition: service_well"),
        ("retries: 12", "retries: often"),
        ("prepare: { condition", "nobody: { condition"),
    ],
)
def test_compose_refuses_a_file_with_a_fault(right: str, wrong: str, tmp_path: Path) -> None:
    text = (ROOT / "docker-compose.yml").read_text("utf-8")
    assert right in text
    planted = tmp_path / "planted.yml"
    planted.write_text(text.replace(right, wrong), "utf-8")
    assert judged(planted).returncode != 0


def test_what_services_name_is_declared_and_what_is_declared_is_named() -> None:
    read = compose()
    for kind in ("networks", "secrets", "volumes"):
        named = {n.partition(":")[0] for s in services().values() for n in s.get(kind, [])}
        assert {name for name in named if "/" not in name} == read[kind].keys(), kind


@each
def test_no_service_has_a_right_that_it_can_do_without(service: dict[str, Any]) -> None:
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", service["user"])
    assert not {"privileged", "cap_add", "devices", "pid", "ipc"} & service.keys()
    assert service["pids_limit"]
    assert service["mem_limit"]


@each
def test_logs_do_not_fill_the_disk(service: dict[str, Any]) -> None:
    assert {"max-size", "max-file"} <= service["logging"]["options"].keys()


def test_what_serves_is_started_again_and_says_how_it_is() -> None:
    for name, service in services().items():
        if name == "prepare":
            assert service["restart"] == "no"
            continue
        assert service["restart"] == "unless-stopped"
        assert service["healthcheck"]["test"][0] == "CMD"


def test_only_the_ui_and_the_desk_are_published_and_on_loopback_only() -> None:
    published = {name: service.get("ports", []) for name, service in services().items()}
    assert {name for name, ports in published.items() if ports} == PUBLISHED
    assert all(p.startswith("127.0.0.1:") for ports in published.values() for p in ports)


def test_the_database_is_on_a_network_of_its_own_without_a_way_out() -> None:
    read = compose()
    assert read["networks"]["database"] == {"internal": True}
    on_it = {n for n, s in services().items() if "database" in s.get("networks", [])}
    assert on_it == {"postgres", "prefect"}
    assert services()["postgres"]["networks"] == ["database"]


def test_the_desk_reads_the_snapshot_and_nothing_else() -> None:
    desk = services()["desk"]
    assert desk["volumes"] == ["snapshots:/snapshots:ro"]
    assert "secrets" not in desk


def test_images_are_pinned() -> None:
    for name, service in services().items():
        if name in OURS:
            assert service["image"] == f"wiredesk:{__version__}"
        else:
            assert DIGEST.match(service["image"]), name
    base = re.findall(r"^ARG PYTHON=(.*)$", (ROOT / "docker/Dockerfile").read_text(), re.MULTILINE)
    assert len(base) == 1
    assert DIGEST.match(base[0])


@each
def test_secrets_come_from_files(service: dict[str, Any]) -> None:
    for name, value in service.get("environment", {}).items():
        if re.search(r"PASSWORD|AUTH|TOKEN|SECRET", name):
            assert name.endswith("_FILE"), name
            assert value.removeprefix("/run/secrets/") in service["secrets"]


def test_secrets_are_made_once_and_read_by_the_command_alone(tmp_path: Path) -> None:
    docker = tmp_path / "docker"
    (docker / "secrets").mkdir(parents=True)
    shutil.copy(ROOT / "docker" / "new-secrets", docker)
    for _ in range(2):
        subprocess.run([docker / "new-secrets"], check=True, capture_output=True)
    declared = {Path(s["file"]).name for s in compose()["secrets"].values()}
    assert {path.name for path in (docker / "secrets").iterdir()} == declared
    auth = docker / "secrets" / "prefect_auth"
    assert re.fullmatch(r"desk:[0-9a-f]{48}", auth.read_text())
    asked = {"PATH": os.environ["PATH"], "TOKEN_FILE": str(auth), "SSL_CERT_FILE": "/etc/ca.pem"}
    done = started(["env"], asked)
    assert f"TOKEN={auth.read_text()}\n" in done.stdout
    assert "TOKEN_FILE" not in done.stdout
    assert "SSL_CERT_FILE=/etc/ca.pem\n" in done.stdout


def test_a_secret_that_is_not_there_is_one_clear_line(tmp_path: Path) -> None:
    missing = str(tmp_path / "secrets" / "token")
    done = started(["env"], {"PATH": os.environ["PATH"], "TOKEN_FILE": missing})
    assert done.returncode == 2
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert "TOKEN_FILE" in line
    assert "docker/new-secrets" in line


def test_the_image_holds_what_the_program_needs_and_no_test_tools() -> None:
    script = [shutil.which("python3") or "python3", str(ROOT / "docker" / "part_of_lock.py")]
    lock = str(ROOT / "requirements.lock")

    def pins(root: str) -> set[str]:
        done = subprocess.run([*script, lock, root], capture_output=True, text=True, check=True)
        return set(re.findall(r"^([\w.-]+)(?:\[.*\])?==", done.stdout, re.MULTILINE))

    program = pins("wiredesk (pyproject.toml)")
    assert {"prefect", "duckdb", "starlette", "pydantic-core"} <= program
    assert not {"pytest", "mypy", "playwright", "moto"} & program
    assert {"hatchling", "pathspec"} <= pins("hatchling")


def test_all_that_the_image_copies_is_there_and_goes_to_the_builder() -> None:
    sent = set(
        re.findall(r"^!(\S+)$", (ROOT / "docker/Dockerfile.dockerignore").read_text(), re.MULTILINE)
    )
    for line in (ROOT / "docker/Dockerfile").read_text().splitlines():
        words = line.split()
        if words[:1] == ["COPY"] and not words[1].startswith("--from"):
            for name in words[1:-1]:
                assert (ROOT / name).exists()
                assert name in sent


def started(command: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [ROOT / "docker" / "start", *command],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
