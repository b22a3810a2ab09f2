"""Words: what the codes and labels of the other pages mean."""

from __future__ import annotations

import streamlit as st

from dashboard.charts.view import Column
from dashboard.markup import code_html, table_html
from dashboard.ui import page
from loaders.vocabulary import (
    Basis,
    Kind,
    MarkState,
    Measure,
    Modality,
    Relation,
    ReserveClass,
    Scheme,
    Status,
    Term,
)

VOCABULARIES: dict[str, tuple[str, type[Term]]] = {
    "Status": ("How a value came to be, or why there is none. Codes of SDMX CL_OBS_STATUS 2.2.", Status),
    "Class": ("What kind of “how much is there” an amount in the ground is.", ReserveClass),
    "Scheme": ("The classification that defines a class.", Scheme),
    "Basis": ("What the tonnes are tonnes of. Tonnes of different things are never added.", Basis),
    "Measure": ("What is counted.", Measure),
    "Modality": ("In what mood a document states a figure.", Modality),
    "Kind": ("What kind of number a document states.", Kind),
    "Relation": ("How one stated figure stands to another.", Relation),
}


def show() -> None:
    """The page."""
    page.heading(
        "What the words mean",
        "The words that describe every figure, and the codes by which links and downloads name them.",
    )
    for name, (about, terms) in VOCABULARIES.items():
        rows = [(term.label, term.definition, code_html(str(term))) for term in terms]
        columns = (Column("word"), Column("meaning"), Column("code"))
        st.html(f'<h2 class="sub">{name}</h2><p class="small">{about}</p>{table_html(columns, rows)}')
    signs = table_html(
        (Column("at a mark"), Column("meaning")), [(state.label, state.definition) for state in MarkState]
    )
    st.html(f'<h2 class="sub">Signs in charts</h2>{signs}')


show()
