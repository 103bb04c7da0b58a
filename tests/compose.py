"""docker-compose.yml as tests read it: its services, with what the file leaves to defaults."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]
FILE = ROOT / "docker-compose.yml"
#: ${NAME:-what stands there where NAME is not set}
DEFAULT = re.compile(r"\$\{\w+:-(?P<default>[^}]*)\}")


def compose() -> dict[str, Any]:
    """The file, merges done, each variable at its default."""
    read: dict[str, Any] = yaml.safe_load(DEFAULT.sub(r"\g<default>", FILE.read_text("utf-8")))
    return read


def services() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = compose()["services"]
    return found
