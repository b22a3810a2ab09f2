"""The page Read an article: handed in, reviewed beside the statistics, mended, kept, taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import loaders.store.seeds as seeds_of_store
from loaders.store import all_seeds, own_seeds
from tests.checkout import SEEDS
from tests.dashboard.intake.test_review import TEXT
from tests.pages import opened, page_text

pytestmark = pytest.mark.slow

MOST_CLICKS = 12


def _settled(at: AppTest) -> AppTest:
    assert not at.exception, at.exception
    return at


def _page() -> AppTest:
    return opened("article")


def _words(at: AppTest) -> str:
    return page_text(at)


def _read(text: str = TEXT) -> AppTest:
    at = _page()
    at.text_area[0].set_value(text)
    return _press(at, "Read this text")


def _press(at: AppTest, label: str) -> AppTest:
    return _settled(next(button for button in at.button if button.label == label).click().run())


def _labels(at: AppTest) -> list[str]:
    return [button.label for button in at.button]


def _accept_all(at: AppTest) -> int:
    """Every one accepted, or left out where it cannot be kept; how many clicks that took."""
    clicks = 0
    while " 0 waiting" not in _words(at):
        accept = at.button(key="article-accept")
        _settled((at.button(key="article-leave") if accept.disabled else accept).click().run())
        clicks += 1
        assert clicks < 50
    return clicks


def test_the_page_begins_with_a_box_for_a_text_and_one_for_a_file() -> None:
    at = _page()
    assert at.text_area[0].label == "Text of the article"
    assert at.file_uploader[0].label.startswith("Or a file")
    assert _labels(at) == ["Read this text"]


def test_a_text_is_shown_with_its_cards_and_the_statistics() -> None:
    at = _read()
    assert {"Accept", "Mend", "Leave out", "Next", "Back", "Undo", "Read another article"} <= set(_labels(at))
    words = _words(at)
    assert "Cobalt under the Andes" in words
    assert "Beside the statistics" in words
    assert "of 6 · paragraph" in words


def test_a_reload_and_back_and_forward_show_the_same_review() -> None:
    at = _read()
    _settled(at.button(key="article-accept").click().run())
    name = at.query_params["review"]

    again = opened("article", review=name)
    assert "1 accepted, " in _words(again)
    del again.query_params["review"]
    assert _labels(_settled(again.run())) == ["Read this text"]
    again.query_params["review"] = name
    assert "1 accepted, " in _words(_settled(again.run()))


def test_of_a_long_list_a_part_stands_on_the_page() -> None:
    at = _read("\n".join(f"Chile mined {number} tonnes of lithium in 2024." for number in range(1000, 1250)))
    assert "more before these" not in _words(at)
    assert "150 more after these." in _words(at)
    at = _settled(at.button(key="article-line-f100").click().run())
    at = _press(at, "Next")
    assert "100 more before these." in _words(at)
    assert "50 more after these." in _words(at)
    assert "Figure 101 of 250" in _words(at)


def test_a_link_to_a_review_that_is_held_no_more_says_so() -> None:
    at = opened("article", review="gone")
    assert "This review is gone." in _words(at)
    assert _labels(at) == ["Read this text"]
    assert "review" not in at.query_params


def test_a_file_is_read_as_soon_as_it_is_handed_in() -> None:
    at = _page()
    at.file_uploader[0].upload("andes.txt", TEXT.encode())
    at = _settled(at.run())
    assert "Cobalt under the Andes" in _words(at)


@pytest.mark.parametrize(
    ("text", "words"),
    [("", "There is no text yet"), ("lithium " * 700_000, "too long to be an article")],
    ids=["empty", "five megabytes"],
)
def test_what_cannot_be_read_is_said(text: str, words: str) -> None:
    at = _read(text)
    assert words in at.error[0].value
    assert "Read this text" in _labels(at)
    assert not at.text_area[0].value


def test_what_is_accepted_is_kept_shown_on_claims_and_taken_back() -> None:
    at = _read()
    _accept_all(at)
    keep = next(label for label in _labels(at) if label.startswith("Keep "))
    at = _press(at, keep)
    assert "Kept" in at.success[0].value
    files = own_seeds()
    assert len(files) == 1
    text = files[0].content.decode()
    assert "Chile's mining ministry says that" not in text
    assert not list((files[0].path.parent.parent / "articles").glob("*"))
    claims = [claim for claim in all_seeds().claims if claim.id.startswith("the-andes")]
    assert len(claims) >= 3
    other = _settled(at.switch_page("views/claims.py").run())
    assert f'id="{claims[0].id}"' in _words(other)
    at = _settled(at.switch_page("views/article.py").run())
    at = _press(at, "Take it back")
    assert not own_seeds()
    assert " 0 waiting" in _words(at)


def test_the_text_is_kept_where_it_is_asked_for(own_home: Path) -> None:
    at = _read()
    at.button(key="article-accept").click().run()
    at.checkbox(key="article-keep-text").check()
    at = _settled(at.button(key="article-keep").click().run())
    kept = list((own_home / "articles").glob("*.txt"))
    assert [path.read_text(encoding="utf-8").strip() for path in kept] == [TEXT.strip()]
    at = _press(at, "Take it back")
    assert not list((own_home / "articles").glob("*.txt"))


def test_a_figure_is_mended_in_the_fields_of_a_claim() -> None:
    at = _read()
    at = _settled(at.button(key="article-mend").click().run())
    prefix = next(box.key for box in at.selectbox if box.label == "Place *").removesuffix("claims.place")
    at.selectbox(key=f"{prefix}claims.place").set_value("PER")
    at.number_input(key=f"{prefix}claims.paragraph").set_value(1)
    at = _press(at, "Accept as mended")
    assert "does not stand in paragraph 1" in _words(at)
    at.number_input(key=f"{prefix}claims.paragraph").set_value(4)
    at.number_input(key=f"{prefix}claims.year").set_value(2023)
    at = _press(at, "Accept as mended")
    assert "1 accepted" in _words(at)
    mended = next(iter(at.session_state["article-open"].review.mended.values()))
    assert (mended["place"], mended["year"]) == ("PER", 2023)
    assert "· Peru ·" in _labels(at)[[label[:1] for label in _labels(at)].index("●")]
    at = _press(at, "Back")
    assert "Peru" in _words(at)
    assert "mended by a person" in _words(at)
    at = _press(at, "Undo")
    at = _press(at, "Undo")
    assert "0 accepted" in _words(at)


def test_the_citation_is_completed_and_the_chains_follow() -> None:
    at = _read()
    box = next(item for item in at.text_input if item.label == "Publisher")
    at = _settled(box.set_value("El Correo").run())
    at = _settled(at.button(key="article-accept").click().run())
    at = _settled(at.button(key="article-keep").click().run())
    assert all_seeds().documents[-1].source.publisher == "El Correo"
    assert all_seeds().claims[-1].chain[-1] == "El Correo"


def test_a_known_figure_says_so() -> None:
    at = _read()
    for _ in range(8):
        if "Known already" in _words(at):
            break
        at = _press(at, "Next")
    assert "russia-rare-earths-holdings" in _words(at)


def test_a_text_about_nothing_says_that_nothing_is_found() -> None:
    assert "states no figure of a mineral" in _words(_read("Nothing of note happened in the village today."))


@pytest.mark.published
def test_the_document_of_the_moscow_times_takes_twelve_clicks(
    shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the box for files to the kept seed file, in a house that does not know the document yet."""
    others = tmp_path / "seeds"
    others.mkdir()
    for path in SEEDS.glob("*.toml"):
        if not path.name.startswith("moscow-times"):
            (others / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(seeds_of_store, "bundled_folder", lambda _name: others)
    at = _page()
    file = next((shared / "documents").glob("004_*.txt"))
    at.file_uploader[0].upload(file.name, file.read_bytes())
    at = _settled(at.run())
    clicks = 2 + _accept_all(at) + 1  # the box and the file in it; each figure and event; keep
    at = _settled(at.button(key="article-keep").click().run())
    assert clicks <= MOST_CLICKS
    document = all_seeds().documents[-1]
    assert sorted(claim.value or claim.lower or 0 for claim in document.claims) == [0.01, 1, 5, 28.5e6, 658e6]
