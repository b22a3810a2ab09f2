"""The four people for whom the dashboard is made, each from the start to the end, with their clicks counted.

What is typed, and the choice of a file on the disk, are no clicks.
"""

from __future__ import annotations

import csv
import io
import re
import struct
import time
from collections.abc import Iterator
from pathlib import Path

import pptx
import pypdf
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests import browsing
from tests.commands import Command
from tests.handing_in import OLD, RECORD, SPOILT, tidy

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FIVE_FIGURES = ["658 Mt", "28.5 Mt", "1 %", "5th", "$500 bn"]
HOLDINGS = "amount-russia-rare-earths-holdings"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace of the server."""
    return tmp_path_factory.mktemp("workspace")


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    with browsing.server(home) as address:
        yield address


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    with browsing.browser() as chrome:
        yield chrome


def _open_figures(page: Page, address: str) -> None:
    """From Home by the first of its stories: one click."""
    page.goto(address)
    browsing.see(page, "every number next to where it came from")
    page.locator("[class*=st-key-finding-story] a").first.click()
    expect(page.locator(".tiles li b")).to_have_text(FIVE_FIGURES)
    browsing.drawn(page)


# The policy analyst ---------------------------------------------------------------------------------------


def test_an_analyst_finds_a_figure_who_said_it_and_what_the_statistics_say(
    address: str, chrome: Browser
) -> None:
    with browsing.reader(chrome) as (page, heard):
        _open_figures(page, address)
        expect(page.locator("[data-testid=stAppDeployButton]")).to_have_count(0)
        expect(page.locator("[data-testid=stException]")).to_have_count(0)
        # The third bar of the statistics is the edition 2025.
        browsing.click_mark(page, f".st-key-chart-{HOLDINGS} .barlayer .point path", 3)
        card = page.locator(".card.statistic.selected")
        for words in ("USGS, edition 2025", "3800000", "MCS2025_World_Data.csv, row 891"):
            expect(card).to_contain_text(words)
        assert heard.clicks == 2
        _choose_a_bar_by_keyboard(page)
        assert heard.clicks == 2
        _how_much_cobalt_came_from_dr_congo(page, address)
        assert heard.clicks <= 2 + 3
        heard.assert_own()
        assert heard.errors == []


def _choose_a_bar_by_keyboard(page: Page) -> None:
    """The list of marks takes what is typed; Enter opens the card as a click does."""
    page.locator(f".st-key-find-{HOLDINGS} input").focus()
    page.keyboard.type("2024")
    page.keyboard.press("Enter")
    expect(page.locator(".card.statistic.selected[open]")).to_contain_text("USGS, edition 2024")


def _enter_the_search(page: Page) -> None:
    """By its key, again until the page listens: it is drawn before."""
    box = page.get_by_role("combobox", name=re.compile("^Look for"))
    while not box.evaluate("box => box === document.activeElement"):
        page.keyboard.press("/")
        page.wait_for_timeout(1000)


def _how_much_cobalt_came_from_dr_congo(page: Page, address: str) -> None:
    """From Home in three clicks: the mineral is typed, then its tab, the box of countries, the country."""
    browsing.go(page, address)
    _enter_the_search(page)
    page.keyboard.type("cobalt")
    page.keyboard.press("Enter")
    browsing.see(page, "Cobalt")
    page.locator(".tabs").get_by_text("Over time").click()
    browsing.drawn(page)
    page.locator("[data-testid=stMultiSelect]").first.click()
    page.keyboard.type("DR Congo")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("[?&]places=COD"))
    browsing.drawn(page)
    expect(page.locator(".finding h2")).to_have_text(re.compile("DR Congo(?!.* lines )"))


# The briefing writer --------------------------------------------------------------------------------------


def test_a_writer_takes_a_chart_into_slides_and_makes_a_briefing(
    address: str, chrome: Browser, tmp_path: Path
) -> None:
    with browsing.reader(chrome) as (page, heard):
        _open_figures(page, address)
        png, svg, slides = (browsing.take(page, HOLDINGS, name, tmp_path) for name in ("png", "svg", "pptx"))
        assert heard.clicks == 1 + 1 + 3
        _defended(png, svg, slides)
        browsing.shut(page, HOLDINGS)
        page.locator(f".st-key-brief-{HOLDINGS} button").first.click()
        page.locator(f".st-key-brief-{HOLDINGS}-add button").click()
        page.get_by_text("Open the briefs").click()
        browsing.see(page, "in your order and with your words")
        page.locator("[class*='st-key-briefs-take-'] button").first.click()
        with page.expect_download() as coming:
            page.get_by_role("button", name="Briefing").first.click()
        assert heard.clicks == 5 + 6
        briefing = tmp_path / coming.value.suggested_filename
        coming.value.save_as(briefing)
        said = " ".join(" ".join(sheet.extract_text().split()) for sheet in pypdf.PdfReader(briefing).pages)
        for words in ("USGS Mineral Commodity Summaries", "28.5", "Data version"):
            assert words in said
        heard.assert_own()
        assert heard.errors == []


def _defended(png: Path, svg: Path, slides: Path) -> None:
    """Source, edition, unit and version leave with the picture and the slide."""
    image = png.read_bytes()
    assert image.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", image[16:24])
    assert width == 1920
    assert height > 400
    assert "USGS Mineral Commodity Summaries 2023 to 2026" in svg.read_text(encoding="utf-8")
    slide = pptx.Presentation(str(slides)).slides[0]
    text = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
    assert "USGS Mineral Commodity Summaries 2023 to 2026" in text
    assert any(shape.has_chart for shape in slide.shapes)
    assert "Data version" in f"{text} {slide.notes_slide.notes_text_frame.text}"


# The researcher -------------------------------------------------------------------------------------------


def test_a_researcher_takes_tidy_data_and_a_link_and_makes_the_same_from_the_command_line(
    address: str, chrome: Browser, home: Path, tmp_path: Path, run: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    with browsing.reader(chrome) as (page, heard):
        _open_figures(page, address)
        table = browsing.take(page, HOLDINGS, "csv", tmp_path)
        browsing.shut(page, HOLDINGS)
        rows = list(csv.DictReader(io.StringIO(table.read_text(encoding="utf-8-sig"), newline="")))
        assert [row["printed"] for row in rows] == ["28.5", "21000000", "10000000", "3800000", "3,800,000"]
        assert all(row["citation"] and row["source"] and row["data_version"] for row in rows)
        browsing.action(page, HOLDINGS, "copy-link").click()
        expect(page.locator(f".st-key-actions-{HOLDINGS} [role=status]")).to_have_text("Link copied.")
        link = str(page.evaluate("navigator.clipboard.readText()"))
        assert heard.clicks == 1 + 4
        heard.assert_own()
        assert heard.errors == []
    monkeypatch.setenv("MINERALS_HOME", str(home))
    assert run("export", "--link", link, "-o", tmp_path / "again.csv").code == 0
    assert (tmp_path / "again.csv").read_bytes() == table.read_bytes()


# The data steward -----------------------------------------------------------------------------------------


def test_a_steward_installs_an_edition_meets_a_wrong_one_and_goes_back(
    address: str, chrome: Browser, home: Path, tmp_path: Path
) -> None:
    with (
        browsing.reader(chrome) as (page, heard),
        browsing.reader(chrome) as (other, heard_by_other),
    ):
        _open_beside(other, address)
        link, before = other.url, _version(other)
        browsing.go(page, address)
        browsing.menu(page, "data").click()
        browsing.see(page, "Or drop files into")
        browsing.drop(page, _edition(tmp_path / "ours"))
        page.get_by_role("button", name="Install edition 2024 of own").click()
        browsing.see(page, "use its edition 2024 now.")
        assert heard.clicks == 2
        _a_wrong_one_arrives(page, home)
        assert heard.clicks == 2 + 3
        _in_use(page, "own", "2024").click()
        browsing.see(page, "Edition 2024 of Reserves of lithium is in use now.")
        browsing.drawn(page)
        shown = _version(page)
        _in_use(page, "usgs-mcs", "2024").click()
        expect(page.locator(".footer")).not_to_contain_text(shown)
        assert heard.clicks == 5 + 2
        _follows(other, before, _version(page))
        assert heard.errors == heard_by_other.errors == []
        _old_link(other, link, before)
        heard.assert_own()


def _open_beside(page: Page, address: str) -> None:
    """Another reader has a page open meanwhile, whose address names its data."""
    browsing.go(page, f"{address}/?mineral=rare-earths")
    browsing.menu(page, "country").click()
    expect(page).to_have_url(re.compile(r"/country\?.*asOf="), timeout=60_000)
    browsing.see(page, "edition 2026")
    browsing.drawn(page)


def _edition(folder: Path) -> Path:
    """A folder with an edition in our own table, and its record."""
    folder.mkdir()
    (folder / "old.csv").write_bytes(tidy("2024", *OLD)[1])
    (folder / RECORD[0]).write_bytes(RECORD[1])
    return folder


def _a_wrong_one_arrives(page: Page, home: Path) -> None:
    """One figure is a thousand times what it was: it is named, and installed after a yes alone."""
    name, content = tidy("2025", *SPOILT)
    (home / "incoming" / name).write_bytes(content)
    begun = time.monotonic()
    browsing.see(page, f"{name} has arrived", 20)
    assert time.monotonic() - begun < 10
    browsing.see(page, "Stop and look.")
    install = page.get_by_role("button", name="Install edition 2025 of own")
    install.click()
    browsing.see(page, "Nothing was installed: tick")
    boxes = page.locator("[data-testid=stCheckbox] p").filter(has_text=re.compile("^I have (looked|seen)"))
    asked = boxes.count()
    for number in range(asked):
        boxes.nth(number).click()
        browsing.drawn(page)
    install.click()
    browsing.see(page, "use its edition 2025 now.")


def _in_use(page: Page, dataset: str, edition: str) -> Locator:
    """The button of an edition, under "Edition in use"; a dataset whose name begins alike stands later."""
    group = page.locator(f"[class*='st-key-in-use-{dataset}-']").first
    return group.locator("button").get_by_text(edition, exact=True)


def _follows(page: Page, before: str, after: str) -> None:
    """A window that is open shows the swap at its next interaction, though that redraws a part alone."""
    assert _version(page) == before
    page.locator("[data-testid=stButtonGroup] button").get_by_text("All", exact=True).click()
    expect(page.locator(".footer")).to_contain_text(after)
    browsing.see(page, "edition 2024")
    expect(page).to_have_url(re.compile(f"asOf={after}"))


def _old_link(page: Page, link: str, before: str) -> None:
    """A link that was made before shows what it showed."""
    browsing.go(page, link)
    browsing.see(page, "This link was made before the data changed.")
    browsing.see(page, "edition 2026")
    assert _version(page) == before


def _version(page: Page) -> str:
    """The version in the footer."""
    return page.locator(".footer").inner_text().split("version ")[1][:8]


# On paper -------------------------------------------------------------------------------------------------


PRINTED = {
    "figures": 4,
    "glance": 1,
    "concentration?mineral=rare-earths": 2,
    "dependence?mineral=lithium": 1,
    "data": 1,
}
"""Sheets of A4 that a page is printed on."""


def test_all_figures_are_printed_on_few_sheets(address: str, chrome: Browser, tmp_path: Path) -> None:
    """One chart is open on the screen; paper has each of them once, with its title."""
    with browsing.reader(chrome, height=900) as (page, _):
        browsing.go(page, f"{address}/figures")
        titles = page.locator("[class*='st-key-open-'] button").all_inner_texts()
        shown = page.locator("[data-testid=stMain]").evaluate("part => part.scrollHeight")
        sheets = {name: _printed(page, f"{address}/{name}", tmp_path) for name in PRINTED}
    text = _plain("".join(sheets["figures"]))
    assert {name: len(found) for name, found in sheets.items()} == PRINTED
    assert len(titles) == 8
    assert [title for title in titles if text.count(_plain(title.splitlines()[-1])) != 1] == []
    assert shown < 2_000


def _printed(page: Page, address: str, folder: Path) -> list[str]:
    """The text of each sheet of a page."""
    browsing.go(page, address)
    page.pdf(path=folder / "page.pdf", prefer_css_page_size=True)
    return [sheet.extract_text() for sheet in pypdf.PdfReader(folder / "page.pdf").pages]


def _plain(text: str) -> str:
    """A text without spaces, which lines of paper end at."""
    return re.sub(r"\s", "", text)
