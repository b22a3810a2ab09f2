"""Laws: of a spreadsheet made from known figures each is read as it was put in, or something is asked."""

from __future__ import annotations

from typing import NamedTuple

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loaders.files.table import InputFile
from tests.loaders.spreadsheets.sheets import Outcome, book, read

pytestmark = pytest.mark.slow

PLACES = {"Chile": "CHL", "China": "CHN", "Russia": "RUS", "Kazakhstan": "KAZ", "Cuba": "CUB", "Peru": "PER"}
MINERALS = {"Cobalt": "cobalt", "Lithium": "lithium", "Nickel": "nickel", "Copper": "copper"}
MEASURES = {
    "Mine production": "mine_production",
    "Refinery production": "refinery_production",
    "Reserves": "reserves",
}
UNITS = {"t": 1, "kg": 0.001, "kt": 1000}
WORDS = {
    "English": ("Country", "Mineral", "Year", "Unit"),
    "Russian": ("Страна", "Полезное ископаемое", "Год", "Единица"),
    "German": ("Land", "Rohstoff", "Jahr", "Einheit"),
    "Chinese": ("国家", "矿种", "年份", "单位"),
    "Spanish": ("País", "Sustancia", "Año", "Unidad"),
    "Portuguese": ("Pais", "Substancia", "Ano", "Unidade"),
    "Turkish": ("Ülke", "Maden", "Yıl", "Birim"),
    "Indonesian": ("Negara", "Komoditas", "Tahun", "Satuan"),
}
NAMES = {
    "Russian": {"Chile": "Чили", "China": "Китай", "Russia": "Россия", "Cobalt": "Кобальт", "Copper": "Медь"},
    "German": {"Russia": "Russland", "Kazakhstan": "Kasachstan", "Cobalt": "Kobalt", "Copper": "Kupfer"},
    "Spanish": {"Russia": "Rusia", "Kazakhstan": "Kazajistán", "Peru": "Perú", "Nickel": "Níquel"},
    "Portuguese": {"China": "China", "Russia": "Rússia", "Cobalt": "Cobalto", "Lithium": "Lítio"},
    "Turkish": {"Chile": "Şili", "China": "Çin", "Cuba": "Küba", "Lithium": "Lityum", "Copper": "Bakır"},
    "Indonesian": {"China": "Tiongkok", "Russia": "Rusia", "Nickel": "Nikel", "Copper": "Tembaga"},
}
"""What places and minerals are called in a language, where that is another word."""


class Style(NamedTuple):
    """How a file writes its numbers and words."""

    language: str
    decimal: str
    thousands: str
    delimiter: str
    title: bool
    footnote: bool
    note_below: bool
    flags: bool
    shares: bool


_STYLE = st.builds(
    Style,
    language=st.sampled_from(list(WORDS)),
    decimal=st.sampled_from([".", ","]),
    thousands=st.sampled_from(["", " ", "other"]),
    delimiter=st.sampled_from([";", "\t", "|"]),
    title=st.booleans(),
    footnote=st.booleans(),
    note_below=st.booleans(),
    flags=st.booleans(),
    shares=st.booleans(),
)
_AMOUNT = st.one_of(
    st.integers(1, 5_000_000),
    st.integers(1, 9_999_999).map(lambda n: n / 1000),
    st.integers(1, 9_999).map(lambda n: n / 10),
)
_ROWS = st.lists(
    st.tuples(st.sampled_from(list(PLACES)), st.sampled_from(list(MINERALS))),
    min_size=2,
    max_size=6,
    unique=True,
)


def _printed(number: float, style: Style) -> str:
    separator = {"other": "," if style.decimal == "." else "."}.get(style.thousands, style.thousands)
    text = f"{number:,.3f}".rstrip("0").rstrip(".") if number % 1 else f"{number:,.0f}"
    return text.replace(",", "\0").replace(".", style.decimal).replace("\0", separator)


def _is_right_or_asked(
    outcome: Outcome,
    put_in: dict[tuple[str, str, str, int], float],
    statuses: dict[tuple[str, str, str, int], str] | None = None,
) -> None:
    """Every figure that is read is one that was put in; what is not read is asked or reported."""
    for key, (value, status) in outcome.figures.items():
        assert status == (statuses or {}).get(key, "A"), (key, outcome.mapping)
        assert key in put_in, (key, outcome.asked)
        assert value is not None
        assert abs(value - put_in[key]) <= 1e-9 * abs(put_in[key]), (key, value, put_in[key], outcome.asked)
    if outcome.figures.keys() != put_in.keys():
        assert outcome.asked, (outcome.mapping, put_in)


_SLOW = settings(suppress_health_check=list(HealthCheck))


@_SLOW
@given(rows=_ROWS, style=_STYLE, unit=st.sampled_from(list(UNITS)), data=st.data())
def test_a_text_with_years_across(rows, style, unit, data):
    years = [2021, 2022, 2023]
    place, mineral, _, unit_word = WORDS[style.language]
    header = [place, mineral, unit_word]
    for year in years:
        header += [str(year), *(["Flag"] if style.flags else []), *(["Share %"] if style.shares else [])]
    lines, put_in, statuses = [], {}, {}
    names = NAMES.get(style.language, {})
    for where, what in rows:
        line = [names.get(where, where), names.get(what, what), unit]
        for year in years:
            number = data.draw(_AMOUNT)
            put_in[MINERALS[what], PLACES[where], "reserves", year] = number * UNITS[unit]
            printed = _printed(number, style)
            line.append(printed)
            if style.flags:
                flag = data.draw(st.sampled_from(["", "e", "p"]))
                line.append(flag)
                statuses[MINERALS[what], PLACES[where], "reserves", year] = "E" if flag == "e" else "A"
            line += ["12"] if style.shares else []
        lines.append(line)
    if style.footnote:
        lines[0][3] += "5"
        del put_in[MINERALS[rows[0][1]], PLACES[rows[0][0]], "reserves", years[0]]
    titles = [["Some statistics of 2024"], [""]] if style.title else []
    below = [[""], ["Source: a ministry, 2024"]] if style.note_below else []
    text = "\n".join(style.delimiter.join(line) for line in [*titles, header, *lines, *below])
    outcome = read(InputFile("theirs.csv", text.encode()), measure="reserves")
    if style.footnote:  # a digit glued to a number cannot always be seen; the others are right
        glued = MINERALS[rows[0][1]], PLACES[rows[0][0]], "reserves", years[0]
        outcome.figures.pop(glued, None)
    _is_right_or_asked(outcome, put_in, statuses)


@_SLOW
@given(
    minerals=st.lists(st.sampled_from(list(MINERALS)), min_size=1, max_size=3, unique=True),
    measures=st.lists(st.sampled_from(list(MEASURES)), min_size=1, max_size=2, unique=True),
    places=st.lists(st.sampled_from(list(PLACES)), min_size=2, max_size=4, unique=True),
    years=st.lists(st.integers(2015, 2023), min_size=1, max_size=3, unique=True),
    unit=st.sampled_from(list(UNITS)),
    layout=st.sampled_from(["sections", "panels", "sheets", "blocks"]),
    merged=st.booleans(),
    notes=st.booleans(),
    nowhere=st.booleans(),
    data=st.data(),
)
def test_a_workbook_of_several_minerals(
    minerals, measures, places, years, unit, layout, merged, notes, nowhere, data
):
    put_in = {
        (MINERALS[mineral], PLACES[place], MEASURES[measure], year): data.draw(_AMOUNT)
        for mineral in minerals
        for measure in measures
        for place in places
        for year in years
    }

    def table(mineral: str, key: str) -> list[list[object]]:
        above = [
            None,
            *(
                measure if not number or not merged else None
                for measure in measures
                for number, _ in enumerate(years)
            ),
        ]
        body = [
            [
                place,
                *(put_in[MINERALS[mineral], PLACES[place], MEASURES[m], y] for m in measures for y in years),
            ]
            for place in places
        ]
        return [above, [key, *(year for _ in measures for year in years)], *body]

    rows: list[list[object]] = [[f"All figures in {unit} ({unit})"]]
    ranges: list[str] = []
    sheets: dict[str, list[list[object]]] = {}
    if layout == "sections":
        first = table(minerals[0], "Country")
        rows += first[:2]
        for mineral in minerals:
            rows += [[mineral], *table(mineral, "Country")[2:]]
    elif layout == "blocks":
        for mineral in minerals:
            rows += [[], [mineral], *table(mineral, "Country")]
    elif layout == "panels":
        parts = [[[mineral], *table(mineral, "Country")] for mineral in minerals]
        if nowhere:
            _move_to_nowhere(parts[-1][3:], MINERALS[minerals[-1]], put_in)
        width = len(parts[0][2])
        rows += [
            [cell for part in line for cell in [*part, *[None] * (width - len(part)), None]]
            for line in zip(*parts, strict=True)
        ]
    else:
        sheets = {mineral: [*rows, *table(mineral, "Country")] for mineral in minerals}
    if notes:
        rows.append(["Note: figures are rounded"])
    sheets = sheets or {"Data": rows}
    if merged and layout != "panels":
        ranges = _merges(sheets, measures, len(years))
    outcome = read(book(sheets, *ranges))
    _is_right_or_asked(outcome, {key: number * UNITS[unit] for key, number in put_in.items()})


def _move_to_nowhere(
    lines: list[list[object]], mineral: str, put_in: dict[tuple[str, str, str, int], float]
) -> None:
    """Make the places of a panel such that nobody knows; its figures are then none to be read."""
    for line in lines:
        place = PLACES[str(line[0])]
        line[0] = f"{line[0]} of Atlantis"
        for key in [key for key in put_in if key[:2] == (mineral, place)]:
            del put_in[key]


def _merges(sheets: dict[str, list[list[object]]], measures: list[str], width: int) -> list[str]:
    """The ranges of the measures above the years, in the first sheet."""
    found = []
    rows = next(iter(sheets.values()))
    for number, row in enumerate(rows, start=1):
        if len(row) > 1 and row[0] is None and row[1] in MEASURES and width > 1:
            for place in range(len(measures)):
                first, last = 2 + place * width, 1 + (place + 1) * width
                letters = [openpyxl.utils.get_column_letter(column) for column in (first, last)]
                found.append(f"{letters[0]}{number}:{letters[1]}{number}")
    return found


@_SLOW
@given(
    places=st.lists(st.sampled_from(list(PLACES)), min_size=2, max_size=4, unique=True),
    years=st.lists(st.integers(2018, 2023), min_size=2, max_size=4, unique=True),
    unit=st.sampled_from(list(UNITS)),
    data=st.data(),
)
def test_years_down_and_countries_across(places, years, unit, data):
    put_in = {
        ("cobalt", PLACES[place], "mine_production", year): data.draw(_AMOUNT)
        for place in places
        for year in years
    }
    rows: list[list[object]] = [[f"Cobalt mine production, {unit}"], ["Year", *places]]
    rows += [
        [year, *(put_in["cobalt", PLACES[place], "mine_production", year] for place in places)]
        for year in years
    ]
    outcome = read(book({"Data": rows}))
    _is_right_or_asked(outcome, {key: number * UNITS[unit] for key, number in put_in.items()})
