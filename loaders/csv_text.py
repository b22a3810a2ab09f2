"""Tables as the text of a CSV file: the same cells when it is read back, or harmless in a spreadsheet."""

from __future__ import annotations

import csv
import re

import pandas as pd

# What Excel and LibreOffice take for the start of a formula: https://owasp.org/www-community/attacks/CSV_Injection
# Where the comma is the decimal sign, a semicolon or a new line begins a cell even within quotation marks.
_FORMULA = re.compile(r"^(?=[\t\r\n])|(?:^|[;\t\r\n])(?=[=@＝＠]|[+＋－-](?![\d.,\s]*(?:[;\t\r\n]|$)))")


_FEW = 1_000
"""Lines of a table that are looked at one by one."""


def csv_text(table: pd.DataFrame, separator: str = ",") -> str:
    """The table as CSV without its index, lines ended by a line feed: the same text from the same content."""
    text = str(table.to_csv(index=False, lineterminator="\n", sep=separator))
    if "\r" in text:  # up to Python 3.12 csv leaves a cell with a carriage return without quotation marks
        text = str(
            table.to_csv(index=False, lineterminator="\n", sep=separator, quoting=csv.QUOTE_NONNUMERIC)
        )
    return text


def spreadsheet_csv(table: pd.DataFrame, separator: str = ",") -> str:
    """`csv_text` for a person to open: an apostrophe before a text like a formula keeps it a text."""
    texts = [str(name) for name, kind in table.dtypes.items() if not pd.api.types.is_numeric_dtype(kind)]
    formulas = {name: found for name in texts if (found := _formulas(table[name]))}
    written = {name: table[name].astype(object).replace(found) for name, found in formulas.items()}
    harmless = table.assign(**written) if written else table
    return csv_text(harmless.rename(columns=_as_text), separator)


def _formulas(column: pd.Series) -> dict[str, str]:
    """The distinct texts of a column that would be formulas, with what is written in their place."""
    distinct = column.unique() if len(column) > _FEW else column  # of a few that takes longer
    texts = (text for text in dict.fromkeys(distinct.tolist()) if isinstance(text, str))
    return {text: _as_text(text) for text in texts if _FORMULA.search(text)}


def _as_text(text: str) -> str:
    return _FORMULA.sub(r"\g<0>'", text)
