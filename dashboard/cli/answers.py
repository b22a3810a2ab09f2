"""Answers to names that nobody knows: options of `read` and `add`, and the command that shows kept ones."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from dashboard.cli.output import (
    add_format,
    frame_of,
    known_edition,
    print_table,
    terminal_width,
    write_output,
)
from dashboard.cli.text import wrapped
from loaders.answers.answers import Answers, all_answers
from loaders.answers.checking import answer_words
from loaders.answers.keeping import answers_from_toml, answers_toml
from loaders.errors import BadAnswer, MineralsError
from loaders.intake.sorting import read_answers
from loaders.read import Load
from loaders.report import Question
from loaders.text import count


def answer_options(command: argparse.ArgumentParser) -> None:
    """The options --answers and --questions."""
    command.add_argument(
        "--answers", metavar="FILE.toml", type=Path,
        help="what unknown names are, in a file as --questions writes it (default: the answers given with "
        "other editions of the dataset)",
    )  # fmt: skip
    command.add_argument(
        "--questions", metavar="FILE.toml", type=Path,
        help="write the unknown names into a file, to be answered there and handed in with --answers",
    )  # fmt: skip


def given_answers(options: argparse.Namespace) -> Answers | None:
    """The answers in the file that is named. Raises MineralsError."""
    if options.questions and options.questions.exists() and options.questions != options.answers:
        raise MineralsError(
            "the file is there already.", file=str(options.questions), remedy="Name another with --questions."
        )
    return read_answers(options.answers) if options.answers else None


def in_their_file(error: MineralsError, options: argparse.Namespace) -> MineralsError:
    """The error; where it is about an answer, with the file of answers."""
    if isinstance(error, BadAnswer) and not error.file and options.answers:
        error.file = str(options.answers)
    return error


def write_questions(loads: Iterable[Load], options: argparse.Namespace) -> None:
    """Write the open questions, if that is wished; else say on standard error how they can be answered."""
    found = list(loads)
    questions = _different(question for load in found for question in load.report.questions)
    names = count(len(questions), "name")
    if options.questions and questions:
        answers = all_answers(load.answers for load in found)
        write_output(options.questions, answers_toml(answers, questions).encode())
        told = f"Wrote {options.questions}: {names} to be answered there; then hand it in with --answers."
    elif options.questions:
        told = "There is no name to be answered; no file was written."
    else:
        told = (
            f"{names} can be answered: write them into a file with --questions FILE.toml, say there what "
            "they are, and hand it in with --answers."
        )
    if questions or options.questions:
        print(wrapped(told, terminal_width()), file=sys.stderr)


def _different(questions: Iterable[Question]) -> list[Question]:
    return list({(item.kind, item.printed): item for item in questions}.values())


# Kept answers -------------------------------------------------------------------------------------------


def kept_options(command: argparse.ArgumentParser) -> None:
    """The options of the command `answers`."""
    command.add_argument("dataset", metavar="ID", help="such as usgs-mcs")
    command.add_argument("edition", metavar="EDITION", help="such as 2025")
    command.add_argument(
        "-o", "--output", metavar="FILE.toml", type=Path,
        help="write them as a file, to be changed and handed in again with --answers",
    )  # fmt: skip
    add_format(command)


def show_answers(options: argparse.Namespace) -> int:
    """The answers that were given with an edition, as a table or as a file."""
    item = known_edition(options, options.edition)
    answers = answers_from_toml(item.edition.answers, item.edition.id)
    if options.output:
        if not answers:
            raise MineralsError(f"{item.edition.id} was read without answers; no file was written.")
        write_output(options.output, item.edition.answers.encode())
        print(f"Wrote {options.output}.")
        return 0
    lines = [
        {"kind": kind, "printed": text, "means": answer_words(answers, kind, text)}
        for kind, text in answers.all_texts()
    ]
    print_table(frame_of(lines, "kind", "printed", "means"), options)
    return 0
