"""How a figure was revised: the same figure through the editions of a dataset, and the publisher's reason."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import narwhals as nw
import pandas as pd

from dashboard.analysis.concordance import Label, change_words, with_labels
from dashboard.analysis.series import as_records, by_place, collect, lazy
from loaders.knowledge import table
from loaders.names import CODE_LENGTH, place_name, places
from loaders.vocabulary import IN_GROUND, OTHER, WORLD, Basis

CELL = ["dataset", "mineral", "measure", "place", "of_year"]

REVISION_COLUMNS = [
    *CELL, "year", "basis", "unit", "as_measure", "as_basis", "edition", "value", "lower", "upper", "status",
    "previous_edition", "previous", "change", "ratio", "largest", "why", "reason", "relabelled", "rows",
    "previous_rows",
]  # fmt: skip


def revisions(rows: Any) -> pd.DataFrame:
    """A line per figure and edition, columns `REVISION_COLUMNS`; the most revised figures first.

    `rows` are observations. Production is the same figure where dataset, mineral, measure, place and year
    agree; what is in the ground is compared edition by edition, whatever year it is dated (`of_year` is
    then 0). `previous` is the number of the edition before, `change` the difference, `ratio` the quotient;
    NaN where one has no number. A basis is never compared with another: `reason` says that it changed;
    but labels that are declared to mean the same thing share one `measure` and `basis` (see `concordance`),
    `as_measure` and `as_basis` are those of the edition, and `relabelled` says how the label changed.
    `rows` and `previous_rows` say of how many printed rows a number and the one before are the sum.
    `largest` is the largest change of the figure, by which figures are ordered; `why` holds the
    publisher's sentences on the revision of a number.
    """
    frame = lazy(rows)
    lines = with_labels(by_place(rows))
    in_ground = lines["measure"].isin([str(measure) for measure in IN_GROUND])
    lines["of_year"] = lines["year"].mask(in_ground, 0)
    latest = lines.groupby([*CELL, "edition"])["year"].transform("max")
    lines = lines[lines["year"] == latest].sort_values([*CELL, "basis", "unit", "edition"], ignore_index=True)
    found = _with_changes(lines)
    revised = (found["previous_edition"] != "") & (found["value"] != found["previous"])
    found["why"] = ""
    found.loc[revised, "why"] = _why(found[revised], _revision_notes(frame))
    order = found.sort_values(["largest", *CELL, "basis", "edition"], ascending=[False, *[True] * 7])
    return order[REVISION_COLUMNS].reset_index(drop=True)


def _with_changes(lines: pd.DataFrame) -> pd.DataFrame:
    same = [*CELL, "basis", "unit"]
    before = lines.groupby(same, sort=False)[["value", "edition", "as_measure", "as_basis", "rows"]].shift()
    change = lines["value"] - before["value"]
    found = lines.assign(
        previous_edition=before["edition"].fillna(""),
        previous=before["value"],
        previous_rows=before["rows"],
        change=change,
        ratio=(lines["value"] / before["value"]).where(before["value"] != 0),
    )
    largest = change.abs().groupby([lines[name] for name in CELL]).transform("max")
    relabelled = _relabelled(found, before)
    return found.assign(largest=largest.fillna(0.0), reason=_basis_changes(found), relabelled=relabelled)


def _relabelled(lines: pd.DataFrame, before: pd.DataFrame) -> pd.Series:
    """How the label of each figure changed since the edition before; empty where it did not."""
    names = ["as_measure", "as_basis"]
    changed = before["edition"].notna() & (lines[names] != before[names]).any(axis="columns")
    now = lines[changed]
    was = map(Label, before.loc[changed, "as_measure"], before.loc[changed, "as_basis"])
    labels = map(Label, now["as_measure"], now["as_basis"])
    told = map(change_words, now["dataset"], now["mineral"], was, labels)
    return pd.Series(list(told), index=now.index, dtype="object").reindex(lines.index, fill_value="")


def _basis_changes(lines: pd.DataFrame) -> list[str]:
    """Where a figure has no predecessor on its basis, but one on another basis."""
    cell = lines.groupby(CELL, sort=False).ngroup()
    several = lines["basis"].groupby(cell).transform("nunique") > 1
    told = list(zip(cell, lines["edition"], lines["basis"], strict=True))
    earlier: dict[int, list[tuple[str, str]]] = {}
    for (number, edition, basis), apart in zip(told, several, strict=True):
        if apart:
            earlier.setdefault(number, []).append((edition, basis))
    return [
        "" if before or number not in earlier else _basis_change(edition, basis, earlier[number])
        for (number, edition, basis), before in zip(told, lines["previous_edition"], strict=True)
    ]


def _basis_change(edition: str, basis: str, others: list[tuple[str, str]]) -> str:
    other = [of for when, of in sorted(others) if when < edition and of != basis]
    return f"The basis changed: {Basis(other[-1]).label} before, {Basis(basis).label} now." if other else ""


# The publisher's reasons ----------------------------------------------------------------------------

# Most are set apart by " -- " or a full stop; "Finland, ... 26% Cr2O3. revised based on" is printed too.
_SENTENCE = re.compile(r" -- |(?<=[^.][^.])\. ?(?=[A-Z]|revised)")
_OTHERS = "Other countries"
_NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"  # in "United States" of USGS 2024


def _revision_notes(frame: nw.LazyFrame[Any]) -> pd.DataFrame:
    """The rows whose note speaks of a revision."""
    noted = frame.filter(nw.col("note").str.to_lowercase().str.contains("revised", literal=True))
    return collect(noted.select("dataset", "edition", "mineral", "measure", "place", "note"))


def _why(lines: pd.DataFrame, notes: pd.DataFrame) -> list[str]:
    """The publisher's sentences on the revision of each line; empty where there are none."""
    said: dict[tuple[str, ...], dict[tuple[str, str], None]] = {}
    for line in as_records(notes.drop_duplicates()):
        sentences = said.setdefault((line["dataset"], line["edition"], line["mineral"]), {})
        for sentence in _SENTENCE.split(line["note"].replace(_NO_BREAK_SPACE, " ")):
            if "revised" in sentence.lower():
                sentences[sentence.strip().rstrip("."), f"{line['measure']}|{line['place']}"] = None
    each = zip(*(lines[name] for name in ("dataset", "edition", "mineral", "measure", "place")), strict=True)
    return [_sentences(said.get((*edition,), {}), measure, place) for *edition, measure, place in each]


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
    spellings = (_OTHERS,) if place == OTHER else (place_name(place), *_spellings().get(place, ()))
    return any(_holds(text, name) for name in spellings)


def _holds(text: str, name: str) -> bool:
    """Whether a text holds a name, and not only as a part of another: Guinea, not Papua New Guinea."""
    if name not in text:
        return False
    for longer in _longer(name):
        text = text.replace(longer, "")
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


@cache
def _longer(name: str) -> tuple[str, ...]:
    every = {*places()["name"], *(spelling for known in _spellings().values() for spelling in known)}
    return tuple(sorted((other for other in every if name in other and name != other), key=len, reverse=True))


@cache
def _spellings() -> dict[str, tuple[str, ...]]:
    """How publishers print the names of places, by code."""
    names = table("place_names")
    names = names[names["spelling"].str.len() > CODE_LENGTH]
    return {str(place): tuple(group["spelling"]) for place, group in names.groupby("place")}
