"""What the USGS summaries say of the United States alone: salient statistics, and where imports come from.

Two layouts have them: `us_long` the one table of 2026, `us_chapters` the tables per commodity before it. They
are a dataset of their own, since nothing in them is compared between countries: production of the United
States stands in the tables of countries, too, and is never counted twice.
"""

from __future__ import annotations

import re

import pandas as pd

from loaders.answers.answers import NO_ANSWERS, Answers
from loaders.columns import by_text
from loaders.formats import points
from loaders.formats.observations import Origin, Reading, RowAccount, assemble
from loaders.formats.refusing import RowCheck, by_distinct
from loaders.formats.usgs.common import UNITED_STATES
from loaders.formats.usgs.values import statuses
from loaders.formats.usgs.wording import named_basis, split_minerals
from loaders.knowledge import rules
from loaders.names import read_places
from loaders.units import read_units
from loaders.values import NUMBER_COLUMNS, clean, clean_column, read_signed_values
from loaders.vocabulary import Basis, Measure, Status

COUNTRY = "USA"

_CELL_COLUMNS = (
    "file",
    "row",
    "column",  # the header of the value column, as printed
    "mineral",  # <NA> where the chapter is unknown
    "commodity",  # the chapter as printed
    "measure",
    "detail",
    "words",  # the kind of figure as printed
    "heading",  # the unit line of the chapter, 2026 only
    "partner_name",  # where imports come from as printed, empty elsewhere
    "printed_name",
    "year",
    "unit",  # as it is read
    "printed_unit",
    "printed_value",
    "note",
    "basis",  # where it is known beforehand, otherwise empty
)
"""What a layout says of each cell."""

_HEADERS = {"place": "Country", "mineral": "commodity", "unit": "unit", "year": "Year"}
_YEAR = r"(?:1[5-9]|2[01])[0-9]{2}"


def us_observations(
    cells: pd.DataFrame,
    edition: str,
    account: RowAccount,
    answers: Answers = NO_ANSWERS,
    *,
    notes_apart: bool = False,
) -> Reading:
    """Read the cells of one edition; `cells` has `_CELL_COLUMNS`. `notes_apart` as in `Reading`."""
    origin = Origin(UNITED_STATES, edition, "usgs", _HEADERS, notes_apart=notes_apart, answers=answers)
    cells = cells.assign(unit=_units(cells))
    partner = _partners(cells["partner_name"], answers)
    values = _values(points.as_said(cells, "printed_value", "usgs", answers), cells["measure"])
    estimated = cells["words"].where(cells["measure"].fillna("") == Measure.CONSUMPTION.value, "")
    marked = cells.assign(
        kind=cells["measure"].fillna(""), value=cells["printed_value"], words=estimated, estimated=False
    )
    read = cells.assign(
        **{name: values[name] for name in (*NUMBER_COLUMNS, "known")},
        status=statuses(marked, values, pd.Series(False, index=cells.index)),
        printed_year=cells["year"],
        year=cells["year"].where(cells["year"].str.fullmatch(_YEAR)).astype("Int64"),
        place=COUNTRY,
        partner=partner,
        printed_measure=cells["words"],
        basis=_bases(cells),
    )
    checks = [
        RowCheck("unknown place", partner.isna(), "printed_name", _HEADERS["place"]),
        RowCheck("unknown statistic", cells["measure"].isna(), "words", "Statistics"),
    ]
    return assemble(read.assign(measure=read["measure"].fillna("")), origin, account, checks)


def us_measures(statistic: pd.Series, words: pd.Series) -> pd.Series:
    """The measure of each statistic and its words; <NA> for a statistic that no rule knows."""
    texts = pd.DataFrame({"statistic": clean_column(statistic), "words": clean_column(words)})
    return by_distinct(texts, _measure)


def _measure(statistic: str, words: str) -> str | None:
    return next(
        (
            rule["measure"]
            for rule in rules("usgs_us_measures")
            if rule["statistic"] == statistic and re.search(rule["words"], words, re.I)
        ),
        None,
    )


def split_chapters(cells: pd.DataFrame, minerals: pd.Series) -> pd.Series:
    """The mineral of each cell, where its words name a part of its chapter; as in the tables of countries."""
    kinds = pd.DataFrame(
        {"kind": "", "name": "", "words": cells["words"], "qualifier": "", "note": ""}, index=cells.index
    )
    return split_minerals(kinds, minerals).where(minerals.notna())


_PER = (
    r"(?:dollars|cents) per (?:dry )?"
    r"(?:metric ton unit|metric ton|short ton|ton|kilogram|pound|gram|troy ounce|carat)"
)
_UNIT_WORDS = re.compile(
    rf"(?<![: ])[ ,]*\b(?:{_PER}s?|number|percent|million liters|million dollars)(?=$|[,:\s(])", re.I
)
_PRICE_UNIT = re.compile(rf"\b({_PER})(?=$|[,:\s(])", re.I)
_LOST_HYPHEN = re.compile(r"(?<=\d)\?(?=[a-z])")
"""The file of 2026 has "1?gram ampoules": its encoding lacks the hyphen that does not break a line."""
_LEADING = re.compile(
    r"(?:production|imports|exports|price|stocks|employment|shipments|supply|sales|sold or used"
    r"|net import reliance ?as a percentage)\b[,:]?\s*",
    re.I,
)
_CONSUMPTION = re.compile(r"^consumption\b[,:]?\s*|(?<!\w)(?:apparent|reported)\b[,:]?\s*", re.I)


def us_details(words: pd.Series, measure: pd.Series) -> pd.Series:
    """The words that narrow a figure: without those that its measure and its unit say already."""
    texts = pd.DataFrame({"words": clean_column(words), "measure": measure.fillna("")})
    return by_distinct(texts, _detail)


def _detail(words: str, measure: str) -> str:
    text = _UNIT_WORDS.sub("", _LOST_HYPHEN.sub("-", words))
    if measure.endswith("consumption"):
        text = _CONSUMPTION.sub("", text)
    else:
        lead = _LEADING.match(text)
        text = text[lead.end() :] if lead else text
    return clean(text).strip(" ,:")


def stated_units(words: pd.Series) -> pd.Series:
    """The unit of price that the words state, or an empty text."""
    return words.str.extract(_PRICE_UNIT)[0].fillna("").astype("string").str.lower()


def _partners(names: pd.Series, answers: Answers) -> pd.Series:
    """The codes of the partners; empty where there is none, <NA> for a name that nobody knows."""
    places = read_places(answers.rename("place", names), "usgs")["place"].astype("string")
    return places.mask(clean_column(names) == "", "")


def _values(printed: pd.Series, measure: pd.Series) -> pd.DataFrame:
    """Value, bounds and status in the printed unit; E is a net exporter.

    Shipments from a stockpile that grew are negative.
    """
    text = by_text(clean_column(printed), _in_our_words)
    values = read_signed_values(text, measure.fillna("") == Measure.SHIPMENTS.value)
    values["known"] |= text == ""
    status = values["status"].astype("string").mask(text == "", Status.NOT_AVAILABLE.value)
    exporter = text == "E"
    values["known"] |= exporter
    values["status"] = status.mask(exporter, Status.NET_EXPORTER.value)
    return values


def _in_our_words(text: str) -> str:
    """'Less than one-half unit' and 'Less than 500 carats.' as they are printed elsewhere."""
    if _HALF_UNIT.fullmatch(text):
        return "Less than ½ unit"
    own = _OWN_UNIT.fullmatch(text)
    return f"<{own[1]}" if own else text


def _units(cells: pd.DataFrame) -> pd.Series:
    """The unit of each cell: that of its column, or the one that stands beside the number."""
    own = cells["printed_value"].str.strip().str.extract(_OWN_UNIT)[1].str.lower()
    return cells["unit"].mask(own.notna(), own)


_HALF_UNIT = re.compile(r"less than (?:a|one)[- ]half unit\.?", re.I)
_OWN_UNIT = re.compile(r"less than ([0-9,]+)\s(carats|tons)\.?", re.I)


def _bases(cells: pd.DataFrame) -> pd.Series:
    """What an amount is an amount of: its own words say it, then a note, then the heading of its chapter.

    "Marketable" says less than a heading that counts contents. A price is of what its own words say.
    """
    words, note = clean_column(cells["words"]), clean_column(cells["note"])
    price = cells["measure"].fillna("") == Measure.PRICE.value
    texts = pd.DataFrame(
        {
            "0": words.str.replace("marketable", "", case=False, regex=False),
            "1": note.str.extract(r"(?i)(?:^|-- )(gross weight)\.(?: --|$)")[0].fillna("").mask(price, ""),
            "2": clean_column(cells["heading"]).mask(price, ""),
            "3": words,
        }
    )
    found = named_basis(texts).where(cells["basis"] == "", cells["basis"])
    unit = read_units(cells["unit"], "usgs")["unit"].astype("string").fillna("")
    weighed = price | unit.isin(["t", "ct", "m3", "L"])
    return found.where(weighed, Basis.NOT_APPLICABLE.value)
