"""What stands in a cell about one country in one table: amount, share, and its rank in each edition."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import Any, NamedTuple

import pandas as pd

from dashboard.analysis.concordance import measures_alike
from dashboard.analysis.corrections import is_corrected
from dashboard.analysis.series import as_records
from dashboard.analysis.standings import TABLE, Standings, all_standings
from dashboard.analysis.states import STATE_COLUMNS, amount_words, row_id, state
from dashboard.charts.view import Mark
from dashboard.snapshot import Snapshot, kept_with_data
from dashboard.topics.marks import BOUND_MARK, CORRECTED_MARK, ESTIMATE_MARK, OF_ROWS_MARK
from dashboard.words.ranking import ALMOST_ALL
from dashboard.words.shares import bounded_share
from loaders.model import EditionId
from loaders.units import digits_of, display
from loaders.vocabulary import MarkState, Total

_Line = dict[Hashable, Any]

SERIES_KEY = [*TABLE, "year", "basis", "unit"]


@kept_with_data()
def standings_of(data: Snapshot) -> Standings:
    """The standings in all tables of a snapshot, found once."""
    return all_standings(data.observations)


@kept_with_data()
def tables_of(data: Snapshot) -> frozenset[tuple[str, str, str, str]]:
    """Every table that there is: dataset, edition, mineral, measure."""
    found = standings_of(data).rows[TABLE].drop_duplicates()
    return frozenset(found.itertuples(index=False, name=None))


TIED = Mark("=", "Tied with another country.")
NO_RANK = Mark("–", "Not ranked, or no share: there is no single number, or no total that it could be of.")
NO_LATEST_ROW = Mark("·", "The edition has the table, and no row of this country in its latest year.")
NO_TABLE = Mark("×", "The edition has no such table.")
"""Signs of ranks, and of what stands in a narrow cell where there is none."""


class Cell(NamedTuple):
    """What a cell says, its shade (None for none), the row that it rests on, and the same in full.

    `marks` are the signs in it. `narrow` is what a narrow cell says instead, where that is less.
    """

    words: str
    shade: float | None
    id: str
    hover: str
    marks: tuple[Mark, ...] = ()
    narrow: str = ""


def heat_cells(placed: Iterable[tuple[str, str, Cell]]) -> pd.DataFrame:
    """The cells of a `Heat`, from what stands in each row and column."""
    names = ("words", "shade", "id", "hover")
    lines = [(row, column, *(getattr(cell, name) for name in names)) for row, column, cell in placed]
    table = pd.DataFrame(lines, columns=["row", "column", *names])
    return table.assign(shade=table["shade"].astype(float).clip(upper=1.0))


class CountryLine(NamedTuple):
    """A country in one series of one edition: the line of its rank, its rows, and where these stand."""

    line: _Line
    rows: list[_Line]
    stands_at: list[Hashable]

    @property
    def amount(self) -> str:
        """The amount in words: of its row, or of its rows together."""
        if len(self.rows) > 1 and pd.notna(self.line["value"]):
            return display(float(self.line["value"]), str(self.line["unit"]))
        told = [f"{amount_words(row)}{' *' if is_corrected(row) else ''}" for row in self.rows]
        return "; ".join(dict.fromkeys(told))

    @property
    def amount_marks(self) -> tuple[Mark, ...]:
        """The signs that the amount has."""
        if len(self.rows) > 1 and pd.notna(self.line["value"]):
            return ()
        estimated = any(state(row) is MarkState.ESTIMATE for row in self.rows)
        corrected = any(map(is_corrected, self.rows))
        return (ESTIMATE_MARK,) * estimated + (CORRECTED_MARK,) * corrected

    @property
    def share(self) -> str:
        """Its share with its bound; empty where there is none."""
        return self._bounded("at most")

    def _bounded(self, at_most: str) -> str:
        share, bound = self.line["share"], bool(self.line["share_is_upper_bound"])
        whole = bool(pd.notna(share) and round(share, 9) == 1 and self.line["positive"] > 1)
        if whole:
            return f"{at_most} {ALMOST_ALL}" if bound else ALMOST_ALL
        return bounded_share(share, bound, self.share_digits, at_most)

    @property
    def share_digits(self) -> int:
        """How many digits its share carries."""
        return digits_of(self.line["value"], self.line["denominator"])

    @property
    def share_in_cell(self) -> str:
        """The same for a narrow cell; it says where the share is of the rows alone."""
        of_rows = f" {OF_ROWS_MARK.sign}" if self.share and self._of_rows else ""
        return f"{self._bounded(BOUND_MARK.sign)}{of_rows}"

    @property
    def share_marks(self) -> tuple[Mark, ...]:
        """The signs that `share_in_cell` has; none where there is no share."""
        if not self.share:
            return ()
        bound = bool(self.line["share_is_upper_bound"] and self.line["share"])
        return (BOUND_MARK,) * bound + (OF_ROWS_MARK,) * self._of_rows

    def in_cell(self, about: str) -> Cell:
        """Its share, or its amount where there is none; all of it after what the cell is about."""
        told = ", ".join(filter(None, (self.amount, self.ranked, self.share_told)))
        if not self.share:
            return Cell(self.amount, None, self.id, f"{about}: {told}", self.amount_marks)
        return Cell(self.share_in_cell, self.line["share"], self.id, f"{about}: {told}", self.share_marks)

    @property
    def share_told(self) -> str:
        """The same in a sentence: "3.2 % of the world"; empty where there is none."""
        whole = "the rows, for no world total is printed" if self._of_rows else "the world"
        return f"{self.share} of {whole}" if self.share else ""

    @property
    def _of_rows(self) -> bool:
        return bool(self.line["denominator_is"] == Total.SUM)

    @property
    def rank(self) -> str:
        """As "=3rd", where = says that it is tied; empty without a rank, as one with zero is."""
        if pd.isna(self.line["rank"]) or self.line["value"] == 0:
            return ""
        return f"{TIED.sign if self.line['tied'] else ''}{display(self.line['rank'], 'rank')}"

    @property
    def ranked(self) -> str:
        """The rank in a sentence: "tied 3rd of 12", "not ranked"."""
        if not self.rank:
            return "not ranked"
        tied = "tied " if self.line["tied"] else ""
        return f"{tied}{display(self.line['rank'], 'rank')} of {self.line['of']}"

    @property
    def id(self) -> str:
        """The id of its first row."""
        return row_id(self.rows[0])


@kept_with_data(16)
def standings_at(place: str, data: Snapshot) -> tuple[CountryLine, ...]:
    """All series of all editions in which a country has a line."""
    rows, lines = (table[table["place"] == place] for table in standings_of(data))
    return lines_with_rows(lines, rows)


_OF_ROW = [*SERIES_KEY, "place", *STATE_COLUMNS, "correction", "file", "row", "column"]


def lines_with_rows(lines: pd.DataFrame, rows: pd.DataFrame) -> tuple[CountryLine, ...]:
    """Lines of the standings, each with its own of the rows."""
    own: dict[tuple[Any, ...], tuple[list[_Line], list[Hashable]]] = {}
    for index, row in zip(rows.index, as_records(rows[[*_OF_ROW]]), strict=True):
        records, places = own.setdefault(_key(row), ([], []))
        records.append(row)
        places.append(index)
    return tuple(CountryLine(line, *own[_key(line)]) for line in as_records(lines))


def _key(line: _Line) -> tuple[Any, ...]:
    return (*(line[name] for name in SERIES_KEY), line["place"])


def rows_of_lines(lines: Iterable[CountryLine], data: Snapshot) -> pd.DataFrame:
    """The observations of lines, in their order."""
    return standings_of(data).rows.loc[[index for one in lines for index in one.stands_at]]


def rank_cells(
    one: CountryLine, every: Sequence[CountryLine], editions: Sequence[EditionId], data: Snapshot
) -> list[Cell]:
    """The rank of a country in the same table of each edition, or why there is none."""
    return [_rank_cell(one, every, edition, data) for edition in editions]


def _rank_cell(one: CountryLine, every: Sequence[CountryLine], edition: EditionId, data: Snapshot) -> Cell:
    dataset, mineral = str(one.line["dataset"]), str(one.line["mineral"])
    alike = measures_alike(dataset, mineral, str(one.line["measure"]))
    same = [
        other
        for other in every
        if (other.line["dataset"], other.line["edition"], other.line["mineral"]) == (*edition, mineral)
        and other.line["measure"] in alike
    ]
    where = data.edition_titles[str(edition)]
    if not same:
        has_table = any((*edition, mineral, measure) in tables_of(data) for measure in alike)
        words, mark = ("no row", NO_LATEST_ROW) if has_table else ("no table", NO_TABLE)
        return Cell(words, None, "", f"{where}: {words}", (mark,), narrow=mark.sign)
    found = min(same, key=lambda other: (other.line["basis"] != one.line["basis"],
                                         other.line["measure"] != one.line["measure"]))  # fmt: skip
    hover = f"{where}: {found.amount} in {found.line['year']}, {found.ranked}"
    if not found.rank:
        return Cell(found.ranked, None, found.id, hover, (NO_RANK,), narrow=NO_RANK.sign)
    return Cell(found.rank, None, found.id, hover, (TIED,) * bool(found.line["tied"]))
