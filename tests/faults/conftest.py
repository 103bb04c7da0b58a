"""A small web and a desk that polls it, as the tests of polling have them."""

from __future__ import annotations

from tests.test_polling import blank, desk, site_, web

__all__ = ["blank", "desk", "site_", "web"]
