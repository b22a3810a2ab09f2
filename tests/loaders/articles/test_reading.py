"""A candidate tells why it is as it is, and what a reviewer should look at."""

from __future__ import annotations

import json

import pytest

from loaders.articles import read_article
from loaders.articles.seeds import seed_text
from loaders.model import NOT_STATED
from loaders.units import currencies

TEXT = (
    "Chile's lithium\nChile holds 9.3 million tons of lithium, the ministry said. The country exported 200"
    " tonnes."
)


def test_the_words_that_decided_are_kept():
    first, second = read_article(TEXT).candidates
    assert first.why("mineral") == "'lithium': named beside the number"
    assert "'holds'" in first.why("measure")
    assert first.said_by == ("ministry",)
    assert "The country" in second.why("place")
    assert second.why("basis") == "not stated"


def test_confidence_is_told_in_words():
    first, second = read_article(TEXT).candidates
    assert first.confidence == "sure"
    assert second.confidence == "likely"
    assert any("carried over" in words for words in second.look)
    assert read_article("Chile mined 5 tonnes of copper.").candidates[0].confidence == "sure"
    assert read_article("They mined 5 tonnes of copper.").candidates[0].confidence == "ask"


def test_a_ton_of_no_kind_is_told():
    candidate = read_article("Chile mined 5 tons of copper.").candidates[0]
    assert (candidate.ton, candidate.confidence) == ("metric", "likely")
    assert "Which ton is meant is not stated; read as metric." in candidate.look


def test_json_has_everything_but_the_text():
    plain = json.loads(read_article(TEXT).as_json())
    assert {"candidates", "events", "passed_over", "cut", "citation", "sha256"} <= set(plain)
    assert "text" not in plain
    assert plain["candidates"][0]["value"] == 9_300_000.0


def test_the_line_is_counted_as_seeds_count_it():
    article = read_article("A title\n\n\nChile mined 5 tonnes of copper.\n")
    assert article.candidates[0].paragraph == 2


def test_a_sentence_over_two_lines_is_one_sentence():
    assert read_article("Chile mined 5\nmillion tonnes of copper.").candidates[0].value == 5e6


def test_invisible_characters_are_dropped():
    assert read_article("Chile mined 5\u200b mil\u00adlion tonnes of copper.").candidates[0].value == 5e6


def test_not_stated_is_an_answer():
    candidate = read_article("Somebody mined 5 tonnes of copper.").candidates[0]
    assert candidate.place is None
    assert candidate.year is None
    assert "The place is not stated." in candidate.look


@pytest.mark.parametrize(
    "text",
    [
        "Chile holds 9 million tonnes of lithium, including 2 million tonnes in the north.",
        "Of the 120,000 tonnes of tungsten reserves of Vietnam, 30,000 tonnes are at Nui Phao.",
        "Из 12 тыс. тонн урана, добытых в Казахстане, 3 тыс. тонн дал Инкай.",
    ],
)
def test_a_part_names_its_whole(text: str):
    whole, part = read_article(text).candidates
    assert part.part_of == whole.number


def test_one_of_a_list_is_no_part():
    found = read_article("Of niobium Korea has 1,450 tonnes, of gallium just over nine tonnes.").candidates
    assert [candidate.part_of for candidate in found] == [None, None]


def test_a_conditional_sentence_is_marked():
    candidate = read_article("If the ban were lifted, Chile would mine 5 tonnes of copper.").candidates[0]
    assert candidate.conditional


def test_classes_are_named_where_the_text_names_them():
    text = "Ukraine's state balance counts 5 million tonnes of titanium reserves."
    found = read_article(text).candidates[0]
    assert found.reserve_class == "state_balance"
    assert found.why("reserve_class").startswith("'state balance'")
    assert (
        read_article("Chile has 5 tonnes of copper reserves.").candidates[0].why("reserve_class")
        == NOT_STATED
    )


def test_a_share_of_imports_says_where_it_comes_from():
    text = (
        "India buys copper abroad: 46 per cent of the imports come from Chile, and Japan supplied 5 per cent."
    )
    found = read_article(text).candidates
    assert [(one.measure, one.place, one.compared_place) for one in found] == [
        ("share_of_imports", "IND", "CHL"),
        ("share_of_imports", "IND", "JPN"),
    ]


PRICES = {
    "$340 per metric ton unit": (340, "USD/mtu"),
    "$340/mtu": (340, "USD/mtu"),
    "2,100 dollars per flask": (2100, "USD/flask"),
    "95 dollars a carat": (95, "USD/ct"),
    "14 dollars per cubic metre": (14, "USD/m3"),
    "US$850/dmt": (850, "USD/t"),
    "850 euros per dry metric ton": (850, "EUR/t"),
    "90 dollars per short ton": (90, "USD/short_ton"),
    "Rs 90,000 a kilogram": (90_000, "INR/kg"),
    "RMB75,000 a tonne": (75_000, "CNY/t"),
    "EUR12.5 per pound": (12.5, "EUR/lb"),
}


@pytest.mark.parametrize("printed", PRICES)
def test_a_price_is_for_any_unit_and_in_any_spelling_of_its_currency(printed: str):
    article = read_article(f"Tungsten cost {printed} in May 2024.")
    (found,) = article.candidates
    assert seed_text(article, [found]).left_out == ()
    assert (found.printed, found.value, found.unit, found.measure) == (printed, *PRICES[printed], "price")


@pytest.mark.parametrize("code", currencies())
def test_a_code_glued_to_its_sum_is_its_currency(code: str):
    article = read_article(f"Chile's copper fund holds {code}500m.")
    (found,) = article.candidates
    assert seed_text(article, [found]).left_out == ()
    assert (found.value, found.unit) == (5e8, code)


FIRST = {
    "Brazil has the world's biggest niobium reserves.": "biggest",
    "Brazil holds the largest reserves of niobium in the world.": "largest",
    "Brazil is the leading producer of niobium.": "leading",
    "Brazil is still the top exporter of niobium, ministers say.": "top",
    "Brazil is the biggest niobium miner on earth.": "biggest",
    "Brasil tiene las mayores reservas de niobio del mundo.": "mayores reservas",
    "Бразилия обладает крупнейшими запасами ниобия в мире.": "крупнейшими запасами",
    "Brazil is one of the largest producers of niobium in the world.": "",
    "Brazil is among the world's largest niobium producers.": "",
    "CBMM is Brazil's largest producer of niobium.": "",
}


@pytest.mark.parametrize("text", FIRST)
def test_a_superlative_is_a_first_rank(text: str):
    found = [(item.printed, item.value, item.unit, item.mineral) for item in read_article(text).candidates]
    assert found == ([(FIRST[text], 1, "rank", "niobium")] if FIRST[text] else [])


def test_a_figure_of_the_headline_that_comes_again_is_one_to_decide():
    text = (
        "Copper exports of Chile fall 41% to 5 tonnes\nSANTIAGO, 3 May 2025 (Wire) - Chile exported 5 tonnes "
        "of copper in April, including 2 tonnes to Peru, down 41%.\nChile mined 41% of copper."
    )
    article = read_article(text)
    assert [(one.printed, one.number, one.paragraph) for one in article.candidates] == [
        ("5 tonnes", 1, 2),
        ("2 tonnes", 2, 2),
        ("41%", 3, 2),
        ("41%", 4, 3),
    ]
    assert article.candidates[0].look[-1] == "The headline states it too: “5 tonnes”."
    doubled = [one.printed for one in article.passed_over if "states it below" in one.reason]
    assert doubled == ["41%", "5 tonnes"]
    assert article.candidates[1].part_of == 1


def test_a_paper_is_named_in_the_line_of_the_date_and_a_town_is_not():
    lines = ("The Northern Ledger, 3 September 2026", "Kinshasa, 3 September 2026", "Ore Times | May 4, 2026",
             "Brief · Institute for Ores, Brussels · June 2028", "By Ana Press, 3 May 2026")  # fmt: skip
    texts = (f"A title\n\n{line}\n\nChile mined 5 tonnes of copper." for line in lines)
    named = [read_article(text).citation.publisher for text in texts]
    assert named == ["The Northern Ledger", "not stated", "Ore Times", "Institute for Ores", "not stated"]


YEARS = [
    (
        "Chile holds 83 % of lithium; Peru's share of zinc output was 42 % in 2023, down from 46 %.",
        "- 2023 -*",
    ),
    ("Chile's output of lithium rose from 20,000 tonnes to 24,000 tonnes in 2024.", "-* 2024"),
    ("Chile's output of lithium fell to 20,000 tonnes in 2024 from 24,000 tonnes in 2021.", "2024 2021*"),
    ("In 2022 Chile mined 20,000 tonnes of lithium; Peru mined 300 tonnes of zinc.", "2022 2022"),
]


@pytest.mark.parametrize(("text", "years"), YEARS)
def test_a_year_is_of_its_own_clause_and_not_of_what_was_before(text: str, years: str):
    """A star marks a figure that is told to be of before a change."""
    found = read_article(text).candidates
    assert " ".join(f"{one.year or '-'}{'*' * (_BEFORE in one.look)}" for one in found) == years


_BEFORE = "It is what the figure was before."
GONE_ON = (
    "Peru mined 5 tonnes of tin.\n\nChina mines 60 % of antimony.{}\n\nThe mine will make 8 tonnes of zinc."
)


@pytest.mark.parametrize(("more", "place"), [("", "PER"), (" China holds 9 tonnes.", None)])
def test_a_text_that_went_on_to_another_country_carries_none(more: str, place: str | None):
    assert read_article(GONE_ON.format(more)).candidates[-1].place == place


WHOSE = {
    "CMOC, the world's largest cobalt producer, mined 114,165 tonnes in DR Congo in 2024.": ["CMOC", "CMOC"],
    "Las Bambas produced 402,000 tonnes of copper in Peru.": ["Las Bambas"],
    "The Kallio mine in Finland produced 1,105 tonnes of cobalt.": ["Kallio mine"],
    "Finland has cobalt. The company dug 1,105 tonnes.": ["the company"],
    "Peru, the world's second-largest copper producer, mined 2.7 million tonnes.": ["", ""],
    "Miners in Peru dug 2.7 million tonnes of copper.": [""],
    "The country produced 2.7 million tonnes of copper.": [""],
    "In 2024 Peru's mines produced 2.7 million tonnes of copper.": [""],
}


@pytest.mark.parametrize("text", WHOSE)
def test_a_figure_of_a_firm_or_a_mine_is_not_taken_for_the_countrys(text: str):
    found = read_article(text).candidates
    assert [candidate.whose for candidate in found] == WHOSE[text]
    assert all(
        (f"Said of {candidate.whose}, not of the whole country." in candidate.look) == bool(candidate.whose)
        and (not candidate.whose or candidate.confidence != "sure")
        for candidate in found
    )


def test_what_a_speaker_says_of_himself_is_no_name():
    text = '"I want to say that Russia has ten times more cobalt than Ukraine," Kirill Dmitriev said.'
    assert [candidate.said_by for candidate in read_article(text).candidates] == [("Kirill Dmitriev",)]


OF_THE_WORLD = {
    "China mines about seventy per cent of the rare earths.": "share_of_world_production",
    "Three quarters of graphite is mined in China.": "share_of_world_production",
    "China accounts for 98% of primary low-purity gallium production.": "share_of_world_production",
    "China uses a third of the copper that it makes.": "share_of_production",
    "Chile makes 60 per cent of its copper in the north.": "share_of_production",
}


@pytest.mark.parametrize("text", OF_THE_WORLD)
def test_who_makes_a_part_of_a_mineral_makes_it_of_the_worlds(text: str):
    assert [candidate.measure for candidate in read_article(text).candidates] == [OF_THE_WORLD[text]]


def test_chinese_years_days_and_prices_are_read():
    article = read_article(
        "中国稀土产量创新高\n2026年3月18日\n据工业和信息化部称，2024年中国稀土产量为27万吨。"
        "2023年，智利铜产量增长8%。钨精矿价格为每吨38.5万元。"
    )
    mined, change, price = article.candidates
    assert article.citation.published == "2026-03-18"
    assert "a date" in [passed.reason for passed in article.passed_over]
    assert (mined.year, mined.said_by, change.year) == (2024, ("工业和信息化部",), 2023)
    assert (price.value, price.unit, price.mineral, price.measure) == (385_000, "CNY/t", "tungsten", "price")
