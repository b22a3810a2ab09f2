"""What axe-core and our own rules find on a page in a window: light or dark, wide, narrow, at 200 %.

python -m tests.looking ADDRESS [PAGE ...]     what is found on a server that runs already
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Literal

from PIL import ImageColor
from playwright.sync_api import Page, expect

from dashboard.ui.theme import DARK, LIGHT
from tests import browsing

PAGES = (
    "home", "mineral", "glance", "country", "claims", "compare", "map", "figures", "article", "explore",
    "over-time", "prices", "revisions", "concentration", "dependence", "briefs", "sources", "disagree",
    "data", "words",
)  # fmt: skip
"""Every page, by its name in an address."""

Scheme = Literal["light", "dark"]


@dataclass(frozen=True)
class Window:
    """How a reader has set up the window; 200 % of 1280 pixels are 640."""

    name: str
    width: int
    scheme: Scheme


WIDTHS = (("1280", 1280), ("200 %", 640), ("400", 400))
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
WINDOWS = tuple(Window(f"{name}, {scheme}", width, scheme) for scheme in SCHEMES for name, width in WIDTHS)
WIDEST = Window("1440, light", 1440, "light")
"""Charts are looked at in this one, too."""

AXE = files("axe_playwright_python") / "axe.min.js"
RUN = """
async (colours) => {
  const found = await axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    resultTypes: ["violations"],
    rules: { "color-contrast": { enabled: colours } },
  });
  return found.violations.flatMap((rule) => rule.nodes.map((node) => ({
    rule: rule.id, impact: rule.impact, target: node.target.flat().join(" "), html: node.html.slice(0, 300),
    why: node.failureSummary || "",
  })));
}
"""

LEAST_LETTERS, LEAST_CONTRAST = 12, 4.5
CHARTS = """
([least, contrast]) => {
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => numbers(colour).slice(0, 3).map((part) => {
    const value = part / 255;
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }).reduce((sum, value, place) => sum + value * [0.2126, 0.7152, 0.0722][place], 0);
  const app = document.querySelector("[data-testid=stApp]");
  const ground = light(getComputedStyle(app).backgroundColor);
  const apart = (colour) => {
    const [low, high] = [light(colour), ground].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const told = [];
  for (const chart of document.querySelectorAll(".stPlotlyChart .js-plotly-plot")) {
    const frame = chart.getBoundingClientRect();
    const cells = frame.width < 400 && chart.querySelector(".bartext");  // would not fit a telephone
    const lines = [...chart.querySelectorAll(".main-svg text")]
      .filter((text) => !text.closest(".hoverlayer"))
      .flatMap((text) => {
        const parts = [...text.querySelectorAll("tspan.line")];
        return parts.length ? parts : [text];
      })
      .filter((line) => line.textContent.replace(/[\\s\\u200b]/g, ""));
    const boxes = lines.map((line) => line.getBoundingClientRect());
    lines.forEach((line, one) => {
      const box = boxes[one], words = line.textContent;
      if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1
          || box.bottom > frame.bottom + 1) told.push(`cut: ${words}`);
      for (const part of [line, ...line.querySelectorAll("tspan")]) {
        if (!part.textContent.trim()) continue;
        const look = getComputedStyle(part);
        if (parseFloat(look.fontSize) < (cells ? 10 : least)) told.push(`${look.fontSize}: ${words}`);
        const own = line.closest(".annotation")?.querySelector("rect.bg");  // a ground of its own
        const grounded = own && parseFloat(getComputedStyle(own).fillOpacity) > 0;
        if (!grounded && !line.closest(".bartext") && apart(look.fill) < contrast)
          told.push(`contrast ${apart(look.fill).toFixed(2)}: ${words}`);
      }
      for (let other = one + 1; other < lines.length; other++) {
        const next = boxes[other];
        const wide = Math.min(box.right, next.right) - Math.max(box.left, next.left);
        const high = Math.min(box.bottom, next.bottom) - Math.max(box.top, next.top);
        if (wide > 1 && high > 4) told.push(`over each other: ${words} / ${lines[other].textContent}`);
      }
    });
  }
  return told;
}
"""

CUT = """
() => [...document.querySelectorAll("[data-testid=stMain] :is([role=radiogroup], button, a, h1, h2, h3)")]
  .filter((part) => part.offsetParent && part.textContent.trim() && part.scrollWidth > part.clientWidth + 1)
  .filter((part) => part.clientWidth > 1 && getComputedStyle(part).overflowX !== "visible")
  .map((part) => part.textContent.trim());
"""
"""Choices, buttons, links and headings that do not show all of their words."""

SERIOUS = ("serious", "critical")
OURS_TOO = ("heading-order",)
"""Rules that axe takes less seriously and we do not."""


@dataclass(frozen=True)
class Theirs:
    """What Streamlit breaks: the rule, a part of the selector or of the element, and where it is reported."""

    rule: str
    part: str
    issue: str


STREAMLIT = (
    # The sections of the sidebar, since streamlit/streamlit#8681: a heading stands in the list of pages, and
    # its pages in no list. No issue of that was found; the nearest, open, asks for sound structure of pages.
    Theirs("list", "stSidebarNavItems", "streamlit/streamlit#8399"),
    Theirs("listitem", '<li class="st-emotion-cache', "streamlit/streamlit#8399"),
)


def open_page(page: Page, address: str, name: str) -> None:
    """A page with axe-core in it, drawn."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    browsing.go(page, f"{address}/{name if name != 'home' else ''}")
    page.add_script_tag(content=AXE.read_text(encoding="utf-8"))


def found_in(page: Page, window: Window) -> list[dict[str, Any]]:
    """What axe-core finds on the page that is open, set up so."""
    page.set_viewport_size({"width": window.width, "height": 1000})
    page.emulate_media(color_scheme=window.scheme, reduced_motion="reduce")
    _settle(page, DARK if window.scheme == "dark" else LIGHT)
    # Colours are the same at the least width, and take most of the time.
    found = page.evaluate(RUN, window.width != WINDOWS[-1].width)
    return [one for one in found if one["impact"] in SERIOUS or one["rule"] in OURS_TOO]


LOOKS = """
() => [
  "[data-testid=stSidebarNav] p", ".stPlotlyChart .main-svg", ".main-svg text",
  ".block-container p", "button",
].flatMap((css) => { const all = document.querySelectorAll(css); return [all[0], all[all.length - 1]]; })
  .filter(Boolean)
  .map((part) => {
    const box = part.getBoundingClientRect(), look = getComputedStyle(part);
    return [box.x, box.width, box.height, look.color, look.fill, look.backgroundColor].join();
  }).join(";")
"""
"""What is looked at to see whether a page still changes: the first and the last of some elements."""


def _settle(page: Page, palette: dict[str, str]) -> None:
    """Wait until the page has the colours of the palette, and charts and components have followed."""
    app = page.locator("[data-testid=stApp]")
    for part, name in (("background-color", "backgroundColor"), ("color", "textColor")):
        expect(app).to_have_css(part, f"rgb{ImageColor.getrgb(palette[name])}")
    before = ""
    for _ in range(40):
        page.wait_for_timeout(300)
        now = page.evaluate(LOOKS)
        if now == before:
            return
        before = now


def illegible(page: Page) -> list[str]:
    """Words of charts that are cut, lie over each other, are too small or too pale."""
    found: list[str] = page.evaluate(CHARTS, [LEAST_LETTERS, LEAST_CONTRAST])
    return found


def is_theirs(one: dict[str, Any]) -> bool:
    """Whether it is a known fault of Streamlit's own."""
    told = f"{one['target']} {one['html']}"
    return any(one["rule"] == known.rule and known.part in told for known in STREAMLIT)


def flaws(page: Page, window: Window) -> set[str]:
    """All that is found and is ours, on the page that is open, in a window."""
    found = [one for one in found_in(page, window) if not is_theirs(one)]
    told = {f"{window.name}: {one['rule']} at {one['target']}: {one['why']}" for one in found}
    cut = {f"{window.name}: cut: {words}" for words in page.evaluate(CUT)}
    return told | cut | {f"{window.name}: chart, {words}" for words in illegible(page)}


def main(address: str, *names: str) -> None:
    """What is found on each page in each window."""
    with browsing.browser() as chrome, browsing.reader(chrome) as (page, _):
        for name in names or PAGES:
            open_page(page, address, name)
            for window in WINDOWS:
                for one in found_in(page, window):
                    mark = "Streamlit" if is_theirs(one) else "ours"
                    print(name, window.name, mark, one["rule"], one["target"], one["html"][:160], sep=" | ")
                for words in illegible(page):
                    print(name, window.name, "chart", words, sep=" | ")
            print(name, "is looked at", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
