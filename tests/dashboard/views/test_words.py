"""Words: one box for every word, and an index of all."""

from __future__ import annotations

from tests.pages import opened, page_text, settled


def test_a_word_is_found_and_stands_in_the_link() -> None:
    app = opened("words")
    box = app.selectbox(key="words-word")
    (withheld,) = (option for option in box.options if option.startswith("withheld (status)"))
    box.select(withheld)
    settled(app.run())
    said = page_text(app)
    assert "<dt>status</dt>" in said
    assert "<dt>status</dt>" in page_text(opened("words", word=app.query_params["word"]))
    assert "There is no word “nonsense”." in page_text(opened("words", word="nonsense"))


def test_the_index_has_every_word_once() -> None:
    app = opened("words")
    said = page_text(app)
    assert said.count('<details class="words">') == 9
    assert len(app.selectbox(key="words-word").options) == said.count("<tr><td ")
