"""The commands of a data steward: datasets, add, diff, use, history, remove, restore, empty, pack, verify."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from dashboard import arguments, listing
from dashboard.adding import Named, Plan, install_plan, plans
from dashboard.analysis.checks import EditionRef
from dashboard.analysis.consequences import check_changes, rank_moves
from dashboard.analysis.differences import ROUTINE, differences
from dashboard.handed_in import is_document, is_mapping, one_mapping
from dashboard.printing import (
    BAD_DATA,
    add_format,
    print_problems,
    print_table,
    terminal_width,
    write_whole,
)
from loaders.errors import MineralsError
from loaders.formats.datapackage import write_package
from loaders.memory import hold_memory
from loaders.model import Problem
from loaders.store import (
    Installed,
    all_seeds,
    catalogue,
    empty,
    history,
    read_edition,
    remove,
    removed,
    restore,
    sweep,
    try_seed,
    use,
    verify,
    write_seed,
)
from loaders.store.catalogue import read_record

SHOWN = 12
"""So many of the weightiest differences stand below a report; `minerals diff` has all."""

# Options -----------------------------------------------------------------------------------------------


def _edition_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("dataset", metavar="ID", help="such as usgs-mcs")
    command.add_argument("edition", metavar="EDITION", help="such as 2025")
    add_format(command, ("table", "json"))


def _remove_options(command: argparse.ArgumentParser) -> None:
    _edition_options(command)
    command.add_argument("--yes", action="store_true", help="do not ask")


def _empty_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--yes", action="store_true", help="do not ask")
    add_format(command, ("table", "json"))


def _pack_options(command: argparse.ArgumentParser) -> None:
    _edition_options(command)
    command.add_argument("-o", "--output", metavar="FILE", type=Path, help="default: ID-EDITION.zip")


def _datasets_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--removed", action="store_true", help="those that can be brought back")
    add_format(command)


def _add_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "files", metavar="FILE", nargs="+", type=Path,
        help="files, folders or zip archives as published, our tidy table, or a package; "
        "a .toml file says what the dataset is, or how its columns become ours, or is the seed file of a "
        "document",
    )  # fmt: skip
    command.add_argument("--dataset", metavar="ID", help="the dataset's name, instead of that in the files")
    command.add_argument("--edition", metavar="E", help="the edition's name, instead of that in the files")
    command.add_argument("--yes", action="store_true", help="install in spite of warnings")
    command.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
    add_format(command, ("table", "json"))


SHOW = ("figures", "ranks", "claims")


def _diff_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("dataset", metavar="ID", help="such as usgs-mcs")
    command.add_argument("old", metavar="A", help="an edition such as 2024")
    command.add_argument("new", metavar="B", help="an edition such as 2025")
    text = "figures that differ, ranks that move, or claims whose check comes out otherwise"
    command.add_argument("--show", choices=SHOW, default="figures", help=text)
    command.add_argument("--mineral", type=arguments.minerals, action="extend", metavar="A,B")
    command.add_argument("--place", type=arguments.places, action="extend", metavar="A,B")
    command.add_argument("--measure", type=arguments.measures, action="extend", metavar="A,B")
    add_format(command)


# What is there -----------------------------------------------------------------------------------------


def _datasets(options: argparse.Namespace) -> int:
    sweep(options.home)
    print_table(_removed_table(options) if options.removed else _installed_table(options), options.format)
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
        for item in catalogue(options.home).editions
    ]
    return _frame(lines, "dataset", "edition")


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
    return _frame(lines, "dataset", "edition")


def _frame(lines: list[dict[str, Any]], *columns: str) -> pd.DataFrame:
    return pd.DataFrame(lines) if lines else pd.DataFrame(columns=list(columns))


def _history(options: argparse.Namespace) -> int:
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
    print_table(_frame(lines, "number", "when"), options.format)
    return 0


def _verify(options: argparse.Namespace) -> int:
    sweep(options.home)
    found = verify(options.home)
    lines = [{**item._asdict(), "path": str(item.path), "problem": item.problem or None} for item in found]
    damaged = [item for item in found if item.problem]
    if options.format == "table":
        print(f"{len(found) - len(damaged)} of {len(found)} tables are as they were installed.")
    else:
        print_table(_frame(lines, "dataset", "edition"), options.format)
    for item in damaged:
        print(f"{item.dataset}.{item.edition} ({item.place}): {item.problem}: {item.path}", file=sys.stderr)
    return BAD_DATA if damaged else 0


# Adding ------------------------------------------------------------------------------------------------


def _add(options: argparse.Namespace) -> int:
    hold_memory()
    sweep(options.home)
    texts = [path for path in options.files if path.suffix.lower() == ".toml"]
    files = [path for path in options.files if path not in texts]
    if texts and not files and all(map(is_document, texts)):
        return _add_documents(texts, options)
    mappings = [path for path in texts if is_mapping(path)]
    records = [path for path in texts if path not in mappings]
    if len(records) > 1 or not files:
        options.refuse("argument FILE: expected files, and at most one .toml file that says what they are")
    try:
        record = read_record(records[0]) if records else None
        named = Named(options.dataset, options.edition, record, one_mapping(mappings))
        return _install(plans(files, named, options.home), options)
    except MineralsError as error:
        if options.format == "json":
            print(_as_json([], options, installed=False, problem=error))
        return print_problems([listing.problem_of(error)])


def _add_documents(paths: Sequence[Path], options: argparse.Namespace) -> int:
    """Seed files of documents: each is added whole, or says what is wrong with it."""
    problems: list[Problem] = []
    added: list[str] = []
    for path in paths:
        content = path.read_bytes()
        document, found = try_seed(content, home=options.home)
        problems += [item.model_copy(update={"file": path.name}) for item in found]
        if document and not options.dry_run:
            added.append(write_seed(content, home=options.home).source.id)
    if options.format == "json":
        told = [item.model_dump(mode="json") for item in problems]
        print(json.dumps({"added": added, "dry_run": options.dry_run, "problems": told}, ensure_ascii=False))
    else:
        print(f"Added: {', '.join(added)}." if added else "Nothing was added.")
    return print_problems(problems)


def _install(ready: Sequence[Plan], options: argparse.Namespace) -> int:
    code = 0
    for item in ready:
        if options.format == "table":
            print(_plan_text(item))
        code = max(code, print_problems(item.load.report.problems))
    why_not = _why_not(ready, options)
    done = not (why_not or options.dry_run)
    if done:
        for item in ready:
            install_plan(item, options.home)
    if options.format == "json":
        print(_as_json(ready, options, installed=done))
    else:
        print(why_not or ("Nothing was changed (--dry-run)." if options.dry_run else _done(ready, options)))
    return max(code, BAD_DATA if why_not and not options.dry_run else 0)


def _why_not(ready: Sequence[Plan], options: argparse.Namespace) -> str:
    """Why nothing is installed, "" if it is."""
    for item in ready:
        if item.load.report.errors:
            return f"Nothing was installed: {item.name} has errors."
        if not item.load.installable:
            return f"Nothing was installed: {item.name} holds no figure."
    doubts = [doubt for item in ready if not item.installed for doubt in item.doubts]
    if not doubts or options.yes or options.dry_run or _ask("Install all the same?"):
        return ""
    return "Nothing was installed: a doubt needs a yes. Look at it, then add --yes."


def _ask(question: str) -> bool:
    """A person's yes; no where nobody is there to ask."""
    if not sys.stdin.isatty():
        return False
    print(f"{question} [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _done(ready: Sequence[Plan], options: argparse.Namespace) -> str:
    found = catalogue(options.home)
    lines = []
    for item in ready:
        current = found.current(item.dataset.id)
        edition = current.edition.edition if current else ""
        deed = "was installed already" if item.installed else "installed"
        lines.append(f"{item.name} {deed}; {edition} is the current edition of {item.dataset.id}.")
    return "\n".join(lines)


def _plan_text(item: Plan) -> str:
    """The report, then what would change, then what is in doubt."""
    lines = [listing.report_text(item.load.report, terminal_width()), ""]
    if item.load.mapping:
        lines.append("Its columns were read with a mapping, which is kept with the edition for the next one.")
    if item.installed:
        lines.append("The installed edition holds exactly these figures already.")
    elif item.changes is None:
        lines.append(f"The first edition of {item.dataset.id}: there is nothing to compare it with.")
    else:
        lines += [*_change_lines(item), ""]
    lines += [f"To be looked at: {doubt}" for doubt in item.doubts if not item.installed]
    return "\n".join(lines)


def _change_lines(item: Plan) -> list[str]:
    changes = item.changes
    assert changes is not None
    against = item.against.edition.id if item.against else ""
    counts = changes["kind"].value_counts()
    told = ", ".join(f"{number:,} {kind}" for kind, number in counts.items()) or "no difference"
    shown = changes[changes["thousandfold"]]
    rest = changes[~changes["thousandfold"] & ~changes["kind"].isin(ROUTINE)].head(SHOWN)
    return [
        f"Compared with {against}: {told}.",
        *(f"  THOUSANDFOLD {_difference(line)}" for line in shown.to_dict("records")),
        *(f"  {_difference(line)}" for line in rest.to_dict("records")),
    ]


def _difference(line: dict[Any, Any]) -> str:
    ratio = "" if pd.isna(line["ratio"]) else f" (x {line['ratio']:.3g})"
    old, new = (line[f"{side}_printed"] or "nothing" for side in ("old", "new"))
    what = " ".join(filter(None, (line["mineral"], line["measure"], line["place"])))
    return f"{line['kind']}: {what}: {old} -> {new}{ratio}"


def _as_json(
    ready: Sequence[Plan],
    options: argparse.Namespace,
    installed: bool,
    problem: MineralsError | None = None,
) -> str:
    content: dict[str, object] = {
        "installed": installed,
        "dry_run": options.dry_run,
        "editions": [_plan_json(item) for item in ready],
        "problems": [listing.problem_of(problem).model_dump(mode="json")] if problem else [],
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


def _plan_json(item: Plan) -> dict[str, object]:
    changes = item.changes
    counts = {} if changes is None else changes["kind"].value_counts().to_dict()
    weighty = None if changes is None else changes[~changes["kind"].isin(ROUTINE)].head(SHOWN)
    return {
        "dataset": item.dataset.id,
        "edition": item.edition.edition,
        "installed_before": item.installed,
        "doubts": list(item.doubts),
        "compared_with": item.against.edition.id if item.against else None,
        "changes": {str(kind): int(number) for kind, number in counts.items()},
        "thousandfold": 0 if changes is None else int(changes["thousandfold"].sum()),
        "largest": [] if weighty is None else json.loads(listing.as_json(weighty)),
        "report": item.load.report.model_dump(mode="json", exclude={"files"}),
    }


# Comparing ---------------------------------------------------------------------------------------------

DIFF_FIELDS = [
    *("kind", "thousandfold", "mineral", "place", "measure", "old_year", "new_year", "old", "new", "ratio"),
    *("old_printed", "new_printed", "old_status", "new_status", "old_unit", "new_unit"),
    *("old_basis", "new_basis", "old_detail", "new_detail", "old_lower", "new_lower", "old_upper"),
    *("new_upper", "weight", "old_file", "old_row", "old_column", "new_file", "new_row", "new_column"),
]


def _diff(options: argparse.Namespace) -> int:
    old, new = (_known(options, edition) for edition in (options.old, options.new))
    if options.show == "figures":
        table = differences(read_edition(old), read_edition(new))[DIFF_FIELDS]
    elif options.show == "ranks":
        table = rank_moves(read_edition(old), read_edition(new))
    else:
        sides = [(read_edition(item), _reference(item)) for item in (old, new)]
        table = check_changes(all_seeds(options.home).claims, *sides)
    for column in ("mineral", "place", "measure"):
        if getattr(options, column) and column in table:
            table = table[table[column].isin(getattr(options, column))]
    print_table(_narrow(table) if options.format == "table" else table, options.format)
    return 0


def _narrow(table: pd.DataFrame) -> pd.DataFrame:
    """What fits into a window."""
    if "kind" not in table:
        return table
    wanted = DIFF_FIELDS[: DIFF_FIELDS.index("old_status")]
    flagged = table["thousandfold"].map({True: "x", False: ""})
    return table.assign(thousandfold=flagged)[wanted]


def _reference(item: Installed) -> EditionRef:
    return EditionRef(item.dataset.id, item.edition.edition, item.dataset.said_by)


# Changing ----------------------------------------------------------------------------------------------


def _known(options: argparse.Namespace, edition: str) -> Installed:
    """The edition; a command that names none that is there is not understood."""
    found = catalogue(options.home)
    for item in found.editions:
        if (item.dataset.id, item.edition.edition) == (options.dataset, edition):
            return item
    have = ", ".join(item.edition.id for item in found.editions) or "none"
    options.refuse(f"there is no edition {edition} of {options.dataset}; there are: {have}")
    raise AssertionError  # refuse does not come back


def _use(options: argparse.Namespace) -> int:
    _known(options, options.edition)
    use(options.dataset, options.edition, options.home)
    return _say(options, f"{options.edition} is the current edition of {options.dataset}.")


def _remove(options: argparse.Namespace) -> int:
    item = _known(options, options.edition)
    question = f"Remove {item.edition.id}? It can be brought back."
    if not options.yes and not item.bundled and sys.stdin.isatty() and not _ask(question):
        return _say(options, "Nothing was removed.", BAD_DATA)
    remove(options.dataset, options.edition, options.home)
    undo = f"minerals restore {options.dataset} {options.edition}"
    return _say(options, f"{item.edition.id} removed. To bring it back: {undo}")


def _restore(options: argparse.Namespace) -> int:
    edition = restore(options.dataset, options.edition, options.home)
    return _say(options, f"{edition.id} brought back, version {edition.version[:12]}.")


def _empty(options: argparse.Namespace) -> int:
    kept = removed(options.home)
    names = ", ".join(item.edition.id for item in kept)
    question = f"Delete for good: {names}? Links made before they were removed will no longer open."
    if kept and not options.yes and not _ask(question):
        return _say(options, "Nothing was deleted: that needs a yes. Add --yes.", BAD_DATA)
    number = empty(options.home)
    return _say(options, f"{number} removed editions deleted for good.")


def _say(options: argparse.Namespace, sentence: str, code: int = 0) -> int:
    """Say what was done: a sentence, or an object with the version that now holds and what is current."""
    if options.format != "json":
        print(sentence)
        return code
    found = catalogue(options.home)
    current = {item.dataset.id: item.edition.edition for item in found.editions if item.current}
    content = {"done": code == 0, "message": sentence, "version": found.version, "current": current}
    print(json.dumps(content, ensure_ascii=False))
    return code


def _pack(options: argparse.Namespace) -> int:
    item = _known(options, options.edition)
    output = options.output or Path(f"{options.dataset}-{options.edition}.zip")
    content = write_package(read_edition(item), item.dataset, item.edition)
    write_whole(output, content)
    return _say(options, f"Wrote {output} ({len(content):,} bytes).")


COMMANDS = (
    (
        "datasets",
        _datasets_options,
        _datasets,
        "List the editions that are installed, and which are current.",
    ),
    ("add", _add_options, _add, "Add an updated or a new dataset: check it, say what changes, install it."),
    ("diff", _diff_options, _diff, "Say what differs between two editions, the weightiest first."),
    ("use", _edition_options, _use, "Make an edition the current one of its dataset."),
    ("history", add_format, _history, "List who changed which edition, when, and from which file."),
    ("remove", _remove_options, _remove, "Take an edition of your own out of sight."),
    ("restore", _edition_options, _restore, "Bring back an edition that was removed or replaced."),
    ("empty", _empty_options, _empty, "Delete for good what was removed or replaced."),
    ("pack", _pack_options, _pack, "Write an edition as one file, a data package, that a colleague can add."),
    ("verify", add_format, _verify, "Check that every table is still the one that was installed."),
)
