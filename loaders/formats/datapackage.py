"""Frictionless Data Packages, versions 1 and 2: datapackage.json beside a CSV of our tidy columns.

Read by the rules of our tidy table; what the descriptor alone says (the name and version of the package,
texts that mean "missing") is filled in. Written as one zip archive, the same bytes from the same content.

The package `frictionless` serves in development only: what is written here is valid by its check. It is
not needed to run, since a descriptor is JSON, the CSV is read by our own loader, and `frictionless` itself
reads row by row and brings some thirty other packages.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

import pandas as pd

from loaders.answers.answers import NO_ANSWERS, Answers, both_answers
from loaders.answers.keeping import answers_from_toml
from loaders.columns import constant, distinct
from loaders.csv_text import csv_text
from loaders.errors import UnreadableFile
from loaders.files.archives import without_packing
from loaders.files.table import InputFile, RawTable
from loaders.formats import tidy
from loaders.formats.observations import Reading
from loaders.knowledge import rules
from loaders.model import NOT_STATED, OBSERVATION_COLUMNS, Dataset, Edition, written_columns
from loaders.numerals import written_here
from loaders.values import NUMBER_COLUMNS

NAME = "Frictionless Data Package of our tidy table"
PUBLISHER = "any"

_RECORD = "record"
"""A property of our own: the records of the dataset and the edition, which have more fields."""

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_TYPES = {"string": "string", "int64": "integer", "float64": "number"}


def declines(tables: Sequence[RawTable]) -> str | None:
    """Why these tables are not of this format, or None if they are."""
    descriptors = [raw for raw in tables if raw.document is not None and _is_descriptor(raw)]
    if len(descriptors) != 1:
        return f"expected one datapackage.json, found {len(descriptors)}"
    descriptor = descriptors[0].document or {}
    found = _resources(descriptor, tables)
    if not found:
        return f"{descriptors[0].file}: no resource of it is a table that is here"
    if len({raw.file for raw, _ in found}) < len(found):
        return f"several files have the name {found[0][0].file}"
    return tidy.declines([_tidy(descriptor, *found[0])] if len(found) == 1 else [raw for raw, _ in found])


def read(tables: Sequence[RawTable], answers: Answers = NO_ANSWERS) -> Reading:
    """Read the package's one tidy table; other tables of the folder or archive are left out, and counted.

    The answers that a package of ours carries hold, too, below those that are given. Raises BadAnswer where
    they are damaged.
    """
    descriptor = (
        next(raw for raw in tables if raw.document is not None and _is_descriptor(raw)).document or {}
    )
    raw, schema = _resources(descriptor, tables)[0]
    others = [table for table in tables if table is not raw and table.document is None]
    table = _tidy(descriptor, raw, schema)
    packed = _packed_answers(descriptor)
    reading = tidy.read([table, *others], both_answers(answers, packed) if packed else answers)
    return replace(reading, packed=packed) if packed else reading


def _packed_answers(descriptor: Mapping[str, Any]) -> Answers:
    """The answers with which the figures of the package were read."""
    record = descriptor.get(_RECORD)
    editions = record.get("editions") if isinstance(record, Mapping) else None
    edition = editions[0] if isinstance(editions, list) and editions else None
    text = edition.get("answers") if isinstance(edition, Mapping) else None
    return answers_from_toml(text, "datapackage.json") if isinstance(text, str) else NO_ANSWERS


def _is_descriptor(raw: RawTable) -> bool:
    return isinstance((raw.document or {}).get("resources"), Sequence)


def _resources(descriptor: Mapping[str, Any], tables: Sequence[RawTable]) -> list[tuple[RawTable, Any]]:
    """The tables that the descriptor names, each with its schema."""
    found = []
    for resource in descriptor["resources"]:
        named = [raw for raw in tables if raw.document is None and raw.file == _file(resource)]
        found += [(raw, resource.get("schema")) for raw in named]
    return found


def _file(resource: Any) -> str:
    """The name of a resource's file, without the ending of a compressed one."""
    path = resource.get("path") if isinstance(resource, Mapping) else None
    path = path[0] if isinstance(path, list) and len(path) == 1 else path
    return without_packing(PurePosixPath(path).name) if isinstance(path, str) else ""


def _tidy(descriptor: Mapping[str, Any], raw: RawTable, schema: Any) -> RawTable:
    """The table with what the descriptor says of all its rows, and of the way its numbers are written."""
    frame = raw.frame
    stated = {"dataset": descriptor.get("name"), "edition": descriptor.get("version")}
    for name, text in stated.items():
        if name not in frame and isinstance(text, str):
            frame = frame.assign(**{name: constant(text.strip().replace("_", "-"), frame.index)})
    if "value" not in frame:
        return replace(raw, frame=frame)
    printed = frame.get("printed_value", frame["value"])
    read = {name: _read_column(frame[name], schema) for name in frame if name in _WRITTEN_OTHERWISE}
    changed = {name: column for name, column in read.items() if column is not frame[name]}
    if "value" in changed:
        changed["printed_value"] = printed
    return replace(raw, frame=frame.assign(**changed) if changed else frame)


_WRITTEN_OTHERWISE = [name for name in tidy.COLUMNS if not name.startswith("printed_")]
"""Columns in which a package may have texts for "missing", or numbers with other signs."""


def _read_column(column: pd.Series, schema: Any) -> pd.Series:
    """A column without texts that mean "missing", its numbers as our table has them; itself if it has so."""
    name = str(column.name)
    field = _fields(schema).get(name, {})
    missing = _missing_values(field if "missingValues" in field else schema)
    if missing & set(distinct(column)[1]):
        column = column.mask(column.isin(missing), "NA" if name == "value" else "")
    if name not in NUMBER_COLUMNS or field.keys().isdisjoint(("decimalChar", "groupChar")):
        return column
    return written_here(column, str(field.get("decimalChar") or "."), str(field.get("groupChar") or ""))


def _fields(schema: Any) -> dict[str, Mapping[str, Any]]:
    """What a schema says of each column."""
    listed = schema.get("fields", []) if isinstance(schema, Mapping) else []
    fields = [field for field in listed if isinstance(field, Mapping)] if isinstance(listed, list) else []
    return {str(field.get("name")): field for field in fields}


def _missing_values(schema: Any) -> set[str]:
    """The texts that mean "missing"; version 2 may give each with a label."""
    listed = schema.get("missingValues") if isinstance(schema, Mapping) else None
    listed = listed if isinstance(listed, list) else []
    texts = [item.get("value") if isinstance(item, Mapping) else item for item in listed]
    return {text for text in texts if isinstance(text, str) and text.strip()}


def stated_record(inputs: Sequence[InputFile]) -> Dataset | None:
    """The records that a package of ours carries: its dataset, with the one edition; None for other files.

    Raises UnreadableFile if they are damaged.
    """
    for item in inputs:
        if item.name.lower().endswith("datapackage.json") and f'"{_RECORD}"'.encode() in item.content:
            try:
                return Dataset.model_validate(json.loads(item.content)[_RECORD])
            except (ValueError, KeyError) as error:
                raise UnreadableFile("the records in the package are damaged.", file=item.name) from error
    return None


# Writing --------------------------------------------------------------------------------------------


def write_package(observations: pd.DataFrame, dataset: Dataset, edition: Edition) -> bytes:
    """A zip archive of datapackage.json and observations.csv: the same bytes from the same content.

    `observations` has the columns of `model.OBSERVATION_COLUMNS`.
    """
    columns = written_columns(observations)
    table = csv_text(observations[columns]).encode()
    descriptor = (
        json.dumps(_descriptor(table, columns, dataset, edition), indent=2, ensure_ascii=False) + "\n"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in _members(descriptor, table, edition):
            info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3  # Unix, wherever it is written
            info.external_attr = 0o644 << 16
            archive.writestr(info, content, compresslevel=9)
    return stream.getvalue()


def _members(descriptor: str, table: bytes, edition: Edition) -> list[tuple[str, bytes]]:
    """The files of a package; the answers stand in the descriptor, and for people in a file of their own."""
    members = [("datapackage.json", descriptor.encode()), ("observations.csv", table)]
    return [*members, ("answers.toml", edition.answers.encode())] if edition.answers else members


def _descriptor(table: bytes, columns: Sequence[str], dataset: Dataset, edition: Edition) -> dict[str, Any]:
    source = {"title": edition.citation}
    if edition.address != NOT_STATED:
        source["path"] = edition.address
    return {
        "$schema": PROFILE,
        "name": dataset.id,
        "id": edition.id,
        "title": f"{dataset.title}, {edition.edition}",
        "version": edition.edition,
        "description": edition.note or dataset.note,
        "licenses": [licence_record(dataset.licence)],
        "contributors": [{"title": dataset.publisher, "roles": ["publisher"]}],
        "sources": [source],
        _RECORD: _record(dataset, edition),
        "resources": [
            {
                "name": "observations",
                "type": "table",
                "profile": "tabular-data-resource",  # version 1; `type` is its name in version 2
                "path": "observations.csv",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": len(table),
                "hash": f"sha256:{hashlib.sha256(table).hexdigest()}",
                "schema": {"fields": [_field(name) for name in columns], "missingValues": [""]},
            }
        ],
    }


def _record(dataset: Dataset, edition: Edition) -> dict[str, Any]:
    record = dataset.model_copy(update={"editions": (edition,)}).model_dump(mode="json")
    if not record["country"]:
        del record["country"]
    for item in record["editions"]:
        if not item["answers"]:
            del item["answers"]
    return record


# The identifiers are those of https://licenses.opendefinition.org, as the specification asks.
_LICENCES = (
    (r"\bCC0\b", "CC0-1.0"),
    (r"public domain", "other-pd"),
    (r"\bCC[- ]BY[- ]4\.0\b", "CC-BY-4.0"),
    (r"Open Government Licence", "OGL-UK-3.0"),
)


def may_be_passed_on(licence: str) -> bool:
    """Whether rows under a licence may be given to others: as known of a publisher, else by its name.

    What nobody has looked at may not.
    """
    known = {line["licence"]: line["passes"] for line in rules("publishers")}
    return known[licence] == "yes" if licence in known else licence_record(licence)["name"] != "notspecified"


def licence_record(text: str) -> dict[str, str]:
    """A licence as a descriptor names it, with the publisher's own words as its title."""
    name = next((name for words, name in _LICENCES if re.search(words, text, re.I)), "notspecified")
    return {"name": name, "title": text}


def _field(name: str) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": name,
        "type": _TYPES[OBSERVATION_COLUMNS[name]],
        "description": tidy.COLUMNS[name],
    }
    if name in tidy.VOCABULARIES:
        field["constraints"] = {"enum": [term.value for term in tidy.VOCABULARIES[name]]}
    return field
