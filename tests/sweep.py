"""Every choice that a reader can make, from the parameter tables; what a view says, and its flaws."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import islice
from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest

from dashboard.analysis.details import PRINTED_AS, counted_together
from dashboard.analysis.states import row_ids
from dashboard.charts.cards import READ_AS, Card
from dashboard.charts.chart import Chart, Heat, Map, Panel, PartOfWhole, Ranks, SideBySide, Stack, Strips
from dashboard.charts.figures_drawn import drawn_figures
from dashboard.charts.lines import LinePanels
from dashboard.charts.strip import evidence_lines
from dashboard.charts.view import Column, View
from dashboard.drawing.draw import sketch
from dashboard.snapshot import Snapshot
from dashboard.topics import TOPICS
from dashboard.topics.later_figures import as_asked
from dashboard.topics.parameters import Parameter, Topic, settle_asked
from dashboard.topics.ranked_rows import AS_PRINTED, rows_of_edition, shown_as
from dashboard.topics.rows import card_of, cards_as_drawn
from loaders.names import minerals
from loaders.vocabulary import MarkState, Measure
from tests.long import LONG
from tests.workspaces import OWN, WORKSPACES

Choice = dict[str, str]

VARIED = (
    "which", "unit", "sort", "places", "since", "until", "form", "axis", "base", "events", "against",
    "beside", "by", "scales", *(() if LONG else ("detail",)),
)  # fmt: skip
"""Parameters that change how a table is shown: each of their options is taken in turn, beside the default."""

TURNS = 5
"""One choice in so many is taken with what is varied."""

THROUGHOUT = ("glance", "claims", "disagree", "figures")
"""Topics so small that every option is taken with every other one."""


class Seen(NamedTuple):
    """A choice of a topic and what there was to see."""

    topic: str
    asked: Choice
    view: View

    @property
    def title(self) -> str:
        """The title of the chart; empty where there is none."""
        return self.view.chart.title if self.view.chart else ""


# Choices ----------------------------------------------------------------------------------------------


def choices(
    topic: Topic, data: Snapshot, part: tuple[int, int] = (0, 1), dataset: str = "", step: int = 1
) -> Iterator[Choice]:
    """Every choice of a topic, settled: as it opens, and every fifth with what is varied taken in turn.

    A `part`, (2, 5) for the third of five, is a run of them, so that those of one table come together. With a
    `dataset` those alone are taken that it changes, with a `step` one in so many. On another basis that
    changes nothing a table is not taken (see `repeated`).
    """
    walked = _walk(topic.PARAMETERS, _Asked({}), data, _fixed(topic))
    every = [asked for asked in walked if _is_of(dataset, topic, asked)]
    own, parts = part
    for number in range(len(every) * own // parts, len(every) * (own + 1) // parts, step):
        asked = dict(every[number])
        if repeated(asked, data) or _is_left_out(asked, number):
            continue
        yield asked
        if number // step % TURNS == 0:
            varied = _varied(topic, asked, number, data)
            if varied != asked:
                yield varied


BASES = 3 if LONG < 12 else 1
"""Of choices of another basis than the printed one, one in so many is taken."""


def _is_left_out(asked: Choice, number: int) -> bool:
    return asked.get("basis", AS_PRINTED) != AS_PRINTED and number % BASES != 0


def repeated(asked: Choice, data: Snapshot) -> bool:
    """Whether a choice of basis leaves every row as it is printed: the view is made of the same input then.

    Explore alone offers a basis. What is not converted is named in a note, see `kept_as_printed`.
    """
    if asked.get("basis", AS_PRINTED) == AS_PRINTED:
        return False
    rows = _rows_of(asked, data)
    if rows.empty or not shown_as(rows, asked["basis"])[0].equals(rows):
        return False
    together = counted_together(rows)
    return bool((together[PRINTED_AS] == together["basis"]).all())


def _rows_of(asked: Choice, data: Snapshot) -> pd.DataFrame:
    rows = rows_of_edition(data, asked["mineral"], asked["edition"])
    return rows[(rows["measure"] == asked["measure"]) & (rows["year"] == int(asked["year"] or 0))]


def not_converted(asked: Choice, data: Snapshot) -> list[str]:
    """What is said of the rows that stay as they are printed."""
    return shown_as(_rows_of(asked, data), asked["basis"])[2]


def kept_as_printed(topic: Topic, data: Snapshot, step: int = 1) -> Iterator[Choice]:
    """The choices of a basis that `choices` leaves out: their view is the one as printed, and notes.

    One choice in `step` of the topic is looked at.
    """
    for walked in islice(_walk(topic.PARAMETERS, _Asked({}), data, _fixed(topic)), 0, None, step):
        if repeated(asked := dict(walked), data):
            yield asked


def _fixed(topic: Topic) -> tuple[str, ...]:
    return ("places", "reading", "scales") if topic.NAME in THROUGHOUT else (*VARIED, "reading")


class _Asked(Mapping[str, str]):
    """What is asked for so far; what is fixed has its default once it is read: of most it never is."""

    def __init__(self, told: Mapping[str, str | Callable[[], str]]) -> None:
        self._told = dict(told)

    def __getitem__(self, name: str) -> str:
        value = self._told[name]
        if not isinstance(value, str):
            value = self._told[name] = value()
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self._told)

    def __len__(self) -> int:
        return len(self._told)

    def with_(self, name: str, value: str | Callable[[], str]) -> _Asked:
        """The same and one parameter more."""
        return _Asked({**self._told, name: value})


def _walk(
    parameters: Sequence[Parameter], asked: _Asked, data: Snapshot, fixed: Sequence[str]
) -> Iterator[_Asked]:
    """The options of each parameter, each with those of the parameters that depend on it."""
    if not parameters:
        yield asked
        return
    first, *rest = parameters
    for option in _options(first, asked, data, fixed):
        yield from _walk(rest, asked.with_(first.name, option), data, fixed)


def _options(
    parameter: Parameter, asked: _Asked, data: Snapshot, fixed: Sequence[str]
) -> Sequence[str | Callable[[], str]]:
    if parameter.many:
        return [""]
    if parameter.name in fixed:
        return [lambda: parameter.default(data, asked, list(parameter.options(data, asked)))]
    return list(parameter.options(data, asked)) or [""]


def _varied(topic: Topic, asked: Choice, number: int, data: Snapshot) -> Choice:
    """The choice with the next option of everything that is varied."""
    if topic.NAME in THROUGHOUT:
        return asked
    wanted = dict(asked)
    for turn, parameter in enumerate(topic.PARAMETERS):
        if parameter.many:
            wanted[parameter.name] = ",".join(_places(asked, number, data))
        elif parameter.name in VARIED:
            options = list(parameter.options(data, asked))
            wanted[parameter.name] = options[(number + turn) % len(options)] if options else ""
    return settle_asked(topic.PARAMETERS, wanted, data)[0]


def _is_of(dataset: str, topic: Topic, asked: Mapping[str, str]) -> bool:
    """Whether a choice shows something of a dataset; where none is named, all do."""
    if not dataset or topic.NAME in ("claims", "figures", "disagree"):
        return True
    return asked.get("dataset") == dataset or asked.get("edition", "").startswith(f"{dataset}.")


def _places(asked: Choice, number: int, data: Snapshot) -> list[str]:
    """One to five places, most of which the table has; one that it may not have."""
    table = data.observations
    same = (table["mineral"] == asked.get("mineral")) & (table["measure"] == asked.get("measure"))
    codes = sorted(code for code in table.loc[same, "place"].unique() if len(code) == 3)
    codes = [code for code in codes if code not in ("WLD", "OTH")]
    if not codes:
        return ["UKR"]
    count = (1, 2, 5, 1)[number % 4]
    turned = [codes[(number * 7 + step) % len(codes)] for step in range(count)]
    return list(dict.fromkeys([*turned, *(["UKR"] if number % 8 == 0 else [])]))


def topics() -> dict[str, Topic]:
    """The topics by name."""
    return {topic.NAME: topic for topic in TOPICS}


# What a view says -------------------------------------------------------------------------------------

PUBLISHERS_OWN = {
    "printed", "unit", "file", "note", "name as printed", "type as printed", "column", "text read",
    "narrowed", "where", "licence", "citation", "rows it rests on", "outcome", "corrected",
}  # fmt: skip
"""Labels of what publishers and documents print, word for word."""


def sentences(view: View) -> Iterator[tuple[str, str]]:
    """All that a view says: where, and the words."""
    yield "empty", view.empty
    if view.chart:
        yield from _chart_words(view.chart)
    if view.why:
        yield from (("why", text) for text in (f"{view.why.title}.", *view.why.sentences))
    yield from (("note", text) for text in view.notes)
    yield from (("mark meaning", mark.meaning) for mark in view.marks)
    for tile in view.tiles:
        yield from (("tile", text) for text in (tile.figure, tile.about, tile.badge))
    yield from (("fact", f"{label}: {text}") for label, text in view.facts)
    for table in view.tables:
        yield from (
            ("table", text) for text in (table.caption, table.fold, *_cells(table.columns, table.rows))
        )
    for card in view.cards:
        yield from _card_words(card)


def _cells(columns: Sequence[Column], rows: Sequence[Sequence[object]]) -> Iterator[str]:
    labels = [column.label for column in columns]
    yield from labels
    for row in rows:
        for label, cell in zip(labels, row, strict=True):
            if label not in PUBLISHERS_OWN:
                yield str(cell)


def _card_words(card: Card) -> Iterator[tuple[str, str]]:
    yield "card", card.heading
    for label, text in (*card.facts, *card.more):
        yield "card", label
        if label not in PUBLISHERS_OWN:
            yield "card", text


def _chart_words(chart: Chart) -> Iterator[tuple[str, str]]:
    for name in ("title", "subtitle", "source", "alt"):
        yield name, getattr(chart, name)
    drawing = chart.drawing
    panels: tuple[Panel, ...] = ()
    if isinstance(drawing, Stack):
        panels = drawing.panels
    elif isinstance(drawing, SideBySide):
        panels = (drawing.left, drawing.right)
    for panel in panels:
        yield from (("panel", text) for text in (panel.title, panel.subtitle))
        yield from _marks(panel.rows, "label", "below", "words", "hover")
    if isinstance(drawing, Strips):
        yield from _marks(drawing.marks, "title", "below", "words", "hover")
    if isinstance(drawing, Heat):
        yield from _marks(drawing.cells, "row", "hover")
    if isinstance(drawing, Map | LinePanels):
        yield from _map_words(drawing) if isinstance(drawing, Map) else _line_words(drawing)
    if isinstance(drawing, Ranks):
        yield from _marks(drawing.lines, "label", "words", "hover")
    if isinstance(drawing, PartOfWhole):
        yield "mark", drawing.whole.printed


def _map_words(drawing: Map) -> Iterator[tuple[str, str]]:
    yield from _marks(drawing.marks, "label", "words", "hover")
    yield from (("mark", text) for text in (drawing.heading, drawing.absent, *drawing.classes))


def _line_words(drawing: LinePanels) -> Iterator[tuple[str, str]]:
    for part in drawing.panels:
        yield from (("panel", text) for text in (part.title, part.subtitle, *part.below))
        yield from _marks(part.points, "label", "hover")
    yield from (("mark", event.words) for event in drawing.events)


def _marks(rows: pd.DataFrame, *columns: str) -> Iterator[tuple[str, str]]:
    for name in columns:
        if name in rows:
            yield from (("mark", str(text)) for text in dict.fromkeys(rows[name]))


# Flaws ------------------------------------------------------------------------------------------------


@cache
def _raw() -> re.Pattern[str]:
    """Codes for programs: ids with hyphens or underscores, names of enumerations, oxides as units."""
    ids = [code for code in minerals().index if "-" in code]
    measures = [str(measure) for measure in Measure if "_" in measure]
    exact = "|".join(
        sorted(map(re.escape, [*ids, *measures, "usgs-mcs", "not_applicable"]), key=len, reverse=True)
    )
    return re.compile(
        rf"(?<![\w./-])(?:{exact})(?![\w./-])"
        r"|\b[a-z]+_[a-z_]+\b(?![\w.])"
        r"|<\w+\.\w+"
        r"|\b[A-Z][a-z]\w+\.[A-Z][A-Z_]+\b"
        r"|\b(?:kt|Mt|t) (?:REO|LCE|[A-Z][a-z]?2O[35]?)\b"
    )


_FLAWS = (
    ("nan", re.compile(r"\bnan\b", re.IGNORECASE)),
    ("None", re.compile(r"\bNone\b")),
    ("a tag", re.compile(r"</?[a-z]+\b[^<>]*>")),
    ("empty brackets", re.compile(r"\(\s*\)|“”")),
    ("an awkward basis", re.compile(r"of (?:what|something) (?:is )?not stated")),
    ("a header for a unit", re.compile(r"\b[\w-]*[a-z]d(?:kg|t|lb|toz)\b")),
    ("double space", re.compile(r"\S  +\S")),
    (
        "loose punctuation",
        re.compile(r" [,;](?: |$)| \.(?: |$)|,,|;;|(?<!\.)\.\.(?!\.)|\.\. |: ?[;,.](?: |$)"),
    ),
)
_SIGN = re.compile("|".join(re.escape(state.before) for state in MarkState if state.before))
_FILE = re.compile(r"[\w.-]+\.(?:csv|xlsx?|zip|toml|json|txt)\b")
_FACTOR = re.compile(r"× (?=\d)")
"""The multiplication sign of a factor, which is no mark."""
MAY_HAVE_SIGNS = ("mark", "mark meaning", "card", "table")


def flaws(view: View) -> list[str]:
    """What no reader should see: each flaw with the sentence it is in."""
    found = [flaw for where, text in sentences(view) for flaw in faults(where, text)]
    return [*dict.fromkeys(found), *_cut(view)]


def faults(where: str, text: str) -> list[str]:
    """What no reader should see in one sentence."""
    own = _FILE.sub("FILE", text)
    found = [f"{name} in {where}: {text[:200]!r}" for name, pattern in _FLAWS if pattern.search(own)]
    if code := _raw().search(own):
        found.append(f"raw code {code.group()} in {where}: {text[:200]!r}")
    if where not in MAY_HAVE_SIGNS and (sign := _SIGN.search(_FACTOR.sub("", own))):
        found.append(f"sign {sign.group()} in {where}: {text[:200]!r}")
    return found


def _cut(view: View) -> list[str]:
    """Labels that the drawing cuts off."""
    if view.chart is None:
        return []
    drawn = str(sketch(view.chart))
    if "…" not in drawn:
        return []
    said = " ".join(text for _, text in sentences(view))
    cut = [text for text in re.findall(r"[^'\"<>]{0,40}…", drawn) if text not in said]
    return [f"cut off: {text!r}" for text in dict.fromkeys(cut)]


ONE_EDITION = ("explore", "revisions", "concentration", "map", "mineral", "country", "compare")
"""Topics whose tables have the observations as they are; others convert some of them."""


@cache
def observed(workspace: str) -> pd.Series:
    """The value of every observation, by its id."""
    table = WORKSPACES[workspace]().observations
    return table.set_index(pd.Index(row_ids(table)))["value"]


def misdrawn(seen: Seen, workspace: str) -> list[str]:
    """Figures of the table behind a chart that are not those of the observations."""
    as_printed = seen.asked.get("basis", AS_PRINTED) == AS_PRINTED
    if seen.view.chart is None or seen.topic not in ONE_EDITION or not as_printed:
        return []
    table, known = seen.view.chart.table, observed(workspace)
    lines = known.index.get_indexer(table["id"])
    own, printed = table[lines >= 0], known.to_numpy()[lines[lines >= 0]]
    wrong = own["value"].astype(float).fillna(-1).to_numpy() != np.where(np.isnan(printed), -1, printed)
    return [f"{name} is drawn with another value" for name in own.loc[wrong, "id"]]


_KINDS = ({"kg", "t", "kt", "Mt"}, {"ct", "kct", "Mct"}, {"m³", "million m³"}, {"L", "million L"})
_UNIT = "|".join(sorted((unit for kind in _KINDS for unit in kind), key=len, reverse=True))
_AMOUNT = re.compile(rf"^(?:more than |less than )?[\d.,]+ ({_UNIT}|\S+/(?:short ton|troy ounce|\w+))(?= |$)")


def ill_told(seen: Seen, workspace: str) -> list[str]:
    """Sources that the strip below a chart has twice, marks that it leaves out, cards in another unit."""
    chart = seen.view.chart
    if chart is None:
        return []
    data = as_asked(WORKSPACES[workspace](), seen.asked)
    marks = drawn_figures(chart.drawing)
    words = {name: mark.words for name, mark in marks.items()}
    lines = evidence_lines(seen.view.cards, words, lambda name: card_of(name, data, marks[name]))
    titles = [(line.cards[0].kind, line.cards[0].heading) for line in lines]
    found = [f"{title} is there twice" for title in {*titles} if titles.count(title) > 1]
    found += [
        f"{name} is in no line" for name in marks.keys() - {name for line in lines for name in line.marks}
    ]
    for line in lines:
        for name in line.marks:
            edition, _, row = name.partition("|")
            if row and not line.cards[0].heading.endswith(f"edition {edition.partition('.')[2]}"):
                found.append(f"{name} is below {line.cards[0].heading}")
        for card in line.cards:
            drawn = marks[card.id].own if card.id in marks else ""
            converted = seen.asked.get("basis", AS_PRINTED) != AS_PRINTED or "(from " in drawn
            if not converted and _other_unit(drawn, dict(card.facts).get(READ_AS, "")):
                found.append(f"{drawn} is read as {dict(card.facts)[READ_AS]}")
    return found


def _other_unit(drawn: str, read: str) -> bool:
    """Whether two amounts are given in two units of one kind."""
    units = {unit for text in (drawn, read) for unit in _AMOUNT.findall(text)}
    prices = {unit for unit in units if "/" in unit}
    return len(prices) > 1 or any(len(units & kind) > 1 for kind in _KINDS)


# The sweep --------------------------------------------------------------------------------------------

PARTS = {
    "bundled": {"explore": 12, "revisions": 6, "concentration": 6, "map": 2},
    "bgs": {"explore": 2},
}
"""Into how many tests the choices of a topic are divided, by workspace; the others are one each."""

WHOLE = LONG > 0
STEPS = {"bgs": 4, "two": 2} if LONG < 12 else {}
"""Beside the bundled editions one in so many choices of a dataset is taken: most differ in the year alone.

From MINERALS_LONG=12 on all are.
"""
STEPS_OF_TOPICS = {"map": 8, "over-time": 4, "supplier": 12, "stages": 3} if LONG < 12 else {}
"""Of topics that show the tables of another one in another way, one choice in so many is taken."""
SAMPLES = {
    "explore": 60,
    "revisions": 40,
    "concentration": 40,
    "map": 60,
    "over-time": 80,
    "prices": 25,
    "glance": 12,
    "disagree": 8,
    "claims": 2,
    "figures": 2,
    "dependence": 40,
    "stages": 60,
    "reliance": 10,
    "supplier": 100,
    "mineral": 40,
    "country": 60,
    "compare": 4,
}
"""Without MINERALS_LONG one in so many choices of a topic is rendered.

Of those that a second dataset changes half as many are.
"""


THINNED = {"country": 60, "mineral": 12, "compare": 2}
"""Of topics with many choices alike one in so many is rendered, also with MINERALS_LONG."""


def _parts(workspace: str, name: str) -> int:
    return PARTS.get(workspace, {}).get(name, 1) if WHOLE else 1


WITH_ANOTHER = ("explore", "claims", "revisions", "over-time", "disagree", "country")
"""The topics of a sample in which a second dataset is looked at, too; all of them with MINERALS_LONG."""

CASES = [
    (workspace, name, part)
    for workspace in WORKSPACES
    for name in topics()
    if WHOLE or workspace not in OWN or name in WITH_ANOTHER
    for part in range(_parts(workspace, name))
]


def cases() -> list[object]:
    """The cases for `parametrize`; the tests of one case share its views (see `tests.side_by_side`)."""
    return [pytest.param(case, id=case_id(case)) for case in CASES]


def case_id(case: tuple[str, str, int]) -> str:
    """What a test is called."""
    workspace, name, part = case
    return f"{workspace}-{name}-{part}"


@lru_cache(maxsize=2)
def rendered(case: tuple[str, str, int]) -> tuple[Seen, ...]:
    """The views of one part of the choices of a topic; an exception is a flaw of the program."""
    workspace, name, _ = case
    data, topic = WORKSPACES[workspace](), topics()[name]
    return tuple(
        Seen(name, asked, cards_as_drawn(topic.view(asked, data), data)) for asked in _own(case, topic, data)
    )


def _own(case: tuple[str, str, int], topic: Topic, data: Snapshot) -> list[Choice]:
    """The choices of a test: in a workspace with two datasets, those that the second one changes."""
    workspace, name, part = case
    dataset = OWN.get(workspace, "")
    if WHOLE:
        usual = 1 if name in THROUGHOUT else STEPS.get(workspace, 1) * STEPS_OF_TOPICS.get(name, 1)
        step = THINNED.get(name, usual)
        return list(choices(topic, data, (part, _parts(workspace, name)), dataset, step))
    return list(choices(topic, data, dataset=dataset, step=SAMPLES.get(name, 1) * (2 if dataset else 1)))
