"""What a steward answers about names in a publisher's file that nobody knows.

A printed place, mineral, unit or sign is *that known one*, *a new mineral or group of its own*, or
*left out*. The words and tables are those of a mapping of columns: `places`, `minerals`, `units`, `symbols`,
and what to leave out. Answers are kept with the edition that was read with them. Nothing is dropped
without one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce
from typing import Any

import numpy as np
import pandas as pd
from pydantic import Field, model_validator

from loaders.added_minerals import AddedMineral
from loaders.columns import by_text, distinct
from loaders.model import Record
from loaders.names import LONGEST_PRINTED, read_minerals
from loaders.report import NameKind
from loaders.values import clean

TABLES: dict[NameKind, str] = {
    "place": "places",
    "mineral": "minerals",
    "unit": "units",
    "sign": "symbols",
}
"""What a steward can answer, and the table of the answers to it."""

EACH_POINT, EACH_DECIMAL, EACH_COMMA = "each like 1.000", "each like 1,5", "each like 1,000"
OF_ALL_NUMBERS = {EACH_POINT: ("1000", "1"), EACH_DECIMAL: ("1.5",), EACH_COMMA: ("1000", "1")}
"""What is asked as a sign of all numbers of a file at once, and the answers: these are never left out."""

LEAVE = "-"
"""What stands behind a text that is left out."""


class NotRead(Record):
    """Printed texts whose rows are not read; of signs, the cells."""

    places: tuple[str, ...] = ()
    minerals: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()


class Answers(Record):
    """Answers to printed names, by table: printed text = what we call it; an empty one is not answered yet.

    A hyphen leaves out what prints the text, as `leave_out` does.
    A place is a code or a name, with words that narrow it in brackets: "CHN (crude ore)". A mineral is an id
    or a name, also of one of `new_minerals`. A unit is a spelling that we know, a symbol what our table has
    in place of a number: NA, W, XX, 0. `check_answers` says whether they can hold.
    """

    leave_out: NotRead = NotRead()
    places: dict[str, str] = Field(default_factory=dict)
    minerals: dict[str, str] = Field(default_factory=dict)
    units: dict[str, str] = Field(default_factory=dict)
    symbols: dict[str, str] = Field(default_factory=dict)
    new_minerals: tuple[AddedMineral, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _hyphens(cls, fields: Any) -> Any:
        """A hyphen behind a text puts it among those that are left out."""
        if not isinstance(fields, dict) or not isinstance(fields.get("leave_out", {}), dict):
            return fields
        left, tables = dict(fields.get("leave_out", {})), {}
        for name in TABLES.values():
            table = fields.get(name)
            if isinstance(table, dict) and LEAVE in table.values():
                tables[name] = {text: ours for text, ours in table.items() if ours != LEAVE}
                left[name] = (*left.get(name, ()), *(text for text in table if table[text] == LEAVE))
        return {**fields, **tables, "leave_out": left} if tables else fields

    @model_validator(mode="after")
    def _once_each(self) -> Answers:
        for name in TABLES.values():
            answered = [text for text, ours in getattr(self, name).items() if ours.strip()]
            texts = [clean(text) for text in (*answered, *getattr(self.leave_out, name))]
            twice = next((text for text in texts if texts.count(text) > 1), None)
            if twice is not None:
                raise ValueError(f"{name}: '{twice}' is answered more than once")
            if any(not text or len(text) > LONGEST_PRINTED for text in texts):
                raise ValueError(
                    f"{name}: a printed text is empty, or longer than {LONGEST_PRINTED} characters"
                )
        return self

    def __bool__(self) -> bool:
        """Whether anything is answered."""
        return bool(self.new_minerals or any(self.said(kind) or self.dropped(kind) for kind in TABLES))

    def said(self, kind: NameKind) -> dict[str, str]:
        """What printed texts of a kind are called by us, as far as that is answered."""
        table: dict[str, str] = getattr(self, TABLES[kind])
        return {clean(printed): ours.strip() for printed, ours in table.items() if ours.strip()}

    def dropped(self, kind: NameKind) -> tuple[str, ...]:
        """The printed texts of a kind that are left out."""
        texts: tuple[str, ...] = getattr(self.leave_out, TABLES[kind])
        return tuple(clean(text) for text in texts)

    def all_texts(self) -> list[tuple[NameKind, str]]:
        """Every printed text that is answered, with its kind."""
        return [(kind, text) for kind in TABLES for text in (*self.said(kind), *self.dropped(kind))]

    # A column of printed texts -----------------------------------------------------------------------

    def rename(self, kind: NameKind, column: pd.Series) -> pd.Series:
        """The column with answered texts as we call them; the column itself if there are none."""
        ours = self.said(kind)
        return by_text(column, lambda text: ours.get(clean(text), text)) if ours else column

    def is_said(self, kind: NameKind, column: pd.Series) -> pd.Series:
        """Where a text stands that is said to be another."""
        return _among(column, self.said(kind))

    def read_minerals(self, column: pd.Series, publisher: str) -> pd.Series:
        """`names.read_minerals` of the answered texts, with the new minerals by id and by name."""
        said = self.rename("mineral", column)
        found = read_minerals(said, publisher)
        if not self.new_minerals:
            return found
        own = {name_key(text): item.id for item in self.new_minerals for text in (item.id, item.name)}
        codes, texts = distinct(said)
        new = pd.array([own.get(name_key(text)) for text in texts], dtype="string").take(codes)
        return found.astype("string").fillna(pd.Series(new, index=column.index))

    def reasons(self, texts: Mapping[NameKind, pd.Series]) -> pd.Series:
        """Why each line is left out, by its printed texts; "" where it is not."""
        index = next(iter(texts.values())).index
        reason = pd.Series("", index=index, dtype="string")
        for kind, column in texts.items():
            dropped = self.dropped(kind)
            if dropped:
                stands = _among(column, dropped)
                printed = by_text(column, clean).astype("string")
                told = f"left out by answer: {kind} '" + printed + "'"
                reason = reason.mask((reason == "") & stands, told)
        return reason

    def counted(self, texts: Mapping[NameKind, pd.Series]) -> dict[tuple[NameKind, str], int]:
        """In how many lines each answered text stands, by kind and text."""
        found: dict[tuple[NameKind, str], int] = {}
        for kind, column in texts.items():
            answered = {*self.said(kind), *self.dropped(kind)}
            if answered:
                codes, different = distinct(column)
                times = np.bincount(codes, minlength=len(different))
                for text, number in zip(map(clean, different), times, strict=True):
                    if text in answered:
                        found[kind, text] = found.get((kind, text), 0) + int(number)
        return found


NO_ANSWERS = Answers()


def name_key(text: str) -> str:
    """How names of new minerals are compared: whatever their case and spacing."""
    return clean(text).casefold()


def _among(column: pd.Series, texts: Iterable[str]) -> pd.Series:
    wanted = frozenset(texts)
    codes, different = distinct(column)
    marks = np.array([clean(text) in wanted for text in different], dtype=bool)
    return pd.Series(marks[codes] if len(marks) else np.zeros(len(column), dtype=bool), index=column.index)


# Changing -----------------------------------------------------------------------------------------------


def with_known(answers: Answers, kind: NameKind, printed: str, ours: str) -> Answers:
    """With the answer that a printed text is a known one."""
    return _put(without_answer(answers, kind, printed), kind, printed, ours)


def with_new(answers: Answers, printed: str, mineral: AddedMineral) -> Answers:
    """With the answer that a printed text is a new mineral or group."""
    rest = without_answer(answers, "mineral", printed)
    others = tuple(item for item in rest.new_minerals if item.id != mineral.id)
    added = rest.model_copy(update={"new_minerals": (*others, mineral)})
    return _put(added, "mineral", printed, mineral.id)


def with_left_out(answers: Answers, kind: NameKind, printed: str) -> Answers:
    """With the answer that a printed text is left out."""
    rest, name = without_answer(answers, kind, printed), TABLES[kind]
    texts = (*getattr(rest.leave_out, name), clean(printed))
    return rest.model_copy(update={"leave_out": rest.leave_out.model_copy(update={name: texts})})


def _put(answers: Answers, kind: NameKind, printed: str, ours: str) -> Answers:
    table = {**getattr(answers, TABLES[kind]), clean(printed): ours}
    return answers.model_copy(update={TABLES[kind]: table})


def without_answer(answers: Answers, kind: NameKind, printed: str) -> Answers:
    """Without the answer to a printed text; a new mineral that no other answer names goes with it."""
    name, text = TABLES[kind], clean(printed)
    table = {key: ours for key, ours in getattr(answers, name).items() if clean(key) != text}
    left = tuple(item for item in getattr(answers.leave_out, name) if clean(item) != text)
    leave_out = answers.leave_out.model_copy(update={name: left})
    rest = answers.model_copy(update={name: table, "leave_out": leave_out})
    return _without_unneeded(rest, ()) if kind == "mineral" and table != answers.minerals else rest


def _without_unneeded(answers: Answers, needed: Iterable[str]) -> Answers:
    """With those new minerals only that an answer names, that figures have, or that others are part of."""
    by_id = {item.id: item for item in answers.new_minerals}
    by_key = {name_key(text): item.id for item in answers.new_minerals for text in (item.id, item.name)}
    kept = {by_key.get(name_key(text), text) for text in (*answers.minerals.values(), *needed)}
    for _ in by_id:
        kept |= {by_id[name].part_of for name in kept & by_id.keys()}
    new = tuple(item for item in answers.new_minerals if item.id in kept)
    return answers.model_copy(update={"new_minerals": new})


def used_answers(answers: Answers, cells: Mapping[tuple[NameKind, str], int], minerals: pd.Series) -> Answers:
    """The answers to texts that stand in the files, and the new minerals that figures or answers have.

    `minerals` are those of the figures, a column.
    """
    there = {kind: {text for of, text in cells if of == kind} for kind in TABLES}
    tables = {
        TABLES[kind]: {text: ours for text, ours in answers.said(kind).items() if text in there[kind]}
        for kind in TABLES
    }
    left = {TABLES[kind]: tuple(t for t in answers.dropped(kind) if t in there[kind]) for kind in TABLES}
    found = answers.model_copy(update={**tables, "leave_out": NotRead(**left)})
    return _without_unneeded(found, map(str, minerals.unique())) if found.new_minerals else found


def with_definitions(answers: Answers, minerals: Iterable[AddedMineral]) -> Answers:
    """The answers with these minerals, too, unless they have one of that id."""
    own = {item.id for item in answers.new_minerals}
    others = tuple(item for item in minerals if item.id not in own)
    return answers.model_copy(update={"new_minerals": (*answers.new_minerals, *others)})


def both_answers(above: Answers, below: Answers) -> Answers:
    """The answers of both; those of the first hold where they differ. New minerals stay side by side."""
    found = below
    for kind in TABLES:
        for text, ours in above.said(kind).items():
            found = with_known(found, kind, text, ours)
        for text in above.dropped(kind):
            found = with_left_out(found, kind, text)
    new = tuple(dict.fromkeys((*below.new_minerals, *above.new_minerals)))
    return found.model_copy(update={"new_minerals": new})


def all_answers(several: Iterable[Answers]) -> Answers:
    """The answers of all; the earlier ones hold where they differ."""
    return reduce(both_answers, several, NO_ANSWERS)
