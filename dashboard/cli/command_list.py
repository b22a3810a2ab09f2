"""Every command but that which starts the dashboard."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from dashboard.cli import commands, spreadsheets
from dashboard.cli.article import article_options, read_articles
from dashboard.cli.convert import convert_amount, convert_options
from dashboard.cli.doctor import doctor_options, examine
from dashboard.cli.figures import (
    check_claims,
    check_options,
    claims_options,
    list_claims,
    list_observations,
    observations_options,
    rank_options,
    rank_places,
)
from dashboard.cli.read import read_options, report_files
from loaders.errors import MineralsError
from loaders.store import catalogue


def know_minerals(words: Sequence[str]) -> None:
    """Where a mineral is named, it may be one that an edition of the workspace adds."""
    if any(word.startswith("--mineral") for word in words):
        where = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
        where.add_argument("--home", type=Path)
        with suppress(MineralsError, SystemExit):
            catalogue(where.parse_known_args(words)[0].home)


def _export_options(command: argparse.ArgumentParser) -> None:
    from dashboard.cli.export import export_options  # all topics, which the lists do without

    export_options(command)


def _brief_options(command: argparse.ArgumentParser) -> None:
    from dashboard.cli.brief import brief_options  # all topics

    brief_options(command)


def _export(options: argparse.Namespace) -> int:
    from dashboard.cli.export import export_view  # all topics

    return export_view(options)


def _brief(options: argparse.Namespace) -> int:
    from dashboard.cli.brief import run_brief  # all topics

    return run_brief(options)


COMMANDS = (
    ("claims", claims_options, list_claims, "List the figures that documents state."),
    (
        "observations",
        observations_options,
        list_observations,
        "List the figures of the statistical datasets. A filter takes several values, with commas between.",
    ),
    (
        "check",
        check_options,
        check_claims,
        "Hold the figures that documents state against each edition of the statistics.",
    ),
    (
        "rank",
        rank_options,
        rank_places,
        "Rank the countries of one table of an edition, with their shares of the world total.",
    ),
    (
        "read",
        read_options,
        report_files,
        "Read a publisher's files and report what a loader makes of them; nothing is installed.",
    ),
    (
        "convert",
        convert_options,
        convert_amount,
        "Convert a weight from one basis to another, such as lithium to lithium carbonate equivalent.",
    ),
    (
        "export",
        _export_options,
        _export,
        "Write what a page shows as a file; the options are those of the page.",
    ),
    (
        "brief",
        _brief_options,
        _brief,
        "List the briefs that are kept, add a chart to one, or make its briefing, deck or archive.",
    ),
    (
        "article",
        article_options,
        read_articles,
        "Read an article and list the figures that it states; nothing is accepted by itself.",
    ),
    (
        "doctor",
        doctor_options,
        examine,
        "Say what is installed, where data are, and whether all is well.",
    ),
    *spreadsheets.COMMANDS,
    *commands.COMMANDS,
)
