"""The passages of `passages.toml`, and how a stated figure is compared with a found one."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from loaders.articles import Candidate

CASES = Path(__file__).parent / "passages.toml"
FRESH = Path(__file__).parent / "fresh.toml"
"""Passages that were written before the reader was tried on them; some of them it still reads wrongly."""


class Stated(NamedTuple):
    """A figure that a passage states; a field that is empty is not checked, "-" must not be stated."""

    printed: str
    kind: str
    number: str
    unit: str
    mineral: str
    place: str
    measure: str
    modality: str
    speaker: str

    @classmethod
    def of(cls, line: str) -> Stated:
        fields = [field.strip() for field in line.split("|")]
        return cls(*fields, *[""] * (9 - len(fields)))

    @property
    def numbers(self) -> tuple[float | None, float | None, float | None]:
        """Value, lower and upper bound."""
        if ".." in self.number:
            low, high = self.number.split("..")
            return None, float(low), float(high)
        if self.number.startswith((">", "<")):
            bound = float(self.number[1:])
            return (None, bound, None) if self.number[0] == ">" else (None, None, bound)
        return float(self.number), None, None


class Passage(NamedTuple):
    """A text, the figures that it states, and printed words that are none."""

    id: str
    text: str
    figures: tuple[Stated, ...]
    not_figures: tuple[str, ...]


def passages(table: Path = CASES) -> list[Passage]:
    """All passages of a table."""
    listed = tomllib.loads(table.read_text(encoding="utf-8"))["passage"]
    return [
        Passage(
            item["id"],
            item["text"],
            tuple(map(Stated.of, item["figures"])),
            tuple(item.get("not_figures", ())),
        )
        for item in listed
    ]


def near(one: float | None, other: float | None) -> bool:
    """Whether two numbers agree to half a per cent."""
    if one is None or other is None:
        return one is other
    return abs(one - other) <= 0.005 * max(abs(one), abs(other), 1e-12)


def is_the_number(stated: Stated, found: Candidate) -> bool:
    """Whether a candidate is the stated figure: its words, its unit and its numbers."""
    numbers = zip(stated.numbers, (found.value, found.lower, found.upper), strict=True)
    overlap = stated.printed in found.printed or found.printed in stated.printed
    return overlap and stated.unit == found.unit and all(near(*pair) for pair in numbers)


def faults(stated: Stated, found: Candidate) -> Iterator[str]:
    """The fields that were read otherwise than stated."""
    said = found.said_by[0] if found.said_by else "-"
    answers = {
        "kind": str(found.kind),
        "mineral": found.mineral or "-",
        "place": found.place or "-",
        "measure": found.measure or "-",
        "modality": found.modality,
        "speaker": said,
    }
    for field, answer in answers.items():
        wanted = getattr(stated, field)
        if wanted and wanted != answer:
            yield f"{stated.printed!r} {field}: {answer!r} instead of {wanted!r}"
