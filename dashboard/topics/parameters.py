"""Parameters of a topic: one row says what a control, a link and an option of the command need.

What is asked for is text, by parameter; several codes stand with commas between them.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Any, NamedTuple, Protocol, TypeVar, cast

from dashboard.charts.chart import Stack
from dashboard.charts.view import Records, View
from dashboard.snapshot import Snapshot, kept_with_data
from dashboard.topics.later_figures import LATER, PUBLISHED, READINGS, as_asked, concerned, told_of_later
from dashboard.topics.rows import cards_as_drawn
from loaders.model import Source
from loaders.names import ANY, known_mineral, known_place

Asked = Mapping[str, str]
"""What is shown, by parameter."""

NO_STATISTICS = "No statistics are loaded; they are added on the page Data."
"""What there is to say where no edition is installed."""

FIRST_MINERAL = "rare-earths"
"""The mineral that is shown where none is asked for."""


class Control(Enum):
    """How a page lets a reader choose."""

    SELECT = auto()
    SEGMENTED = auto()
    MULTISELECT = auto()
    HIDDEN = auto()


class Linked(Enum):
    """When a link names what is shown: a link must show the same again when defaults have changed."""

    ALWAYS = auto()
    IF_SEVERAL = auto()
    UNLESS_DEFAULT = auto()


def first_option(_data: Snapshot, _asked: Asked, options: Sequence[str]) -> str:
    """The first of the options; nothing where there are none."""
    return options[0] if options else ""


def none_of_them(_data: Snapshot, _asked: Asked, _options: Sequence[str]) -> str:
    """No option: what is asked of all until a reader narrows it."""
    return ""


def always_fits(_data: Snapshot, _asked: Asked, _option: str) -> bool:
    """Every option may be taken over from another page."""
    return True


def never_fits(_data: Snapshot, _asked: Asked, _option: str) -> bool:
    """No option is taken over: none chosen means all, and a reader narrows that here."""
    return False


def as_it_is(code: str, _data: Snapshot) -> str:
    """The code itself as its words."""
    return code


@dataclass(frozen=True)
class Parameter:
    """What can be asked for under one name; `options` may depend on the parameters before it.

    `words` says how an option is called, also one that is not known. `row` and `width` place the control on
    the page; one that is `quiet` is not shown where there is no choice. One with `many` takes several codes,
    none for all; `unknown` is the sentence about codes that there are not, with {} where these stand.
    `fits` says whether an option that was chosen on another page has something to show here. One that
    `follows` goes with the parameters before it: when these change it has its default, unless it had another.
    One that `yields_to` others, where nobody asks for it, is such that what is asked of these can be had.
    """

    name: str
    label: str
    options: Callable[[Snapshot, Asked], Sequence[str]]
    default: Callable[[Snapshot, Asked, Sequence[str]], str] = first_option
    words: Callable[[str, Snapshot], str] = as_it_is
    control: Control = Control.SELECT
    linked: Linked = Linked.ALWAYS
    row: int = 1
    width: float = 1.0
    quiet: bool = False
    many: bool = False
    unknown: str = ""
    placeholder: str | None = None
    fits: Callable[[Snapshot, Asked, str], bool] = always_fits
    follows: bool = False
    yields_to: tuple[str, ...] = ()

    def offered(self, data: Snapshot, asked: Asked) -> Sequence[str]:
        """The options, worked out once for the same data and choices; nobody may change them."""
        key = (self.options, tuple(asked.items()))
        return _once(data, key, lambda: self.options(data, asked))

    def usual(self, data: Snapshot, asked: Asked) -> str:
        """The default among these options, worked out once, too."""
        key = (self.options, self.default, tuple(asked.items()))
        return _once(data, key, lambda: self.default(data, asked, self.offered(data, asked)))

    def labels(self, data: Snapshot, asked: Asked) -> Mapping[str, str]:
        """How each of these options is called, worked out once, too."""
        key = (self.options, self.words, tuple(asked.items()))
        return _once(data, key, lambda: {code: self.words(code, data) for code in self.offered(data, asked)})


def named_choice(name: str, label: str, words: Mapping[str, str], **more: Any) -> Parameter:
    """A choice among a few, each code with how it is called; `more` are fields of `Parameter`."""
    more |= {"words": lambda code, _: words.get(code, code), "linked": Linked.UNLESS_DEFAULT}
    return Parameter(name, label, lambda *_: list(words), **more)


MOST_OFFERED = 10_000
"""Lists of options that are kept of one state of the data."""

_Found = TypeVar("_Found")


def _once(data: Snapshot, key: tuple[object, ...], make: Callable[[], _Found]) -> _Found:
    """What was made before for the same data and key; sessions ask at the same time."""
    kept = _offered(data)
    try:
        return cast("_Found", kept[key])
    except KeyError:
        found = make()
    if len(kept) >= MOST_OFFERED:
        kept.clear()
    kept[key] = found
    return found


@kept_with_data()
def _offered(_data: Snapshot) -> dict[tuple[object, ...], object]:
    """What was worked out for one state of the data: options and defaults, by function and choices."""
    return {}


class Topic(Protocol):
    """One thing that can be asked."""

    NAME: str
    PARAMETERS: tuple[Parameter, ...]

    def view(self, asked: Asked, data: Snapshot) -> View:
        """What there is to see; `asked` has a value for each parameter, as `settle` gives it."""
        ...


def answer(topic: Topic, asked: Asked, data: Snapshot) -> View:
    """What a topic has to show, with the command that shows it again and the sources that it rests on."""
    view = _as_read(topic, asked, data)
    if asked.get(PANEL_SCALES.name) == _OWN_SCALE:
        view = with_own_scales(view)
    return replace(
        view,
        command=command_of(topic, asked, data.as_of),
        sources=sources_of(view, data),
        records=records_of(view, data),
        topic=topic.NAME,
        asked=tuple(asked.items()),
    )


def _as_read(topic: Topic, asked: Asked, data: Snapshot) -> View:
    """The view as published or with later figures, whichever is asked for, with what is to be said of them.

    Made a second time, read the other way, only where such figures may bear on what is asked.
    """
    read = as_asked(data, asked)
    view, found = cards_as_drawn(topic.view(asked, read), read), concerned(data, asked)
    cited = {source.id for source in sources_of(view, data)} if found else set()
    if not any(name.partition("|")[0] in cited for name in found):
        return view
    later = asked.get(READING.name) == LATER
    otherwise = data if later else data.with_later
    other = cards_as_drawn(topic.view(asked, otherwise), otherwise)
    return told_of_later(view, other, asked, data)


READING = Parameter(
    "reading",
    "Figures",
    lambda data, asked: list(READINGS) if concerned(data, asked) else [PUBLISHED],
    words=lambda reading, _: READINGS.get(reading, reading),
    linked=Linked.UNLESS_DEFAULT,
    row=2,
    quiet=True,
)
"""Whether figures are as published, or as a later release of their publisher prints them."""


SHARED_SCALE, _OWN_SCALE = "shared", "own"
_SCALES = {SHARED_SCALE: "one for all panels", _OWN_SCALE: "one for each panel"}

PANEL_SCALES = named_choice("scales", "Scale of bars", _SCALES, row=2, quiet=True)
"""Whether panels of one unit share a scale; where they do not, a broken frame and words say so."""


def with_own_scales(view: View) -> View:
    """The view with bars as long as each panel allows; itself where it has no panels, or one."""
    chart = view.chart
    if chart is None or not isinstance(chart.drawing, Stack) or len(chart.drawing.panels) < 2:
        return view
    panels = tuple(replace(panel, own_scale=True) for panel in chart.drawing.panels)
    said = "Each panel has a scale of its own: compare lengths within one panel alone."
    drawing = replace(chart.drawing, panels=panels)
    changed = replace(chart, drawing=drawing, subtitle=f"{chart.subtitle} {said}", alt=f"{chart.alt} {said}")
    return replace(view, chart=changed)


def sources_of(view: View, data: Snapshot) -> tuple[Source, ...]:
    """The documents and editions that are cited in the table of the chart or on its cards.

    A release may be an edition of two datasets, one that compares countries and one of a country's own
    account: it is the one of which a figure is shown.
    """
    table = view.chart.table if view.chart else None
    told = list(table["citation"].unique()) if table is not None and "citation" in table else []
    cited = " ".join([*map(str, told), *(card.citation for card in view.cards)])
    accounts = [item.source for item in data.catalogue.national if item.source.citation in cited]
    found = [source for source in data.sources if source.citation in cited]
    if not accounts:
        return tuple(found)
    shown = _shown_editions(view)
    own = [source for source in accounts if source.id in shown]
    citations = {source.citation for source in own}
    kept = [source for source in found if source.citation not in citations or source.id in shown]
    return (*kept, *own)


def _shown_editions(view: View) -> set[str]:
    """The ids of the editions of which a figure is in the table of the chart, or a card is shown."""
    table = view.chart.table if view.chart else None
    ids = list(table["id"]) if table is not None and "id" in table else []
    return {str(name).partition("|")[0] for name in (*ids, *(card.id for card in view.cards))}


def records_of(view: View, data: Snapshot) -> Records:
    """The editions and documents of `sources_of`."""
    cited = {source.id for source in sources_of(view, data)}
    return Records(
        tuple(item for item in data.catalogue.all if item.edition.id in cited),
        tuple(document for document in data.seeds.documents if document.source.id in cited),
    )


def command_of(topic: Topic, asked: Asked, as_of: str = "") -> str:
    """The command for what is asked, each parameter named, so that later defaults change nothing.

    `as_of` is the version of the data where it is not the present one.
    """
    values = {item.name: asked.get(item.name, "") for item in topic.PARAMETERS}
    if values.get(READING.name) == PUBLISHED:
        del values[READING.name]  # what is published is never something else
    if values.get(PANEL_SCALES.name) == SHARED_SCALE:
        del values[PANEL_SCALES.name]  # as panels always are unless they are asked to be otherwise
    given = ((f"--{name}", value) for name, value in values.items())
    versioned = (*given, ("--as-of", as_of))
    words = [word for name, value in versioned if value for word in (name, value)]
    return shlex.join(["minerals", "export", topic.NAME, *words])


def settle_asked(
    parameters: Sequence[Parameter], wanted: Asked, data: Snapshot, remembered: Asked | None = None
) -> tuple[dict[str, str], list[str]]:
    """What comes nearest to what a link, the controls or a command ask for, and what was not to be had.

    Whatever is missing takes what is `remembered` of other pages, where it fits, else its default, or what
    others need that it yields to; each thing that is asked for and not to be had is a sentence.
    """
    asked: dict[str, str] = {}
    missed: list[str] = []
    for place, parameter in enumerate(parameters):
        name = parameter.name
        wish = Wish(wanted.get(name, ""), (remembered or {}).get(name, ""))
        if parameter.many:
            asked[name] = _many(parameter, wish, asked, data, missed)
            continue
        later = _Later(parameters[place + 1 :], wanted)
        asked[name] = _one(parameter, wish, asked, data, missed, later)
    return asked, missed


class Wish(NamedTuple):
    """What is asked for under one name, and what other pages remember of it."""

    asked: str
    remembered: str


def _one(
    parameter: Parameter, wish: Wish, asked: Asked, data: Snapshot, missed: list[str], later: _Later
) -> str:
    """The option that is asked for; else the remembered, the usual or the first one that leaves the rest."""
    options = parameter.offered(data, asked)
    value, recalled = _code_called(wish.asked, options) if wish.asked else "", wish.remembered
    if value and value in options:
        return value
    taken = recalled and recalled in options and parameter.fits(data, asked, recalled)
    default = recalled if taken else parameter.usual(data, asked)
    if value:
        shown, instead = parameter.words(value, data), parameter.words(default, data) if default else ""
        of_it = f"; this is {instead}" if instead else ""
        missed.append(f"There is no {parameter.name} “{shown[:40]}” to choose here{of_it}.")
        return default
    if not any(later.wanted.get(name) for name in parameter.yields_to):
        return default
    trials = ({**asked, parameter.name: option} for option in (default, *options))
    leaving = (trial[parameter.name] for trial in trials if _leaves(trial, later, parameter.yields_to, data))
    return next(leaving, default)


class _Later(NamedTuple):
    """The parameters after one, and what is asked for."""

    parameters: Sequence[Parameter]
    wanted: Asked


def _leaves(asked: Asked, later: _Later, names: Collection[str], data: Snapshot) -> bool:
    """Whether these choices leave what is asked for under some names, with the defaults between."""
    settled = dict(asked)
    for parameter in later.parameters:
        name = parameter.name
        value = later.wanted.get(name, "")
        if value and name in names:
            return value in parameter.offered(data, settled) and parameter.fits(data, settled, value)
        settled[name] = value or ("" if parameter.many else parameter.usual(data, settled))
    return True


def _many(parameter: Parameter, wish: Wish, asked: Asked, data: Snapshot, missed: list[str]) -> str:
    if not wish.asked:
        return ",".join(_unasked(parameter, wish.remembered, asked, data))
    known = set(parameter.offered(data, asked))
    codes = [_code_called(code, known) for code in codes_of(wish.asked)]
    unknown = [f"“{code[:40]}”" for code in codes if code not in known]
    if unknown:
        missed.append(parameter.unknown.format(", ".join(unknown)))
    return ",".join(dict.fromkeys(code for code in codes if code in known))


def _unasked(parameter: Parameter, remembered: str, asked: Asked, data: Snapshot) -> Sequence[str]:
    """The usual codes, or as many with what is remembered before them."""
    usual = codes_of(parameter.usual(data, asked))
    options = parameter.offered(data, asked) if remembered else ()
    own = [code for code in codes_of(remembered) if code in options and parameter.fits(data, asked, code)]
    return usual if {*own} <= {*usual} else [*own, *usual][: len(usual) or None]


def _code_called(text: str, options: Collection[str]) -> str:
    """The option of a mineral or a place that is called so; the text itself where there is none."""
    if text in options:
        return text
    called = (known_mineral(text, ANY), known_place(text, ANY).place)
    return next((code for code in called if code and code in options), text)


def codes_of(text: str) -> tuple[str, ...]:
    """The codes of a parameter that takes several, each once."""
    return tuple(dict.fromkeys(code for code in text.split(",") if code))


def link_of(parameters: Sequence[Parameter], asked: Asked, data: Snapshot) -> dict[str, str]:
    """What is shown as the parameters of a link: stable codes, no labels."""
    found: dict[str, str] = {}
    for parameter in parameters:
        value = asked[parameter.name]
        if value and _is_linked(parameter, value, asked, data):
            found[parameter.name] = value
    return found


def _is_linked(parameter: Parameter, value: str, asked: Asked, data: Snapshot) -> bool:
    if parameter.linked is Linked.ALWAYS:
        return True
    if parameter.linked is Linked.IF_SEVERAL:
        return len(parameter.offered(data, asked)) > 1
    return value != parameter.usual(data, asked)


def first_mineral(_data: Snapshot, _asked: Asked, minerals: Sequence[str]) -> str:
    """The mineral that a page opens with."""
    return FIRST_MINERAL if FIRST_MINERAL in minerals else first_option(_data, _asked, minerals)
