"""Names that lead to pages: which there are, which of them a text has, and that each address opens."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qsl

import pytest

from dashboard.charts.strip import EvidenceLine
from dashboard.charts.view import Column
from dashboard.markup import strip_html, table_html
from dashboard.topics import country, dependence, mineral, prices, view_of
from dashboard.topics.name_pages import names_drawn, pages_of_names, parts_by_name, parts_of_sentence
from dashboard.topics.parameters import settle_asked
from dashboard.ui.name_links import linked_names
from tests.workspaces import bundled

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Chile", "country?place=CHL"),
        ("DR Congo", "country?place=COD"),
        ("Cobalt", "mineral?mineral=cobalt"),
        ("Rare earths", "mineral?mineral=rare-earths"),
        ("Dysprosium", "prices?mineral=dysprosium"),
        ("Heavy rare earths", "dependence?mineral=rare-earths-heavy"),
        ("Thulium", None),
        ("World", None),
        ("Other countries", None),
        ("Net receipts", None),
    ],
)
def test_a_name_leads_to_the_page_that_knows_it(name: str, address: str | None) -> None:
    assert pages_of_names(bundled()).get(name) == address


def test_every_address_opens_what_it_names() -> None:
    """A link carries what its page understands, and nothing that it has to refuse."""
    data = bundled()
    pages = {page.NAME: page for page in (mineral, country, prices, dependence)}
    for name, address in pages_of_names(data).items():
        page, _, query = address.partition("?")
        wanted = dict(parse_qsl(query))
        settled, missed = settle_asked(pages[page].PARAMETERS, wanted, data)
        assert missed == [], name
        assert wanted.items() <= settled.items()


# text -> the names in it that lead somewhere
TEXTS = [
    ("China 71 %, Malaysia 13 %; Japan and Estonia 5 %; others 6 %", "China Malaysia Japan Estonia"),
    ("Papua New Guinea", "Papua New Guinea"),
    ("Nigeria", "Nigeria"),
    ("Rare earths, mine production, 2025", "Rare earths"),
    ("Rare earths, Russia: reserves (asserted)", "Rare earths Russia"),
    ("Zinc ores", ""),
    ("no mineral, World", ""),
    ("from Chile", "Chile"),
    ("Compounds and metals", ""),
    ("", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "names"), TEXTS)
def test_the_names_in_a_text(text: str, names: str) -> None:
    parts = list(parts_by_name(text, bundled()))
    assert "".join(part for part, _ in parts) == text
    assert " ".join(part for part, address in parts if address) == names


def test_a_table_links_columns_of_names_alone_and_escapes_the_rest() -> None:
    columns = (Column("place", names=True), Column("note"))
    html = table_html(columns, [("Chile <b>", "Chile")], named=linked_names(bundled()))
    assert '<a class="name" href="country?place=CHL">Chile</a> &lt;b&gt;' in html
    assert html.count("<a ") == 1
    assert "<a " not in table_html(columns, [("Chile", "Chile")])


def test_a_card_links_the_place_and_what_it_is_about() -> None:
    data = bundled()
    view = view_of("explore", data, mineral="lithium", measure="reserves")
    html = strip_html([EvidenceLine([view.cards[-1]])], named=linked_names(data))
    assert 'href="country?place=CHL">Chile</a>' in html
    assert 'href="mineral?mineral=lithium">Lithium</a>' in html
    assert "<a class" not in strip_html([EvidenceLine([view.cards[-1]])])


def test_a_chart_names_what_it_draws_but_not_what_the_page_is_about() -> None:
    data = bundled()
    view = view_of("explore", data, mineral="lithium", measure="reserves")
    drawn = list(names_drawn(view, data))
    assert drawn[:3] == ["Lithium", "Chile", "Australia"]
    assert "Other countries" not in drawn
    of_mineral = replace(view, topic="mineral", asked=(("mineral", "lithium"),))
    of_country = replace(view, topic="country", asked=(("place", "CHL"),))
    assert list(names_drawn(of_mineral, data)) == drawn[1:]
    assert "Chile" not in names_drawn(of_country, data)


# topic, what is asked -> a sentence of its view, with the parts in brackets that lead somewhere
SENTENCES = [
    ("explore", {"mineral": "rare-earths"},
     "[China] holds most [rare earths]; China, [Brazil] and the first five hold more rare earths"),
    ("explore", {"mineral": "lead"}, "[Lead]: misleading; lead-zinc ores of [Peru], all lead"),
    ("explore", {"mineral": "lithium"}, "Nobody holds zinc, nickel or [lithium]"),
    ("mineral", {"mineral": "lithium"}, "Lithium of [Chile]; no lithium elsewhere"),
    ("prices", {"mineral": "platinum-group-metals"}, "No price of it, but of [palladium] and [rhodium]"),
    ("country", {"place": "CHL"}, "Chile is first for [lithium]: Chile, not [Peru]"),
]  # fmt: skip


@pytest.mark.parametrize(("topic", "asked", "sentence"), SENTENCES)
def test_a_name_in_a_sentence_leads_to_its_page_where_it_stands_first(
    topic: str, asked: dict[str, str], sentence: str
) -> None:
    data = bundled()
    text = sentence.replace("[", "").replace("]", "")
    parts = parts_of_sentence(text, view_of(topic, data, **asked), data)
    assert "".join(f"[{part}]" if address else part for part, address in parts) == sentence
