"""Several charts at once: what a link shows, and everything of a mineral or a country."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from streamlit.delta_generator import DeltaGenerator
from streamlit.testing.v1 import AppTest

from dashboard.charts.view import View
from dashboard.cli import batch
from dashboard.exports import EXPORTS, csv, file_of
from dashboard.exports.choices import Choices
from dashboard.snapshot import Snapshot
from dashboard.topics import view_of
from dashboard.topics.pages import PAGES, AskedChart, own_link
from dashboard.topics.subjects import NoChart, Subject, everything_of
from loaders.errors import UnknownName
from loaders.store import disk
from tests.checkout import APP
from tests.commands import Command

pytestmark = pytest.mark.slow

PAGE = "http://127.0.0.1:8501/"

# Everything of a mineral or a place -------------------------------------------------------------------


def test_everything_of_a_mineral_is_written_and_what_there_is_not_is_said(
    run: Command, tmp_path: Path, data: Snapshot
) -> None:
    done = run("export", "--all", "--mineral", "cobalt", "--kinds", "csv,json", "-o", tmp_path / "new")
    assert done.code == 0
    names = sorted(path.name for path in (tmp_path / "new").iterdir())
    tables = [name for name in names if name.endswith(".csv")]
    assert {
        "cobalt-mine-production-usgs-mcs.2026-2025.csv",
        "cobalt-reserves-usgs-mcs.2026-2025.csv",
        "concentration-cobalt-usgs-mcs.2026.csv",
        "dependence-cobalt-usa-usgs-mcs-us.2026.csv",
        "map-cobalt-reserves-usgs-mcs.2026-2025-amount.csv",
        "revisions-cobalt-mine-production-2024.csv",
        "revisions-cobalt-reserves-all.csv",
        "stages-cobalt-usgs-mcs.2026.csv",
    } <= set(tables)
    assert len(names) == 2 * len(tables)
    assert f" of {len(tables)}: cobalt-reserves-usgs-mcs.2026-2025\n" in done.err
    for told in (
        "Not shown: figures: no document states a figure of Cobalt\n",
        "Not shown: glance: it has no choice of a mineral or of a country\n",
        "Not shown: disagree --mineral cobalt: There is no mineral “Cobalt” to choose here",
    ):
        assert told in done.err
    assert done.out == f"Wrote {len(tables)} charts as csv, json into {tmp_path / 'new'}.\n"
    view = view_of("explore", data, mineral="cobalt", measure="reserves")
    written = tmp_path / "new" / "cobalt-reserves-usgs-mcs.2026-2025.csv"
    assert written.read_bytes() == csv.export(view, data.stamp)


def test_everything_of_a_place_shows_it_alone_and_of_a_mineral_its_claims(data: Snapshot) -> None:
    found = of_both = everything_of(Subject("lithium", "CHL"), data)
    asked = [item.asked for item in found if isinstance(item, AskedChart) and item.topic.NAME == "explore"]
    assert [(one["measure"], one["places"], one["which"]) for one in asked] == [
        ("reserves", "CHL", "chosen"),
        ("mine_production", "CHL", "chosen"),
    ]
    found = everything_of(Subject("rare-metals"), data)
    shown = {item.topic.NAME for item in found if isinstance(item, AskedChart)}
    assert shown == {"figures", "claims"}
    assert NoChart("explore", "no statistics of Rare metals") in found
    of_place = everything_of(Subject(place="CHL"), data)
    assert NoChart("concentration", "it shows a mineral with all its countries") in of_place
    reasons = {item.what: item.why for item in of_both if isinstance(item, NoChart)}
    assert reasons["country"] == "it shows a country with all its minerals"
    assert reasons["compare"] == "it compares several minerals or countries"
    assert len(of_place) > 20
    assert [
        item.asked["place"]
        for item in of_place
        if isinstance(item, AskedChart) and item.topic.NAME == "supplier"
    ] == ["CHL"]


def test_a_batch_that_is_stopped_leaves_whole_files_only(
    run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replaced, times = disk.os.replace, []

    def stop(old: str, new: str) -> None:
        times.append(new)
        if len(times) == 2:
            raise KeyboardInterrupt
        replaced(old, new)

    monkeypatch.setattr(disk.os, "replace", stop)
    done = run("export", "--all", "--mineral", "cobalt", "--kinds", "csv", "-o", tmp_path / "new")
    assert done.code == 130
    assert re.search(r"Stopped: 1 of \d+ charts written into", done.err)
    assert len(list((tmp_path / "new").iterdir())) == 1


def test_what_is_wrong_with_one_chart_does_not_stop_the_others(
    run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered = batch.answer

    def refused(topic: Any, asked: Any, data: Snapshot) -> View:
        if topic.NAME == "concentration":
            raise UnknownName("something is wrong.")
        return answered(topic, asked, data)

    monkeypatch.setattr(batch, "answer", refused)
    done = run("export", "--all", "--mineral", "cobalt", "--kinds", "csv", "-o", tmp_path)
    assert done.code == 1
    assert "Not shown: concentration --mineral cobalt --edition usgs-mcs.2026" in done.err
    every = int(re.findall(r"1 of (\d+):", done.err)[0])
    assert len(list(tmp_path.iterdir())) == every - 1


# Links ------------------------------------------------------------------------------------------------

LINKS = [
    ("explore?mineral=lithium&measure=reserves&edition=usgs-mcs.2025", "x.csv", "Chile holds"),
    ("revisions?mineral=rare-earths&measure=reserves", "x.csv", "Vietnam: reserves of rare earths went"),
    ("claims?claim=russia-rare-earths-rank&shown=russia-rare-earths-rank:usgs-mcs.2025", "x.csv", "is 5th"),
    (
        "figures?figure=rank-russia-rare-earths-rank",
        "x.csv",
        "ranks 5th in reserves of rare earths in 1 of 4 editions",
    ),
    ("concentration?mineral=cobalt&list=eu-2024", "folder", "Wrote 2 charts as csv"),
    ("?document=moscow-times-2025-03-31&figure=events", "folder", "Wrote 1 chart as csv"),
    ("claims?kind=rank&version=DATA&documents=abc", "folder", "Wrote 1 chart as csv"),
    ("claims?kind=rank&asOf=DATA", "folder", "Wrote 1 chart as csv"),
]


@pytest.mark.parametrize(("link", "name", "told"), LINKS, ids=[link for link, *_ in LINKS])
def test_a_link_is_made_into_what_it_shows(
    link: str, name: str, told: str, run: Command, tmp_path: Path, data: Snapshot
) -> None:
    address = PAGE + link.replace("DATA", data.version[:12])
    done = run("export", "--link", address, "--kinds", "csv", "-o", tmp_path / name)
    assert done.code == 0
    assert told in done.out
    assert ("A claim was added, changed or removed" in done.err) == ("documents=" in link)


REFUSED_LINKS = [
    ("words", "x.csv", "there is no page “words” with charts."),
    ("explore?mineral=unobtainium", "x.csv", "There is no mineral “unobtainium” to choose here"),
    ("explore?asOf=1234567890ab", "x.csv", "version 1234567890ab was never here"),
    ("concentration", "x.csv", "the link shows 2 charts, and there is one file."),
    ("explore", "x.gif", "no export has the ending “.gif”"),
]


@pytest.mark.parametrize(("link", "name", "told"), REFUSED_LINKS, ids=[link for link, *_ in REFUSED_LINKS])
def test_what_a_link_asks_in_vain_is_said(
    link: str, name: str, told: str, run: Command, tmp_path: Path
) -> None:
    done = run("export", "--link", PAGE + link, "-o", tmp_path / name)
    assert done.code == 1
    assert told in done.err
    assert not list(tmp_path.iterdir())


MISUSED = [
    ("", "a topic, --link or --all is missing"),
    ("--all -o x", "--all needs --mineral"),
    ("--link http://x/explore", "-o is missing"),
    ("--link http://x/explore --mineral cobalt -o x", "a link says itself what it shows"),
    ("--link http://x/explore --all -o x", "not allowed with"),
    ("--preset slide explore -o x.png", "the options of a topic stand behind it"),
    ("--mineral cobalt explore -o x.png", "the options of a topic stand behind it"),
]


@pytest.mark.parametrize(("words", "told"), MISUSED, ids=[words for words, _ in MISUSED])
def test_what_is_not_understood_is_said(words: str, told: str, run: Command) -> None:
    done = run("export", *words.split())
    assert done.code == 2
    assert told in done.err


def test_every_page_reads_its_links_by_its_own_parameters(data: Snapshot) -> None:
    for page in PAGES:
        link = batch.opened(f"{PAGE}{page.name}?{page.parameters[0].name}=x&other=1")
        assert list(link.wanted) == [page.parameters[0].name]
        assert link.data.version == data.version


def test_the_page_gives_the_same_bytes_as_the_command(
    run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: dict[str, Any] = {}
    monkeypatch.setattr(
        DeltaGenerator, "download_button", lambda _, label, data, **more: given.update({label: data})
    )
    app = AppTest.from_file(str(APP), default_timeout=120)
    app.query_params["mineral"] = "lithium"
    app.session_state["take-explore"] = True
    app.switch_page("views/explore.py").run()
    assert not app.exception
    link = PAGE + "explore?mineral=lithium"
    for kind in EXPORTS:
        output = tmp_path / f"x{kind.SUFFIX}"
        assert run("export", "--link", link, "-o", output).code == 0
        assert output.read_bytes() == given[kind.LABEL](), kind.NAME


OWN_LINKS = [
    ("figures", {"figure": "rank-russia-rare-earths-rank"}, "figure=rank-russia-rare-earths-rank"),
    (
        "figures",
        {"figure": "ranked-russia-rare-earths-rank", "edition": "usgs-mcs.2024"},
        "figure=ranked-russia-rare-earths-rank&shown=ranked-russia-rare-earths-rank:usgs-mcs.2024",
    ),
    ("claims", {"claim": "russia-rare-earths-rank"}, "claim=russia-rare-earths-rank"),
    (
        "claims",
        {"claim": "russia-rare-earths-rank", "edition": "usgs-mcs.2025"},
        "claim=russia-rare-earths-rank&shown=russia-rare-earths-rank:usgs-mcs.2025",
    ),
    ("explore", {}, ""),
]


@pytest.mark.parametrize(("topic", "wanted", "link"), OWN_LINKS, ids=[case[2] for case in OWN_LINKS])
def test_the_link_to_one_chart_of_several_shows_it_alone(
    topic: str, wanted: dict[str, str], link: str, data: Snapshot
) -> None:
    view = view_of(topic, data, **wanted)
    assert own_link(view) == link
    if link:
        (shown,) = batch.shown_by(batch.opened(f"{PAGE}{topic}?{link}"))
        assert shown == AskedChart(shown.topic, dict(view.asked))


# From Python ------------------------------------------------------------------------------------------


def test_what_is_asked_in_vain_from_python_is_an_error(data: Snapshot) -> None:
    for words in ({"name": "nothing"}, {"name": "explore", "edit": "x"}, {"name": "explore", "mineral": "x"}):
        with pytest.raises(UnknownName):
            view_of(words.pop("name"), data, **words)
    view = view_of("explore", data)
    with pytest.raises(UnknownName, match="no kind of file"):
        file_of("gif", view, data.stamp)
    with pytest.raises(UnknownName, match="nothing to draw"):
        file_of("csv", View("key", empty="Nothing."), data.stamp)
    assert file_of("csv", view, data.stamp, Choices()) == csv.export(view, data.stamp)
