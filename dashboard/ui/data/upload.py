"""Files that are handed in: here by hand, or dropped into the folder `incoming` of the workspace."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Sequence
from functools import partial
from html import escape

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dashboard.charts.view import Column
from dashboard.intake.job import Job, new_folder, save
from dashboard.markup import table_html
from dashboard.ui import messages, page
from dashboard.ui.data.decision import STEPS, Case, decide
from dashboard.ui.page import small, title
from loaders.errors import MineralsError
from loaders.formats import FORMATS
from loaders.spreadsheets.template import template
from loaders.store import Arrival, Catalogue, arrivals, put_away, put_in, workspace
from loaders.vocabulary import Status

EXAMPLE = """\
dataset,edition,mineral,place,measure,basis,year,value,unit,status,note
my-ministry,2025-06,lithium,Chile,reserves,content,2024,9.3,million metric tons,,
my-ministry,2025-06,lithium,Chile,mine_production,content,2024,e49000,t,,estimated
my-ministry,2025-06,lithium,Argentina,mine_production,content,2024,W,t,,withheld
my-ministry,2025-06,lithium,World,reserves,content,2024,>30,million metric tons,,
"""
"""Our own tidy table, with made-up figures."""

TIDY = (
    f"One line per figure. Values are as printed: 1,200, W ({Status.WITHHELD.label}), NA, &gt;1000, e500. "
    "Minerals and places may be ids, codes or names; the page Words lists the measures, bases and classes. "
    "The figures here are made up."
)


# By hand --------------------------------------------------------------------------------------------------


def show(found: Catalogue) -> None:
    """The box for files, what waits in the folder, and what the files in the box would do."""
    case = _box()
    _incoming(found)
    if case:
        with st.container(key="review"):
            _follow(case, found)


def _box() -> Case | None:
    title("Add or replace an edition, in three steps: hand in, review, install")
    title(STEPS[0])
    files = st.file_uploader(
        "A publisher’s files as they are: one or several, a folder or a zip, several editions at once",
        accept_multiple_files=True,
        key=f"files-{st.session_state.get('uploads', 0)}",
    )
    job = _job_of(files)
    if job is None:
        _help()
        return None
    _offer_to_keep(job)
    names = " ".join(file.file_id for file in files)
    page.bring_into_view(".st-key-review", f"{names} {id(job.mapping)} {id(job.answers)}")
    return Case("upload", job, _clear)


def _offer_to_keep(job: Job) -> None:
    """A review goes with its page; what lies in the folder incoming does not."""
    small("A reload of this page ends the review of these files and forgets what you said of them.")
    st.button("Keep the files for later", on_click=_keep, args=(job,),
              help="Copies them into the folder incoming on this computer: they wait below until they are "
              "installed or dismissed, whatever becomes of the page.")  # fmt: skip


def _keep(job: Job) -> None:
    def keep() -> None:
        put_in(job.paths)
        _clear()

    messages.attempt(keep, "Kept: the files stand below within seconds.")


def _help() -> None:
    small(
        "Or our own tidy table, or a colleague’s package. Files are recognised by what is in them. Nothing "
        "is installed before you say so, and nothing leaves this computer."
    )
    with st.expander("What is recognised, and an example of our tidy table"):
        st.html(table_html((Column("format"),), [(item.NAME,) for item in FORMATS]))
        small(TIDY)
        st.code(EXAMPLE, language=None, wrap_lines=True)
        with st.container(horizontal=True):
            st.download_button("Download the example", EXAMPLE, "example.csv", "text/csv", on_click="ignore")
            st.download_button("Workbook to fill in", template, "tidy-template.xlsx", on_click="ignore")


_JOB = "upload-job"


def _job_of(files: Sequence[UploadedFile]) -> Job | None:
    """The job of these files; one of other files ends."""
    names = tuple(file.file_id for file in files)
    held: tuple[tuple[str, ...], Job] | None = st.session_state.get(_JOB)
    if held and held[0] == names:
        return held[1]
    if held:
        _end(held[1])
    if not files:
        return None
    job = _kept(files)
    if job:
        st.session_state[_JOB] = names, job
    return job


def _kept(files: Sequence[UploadedFile]) -> Job | None:
    """The files in a folder of their own; where the disk is full, that is said."""
    folder = new_folder()
    try:
        return Job(save(((file.name, file.getbuffer()) for file in files), folder), folder)
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        why = f"the files cannot be put into the folder for temporary files ({error.strerror})."
        page.error(MineralsError(why, file=str(folder.parent), remedy="Free some space, and try again."))
        return None


def _end(job: Job) -> None:
    job.end()
    st.session_state.pop(_JOB, None)


def _clear() -> None:
    """End the job and empty the box for files."""
    held = st.session_state.get(_JOB)
    if held:
        _end(held[1])
    st.session_state["uploads"] = st.session_state.get("uploads", 0) + 1


# Dropped into the folder ----------------------------------------------------------------------------------

SECONDS = 2.0
"""Between two looks into the folder."""


class _Jobs:
    """The jobs of what lies in the folder, shared by all sessions."""

    def __init__(self) -> None:
        self._jobs: dict[Arrival, Job] = {}
        self._lock = threading.Lock()

    def of(self, found: Sequence[Arrival]) -> list[Job]:
        """A job for each; those of what is no longer there end."""
        with self._lock:
            for gone in set(self._jobs) - set(found):
                if gone.path.is_relative_to(workspace()):
                    self._jobs.pop(gone).end()
            for new in set(found) - set(self._jobs):
                self._jobs[new] = Job([new.path])
            return [self._jobs[item] for item in found]


@st.cache_resource(show_spinner=False)
def _jobs() -> _Jobs:
    return _Jobs()


def _incoming(found: Catalogue) -> None:
    """What was dropped into the folder, with its report; new files are seen within seconds."""
    there = _arrived()
    _watch(there)
    if there is None or not there:
        return
    title("Waiting in the folder incoming")
    for item, job in zip(there, _jobs().of(there), strict=True):
        with st.container(border=True):
            st.info(page.escape_markdown(f"{item.name} has arrived ({_megabytes(item.size)})."))
            case = Case(f"incoming-{item.name}-{item.size}-{item.changed}", job, partial(_put_away, item))
            _follow(case, found)
            st.button("Dismiss", key=f"{case.key}-dismiss", on_click=_dismiss, args=(item,),
                      help="Moves it into a hidden folder; nothing is deleted.")  # fmt: skip


def _arrived() -> list[Arrival] | None:
    """What lies in the folder; None where there can be no folder."""
    try:
        return arrivals()
    except OSError:
        return None


@st.fragment(run_every=SECONDS)
def _watch(seen: list[Arrival] | None) -> None:
    """Where to drop files; draws the page anew when there is something else in the folder."""
    if seen is None:
        small("Files cannot be dropped into the workspace: it cannot be written.")
        return
    small(f"Or drop files into <code>{escape(str(workspace() / 'incoming'))}</code>; they are seen here.")
    if _arrived() != seen:
        st.rerun()


def _dismiss(item: Arrival) -> None:
    messages.attempt(lambda: put_away(item), f"Dismissed {item.name}.")


def _put_away(item: Arrival) -> None:
    """What was installed is no longer waiting."""
    messages.attempt(lambda: put_away(item))


# Reading --------------------------------------------------------------------------------------------------


def _follow(case: Case, found: Catalogue) -> None:
    """Read the files; meanwhile show how far that is, then what they would do."""
    if case.job.is_small:
        with st.spinner("Reading the files…"):
            case.job.start()
    else:
        case.job.start()
    outcome = case.job.outcome
    if outcome is None:
        _progress(case)
    else:
        decide(case, outcome, found)


_STAGES = ("Reading the files", "Comparing with what is installed", "Working out ranks and claims")


@st.fragment(run_every=1.0)
def _progress(case: Case) -> None:
    job = case.job
    if job.outcome is not None:
        st.rerun()
    stage = job.stage or _STAGES[0]
    done = _STAGES.index(stage) if stage in _STAGES else 0
    told = f"{stage}: {_megabytes(job.size)}, {job.seconds:.0f} s so far (step {done + 1} of {len(_STAGES)})"
    st.progress((done + 0.5) / len(_STAGES), told)
    if st.button("Cancel", key=f"{case.key}-cancel"):
        messages.say("Cancelled. Nothing was installed.")
        case.close()
        st.rerun()


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB" if size >= 1e5 else f"{size / 1e3:,.1f} kB"
