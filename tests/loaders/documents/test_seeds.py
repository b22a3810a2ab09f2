"""Seed files: what the five documents say, and what happens when a seed is malformed."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from pydantic import BaseModel

from loaders import documents
from loaders.documents import CLAIM_COLUMNS, check_text, claims_table, read_seed, read_seeds
from loaders.documents.shape import SeedClaim, SeedEvent, SeedSource, is_quoted
from loaders.errors import BadSeed
from loaders.model import NOT_STATED, Claim, Document, Event
from loaders.report import Problem
from loaders.vocabulary import Relation, Severity
from tests.checkout import SEEDS

FILES = sorted(SEEDS.glob("*.toml"))

MOSCOW, FRONT, KYIV = "moscow-times-2025-03-31", "ukraine-front-lines-2025", "kyiv-independent-2025"
SECOND, THIRD = "unnamed-002", "unnamed-003"

CLAIMS = [
    # id, source, paragraph, kind, mineral, place, compared, measure, value, lower, upper, unit, status
    ("russia-rare-metals-holdings", MOSCOW, 13, "quantity", "rare-metals", "RUS", None, "holdings",
     658000000.0, None, None, "t", "V"),
    ("russia-rare-earths-holdings", MOSCOW, 13, "quantity", "rare-earths", "RUS", None, "holdings",
     28500000.0, None, None, "t", "V"),
    ("russia-rare-metals-share", MOSCOW, 14, "share", "rare-metals", "RUS", "WLD", "production",
     0.01, None, None, "1", "V"),
    ("russia-rare-earths-rank", MOSCOW, 12, "rank", "rare-earths", "RUS", "WLD", "reserves",
     5.0, None, None, "rank", "V"),
    ("russia-ukraine-rare-earths-far-more", MOSCOW, 12, "ratio", "rare-earths", "RUS", "UKR", "reserves",
     None, 1.0, None, "1", "V"),
    ("ukraine-fund-early-drafts", FRONT, 12, "money", "critical-minerals", "UKR", None, "fund",
     500000000000.0, None, None, "USD", "V"),
    ("ukraine-debt-500-billion", FRONT, 13, "money", "critical-minerals", "UKR", None, "debt",
     500000000000.0, None, None, "USD", "V"),
    ("ukraine-debt-350-billion", FRONT, 13, "money", "critical-minerals", "UKR", None, "debt",
     350000000000.0, None, None, "USD", "V"),
    ("ukraine-debt-100-billion", FRONT, 13, "money", "critical-minerals", "UKR", None, "debt",
     100000000000.0, None, None, "USD", "V"),
    ("ukraine-revenue-contribution", FRONT, 14, "share", "critical-minerals", "UKR", None,
     "revenue_contribution", 0.5, None, None, "1", "F"),
    ("ukraine-aid-smaller-than-fund", FRONT, 12, "ratio", "critical-minerals", "UKR", None, "aid",
     None, None, 1.0, "1", "V"),
    ("russia-ukraine-order-of-magnitude", THIRD, 14, "ratio", "rare-metals", "RUS", "UKR", "resources",
     10.0, 10**0.5, 10**1.5, "1", "V"),
]  # fmt: skip

FEBRUARY = (date(2025, 2, 1), date(2025, 2, 28))
MIDDLE_OF_APRIL = (date(2025, 4, 11), date(2025, 4, 20))


def on(month: int, day: int) -> tuple[date, date]:
    return date(2025, month, day), date(2025, month, day)


EVENTS = [
    # id, span, planned, disputed, documents that date it, documents that only mention it
    ("dmitriev-appointment", FEBRUARY, False, False, {FRONT}, set()),
    ("putin-offer", FEBRUARY, False, False, {KYIV, MOSCOW}, {SECOND, THIRD}),
    ("first-talks", on(2, 18), False, False, {KYIV, SECOND}, set()),
    ("zelensky-ready-to-sign", on(3, 4), False, False, {FRONT}, set()),
    ("finish-agreement-soon", on(3, 11), False, False, {FRONT}, set()),
    ("draft-dated", on(3, 23), False, False, {FRONT}, set()),
    ("ceasefire-talks", on(3, 24), False, False, {KYIV}, set()),
    ("bessent-version-ready", on(3, 26), False, False, {FRONT}, set()),
    ("draft-received", on(3, 27), False, False, {FRONT}, set()),
    ("zelensky-terms-change", on(3, 27), False, False, {FRONT}, set()),
    ("trump-warning", (date(2025, 3, 30), date(2025, 3, 31)), False, True, {FRONT, KYIV, MOSCOW}, set()),
    ("dmitriev-interview", on(3, 31), False, False, {KYIV, MOSCOW}, {FRONT, SECOND, THIRD}),
    ("possible-signing", (date(2025, 3, 31), date(2025, 4, 6)), True, False, {FRONT}, set()),
    ("next-talks", MIDDLE_OF_APRIL, True, False, {KYIV, SECOND, THIRD}, set()),
]

STATED = [
    # source, publisher, author, published: as the text prints them
    (MOSCOW, "The Moscow Times", NOT_STATED, "2025-03-31"),
    (KYIV, "The Kyiv Independent", "Martin Fornusek", NOT_STATED),
    (FRONT, "Ukraine Front Lines", "Ksenia Kulakova", NOT_STATED),
    (SECOND, NOT_STATED, NOT_STATED, NOT_STATED),
    (THIRD, NOT_STATED, NOT_STATED, NOT_STATED),
]

CHAINS = [
    ("russia-rare-metals-holdings", ("Russia's Natural Resources Ministry", "Izvestia", "The Moscow Times")),
    ("russia-rare-earths-holdings", ("Russia's Natural Resources Ministry", "Izvestia", "The Moscow Times")),
    ("russia-rare-metals-share", ("The Moscow Times",)),
    ("ukraine-debt-350-billion", ("Donald Trump", "Volodymyr Zelensky", "Ukraine Front Lines")),
    ("russia-ukraine-order-of-magnitude", ("Vladimir Putin", "document 003, publisher not stated")),
]


@pytest.fixture(scope="module")
def seeds() -> documents.Seeds:
    return read_seeds(SEEDS)


@pytest.fixture(scope="module")
def claims(seeds: documents.Seeds) -> dict[str, Claim]:
    return {claim.id: claim for claim in seeds.claims}


@pytest.fixture(scope="module")
def events(seeds: documents.Seeds) -> dict[str, Event]:
    return {event.id: event for event in seeds.events}


# The five documents


def test_all_seeds_load_without_a_problem(seeds: documents.Seeds) -> None:
    assert seeds.problems == ()
    assert {document.source.id for document in seeds.documents} == {MOSCOW, KYIV, FRONT, SECOND, THIRD}


@pytest.mark.parametrize("expected", CLAIMS, ids=lambda row: row[0])
def test_claim_says_what_the_document_prints(claims: dict[str, Claim], expected: tuple) -> None:
    claim = claims[expected[0]]
    found = (
        claim.id, claim.source, claim.paragraph, claim.kind, claim.mineral, claim.place,
        claim.compared_place, claim.measure, claim.value, claim.lower, claim.upper, claim.unit, claim.status,
    )  # fmt: skip
    assert found == expected


def test_no_claim_beyond_the_list(claims: dict[str, Claim]) -> None:
    assert set(claims) == {row[0] for row in CLAIMS}


@pytest.mark.parametrize(("claim", "chain"), CHAINS, ids=lambda cell: cell if isinstance(cell, str) else "")
def test_chain_runs_from_the_origin_to_the_document(
    claims: dict[str, Claim], claim: str, chain: tuple[str, ...]
) -> None:
    assert claims[claim].chain == chain
    assert claims[claim].origin == chain[0]


def test_rare_earths_are_part_of_rare_metals_and_nothing_else_is_linked(claims: dict[str, Claim]) -> None:
    links = [(claim.id, link.relation, link.claim) for claim in claims.values() for link in claim.links]
    assert links == [
        ("russia-rare-earths-holdings", Relation.PART_OF, "russia-rare-metals-holdings"),
    ]
    assert claims["russia-rare-earths-holdings"].part_of == "russia-rare-metals-holdings"


def test_no_holding_has_a_class_or_basis_that_its_document_does_not_state(claims: dict[str, Claim]) -> None:
    in_the_ground = {"holdings", "reserves", "resources"}
    for claim in claims.values():
        expected = "undefined" if claim.measure in in_the_ground else "not_applicable"
        assert (claim.reserve_class, claim.scheme) == (expected, expected), claim.id
    weighed = in_the_ground | {"production"}
    for claim in claims.values():
        assert claim.basis == ("undefined" if claim.measure in weighed else "not_applicable"), claim.id


def test_decisions_on_units_are_kept(claims: dict[str, Claim]) -> None:
    assert "metric tons" in claims["russia-rare-earths-holdings"].unit_decision
    assert "No currency is printed" in claims["ukraine-debt-100-billion"].unit_decision
    assert claims["russia-rare-metals-holdings"].unit_decision == ""


def test_printed_unit_holds_no_word_that_is_not_printed(claims: dict[str, Claim]) -> None:
    printed = claims["ukraine-debt-500-billion"]
    assert (printed.printed_value, printed.printed_unit) == ("500", "billion")


def test_claim_that_came_to_nothing_says_so(claims: dict[str, Claim]) -> None:
    assert "early drafts" in claims["ukraine-fund-early-drafts"].outcome
    for size in (500, 350, 100):
        assert "Not in the final version" in claims[f"ukraine-debt-{size}-billion"].outcome


@pytest.mark.parametrize("expected", EVENTS, ids=lambda row: row[0])
def test_event_has_the_dates_of_its_documents(events: dict[str, Event], expected: tuple) -> None:
    event = events[expected[0]]
    dated = {mention.source for mention in event.mentions if mention.date is not None}
    undated = {mention.source for mention in event.mentions if mention.date is None}
    assert (event.id, event.span, event.planned, event.disputed, dated, undated) == expected


def test_events_are_all_listed_in_order_of_date(seeds: documents.Seeds) -> None:
    assert sorted(event.id for event in seeds.events) == sorted(row[0] for row in EVENTS)
    assert [event.span for event in seeds.events] == sorted(event.span for event in seeds.events)


def test_dispute_over_the_warning_is_computed_from_three_documents(events: dict[str, Event]) -> None:
    event = events["trump-warning"]
    said = {m.source: (m.date, m.printed_date) for m in event.mentions}
    assert said == {
        KYIV: (date(2025, 3, 30), "March 30"),
        MOSCOW: (date(2025, 3, 30), "On Sunday"),
        FRONT: (date(2025, 3, 31), "March 31"),
    }
    without_front = tuple(m for m in event.mentions if m.source != FRONT)
    assert event.disputed
    assert not event.model_copy(update={"mentions": without_front}).disputed


def test_sunday_is_the_day_before_the_document_was_published() -> None:
    assert date(2025, 3, 30).strftime("%A") == "Sunday"
    assert date(2025, 3, 31).strftime("%A") == "Monday"


@pytest.mark.parametrize("expected", STATED, ids=lambda row: row[0])
def test_citation_holds_only_what_the_text_states(seeds: documents.Seeds, expected: tuple) -> None:
    source = next(d.source for d in seeds.documents if d.source.id == expected[0])
    assert (source.id, source.publisher, source.author, source.published) == expected
    assert source.kind == "document"
    if source.address == NOT_STATED:
        assert source.files[0].sha256 in source.citation
    else:
        assert source.address in source.citation


def test_only_one_document_prints_its_address(seeds: documents.Seeds) -> None:
    assert [d.source.id for d in seeds.documents if d.source.address != NOT_STATED] == [MOSCOW]


def test_the_year_of_a_figure_is_kept_and_a_claim_without_one_is_written_as_before() -> None:
    dated = GOOD.replace("paragraph = 4", "paragraph = 4\nyear = 2024")
    claim, silent = read_seed(dated.encode())[0].claims
    assert (claim.year, silent.year) == (2024, None)
    assert claims_table([claim, silent])["year"].tolist() == [2024, pd.NA]
    assert "year" not in silent.model_dump_json()


# The claims table


def test_table_has_one_line_per_claim_and_typed_columns(seeds: documents.Seeds) -> None:
    table = claims_table(seeds.claims)
    assert {name: str(dtype) for name, dtype in table.dtypes.items()} == CLAIM_COLUMNS
    assert list(table["id"]) == [claim.id for claim in seeds.claims]


def test_table_says_the_same_as_the_records(seeds: documents.Seeds) -> None:
    table = claims_table(seeds.claims).set_index("id")
    for claim in seeds.claims:
        row = table.loc[claim.id]
        assert row["class"] == claim.reserve_class.value
        assert row["chain"] == claim.chain
        assert (None if pd.isna(row["value"]) else row["value"]) == claim.value
        assert (None if pd.isna(row["part_of"]) else row["part_of"]) == claim.part_of


def test_table_of_no_claims_has_the_same_columns() -> None:
    table = claims_table([])
    assert {name: str(dtype) for name, dtype in table.dtypes.items()} == CLAIM_COLUMNS
    assert table.empty


# Malformed seeds

GOOD = """\
[source]
id = "my-paper-2026"
publisher = "My Paper"
title = "Lithium in Chile"
file = "article.txt"
sha256 = "0000000000000000000000000000000000000000000000000000000000000000"

[[claims]]
id = "chile-lithium-reserves"
kind = "quantity"
mineral = "lithium"
name = "lithium"
place = "CHL"
measure = "reserves"
class = "undefined"
scheme = "undefined"
basis = "undefined"
modality = "reported"
printed = "9.3 million tonnes of lithium"
value = "9.3 million tonnes"
chain = ["a ministry", "My Paper"]
paragraph = 4

[[claims]]
id = "chile-lithium-share"
kind = "share"
mineral = "lithium"
name = "lithium"
place = "CHL"
measure = "mine_production"
class = "not_applicable"
scheme = "not_applicable"
basis = "undefined"
modality = "forecast"
printed = "about 24 percent of the world"
value = "about 24 percent"
chain = ["My Paper"]
paragraph = 5
links = [{ relation = "derived_from", claim = "chile-lithium-reserves" }]

[[events]]
id = "export-ban"
what = "Chile ends exports of brine"
date = 2026-01-01
until = 2026-01-31
printed_date = "in January"
paragraph = 2
phrase = "an end to exports"
"""

MALFORMED = [
    # what is wrong, words replaced, their replacement, field, words in message or remedy
    ("no quotation marks", 'id = "my-paper-2026"', "id = my-paper-2026", "", "is not TOML"),
    ("month that does not exist", "date = 2026-01-01", "date = 2026-13-01", "", "is not TOML"),
    ("impossible day as TOML", "date = 2026-01-01", "date = 2026-02-30", "", "is not TOML"),
    ("number of 5,000 digits", "paragraph = 4", "paragraph = " + "9" * 5000, "", "is not TOML"),
    ("impossible day as text", "date = 2026-01-01", 'date = "2026-02-30"', "events[1].date", "day is out of"),
    ("date as a number", "date = 2026-01-01", "date = 20260101", "events[1].date", "not a date"),
    ("date with a clock time", "date = 2026-01-01", "date = 2026-01-01T10:00:00", "events[1].date",
     "not a date"),
    ("period backwards", "until = 2026-01-31", "until = 2025-01-31", "events[1].until", "not after it"),
    ("date without words", 'printed_date = "in January"\n', "", "events[1].printed_date", "no words"),
    ("planned as text", "until = 2026-01-31", 'planned = "yes"', "events[1].planned", "true or false"),
    ("published impossible", 'file = "article.txt"', 'file = "article.txt"\npublished = "2026-02-30"',
     "source.published", "2025-03-31"),
    ("address that runs", 'file = "article.txt"', 'file = "article.txt"\naddress = "javascript:alert(1)"',
     "source.address", "not a web address"),
    ("no source", GOOD[: GOOD.index("[[claims]]")], "", "source", "one block [source]"),
    ("two sources", "[source]", "[[source]]", "source", "one block [source]"),
    ("claims as a table", '[[claims]]\nid = "chile-lithium-share"', '[claims]\nid = "x"', "", "is not TOML"),
    ("publisher missing", 'publisher = "My Paper"\n', "", "source.publisher", "not stated"),
    ("hash too short", '"0000000', '"0', "source.sha256", "sha256sum"),
    ("id with a capital", '"my-paper-2026"', '"My-Paper"', "source.id", "small letters"),
    ("place missing", 'place = "CHL"\nmeasure = "mine', 'measure = "mine', "claims[2].place", "is missing"),
    ("place unknown", 'place = "CHL"\nmeasure = "mine', 'place = "CHI"\nmeasure = "mine', "claims[2].place",
     "'CHI' is not a known place"),
    ("place by name", 'place = "CHL"\nmeasure = "mine', 'place = "Chile"\nmeasure = "mine', "claims[2].place",
     "alpha-3"),
    ("compared place unknown", 'measure = "res', 'compared_place = "QQQ"\nmeasure = "res',
     "claims[1].compared_place", "'QQQ' is not a known place"),
    ("mineral unknown", 'mineral = "lithium"', 'mineral = "litium"', "claims[1].mineral", "you mean lithium"),
    ("kind unknown", 'kind = "share"', 'kind = "fraction"', "claims[2].kind", "'quantity', 'share', 'rank'"),
    ("measure unknown", 'measure = "reserves"', 'measure = "stock"', "claims[1].measure", "'reserves'"),
    ("class unknown", 'class = "undefined"', 'class = "proven"', "claims[1].class", "'state_balance'"),
    ("class missing", 'class = "undefined"\n', "", "claims[1].class", "'class' is missing"),
    ("class missing, words listed", 'class = "undefined"\n', "", "claims[1].class", "state_balance"),
    ("modality unknown", 'modality = "forecast"', 'modality = "rumour"', "claims[2].modality", "'proposal'"),
    ("relation unknown", '"derived_from"', '"like"', "claims[2].links[1].relation", "'part_of'"),
    ("link to nowhere", 'claim = "chile-lithium-reserves"', 'claim = "chile-lithium-reserve"',
     "claims[2].links", "Did you mean chile-lithium-reserves"),
    ("link to itself", 'claim = "chile-lithium-reserves"', 'claim = "chile-lithium-share"', "claims[2].links",
     "links to itself"),
    ("field misspelled", "paragraph = 5", 'paragraph = 5\nnotes = "x"', "claims[2].notes", "you mean note"),
    ("field of a link misspelled", '" }]', '", why = "x" }]', "claims[2].links[1].why", "relation, claim"),
    ("block misspelled", "[[events]]", "[[event]]", "event", "Did you mean events"),
    ("paragraph nought", "paragraph = 5", "paragraph = 0", "claims[2].paragraph", "1 for the first"),
    ("paragraph as text", "paragraph = 5", 'paragraph = "5"', "claims[2].paragraph", "whole number"),
    ("paragraph as a truth", "paragraph = 5", "paragraph = true", "claims[2].paragraph", "whole number"),
    ("value typed as a number", 'value = "9.3 million tonnes"', "value = 9300000", "claims[1].value",
     "between quotation marks"),
    ("value not in the phrase", 'value = "9.3 million tonnes"', 'value = "9.4 million tonnes"',
     "claims[1].value", "does not stand in 'printed'"),
    ("value cut from a longer number", 'value = "9.3 million tonnes"', 'value = "3 million tonnes"',
     "claims[1].value", "does not stand in 'printed'"),
    ("value without a number", 'value = "9.3 million tonnes"', 'value = "tonnes"', "claims[1].value",
     "has no number"),
    ("unit unknown", 'printed = "9.3 million tonnes of lithium"\nvalue = "9.3 million tonnes"',
     'printed = "9.3 million bushels"\nvalue = "9.3 million bushels"', "claims[1].value",
     "'bushels' is not known"),
    ("kind against unit", 'kind = "share"', 'kind = "money"', "claims[2].kind", "which no money has"),
    ("share that is a weight", 'kind = "quantity"', 'kind = "share"', "claims[1].kind", "which no share has"),
    ("ton without a reason", 'value = "9.3', 'ton = "metric"\nvalue = "9.3', "claims[1].ton", "ton_reason"),
    ("unknown ton", 'value = "9.3', 'ton = "heavy"\nton_reason = "x"\nvalue = "9.3', "claims[1].ton",
     "'short'"),
    ("chain that ends elsewhere", 'chain = ["My Paper"]', 'chain = ["a blog"]', "claims[2].chain",
     "End the chain with 'My Paper'"),
    ("empty chain", 'chain = ["My Paper"]', "chain = []", "claims[2].chain", "who said it first"),
    ("sentence quoted", '"an end to exports"', '"one two three four five six seven eight nine ten eleven"',
     "events[1].phrase", "11 words"),
]  # fmt: skip


def only_problem(folder: Path) -> Problem:
    problems = read_seeds(folder).problems
    assert len(problems) == 1, problems
    return problems[0]


def line_of(text: str, field: str) -> int | None:
    """The line of a field that the malformed text still has."""
    block, name = re.fullmatch(r"(\w+(?:\[\d+\])?)(?:.*\.(\w+))?", field).groups()
    number = int(block[block.index("[") + 1 : -1]) if "[" in block else 1
    section = block.split("[")[0]
    lines = text.splitlines()
    starts = [i for i, line in enumerate(lines) if line.strip("[]") == section and line.startswith("[")]
    if len(starts) < number:
        return None
    found = (i for i in range(starts[number - 1] + 1, len(lines)) if lines[i].startswith(f"{name} ="))
    end = next((i for i in range(starts[number - 1] + 1, len(lines)) if lines[i].startswith("[")), len(lines))
    return next((i + 1 for i in found if i < end), starts[number - 1] + 1)


def test_the_good_seed_is_good(tmp_path: Path) -> None:
    (tmp_path / "good.toml").write_text(GOOD, encoding="utf-8")
    seeds = read_seeds(tmp_path)
    assert seeds.problems == ()
    assert [(c.value, c.unit, c.status) for c in seeds.claims] == [(9300000.0, "t", "V"), (0.24, "1", "F")]


@pytest.mark.parametrize(
    ("old", "new", "field", "words"), [row[1:] for row in MALFORMED], ids=[row[0] for row in MALFORMED]
)
def test_malformed_seed_names_file_field_and_remedy(
    tmp_path: Path, old: str, new: str, field: str, words: str
) -> None:
    assert old in GOOD
    bad = GOOD.replace(old, new, 1)
    (tmp_path / "bad.toml").write_text(bad, encoding="utf-8")
    problem = only_problem(tmp_path)
    assert (problem.file, problem.column, problem.severity) == ("bad.toml", field, Severity.ERROR)
    assert words in f"{problem.message} {problem.remedy}"
    assert problem.remedy
    assert field == "" or "links[" in field or problem.row == line_of(bad, field)


@pytest.mark.parametrize(
    ("old", "new", "field"), [row[1:4] for row in MALFORMED if row[3] and row[0] != "link to nowhere"]
)
def test_reading_one_malformed_seed_raises_with_the_field(old: str, new: str, field: str) -> None:
    with pytest.raises(BadSeed, match=re.escape(field)) as caught:
        read_seed(GOOD.replace(old, new, 1).encode())
    assert caught.value.remedy


def test_id_used_twice_in_one_file_is_a_problem(tmp_path: Path) -> None:
    alone = GOOD[: GOOD.index("links = ")] + GOOD[GOOD.index("\n[[events]]") :]
    twice = alone.replace("chile-lithium-share", "chile-lithium-reserves")
    (tmp_path / "bad.toml").write_text(twice, encoding="utf-8")
    problem = only_problem(tmp_path)
    assert (problem.column, problem.row) == ("claims[2].id", line_of(twice, "claims[2].id"))
    with pytest.raises(BadSeed, match="already used"):
        read_seed(twice.encode())


def test_every_mistake_of_a_file_is_reported(tmp_path: Path) -> None:
    bad = GOOD.replace('place = "CHL"', 'place = "QQQ"').replace('"an end', '"' + "word " * 11)
    (tmp_path / "bad.toml").write_text(bad, encoding="utf-8")
    columns = [problem.column for problem in read_seeds(tmp_path).problems]
    assert columns == ["claims[1].place", "claims[2].place", "events[1].phrase"]
    with pytest.raises(BadSeed, match=r"claims\[1\]\.place.*claims\[2\]\.place.*events\[1\]\.phrase"):
        read_seed(tmp_path / "bad.toml")


def test_toml_mistake_names_its_line(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text(GOOD.replace("paragraph = 5", "paragraph = five"), encoding="utf-8")
    problem = only_problem(tmp_path)
    assert problem.row == GOOD[: GOOD.index("paragraph = 5")].count("\n") + 1


def test_file_that_is_not_utf8_names_its_line(tmp_path: Path) -> None:
    bad = GOOD.replace("Lithium in Chile", "Lithium in Perú").encode("cp1252")
    (tmp_path / "bad.toml").write_bytes(bad)
    problem = only_problem(tmp_path)
    assert (problem.file, problem.row, problem.rule) == ("bad.toml", 4, "UTF-8")
    assert "UTF-8" in problem.remedy


def test_file_with_byte_order_mark_loads(tmp_path: Path) -> None:
    (tmp_path / "good.toml").write_text(GOOD, encoding="utf-8-sig")
    assert read_seeds(tmp_path).problems == ()


@pytest.mark.parametrize("folder", ["empty", "missing"])
def test_folder_without_seeds_is_a_problem(tmp_path: Path, folder: str) -> None:
    (tmp_path / "empty").mkdir()
    problem = only_problem(tmp_path / folder)
    assert problem.file == str(tmp_path / folder)
    assert ".toml" in problem.remedy


def test_folder_named_like_a_seed_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "odd.toml").mkdir()
    problem = only_problem(tmp_path)
    assert (problem.file, problem.rule) == ("odd.toml", "readable file")


def test_hidden_files_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "good.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "._good.toml").write_bytes(b"\x00\x05\x16\x07")
    assert read_seeds(tmp_path).problems == ()


# Several files together


def other_seed(**changes: str) -> str:
    """A second good seed, with words replaced."""
    text = GOOD.replace("my-paper", "other-paper").replace("chile-", "peru-").replace('"0', '"1')
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    return text


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")


def test_other_files_load_beside_a_malformed_one(tmp_path: Path) -> None:
    write(tmp_path, a=GOOD.replace("paragraph = 4", "paragraph = 0"), b=other_seed())
    seeds = read_seeds(tmp_path)
    assert [d.source.id for d in seeds.documents] == ["other-paper-2026"]
    assert [p.file for p in seeds.problems] == ["a.toml"]


def test_event_in_two_files_is_one_event(tmp_path: Path) -> None:
    write(tmp_path, a=GOOD, b=other_seed())
    (event,) = read_seeds(tmp_path).events
    assert [m.source for m in event.mentions] == ["my-paper-2026", "other-paper-2026"]


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("peru-lithium-share", "chile-lithium-share", "claims[2].id"),
        ("other-paper-2026", "my-paper-2026", "source.id"),
        ('"1000', '"0000', "source.sha256"),
        ("ends exports", "stops exports", "events[1].what"),
        ("until = 2026-01-31", "planned = true", "events[1].planned"),
    ],
)
def test_later_file_that_disagrees_is_left_out(tmp_path: Path, old: str, new: str, column: str) -> None:
    write(tmp_path, a=GOOD, b=other_seed(**{old: new}))
    seeds = read_seeds(tmp_path)
    assert [d.source.id for d in seeds.documents] == ["my-paper-2026"]
    assert [(p.file, p.column) for p in seeds.problems] == [("b.toml", column)]
    assert "a.toml" in seeds.problems[0].message


def test_link_into_another_file_is_kept(tmp_path: Path) -> None:
    write(tmp_path, a=GOOD, b=other_seed(**{'claim = "peru': 'claim = "chile'}))
    seeds = read_seeds(tmp_path)
    assert seeds.problems == ()
    assert seeds.claims[-1].links[0].claim == "chile-lithium-reserves"


def test_file_that_links_into_a_malformed_file_is_left_out_too(tmp_path: Path) -> None:
    bad = GOOD.replace("paragraph = 4", "paragraph = 0")
    write(tmp_path, a=bad, b=other_seed(**{'claim = "peru': 'claim = "chile'}))
    seeds = read_seeds(tmp_path)
    assert seeds.documents == ()
    assert [(p.file, p.column) for p in seeds.problems] == [
        ("a.toml", "claims[1].paragraph"),
        ("b.toml", "claims[2].links"),
    ]


def test_event_that_no_document_dates_is_a_warning(tmp_path: Path) -> None:
    undated = GOOD.replace("date = 2026-01-01\nuntil = 2026-01-31\n", "")
    write(tmp_path, a=undated)
    seeds = read_seeds(tmp_path)
    assert seeds.events == ()
    assert [(p.severity, p.column) for p in seeds.problems] == [(Severity.WARNING, "events[1].date")]
    assert len(seeds.documents) == 1


# Words that make a ratio, and quotations with gaps


@pytest.mark.parametrize(
    ("words", "value", "lower", "upper"),
    [
        ("far more", None, 1.0, None),
        ("Several times smaller", None, None, 1.0),
        ("twice", 2.0, None, None),
        ("half", 0.5, None, None),
    ],
)
def test_words_for_a_ratio(words: str, value: float | None, lower: float | None, upper: float | None) -> None:
    seed = GOOD.replace('"quantity"', '"ratio"').replace("9.3 million tonnes", words)
    document, _ = read_seed(seed.encode())
    claim = document.claims[0]
    assert (claim.value, claim.lower, claim.upper, claim.unit) == (value, lower, upper, "1")
    assert claim.printed_value == words


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("500 … billion", "500, 350, or 100 billion in debt", True),
        ("billion … 500", "500, 350, or 100 billion in debt", False),
        ("350", "500,350 tonnes", False),
        ("28", "28.5 million", False),
        ("5 million", "28.5 million", False),
        ("one country's “far more”", 'one country’s "far more"', True),
        ("rare  earths", "rare\u00a0earths", True),
        ("earth", "earths", False),
        ("…", "anything", False),
    ],
)
def test_quotation_is_found_word_by_word(phrase: str, text: str, found: bool) -> None:
    assert is_quoted(phrase, text) is found


# The texts themselves

ARTICLE = "Lithium in Chile\n\nlithium: an end to exports, in January\nthree\n" + (
    "9.3 million tonnes of lithium\nabout 24 percent of the world\n"
)


def article_seed(text: str) -> tuple[Document, tuple[documents.EventEntry, ...]]:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return read_seed(GOOD.replace("0" * 64, digest).encode())


def test_seed_that_quotes_its_text_has_no_problem() -> None:
    document, entries = article_seed(ARTICLE)
    assert check_text(document, ARTICLE.encode(), entries) == []


@pytest.mark.parametrize(
    ("old", "new", "columns"),
    [
        ("9.3 million", "9.4 million", ["chile-lithium-reserves.printed"]),
        ("three\n", "", ["chile-lithium-reserves.printed", "chile-lithium-share.printed"]),
        ("Lithium in Chile", "Lithium", ["source.title"]),
        ("in January", "in June", ["export-ban.printed_date"]),
        ("an end", "no end", ["export-ban.phrase"]),
    ],
)
def test_text_that_says_otherwise_is_reported(old: str, new: str, columns: list[str]) -> None:
    text = ARTICLE.replace(old, new)
    document, entries = article_seed(text)
    problems = check_text(document, text.encode(), entries)
    assert [problem.column for problem in problems] == columns
    assert all(problem.file == "article.txt" and problem.remedy for problem in problems)


def test_other_bytes_and_other_encodings_are_reported() -> None:
    document, entries = article_seed(ARTICLE)
    assert [p.rule for p in check_text(document, ARTICLE.encode() + b"\n", entries)] == ["hash"]
    assert [p.rule for p in check_text(document, b"\xff\xfe", entries)] == ["UTF-8"]


@pytest.mark.published
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_quotation_stands_in_its_paragraph(shared: Path, path: Path) -> None:
    document, entries = read_seed(path)
    text = (shared / "documents" / document.source.files[0].name).read_bytes()
    assert check_text(document, text, entries) == []


@pytest.mark.published
def test_every_document_has_one_seed(shared: Path, seeds: documents.Seeds) -> None:
    texts = sorted(path.name for path in (shared / "documents").glob("*.txt"))
    assert sorted(d.source.files[0].name for d in seeds.documents) == texts


@pytest.mark.published
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_seed_holds_no_run_of_twelve_words_of_its_article(shared: Path, path: Path) -> None:
    document, _ = read_seed(path)
    article = words((shared / "documents" / document.source.files[0].name).read_text("utf-8"))
    runs = {tuple(article[i : i + 12]) for i in range(len(article) - 11)}
    cited = ("title = ", "address = ", "licence = ")
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith(cited)]
    seed = words("\n".join(lines))
    assert not runs & {tuple(seed[i : i + 12]) for i in range(len(seed) - 11)}


@pytest.mark.published
def test_numbers_that_are_not_about_minerals_are_no_figures(shared: Path, seeds: documents.Seeds) -> None:
    text = next((shared / "documents").glob("002_*.txt")).read_text("utf-8")
    assert "34.4%" in text
    document = next(d for d in seeds.documents if d.source.id == SECOND)
    assert document.claims == ()


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


# The how-to in the module


@pytest.mark.parametrize("block", [SeedSource, SeedClaim, SeedEvent])
def test_how_to_names_every_field(block: type[BaseModel]) -> None:
    explained = set(re.findall(r"\w+", documents.__doc__ or ""))
    fields = {field.alias or name for name, field in block.model_fields.items()}
    assert fields <= explained
