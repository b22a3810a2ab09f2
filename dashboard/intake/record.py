"""What a person says of a dataset of their own, as the file `dataset.toml` that says the same."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import tomlkit

from loaders.errors import StoreError
from loaders.model import Dataset
from loaders.store.catalogue import read_record


class RecordFields(NamedTuple):
    """What a person says of a dataset and of one edition of it; empty where they do not know."""

    id: str = ""
    title: str = ""
    publisher: str = ""
    abbreviation: str = ""
    licence: str = ""
    address: str = ""
    published: str = ""
    citation: str = ""


LABELS = RecordFields(
    "Short name (id) of the dataset", "Title of the dataset", "Publisher", "Abbreviation of the publisher",
    "Licence", "Web address", "Published on", "Citation",
)  # fmt: skip
HINTS = RecordFields(
    id="my-ministry", abbreviation="if it has one", licence="not stated", address="not stated",
    published="2025-06-30, 2025-06 or 2025",
    citation="Made of publisher, title and edition where left empty",
)  # fmt: skip

OF_DATASET = ("id", "title", "publisher", "abbreviation", "licence", "address")
OF_EDITION = ("published", "address", "citation")


def missing(said: RecordFields, taken: Iterable[str]) -> list[str]:
    """Why no new dataset can be made of this; `taken` are the ids that there are."""
    found = [
        f"the {LABELS[0].lower() if name == 'id' else f'{name} of the new dataset'} is missing"
        for name in ("id", "title", "publisher")
        if not getattr(said, name).strip()
    ]
    if said.id.strip() in set(taken):
        found.append(f"there is a dataset {said.id.strip()} already; choose another short name")
    return found


def record_toml(said: RecordFields, edition: str, base: Dataset | None = None) -> str:
    """The file `dataset.toml`; `base` is the dataset where it is known, and only its edition is new."""
    content = (
        base.model_dump(mode="json", exclude={"editions"}, exclude_defaults=True)
        if base
        else _stated(said, OF_DATASET)
    )
    editions = tomlkit.aot()
    editions.append(tomlkit.item({"edition": edition, **_stated(said, OF_EDITION)}))
    document = tomlkit.document()
    document.update({"id": content.pop("id", ""), **content})
    document.add("editions", editions)
    return tomlkit.dumps(document)


def _stated(said: RecordFields, names: Iterable[str]) -> dict[str, str]:
    texts = {name: " ".join(getattr(said, name).split()) for name in names}
    return {name: text for name, text in texts.items() if text}


def read_back(text: str, folder: Path) -> Dataset:
    """The record, by the checks of `dataset.toml`. Raises StoreError, with the field, where they fail."""
    file = folder / "dataset.toml"
    file.write_text(text, encoding="utf-8")
    try:
        return read_record(file)
    except StoreError as error:
        where = f" ({error.column})" if error.column else ""
        raise StoreError(
            f"{error.message}{where}",
            remedy="Use up to 60 small letters, digits and hyphens for a short name: my-ministry.",
        ) from error
