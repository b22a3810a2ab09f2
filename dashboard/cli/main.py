"""The command `minerals`: the dashboard, and the same functions without a browser.

Results go to standard output, problems to standard error. Exit codes: 0, 1 for problems in the data
or the files, 2 for a command that is not understood.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

from dashboard.cli import arguments, commands, spreadsheets
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
from dashboard.cli.output import (
    BAD_DATA,
)
from dashboard.cli.read import read_options, report_files
from dashboard.cli.text import seen
from loaders.errors import MineralsError
from loaders.store import catalogue

INTERRUPTED = 130


def main(words: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code. Raises SystemExit for a command that is not understood."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # Windows writes files in another encoding; names of files may hold bytes that are no text.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    words = sys.argv[1:] if words is None else words
    _know_minerals(words)
    options = _parser(words).parse_args(words)
    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except BrokenPipeError:
        _silence_stdout()
        return 0
    except KeyboardInterrupt:
        return INTERRUPTED
    except (MineralsError, OSError) as error:
        print(seen(f"minerals: {error}"), file=sys.stderr)
        return BAD_DATA
    return code


def _know_minerals(words: Sequence[str]) -> None:
    """Where a mineral is named, it may be one that an edition of the workspace adds."""
    if any(word.startswith("--mineral") for word in words):
        where = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
        where.add_argument("--home", type=Path)
        with suppress(MineralsError, SystemExit):
            catalogue(where.parse_known_args(words)[0].home)


def _silence_stdout() -> None:
    """Whoever reads the output has enough (`minerals claims | head`); Python must not complain at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


# What the command understands -----------------------------------------------------------------------

EXAMPLES = """\
examples:
  minerals                                            open the dashboard in the browser
  minerals serve --port 8600 --no-browser
  minerals claims --format csv
  minerals observations --mineral "rare earths" --measure reserves --place Russia,China
  minerals check --mineral rare-earths --edition 2025
  minerals rank --mineral rare-earths --measure reserves --edition 2025
  minerals export explore --mineral lithium --edition 2026 -o lithium.csv
  minerals brief "Rare earths" --add explore --mineral rare-earths -o rare-earths.pdf
  minerals article my-article.html --date 2025-03-31
  minerals read MCS2025_World_Data.csv --output tidy.csv
  minerals add MCS2026_Commodities_Data.csv --dry-run
  minerals diff usgs-mcs 2024 2025 --mineral rare-earths
  minerals use usgs-mcs 2025
  minerals convert 1 "t Li" --to LCE
  minerals convert "5 kt REO" --to content --basket "Nd=0.2,Ce=0.5,La=0.3"
"""

HOME = "folder of your own data (default: MINERALS_HOME, or where your system keeps such data)"


def _parser(words: Sequence[str]) -> argparse.ArgumentParser:
    """What understands the words; the options of commands that are not among them stay unknown."""
    parser = argparse.ArgumentParser(
        prog="minerals",
        description="Every number about critical minerals, next to where it came from.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=version("critical-minerals-explorer"))
    parser.add_argument("--home", metavar="DIR", type=Path, help=HOME)
    parser.set_defaults(run=_serve, host=None, port=None, browser=True)
    known = parser.add_subparsers(metavar="COMMAND", title="commands")
    for name, add_options, run, text in COMMANDS:
        command = known.add_parser(name, help=text, description=text)
        command.add_argument("--home", metavar="DIR", type=Path, default=argparse.SUPPRESS, help=HOME)
        command.set_defaults(run=run, refuse=command.error)
        if name in words:
            add_options(command)
    return parser


def _serve_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--port", type=arguments.port, help="the port to use, or the next free one (default: 8501)"
    )
    command.add_argument("--host", help="the address to listen on (default: 127.0.0.1, this computer only)")
    command.add_argument("--no-browser", dest="browser", action="store_false", help="do not open a browser")


def _export_options(command: argparse.ArgumentParser) -> None:
    from dashboard.cli.export import export_options  # all topics, which the lists do without

    export_options(command)


def _brief_options(command: argparse.ArgumentParser) -> None:
    from dashboard.cli.brief import brief_options  # all topics

    brief_options(command)


# What it does ---------------------------------------------------------------------------------------


def _export(options: argparse.Namespace) -> int:
    from dashboard.cli.export import export_view  # all topics

    return export_view(options)


def _brief(options: argparse.Namespace) -> int:
    from dashboard.cli.brief import run_brief  # all topics

    return run_brief(options)


def _serve(options: argparse.Namespace) -> int:
    from dashboard.cli import (
        serve,  # Streamlit takes as long to import as all the rest; the lists do without it
    )

    if options.home:
        os.environ["MINERALS_HOME"] = str(options.home.absolute())
    host = serve.LOOPBACK if options.host is None else options.host
    port = serve.FIRST_PORT if options.port is None else options.port
    try:
        serve.serve(host, port, browser=options.browser)
    except KeyboardInterrupt:
        print("Stopped.")
    return 0


COMMANDS = (
    ("serve", _serve_options, _serve, "Start the dashboard."),
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
