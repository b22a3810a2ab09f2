"""What a mapping says and the spreadsheet does not bear out: refused or pointed out, never passed over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pandas as pd

from loaders.columns import distinct
from loaders.files.table import RawTable
from loaders.knowledge import rules
from loaders.names import KNOWN, known_mineral, known_place, place_name
from loaders.report import Problem
from loaders.spreadsheets.conventions import usual_decimal
from loaders.spreadsheets.flags import year_and_mark
from loaders.spreadsheets.headers import (
    factor_of,
    measure_of,
    named_beside,
    named_whole,
    names_subdivisions,
    not_an_amount,
)
from loaders.spreadsheets.heads import SAMPLE
from loaders.spreadsheets.mapping import Mapping
from loaders.spreadsheets.rows import headings, is_region
from loaders.spreadsheets.signs import signs
from loaders.spreadsheets.years import YEAR, is_fiscal, spans
from loaders.units import basis_in_words
from loaders.values import clean
from loaders.vocabulary import OF_ITS_OWN_WHOLE, OF_ONE_COUNTRY, Measure, Severity, Status


def contradiction(mapping: Mapping, raw: RawTable) -> str | None:
    """What speaks against the mapping in the cells of a table that has its columns; None for nothing."""
    found = (*_against_columns(mapping, raw), *_parts_of_a_country(mapping, raw), *_headings(mapping, raw))
    found = (*found, *_later_years(mapping, raw), *_glued_marks(mapping, raw), *_other_units(mapping, raw))
    return next(iter(found), None)


def texts_of(column: pd.Series) -> list[str]:
    """The different texts among the first rows of a column, in the order in which they first stand there."""
    return list(dict.fromkeys(clean(text) for text in distinct(column.head(SAMPLE))[1] if text.strip()))


def _against_columns(mapping: Mapping, raw: RawTable) -> Iterator[str]:
    """A unit, year or other word for all rows of a column that a mapped column says otherwise."""
    said = [(column.header, column.says) for column in mapping.values]
    constants = mapping.constants | mapping.sheets.get(raw.sheet, {})
    said.append(("", {name: text for name, text in constants.items() if name not in ("dataset", "edition")}))
    for header, says in said:
        for name in says.keys() & mapping.columns.keys():
            other = other_text(name, says[name], raw.frame[mapping.columns[name]], mapping)
            if other:
                told = f"'{header}' says" if header else "for all rows the mapping says"
                yield (
                    f"{told} {name} {says[name]}, the column {mapping.columns[name]} says {other}: "
                    "take one of the two out of the mapping"
                )


def other_text(name: str, said: str, column: pd.Series, mapping: Mapping) -> str | None:
    """A text of a column that means something else than what is said; None if there is none."""
    aliases = mapping.aliases(name)
    meant = meaning(name, aliases.get(said, said))
    return next((text for text in texts_of(column) if meaning(name, aliases.get(text, text)) != meant), None)


def meaning(name: str, text: str) -> object:
    """What a text of one of our columns means, so that two spellings can be compared; itself if not known."""
    if name == "unit":
        return factor_of(text) or text
    if name == "measure":
        return measure_of(text) or text
    if name == "basis":
        return basis_in_words(text) or text
    if name == "mineral":
        return known_mineral(text, "any") or text
    if name == "place":
        return known_place(text, "any").place or text
    return text


# Places ---------------------------------------------------------------------------------------------------


_CODE = re.compile(r"[A-Z]{2,3}")


def are_subdivisions(header: str, texts: Iterable[str], is_country: bool = False) -> str | None:
    """Why short codes in a column are those of parts of a country, or may be; None if they are not.

    `is_country` says that the header is a word for countries; SA is then Saudi Arabia, not South Australia.
    """
    codes = [text for text in texts if _CODE.fullmatch(text)]
    others = len(list(texts)) - len(codes)
    if not codes or others > len(codes):
        return None
    if names_subdivisions(header):
        return f"the column {header} holds codes such as {codes[0]}: parts of one country, not countries"
    if is_country:
        return None
    for rule in rules("subdivisions"):
        if set(codes) <= set(rule["codes"].split()):
            return f"the column {header} holds codes such as {codes[0]}, as parts of {rule['country']} have"
    return None


def codes_of_parts(mapping: Mapping, raw: RawTable) -> list[str]:
    """The codes of parts of one country, such as AZ in a column State, of which nothing is said yet."""
    header = mapping.columns.get("place", "")
    said = {*mapping.aliases("place"), *mapping.leave_out}
    texts = [text for text in texts_of(raw.frame[header]) if text not in said] if header else []
    parts = names_subdivisions(header) and are_subdivisions(header, texts)
    return [text for text in texts if _CODE.fullmatch(text)] if parts else []


def _parts_of_a_country(mapping: Mapping, raw: RawTable) -> Iterator[str]:
    header = mapping.columns.get("place", "")
    for code in codes_of_parts(mapping, raw)[:1]:
        yield (
            f"the column {header} holds codes such as {code}: parts of one country, not countries; say under "
            "[places] what each is, if they are countries, or name their rows under leave_out"
        )


_WITH_UNIT = re.compile(r"(.*\S)\s*[(（\[]([^()（）\[\]]{2,})[)）\]]")
"""A name with a unit behind it: 'World (thousand t)'; one letter alone is that of a footnote."""


def places_with_units(mapping: Mapping, raw: RawTable) -> dict[str, str]:
    """The names of places behind which a unit stands that is not that of all rows, and the unit."""
    header = mapping.columns.get("place", "")
    texts = texts_of(raw.frame[header]) if header else []
    found = {
        text: match[2] for text in texts if (match := _WITH_UNIT.fullmatch(text)) and factor_of(match[2])
    }
    says = [
        mapping.constants | mapping.sheets.get(raw.sheet, {}),
        *(column.says for column in mapping.values),
    ]
    stated = {factor_of(said["unit"]) for said in says if "unit" in said}
    return {text: unit for text, unit in found.items() if stated != {factor_of(unit)}}


def _other_units(mapping: Mapping, raw: RawTable) -> Iterator[str]:
    for text, unit in places_with_units(mapping, raw).items():
        if text not in mapping.leave_out:
            yield f"the row '{text}' is in {unit}, not in the unit of the others: name it under leave_out"


def names_or_marks(mapping: Mapping, raw: RawTable) -> list[str]:
    """Names such as Finlande, of which nothing tells whether they are French or carry an estimate's mark."""
    header = mapping.columns.get("place", "")
    if not header or re.search(r"\bpays\b", header, re.I):
        return []
    texts = texts_of(raw.frame[header])
    if any(_FRENCH.fullmatch(text) for text in texts):
        return []
    return [text for text in texts if text not in mapping.aliases("place") and _without_glued_mark(text)]


_FRENCH = re.compile(
    r"chine|br[ée]sil|allemagne|[ée]tats[- ]unis|russie|inde|australie|afrique du sud|su[èe]de|espagne|"
    r"p[ée]rou|monde|maroc|turquie|indon[ée]sie|norv[èe]ge|argentine|mexique|japon|pologne",
    re.I,
)
"""Names that are French alone: where one stands, others are French, too."""


def _without_glued_mark(text: str) -> str:
    """Finland for Finlande: a name that is one of the same place without its letter e; "" for others."""
    one, other = known_place(text, "any"), known_place(text.removesuffix("e"), "any")
    both = text.endswith("e") and one.rule == other.rule == KNOWN and one.place == other.place
    name = place_name(one.place) if both else ""
    return "" if name.casefold() == text.casefold() else name  # Suriname is English, Surinam is not


def _glued_marks(mapping: Mapping, raw: RawTable) -> Iterator[str]:
    for text in names_or_marks(mapping, raw)[:1]:
        name = _without_glued_mark(text)
        yield (
            f"'{text}' is {name} in French, or {name} with the mark of an estimate: say under [places] "
            f'"{text}" = "{name}" for the name, "{name} (e)" for the estimate'
        )


# Headings and years -----------------------------------------------------------------------------------


def _headings(mapping: Mapping, raw: RawTable) -> Iterator[str]:
    """Lines between the rows that say something of the rows below, of which the mapping knows nothing."""
    if "none" in mapping.sections or not mapping.values:
        return
    constants = mapping.constants | mapping.sheets.get(raw.sheet, {})
    for line in headings(mapping, raw):
        for name, text in line.says.items():
            same = meaning(name, constants.get(name, "")) == meaning(name, text)
            if (
                name not in mapping.sections
                and not same
                and name not in mapping.columns
                and not is_region(line.text)
            ):
                yield (
                    f"the line '{line.text}' between the rows says {name} {text}: "
                    f'say sections = ["{name}"], or ["none"] if it is a title'
                )


def year_of_edition(edition: str) -> int | None:
    """The year with which the name of an edition begins, if it does."""
    found = YEAR.match(edition.strip())
    return int(found[0]) if found else None


def later_years(mapping: Mapping, raw: RawTable) -> list[int]:
    """The years of the figures that are after the edition, and that nothing says to be forecasts."""
    edition = year_of_edition(mapping.constants.get("edition", ""))
    if edition is None or mapping.actual_until or "status" in mapping.columns:
        return []
    constants = mapping.constants | mapping.sheets.get(raw.sheet, {})
    texts = [
        column.says.get("year", constants.get("year", ""))
        for column in mapping.values
        if column.says.get("status") != Status.FORECAST.value
    ]
    if "year" in mapping.columns and texts:
        aliases = mapping.aliases("year")
        marked = [year_and_mark(text) for text in distinct(raw.frame[mapping.columns["year"]])[1]]
        texts = [aliases.get(text, text) for text, says in marked if says != Status.FORECAST.value]
    years = {int(text) for text in texts if YEAR.fullmatch(text.strip())}
    return sorted(year for year in years if year > edition)


def _later_years(mapping: Mapping, raw: RawTable) -> Iterator[str]:
    years = later_years(mapping, raw)
    if years:
        yield (
            f"the year {years[0]} is after the edition {mapping.constants['edition']}: say actual_until = "
            "the last year of actual figures; later ones are forecasts"
        )


# Doubts ---------------------------------------------------------------------------------------------------


def doubts_of(mapping: Mapping, raw: RawTable) -> list[Problem]:
    """Warnings of what was read as the mapping says, and looks like something else."""
    return [
        *_doubt_of_signs(mapping, raw),
        *_doubts_of_amounts(mapping, raw),
        *_doubts_of_spans(mapping, raw),
        *_doubt_of_mineral(mapping, raw),
        *_doubts_of_what_is_hidden(raw),
    ]


def _doubts_of_what_is_hidden(raw: RawTable) -> Iterator[Problem]:
    for message in (*raw.unseen, raw.divided):
        if message:
            yield Problem(
                severity=Severity.WARNING,
                rule="not as the workbook shows it",
                message=f"{message} What the cells hold was read.",
                remedy="Look whether that is meant.",
                file=raw.name,
            )


def texts_of_numbers(mapping: Mapping, raw: RawTable) -> list[str]:
    """The different texts in columns of numbers, among the first rows; cells that hold a number are none."""
    found: list[str] = []
    for column in mapping.values:
        cells = raw.frame[column.header].head(SAMPLE)
        if raw.numbers is not None:
            cells = cells.mask(raw.numbers[column.header].head(SAMPLE), "")
        found += texts_of(cells)
    return list(dict.fromkeys(found))


def _doubt_of_signs(mapping: Mapping, raw: RawTable) -> Iterator[Problem]:
    texts = texts_of_numbers(mapping, raw)
    found = signs(texts, usual_decimal(raw))
    if not found.either or (found.decimal == mapping.decimal and not found.question):
        return
    sign = next((character for character in found.either if character in ".,"), "")
    meant = "decimals" if sign == mapping.decimal else "thousands"
    yield Problem(
        severity=Severity.WARNING,
        rule="number that can be read in two ways",
        message=f"'{found.either}' was read with '{sign}' before {meant}, as the mapping says.",
        remedy="Look at the publisher's table whether that is so.",
        file=raw.name,
        printed=found.either,
    )


_OTHERWISE = {
    "a share": OF_ITS_OWN_WHOLE,
    "money": (Measure.PRICE,),
    "another measure": (Measure.IMPORTS, Measure.EXPORTS, Measure.PRICE, *OF_ONE_COUNTRY),
}
"""What is no amount of what is in the ground or made, and the measures that it may be of."""


def _doubts_of_amounts(mapping: Mapping, raw: RawTable) -> Iterator[Problem]:
    """A rank, share or change that is read as an amount."""
    for column in mapping.values:
        kind = not_an_amount(column.header)
        said = column.says.get("measure", mapping.constants.get("measure", ""))
        if (
            kind
            and said not in _OTHERWISE.get(kind, ())
            and len(mapping.values) > 1
            and not spans(column.header)
        ):
            yield Problem(
                severity=Severity.WARNING,
                rule="no amount",
                message=f"the header says {kind}, and the numbers are read as amounts.",
                remedy="Take the column out of the mapping if it holds no amounts.",
                file=raw.name,
                column=column.header,
            )


def _doubts_of_spans(mapping: Mapping, raw: RawTable) -> Iterator[Problem]:
    """A fiscal year, or a span of several years, whose figures are filed under one year."""
    constants = mapping.constants | mapping.sheets.get(raw.sheet, {})
    for column in mapping.values:
        year = column.says.get("year", constants.get("year", ""))
        for span in spans(column.header)[:1] if year else ():
            what = "a fiscal year" if is_fiscal(span) else "a span of years"
            yield Problem(
                severity=Severity.WARNING,
                rule="span of years",
                message=f"the header is {what}; its figures are filed under {year}, as the mapping says.",
                remedy="Look whether that is the year they count for.",
                file=raw.name,
                column=column.header,
            )


def _doubt_of_mineral(mapping: Mapping, raw: RawTable) -> Iterator[Problem]:
    """A mineral for all rows that the title names only as counted too, or as left out."""
    mineral = (mapping.constants | mapping.sheets.get(raw.sheet, {})).get("mineral", "")
    if not mineral or "mineral" in mapping.columns or "mineral" in mapping.sections:
        return
    titles = [*raw.above, raw.sheet]
    if all(meaning("mineral", mineral) != name for name in map(named_whole, titles) if name):
        beside = next((title for title in titles if named_beside(title) == meaning("mineral", mineral)), None)
        if beside:
            yield Problem(
                severity=Severity.WARNING,
                rule="mineral counted beside others",
                message=f"all rows are read as {mineral}, which the title '{clean(beside)}' only says is "
                "counted too, or not.",
                remedy="Say in the mapping under [constants] which mineral the table is of, or leave it out.",
                file=raw.name,
                printed=clean(beside),
            )
