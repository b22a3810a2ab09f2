"""Sentences that were false once, each kind with the right value; the cells were read by hand."""

from __future__ import annotations

import pytest

from dashboard.analysis.membership import list_entries
from dashboard.charts.view import View
from dashboard.drawing.letters import fit, text_width
from dashboard.topics.parameters import settle_asked
from dashboard.words.claims import tile
from dashboard.words.ranking import short_of_whole
from loaders.vocabulary import Outcome
from tests.sweep import topics
from tests.workspaces import bundled

pytestmark = pytest.mark.slow


def seen(topic: str, **wanted: str) -> View:
    """The view of a choice."""
    found = topics()[topic]
    return found.view(settle_asked(found.PARAMETERS, wanted, bundled())[0], bundled())


EXPLORE = [
    (
        "perlite",
        "mine_production",
        "2025",
        "China accounts for 35 % of the world’s mine production of perlite; the first five "
        "together 95 % (2024)",
    ),
    (
        "perlite",
        "mine_production",
        "2026",
        "China accounts for 33 % of the world’s mine production of perlite; the first five "
        "together 93 % (2025)",
    ),
    (
        "boron",
        "mine_production",
        "2023",
        "Chile has the largest number printed for mine production of boron: 300 kt (2022); the same "
        "table has 1,700 kt of plant production for Türkiye",
    ),
    (
        "krypton",
        "production",
        "2026",
        "Production of krypton: United States is the only country, with 1.5 million L, 1.3 % of "
        "the world total (2025)",
    ),
    (
        "stone-crushed",
        "mine_production",
        "2026",
        "Mine production of stone (crushed): United States is the only country, with 1,500 Mt (2025)",
    ),
    (
        "gold",
        "mine_production",
        "2026",
        "China accounts for 12 % of the world’s mine production of gold; the first five "
        "together 40 %; other countries together have 1,000 t (2025)",
    ),
]


@pytest.mark.parametrize(("mineral", "measure", "edition", "title"), EXPLORE)
def test_who_leads(mineral: str, measure: str, edition: str, title: str) -> None:
    view = seen("explore", mineral=mineral, measure=measure, edition=f"usgs-mcs.{edition}")
    assert view.chart.title == title


def test_details_of_one_total_are_ranked_together_and_marked() -> None:
    view = seen("explore", mineral="perlite", measure="mine_production", edition="usgs-mcs.2025")
    assert len(view.chart.drawing.panels) == 1
    rows = view.chart.drawing.panels[0].rows.set_index("place")
    assert rows.loc["TUR", "rank"] == 2
    assert rows.loc["TUR", "below"] == "printed as ore"
    assert view.chart.table.set_index("place").loc["TUR", "basis"] == "ore"


CONCENTRATION = [
    (
        "boron",
        "2023",
        "Türkiye has the largest number printed for reserves of boron (1,200 Mt) and has the largest number "
        "printed for production (1.7 Mt), 2022",
    ),
    (
        "gallium",
        "2023",
        "China makes 98 % of primary production of gallium (2022)",
    ),
    (
        "krypton",
        "2026",
        "United States is the only country with a number for production of krypton, 1.5 million L "
        "(1.3 %), 2025",
    ),
    (
        "gold",
        "2026",
        "Australia holds 20 % of reserves of gold, China makes 12 % of mine production (other countries "
        "together 1,000 t), 2025",
    ),
    (
        "sand-gravel-industrial",
        "2026",
        "United States makes 28 % of mine production of sand and gravel (industrial), 2025",
    ),
]


@pytest.mark.parametrize(("mineral", "edition", "title"), CONCENTRATION)
def test_who_holds_and_makes(mineral: str, edition: str, title: str) -> None:
    assert seen("concentration", mineral=mineral, edition=f"usgs-mcs.{edition}").chart.title == title


@pytest.mark.parametrize(
    ("mineral", "there"),
    [("yttrium", "mine production of yttrium (the world total alone)"),
     ("cesium", "reserves of cesium (other countries alone)")],
)  # fmt: skip
def test_what_there_is_instead(mineral: str, there: str) -> None:
    assert seen("concentration", mineral=mineral, edition="usgs-mcs.2026").empty.endswith(f"It has {there}.")


@pytest.mark.parametrize(("critical_list", "count"), [("us-2022", 50), ("us-2025", 60), ("eu-2024", 34)])
def test_a_list_has_its_own_entries(critical_list: str, count: int) -> None:
    assert len(list_entries(critical_list)) == count
    view = seen("glance", list=critical_list, edition="usgs-mcs.2026")
    assert f"of the {count} entries" in view.chart.subtitle


def test_scandium_is_not_counted_in_rare_earths() -> None:
    why = seen("glance", list="us-2025", edition="usgs-mcs.2023").why
    counted, absent = (next(line for line in why.sentences if line.startswith(start))
                       for start in ("Counted in rare earths", "Without any figures"))  # fmt: skip
    assert "scandium" not in counted
    assert "scandium" in absent


REVISIONS = [
    (
        "copper",
        "refinery_production",
        "2024",
        "China: refinery production of copper in 2024 went from 12 Mt to 12.4 Mt in edition 2026,"
        " the largest of 17 revisions in 17 countries",
    ),
    (
        "phosphate-rock",
        "mine_production",
        "2023",
        "China: mine production of phosphate rock in 2023 went from 90 Mt to 105 Mt in edition "
        "2025, the largest of 21 revisions in 21 countries",
    ),
    (
        "gallium",
        "primary_production",
        "2024",
        "China: primary production of gallium in 2024 went from 750 t to 839 t in edition 2026",
    ),
    (
        "arsenic",
        "plant_production",
        "2024",
        "Peru: plant production of arsenic in 2024 went from 27 kt to 31 kt in edition 2026, the "
        "largest of 2 revisions in 2 countries",
    ),
]


@pytest.mark.parametrize(("mineral", "measure", "year", "title"), REVISIONS)
def test_a_change_of_label_hides_no_revision(mineral: str, measure: str, year: str, title: str) -> None:
    view = seen("revisions", mineral=mineral, measure=measure, year=year)
    assert view.chart.title == title
    assert any("compared all the same" in note for note in view.notes)


@pytest.mark.parametrize(
    ("mineral", "counted"),
    [("gemstones", "Reserves, carats, editions"), ("helium", "Reserves, cubic metres, editions"),
     ("lithium", "Reserves, tonnes of contained element or metal, editions")],
)  # fmt: skip
def test_revisions_say_what_their_numbers_count(mineral: str, counted: str) -> None:
    assert seen("revisions", mineral=mineral).chart.subtitle.startswith(counted)


def test_a_number_that_is_a_sum_of_rows_says_so() -> None:
    view = seen("revisions", mineral="helium", measure="reserves")
    assert view.chart.title == (
        "United States: reserves of helium went from 8,550 million m³ (2 rows together) "
        "to 8,500 million m³ (one row) in edition 2026"
    )
    assert any("only which rows are printed" in words for words in view.notes)


def test_a_group_without_a_price_names_its_parts_that_have_one() -> None:
    assert seen("prices", mineral="platinum-group-metals").empty == (
        "No edition at hand prints a price of platinum-group metals. "
        "There are prices of palladium, platinum, rhodium, ruthenium and iridium."
    )


def test_bases_that_differ_are_still_not_compared() -> None:
    view = seen("revisions", mineral="chromium", measure="reserves")
    assert view.chart.title == (
        "Zimbabwe: reserves of chromium went from 540 Mt to 140 Mt in edition 2026, "
        "the largest of 9 revisions in 8 countries"
    )
    marks = view.chart.drawing.marks
    assert marks.loc[marks["place"] == "ZWE", "strip"].nunique() == 2


def test_a_blank_that_could_stand_before_leaves_a_rank_open() -> None:
    data, name = bundled(), "russia-rare-earths-rank"
    found = {check.edition: check for check in data.checks[name]}
    assert [found[edition].outcome for edition in ("2023", "2024", "2025")] == [
        Outcome.DOES_NOT_HOLD, Outcome.DOES_NOT_HOLD, Outcome.HOLDS,
    ]  # fmt: skip
    check = found["2026"]
    assert (check.outcome, check.evidence_value, check.worst, check.ahead) == (Outcome.OPEN, 4, 5, ("India",))
    assert check.reasons[0] == "4th at best, 5th if India still holds what edition 2025 printed (6.9 Mt)."
    assert tile(data.claim(name), data.checks[name], data.in_use)[2] == (
        "holds in 1 of 4 editions, not in 2, open in 2026 for want of a number of India"
    )
    view = seen("claims", claim=name)
    assert "open in edition 2026: 4th at best, 5th if India" in view.chart.title
    assert "India" in dict(view.facts)["is left open by"]
    assert view.tables[0].rows[0][1:4] == ("open", "2025", "4th at best, 5th with India")
    table = view.chart.table
    assert ((table["place"] == "IND") & (table["edition"] == "2026")).any()


def test_words_of_comparisons_and_of_wider_groups() -> None:
    data = bundled()
    assert seen("figures", figure="ratios").chart.title.startswith(
        "3 comparisons are made, 2 of them without an amount"
    )
    name = "russia-rare-metals-share"
    words = tile(data.claim(name), data.checks[name], data.in_use)[2]
    assert words == "of a wider group; rare earths alone: 0.67 %"
    name = "ukraine-revenue-contribution"
    assert data.checks[name][0].reasons[0] == "No dataset here counts this: contribution from revenues."


@pytest.mark.parametrize(
    ("share", "others", "words"),
    [(0.996, True, "99.6 %"), (0.9996, True, "99.96 %"), (1.0, True, "almost 100 %"), (1.0, False, "100 %"),
     (1.004, True, "almost 100 %"), (0.5, True, "50 %")],
)  # fmt: skip
def test_a_part_is_never_the_whole(share: float, others: bool, words: str) -> None:
    assert short_of_whole(share, others) == words


def test_a_long_label_goes_on_in_the_next_line() -> None:
    label = "Titanium mineral concentrates of Sierra Leone"
    lines = fit(label, 160, 12)
    assert " ".join(lines) == label
    assert len(lines) > 1
    assert max(text_width(line, 12) for line in lines) <= 160
