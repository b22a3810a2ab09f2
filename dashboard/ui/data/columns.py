"""The form for a spreadsheet with columns of its own: what each of them is, proposed and to be confirmed."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.charts.view import Column
from dashboard.intake.columns import (
    FLAG,
    FOR_ALL,
    NUMBERS,
    OF_NUMBERS,
    UNITS_OFFERED,
    USES,
    ColumnUse,
    answers_offered,
    beginnings,
    examples,
    kept_mappings,
    mapping_of,
    names_asked,
    preview,
    repeated,
    said_again,
    said_of,
    with_names_said,
)
from dashboard.intake.job import Job
from dashboard.markup import table_html
from dashboard.ui import page
from dashboard.ui.page import small, title
from loaders.answers.checking import SIGNS
from loaders.errors import MineralsError, UnknownFormat
from loaders.files.table import RawTable
from loaders.formats.tidy import REQUIRED
from loaders.spreadsheets.applying import misfit, unsaid
from loaders.spreadsheets.flags import split_flag
from loaders.spreadsheets.mapping import Mapping, to_toml
from loaders.spreadsheets.unread_texts import unread
from loaders.store import Catalogue
from loaders.text import count
from loaders.vocabulary import Basis, Measure

_MOST_COLUMNS = 60
"""A sheet with more columns than this is mapped on the command line."""

_ROWS = 6
"""Lines of the preview."""

SEPARATORS = {",": "comma 1,234", ".": "point 1.234", " ": "space 1 234", "": "none 1234"}


def show_unrecognised(key: str, job: Job, error: UnknownFormat, found: Catalogue) -> None:
    """A file that no format recognises: the form if it holds a table, and why each format declined."""
    if not _tables(job):
        page.error(error)
        return
    name = error.file or "This file"
    told = [
        f"{name} is in none of the formats that we know.",
        *error.looks,
        "Is it a spreadsheet with columns of its own? Then say below what they are.",
    ]
    st.info(page.escape_markdown(" ".join(told)))
    with st.expander("Formats tried, and why each declined"):
        st.markdown(page.escape_markdown(str(error)))
    ask_for_columns(key, job, found)


def _tables(job: Job) -> list[RawTable]:
    """The tables that the form can ask about; none if the files are no tables, or have our columns."""
    try:
        return [table for table in job.tables if len(table.header) <= _MOST_COLUMNS and not _is_ours(table)]
    except MineralsError:
        return []


def _is_ours(table: RawTable) -> bool:
    return set(REQUIRED) <= set(table.header)


def ask_for_columns(key: str, job: Job, found: Catalogue) -> None:
    """Ask what the columns are; read the files again once that is said."""
    tables = _tables(job)
    title("What the columns are")
    small(
        "Say what each column is, and we read the file with it. The proposal is ours: look at every line. "
        "What you say is kept with the edition, so that next year’s file needs only a look."
    )
    raw = _sheet(tables, key)
    beginning, key = _begin(raw, tables, job.mapping, found, key)
    said = [
        _column(raw, said_of(beginning, header), f"{key}-{number}")
        for number, header in enumerate(raw.header)
    ]
    stated = _for_all(beginning, said, key)
    separators = _separators(beginning, key)
    twice = repeated(said)
    if twice:
        st.warning(page.escape_markdown(f"Several columns are said to be: {', '.join(twice)}. Choose one."))
    else:
        mapping = said_again(beginning, mapping_of(said, stated, *separators), raw.header)
        symbols = _symbols(mapping, raw, tables, key)
        questions = _questions(beginning, key)
        said_more = {"symbols": symbols, "questions": questions}
        names = _names(mapping, raw, tables, key)
        _finish(raw, job, key, with_names_said(mapping.model_copy(update=said_more), names))


_MOST_NAMES = 12
"""Names that the form asks for at most; the others are said in the mapping file."""


def _names(
    mapping: Mapping, raw: RawTable, tables: Sequence[RawTable], key: str
) -> dict[tuple[str, str], str]:
    """What a person says of what nobody knows: names, letters, sheets, years; by kind and text."""
    asked = names_asked(mapping, raw, tables)[:_MOST_NAMES]
    if asked:
        small("What we do not know: choose what it is, or write it.")
    sides = itertools.cycle(st.columns(2) if asked else ())
    return {
        (kind, text): _name(kind, text, f"{key}-name-{kind}-{text}", side)
        for (kind, text), side in zip(asked, sides, strict=False)
    }


def _name(kind: str, text: str, key: str, side: DeltaGenerator) -> str:
    """One of them: a choice of what we have, the likeliest first, or a text."""
    label = f"{'beside numbers' if kind == FLAG else kind}: {text}"
    choices = answers_offered(kind, text)
    if not choices:
        return str(side.text_input(label, key=key, placeholder="not said here"))
    chosen = side.selectbox(
        label, list(choices), index=None, format_func=lambda answer: choices.get(answer, answer),
        accept_new_options=True, key=key, placeholder="not said here",
    )  # fmt: skip
    return chosen or ""


def _questions(beginning: Mapping, key: str) -> tuple[str, ...]:
    """The questions of the proposal that are not answered yet."""
    if beginning.questions:
        small("Look at these, mend the columns where that is needed, and tick what is right now:")
    return tuple(
        question
        for number, question in enumerate(beginning.questions)
        if not st.checkbox(page.escape_markdown(question), key=f"{key}-question-{number}")
    )


def _sheet(tables: Sequence[RawTable], key: str) -> RawTable:
    if len(tables) == 1:
        return tables[0]
    names = [table.name for table in tables]
    return tables[names.index(st.selectbox("Sheet", names, key=f"{key}-sheet"))]


def _begin(
    raw: RawTable, tables: Sequence[RawTable], said: Mapping | None, found: Catalogue, key: str
) -> tuple[Mapping, str]:
    """What the form begins with, and a key that is new where that is another."""
    key = f"{key}-{raw.name}"
    if said is not None:
        return said, f"{key}-again"
    choices = beginnings(raw, kept_mappings(found), tables)
    titles = {item.dataset.id: item.dataset.short_title for item in found.editions}
    chosen = ""
    if len(choices) > 1:
        chosen = st.selectbox(
            "Begin with",
            list(choices),
            format_func=lambda name: (
                f"the columns of {titles[name]}, as last time" if name else "our proposal"
            ),
            key=f"{key}-begin",
        )
    return choices[chosen], f"{key}-{chosen}"


def _column(raw: RawTable, said: ColumnUse, key: str) -> ColumnUse:
    """One line: header with examples, what the column is, and for numbers what they are numbers of."""
    left, middle, right = st.columns([2.6, 1.6, 4.2], vertical_alignment="bottom")
    seen = examples(raw.frame[said.header]) or "empty"
    left.html(f'<p><b>{escape(said.header)}</b><br><span class="small">{escape(seen)}</span></p>')
    use = middle.selectbox(
        f"{said.header} is",
        list(USES),
        index=list(USES).index(said.use),
        format_func=USES.__getitem__,
        key=f"{key}-use",
        label_visibility="collapsed",
    )
    says = _of_numbers(said, key, right) if use == NUMBERS else {}
    return ColumnUse(said.header, use, says)


def _of_numbers(said: ColumnUse, key: str, right: DeltaGenerator) -> dict[str, str]:
    places = right.columns([2, 1, 1.4])
    fields = {
        name: _field(name, said.says.get(name, ""), f"{key}-{name}", place)
        for name, place in zip(OF_NUMBERS, places, strict=True)
    }
    return {**said.says, **fields}


_TERMS = {"measure": Measure, "basis": Basis}
_LABELS = {
    "place": "Country",
    "mineral": "Mineral",
    "measure": "Measure",
    "year": "Year",
    "unit": "Unit",
    "basis": "Basis",
    "dataset": "Short name (id) of the dataset",
    "edition": "Edition",
}


def _field(name: str, text: str, key: str, place: DeltaGenerator) -> str:
    """A choice of codes or of units, to which others can be written, or a text."""
    if name == "unit":
        units = list(dict.fromkeys([text, "", *UNITS_OFFERED]))
        unit = place.selectbox(
            _LABELS[name], units, format_func=lambda one: one or "not said here", key=key,
            accept_new_options=True,
        )  # fmt: skip
        return unit or ""
    if name not in _TERMS:
        return str(place.text_input(_LABELS[name], text, key=key, placeholder="not said here"))
    terms = {"": "not said here", **{term.value: term.label for term in _TERMS[name]}}
    index = list(terms).index(text) if text in terms else 0
    return str(place.selectbox(_LABELS[name], list(terms), index, format_func=terms.__getitem__, key=key))


def _for_all(beginning: Mapping, said: Sequence[ColumnUse], key: str) -> dict[str, str]:
    """What holds for all rows: the names of dataset and edition, and what no column says."""
    small("For all rows, where no column says it:")
    used = {item.use for item in said}
    stated = dict(beginning.constants)
    names = [name for name in FOR_ALL if name not in used]
    for name, place in zip(names, st.columns(len(names)) if names else (), strict=True):
        stated[name] = _field(name, stated.get(name, ""), f"{key}-all-{name}", place)
    left, right = st.columns(2)
    for name, hint, place in (
        ("dataset", "my-ministry", left),
        ("edition", "2025", right),
    ):
        if name not in used:
            stated[name] = place.text_input(
                _LABELS[name], stated.get(name, ""), key=f"{key}-all-{name}", placeholder=hint
            )
    return {name: text for name, text in stated.items() if name not in used}


def _separators(beginning: Mapping, key: str) -> tuple[str, str]:
    left, right = st.columns(2)
    decimal = left.selectbox(
        "Decimal sign", [".", ","], [".", ","].index(beginning.decimal), key=f"{key}-decimal",
        format_func={".": "point 0.5", ",": "comma 0,5"}.__getitem__,
    )  # fmt: skip
    choices = [sign for sign in SEPARATORS if sign != decimal]
    index = choices.index(beginning.thousands) if beginning.thousands in choices else 0
    thousands = right.selectbox(
        "Between thousands",
        choices,
        index,
        format_func=SEPARATORS.__getitem__,
        key=f"{key}-thousands-{decimal}",
    )
    return decimal, thousands


MEANINGS = {"": "not said here", **SIGNS}
"""What a sign in place of a number may mean."""

MOST_SIGNS = 8


def _symbols(mapping: Mapping, raw: RawTable, tables: Sequence[RawTable], key: str) -> dict[str, str]:
    """What signs and words in place of numbers mean: those that are known, and those that are not."""
    bare = mapping.model_copy(update={"symbols": {}})
    texts = unread(bare, raw, tables)
    signs = [text for text in texts if split_flag(text)[1] not in mapping.flags][:MOST_SIGNS]
    if not signs:
        return mapping.symbols
    small("Signs and words in place of numbers:")
    meant = dict(mapping.symbols)
    for number, (sign, place) in enumerate(zip(signs, st.columns(len(signs)), strict=True)):
        said = meant.get(sign, "")
        choices = dict.fromkeys([*MEANINGS, said])
        place.html(f'<p class="small">{escape(sign)} means</p>')
        meant[sign] = place.selectbox(
            f"{sign} means", list(choices), list(choices).index(said),
            format_func=lambda text: MEANINGS.get(text, text), key=f"{key}-sign-{number}-{sign}",
            label_visibility="collapsed",
        )  # fmt: skip
    return {sign: text for sign, text in meant.items() if text}


def _still_open(mapping: Mapping, raw: RawTable) -> list[str]:
    """What the button waits for, by the words on the page."""
    if not mapping.values:
        return ["no column is said to hold the numbers"]
    told = [_LABELS.get(name, name) for name in unsaid(mapping, raw)]
    if not told and (why := misfit(mapping.model_copy(update={"questions": ()}), raw)):
        told = [why]
    ticks = len(mapping.questions)
    return [*told, f"{count(ticks, 'line')} to be ticked above"] if ticks else told


def _finish(raw: RawTable, job: Job, key: str, mapping: Mapping) -> None:
    """What is still missing, or the first lines as they will be read and the button."""
    still_open = _still_open(mapping, raw)
    if still_open:
        st.warning(page.escape_markdown(f"Still open: {', '.join(still_open)}."))
        return
    for sheet, says in mapping.sheets.items():
        if sheet in mapping.skip_sheets:
            continue
        told = ", ".join(f"{name} {text}" for name, text in says.items() if text)
        small(escape(f"Sheet {sheet} is read in the same way, with {told}."))
    small("The first lines, as they will be read:")
    lines = preview(mapping, raw, _ROWS)
    st.html(
        table_html(
            [Column(str(name)) for name in lines.columns], lines.fillna("").itertuples(index=False, name=None)
        )
    )
    with st.container(horizontal=True):
        if st.button("Read with these columns", type="primary", key=f"{key}-read"):
            with st.spinner("Reading the files…"):
                job.read_with(mapping)
            st.rerun()
        st.download_button(
            "Save as mapping.toml", to_toml(mapping), "mapping.toml", "application/toml", on_click="ignore",
            key=f"{key}-toml",
        )  # fmt: skip
