"""Briefs of the user's own, in the workspace: `HOME/briefs/<id>.json`, charts put together for a meeting."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count as numbers
from pathlib import Path
from typing import Annotated, Any, Self, TypeVar

from pydantic import AfterValidator, Field, ValidationError, model_validator

from loaders.errors import StoreError
from loaders.model import Identifier, Record
from loaders.store.disk import delete, locked, write_whole
from loaders.store.folders import Folders, folders, is_device
from loaders.text import slug

_Kept = TypeVar("_Kept", bound=Record)
_Found = TypeVar("_Found")

LONGEST_BRIEF_NAME, LONGEST_TITLE, LONGEST_COMMENT = 200, 300, 10_000
"""Characters of the name of a brief, and of the title and the comment of a chart in it."""


def one_line(text: str) -> str:
    """A text in one line, without signs that show nothing and mean something to a terminal."""
    return " ".join(several_lines(text).split())


def several_lines(text: str) -> str:
    """A text with its line ends; other signs of control and halves of letters are replaced."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join("\ufffd" if _unwritable_sign(sign) else sign for sign in plain).strip()


def _unwritable_sign(sign: str) -> bool:
    return sign not in "\n\t" and unicodedata.category(sign) in ("Cc", "Cs")


def _within(text: str, most: int) -> str:
    if len(text) > most:
        raise ValueError(f"is longer than {most:,} characters")
    return text


def _name(text: str) -> str:
    if not text:
        raise ValueError("is empty")
    return _within(text, LONGEST_BRIEF_NAME)


_Name = Annotated[str, AfterValidator(one_line), AfterValidator(_name)]
Title = Annotated[str, AfterValidator(one_line), AfterValidator(partial(_within, most=LONGEST_TITLE))]
Comment = Annotated[
    str, AfterValidator(several_lines), AfterValidator(partial(_within, most=LONGEST_COMMENT))
]


class BriefItem(Record):
    """A chart of a brief: what is asked of which topic, and the user's own title and comment.

    `finding` is what the chart said when it was added, from which versions of data and documents. `key`
    names the item within its brief, wherever it is moved to.
    """

    key: int = Field(default=1, ge=1)
    topic: Identifier
    asked: dict[str, str]
    title: Title = ""
    comment: Comment = ""
    finding: str = ""
    data_version: str = ""
    documents_version: str = ""


class Brief(Record):
    """A name and charts in order; `last` is the highest key that was ever given."""

    name: _Name
    items: tuple[BriefItem, ...] = ()
    last: int = Field(default=0, ge=0)

    @model_validator(mode="after")
    def _each_key_once(self) -> Self:
        keys = [item.key for item in self.items]
        if len(set(keys)) < len(keys) or max(keys, default=0) > self.last:
            raise ValueError("each chart needs a key of its own, not above `last`")
        return self

    def adding(self, item: BriefItem) -> Brief:
        """With one more chart at the end."""
        last = self.last + 1
        return self._with((*self.items, item.model_copy(update={"key": last})), last)

    def moving(self, key: int, by: int) -> Brief:
        """With the chart so many places further down, or up where `by` is below zero; no further than goes.

        As it is where there is no such chart.
        """
        others = [item for item in self.items if item.key != key]
        place = next((number for number, item in enumerate(self.items) if item.key == key), None)
        if place is None:
            return self
        others.insert(min(max(place + by, 0), len(others)), self.items[place])
        return self._with(others, self.last)

    def removing(self, key: int) -> Brief:
        """Without the chart."""
        return self._with([item for item in self.items if item.key != key], self.last)

    def wording(self, key: int, title: str, comment: str) -> Brief:
        """With a title and a comment for the chart. Raises StoreError for longer ones than can be kept."""
        words = {"title": title, "comment": comment}
        items = [
            _valid(BriefItem, {**item.model_dump(), **words}) if item.key == key else item
            for item in self.items
        ]
        return self._with(items, self.last)

    def renaming(self, name: str) -> Brief:
        """With another name. Raises StoreError for none, or for a longer one than can be kept."""
        return _valid(Brief, {**self.model_dump(), "name": name})

    def _with(self, items: Sequence[BriefItem], last: int) -> Brief:
        return self.model_copy(update={"items": tuple(items), "last": last})


def _valid(kind: type[_Kept], values: dict[str, Any]) -> _Kept:
    """A record of the values. Raises StoreError, which says what is wrong with them."""
    try:
        return kind.model_validate(values)
    except ValidationError as error:
        raise StoreError(f"The {_flaw(error)}", remedy="Nothing was changed.") from error


def _flaw(error: ValidationError) -> str:
    first = error.errors()[0]
    where = " ".join(str(part) for part in first["loc"])
    return f"{where} {first['msg'].removeprefix('Value error, ')}.".strip()


@dataclass(frozen=True)
class BriefFile:
    """A file of a brief: its id, and what it holds, or why it cannot be read."""

    id: str
    path: Path
    brief: Brief | None
    problem: StoreError | None = None

    @property
    def name(self) -> str:
        """The name of the brief, or of its file where it cannot be read."""
        return self.brief.name if self.brief else self.path.name


def brief_files(home: Path | str | None = None) -> list[BriefFile]:
    """Every brief of the workspace, by name; a file that cannot be read says why."""
    found = [_brief_file(path) for path in brief_paths(home)]
    return sorted(found, key=lambda item: (item.name.casefold(), item.id))


def brief_paths(home: Path | str | None = None) -> list[Path]:
    """The files of the briefs of the workspace; none of them is opened."""
    try:
        return sorted(folders(home).briefs.glob("*.json"))
    except OSError:
        return []


def _brief_file(path: Path) -> BriefFile:
    try:
        return BriefFile(path.stem, path, _read(path))
    except StoreError as error:
        return BriefFile(path.stem, path, None, error)


def read_brief(name: str, home: Path | str | None = None) -> Brief:
    """The brief of that id. Raises StoreError where there is none, or its file cannot be read."""
    return _read(_path(folders(home), name))


def _read(path: Path) -> Brief:
    try:
        return Brief.model_validate_json(path.read_bytes())
    except ValidationError as error:
        raise StoreError(
            f"this brief is damaged: {_flaw(error)}",
            file=str(path),
            remedy="Mend the file or move it away; until then it stays as it is.",
        ) from error
    except OSError as error:
        raise StoreError(f"this brief cannot be read ({error.strerror}).", file=str(path)) from error


def new_brief(name: str, home: Path | str | None = None) -> str:
    """Keep an empty brief, and return its id. Raises StoreError where the name is taken or none."""
    where = folders(home)
    brief = _valid(Brief, {"name": name})
    taken = {item.name.casefold() for item in brief_files(home)}
    if brief.name.casefold() in taken:
        raise StoreError(f"There is a brief “{brief.name}” already.", remedy="Choose another name.")
    return _locked(where, lambda: _write(where, _free(where, slug(brief.name)), brief))


def _free(where: Folders, wanted: str) -> str:
    """An id that no file has yet."""
    names = (wanted if number == 1 else f"{wanted}-{number}" for number in numbers(1))
    return next(name for name in names if not is_device(name) and not _path(where, name).exists())


def _path(where: Folders, name: str) -> Path:
    return where.briefs / f"{name}.json"


def change_brief(name: str, change: Callable[[Brief], Brief], home: Path | str | None = None) -> Brief:
    """Change the brief of that id, as it is now in its file, and return what was kept.

    Raises StoreError where there is none, or where it cannot be read or written; it is then as it was.
    """
    where = folders(home)

    def act() -> Brief:
        changed = change(read_brief(name, home))
        _write(where, name, changed)
        return changed

    return _locked(where, act)


def _write(where: Folders, name: str, brief: Brief) -> str:
    content = brief.model_dump_json(indent=1).encode() + b"\n"
    write_whole(_path(where, name), content, where.parts)
    return name


def remove_brief(name: str, home: Path | str | None = None) -> None:
    """Delete the brief of that id, if it is there. Raises StoreError where it cannot be deleted."""
    where = folders(home)
    _locked(where, lambda: delete(_path(where, name)))


def _locked(where: Folders, act: Callable[[], _Found]) -> _Found:
    try:
        with locked(where.lock):
            return act()
    except OSError as error:
        raise StoreError(
            f"cannot be changed ({error.strerror}).",
            file=str(where.briefs),
            remedy="Check that you may write there and that the disk is not full. Nothing was changed.",
        ) from error
