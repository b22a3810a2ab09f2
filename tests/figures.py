"""Figures for tests: claims and observations with what matters stated and the rest as usual."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import pandas as pd

from dashboard.analysis.checks import Check, check_all
from dashboard.analysis.concentration import years_of_places
from dashboard.analysis.evidence import EditionRef
from dashboard.analysis.gate import Figure
from dashboard.analysis.series import by_place, select
from dashboard.snapshot import Snapshot, snapshot
from loaders.model import OBSERVATION_COLUMNS, Claim
from loaders.store import bundled_folder
from loaders.vocabulary import Basis, Kind, Measure, ReserveClass, Scheme

NO_HOME = bundled_folder("data") / "no such workspace"


@cache
def bundled_data() -> Snapshot:
    """All that is bundled, at one version: nobody may change it."""
    return snapshot(NO_HOME)


@cache
def bundled() -> pd.DataFrame:
    """All bundled observations."""
    return bundled_data().observations


@cache
def bundled_editions() -> tuple[EditionRef, ...]:
    """The bundled editions."""
    return tuple(bundled_data().editions)


def figure(said_by: str = "USGS", **given: Any) -> Figure:
    """A figure as the gate sees it: reserves of rare earths in tonnes of REO, unless stated otherwise."""
    usual = {
        "kind": Kind.QUANTITY,
        "mineral": "rare-earths",
        "measure": Measure.RESERVES,
        "reserve_class": ReserveClass.RESERVE,
        "scheme": Scheme.USGS_C831,
        "basis": Basis.REO,
        "unit": "t",
    }
    return Figure(said_by, **(usual | given))


def output(said_by: str = "USGS", **given: Any) -> Figure:
    """As `figure`, of mine production."""
    usual = {
        "measure": Measure.MINE_PRODUCTION,
        "reserve_class": ReserveClass.NOT_APPLICABLE,
        "scheme": Scheme.NOT_APPLICABLE,
    }
    return figure(said_by, **(usual | given))


def claim(**given: Any) -> Claim:
    """A claim: Russia's reserves of rare earths, in the words of USGS, unless stated otherwise."""
    usual = {
        "id": "a-claim",
        "source": "a-paper",
        "kind": Kind.QUANTITY,
        "mineral": "rare-earths",
        "place": "RUS",
        "measure": Measure.RESERVES,
        "basis": Basis.REO,
        "reserve_class": ReserveClass.RESERVE,
        "scheme": Scheme.USGS_C831,
        "modality": "reported",
        "status": "V",
        "printed": "as printed",
        "printed_value": "",
        "printed_unit": "",
        "printed_name": "",
        "value": None,
        "unit": "t",
        "chain": ("the ministry", "the paper"),
        "paragraph": 1,
    }
    return Claim(**(usual | given))


def observations(rows: Iterable[dict[str, Any]]) -> pd.DataFrame:
    """An observation table: reserves of rare earths in edition 2025, unless a row states otherwise."""
    usual = {
        "dataset": "usgs-mcs",
        "edition": "2025",
        "mineral": "rare-earths",
        "measure": "reserves",
        "year": 2024,
        "unit": "t",
        "basis": "REO",
        "class": "reserve",
        "scheme": "usgs_c831",
        "status": "A",
        "file": "table.csv",
        "column": "reserves",
    }
    texts = {name: "" for name, kind in OBSERVATION_COLUMNS.items() if kind == "string"}
    numbers = {"value": float("nan"), "lower": float("nan"), "upper": float("nan")}
    lines = [texts | numbers | usual | {"row": number} | row for number, row in enumerate(rows, start=2)]
    return pd.DataFrame(lines, columns=list(OBSERVATION_COLUMNS)).astype(OBSERVATION_COLUMNS)


def places(**values: float | str) -> pd.DataFrame:
    """Observations by place: a number, ">5", "<5", or a status: "Q" withheld, "O" not available."""
    return observations(_cell(place, value) for place, value in values.items())


def _cell(place: str, value: float | str) -> dict[str, Any]:
    code = place.replace("_", "+")
    if not isinstance(value, str):
        return {"place": code, "value": float(value), "printed_value": f"{value:g}"}
    if value[0] in "<>":
        bounds = {
            ">": {"lower": float(value[1:])},
            "<": {"lower": 0.0, "upper": float(value[1:]), "status": "N"},
        }
        return {"place": code, "printed_value": value, **bounds[value[0]]}
    return {"place": code, "status": value, "printed_value": {"Q": "W", "O": "NA"}.get(value, "")}


def check_claim(item: Claim, table: Any, editions: Sequence[EditionRef]) -> list[Check]:
    """One claim against each edition."""
    return check_all([item], table, editions)[item.id]


def years_of_reserves(table: Any) -> pd.DataFrame:
    """Years of reserves, from observations of any engine."""
    rows = select(table, measure=("reserves", "mine_production"))
    return years_of_places(by_place(rows), rows)
