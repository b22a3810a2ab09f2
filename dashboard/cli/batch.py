"""Several charts at once: what a link shows, or everything of a mineral or a country, into a folder."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

from dashboard.charts.view import View
from dashboard.cli.output import by_ending, write_output
from dashboard.cli.terminal import BAD_DATA
from dashboard.exports import EXPORTS, Export
from dashboard.exports.choices import Choices
from dashboard.snapshot import Snapshot, snapshot
from dashboard.topics.pages import AS_OF, DOCUMENTS_AS_OF, FIGURES_PAGE, PAGES, VERSION, AskedChart, Page
from dashboard.topics.parameters import answer, settle_asked
from dashboard.topics.subjects import NoChart, Subject, everything_of
from loaders.errors import MineralsError, StoreError, UnknownName, UnreadableFile
from loaders.text import count, file_name

FIRST_KINDS = ("png", "csv")
"""Kinds of files that are made of each chart where none are named."""


# Links ------------------------------------------------------------------------------------------------


class OpenedLink(NamedTuple):
    """A link that was read: the page, what it asks for, and the data as they were then."""

    page: Page
    wanted: dict[str, str]
    data: Snapshot


def opened(link: str, home: Path | None = None) -> OpenedLink:
    """A link as a page makes it, read by the parameters of that page.

    Raises UnknownName for a page without charts, StoreError for a version that is not kept.
    """
    parts = urlsplit(link)
    given = dict(parse_qsl(parts.query))
    name = parts.path.rstrip("/").rpartition("/")[2]
    if not name and FIGURES_PAGE.parameters[0].name in given:  # an old link, which the first page leads on
        name = FIGURES_PAGE.name
    page = next((page for page in PAGES if page.name == name), None)
    if page is None:
        raise UnknownName(
            f"there is no page “{name[:40]}” with charts.",
            remedy=f"A link names one of: {', '.join(page.name for page in PAGES)}.",
        )
    data = snapshot(home, given.pop(AS_OF, "") or given.get(VERSION, ""))
    given.pop(VERSION, None)
    documents = given.pop(DOCUMENTS_AS_OF, "")
    if documents and not data.documents_version.startswith(documents):
        _say("A claim was added, changed or removed since this link was made; it is shown as it is now.")
    known = {item.name for item in page.parameters}
    if others := sorted(given.keys() - known):
        _say(f"The page knows nothing of {', '.join(others)} in the link.")
    return OpenedLink(page, {name: text for name, text in given.items() if name in known}, data)


def shown_by(link: OpenedLink) -> Sequence[AskedChart]:
    """The charts that the link shows. Raises UnknownName for what is not to be had."""
    asked, missed = settle_asked(link.page.parameters, link.wanted, link.data)
    if missed:
        raise UnknownName(" ".join(missed))
    return link.page.shown(asked, link.data)


# Writing ----------------------------------------------------------------------------------------------


def kind_of(output: Path) -> Export:
    """The kind of file by the ending of its name. Raises UnreadableFile."""
    return by_ending(output, EXPORTS, "export")


def write_one(view: View, data: Snapshot, output: Path, choices: Choices) -> int:
    """Write the chart of a view. Raises UnknownName where there is none."""
    kind = kind_of(output)
    if view.chart is None:
        raise UnknownName(f"there is nothing to draw. {view.empty}")
    write_output(output, kind.export(view, data.stamp, choices))
    print(f"Wrote {output}: {view.chart.title}.")
    return 0


def export_link(options: argparse.Namespace, choices: Choices) -> int:
    """Write what a link shows: one chart as a file, several into a folder."""
    link = opened(options.link, getattr(options, "home", None))
    shown = shown_by(link)
    if options.all_output.suffix and not options.all_output.is_dir():
        if len(shown) != 1:
            raise UnknownName(
                f"the link shows {count(len(shown), 'chart')}, and there is one file.",
                remedy="Name a folder with -o; --kinds says what is made of each chart.",
            )
        (one,) = shown
        return write_one(answer(*one, link.data), link.data, options.all_output, choices)
    return _write_all(shown, link.data, options, choices)


def export_all(options: argparse.Namespace, choices: Choices) -> int:
    """Write everything of a mineral, a country or both into a folder."""
    data = snapshot(getattr(options, "home", None), options.all_as_of)
    subject = Subject(options.all_mineral or "", options.all_place or "")
    return _write_all(everything_of(subject, data), data, options, choices)


def _write_all(
    found: Iterable[AskedChart | NoChart], data: Snapshot, options: argparse.Namespace, choices: Choices
) -> int:
    """Each chart in each kind, said as it goes; then what cannot be shown. Each file is whole or not there.

    The code is 0, or 1 where a chart could not be made for an error, or there is none at all.
    """
    kinds, folder = _kinds(options.kinds), options.all_output
    _make(folder)
    items = list(found)
    left = [item for item in items if isinstance(item, NoChart)]
    shown = [item for item in items if isinstance(item, AskedChart)]
    names: dict[str, int] = {}
    drawn: set[tuple[str, ...]] = set()
    failed = written = 0
    try:
        for number, item in enumerate(shown, 1):
            made = _made(item, data)
            if isinstance(made, NoChart):
                left.append(made)
                failed += made.why.startswith(_ERROR)
                continue
            if (told := _told(made)) in drawn:  # a claim stands on the pages Claims and Figures
                continue
            drawn.add(told)
            stem = _stem(made, names)
            _say(f"{number} of {len(shown)}: {stem}")
            for kind in kinds:
                content = kind.export(made, data.stamp, choices)
                write_output(folder / f"{stem}{kind.SUFFIX}", content)
            written += 1
    except KeyboardInterrupt:
        _say(f"Stopped: {written} of {count(len(shown), 'chart')} written into {folder}, each file whole.")
        raise
    for what, why in left:
        _say(f"Not shown: {what}: {why}")
    print(f"Wrote {count(written, 'chart')} as {', '.join(kind.NAME for kind in kinds)} into {folder}.")
    return BAD_DATA if failed or not written else 0


_ERROR = "error: "


def _made(item: AskedChart, data: Snapshot) -> View | NoChart:
    """The view, or why there is none; what is wrong with one chart does not stop the others."""
    words = " ".join([item.topic.NAME, *(f"--{name} {text}" for name, text in item.asked.items() if text)])
    try:
        view = answer(*item, data)
    except MineralsError as error:
        return NoChart(words, f"{_ERROR}{error}")
    return view if view.chart else NoChart(words, view.empty)


def _told(view: View) -> tuple[str, ...]:
    """All that a chart says in words: two that say the same are one."""
    chart = view.chart
    return (chart.title, chart.subtitle, chart.source, chart.alt) if chart else ()


def _stem(view: View, names: dict[str, int]) -> str:
    """The name of the chart for a file; one that is there already gets a number."""
    stem = file_name(view.chart.name if view.chart else view.key)
    names[stem] = names.get(stem, 0) + 1
    return stem if names[stem] == 1 else f"{stem}-{names[stem]}"


def _kinds(text: str | None) -> list[Export]:
    """Kinds of files by their endings. Raises UnreadableFile."""
    names = [name.strip().lstrip(".") for name in (text or ",".join(FIRST_KINDS)).split(",")]
    return [kind_of(Path(f"chart.{name}")) for name in dict.fromkeys(names)]


def _make(folder: Path) -> None:
    if folder.suffix and not folder.is_dir() and any(folder.suffix == kind.SUFFIX for kind in EXPORTS):
        raise UnreadableFile("several charts need a folder.", file=str(folder), remedy="End its name with /.")
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise StoreError(f"cannot be made ({error.strerror}).", file=str(folder)) from error


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
