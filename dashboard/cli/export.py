"""The command `export`: what a page shows, as a file; its options are the parameters of the topics."""

from __future__ import annotations

import argparse
from argparse import ArgumentTypeError
from collections.abc import Callable
from difflib import get_close_matches
from pathlib import Path

from dashboard.charts.view import View
from dashboard.cli import arguments
from dashboard.cli.output import write_output
from dashboard.drawing.presets import PRESETS
from dashboard.exports import EXPORTS, Export
from dashboard.exports.choices import SCALES, SHEETS, USUAL, Choices
from dashboard.snapshot import Snapshot, snapshot
from dashboard.topics import TOPICS
from dashboard.topics.parameters import Parameter, Topic, answer, codes_of, settle_asked
from loaders.errors import UnknownName, UnreadableFile

_READERS: dict[str, Callable[[str], str]] = {
    "mineral": arguments.mineral,
    "measure": arguments.measure,
    "place": lambda text: arguments.place_codes(text)[0],
    "places": lambda text: arguments.place_codes(text)[0],
}
"""How names that a person writes become codes, by parameter."""


def export_options(command: argparse.ArgumentParser) -> None:
    """One subcommand for each topic, one option for each of its parameters."""
    topics = command.add_subparsers(metavar="TOPIC", title="topics", required=True)
    for topic in TOPICS:
        one = topics.add_parser(topic.NAME, help=(topic.__doc__ or "").splitlines()[0])
        one.set_defaults(topic=topic)
        for item in topic.PARAMETERS:
            several = ", several with commas between" if item.many else ""
            one.add_argument(
                f"--{item.name}", metavar=item.name.upper(), help=f"{item.label.lower()}{several}"
            )
        _file_options(one)
        suffixes = ", ".join(kind.SUFFIX for kind in EXPORTS)
        one.add_argument(
            "-o", "--output", metavar="FILE", type=Path, required=True, help=f"by its ending: {suffixes}"
        )


def _file_options(command: argparse.ArgumentParser) -> None:
    """How the file is made; they bear no name of a parameter."""
    form = command.add_argument_group("form of the file")
    presets = {preset.name: preset.label for preset in PRESETS}
    told = "; ".join(f"{name}: {label}" for name, label in presets.items())
    form.add_argument("--preset", choices=presets, default=USUAL.preset, help=f"size of a picture. {told}")
    form.add_argument(
        "--scale", type=int, choices=SCALES, default=USUAL.scale, help="pixels of a PNG for each of its size"
    )
    form.add_argument("--untitled", action="store_true", help="leave the finding to the slide or page")
    form.add_argument("--transparent", action="store_true", help="no white ground in a picture")
    form.add_argument("--about", action="store_true", help="lines about the figures at the head of a CSV")
    form.add_argument("--paper", choices=SHEETS, default=USUAL.sheet, help="of a PDF")


def _chosen(options: argparse.Namespace) -> Choices:
    return Choices(
        preset=options.preset,
        scale=options.scale,
        titled=not options.untitled,
        transparent=options.transparent,
        about=options.about,
        sheet=options.paper,
    )


def export_view(options: argparse.Namespace) -> int:
    """Write what the topic shows; a choice that there is not, or a view without a chart, is an error."""
    kind = _kind(options.output)
    data = snapshot(getattr(options, "home", None))
    view = _view(options.topic, options, data)
    if view.chart is None:
        raise UnknownName(f"there is nothing to draw. {view.empty}")
    write_output(options.output, kind.export(view, data.stamp, _chosen(options)))
    print(f"Wrote {options.output}: {view.chart.title}.")
    return 0


def _kind(output: Path) -> Export:
    for kind in EXPORTS:
        if output.suffix.lower() == kind.SUFFIX:
            return kind
    known = ", ".join(kind.SUFFIX for kind in EXPORTS)
    raise UnreadableFile(
        f"no export has the ending “{output.suffix}”.", file=str(output), remedy=f"Take one of: {known}."
    )


def _view(topic: Topic, options: argparse.Namespace, data: Snapshot) -> View:
    wanted: dict[str, str] = {}
    for item in topic.PARAMETERS:
        asked, _ = settle_asked(topic.PARAMETERS, wanted, data)
        text = getattr(options, item.name)
        if text is not None:
            parts = codes_of(text) if item.many else (text,)
            wanted[item.name] = ",".join(_meant(item, part.strip(), asked, data) for part in parts)
    asked, missed = settle_asked(topic.PARAMETERS, wanted, data)
    if missed:
        raise UnknownName(" ".join(missed))
    return answer(topic, asked, data)


def view_asked(topic: Topic, options: argparse.Namespace, data: Snapshot) -> View:
    """What the options ask of a topic. Raises UnknownName for what there is not, or nothing to draw."""
    view = _view(topic, options, data)
    if view.chart is None:
        raise UnknownName(f"there is nothing to draw. {view.empty}")
    return view


def _meant(parameter: Parameter, text: str, asked: dict[str, str], data: Snapshot) -> str:
    """The option that is meant by a code, by its words on the page, or by an edition without its dataset.

    Raises UnknownName, with the nearest options.
    """
    options = list(parameter.options(data, asked))
    if text in options:
        return text
    named = {parameter.words(option, data).casefold(): option for option in options}
    if text.casefold() in named:
        return named[text.casefold()]
    ending = [option for option in options if option.endswith(f".{text}")]
    if len(ending) == 1:
        return ending[0]
    read = _READERS.get(parameter.name)
    try:
        code = read(text) if read else text
    except ArgumentTypeError as error:
        raise UnknownName(f"{error}.") from error
    if code not in options:
        near = get_close_matches(text, options, cutoff=0.4) or options[:5]
        raise UnknownName(
            f"there is no {parameter.label.lower()} “{text[:40]}” to choose here.",
            remedy=f"There is: {', '.join(near)}{', ...' if len(options) > len(near) else ''}.",
        )
    return code
