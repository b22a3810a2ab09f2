"""The commands of a data steward."""

from __future__ import annotations

from dashboard.cli.add import add_files, add_options
from dashboard.cli.answers import kept_options, show_answers
from dashboard.cli.diff import diff_editions, diff_options
from dashboard.cli.editions import (
    datasets_options,
    edition_options,
    empty_options,
    empty_removed,
    list_datasets,
    list_history,
    pack_edition,
    pack_options,
    remove_edition,
    remove_options,
    restore_edition,
    use_edition,
    verify_tables,
)
from dashboard.cli.output import (
    add_format,
)

COMMANDS = (
    (
        "datasets",
        datasets_options,
        list_datasets,
        "List the editions that are installed, and which are current.",
    ),
    (
        "add",
        add_options,
        add_files,
        "Add an updated or a new dataset: check it, say what changes, install it.",
    ),
    ("diff", diff_options, diff_editions, "Say what differs between two editions, the weightiest first."),
    ("answers", kept_options, show_answers, "List what was said of names when an edition was added."),
    ("use", edition_options, use_edition, "Make an edition the current one of its dataset."),
    ("history", add_format, list_history, "List who changed which edition, when, and from which file."),
    ("remove", remove_options, remove_edition, "Take an edition of your own out of sight."),
    ("restore", edition_options, restore_edition, "Bring back an edition that was removed or replaced."),
    ("empty", empty_options, empty_removed, "Delete for good what was removed or replaced."),
    (
        "pack",
        pack_options,
        pack_edition,
        "Write an edition as one file, a data package, that a colleague can add.",
    ),
    ("verify", add_format, verify_tables, "Check that every table is still the one that was installed."),
)
