"""How tests are handed to workers that run side by side."""

from __future__ import annotations

from xdist.scheduler import LoadScopeScheduling

from tests.chains import chain


class SideBySide(LoadScopeScheduling):
    """Every test alone goes to the next free worker, but for those of a chain."""

    def _split_scope(self, nodeid: str) -> str:
        return chain(nodeid) or nodeid
