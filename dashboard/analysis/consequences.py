"""What follows from another edition: ranks that move, and claims whose check comes out otherwise."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from dashboard.analysis.checks import Check, check_all
from dashboard.analysis.evidence import EditionRef
from dashboard.analysis.rank import rank
from loaders.model import Claim

_SERIES = ["mineral", "measure", "basis", "unit"]
_FACTS = ["rank", "tied", "share", "year"]

RANK_MOVES = [*_SERIES, "place", *(f"{side}_{fact}" for fact in _FACTS for side in ("old", "new"))]


def rank_moves(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """Countries whose rank differs between two editions; columns `RANK_MOVES`.

    `old` and `new` are observation tables of one edition each; its latest year counts. A country that one
    of them does not rank has NaN there. Series that only one edition has are left out. Moves into or out
    of the first places come first.
    """
    left, right = _latest(old, "old"), _latest(new, "new")
    both = left.merge(right, on=[*_SERIES, "place"], how="outer")
    shared = left[_SERIES].drop_duplicates().merge(right[_SERIES].drop_duplicates(), on=_SERIES)
    both = both.merge(shared, on=_SERIES)
    moved = both[both["old_rank"].fillna(0) != both["new_rank"].fillna(0)]
    best = moved[["old_rank", "new_rank"]].min(axis="columns")
    ordered = moved.assign(best=best).sort_values(["best", *_SERIES, "place"], kind="stable")
    return ordered[RANK_MOVES].reset_index(drop=True)


def _latest(table: pd.DataFrame, side: str) -> pd.DataFrame:
    """The ranked countries of each series in its latest year, with facts named after the side."""
    ranked = rank(table)
    ranked = ranked[ranked["rank"].notna()]
    latest = ranked.groupby(_SERIES, sort=False)["year"].transform("max")
    names = {fact: f"{side}_{fact}" for fact in _FACTS}
    return ranked[ranked["year"] == latest][[*_SERIES, "place", *_FACTS]].rename(columns=names)


CHECK_CHANGES = [
    "claim",
    "printed",
    "old_outcome",
    "new_outcome",
    "old_evidence",
    "new_evidence",
    "unit",
    "reasons",
]


def check_changes(
    claims: Iterable[Claim],
    old: tuple[pd.DataFrame, EditionRef],
    new: tuple[pd.DataFrame, EditionRef],
    beside: pd.DataFrame,
) -> pd.DataFrame:
    """Claims whose check comes out otherwise with the new edition than with the old one.

    Columns `CHECK_CHANGES`, a line per claim; `old_evidence` and `new_evidence` are in `unit`; `reasons`
    are those of the new check. Each side is an observation table and the edition that it is of; `beside` are
    the observations of all editions of the dataset, which say what one of them leaves open.
    """
    claims = list(claims)
    before, after = (check_all(claims, _among(beside, *side), [side[1]]) for side in (old, new))
    lines = [
        _line(claim, before[claim.id][0], after[claim.id][0])
        for claim in claims
        if before[claim.id][0].outcome != after[claim.id][0].outcome
    ]
    return pd.DataFrame(lines, columns=CHECK_CHANGES)


def _among(beside: pd.DataFrame, table: pd.DataFrame, edition: EditionRef) -> pd.DataFrame:
    """The figures of an edition among those of the others."""
    others = beside[(beside["dataset"] != edition.dataset) | (beside["edition"] != edition.edition)]
    return pd.concat([others, table], ignore_index=True)


def _line(claim: Claim, old: Check, new: Check) -> dict[str, object]:
    return {
        "claim": claim.id,
        "printed": claim.printed,
        "old_outcome": old.outcome,
        "new_outcome": new.outcome,
        "old_evidence": old.evidence_value,
        "new_evidence": new.evidence_value,
        "unit": new.unit,
        "reasons": " ".join(new.reasons),
    }
