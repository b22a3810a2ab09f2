"""How the commands print and write: tables, problems, and files that are there whole or not at all."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from dashboard import listing
from loaders.errors import StoreError
from loaders.model import Problem
from loaders.vocabulary import Severity, Status

BAD_DATA = 1

NO_TERMINAL = 100_000
"""Characters in a line where nobody's window sets a limit."""


def add_format(command: argparse.ArgumentParser, choices: Sequence[str] = ("table", "json", "csv")) -> None:
    """The option --format."""
    command.add_argument("--format", choices=choices, default="table")


def write_whole(path: Path, content: bytes) -> None:
    """Write a file beside its final name, then rename it: it is there whole or not at all."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(content)
        os.replace(part, path)
    except OSError as error:
        raise StoreError(f"cannot be written ({error.strerror}).", file=str(path)) from error
    finally:
        part.unlink(missing_ok=True)


def print_table(table: pd.DataFrame, style: str) -> None:
    """A table on standard output, as json, csv or text that fits into the window."""
    if style == "json":
        text = listing.as_json(table)
    elif style == "csv":
        text = listing.as_csv(table)
    else:
        labels = {str(status): f"{status} {status.label}" for status in Status}
        if "status" in table:
            table = table.assign(status=table["status"].map(labels))
        text = listing.as_text(table, terminal_width())
    sys.stdout.write(text)


def terminal_width() -> int:
    """Characters in a line of the window; NO_TERMINAL where the output goes elsewhere."""
    return shutil.get_terminal_size((NO_TERMINAL, 0)).columns


def print_problems(problems: Sequence[Problem]) -> int:
    """Print problems to standard error; returns the exit code that they call for."""
    sys.stdout.flush()
    for line in listing.problem_lines(problems):
        print(listing.wrapped(line, terminal_width()), file=sys.stderr)
    return BAD_DATA if any(problem.severity is Severity.ERROR for problem in problems) else 0
