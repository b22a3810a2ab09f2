"""Whether answers can hold, and what they say in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import pandas as pd

from loaders.added_minerals import AddedMineral
from loaders.answers.answers import OF_ALL_NUMBERS, TABLES, Answers, name_key
from loaders.errors import BadAnswer
from loaders.names import (
    ANY,
    IGNORED,
    listed_mineral,
    mineral_name,
    minerals,
    nearest,
    place_name,
    read_mineral,
    read_minerals,
    read_place,
    read_places,
)
from loaders.report import Answered, NameKind
from loaders.units import read_units
from loaders.values import read_value
from loaders.vocabulary import MarkState, Status


def check_answers(answers: Answers, installed: Sequence[AddedMineral] = ()) -> None:
    """Raises BadAnswer where an answer cannot hold; `installed` are the minerals that the workspace adds."""
    _check_minerals(answers.new_minerals, installed)
    own = {name_key(text) for item in (*installed, *answers.new_minerals) for text in (item.id, item.name)}
    dropped = [printed for printed in answers.dropped("sign") if printed in OF_ALL_NUMBERS]
    if dropped:
        raise BadAnswer(f"'{dropped[0]}' cannot be left out.", column="symbols", remedy=_REMEDY)
    for kind in TABLES:
        for printed, ours in answers.said(kind).items():
            flaw = "" if kind == "mineral" and name_key(ours) in own else _flaw(kind, printed, ours)
            if flaw:
                raise BadAnswer(
                    f"'{printed}' cannot be '{ours}': {flaw}",
                    column=f"{TABLES[kind]}.{printed}",
                    remedy=_REMEDY,
                )


_REMEDY = "Answer it otherwise, or leave it open."


def _flaw(kind: NameKind, printed: str, ours: str) -> str:
    """Why an answer is none; "" if it is one."""
    means = OF_ALL_NUMBERS.get(printed) if kind == "sign" else None
    if means:
        return "" if ours in means else f"expected {' or '.join(means)}."
    text = pd.Series([ours], dtype="string")
    if kind == "place":
        place = read_places(text, ANY).iloc[0]
        return "" if pd.notna(place["place"]) else _not_known("place", ours, place["rule"] == IGNORED)
    if kind == "mineral":
        return "" if read_minerals(text, ANY).notna()[0] else _not_known("mineral", ours)
    if kind == "unit":
        return "" if read_units(text, ANY)["unit"].notna()[0] else "it is no unit that we know."
    return "" if read_value(ours) is not None else "expected NA, W, XX, 0 or what else our table has there."


def _not_known(kind: Literal["place", "mineral"], ours: str, ignored: bool = False) -> str:
    if ignored:
        return "it is no place; say that it is left out."
    near = nearest(ours, ANY, kind)
    hint = f" Nearest known: {', '.join(near)}." if near else ""
    return f"it is no {kind} that we know.{hint}"


def _check_minerals(new: Sequence[AddedMineral], installed: Sequence[AddedMineral]) -> None:
    others = [item for item in installed if item not in new]
    for number, item in enumerate(new):
        _check_name(item, [*others, *new[:number]])
    wider = {item.id: item.part_of for item in (*installed, *new)}
    for item in new:
        if item.part_of and item.part_of not in wider and item.part_of not in minerals().index:
            raise _bad_mineral(
                item, f"is said to be part of '{item.part_of}', which is no mineral that we know."
            )
        seen, above = [item.id], item.part_of
        while above in wider and above not in seen:
            seen.append(above)
            above = wider[above]
        if above in seen:
            raise _bad_mineral(item, f"would be part of itself: {' within '.join([*seen, above])}.")


def _check_name(item: AddedMineral, others: Sequence[AddedMineral]) -> None:
    for what, text in (("id", item.id), ("name", item.name)):
        listed = listed_mineral(text)
        taken = next((_words(one) for one in others if _is_called(one, text)), "")
        owner = taken if listed is None else mineral_name(listed)
        if owner:
            raise _bad_mineral(item, f"has the {what} '{text}', which is taken by {owner}.")


def _is_called(item: AddedMineral, text: str) -> bool:
    return name_key(text) in (name_key(item.id), name_key(item.name))


def _words(item: AddedMineral) -> str:
    return f"{item.name} ({item.id}, {f'part of {item.part_of}' if item.part_of else 'part of nothing'})"


def _bad_mineral(item: AddedMineral, why: str) -> BadAnswer:
    return BadAnswer(
        f"The new mineral '{item.name}' {why}",
        column=f"new_minerals.{item.id}",
        remedy="Choose another name, or say that it is the known one.",
    )


def answered(
    answers: Answers, cells: Mapping[tuple[NameKind, str], int], before: Answers
) -> tuple[Answered, ...]:
    """The answers that were used, with the number of cells; those `before` were given with other editions."""
    again = {(kind, text): answer_words(before, kind, text) for kind, text in before.all_texts()}
    return tuple(
        Answered(
            kind=kind,
            printed=text,
            means=answer_words(answers, kind, text),
            cells=cells.get((kind, text), 0),
            left_out=text in answers.dropped(kind),
            before=again.get((kind, text)) == answer_words(answers, kind, text),
        )
        for kind, text in answers.all_texts()
    )


def answer_words(answers: Answers, kind: NameKind, printed: str) -> str:
    """What an answer says, in words: "Lithium", "new: Unobtainium, part of Rare earths", "left out"."""
    if printed in answers.dropped(kind):
        return "left out"
    ours = answers.said(kind)[printed]
    if kind == "mineral":
        return _mineral_words(answers, ours)
    if kind == "place":
        reading = read_place(ours, ANY)
        return f"{place_name(reading.place)}{f', {reading.detail}' if reading.detail else ''}"
    return SIGNS.get(ours, ours)


SIGNS = {
    "NA": Status.NOT_AVAILABLE.label,
    "W": Status.WITHHELD.label,
    "0": str(MarkState.ZERO),
    "XX": Status.NOT_APPLICABLE.label,
}
"""What a sign in place of a number mostly stands for."""


def _mineral_words(answers: Answers, ours: str) -> str:
    new = next((item for item in answers.new_minerals if _is_called(item, ours)), None)
    if new is None:
        return mineral_name(read_mineral(ours, ANY))
    names = {item.id: item.name for item in answers.new_minerals}
    within = f", part of {names.get(new.part_of) or mineral_name(new.part_of)}" if new.part_of else ""
    return f"new: {new.name}{within}"
