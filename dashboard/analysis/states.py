"""What stands at a mark: a state for each figure, and its words. Keeps zero, withheld and absent apart."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pandas as pd

from dashboard.analysis.series import as_records
from loaders.knowledge import rules
from loaders.units import display
from loaders.vocabulary import OPEN_END, MarkState, Status

_WITHOUT_NUMBER = {
    Status.WITHHELD: MarkState.WITHHELD,
    Status.NOT_APPLICABLE: MarkState.DOES_NOT_APPLY,
    Status.INCLUDED_ELSEWHERE: MarkState.INCLUDED_ELSEWHERE,
    Status.NOT_SIGNIFICANT: MarkState.LESS_THAN,
    Status.NET_EXPORTER: MarkState.NET_EXPORTER,
}


STATE_COLUMNS = ("value", "lower", "upper", "status", "note", "printed_value")
"""The columns that the state of a figure is told from."""

_WORDS_COLUMNS = (*STATE_COLUMNS, "unit")


def state(row: Any) -> MarkState:
    """The state of one figure. `row` is a line of the observation table, by column."""
    if pd.notna(row["value"]):
        if row["value"] == 0:
            return MarkState.ZERO
        return MarkState.ESTIMATE if _is_estimated(row) else MarkState.VALUE
    lower, upper = pd.notna(row["lower"]), pd.notna(row["upper"])
    if row["status"] == Status.NOT_SIGNIFICANT or (upper and not row["lower"]):
        return MarkState.LESS_THAN
    if lower and upper:
        return MarkState.RANGE
    if lower:
        return MarkState.MORE_THAN
    if row["status"] == Status.NOT_AVAILABLE and _word(row):
        return MarkState.WORD
    return _WITHOUT_NUMBER.get(row["status"], MarkState.NOT_AVAILABLE)


def status_label(row: Any) -> str:
    """How the value of a row came to be, or why there is none; a word is neither number nor absence."""
    return MarkState.WORD.label if state(row) == MarkState.WORD else Status(row["status"]).label


def state_label(code: str) -> str:
    """The label of a state; what else stands at a mark as it is."""
    return MarkState(code).label if code in (*MarkState,) else code


def _is_estimated(row: Any) -> bool:
    """Whether the publisher marks a number as estimated: by its status, or by a note where that says more.

    USGS 2026 has "Estimated." beside ilmenite of the United States, whose status is that it includes rutile.
    """
    if row["status"] == Status.INCLUDES_OTHER:
        return str(row.get("note", "")).startswith("Estimated")
    return bool(row["status"] == Status.ESTIMATED)


def _word(row: Any) -> str:
    """The word that stands for a number ('Large'), printed as value or in the note."""
    for text in (str(row["printed_value"]).strip(), str(row["note"]).strip()):
        lowered = text.lower()
        if len(text) < 60 and any(word in lowered for word in ("large", "small", "moderate")):
            return text
        if text == "s":
            return "small"
    return ""


def amount_words(row: Any, scale: str | None = None, factor: float = 1.0, digits: int = 3) -> str:
    """A figure in a sentence: '3.8 Mt e' (estimated), 'more than 90 Mt', 'withheld', '“Large”'.

    `factor` turns the canonical unit into that of `scale` only where a row is in another unit already.
    """
    found = state(row)
    shown = {
        key: display(row[key] * factor, row["unit"], scale, digits, bound)
        for key, bound in (("value", ""), ("lower", "lower"), ("upper", "upper"))
        if pd.notna(row[key])
    }
    if found in (MarkState.VALUE, MarkState.ZERO, MarkState.ESTIMATE):
        return " ".join(filter(None, (shown["value"], found.after)))
    if found is MarkState.MORE_THAN:
        return f"more than {shown['lower']}"
    if found is MarkState.RANGE:
        return f"{shown['lower']} to {shown['upper']}"
    if found is MarkState.LESS_THAN:
        return f"less than {shown['upper']}" if "upper" in shown else "less than the smallest unit shown"
    return f"“{_word(row)}”" if found is MarkState.WORD else found.label


def whole_labels(rows: pd.DataFrame) -> list[str]:
    """What each mark is called where a label has one line: `label`, and `below` where there is any."""
    labels = rows["label"].tolist()
    if "below" not in rows:
        return labels
    pairs = zip(labels, rows["below"].fillna("").tolist(), strict=True)
    return [f"{label}, {below}" if below else label for label, below in pairs]


def marks_aloud(rows: pd.DataFrame) -> str:
    """Marks for being read aloud, by `whole_labels` and their words: "China 44 Mt; Brazil 21 Mt"."""
    pairs = zip(whole_labels(rows), rows["words"], strict=True)
    return "; ".join(f"{label} {words}" for label, words in pairs if words)


def bar_words(row: Any, scale: str | None = None) -> str:
    """What stands at the end of a bar; as `amount_words`, and a sign where the bar is only a lower bound."""
    end = f" {OPEN_END}" if state(row) is MarkState.MORE_THAN else ""
    return f"{amount_words(row, scale)}{end}"


def with_states(rows: pd.DataFrame, scale: str | None = None) -> pd.DataFrame:
    """Adds `state`, its `sign`, `words` (as `bar_words`) and `id` to a small table of observations."""
    lines = as_records(rows[[*_WORDS_COLUMNS]])
    states = [state(line) for line in lines]
    return rows.assign(
        state=[str(found) for found in states],
        sign=[found.before for found in states],
        words=[bar_words(line, scale) for line in lines],
        id=row_ids(rows),
    )


def signed(sign: str, words: str) -> str:
    """What is drawn at a mark: '3.8 Mt e', '⊘ withheld', '◇ “Large”'."""
    return f"{sign} {words}" if sign else words


def signed_words(rows: pd.DataFrame) -> list[str]:
    """What is drawn at each mark: its `words`, after its `sign` where the table has one."""
    words = rows["words"].astype(str).tolist()
    return words if "sign" not in rows else list(map(signed, rows["sign"].fillna("").tolist(), words))


def row_ids(rows: pd.DataFrame) -> list[str]:
    """The `row_id` of each row."""
    return [_id(*cells) for cells in zip(*(rows[name].tolist() for name in _NAMED_BY), strict=True)]


_NAMED_BY = ("dataset", "edition", "file", "row", "column")


def row_id(row: Any) -> str:
    """A stable name for one observation: dataset, edition, file, row and column."""
    return _id(*(row[name] for name in _NAMED_BY))


def _id(dataset: str, edition: str, file: str, row: int, column: str) -> str:
    return f"{dataset}.{edition}|{file}|{row}|{column}"


def row_named(table: pd.DataFrame, name: str) -> pd.Series | None:
    """The row of the table of one edition that has a `row_id`, or None."""
    if table.empty:
        return None
    rest = name.removeprefix("{}.{}|".format(*table[["dataset", "edition"]].iloc[0]))
    for file in table["file"].unique():
        row, _, column = rest.removeprefix(f"{file}|").partition("|")
        if rest.startswith(f"{file}|") and row.isdecimal():
            found = table[table["row"].to_numpy() == int(row)]
            found = found[(found["file"] == file) & (found["column"] == column)]
            if len(found):
                line: pd.Series = found.iloc[0]
                return line
    return None


_DIGITS = re.compile(r"\d{5,}(?:\.\d+)?")


def printed_words(row: Any) -> str:
    """What is printed of a figure, for a sentence: its digits in groups, and the unit; "blank" for nothing.

    A card has the text itself, letter by letter.
    """
    printed = str(row["printed_value"]).strip()
    if _DIGITS.fullmatch(printed):
        whole, dot, rest = printed.partition(".")
        printed = f"{int(whole):,}{dot}{rest}"
    return f"{printed or 'blank'} {unit_words(row)}".strip()


_AGAIN = re.compile(r" \(\d+\)$")
_CHAPTER = re.compile(r"mcs\d{4}-?([a-z-]+)_salient\.csv", re.IGNORECASE)


def unit_words(row: Any) -> str:
    """The unit that is printed of a figure; where a file has codes in its headers, what these stand for.

    USGS heads the prices of gallium "Price_High-puritydkg": they are in dollars per kilogram.
    """
    printed = str(row["printed_unit"]).strip()
    chapter = _CHAPTER.fullmatch(str(row.get("file", "")))
    if not chapter:
        return printed
    column = str(row["column"])
    header = _AGAIN.sub("", column)
    key = (chapter[1].casefold(), header, "1" if header == column else "2")
    known = _units_of_headers()
    return known.get((*key, str(row["edition"]))) or known.get((*key, "")) or printed


@cache
def _units_of_headers() -> dict[tuple[str, ...], str]:
    """The unit of each column of a chapter on the United States: by chapter, header, which one, and edition.

    A header that stands twice is told apart by a number behind it; an edition of "" is any.
    """
    names = ("code", "header", "number", "edition")
    return {tuple(line[name] for name in names): line["unit"] for line in rules("usgs_us_columns")}
