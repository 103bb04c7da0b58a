"""What a worker needs, imported once in the process that workers are forked from.

Forked workers share these pages: with the gazetteer and the parsers here a worker of its own takes
some 30 MB less, and its first story no longer waits a third of a second.
"""

from __future__ import annotations

import gc

import bs4
import feedparser
import ftfy
import lxml.etree
import pycld2
import selectolax.lexbor

from wiredesk import intake, places

places.load()
gc.freeze()  # what is here stays: collecting it would only copy its pages

__all__ = ["bs4", "feedparser", "ftfy", "intake", "lxml", "pycld2", "selectolax"]
