"""Cells for which two datasets give different figures: each source named, the spread, the reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import pandas as pd

from dashboard.analysis.disagreement import COMPARED_CELL, disagreements
from dashboard.analysis.series import as_records, few
from dashboard.analysis.states import row_ids
from dashboard.charts.chart import Chart, Panel, Stack
from dashboard.charts.view import View, note
from dashboard.snapshot import Snapshot, kept_with_data
from dashboard.topics.explore import mineral_words, place_words
from dashboard.topics.parameters import READING, Asked, Control, Linked, Parameter, named_choice
from dashboard.topics.rows import row_cards_of, shown_table
from dashboard.words.sources import source_line
from loaders.names import mineral_name, place_name
from loaders.text import capital, count, in_sentence
from loaders.units import best_scale, display, format_quantity
from loaders.vocabulary import Basis, Measure, Outcome, Status

NAME = "disagree"

_ANY = "any"
COMPARED, FAR_APART = "compared", "apart"
HOW = {COMPARED: "Same thing, other figure", FAR_APART: Outcome.NOT_COMPARABLE.label.capitalize()}
"""Cells whose figures count the same thing, or do after a conversion; and cells whose figures do not."""

_FIRST, ALL_SHOWN = "first", "all"
FIRST_CELLS, MOST_CELLS = 10, 100
_WHICH = {_FIRST: f"First {FIRST_CELLS}", ALL_SHOWN: "All"}
"""Which cells are drawn: the first, or all as far as a page can hold them."""


class DisagreementChoice(NamedTuple):
    """What the page shows; a mineral or a place may be `_ANY`."""

    mineral: str = _ANY
    place: str = _ANY
    how: str = COMPARED
    which: str = _FIRST


def names_of(data: Snapshot) -> dict[str, str]:
    """How each dataset's publisher is called; the dataset's own name where that says too little."""
    datasets = {item.dataset.id: item.dataset for item in data.catalogue.editions}
    count = Counter(dataset.said_by for dataset in datasets.values())
    return {
        name: dataset.said_by if count[dataset.said_by] == 1 else dataset.short_title
        for name, dataset in datasets.items()
    }


@kept_with_data()
def differing(data: Snapshot) -> pd.DataFrame:
    """The lines of `disagreements`, with `id` (the row behind a line), `cell` (its number) and `how`."""
    in_use = {item.dataset.id: item.edition.edition for item in data.catalogue.editions if item.current}
    found = disagreements(data.observations, names_of(data), in_use)
    ids = _ids(data.observations, found)
    lines = few(found.merge(ids, on=_ROW, how="left"))
    lines["cell"] = lines.groupby(COMPARED_CELL, sort=False).ngroup()
    lines["how"] = lines["spread"].notna().map({True: COMPARED, False: FAR_APART})
    return lines


_ROW = ["dataset", "edition", "mineral", "measure", "place", "year", "basis", "unit"]


def _ids(observations: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """The first row behind each line, how many there are, and what is printed in all of them."""
    keys = found[_ROW].drop_duplicates()
    near = observations[observations["year"].isin(keys["year"].unique())]
    for name in ("mineral", "place"):
        near = near[near[name].isin(keys[name].unique())]
    rows = near.merge(keys, on=_ROW)
    rows = rows.assign(printed=rows["printed_value"].astype(str))
    every = rows.groupby(_ROW, sort=False, observed=True)["printed"].agg([" + ".join, "size"]).reset_index()
    first = rows.drop_duplicates(_ROW).reset_index(drop=True)
    return first[_ROW].assign(
        id=row_ids(first),
        printed=every["join"] + " " + first["printed_unit"].astype(str),
        printed_rows=every["size"],
    )


def view(asked: Asked, data: Snapshot) -> View:
    """The cells that are asked for."""
    return disagree_view(
        DisagreementChoice(**{name: asked[name] for name in DisagreementChoice._fields}), data
    )


def _minerals(data: Snapshot, asked: Asked) -> list[str]:
    own = chosen(DisagreementChoice(how=asked["how"]), differing(data))
    return [_ANY, *sorted(set(own["mineral"]), key=mineral_name)]


def _places(data: Snapshot, asked: Asked) -> list[str]:
    own = chosen(DisagreementChoice(mineral=asked["mineral"], how=asked["how"]), differing(data))
    return [_ANY, *sorted(set(own["place"]), key=place_name)]


PARAMETERS: tuple[Parameter, ...] = (
    named_choice("how", "Cells", HOW, control=Control.SEGMENTED, row=2, width=2, yields_to=("mineral",)),
    Parameter(
        "mineral",
        "Mineral",
        _minerals,
        words=lambda code, data: "All minerals" if code == _ANY else mineral_words(code, data),
        linked=Linked.UNLESS_DEFAULT,
    ),
    Parameter(
        "place",
        "Place",
        _places,
        words=lambda code, data: "All places" if code == _ANY else place_words(code, data),
        linked=Linked.UNLESS_DEFAULT,
    ),
    named_choice("which", "Show", _WHICH, control=Control.SEGMENTED, row=2),
    READING,
)


def disagree_view(ask: DisagreementChoice, data: Snapshot) -> View:
    """The cells that are asked for, the widest spread first."""
    if len(data.compared) < 2:
        return View(NAME, empty=one_dataset_words(data))
    lines = differing(data)
    found = chosen(ask, lines)
    if found.empty:
        return View(NAME, empty=_nothing(ask, lines))
    cells = found.drop_duplicates("cell")
    shown = cells.head(MOST_CELLS) if ask.which == ALL_SHOWN else _first_cells(ask, cells)
    drawn = found[found["cell"].isin(shown["cell"])]
    return replace(_view(ask, drawn, found, data), notes=_not_drawn(ask.which, len(cells), len(shown)))


def _first_cells(ask: DisagreementChoice, cells: pd.DataFrame) -> pd.DataFrame:
    """The widest spreads; of each mineral and place one year, unless both are chosen."""
    several = _ANY in (ask.mineral, ask.place)
    return (cells.drop_duplicates(["mineral", "place"]) if several else cells).head(FIRST_CELLS)


def _not_drawn(which: str, cells: int, drawn: int) -> tuple[str, ...]:
    """How many cells are left, and what shows them."""
    if cells <= drawn:
        return ()
    narrow = "a choice of mineral or place shows the others"
    more = f"“All” shows {'them' if cells <= MOST_CELLS else f'{MOST_CELLS} cells'}"
    ways = [more] * (which != ALL_SHOWN) + [narrow] * (cells > MOST_CELLS)
    return (f"Not drawn: {count(cells - drawn, 'more cell')}; {', '.join(ways)}.",)


def one_dataset_words(data: Snapshot) -> str:
    """What is loaded, where there is nothing to compare it with."""
    names = ", ".join(names_of(data).values()) or "none"
    return (
        f"Datasets that are loaded: {names}. Add a second one, and every cell for which the two print "
        "different figures is listed here, with the spread and the reasons."
    )


def chosen(ask: DisagreementChoice, lines: pd.DataFrame) -> pd.DataFrame:
    """The lines of the mineral, place and kind that are asked for."""
    keep = lines["how"] == ask.how
    for name in ("mineral", "place"):
        wanted = getattr(ask, name)
        keep &= (lines[name] == wanted) if wanted != _ANY else True
    return lines[keep]


def _nothing(ask: DisagreementChoice, lines: pd.DataFrame) -> str:
    if lines.empty:
        return (
            "Wherever two datasets have a figure for the same mineral, place, measure and year, they agree."
        )
    other = FAR_APART if ask.how == COMPARED else COMPARED
    count = chosen(ask._replace(how=other), lines)["cell"].nunique()
    return f"No cell of this choice is under “{HOW[ask.how]}”; under “{HOW[other]}” there are {count}."


# The chart --------------------------------------------------------------------------------------------


def _panels(drawn: pd.DataFrame, names: Mapping[str, str]) -> list[Panel]:
    rows = _rows(drawn, names)
    return [part for _, cell in rows.groupby("cell", sort=False) for part in _cell_panels(cell)]


def _cell_panels(cell: pd.DataFrame) -> list[Panel]:
    """One axis for the figures that compare with the first; one for each that does not."""
    line = cell.iloc[0]
    title = f"{mineral_name(line['mineral'])}, {place_name(line['place'])}, {line['year']}"
    alike, unlike = cell[cell["low"].notna()], cell[cell["low"].isna()]
    spread = f": the largest is {_times(line['spread'])} the smallest" if pd.notna(line["spread"]) else ""
    groups = [alike] * bool(len(alike)) + [unlike.loc[[index]] for index in unlike.index]
    titles = [f"{title}{spread}", *[_BESIDE] * len(groups)]
    return [_panel(*named) for named in zip(titles, groups, strict=False)]


_BESIDE = f"{HOW[FAR_APART]} with it"
"""The title of a panel after the first of a cell."""


def _times(spread: float) -> str:
    """A spread so that no difference looks like none: "7.5 times", "1.004 times"."""
    return f"{display(spread, '1', '1') if spread >= 1.01 else f'{spread:.4g} times'}"


def _rows(lines: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """The lines as they are drawn."""
    converted = lines["low"].notna()
    low, high = lines["low"].fillna(lines["value"]), lines["high"].fillna(lines["value"])
    exact = (high - low).abs() <= 1e-9 * high.abs()
    rows = lines.assign(
        basis=lines["shown_basis"].where(converted, lines["basis"]),
        value=low.where(exact),
        lower=low.where(~exact),
        upper=high.where(~exact),
        state=exact.map({True: "value", False: "range"}).mask(low == 0, "zero"),
        label=lines["dataset"].map(dict(names)) + " " + lines["edition"],
        emphasis=False,
        tone="strong",
    )
    rows["words"] = [_words(line, before) for line, before in zip(_lines(rows), _lines(lines), strict=True)]
    rows["hover"] = rows["label"] + ": printed " + rows["printed"]
    return rows


def _panel(title: str, rows: pd.DataFrame) -> Panel:
    measure, basis = Measure(rows["measure"].iloc[0]).label, Basis(rows["basis"].iloc[0]).label
    return Panel(title, f"{measure}; basis: {basis}", "statistic", rows, str(rows["unit"].iloc[0]))


def _lines(table: pd.DataFrame) -> list[dict[Any, Any]]:
    return as_records(table)


def _words(shown: dict[Any, Any], published: dict[Any, Any]) -> str:
    unit = shown["unit"]
    estimated = " e" if published["status"] == Status.ESTIMATED else ""
    together = f" in {shown['printed_rows']:.0f} rows" if shown["printed_rows"] > 1 else ""
    if pd.isna(shown["value"]):
        text = f"{display(shown['lower'], unit)} to {display(shown['upper'], unit)}"
    else:
        text = display(shown["value"], unit)
    if shown["basis"] == published["basis"]:
        return f"{format_quantity(published['value'], unit)}{estimated}{together}"
    return f"{text} (from {format_quantity(published['value'], unit)}{estimated}{together})"


# The block --------------------------------------------------------------------------------------------


def _view(ask: DisagreementChoice, drawn: pd.DataFrame, found: pd.DataFrame, data: Snapshot) -> View:
    names = names_of(data)
    source = source_line([], drawn, data)
    parts = _panels(drawn, names)
    order = "; the widest spread first" if ask.how == COMPARED else ""
    order += (
        "; of each mineral and place one year"
        if ask.which == _FIRST and _ANY in (ask.mineral, ask.place)
        else ""
    )
    chart = Chart(
        title=_finding(ask, found, names),
        subtitle=f"Figures for the same mineral, place, measure and year; of each dataset the edition in use "
        f"or, where that has none, the latest before it. Bars start from zero{order}.",
        source=source,
        alt="; ".join(_alt(part) for part in parts) + ".",
        drawing=Stack(tuple(parts), beside=len(parts) == 2 * drawn["cell"].nunique()),
        table=_table(drawn, data),
        name=f"disagree-{ask.mineral}-{ask.place}-{ask.how}",
    )
    rows = [data.row(name) for name in drawn[drawn["cell"] == drawn["cell"].iloc[0]]["id"]]
    cards = row_cards_of(pd.DataFrame([row for row in rows if row is not None]), data)
    return View(
        NAME,
        chart,
        cards=tuple(cards),
        why=note("What is to be known", _reasons(drawn)),
    )


def _finding(ask: DisagreementChoice, found: pd.DataFrame, names: Mapping[str, str]) -> str:
    number = found["cell"].nunique()
    if ask.how == FAR_APART:
        cells = count(number, "cell")
        return f"In {cells} the datasets do not count the same thing, so their figures do not compare"
    cell = found[(found["cell"] == found["cell"].iloc[0]) & found["low"].notna()]
    low, high = cell.loc[cell["low"].idxmin()], cell.loc[cell["high"].idxmax()]
    what = f"{in_sentence(Measure(low['about']).label)} of {in_sentence(mineral_name(low['mineral']))}"
    scale = best_scale(float(low["low"]), str(low["unit"]))
    first, second = (f"{display(line[end], line['unit'], scale)} ({names[line['dataset']]})"
                     for line, end in ((low, "low"), (high, "high")))  # fmt: skip
    others = f", the widest of {number} spreads" if number > 1 else ""
    return f"{place_name(low['place'])}, {what} in {low['year']}: {first} or {second}{others}"


def _alt(part: Panel) -> str:
    return f"{part.title}: " + ", ".join(part.rows["label"] + " " + part.rows["words"])


def _reasons(drawn: pd.DataFrame) -> tuple[str, ...]:
    """What the comparability gate says of the figures that are drawn, each sentence once."""
    told = dict.fromkeys(reason for reasons in drawn["reasons"] for reason in reasons)
    estimated = drawn["status"].eq(Status.ESTIMATED).any()
    known = ["“e” marks a figure that its publisher estimates."] if estimated else []
    return (*(capital(reason) for reason in told), *known)


_ADDED = ["spread", "comparison", "low", "high", "shown_basis", "reasons"]


def _table(drawn: pd.DataFrame, data: Snapshot) -> pd.DataFrame:
    """The rows that are drawn with their spread, the gate's answer and its reasons."""
    lines = drawn.assign(
        reasons=[" ".join(reasons) for reasons in drawn["reasons"]],
        shown_basis=[Basis(code).label for code in drawn["shown_basis"]],
        order=range(len(drawn)),
    )
    near = few(data.observations[data.observations["mineral"].isin(drawn["mineral"].unique())])
    rows = near.merge(lines[[*_ROW, "order"]], on=_ROW).sort_values(["order", "row"])
    rows = rows.drop_duplicates("order")
    table = shown_table([], rows, data).assign(**{name: lines[name].to_numpy() for name in _ADDED})
    first = ["mineral", "figure", "measure", "year", "said_by", "edition", "value", "unit", "basis", *_ADDED]
    return table[[*first, *[name for name in table.columns if name not in first]]]
