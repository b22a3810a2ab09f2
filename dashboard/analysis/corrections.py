"""Which figures differ from what their edition prints: corrected ones, and those of a later release."""

from __future__ import annotations

from typing import Any

import pandas as pd

from loaders.quality.later_figures import READ_AS_LATER


def is_corrected(line: Any) -> bool:
    """Whether a declared correction changed a figure."""
    return bool(_correction(line)) and not is_read_as_later(line)


def is_read_as_later(line: Any) -> bool:
    """Whether a figure is read as a later release of its publisher prints it."""
    return _correction(line).startswith(READ_AS_LATER)


def any_corrected(rows: pd.DataFrame) -> bool:
    """Whether a declared correction changed some figure of a table."""
    return any(is_corrected({"correction": name}) for name in rows["correction"].unique())


def _correction(line: Any) -> str:
    correction = line.get("correction")
    return str(correction) if pd.notna(correction) else ""
