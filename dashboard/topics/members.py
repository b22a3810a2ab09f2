"""What is printed of each member of a group by itself: of dysprosium, a rare earth, prices and no country."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from dashboard.analysis.dependence import RELIANCE
from dashboard.analysis.scope import groups, members
from dashboard.analysis.series import as_records, is_country
from dashboard.analysis.states import STATE_COLUMNS, amount_words
from dashboard.charts.view import Column, Table
from dashboard.snapshot import Snapshot, kept_with_data
from dashboard.topics.accounts import account_rows, dependence_rows, editions_of_account, forms_of_edition
from dashboard.topics.explore import offered_by
from dashboard.topics.time_offer import offered_years
from dashboard.words.dependence import reliance_of_form, sources_of_mineral
from loaders.names import mineral_name, place_name
from loaders.text import in_sentence
from loaders.vocabulary import Measure

_COLUMNS = ("figures by country", "prices", "net import reliance", "sources of imports")


def page_of(mineral: str, data: Snapshot) -> str | None:
    """The page with most of a mineral by its own name: Mineral, else Prices, else Dependence."""
    if mineral in offered_by(data).series:
        return "mineral"
    if Measure.PRICE in offered_years(data).get(mineral, {}):
        return "prices"
    return "dependence" if mineral in _imported(data) else None


@kept_with_data()
def _imported(data: Snapshot) -> frozenset[str]:
    """The minerals of which some account says how far it relies on imports, or where they come from."""
    return frozenset(dependence_rows(data)["mineral"].unique())


def no_country_words(mineral: str, data: Snapshot) -> list[str]:
    """That nothing loaded has a mineral by country, and of what it is a part that there is more of."""
    if page_of(mineral, data) == "mineral":
        return []
    wider = next((group for group in groups(mineral) if page_of(group, data) == "mineral"), "")
    within = f", a part of {in_sentence(mineral_name(wider))}" if wider else ""
    return [f"No loaded edition has figures by country of {in_sentence(mineral_name(mineral))}{within}."]


@kept_with_data(100)
def members_table(group: str, data: Snapshot) -> Table | None:
    """A line for each member of a group, "none" where nothing is printed; None where that is all."""
    told = {mineral: _told(mineral, data) for mineral in members(group)}
    counts = [sum(map(bool, column)) for column in zip(*told.values(), strict=True)]
    if not any(counts):
        return None
    name = in_sentence(mineral_name(group))
    having = ", ".join(
        f"{number or 'none'} with {what}" for number, what in zip(counts, _COLUMNS, strict=True)
    )
    return Table(
        f"What is printed of the parts of {name}, each by itself",
        (Column("part", names=True), *map(Column, _COLUMNS)),
        tuple((mineral_name(one), *(text or "none" for text in texts)) for one, texts in told.items()),
        fold=f"The parts of {name}, each by itself: of {len(told)}, {having}",
    )


def _told(mineral: str, data: Snapshot) -> tuple[str, ...]:
    """What is printed of a mineral, by `COLUMNS`; empty for nothing."""
    rows = data.of_mineral(mineral)
    known = rows[["value", "lower", "upper"]].notna().any(axis=1)
    measures = rows.loc[known & is_country(rows["place"]), "measure"].unique()
    return (
        ", ".join(in_sentence(Measure(measure).label) for measure in measures),
        "; ".join(_prices(pd.concat([_price_rows(rows, mineral), _price_rows(data.national, mineral)]))),
        "; ".join(_reliance(mineral, data)),
        "; ".join(_sources(mineral, data)),
    )


def _price_rows(table: pd.DataFrame, mineral: str) -> pd.DataFrame:
    same = (table["mineral"] == mineral) & (table["measure"] == Measure.PRICE)
    return table.loc[same, ["dataset", "place", "detail", "year", "unit", *STATE_COLUMNS]]


def _prices(prices: pd.DataFrame) -> Iterator[str]:
    """The prices of the newest year, each in its last edition."""
    newest = prices[prices["year"] == prices["year"].max()]
    for line in as_records(newest.drop_duplicates(["dataset", "place", "detail"], keep="last")):
        yield f"{amount_words(line)} in {line['year']} ({line['detail'] or 'grade not stated'})"


def _reliance(mineral: str, data: Snapshot) -> Iterator[str]:
    """How far each account relies on imports of it, in the newest year of its newest edition."""
    for account, edition in _newest_editions(mineral, data):
        rows = account_rows(data, account, edition)
        own = rows[(rows["mineral"] == mineral) & (rows["measure"] == RELIANCE)]
        for line in as_records(own[own["year"] == own["year"].max()]):
            yield f"{place_name(account)}: {reliance_of_form(line)}, {line['year']}"


def _sources(mineral: str, data: Snapshot) -> Iterator[str]:
    """Where each account's imports of it come from."""
    for account, edition in _newest_editions(mineral, data):
        forms = forms_of_edition(data, account, edition).get(mineral, ())
        if forms:
            yield f"{place_name(account)}: {sources_of_mineral(forms)}"


def _newest_editions(mineral: str, data: Snapshot) -> Iterator[tuple[str, str]]:
    """Each account that has the mineral, with the newest of its editions that does."""
    rows = dependence_rows(data)
    for account in rows.loc[rows["mineral"] == mineral, "place"].unique():
        for edition in editions_of_account(data, account):
            if mineral in set(account_rows(data, account, edition)["mineral"]):
                yield account, edition
                break
