"""One country's own account: whose accounts there are, their editions, and the controls that choose them."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard.analysis.dependence import IMPORT_SOURCES, RELIANCE, ImportForm, import_forms, ranked_sources
from dashboard.snapshot import IN_USE, Snapshot, kept_with_data
from dashboard.topics.explore import place_words
from dashboard.topics.glance import FIRST_LIST, list_name, lists
from dashboard.topics.parameters import Asked, Control, Linked, Parameter
from dashboard.topics.ranked import ALL, FIRST
from dashboard.topics.sources import holes
from dashboard.words.dependence import joined_names, the_place
from loaders.model import EditionId
from loaders.names import minerals
from loaders.store import Installed

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
    """The editions of each account by the code of its place, the newest first, as the catalogue has them."""
    table = dependence_rows(data)[["place", "dataset", "edition"]].drop_duplicates()
    found: dict[str, set[str]] = {}
    for place, dataset, edition in table.itertuples(index=False, name=None):
        found.setdefault(place, set()).add(str(EditionId(dataset, edition)))
    order = [item.edition.id for item in reversed(data.catalogue.all)]
    return {place: tuple(name for name in order if name in own) for place, own in sorted(found.items())}


def editions_of_account(data: Snapshot, account: str) -> tuple[str, ...]:
    """The ids of the editions of an account, the newest first."""
    return _editions_by_account(data).get(account, ())


@kept_with_data(32)
def account_rows(data: Snapshot, account: str, edition: str) -> pd.DataFrame:
    """The rows of `dependence_rows` of one account in one edition, an id such as `usgs-mcs-us.2026`."""
    table = dependence_rows(data)
    dataset, _, name = edition.partition(".")
    same = (table["place"] == account) & (table["dataset"] == dataset) & (table["edition"] == name)
    return table[same]


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


def accounts_told(data: Snapshot) -> str:
    """Whose accounts are loaded, and how another one gets in: "Loaded: the account of the United States." """
    whose = [the_place(code) for code in _editions_by_account(data)]
    accounts = "the account" if len(whose) == 1 else "the accounts"
    return (
        f"Loaded: {accounts} of {joined_names(whose)}. That of another country, a table of its net import "
        "reliance by mineral and year, is added on the page Data. The European Union has none here: its "
        "members are counted one by one."
    )


def lists_of(mineral: str) -> str:
    """The critical lists that name a mineral: "US 2022, US 2025"; "none" where none does."""
    names = str(minerals().at[mineral, "lists"]) if mineral in minerals().index else ""
    return ", ".join(list_name(name) for name in names.split(";") if name) or "none"


def on_list(table: pd.DataFrame, critical_list: str) -> pd.DataFrame:
    """The rows of minerals on a critical list; all rows for `ALL_MINERALS`."""
    if critical_list == ALL_MINERALS:
        return table
    named = minerals()["lists"].str.split(";").map(lambda names: critical_list in names)
    return table[table["mineral"].isin(named.index[named])]


def on_list_words(critical_list: str) -> str:
    """Which minerals, to stand behind a noun: " on the list US 2025"; empty for all."""
    return "" if critical_list == ALL_MINERALS else f" on the list {list_name(critical_list)}"


# What can be chosen -------------------------------------------------------------------------------------


def _accounts(data: Snapshot, _asked: Asked) -> list[str]:
    return list(_editions_by_account(data))


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


ACCOUNT = Parameter(
    "account", "Whose account", _accounts, words=place_words, linked=Linked.IF_SEVERAL, quiet=True
)
ACCOUNT_EDITION = Parameter("edition", "Edition", _editions, _edition_in_use, _edition_words)
LIST = Parameter(
    "list",
    "Minerals on the list",
    lambda *_: [*lists(), ALL_MINERALS],
    lambda *_: FIRST_LIST,
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
