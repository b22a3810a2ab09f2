"""A chart as a workbook: its table with a native chart beside it, all of each figure, a sheet about them."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from dashboard.analysis.states import signed_words, whole_labels
from dashboard.charts.chart import Chart, Panel, SideBySide, Stack
from dashboard.charts.view import View
from dashboard.drawing.scales import shared_scales
from dashboard.exports.about import PROGRAM, Fact, about_file
from dashboard.exports.choices import USUAL, Choices
from dashboard.exports.native.lines import NativeLines, line_panels_of, native_panel
from dashboard.exports.office import sheet_text
from dashboard.snapshot import Stamp
from loaders.vocabulary import MarkState

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from dashboard.exports.reader_sheet import ReaderSheet
    from dashboard.exports.table_sheet import TableSheet

NAME = "xlsx"
LABEL = "Excel"
SUFFIX = ".xlsx"
MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_WIDEST = 60
"""Characters of a column; longer texts go on behind the next one."""
_STATEMENT, _STATISTIC, _CONTEXT = "#CC4A12", "#1670AD", "#8B97A4"


def export(view: View, stamp: Stamp, choices: Choices = USUAL) -> bytes:
    """Numbers are numbers, texts are texts and never formulas. Empty for a view without a chart."""
    # Imported where it is used: it takes as long to load as a short command.
    from xlsxwriter import Workbook

    from dashboard.exports.reader_sheet import add_reader_sheet
    from dashboard.exports.table_sheet import add_table_sheet

    if view.chart is None:
        return b""
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "strings_to_numbers": False}  # fmt: skip
    day = date.fromisoformat(choices.made) if choices.made else date.today()
    with Workbook(content, options) as book:
        book.set_properties(
            {
                "title": sheet_text(view.chart.title),
                "subject": sheet_text(view.chart.subtitle),
                "author": PROGRAM,
                "comments": sheet_text(view.chart.source),
                "created": datetime(day.year, day.month, day.day),
            }
        )
        first = add_reader_sheet(book, view.chart, stamp)
        _figures(add_table_sheet(book, "figures"), book, view.chart)
        _about(book, about_file(view, view.chart, stamp, choices, SUFFIX))
        _beside(book, first, view.chart)
    return content.getvalue()


def _figures(sheet: TableSheet, book: Workbook, chart: Chart) -> None:
    head = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
    longest = sheet.write_below(chart.table, book.add_format({"num_format": "General"}))
    for place, (name, letters) in enumerate(zip(chart.table.columns, longest, strict=True)):
        label = with_unit(chart, str(name))
        sheet.write_string(0, place, sheet_text(label), head)
        sheet.set_column(place, place, min(max(letters, len(label)) + 2, _WIDEST))
    sheet.freeze_panes(1, 1)
    if len(chart.table.columns):
        sheet.autofilter(0, 0, max(len(chart.table), 1), len(chart.table.columns) - 1)


def with_unit(chart: Chart, name: str) -> str:
    """The head of a column; of numbers with their unit, where all have the same."""
    if name in ("value", "lower", "upper") and "unit" in chart.table:
        units = [unit for unit in chart.table["unit"].unique() if unit]
        if len(units) == 1:
            return f"{name} ({units[0]})"
    return name


def _write(sheet: Worksheet, line: int, place: int, value: Any, number: Any) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(line, place, value)
    elif isinstance(value, int | float):
        sheet.write_number(line, place, value, number)
    else:
        sheet.write_string(line, place, sheet_text(value))


def _about(book: Workbook, facts: list[Fact]) -> None:
    sheet = book.add_worksheet("about")
    bold = book.add_format({"bold": True, "valign": "top"})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 110)
    for line, fact in enumerate(facts):
        sheet.write_string(line, 0, sheet_text(fact.label), bold)
        sheet.write_string(line, 1, sheet_text(fact.text), text)


# The chart beside ---------------------------------------------------------------------------------------


WORDS_ROOM = 1.4
"""How far the axis of a native chart runs, in lengths of the longest bar: the words at its end fit."""


def _beside(book: Workbook, first: ReaderSheet, chart: Chart) -> None:
    """A native chart for each panel of bars or lines beside the first table; its numbers on a later sheet."""
    for number, lines in enumerate(line_panels_of(chart)):
        drawn = _lines_beside(book, _numbers_of(number), native_panel(chart, lines))
        first.add_chart(drawn, chart.alt, 420)
    panels = panels_of(chart)
    for number, (panel, scale) in enumerate(zip(panels, shared_scales(panels), strict=True)):
        if not len(panel.rows):
            continue
        name = _numbers_of(number)
        sheet = book.add_worksheet(name)
        rows = native_rows(panel)
        _panel_cells(book, sheet, panel, rows)
        bars = book.add_chart({"type": "bar"})
        last = len(rows)
        for series in _series(name, panel, rows, magnified=bool(scale.sign)):
            bars.add_series(series)
        title = ". ".join(filter(None, (panel.title, scale.words)))
        bars.set_title({"name": sheet_text(title), "name_font": {"size": 12}, "overlay": False})
        bars.set_legend({"none": True})
        bars.set_y_axis({"reverse": True, "major_gridlines": {"visible": False}})
        most = scale.longest * WORDS_ROOM  # of one unit, bars have one scale
        bars.set_x_axis(
            {"min": 0, "max": most, "num_format": "#,##0.##", "major_gridlines": {"visible": False}}
        )
        first.add_chart(bars, chart.alt, 120 + 24 * last)


def _numbers_of(number: int) -> str:
    """The sheet that the numbers of a native chart stand on."""
    return "chart data" if number == 0 else f"chart data {number + 1}"


def _lines_beside(book: Workbook, name: str, panel: NativeLines) -> Any:
    """A native chart of lines; a year without a single number is an empty cell, and a gap."""
    sheet = book.add_worksheet(name)
    head, number = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "General"})
    sheet.write_string(0, 0, "year", head)
    for line, year in enumerate(panel.years, 1):
        _write(sheet, line, 0, year, number)
    drawn = book.add_chart({"type": "line"})
    last = len(panel.years)
    for column, (label, values) in enumerate(panel.lines, 1):
        sheet.write_string(0, column, sheet_text(label), head)
        for line, value in enumerate(values, 1):
            _write(sheet, line, column, value, number)
        drawn.add_series(
            {
                "name": [name, 0, column],
                "categories": [name, 1, 0, last, 0],
                "values": [name, 1, column, last, column],
                "marker": {"type": "automatic"},
                "line": {"dash_type": _DASHES[(column - 1) % len(_DASHES)]},
            }
        )
    drawn.show_blanks_as("gap")
    drawn.set_title({"name": sheet_text(panel.title), "name_font": {"size": 12}, "overlay": False})
    return drawn


_DASHES = ("solid", "dash", "round_dot", "dash_dot", "long_dash", "square_dot", "long_dash_dot")


def _series(name: str, panel: Panel, rows: list[NativeBar], *, magnified: bool) -> Iterator[dict[str, Any]]:
    """The bars; of ranges a whisker from there to the upper bound, at which their words stand.

    The upper bounds are a series of their own that shows nothing but these words.
    """
    last = len(rows)
    colour = _STATEMENT if panel.family == "statement" else _STATISTIC
    at = {"categories": [name, 1, 0, last, 0], "gap": 60, "overlap": 100}
    words = [{"value": f"='{name}'!$C${row}"} for row in range(2, last + 2)]
    away = {"delete": True}
    ranged = [bar.upper is not None for bar in rows]
    whiskers = {
        "type": "custom", "direction": "plus", "end_style": 1, "line": {"color": "#3B4754", "width": 1.25},
        "plus_values": f"='{name}'!$F$2:$F${last + 1}", "plus_data": [_whisker(bar) or 0 for bar in rows],
    }  # fmt: skip
    custom = [away if far else text for text, far in zip(words, ranged, strict=True)]
    yield {
        **at,
        "name": sheet_text(panel.title),
        "values": [name, 1, 1, last, 1],
        **_filled(panel, colour, magnified=magnified),
        "points": [_point(bar) if panel.family != "statement" else None for bar in rows],
        "data_labels": {"custom": custom, "value": True},
        **({"y_error_bars": whiskers} if any(ranged) else {}),
    }
    if any(ranged):
        beside = [text if far else away for text, far in zip(words, ranged, strict=True)]
        yield {
            **at,
            "name": "upper bound",
            "values": [name, 1, 4, last, 4],
            "fill": {"none": True},
            "border": {"none": True},
            "data_labels": {"custom": beside, "value": True},
        }


def _whisker(bar: NativeBar) -> float | None:
    return None if bar.upper is None else bar.upper - (bar.value or 0.0)


def _point(bar: NativeBar) -> dict[str, Any] | None:
    """How a bar of statistics looks that is only a bound, or not one country."""
    colour = _CONTEXT if bar.context else _STATISTIC
    if is_open(bar):
        return {"pattern": {"pattern": "percent_50", "fg_color": colour, "bg_color": "#FFFFFF"},
                "border": {"color": colour}}  # fmt: skip
    return {"fill": {"color": colour}} if bar.context else None


def _filled(panel: Panel, colour: str, *, magnified: bool) -> dict[str, Any]:
    """Statements hatched, statistics solid; what is magnified of lines, crossed for statements."""
    looks = (
        ("wide_upward_diagonal", "outlined_diamond")
        if panel.family == "statement"
        else ("", "light_vertical")
    )
    if pattern := looks[magnified]:
        return {"pattern": {"pattern": pattern, "fg_color": colour, "bg_color": "#FFFFFF"},
                "border": {"color": colour}}  # fmt: skip
    return {"fill": {"color": colour}}


def panels_of(chart: Chart) -> tuple[Panel, ...]:
    """The panels of bars of a chart; none where it is of another kind."""
    if isinstance(chart.drawing, Stack):
        return chart.drawing.panels
    return (chart.drawing.left, chart.drawing.right) if isinstance(chart.drawing, SideBySide) else ()


def _panel_cells(book: Workbook, sheet: Worksheet, panel: Panel, rows: list[NativeBar]) -> None:
    head = book.add_format({"bold": True, "bottom": 1})
    number = book.add_format({"num_format": "General"})
    least = "value, or lower bound" if any(map(is_open, rows)) else "value"
    heads = ["figure", f"{least} ({panel.unit})", "as shown", "state"]
    if any(bar.upper is not None for bar in rows):
        heads += [f"upper bound ({panel.unit})", "from the bar to there"]
    for place, label in enumerate(heads):
        sheet.write_string(0, place, sheet_text(label), head)
    for line, bar in enumerate(rows, 1):
        cells = (bar.label, bar.value, bar.words, bar.state, bar.upper, _whisker(bar))
        for place, cell in enumerate(cells[: len(heads)]):
            _write(sheet, line, place, cell, number)
    sheet.set_column(0, 2, 26)


class NativeBar(NamedTuple):
    """A bar of a native chart.

    `value` is the number, or the lower bound where there is no number but a bound; None where there is
    neither. `upper` is the upper bound of a range and of "less than". `words` say what stands at the mark,
    `context` that it is not one country, and grey.
    """

    label: str
    value: float | None
    words: str
    state: str
    upper: float | None = None
    context: bool = False


def native_rows(panel: Panel) -> list[NativeBar]:
    """The bars of a native chart.

    A native chart has no mark for what is no number, so the label says what there is instead.
    """
    rows = panel.rows.assign(words=signed_words(panel.rows))
    names = ("value", "lower", "upper", "words", "state")
    columns = (whole_labels(rows), *(rows[name].tolist() for name in names))
    tones = panel.rows["tone"].tolist() if "tone" in panel.rows else [""] * len(panel.rows)
    return [
        _native_bar(*line)._replace(context=tone == "context")
        for *line, tone in zip(*columns, tones, strict=True)
    ]


def _native_bar(label: Any, value: Any, lower: Any, upper: Any, words: Any, state: Any) -> NativeBar:
    number, least, most = map(_finite, (value, lower, upper))
    bounded = state in _BOUNDED
    if bounded and number is None:
        number = 0.0 if least is None and most is not None else least
    if not bounded:
        most = None
    shown = str(label) if number is not None else f"{label}: {words}"
    return NativeBar(shown, number, str(words), str(state), most)


_BOUNDED = (MarkState.RANGE, MarkState.MORE_THAN, MarkState.LESS_THAN)
"""States of which the number is a bound, or none is printed."""


def is_open(bar: NativeBar) -> bool:
    """Whether the length of a bar is only a bound: it is drawn with dots, as on the page."""
    return bar.state in _BOUNDED


def _finite(value: Any) -> float | None:
    return float(value) if isinstance(value, float | int) and math.isfinite(value) else None
