"""Where datasets disagree: cells for which two of them give different figures. Nothing is averaged."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import narwhals as nw
import pandas as pd

from dashboard.analysis.gate import Figure, compare
from dashboard.analysis.series import as_records, by_place, collect, lazy
from loaders.vocabulary import OTHER, Basis, Comparability, Kind, Measure, ReserveClass, Scheme

COMPARED_CELL = ["mineral", "place", "about", "year"]

DISAGREEMENT_COLUMNS = [
    *COMPARED_CELL, "dataset", "edition", "measure", "value", "unit", "basis", "status", "low", "high",
    "shown_basis", "comparison", "spread", "reasons",
]  # fmt: skip

_SAME = 1e-9
"""How far two figures may be apart, as a fraction, that are the same but for floating point."""


def disagreements(
    observations: Any, said_by: Mapping[str, str], in_use: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """A line per cell and dataset with a number there, columns `DISAGREEMENT_COLUMNS`.

    A cell is a mineral, place, measure and year for which two or more datasets give different figures; of
    each dataset the latest edition with the cell counts, up to the one that `in_use` names, if it names
    one. The measure is that of `about`, where production
    of a stage that is not stated stands with mine production, and the gate keeps the two apart.

    `said_by` names the publisher of each dataset. `value` is in `unit` and `basis` as published; `low` and
    `high` are the figure on `shown_basis`, that of the cell's first dataset: they differ where a conversion
    is a range, and are NaN where the two do not compare. `comparison` and `reasons` are the gate's answer
    against the first dataset. `spread` is the highest over the lowest figure of the cell; the largest come
    first, cells that do not compare last.
    """
    lines = _up_to(by_place(_of_several(observations)), in_use or {})
    lines = _one_per_dataset(lines.assign(about=lines["measure"].replace(_ABOUT)))
    first = lines.groupby(COMPARED_CELL, sort=False)[_OF].transform("first").add_prefix("first_")
    lines = lines.join(first).merge(_gates(lines.join(first), observations, said_by), on=_GATED)
    lines = lines.assign(
        low=lines["value"] * lines["times_low"],
        high=lines["value"] * lines["times_high"],
        shown_basis=lines["first_basis"],
    )
    return _differing(lines)


def _of_several(observations: Any) -> Any:
    """The figures of the minerals and years that several datasets have figures of."""
    found = lazy(observations).select("dataset", "mineral", "year").unique()
    several = found.group_by("mineral", "year").agg(datasets=nw.len()).filter(nw.col("datasets") > 1)
    return lazy(observations).join(several, on=["mineral", "year"], how="semi").to_native()


def _up_to(lines: pd.DataFrame, in_use: Mapping[str, str]) -> pd.DataFrame:
    """The lines without those of editions after the one in use."""
    later = pd.Series(False, index=lines.index)
    for dataset, edition in in_use.items():
        later |= (lines["dataset"] == dataset) & (lines["edition"] > edition)
    return lines[~later]


def _one_per_dataset(lines: pd.DataFrame) -> pd.DataFrame:
    """The numbers of cells that several datasets have, one for each: the latest edition, a shared basis."""
    lines = lines[lines["value"].notna() & (lines["place"] != OTHER)]
    lines = lines[lines["edition"] == lines.groupby([*COMPARED_CELL, "dataset"])["edition"].transform("max")]
    lines = lines[lines.groupby(COMPARED_CELL)["dataset"].transform("nunique") > 1]
    sharing = lines.groupby([*COMPARED_CELL, "measure", "basis", "unit"])["dataset"].transform("nunique")
    order = lines.assign(alone=-sharing).sort_values([*COMPARED_CELL, "dataset", "alone", "measure", "basis"])
    return order.drop_duplicates([*COMPARED_CELL, "dataset"]).drop(columns="alone").reset_index(drop=True)


_ABOUT = {str(Measure.PRODUCTION): str(Measure.MINE_PRODUCTION)}
_OF = ["dataset", "measure", "basis", "unit"]
_GATED = ["mineral", *_OF, *(f"first_{name}" for name in _OF)]

_Classes = dict[tuple[str, str], tuple[ReserveClass, Scheme]]


def _classes(observations: Any) -> _Classes:
    """The class and the scheme of each dataset's measures."""
    columns = lazy(observations).select("dataset", "measure", "class", "scheme").unique()
    return {
        (line["dataset"], line["measure"]): (ReserveClass(line["class"]), Scheme(line["scheme"]))
        for line in as_records(collect(columns, "dataset", "measure", "class"))
    }


def _gates(lines: pd.DataFrame, observations: Any, said_by: Mapping[str, str]) -> pd.DataFrame:
    """The gate's answer for each kind of figure against the first dataset's, and what to multiply by."""
    classes = _classes(observations)
    kinds = as_records(lines[_GATED].drop_duplicates())
    return pd.DataFrame(
        [kind | _gate(kind, classes, said_by) for kind in kinds], columns=[*_GATED, *_ANSWERS]
    )


_ANSWERS = ["comparison", "reasons", "times_low", "times_high"]


def _gate(kind: dict[Any, Any], classes: _Classes, said_by: Mapping[str, str]) -> dict[Any, Any]:
    one, first = (_figure(kind, classes, said_by, prefix) for prefix in ("", "first_"))
    gate = compare(one, first)
    low = high = math.nan if gate.outcome is Comparability.NOT_COMPARABLE else 1.0
    if gate.conversion:
        low, high = gate.conversion.low, gate.conversion.high
    return dict(zip(_ANSWERS, (gate.outcome, gate.reasons, low, high), strict=True))


def _figure(kind: dict[Any, Any], classes: _Classes, said_by: Mapping[str, str], prefix: str) -> Figure:
    dataset, measure, basis, unit = (kind[f"{prefix}{name}"] for name in _OF)
    return Figure(
        said_by.get(dataset, dataset), Kind.QUANTITY, kind["mineral"], Measure(measure),
        *classes[dataset, measure], Basis(basis), unit,
    )  # fmt: skip


def _differing(lines: pd.DataFrame) -> pd.DataFrame:
    """The cells whose figures differ or do not compare, the largest spread first."""
    cells = lines.groupby(COMPARED_CELL)
    lowest, highest = cells["low"].transform("min"), cells["high"].transform("max")
    apart = cells["low"].transform("max") - cells["high"].transform("min") > _SAME * highest
    compared = cells["low"].transform("count") > 1
    unlike = cells["low"].transform("count") < cells["low"].transform("size")
    spread = (highest / lowest.where(lowest > 0)).where(compared)
    other_number = cells["value"].transform("nunique") > 1
    found = lines.assign(spread=spread)[apart | unlike & other_number]
    order = found.sort_values(["spread", *COMPARED_CELL, "dataset"], ascending=[False, *[True] * 5])
    return order[DISAGREEMENT_COLUMNS].reset_index(drop=True)
