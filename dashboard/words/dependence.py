"""Reliance on imports and where these come from, in words: bounds stay bounds, forms keep their names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from dashboard.analysis.dependence import ImportForm, ImportSource, form_of, is_total, part_in_words
from dashboard.analysis.states import state
from loaders.names import place_name
from loaders.text import in_sentence
from loaders.vocabulary import OTHER, WORLD, MarkState

_THE = ("USA", "GBR", "ARE", "NLD", "PHL", "DOM", "BHS", "GMB", "MDV", "CAF", "COM", "MHL", "SLB",
        "EUU")  # fmt: skip
"""Places whose names stand with an article in a sentence."""


def the_place(code: str) -> str:
    """A place in a sentence: "the United States", "other countries"."""
    name = place_name(code)
    if code == OTHER:
        return in_sentence(name)
    if code == WORLD:
        return "the world"
    return f"the {name}" if code in _THE else name


def source_words(source: ImportSource) -> str:
    """A source with its share: "China 71 %", "Canada more than 99 %"."""
    return f"{_short(source.partner)} {source.words}"


def _short(code: str) -> str:
    """A place beside a number, without an article."""
    return in_sentence(place_name(code)) if code == OTHER else place_name(code)


def sources_of_form(form: ImportForm) -> str:
    """All sources of one form: "China 71 %, Malaysia 13 %, other countries 16 % (2021–24)"."""
    told = ", ".join(map(source_words, form.sources))
    return f"{told} ({form.years})" if form.years else told


def sources_of_mineral(forms: Sequence[ImportForm]) -> str:
    """The sources of every form of a mineral, each form by its name."""
    if len(forms) == 1 and is_total(forms[0].detail):
        return sources_of_form(forms[0])
    return "; ".join(f"{form.detail}: {sources_of_form(form)}" for form in forms)


def first_sources(form: ImportForm) -> str:
    """Who is first among the sources of one form, with the share: "China 71 %", "A and B 26 % each"."""
    first = form.first
    if not first:
        return "no country by name"
    names = joined_names(_short(source.partner) for source in first)
    return f"{names} {first[0].words}{' each' if len(first) > 1 else ''}"


def reliance_of_form(row: Any) -> str:
    """A reliance with its form: "67 % (estimated) for compounds and metals", "none (net exporter)"."""
    form = form_of(str(row["detail"]))
    told = "none (net exporter)" if state(row) is MarkState.NET_EXPORTER else part_in_words(row)
    return f"{told} for {in_sentence(form)}" if form else told


def without_common_end(told: Sequence[str]) -> list[str]:
    """Texts without the words behind their last comma or semicolon, where all end with the same ones."""
    ends = {re.split("[,;] ", text)[-1] for text in told}
    return [re.sub("[,;] [^,;]*$", "", text) for text in told] if len(ends) == 1 < len(told) else list(told)


def joined_names(names: Iterable[str]) -> str:
    """Names as in a sentence: "A, B and C"."""
    *first, last = list(names) or [""]
    return f"{', '.join(first)} and {last}" if first else last
