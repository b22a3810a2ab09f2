"""Which tests run on one worker, one after the other, where tests run side by side."""

from __future__ import annotations

import re

from xdist.scheduler import LoadScopeScheduling

ONE_READING = re.compile(
    r"^(tests/loaders/(?:formats/test_usgs_(?:us_)?published|quality/test_quality)\.py)::"
)
"""Files whose tests read large files once for all."""

MACHINE = re.compile(
    r"^tests/(?:whole/test_(?:flows|back|swap|upload_large|serve|engines|robustness)"
    r"|loaders/store/test_faults|loaders/test_memory|dashboard/intake/test_job)\.py::"
)
"""Tests that start servers, browsers and engines, or fill the memory: two at once get in each other's way."""

ONE_BROWSER = re.compile(r"^(tests/whole/test_(?:everyone|looks|one_layout)\.py)::")
"""Files whose tests share a browser."""

CASE = re.compile(r"^tests/whole/test_(?:sweep|titles)\.py::\w+\[(?P<case>.+)\]$")
"""Tests that look at the same views."""


class SideBySide(LoadScopeScheduling):
    """Every test alone goes to the next free worker, but for those above."""

    def _split_scope(self, nodeid: str) -> str:
        if MACHINE.match(nodeid):
            return "machine"
        if shared := ONE_BROWSER.match(nodeid) or ONE_READING.match(nodeid):
            return shared[1]
        case = CASE.match(nodeid)
        return case["case"] if case else nodeid
