"""The version in the link: a session follows each change, a link made before one shows what it showed."""

from __future__ import annotations

from time import monotonic

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.intake.claim import new_seed
from dashboard.topics import TOPICS
from dashboard.ui import session
from dashboard.ui.caches import forget
from loaders.store import catalogue, empty, install, read_edition, remove, use, write_seed
from tests import pages
from tests.checkout import APP
from tests.dashboard.intake.test_claim import CLAIM, SOURCE

pytestmark = pytest.mark.slow


def opened(version: str = "") -> AppTest:
    """The page Figures with the ranking of countries open."""
    app = AppTest.from_file(str(APP), default_timeout=60)
    app.query_params["open"] = "ranked-russia-rare-earths-rank"
    if version:
        app.query_params["asOf"] = version
    return app.switch_page("views/figures.py").run()


def footer(app: AppTest) -> str:
    return next(item.proto.body for item in app.get("html") if 'class="footer"' in item.proto.body)


def in_link(app: AppTest) -> str:
    value = app.query_params["asOf"]
    return value[0] if isinstance(value, list) else value


def replaced() -> None:
    """Another edition of 2025, in which Russia's reserves are halved."""
    item = catalogue().get("usgs-mcs", "2025")
    table = read_edition(item)
    russia = (
        (table["mineral"] == "rare-earths") & (table["measure"] == "reserves") & (table["place"] == "RUS")
    )
    table.loc[russia, "value"] /= 2
    install(table, item.dataset, item.edition)


def test_a_session_follows_a_change_at_its_next_run() -> None:
    first, second = opened(), opened()
    before = catalogue().version
    assert [in_link(app) for app in (first, second)] == [before[:12]] * 2
    replaced()
    for app in (first.run(), second.run()):
        assert not app.exception
        assert catalogue().version[:8] in footer(app)
        assert in_link(app) == catalogue().version[:12] != before[:12]
        assert not app.info


def test_a_session_opened_by_a_link_to_the_present_follows_a_change_too() -> None:
    app = opened(catalogue().version[:12])
    replaced()
    app.run()
    assert not app.info
    assert catalogue().version[:8] in footer(app)


def test_a_link_made_before_a_change_shows_what_it_showed() -> None:
    before = catalogue().version
    old_tiles = _tiles(opened())
    replaced()
    present = opened()
    assert _tiles(present) != old_tiles
    app = opened(before[:12])
    assert "before the data changed" in app.info[0].value
    assert before[:8] in footer(app)
    assert in_link(app) == before[:12]
    assert _tiles(app) == old_tiles
    next(button for button in app.button if button.label == "Show the present data").click()
    app.run()
    assert catalogue().version[:8] in footer(app)
    assert not app.info
    assert _tiles(app) == _tiles(present)


def _tiles(app: AppTest) -> list[str]:
    """All that the page says outside of charts, but for the version."""
    return [item.proto.body for item in app.get("html") if 'class="footer"' not in item.proto.body]


@pytest.mark.parametrize("asked", ["0" * 12, "../../store", "x", "*"])
def test_a_version_that_is_not_here_is_told(asked: str) -> None:
    app = opened(asked)
    assert not app.exception
    assert "cannot be shown" in app.warning[0].value
    assert catalogue().version[:8] in footer(app)


def test_the_version_of_the_documents_follows_them_and_a_change_is_told() -> None:
    app = opened()
    before = _documents(app)
    assert f"Documents version {before[:8]}: 5 documents." in footer(app)
    write_seed(new_seed(SOURCE, CLAIM).encode())
    app.run()
    assert _documents(app) != before
    assert f"Documents version {_documents(app)[:8]}: 6 documents." in footer(app)
    assert not app.info
    later = AppTest.from_file(str(APP), default_timeout=60)
    later.query_params["asOf"], later.query_params["documents"] = catalogue().version[:12], before
    later.run()
    assert "since this link was made" in later.info[0].value
    next(button for button in later.button if button.label == "Understood").click()
    later.run()
    assert not later.exception
    assert not later.info


def _documents(app: AppTest) -> str:
    value = app.query_params["documents"]
    return value[0] if isinstance(value, list) else value


def test_a_version_that_was_emptied_is_told() -> None:
    replaced()
    version = catalogue().version
    remove("usgs-mcs", "2025")
    assert "before the data changed" in opened(version).info[0].value
    empty()
    assert "cannot be shown" in opened(version).warning[0].value


UNSAID = "class and basis not stated"
NOW, THEN = (f"not comparable ({words}): {UNSAID}" for words in ("7.5× USGS 2026", "2.9× USGS 2024"))
FOLLOWS = [
    # page and claim, what it says with 2026 in use, what it says after going back to 2024
    (
        ("figures", ""),
        ["7.5 times the latest statistic", NOW],
        ["2.9 times the statistic of edition 2024", THEN],
    ),
    (
        ("claims", "russia-rare-earths-rank"),
        ["2026 (4th at best, 5th with India, in use)", "USGS 2026 (in use)"],
        ["2024 (4th, in use)", "USGS 2024 (in use)"],
    ),
    (("claims", ""), [NOW], [THEN]),
    (("explore", ""), ["edition 2026."], ["edition 2024."]),
    (("concentration", ""), ["Summaries, edition 2026."], ["Summaries, edition 2024."]),
    (("revisions", ""), ["In use: edition 2026."], ["In use: edition 2024."]),
]


@pytest.mark.parametrize(("where", "before", "after"), FOLLOWS, ids=[" ".join(case[0]) for case in FOLLOWS])
def test_going_back_to_an_edition_is_followed_by_an_open_page(
    where: tuple[str, str], before: list[str], after: list[str]
) -> None:
    page, claim = where
    app = pages.opened(page, claim=claim) if claim else pages.opened(page)
    shown = _text(app)
    assert all(words in shown for words in before)
    assert not any(words in shown for words in after)
    use("usgs-mcs", "2024")
    shown = _text(pages.settled(app.run()))
    assert all(words in shown for words in after)
    assert not any(words in shown for words in before)


def test_going_back_changes_the_choices_of_pages() -> None:
    app = opened()
    assert _edition_of_ranks(app) == "usgs-mcs.2026"
    app.switch_page("views/explore.py").run()
    app.switch_page("views/concentration.py").run()
    app.switch_page("views/figures.py").run()
    use("usgs-mcs", "2024")
    app.run()
    assert not app.exception
    assert _edition_of_ranks(app) == "usgs-mcs.2024"
    for page in ("explore", "concentration"):
        app.query_params.clear()
        app.switch_page(f"views/{page}.py").run()
        assert not app.exception
        assert next(box.value for box in app.selectbox if box.label == "Edition") == "usgs-mcs.2024"


def test_an_edition_of_choice_is_not_followed_away() -> None:
    app = opened().switch_page("views/explore.py").run()
    app.selectbox(key="explore-edition").set_value("usgs-mcs.2025").run()
    use("usgs-mcs", "2024")
    app.run()
    assert app.selectbox(key="explore-edition").value == "usgs-mcs.2025"
    assert "edition 2025." in _text(app)


def test_the_page_sources_says_which_edition_is_in_use() -> None:
    use("usgs-mcs", "2024")
    app = opened().switch_page("views/sources.py").run()
    labels = [fold.label for fold in app.expander if "edition 20" in fold.label]
    of_one_country = [label for label in labels if "U.S. statistics" in label]
    shown = [label.endswith(", in use") for label in labels if label not in of_one_country]
    assert shown == [False, False, True, False]
    assert [label.endswith(", in use") for label in of_one_country] == [True, False, False]


def _text(app: AppTest) -> str:
    return pages.page_text(app)


def _edition_of_ranks(app: AppTest) -> str:
    """The edition whose ranking the page Figures shows."""
    return next(str(item.value) for item in app.get("button_group") if item.label == "Edition")


def test_a_link_of_old_that_names_the_version_otherwise_goes_on_working() -> None:
    before = catalogue().version
    replaced()
    app = AppTest.from_file(str(APP), default_timeout=60)
    app.query_params["version"] = before[:12]
    app.run()
    assert "before the data changed" in app.info[0].value
    assert before[:8] in footer(app)
    assert in_link(app) == before[:12]
    assert "version" not in app.query_params


def test_first_views_are_made_once_nobody_chooses_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    monkeypatch.setattr(session, "answer", lambda topic, *_: made.append(topic.NAME))
    forget()
    begun = monotonic()
    session.view(TOPICS[0], {}, session.current(present=True))
    session.make_first_views(quiet=0.4)
    assert monotonic() - begun >= 0.4
    assert made == [TOPICS[0].NAME, *(topic.NAME for topic in TOPICS)]
    forget()
