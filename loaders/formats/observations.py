"""From the cells of a publisher's tables to the observations of one edition, with an account of the rest.

A format makes one line of each printed figure; `assemble` reads the printed names, units and values that
the format has not read itself, refuses what cannot be read, and fills the columns of the observation table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.answers.answers import NO_ANSWERS, Answers
from loaders.columns import is_among, is_blank
from loaders.formats import points
from loaders.formats.refusing import RowCheck, ignored_rows, refuse, scaled
from loaders.formats.years import stray_years
from loaders.model import OBSERVATION_COLUMNS
from loaders.names import read_places
from loaders.report import Ignored, NameKind, Problem, Question
from loaders.units import read_units
from loaders.values import NUMBER_COLUMNS, read_values
from loaders.vocabulary import IN_GROUND, Basis, ReserveClass, Scheme, Status


@dataclass(frozen=True)
class Reading:
    """Observations of one edition, and what became of the rest.

    Their columns are those of `model.OBSERVATION_COLUMNS`; texts may be categories. `notes_apart` says
    whether the publisher keeps all notes in columns of their own, so that none is glued to a number.
    `questions` are the names that a steward can answer. `answers` are those that were given; `answered` says
    in how many cells each answered text stands, and `cells_left_out` how many of these are left out of rows
    that have others. `packed` are answers that came with the figures, which were read with them. `stated` is
    what the files say of themselves: `title`, `citation`, `address`.
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
    questions: tuple[Question, ...] = ()
    answers: Answers = NO_ANSWERS
    answered: Mapping[tuple[NameKind, str], int] = field(default_factory=dict)
    cells_left_out: int = 0
    packed: Answers = NO_ANSWERS
    stated: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_silent(self) -> npt.NDArray[np.bool_]:
        """Where an observation has neither a number nor a bound."""
        missing: npt.NDArray[np.bool_] = np.logical_and.reduce(
            [self.observations[name].isna() for name in NUMBER_COLUMNS]
        )
        return missing

    def blank(self, silent: npt.NDArray[np.bool_]) -> int:
        """How many of those observations print nothing, and nothing says why."""
        unsaid = silent & is_among(self.observations["status"], [Status.NOT_AVAILABLE.value])
        printed = self.observations["printed_value"].array[unsaid]  # `loc` copies a text in several pieces
        return int(is_blank(pd.Series(printed, copy=False)).sum())


class Origin(NamedTuple):
    """What holds for every figure of an edition.

    `publisher` says whose names and spellings apply. `headers` gives, for "place", "mineral", "unit" and
    "year", what a problem calls the column. `reserve_class` and `scheme` are those of amounts in the ground.
    `notes_apart` and `answers` as in `Reading`.
    """

    dataset: str
    edition: str
    publisher: str
    headers: Mapping[str, str]
    reserve_class: ReserveClass = ReserveClass.UNDEFINED
    scheme: Scheme = Scheme.UNDEFINED
    notes_apart: bool = False
    answers: Answers = NO_ANSWERS


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
    `place`, `partner`, `detail`, `value`, `lower`, `upper`, `status`, `known`, `basis`, `note`, where the
    format reads them itself, and `told`: whether a problem of the format's own refuses the cell already. A
    basis that the unit states comes before that of the cell.
    `checks` are the format's own; one of a standard rule takes that one's place.
    """
    answers = origin.answers
    printed = _answerable(cells)
    answered = answers.counted(printed)
    out = leave_out(cells, answers.reasons(printed))
    cells = cells[out.kept] if out.any else cells
    unit = answers.rename("unit", cells[_unit_column(cells)])
    units = read_units(unit, origin.publisher)
    doubted = points.alone(cells["printed_value"], cells["file"], unit, origin.publisher)
    answered |= points.points_counted(doubted, answers)
    cells = _read(cells, origin, doubted)
    standard = {check.rule: check for check in _checks(cells, units, origin, doubted)}
    own = [check._replace(failed=check.failed[out.kept]) if out.any else check for check in checks]
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
        ignored=[*account.ignored, *out.ignored],
        rows_read=account.rows_read,
        rows_refused=len(cells.loc[refused, ["file", "row"]].drop_duplicates()) + account.refused,
        cells_absent=account.absent,
        cells_refused=int(refused.sum()) + account.refused,
        notes_apart=origin.notes_apart,
        questions=tuple(refusal.questions),
        answers=answers,
        answered=answered,
        cells_left_out=out.cells,
    )


def _unit_column(cells: pd.DataFrame) -> str:
    return "unit" if "unit" in cells else "printed_unit"


def _answerable(cells: pd.DataFrame) -> dict[NameKind, pd.Series]:
    """The printed texts of the cells that a steward can answer."""
    texts: dict[NameKind, pd.Series] = {"place": cells["printed_name"], "unit": cells[_unit_column(cells)]}
    texts |= {"mineral": cells["commodity"]} if "commodity" in cells else {}
    return {**texts, "sign": cells["printed_value"]}


class Outside(NamedTuple):
    """The cells that are left out: those that are `kept` (a mask), rows that vanish, other cells that do."""

    kept: pd.Series
    ignored: list[Ignored]
    cells: int

    @property
    def any(self) -> bool:
        """Whether any cell is left out."""
        return not bool(self.kept.all())


def leave_out(cells: pd.DataFrame, reasons: pd.Series) -> Outside:
    """Leave out the cells that have a reason; `cells` has `file` and `row`.

    A row of which no cell is left counts as a row that is left out, for the reason of its first cell.
    """
    out = reasons != ""
    if not out.any():
        return Outside(~out, [], 0)
    keys = [cells["file"].astype("string"), cells["row"]]
    whole = out.groupby(keys, sort=False).transform("all")
    rows = pd.DataFrame({"file": keys[0], "row": keys[1], "reason": reasons})[whole]
    groups = (
        rows.drop_duplicates(["file", "row"]).groupby(["file", "reason"], sort=False).size().reset_index()
    )
    ignored = [
        Ignored(file=str(file), reason=str(why), count=int(number))
        for file, why, number in groups.itertuples(index=False, name=None)
    ]
    return Outside(~out, ignored, int((out & ~whole).sum()))


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


def _read(cells: pd.DataFrame, origin: Origin, doubted: pd.Series) -> pd.DataFrame:
    """The cells with what the format has not read of them; points of the `doubted` as they are answered."""
    given: dict[str, Any] = {
        "basis": Basis.UNDEFINED.value,
        "detail": "",
        "note": "",
        "partner": "",
        "told": False,
    }
    added: dict[str, Any] = {name: default for name, default in given.items() if name not in cells}
    if "place" not in cells:
        places = read_places(origin.answers.rename("place", cells["printed_name"]), origin.publisher)
        added |= {"place": places["place"], "detail": places["detail"].fillna("")}
    if "value" not in cells:
        printed = points.without_points(cells["printed_value"], doubted, origin.answers)
        values = figures(origin.answers.rename("sign", printed))
        added |= {str(name): values[name] for name in values}
    return cells.assign(**added, **_answered(cells, origin))


def _answered(cells: pd.DataFrame, origin: Origin) -> dict[str, pd.Series]:
    """The minerals and places that the format does not know, as a steward says."""
    answers, found = origin.answers, {}
    if "commodity" in cells:
        said = cells["mineral"].isna() & answers.is_said("mineral", cells["commodity"])
        if said.any():
            minerals = answers.read_minerals(cells.loc[said, "commodity"], origin.publisher)
            found["mineral"] = cells["mineral"].astype("string").mask(said, minerals)
    if "place" in cells:
        said = cells["place"].isna() & answers.is_said("place", cells["printed_name"])
        if said.any():
            places = read_places(answers.rename("place", cells.loc[said, "printed_name"]), origin.publisher)
            found["place"] = cells["place"].astype("string").mask(said, places["place"])
    return found


def _checks(cells: pd.DataFrame, units: pd.DataFrame, origin: Origin, doubted: pd.Series) -> list[RowCheck]:
    """What may be wrong with a cell of any publisher."""
    headers, answers = origin.headers, origin.answers
    told, asked = cells["told"], _unit_column(cells)
    point = points.point_check(cells["printed_value"], doubted, answers)
    found = [
        RowCheck("unknown place", cells["place"].isna(), "printed_name", headers["place"]),
        RowCheck("unknown unit", units["unit"].isna() & ~told, "printed_unit", headers.get("unit"), asked),
        RowCheck("unreadable value", ~cells["known"] & ~point.failed, "printed_value", None),
        point,
    ]
    beside = points.beside_commas(cells["printed_value"], cells["file"])
    if beside.any():
        said = answers.is_said("sign", cells["printed_value"])
        found.append(RowCheck("point or comma", beside & ~said, "printed_value", None))
    if "commodity" in cells:
        unknown = cells["mineral"].isna() & ~told
        found.insert(1, RowCheck("unknown mineral", unknown, "commodity", headers["mineral"]))
    if "printed_year" in cells:
        found.append(RowCheck("unreadable year", cells["year"].isna(), "printed_year", headers["year"]))
        found.append(RowCheck("stray year", stray_years(cells["year"]), "printed_year", headers["year"]))
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
