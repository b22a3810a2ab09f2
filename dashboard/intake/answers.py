"""What a person says of a name that nobody knows, as an answer that is kept with the edition."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

import pandas as pd

from dashboard.intake.proposal import Proposal
from loaders.added_minerals import AddedMineral
from loaders.answers.answers import (
    OF_ALL_NUMBERS,
    Answers,
    all_answers,
    with_known,
    with_left_out,
    with_new,
)
from loaders.answers.checking import check_answers
from loaders.errors import BadAnswer
from loaders.names import listed_mineral, mineral_name, minerals, place_name, places, read_places
from loaders.report import NameKind, Question
from loaders.store import Catalogue
from loaders.text import slug
from loaders.vocabulary import WORLD

What = Literal["open", "known", "world", "new", "left out"]

WORDS: dict[NameKind, dict[What, str]] = {
    "place": {
        "open": "not said yet",
        "world": "the world total",
        "known": "a country or group that we know",
        "left out": "leave its rows out",
    },
    "mineral": {
        "open": "not said yet",
        "known": "a mineral that we know",
        "new": "a new mineral or group of its own",
        "left out": "leave its rows out",
    },
    "unit": {"open": "not said yet", "known": "a unit that we know", "left out": "leave its rows out"},
    "sign": {"open": "not said yet", "known": "stands for something", "left out": "leave its cells out"},
}
"""What can be said of a name, by what it is asked as."""


def words_for(question: Question) -> dict[What, str]:
    """What can be said of what a question asks about; what is asked of all numbers is never left out."""
    words = WORDS[question.kind]
    if question.printed not in OF_ALL_NUMBERS:
        return words
    return {what: text for what, text in words.items() if what != "left out"}


class ChosenAnswer(NamedTuple):
    """What a person chose for a question: a code or unit that is known, or the name of a new mineral."""

    question: Question
    what: What = "open"
    ours: str = ""
    name: str = ""
    part_of: str = ""


def places_offered(near: Sequence[str]) -> dict[str, str]:
    """All places by their code; those that are printed as one of `near` first."""
    found = read_places(pd.Series(near, dtype="string"), "any")["place"].dropna()
    codes = dict.fromkeys([*found, *sorted(map(str, places().index), key=place_name)])
    return {code: place_name(code) for code in codes}


def minerals_offered(near: Sequence[str]) -> dict[str, str]:
    """All minerals by their id; those that are called one of `near` first."""
    found = [known for name in near if (known := listed_mineral(name))]
    ids = dict.fromkeys([*found, *sorted(map(str, minerals().index), key=mineral_name)])
    return {name: mineral_name(name) for name in ids}


def given(proposals: Iterable[Proposal]) -> Answers:
    """The answers with which editions were read."""
    return all_answers(item.answers for item in proposals)


def with_said(answers: Answers, said: Iterable[ChosenAnswer], found: Catalogue) -> Answers:
    """The answers with what was chosen. Raises BadAnswer where something is missing or cannot hold."""
    for one in said:
        answers = _with(answers, one)
    check_answers(answers, found.minerals)
    return answers


def _with(answers: Answers, one: ChosenAnswer) -> Answers:
    kind, printed = one.question.kind, one.question.printed
    if one.what == "left out":
        return with_left_out(answers, kind, printed)
    if one.what == "world":
        return with_known(answers, kind, printed, WORLD)
    if one.what == "known":
        if not one.ours.strip():
            raise BadAnswer(f"'{printed}' is not said yet.", remedy="Choose what it is.")
        return with_known(answers, kind, printed, one.ours.strip())
    if one.what == "new":
        name = " ".join(one.name.split())
        if not name:
            raise BadAnswer(f"The new mineral for '{printed}' has no name.", remedy="Write its name.")
        return with_new(answers, printed, AddedMineral(id=new_id(name), name=name[:80], part_of=one.part_of))
    return answers


def new_id(name: str) -> str:
    """The id of a new mineral: its name in small letters, or a number where it has none of ours."""
    made = slug(name)
    return made if made != slug("") else f"mineral-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
