"""The table behind a chart: exactly the figures that are drawn, each with its source."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd

from dashboard.analysis.series import as_records
from dashboard.analysis.states import row_id, state, status_label, unit_words, whole_labels
from loaders.model import NOT_STATED, Claim, Source
from loaders.names import mineral_name, place_name
from loaders.vocabulary import Basis, Measure, ReserveClass

SHOWN_COLUMNS = [
    "figure", "place", "mineral", "measure", "year", "edition", "value", "lower", "upper", "unit", "basis",
    "class", "status", "state", "printed", "printed_unit", "detail", "note", "said_by", "source", "published",
    "where", "licence", "citation", "id",
]  # fmt: skip
"""`figure` is the label at the mark; values are in `unit`, a canonical unit; `published` is the day of
release, `where` row or paragraph."""


def shown_observations(
    rows: pd.DataFrame, source_of: Callable[[str, str], tuple[str, Source]]
) -> pd.DataFrame:
    """A small table of observations, with columns `SHOWN_COLUMNS`.

    `source_of(dataset, edition)` gives the publisher's short name and the source record.
    """
    if "label" in rows:
        rows = rows.assign(label=whole_labels(rows))
    lines = [_observation(row, *source_of(row["dataset"], row["edition"])) for row in _lines(rows)]
    return pd.DataFrame(lines, columns=SHOWN_COLUMNS)


def _lines(rows: pd.DataFrame) -> Iterable[dict[Any, Any]]:
    return as_records(rows)


def _observation(row: dict[Any, Any], said_by: str, source: Source) -> dict[str, Any]:
    return {
        "figure": row.get("label") or place_name(row["place"]),
        "place": row["place"],
        "mineral": mineral_name(row["mineral"]),
        "measure": Measure(row["measure"]).label,
        "year": str(row["year"]),
        "edition": row["edition"],
        **{name: row[name] for name in ("value", "lower", "upper", "unit", "detail", "note")},
        "basis": Basis(row["basis"]).label,
        "class": ReserveClass(row["class"]).label,
        "status": status_label(row),
        "state": state(row),
        "printed": row["printed_value"],
        "printed_unit": unit_words(row),
        "said_by": said_by,
        "source": f"{source.title} {source.edition}",
        "published": source.published,
        "where": f"{row['file']}, row {row['row']}, column {row['column']}",
        "licence": source.licence,
        "citation": source.citation,
        "id": row_id(row),
    }


def shown_claims(claims: Iterable[Claim], source_of: Callable[[str], Source]) -> pd.DataFrame:
    """Claims as a table with columns `SHOWN_COLUMNS`."""
    return pd.DataFrame([_claim(claim, source_of(claim.source)) for claim in claims], columns=SHOWN_COLUMNS)


def _claim(claim: Claim, source: Source) -> dict[str, Any]:
    return {
        "figure": claim.printed,
        "place": claim.place,
        "mineral": mineral_name(claim.mineral) if claim.mineral else "",
        "measure": claim.measure.label,
        "year": claim.year or NOT_STATED,
        "edition": "",
        "value": claim.value,
        "lower": claim.lower,
        "upper": claim.upper,
        "unit": claim.unit,
        "basis": claim.basis.label,
        "class": claim.reserve_class.label,
        "status": claim.status.label,
        "state": "statement",
        "printed": claim.printed_value,
        "printed_unit": claim.printed_unit,
        "detail": claim.unit_decision,
        "note": claim.note,
        "said_by": " → ".join(claim.chain),
        "source": source.title,
        "published": source.published,
        "where": f"{source.files[0].name}, paragraph {claim.paragraph}",
        "licence": source.licence,
        "citation": source.citation,
        "id": claim.id,
    }
