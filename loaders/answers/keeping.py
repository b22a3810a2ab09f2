"""Answers as a file: written with the open questions, and read again."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from typing import Any

import tomlkit
from pydantic import ValidationError

from loaders.answers.answers import NO_ANSWERS, TABLES, Answers
from loaders.errors import BadAnswer
from loaders.report import Question


def answers_toml(answers: Answers, questions: Sequence[Question] = ()) -> str:
    """The answers as TOML, with the open questions to be answered; "" where there is neither.

    A comment says where a text stands, why it is asked about, and what looks most like it.
    """
    if not answers and not questions:
        return ""
    document = tomlkit.document()
    for line in _HOW if questions else ():
        document.add(tomlkit.comment(line))
    for kind, name in TABLES.items():
        table = _table(getattr(answers, name), [item for item in questions if item.kind == kind])
        if table:
            document.add(name, table)
    left = {name: list(texts) for name, texts in answers.leave_out.model_dump().items() if texts}
    if left:
        document.add("leave_out", tomlkit.item(left))
    if answers.new_minerals:
        blocks = tomlkit.aot()
        for item in answers.new_minerals:
            blocks.append(tomlkit.item(item.model_dump()))
        document.add("new_minerals", blocks)
    return tomlkit.dumps(document)


def _table(answered: dict[str, str], questions: Sequence[Question]) -> Any:
    """A table of answers, then of questions, each with its comment."""
    table = tomlkit.table()
    for printed, ours in answered.items():
        table.add(printed, ours)
    for question in questions:
        if question.printed not in table:
            table.add(tomlkit.comment(_about(question)))
            table.add(question.printed, "")
    return table


_HOW = (
    "Say behind each name what it is: a code or a name that is known. A hyphen leaves out what prints it.",
    "A new mineral or group: write its id behind the name, and at the end of this file",
    "    [[new_minerals]]",
    '    id = "..."',
    '    name = "..."',
    '    part_of = ""    (the id of a wider mineral, or nothing)',
)


def _about(question: Question) -> str:
    row = "" if question.row is None else f"row {question.row}"
    where = ", ".join(part for part in (question.file, row, question.column) if part)
    near = f" Nearest known: {', '.join(question.near)}." if question.near else ""
    return " ".join(f"{where}: {question.why}{near}".split())


def answers_from_toml(text: str, file: str = "") -> Answers:
    """The answers in a TOML text; empty ones stay open. Raises BadAnswer for a text that is none."""
    if not text:
        return NO_ANSWERS
    try:
        return Answers.model_validate(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise BadAnswer(
            f"this is not TOML: {error}.", file=file or None, remedy="Have it written again with --questions."
        ) from error
    except ValidationError as error:
        first: Any = error.errors()[0]
        raise BadAnswer(
            f"these are no answers: {first['msg'].removeprefix('Value error, ')}.",
            file=file or None,
            column=".".join(str(part) for part in first["loc"]) or None,
            remedy="Expected the tables places, minerals, units, symbols, leave_out and new_minerals.",
        ) from error
