"""The form for a dataset of one's own, or for a new edition of a known one."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard.intake.proposal import Proposal
from dashboard.intake.record import HINTS, LABELS, OF_EDITION, RecordFields, missing, read_back, record_toml
from dashboard.ui import page
from dashboard.ui.page import small
from loaders.errors import MineralsError
from loaders.model import NOT_STATED, Dataset
from loaders.store import Catalogue


def ask_for_record(
    item: Proposal, found: Catalogue, key: str, folder: Path
) -> tuple[Dataset | None, list[str]]:
    """What nobody has said yet about dataset and edition: the record, and what is still missing.

    No record where the one that is known is kept.
    """
    if item.known and (item.replaces or item.edition.published != NOT_STATED):
        return None, []
    said = _edition_fields(item, key) if item.known else _fields(item, key)
    unmet = [] if item.known else missing(said, {entry.dataset.id for entry in found.editions})
    if item.known and not any(said):
        return None, []
    text = record_toml(said, item.edition.edition, item.dataset if item.known else None)
    record = None
    if not unmet:
        try:
            record = read_back(text, folder)
        except MineralsError as error:
            page.error(error)
            unmet = ["what you say of the dataset cannot be used yet"]
    if not item.known:
        _download(text, key)
    return record, unmet


def _fields(item: Proposal, key: str) -> RecordFields:
    """All fields: a dataset that nobody has described."""
    small(
        "This dataset is new. What you say of it stands beside each of its figures. A file "
        "<code>dataset.toml</code> handed in with the others says the same."
    )
    left, right = st.columns(2)
    sides = {"title": left, "publisher": right, "licence": left, "abbreviation": right, "published": left,
             "address": right}  # fmt: skip
    values = {"id": left.text_input(LABELS.id, item.dataset.id, key=f"{key}-id", placeholder=HINTS.id)}
    for name, side in sides.items():
        values[name] = side.text_input(
            getattr(LABELS, name), key=f"{key}-{name}", placeholder=getattr(HINTS, name)
        )
    values["citation"] = st.text_input(LABELS.citation, key=f"{key}-citation", placeholder=HINTS.citation)
    return RecordFields(**values)


def _edition_fields(item: Proposal, key: str) -> RecordFields:
    """What the files do not say of a new edition of a known dataset."""
    with st.expander("Say when and where this edition was published (optional)"):
        values = {
            name: st.text_input(getattr(LABELS, name), key=f"{key}-{name}", placeholder=getattr(HINTS, name))
            for name in OF_EDITION
        }
    return RecordFields(**values)


def _download(text: str, key: str) -> None:
    st.download_button("Save as dataset.toml", text, "dataset.toml", "application/toml", on_click="ignore",
                       key=f"{key}-toml")  # fmt: skip
