"""The page Data: names that nobody knows are answered there, kept, shown, and taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from loaders.store import catalogue, read_edition
from tests import handing_in
from tests.handing_in import bodies, hand_in, labels, press, run, said
from tests.loaders.answers.files import files

pytestmark = pytest.mark.slow


def export(year: str = "2020", **texts: str) -> handing_in.File:
    (item,) = files("bgs", **texts)
    return f"export-{year}.csv", item.content.replace(b"2020-01-01", f"{year}-01-01".encode())


def choose(at: AppTest, label: str, value: str) -> None:
    """Choose in the box whose label holds the text."""
    box = next(box for box in at.selectbox if label in box.label.replace("\\", ""))
    box.select(value)
    run(at)


def write(at: AppTest, label: str, text: str) -> None:
    next(field for field in at.text_input if field.label == label).set_value(text)
    run(at)


def own() -> list[str]:
    return [item.edition.edition for item in catalogue().editions if item.dataset.id == "bgs-wms"]


def test_names_are_answered_installed_and_shown_everywhere(page: AppTest) -> None:
    hand_in(page, export(mineral="xyzzyite", place="Atlantis", unit="bags", sign="n.k."))
    assert "4 names can be answered above" in said(page.error)
    press(page, "Read again with these answers")
    assert "Nothing is said yet" in said(page.warning)
    choose(page, "“Atlantis”", "known")
    press(page, "Read again with these answers")
    assert "'Atlantis' is not said yet" in said(page.error)
    choose(page, "Place", "PER")
    choose(page, "“xyzzyite”", "new")
    write(page, "Name", "Cobalt")
    press(page, "Read again with these answers")
    assert "taken by Cobalt" in said(page.error)
    write(page, "Name", "Xyzzyite")
    choose(page, "Part of", "rare-earths")
    choose(page, "“n.k.”", "known")
    choose(page, "Stands for", "NA")
    press(page, "Read again with these answers")
    assert "1 name can be answered above" in said(page.error)  # the unit is still open
    choose(page, "“bags”", "known")
    write(page, "Unit", "kg")
    press(page, "Read again with these answers")
    assert not page.error
    assert "mineral “xyzzyite”: new: Xyzzyite, part of Rare earths" in said(page.markdown)
    assert "Publisher" not in [field.label for field in page.text_input]  # the publisher is known
    press(page, "Install edition 2020")
    (item,) = [item for item in catalogue().editions if item.dataset.id == "bgs-wms"]
    assert 'bags = "kg"' in item.edition.answers
    assert "xyzzyite" in set(read_edition(item)["mineral"])
    assert "Xyzzyite" in bodies(page)  # among the answers of the installed edition


def test_an_answer_is_taken_back(page: AppTest) -> None:
    hand_in(page, export(place="Atlantis"))
    choose(page, "“Atlantis”", "left out")
    press(page, "Read again with these answers")
    assert "1 row left out" in " ".join(item.label for item in page.expander)
    assert "Install edition 2020 of bgs-wms" in labels(page)
    press(page, "Undo")
    assert "1 name can be answered above" in said(page.error)
    assert "Install edition 2020 of bgs-wms" not in labels(page)
    assert own() == []


def test_answers_are_offered_again_with_the_next_edition(page: AppTest, own_home: Path) -> None:
    hand_in(page, export(place="Atlantis"))
    choose(page, "“Atlantis”", "left out")
    press(page, "Read again with these answers")
    press(page, "Install edition 2020")
    assert own() == ["2020"]
    again = handing_in.open_page()
    hand_in(again, export("2021", place="Atlantis"))
    assert "place “Atlantis”: left out (given with an earlier edition)" in said(again.markdown)
    press(again, "Install edition 2021")
    assert own() == ["2020"]  # somebody has to have seen it
    handing_in.tick(again, "used again")
    press(again, "Install edition 2021")
    assert own() == ["2020", "2021"]
