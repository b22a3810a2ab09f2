"""What a brief says today: each of its charts made again from what was asked, or why it cannot be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from shlex import quote

from dashboard.charts.chart import Chart
from dashboard.charts.view import View
from dashboard.snapshot import Snapshot, Stamp
from dashboard.topics import TOPICS
from dashboard.topics.parameters import Asked, Parameter, Topic, answer, codes_of, settle_asked
from loaders.errors import MineralsError
from loaders.model import Source
from loaders.store import Brief, BriefItem

Ask = Callable[[Topic, Asked, Snapshot], View]


@dataclass(frozen=True, eq=False)
class Part:
    """A chart of a brief as it is today; without a `chart`, `problem` says why."""

    item: BriefItem
    view: View
    chart: Chart | None
    problem: str = ""

    @property
    def title(self) -> str:
        """The reader's own title, else the finding; where there is no chart, the finding of then."""
        return self.item.title or self.finding

    @property
    def finding(self) -> str:
        """What the chart says today, or what it said when it was added."""
        return self.chart.title if self.chart else self.item.finding or self.item.topic

    @property
    def otherwise(self) -> str:
        """What the chart said when it was added, where it says something else today."""
        then = self.item.finding
        return then if self.chart and then and then != self.chart.title else ""


@dataclass(frozen=True, eq=False)
class Drawn:
    """A part with its chart, and its number among the charts of the brief."""

    number: int
    part: Part
    view: View
    chart: Chart


@dataclass(frozen=True, eq=False)
class ToldBrief:
    """A brief with all its parts as they are today, or as they were at the version `as_of`."""

    id: str
    name: str
    parts: tuple[Part, ...]
    as_of: str = ""

    @property
    def drawn(self) -> list[Drawn]:
        """The parts that have a chart, numbered from 1."""
        found = [(part, part.chart) for part in self.parts]
        charts = [(part, chart) for part, chart in found if chart]
        return [Drawn(number, part, part.view, chart) for number, (part, chart) in enumerate(charts, 1)]

    @property
    def missing(self) -> list[Part]:
        """The parts that cannot be drawn today."""
        return [part for part in self.parts if part.chart is None]

    @property
    def sources(self) -> list[tuple[Source, list[int]]]:
        """Every source once, with the numbers of the charts that rest on it, in the order of the charts."""
        found: dict[str, tuple[Source, list[int]]] = {}
        for drawn in self.drawn:
            for source in drawn.view.sources:
                found.setdefault(source.id, (source, []))[1].append(drawn.number)
        return list(found.values())

    def command(self, suffix: str) -> str:
        """The command that makes a file of the brief again."""
        earlier = f" --as-of {self.as_of}" if self.as_of else ""
        return f"minerals brief {quote(self.name)}{earlier} -o {quote(self.id + suffix)}"


def tell(name: str, brief: Brief, data: Snapshot, ask: Ask = answer) -> ToldBrief:
    """The brief of that id as it is today; `ask` makes a view, from a cache perhaps."""
    parts = tuple(part_of_brief(item, data, ask) for item in brief.items)
    return ToldBrief(name, brief.name, parts, data.as_of)


def item_of(view: View, stamp: Stamp) -> BriefItem:
    """What is kept of a view that a topic gave."""
    return BriefItem(
        topic=view.topic,
        asked=dict(view.asked),
        finding=view.chart.title if view.chart else "",
        data_version=stamp.data,
        documents_version=stamp.documents,
    )


def part_of_brief(item: BriefItem, data: Snapshot, ask: Ask = answer) -> Part:
    """The chart of an item today. What was asked for is shown or nothing, never something near it."""
    topic = next((one for one in TOPICS if item.topic == one.NAME), None)
    if topic is None:
        return _without(item, f"There is no topic “{item.topic}”.")
    try:
        asked, gone = _settled(topic, item, data)
        view = View(item.topic) if gone else ask(topic, asked, data)
    except MineralsError as error:
        return _without(item, str(error))
    if view.chart is None:
        return _without(item, " ".join(gone) or view.empty or "There is nothing to draw.")
    return Part(item, view, view.chart)


def _without(item: BriefItem, problem: str) -> Part:
    return Part(item, View(item.topic, empty=problem), None, problem)


def _settled(topic: Topic, item: BriefItem, data: Snapshot) -> tuple[dict[str, str], list[str]]:
    """What was asked, and a sentence for each choice that there is no longer."""
    asked, _ = settle_asked(topic.PARAMETERS, item.asked, data)
    known = {parameter.name: parameter for parameter in topic.PARAMETERS}
    gone = [f"There is no choice “{name}” on this topic." for name in item.asked if name not in known]
    for name, parameter in known.items():
        wanted = item.asked.get(name, "")
        if wanted and asked[name] != wanted:
            gone.append(_gone(parameter, wanted, asked[name], data))
    return {**asked, **item.asked}, gone


def _gone(parameter: Parameter, wanted: str, found: str, data: Snapshot) -> str:
    lost = [code for code in codes_of(wanted) if code not in codes_of(found)] if parameter.many else [wanted]
    words = ", ".join(f"“{parameter.words(code, data)}”" for code in lost)
    return f"There is no {parameter.label.lower()} {words} now; it may have been removed."
