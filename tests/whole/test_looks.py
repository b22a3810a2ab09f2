"""The pages look as they were approved, wide, narrow and in the dark, but for a few pixels."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser

from tests import browsing, looks
from tests.checkout import ROOT
from tests.long import LONG
from tests.looks import LOOKS, VIEWS, WINDOWS, Look


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with browsing.server(tmp_path_factory.mktemp("workspace")) as address:
        yield address


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    with browsing.browser() as chrome:
        yield chrome


IN_TURN = [
    look
    for number, view in enumerate(VIEWS)
    for look in LOOKS
    if look.view == view and look.window == list(WINDOWS)[number % 3]
]
"""Each page in one of the windows in turn; all of them with MINERALS_LONG."""


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("look", LOOKS if LONG else IN_TURN, ids=lambda look: look.name)
def test_a_page_looks_as_it_was_approved(look: Look, address: str, chrome: Browser, tmp_path: Path) -> None:
    told = looks.compared(look, look.taken(chrome, address), tmp_path)
    assert not told, told


def test_the_pictures_are_small() -> None:
    shown, kept = ({look.path for look in LOOKS if look.path.parent == folder} for folder in
                   (looks.SHOWN, looks.APPROVED))  # fmt: skip
    assert sum(path.stat().st_size for path in shown) < 400_000
    assert sum(path.stat().st_size for path in kept) < 300_000
    assert {path for path in looks.APPROVED.glob("*") if path.is_file()} == kept


def test_the_readme_shows_each_of_its_pictures() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in looks.README if f"](.github/{name}.png)" not in readme] == []
    shown = {f"{name}.png" for name in looks.README}
    assert {path.name for path in looks.SHOWN.glob("*.png")} == shown


# What counts as the same ----------------------------------------------------------------------------------


def page(*, shift: int = 0, letters: str = "Reserves of lithium", ground: str = "white") -> Image.Image:
    """A page of lines of words and two bars."""
    drawn = Image.new("RGB", (1280, 900), ground)
    pen = ImageDraw.Draw(drawn)
    for line in range(20):
        pen.text((100 + shift, 40 * line + 20), letters, fill="black", font_size=15)
    pen.rectangle((400 + shift, 300, 800, 330), fill="#1670ad")
    pen.rectangle((400 + shift, 400, 600, 430), fill="#cc4a12")
    return drawn


def taller() -> Image.Image:
    """The same with all that is below a line of words moved down by it."""
    moved = page()
    moved.paste(page().crop((0, 200, 1280, 876)), (0, 224))
    return moved


def longer() -> Image.Image:
    """The same with a bar that is half as long again."""
    moved = page()
    ImageDraw.Draw(moved).rectangle((600, 400, 700, 430), fill="#cc4a12")
    return moved


CASES = [
    ("the same", page, True),
    ("a pixel to the right", lambda: page(shift=1), True),
    ("another ground", lambda: page(ground="#0f1720"), False),
    ("one more line above", taller, False),
    ("other words", lambda: page(letters="Nothing to draw, for there is no such table"), False),
    ("a longer bar", longer, False),
]


@pytest.mark.parametrize(("other", "same"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_few_pixels_are_the_same_and_another_page_is_not(other: object, same: bool) -> None:
    assert callable(other)
    apart = looks.part_apart(looks.difference(looks.reduced(page()), looks.reduced(other())))
    assert (apart <= looks.TOLERATED) is same


def test_a_difference_is_told_and_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looks, "ROOT", tmp_path)
    monkeypatch.setattr(looks, "APPROVED", tmp_path)
    look = Look("mineral", next(iter(WINDOWS)))
    assert "has no approved picture" in looks.compared(look, page(), tmp_path)
    look.approve(page())
    assert looks.compared(look, page(shift=1), tmp_path) == ""
    assert "python -m tests.looks mineral-1280" in looks.compared(look, longer(), tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {
        "mineral-1280.png", "mineral-1280-now.png", "mineral-1280-difference.png",
    }  # fmt: skip
