"""How the commands print, ask and write."""

from __future__ import annotations

import argparse
import errno
import json
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol, TypeVar

import pandas as pd

from dashboard.cli import report
from dashboard.cli.terminal import BAD_DATA
from dashboard.cli.text import table_csv, table_json, table_text, wrapped
from loaders.errors import StoreError, UnreadableFile
from loaders.report import Problem
from loaders.store import (
    Installed,
    catalogue,
)
from loaders.store.disk import write_whole
from loaders.vocabulary import Severity, Status

NO_TERMINAL = 100_000
"""Characters in a line where nobody's window sets a limit."""


def add_format(command: argparse.ArgumentParser, choices: Sequence[str] = ("table", "json", "csv")) -> None:
    """The option --format, and --exact where one of the formats is CSV."""
    command.add_argument("--format", choices=choices, default="table")
    if "csv" in choices:
        add_exact(command)


def add_exact(command: argparse.ArgumentParser) -> None:
    """The option --exact."""
    text = "CSV for a program: every cell as it is, even one that a spreadsheet takes for a formula"
    command.add_argument("--exact", action="store_true", help=text)


class HasSuffix(Protocol):
    """A kind of file."""

    SUFFIX: str


_Kind = TypeVar("_Kind", bound=HasSuffix)


def by_ending(output: Path, kinds: Sequence[_Kind], what: str) -> _Kind:
    """The kind of file by the ending of its name; `what` the kinds are. Raises UnreadableFile."""
    for kind in kinds:
        if output.suffix.lower() == kind.SUFFIX:
            return kind
    known = ", ".join(kind.SUFFIX for kind in kinds)
    raise UnreadableFile(
        f"no {what} has the ending “{output.suffix}”.", file=str(output), remedy=f"Take one of: {known}."
    )


def write_output(path: Path, content: bytes) -> None:
    """Write a file into a folder that is there: it is there whole or not at all. Raises StoreError."""
    folder = path.absolute().parent
    try:
        if not folder.is_dir():
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        write_whole(path.absolute(), content, folder)
    except OSError as error:
        raise StoreError(f"cannot be written ({error.strerror}).", file=str(path)) from error


def print_table(table: pd.DataFrame, options: argparse.Namespace, thing: str = "row") -> None:
    """A table on standard output, as json, csv or text that fits into the window, by --format and --exact.

    `thing` is what a row of it is called there.
    """
    style = options.format
    if style == "json":
        text = table_json(table)
    elif style == "csv":
        text = table_csv(table, options.exact)
    else:
        labels = {str(status): f"{status} {status.label}" for status in Status}
        if "status" in table:
            table = table.assign(status=table["status"].map(labels))
        text = table_text(table, terminal_width(), thing)
    sys.stdout.write(text)


def terminal_width() -> int:
    """Characters in a line of the window; NO_TERMINAL where the output goes elsewhere."""
    return shutil.get_terminal_size((NO_TERMINAL, 0)).columns


def print_problems(problems: Sequence[Problem]) -> int:
    """Print problems to standard error; returns the exit code that they call for."""
    sys.stdout.flush()
    for line in report.problem_lines(problems):
        print(wrapped(line, terminal_width()), file=sys.stderr)
    return BAD_DATA if any(problem.severity is Severity.ERROR for problem in problems) else 0


def frame_of(lines: list[dict[str, Any]], *columns: str) -> pd.DataFrame:
    return pd.DataFrame(lines) if lines else pd.DataFrame(columns=list(columns))


def ask_yes(question: str) -> bool:
    """A person's yes; no where nobody is there to ask."""
    if not sys.stdin.isatty():
        return False
    print(f"{question} [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes")


# Changing ----------------------------------------------------------------------------------------------


def known_edition(options: argparse.Namespace, edition: str) -> Installed:
    """The edition; a command that names none that is there is not understood."""
    found = catalogue(options.home)
    for item in found.all:
        if (item.dataset.id, item.edition.edition) == (options.dataset, edition):
            return item
    have = ", ".join(item.edition.id for item in found.all) or "none"
    options.refuse(f"there is no edition {edition} of {options.dataset}; there are: {have}")
    raise AssertionError  # refuse does not come back


def say_done(options: argparse.Namespace, sentence: str, code: int = 0) -> int:
    """Say what was done: a sentence, or an object with the version that now holds and what is current."""
    if options.format != "json":
        print(sentence)
        return code
    found = catalogue(options.home)
    current = {item.dataset.id: item.edition.edition for item in found.all if item.current}
    content = {"done": code == 0, "message": sentence, "version": found.version, "current": current}
    print(json.dumps(content, ensure_ascii=False))
    return code
