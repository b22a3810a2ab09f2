"""The page Sources: citations, the figures that rest on a source, and the page itself; and the page Words."""

from __future__ import annotations

import re
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.analysis.evidence import has_statistics
from dashboard.charts.view import Column
from dashboard.exports.citations import all_bibtex, all_ris, bibtex, ris
from dashboard.markup import Html, code_html, files_html, link_html, table_html, text_html
from dashboard.snapshot import Snapshot
from dashboard.topics.sources import (
    check_lines,
    claim_lines,
    entries,
    facts,
    measure_lines,
    mentioned,
    row_table,
)
from loaders.model import Document, Source, SourceFile
from loaders.text import quoted
from loaders.vocabulary import Basis, Kind, Measure, Modality, Relation, ReserveClass, Scheme, Status
from tests.pages import opened, page_text

pytestmark = pytest.mark.slow


def document(data: Snapshot, name: str) -> Document:
    return next(item for item in data.seeds.documents if item.source.id == name)


def source(**fields: str) -> Source:
    known = {"id": "a.2025", "kind": "document", "publisher": "P", "title": "T", "citation": "C"}
    file = SourceFile(name="a.txt", sha256="0" * 64)
    return Source.model_validate({**known, "files": (file,), **fields})


# --- citations


BIBTEX = [
    ({}, "title = {{T}},"),
    ({}, "@misc{a.2025,"),
    ({"title": "not stated"}, "title = {{[Title not stated]}},"),
    ({"title": r"50% of {A} & B_1 \ #2 ~ ^"},
     r"title = {{50\% of \{A\} \& B\_1 \textbackslash{} \#2 \textasciitilde{} \textasciicircum{}}},"),
    ({"author": "Ksenia Kulakova"}, "author = {Ksenia Kulakova},"),
    ({"kind": "dataset edition", "publisher": "A Survey"}, "author = {{A Survey}},"),
    ({"kind": "dataset edition", "title": "Summaries", "edition": "2025"}, "title = {{Summaries 2025}},"),
    ({"published": "2025-03-31"}, "year = {2025},\n  month = {3},\n  day = {31},"),
    ({"published": "2025-03"}, "year = {2025},\n  month = {3},\n  note"),
    ({"published": "spring of 2025"}, "note = {Published spring of 2025. Text read"),
    ({"address": "https://doi.org/10.5066/P144BA54"}, "doi = {10.5066/P144BA54},"),
    ({"address": "https://a.b/{x}"}, "url = {https://a.b/%7Bx%7D},"),
    ({"licence": "CC0"}, "note = {Licence: CC0. Text read: a.txt, SHA-256 000"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "line"), BIBTEX, ids=[line[:40] for _, line in BIBTEX])
def test_bibtex(fields: dict[str, str], line: str) -> None:
    assert line in bibtex(source(**fields))


RIS = [
    ({}, "TY  - NEWS"),
    ({"kind": "dataset edition"}, "TY  - DATA"),
    ({"title": "Two\nlines"}, "TI  - Two lines"),
    ({"author": "A. Writer"}, "AU  - A. Writer"),
    ({"published": "2025-03-31"}, "DA  - 2025/03/31"),
    ({"published": "2025"}, "DA  - 2025//"),
    ({"accessed": "2025-04-01"}, "Y2  - 2025/04/01"),
    ({"address": "https://doi.org/10.5066/P144BA54"}, "DO  - 10.5066/P144BA54"),
    ({"edition": "2025"}, "ET  - 2025"),
]


@pytest.mark.parametrize(("fields", "line"), RIS, ids=[line for _, line in RIS])
def test_ris(fields: dict[str, str], line: str) -> None:
    assert line in ris(source(**fields)).split("\r\n")


def test_what_is_not_stated_is_left_out_of_citations(data: Snapshot) -> None:
    for item in [*(d.source for d in data.seeds.documents), *(e.source for e in data.catalogue.editions)]:
        assert "not stated" not in bibtex(item).replace("[Title not stated]", "")
        assert "not stated" not in ris(item).replace("[Title not stated]", "")


def test_every_bibtex_entry_is_balanced_and_every_record_ends(data: Snapshot) -> None:
    sources = [*(d.source for d in data.seeds.documents), *(e.source for e in data.catalogue.editions)]
    text = re.sub(r"\\[{}]", "", all_bibtex(sources))
    assert text.count("{") == text.count("}")
    assert len(re.findall(r"^@misc\{", text, re.M)) == len(sources)
    lines = all_ris(sources).split("\r\n")
    assert lines.count("ER  - ") == len(sources)
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines if line)


# --- tables as HTML


CELLS = [
    ("<b>", "&lt;b&gt;"),
    (1234567, "1,234,567"),
    ("not stated", '<span class="unstated">not stated</span>'),
    (Html("<b>x</b>"), "<b>x</b>"),
    (link_html("javascript:alert(1)"), "javascript:alert(1)"),
    (link_html('https://a.b/"><script>'), 'href="https://a.b/&quot;&gt;&lt;script&gt;"'),
]


@pytest.mark.parametrize(("value", "html"), CELLS, ids=[html[:20] for _, html in CELLS])
def test_cells_are_escaped(value: object, html: str) -> None:
    assert html in table_html((Column('a"b'),), [(value,)])


def test_a_link_needs_a_web_address() -> None:
    assert "<a" not in link_html("javascript:alert(1)")


def test_many_files_are_folded_and_all_there() -> None:
    files = [SourceFile(name=f"f{n}.csv", sha256=f"{n:064x}", size=n) for n in range(77)]
    folded = files_html(files)
    assert "<summary>77 files" in folded
    assert all(file.sha256 in folded and file.name in folded for file in files)
    assert "<summary>" not in files_html(files[:1])


# --- what rests on a source


def test_every_source_is_listed_with_what_rests_on_it(data: Snapshot) -> None:
    found = {entry.source.id: entry for entry in entries(data.seeds, data.catalogue, data.sizes)}
    assert len(found) == len(data.seeds.documents) + len(data.catalogue.editions)
    assert found["moscow-times-2025-03-31"].rests == "5 figures, 3 events"
    assert found["unnamed-003"].rests == "1 figure, 3 events"
    assert found["unnamed-003"].name.endswith("(unnamed-003)")
    size = len(data.of_edition(data.installed("usgs-mcs", "2025")))
    assert found["usgs-mcs.2025"].rests == f"{size:,} figures"


def test_facts_say_what_is_not_stated(data: Snapshot) -> None:
    found = entries(data.seeds, data.catalogue, data.sizes)
    by_id = {entry.source.id: dict(facts(entry)) for entry in found}
    unnamed = by_id["unnamed-003"]
    assert {unnamed[label] for label in ("publisher", "title", "author", "published", "licence")} == {
        "not stated"
    }
    assert "bfe646d4db8dcb55e71fabe6462396556edf228be28a927e675080c0f0c3c3c0" in str(unnamed["file read"])
    assert by_id["usgs-mcs.2024"]["published"] == "30 January 2024"
    assert str(by_id["usgs-mcs.2024"]["files read"]).count("mcs2024-lithi_world.csv") == 1


def test_claims_of_a_document(data: Snapshot) -> None:
    lines = claim_lines(document(data, "moscow-times-2025-03-31"), data.checks)
    printed, figure, about, defined, paragraph, chain, beside = lines[1]
    assert (printed, figure) == ("“including 28.5 million tons of rare earth metals”", "28.5 Mt")
    assert (paragraph, beside) == (13, "not comparable (7.5× USGS 2026): class and basis not stated")
    assert chain == "Russia's Natural Resources Ministry → Izvestia → The Moscow Times"
    assert "Rare earths, Russia" in str(about)
    assert defined == "class not stated, basis not stated"
    assert claim_lines(document(data, "unnamed-002"), data.checks) == []


def test_events_of_a_document(data: Snapshot) -> None:
    lines = mentioned(document(data, "moscow-times-2025-03-31"), data.seeds.events)
    assert [line[1] for line in lines] == [
        "1 February 2025 to 28 February 2025",
        "30 March 2025",
        "31 March 2025",
    ]
    assert "(the documents disagree on the date)" in str(lines[1][0])


QUOTES = [("plain", "“plain”"), ("“far more” reserves", "“far more” reserves")]


@pytest.mark.parametrize(("printed", "shown"), QUOTES)
def test_phrases_are_quoted_once(printed: str, shown: str) -> None:
    assert quoted(printed) == shown


@pytest.mark.parametrize("edition", ["2023", "2024", "2025", "2026"])
def test_figures_of_an_edition_add_up(data: Snapshot, edition: str) -> None:
    own = data.of_edition(data.installed("usgs-mcs", edition))
    lines = measure_lines(own)
    assert sum(int(str(line[3])) for line in lines) == len(own)
    for _, _, _, figures, *parts in lines:
        assert all(int(str(part)) >= 0 for part in parts)
        assert sum(int(str(part)) for part in parts) == figures


RANKS = [
    ("2023", "3rd", "does not hold"),
    ("2024", "4th", "does not hold"),
    ("2025", "5th", "holds"),
    ("2026", "4th", "open"),
]


@pytest.mark.parametrize(("edition", "rank", "outcome"), RANKS)
def test_claims_held_against_an_edition(data: Snapshot, edition: str, rank: str, outcome: str) -> None:
    claims = [claim for claim in data.seeds.claims if has_statistics(claim)]
    lines = check_lines(data.installed("usgs-mcs", edition), claims, data.checks)
    assert len(lines) == len(claims)
    found = next(line for line in lines if "rank Russia fifth" in str(line[0]))
    assert found[2:4] == (rank, outcome)
    assert not any("billion" in str(line[0]) for line in lines)


def test_rows_of_an_edition_are_as_printed(data: Snapshot) -> None:
    own = data.of_edition(data.installed("usgs-mcs", "2025"))
    table = row_table(own[own["mineral"] == "rare-earths"])
    russia = table[(table["place"] == "Russia") & (table["measure"] == "Reserves")].iloc[0]
    assert (russia["figure"], russia["printed"], russia["row"]) == ("3.8 Mt", "3800000", 891)
    assert russia["file"] == "MCS2025_World_Data.csv"


# --- the pages


def bodies(at: AppTest) -> str:
    return page_text(at)


PAPER = re.compile('<div class="on-paper">(.*?)</div>', re.DOTALL)


def test_the_page_lists_all_sources_and_opens_none_but_prints_each(data: Snapshot) -> None:
    at = opened("sources")
    assert len(at.expander) == 12
    assert "SHA-256" not in PAPER.sub("", bodies(at))
    printed = unescape(" ".join(PAPER.findall(bodies(at))))
    every = [entry.source.citation for entry in entries(data.seeds, data.catalogue, data.sizes)]
    assert [text for text in every if text not in printed] == []
    assert printed.count("<p>") == 12
    assert "5 documents and 4 editions" in bodies(at)


def test_a_link_opens_one_source() -> None:
    at = opened("sources", source="moscow-times-2025-03-31")
    shown = PAPER.sub("", bodies(at))
    assert "e35833334e7cf04f16cf69b8df6e48d9114afdd1edc481837891fd76852ffbc7" in shown
    assert "“658 million metric tons of rare metals”" in shown
    assert "holds in 1 of 4 editions" in shown
    assert "bfe646d4db8dcb55e71fabe6462396556edf228be28a927e675080c0f0c3c3c0" not in shown


def test_a_link_to_no_source_opens_none() -> None:
    assert "SHA-256" not in PAPER.sub("", bodies(opened("sources", source="../../etc")))


def test_an_edition_shows_its_files_checks_and_the_rows_of_a_mineral() -> None:
    at = opened("sources", source="usgs-mcs.2023")
    assert "<summary>77 files" in bodies(at)
    assert "Claims held against it" in bodies(at)
    assert at.selectbox[0].value == "rare-earths"
    at.selectbox[0].select("lithium").run()
    assert not at.exception
    assert set(at.dataframe[0].value["file"]) == {"mcs2023-lithi_world.csv"}


def test_every_word_has_its_definition_on_the_page() -> None:
    shown = bodies(opened("words"))
    terms = [*Status, *ReserveClass, *Scheme, *Basis, *Measure, *Modality, *Kind, *Relation]
    wanted = {code_html(str(term)) for term in terms} | {str(text_html(term.definition)) for term in terms}
    assert {text for text in wanted if text not in shown} == set()


# --- one country's own account


def test_editions_of_one_countrys_account_are_listed_with_what_is_not_at_hand() -> None:
    app = opened("sources", source="usgs-mcs-us.2026")
    labels = [item.label for item in app.expander]
    assert [label.partition("**")[2].partition("**")[0] for label in labels[-3:]] == [
        f"U.S. statistics of USGS Mineral Commodity Summaries, edition {year}" for year in (2026, 2024, 2023)
    ]
    assert "in use" in labels[-3]
    shown = page_text(app)
    assert "One country’s own account" in shown
    assert "Of U.S. statistics of USGS Mineral Commodity Summaries no edition 2025 is at hand" in shown
    assert "582a0aa231aea53d8a97dc8d1cd3dfa5f885cf3760353e3d029d7f0ae4fbaaf5" in shown
    assert "Net import reliance" in shown
    assert "No claim is held against it." not in shown
