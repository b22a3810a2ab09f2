"""Every page can be used by everyone: axe-core on each, light and dark; the map; rows of choices by key."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from dashboard.boundaries.equal_earth import project
from tests import browsing
from tests.long import LONG
from tests.looking import PAGES, WINDOWS, flaws, open_page

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Page, str, browsing.Heard]]:
    """One server and one window for all pages."""
    with (
        browsing.server(tmp_path_factory.mktemp("home")) as address,
        browsing.browser() as chrome,
        browsing.reader(chrome) as (page, heard),
    ):
        yield page, address, heard


@pytest.mark.parametrize(("turn", "name"), list(enumerate(PAGES)), ids=PAGES)
def test_nothing_serious_on_a_page_is_ours(
    turn: int, name: str, opened: tuple[Page, str, browsing.Heard]
) -> None:
    """Each page in one of the six windows in turn; in all with MINERALS_LONG, as the command looks."""
    page, address, _ = opened
    open_page(page, address, name)
    windows = WINDOWS if LONG else WINDOWS[turn % 6 : turn % 6 + 1]
    assert sorted(found for window in windows for found in flaws(page, window)) == []


# The map ------------------------------------------------------------------------------------------------

ASKED = "map?mineral=rare-earths&measure=reserves&edition=usgs-mcs.2025&year=2024"
CHART = ".st-key-chart-map .js-plotly-plot"
PLACE = """
(chart, [x, y]) => {
  const { xaxis, yaxis } = chart._fullLayout, frame = chart.getBoundingClientRect();
  return [frame.x + xaxis._offset + xaxis.d2p(x), frame.y + yaxis._offset + yaxis.d2p(y),
          xaxis._length, yaxis._length];
}
"""
SIBERIA = (100.0, 60.0)
"""East and north, in the middle of Russia."""


def test_a_pointer_and_a_click_find_the_country_they_are_on(
    opened: tuple[Page, str, browsing.Heard],
) -> None:
    page, address, heard = opened
    page.set_viewport_size({"width": 1280, "height": 1400})
    browsing.go(page, f"{address}/{ASKED}")
    expect(page.locator(f"{CHART} .scatterlayer .point").first).to_be_attached()
    at = [float(number) for number in project(*SIBERIA)]
    for _ in range(10):  # a page that was narrow before is drawn once more, for the room that there is now
        page.wait_for_timeout(500)
        x, y, width, height = page.locator(CHART).evaluate(PLACE, at)
        page.mouse.move(x, y)
        if page.locator(".hoverlayer .hovertext", has_text="Russia").count():
            break
        page.mouse.move(0, 0)
    assert height > 0.4 * width, "the map is flattened"
    expect(page.locator(".hoverlayer .hovertext")).to_contain_text("Russia")
    page.mouse.click(x, y)
    card = page.locator(".card.statistic.selected")
    for words in ("Russia", "3800000"):
        expect(card).to_contain_text(words)
    heard.assert_own()


# Charts -------------------------------------------------------------------------------------------------

LAID = "(width) => document.querySelector('.stPlotlyChart .js-plotly-plot')?._fullLayout.meta?.laid === width"


@pytest.mark.parametrize(("window", "laid"), [(1280, 840), (400, 370), (900, 600)])
def test_a_chart_is_laid_out_for_the_room_that_its_page_has(
    window: int, laid: int, opened: tuple[Page, str, browsing.Heard]
) -> None:
    page, address, _ = opened
    if not page.url.startswith(f"{address}/explore"):
        browsing.go(page, f"{address}/explore?mineral=cobalt&measure=reserves&which=first")
    page.set_viewport_size({"width": window, "height": 1000})
    page.wait_for_function(LAID, arg=laid)


# Keys ---------------------------------------------------------------------------------------------------

FOCUSED = "() => document.activeElement.closest('[role=radiogroup]') && document.activeElement.ariaChecked"


def test_the_key_tab_finds_a_way_to_the_chart_and_the_choice_that_is_made(
    opened: tuple[Page, str, browsing.Heard],
) -> None:
    page, address, _ = opened
    page.set_viewport_size({"width": 1280, "height": 1400})
    browsing.go(page, f"{address}/explore?mineral=cobalt&measure=reserves&which=first")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to the chart")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Source of a mark of the chart").first).to_be_focused()
    page.locator(".st-key-explore-places input").focus()
    for _ in range(5):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED) is not None:
            break
    assert page.evaluate(FOCUSED) == "true"
