"""Which tests run one after the other on one worker, where tests run side by side."""

from __future__ import annotations

import re

ONE_READING = re.compile(
    r"^(tests/(?:loaders/(?:formats/usgs/test_(?:us_)?published|quality/test_quality)\.py"
    r"|dashboard/cli/test_editions\.py::test_the_releases_in_any_order))"
)
"""Tests that read large files once for all."""

MACHINE = re.compile(
    r"^tests/(?:whole/test_(?:swap|serve|engines|robustness)|loaders/store/test_faults"
    r"|loaders/test_memory|dashboard/intake/test_job)\.py::"
)
"""Tests that start servers and engines, or fill the memory: two at once get in each other's way."""

BROWSER = re.compile(
    r"^tests/(?:whole/test_(?:flows|back|three_clicks|upload_large|everyone|looks|one_layout)"
    r"|dashboard/(?:ui/article/test_article_browser|exports/test_web_page))\.py::"
)
"""Tests with a browser: two of them at once are both slow, and wait for what follows a click in vain."""

CASE = re.compile(r"^tests/whole/test_(?:sweep|titles)\.py::\w+\[(?P<case>bgs|.+)")
"""Tests that look at the same views; those that read the files of BGS first are all one."""

LONG_FILES = re.compile(
    r"^tests/(?:dashboard/(?:views/test_claims|ui/(?:test_session|data/test_upload)|cli/test_(?:editions|main)"
    r"|exports/test_formats|intake/test_proposal)|loaders/formats/usgs/test_layouts|whole/test_robustness)\.py::"
)
"""Files whose tests are divided among workers; those of the others share what they have made."""

BROWSERS = "browsers"
CHAINS = {BROWSERS: BROWSER, "machine": MACHINE}


def chain(test: str) -> str:
    """What is the same of all tests of one chain, by the id of a test; empty for one that stands alone."""
    for name, pattern in CHAINS.items():
        if pattern.match(test):
            return name
    if shared := ONE_READING.match(test):
        return shared[1]
    if case := CASE.match(test):
        return case["case"]
    return "" if LONG_FILES.match(test) else test.partition("::")[0]
