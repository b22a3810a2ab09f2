"""The page Briefs: empty, several charts, a broken one, names of every kind."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.exports.briefs import BRIEF_EXPORTS
from loaders.store import brief_files, change_brief, new_brief, read_brief
from tests.dashboard.briefs.making import ASKED, GONE, NAMES, brief, item
from tests.figures import bundled_data
from tests.pages import opened, page_text, settled

pytestmark = pytest.mark.slow


def kept(name: str = "Rare earths: what is said") -> str:
    """The brief of the tests in the workspace."""
    made = new_brief(name)
    change_brief(made, lambda _: brief().renaming(name))
    return made


def press(app: AppTest, key: str) -> AppTest:
    return settled(app.button(key=key).click().run())


def told(app: AppTest) -> str:
    return " ".join([page_text(app), *(one.value for one in app.success), *(one.value for one in app.error)])


def test_without_a_brief_the_page_says_what_to_do() -> None:
    app = opened("briefs")
    assert "No briefs yet." in page_text(app)
    app.text_input(key="briefs-new-name").set_value("A brief").run()
    app = settled(next(one for one in app.button if one.label == "Make it").click().run())
    assert "No charts yet." in page_text(app)
    assert [file.name for file in brief_files()] == ["A brief"]


def test_a_brief_shows_its_charts_what_cannot_be_shown_and_why() -> None:
    kept()
    shown = page_text(opened("briefs"))
    for place, title in enumerate((one.title or one.finding for one in brief().items), 1):
        assert f"{place}. {title}" in shown
    assert "The first thought." in shown
    assert shown.count("It cannot be shown any more.") == 1
    assert "There is no edition “usgs-mcs.1999” now" in shown
    assert "It says something else today." not in shown


def test_charts_are_moved_worded_and_removed() -> None:
    name = kept()
    app = opened("briefs", brief=name)
    assert app.button(key=f"part-{name}-1-up").disabled
    app = press(app, f"part-{name}-1-down")
    assert [one.key for one in read_brief(name).items] == [2, 1, 3, 4, 5]
    app = press(app, f"part-{name}-5-up")
    app = press(app, f"part-{name}-3-remove")
    assert [one.key for one in read_brief(name).items] == [2, 1, 5, 4]
    app.session_state[f"part-{name}-1-words"] = True
    app = settled(app.run())
    app.text_input(key=f"part-{name}-1-title").set_value("=cmd|<b>x</b>")
    app.text_area(key=f"part-{name}-1-comment").set_value("One.\nTwo.")
    app = settled(next(one for one in app.button if one.label == "Keep").click().run())
    found = read_brief(name).items[1]
    assert (found.title, found.comment) == ("=cmd|<b>x</b>", "One.\nTwo.")
    assert "2. =cmd|&lt;b&gt;x&lt;/b&gt;" in page_text(app)


def test_a_finding_that_is_another_today_is_said() -> None:
    name = new_brief("x")
    then = item(*ASKED[0], bundled_data()).model_copy(update={"finding": "Of then"})
    change_brief(name, lambda one: one.adding(then))
    assert "It says something else today.</b> When it was added: Of then." in page_text(opened("briefs"))


def test_every_kind_of_file_is_offered_and_a_chart_is_drawn_when_it_is_opened() -> None:
    name = kept()
    app = opened("briefs", brief=name)
    assert not app.get("download_button")
    assert not app.get("plotly_chart")
    app.session_state[f"briefs-take-{name}"] = True
    app.session_state[f"part-{name}-1-chart"] = True
    app = settled(app.run())
    assert [one.proto.label for one in app.get("download_button")] == [kind.LABEL for kind in BRIEF_EXPORTS]
    assert "1 chart cannot be made any more" in page_text(app)
    assert len(app.get("plotly_chart")) == 1


def test_a_brief_is_renamed_and_deleted() -> None:
    name = kept()
    other = new_brief("Another")
    app = opened("briefs", brief=name)
    app.session_state[f"briefs-settings-{name}"] = True
    app = settled(app.run())
    app.text_input(key=f"briefs-{name}-name").set_value("A better name")
    app = press(app, f"briefs-{name}-rename")
    assert read_brief(name).name == "A better name"
    app = press(app, f"briefs-{name}-delete")
    assert [file.id for file in brief_files()] == [other]
    assert "The brief is deleted" in told(app)


def test_names_of_every_kind_are_shown_as_they_are() -> None:
    for name in NAMES:
        made = new_brief(name)
        change_brief(made, lambda one, name=name: one.adding(GONE).wording(1, name, name))
    for file in brief_files():
        assert file.brief is not None
        shown = page_text(opened("briefs", brief=file.id))
        assert "<b>left</b>" not in shown


def test_a_damaged_brief_is_told_of_and_the_others_are_shown(own_home: Path) -> None:
    kept()
    (own_home / "briefs" / "hurt.json").write_text("{", encoding="utf-8")
    app = opened("briefs")
    assert "damaged" in told(app)
    assert "The first thought." in page_text(app)
    assert (own_home / "briefs" / "hurt.json").read_text(encoding="utf-8") == "{"


def test_a_link_to_a_brief_that_is_gone_says_so() -> None:
    kept()
    assert "There is no brief “nobody” to choose here" in page_text(opened("briefs", brief="nobody"))
