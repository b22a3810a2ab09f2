"""Units that stand behind the names of minerals: 'Gold (kg)'."""

from __future__ import annotations

import re
from functools import lru_cache

import pandas as pd

from loaders.columns import by_text
from loaders.files.table import RawTable
from loaders.names import known_mineral
from loaders.spreadsheets.headers import factor_of, without_lead
from loaders.spreadsheets.heads import texts_below
from loaders.spreadsheets.mapping import Mapping
from loaders.values import clean

_OWN_UNIT = re.compile(r"(.*\S)\s*(?:[(（\[]([^()（）\[\]]+)[)）\]]|[,，]\s*([^,，]+))")


@lru_cache(maxsize=4_096)
def name_and_unit(text: str) -> tuple[str, str]:
    """The mineral that a cell names, and the unit behind it: 'Gold (kg)'; else the text and ""."""
    found = _OWN_UNIT.fullmatch(clean(text))
    if not found or known_mineral(text, "any") or not known_mineral(found[1], "any"):
        return text, ""
    unit = unit_behind(text)
    return (found[1], unit) if unit else (text, "")


def unit_behind(text: str) -> str:
    """The unit behind any name: carats in 'Diamonds, carats'; "" for none."""
    found = _OWN_UNIT.fullmatch(clean(text))
    unit = without_lead(clean(found[2] or found[3])) if found else ""
    return unit if unit and factor_of(unit) else ""


def all_with_units(mapping: Mapping, raw: RawTable) -> bool:
    """Whether a unit stands behind each name in the column of minerals."""
    header = mapping.columns.get("mineral", "")
    texts = texts_below(raw.frame[header]) if header else []
    return bool(texts) and all(unit_behind(text) or text in mapping.leave_out for text in texts)


def without_units(minerals: pd.Series) -> pd.Series:
    """The names of minerals without the units that stand behind them."""
    return by_text(minerals, lambda text: name_and_unit(text)[0])
