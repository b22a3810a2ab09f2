"""From the cells of a publisher's tables to the observations of one edition, with an account of the rest.

A format makes one line of each printed figure; `assemble` reads the printed names, units and values that
the format has not read itself, refuses what cannot be read, and fills the columns of the observation table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pandas as pd

from loaders.formats.refusing import RowCheck, ignored_rows, refuse, scaled
from loaders.model import OBSERVATION_COLUMNS
from loaders.names import read_places
from loaders.report import Ignored, Problem
from loaders.units import read_units
from loaders.values import NUMBER_COLUMNS, read_values
from loaders.vocabulary import IN_GROUND, Basis, ReserveClass, Scheme, Status


@dataclass(frozen=True)
class Reading:
    """Observations of one edition, and what became of the rest.

    Their columns are those of `model.OBSERVATION_COLUMNS`; texts may be categories. `notes_apart` says
    whether the publisher keeps all notes in columns of their own, so that none is glued to a number.
    """

    dataset: str
    edition: str
    observations: pd.DataFrame = field(repr=False)
    problems: list[Problem]
    ignored: list[Ignored]
    rows_read: int
    rows_refused: int
    cells_absent: int
    cells_refused: int
    notes_apart: bool = False


class Origin(NamedTuple):
    """What holds for every figure of an edition.

    `publisher` says whose names and spellings apply. `headers` gives, for "place", "mineral", "unit" and
    "year", what a problem calls the column. `reserve_class` and `scheme` are those of amounts in the ground.
    `notes_apart` as in `Reading`.
    """

    dataset: str
    edition: str
    publisher: str
    headers: Mapping[str, str]
    reserve_class: ReserveClass = ReserveClass.UNDEFINED
    scheme: Scheme = Scheme.UNDEFINED
    notes_apart: bool = False


class RowAccount(NamedTuple):
    """What a format left out before it made cells, and what it has to say.

    `absent` is the number of cells without a figure, `refused` that of rows that could not become cells.
    """

    rows_read: int
    ignored: Sequence[Ignored] = ()
    problems: Sequence[Problem] = ()
    absent: int = 0
    refused: int = 0


def assemble(
    cells: pd.DataFrame, origin: Origin, account: RowAccount, checks: Iterable[RowCheck] = ()
) -> Reading:
    """The observations of an edition: one line for each cell that can be read.

    `cells` has `printed_value`, `printed_unit`, `printed_name`, `printed_measure`, `file`, `row`, `column`,
    and `mineral` (<NA> where unknown), `measure` and `year`; a number in the printed unit. It may have
    `commodity` and `printed_year` (as printed), `unit` (its spelling, where it is not the printed one),
    `place`, `detail`, `value`, `lower`, `upper`, `status`, `known`, `basis`, `note`, where the format reads
    them itself, and `told`: whether a problem of the format's own refuses the cell already. A basis that
    the unit states comes before that of the cell.
    `checks` are the format's own; one of a standard rule takes that one's place.
    """
    units = read_units(cells["unit" if "unit" in cells else "printed_unit"], origin.publisher)
    cells = _read(cells, origin.publisher)
    standard = {check.rule: check for check in _checks(cells, units, origin.headers)}
    own = list(checks)
    refusal = refuse(
        cells,
        [*own, *(check for rule, check in standard.items() if rule not in {check.rule for check in own})],
        origin.publisher,
    )
    refused = refusal.mask | cells["told"]
    found = _observations(cells, units, origin)[~refused]
    return Reading(
        dataset=origin.dataset,
        edition=origin.edition,
        observations=found.astype(OBSERVATION_COLUMNS).reset_index(drop=True),
        problems=[*account.problems, *refusal.problems],
        ignored=list(account.ignored),
        rows_read=account.rows_read,
        rows_refused=len(cells.loc[refused, ["file", "row"]].drop_duplicates()) + account.refused,
        cells_absent=account.absent,
        cells_refused=int(refused.sum()) + account.refused,
        notes_apart=origin.notes_apart,
    )


def figures(printed: pd.Series) -> pd.DataFrame:
    """`values.read_values`, where an empty text is a figure that the publisher does not have."""
    values = read_values(printed)
    blank = printed.str.strip() == ""
    values["known"] |= blank
    values["status"] = values["status"].mask(blank, Status.NOT_AVAILABLE.value)
    return values


def rows_without_figures(cells: pd.DataFrame, absent: pd.Series, reason: str) -> list[Ignored]:
    """The rows of each file whose every cell is absent."""
    empty = absent.groupby([cells["file"], cells["row"]], sort=False).all()
    return [
        found
        for file, part in empty.groupby(level=0, sort=False)
        for found in ignored_rows(str(file), part, reason)
    ]


def _read(cells: pd.DataFrame, publisher: str) -> pd.DataFrame:
    """The cells with what the format has not read of them."""
    given: dict[str, Any] = {"basis": Basis.UNDEFINED.value, "detail": "", "note": "", "told": False}
    added: dict[str, Any] = {name: default for name, default in given.items() if name not in cells}
    if "place" not in cells:
        places = read_places(cells["printed_name"], publisher)
        added |= {"place": places["place"], "detail": places["detail"].fillna("")}
    if "value" not in cells:
        values = figures(cells["printed_value"])
        added |= {str(name): values[name] for name in values}
    return cells.assign(**added)


def _checks(cells: pd.DataFrame, units: pd.DataFrame, headers: Mapping[str, str]) -> list[RowCheck]:
    """What may be wrong with a cell of any publisher."""
    told = cells["told"]
    found = [
        RowCheck("unknown place", cells["place"].isna(), "printed_name", headers["place"]),
        RowCheck("unknown unit", units["unit"].isna() & ~told, "printed_unit", headers.get("unit")),
        RowCheck("unreadable value", ~cells["known"], "printed_value", None),
    ]
    if "commodity" in cells:
        unknown = cells["mineral"].isna() & ~told
        found.insert(1, RowCheck("unknown mineral", unknown, "commodity", headers["mineral"]))
    if "printed_year" in cells:
        found.append(RowCheck("unreadable year", cells["year"].isna(), "printed_year", headers["year"]))
    return found


def _observations(cells: pd.DataFrame, units: pd.DataFrame, origin: Origin) -> pd.DataFrame:
    """The columns of the observation table, numbers in the canonical unit."""
    in_ground = cells["measure"].isin([measure.value for measure in IN_GROUND])
    stated = units["basis"].fillna("")
    read: dict[str, Any] = {
        "dataset": origin.dataset,
        "edition": origin.edition,
        **{name: scaled(cells[name], units["factor"]) for name in NUMBER_COLUMNS},
        "unit": units["unit"],
        "basis": cells["basis"].mask(stated != "", stated),
        "class": in_ground.map({True: origin.reserve_class.value, False: ReserveClass.NOT_APPLICABLE.value}),
        "scheme": in_ground.map({True: origin.scheme.value, False: Scheme.NOT_APPLICABLE.value}),
        "correction": "",
    }
    return cells.assign(**read)[list(OBSERVATION_COLUMNS)]
