"""The command `minerals`: the dashboard, and the same functions without a browser.

Results go to standard output, problems to standard error. Exit codes: 0, 1 for problems in the data
or the files, 2 for a command that is not understood.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from importlib.metadata import version
from pathlib import Path

from dashboard import answers, arguments, listing, spreadsheets, steward
from dashboard.handed_in import read_mapping
from dashboard.printing import (
    BAD_DATA,
    add_format,
    print_problems,
    print_table,
    terminal_width,
    write_whole,
)
from loaders.conversions import conversion, convert, parse_amount, parse_basket, parse_target
from loaders.documents import Seeds, claims_table, read_seeds
from loaders.errors import MineralsError
from loaders.memory import hold_memory
from loaders.read import load
from loaders.store import Catalogue, all_seeds, catalogue, read_all, to_csv
from loaders.tables import BOOK_SUFFIXES, RECORD_SUFFIXES

INTERRUPTED = 130


def main(words: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code. Raises SystemExit for a command that is not understood."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # Windows writes files in another encoding; names of files may hold bytes that are no text.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = _parser().parse_args(words)
    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except BrokenPipeError:
        _silence_stdout()
        return 0
    except KeyboardInterrupt:
        return INTERRUPTED
    except (MineralsError, OSError) as error:
        print(listing.seen(f"minerals: {error}"), file=sys.stderr)
        return BAD_DATA
    return code


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
  minerals read MCS2025_World_Data.csv --output tidy.csv
  minerals add MCS2026_Commodities_Data.csv --dry-run
  minerals diff usgs-mcs 2024 2025 --mineral rare-earths
  minerals use usgs-mcs 2025
  minerals convert 1 "t Li" --to LCE
  minerals convert "5 kt REO" --to content --basket "Nd=0.2,Ce=0.5,La=0.3"
"""

HOME = "folder of your own data (default: MINERALS_HOME, or where your system keeps such data)"


def _parser() -> argparse.ArgumentParser:
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
        add_options(command)
    return parser


def _serve_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--port", type=arguments.port, help="the port to use, or the next free one (default: 8501)"
    )
    command.add_argument("--host", help="the address to listen on (default: 127.0.0.1, this computer only)")
    command.add_argument("--no-browser", dest="browser", action="store_false", help="do not open a browser")


def _claims_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--seeds",
        metavar="DIR",
        type=Path,
        help="folder of seed files (default: the bundled ones and your own)",
    )
    add_format(command)


FILTERS: tuple[tuple[str, Callable[[str], list[str] | list[int]], str], ...] = (
    ("dataset", arguments.listed, "such as usgs-mcs"),
    ("edition", arguments.listed, "such as 2025"),
    ("mineral", arguments.minerals, "an id or a name: rare-earths, 'rare earths'"),
    ("place", arguments.places, "an ISO code or a name: RUS, Russia"),
    ("measure", arguments.measures, "such as mine_production"),
    ("year", arguments.years, "such as 2024"),
)


def _observations_options(command: argparse.ArgumentParser) -> None:
    for name, read, text in FILTERS:
        command.add_argument(f"--{name}", type=read, action="extend", metavar="A,B", help=text)
    add_format(command)


def _check_options(command: argparse.ArgumentParser) -> None:
    for name, read, text in FILTERS[:4]:
        command.add_argument(f"--{name}", type=read, action="extend", metavar="A,B", help=text)
    command.add_argument(
        "--seeds",
        metavar="DIR",
        type=Path,
        help="folder of seed files (default: the bundled ones and your own)",
    )
    add_format(command)


def _rank_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--mineral", type=arguments.mineral, required=True, help="an id or a name")
    command.add_argument(
        "--measure", type=arguments.measure, required=True, help="such as reserves, mine_production"
    )
    command.add_argument("--edition", required=True, help="such as 2025")
    command.add_argument("--dataset", help="such as usgs-mcs; needed where several have the edition")
    command.add_argument("--year", type=arguments.year, help="such as 2024 (default: the latest)")
    command.add_argument("--basis", help="such as content; needed where there are several")
    add_format(command)


def _read_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("paths", metavar="FILE|FOLDER|ZIP", nargs="+", type=Path)
    command.add_argument("--output", metavar="OUT.csv", type=Path, help="write the tidy rows to this file")
    text = "how the columns of a spreadsheet become ours, as written by `minerals map`"
    command.add_argument("--mapping", metavar="FILE.toml", type=Path, help=text)
    add_format(command)


def _convert_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "amount", nargs="+", metavar="AMOUNT", help="a weight and what it is of: 1 't Li', '5 kt Li2O'"
    )
    command.add_argument("--to", required=True, metavar="BASIS", help="such as LCE, Li2O, REO, V2O5, content")
    command.add_argument(
        "--basket",
        metavar="SHARES",
        help="parts of a mixed tonnage, 'Nd=0.2,Ce=0.8' by weight of the elements "
        "or 'Nd2O3=0.2,CeO2=0.8' by weight of the oxides",
    )
    add_format(command, ("table", "json"))


# What it does ---------------------------------------------------------------------------------------


def _serve(options: argparse.Namespace) -> int:
    from dashboard import serve  # Streamlit takes as long to import as all the rest; the lists do without it

    if options.home:
        os.environ["MINERALS_HOME"] = str(options.home.absolute())
    host = serve.LOOPBACK if options.host is None else options.host
    port = serve.FIRST_PORT if options.port is None else options.port
    try:
        serve.serve(host, port, browser=options.browser)
    except KeyboardInterrupt:
        print("Stopped.")
    return 0


def _claims(options: argparse.Namespace) -> int:
    seeds = _seeds(options)
    print_table(claims_table(seeds.claims)[listing.CLAIM_FIELDS], options.format)
    return print_problems(seeds.problems)


def _seeds(options: argparse.Namespace) -> Seeds:
    return read_seeds(options.seeds) if options.seeds else all_seeds(options.home)


def _observations(options: argparse.Namespace) -> int:
    table = read_all(_chosen_editions(options))
    for column in ("mineral", "place", "measure", "year"):
        values = getattr(options, column)
        if values:
            table = table[table[column].isin(values)]
    print_table(table[listing.OBSERVATION_FIELDS], options.format)
    return 0


def _chosen_editions(options: argparse.Namespace) -> Catalogue:
    """The editions that --dataset and --edition name, or all."""
    found = catalogue(options.home)
    _check_known(options, "dataset", (item.dataset.id for item in found.editions))
    _check_known(options, "edition", (item.edition.edition for item in found.editions))
    wanted = [
        item
        for item in found.editions
        if item.dataset.id in (options.dataset or [item.dataset.id])
        and item.edition.edition in (options.edition or [item.edition.edition])
    ]
    return Catalogue(tuple(wanted))


def _check_known(options: argparse.Namespace, name: str, known: Iterable[str]) -> None:
    have = sorted(set(known))
    unknown = [value for value in getattr(options, name) or () if value not in have]
    if unknown:
        there_are = f"there are: {', '.join(have)}" if have else "there is none"
        options.refuse(f"argument --{name}: '{unknown[0]}' is not a known {name}; {there_are}")


def _check(options: argparse.Namespace) -> int:
    found = _chosen_editions(options)
    seeds = _seeds(options)
    claims = [
        claim
        for claim in seeds.claims
        if claim.mineral in (options.mineral or [claim.mineral])
        and claim.place in (options.place or [claim.place])
    ]
    table = answers.check_table(claims, read_all(found), answers.editions(found))
    print_table(table if options.format == "json" else answers.check_words(table), options.format)
    return print_problems(seeds.problems)


def _rank(options: argparse.Namespace) -> int:
    options.dataset, options.edition = options.dataset and [options.dataset], [options.edition]
    found = _chosen_editions(options)
    if len(found.editions) != 1:
        have = ", ".join(item.dataset.id for item in found.editions) or "none"
        options.refuse(f"argument --dataset: edition {options.edition[0]} is of {have}; choose one")
    names = ("mineral", "measure", "year", "basis")
    wanted = {name: getattr(options, name) for name in names}
    table = answers.rank_table(found.editions[0], read_all(found), wanted)
    print_table(table, options.format)
    return 0


def _read(options: argparse.Namespace) -> int:
    if options.output and _is_input(options.output, options.paths):
        options.refuse(f"argument --output: {options.output} is one of the files to read")
    if options.output and options.output.name.lower().endswith((*BOOK_SUFFIXES, *RECORD_SUFFIXES)):
        options.refuse(
            f"argument --output: the tidy rows are written as CSV; name a file .csv, not {options.output}"
        )
    hold_memory()
    try:
        mapping = read_mapping(options.mapping) if options.mapping else None
        result = load(options.paths, options.home, mapping)
    except MineralsError as error:
        if options.format == "json":
            print(listing.unread_json(error))
        return print_problems([listing.problem_of(error)])
    if options.format == "json":
        print(listing.report_json(result.report))
    elif options.format == "csv":
        sys.stdout.write(to_csv(result.observations).decode())
    else:
        print(listing.report_text(result.report, terminal_width()))
    if options.output:
        write_whole(options.output, to_csv(result.observations))
        print(f"Wrote {len(result.observations):,} rows to {options.output}.", file=sys.stderr)
    return print_problems(result.report.problems)


def _convert(options: argparse.Namespace) -> int:
    amount = parse_amount(" ".join(options.amount))
    basis = parse_target(options.to, amount.mineral)
    basket = None if options.basket is None else parse_basket(options.basket)
    how = conversion(amount.mineral, amount.basis, basis, basket)
    result = convert(amount.value, how, lower=amount.lower, upper=amount.upper)
    as_words = listing.conversion_json if options.format == "json" else listing.conversion_text
    print(as_words(result, amount.unit, how))
    return 0


def _is_input(output: Path, inputs: Sequence[Path]) -> bool:
    if not output.exists():
        return False
    whole = output.resolve()
    return any(whole.is_relative_to(path.resolve()) for path in inputs)


COMMANDS = (
    ("serve", _serve_options, _serve, "Start the dashboard."),
    ("claims", _claims_options, _claims, "List the figures that documents state."),
    (
        "observations",
        _observations_options,
        _observations,
        "List the figures of the statistical datasets. A filter takes several values, with commas between.",
    ),
    (
        "check",
        _check_options,
        _check,
        "Hold the figures that documents state against each edition of the statistics.",
    ),
    (
        "rank",
        _rank_options,
        _rank,
        "Rank the countries of one table of an edition, with their shares of the world total.",
    ),
    (
        "read",
        _read_options,
        _read,
        "Read a publisher's files and report what a loader makes of them; nothing is installed.",
    ),
    (
        "convert",
        _convert_options,
        _convert,
        "Convert a weight from one basis to another, such as lithium to lithium carbonate equivalent.",
    ),
    *spreadsheets.COMMANDS,
    *steward.COMMANDS,
)
