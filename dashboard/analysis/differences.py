"""What differs between two editions of a dataset, figure by figure, the weightiest first.

Figures are matched by mineral, place, measure, year, words of the row, basis and unit; amounts in the
ground have no year to match, since each edition states them for its own. What finds no match is matched
without the words, then without basis and unit, where only one figure on either side is left.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from loaders.vocabulary import IN_GROUND, Basis, ChangeKind

ROUTINE = (ChangeKind.YEAR_APPEARS, ChangeKind.YEAR_VANISHES, ChangeKind.WORDED_DIFFERENTLY)
"""Kinds that every new edition brings; they stand last."""

_THOUSANDFOLD = 300.0
"""A number so many times larger or smaller than the old one is more likely in another unit than revised."""

SIDE = {
    "value": "", "lower": "_lower", "upper": "_upper", "status": "_status", "year": "_year", "unit": "_unit",
    "basis": "_basis", "class": "_class", "detail": "_detail", "printed_value": "_printed",
    "printed_unit": "_printed_unit", "correction": "_correction", "note": "_note", "file": "_file",
    "row": "_row", "column": "_column",
}  # fmt: skip
"""What each side of a difference has: a column of the observations, and how the name of the side goes on."""

DIFFERENCE_COLUMNS = [
    "kind", "thousandfold", "weight", "ratio", "mineral", "place", "measure",
    *(f"{side}{ending}" for ending in SIDE.values() for side in ("old", "new")),
]  # fmt: skip


def differences(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """One line per figure that differs between two observation tables; columns `DIFFERENCE_COLUMNS`.

    `old` and `new` are the values in their units, NaN where there is none; `ratio` is new over old.
    `weight` is the amount that moved as a part of the largest figure of the same mineral, measure and
    unit. `thousandfold` marks ratios of `_THOUSANDFOLD` and more. Order: thousandfold first, then by
    weight; `ROUTINE` kinds last.
    """
    return differences_of(Codes(old, new))


def differences_of(codes: Codes) -> pd.DataFrame:
    """`differences` of the tables of codes."""
    left, right = _matches(codes)
    kinds = _kinds_of_matches(codes, left, right)
    changed = kinds != ""
    gone, come = _rest(np.arange(codes.cut), left), _rest(np.arange(codes.size - codes.cut), right)
    return _table(
        codes,
        np.concatenate([left[changed], gone, np.full(len(come), -1)]),
        np.concatenate([right[changed], np.full(len(gone), -1), come]),
        np.concatenate([kinds[changed], _gone(codes, gone), _come(codes, come)]),
    )


class Codes:
    """Both tables one below the other, as numbers: equal texts have equal codes. The first `cut` are old."""

    def __init__(self, old: pd.DataFrame, new: pd.DataFrame) -> None:
        self.old, self.new = old, new
        self.cut, self.size = len(old), len(old) + len(new)
        self._known: dict[str, np.ndarray] = {}

    def __getitem__(self, name: str) -> np.ndarray:
        """The codes of a column."""
        if name not in self._known:
            self._known[name] = pd.factorize(self._column(name))[0]
        return self._known[name]

    def number(self, name: str) -> np.ndarray:
        """A column of numbers."""
        return np.concatenate([self.old[name].to_numpy(), self.new[name].to_numpy()])

    def _column(self, name: str) -> np.ndarray | pd.Series:
        """A column of both tables; all years of amounts in the ground are one."""
        if name != "year":
            return pd.concat([self.old[name], self.new[name]], ignore_index=True)
        in_ground = [
            frame["measure"].isin([measure.value for measure in IN_GROUND]) for frame in (self.old, self.new)
        ]
        return np.where(np.concatenate(in_ground), 0, self.number("year"))

    def together(self, names: Sequence[str]) -> np.ndarray:
        """One code for several columns."""
        code = np.zeros(self.size, "int64")
        for name in names:
            code = _combined(code, self[name])
        return code


def _combined(code: np.ndarray, other: np.ndarray) -> np.ndarray:
    """One code for two."""
    width = int(other.max(initial=0)) + 1
    if int(code.max(initial=0)) >= 2**62 // width:
        code = pd.factorize(code)[0]
    both: np.ndarray = code.astype("int64") * width + other
    return both


# Which figures are the same one ------------------------------------------------------------------------

_ROW = ["mineral", "place", "measure", "year"]
_MATCHES = ([*_ROW, "detail", "basis", "unit"], [*_ROW, "basis", "unit"], [*_ROW, "detail"], _ROW)


def _matches(codes: Codes) -> tuple[np.ndarray, np.ndarray]:
    """Row numbers in the old table, and of the same figures in the new one."""
    key = codes.together(_MATCHES[0])
    nth = np.concatenate([_nth(key[: codes.cut], codes.old), _nth(key[codes.cut :], codes.new)])
    old, new = np.arange(codes.cut), np.arange(codes.size - codes.cut)
    found = [_joined(_combined(key, nth), old, new, codes.cut)]
    for names in _MATCHES[1:]:
        old, new = _rest(old, found[-1][0]), _rest(new, found[-1][1])
        if len(old) and len(new):
            key = codes.together(names)
            found.append(_joined(key, _once(old, key[old]), _once(new, key[codes.cut + new]), codes.cut))
    left, right = zip(*found, strict=True)
    return np.concatenate(left), np.concatenate(right)


def _nth(key: np.ndarray, table: pd.DataFrame) -> np.ndarray:
    """Which of several figures with the same key it is: the latest year first, then in the table's order."""
    nth = np.zeros(len(key), "int64")
    several = np.flatnonzero(pd.Series(key).duplicated(keep=False))
    if len(several):
        order = several[np.lexsort((-table["year"].to_numpy()[several], key[several]))]
        nth[order] = pd.Series(key[order]).groupby(key[order], sort=False).cumcount()
    return nth


def _joined(key: np.ndarray, old: np.ndarray, new: np.ndarray, cut: int) -> tuple[np.ndarray, np.ndarray]:
    """The rows of `old` and of `new` with equal keys; each key stands once on either side."""
    at = pd.Index(key[old]).get_indexer(pd.Index(key[cut + new]))
    return old[at[at >= 0]], new[at >= 0]


def _rest(rows: np.ndarray, taken: np.ndarray) -> np.ndarray:
    """The rows that are not taken; both sorted or not."""
    return rows[~np.isin(rows, taken, kind="table")] if len(rows) else rows


def _once(rows: np.ndarray, key: np.ndarray) -> np.ndarray:
    """The rows whose key no other one has."""
    return rows[~pd.Series(key).duplicated(keep=False).to_numpy()]


# What became of them -----------------------------------------------------------------------------------


def _kinds_of_matches(codes: Codes, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """The kind of each pair of rows, "" where nothing differs."""
    right = right + codes.cut

    def moved(name: str) -> np.ndarray:
        found: np.ndarray = codes[name][left] != codes[name][right]
        return found

    none = np.isnan(known_amounts(codes))
    unlike = [_unlike(codes.number(name), left, right) for name in ("value", "lower", "upper")]
    return np.select(
        [
            moved("unit"),
            moved("basis"),
            ~none[left] & none[right],
            none[left] & ~none[right],
            unlike[0] | unlike[1] | unlike[2],
            moved("class") | moved("scheme"),
            moved("status"),
            moved("detail"),
        ],
        [
            *("unit changed", "basis changed", "number lost", "number gained", "revised"),
            *("class changed", "status changed", "worded differently"),
        ],
        "",
    )


def _unlike(number: np.ndarray, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Whether two numbers differ by more than what a change of unit does to the last digit."""
    old, new = number[left], number[right]
    near = np.abs(new - old) <= 1e-9 * np.maximum(np.abs(old), np.abs(new))
    alike: np.ndarray = near | (np.isnan(old) & np.isnan(new))
    return ~alike


def known_amounts(codes: Codes) -> np.ndarray:
    """The amount that is known of each figure: its value, else its lower bound, else its upper one."""
    known = codes.number("value")
    for name in ("lower", "upper"):
        known = np.where(np.isnan(known), codes.number(name), known)
    return known


def _gone(codes: Codes, rows: np.ndarray) -> np.ndarray:
    """The kinds of the old rows without a match."""
    return _kinds_of_rest(codes, rows, np.arange(codes.cut, codes.size), "removed", "vanishes")


def _come(codes: Codes, rows: np.ndarray) -> np.ndarray:
    """The kinds of the new rows without a match."""
    return _kinds_of_rest(codes, rows + codes.cut, np.arange(codes.cut), "added", "appears")


def _kinds_of_rest(codes: Codes, rows: np.ndarray, others: np.ndarray, plain: str, verb: str) -> np.ndarray:
    """The kind of each row without a match, by what the other table, whose rows are `others`, lacks."""
    scopes = {
        f"mineral {verb}": ["mineral"],
        f"measure {verb}": ["mineral", "measure"],
        f"place {verb}": ["mineral", "measure", "place"],
        f"year {verb}": ["mineral", "measure", "year"],
    }
    keys = [codes.together(names) for names in scopes.values()]
    lacking = [~np.isin(key[rows], pd.unique(key[others])) for key in keys]
    return np.select(lacking, list(scopes), plain)


# The table of differences ------------------------------------------------------------------------------


def _table(codes: Codes, left: np.ndarray, right: np.ndarray, kinds: np.ndarray) -> pd.DataFrame:
    """The differences in order; a row number of -1 stands for no figure on that side."""
    facts = _facts(codes, left, right, kinds)
    facts["routine"] = np.isin(kinds, ROUTINE)
    order = facts.sort_values(
        ["routine", "thousandfold", "weight"], ascending=[True, False, False], kind="stable"
    ).index.to_numpy()
    old = _side(codes.old, left[order], "old")
    new = _side(codes.new, right[order], "new")
    shared = {
        name: old[name].where(pd.Series(left[order] >= 0), new[name])
        for name in ("mineral", "place", "measure")
    }
    table = pd.concat(
        [facts.loc[order].reset_index(drop=True), pd.DataFrame(shared), old, new], axis="columns"
    )
    return table.loc[:, ~table.columns.duplicated()][DIFFERENCE_COLUMNS]


def _side(table: pd.DataFrame, rows: np.ndarray, side: str) -> pd.DataFrame:
    """The figures of one side; empty texts and missing numbers where there is none."""
    names = ["mineral", "place", "measure", *SIDE]
    found = table[names].reset_index(drop=True).reindex(rows).reset_index(drop=True)
    texts = [name for name in names if isinstance(table[name].dtype, pd.StringDtype)]
    found[texts] = found[texts].fillna("")
    found = found.astype({"year": "Int64", "row": "Int64"})
    return found.rename(columns={name: f"{side}{ending}" for name, ending in SIDE.items()})


def _facts(codes: Codes, left: np.ndarray, right: np.ndarray, kinds: np.ndarray) -> pd.DataFrame:
    known = known_amounts(codes)
    group = pd.factorize(codes.together(["mineral", "measure", "unit"]))[0]
    largest = pd.Series(known).groupby(group).max().to_numpy()[group]
    part = np.divide(known, largest, out=np.zeros(codes.size), where=largest > 0)
    part = np.append(np.nan_to_num(part), 0.0)  # -1 is nothing
    known = np.append(known, np.nan)
    value = np.append(codes.number("value"), np.nan)
    right = np.where(right < 0, -1, right + codes.cut)
    alike = (kinds != "unit changed") & ~(
        (kinds == "basis changed") & _stated(codes, left) & _stated(codes, right)
    )
    ratio = _ratio(value[left], value[right], alike)
    times = np.abs(np.log10(_ratio(known[left], known[right], alike)))
    moved = np.where(alike, np.abs(part[right] - part[left]), np.maximum(part[left], part[right]))
    return pd.DataFrame(
        {
            "kind": kinds,
            "thousandfold": times >= np.log10(_THOUSANDFOLD),
            "weight": moved,
            "ratio": ratio,
        }
    )


def _stated(codes: Codes, rows: np.ndarray) -> np.ndarray:
    """Whether the row says what its tonnes are of; where one edition does not, numbers are compared."""
    both = pd.concat([codes.old["basis"], codes.new["basis"]], ignore_index=True)
    stated: np.ndarray = np.append((both != Basis.UNDEFINED.value).to_numpy(), False)[rows]
    return stated


def _ratio(old: np.ndarray, new: np.ndarray, alike: np.ndarray) -> np.ndarray:
    """New over old, NaN where either is not above zero or they are not alike."""
    times = np.full(len(old), np.nan)
    np.divide(new, old, out=times, where=alike & (old > 0) & (new > 0))
    return times
