"""What a word of a closed vocabulary is."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Term(StrEnum):
    """A word of a closed vocabulary; equal to its code, with a label and a definition to show."""

    label: str
    definition: str

    def __new__(cls, code: str, label: str = "", definition: str = "") -> Self:
        term = str.__new__(cls, code)
        term._value_ = code
        term.label = label
        term.definition = definition
        return term
