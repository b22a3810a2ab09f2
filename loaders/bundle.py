"""Make the bundled editions from the publisher's files: `python -m loaders.bundle FOLDER [DATASET_FOLDER]`.

FOLDER has one entry per edition: a folder, a zip archive or a file. Each is read by the same loader that
reads a user's files, written as `<edition>.csv`, and recorded in `dataset.toml` with its version and the
SHA-256 of every file it came from.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import tomlkit

from loaders.errors import MineralsError, StoreError
from loaders.files.inputs import open_inputs
from loaders.formats import Format, formats_of
from loaders.model import SourceFile
from loaders.quality.corrections import CORRECTIONS_FILE, Correction, read_corrections
from loaders.read import Load, Surroundings, load_with
from loaders.store import bundled_folder, to_csv


def build(published: Path, target: Path) -> list[Load]:
    """Read every entry of `published` and write its edition into `target`, which has a `dataset.toml`.

    `target` may have a `corrections.toml`. Raises StoreError if an edition has errors, if one of its
    corrections does not match, or if it is not announced in `dataset.toml`.
    """
    record = target / "dataset.toml"
    document = tomlkit.parse(record.read_text(encoding="utf-8"))
    formats = formats_of(str(document["id"]))
    corrections = read_corrections([target])
    loads = [_load(entry, corrections, formats) for entry in sorted(published.iterdir())]
    for item in loads:
        _refuse_errors(item)
        _refuse_unused(item, corrections)
        content = to_csv(item.observations)
        _record(document, item, hashlib.sha256(content).hexdigest(), record)
        (target / f"{item.report.edition}.csv").write_bytes(content)
    record.write_bytes(tomlkit.dumps(document).encode())
    return loads


def _refuse_errors(item: Load) -> None:
    for problem in item.report.errors:
        raise StoreError(
            problem.message, file=problem.file, row=problem.row, column=problem.column, remedy=problem.remedy
        )
    if not item.installable:
        raise StoreError("the edition holds no figure.", file=item.report.files[0].name)


def _load(entry: Path, corrections: Sequence[Correction], formats: Sequence[Format]) -> Load:
    """Read one edition, to be compared with no other: what is bundled so far may be in an older form."""
    return load_with(
        open_inputs([entry]),
        lambda reading: Surroundings(corrections=[c for c in corrections if c.edition == reading.edition]),
        formats=formats,
    )


def _refuse_unused(item: Load, corrections: Sequence[Correction]) -> None:
    """Raises StoreError if a correction of the edition changed nothing: its target is not in the files."""
    used = {done.id for done in item.report.corrected}
    for correction in corrections:
        due = correction.edition == item.report.edition and correction.status != "withdrawn"
        if due and correction.id not in used:
            raise StoreError(f"'{correction.id}' finds nothing to correct.", file=CORRECTIONS_FILE)


def _record(document: tomlkit.TOMLDocument, item: Load, version: str, record: Path) -> None:
    editions: Any = document["editions"]
    entry = next((e for e in editions if e["edition"] == item.report.edition), None)
    if entry is None or document["id"] != item.report.dataset:
        raise StoreError(
            f"edition {item.report.edition} of {item.report.dataset} is not announced here.",
            file=str(record),
            remedy="Add an [[editions]] entry with its date, address and citation.",
        )
    entry["version"] = version
    entry["files"] = _file_list(item.report.files)


def _file_list(files: Sequence[SourceFile]) -> Any:
    lines = tomlkit.array()
    for file in files:
        line = tomlkit.inline_table()
        line.update(file.model_dump())
        lines.append(line)
    return lines.multiline(True)


def main() -> int:
    """Build the bundled editions and print what was read."""
    parser = argparse.ArgumentParser(
        prog="python -m loaders.bundle", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("published", type=Path, help="folder with one entry per edition")
    parser.add_argument("target", type=Path, nargs="?", default=bundled_folder("data") / "usgs-mcs")
    arguments = parser.parse_args()
    try:
        for item in build(arguments.published, arguments.target):
            done = sum(correction.figures for correction in item.report.corrected)
            more = f", {done} of them corrected" if done else ""
            print(f"{item.report.edition} {item.report.counts.observations} observations{more}")
    except MineralsError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
