"""Pictures of the app as it was approved: how they are made, kept small, and held against what is drawn now.

    python -m tests.looks            approve what the app looks like now: makes all pictures anew
    python -m tests.looks home-400   only these

Those of `README` are kept whole in `.github/`, for the README shows them; of the others a reduced copy is
enough, in `tests/pictures/`. What is compared is always the reduced and blurred picture, so that another
version of Chromium, which draws letters a pixel wider, still shows the same.
"""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PIL import Image, ImageChops, ImageFilter
from playwright.sync_api import Browser, Page

from tests import browsing
from tests.checkout import ROOT

APPROVED, SHOWN = ROOT / "tests" / "pictures", ROOT / ".github"

WIDE, NARROW = (1280, 900), (400, 800)
DARK = "1280-dark"
WINDOWS: dict[str, tuple[tuple[int, int], Literal["light", "dark"]]] = {
    "1280": (WIDE, "light"),
    "400": (NARROW, "light"),
    DARK: (WIDE, "dark"),
}
"""The size of the window, and what the reader's system asks for."""

VIEWS = {
    "home": "",
    "claims": "claims?claim=russia-rare-earths-rank",
    "explore": "explore?mineral=lithium&measure=reserves&edition=usgs-mcs.2026",
    "mineral": "mineral?mineral=cobalt&edition=usgs-mcs.2026",
    "map": "map?mineral=rare-earths&edition=usgs-mcs.2026",
    "over-time": "over-time?mineral=lithium",
}
README = ("home", "claims", "explore", "map")
"""The views whose pictures, at 1280 and in the light, stand in the README."""


@dataclass(frozen=True)
class Look:
    """One view in one window."""

    view: str
    window: str

    @property
    def name(self) -> str:
        """What the file is called, without its ending."""
        return f"{self.view}-{self.window}"

    @property
    def path(self) -> Path:
        """Where the approved picture is kept."""
        return SHOWN / f"{self.view}.png" if self._is_shown else APPROVED / f"{self.name}.png"

    @property
    def _is_shown(self) -> bool:
        return self.view in README and self.window == "1280"

    def taken(self, chrome: Browser, address: str) -> Image.Image:
        """The view as it is drawn now."""
        (width, height), scheme = WINDOWS[self.window]
        with browsing.reader(
            chrome, width, height, color_scheme=scheme, reduced_motion="reduce", device_scale_factor=1
        ) as (page, _):
            browsing.go(page, f"{address}/{VIEWS[self.view]}")
            return _still(page)

    def approve(self, picture: Image.Image) -> None:
        """Keep a picture as the one that is right."""
        self.path.parent.mkdir(exist_ok=True)
        kept = picture if self._is_shown else reduced(picture)
        kept.quantize(96 if self._is_shown else 48, dither=Image.Dither.NONE).save(self.path, optimize=True)


LOOKS = [Look(view, window) for view in VIEWS for window in WINDOWS]

MASK = """
.footer { visibility: hidden !important; }
* { caret-color: transparent !important; animation: none !important; transition: none !important; }
"""
"""The versions in the footer change with the data; what moves is still."""


def _still(page: Page) -> Image.Image:
    """The window once two pictures of it in a row are the same."""
    page.add_style_tag(content=MASK)
    page.evaluate("document.fonts.ready")
    page.mouse.move(0, 0)
    before = b""
    for _ in range(20):
        page.wait_for_timeout(300)
        now = page.screenshot(animations="disabled", caret="hide")
        if now == before:
            break
        before = now
    return Image.open(io.BytesIO(before)).convert("RGB")


# Compared -------------------------------------------------------------------------------------------------

REDUCED = 4
"""So many pixels become one."""
BLUR = 1.2
"""Of reduced pixels."""
APART = 28
"""From so many of 255 steps a pixel counts as another one."""
TOLERATED = 0.003
"""So large a part of the pixels may be another."""


def reduced(picture: Image.Image) -> Image.Image:
    """A quarter as wide and as high."""
    return picture.resize((picture.width // REDUCED, picture.height // REDUCED), Image.Resampling.BOX)


def difference(one: Image.Image, other: Image.Image) -> Image.Image:
    """How far two reduced pictures are apart, blurred, as steps of grey."""
    smooth = [picture.convert("RGB").filter(ImageFilter.GaussianBlur(BLUR)) for picture in (one, other)]
    red, green, blue = ImageChops.difference(*smooth).split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue)


def part_apart(difference: Image.Image) -> float:
    """The part of the pixels that count as others."""
    return sum(difference.histogram()[APART:]) / (difference.width * difference.height)


def compared(look: Look, picture: Image.Image, folder: Path) -> str:
    """Empty where a picture is as the approved one; otherwise what to look at, which is put into `folder`."""
    remedy = f"If the app is right, approve it: python -m tests.looks {look.name}"
    if not look.path.exists():
        return f"{look.name} has no approved picture. {remedy}"
    approved = Image.open(look.path).convert("RGB")
    small, now = approved if approved.size != picture.size else reduced(approved), reduced(picture)
    if small.size != now.size:
        return f"{look.name} is {now.size} pixels, approved are {small.size}. {remedy}"
    apart = difference(small, now)
    part = part_apart(apart)
    if part <= TOLERATED:
        return ""
    picture.save(folder / f"{look.name}-now.png")
    Image.eval(apart, lambda step: min(255, 3 * step)).resize(picture.size).save(
        folder / f"{look.name}-difference.png"
    )
    return (
        f"{look.name}: {part:.1%} of the picture is not as approved in {look.path.relative_to(ROOT)} "
        f"(tolerated: {TOLERATED:.1%}). See {folder / look.name}-now.png and -difference.png. {remedy}"
    )


def main(names: Sequence[str]) -> None:
    """Approve these looks, or all."""
    known = {look.name: look for look in LOOKS}
    chosen = [known[name] for name in names] or LOOKS
    with (
        tempfile.TemporaryDirectory() as home,
        browsing.server(Path(home)) as address,
        browsing.browser() as chrome,
    ):
        for look in chosen:
            look.approve(look.taken(chrome, address))
            print(f"{look.path.relative_to(ROOT)}: {look.path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main(sys.argv[1:])
