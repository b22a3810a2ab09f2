"""What passes to others in a bundle: rows by their licence, whole editions, seed files, reports."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

import pandas as pd

from loaders.formats.datapackage import may_be_passed_on, write_package
from loaders.model import Document, Source
from loaders.store import Installed, bundled_folder, history, own_seeds, read_edition


def withheld_sources(sources: Iterable[Source]) -> list[Source]:
    """Editions of datasets whose licence does not let their rows pass; figures of a document are facts."""
    return [
        source
        for source in sources
        if source.kind == "dataset edition" and not may_be_passed_on(source.licence)
    ]


def without_sources(table: pd.DataFrame, withheld: Sequence[Source]) -> pd.DataFrame:
    """The rows that may pass; none where it is not said of each row what it is from."""
    if not withheld:
        return table
    if "citation" not in table:
        return table.head(0)
    return table[~table["citation"].isin([source.citation for source in withheld])]


@lru_cache(maxsize=8)
def _packed(_path: Path, item: _Item) -> dict[str, bytes]:
    installed = item.installed
    package = write_package(read_edition(installed), installed.dataset, installed.edition)
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


class _Item:
    """An installed edition, the same as another one by its content and record."""

    def __init__(self, installed: Installed) -> None:
        self.installed = installed
        self._key = (installed.dataset.model_dump_json(), installed.edition.model_dump_json())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Item) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)


def packed_edition(item: Installed) -> dict[str, bytes]:
    """The files of an edition as `minerals pack` packs them. Raises StoreError if its table is damaged."""
    return _packed(item.path, _Item(item))


def seed_files(documents: Iterable[Document]) -> dict[str, bytes]:
    """The seed file of each document, by its name, where there is one."""
    own = {seed.path.name: seed.content for seed in own_seeds()}
    found = {}
    for document in documents:
        name = f"{document.source.id}.toml"
        bundled = bundled_folder("seeds") / name
        if bundled.is_file():
            found[name] = bundled.read_bytes()
        elif own.get(name):
            found[name] = own[name]
    return found


def edition_reports(editions: Iterable[Installed]) -> str:
    """Of each edition the files that were read, and the report as the history keeps it; empty without one.

    Editions that came with the program have no report of their own: they were made, and checked, with it.
    """
    items = list(editions)
    if not items:
        return ""
    kept = {change.content: change.report for change in history() if change.content and change.report}
    found = [
        {
            "edition": item.edition.id,
            "version": item.edition.version,
            "came_with_the_program": item.bundled,
            "files": [file.model_dump(mode="json") for file in item.edition.files],
            "note": item.edition.note or item.dataset.note,
            "report": report.model_dump(mode="json") if (report := kept.get(item.edition.version)) else None,
        }
        for item in items
    ]
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"
