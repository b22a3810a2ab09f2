"""Large files are read in a process of their own, which can be stopped; nothing is left behind."""

from __future__ import annotations

import gc
import os
import time
from pathlib import Path

import pytest

from dashboard.intake import job as jobs
from dashboard.intake.job import Job, look_at, new_folder, save
from dashboard.intake.proposal import Proposals
from loaders.errors import MineralsError
from loaders.intake.sorting import sort_out
from loaders.store import catalogue, use
from tests.handing_in import NEW, OLD, RECORD, File, archive, tidy

pytestmark = pytest.mark.slow


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file counts as a large one."""
    monkeypatch.setattr(jobs, "_SMALL", 0)


def job_of(*files: File) -> Job:
    folder = new_folder()
    return Job(save(files, folder), folder)


def wait(job: Job) -> Proposals:
    until = time.monotonic() + 60
    while (outcome := job.outcome) is None:
        assert time.monotonic() < until
        time.sleep(0.05)
    return outcome


def is_running(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


def many(number: int) -> File:
    """A tidy table that takes seconds to read."""
    lines = [
        f"lithium,CHL,mine_production,content,{1000 + line % 1000},{line + 1},t" for line in range(number)
    ]
    return tidy("2024", *lines)


def test_a_large_file_gives_what_a_small_one_gives(large: None) -> None:
    files = tidy("2024", *OLD), RECORD
    apart = job_of(*files)
    apart.start()
    assert apart.outcome is None
    (there,) = wait(apart).proposals
    (here,) = look_at(apart.paths, apart.folder).proposals
    assert (there.name, there.report, there.figures) == (here.name, here.report, here.figures)
    assert apart.stage == ""
    done = apart.install([(there.path, None)])
    assert isinstance(done, tuple)
    assert catalogue().get("own", "2024").edition == done[0]


def test_a_wrong_large_file_is_told(large: None) -> None:
    job = job_of(("other.csv", b"a,b\n1,2\n"))
    job.start()
    assert "no format recognises this" in str(wait(job).error)


def test_cancelling_stops_the_process_and_leaves_nothing(large: None) -> None:
    job = job_of(many(300_000))
    job.start()
    (process,) = job._processes
    until = time.monotonic() + 30
    while not job.stage:
        assert time.monotonic() < until
        time.sleep(0.02)
    assert job.outcome is None
    begun = time.monotonic()
    job.end()
    assert time.monotonic() - begun < 2
    assert not is_running(process.pid)
    assert not job.folder.exists()


def test_a_job_that_nobody_holds_ends(large: None) -> None:
    job = job_of(many(100_000))
    job.start()
    folder, (process,) = job.folder, job._processes
    del job
    gc.collect()
    assert not is_running(process.pid)
    assert not folder.exists()


def test_a_process_that_dies_is_told(large: None) -> None:
    job = job_of(many(300_000))
    job.start()
    job._processes[0].kill()
    error = wait(job).error
    assert isinstance(error, MineralsError)
    assert "ended before it was done" in error.message
    assert error.remedy


def test_the_files_are_compared_again_once_the_data_have_changed() -> None:
    job = job_of(tidy("2024", *OLD), RECORD)
    assert job.is_small
    job.start()
    first = job.outcome
    job.start()
    assert job.outcome is first
    use("usgs-mcs", "2024")
    job.start()
    assert job.outcome is not first
    assert job.outcome.version == catalogue().version


WEIGHTS = [
    ("a table", tidy("2024", *OLD), 1.0),
    ("an archive", archive(("a.csv", b"x" * 10_000)), 10_000 / len(archive(("a.csv", b"x" * 10_000))[1])),
    ("gzip", ("a.csv.gz", b"\x1f\x8b" + b"x" * 98), 8.0),
    ("a broken archive", ("a.zip", b"PK\x03\x04"), 0.0),
]


@pytest.mark.parametrize(("name", "file", "times"), WEIGHTS, ids=[case[0] for case in WEIGHTS])
def test_how_much_there_is_to_read(name: str, file: File, times: float) -> None:
    assert job_of(file).weight == pytest.approx(len(file[1]) * times)


def test_uploads_of_one_name_do_not_hide_each_other(tmp_path: Path) -> None:
    paths = save([("../a.csv", b"1"), ("a.csv", b"2"), ("", b"3")], tmp_path)
    assert [path.read_bytes() for path in paths] == [b"1", b"2", b"3"]
    assert all(path.is_relative_to(tmp_path) for path in paths)
    assert len(set(paths)) == 3


def test_new_editions_are_compared_with_what_was_installed_meanwhile() -> None:
    first, second = job_of(tidy("2024", *OLD), RECORD), job_of(tidy("2025", *NEW), RECORD)
    for job in (first, second):
        job.start()
    assert second.outcome.proposals[0].comparison is None
    assert isinstance(first.install([(first.outcome.proposals[0].path, None)]), tuple)
    second.start()
    assert second.outcome.proposals[0].comparison.old.edition.edition == "2024"


def test_links_in_a_folder_do_not_lead_round_in_circles(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.txt.pdf").write_bytes(b"12345")
    for number in range(3):
        (tmp_path / "a" / f"up{number}").symlink_to(tmp_path)
    assert Job([tmp_path], tmp_path).weight == 5
    assert sort_out([tmp_path]).skipped == (tmp_path.name,)
