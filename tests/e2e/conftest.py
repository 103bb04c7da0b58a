"""The whole system takes two minutes: these tests run where they are asked for, by `make e2e`."""

from __future__ import annotations

import pytest


def pytest_ignore_collect(config: pytest.Config) -> bool | None:
    return None if any("e2e" in argument for argument in config.args) else True
