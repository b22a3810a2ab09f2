"""How a figure was revised: the same figure through the editions of a dataset, and the publisher's reason."""

from __future__ import annotations

import re
from typing import Any

import narwhals as nw
import pandas as pd

from dashboard.analysis.compare import IN_GROUND
from dashboard.analysis.series import OTHER, WORLD, by_place, collect, lazy
from loaders.names import place_name
from loaders.vocabulary import Basis

CELL = ["dataset", "mineral", "measure", "place", "of_year"]

REVISION_COLUMNS = [
    *CELL, "year", "basis", "unit", "edition", "value", "lower", "upper", "status", "previous_edition",
    "previous", "change", "ratio", "largest", "why", "reason",
]  # fmt: skip


def revisions(rows: Any) -> pd.DataFrame:
    """A line per figure and edition, columns `REVISION_COLUMNS`; the most revised figures first.

    `rows` are observations. Production is the same figure where dataset, mineral, measure, place and year
    agree; what is in the ground is compared edition by edition, whatever year it is dated (`of_year` is
    then 0). `previous` is the number of the edition before, `change` the difference, `ratio` the quotient;
    NaN where one has no number. A basis is never compared with another: `reason` says that it changed.
    `largest` is the largest change of the figure, by which figures are ordered; `why` holds the
    publisher's sentences on the revision of a number.
    """
    frame = lazy(rows)
    lines = collect(by_place(frame))
    in_ground = lines["measure"].isin([str(measure) for measure in IN_GROUND])
    lines["of_year"] = lines["year"].mask(in_ground, 0)
    latest = lines.groupby([*CELL, "edition"])["year"].transform("max")
    lines = lines[lines["year"] == latest].sort_values([*CELL, "basis", "unit", "edition"], ignore_index=True)
    table = _with_changes(lines)
    revised = (table["previous_edition"] != "") & (table["value"] != table["previous"])
    table["why"] = ""
    table.loc[revised, "why"] = _why(table[revised], _revision_notes(frame))
    order = table.sort_values(["largest", *CELL, "basis", "edition"], ascending=[False, *[True] * 7])
    return order[REVISION_COLUMNS].reset_index(drop=True)


def _with_changes(lines: pd.DataFrame) -> pd.DataFrame:
    same = [*CELL, "basis", "unit"]
    before = lines.groupby(same, sort=False)[["value", "edition"]].shift()
    change = lines["value"] - before["value"]
    table = lines.assign(
        previous_edition=before["edition"].fillna(""),
        previous=before["value"],
        change=change,
        ratio=(lines["value"] / before["value"]).where(before["value"] != 0),
    )
    largest = change.abs().groupby([lines[name] for name in CELL]).transform("max")
    return table.assign(largest=largest.fillna(0.0), reason=_basis_changes(table))


def _basis_changes(table: pd.DataFrame) -> list[str]:
    """Where a figure has no predecessor on its basis, but one on another basis."""
    earlier = {
        cell: group[["edition", "basis"]].to_numpy().tolist()
        for cell, group in table.groupby(CELL, sort=False)
        if group["basis"].nunique() > 1
    }
    cells = zip(*(table[name] for name in CELL), strict=True)
    lines = zip(cells, table["edition"], table["basis"], table["previous_edition"], strict=True)
    return [
        "" if before or cell not in earlier else _basis_change(edition, basis, earlier[cell])
        for cell, edition, basis, before in lines
    ]


def _basis_change(edition: str, basis: str, others: list[list[str]]) -> str:
    other = [of for when, of in sorted(others) if when < edition and of != basis]
    return f"The basis changed: {Basis(other[-1]).label} before, {Basis(basis).label} now." if other else ""


# The publisher's reasons ----------------------------------------------------------------------------

# Most are set apart by " -- " or a full stop; "Finland, ... 26% Cr2O3. revised based on" is printed too.
_SENTENCE = re.compile(r" -- |(?<=[^.][^.])\. ?(?=[A-Z]|revised)")
_OTHERS = "Other countries"


def _revision_notes(frame: nw.LazyFrame[Any]) -> pd.DataFrame:
    """The rows whose note speaks of a revision."""
    noted = frame.filter(nw.col("note").str.to_lowercase().str.contains("revised", literal=True))
    return collect(noted.select("dataset", "edition", "mineral", "measure", "place", "note"))


def _why(table: pd.DataFrame, notes: pd.DataFrame) -> list[str]:
    """The publisher's sentences on the revision of each line; empty where there are none."""
    said: dict[tuple[str, ...], dict[tuple[str, str], None]] = {}
    for line in notes.drop_duplicates().to_dict("records"):
        sentences = said.setdefault((line["dataset"], line["edition"], line["mineral"]), {})
        for sentence in _SENTENCE.split(line["note"]):
            if "revised" in sentence.lower():
                sentences[sentence.strip().rstrip("."), f"{line['measure']}|{line['place']}"] = None
    lines = zip(*(table[name] for name in ("dataset", "edition", "mineral", "measure", "place")), strict=True)
    return [_sentences(said.get((*edition,), {}), measure, place) for *edition, measure, place in lines]


def _sentences(said: dict[tuple[str, str], None], measure: str, place: str) -> str:
    found = dict.fromkeys(text for text, row in said if _speaks_of(text, row, measure, place))
    return "".join(f"{text}. " for text in found).strip()


def _speaks_of(text: str, row: str, measure: str, place: str) -> bool:
    """Whether a sentence beside the row "measure|place" is about this measure and place.

    "Reserves for Chile, Peru, and “Other countries” were revised ..." stands beside one row and names all.
    """
    if "reserves for" in text.lower():
        return measure == "reserves" and _names(text, place)
    return row == f"{measure}|{place}"


def _names(text: str, place: str) -> bool:
    if place == WORLD:
        return False
    name = _OTHERS if place == OTHER else _PRINTED.get(place, place_name(place))
    return re.search(rf"\b{re.escape(name)}\b", text.replace("\u00a0", " ")) is not None


_PRINTED = {"MMR": "Burma", "TUR": "Turkey", "COD": "Congo (Kinshasa)", "KOR": "Republic of Korea"}
