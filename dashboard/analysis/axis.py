"""The guard of every axis: which rows may stand on one, and an error where a chart is about to mix."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from dashboard.analysis.gate import Figure, compare, figure_of_claim
from loaders.errors import NotComparable
from loaders.model import Claim
from loaders.vocabulary import WORLD, Basis, Comparability, Kind, Measure, ReserveClass, Scheme

_NEEDED = ("mineral", "measure", "basis", "unit")
_TOLD = (*_NEEDED, "figure_kind", "said_by", "dataset", "class", "scheme")
"""Columns that say what the figures of a row are of. Years, editions and places a chart has to state."""


class Together(NamedTuple):
    """Rows divided into groups that may each share an axis, the first rows first.

    `reasons` has the sentences that keep the later groups from the first one, each once.
    """

    groups: tuple[pd.DataFrame, ...]
    reasons: tuple[str, ...]


def together(rows: pd.DataFrame) -> Together:
    """Divide a table of figures by what may stand on one axis.

    `rows` has the columns `mineral`, `measure`, `basis`, `unit`, and where it is known `class`, `scheme`,
    `figure_kind` (a quantity, if there is none), `said_by` or `dataset`, and `place`; a world total among
    countries gets a group of its own. Raises NotComparable where a needed column is missing.
    """
    if rows.empty:
        return Together((), ())
    lines = _kinds(rows)
    distinct = list(dict.fromkeys(lines))
    if len(distinct) == 1:
        return Together((rows,), ())
    groups: list[list[Figure]] = []
    found = {line: _group(_figure(dict(line)), groups) for line in distinct}
    number = np.array([found[line] for line in lines])
    apart = [compare(groups[0][0], others[0]) for others in groups[1:]]
    reasons = dict.fromkeys(reason for gate in apart for reason in gate.reasons)
    return Together(tuple(rows[number == index] for index in range(len(groups))), tuple(reasons))


def _group(figure: Figure, groups: list[list[Figure]]) -> int:
    """The number of the first group in which a figure is comparable with all; a new one if there is none."""
    for number, others in enumerate(groups):
        if all(compare(figure, other).outcome is Comparability.COMPARABLE for other in others):
            others.append(figure)
            return number
    groups.append([figure])
    return len(groups) - 1


def check_axis(rows: pd.DataFrame, unit: str = "") -> None:
    """Raise NotComparable, with the reasons, where the rows of one axis do not count the same thing.

    With a `unit`, which the axis counts, also where they are in another one.
    """
    reasons = together(rows).reasons
    if reasons:
        raise NotComparable(
            f"These figures may not share an axis. {' '.join(reasons)}",
            remedy="Give each group its own axis.",
        )
    if unit and len(rows) and rows["unit"].iloc[0] != unit:
        raise NotComparable(
            f"The axis counts {unit}, its figures are in {rows['unit'].iloc[0]}.",
            remedy="Give the figures an axis of their own unit.",
        )


def check_axes(rows: pd.DataFrame, axis: str) -> None:
    """As `check_axis`, for many axes in one table: the column `axis` tells which axis a row is on."""
    kinds = set(zip(_kinds(rows), rows[axis], strict=True))
    uniform = len(kinds) == rows[axis].nunique()
    for _, own in () if uniform else rows.groupby(axis, sort=False):
        check_axis(own)


def check_part(part: Claim, whole: Claim) -> None:
    """Raise NotComparable where one claim is not stated to be counted in the other, in the same unit."""
    if part.part_of != whole.id or (part.unit, part.basis) != (whole.unit, whole.basis):
        raise NotComparable(
            f"{part.id} is not stated to be a part of {whole.id}.",
            remedy="Draw the two on axes of their own.",
        )


def claim_columns(claim: Claim) -> dict[str, object]:
    """What a mark of a claim has to say of itself, as columns of a row."""
    figure = figure_of_claim(claim)
    return {
        "said_by": figure.said_by,
        "figure_kind": str(figure.kind),
        "mineral": figure.mineral or "",
        "measure": str(figure.measure),
        "class": str(figure.reserve_class),
        "scheme": str(figure.scheme),
        "basis": str(figure.basis),
        "unit": figure.unit,
        "place": figure.place,
    }


def _kinds(rows: pd.DataFrame) -> list[tuple[tuple[str, str], ...]]:
    """What each row is of: the columns of `_TOLD` that there are, with their text, and if a world total."""
    missing = [name for name in _NEEDED if name not in rows]
    if missing:
        raise NotComparable(
            f"The figures do not say what they are of: {', '.join(missing)} is missing.",
            remedy="Keep the columns of the observations, or those of `claim_columns`.",
        )
    told = [[(name, _text(cell)) for cell in rows[name].tolist()] for name in _TOLD if name in rows]
    places = rows["place"].tolist() if "place" in rows else [""] * len(rows)
    world = [("place", WORLD if code == WORLD else "") for code in places]
    return list(zip(*told, world, strict=True))


def _text(cell: Any) -> str:
    return cell if isinstance(cell, str) else "" if pd.isna(cell) else str(cell)


def _figure(line: dict[str, str]) -> Figure:
    return Figure(
        line.get("said_by") or line.get("dataset") or "the source",
        Kind(line.get("figure_kind") or Kind.QUANTITY),
        line["mineral"] or None,
        Measure(line["measure"]),
        ReserveClass(line.get("class") or ReserveClass.NOT_APPLICABLE),
        Scheme(line.get("scheme") or Scheme.NOT_APPLICABLE),
        Basis(line["basis"]),
        line["unit"],
        place=line["place"],
    )
