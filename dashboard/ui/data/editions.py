"""What is loaded, which edition is in use, sharing and checking; the reader's own editions; the history."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.charts.view import NOTE, Column
from dashboard.markup import code_html, facts_html, table_html
from dashboard.snapshot import Snapshot
from dashboard.topics.sources import holes
from dashboard.ui import messages, page
from dashboard.ui.data.history import HISTORY, VERIFIED, history_lines, verified_lines
from dashboard.ui.data.report import PROBLEMS, problem_line
from dashboard.ui.page import small, title
from loaders.answers.checking import answer_words
from loaders.answers.keeping import answers_from_toml
from loaders.errors import MineralsError
from loaders.formats.datapackage import write_package
from loaders.model import NOT_STATED, Dataset
from loaders.report import Problem
from loaders.store import (
    Catalogue,
    Installed,
    Kept,
    bundled_folder,
    empty,
    history,
    read_edition,
    remove,
    removed,
    restore,
    use,
    verify,
    workspace,
)
from loaders.text import count, day, file_name

LOADED = (
    Column("dataset"), Column("edition"), Column("published"), Column("figures", number=True), Column("kind"),
    Column("data version"), Column("read from"),
)  # fmt: skip


# What is loaded ---------------------------------------------------------------------------------------


def show_loaded(data: Snapshot) -> None:
    """A line per edition, and what is wrong with seed files."""
    sizes = data.sizes
    if data.catalogue.editions:
        st.html(table_html(LOADED, [_line(item, sizes) for item in data.catalogue.editions]))
    else:
        page.notice("No editions are loaded.", ["Hand in files below to add the first."])
    if data.catalogue.national:
        st.html('<p class="sub">One country’s own account</p>')
        st.html(table_html(LOADED, [_line(item, sizes) for item in data.catalogue.national]))
        page.notice(NOTE, holes(data.catalogue.national))
    documents = count(len(data.seeds.documents), "document")
    small(f"And {documents} with {count(len(data.seeds.claims), 'figure')}, on the page Sources.")
    _seed_problems(data.seeds.problems)


def _line(item: Installed, sizes: pd.Series) -> tuple[object, ...]:
    files = item.edition.files
    published = item.edition.published
    return (
        item.dataset.short_title,
        item.edition.edition,
        published if published == NOT_STATED else day(published),
        int(sizes.get((item.dataset.id, item.edition.edition), 0)),
        ("bundled" if item.bundled else "your own") + (", in use" if item.current else ""),
        code_html(item.edition.version[:8]),
        files[0].name if len(files) == 1 else count(len(files), "file"),
    )


def _seed_problems(problems: tuple[Problem, ...]) -> None:
    if problems:
        st.warning(
            f"{count(len(problems), 'problem')} in the files of documents. The other documents are shown."
        )
        st.html(table_html(PROBLEMS, [problem_line(problem) for problem in problems]))


# The edition in use -------------------------------------------------------------------------------------


def show_in_use(found: Catalogue) -> None:
    """A choice for each dataset that has several editions."""
    datasets = {item.dataset.id: item.dataset for item in found.all}
    editions = {
        name: [item.edition.edition for item in found.all if item.dataset.id == name] for name in datasets
    }
    for name in [name for name in datasets if len(editions[name]) > 1]:
        current = found.current(name)
        key = f"in-use-{name}-{found.version[:8]}"
        st.segmented_control(
            f"Edition in use: {page.escape_markdown(datasets[name].short_title)}",
            editions[name],
            default=current.edition.edition if current else None,
            key=key,
            required=True,
            help="Pages open with it. Links made before show what they showed.",
            on_change=_use,
            args=(datasets[name], key),
        )


def _use(dataset: Dataset, key: str) -> None:
    edition = st.session_state[key]
    done = f"Edition {edition} of {dataset.short_title} is in use now."
    messages.attempt(lambda: use(dataset.id, edition), done)


# Sharing and checking -----------------------------------------------------------------------------------


def show_sharing(found: Catalogue) -> None:
    """An edition as one file for a colleague, and whether every file is as it was installed."""
    with st.expander("Share an edition, or check all files"):
        if found.all:
            _share(found)
        if st.button("Check all files", help="Compares every file with the one that was installed."):
            _check()


def _share(found: Catalogue) -> None:
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    names = {item.edition.id: item for item in found.all}
    newest = [item.edition.id for kind in (found.editions, found.national) for item in reversed(kind)]
    chosen = left.selectbox("Edition to share", newest, format_func=lambda name: _name(names[name]))
    item = names[chosen]
    right.download_button(
        "Download as one file",
        lambda: _package(item),
        file_name(f"{item.dataset.id}-{item.edition.edition}.zip"),
        "application/zip",
        on_click="ignore",
    )
    small(
        "A colleague hands this file in on this page, or adds it with the command <code>minerals add</code>."
    )


def _package(item: Installed) -> bytes:
    return write_package(read_edition(item), item.dataset, item.edition)


def _name(item: Installed) -> str:
    return f"{item.dataset.short_title}, edition {item.edition.edition}"


def _check() -> None:
    try:
        found = verify()
    except MineralsError as error:
        page.error(error)
        return
    damaged = [item for item in found if item.problem]
    if damaged:
        st.error(f"{len(damaged)} of {count(len(found), 'file')} are damaged.")
        st.html(table_html(VERIFIED, verified_lines(damaged)))
    else:
        st.success(f"All {count(len(found), 'file')} are as they were installed.")


# The user's own editions ------------------------------------------------------------------------------


def show_own(found: Catalogue) -> None:
    """The reader's own editions, with removing, bringing back and emptying."""
    title("Your own editions")
    own = [item for item in found.all if not item.bundled]
    st.html(facts_html([("folder", code_html(str(workspace())))]))
    if not own:
        small("None yet. Hand in files above to add the first.")
    for item in own:
        _own(item)
    _put_away(removed())


def _own(item: Installed) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{page.escape_markdown(item.dataset.short_title)}**, edition {item.edition.edition}")
        with st.popover("Remove…", key=f"remove-{item.edition.id}"):
            st.markdown(_after_removal(item))
            st.button("Yes, remove it", key=f"removed-{item.edition.id}", type="primary", on_click=_remove,
                      args=(item,))  # fmt: skip
    _answers_of(item)


def _answers_of(item: Installed) -> None:
    """What was said of names when the edition was added."""
    if not item.edition.answers:
        return
    answers = answers_from_toml(item.edition.answers, item.edition.id)
    lines = [(kind, text, answer_words(answers, kind, text)) for kind, text in answers.all_texts()]
    with st.expander(f"{count(len(lines), 'answer')} to names, given when it was added"):
        st.html(table_html((Column("kind"), Column("printed"), Column("means")), lines))
        small(
            "They are offered again with the next edition. To change one, hand in the edition’s files again "
            "and say it otherwise; this one is then put away and can be brought back."
        )
        st.download_button(
            "Save as answers.toml", item.edition.answers, "answers.toml", "application/toml",
            on_click="ignore", key=f"answers-{item.edition.id}",
        )  # fmt: skip


def _after_removal(item: Installed) -> str:
    bundled = bundled_folder("data") / item.dataset.id / f"{item.edition.edition}.csv"
    kept = "Your edition is put away, and can be brought back."
    return f"{kept} The bundled edition of the same name is shown again." if bundled.exists() else kept


def _remove(item: Installed) -> None:
    dataset, edition = item.dataset, item.edition.edition
    done = f"Removed your edition {edition} of {dataset.short_title}. It can be brought back below."
    messages.attempt(lambda: remove(dataset.id, edition), done)


def _put_away(kept: tuple[Kept, ...]) -> None:
    """Own editions that were removed or replaced."""
    if not kept:
        return
    title("Put away")
    for number, item in enumerate(kept):
        with st.container(horizontal=True, vertical_alignment="center"):
            name, edition = item.dataset.short_title, item.edition.edition
            st.markdown(f"{page.escape_markdown(name)}, edition {edition}: {item.why} {item.when[:10]}")
            st.button(
                "Bring back", key=f"restore-{number}-{item.edition.id}", on_click=_restore, args=(item,)
            )
    with st.popover("Delete for good…", key="empty"):
        names = ", ".join(dict.fromkeys(item.edition.id for item in kept))
        st.markdown(
            f"Deletes {page.escape_markdown(names)}. They cannot be brought back then, and links made "
            "before they were removed or replaced no longer open."
        )
        st.button("Yes, delete for good", key="emptied", type="primary", on_click=_empty, args=(len(kept),))


def _restore(item: Kept) -> None:
    dataset, edition = item.dataset, item.edition.edition
    done = f"Your edition {edition} of {dataset.short_title} is shown again."
    messages.attempt(lambda: restore(dataset.id, edition), done)


def _empty(number: int) -> None:
    messages.attempt(empty, f"{count(number, 'edition')} deleted for good.")


def show_history() -> None:
    """Who changed what, and when: the log of the workspace."""
    try:
        changes = history()
    except MineralsError as error:
        page.error(error)
        return
    if changes:
        title("History")
        st.html(table_html(HISTORY, history_lines(changes)))
