"""Accounts of a country or of the European Union: whose there are, their editions, and what chooses them."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard.analysis.dependence import IMPORT_SOURCES, RELIANCE, ImportForm, import_forms, ranked_sources
from dashboard.analysis.scope import list_name, listed, lists, lists_naming, newest_list
from dashboard.snapshot import IN_USE, Snapshot, kept_with_data
from dashboard.topics.explore import place_words
from dashboard.topics.parameters import Asked, Control, Linked, Parameter
from dashboard.topics.ranking import ALL, FIRST
from dashboard.topics.sources import holes
from dashboard.words.dependence import joined_names, the_place
from loaders.model import EditionId
from loaders.names import critical_lists
from loaders.store import Installed
from loaders.vocabulary import EUROPEAN_UNION

ALL_MINERALS = "all"
"""As a critical list: the minerals of every list and of none."""

FIRST_LINES = 20
"""How many rows a chart shows unless asked for all."""


@kept_with_data()
def dependence_rows(data: Snapshot) -> pd.DataFrame:
    """The figures of reliance on imports, and of where these come from, of all accounts."""
    table = data.national
    return table[table["measure"].isin([RELIANCE, IMPORT_SOURCES])].reset_index(drop=True)


@kept_with_data()
def _editions_by_account(data: Snapshot) -> dict[str, tuple[str, ...]]:
    """The editions of each account by the code of its place, the newest first, as the catalogue has them.

    The account of most minerals comes first.
    """
    rows = dependence_rows(data)
    table = rows[["place", "dataset", "edition"]].drop_duplicates()
    found: dict[str, set[str]] = {}
    for place, dataset, edition in table.itertuples(index=False, name=None):
        found.setdefault(place, set()).add(str(EditionId(dataset, edition)))
    order = [item.edition.id for item in reversed(data.catalogue.all)]
    most = rows.groupby("place")["mineral"].nunique()
    places = sorted(found, key=lambda place: (-most[place], place))
    return {place: tuple(name for name in order if name in found[place]) for place in places}


def editions_of_account(data: Snapshot, account: str) -> tuple[str, ...]:
    """The ids of the editions of an account, the newest first."""
    return _editions_by_account(data).get(account, ())


@kept_with_data(32)
def account_rows(data: Snapshot, account: str, edition: str) -> pd.DataFrame:
    """The rows of `dependence_rows` of one account in one edition, an id such as `usgs-mcs-us.2026`."""
    return _of_account(dependence_rows(data), account, edition)


def _of_account(rows: pd.DataFrame, account: str, edition: str) -> pd.DataFrame:
    """The rows of an account in one edition; none without an edition."""
    if not edition:
        return rows.iloc[:0]
    dataset, name = EditionId.parse(edition)
    return rows[(rows["place"] == account) & (rows["dataset"] == dataset) & (rows["edition"] == name)]


@kept_with_data(8)
def sources_of_edition(data: Snapshot, account: str, edition: str) -> pd.DataFrame:
    """Where the imports of an account come from in one edition, as `ranked_sources`."""
    return ranked_sources(account_rows(data, account, edition))


@kept_with_data(8)
def forms_of_edition(data: Snapshot, account: str, edition: str) -> dict[str, tuple[ImportForm, ...]]:
    """The same by mineral, form by form."""
    found: dict[str, tuple[ImportForm, ...]] = {}
    for form in import_forms(sources_of_edition(data, account, edition)):
        found[form.mineral] = (*found.get(form.mineral, ()), form)
    return found


@kept_with_data(32)
def other_figures(data: Snapshot, account: str, edition: str, mineral: str) -> pd.DataFrame:
    """What else an account counts of a mineral, such as consumption: the latest year of each series."""
    rows = data.national
    own = _of_account(rows[rows["mineral"] == mineral], account, edition)
    own = own[~own["measure"].isin([RELIANCE, IMPORT_SOURCES])]
    return own[own["year"] == own.groupby(["measure", "detail", "partner"])["year"].transform("max")]


def edition_item(data: Snapshot, edition: str) -> Installed:
    """The installed edition of an id."""
    return data.installed(*EditionId.parse(edition))


def edition_title(data: Snapshot, edition: str) -> str:
    """An edition in a sentence: "USGS 2026"."""
    item = edition_item(data, edition)
    return f"{item.dataset.said_by} {item.edition.edition}"


def hole_words(data: Snapshot, account: str) -> list[str]:
    """Which editions of the account are not at hand, between the first and the last one that is."""
    named = editions_of_account(data, account)
    return holes([item for item in data.catalogue.all if item.edition.id in named])


TO_HAND_IN = (
    "hand in a table on the page Data: mineral, place, year and net import reliance in %, and, if you have "
    "them, shares of imports with the country that they come from"
)


def accounts_told(data: Snapshot) -> str:
    """Whose accounts are loaded, and how another one gets in: "Loaded: the account of the United States." """
    whose = [the_place(code) for code in _editions_by_account(data)]
    accounts = "the account" if len(whose) == 1 else "the accounts"
    other = (
        "another country" if has_account(data, EUROPEAN_UNION) else "the European Union or another country"
    )
    return f"Loaded: {accounts} of {joined_names(whose)}. For that of {other}, {TO_HAND_IN}."


def has_account(data: Snapshot, place: str) -> bool:
    """Whether an account of the place is loaded."""
    return place in _editions_by_account(data)


def list_apart(asked: Asked) -> str:
    """That a critical list chooses minerals only, where it is not that of the account's place; else empty."""
    drawn_up_by = _place_of_list(asked["list"])
    if drawn_up_by in ("", asked["account"]):
        return ""
    return (
        f"The list {list_name(asked['list'])} chooses the minerals; the imports are those of "
        f"{the_place(asked['account'])}, not of {the_place(drawn_up_by)}."
    )


def _place_of_list(critical_list: str) -> str:
    """Whose list it is, as a code; empty for all minerals."""
    return "" if critical_list == ALL_MINERALS else str(critical_lists().at[critical_list, "place"])


def lists_of(mineral: str) -> str:
    """The critical lists that name a mineral: "US 2022, US 2025"; "none" where none does."""
    return ", ".join(map(list_name, lists_naming(mineral))) or "none"


def on_list(table: pd.DataFrame, critical_list: str) -> pd.DataFrame:
    """The rows of minerals on a critical list; all rows for `ALL_MINERALS`."""
    if critical_list == ALL_MINERALS:
        return table
    return table[table["mineral"].isin(listed(critical_list))]


def on_list_words(critical_list: str) -> str:
    """Which minerals, to stand behind a noun: " on the list US 2025"; empty for all."""
    return "" if critical_list == ALL_MINERALS else f" on the list {list_name(critical_list)}"


# What can be chosen -------------------------------------------------------------------------------------


def _accounts(data: Snapshot, _asked: Asked) -> list[str]:
    return list(_editions_by_account(data))


def _first_account(data: Snapshot, asked: Asked, accounts: Sequence[str]) -> str:
    """The first account that has the mineral."""
    rows = dependence_rows(data)
    having = set(rows.loc[rows["mineral"] == asked.get("mineral", ""), "place"])
    return next((place for place in accounts if place in having), next(iter(accounts), ""))


def _editions(data: Snapshot, asked: Asked) -> Sequence[str]:
    return editions_of_account(data, asked["account"])


def _edition_in_use(data: Snapshot, _asked: Asked, editions: Sequence[str]) -> str:
    return data.catalogue.in_use(list(reversed(editions))) if editions else ""


def _edition_words(edition: str, data: Snapshot) -> str:
    """An edition as "USGS 2026"; the one in use is marked where its dataset has several."""
    items = [item for item in data.catalogue.all if item.edition.id == edition]
    if not items:
        return edition
    several = sum(item.dataset.id == items[0].dataset.id for item in data.catalogue.all) > 1
    return f"{edition_title(data, edition)}{IN_USE if items[0].current and several else ''}"


def _own_list(account: str) -> str:
    """The newest critical list of the account's place; where it has none, the newest of all."""
    own = [name for name in lists() if _place_of_list(name) == account]
    return newest_list(own or lists())


ACCOUNT = Parameter(
    "account", "Whose account", _accounts, _first_account, place_words, linked=Linked.IF_SEVERAL, quiet=True
)
ACCOUNT_EDITION = Parameter("edition", "Edition", _editions, _edition_in_use, _edition_words)
LIST = Parameter(
    "list",
    "Minerals on the list",
    lambda *_: [*lists(), ALL_MINERALS],
    lambda _data, asked, _options: _own_list(asked.get("account", "")),
    lambda name, _: "All" if name == ALL_MINERALS else list_name(name) if name in lists() else name,
    control=Control.SEGMENTED,
    linked=Linked.UNLESS_DEFAULT,
    row=2,
    width=1.6,
)
WHICH = Parameter(
    "which",
    "Show",
    lambda *_: [FIRST, ALL],
    words=lambda which, _: {FIRST: f"First {FIRST_LINES}", ALL: "All"}.get(which, which),
    control=Control.SEGMENTED,
    linked=Linked.UNLESS_DEFAULT,
    row=2,
)
