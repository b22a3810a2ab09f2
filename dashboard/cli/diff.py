"""The command `diff`: what differs between two editions."""

from __future__ import annotations

import argparse

import pandas as pd

from dashboard.analysis.consequences import check_changes, rank_moves
from dashboard.analysis.differences import differences
from dashboard.analysis.evidence import EditionRef
from dashboard.cli import arguments
from dashboard.cli.output import (
    add_format,
    known_edition,
    print_table,
)
from loaders.store import (
    all_seeds,
    catalogue,
    read_each,
    read_edition,
)

SHOW = ("figures", "ranks", "claims")


def diff_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("dataset", metavar="ID", help="such as usgs-mcs")
    command.add_argument("old", metavar="A", help="an edition such as 2024")
    command.add_argument("new", metavar="B", help="an edition such as 2025")
    text = "figures that differ, ranks that move, or claims whose check comes out otherwise"
    command.add_argument("--show", choices=SHOW, default="figures", help=text)
    command.add_argument("--mineral", type=arguments.mineral_codes, action="extend", metavar="A,B")
    command.add_argument("--place", type=arguments.place_codes, action="extend", metavar="A,B")
    command.add_argument("--measure", type=arguments.measure_codes, action="extend", metavar="A,B")
    add_format(command)


# Comparing ---------------------------------------------------------------------------------------------

DIFF_FIELDS = [
    *("kind", "thousandfold", "mineral", "place", "measure", "old_year", "new_year", "old", "new", "ratio"),
    *("old_printed", "new_printed", "old_status", "new_status", "old_unit", "new_unit"),
    *("old_basis", "new_basis", "old_detail", "new_detail", "old_lower", "new_lower", "old_upper"),
    *("new_upper", "weight", "old_file", "old_row", "old_column", "new_file", "new_row", "new_column"),
]


def diff_editions(options: argparse.Namespace) -> int:
    old, new = (known_edition(options, edition) for edition in (options.old, options.new))
    if options.show == "figures":
        table = differences(read_edition(old), read_edition(new))[DIFF_FIELDS]
    elif options.show == "ranks":
        table = rank_moves(read_edition(old), read_edition(new))
    else:
        before, after = (
            (read_edition(item), EditionRef.of(item.dataset, item.edition)) for item in (old, new)
        )
        others = catalogue(options.home).editions
        beside = read_each(item for item in others if item.dataset.id == new.dataset.id)
        table = check_changes(all_seeds(options.home).claims, before, after, beside)
    for column in ("mineral", "place", "measure"):
        if getattr(options, column) and column in table:
            table = table[table[column].isin(getattr(options, column))]
    print_table(_narrow(table) if options.format == "table" else table, options)
    return 0


def _narrow(table: pd.DataFrame) -> pd.DataFrame:
    """What fits into a window."""
    if "kind" not in table:
        return table
    wanted = DIFF_FIELDS[: DIFF_FIELDS.index("old_status")]
    flagged = table["thousandfold"].map({True: "x", False: ""})
    return table.assign(thousandfold=flagged)[wanted]
