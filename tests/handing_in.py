"""Files to hand in, and the page Data to hand them in on."""

from __future__ import annotations

import io
import tempfile
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path

from streamlit.testing.v1 import AppTest

from dashboard.intake.job import save
from dashboard.intake.proposal import Proposal, Proposals, install_proposals, look_at
from dashboard.ui.data.upload import EXAMPLE
from tests.pages import opened, page_text
from tests.usgs_inputs import table

File = tuple[str, bytes]

HEADER = "Source,Country,Type,Prod_t_2022,Prod_t_est_2023,Prod_notes,Reserves_t,Reserves_notes"
CHILE = 'MCS2024,Chile,"Mine production, lithium content",38000,44000,,9300000,'
PERU = 'MCS2024,Peru,"Mine production, lithium content",1,2,,3,'


def lithium(*rows: str) -> File:
    """A table of the 2024 edition of the USGS, of lithium alone."""
    item = table(HEADER, *(rows or (CHILE,)))
    return item.name, item.content


def example(**changed: str) -> File:
    """Our own example; `changed` maps a text to what stands in its place."""
    text = EXAMPLE
    for old, new in changed.items():
        assert old in text
        text = text.replace(old, new)
    return "example.csv", text.encode()


TIDY = "dataset,edition,mineral,place,measure,basis,year,value,unit\n"
CHL, PER = "lithium,CHL,reserves,content", "lithium,PER,reserves,content"
OLD = (f"{CHL},2023,930,t", f"{PER},2023,800,t")
NEW = (f"{CHL},2024,900,t", f"{PER},2024,W,t")
SPOILT = (f"{CHL},2024,900000,t", f"{PER},2024,800,t")
TOML = """\
id = "own"
title = "Reserves of lithium"
publisher = "Ministry of Mines"
licence = "CC BY 4.0"
"""
RECORD = "dataset.toml", TOML.encode()
PAPER = b"""\
[source]
id = "another-paper"
publisher = "A Newspaper"
title = "Of ores"
author = "not stated"
published = "2025-06-30"
address = "not stated"
licence = "not stated"
file = "ores.txt"
sha256 = "0000000000000000000000000000000000000000000000000000000000000001"
"""
"""The seed file of a document, but for its claims."""


def tidy(edition: str, *rows: str, dataset: str = "own") -> File:
    """Our own table of one edition."""
    lines = "".join(f"{dataset},{edition},{row}\n" for row in rows)
    return f"{dataset}-{edition}.csv", (TIDY + lines).encode()


def archive(*members: File) -> File:
    """A zip archive of files."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as writer:
        for name, content in members:
            writer.writestr(name, content)
    return "files.zip", packed.getvalue()


_FOLDERS: list[tempfile.TemporaryDirectory[str]] = []
"""Each is deleted when the tests end."""


def looked_at(*files: File) -> Proposals:
    """What becomes of files that are handed in."""
    _FOLDERS.append(tempfile.TemporaryDirectory())
    folder = Path(_FOLDERS[-1].name)
    return look_at(save(files, folder), folder)


def proposed(*files: File) -> Proposal:
    """The one edition in files that are handed in."""
    outcome = looked_at(*files)
    assert outcome.error is None
    (item,) = outcome.proposals
    return item


def installed(*files: File) -> None:
    """Install the one edition in files."""
    assert isinstance(install_proposals([(proposed(*files).path, None)]), tuple)


# The page -----------------------------------------------------------------------------------------------


def open_page() -> AppTest:
    """The page Data."""
    return opened("data")


def hand_in(at: AppTest, *files: File) -> AppTest:
    """Upload files."""
    for name, content in files:
        at.file_uploader[0].upload(name, content)
    return run(at)


def wait(at: AppTest, seconds: float = 60) -> AppTest:
    """Draw the page anew until nothing is being read any more."""
    until = time.monotonic() + seconds
    while "Cancel" in labels(at):
        assert time.monotonic() < until, "the files are still being read"
        time.sleep(0.8)
        run(at)
    return at


def press(at: AppTest, label: str) -> AppTest:
    """Press the first button whose label holds the text."""
    next(button for button in at.button if label in button.label).click()
    return run(at)


def tick(at: AppTest, label: str) -> AppTest:
    """Tick the box whose label holds the text."""
    next(box for box in at.checkbox if label in box.label.replace("\\", "")).check()
    return run(at)


def run(at: AppTest) -> AppTest:
    """Draw the page anew."""
    at.run()
    assert not at.exception
    return at


def bodies(at: AppTest) -> str:
    """The HTML of the page."""
    return page_text(at)


def said(elements: Sequence[object]) -> str:
    """The texts of messages, without the marks that keep Markdown from reading them."""
    return " ".join(str(getattr(element, "value", "")) for element in elements).replace("\\", "")


def labels(at: AppTest) -> list[str]:
    """The labels of all buttons."""
    return [button.label for button in at.button]


def boxes(at: AppTest) -> list[str]:
    """The labels of all boxes to tick."""
    return [box.label.replace("\\", "") for box in at.checkbox]
