"""Data: what is loaded, and how a reader adds, replaces and removes editions of their own."""

from __future__ import annotations

from dashboard.ui import messages, page, session
from dashboard.ui.data import editions, upload
from dashboard.ui.page import title
from dashboard.words.pages import PAGE_TITLES
from loaders.errors import MineralsError
from loaders.store import catalogue


def show() -> None:
    """The page."""
    page.heading(
        PAGE_TITLES["data"],
        "Bundled editions come with the program and are never changed. Your own editions stand in a folder "
        "on this computer and win over bundled ones of the same name.",
    )
    messages.show()
    found = catalogue()
    upload.show(found)
    title("What is loaded")
    try:
        editions.show_loaded(session.current(present=True))
    except MineralsError as error:  # one edition's file is damaged: it can be removed, or added again
        page.error(error)
    editions.show_in_use(found)
    editions.show_sharing(found)
    editions.show_own(found)
    editions.show_history()


show()
