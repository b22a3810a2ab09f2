"""The command `export`: what a page shows, as a file; its options are the parameters of the topics."""

from __future__ import annotations

import argparse
from argparse import ArgumentTypeError
from collections.abc import Callable
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from dashboard.charts.view import View
from dashboard.cli import arguments
from dashboard.cli.batch import FIRST_KINDS, export_all, export_link, kind_of, write_one
from dashboard.drawing.presets import PRESETS
from dashboard.exports import EXPORTS
from dashboard.exports.choices import SCALES, SHEETS, USUAL, Choices
from dashboard.snapshot import Snapshot, snapshot
from dashboard.topics import TOPICS
from dashboard.topics.parameters import Parameter, Topic, answer, codes_of, settle_asked
from loaders.errors import UnknownName

_READERS: dict[str, Callable[[str], str]] = {
    "mineral": arguments.mineral,
    "measure": arguments.measure,
    "place": lambda text: arguments.place_codes(text)[0],
    "places": lambda text: arguments.place_codes(text)[0],
}
"""How names that a person writes become codes, by parameter."""


def export_options(command: argparse.ArgumentParser) -> None:
    """One subcommand for each topic, one option for each of its parameters; or what a link shows, or all."""
    _options_of_many(command)
    topics = command.add_subparsers(metavar="TOPIC", title="topics")
    for topic in TOPICS:
        one = topics.add_parser(topic.NAME, help=(topic.__doc__ or "").splitlines()[0])
        one.set_defaults(topic=topic)
        for item in topic.PARAMETERS:
            several = ", several with commas between" if item.many else ""
            one.add_argument(
                f"--{item.name}", metavar=item.name.upper(), help=f"{item.label.lower()}{several}"
            )
        _file_options(one)
        one.add_argument("--as-of", metavar="VERSION", default="", help=_AS_OF)
        suffixes = ", ".join(kind.SUFFIX for kind in EXPORTS)
        one.add_argument(
            "-o", "--output", metavar="FILE", type=Path, required=True, help=f"by its ending: {suffixes}"
        )


_AS_OF = "the data as they were at this version, of which a link and a file name the first digits"


def _options_of_many(command: argparse.ArgumentParser) -> None:
    """What stands without a topic. Names of their own: a topic's options would silently win over them."""
    command.set_defaults(topic=None)
    what = command.add_mutually_exclusive_group()
    what.add_argument("--link", metavar="ADDRESS", help="instead of a topic: what a link to a page shows")
    what.add_argument(
        "--all", action="store_true", help="instead of a topic: everything of a mineral, a country, or both"
    )
    command.add_argument("--mineral", dest="all_mineral", type=arguments.mineral, help="for --all")
    command.add_argument(
        "--place", dest="all_place", type=lambda text: arguments.place_codes(text)[0], help="for --all"
    )
    endings = ", ".join(kind.SUFFIX.lstrip(".") for kind in EXPORTS)
    command.add_argument(
        "--kinds", help=f"what is made of each chart: some of {endings} (default: {','.join(FIRST_KINDS)})"
    )
    command.add_argument("--as-of", dest="all_as_of", metavar="VERSION", default="", help=_AS_OF)
    command.add_argument(
        "-o", "--output", dest="all_output", metavar="FOLDER", type=Path,
        help="a folder, which is made where it is not there; a file for a link to one chart",
    )  # fmt: skip
    _file_options(command, "all_")


def _file_options(command: argparse.ArgumentParser, prefix: str = "") -> None:
    """How the file is made; they bear no name of a parameter."""
    form = command.add_argument_group("form of the file")
    presets = {preset.name: preset.label for preset in PRESETS}
    told = "; ".join(f"{name}: {label}" for name, label in presets.items())
    given: dict[str, dict[str, Any]] = {
        "preset": {"choices": presets, "default": USUAL.preset, "help": f"size of a picture. {told}"},
        "scale": {"type": int, "choices": SCALES, "default": USUAL.scale, "help": "pixels of a PNG"},
        "paper": {"choices": SHEETS, "default": USUAL.sheet, "help": "of a PDF"},
    }  # fmt: skip
    for name, more in given.items():
        form.add_argument(f"--{name}", dest=f"{prefix}{name}", **more)
    for name, told in _SWITCHES.items():
        form.add_argument(f"--{name}", dest=f"{prefix}{name}", action="store_true", help=told)


_SWITCHES = {
    "untitled": "leave the finding to the slide or page",
    "transparent": "no white ground in a picture",
    "about": "lines about the figures at the head of a CSV",
    "definitions": "what the words in the chart mean, beside what the file says of itself",
}


def _chosen(options: argparse.Namespace, prefix: str = "") -> Choices:
    given = {name.removeprefix(prefix): value for name, value in vars(options).items()}
    return Choices(
        preset=given["preset"],
        scale=given["scale"],
        titled=not given["untitled"],
        transparent=given["transparent"],
        about=given["about"],
        definitions=given["definitions"],
        sheet=given["paper"],
    )


def export_view(options: argparse.Namespace) -> int:
    """Write what the topic, a link, or a whole subject shows.

    A choice that there is not, or a view without a chart, is an error.
    """
    if options.topic is None:
        return _export_many(options)
    _refuse_before_topic(options)
    kind_of(options.output)
    data = snapshot(getattr(options, "home", None), options.as_of)
    return write_one(_view(options.topic, options, data), data, options.output, _chosen(options))


def _export_many(options: argparse.Namespace) -> int:
    if not (options.link or options.all):
        options.refuse("a topic, --link or --all is missing")
    if options.all and not (options.all_mineral or options.all_place):
        options.refuse("--all needs --mineral, --place or both")
    if options.link and (options.all_mineral or options.all_place or options.all_as_of):
        options.refuse("a link says itself what it shows")
    if options.all_output is None:
        options.refuse("-o is missing")
    make = export_link if options.link else export_all
    return make(options, _chosen(options, "all_"))


def _refuse_before_topic(options: argparse.Namespace) -> None:
    """Options that stand before the topic mean something else there, so they are not silently left out."""
    given = vars(options)
    names = [name for name in given if name.startswith("all_") and given[name] != _UNSET.get(name)]
    if names or options.link or options.all or options.kinds:
        options.refuse("the options of a topic stand behind it")


_UNSET = {
    "all_as_of": "", "all_preset": USUAL.preset, "all_scale": USUAL.scale, "all_paper": USUAL.sheet,
    **{f"all_{name}": False for name in _SWITCHES},
}  # fmt: skip


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
