"""What a country's own account says of its imports: how much it relies on them, and where they come from.

A series is one mineral and one detail of one account: publishers print reliance and sources of one mineral
for several forms of it, each with its own numbers, and nothing here averages or adds them.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import Any, NamedTuple

import pandas as pd

from dashboard.analysis.first_places import HALF
from dashboard.analysis.series import as_records, is_country
from dashboard.analysis.states import STATE_COLUMNS, amount_words, state
from loaders.text import in_sentence
from loaders.units import display
from loaders.vocabulary import MarkState, Measure

RELIANCE, IMPORT_SOURCES = str(Measure.NET_IMPORT_RELIANCE), str(Measure.IMPORT_SOURCE_SHARE)

WHOLE = 1.0

FORM = ["dataset", "edition", "place", "mineral", "detail"]
"""What tells the forms of a mineral apart whose sources are printed."""

_SPAN = re.compile(r"\d{4}(?:[–-]\d{2,4})?")
_TOTAL = re.compile(r"(?:combined |grand )?total\b|all\b", re.I)
_WHOLE_OF = re.compile(
    r"(?:net import reliance as a percentage )?\bof (?:total )?"
    r"((?:(?:apparent|reported|estimated) )?consumption)",
    re.I,
)
_LONGEST = 58
"""Characters of a form; what is longer is a sentence about the number."""


def span_of_years(note: str) -> str:
    """The years that a share is of as printed at the head of its note: "2021–24"; empty where none are."""
    found = _SPAN.match(note)
    return found.group() if found else ""


def without_span(note: str) -> str:
    """The rest of a note: without the years at its head and the word for an estimate, told elsewhere."""
    rest = note[len(span_of_years(note)) :].removeprefix(" -- ")
    return rest.removeprefix("Estimated.").removeprefix(" -- ").strip()


def form_of(detail: str) -> str:
    """Which form of a mineral a reliance is of: "Compounds and metals"; empty where it is of all.

    Without the words for the consumption that it is a part of, which `whole_of` gives.
    """
    form = re.sub(r"[:, ]+\(", " (", _WHOLE_OF.sub("", detail)).strip(" ,:")
    form = form[1:-1] if form.startswith("(") and form.endswith(")") else form
    return form if len(form) <= _LONGEST else ""


def whole_of(detail: str) -> str:
    """What a reliance is a part of: "apparent consumption"; empty where the detail does not say."""
    found = _WHOLE_OF.search(detail)
    return in_sentence(found[1]) if found else ""


def is_total(detail: str) -> bool:
    """Whether sources are of all forms together: by the publisher's words, or because it names no form."""
    return not detail or bool(_TOTAL.match(detail))


def ranked_sources(rows: pd.DataFrame) -> pd.DataFrame:
    """Shares of imports, each form's largest first: adds `rank`, `tied`, `named`, `share_least`, `years`.

    Of several years the latest counts: what came from a country is not ranked across years.
    Countries are ranked within their form, and groups of countries that are printed as one; what comes from
    other countries is not. Equal shares have the best rank and are tied. More than half is the first
    whatever the rest; any other share without a number has no rank. `named` counts what is ranked, and
    `share_least` is the number or the lower bound, `years` the span that the note names, else the year.
    """
    rows = rows[rows["measure"] == IMPORT_SOURCES]
    rows = rows[rows["year"] == rows.groupby(FORM)["year"].transform("max")]
    least = rows["value"].fillna(rows["lower"])
    source = is_country(rows["partner"]) | rows["partner"].str.contains("+", regex=False)
    known = rows["value"].fillna(rows["lower"].where(rows["lower"] > HALF)).where(source)
    keys = [rows[name] for name in FORM]
    ranks = known.groupby(keys)
    best, worst = (ranks.rank(ties, ascending=False) for ties in ("min", "max"))
    found = rows.assign(
        rank=best,
        tied=best.notna() & (best != worst),
        named=known.groupby(keys).transform("count"),
        share_least=least,
        years=[
            span_of_years(str(note)) or str(year)
            for note, year in zip(rows["note"], rows["year"], strict=True)
        ],
        _order=range(len(rows)),
        _form=rows.groupby(FORM, sort=False).ngroup(),
    )
    ordered = found.sort_values(["_form", "rank", "_order"], na_position="last")
    return ordered.drop(columns=["_order", "_form"]).reset_index(drop=True)


class ImportSource(NamedTuple):
    """One source of imports: who, the share in words and at least, and its rank, NaN where it has none."""

    partner: str
    words: str
    least: float
    rank: float


class ImportForm(NamedTuple):
    """The sources of the imports of one form of a mineral, the largest first; over which years."""

    mineral: str
    detail: str
    years: str
    sources: tuple[ImportSource, ...]

    @property
    def first(self) -> tuple[ImportSource, ...]:
        """Who is first: several where their shares are equal."""
        return tuple(source for source in self.sources if source.rank == 1)


def import_forms(ranked: pd.DataFrame) -> tuple[ImportForm, ...]:
    """The rows of `ranked_sources` of one account and edition, form by form."""
    columns = ["mineral", "detail", "years", "partner", "rank", "share_least", "unit", *STATE_COLUMNS]
    lines = as_records(ranked[columns])
    return tuple(
        ImportForm(
            *key,
            tuple(
                ImportSource(line["partner"], part_in_words(line), line["share_least"], line["rank"])
                for line in own
            ),
        )
        for key, own in groupby(lines, key=lambda line: (line["mineral"], line["detail"], line["years"]))
    )


def part_in_words(line: Any) -> str:
    """A reliance or a share in a sentence: "67 % (estimated)", "more than 95 %", "net exporter"."""
    if state(line) is not MarkState.ESTIMATE:
        return amount_words(line)
    return f"{display(line['value'], line['unit'])} (estimated)"


def main_form(forms: tuple[ImportForm, ...]) -> ImportForm | None:
    """The form that stands for a mineral: its only one, or that of all forms together; else none."""
    totals = forms if len(forms) == 1 else tuple(form for form in forms if is_total(form.detail))
    return totals[-1] if totals else None


def index_at_least(form: ImportForm) -> float:
    """The Herfindahl-Hirschman index of the sources of one form, 0 to 10,000: at least so much.

    Printed shares are rounded to whole parts of a hundred, so each may be half of one less; what other
    countries have adds something that is not known.
    """
    known = (max(source.least - _ROUNDED, 0.0) for source in form.sources if source.rank >= 1)
    return sum(share**2 for share in known) * 10_000


_ROUNDED = 0.005


def ordered_reliance(rows: pd.DataFrame) -> pd.DataFrame:
    """Reliance on imports, ordered by what is known at least: adds `state`, `least`, `most`.

    Of equals the one comes first that cannot be less than the other at most; then net exporters, then what
    has no number. A bound is no number, so there are no ranks.
    """
    rows = rows[rows["measure"] == RELIANCE]
    states = [state(line) for line in as_records(rows[list(STATE_COLUMNS)])]
    told = pd.Series(states, index=rows.index, dtype=object)
    bounded = rows["value"].notna() | rows["lower"].notna() | rows["upper"].notna()
    least = rows["value"].fillna(rows["lower"]).where(bounded)
    most = rows["value"].fillna(rows["upper"]).fillna(WHOLE).where(bounded)
    exporter = told.eq(MarkState.NET_EXPORTER)
    kind = pd.Series(2, index=rows.index).mask(exporter, 1).mask(bounded & ~exporter, 0)
    found = rows.assign(state=told, least=least.fillna(0.0).where(bounded), most=most, _kind=kind)
    order = ["_kind", "least", "most", "mineral", "detail"]
    rising = [True, False, False, True, True]
    ordered = found.sort_values(order, ascending=rising, kind="stable")
    return ordered.drop(columns="_kind").reset_index(drop=True)


def is_whole(rows: pd.DataFrame) -> pd.Series:
    """Which reliance is printed as all."""
    return (rows["value"] >= WHOLE).fillna(False)


def is_half(rows: pd.DataFrame) -> pd.Series:
    """Which reliance is half or more, whatever its bounds leave open."""
    return (rows["least"] >= HALF).fillna(False)
