"""Accepted candidates become a seed file that the product's loader reads, with the same numbers."""

from __future__ import annotations

import re
import tomllib

import pytest

from loaders.articles import read_article
from loaders.articles.blocks import measure_code, with_class
from loaders.articles.seeds import seed_text
from loaders.errors import BadSeed
from loaders.knowledge import rules
from loaders.model import Claim
from loaders.vocabulary import Kind
from tests.loaders.articles.seed_loader import check_text, read_seed

TEXT = """Where “rare” metals lie
The Steppe Post, 3 March 2025

By the ministry's figures Kazakhstan holds 950,000 tonnes of rare metals, including 310,000 \
tonnes of tungsten. \
It is second in the world in reserves of tungsten. \
The ministry denies that a fund of $2 billion was promised \
for tungsten. \
Exports of tungsten came to 4,000 tonnes in 2024, \
and half of it went by rail. The next talks open on 12 April.

© 2025 The Steppe Post
"""


def test_accepted_candidates_are_read_back():
    article = read_article(TEXT)
    made = seed_text(article, article.candidates, article.events)
    document, entries = read_seed(made.text.encode())
    numbers = [(claim.value, claim.unit) for claim in document.claims]
    amounts = [(950_000.0, "t"), (310_000.0, "t"), (2.0, "rank"), (2e9, "USD"), (4_000.0, "t"), (0.5, "1")]
    assert numbers == amounts
    assert check_text(document, article.text.encode(), entries) == []
    assert document.source.publisher == "The Steppe Post"
    assert document.source.published == "2025-03-03"


def test_a_part_is_linked_to_its_whole():
    article = read_article(TEXT)
    document, _ = read_seed(seed_text(article, article.candidates).text.encode())
    whole, part = document.claims[:2]
    assert part.part_of == whole.id


def test_a_part_without_its_whole_has_no_link():
    article = read_article(TEXT)
    document, _ = read_seed(seed_text(article, article.candidates[1:2]).text.encode())
    assert document.claims[0].links == ()


def test_a_change_is_kept_as_a_ratio_and_a_loan_as_money_in_its_currency():
    change, loan = _kept(
        "Chile's copper output rose by 5 per cent. A loan of $9 million is for copper mines in Chile."
    )
    assert (str(change.kind), str(change.measure), change.value) == ("ratio", "production_change", 0.05)
    assert (change.direction, loan.direction) == ("up", None)
    assert (str(loan.kind), str(loan.measure), loan.value, loan.unit) == ("money", "loan", 9e6, "USD")


IN_FIGURES = {
    "Chile mined fewer than three thousand tonnes of copper.": (None, None, 3000.0, "t"),
    "Chile mined 27,3 million tonnes of copper, not 28,1 million.": (27.3e6, None, None, "t"),
    "Chile mined between 900,000 tonnes and 1.1 million tonnes of copper.": (None, 9e5, 1.1e6, "t"),
    "Chile mined between 900,000 tonnes and\n1.1 million tonnes of copper.": (None, 9e5, 1.1e6, "t"),
    "Chile holds about two-fifths of the world's copper reserves.": (0.4, None, None, "1"),
    "Chile is No. 1 among the world's copper producers.": (1.0, None, None, "rank"),
    "Россия добыла 2,6 тыс. тонн вольфрама.": (2600.0, None, None, "t"),
    "智利铜产量为4.2万吨。": (42000.0, None, None, "t"),
}


@pytest.mark.parametrize("text", IN_FIGURES)
def test_words_that_the_unit_table_does_not_read_are_kept_in_figures(text: str):
    article = read_article(text)
    document, entries = read_seed(seed_text(article, article.candidates[:1]).text.encode())
    claim = document.claims[0]
    assert (claim.value, claim.lower, claim.upper, claim.unit) == pytest.approx(IN_FIGURES[text])
    assert claim.printed_value in claim.printed
    assert check_text(document, article.text.encode(), entries) == []


def test_a_denied_figure_says_so():
    article = read_article(TEXT)
    claims = tomllib.loads(seed_text(article, article.candidates).text)["claims"]
    assert claims[3]["note"].startswith("The text denies it.")


def test_a_mended_candidate_is_written_as_mended():
    article = read_article(TEXT)
    mended = article.candidates[0].model_copy(update={"place": "UZB", "said_by": ('the "ministry"',)})
    document, _ = read_seed(seed_text(article, [mended]).text.encode())
    assert document.claims[0].place == "UZB"
    assert document.claims[0].chain == ('the "ministry"', "The Steppe Post")


def test_a_candidate_without_a_place_is_left_out():
    article = read_article(TEXT)
    unplaced = article.candidates[0].model_copy(update={"place": None})
    assert seed_text(article, [unplaced]).left_out[0].reason == "The place is not stated; choose one."


def test_the_same_article_makes_the_same_seed():
    one, other = read_article(TEXT), read_article(TEXT)
    assert seed_text(one, one.candidates, one.events) == seed_text(other, other.candidates, other.events)


def test_a_share_of_a_countrys_own_total_is_not_one_of_the_world():
    article = read_article(
        "Zambia refines 40 per cent of its copper output at home, the mines ministry says."
    )
    share = article.candidates[0]
    assert share.measure == "share_of_production"
    document, _ = read_seed(seed_text(article, [share]).text.encode())
    assert document.claims[0].compared_place == "ZMB"
    world = read_article(
        "Zambia accounts for 4 per cent of the world's copper output, the mines ministry says."
    )
    document, _ = read_seed(seed_text(world, world.candidates).text.encode())
    assert document.claims[0].compared_place == "WLD"


EACH_KIND = """By the ministry's figures Kazakhstan mined 4,000 tonnes of tungsten in 2024. \
Kazakhstan is third in the world in reserves of tungsten. \
Kazakhstan accounts for 40 per cent of world output of tungsten. \
Kazakhstan mines twice as much tungsten as Peru. \
A fund of $75 million for tungsten was set up in Kazakhstan."""


def test_each_measure_of_each_kind_is_kept_as_it_was_read_or_left_out_with_a_reason():
    article = read_article(EACH_KIND)
    assert len({candidate.kind for candidate in article.candidates}) == 5
    for candidate in article.candidates:
        for row in rules("article_measure_codes"):
            mended = candidate.model_copy(update={"measure": row["code"], "stage": ""})
            made = seed_text(article, [mended])
            ratio = candidate.kind is Kind.RATIO
            if not ratio and (row["code"] == "price" or row["code"].endswith("_change")):
                assert made.left_out[0].reason, row
                continue
            document, entries = read_seed(made.text.encode())
            claim = document.claims[0]
            assert (str(claim.measure), claim.value) == (measure_code(row["code"]), candidate.value), row
            assert str(claim.kind) == str(candidate.kind)
            assert check_text(document, article.text.encode(), entries) == []


AMOUNTS = ["4,000 tonnes", "12.5 kt", "2.4 Mt", "640 kg"]
SUMS = ["$75 million", "€110.5 million", "£11 million", "4.8 billion roubles", "2.9 billion yuan", "US$2bn"]


@pytest.mark.parametrize("verb", ["exported", "imported", "sold", "mined"])
def test_amounts_of_trade_are_kept_in_every_unit(verb: str):
    for amount in AMOUNTS:
        _is_kept(f"Kazakhstan {verb} {amount} of tungsten in 2024, the ministry said.")


def test_sums_of_money_are_kept_in_every_currency():
    for amount in SUMS:
        _is_kept(f"A fund of {amount} for tungsten was set up in Kazakhstan, the ministry said.")
        _is_kept(f"Exports of tungsten from Kazakhstan were worth {amount} in 2024, the ministry said.")


def _is_kept(text: str) -> None:
    article = read_article(text)
    assert len(article.candidates) == 1, text
    candidate = article.candidates[0]
    made = seed_text(article, article.candidates)
    document, entries = read_seed(made.text.encode())
    claim = document.claims[0]
    numbers = candidate.value, candidate.lower, candidate.upper, candidate.unit
    assert (claim.value, claim.lower, claim.upper, claim.unit) == pytest.approx(numbers), text
    assert str(claim.measure) == measure_code(candidate.measure)
    assert check_text(document, article.text.encode(), entries) == []


PRICES = [
    ("NdPr oxide stands at $69/kg in China.", "USD/t", 69_000.0, "CHN"),
    ("Tungsten changed hands at $45 a kilogram in Kazakhstan on Friday.", "USD/t", 45_000.0, "KAZ"),
    ("Uranium cost $79.25 a pound last week.", "USD/t", 79.25 / 0.00045359237, "WLD"),
    ("Palladium fell to $935 an ounce.", "USD/t", 935 / 0.0000311034768, "WLD"),
    ("Praseodymium-neodymium oxide stood at 412,000 yuan a tonne.", "CNY/t", 412_000.0, "CHN"),
]


@pytest.mark.parametrize(("text", "unit", "value", "place"), PRICES, ids=[case[0][:20] for case in PRICES])
def test_a_price_is_kept_in_the_unit_of_its_words(text: str, unit: str, value: float, place: str):
    claim = _kept(text)[0]
    assert (claim.unit, claim.value, claim.place) == (unit, pytest.approx(value), place)
    assert (str(claim.kind), str(claim.measure)) == ("money", "price")


def test_a_price_takes_what_it_buys_from_the_price_before_and_says_so():
    first, second = _kept(
        "Gallium changed hands at $565 a kilogram in the Netherlands, up from $290 in 2024."
    )
    assert (first.value, second.value) == (565_000.0, 290_000.0)
    assert second.printed == "$290"
    assert "printed elsewhere" in second.unit_decision


def test_a_range_of_prices_is_kept_with_both_ends():
    claim = _kept("Germanium was quoted at between $2,700 and $2,850 per kg in the Netherlands.")[0]
    assert (claim.value, claim.lower, claim.upper) == (None, 2_700_000.0, 2_850_000.0)


QUOTED = {
    "Chile holds 34 % of lithium reserves worldwide.": "34 % of lithium reserves",
    "Greenland is eighth in rare earth reserves.": "eighth in rare earth reserves",
    "Chile holds nearly half of global lithium reserves.": "nearly half of global lithium reserves",
    "Peru made 250 tonnes of lithium carbonate equivalent.": "250 tonnes of lithium carbonate equivalent",
    "Peru holds 5 tonnes of tin. Its reserves grow.": "5 tonnes of tin",
    "Peru mined 7 % of the world's zinc, and its reserves grow.": "7 % of the world's zinc",
}


@pytest.mark.parametrize("text", QUOTED)
def test_a_quotation_reaches_what_is_measured(text: str):
    assert _kept(text)[0].printed == QUOTED[text]


CARRIED = [
    ("LIMA, 3 May 2025 (Ore Wire) - Peru holds 5 tonnes of tin.", "Ore Wire"),
    ("LIMA, 3 May 2025 (Ore Wire) - Peru holds 5 tonnes of tin, the Ore Wire said.", "Ore Wire"),
    ("LIMA, 3 May 2025 (Adds quote) - Peru holds 5 tonnes of tin.", "document …, publisher not stated"),
    ("Tin in Peru\n\nPeru holds 5 tonnes of tin.", "“Tin in Peru”, publisher not stated"),
]


@pytest.mark.parametrize(("text", "origin"), CARRIED)
def test_who_carries_a_claim_is_the_publisher_or_the_document_by_its_title(text: str, origin: str):
    chain = _kept(text)[0].chain
    assert [re.sub("document [0-9a-f]{8},", "document …,", name) for name in chain] == [origin]


def _kept(text: str) -> tuple[Claim, ...]:
    article = read_article(text)
    made = seed_text(article, article.candidates)
    assert made.left_out == ()
    document, entries = read_seed(made.text.encode())
    assert check_text(document, article.text.encode(), entries) == []
    return document.claims


def test_how_many_times_one_price_is_another_is_kept_as_a_ratio_of_prices():
    claims = _kept("Tungsten changed hands at $45 a kilogram in Kazakhstan, three times the price in China.")
    ratio = claims[1]
    assert (str(ratio.kind), str(ratio.measure), ratio.value, ratio.unit) == ("ratio", "price", 3.0, "1")


def test_a_sum_without_what_it_buys_is_no_price():
    article = read_article("A fund of $75 million for tungsten was set up in Kazakhstan.")
    wrong = seed_text(article, article.candidates).text.replace('measure = "fund"', 'measure = "price"')
    with pytest.raises(BadSeed, match="a price is money for an amount"):
        read_seed(wrong.encode())


@pytest.mark.parametrize("whole", ["exports", "imports", "sales"])
def test_a_share_of_a_country_s_own_trade_is_none_of_the_world_s(whole: str):
    article = read_article("Kazakhstan accounts for 40 per cent of world output of tungsten.")
    mended = article.candidates[0].model_copy(update={"measure": f"share_of_{whole}"})
    document, _ = read_seed(seed_text(article, [mended]).text.encode())
    assert document.claims[0].compared_place == "KAZ"


STAGES = [
    ("Indonesia mines about two thirds of the world's nickel.", "mine_production"),
    ("China digs up four fifths of the world's tungsten.", "mine_production"),
    ("Indonesia makes about two thirds of the world's nickel.", "production"),
    ("Indonesia produces about two thirds of the world's nickel.", "production"),
]


@pytest.mark.parametrize(("text", "measure"), STAGES)
def test_a_share_of_what_is_mined_is_of_mine_production(text, measure):
    article = read_article(text)
    (claim,) = read_seed(seed_text(article, article.candidates).text.encode())[0].claims
    assert (claim.kind, str(claim.measure)) == (Kind.SHARE, measure)


CLASSED = [
    ("production to holdings", "mine_production", "holdings", {}, "undefined"),
    ("reserves to production", "reserves", "mine_production", {}, "not_applicable"),
    ("reserves to resources", "reserves", "resources", {}, "as before"),
    ("chosen by a person", "mine_production", "reserves", {"class": "reserve"}, "as before"),
]


@pytest.mark.parametrize(("before", "after", "more", "expected"), [case[1:] for case in CLASSED])
def test_the_class_of_a_mended_measure_is_that_of_such_measures(
    before: str, after: str, more: dict[str, str], expected: str
) -> None:
    found = {"measure": before, "class": "as before", "scheme": "as before"}
    mended = with_class({**found, "measure": after, **more}, found)
    assert mended["scheme"] == expected
    assert mended["class"] == more.get("class", expected)
