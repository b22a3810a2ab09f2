"""All minerals of a critical list at a glance: a table of shaded cells, each with its number in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from dashboard.analysis.concentration import KINDS, glance_of
from dashboard.analysis.first_places import HALF
from dashboard.analysis.membership import Entry, list_entries
from dashboard.analysis.scope import list_name, listed, lists, newest_list
from dashboard.analysis.series import as_records
from dashboard.analysis.states import row_id
from dashboard.charts.cards import edition_card
from dashboard.charts.chart import Chart, Heat
from dashboard.charts.view import Mark, View, note
from dashboard.snapshot import Snapshot
from dashboard.topics.concentration import EDITION
from dashboard.topics.concentration_rows import printed_edition, ranked_edition
from dashboard.topics.concentration_sides import HOLDS, MAKES
from dashboard.topics.parameters import (
    NO_STATISTICS,
    READING,
    Asked,
    Control,
    Linked,
    Parameter,
    named_choice,
)
from dashboard.topics.rows import row_cards_of
from dashboard.words.alternatives import instead_words
from dashboard.words.shares import (
    INDEX_OF_ONE,
    bounded_share,
    index_number,
    index_words,
    years_bound,
    years_number,
    years_words,
)
from dashboard.words.sources import edition_source_words, source_of, with_years
from loaders.model import EditionId
from loaders.names import critical_lists, mineral_name, place_name
from loaders.text import count, in_sentence
from loaders.units import display
from loaders.vocabulary import WORLD, Basis, Measure, Total

NAME = "glance"

SORTS = {
    "makes": "Output most concentrated",
    "holds": "Reserves most concentrated",
    "years": "Fewest years of reserves",
    "name": "Name",
}
"""The orders of the table, with the words for them."""

_COLUMNS = {
    f"{HOLDS}_first": "holds|most",
    f"{HOLDS}_hhi": "HHI,|holds",
    f"{MAKES}_first": "makes|most",
    f"{MAKES}_hhi": "HHI,|makes",
    "years": "years of|reserves",
}
_SIGNS = {"exact": "", "lower": "≥ ", "upper": "≤ ", "none": "≈ "}
MARKS = (
    Mark("≥", "At least: some of the total has no country."),
    Mark("≤", "At most: the total is larger than printed, or none is printed."),
    Mark("≈", "Both of these, so it may be more or less."),
    Mark(
        "–",
        "Not computed; a country before it has the largest number that is printed.",
        on_page="A touch says why.",
    ),
)


def view(asked: Asked, data: Snapshot) -> View:
    """All minerals of a critical list in one edition, at a glance."""
    if data.observations.empty:
        return View(NAME, empty=NO_STATISTICS)
    return glance(asked["list"], asked["edition"], asked["sort"], data)


PARAMETERS: tuple[Parameter, ...] = (
    EDITION,
    Parameter(
        "list",
        "List",
        lambda *_: lists(),
        lambda *_: newest_list(lists()),
        lambda name, _: list_name(name) if name in lists() else name,
        control=Control.SEGMENTED,
        linked=Linked.UNLESS_DEFAULT,
        row=2,
        width=1.4,
    ),
    named_choice("sort", "Order", SORTS, row=2),
    READING,
)


def glance(critical_list: str, edition: str, sort: str, data: Snapshot) -> View:
    """The minerals of a list in one edition, an id such as `usgs-mcs.2026`, in an order of `SORTS`."""
    wanted = listed(critical_list)
    own = ranked_edition(data, edition, wanted)
    table = glance_of(wanted, own.series, own.years, set(own.rows["mineral"]))
    table = table.assign(name=[mineral_name(mineral) for mineral in table["mineral"]])
    has = table[[f"{kind}_measure" for kind in KINDS]].notna().any(axis=1)
    shown = _sorted(table[has], sort)
    notes = _without(critical_list, shown, printed_edition(data, edition))
    if shown.empty:
        return View(NAME, empty=" ".join(notes))
    view = _view(critical_list, edition, sort, shown, data)
    return replace(view, marks=MARKS, why=note("On the list and without a line of their own", notes))


def _sorted(table: pd.DataFrame, sort: str) -> pd.DataFrame:
    column, rising = {
        "makes": (f"{MAKES}_hhi", False), "holds": (f"{HOLDS}_hhi", False), "years": ("years", True),
        "name": ("name", True),
    }[sort]  # fmt: skip
    order = table.sort_values("name", key=lambda names: names.str.casefold())
    return (
        order.sort_values(column, ascending=rising, na_position="last", kind="stable")
        if sort != "name"
        else order
    )


def _without(critical_list: str, shown: pd.DataFrame, rows: pd.DataFrame) -> tuple[str, ...]:
    """The entries of the list without a line of their own, by reason: what there is of them instead."""
    drawn = set(shown["mineral"])
    reasons: dict[str, list[str]] = {}
    instead: list[str] = []
    for entry in list_entries(critical_list):
        if drawn.isdisjoint(entry.covers):
            reason, there = _instead(entry, drawn, rows)
            reasons.setdefault(reason, []).append(in_sentence(entry.name))
            instead += there
    there_is = {NOT_BY_COUNTRY: f"; the edition has {'; '.join(dict.fromkeys(instead))}"}
    return tuple(f"{reason}: {_few(names)}{there_is.get(reason, '')}." for reason, names in reasons.items())


NOT_BY_COUNTRY = "Without reserves or production by country"


_NAMED = 6
"""More names than these are counted."""


def _few(names: Sequence[str]) -> str:
    if len(names) <= _NAMED:
        return ", ".join(names)
    return f"{', '.join(names[: _NAMED // 2])} and {len(names) - _NAMED // 2} more"


def _instead(entry: Entry, drawn: set[str], rows: pd.DataFrame) -> tuple[str, list[str]]:
    """Why an entry has no line, and what there is instead."""
    has_own = rows["mineral"].isin(entry.covers).any()
    if entry.counted_in in drawn and not has_own:
        return f"Counted in {in_sentence(mineral_name(entry.counted_in))}", []
    found = [words for mineral in entry.covers if (words := instead_words(mineral, rows))]
    return (NOT_BY_COUNTRY if found else "Without any figures"), found


def _entries_with_figures(critical_list: str, shown: pd.DataFrame) -> int:
    drawn = set(shown["mineral"])
    return sum(
        not drawn.isdisjoint((*entry.covers, entry.counted_in)) for entry in list_entries(critical_list)
    )


def _view(critical_list: str, edition: str, sort: str, shown: pd.DataFrame, data: Snapshot) -> View:
    item = data.installed(*EditionId.parse(edition))
    source = f"Sources: {edition_source_words(item)}; list: {_citation(critical_list)}."
    cells = _cells(shown, _ids(shown, edition, data))
    chart = Chart(
        title=_finding(critical_list, shown),
        subtitle=f"Shares of {_shares_of(shown)} and Herfindahl-Hirschman index (HHI, 0 to 10,000) of the "
        f"countries with a number, latest year; {item.dataset.short_title}, edition "
        f"{item.edition.edition}. Order: {SORTS[sort].lower()}. {_coverage(critical_list, shown)}",
        source=source,
        alt=_alt(cells),
        drawing=Heat(cells, tuple(_COLUMNS.values())),
        table=_table(shown, edition, data),
        name=f"glance-{critical_list}-{edition}",
    )
    facts = [
        ("entries on the list", str(len(list_entries(critical_list)))),
        ("of these with figures here", str(_entries_with_figures(critical_list, shown))),
        ("minerals with a line", str(len(shown))),
    ]
    first = [name for name in cells["id"] if name][:1]
    rows = [data.row(name) for name in first]
    cards = row_cards_of(pd.DataFrame([row for row in rows if row is not None]), data) if rows else []
    return View(
        NAME,
        chart,
        cards=(edition_card(item.source, item.dataset.said_by, facts), *cards),
    )


def _shares_of(shown: pd.DataFrame) -> str:
    """What the shares in the cells are of."""
    own = pd.concat([shown[f"{kind}_denominator_is"] for kind in KINDS]).dropna()
    of_rows = own.eq(Total.SUM)
    if of_rows.all():
        return "all rows, for no world total is printed,"
    return f"the printed world totals{' (of all rows where a cell says so)' if of_rows.any() else ''}"


def _citation(critical_list: str) -> str:
    return str(critical_lists().at[critical_list, "citation"])


def _coverage(critical_list: str, shown: pd.DataFrame) -> str:
    with_figures, entries = _entries_with_figures(critical_list, shown), len(list_entries(critical_list))
    return f"{with_figures} of the {entries} entries of the list {list_name(critical_list)} have figures."


def _finding(critical_list: str, shown: pd.DataFrame) -> str:
    printed = shown[f"{MAKES}_denominator_is"] != Total.SUM
    known = shown[shown[f"{MAKES}_top_1"].notna() & printed]
    bound = known[f"{MAKES}_bound"].isin(["upper", "none"])
    above = known[f"{MAKES}_top_1"] > HALF
    half, perhaps = known[above & ~bound], int((above & bound).sum())
    leaders = half[f"{MAKES}_first"].value_counts()
    lead = f" ({place_name(leaders.index[0])} of {leaders.iloc[0]})" if len(leaders) else ""
    more = f", and perhaps of {perhaps} more" if perhaps else ""
    on_list = f"on the list {list_name(critical_list)}"
    if known.empty:
        return f"No world total of output is printed for any of these minerals {on_list}"
    return with_years(
        f"Of {count(len(known), 'mineral')} {on_list} with a world total of output, one country makes more "
        f"than half of {len(half)}{lead}{more}",
        known[f"{MAKES}_year"].astype(int),
    )


# Cells ------------------------------------------------------------------------------------------------


def _ids(shown: pd.DataFrame, edition: str, data: Snapshot) -> dict[tuple[str, str], str]:
    """The row behind each cell: that of the first country, for years that of the world's reserves."""
    parts = [_wanted(shown, kind, f"{kind}_first", shown[f"{kind}_first"]) for kind in KINDS]
    wanted = pd.concat([*parts, _wanted(shown, HOLDS, "years", WORLD)])
    table = printed_edition(data, edition)
    rows = table[table["year"].isin(wanted["year"].unique())]
    keys = ["mineral", "measure", "year", "basis", "place"]
    found = rows.merge(wanted, on=keys).drop_duplicates([*keys, "cell"])
    return {(line["mineral"], line["cell"]): row_id(line) for line in as_records(found)}


def _wanted(shown: pd.DataFrame, kind: str, cell: str, place: Any) -> pd.DataFrame:
    own = shown.assign(place=place, cell=cell)
    own = own.rename(columns={f"{kind}_{name}": name for name in ("measure", "year", "basis")})
    own = own[["mineral", "measure", "year", "basis", "place", "cell"]].dropna()
    return own.astype({"year": "int64"})


def _cells(shown: pd.DataFrame, ids: dict[tuple[str, str], str]) -> pd.DataFrame:
    cells = []
    for line in as_records(shown):
        for column, heading in _COLUMNS.items():
            words, shade, hover = _cell(line, column)
            name = ids.get((line["mineral"], column.replace("_hhi", "_first")), "")
            cells.append({"row": line["name"], "column": heading, "words": words, "shade": shade,
                          "id": name, "told": hover, "hover": f"{line['name']}: {hover}"})  # fmt: skip
    return pd.DataFrame(cells).astype({"shade": float})


def _cell(line: dict[Any, Any], column: str) -> tuple[str, float | None, str]:
    """The number in a cell, its shade, and the same in full."""
    if column == "years":
        return _years_cell(line)
    kind, what = column.split("_")
    if pd.isna(line[f"{kind}_measure"]):
        return "–", None, f"no table of {kind}"
    return _share_cell(line, kind) if what == "first" else _index_cell(line, kind)


def _share_cell(line: dict[Any, Any], kind: str) -> tuple[str, float | None, str]:
    first, share, measure = line[f"{kind}_first"], line[f"{kind}_top_1"], _measure(line, kind)
    if pd.isna(first):
        return "–", None, f"{measure}: no country has a number"
    if line[f"{kind}_countries"] == 1 and not share > HALF:
        of_total = "" if pd.isna(share) else f", {_in_digits(share, line, kind)} of the total"
        return "–", None, f"{measure}: only {place_name(first)} has a number{of_total}"
    if pd.isna(share):
        leads = place_name(first)
        return f"{leads} –", None, f"{measure}: {leads} has the largest number printed; no total for a share"
    name = place_name(first)
    if line[f"{kind}_denominator_is"] == Total.SUM:
        words = f"{name} {_in_digits(share, line, kind)} of rows"
        return words, share, f"{measure}: {words}: no world total is printed"
    most = line[f"{kind}_bound"] in ("upper", "none")
    shown = _in_digits(share, line, kind, "upper" if most else "")
    return (
        f"{name} {'≤ ' if most else ''}{shown}",
        share,
        f"{measure}: {name} {'at most ' if most else ''}{shown}",
    )


def _in_digits(share: float, line: dict[Any, Any], kind: str, bound: str = "") -> str:
    """A share with as many digits as it carries."""
    return display(share, "1", digits=int(line[f"{kind}_share_digits"]), bound=bound)


def _index_cell(line: dict[Any, Any], kind: str) -> tuple[str, float | None, str]:
    hhi, bound, digits = (line[f"{kind}_{name}"] for name in ("hhi", "bound", "share_digits"))
    if pd.isna(hhi):
        return "–", None, f"{_measure(line, kind)}: index not computed, for want of shares"
    return (
        f"{_SIGNS[bound]}{index_number(hhi, bound, digits)}",
        min(hhi / INDEX_OF_ONE, 1.0),
        f"{_measure(line, kind)}: HHI {index_words(hhi, bound, digits)}",
    )


def _years_cell(line: dict[Any, Any]) -> tuple[str, float | None, str]:
    if pd.isna(line["years"]):
        return "–", None, "years of reserves not computed: no world total of one, or their bases differ"
    lasting = {"years": line["years"], "years_digits": line["years_digits"]}
    lasting |= {name: line[f"years_{name}"] for name in ("at_least", "at_most")}
    return (
        f"{_SIGNS[years_bound(lasting)]}{years_number(lasting)}",
        None,
        f"{years_words(lasting)} years of reserves at the latest output",
    )


def _measure(line: dict[Any, Any], kind: str) -> str:
    return f"{Measure(line[f'{kind}_measure']).label.lower()} of {line[f'{kind}_year']:.0f}"


def _alt(cells: pd.DataFrame) -> str:
    told = [f"{name}: {', '.join(own['told'])}" for name, own in cells.groupby("row", sort=False)]
    return f"Table of shaded cells, a line per mineral. {'; '.join(told)}."


def _table(shown: pd.DataFrame, edition: str, data: Snapshot) -> pd.DataFrame:
    """The lines that are drawn, with all figures of `at_a_glance` and the source."""
    publisher, source = source_of(data, *EditionId.parse(edition))
    table = shown
    labels = {f"{kind}_{name}": table[f"{kind}_{name}"].map(label, na_action="ignore")
              for kind in KINDS for name, label in _LABELS.items()}  # fmt: skip
    table = table.assign(**labels, **_in_words(table), said_by=publisher, edition=source.edition,
                         published=source.published, licence=source.licence,
                         citation=source.citation)  # fmt: skip
    first = [
        "name",
        *(
            f"{kind}_{name}"
            for kind in KINDS
            for name in ("first", *(f"{number}{end}" for number in _NUMBERS for end in ("", _IN_WORDS)))
        ),
        "years",
        f"years{_IN_WORDS}",
    ]
    told = {"reason", "years_digits", *(f"{kind}_share_digits" for kind in KINDS), *first}
    return table[[*first, *[name for name in table if name not in told]]]


_OF_YEARS = {"years_at_least": "at_least", "years_at_most": "at_most"}
_IN_WORDS = "_in_words"
_SHARES = ("top_1", "top_3", "top_5")
_NUMBERS = (*_SHARES, "hhi")


def _in_words(table: pd.DataFrame) -> dict[str, list[str]]:
    """Beside each share, each index and the years, their words with their bound."""
    found = {}
    for kind in KINDS:
        bounds = table[f"{kind}_bound"]
        digits = table[f"{kind}_share_digits"].fillna(0).astype(int)
        for name in _SHARES:
            found[f"{kind}_{name}{_IN_WORDS}"] = [
                bounded_share(share, bound in ("upper", "none"), own)
                for share, bound, own in zip(table[f"{kind}_{name}"], bounds, digits, strict=True)
            ]
        found[f"{kind}_hhi{_IN_WORDS}"] = [
            "" if pd.isna(hhi) else index_words(hhi, bound, own)
            for hhi, bound, own in zip(table[f"{kind}_hhi"], bounds, digits, strict=True)
        ]
    lasting = table[["years", "years_digits", *_OF_YEARS]].rename(columns=_OF_YEARS)
    told = [years_words(line) for line in as_records(lasting)]
    return found | {f"years{_IN_WORDS}": told}


_LABELS = {
    "measure": lambda code: Measure(code).label,
    "basis": lambda code: Basis(code).label,
    "first": place_name,
}
