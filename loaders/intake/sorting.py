"""Files that somebody hands in: which of them are tables, records and documents, and their editions."""

from __future__ import annotations

import re
import tempfile
import tomllib
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import NamedTuple, TypeVar

from loaders.answers.answers import Answers
from loaders.answers.keeping import answers_from_toml
from loaders.errors import NoTable, StoreError, UnknownFormat, UnreadableFile
from loaders.files.archives import GZIP, HIDDEN, TABLE_SUFFIXES, ZIP, unpack
from loaders.files.inputs import MAX_RECORD, open_inputs, read_text
from loaders.files.table import InputFile
from loaders.formats.datapackage import stated_record
from loaders.model import Dataset, EditionId
from loaders.read import Load, load_inputs
from loaders.spreadsheets.mapping import Mapping, from_toml
from loaders.store.catalogue import read_record

RECORD = "dataset.toml"
"""The record of the dataset that lies beside it; another .toml file may be named on the command line."""

EDITIONS, DOCUMENT_FILES = "editions", "documents"
"""The folders of a bundle that holds charts and what they rest on: editions as packages, seed files."""

Read = TypeVar("Read")

Reader = Callable[[Sequence[InputFile]], Sequence[Load]]
"""What makes a load of the files of one edition, and one of each other dataset that they hold as well."""


class LoadedEdition(NamedTuple):
    """A load, and the record of its dataset that came with it.

    `beside` says that its files are those of another edition, of which the record is then.
    """

    load: Load
    record: Dataset | None
    beside: bool = False


class SortedFiles(NamedTuple):
    """Files by what they are for; `skipped` are names of files that hold no table."""

    tables: tuple[Path, ...] = ()
    records: tuple[Path, ...] = ()
    documents: tuple[Path, ...] = ()
    mappings: tuple[Path, ...] = ()
    answers: tuple[Path, ...] = ()
    skipped: tuple[str, ...] = ()


# What they are for --------------------------------------------------------------------------------------


def sort_out(paths: Iterable[Path]) -> SortedFiles:
    """Tables, folders and archives; records of datasets; seed files; mappings; answers; the rest."""
    purposes = ("table", "record", "document", "mapping", "answers", "other")
    found: dict[str, list[Path]] = {purpose: [] for purpose in purposes}
    for path in paths:
        found[_purpose(path)].append(path)
    tables, records, documents, mappings, answers, others = map(tuple, found.values())
    skipped = tuple(path.name for path in others)
    return SortedFiles(tables, records, documents, mappings, answers, skipped)


def _purpose(path: Path) -> str:
    if path.suffix.lower() == ".toml":
        asked = {"document": is_document, "mapping": is_mapping, "answers": holds_answers}
        return next((purpose for purpose, is_one in asked.items() if is_one(path)), "record")
    return "table" if _holds_table(path) else "other"


def is_document(path: Path) -> bool:
    """Whether a TOML file is the seed file of a document: it has a block [source]."""
    return "source" in _toml_names(path)


def is_mapping(path: Path) -> bool:
    """Whether a TOML file says how columns become ours: it has [[values]], and no id of a dataset."""
    names = _toml_names(path)
    return "id" not in names and not names.isdisjoint({"values", "columns", "constants"})


def holds_answers(path: Path) -> bool:
    """Whether a TOML file holds answers to names, and nothing else."""
    names = _toml_names(path)
    return bool(names) and names <= Answers.model_fields.keys()


def read_answers(path: Path) -> Answers:
    """The answers in a TOML file. Raises MineralsError if it cannot be read or holds none."""
    return answers_from_toml(read_text(path), str(path))


def one_set_of_answers(paths: Sequence[Path]) -> Answers | None:
    """The answers among files, if there are any. Raises MineralsError for damaged ones, or several files."""
    return _the_one(paths, "files of answers", read_answers)


def _toml_names(path: Path) -> set[str]:
    try:
        return set(tomllib.loads(read_text(path)))
    except (UnreadableFile, ValueError, RecursionError):
        return set()


def read_mapping(path: Path) -> Mapping:
    """The mapping in a TOML file. Raises MineralsError if it cannot be read or is none."""
    return from_toml(read_text(path), str(path))


def one_mapping(paths: Sequence[Path]) -> Mapping | None:
    """The mapping among files, if there is one. Raises MineralsError if it is none or there are several."""
    return _the_one(paths, "mappings of columns", read_mapping)


def one_record(paths: Sequence[Path]) -> Dataset | None:
    """The record among files, if there is one. Raises StoreError if it is damaged or there are several."""
    remedy = f"Hand in one .toml file, or put each edition and its {RECORD} into a folder."
    return _the_one(paths, "records of datasets", read_record, remedy)


def _the_one(
    paths: Sequence[Path], several: str, read: Callable[[Path], Read], remedy: str = "Hand in one."
) -> Read | None:
    """What the only one of some files holds; None where there is no file."""
    if len(paths) > 1:
        names = ", ".join(path.name for path in paths)
        raise StoreError(f"there are {len(paths)} {several}: {names}.", remedy=remedy)
    return read(paths[0]) if paths else None


def _holds_table(path: Path) -> bool:
    if path.is_dir():  # rglob follows no links: they may lead round in circles
        return any(
            _holds_table(item)
            for item in path.rglob("*")
            if item.is_file() and not _is_hidden(item.relative_to(path))
        )
    return _is_table(path.name) or _starts_with(path, (ZIP, GZIP))


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(HIDDEN) for part in path.parts)


def _is_table(name: str) -> bool:
    """Whether a name is that of a table or of a descriptor of tables."""
    return bool(unpack(name, b""))


def _starts_with(path: Path, starts: tuple[bytes, ...]) -> bool:
    if not path.is_file():  # reading a pipe might never end
        return False
    try:
        with path.open("rb") as stream:
            return stream.read(8).startswith(starts)
    except OSError:
        return False


# The editions in them -----------------------------------------------------------------------------------


def _one_load(inputs: Sequence[InputFile]) -> Sequence[Load]:
    return [load_inputs(inputs)]


def read_files(paths: Sequence[Path], read: Reader = _one_load) -> list[LoadedEdition]:
    """A load for each edition among files, folders and archives, with the record that came with it.

    Loose files are one edition if they can be, else one each; so are the contents of a folder or of an
    archive. A file `dataset.toml` in a folder or archive is the record of what is in it. Raises
    UnreadableFile or UnknownFormat if nothing can be made of a file, StoreError if two of them are the same
    edition.
    """
    loose = [path for path in paths if not path.is_dir() and not _is_archive(path)]
    whole = [path for path in paths if path not in loose]
    found = [*(_read_together(loose, read) if loose else ()), *_read_each(whole, read)]
    twice = [name for name, count in Counter(_name(load) for load, *_ in found).items() if count > 1]
    if twice:
        raise StoreError(
            f"several of the files are edition {twice[0]}.",
            remedy="Put the files of one edition into a folder or an archive of their own.",
        )
    return found


def _is_archive(path: Path) -> bool:
    """A zip archive of tables; Excel workbooks are zip archives too."""
    return path.suffix.lower() == ".zip"


def _name(load: Load) -> str:
    return str(EditionId(load.report.dataset, load.report.edition))


def _read_together(paths: Sequence[Path], read: Reader) -> list[LoadedEdition]:
    try:
        return _read(open_inputs(paths), read)
    except UnknownFormat:
        if len(paths) == 1:
            raise
        return _read_by_edition(paths, read)


def _read_by_edition(paths: Sequence[Path], read: Reader) -> list[LoadedEdition]:
    """The editions of loose files that are not one; those of one edition are read together if possible."""
    each: dict[Path, list[LoadedEdition]] = {}
    texts: list[Path] = []
    for path in paths:
        try:
            each[path] = _read_path(path, read)
        except NoTable:
            if len(texts) == len(paths) - 1:
                raise
            texts.append(path)
    same: dict[str, list[Path]] = {}
    for path, found in each.items():
        same.setdefault(_name(found[0].load), []).append(path)
    next(iter(same.values())).extend(texts)  # which says that they were not read
    return [item for files in same.values() for item in _as_one(files, each, read)]


def _as_one(
    files: Sequence[Path], each: dict[Path, list[LoadedEdition]], read: Reader
) -> list[LoadedEdition]:
    try:
        return _read(open_inputs(files), read) if len(files) > 1 else each[files[0]]
    except UnknownFormat:
        return [item for path in files for item in each.get(path, ())]


def _read_each(paths: Iterable[Path], read: Reader) -> list[LoadedEdition]:
    return [found for path in paths for found in _read_path(path, read)]


def _read_path(path: Path, read: Reader) -> list[LoadedEdition]:
    if is_bundle(path):
        open_inputs([path])
        with _unpacked(path, within=EDITIONS) as folder:
            return _read_inside(folder / EDITIONS, read)
    try:
        return _read(open_inputs([path]), read, _record_in(path))
    except UnknownFormat:
        if path.is_dir():
            return _read_inside(path, read)
        if _is_archive(path):
            with _unpacked(path) as folder:
                return _read_inside(folder, read)
        raise


def _read_inside(folder: Path, read: Reader) -> list[LoadedEdition]:
    """The editions in a folder that is not one edition as a whole."""
    items = [item for item in sorted(folder.iterdir()) if not item.name.startswith(HIDDEN)]
    inside = [item for item in items if _holds_table(item)]
    while len(inside) == 1 and inside[0].is_dir():
        folder = inside[0]
        inside = [item for item in sorted(folder.iterdir()) if _holds_table(item)]
    if not inside:
        raise UnreadableFile(
            "no table found here.", file=folder.name, remedy=f"Expected files: {', '.join(TABLE_SUFFIXES)}."
        )
    found = read_files(inside, read)
    record = _record_in(folder)
    return [item if item.beside else item._replace(record=item.record or record) for item in found]


def _read(inputs: Sequence[InputFile], read: Reader, record: Dataset | None = None) -> list[LoadedEdition]:
    first, *others = read(inputs)
    own = LoadedEdition(first, record or stated_record(inputs))
    return [own, *(LoadedEdition(load, None, beside=True) for load in others)]


def _record_in(path: Path) -> Dataset | None:
    """The file `dataset.toml` of a folder or archive."""
    if path.is_dir():
        beside = path / RECORD
        return read_record(beside) if beside.is_file() else None
    if not _is_archive(path):
        return None
    with _unpacked(path, only=RECORD) as folder:
        records = sorted(folder.rglob(RECORD))
        return read_record(records[0]) if len(records) == 1 else None


# Archives -----------------------------------------------------------------------------------------------


@contextmanager
def _unpacked(path: Path, only: str = "", within: str = "") -> Iterator[Path]:
    """A folder with the tables and records of an archive; call it once `open_inputs` has found it harmless.

    Folders and files get names that every system takes, below that folder. `only` names the one file
    wanted, `within` the one folder.
    """
    with tempfile.TemporaryDirectory() as temporary, zipfile.ZipFile(path) as archive:
        folder = Path(temporary)
        for info in archive.infolist():
            member = PurePosixPath(info.filename.replace("\\", "/"))
            if _is_wanted(member, info, only) and within in ("", member.parts[0]):
                target = folder.joinpath(*[plain_name(part) for part in member.parts])
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(archive.read(info))
        yield folder


def _is_wanted(member: PurePosixPath, info: zipfile.ZipInfo, only: str) -> bool:
    if info.is_dir() or member.name.startswith(HIDDEN) or "__MACOSX" in member.parts:
        return False
    record = member.name == RECORD and info.file_size <= MAX_RECORD
    return record if only else record or _is_table(member.name)


_PACKAGE_IN_BUNDLE = re.compile(rf"{EDITIONS}/[^/]+/datapackage\.json")
_DOCUMENT_IN_BUNDLE = re.compile(rf"{DOCUMENT_FILES}/([^/]+\.toml)")


def is_bundle(path: Path) -> bool:
    """Whether a file is a bundle with editions in it."""
    return any(map(_PACKAGE_IN_BUNDLE.fullmatch, _names_in(path)))


def documents_in(path: Path) -> dict[str, bytes]:
    """The seed files in a bundle, by name; none where it is no bundle. Larger files than such are left."""
    names = [name for name in _names_in(path) if _DOCUMENT_IN_BUNDLE.fullmatch(name)]
    if not names:
        return {}
    with zipfile.ZipFile(path) as archive:
        return {
            plain_name(name): archive.read(name)
            for name in names
            if archive.getinfo(name).file_size <= MAX_RECORD
        }


def _names_in(path: Path) -> list[str]:
    if not (path.is_file() and _is_archive(path)):
        return []
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.namelist()
    except (OSError, zipfile.BadZipFile):
        return []


_ODD = re.compile(r"[^\w .()+,&-]+")
_DEVICE = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)")


def plain_name(name: str) -> str:
    """The last part of a name from elsewhere, as every system takes it; never empty, a device or '..'."""
    last = PurePosixPath(name.replace("\\", "/")).name
    plain = _ODD.sub("_", last).strip(" ").rstrip(".")
    return _DEVICE.sub(r"_\1", plain)[-120:].lstrip(" ") or "_"
