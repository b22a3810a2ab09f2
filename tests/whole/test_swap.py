"""What is exported while editions are swapped is of one version."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from dashboard.drawing.paper import chart_svg
from dashboard.exports.csv import chart_csv
from dashboard.intake.proposal import install_proposals
from dashboard.snapshot import snapshot
from dashboard.topics.ranking import Choice, ranked_view
from tests.handing_in import RECORD, proposed, tidy
from tests.specs import drawn

pytestmark = pytest.mark.slow

VALUES = {"one": 9300, "two": 4100}
"""The reserves of Chile in the two states between which the workspace goes to and fro."""

SWAPPER = """
import sys
from pathlib import Path
from dashboard.intake.proposal import install_proposals
paths = [Path(name) for name in sys.argv[1:]]
print("ready", flush=True)
while True:
    for path in paths:
        done = install_proposals([(path, None)])
        assert isinstance(done, tuple), done
"""


@pytest.fixture
def swapping(tmp_path: Path) -> Iterator[None]:
    """Another process that replaces an edition again and again."""
    plans = []
    for name, value in VALUES.items():
        rows = (
            f"lithium,CHL,reserves,content,2023,{value},t",
            f"lithium,PER,reserves,content,2023,{value + 1},t",
        )
        item = proposed(tidy("2024", *rows), RECORD)
        plans.append(tmp_path / f"{name}.plan")
        plans[-1].write_bytes(item.path.read_bytes())
    assert isinstance(install_proposals([(plans[0], None)]), tuple)
    command = [sys.executable, "-c", SWAPPER, *map(str, plans)]
    with subprocess.Popen(command, env=os.environ, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        yield
        alive = process.poll() is None
        process.kill()
    assert alive, "the other process ended early"


def test_an_export_made_during_swaps_is_of_one_version(swapping: None) -> None:
    """Values and version of tables and images belong together, whatever is installed meanwhile."""
    seen: dict[str, set[float]] = {}
    begun = time.monotonic()
    while time.monotonic() < begun + 6 or (len(seen) < 2 and time.monotonic() < begun + 60):
        data = snapshot()
        chart = drawn(ranked_view("explore", Choice("lithium", "reserves", "own.2024", 2023), data))
        table = pd.read_csv(io.StringIO(chart_csv(chart, data.stamp)))
        printed = chart_svg(chart, data.stamp)
        chile = float(table.loc[table["place"] == "CHL", "value"].iloc[0])
        assert float(table.loc[table["place"] == "PER", "value"].iloc[0]) == chile + 1
        assert set(table["data_version"]) == {data.version}
        assert f"ata version {data.version[:8]}" in printed
        assert ("9.3" in printed) == (chile == VALUES["one"])
        seen.setdefault(data.version, set()).add(chile)
    assert sorted(map(tuple, seen.values())) == [(4100.0,), (9300.0,)]
