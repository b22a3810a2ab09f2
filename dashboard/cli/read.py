"""The command `read`: what the loader makes of files, without installing anything."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from dashboard.cli import report
from dashboard.cli.answers import answer_options, given_answers, in_their_file, write_questions
from dashboard.cli.output import (
    add_format,
    print_problems,
    terminal_width,
    write_output,
)
from loaders.csv_text import spreadsheet_csv
from loaders.errors import MineralsError
from loaders.files.archives import BOOK_SUFFIXES, RECORD_SUFFIXES
from loaders.intake.sorting import read_mapping
from loaders.memory import hold_memory
from loaders.model import written_columns
from loaders.read import load
from loaders.report import problem_of
from loaders.store import to_csv


def read_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("paths", metavar="FILE|FOLDER|ZIP", nargs="+", type=Path)
    text = "of files that hold two datasets, the one that is wanted: usgs-mcs-us, the United States alone"
    command.add_argument("--dataset", metavar="ID", help=text)
    command.add_argument("--output", metavar="OUT.csv", type=Path, help="write the tidy rows to this file")
    text = "how the columns of a spreadsheet become ours, as written by `minerals map`"
    command.add_argument("--mapping", metavar="FILE.toml", type=Path, help=text)
    answer_options(command)
    add_format(command)


def report_files(options: argparse.Namespace) -> int:
    if options.output and _is_input(options.output, options.paths):
        options.refuse(f"argument --output: {options.output} is one of the files to read")
    if options.output and options.output.name.lower().endswith((*BOOK_SUFFIXES, *RECORD_SUFFIXES)):
        options.refuse(
            f"argument --output: the tidy rows are written as CSV; name a file .csv, not {options.output}"
        )
    hold_memory()
    try:
        mapping = read_mapping(options.mapping) if options.mapping else None
        result = load(options.paths, options.home, mapping, given_answers(options), options.dataset)
    except MineralsError as found:
        error = in_their_file(found, options)
        if options.format == "json":
            print(report.unread_json(error))
        return print_problems([problem_of(error)])
    if options.format == "json":
        print(report.report_json(result.report))
    elif options.format == "csv":
        sys.stdout.write(_as_csv(result.observations, options.exact).decode())
    else:
        print(report.report_text(result.report, terminal_width()))
        if result.account:
            print(f"\n{result.account.sentence}.")
    if options.output:
        write_output(options.output, _as_csv(result.observations, options.exact))
    code = print_problems(result.report.problems)
    if options.output:
        print(
            _written(len(result.observations), result.report.counts.cells_refused, options.output),
            file=sys.stderr,
        )
    write_questions([result], options)
    return code


def _written(rows: int, refused: int, output: Path) -> str:
    """How many rows of our table stand in a file, and how many cells were refused instead."""
    if not refused:
        return f"Wrote {rows:,} rows to {output}."
    told = f"{refused:,} {'was' if refused == 1 else 'were'} refused"
    return f"Wrote {rows:,} of {rows + refused:,} rows to {output}; {told}, see above."


def _as_csv(observations: pd.DataFrame, exact: bool) -> bytes:
    """The tidy rows; no formula in a spreadsheet, unless every cell is to be exact."""
    if exact:
        return to_csv(observations)
    return spreadsheet_csv(observations[written_columns(observations)]).encode()


def _is_input(output: Path, inputs: Sequence[Path]) -> bool:
    if not output.exists():
        return False
    whole = output.resolve()
    return any(whole.is_relative_to(path.resolve()) for path in inputs)
