"""Over time and Prices: what titles say of lines, what is a gap, what stands apart, what is refused."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

import pytest

from dashboard.analysis.over_time import over_time as newest_prints
from dashboard.analysis.trend import Trend, trend, year_runs
from dashboard.analysis.wordings import bare_detail, with_one_wording
from dashboard.charts.chart import Chart
from dashboard.charts.lines import LinePanels
from dashboard.charts.view import View
from dashboard.snapshot import Snapshot
from dashboard.topics import prices, view_of
from dashboard.topics.parameters import settle_asked
from dashboard.topics.ranking import Choice, ranked_view
from dashboard.topics.time_details import DETAIL, EVERY_DETAIL, of_detail
from dashboard.topics.time_lines import price_scale, printed_lines
from dashboard.topics.time_offer import followed, offered_years
from dashboard.topics.time_telling import event_marks
from dashboard.words.trends import (
    Told,
    against_words,
    finding_of_line,
    finding_of_lines,
    moved,
    others_words,
    revised_words,
    spoken_years,
)
from tests.figures import observations
from tests.workspaces import bgs, bundled

STATUSES = {"W": "Q", "NA": "O", "E": "X"}


def told(*prints: tuple[int, str], name: str = "Chile", edition: str = "2026", **cells: object) -> Told:
    """A line of mine production in tonnes: a number, "5e" (estimated), ">5", W, NA or E (net exporter)."""
    return Told(name, trend(records(*prints, edition=edition, **cells)))


def records(*prints: tuple[int, str], edition: str = "2026", **cells: object) -> list[dict[Any, Any]]:
    rows = [_row(year, text, edition=edition, **cells) for year, text in prints]
    return newest_prints(observations(rows)).to_dict("records")


def _row(year: int, text: str, **cells: object) -> dict[str, object]:
    number = float(text.strip(">e")) if text[-1] in "0123456789e" else math.nan
    bound = text.startswith(">")
    status = STATUSES.get(text, "E" if text.endswith("e") else "A")
    said = {"value": math.nan if bound else number, "lower": number if bound else math.nan, "status": status}
    return {
        "year": year,
        "place": "CHL",
        "measure": "mine_production",
        "printed_value": text,
        **said,
        **cells,
    }


MOVES = [
    ([(2020, "5"), (2021, "6")], "rose from 5 t in 2020 to 6 t in 2021"),
    ([(2020, "6"), (2021, "5e")], "fell from 6 t in 2020 to 5 t in 2021 (estimated)"),
    ([(2020, "5"), (2021, "9"), (2022, "5")], "was 5 t in 2020 and in 2022"),
    ([(2020, "5"), (2021, "W")], "was 5 t in 2020, the only year with a single number"),
    ([(2020, "W"), (2021, "W"), (2022, "NA")],
     "has no single number: withheld in 2020 and 2021, not available in 2022"),
    ([(2020, ">95"), (2021, ">95"), (2022, "53")], "was 53 t in 2022, the only year with a single number"),
    ([(2020, "0"), (2021, "5")], "rose from 0 t in 2020 to 5 t in 2021"),
    ([(2020, "5"), (2021, "6"), (2021, "7"), (2022, "8")], "rose from 5 t in 2020 to 8 t in 2022"),
]  # fmt: skip


@pytest.mark.parametrize(("prints", "said"), MOVES, ids=[said for _, said in MOVES])
def test_what_a_line_does(prints, said) -> None:
    assert moved(told(*prints)) == said


def test_a_break_in_series_is_said_of_the_years_across_it() -> None:
    def line(*years: int, note: str = "Break in series.|Estimates.") -> Trend:
        rows = [_row(year, str(year - 2010), edition="2026", note=note if year in years else "Estimates.")
                for year in range(2015, 2020)]  # fmt: skip
        return trend(newest_prints(observations(rows)).to_dict("records"))

    assert line(2015).breaks == (), "nothing is before the first year"
    assert line(2017, note="No break.").breaks == ()
    assert line(2017, 2019).breaks == (2017, 2019)
    assert moved(Told("Chile", line(2018))) == (
        "rose from 5 t in 2015 to 9 t in 2019, across a break in series (2018)"
    )


def test_the_highest_year_and_what_is_printed_since_are_told_of_one_line() -> None:
    line = told((2019, "5"), (2020, "9"), (2021, "6e"), (2022, "W"), (2023, ">7"))
    assert finding_of_line("Chile: mine production of copper", line) == (
        "Chile: mine production of copper rose from 5 t in 2019 to 6 t in 2021 (estimated); the most was 9 t "
        "in 2020; since then withheld in 2022, more than 7 t in 2023"
    )


def test_of_many_lines_the_first_is_told_of_and_the_others_are_counted() -> None:
    up, down, silent = told((2020, "5"), (2021, "6")), told((2020, "5"), (2021, "4")), told((2020, "W"))
    found = finding_of_lines("Copper", [up, up, down, silent], ", the largest shown in 2021,")
    assert found == (
        "Copper: Chile, the largest shown in 2021, went up from 5 t in 2020 to 6 t in 2021; from first to "
        "last number 2 of 4 lines rose, 1 fell"
    )
    assert finding_of_lines("Copper", [up] * 4, " leads and").endswith("all 4 lines rose")
    assert finding_of_lines("Copper", [up], " leads and").endswith("to 6 t in 2021"), "one is not counted"


def test_a_year_that_is_printed_twice_is_no_single_number() -> None:
    line = told((2020, "5"), (2021, "6"), (2021, "7"))
    assert others_words(line.trend.others) == "several rows, which are not added up, in 2021"


def test_a_revision_says_what_an_older_edition_printed() -> None:
    rows = [_row(2023, ">95", edition="2024"), _row(2023, ">90", edition="2026")]
    line = newest_prints(observations(rows)).to_dict("records")
    assert revised_words(line) == "2023 (was more than 95 t in edition 2024)"


YEARS = [
    ([2019], "2019"),
    ([2019, 2020], "2019 and 2020"),
    ([2019, 2020, 2021, 2023], "2019 to 2021 and 2023"),
]


@pytest.mark.parametrize(("years", "said"), YEARS)
def test_years_as_one_says_them(years, said) -> None:
    assert spoken_years(years) == said
    assert [year for a, b in year_runs(years) for year in range(a, b + 1)] == years


CHANGES = [
    ("69", "124", "44 % below 2020"), ("92", "69", "33 % above 2020"), ("5", "5", "as in 2020"),
    ("5", "0", "zero in 2020, so no change in percent"), ("1000", "999", "less than 1 % above 2020"),
    ("300", "100", "200 % above 2020"),
]  # fmt: skip


@pytest.mark.parametrize(("now", "then", "said"), CHANGES)
def test_a_change_against_a_year(now, then, said) -> None:
    line = told((2020, then), (2025, now)).trend
    assert against_words(line.numbers[-1], line.of_year(2020), 2020) == said
    assert against_words(line.numbers[-1], None, 2019) == "no single number for 2019 to compare with"


DETAILS = [
    ("rounded", ""), ("ilmenite, rounded", "ilmenite"), ("rounded, excluding China", "excluding China"),
    ("Mine production", ""), ("Ore: rounded", "Ore"), ("concentrate", "concentrate"), ("", ""),
]  # fmt: skip


WORDINGS = [
    ("the words of a whole table are left away", {"A": ["", "", "usable ore"], "B": ["", "", "usable ore"]},
     {"A": {""}, "B": {""}}),
    ("those of one country are given to the others", {"A": ["", "lumps", ""], "B": [""] * 3, "C": [""] * 3},
     {"A": {"lumps"}, "B": {""}, "C": {""}}),
    ("two wordings stand apart", {"A": ["", "fine", "coarse"]}, {"A": {"", "fine", "coarse"}}),
    ("nothing is joined without need", {"A": ["fine"] * 3}, {"A": {"fine"}}),
    ("two rows of one edition stand apart", {"A": ["", ("", "fine"), "fine"]}, {"A": {"", "fine"}}),
]  # fmt: skip


@pytest.mark.parametrize(("printed", "joined"), [case[1:] for case in WORDINGS], ids=[c[0] for c in WORDINGS])
def test_one_wording_beside_none_is_one_line(printed: dict[str, Any], joined: dict[str, Any]) -> None:
    rows = observations(
        {**_row(2020 + number, "5", edition=str(2024 + number)), "place": place, "detail": detail}
        for place, editions in printed.items()
        for number, told in enumerate(editions)
        for detail in (told if isinstance(told, tuple) else (told,))
    )
    found = with_one_wording(rows).groupby("place")["detail"]
    assert {place: set(own) for place, own in found} == joined


@pytest.mark.parametrize(("printed", "bare"), DETAILS)
def test_how_a_number_was_made_does_not_narrow_it(printed, bare) -> None:
    assert bare_detail(printed) == bare


PRINTED_PRICES = [
    # printed number, what it is of in tonnes, dollars or cents, the scale
    ("69", 0.001, 1.0, "USD/kg"),
    ("15", 0.00045359237, 1.0, "USD/lb"),
    ("180", 0.00045359237, 0.01, "USD/lb"),
    ("12,000", 1.0, 1.0, "USD/t"),
    ("140", 0.90718474, 1.0, "USD/short_ton"),
    ("1000", 0.0000311034768, 1.0, "USD/troy_oz"),
    ("56.1", 0.000025, 1.0, "USD/g"),
    ("56.1", 0.000033, 1.0, ""),
]


@pytest.mark.parametrize(("printed", "amount", "money", "scale"), PRINTED_PRICES)
def test_prices_are_shown_for_the_amount_that_is_printed(printed, amount, money, scale) -> None:
    value = float(printed.replace(",", "")) * money / amount
    row = {"unit": "USD/t", "edition": "2026", "year": 2025, "value": value, "lower": math.nan}
    assert price_scale([{**row, "printed_value": printed}]) == scale


# The facts of the bundled editions ----------------------------------------------------------------------


def chart_of(view: View) -> Chart:
    assert view.chart, view.empty
    return view.chart


def panels_of(view: View) -> LinePanels:
    drawing = chart_of(view).drawing
    assert isinstance(drawing, LinePanels)
    return drawing


def printed_of(view: View, figure: str) -> dict[int, str]:
    table = chart_of(view).table
    own = table[table["figure"] == figure]
    return {int(year): text for year, text in zip(own["year"], own["printed"], strict=True)}


def test_the_reliance_on_rare_earths_with_its_bounds_and_its_revision() -> None:
    view = view_of("over-time", bundled(), mineral="rare-earths", measure="net_import_reliance")
    printed = printed_of(view, "Compounds and metals")
    assert [printed[year] for year in range(2021, 2026)] == [">95", ">95", ">90", "53", "67"]
    assert set(printed_of(view, "Mineral concentrates").values()) == {"E"}
    (panel,) = panels_of(view).panels
    assert panel.below[0] == "Compounds and metals: more than 95 % in 2021 and 2022, more than 90 % in 2023."
    table = chart_of(view).table
    revised = table[(table["revision"] == "revised") & (table["year"] == "2023")]
    assert [*zip(revised["printed"], revised["printed_before"], revised["edition_before"], strict=True)] == [
        (">90", ">95", "2024")
    ]
    assert "went down from 100 % in 2018 to 67 % in 2025 (estimated)" in chart_of(view).title
    assert "net exporter in 2018 to 2025" in chart_of(view).title
    assert "Not at hand: U.S. statistics of USGS Mineral Commodity Summaries, edition 2025." in view.notes


def test_the_edition_of_2024_says_of_rare_earths() -> None:
    table = bundled().national
    own = table[(table["mineral"] == "rare-earths") & (table["measure"] == "net_import_reliance")]
    own = own[(own["edition"] == "2024") & (own["detail"] == "of apparent consumption: Compounds and metals")]
    printed = {int(year): str(text) for year, text in zip(own["year"], own["printed_value"], strict=True)}
    assert printed[2019] == "100"
    assert printed[2020] == "100"
    assert printed[2021] == ">95"
    assert printed[2022] == ">95"
    assert printed[2023] == ">95"
    assert len(printed) == 5


def test_one_form_can_be_chosen() -> None:
    metals = view_of("over-time", bundled(), mineral="rare-earths", measure="net_import_reliance",
                     detail="of-apparent-consumption.Compounds-and-metals")  # fmt: skip
    assert chart_of(metals).title == (
        "United States: net import reliance of rare earths (“of apparent consumption: Compounds and metals”) "
        "fell from 100 % in 2018 to 67 % in 2025 (estimated)"
    )
    ndpr = view_of("prices", bundled(), mineral="rare-earths", against="2022",
                   detail="average.Neodymium-praseodymium-NdPr-oxide-99-minimum")  # fmt: skip
    assert set(chart_of(ndpr).table["printed"]) == {"92", "124", "75", "55", "69"}


def tables(data: Snapshot) -> Iterator[tuple[str, str, str]]:
    for mineral, measures in followed(data).items():
        for measure, datasets in measures.items():
            yield from ((mineral, measure, dataset) for dataset in datasets)


@pytest.mark.slow
def test_every_detail_that_can_be_chosen_has_rows_and_a_code_of_its_own() -> None:
    """Every twentieth table of those that have several; codes are of all."""
    data, seen = bundled(), set()
    for number, (mineral, measure, dataset) in enumerate(tables(data)):
        asked = {"mineral": mineral, "measure": measure, "dataset": dataset}
        codes = [code for code in DETAIL.options(data, asked) if code != EVERY_DETAIL]
        seen |= set(codes)
        assert len(codes) == len(set(codes))
        assert all(re.fullmatch(r"[\w.-]+", code) for code in codes)
        if number % 20 == 0 and codes:
            rows = printed_lines(data, mineral, measure, dataset, as_worded=True)
            assert not [code for code in codes if of_detail(rows, code, data).empty]
    assert len(seen) > 400


def test_the_reliance_on_cobalt() -> None:
    view = view_of("over-time", bundled(), mineral="cobalt", measure="net_import_reliance", since="2021")
    assert list(printed_of(view, "United States").values()) == ["73", "73", "69", "74", "79"]
    assert "rose from 73 % in 2021 to 79 % in 2025 (estimated)" in chart_of(view).title
    assert "No such figures: edition 2024." in view.notes


def test_the_prices_of_rare_earths_against_a_year() -> None:
    view = view_of("prices", bundled(), mineral="rare-earths", against="2022")
    ndpr = "Neodymium-praseodymium (NdPr) oxide, 99% minimum"
    assert list(printed_of(view, ndpr).values()) == ["92", "124", "75", "55", "69"]
    assert f"{ndpr}: 69 $/kg in 2025 (estimated), 44 % below 2022" in chart_of(view).title
    (panel,) = panels_of(view).panels
    assert panel.title == "Price, $/kg"
    assert any("no rank and no share" in text for text in view.notes)


@pytest.mark.slow
def test_a_title_of_prices_begins_with_one_of_the_newest_year() -> None:
    """Of every mineral that has prices: the last year that a row has a number of."""
    data, titles = bundled(), {}
    rows = data.national[(data.national["measure"] == "price") & data.national["value"].notna()]
    newest = rows.groupby("mineral")["year"].max().to_dict()
    for mineral in newest:
        asked = settle_asked(prices.PARAMETERS, {"mineral": mineral}, data)[0]
        titles[mineral] = prices.prices_finding(asked, data).words
    found = {mineral: re.search(r" in (\d{4})", title) for mineral, title in titles.items()}
    assert {mineral: int(year[1]) for mineral, year in found.items() if year} == newest
    assert "9,000 $/t in 2025 (estimated), 23 % below 2021" in titles["lithium"]


def test_prices_of_unlike_amounts_have_panels_of_their_own_and_output_another() -> None:
    soda = view_of("prices", bundled(), mineral="soda-ash")
    assert [panel.title for panel in panels_of(soda).panels] == ["Price, $/t", "Price, $/short ton"]
    cobalt = panels_of(view_of("prices", bundled(), mineral="cobalt", beside="output"))
    assert [panel.title for panel in cobalt.panels] == ["Price, $/lb", "Mine production, World"]
    assert all(panel.points["unit"].nunique() == 1 for panel in cobalt.panels)


def test_a_mineral_without_prices_says_so() -> None:
    silent = [mineral for mineral, measures in offered_years(bundled()).items() if "price" not in measures]
    view = view_of("prices", bundled(), mineral=silent[0])
    assert view.chart is None
    assert view.empty.startswith("No edition at hand prints a price of ")


@pytest.mark.parametrize(
    ("measure", "said"), [("price", "no rank and no share"), ("net_import_reliance", "adds up")]
)
def test_what_has_no_order_is_not_ranked(measure, said) -> None:
    refused = ranked_view("explore", Choice("cobalt", measure, "usgs-mcs.2026", 2025), bundled())
    assert refused.chart is None
    assert said in refused.empty


def test_the_world_has_a_panel_of_its_own_and_says_why() -> None:
    view = view_of("over-time", bundled(), mineral="cobalt", measure="mine_production")
    assert [panel.title for panel in panels_of(view).panels] == ["Countries", "World"]
    assert view.why
    assert "counts each country too" in view.why.sentences[0]


def test_what_a_far_larger_panel_has_is_a_scale_of_its_own_in_words() -> None:
    view = view_of("over-time", bundled(), mineral="copper", measure="mine_production", places="CHL,WLD")
    first, world = panels_of(view).panels
    assert (first.apart, world.apart) == (False, True)
    assert world.subtitle.endswith("a scale of its own")
    alone = view_of(
        "over-time", bundled(), mineral="copper", measure="mine_production", places="CHL", axis="own"
    )
    assert [panel.apart for panel in panels_of(alone).panels] == [False]
    log = view_of("over-time", bundled(), mineral="copper", measure="mine_production", axis="log")
    assert "The scale is logarithmic" in chart_of(log).subtitle
    assert panels_of(log).log


def test_places_without_a_number_or_a_row_are_named() -> None:
    view = view_of("over-time", bundled(), mineral="lithium", measure="mine_production", places="USA,AUS,UKR")
    assert "No row in any year: Ukraine." in view.notes
    (panel,) = panels_of(view).panels
    assert "United States: withheld in 2021 to 2025." in panel.below
    alone = view_of("over-time", bundled(), mineral="lithium", measure="mine_production", places="UKR")
    assert alone.empty.endswith("No row in any year: Ukraine.")


def test_an_index_is_of_lines_that_have_a_number_in_its_year() -> None:
    view = view_of(
        "over-time",
        bundled(),
        mineral="cobalt",
        measure="mine_production",
        places="COD,IDN",
        form="index",
        base="2021",
    )
    (panel,) = panels_of(view).panels
    base = panel.points[panel.points["year"] == 2021]
    assert list(base["value"]) == [1.0, 1.0]
    assert "index_2021_is_100" in chart_of(view).table
    lithium = view_of(
        "over-time", bundled(), mineral="lithium", measure="mine_production", places="USA,AUS", form="index"
    )
    assert "No single number above zero in 2021, so no index: United States." in lithium.notes


def test_many_countries_are_small_multiples_on_one_scale() -> None:
    ten = "CHL,PER,CHN,COD,USA,AUS,RUS,IDN,MEX,ZMB"
    view = view_of("over-time", bundled(), mineral="copper", measure="mine_production", places=ten)
    drawing = panels_of(view)
    assert drawing.beside
    assert len(drawing.panels) == 10
    assert not any(panel.apart for panel in drawing.panels)
    assert any("more than 8 lines" in text for text in view.notes)


def test_events_are_those_that_name_the_mineral() -> None:
    named = event_marks("rare-earths", 2018, 2025, bundled())
    assert named
    assert all("rare" in event.words.lower() or "minerals deal" in event.words for event in named)
    assert event_marks("cobalt", 2018, 2025, bundled()) == ()
    assert event_marks("rare-earths", 1990, 2000, bundled()) == ()


def test_a_mark_of_the_national_account_has_a_card(data: Snapshot) -> None:
    view = view_of("over-time", data, mineral="cobalt", measure="net_import_reliance")
    name = chart_of(view).table["id"].iloc[0]
    row = data.row(name)
    assert row is not None
    assert row["measure"] == "net_import_reliance"


@pytest.mark.slow  # reads the files of BGS
def test_lines_of_one_country_are_told_apart_and_forms_that_are_counted_apart_are_named() -> None:
    asked = {"mineral": "lithium", "measure": "production", "dataset": "bgs-wms", "places": "CHL"}
    view = view_of("over-time", bgs(), **asked)
    names = [panel.title for panel in panels_of(view).panels]
    assert len(set(names)) == len(names) > 1
    assert not any(name in chart_of(view).title for name in ("Chile went up", "Chile was"))
    assert any("spodumene" in words and "may leave them out" in words for words in view.notes)


@pytest.mark.slow  # reads the files of BGS
def test_how_much_cobalt_came_from_dr_congo() -> None:
    view = view_of("over-time", bgs(), mineral="cobalt", places="COD")
    assert "DR Congo: mine production of cobalt rose from" in chart_of(view).title
    assert "years with a number" in chart_of(view).title
    # BGS prints 1997 with the note "Break in series."
    assert ", across a break in series (1997)" in chart_of(view).title
    (panel,) = panels_of(view).panels
    assert panel.points.loc[panel.points["breaks"], "year"].tolist() == [1997]
    assert any("from 1997 on" in words for words in panel.below)
    assert "a cut" in [mark.sign for mark in view.marks]


@pytest.mark.slow  # reads the files of BGS
@pytest.mark.parametrize(("base", "years"), [("1971", range(1971, 1997)), ("2000", range(1997, 2024))])
def test_an_index_has_the_years_alone_that_are_counted_as_its_own(base: str, years: range) -> None:
    view = view_of("over-time", bgs(), mineral="cobalt", places="COD", form="index", base=base)
    (panel,) = panels_of(view).panels
    assert sorted(panel.points["year"]) == list(years)
    assert any(f"counts otherwise than in {base}" in words for words in view.notes)


def test_a_world_without_numbers_is_told_of_and_has_no_panel_unless_chosen() -> None:
    view = view_of("over-time", bundled(), mineral="boron", measure="production")
    chosen = view_of("over-time", bundled(), mineral="boron", measure="production", places="WLD")
    titles = [[panel.title for panel in panels_of(one).panels] for one in (view, chosen)]
    assert titles == [["Countries"], ["World"]]
    assert any("World does not apply in 2021 to 2025" in text for text in view.notes)
