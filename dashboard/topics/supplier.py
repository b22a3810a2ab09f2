"""What comes from one country: every mineral of which it is a source of another country's imports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from dashboard.analysis.dependence import RELIANCE, is_total
from dashboard.analysis.series import as_records
from dashboard.analysis.states import STATE_COLUMNS, amount_words, marks_aloud, with_states
from dashboard.charts.cards import edition_card
from dashboard.charts.chart import Chart, Panel, Stack
from dashboard.charts.view import Column, Table, View
from dashboard.snapshot import Snapshot
from dashboard.topics.accounts import (
    ACCOUNT,
    ACCOUNT_EDITION,
    FIRST_LINES,
    LIST,
    WHICH,
    account_rows,
    dependence_rows,
    edition_item,
    edition_title,
    editions_of_account,
    hole_words,
    list_apart,
    lists_of,
    on_list,
    on_list_words,
    sources_of_edition,
)
from dashboard.topics.explore import choosable_places, mineral_words, place_words
from dashboard.topics.marks import state_marks
from dashboard.topics.parameters import (
    READING,
    Asked,
    Control,
    Linked,
    Parameter,
    codes_of,
    never_fits,
    none_of_them,
)
from dashboard.topics.ranking import FIRST
from dashboard.topics.reliance import NO_ACCOUNT
from dashboard.topics.rows import row_cards_of, shown_table
from dashboard.words.dependence import reliance_of_form, the_place
from dashboard.words.sources import source_line
from loaders.model import EditionId
from loaders.names import mineral_name, place_name
from loaders.text import capital, count
from loaders.units import display
from loaders.vocabulary import OTHER, MarkState

NAME = "supplier"
_USUAL = "CHN"
"""The country that is shown where no edition names any."""


def _places(_data: Snapshot, asked: Asked) -> Sequence[str]:
    return [code for code in choosable_places() if code != asked["account"]]


def _most_first(data: Snapshot, asked: Asked, options: Sequence[str]) -> str:
    """The country that is the largest source most often: of the mineral that a page is about, or of all."""
    named = sources_of_edition(data, asked["account"], asked["edition"]) if asked["edition"] else None
    if named is None or named.empty:
        return _USUAL
    first = named[(named["rank"] == 1) & named["partner"].isin(options)]
    own = first[first["mineral"] == asked.get("mineral", "")]
    counts = (own if len(own) else first)["partner"].value_counts()
    return str(min(counts.index[counts == counts.max()])) if len(counts) else _USUAL


SUPPLIER = Parameter("place", "Country", _places, _most_first, place_words, linked=Linked.ALWAYS, width=1.6)


def _minerals(data: Snapshot, asked: Asked) -> Sequence[str]:
    """The minerals of which an edition says where they come from, by name."""
    if not asked["edition"]:
        return []
    named = on_list(sources_of_edition(data, asked["account"], asked["edition"]), asked["list"])
    return sorted(map(str, named["mineral"].unique()), key=mineral_name)


MINERALS = Parameter(
    "minerals", "Minerals", _minerals, none_of_them, words=mineral_words,
    control=Control.MULTISELECT, many=True, row=2,
    unknown="No sources of {} are given here.", placeholder="All of them",
    fits=never_fits,
)  # fmt: skip
PARAMETERS: tuple[Parameter, ...] = (ACCOUNT, ACCOUNT_EDITION, SUPPLIER, LIST, MINERALS, WHICH, READING)


def view(asked: Asked, data: Snapshot) -> View:
    """Each form of each mineral that comes from a country, the largest share first."""
    if not asked["edition"]:
        return View(NAME, empty=NO_ACCOUNT)
    every = on_list(sources_of_edition(data, asked["account"], asked["edition"]), asked["list"])
    if every.empty:
        return View(NAME, empty=_no_sources(asked, data))
    chosen = codes_of(asked["minerals"])
    every = every[every["mineral"].isin(chosen)] if chosen else every
    own = every[every["partner"] == asked["place"]]
    if own.empty:
        return View(NAME, empty=_not_named(asked, every, data))
    own = own.assign(name=[mineral_name(code) for code in own["mineral"]])
    own = own.sort_values(["share_least", "name"], ascending=[False, True], kind="stable")
    shown = own.head(FIRST_LINES) if asked["which"] == FIRST else own
    return _view(asked, every, own, _drawn(shown), data)


def _no_sources(asked: Asked, data: Snapshot) -> str:
    """That an edition does not say where imports come from, and which ones do."""
    table = dependence_rows(data)
    own = table[(table["place"] == asked["account"]) & (table["measure"] != RELIANCE)]
    pairs = zip(own["dataset"], own["edition"], strict=True)
    having = {str(EditionId(dataset, edition)) for dataset, edition in pairs}
    names = [edition_title(data, name) for name in editions_of_account(data, asked["account"])
             if name in having]  # fmt: skip
    told = f"{edition_title(data, asked['edition'])} does not say where imports of minerals"
    told += f"{on_list_words(asked['list'])} come from."
    return f"{told} Editions that do: {', '.join(names)}." if names else told


def _which(asked: Asked) -> str:
    """Which minerals are looked at, to stand behind a noun."""
    return " among those chosen" if asked["minerals"] else on_list_words(asked["list"])


def _not_named(asked: Asked, every: pd.DataFrame, data: Snapshot) -> str:
    """That a country is named nowhere; it may be among the others, or in a group."""
    forms = every.groupby(["mineral", "detail"], sort=False)["partner"].agg(set)
    others = sum(OTHER in partners for partners in forms)
    told = [
        f"{edition_title(data, asked['edition'])} does not name {the_place(asked['place'])} as a source of "
        f"imports of {the_place(asked['account'])} for any mineral{_which(asked)}.",
        f"Only the largest sources are named: it may be among the other countries that {others} of "
        f"{len(forms)} tables of sources have.",
        *_in_groups(asked["place"], every),
    ]
    return " ".join(told)


def _in_groups(place: str, every: pd.DataFrame) -> list[str]:
    """What comes from several countries that are printed as one, with this one among them."""
    several = every["partner"].str.contains("+", regex=False) & every["partner"].str.contains(place)
    return [
        f"{mineral_name(line['mineral'])} comes from {place_name(line['partner'])} together: "
        f"{display(line['value'], '1')}."
        for line in as_records(every[several])
        if pd.notna(line["value"])
    ]


# The chart --------------------------------------------------------------------------------------------


def _drawn(shown: pd.DataFrame) -> pd.DataFrame:
    told = with_states(shown)
    columns = ["name", "detail", "words", "rank", "tied", "named", "printed_value", "state", "years"]
    lines = as_records(told[columns])
    return told.assign(
        label=[line["name"] for line in lines],
        below=["" if is_total(line["detail"]) else line["detail"] for line in lines],
        words=[f"{line['words']} · {_rank(line)}" for line in lines],
        hover=[_hover(line) for line in lines],
        emphasis=False,
        tone=["strong" if line["rank"] == 1 else "soft" for line in lines],
    )


def _rank(line: dict[Any, Any]) -> str:
    """The rank among the sources that are named: "tied 2nd of 4"."""
    if pd.isna(line["rank"]):
        return "not ranked"
    tied = "tied " if line["tied"] else ""
    return f"{tied}{display(line['rank'], 'rank')} of {line['named']:.0f}"


def _hover(line: dict[Any, Any]) -> str:
    told = [
        f"{line['name']}: printed {line['printed_value'].strip()}",
        line["detail"],
        f"Rank among the named sources: {_rank(line)}",
        line["years"],
        MarkState(line["state"]).definition,
    ]
    return "\n".join(filter(None, told))


def _view(asked: Asked, every: pd.DataFrame, own: pd.DataFrame, drawn: pd.DataFrame, data: Snapshot) -> View:
    item = edition_item(data, asked["edition"])
    account, place = the_place(asked["account"]), the_place(asked["place"])
    spans = ", ".join(years for years in dict.fromkeys(own["years"]) if years)
    panel = Panel(
        ", ".join(filter(None, (f"Published: share of imports of {account} from {place}", spans))),
        "Each form of a mineral by itself; beside it the rank among the named sources.",
        "statistic",
        drawn,
        "1",
        "%",
    )
    reliance = _reliance_of(asked, data)
    chart = Chart(
        title=_finding(asked, every, own, spans),
        subtitle=f"Shares of imports, {spans}, in %. {item.dataset.short_title}, "
        f"edition {item.edition.edition}. {list_apart(asked)}".rstrip(),
        source=source_line([], own, data),
        alt=f"Ranked bars. {marks_aloud(drawn)}.",
        drawing=Stack((panel,)),
        table=_table(drawn, reliance, data),
        name=f"imports-{asked['account']}-from-{asked['place']}-{asked['edition']}",
    )
    facts = [("forms of minerals", str(len(own))), ("minerals", str(own["mineral"].nunique()))]
    return View(
        NAME,
        chart,
        cards=(edition_card(item.source, item.dataset.said_by, facts), *row_cards_of(own.head(1), data)),
        marks=tuple(state_marks(set(drawn["state"]))),
        notes=_notes(asked, every, len(own) - len(drawn), data),
        tables=(_all_forms(own, reliance),),
    )


def _finding(asked: Asked, every: pd.DataFrame, own: pd.DataFrame, spans: str) -> str:
    """Of how many minerals a country is a source, and of how many the first one."""
    place = the_place(asked["place"])
    named, known = own["mineral"].nunique(), every["mineral"].nunique()
    first = own.loc[own["rank"] == 1, "mineral"].nunique()
    years = f" in {spans}" if spans else ""
    title = (
        f"{capital(place)} is a named source of imports of "
        f"{the_place(asked['account'])}{years} for {named} of {count(known, 'mineral')}{_which(asked)}"
    )
    return f"{title}, and the largest source of {f'some form of {first} of them' if first else 'none'}"


def _notes(asked: Asked, every: pd.DataFrame, left: int, data: Snapshot) -> tuple[str, ...]:
    told = [
        f"Not shown: {left} more; “All” shows them." if left > 0 else "",
        "A mineral counts once, whichever of its forms comes from there. Only the largest sources are named: "
        "a country may be among “other countries” elsewhere.",
        *_in_groups(asked["place"], every),
        *hole_words(data, asked["account"]),
    ]
    return tuple(filter(None, told))


def _reliance_of(asked: Asked, data: Snapshot) -> dict[str, str]:
    """By mineral the latest reliance of each of its forms, in words."""
    rows = account_rows(data, asked["account"], asked["edition"])
    rows = rows[rows["measure"] == RELIANCE]
    latest = rows[rows["year"] == rows["year"].max()]
    told: dict[str, list[str]] = {}
    columns = ["mineral", "detail", "year", "unit", *STATE_COLUMNS]
    for line in as_records(latest[columns]):
        words = f"{reliance_of_form(line)}, {line['year']}"
        told.setdefault(line["mineral"], []).append(words)
    return {mineral: "; ".join(found) for mineral, found in told.items()}


def _table(drawn: pd.DataFrame, reliance: dict[str, str], data: Snapshot) -> pd.DataFrame:
    """The rows that are drawn, with their rank, the reliance on imports, and the critical lists."""
    minerals = drawn["mineral"].tolist()
    return shown_table([], drawn, data).assign(
        partner=drawn["partner"].to_numpy(),
        years=drawn["years"].to_numpy(),
        rank=drawn["rank"].astype("Int64").to_numpy(),
        tied=drawn["tied"].to_numpy(),
        of_named=drawn["named"].astype("Int64").to_numpy(),
        net_import_reliance=[reliance.get(code, "not printed") for code in minerals],
        critical_lists=[lists_of(code) for code in minerals],
        file=drawn["file"].to_numpy(),
        row=drawn["row"].to_numpy(),
    )


def _all_forms(own: pd.DataFrame, reliance: dict[str, str]) -> Table:
    columns = ["mineral", "name", "detail", "rank", "tied", "named", "years", "unit", *STATE_COLUMNS]
    rows = tuple(
        (
            line["name"],
            "all" if is_total(line["detail"]) else line["detail"],
            amount_words(line),
            _rank(line),
            line["years"],
            reliance.get(line["mineral"], "not printed"),
            lists_of(line["mineral"]),
        )
        for line in as_records(own[columns])
    )
    labels = ("mineral", "form", "share", "rank", "years", "net import reliance", "on lists")
    return Table(
        "Each form with its share, rank, the reliance on imports, and the lists",
        tuple(Column(label, names=label in ("mineral", "sources of imports")) for label in labels),
        rows,
        fold=f"All {count(len(rows), 'form')} that come from there",
    )
