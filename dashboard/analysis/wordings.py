"""Words that narrow figures: what they are without how a number was made, and whether they tell lines apart.

A publisher words one table otherwise each year: iron ore is "usable ore" in one edition and has no such words
in the others. Where every edition prints one row of a thing, one wording beside none says nothing new.
"""

from __future__ import annotations

import re

import pandas as pd

from dashboard.analysis.over_time import LINE
from loaders.vocabulary import Measure

_HOW_MADE = re.compile(r"(?:^|[,:;]\s*)rounded\b")
_NOTHING = ("", "production", *(measure.label.lower() for measure in Measure))


def bare_detail(detail: str) -> str:
    """What narrows a figure, without how it was made and without the name of its measure."""
    bare = _HOW_MADE.sub("", detail).strip(" ,:;")
    return "" if bare.lower() in _NOTHING else bare


def with_bare_details(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows, their details bare."""
    details = {text: bare_detail(text) for text in rows["detail"].unique()}
    return rows.assign(detail=rows["detail"].map(details))


_THING = [name for name in LINE if name != "detail"]
_TABLE = ["dataset", "mineral", "measure", "basis", "unit"]


def with_one_wording(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows with bare details, one detail for what each edition prints in one row a year.

    Only one wording beside none is joined: that of most rows of its table is left away, since it tells none
    from another, one of a few rows ("refined borates") is given to the rows of other editions.
    """
    if not rows["detail"].ne("").any():
        return rows
    thing = rows.groupby(_THING, sort=False, dropna=False).ngroup().rename("thing")
    twice = pd.concat([thing, rows[["year", "edition"]]], axis=1).duplicated(keep=False)
    words = rows["detail"].where(rows["detail"] != "")
    own = words.groupby(thing)
    alone = own.transform("nunique").eq(1) & ~twice.groupby(thing).transform("any")
    joined = alone & words.isna().groupby(thing).transform("any")
    heading = joined & words.notna() & _of_most(rows)
    headings = pd.MultiIndex.from_frame(rows.loc[heading, [*_TABLE, "detail"]].drop_duplicates())
    is_heading = alone & pd.MultiIndex.from_frame(rows[[*_TABLE, "detail"]]).isin(headings)
    given = own.transform("first").where(~is_heading.groupby(thing).transform("any"), "")
    return rows.assign(detail=given.where(joined | is_heading, rows["detail"]))


def _of_most(rows: pd.DataFrame) -> pd.Series:
    """Whether more than half of the rows of a row's table are worded as it is."""
    table = [*_TABLE, "edition"]
    alike = rows.groupby([*table, "detail"], sort=False)["place"].transform("size")
    return 2 * alike > rows.groupby(table, sort=False)["place"].transform("size")
