"""The store under faults: killed at any moment, a full or read-only disk, many at once, hostile names."""

from __future__ import annotations

import errno
import io
import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from loaders.errors import MineralsError, StoreError
from loaders.model import Dataset, Edition
from loaders.read import load
from loaders.store import arrivals, catalogue, history, install, put_in, sweep, use, verify
from loaders.store.disk import locked
from tests.checkout import ROOT
from tests.long import LONG
from tests.store_kills import CALLS, DEEDS, STEP, Watch, add, settled, shown, table, tree

pytestmark = pytest.mark.slow

MEMORY = Path("/dev/shm")


@pytest.fixture
def quick() -> Iterator[Path]:
    """A folder in memory where there is one: syncing to a disk a thousand times takes a minute."""
    with tempfile.TemporaryDirectory(dir=MEMORY if os.access(MEMORY, os.W_OK) else None) as folder:
        yield Path(folder)


# Killed ----------------------------------------------------------------------------------------------

FEWEST = 20
"""Calls to the file system that a change takes at least; fewer would mean that they are not seen."""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.parametrize("deed", DEEDS)
def test_a_process_may_be_killed_at_each_call_to_the_file_system(quick: Path, deed: str) -> None:
    command = [sys.executable, "-m", "tests.store_kills", deed, str(quick)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    tries = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(tries) >= FEWEST // STEP
    assert [item for item in tries if item["wrong"]] == []


# A disk that is full, or cannot be written --------------------------------------------------------------


def _fail(code: int) -> Callable[[], None]:
    def fail() -> None:
        raise OSError(code, os.strerror(code))

    return fail


class Full(Watch):
    """From the wanted call on, whatever writes fails."""

    def wrap(self, owner: Any, name: str) -> None:
        plain = getattr(owner, name)

        def watched(*words: Any, **named: Any) -> Any:
            if name != "open" or words[1] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
                self.count += 1
                if self.count >= self.wanted:
                    self.act()
            return plain(*words, **named)

        setattr(owner, name, watched)


WRITES = ("open", "write", "fsync", "replace", "mkdir", "truncate")
FULL, READ_ONLY = (errno.ENOSPC, WRITES), (errno.EROFS, (*WRITES, "unlink"))


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("fault", [FULL, READ_ONLY], ids=["full", "read-only"])
def test_a_full_or_read_only_disk_gives_a_clear_message_and_loses_nothing(
    quick: Path, monkeypatch: pytest.MonkeyPatch, deed: str, fault: tuple[int, tuple[str, ...]]
) -> None:
    make, act = DEEDS[deed]
    code, calls = fault
    failed = 0
    start = quick / "before"
    make(start)
    before, kept = shown(start), tree(start)
    for wanted in range(1, 200):
        home = quick / str(wanted)
        shutil.copytree(start, home)
        with monkeypatch.context() as patch:
            watch = Full(wanted, _fail(code))
            for name in calls:
                patch.setattr(os, name, getattr(os, name))
                watch.wrap(os, name)
            message = _message(act, home)
        sweep(home, bundled=home / "none")
        assert [item for item in verify(home, home / "none") if item.problem] == []
        if message:
            failed += 1
            assert os.strerror(code) in message
            assert "nothing was changed" in message
            assert shown(home) == before
            assert kept.items() <= tree(home).items()
        if watch.count < wanted:
            break
    assert failed >= 4
    assert not message


def _message(act: Callable[[Path], object], home: Path) -> str:
    try:
        act(home)
    except StoreError as error:
        return str(error)
    return ""


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can mount a disk")
def test_a_disk_that_is_really_full(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no disk can be mounted here")
    try:
        home = disk / "home"
        add("2024", 1.0)(home)
        before, files = shown(home), tree(home)
        with pytest.raises(StoreError, match="No space left"):
            add("2025", *map(float, range(10_000)))(home)
        assert shown(home) == before
        assert tree(home) == files
        add("2025", 2.0)(home)
        assert [item.edition.edition for item in catalogue(home, home / "none").editions] == ["2024", "2025"]
    finally:
        subprocess.run(["umount", str(disk)], check=True)


# Many at once ----------------------------------------------------------------------------------------

SECONDS = LONG or 3
"""How long; from MINERALS_LONG=5 on twenty writers and four readers take part."""
WRITERS, READERS = (20, 4) if SECONDS >= 5 else (4, 2)


def test_many_processes_add_and_switch_while_others_read(quick: Path) -> None:
    home = quick / "home"
    add("0", 1.0)(home)
    words = ["-m", "tests.store_crowd", str(home), *map(str, (WRITERS, READERS, SECONDS))]
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, capture_output=True, text=True, timeout=SECONDS * 3 + 120,
        check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert min(told["read"]) > 0
    expected = {f"w{number}.{nth}" for number, count in enumerate(told["made"]) for nth in range(count)}
    expected |= {"0"}
    assert {item.edition.edition for item in catalogue(home, home / "none").editions} == expected
    assert [item for item in verify(home, home / "none") if item.problem] == []
    changes = history(home)
    assert len([item for item in changes if item.what == "add"]) == len(expected)
    assert all(first.after == second.before for first, second in pairwise(changes))


def test_a_writer_that_waits_too_long_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settled(tmp_path)
    monkeypatch.setattr("loaders.store.disk.PATIENCE", 0.05)
    before = shown(tmp_path)
    with locked(tmp_path / ".lock"):
        with pytest.raises(StoreError, match="another process is changing the workspace"):
            use("own", "2023", tmp_path, bundled=tmp_path / "none")
        sweep(tmp_path)
        assert shown(tmp_path) == before
    use("own", "2023", tmp_path, bundled=tmp_path / "none")
    assert shown(tmp_path) != before


# Hostile names ---------------------------------------------------------------------------------------

NAMES = [
    "..", ".", "", "/etc", "../x", "a/b", "a\\b", "C:x", "a\0b", "a\nb", "a ", " a", "a.", "A", "a..b",
    "x" * 81, "con", "nul.2025", "aux", "com1", "lpt9.a", "\uff0e\uff0e", "a\u202eb", "\u0430", "\u2024",
    "a\u0301", "~", "$(x)", "*", "-a", "e\u0301", "\ufeffa", "a\u200b",
]  # fmt: skip


@pytest.mark.parametrize("what", ["dataset", "edition"])
@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_name_never_becomes_a_file(tmp_path: Path, name: str, what: str) -> None:
    names = {"dataset": "own", "edition": "2025", what: name}
    with pytest.raises((StoreError, ValidationError)):
        _install_named(tmp_path / "in" / "home", **names)
    assert list(tmp_path.rglob("*")) == []


def _install_named(home: Path, dataset: str, edition: str) -> None:
    record = Dataset(id=dataset, title="t", short_title="t", publisher="p", licence="l")
    install(table(1.0), record, Edition(dataset=dataset, edition=edition, citation="c"), home)


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_name_finds_nothing(tmp_path: Path, name: str) -> None:
    settled(tmp_path)
    before = tree(tmp_path)
    for words in ((name, "2024"), ("own", name)):
        with pytest.raises(StoreError, match="there is no edition"):
            use(*words, tmp_path, bundled=tmp_path / "none")
    assert tree(tmp_path) == before


TIDY = "dataset,edition,mineral,place,measure,year,value,unit\nown,2025,lithium,CHL,reserves,2024,5,t\n"


@pytest.mark.parametrize(
    "name", ["../../evil.csv", "/evil.csv", "..\\..\\evil.csv", "C:\\evil.csv", "NUL.csv"]
)
def test_a_member_of_an_archive_stays_a_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / "in" / "a.zip"
    path.parent.mkdir()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, TIDY)
    found = load([path])
    assert [file.name for file in found.report.files] == [name.replace("\\", "/").rpartition("/")[2]]
    assert [item.name for item in tmp_path.rglob("*") if item.is_file()] == ["a.zip"]


def test_a_link_in_an_archive_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text(TIDY, encoding="utf-8")
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        link = zipfile.ZipInfo("link.csv")
        link.create_system = 3
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, str(secret))
    (tmp_path / "a.zip").write_bytes(content.getvalue())
    with pytest.raises(MineralsError):
        load([tmp_path / "a.zip"])


# The folder incoming ---------------------------------------------------------------------------------


def test_files_that_are_dropped_are_seen_when_they_are_whole(tmp_path: Path) -> None:
    assert arrivals(tmp_path) == []
    incoming = tmp_path / "incoming"
    for name in ("b.csv", "a.csv", ".hidden.csv", "~$b.xlsx"):
        (incoming / name).write_text(TIDY, encoding="utf-8")
    (incoming / "folder").mkdir()
    (incoming / "empty").mkdir()
    (incoming / "folder" / "c.csv").write_text(TIDY, encoding="utf-8")
    assert arrivals(tmp_path) == []
    for number, path in enumerate((incoming / "b.csv", incoming / "folder" / "c.csv", incoming / "a.csv")):
        os.utime(path, (1e9 + number, 1e9 + number))
    found = arrivals(tmp_path)
    assert [(item.name, item.size) for item in found] == [
        (n, len(TIDY)) for n in ("b.csv", "folder", "a.csv")
    ]
    assert arrivals(tmp_path) == found
    (incoming / "a.csv").write_text(TIDY + " ", encoding="utf-8")
    assert len(arrivals(tmp_path)) == 2


# names of files that are put in together, what then lies in the folder beside a first own.csv
PUT_IN = [
    (["other.csv"], {"own.csv", "other.csv"}),
    (["own.csv"], {"own.csv", "own (1).csv"}),
    (["own.csv", "own.csv", "b.csv"], {"own.csv", "own and 2 more"}),
]


@pytest.mark.parametrize(("names", "there"), PUT_IN)
def test_files_are_put_in_beside_what_is_there(tmp_path: Path, names: list[str], there: set[str]) -> None:
    paths = [tmp_path / "given" / str(number) / name for number, name in enumerate(names)]
    for path in paths:
        path.parent.mkdir(parents=True)
        path.write_text(TIDY, encoding="utf-8")
    first = tmp_path / "first" / "own.csv"
    first.parent.mkdir()
    first.write_text("another", encoding="utf-8")
    put_in([first], tmp_path)
    put_in(paths, tmp_path)
    found = arrivals(tmp_path, settled=-1)
    assert {item.name for item in found} == there
    assert {path.name for path in (tmp_path / "incoming").iterdir()} == there
    assert max(item.size for item in found) == len(names) * len(TIDY.encode())


def test_what_cannot_be_put_in_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be copied"):
        put_in([tmp_path / "gone.csv"], tmp_path)
    assert list((tmp_path / "incoming").iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="this system has no links")
def test_links_that_lead_out_of_incoming_are_left_alone(tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text(TIDY, encoding="utf-8")
    arrivals(tmp_path)
    (tmp_path / "incoming" / "link.csv").symlink_to(secret)
    (tmp_path / "incoming" / "folder").mkdir()
    (tmp_path / "incoming" / "folder" / "link.csv").symlink_to(secret)
    assert arrivals(tmp_path, settled=-10.0) == []


def test_the_calls_that_are_watched_exist() -> None:
    assert [name for name in CALLS if not hasattr(os, name)] == []
