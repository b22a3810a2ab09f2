"""The commands that list, choose, remove, restore, pack and verify editions."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import pandas as pd

from dashboard.cli.output import (
    add_format,
    ask_yes,
    frame_of,
    known_edition,
    print_table,
    say_done,
    write_output,
)
from dashboard.cli.terminal import BAD_DATA
from loaders.formats.datapackage import write_package
from loaders.model import EditionId
from loaders.store import (
    catalogue,
    empty,
    history,
    read_edition,
    remove,
    removed,
    restore,
    sweep,
    use,
    verify,
)

# Options -----------------------------------------------------------------------------------------------


def edition_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("dataset", metavar="ID", help="such as usgs-mcs")
    command.add_argument("edition", metavar="EDITION", help="such as 2025")
    add_format(command, ("table", "json"))


def remove_options(command: argparse.ArgumentParser) -> None:
    edition_options(command)
    command.add_argument("--yes", action="store_true", help="do not ask")


def empty_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--yes", action="store_true", help="do not ask")
    add_format(command, ("table", "json"))


def pack_options(command: argparse.ArgumentParser) -> None:
    edition_options(command)
    command.add_argument("-o", "--output", metavar="FILE", type=Path, help="default: ID-EDITION.zip")


def datasets_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--removed", action="store_true", help="those that can be brought back")
    add_format(command)


# What is there -----------------------------------------------------------------------------------------


def list_datasets(options: argparse.Namespace) -> int:
    sweep(options.home)
    table = _removed_table(options) if options.removed else _installed_table(options)
    if options.format == "table" and "version" in table:
        table["version"] = table["version"].str[:12]
    print_table(table, options)
    return 0


def _installed_table(options: argparse.Namespace) -> pd.DataFrame:
    lines = [
        {
            "dataset": item.dataset.id,
            "edition": item.edition.edition,
            "current": item.current,
            "place": "bundled" if item.bundled else "own",
            "published": item.edition.published,
            "title": item.dataset.title,
            "publisher": item.dataset.publisher,
            "licence": item.dataset.licence,
            "version": item.edition.version,
        }
        for item in catalogue(options.home).all
    ]
    return frame_of(lines, "dataset", "edition")


def _removed_table(options: argparse.Namespace) -> pd.DataFrame:
    lines = [
        {
            "dataset": item.edition.dataset,
            "edition": item.edition.edition,
            "why": item.why,
            "when": item.when,
            "version": item.edition.version,
        }
        for item in reversed(removed(options.home))
    ]
    return frame_of(lines, "dataset", "edition")


def list_history(options: argparse.Namespace) -> int:
    changes = history(options.home)
    if options.format == "json":
        print(json.dumps([item.model_dump(mode="json") for item in changes], ensure_ascii=False, indent=1))
        return 0
    lines = [
        {
            "number": item.number,
            "when": item.when,
            "who": item.who,
            "what": item.what,
            "dataset": item.dataset,
            "edition": item.edition,
            "files": ", ".join(file.name for file in item.files),
            "problems": item.report.counts.problems if item.report else "",
            "before": item.before[:12],
            "after": item.after[:12],
        }
        for item in changes
    ]
    print_table(frame_of(lines, "number", "when"), options)
    return 0


def verify_tables(options: argparse.Namespace) -> int:
    sweep(options.home)
    found = verify(options.home)
    lines = [{**item._asdict(), "path": str(item.path), "problem": item.problem or None} for item in found]
    damaged = [item for item in found if item.problem]
    if options.format == "table":
        print(f"{len(found) - len(damaged)} of {len(found)} tables are as they were installed.")
    else:
        print_table(frame_of(lines, "dataset", "edition"), options)
    for item in damaged:
        print(
            f"{EditionId(item.dataset, item.edition)} ({item.place}): {item.problem}: {item.path}",
            file=sys.stderr,
        )
    return BAD_DATA if damaged else 0


def use_edition(options: argparse.Namespace) -> int:
    known_edition(options, options.edition)
    use(options.dataset, options.edition, options.home)
    return say_done(options, f"{options.edition} is the current edition of {options.dataset}.")


def remove_edition(options: argparse.Namespace) -> int:
    item = known_edition(options, options.edition)
    question = f"Remove {item.edition.id}? It can be brought back."
    if not options.yes and not item.bundled and sys.stdin.isatty() and not ask_yes(question):
        return say_done(options, "Nothing was removed.", BAD_DATA)
    remove(options.dataset, options.edition, options.home)
    undo = f"minerals restore {options.dataset} {options.edition}"
    return say_done(options, f"{item.edition.id} removed. To bring it back: {undo}")


def restore_edition(options: argparse.Namespace) -> int:
    edition = restore(options.dataset, options.edition, options.home)
    return say_done(options, f"{edition.id} brought back, version {edition.version[:12]}.")


def empty_removed(options: argparse.Namespace) -> int:
    kept = removed(options.home)
    names = ", ".join(item.edition.id for item in kept)
    question = f"Delete for good: {names}? Links made before they were removed will no longer open."
    if kept and not options.yes and not ask_yes(question):
        return say_done(options, "Nothing was deleted: that needs a yes. Add --yes.", BAD_DATA)
    number = empty(options.home)
    return say_done(options, f"{number} removed editions deleted for good.")


def pack_edition(options: argparse.Namespace) -> int:
    item = known_edition(options, options.edition)
    output = options.output or Path(f"{options.dataset}-{options.edition}.zip")
    content = write_package(read_edition(item), item.dataset, item.edition)
    write_output(output, content)
    return say_done(options, f"Wrote {output} ({len(content):,} bytes).")
