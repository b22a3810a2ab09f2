"""Reliance on imports and their sources: what is ranked, what stays a bound, what a detail means."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.dependence import (
    ImportForm,
    ImportSource,
    form_of,
    import_forms,
    index_at_least,
    is_half,
    is_total,
    is_whole,
    main_form,
    ordered_reliance,
    ranked_sources,
    span_of_years,
    whole_of,
    without_span,
)
from tests.figures import observations

DETAILS = [
    # detail, form, whole
    ("of apparent consumption: Compounds and metals", "Compounds and metals", "apparent consumption"),
    ("of apparent consumption, refined tin", "refined tin", "apparent consumption"),
    ("of estimated consumption", "", "estimated consumption"),
    ("of total apparent consumption", "", "apparent consumption"),
    ("of apparent consumption (based on value)", "based on value", "apparent consumption"),
    ("Stones, natural and synthetic: of apparent consumption", "Stones, natural and synthetic",
     "apparent consumption"),
    ("Granite only: Net import reliance as a percentage of apparent consumption (based on value)",
     "Granite only (based on value)", "apparent consumption"),
    ("The United States was a net exporter of wollastonite in 2025", "", ""),
    ("Metal", "Metal", ""),
    ("", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("detail", "form", "whole"), DETAILS, ids=[case[0] for case in DETAILS])
def test_a_detail_names_the_form_and_what_it_is_a_part_of(detail: str, form: str, whole: str) -> None:
    assert (form_of(detail), whole_of(detail)) == (form, whole)


NOTES = [
    ("2021–24", "2021–24", ""),
    ("2021–24 -- Includes Hong Kong.", "2021–24", "Includes Hong Kong."),
    ("2021-2024 -- Estimated. -- Other.", "2021-2024", "Other."),
    ("Estimated. -- Defined as imports – exports.", "", "Defined as imports – exports."),
    ("", "", ""),
]


@pytest.mark.parametrize(("note", "years", "rest"), NOTES)
def test_a_note_begins_with_the_years_as_printed(note: str, years: str, rest: str) -> None:
    assert (span_of_years(note), without_span(note)) == (years, rest)


@pytest.mark.parametrize(
    ("detail", "total"),
    [("All", True), ("Total imports", True), ("Combined total (includes scrap)", True),
     ("All forms of arsenic", True), ("Alloys", False), ("Metal", False), ("", True)],
)  # fmt: skip
def test_sources_of_all_forms_are_told_by_their_words(detail: str, total: bool) -> None:
    assert is_total(detail) is total


def shares(*lines: dict[str, object]) -> pd.DataFrame:
    """Sources of one form unless a line says otherwise."""
    common = {"place": "USA", "measure": "import_source_share", "unit": "1", "detail": "All"}
    return observations({**common, **line} for line in lines)


def test_countries_are_ranked_and_others_are_not() -> None:
    ranked = ranked_sources(
        shares(
            {"partner": "OTH", "value": 0.5},
            {"partner": "CAN", "value": 0.14},
            {"partner": "JPN", "value": 0.14},
            {"partner": "NOR", "value": 0.26, "note": "2021–24"},
        )
    )
    assert [*ranked["partner"]] == ["NOR", "CAN", "JPN", "OTH"]
    assert [*ranked["rank"].fillna(0)] == [1, 2, 2, 0]
    assert [*ranked["tied"]] == [False, True, True, False]
    assert {*ranked["named"]} == {3}
    assert ranked["years"].iloc[0] == "2021–24"
    assert ranked["years"].iloc[1] == str(ranked["year"].iloc[1])


def test_more_than_half_is_first_and_another_bound_has_no_rank() -> None:
    found = ranked_sources(
        shares(
            {"partner": "CAN", "value": float("nan"), "lower": 0.99, "printed_value": ">99"},
            {"partner": "MEX", "value": float("nan"), "lower": 0.0, "upper": 0.01, "printed_value": "<1"},
            {"partner": "CHN+DEU", "value": 0.2, "detail": "Salts"},
        )
    )
    ranks = dict(zip(found["partner"], found["rank"], strict=True))
    assert ranks["CAN"] == 1
    assert ranks["CHN+DEU"] == 1
    assert math.isnan(ranks["MEX"])


def test_forms_keep_their_own_sources_and_the_one_of_all_stands_for_the_mineral() -> None:
    forms = import_forms(
        ranked_sources(
            shares(
                {"partner": "CHN", "value": 1.0, "detail": "Ore"},
                {"partner": "JPN", "value": 0.6, "detail": "Total"},
                {"partner": "OTH", "value": 0.4, "detail": "Total"},
            )
        )
    )
    assert [(form.detail, len(form.sources)) for form in forms] == [("Ore", 1), ("Total", 2)]
    main = main_form(forms)
    assert main is not None
    assert main.detail == "Total"
    assert [source.partner for source in main.first] == ["JPN"]
    assert main_form(forms[:1]) == forms[0]
    assert main_form((forms[0], forms[0]._replace(detail="Metal"))) is None


def reliance(*printed: tuple[str, float, float, float, str]) -> pd.DataFrame:
    """Rows of reliance: mineral by number, printed text, value, lower, upper, status."""
    return observations(
        {"place": "USA", "measure": "net_import_reliance", "unit": "1", "detail": f"{number}", "value": value,
         "lower": lower, "upper": upper, "printed_value": text, "status": status}
        for number, (text, value, lower, upper, status) in enumerate(printed)
    )  # fmt: skip


NONE = float("nan")


def test_reliance_is_ordered_by_what_is_known_at_least() -> None:
    table = ordered_reliance(
        reliance(
            ("NA", NONE, NONE, NONE, "O"),
            ("<50", NONE, 0.0, 0.5, "N"),
            ("E", NONE, NONE, NONE, "X"),
            ("74", 0.74, NONE, NONE, "A"),
            (">75", NONE, 0.75, NONE, "A"),
            ("100", 1.0, NONE, NONE, "E"),
            ("W", NONE, NONE, NONE, "Q"),
            (">95", NONE, 0.95, NONE, "A"),
            ("0", 0.0, NONE, NONE, "A"),
        )
    )
    assert [*table["printed_value"]] == ["100", ">95", ">75", "74", "<50", "0", "E", "NA", "W"]
    assert [*table.loc[is_whole(table), "printed_value"]] == ["100"]
    assert [*table.loc[is_half(table), "printed_value"]] == ["100", ">95", ">75", "74"]


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=5).filter(any))
def test_the_index_of_sources_is_never_more_than_it_can_be(parts: list[int]) -> None:
    """Of true shares that are printed rounded, the index told is not above the true one."""
    true = [part / sum(parts) for part in parts]
    printed = [math.floor(share * 100 + 0.5) / 100 for share in true]
    sources = tuple(ImportSource("CHN", "", share, 1.0) for share in printed)
    told = index_at_least(ImportForm("cobalt", "All", "", sources))
    assert told <= sum(share**2 for share in true) * 10_000 + 1e-6
