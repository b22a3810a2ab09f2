"""What an edition would change as tables: in words for a page, and with everything for a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from dashboard.analysis.corrections import is_corrected
from dashboard.analysis.differences import SIDE
from dashboard.analysis.series import as_records
from dashboard.analysis.states import amount_words
from dashboard.charts.view import Column
from dashboard.intake.proposal import EditionChanges
from loaders.csv_text import spreadsheet_csv
from loaders.names import mineral_name, place_name
from loaders.units import display
from loaders.vocabulary import Basis, ChangeKind, Measure, Outcome, Status


class ChangeFilter(NamedTuple):
    """What a reader wants to see of the differences; an empty filter lets all through."""

    kind: Sequence[str] = ()
    mineral: Sequence[str] = ()
    place: Sequence[str] = ()
    measure: Sequence[str] = ()


def change_options(changes: pd.DataFrame) -> ChangeFilter:
    """What can be chosen: the values that there are, as a reader would look for them."""
    there = {name: set(changes[name].unique()) for name in ChangeFilter._fields}
    return ChangeFilter(
        [str(kind) for kind in ChangeKind if kind in there["kind"]],
        sorted(there["mineral"], key=mineral_name),
        sorted(there["place"], key=place_name),
        [measure.value for measure in Measure if measure.value in there["measure"]],
    )


def filtered(changes: pd.DataFrame, wanted: ChangeFilter) -> pd.DataFrame:
    """The differences that a reader wants to see, in their order."""
    for name, values in wanted._asdict().items():
        if values:
            changes = changes[changes[name].isin(values)]
    return changes


def change_counts(counts: Mapping[str, int]) -> list[tuple[object, ...]]:
    """A line of `COUNTED` per kind that there is: how many, its name, what it means."""
    return [(counts[kind], kind.label, kind.definition) for kind in ChangeKind if kind in counts]


COUNTED = (Column("figures", number=True), Column("what"), Column("meaning"))


# For a page ---------------------------------------------------------------------------------------------


def in_words(changes: pd.DataFrame) -> pd.DataFrame:
    """A small table of differences in words: both sides as printed, and new over old."""
    old, new = (_printed(changes, side) for side in ("old", "new"))
    return pd.DataFrame(
        {
            "what": changes["kind"],
            "mineral": _mineral(changes),
            "place": _named(changes["place"], place_name),
            "measure": _named(changes["measure"], lambda code: Measure(code).label),
            "year": _both(changes["old_year"], changes["new_year"]),
            "old": old,
            "new": new,
            "ratio": [times(ratio) for ratio in changes["ratio"]],
            "basis": _both(_named(changes["old_basis"], _basis), _named(changes["new_basis"], _basis)),
        }
    ).reset_index(drop=True)


def times(ratio: float) -> str:
    """New over old: '× 0.5'."""
    if pd.isna(ratio):
        return ""
    return f"× {ratio:,.0f}" if ratio >= 100 else f"× {ratio:.3g}"


def _basis(code: str) -> str:
    return Basis(code).label if code else ""


def _mineral(changes: pd.DataFrame) -> pd.Series:
    detail = changes["new_detail"].where(changes["new_detail"] != "", changes["old_detail"]).astype(str)
    narrowed = (" (" + detail + ")").where(detail != "", "")
    return _named(changes["mineral"], mineral_name) + narrowed


def _printed(changes: pd.DataFrame, side: str) -> pd.Series:
    """The printed value and unit of one side, its status where it is not as published, '–' where none is."""
    value, unit = (changes[f"{side}_{name}"].astype(str).str.strip() for name in ("printed", "printed_unit"))
    status = _named(changes[f"{side}_status"], _status)
    there = changes[f"{side}_status"] != ""
    spelled = (" " + unit).where((unit != "") & value.str.contains(r"\d"), "")
    told = value.where(value != "", "blank") + spelled + status
    told.update(_as_read(changes[changes[f"{side}_correction"] != ""], side))
    return told.where(there, "–")


def _as_read(changes: pd.DataFrame, side: str) -> pd.Series:
    """What is read otherwise than it is printed: "21 Mt (corrected)", "11 Mt (later release)"."""
    names = {f"{side}{ending}": name for name, ending in SIDE.items()}
    lines = as_records(changes[list(names)].rename(columns=names))
    told = [
        f"{amount_words(line)} ({'corrected' if is_corrected(line) else 'later release'})" for line in lines
    ]
    return pd.Series(told, index=changes.index, dtype=object)


def _status(code: str) -> str:
    return "" if code in ("", Status.AS_PUBLISHED.value) else f" ({Status(code).label})"


def _both(old: pd.Series, new: pd.Series) -> pd.Series:
    """The text of both sides where they agree or one is missing, else 'old → new'."""
    left, right = (side.astype("string").fillna("").astype(object) for side in (old, new))
    joined = np.where((left == right) | (right == ""), left, left + " → " + right)
    return pd.Series(np.where(left == "", right, joined), index=old.index)


def _named(column: pd.Series, name: Callable[[str], str]) -> pd.Series:
    """A column in words, each distinct value once."""
    return column.map({code: name(code) for code in column.unique()}).astype(object)


CHANGES = (
    Column("mineral", names=True), Column("place", names=True), Column("measure"), Column("year"),
    Column("old"), Column("new"), Column("ratio", number=True),
)  # fmt: skip


def change_lines(changes: pd.DataFrame) -> list[tuple[object, ...]]:
    """A line of `CHANGES` per difference."""
    words = in_words(changes)[[column.label for column in CHANGES]]
    return list(words.itertuples(index=False, name=None))


RANKS = (
    Column("mineral", names=True), Column("measure"), Column("place", names=True),
    Column("rank now", number=True),
    Column("rank after", number=True), Column("share now", number=True), Column("share after", number=True),
)  # fmt: skip


def rank_lines(moves: pd.DataFrame) -> list[tuple[object, ...]]:
    """A line of `RANKS` per country whose rank moves; see `rank_moves`."""
    return [
        (
            mineral_name(line["mineral"]),
            Measure(line["measure"]).label,
            place_name(line["place"]),
            _rank(line, "old"),
            _rank(line, "new"),
            _share(line["old_share"]),
            _share(line["new_share"]),
        )
        for line in as_records(moves)
    ]


def _rank(line: dict[Any, Any], side: str) -> str:
    if pd.isna(line[f"{side}_rank"]):
        return "none"
    return f"{'=' if line[f'{side}_tied'] else ''}{line[f'{side}_rank']:.0f}"


def _share(share: float) -> str:
    return "" if pd.isna(share) else display(share, "1", digits=2)


CLAIMS = (Column("stated"), Column("now"), Column("after"), Column("why"))


def changed_claim_lines(checks: pd.DataFrame) -> list[tuple[object, ...]]:
    """A line of `CLAIMS` per claim whose check comes out otherwise; see `check_changes`."""
    return [
        (
            f"“{line['printed']}” ({line['claim']})",
            Outcome(line["old_outcome"]).label,
            Outcome(line["new_outcome"]).label,
            line["reasons"],
        )
        for line in as_records(checks)
    ]


# For a file ---------------------------------------------------------------------------------------------


def changes_csv(comparison: EditionChanges, table: pd.DataFrame) -> str:
    """A table of a comparison with both editions and their versions in each line."""
    old, new = comparison.old.edition, comparison.new
    sides = {
        "dataset": new.dataset,
        "old_edition": old.edition,
        "new_edition": new.edition,
        "old_version": old.version,
        "new_version": new.version,
    }
    both = pd.concat([pd.DataFrame(sides, index=table.index), table], axis="columns")
    return spreadsheet_csv(both)
