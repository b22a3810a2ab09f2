"""The workspaces that are swept: the bundled editions, others beside them, and none at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from dashboard.cli.main import main
from dashboard.snapshot import Snapshot, loaded
from loaders.documents import read_seeds
from loaders.store import bundled_folder, catalogue, install, read_all

NO_HOME = "/nonexistent"
SECOND = "survey"


@cache
def bundled() -> Snapshot:
    """The bundled editions and documents."""
    found = catalogue(NO_HOME)
    return loaded(found, read_all(found), read_seeds(bundled_folder("seeds")))


@cache
def nothing() -> Snapshot:
    """The documents, without any edition."""
    own = bundled()
    return Snapshot(replace(own.catalogue, editions=(), national=()), own.observations.iloc[:0], own.seeds)


@cache
def two() -> Snapshot:
    """Beside the bundled editions those of a made-up survey.

    Its figures are those of 2026 times 1.5, of China as they are; lithium as carbonate, cobalt of a basis
    that is not stated.
    """
    home = Path(tempfile.mkdtemp(prefix="sweep-"))
    own = bundled()
    item = own.installed("usgs-mcs", "2026")
    rows = own.observations
    kept = rows["mineral"].isin(["rare-earths", "lithium", "cobalt", "copper"]) & (rows["edition"] == "2026")
    rows = rows[kept & (rows["measure"] == "mine_production")].copy()
    rows["value"] = rows["value"] * (rows["place"] != "CHN").map({True: 1.5, False: 1.0})
    rows["dataset"] = SECOND
    rows.loc[rows["mineral"] == "lithium", "basis"] = "LCE"
    rows.loc[rows["mineral"] == "cobalt", "basis"] = "undefined"
    names = {"id": SECOND, "title": "Second Survey", "short_title": "Second Survey"}
    names |= {"publisher": "Second Survey", "abbreviation": "Survey"}
    dataset = item.dataset.model_copy(update=names)
    install(rows, dataset, item.edition.model_copy(update={"dataset": SECOND}), home)
    found = catalogue(home)
    return loaded(found, read_all(found), read_seeds(bundled_folder("seeds")))


@cache
def bgs() -> Snapshot:
    """Beside the bundled editions the exports of BGS; skips where the publishers' files are not at hand."""
    folder = os.environ.get("MINERALS_SHARED")
    if not folder:
        pytest.skip("MINERALS_SHARED is unset: the publishers' own files are not at hand")
    home = tempfile.mkdtemp(prefix="sweep-")
    assert not main(["add", "--home", home, "--yes", str(Path(folder) / "published" / "bgs-wms")])
    found = catalogue(home)
    return loaded(found, read_all(found), read_seeds(bundled_folder("seeds")))


WORKSPACES: dict[str, Callable[[], Snapshot]] = {
    "bundled": bundled,
    "two": two,
    "bgs": bgs,
    "nothing": nothing,
}
OWN = {"two": SECOND, "bgs": "bgs-wms"}
"""The dataset that a workspace adds to the bundled one."""
