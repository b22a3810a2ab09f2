"""One field of a seed file as a control, what stands in it, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from html import escape
from typing import Any

import streamlit as st

from dashboard.intake.claim import ClaimEntry, Field, option_words
from dashboard.snapshot import Snapshot
from loaders.vocabulary import Relation


def draw_field(field: Field, key: str, data: Snapshot) -> None:
    """The control of a field; `key` names what stands in it."""
    label = f"{field.label} *" if field.required else field.label
    if field.shape == "choice":
        words = partial(option_words, field)
        st.selectbox(label, field.options, index=None, format_func=words, help=field.help or None, key=key)
    elif field.shape == "number":
        st.number_input(label, min_value=1, value=None, step=1, help=field.help, key=key)
    elif field.shape == "links":
        _links(key, data)
    elif field.shape == "flag":
        st.checkbox(label, key=key)
    elif field.shape == "text":
        st.text_input(label, help=field.help, key=key)
    else:
        st.text_area(label, help=field.help, height=80, key=key)


_RELATIONS = {
    Relation.PART_OF: "It is part of",
    Relation.REPEATS: "It repeats",
    Relation.CONTRADICTS: "It contradicts",
    Relation.SUPERSEDES: "It supersedes",
    Relation.DERIVED_FROM: "It is derived from",
}


def _links(key: str, data: Snapshot) -> None:
    ids = [claim.id for claim in data.seeds.claims]
    for relation in Relation:
        st.multiselect(_RELATIONS[relation], ids, help=relation.definition, key=f"{key}.{relation}",
                       placeholder="No claim")  # fmt: skip


def entered(field: Field, key: str) -> ClaimEntry:
    """What stands in the control of a field."""
    if field.shape == "links":
        return {str(relation): st.session_state.get(f"{key}.{relation}", []) for relation in Relation}
    value: ClaimEntry = st.session_state.get(key)
    return value.splitlines() if field.shape == "lines" and isinstance(value, str) else value


def fill_in(field: Field, key: str, value: Any) -> None:
    """Set the control of a field, before it is drawn, to what a block of a seed file has there."""
    if field.shape == "links":
        for relation in Relation:
            named = [link["claim"] for link in value or () if link["relation"] == relation]
            st.session_state[f"{key}.{relation}"] = named
    elif field.shape == "lines":
        st.session_state[key] = "\n".join(value or ())
    elif field.shape == "flag":
        st.session_state[key] = bool(value)
    elif field.shape in ("choice", "number"):
        st.session_state[key] = value
    else:
        st.session_state[key] = "" if value is None else str(value)


def tell_flaws(messages: Sequence[str]) -> None:
    """What is wrong with a field, below it."""
    for message in messages:
        st.html(f'<p class="flaw" role="alert">{escape(message)}</p>')


def draw_folded(
    listed: Sequence[Field],
    first: Sequence[Field],
    prefix: str,
    flaws: Mapping[str, list[str]],
    data: Snapshot,
) -> None:
    """The fields of `first`, and those that are not among them folded below, unless one of them is wrong."""
    others = [field for field in listed if field not in first]
    draw_block(first, prefix, flaws, data)
    with st.expander(f"{len(others)} more fields", expanded=any(field.path in flaws for field in others)):
        draw_block(others, prefix, flaws, data)


def draw_block(listed: Sequence[Field], prefix: str, flaws: Mapping[str, list[str]], data: Snapshot) -> None:
    """Fields side by side in two columns, each with its flaws; `prefix` begins their keys."""
    for number in range(0, len(listed), 2):
        for column, field in zip(st.columns(2, gap="medium"), listed[number : number + 2], strict=False):
            with column:
                draw_field(field, f"{prefix}{field.path}", data)
                tell_flaws(flaws.get(field.path, []))
