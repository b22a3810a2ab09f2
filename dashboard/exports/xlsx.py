"""A chart as a workbook: the figures with a native chart beside them, and a sheet about them."""

from __future__ import annotations

import io
import math
import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from dashboard.charts.chart import Chart, Panel, SideBySide, Stack
from dashboard.charts.view import View
from dashboard.exports.about import PROGRAM, Fact, about_file
from dashboard.exports.choices import USUAL, Choices
from dashboard.exports.json import plain_value
from dashboard.snapshot import Stamp

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

NAME = "xlsx"
LABEL = "Excel"
SUFFIX = ".xlsx"
MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

WIDEST = 60
"""Characters of a column; longer texts go on behind the next one."""
CELL = 32_767
"""Characters that a cell of a workbook holds."""

# Signs that a workbook, which is XML, cannot hold.
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_ENDS = re.compile("\r\n?")
_STATEMENT, _STATISTIC = "#CC4A12", "#1670AD"


def export(view: View, stamp: Stamp, choices: Choices = USUAL) -> bytes:
    """Numbers are numbers, texts are texts and never formulas. Empty for a view without a chart."""
    # Imported where it is used: it takes as long to load as a short command.
    from xlsxwriter import Workbook

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
        figures = _figures(book, view.chart)
        _about(book, about_file(view, view.chart, stamp, choices, SUFFIX))
        _beside(book, figures, view.chart)
    return content.getvalue()


def sheet_text(text: str) -> str:
    """A text that a cell can hold; a longer one is cut with a word that says so."""
    kept = _NOT_IN_XML.sub("\ufffd", _LINE_ENDS.sub("\n", text))
    return kept if len(kept) <= CELL else f"{kept[: CELL - 20]} (cut here)"


def _figures(book: Workbook, chart: Chart) -> Worksheet:
    sheet = book.add_worksheet("figures")
    head = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
    number = book.add_format({"num_format": "General"})
    for place, name in enumerate(chart.table.columns):
        cells = [plain_value(value) for value in chart.table[name].tolist()]
        label = _with_unit(chart, str(name))
        sheet.write_string(0, place, sheet_text(label), head)
        for line, value in enumerate(cells, 1):
            _write(sheet, line, place, value, number)
        longest = max((len(str(value)) for value in cells if value is not None), default=0)
        sheet.set_column(place, place, min(max(longest, len(label)) + 2, WIDEST))
    sheet.freeze_panes(1, 1)
    if len(chart.table.columns):
        sheet.autofilter(0, 0, max(len(chart.table), 1), len(chart.table.columns) - 1)
    return sheet


def _with_unit(chart: Chart, name: str) -> str:
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


def _beside(book: Workbook, figures: Worksheet, chart: Chart) -> None:
    """A native chart for each panel of bars, on a sheet that its numbers stand on too."""
    for number, panel in enumerate(panels_of(chart)):
        if not len(panel.rows):
            continue
        name = "chart" if number == 0 else f"chart {number + 1}"
        sheet = book.add_worksheet(name)
        _panel_cells(book, sheet, panel)
        bars = book.add_chart({"type": "bar"})
        last = len(panel.rows)
        labels = [{"value": f"='{name}'!$C${row + 1}"} for row in range(1, last + 1)]
        bars.add_series(
            {
                "name": sheet_text(panel.title),
                "categories": [name, 1, 0, last, 0],
                "values": [name, 1, 1, last, 1],
                **_filled(panel, _STATEMENT if panel.family == "statement" else _STATISTIC),
                "gap": 60,
                "data_labels": {"custom": labels, "value": True},
            }
        )
        bars.set_title({"name": sheet_text(panel.title), "name_font": {"size": 12}, "overlay": False})
        bars.set_legend({"none": True})
        bars.set_y_axis({"reverse": True, "major_gridlines": {"visible": False}})
        bars.set_x_axis({"min": 0, "num_format": "#,##0.##", "major_gridlines": {"visible": False}})
        bars.set_size({"width": 760, "height": 120 + 24 * last})
        sheet.insert_chart("F2", bars, {"description": sheet_text(chart.alt)})


def _filled(panel: Panel, colour: str) -> dict[str, Any]:
    if panel.family == "statement":
        return {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": colour, "bg_color": "#FFFFFF"},
                "border": {"color": colour}}  # fmt: skip
    return {"fill": {"color": colour}}


def panels_of(chart: Chart) -> tuple[Panel, ...]:
    """The panels of bars of a chart; none where it is of another kind."""
    if isinstance(chart.drawing, Stack):
        return chart.drawing.panels
    return (chart.drawing.left, chart.drawing.right) if isinstance(chart.drawing, SideBySide) else ()


def _panel_cells(book: Workbook, sheet: Worksheet, panel: Panel) -> None:
    head = book.add_format({"bold": True, "bottom": 1})
    number = book.add_format({"num_format": "General"})
    for place, label in enumerate(("figure", f"value ({panel.unit})", "as shown", "state")):
        sheet.write_string(0, place, sheet_text(label), head)
    for line, (label, value, words, state) in enumerate(native_rows(panel), 1):
        for place, cell in enumerate((label, value, words, state)):
            _write(sheet, line, place, cell, number)
    sheet.set_column(0, 2, 26)


def native_rows(panel: Panel) -> list[tuple[str, float | None, str, str]]:
    """Label, value (None where there is no number), words and state of each bar of a native chart.

    A native chart has no mark for what is no number, so the label says what there is instead.
    """
    columns = (panel.rows[name].tolist() for name in ("label", "value", "words", "state"))
    found = []
    for label, value, words, state in zip(*columns, strict=True):
        number = value if isinstance(value, float | int) and math.isfinite(value) else None
        shown = str(label) if number is not None else f"{label}: {words}"
        found.append((shown, number, str(words), str(state)))
    return found
