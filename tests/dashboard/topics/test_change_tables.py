"""What an edition would change, as tables in words, as a file, and as a chart."""

from __future__ import annotations

import io

import pandas as pd
import pytest

from dashboard.charts.chart import Strips
from dashboard.charts.view import View
from dashboard.drawing.paper import chart_svg
from dashboard.intake import proposal as proposals
from dashboard.intake.proposal import EditionChanges, Proposal, install_proposals
from dashboard.snapshot import Stamp
from dashboard.topics.change_tables import (
    CHANGES,
    RANKS,
    ChangeFilter,
    change_counts,
    change_lines,
    change_options,
    changed_claim_lines,
    changes_csv,
    filtered,
    in_words,
    rank_lines,
    times,
)
from dashboard.topics.changes import change_card, changes_view
from loaders.store import catalogue, read_edition
from tests.handing_in import RECORD, proposed, tidy
from tests.specs import drawn, ids

OLD = tidy(
    "2024",
    "lithium,CHL,reserves,content,2023,9300,t",
    "lithium,PER,reserves,content,2023,800,t",
    "lithium,ARG,reserves,content,2023,>3000,t",
    "lithium,BOL,reserves,LCE,2023,70,t",
    "tin,BOL,mine_production,content,2023,e15,t",
)
NEW = tidy(
    "2025",
    "lithium,CHL,reserves,content,2024,9301,t",
    "lithium,PER,reserves,content,2024,W,t",
    "lithium,ARG,reserves,content,2024,>4000,t",
    "lithium,BOL,reserves,content,2024,13,t",
    "tin,BOL,mine_production,content,2023,15000,t",
    "nickel,CAN,reserves,content,2024,2000,t",
)


@pytest.fixture
def item() -> Proposal:
    assert isinstance(install_proposals([(proposed(OLD, RECORD).path, None)]), tuple)
    return proposed(NEW)


@pytest.fixture
def comparison(item: Proposal) -> EditionChanges:
    assert item.comparison is not None
    return item.comparison


@pytest.mark.slow
def test_the_differences_in_words(comparison: EditionChanges) -> None:
    words = in_words(comparison.changes.first).set_index(["mineral", "place"])
    expected = {
        ("Tin", "Bolivia"): ("revised", "e15 t (estimated)", "15000 t", "× 1,000"),
        ("Lithium", "Chile"): ("revised", "9300 t", "9301 t", "× 1"),
        ("Lithium", "Peru"): ("number lost", "800 t", "W (withheld)", ""),
        ("Lithium", "Bolivia"): ("basis changed", "70 t", "13 t", ""),
        ("Nickel", "Canada"): ("mineral appears", "–", "2000 t", ""),
    }
    for key, line in expected.items():
        assert tuple(words.loc[key, ["what", "old", "new", "ratio"]]) == line
    assert words.loc[("Lithium", "Chile"), "year"] == "2023 → 2024"
    assert words.loc[("Lithium", "Bolivia"), "basis"].startswith("lithium carbonate")
    corrected = in_words(comparison.changes.first.assign(old_correction="unit")).set_index(
        ["mineral", "place"]
    )
    assert tuple(corrected.loc[("Lithium", "Chile"), ["old", "new"]]) == ("9.3 kt (corrected)", "9301 t")
    assert corrected.loc[("Nickel", "Canada"), "old"] == "–"
    assert " → contained" in words.loc[("Lithium", "Bolivia"), "basis"]
    assert change_lines(comparison.changes.first.head(1))[0] == (
        "Tin", "Bolivia", "Mine production", "2023", "e15 t (estimated)", "15000 t", "× 1,000",
    )  # fmt: skip
    assert len(change_lines(comparison.changes.first)[0]) == len(CHANGES)


FILTERS = [
    (ChangeFilter(), 6),
    (ChangeFilter(kind=["revised"]), 3),
    (ChangeFilter(kind=["revised", "number lost"], mineral=["lithium"]), 3),
    (ChangeFilter(place=["BOL"]), 2),
    (ChangeFilter(measure=["mine_production"], mineral=["lithium"]), 0),
]


@pytest.mark.slow
@pytest.mark.parametrize(("wanted", "number"), FILTERS)
def test_filters(comparison: EditionChanges, wanted: ChangeFilter, number: int) -> None:
    found = filtered(comparison.changes.first, wanted)
    assert len(found) == number
    assert found.index.is_monotonic_increasing


@pytest.mark.slow
def test_of_many_changes_the_first_are_at_hand_and_all_are_in_the_file(
    item: Proposal, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert item.comparison is not None
    monkeypatch.setattr(proposals, "_KEPT", 2)
    cut = proposed(NEW).comparison
    assert cut is not None
    assert (len(cut.changes.first), cut.changes.number, sum(cut.counts.values())) == (2, 6, 6)
    pd.testing.assert_frame_equal(cut.changes.all(), item.comparison.changes.all())
    pd.testing.assert_frame_equal(cut.changes.first, item.comparison.changes.all().head(2))


@pytest.mark.slow
def test_what_there_is_to_filter_by(comparison: EditionChanges) -> None:
    assert change_options(comparison.changes.first) == ChangeFilter(
        ["revised", "number lost", "basis changed", "mineral appears"],
        ["lithium", "nickel", "tin"],
        ["ARG", "BOL", "CAN", "CHL", "PER"],
        ["reserves", "mine_production"],
    )
    assert sum(line[0] for line in change_counts(comparison.counts)) == len(comparison.changes.first)


@pytest.mark.slow
def test_the_file_has_the_versions_of_both_sides_in_each_line(comparison: EditionChanges) -> None:
    lines = pd.read_csv(
        io.StringIO(changes_csv(comparison, comparison.changes.first)), dtype=str, keep_default_na=False
    )
    assert len(lines) == len(comparison.changes.first)
    assert set(lines["old_version"]) == {comparison.old.edition.version}
    assert set(lines["new_version"]) == {comparison.new.version}
    assert set(lines["old_edition"] + lines["new_edition"]) == {"20242025"}
    assert {"kind", "ratio", "old_printed", "new_printed", "old_file", "new_row"} <= set(lines)


RATIOS = [(0.5, "× 0.5"), (1 / 3, "× 0.333"), (1000.0, "× 1,000"), (float("nan"), ""), (99.96, "× 100")]


@pytest.mark.parametrize(("ratio", "words"), RATIOS)
def test_ratios(ratio: float, words: str) -> None:
    assert times(ratio) == words


@pytest.mark.slow
def test_ranks_and_claims_in_words() -> None:
    whole = read_edition(catalogue().get("usgs-mcs", "2025"))
    text = whole.assign(edition="2027", correction="").to_csv(index=False)
    found = proposed(("usgs.csv", text.encode())).comparison
    assert found is not None
    ranks = rank_lines(found.ranks.all())
    assert all(len(line) == len(RANKS) for line in ranks)
    russia = next(line for line in ranks if line[:3] == ("Rare earths", "Reserves", "Russia"))
    assert russia[3:5] == ("4", "5")
    claims = {line[0]: line[1:3] for line in changed_claim_lines(found.claims)}
    fifth = next(name for name in claims if "russia-rare-earths-rank" in name)
    assert claims[fifth] == ("open", "holds")


# The chart ------------------------------------------------------------------------------------------------


def changes(item: Proposal) -> View:
    """What the proposal would change, where that is drawn."""
    assert item.comparison is not None
    view = changes_view(item, item.comparison)
    assert view is not None
    return view


@pytest.mark.slow
def test_the_chart_shows_the_weightiest_revisions_with_both_sources(
    item: Proposal, comparison: EditionChanges
) -> None:
    view = changes(item)
    chart = drawn(view)
    assert chart.title.startswith(
        "Bolivia: mine production of tin would go from 15 t e to 15 kt, the weightiest"
    )
    assert comparison.old.edition.version[:8] in chart.source
    assert comparison.new.version[:8] in chart.source
    assert "not installed" in chart.source
    assert "Tin, Bolivia" in chart.alt
    table = chart.table
    assert list(table["side"][:2]) == ["old", "new"]
    assert set(table["edition_version"]) == {comparison.old.edition.version, comparison.new.version}
    assert {"citation", "licence", "where", "printed"} <= set(table)
    assert [card.heading for card in view.cards] == [
        "Ministry of Mines, edition 2024", "Ministry of Mines, edition 2025 (handed in)",
    ]  # fmt: skip
    assert catalogue().version[:8] in chart_svg(chart, Stamp(catalogue().version))


@pytest.mark.slow
def test_numbers_that_three_digits_show_alike_are_printed_in_full(item: Proposal) -> None:
    assert "9300 t to 9301 t" in drawn(changes(item)).alt


@pytest.mark.slow
def test_a_click_on_a_mark_finds_its_card(item: Proposal, comparison: EditionChanges) -> None:
    find = change_card(item, comparison)
    names = ids(changes(item))
    assert len(names) == len(set(names)) >= 8
    for name in names:
        card = find(name)
        assert card is not None
        assert card.id == name
    assert find("old|nothing|a|1|b") is None


@pytest.mark.slow
def test_figures_that_count_other_things_are_not_drawn(item: Proposal) -> None:
    """Lithium of Bolivia is now of another basis: no line joins the two."""
    assert "Lithium, Bolivia" not in drawn(changes(item)).alt


@pytest.mark.slow
def test_an_edition_of_the_same_name_is_told_apart(item: Proposal) -> None:
    same = proposed((OLD[0], OLD[1].replace(b"9300", b"5000")))
    assert same.replaces is not None
    drawing = drawn(changes(same)).drawing
    assert isinstance(drawing, Strips)
    assert drawing.editions == ("2024, installed", "2024, handed in")


@pytest.mark.slow
def test_nothing_is_drawn_where_no_figure_is_revised(item: Proposal) -> None:
    only = proposed(tidy("2025", "nickel,CAN,reserves,content,2024,2000,t"))
    assert only.comparison is not None
    assert changes_view(only, only.comparison) is None
