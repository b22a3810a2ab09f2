"""The command `brief`: the briefs that are kept, what each makes, and what is added to one or taken out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

import pandas as pd

from dashboard.briefs.contents import ToldBrief, item_of, tell
from dashboard.cli.export import view_asked
from dashboard.cli.output import by_ending, frame_of, print_table, write_output
from dashboard.cli.terminal import BAD_DATA
from dashboard.exports.briefs import BRIEF_EXPORTS
from dashboard.exports.choices import SHEETS, USUAL, Choices
from dashboard.snapshot import Snapshot, snapshot
from dashboard.topics import TOPICS
from dashboard.topics.parameters import Topic
from loaders.errors import StoreError, UnknownName
from loaders.store import BriefFile, brief_files, change_brief, new_brief
from loaders.text import count


def brief_options(command: argparse.ArgumentParser) -> None:
    """The name of a brief, and what to do with it; the options of a topic stand behind --add TOPIC."""
    command.add_argument("name", nargs="?", metavar="NAME", help="a brief; without one, all are listed")
    suffixes = ", ".join(kind.SUFFIX for kind in BRIEF_EXPORTS)
    command.add_argument("-o", "--output", metavar="FILE", type=Path, help=f"by its ending: {suffixes}")
    command.add_argument(
        "--as-of", metavar="VERSION", default="", help="with the data as they were at this version"
    )
    command.add_argument("--paper", choices=SHEETS, default=USUAL.sheet, help="of a PDF")
    command.add_argument("--no-tables", action="store_true", help="leave out the tables of the figures")
    command.add_argument("--remove", metavar="N", type=int, help="take out the chart of that number")
    command.add_argument(
        "--add",
        metavar="TOPIC",
        choices=[topic.NAME for topic in TOPICS],
        help="add a chart, as minerals export TOPIC shows it with the options that follow; "
        "a brief that is not there is made",
    )
    chart = command.add_argument_group("the chart that is added")
    seen: set[str] = set()
    for topic in TOPICS:
        for item in topic.PARAMETERS:
            if item.name not in seen:
                seen.add(item.name)
                chart.add_argument(f"--{item.name}", metavar=item.name.upper(), help=item.label.lower())
    command.add_argument("--format", choices=("table", "json", "csv"), default="table", help="of a list")
    command.set_defaults(exact=False)


def run_brief(options: argparse.Namespace) -> int:
    """List, change or make a brief. A brief, a chart or an ending that there is not is an error."""
    home = getattr(options, "home", None)
    if options.name is None:
        if options.output or options.add or options.remove is not None:
            options.refuse("name the brief")
        return _list(options, brief_files(home))
    if options.add:
        _add(options, home)
    if options.remove is not None:
        _remove(options, home)
    if options.output:
        return _make(options, home)
    if options.add or options.remove is not None:
        return 0
    return _show(options, home)


def _list(options: argparse.Namespace, files: Sequence[BriefFile]) -> int:
    """Every brief; damaged ones go to standard error."""
    lines = [
        {"name": file.name, "id": file.id, "charts": len(file.brief.items)} for file in files if file.brief
    ]
    print_table(frame_of(lines, "name", "id", "charts"), options)
    sys.stdout.flush()
    problems = [file.problem for file in files if file.problem]
    for problem in problems:
        print(f"minerals: {problem}", file=sys.stderr)
    return BAD_DATA if problems else 0


def _found(name: str, home: Path | None) -> BriefFile | None:
    """The brief of that name or id. Raises StoreError where its file cannot be read."""
    files = brief_files(home)
    wanted = " ".join(name.split()).casefold()
    for file in files:
        if wanted in (file.name.casefold(), file.id):
            if file.problem:
                raise file.problem
            return file
    return None


def _kept(name: str, home: Path | None) -> BriefFile:
    found = _found(name, home)
    if found is None:
        names = [file.name for file in brief_files(home)]
        near = get_close_matches(name, names, cutoff=0.4) or names[:5]
        remedy = f"There is: {', '.join(near)}." if near else "None is kept; --add TOPIC makes one."
        raise UnknownName(f"there is no brief “{name[:40]}”.", remedy=remedy)
    return found


def _told(name: str, home: Path | None, data: Snapshot) -> ToldBrief:
    found = _kept(name, home)
    if found.brief is None:
        raise StoreError("this brief cannot be read.", file=str(found.path))
    return tell(found.id, found.brief, data)


def _show(options: argparse.Namespace, home: Path | None) -> int:
    """The charts of a brief, as they are today."""
    told = _told(options.name, home, snapshot(home, options.as_of))
    lines = [
        {"number": number, "title": part.title, "today": part.problem or part.finding}
        for number, part in enumerate(told.parts, 1)
    ]
    table: pd.DataFrame = frame_of(lines, "number", "title", "today")
    print_table(table, options)
    return BAD_DATA if told.missing else 0


def _make(options: argparse.Namespace, home: Path | None) -> int:
    """Write the file; what cannot be drawn any more is named in it and on standard error."""
    kind = by_ending(options.output, BRIEF_EXPORTS, "file of a brief")
    data = snapshot(home, options.as_of)
    told = _told(options.name, home, data)
    if not told.drawn:
        why = " ".join(part.problem for part in told.missing) or "It has no charts."
        raise UnknownName(f"there is nothing to draw in the brief “{told.name}”. {why}")
    choices = Choices(sheet=options.paper, table=not options.no_tables)
    write_output(options.output, kind.export(told, data.stamp, choices))
    print(f"Wrote {options.output}: {told.name}, {count(len(told.drawn), 'chart')}.")
    sys.stdout.flush()
    for part in told.missing:
        print(f"minerals: not in it: {part.title}. {part.problem}", file=sys.stderr)
    return BAD_DATA if told.missing else 0


def _add(options: argparse.Namespace, home: Path | None) -> None:
    """Add a chart to a brief, which is made if it is not there."""
    topic: Topic = next(one for one in TOPICS if options.add == one.NAME)
    taken = {item.name for item in topic.PARAMETERS}
    for other in TOPICS:
        for item in other.PARAMETERS:
            if item.name not in taken and getattr(options, item.name) is not None:
                options.refuse(f"the topic {topic.NAME} has no option --{item.name}")
    data = snapshot(home, options.as_of)
    view = view_asked(topic, options, data)
    found = _found(options.name, home)
    name = found.id if found else new_brief(options.name, home)
    brief = change_brief(name, lambda kept: kept.adding(item_of(view, data.stamp)), home)
    print(f"Added to “{brief.name}” as chart {len(brief.items)}: {brief.items[-1].finding}.")


def _remove(options: argparse.Namespace, home: Path | None) -> None:
    found = _kept(options.name, home)
    items = found.brief.items if found.brief else ()
    if not 1 <= options.remove <= len(items):
        raise UnknownName(
            f"there is no chart {options.remove} in the brief “{found.name}”, which has {len(items)}."
        )
    key = items[options.remove - 1].key
    change_brief(found.id, lambda kept: kept.removing(key), home)
    print(f"Took chart {options.remove} out of “{found.name}”.")
