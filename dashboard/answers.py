"""Answers of the command line: claims held against editions, and the order of one series."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from dashboard.analysis.checks import Check, EditionRef, check_all
from dashboard.analysis.rank import rank
from dashboard.analysis.series import SERIES, collect, select
from loaders.errors import MineralsError
from loaders.model import Claim
from loaders.store import Catalogue, Installed

CHECK_FIELDS = [
    *("claim", "dataset", "edition", "outcome", "evidence_value", "unit", "ratio", "precision", "reasons"),
    "rows",
]
RANK_FIELDS = ["place", "value", "rank", "tied", "share", "share_is_upper_bound", "status"]


def editions(found: Catalogue) -> list[EditionRef]:
    """The editions of a catalogue, with how each publisher is called."""
    return [
        EditionRef(item.dataset.id, item.edition.edition, item.dataset.said_by) for item in found.editions
    ]


def check_table(claims: Iterable[Claim], observations: Any, of: Sequence[EditionRef]) -> pd.DataFrame:
    """One row per claim and edition, columns `CHECK_FIELDS`.

    `precision` is a pair of bounds, None where there is no bound; `reasons` are sentences; `rows` are
    triples of file, row and column.
    """
    checks = check_all(claims, observations, of)
    lines = [_check_line(check) for found in checks.values() for check in found]
    table = pd.DataFrame(lines, columns=CHECK_FIELDS)
    return table.astype({"evidence_value": float, "ratio": float})


def _check_line(check: Check) -> tuple[Any, ...]:
    bounds = check.precision and tuple(end if math.isfinite(end) else None for end in check.precision)
    rows = tuple({"file": file, "row": row, "column": column} for file, row, column in check.rows)
    return (
        check.claim, check.dataset, check.edition, check.outcome, check.evidence_value, check.unit,
        check.ratio, bounds, check.reasons, rows,
    )  # fmt: skip


def check_words(table: pd.DataFrame) -> pd.DataFrame:
    """A table of checks with bounds, reasons and rows as text, for a spreadsheet or a terminal."""
    return table.assign(
        precision=[_bounds_words(bounds) for bounds in table["precision"]],
        reasons=[" ".join(reasons) for reasons in table["reasons"]],
        rows=[
            "; ".join(f"{row['file']} row {row['row']} {row['column']}" for row in rows)
            for rows in table["rows"]
        ],
    )


def _bounds_words(bounds: tuple[float | None, float | None] | None) -> str:
    if bounds is None:
        return ""
    low, high = ("" if end is None else f"{end:.15g}" for end in bounds)
    return f"{low}..{high}"


def rank_table(item: Installed, observations: Any, wanted: dict[str, Any]) -> pd.DataFrame:
    """The order of one series of an edition, columns `RANK_FIELDS`; the latest year unless one is wanted.

    `wanted` has `mineral`, `measure`, `year` and `basis`; None asks for nothing. Raises MineralsError where
    there is no such series, or several on different bases.
    """
    rows = collect(select(observations, dataset=item.dataset.id, edition=item.edition.edition, **wanted))
    ranked = rank(rows)
    ranked = ranked[ranked["year"] == ranked["year"].max()]
    series = ranked[SERIES].drop_duplicates()
    if series.empty:
        raise MineralsError(
            f"{item.edition.id} has no such table.", remedy="See 'minerals observations' for what there is."
        )
    if len(series) > 1:
        bases = ", ".join(sorted(series["basis"]))
        raise MineralsError(f"There are {len(series)} series: {bases}.", remedy="Choose one with --basis.")
    table: pd.DataFrame = ranked.assign(
        rank=ranked["rank"].astype("Int64"),
        share_is_upper_bound=ranked["share_is_upper_bound"] & ranked["share"].notna(),
    )[RANK_FIELDS]
    return table.reset_index(drop=True)
