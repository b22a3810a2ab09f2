"""Over time: any mineral, measure and place as lines over the years, the newest print of each."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard.analysis.over_time import REVISED
from dashboard.analysis.states import row_id
from dashboard.charts.cards import Card
from dashboard.charts.chart import Chart
from dashboard.charts.lines import INDEX, EventMark, LinePanel, LinePanels
from dashboard.charts.view import InShort, View, note
from dashboard.snapshot import Snapshot
from dashboard.topics.parameters import NO_STATISTICS, READING, Asked, Parameter
from dashboard.topics.rows import row_cards_of
from dashboard.topics.time_choice import TimeChoice, index_base, lines_of_choice
from dashboard.topics.time_lines import (
    PanelWords,
    TimeLine,
    panel_of,
    scale_of,
    words_of_all,
)
from dashboard.topics.time_offer import (
    EACH_ALONE,
    INDEXED,
    LOG,
    OWN,
    PARAMETERS_OF_TIME,
    dataset_words,
    parts_apart,
)
from dashboard.topics.time_telling import (
    counted_as,
    edition_notes,
    event_marks,
    is_flow,
    line_marks,
    line_table,
    shown_lines,
    together_words,
)
from dashboard.words.dependence import joined_names
from dashboard.words.sources import source_line
from dashboard.words.tables import counted_words
from dashboard.words.trends import (
    LONGEST,
    TOLD_OF,
    Told,
    dated,
    finding_of_line,
    finding_of_lines,
    moved,
    shown_number,
)
from loaders.names import mineral_name, place_name
from loaders.text import capital, in_sentence
from loaders.vocabulary import WORLD, Basis

NAME = "over-time"

PARAMETERS: tuple[Parameter, ...] = (*PARAMETERS_OF_TIME, READING)

MOST_LINES = 8
"""More lines than these have a panel each."""
_MOST_PANELS = 24
"""More panels than these are not drawn."""
OVERSHADOWED = 2.5
"""A panel whose numbers are so many times larger than those of the first has a scale of its own."""


def view(asked: Asked, data: Snapshot) -> View:
    """Lines over the years."""
    if not asked["dataset"]:
        return View(NAME, empty=NO_STATISTICS)
    return time_view(TimeChoice.of(asked), data)


def over_time_finding(asked: Asked, data: Snapshot) -> InShort:
    """What the view finds."""
    if not asked["dataset"]:
        return InShort(NO_STATISTICS, drawn=False)
    choice = TimeChoice.of(asked)
    shown = lines_of_choice(choice, data)
    return InShort(shown.empty or _title(choice, shown.lines, data), drawn=not shown.empty)


def time_view(choice: TimeChoice, data: Snapshot) -> View:
    """The view of what is asked for."""
    shown = lines_of_choice(choice, data)
    if shown.empty:
        return View(NAME, empty=shown.empty)
    panels, left = _panels(shown.groups, choice)
    lines = shown.lines
    events = event_marks(choice.mineral, choice.since, choice.until, data) if choice.events else ()
    apart = note("Why there are several panels", shown.reasons) if len(panels) > 1 else None
    told = (
        *shown.notes,
        *left,
        *_unlike(lines),
        *_parts_words(choice, data),
        *edition_notes(shown.printed, choice.dataset, data),
    )
    return View(
        NAME,
        _chart(choice, lines, panels, events, data),
        cards=_cards(lines, data),
        why=apart,
        marks=line_marks(lines, bool(events)),
        notes=told,
        tables=(line_table(lines, choice.measure),),
    )


def _chart(
    choice: TimeChoice,
    lines: Sequence[TimeLine],
    panels: tuple[LinePanel, ...],
    events: tuple[EventMark, ...],
    data: Snapshot,
) -> Chart:
    span = _span(lines)
    sources = pd.DataFrame([line.any | {"edition": row["edition"]} for line in lines for row in line.records])
    return Chart(
        title=_title(choice, lines, data),
        subtitle=_subtitle(choice, lines, panels, data),
        source=source_line([], sources, data),
        alt=_alt(choice, lines, span),
        drawing=LinePanels(
            panels, *span, len(panels) > 1 and _is_each(choice, lines), choice.scale == LOG, events
        ),
        table=shown_lines(lines, choice.base if choice.form == INDEXED else 0, data),
        name=f"{choice.mineral}-{choice.measure}-{choice.dataset}-over-time",
    )


def _span(lines: Sequence[TimeLine]) -> tuple[int, int]:
    """The first and the last year of any line."""
    years = [int(row["year"]) for line in lines for row in line.records]
    return min(years), max(years)


def _is_each(choice: TimeChoice, lines: Sequence[TimeLine]) -> bool:
    """Whether each line has a panel of its own: by choice, or since there are many."""
    return choice.form == EACH_ALONE or len(lines) > MOST_LINES


# Lines and panels ---------------------------------------------------------------------------------------


def _panels(groups: Sequence[list[TimeLine]], choice: TimeChoice) -> tuple[tuple[LinePanel, ...], list[str]]:
    """The panels, and what is to be known of them."""
    lines = [line for group in groups for line in group]
    each = _is_each(choice, lines)
    parts = [[line] for line in lines] if each else list(groups)
    shown, left = parts[:_MOST_PANELS], [line.name for part in parts[_MOST_PANELS:] for line in part]
    scales, largest = _scales(lines), _largest(shown[0])
    panels = tuple(_panel(part, scales, choice, 0.0 if each else largest, parts) for part in shown)
    notes = [f"Not drawn for want of room, and in the table: {', '.join(left)}."] if left else []
    if each and choice.form != EACH_ALONE:
        notes.insert(0, f"There are more than {MOST_LINES} lines, so each has a panel of its own.")
    return panels, notes


def _scales(lines: Sequence[TimeLine]) -> dict[str, str]:
    """The scale of each unit, so that all panels of one unit have the same."""
    found: dict[str, list[TimeLine]] = {}
    for line in lines:
        found.setdefault(str(line.any["unit"]), []).append(line)
    return {unit: scale_of(own) for unit, own in found.items()}


def _largest(lines: Sequence[TimeLine]) -> float:
    return max((float(line.trend.most["value"]) for line in lines if line.trend.most), default=0.0)


def _panel(
    lines: Sequence[TimeLine],
    scales: dict[str, str],
    choice: TimeChoice,
    first: float,
    parts: Sequence[Sequence[TimeLine]],
) -> LinePanel:
    """A panel, one of `parts`; `first` is the largest number of the first, zero where each line has one."""
    several, places = len(parts), {line.place for part in parts for line in part}
    indexed = choice.form == INDEXED
    shadowed = _largest(lines) > OVERSHADOWED * first > 0 and not indexed
    apart = several > 1 and (choice.scale == OWN or shadowed) and choice.scale != LOG
    scale = INDEX if indexed else scales[str(lines[0].any["unit"])]
    under = _index_of(choice) if indexed else counted_as(lines[0].any, scale)
    if len(lines) == 1 and several > MOST_LINES // 4:
        under = _last_words(lines[0])
    words = PanelWords(
        _panel_title(lines, len(places) > 1), f"{under}{_OWN_SCALE if apart else ''}", apart, several == 1
    )
    return panel_of(lines, words, scale, [index_base(line, choice) for line in lines] if indexed else ())


def _index_of(choice: TimeChoice) -> str:
    return f"{choice.base} = 100"


def _last_words(line: TimeLine) -> str:
    """The last number of a line: "5.3 Mt in 2025 (estimated)"."""
    last = line.trend.last
    return f"{shown_number(last, line.scale)} in {dated(last)}" if last else "no single number"


_OWN_SCALE = ", a scale of its own"
"""What is said of a panel whose scale is not that of the others."""


def _panel_title(lines: Sequence[TimeLine], placed: bool) -> str:
    """Its one line, which has its place too where `placed`, or whose lines they are."""
    if len(lines) == 1:
        return _told_with_place(lines[0]).name if placed else lines[0].name
    places = {line.place for line in lines}
    start = words_of_all([line.records for line in lines])
    whose = "Countries" if len(places) > 1 else place_name(lines[0].place)
    return f"{whose}, {start}" if start else whose


# Words --------------------------------------------------------------------------------------------------


def _title(choice: TimeChoice, lines: Sequence[TimeLine], data: Snapshot) -> str:
    """The finding; of one line, of a few that are chosen, else of the one that is last the largest."""
    what = _what(choice, lines)
    if len(lines) == 1:
        subject = f"{place_name(lines[0].place)}: {what}"
        return finding_of_line(subject, lines[0].told()) + _in_all(choice, lines[0])
    one_place = len({line.place for line in lines}) == 1
    told = [line.told() if one_place else _told_with_place(line) for line in lines]
    whose = f"{place_name(lines[0].place)}: {what}" if one_place else capital(what)
    if len(lines) <= TOLD_OF and (choice.places or one_place):
        of_each = finding_of_lines(whose, told)
        if len(of_each) <= LONGEST:
            return of_each
    lead, words = _lead(lines, bool(parts_apart(data, choice.mineral, choice.dataset)))
    if lead is None:
        return f"{whose}: none of {len(lines)} lines has a single number"
    named = dict(zip(map(id, lines), told, strict=True))
    counted = [line for line in lines if line.place != WORLD or lead.place == WORLD]  # a whole and its parts
    others = [named[id(line)] for line in counted if line is not lead]
    return finding_of_lines(whose, [named[id(lead)], *others], words)


def _told_with_place(line: TimeLine) -> Told:
    """A line by its place too, where the panel that it is in names none."""
    told, place = line.told(), place_name(line.place)
    return told if place in told.name else told._replace(name=f"{place}, {told.name}")


def _in_all(choice: TimeChoice, line: TimeLine) -> str:
    """The years of a flow added up: "; together 1.88 Mt in 53 years with a number"."""
    words = together_words(line) if is_flow(line, choice.measure) else ""
    return f"; together {words}" if words else ""


def _lead(lines: Sequence[TimeLine], in_parts: bool) -> tuple[TimeLine | None, str]:
    """The line that is told of first, and how it leads: only among lines that count the same thing.

    Where forms of the mineral are counted apart (`in_parts`), it leads those that are shown.
    """
    alike = [line for line in lines if _kind(line) == _kind(lines[0])]
    lead = leading_line(alike) or leading_line(lines)
    kinds = {_kind(line) for line in lines}
    year = _last(lead)[0] if lead else 0
    if len(kinds) == 1 or in_parts:
        return lead, f", the largest shown in {year},"
    basis = Basis(str(lines[0].any["basis"]))
    if lead not in alike or basis in (Basis.UNDEFINED, Basis.NOT_APPLICABLE):
        return lead, ""
    counted = "so" if basis.label in lead.name else f"as {basis.label}"
    return lead, f", the largest counted {counted} in {year},"


def _kind(line: TimeLine) -> tuple[str, str]:
    return str(line.any["basis"]), str(line.any["unit"])


def _what(choice: TimeChoice, lines: Sequence[TimeLine]) -> str:
    """The measure of the mineral, with the words that narrow all lines alike."""
    details = {str(line.any["detail"]) for line in lines}
    narrowed = words_of_all([line.records for line in lines])
    if len(details) == 1:
        narrowed = details.pop()
    return f"{choice.what} (“{narrowed}”)" if narrowed else choice.what


def leading_line(lines: Sequence[TimeLine]) -> TimeLine | None:
    """Of the lines of countries that have a number in their last year, the one with the largest."""
    numbered = [line for line in lines if line.trend.last]
    countries = [line for line in numbered if line.place != WORLD] or numbered
    year = max((_last(line)[0] for line in countries), default=0)
    return max((line for line in countries if _last(line)[0] == year), key=_last, default=None)


def _last(line: TimeLine) -> tuple[int, float]:
    """The year of the last number, and that number."""
    last = line.trend.last
    return (int(last["year"]), float(last["value"])) if last else (0, 0.0)


def _subtitle(
    choice: TimeChoice, lines: Sequence[TimeLine], panels: Sequence[LinePanel], data: Snapshot
) -> str:
    first, last = _span(lines)
    what = f"{capital(choice.what)}, {first} to {last}"
    scales = _scales(lines)
    units = dict.fromkeys(counted_as(line.any, scales[str(line.any["unit"])]) for line in lines)
    counted = f"as an index, {_index_of(choice)}" if choice.form == INDEXED else f"in {'; '.join(units)}"
    scale, dataset = _scale_words(choice, panels), dataset_words(choice.dataset, data)
    narrowed = counted_words(choice.dataset, choice.mineral, [choice.measure])
    told = f"{what}, {counted}; of each year what the newest edition prints.{scale}"
    return " ".join(filter(None, (told, narrowed, f"{dataset}.")))


def _scale_words(choice: TimeChoice, panels: Sequence[LinePanel]) -> str:
    if choice.scale == LOG:
        return " The scale is logarithmic: each step up is ten times as much."
    if len(panels) < 2:
        return ""
    if any(panel.apart for panel in panels):
        return " Panels differ in scale where they say so."
    return " All panels of one unit have one scale."


def _alt(choice: TimeChoice, lines: Sequence[TimeLine], span: tuple[int, int]) -> str:
    told = "; ".join(f"{line.name} {moved(line.told())}" for line in lines)
    return f"Lines over the years {span[0]} to {span[1]}, {choice.what}: {told}."


def _unlike(lines: Sequence[TimeLine]) -> list[str]:
    """That figures which are worded otherwise are not joined."""
    keys = {tuple(line.any[name] for name in ("place", "partner", "measure")) for line in lines}
    said = "What is worded otherwise, or weighed on another basis, is a line of its own, joined to no other."
    return [] if len(keys) == len(lines) else [said]


def _parts_words(choice: TimeChoice, data: Snapshot) -> list[str]:
    """Which forms of the mineral the dataset counts apart: the lines may not be of all of it."""
    names = [in_sentence(mineral_name(part)) for part in parts_apart(data, choice.mineral, choice.dataset)]
    told = f"The dataset has figures of their own for {joined_names(names)}; these lines may leave them out."
    return [told] if names else []


_CARDS = 4
"""How many lines have a source card of their last year beside the chart."""


def _cards(lines: Sequence[TimeLine], data: Snapshot) -> tuple[Card, ...]:
    """The last year of the first lines, and a year that was revised."""
    last = [line.records[-1] for line in lines[:_CARDS]]
    revised = [row for row in lines[0].records if row["change"] == REVISED][-1:]
    rows = {row_id(row): row for row in (*last, *revised)}
    return tuple(row_cards_of(pd.DataFrame(list(rows.values())), data))
