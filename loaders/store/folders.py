"""Where things are: the bundled data, and the files of a workspace."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import platformdirs

from loaders.errors import StoreError
from loaders.model import Edition

APP_NAME = "critical-minerals-explorer"


@cache
def bundled_folder(name: str) -> Path:
    """The folder `data` or `seeds` of the product: inside the installed package, or beside its source."""
    package = Path(__file__).parent.parent
    installed = package / "bundled" / name
    return installed if installed.is_dir() else package.parent / name


def workspace(home: Path | str | None = None) -> Path:
    """The user's folder: `home`, else MINERALS_HOME, else the platform's folder for a program's data."""
    return Path(home or os.environ.get("MINERALS_HOME") or platformdirs.user_data_path(APP_NAME))


@dataclass(frozen=True)
class Folders:
    """The files of one workspace, and the bundled data that it adds to."""

    home: Path
    bundled: Path

    @property
    def state(self) -> Path:
        """What the workspace holds."""
        return self.home / "store.json"

    @property
    def editions(self) -> Path:
        """The tables."""
        return self.home / "editions"

    @property
    def copies(self) -> Path:
        """Large tables once more, for reading alone."""
        return self.home / "copies"

    @property
    def versions(self) -> Path:
        """What could be read before each change."""
        return self.home / "versions"

    @property
    def history(self) -> Path:
        """The log."""
        return self.home / "history.jsonl"

    @property
    def seeds(self) -> Path:
        """Seed files of the user's own."""
        return self.home / "seeds"

    @property
    def articles(self) -> Path:
        """Texts of articles that the user asked to keep."""
        return self.home / "articles"

    @property
    def briefs(self) -> Path:
        """Charts that the user put together."""
        return self.home / "briefs"

    @property
    def incoming(self) -> Path:
        """Where files are dropped."""
        return self.home / "incoming"

    @property
    def parts(self) -> Path:
        """Files that are being written."""
        return self.home / ".parts"

    @property
    def lock(self) -> Path:
        """The file that a writer locks."""
        return self.home / ".lock"

    def table(self, edition: Edition) -> Path:
        """The file of an edition of the user's own."""
        return self.editions / f"{edition.id}.{edition.version[:16]}.csv"

    def copy(self, table: Path) -> Path:
        """The copy of such a file."""
        return self.copies / f"{table.stem}.arrow"


def folders(home: Path | str | None = None, bundled: Path | None = None) -> Folders:
    """The files of a workspace; both default to the user's own."""
    return Folders(workspace(home), bundled or bundled_folder("data"))


# Windows opens the device, whatever the suffix and the folder.
_DEVICES = {"con", "prn", "aux", "nul"} | {f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)}


def is_device(name: str) -> bool:
    """Whether a file of that name would be a device on Windows."""
    return name.split(".")[0] in _DEVICES


def refuse_device(name: str) -> None:
    """Raises StoreError if a file of that name would be a device on Windows."""
    if is_device(name):
        raise StoreError(
            f"'{name}' is the name of a device on Windows and cannot name a file.",
            remedy="Choose another name for the dataset or the edition.",
        )
