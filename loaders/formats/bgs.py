"""BGS World Mineral Statistics: CSV exports of one row per country, form and year, columns in any order.

An export has no edition of its own; the latest year it covers names it. Forms of one mineral (rare-earth
minerals and oxides, spodumene, lithium carbonate) are minerals of their own within it, by the table
`knowledge/bgs_forms.csv`. Production is read; imports and exports are left out and counted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from loaders.answers.answers import NO_ANSWERS, Answers
from loaders.files.table import RawTable
from loaders.formats import points
from loaders.formats.observations import Origin, Reading, RowAccount, assemble
from loaders.formats.refusing import RowCheck, by_distinct, ignored_rows
from loaders.formats.years import newest_year
from loaders.knowledge import rules
from loaders.names import known_place, place_name, places, read_places
from loaders.report import Problem
from loaders.text import count
from loaders.values import clean_column, read_values
from loaders.vocabulary import Basis, Severity, Status

NAME = "BGS World Mineral Statistics, CSV export"
PUBLISHER = "bgs"

REQUIRED_COLUMNS = (
    "country_trans", "country_iso3_code", "bgs_commodity_trans", "bgs_sub_commodity_trans",
    "bgs_statistic_type_trans", "yearbook_table_trans", "year", "quantity", "units", "sdmx_code",
    "data_precision_description", "concat_figure_notes_text", "concat_table_notes_text",
)  # fmt: skip
"""The columns that are read, beside the two-letter code; an export has 28."""


def declines(tables: Sequence[RawTable]) -> str | None:
    """Why these tables are not of this format, or None if they are."""
    for raw in tables:
        missing = [name for name in REQUIRED_COLUMNS if name not in raw.header]
        if missing:
            return (
                f"{raw.file}: the columns {', '.join(missing[:3])}{' ...' * (len(missing) > 3)} are missing"
            )
    if not any((_year(raw.frame["year"]).notna()).any() for raw in tables):
        return f"{tables[0].file}: no year such as 1975-01-01 00:00:00"
    return None


def read(tables: Sequence[RawTable], answers: Answers = NO_ANSWERS) -> Reading:
    """Read the exports, of one commodity each or of several, as one edition."""
    rows = pd.concat([_rows(raw) for raw in tables], ignore_index=True)
    traded = clean_column(rows["bgs_statistic_type_trans"]).str.casefold().isin(_LEFT_OUT)
    cells = _read(rows[~traded].reset_index(drop=True), answers)
    ignored = [
        item
        for (file, kind), part in rows[traded].groupby(["file", "bgs_statistic_type_trans"], sort=False)
        for item in ignored_rows(str(file), part["row"] > 0, f"'{kind}' is no production")
    ]
    return assemble(
        cells,
        Origin(
            "bgs-wms",
            str(newest_year(_year(rows["year"]))),
            PUBLISHER,
            _HEADERS,
            notes_apart=True,
            answers=answers,
        ),
        RowAccount(rows_read=len(rows), ignored=ignored, problems=_unlike_codes(cells)),
        _checks(cells),
    )


_HEADERS = {"place": "country_trans", "mineral": "bgs_commodity_trans", "unit": "units", "year": "year"}


def _read(cells: pd.DataFrame, answers: Answers) -> pd.DataFrame:
    """The cells with what they say in our words."""
    where = _places(cells, answers)
    cells = cells.assign(unit=cells["units"])
    values = _values(cells.assign(quantity=points.as_said(cells, "quantity", PUBLISHER, answers)))
    read = {
        "mineral": _minerals(cells, answers),
        "detail": _details(cells, where["detail"].fillna("")),
        "place": where["place"],
        "contradicted_place": where["contradicted"],
        "measure": _measures(cells),
        "year": _year(cells["year"]),
        "basis": _bases(cells, where["place"]),
        "note": _notes(cells),
        **{str(name): values[name] for name in values},
    }
    printed = {ours: cells[theirs] for ours, theirs in _PRINTED.items()}
    return cells.assign(**printed, **read)


_PRINTED = {
    "commodity": "bgs_commodity_trans",
    "printed_value": "quantity",
    "printed_unit": "units",
    "printed_name": "country_trans",
    "printed_measure": "yearbook_table_trans",
    "printed_year": "year",
}


def _checks(cells: pd.DataFrame) -> list[RowCheck]:
    """What may be wrong with a row of BGS alone."""
    kind = clean_column(cells["bgs_statistic_type_trans"]).str.casefold()
    return [
        RowCheck("unknown statistic", kind != "production", *["bgs_statistic_type_trans"] * 2),
        RowCheck("contradicted place", cells["contradicted_place"], *["country_trans"] * 2),
        RowCheck("contradicted value", cells["contradicted"], "quantity", "quantity"),
        RowCheck("unknown status", ~cells["status"].isin(list(Status)), "sdmx_code", "sdmx_code"),
    ]


_LEFT_OUT = ("imports", "exports")
"""The types of statistics that are knowingly not read."""


def _rows(raw: RawTable) -> pd.DataFrame:
    columns = [*REQUIRED_COLUMNS, _CODES[0]]
    return raw.frame.reindex(columns=columns, fill_value="").assign(
        file=raw.name, row=raw.frame.index, column="quantity"
    )


def _year(column: pd.Series) -> pd.Series:
    """The year of '1975-01-01 00:00:00' or '1975-01-01'."""
    year = column.str.extract(r"^\s*(\d{4})(?:-01-01(?:[ T]00:00:00Z?)?)?\s*$")[0]
    return year.astype("Int64")


def _places(cells: pd.DataFrame, answers: Answers) -> pd.DataFrame:
    """The place that name and ISO codes agree on: columns `place`, `detail`, `contradicted`.

    The name decides, and the codes where no table knows the name; a code may be wrong (COD beside Congo and
    CG), withdrawn (ZR and ZAR of Zaire) or missing (Rhodesia). A name that both codes contradict with one
    voice is `contradicted`, and so are two codes that differ beside a name that is not known, but for states
    of the past, which may stand beside the codes of a successor. Where a steward says which place a name is,
    that holds.
    """
    names = read_places(answers.rename("place", cells["country_trans"]), PUBLISHER)
    two, three = (read_places(cells[name], "code")["place"] for name in _CODES)
    either = two.fillna(three)
    split = two.notna() & three.notna() & (two != three)
    known, past = names["place"].notna(), names["place"].isin(_of_the_past())
    outvoted = known & two.notna() & (two == three) & (names["place"] != two) & ~past
    contradicted = (outvoted | (~known & split)) & ~answers.is_said("place", cells["country_trans"])
    return names.assign(place=names["place"].fillna(either.mask(split)), contradicted=contradicted)


_CODES = ("country_iso2_code", "country_iso3_code")


def _of_the_past() -> list[str]:
    kinds = places()["kind"]
    return [str(code) for code in kinds.index[kinds == "historic"]]


def _unlike_codes(cells: pd.DataFrame) -> list[Problem]:
    """A warning for each name and each of its codes that is the code of another place."""
    return [
        problem
        for column in _CODES
        for problem in _unlike_code(cells.assign(other=read_places(cells[column], "code")["place"]), column)
    ]


def _unlike_code(cells: pd.DataFrame, column: str) -> list[Problem]:
    unlike = cells[(cells["other"] != cells["place"]).fillna(False) & ~cells["place"].isin(_of_the_past())]
    return [
        Problem(
            severity=Severity.WARNING,
            rule="code of another place",
            message=(
                f"'{first['country_trans']}' is read as {place_name(first['place'])}; beside it stands "
                f"{first[column]}, the code of {place_name(first['other'])}, in {count(len(group), 'row')}."
            ),
            remedy="Compare with the publisher's table.",
            file=str(first["file"]),
            row=int(first["row"]),
            column=column,
            printed=str(first[column]),
        )
        for _, group in unlike.groupby(["file", "country_trans", column], sort=False)
        for first in [group.iloc[0]]
    ]


def _minerals(cells: pd.DataFrame, answers: Answers) -> pd.Series:
    """The mineral of 'cobalt, mine', or that of its form where the form is one of its own.

    A stage behind the comma is left off where the whole is not known.
    """
    words = clean_column(cells["bgs_commodity_trans"])
    stem = words.str.replace(rf", (?:{_STAGES})$", "", regex=True)
    whole = answers.read_minerals(words, PUBLISHER).fillna(answers.read_minerals(stem, PUBLISHER))
    forms, notes = (
        clean_column(cells[name]) for name in ("bgs_sub_commodity_trans", "concat_figure_notes_text")
    )
    form = by_distinct(pd.DataFrame({"whole": whole.fillna(""), "form": forms, "note": notes}), _form)
    return form.fillna(whole)


def _form(whole: str, form: str, note: str) -> str | None:
    """The mineral of its own that a form is, or that a note of the figure says it is, if it is one.

    Of no form the row is the sum of several, whatever is noted: Chile's lithium until 2009.
    """
    noted = [clause for clause in note.split("|") if re.fullmatch(r"\w+\.", clause)] if form else []
    own = [rule for rule in rules("bgs_forms") if rule["whole"] == whole]
    named = [rule for rule in own if re.search(rule["words"], form, re.I)]
    named += [
        rule for rule in own for text in noted if rule["noted"] and re.search(rule["words"], text, re.I)
    ]
    return named[0]["mineral"] if named else None


_STAGES = "mine|refined|refinery|smelter|smelter/refinery|primary|slab|finished|crude"


def _values(cells: pd.DataFrame) -> pd.DataFrame:
    """Value, bounds and status in the printed unit. Nil is a zero, blank is 'Figures not available'."""
    values = read_values(cells["quantity"])
    precision = clean_column(cells["data_precision_description"])
    blank = cells["quantity"].str.strip() == ""
    values["known"] |= blank
    values.loc[blank & precision.str.startswith("Nil"), "value"] = 0.0
    blank &= values["value"].isna()
    code = clean_column(cells["sdmx_code"]).replace("", Status.AS_PUBLISHED.value)
    notes = "|" + cells["concat_figure_notes_text"] + "|"
    estimated = notes.str.contains("|Estimates.|", regex=False) & (code == Status.AS_PUBLISHED.value)
    status = code.mask(estimated & (values["value"] != 0), Status.ESTIMATED.value)
    values["status"] = status.mask(blank & (code == Status.AS_PUBLISHED.value), Status.NOT_AVAILABLE.value)
    none = values["status"].isin(_NO_NUMBER) | (precision == "Figures not available")
    values.loc[none & values["value"].eq(0), "value"] = float("nan")
    values["contradicted"] = none & values["value"].notna()
    values.loc[none & (values["status"] == Status.AS_PUBLISHED.value), "status"] = Status.NOT_AVAILABLE.value
    small = precision.str.extract(_SMALL)[0].astype("float64")
    few = small.notna() & (values["value"].fillna(0) == 0)
    values.loc[few, "lower"], values.loc[few, "upper"] = 0.0, small[few]
    values.loc[few, ["value"]] = float("nan")
    values.loc[few, "status"] = Status.NOT_SIGNIFICANT.value
    return values


_NO_NUMBER = [
    status.value
    for status in (Status.WITHHELD, Status.NOT_AVAILABLE, Status.NOT_APPLICABLE, Status.INCLUDED_ELSEWHERE)
]
"""With these statuses a 0 is no zero, and another number contradicts its status."""

_SMALL = r"(?i)^Quantity is more than 0 but less than ([0-9]+(?:\.[0-9]+)?)"


def _details(cells: pd.DataFrame, place_detail: pd.Series) -> pd.Series:
    """What narrows the row: the commodity where it names a form, the sub-commodity, words with the place."""
    commodity = clean_column(cells["bgs_commodity_trans"])
    form = commodity.where(commodity.str.contains(_FORM, regex=True), "")
    parts = [form, clean_column(cells["bgs_sub_commodity_trans"]), place_detail]
    return by_distinct(pd.concat(parts, axis="columns", keys=["0", "1", "2"]), _detail)


_FORM = r"(?i)\b(?:minerals|oxides?|ores?|concentrates|metal)\b"


def _detail(commodity: str, form: str, place: str) -> str:
    """The parts, once each: the form 'Lithium minerals (Li content)' names its commodity itself."""
    commodity = "" if form.casefold().startswith(commodity.casefold()) else commodity
    return ", ".join(filter(None, (commodity, form, place)))


def _measures(cells: pd.DataFrame) -> pd.Series:
    texts = pd.DataFrame(
        {
            "table": clean_column(cells["yearbook_table_trans"]),
            "commodity": clean_column(cells["bgs_commodity_trans"]),
        }
    )
    return by_distinct(texts, _measure)


def _measure(table: str, commodity: str) -> str:
    """The first rule that fits the title of the table or the commodity; the last one fits all."""
    return next(
        rule["measure"]
        for rule in rules("bgs_measures")
        if re.search(rule["words"], table, re.I) or re.search(rule["words"], commodity, re.I)
    )


def _bases(cells: pd.DataFrame, place: pd.Series) -> pd.Series:
    """What the tonnes are tonnes of: from the form, the notes of the figure, then those of the table."""
    texts = pd.DataFrame(
        {
            "commodity": clean_column(cells["bgs_commodity_trans"]),
            "form": clean_column(cells["bgs_sub_commodity_trans"]),
            "note": clean_column(cells["concat_figure_notes_text"]),
            "table": clean_column(cells["concat_table_notes_text"]),
            "place": place.fillna(""),
        }
    )
    return by_distinct(texts, _basis)


def _basis(commodity: str, form: str, note: str, table: str, place: str) -> str:
    clauses = table.split("|")
    own = [commodity, form, *note.split("|"), *(c for c in clauses if place not in _excepted(c))]
    found = (rule["basis"] for rule in rules("bgs_bases") for text in own if re.search(rule["words"], text))
    return next(found, Basis.UNDEFINED.value)


_EXCEPTION = re.compile(r"With the exception of the data for (?:the former )?(.+?), figures in this table")


def _excepted(clause: str) -> list[str]:
    """The places for which a note of the table does not hold."""
    match = _EXCEPTION.search(clause)
    names = re.split(r", | and ", match[1]) if match else []
    return [code for name in names if (code := known_place(name, PUBLISHER).place)]


def _notes(cells: pd.DataFrame) -> pd.Series:
    """The notes of the figure as printed, then the status in words, then the notes of the table."""
    texts = cells[["concat_figure_notes_text", "data_precision_description", "concat_table_notes_text"]]
    return by_distinct(texts, _join_bar)


def _join_bar(*parts: str) -> str:
    return "|".join(filter(None, parts))
