"""Parameters of a topic: what is asked for is settled, what is missing is said, a link says what is shown."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard.snapshot import Snapshot
from dashboard.topics import TOPICS, claims, concentration, explore, figures, glance, revisions
from dashboard.topics.parameters import (
    Linked,
    Parameter,
    Topic,
    codes_of,
    link_of,
    none_of_them,
    settle_asked,
)

NOTHING: Any = None
"""A snapshot that nobody looks at."""

FORMS = {"iron": ["ore", "steel"], "gold": ["ore"], "zinc": ["steel", "oxide"]}
PARAMETERS = (
    Parameter("metal", "Metal", lambda *_: list(FORMS), words=lambda code, _: code.capitalize(),
              yields_to=("form", "year")),
    Parameter("form", "Kind of form", lambda _, asked: FORMS[asked["metal"]], linked=Linked.IF_SEVERAL,
              yields_to=("year",)),
    Parameter("year", "Output of", lambda _, asked: [] if asked["form"] == "steel" else ["2024", "2023"]),
    Parameter("places", "Places", lambda *_: ["CHL", "PER"], none_of_them, many=True,
              unknown="No place has the code {}."),
    Parameter(
        "order", "Sorted by", lambda *_: ["size", "name"], lambda *_: "name", linked=Linked.UNLESS_DEFAULT
    ),
)  # fmt: skip
IRON = {"metal": "iron", "form": "ore", "year": "2024", "places": "", "order": "name"}

SETTLED = [
    ("nothing is asked", {}, {}, []),
    ("all as asked", {"metal": "iron", "form": "ore", "year": "2023", "places": "PER,CHL", "order": "size"},
     {"year": "2023", "places": "PER,CHL", "order": "size"}, []),
    ("what depends on another", {"metal": "gold", "form": "steel"}, {"metal": "gold"},
     ["There is no form “steel” to choose here; this is ore."]),
    ("the first with which what is asked for can be had", {"form": "oxide"},
     {"metal": "zinc", "form": "oxide"}, []),
    ("the same with a default between", {"metal": "zinc", "year": "2023"},
     {"metal": "zinc", "form": "oxide", "year": "2023"}, []),
    ("nothing leaves it", {"form": "wire"}, {}, ["There is no form “wire” to choose here; this is ore."]),
    ("unknown, by its words", {"metal": "tin"}, {},
     ["There is no metal “Tin” to choose here; this is Iron."]),
    ("no options at all", {"form": "steel"}, {"form": "steel", "year": ""}, []),
    ("asked where there are none", {"form": "steel", "year": "2024"}, {"form": "steel", "year": ""},
     ["There is no year “2024” to choose here."]),
    ("under its own name", {"year": "1815"}, {}, ["There is no year “1815” to choose here; this is 2024."]),
    ("a long one is cut", {"order": "x" * 60}, {},
     [f"There is no order “{'x' * 40}” to choose here; this is name."]),
    ("codes, each once", {"places": "CHL,,CHL"}, {"places": "CHL"}, []),
    ("unknown codes", {"places": "XXX,PER,WLD"}, {"places": "PER"},
     ["No place has the code “XXX”, “WLD”."]),
    ("by a name", {"places": "Chile,Peru,PER"}, {"places": "CHL,PER"}, []),
    ("by a symbol's name", {"metal": "Zink"}, {"metal": "zinc", "form": "steel", "year": ""}, []),
    ("what is no parameter", {"colour": "red"}, {}, []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("wanted", "expected", "missed"), [case[1:] for case in SETTLED], ids=[case[0] for case in SETTLED]
)
def test_what_is_asked_is_settled(
    wanted: dict[str, str], expected: dict[str, str], missed: list[str]
) -> None:
    assert settle_asked(PARAMETERS, wanted, NOTHING) == ({**IRON, **expected}, missed)


LINKS = [
    ("defaults", {}, {"metal": "iron", "form": "ore", "year": "2024"}),
    ("only one form", {"metal": "gold"}, {"metal": "gold", "year": "2024"}),
    ("no year", {"form": "steel"}, {"metal": "iron", "form": "steel"}),
    ("places", {"places": "PER,CHL"}, {"metal": "iron", "form": "ore", "year": "2024", "places": "PER,CHL"}),
    ("another order", {"order": "size"},
     {"metal": "iron", "form": "ore", "year": "2024", "order": "size"}),
]  # fmt: skip


@pytest.mark.parametrize(("wanted", "link"), [case[1:] for case in LINKS], ids=[case[0] for case in LINKS])
def test_a_link_says_what_is_shown_and_is_read_back(wanted: dict[str, str], link: dict[str, str]) -> None:
    asked, _ = settle_asked(PARAMETERS, wanted, NOTHING)
    assert link_of(PARAMETERS, asked, NOTHING) == link
    assert settle_asked(PARAMETERS, link, NOTHING) == (asked, [])


@pytest.mark.parametrize(("text", "codes"), [("", ()), ("a", ("a",)), (",a,,b,a", ("a", "b"))])
def test_codes(text: str, codes: tuple[str, ...]) -> None:
    assert codes_of(text) == codes


# The topics ---------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.NAME)
def test_every_topic_has_defaults_that_a_link_names_again(topic: Topic, data: Snapshot) -> None:
    asked, missed = settle_asked(topic.PARAMETERS, {}, data)
    assert missed == []
    link = link_of(topic.PARAMETERS, asked, data)
    assert settle_asked(topic.PARAMETERS, link, data) == (asked, [])
    view = topic.view(asked, data)
    assert view.chart or view.empty


@pytest.mark.slow
@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.NAME)
def test_every_option_has_words_also_one_that_there_is_not(topic: Topic, data: Snapshot) -> None:
    asked, _ = settle_asked(topic.PARAMETERS, {}, data)
    for item in topic.PARAMETERS:
        assert all(item.words(option, data).strip() for option in item.options(data, asked))
        assert item.words("<no such option>", data) == "<no such option>"


OPENS: list[tuple[Any, dict[str, str], dict[str, str]]] = [
    # topic, a link as it was made by earlier versions, what it opens besides
    (explore, {"mineral": "rare-earths", "measure": "reserves", "edition": "usgs-mcs.2025",
               "places": "RUS,UKR"}, {"year": "2024", "which": "first", "unit": "auto", "basis": "printed"}),
    (explore, {"mineral": "rare-earths", "measure": "reserves", "edition": "usgs-mcs.2024"},
     {"year": "2023"}),
    (explore, {"mineral": "lithium", "measure": "mine_production", "edition": "usgs-mcs.2025"},
     {"year": "2024"}),
    (explore, {"mineral": "lithium", "measure": "mine_production", "edition": "usgs-mcs.2025", "year": "2023",
               "places": "AUS,UKR", "unit": "t"}, {}),
    (explore, {"mineral": "rare-earths", "edition": "usgs-mcs.2025", "unit": "kt"}, {"measure": "reserves"}),
    (explore, {"mineral": "rare-earths", "edition": "usgs-mcs.2025", "which": "chosen", "places": "AUS"},
     {"year": "2024"}),
    (explore, {"mineral": "cesium", "measure": "reserves", "edition": "usgs-mcs.2023"}, {"year": ""}),
    (explore, {"mineral": "rare-earths", "which": "chosen"}, {"edition": "usgs-mcs.2026", "places": ""}),
    (revisions, {"mineral": "rare-earths", "measure": "mine_production", "year": "2024", "places": "RUS"},
     {"dataset": "usgs-mcs", "which": "first"}),
    (revisions, {"mineral": "lithium", "measure": "reserves", "which": "all"}, {"year": "", "places": ""}),
    (concentration, {"mineral": "lithium", "edition": "usgs-mcs.2025"}, {}),
    (glance, {"edition": "usgs-mcs.2025", "list": "eu-2024", "sort": "name"}, {}),
    (glance, {"edition": "usgs-mcs.2025"}, {"list": "us-2025", "sort": "makes"}),
    (claims, {"claim": "russia-rare-earths-rank"}, {"edition": "all"}),
    (claims, {"claim": "russia-rare-earths-rank", "edition": "usgs-mcs.2023"}, {}),
    (figures, {"figure": "ranked-russia-rare-earths-rank", "edition": "usgs-mcs.2023"}, {}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("topic", "link", "besides"),
    OPENS,
    ids=[f"{topic.NAME} {'-'.join(link.values())}" for topic, link, _ in OPENS],
)
def test_links_of_today_open_the_same_views(
    topic: Any, link: dict[str, str], besides: dict[str, str], data: Snapshot
) -> None:
    asked, missed = settle_asked(topic.PARAMETERS, link, data)
    assert missed == []
    assert {name: asked[name] for name in (link | besides)} == link | besides
    again = link_of(topic.PARAMETERS, asked, data)
    assert link.items() <= again.items()
    assert settle_asked(topic.PARAMETERS, again, data) == (asked, [])
