"""Claims as a table, beside the table of observations."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from loaders.model import Claim

# Tables and texts -----------------------------------------------------------------------------------
_NUMBERS = ("value", "lower", "upper")

CLAIM_COLUMNS: dict[str, str] = {
    "id": "string",
    "mineral": "string",
    "place": "string",
    "compared_place": "string",
    "measure": "string",
    "kind": "string",
    "value": "float64",
    "lower": "float64",
    "upper": "float64",
    "unit": "string",
    "basis": "string",
    "class": "string",
    "scheme": "string",
    "modality": "string",
    "direction": "string",
    "year": "Int64",
    "status": "string",
    "printed": "string",
    "printed_value": "string",
    "printed_unit": "string",
    "printed_name": "string",
    "chain": "object",
    "source": "string",
    "paragraph": "int64",
    "part_of": "string",
    "outcome": "string",
    "note": "string",
    "unit_decision": "string",
}
"""Columns of the claims table and their pandas dtypes; `chain` holds tuples of names.

`value`, `lower` and `upper` are in `unit`, NaN where there is none. `basis`, `class`, `scheme`,
`modality`, `status`, `measure` and `kind` are codes of `loaders.vocabulary`.
"""


def claims_table(claims: Iterable[Claim]) -> pd.DataFrame:
    """Claims as a tidy table: one line per claim, the columns of `CLAIM_COLUMNS`."""
    plain = {column: column for column in CLAIM_COLUMNS} | {"class": "reserve_class"}
    listed = list(claims)
    columns = {
        column: pd.Series([getattr(claim, field) for claim in listed], dtype=object)
        for column, field in plain.items()
    }
    return pd.DataFrame(columns).astype(CLAIM_COLUMNS)
