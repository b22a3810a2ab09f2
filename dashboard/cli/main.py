"""The command `minerals`: the dashboard, and the same functions without a browser.

Results go to standard output, problems to standard error. Exit codes: 0, 1 for problems in the data
or the files, 2 for a command that is not understood.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path

from dashboard.cli.ports import FIRST_PORT, LAST_PORT, LOOPBACK
from dashboard.cli.terminal import BAD_DATA, INTERRUPTED, seen
from loaders.errors import MineralsError

Command = tuple[str, Callable[[argparse.ArgumentParser], None], Callable[[argparse.Namespace], int], str]
"""Its name, what adds its options, what runs it, and what it does in a sentence."""


def main(words: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code. Raises SystemExit for a command that is not understood."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # Windows writes files in another encoding; names of files may hold bytes that are no text.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    words = _with_command(sys.argv[1:] if words is None else words)
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


def _with_command(words: Sequence[str]) -> Sequence[str]:
    """The words with the command that bare options of `serve` leave out: `minerals --port 8600`."""
    homes = 0 if not words else 2 if words[0] == "--home" else int(words[0].startswith("--home="))
    first = next(iter(words[homes:]), "").partition("=")[0]
    return ["serve", *words] if first in ("--port", "--host", "--no-browser") else words


def _silence_stdout() -> None:
    """Whoever reads the output has enough (`minerals claims | head`); Python must not complain at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


# What the command understands -----------------------------------------------------------------------

_EXAMPLES = """\
examples:
  minerals                                            open the dashboard in the browser
  minerals --port 8600 --no-browser                   the same as minerals serve --port 8600 --no-browser
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
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=version("critical-minerals-explorer"))
    parser.add_argument("--home", metavar="DIR", type=Path, help=HOME)
    parser.set_defaults(run=_serve, host=None, port=None, browser=True)
    known = parser.add_subparsers(metavar="COMMAND", title="commands")
    for name, add_options, run, text in _commands(words):
        command = known.add_parser(name, help=text, description=text)
        command.add_argument("--home", metavar="DIR", type=Path, default=argparse.SUPPRESS, help=HOME)
        command.set_defaults(run=run, refuse=command.error)
        if name in words:
            add_options(command)
    return parser


def _commands(words: Sequence[str]) -> Sequence[Command]:
    """What can be asked for: what starts the dashboard, and all else unless the words do just that."""
    serve: Command = ("serve", _serve_options, _serve, "Start the dashboard.")
    if not words or words[0] == "serve":
        return (serve,)
    # It loads the statistics, for which the dashboard's reader does not wait.
    from dashboard.cli import command_list

    command_list.know_minerals(words)
    return (serve, *command_list.COMMANDS)


def _serve_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--port", type=_port, help="the port to use, or the next free one (default: 8501)")
    command.add_argument("--host", help="the address to listen on (default: 127.0.0.1, this computer only)")
    command.add_argument("--no-browser", dest="browser", action="store_false", help="do not open a browser")


def _port(text: str) -> int:
    """A port number, 0 for any. Raises ArgumentTypeError."""
    if not (text.isascii() and text.isdecimal() and int(text) <= LAST_PORT):
        raise argparse.ArgumentTypeError(f"'{text}' is not a port, 0 to {LAST_PORT}")
    return int(text)


# What it does ---------------------------------------------------------------------------------------


def _serve(options: argparse.Namespace) -> int:
    gc.disable()  # until all is loaded, see `serve`: nothing of that is ever in vain
    from dashboard.cli import serve  # Streamlit, which takes long to import; the lists do without it

    if options.home:
        os.environ["MINERALS_HOME"] = str(options.home.absolute())
    host = LOOPBACK if options.host is None else options.host
    port = FIRST_PORT if options.port is None else options.port
    try:
        serve.serve(host, port, browser=options.browser)
    except KeyboardInterrupt:
        print("Stopped.")
    finally:
        gc.enable()
    return 0
