"""Whether a text has what was asked, phrases and all: the index knows only their words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wiredesk.search.index import FOLDED
from wiredesk.search.query import Either, Tree, Words

Run = tuple[str, ...]  #: folded words side by side


@dataclass(frozen=True, slots=True)
class Check:
    """A question, and the runs that each of its words stands for."""

    tree: Tree
    runs: Mapping[Words, frozenset[Run]]

    def holds(self, *texts: str) -> bool:
        """Whether these texts, a headline and a body, are what was asked; no run spans two."""
        return self._holds(self.tree, [_spaced(FOLDED.analyze(text)) for text in texts])

    def _holds(self, tree: Tree, texts: list[str]) -> bool:
        if isinstance(tree, Words):
            return any(_spaced(run) in text for run in self.runs[tree] for text in texts)
        if isinstance(tree, Either):
            return any(self._holds(part, texts) for part in tree.parts)
        return all(self._holds(part, texts) for part in tree.parts) and not any(
            self._holds(part, texts) for part in tree.without
        )


def _spaced(words: list[str] | Run) -> str:
    return f" {' '.join(words)} "
