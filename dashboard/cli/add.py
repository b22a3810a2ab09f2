"""The command `add`: files are checked, compared with the current edition, installed after a yes."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from dashboard.analysis.differences import ROUTINE, SIDE
from dashboard.analysis.states import amount_words
from dashboard.cli import report, text
from dashboard.cli.answers import answer_options, given_answers, in_their_file, write_questions
from dashboard.cli.output import (
    add_format,
    ask_yes,
    print_problems,
    terminal_width,
)
from dashboard.cli.terminal import BAD_DATA
from dashboard.intake.plan import Named, Plan, install_plan, plans
from loaders.errors import MineralsError
from loaders.intake.sorting import (
    documents_in,
    holds_answers,
    is_bundle,
    is_document,
    is_mapping,
    one_mapping,
)
from loaders.memory import hold_memory
from loaders.report import Problem, problem_of
from loaders.store import (
    bundled_folder,
    catalogue,
    own_seeds,
    sweep,
    try_seed,
    write_seed,
)
from loaders.store.catalogue import read_record

_SHOWN = 12
"""So many of the weightiest differences stand below a report; `minerals diff` has all."""


def add_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "files", metavar="FILE", nargs="+", type=Path,
        help="files, folders or zip archives as published, our tidy table, or a package; "
        "a .toml file says what the dataset is, how its columns become ours, what unknown names are, or "
        "is the seed file of a document",
    )  # fmt: skip
    command.add_argument("--dataset", metavar="ID", help="the dataset's name, instead of that in the files")
    command.add_argument("--edition", metavar="E", help="the edition's name, instead of that in the files")
    answer_options(command)
    command.add_argument("--yes", action="store_true", help="install in spite of warnings")
    command.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
    add_format(command, ("table", "json"))


# Adding ------------------------------------------------------------------------------------------------


def add_files(options: argparse.Namespace) -> int:
    hold_memory()
    sweep(options.home)
    seeds = {name: part for path in options.files for name, part in documents_in(path).items()}
    if seeds and not any(map(is_bundle, options.files)):
        return _add_contents(seeds, options)
    texts = [path for path in options.files if path.suffix.lower() == ".toml"]
    files = [path for path in options.files if path not in texts]
    if texts and not files and all(map(is_document, texts)):
        return _add_documents(texts, options)
    mappings = [path for path in texts if is_mapping(path)]
    answers = [path for path in texts if path not in mappings and holds_answers(path)]
    records = [path for path in texts if path not in (*mappings, *answers)]
    if len(answers) == 1 and not options.answers:
        options.answers = answers[0]
    elif answers:
        options.refuse("argument FILE: expected one file of answers at most")
    if len(records) > 1 or not files:
        options.refuse("argument FILE: expected files, and at most one .toml file that says what they are")
    try:
        record = read_record(records[0]) if records else None
        said = one_mapping(mappings), given_answers(options)
        ready = plans(files, Named(options.dataset, options.edition, record, *said), options.home)
        code = _install(ready, options)
        write_questions((item.load for item in ready), options)
        return max(code, _add_contents(seeds, options)) if seeds and not code else code
    except MineralsError as found:
        error = in_their_file(found, options)
        if options.format == "json":
            print(_as_json([], options, installed=False, problem=error))
        return print_problems([problem_of(error)])


def _add_documents(paths: Sequence[Path], options: argparse.Namespace) -> int:
    """Seed files of documents: each is added whole, or says what is wrong with it."""
    return _add_contents({path.name: path.read_bytes() for path in paths}, options)


def _add_contents(contents: Mapping[str, bytes], options: argparse.Namespace) -> int:
    """The same, where they come in a bundle; one that is here already, byte by byte, is left as it is."""
    problems: list[Problem] = []
    added: list[str] = []
    here = {seed.content for seed in own_seeds(options.home)}
    here |= {path.read_bytes() for path in bundled_folder("seeds").glob("*.toml")}
    for name, content in contents.items():
        if content in here:
            continue
        document, found = try_seed(content, home=options.home)
        problems += [item.model_copy(update={"file": name}) for item in found]
        if document and not options.dry_run:
            added.append(write_seed(content, home=options.home).source.id)
    if options.format == "json":
        told = [item.model_dump(mode="json") for item in problems]
        print(json.dumps({"added": added, "dry_run": options.dry_run, "problems": told}, ensure_ascii=False))
    else:
        print(f"Added: {', '.join(added)}." if added else "No document was added.")
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
    if not doubts or options.yes or options.dry_run or ask_yes("Install all the same?"):
        return ""
    return "Nothing was installed: a doubt needs a yes. Look at it, then add --yes."


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
    lines = [report.report_text(item.load.report, terminal_width()), ""]
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
    changes, leaders = item.changes, item.leaders
    assert changes is not None
    assert leaders is not None
    against = item.against.edition.id if item.against else ""
    counts = changes["kind"].value_counts()
    told = ", ".join(f"{number:,} {kind}" for kind, number in counts.items()) or "no difference"
    shown = changes[changes["thousandfold"]]
    rest = changes[~changes["thousandfold"] & ~changes["kind"].isin(ROUTINE)].head(_SHOWN)
    return [
        f"Compared with {against}: {told}.",
        *(f"  THOUSANDFOLD {_difference(line)}" for line in shown.to_dict("records")),
        *(f"  NEWEST YEAR {_difference(line)}{_years(line)}" for line in leaders.to_dict("records")),
        *(f"  {_difference(line)}" for line in rest.to_dict("records")),
    ]


def _difference(line: dict[Any, Any]) -> str:
    ratio = "" if pd.isna(line["ratio"]) else f" (x {line['ratio']:.3g})"
    old, new = (_amount(line, side) for side in ("old", "new"))
    what = " ".join(filter(None, (line["mineral"], line["measure"], line["place"])))
    return f"{line['kind']}: {what}: {old} -> {new}{ratio}"


def _years(line: dict[Any, Any]) -> str:
    """The years of both sides; that of a figure that is gone is not known."""
    return f", {' -> '.join(str(line[f'{side}_year']) for side in ('old', 'new') if line[f'{side}_status'])}"


def _amount(line: dict[Any, Any], side: str) -> str:
    """What is printed, with its unit behind a number; "nothing" where a side has no such figure.

    A corrected figure as it is read: what is printed is known to be wrong.
    """
    if line[f"{side}_correction"]:
        return f"{amount_words({name: line[f'{side}{ending}'] for name, ending in SIDE.items()})} (corrected)"
    printed, unit = (str(line[f"{side}_{name}"]).strip() for name in ("printed", "printed_unit"))
    has_unit = any(map(str.isdigit, printed)) and unit
    return f"{printed} {unit}" if has_unit else printed or "nothing"


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
        "problems": [problem_of(problem).model_dump(mode="json")] if problem else [],
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


def _plan_json(item: Plan) -> dict[str, object]:
    changes = item.changes
    counts = {} if changes is None else changes["kind"].value_counts().to_dict()
    weighty = None if changes is None else changes[~changes["kind"].isin(ROUTINE)].head(_SHOWN)
    return {
        "dataset": item.dataset.id,
        "edition": item.edition.edition,
        "installed_before": item.installed,
        "doubts": list(item.doubts),
        "compared_with": item.against.edition.id if item.against else None,
        "changes": {str(kind): int(number) for kind, number in counts.items()},
        "thousandfold": 0 if changes is None else int(changes["thousandfold"].sum()),
        "newest_year": [] if item.leaders is None else json.loads(text.table_json(item.leaders)),
        "largest": [] if weighty is None else json.loads(text.table_json(weighty)),
        "report": item.load.report.model_dump(mode="json", exclude={"files"}),
    }
