"""The command doctor: what is installed, where data are, whether all is well, and what to do."""

from __future__ import annotations

import argparse
import importlib
import json
import shutil
import sys
import tempfile
import webbrowser
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Literal, NamedTuple

from packaging.requirements import Requirement

from dashboard.cli.output import add_format
from dashboard.cli.ports import FIRST_PORT, LOOPBACK, free_port
from dashboard.cli.terminal import BAD_DATA
from loaders.errors import CannotServe, MineralsError
from loaders.model import EditionId
from loaders.store import all_seeds, bundled_folder, catalogue, verify, workspace
from loaders.text import count

PACKAGE = "critical-minerals-explorer"
PYTHON = (3, 11)
SPACE = 500 * 2**20
"""Bytes that should be free where data are kept: a large edition takes some hundred million."""

_FONTS = Path(__file__).parents[1] / "static" / "inter"
_AGAIN = "Install again, as the README says, with constraints.txt."


class Examined(NamedTuple):
    """One thing that was looked at: whether all is well, what was found, and what to do where it is not.

    `note` is well enough, and something to know.
    """

    about: str
    state: Literal["ok", "note", "wrong"]
    found: str
    remedy: str = ""


def doctor_options(command: argparse.ArgumentParser) -> None:
    add_format(command, ("table", "json"))


def examine(options: argparse.Namespace) -> int:
    """Print a line for each thing; 1 where something is wrong."""
    found = [*program(), *fonts(), *data(options.home), *reach()]
    if options.format == "json":
        print(json.dumps([item._asdict() for item in found], ensure_ascii=False, indent=1))
    else:
        _print(found)
    return BAD_DATA if any(item.state == "wrong" for item in found) else 0


def _print(found: list[Examined]) -> None:
    width = max(len(item.about) for item in found)
    for item in found:
        print(f"{item.state:<5}  {item.about:<{width}}  {item.found}")
        if item.remedy:
            print(f"{'':<5}  {'':<{width}}  -> {item.remedy}")
    wrong = sum(item.state == "wrong" for item in found)
    print(f"\n{count(wrong, 'thing')} to mend." if wrong else "\nAll is well.")


# The program --------------------------------------------------------------------------------------------


def program() -> Iterator[Examined]:
    """Python and the packages, against what the program asks for and what it is tested with."""
    told = f"{'.'.join(map(str, sys.version_info[:3]))}, {sys.executable}"
    old = sys.version_info[:2] < PYTHON
    yield Examined("Python", "wrong" if old else "ok", told, "Python 3.11 or later is needed." if old else "")
    try:
        wanted = [Requirement(text) for text in requires(PACKAGE) or ()]
        yield Examined(PACKAGE, "ok", version(PACKAGE))
    except PackageNotFoundError:
        yield Examined(PACKAGE, "wrong", "not installed", _AGAIN)
        return
    pins = tested_with(bundled_folder("data").parent / "constraints.txt")
    for item in wanted:
        if item.marker is None or item.marker.evaluate({"extra": ""}):
            yield package(item, pins.get(item.name.lower(), ""))


def tested_with(file: Path) -> dict[str, str]:
    """The version of each package in constraints.txt; none where the file is not at hand."""
    if not file.is_file():
        return {}
    lines = file.read_text(encoding="utf-8").splitlines()
    pairs = (line.partition("#")[0].strip().partition("==") for line in lines)
    return {name.strip().lower(): pin.strip() for name, sign, pin in pairs if sign}


def package(item: Requirement, pin: str) -> Examined:
    """Whether a package is there, in a version that will do; another one than was tested is worth knowing."""
    try:
        found = version(item.name)
    except PackageNotFoundError:
        return Examined(item.name, "wrong", "not installed", _AGAIN)
    if not item.specifier.contains(found, prereleases=True):
        return Examined(item.name, "wrong", f"{found}, needed: {item.specifier}", _AGAIN)
    if pin and pin != found:
        return Examined(item.name, "note", f"{found}; tested with {pin}")
    return Examined(item.name, "ok", found)


def fonts() -> Iterator[Examined]:
    """What pictures and documents are drawn with."""
    missing = [name for name in ("Inter-Regular.ttf", "Inter-Bold.ttf") if not (_FONTS / name).is_file()]
    if missing:
        yield Examined("fonts", "wrong", f"missing: {', '.join(missing)}", _AGAIN)
    else:
        yield Examined("fonts", "ok", "Inter, regular and bold")
    try:
        importlib.import_module("typst")
        yield Examined("pictures", "ok", "PNG and PDF can be made")
    except ImportError as error:
        yield Examined("pictures", "wrong", f"PNG and PDF cannot be made ({error})", _AGAIN)


# The data -----------------------------------------------------------------------------------------------


def data(home: Path | None) -> Iterator[Examined]:
    """Where data are, whether they can be written there, and whether each table is as it was installed."""
    where = workspace(home)
    yield _writable(where)
    free = shutil.disk_usage(_nearest(where)).free
    short = free < SPACE
    yield Examined(
        "disk space", "wrong" if short else "ok", f"{free / 1e9:,.1f} GB free",
        "Free some space, or choose another folder with --home or MINERALS_HOME." if short else "",
    )  # fmt: skip
    yield from _store(home)


def _nearest(folder: Path) -> Path:
    """The folder, or the first above it that is there."""
    return next(path for path in (folder, *folder.absolute().parents) if path.is_dir())


def _writable(where: Path) -> Examined:
    there = _nearest(where)
    told = str(where) if where.is_dir() else f"{where}, made when it is first needed"
    try:
        with tempfile.TemporaryFile(dir=there):
            return Examined("your data", "ok", told)
    except OSError as error:
        why = f"{there} cannot be written ({error.strerror})"
        return Examined("your data", "wrong", why, "Choose another folder with --home or MINERALS_HOME.")


def _store(home: Path | None) -> Iterator[Examined]:
    try:
        found, editions = verify(home), catalogue(home).all
        damaged = [item for item in found if item.problem]
        documents = all_seeds(home)
    except MineralsError as error:
        yield Examined("tables", "wrong", error.message, error.remedy or "See minerals verify.")
        return
    names = ", ".join(f"{EditionId(item.dataset, item.edition)}: {item.problem}" for item in damaged)
    whole = f"{count(len(editions), 'edition')}, {count(len(found), 'table')} as installed"
    yield Examined(
        "tables", "wrong" if damaged else "ok", names or whole,
        "Add the edition again, or bring it back with minerals restore." if damaged else "",
    )  # fmt: skip
    told = count(len(documents.documents), "document")
    if documents.problems:
        told += f", {count(len(documents.problems), 'problem')}"
    yield Examined(
        "documents", "wrong" if documents.problems else "ok", told,
        "minerals claims names each problem." if documents.problems else "",
    )  # fmt: skip


# The way to the pages -----------------------------------------------------------------------------------


def reach() -> Iterator[Examined]:
    """Whether the dashboard finds a port, and a browser."""
    try:
        port = free_port(LOOPBACK, FIRST_PORT)
    except CannotServe as error:
        yield Examined("port", "wrong", error.message, error.remedy or "")
    else:
        free = f"{FIRST_PORT} is free on {LOOPBACK}"
        taken = f"{FIRST_PORT} is in use; the dashboard takes {port}"
        yield Examined("port", "ok", free) if port == FIRST_PORT else Examined("port", "note", taken)
    yield _browser()


def _browser() -> Examined:
    try:
        name = getattr(webbrowser.get(), "name", "") or "found"
    except webbrowser.Error:
        return Examined("browser", "note", "none found; open the address that minerals serve prints")
    return Examined("browser", "ok", str(name))
