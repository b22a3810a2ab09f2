"""How tests are handed to workers that run side by side."""

from __future__ import annotations

import os

from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

from tests.chains import BROWSERS, chain


class SideBySide(LoadScopeScheduling):
    """Every chain of tests, and every test that stands alone, goes to the next free worker.

    But those that drive a browser, and wait for it most of the time, are the first worker's. Where there are
    more workers than cores it then ends: more tests at once than cores are slower, each and together.
    """

    def _split_scope(self, nodeid: str) -> str:
        return chain(nodeid) or nodeid

    def _assign_work_unit(self, node: WorkerController) -> None:
        browses = node is self.nodes[0]
        own = next((scope for scope in self.workqueue if (scope == BROWSERS) is browses), None)
        if own is not None:
            self.workqueue.move_to_end(own, last=False)
        super()._assign_work_unit(node)

    def _reschedule(self, node: WorkerController) -> None:
        spare = node is self.nodes[0] and len(self.nodes) > (os.cpu_count() or 1)
        if spare and not node.shutting_down and BROWSERS not in self.workqueue:
            node.shutdown()
        else:
            super()._reschedule(node)
