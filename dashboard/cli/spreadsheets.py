"""The commands for a spreadsheet of one's own: a template to fill in, and a mapping of other columns."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import pandas as pd

from dashboard.cli.output import add_format, print_table, write_output
from loaders.errors import MineralsError, UnreadableFile
from loaders.files.inputs import open_inputs
from loaders.files.opening import read_tables
from loaders.files.table import RawTable
from loaders.spreadsheets.account import account
from loaders.spreadsheets.columns import LIKELY
from loaders.spreadsheets.layout import laid_out
from loaders.spreadsheets.mapping import to_toml
from loaders.spreadsheets.proposing import ProposedMapping, propose
from loaders.spreadsheets.sheets import longest
from loaders.text import count


def _template_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("output", metavar="FILE", nargs="?", type=Path, default=Path("tidy-template.xlsx"))


def _map_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", metavar="FILE", type=Path, help="a spreadsheet with columns of its own")
    command.add_argument("--sheet", metavar="NAME", help="the sheet to look at (default: the longest one)")
    command.add_argument(
        "--dataset", metavar="ID", default="", help="the dataset's name, such as my-ministry"
    )
    command.add_argument("--edition", metavar="E", default="", help="the edition's name, such as 2025")
    text = "where to write the mapping (default: mapping.toml)"
    command.add_argument(
        "-o", "--output", metavar="FILE.toml", type=Path, default=Path("mapping.toml"), help=text
    )
    add_format(command)


def _template(options: argparse.Namespace) -> int:
    from loaders.spreadsheets.template import template  # openpyxl, which the other commands do without

    write_output(options.output, template())
    print(f"Wrote {options.output}. Its second sheet says what each column holds.")
    return 0


def _map(options: argparse.Namespace) -> int:
    printed = [table for item in open_inputs([options.file]) for table in read_tables(item)]
    tables = laid_out(printed)
    raw = _chosen(tables, options.file, options.sheet)
    proposal = propose(raw, options.dataset, options.edition, tables)
    print_table(_matches(proposal), options, "column")
    rows = count(len(raw.frame), "row")
    print(f"Read as {raw.encoding}: {rows} below the header.", file=sys.stderr)
    print(f"{account(printed, proposal.mapping).sentence}.", file=sys.stderr)
    for line in _left_open(proposal):
        print(line, file=sys.stderr)
    if options.output.exists():
        raise MineralsError(
            "the file is there already.", file=str(options.output), remedy="Name another one with --output."
        )
    write_output(options.output, to_toml(proposal.mapping).encode())
    if proposal.open:
        raise MineralsError(
            f"nothing says {', '.join(proposal.open)}.", file=str(options.output), remedy="Add it there."
        )
    if proposal.asked:
        raise MineralsError(
            f"{count(len(proposal.asked), 'question')} to be answered there, see above.",
            file=str(options.output),
            remedy="Mend what is wrong, and take out the lines under `questions` that are answered.",
        )
    if options.format == "table":
        print(f"\nWrote {options.output}. Correct it where it is wrong, then:")
        print(f"minerals read --mapping {options.output} {options.file}")
    return 0


def _chosen(tables: list[RawTable], path: Path, sheet: str | None) -> RawTable:
    """The sheet of that name, or the longest table of the file."""
    named = [table for table in tables if sheet in (None, table.sheet)]
    if not named:
        sheets = ", ".join(table.sheet for table in tables)
        raise UnreadableFile(f"there is no sheet {sheet}.", file=str(path), remedy=f"There are: {sheets}.")
    return longest(named)


def _matches(proposal: ProposedMapping) -> pd.DataFrame:
    lines = [match.model_dump() for match in proposal.matches]
    lines += [
        {"column": name, "matched": text, "confidence": LIKELY, "why": f"name or title of sheet {sheet}"}
        for sheet, says in proposal.mapping.sheets.items()
        for name, text in says.items()
    ]
    return pd.DataFrame(lines, columns=["column", "matched", "confidence", "why"])


def _left_open(proposal: ProposedMapping) -> list[str]:
    """What the proposal does not read."""
    lines = [f"To be looked at: {line}" for line in proposal.asked]
    if proposal.unused:
        lines.append(f"Not used: {', '.join(_with_reason(proposal, name) for name in proposal.unused)}.")
    if proposal.unread:
        texts = ", ".join(f"'{text}'" for text in proposal.unread[:_SHOWN])
        lines.append(f"No numbers: {texts}. Say under [symbols] what they mean, such as NA, W or 0.")
    return lines


def _with_reason(proposal: ProposedMapping, header: str) -> str:
    why = proposal.why_unused.get(header)
    return f"{header} ({why})" if why else header


_SHOWN = 10
"""Texts that are listed at most."""


COMMANDS = (
    ("template", _template_options, _template, "Write an Excel workbook of our columns, to fill in."),
    ("map", _map_options, _map, "Propose how the columns of a spreadsheet become ours."),
)
