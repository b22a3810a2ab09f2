"""Briefs in the workspace: the same when read again, in order, never half, never lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.errors import StoreError
from loaders.store import (
    Brief,
    BriefItem,
    brief_files,
    change_brief,
    new_brief,
    read_brief,
    remove_brief,
)
from loaders.store.briefs import LONGEST_BRIEF_NAME, LONGEST_COMMENT, LONGEST_TITLE
from loaders.store.folders import is_device
from tests.dashboard.briefs.making import NAMES

ITEM = BriefItem(topic="explore", asked={"mineral": "rare-earths", "edition": "usgs-mcs.2025"})


def with_items(number: int) -> Brief:
    brief = Brief(name="x")
    for _ in range(number):
        brief = brief.adding(ITEM)
    return brief


# The file ----------------------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.text(max_size=200), st.text(max_size=500)), max_size=5))
def test_a_brief_is_the_same_when_its_text_is_read_again(words: list[tuple[str, str]]) -> None:
    brief = with_items(len(words))
    for key, (title, comment) in enumerate(words, 1):
        brief = brief.wording(key, title, comment)
    assert Brief.model_validate_json(brief.model_dump_json()) == brief


@pytest.mark.parametrize("name", NAMES, ids=[ascii(name)[:20] for name in NAMES])
def test_a_name_survives_harmlessly(name: str, own_home: Path) -> None:
    made = new_brief(name)
    brief = change_brief(made, lambda kept: kept.adding(ITEM).wording(1, name, name))
    (file,) = brief_files()
    assert file.brief == brief == read_brief(made)
    assert "\n" not in brief.name
    assert {path.parent for path in own_home.rglob("*.json")} == {own_home / "briefs"}
    # What is kept is what was typed, but for signs that show nothing.
    assert brief.name.split() == "".join("\ufffd" if sign in "\x07\ud800" else sign for sign in name).split()


def test_names_without_letters_and_names_of_devices_have_files_of_their_own() -> None:
    ids = [new_brief(name) for name in ("日本", "中国", "con", "CON!", "nul")]
    assert len(set(ids)) == len(ids)
    assert not any(map(is_device, ids))
    assert [file.name for file in brief_files()] == sorted(
        ["日本", "中国", "con", "CON!", "nul"], key=str.casefold
    )


REFUSED = [
    (lambda: new_brief(" \n "), "The name is empty"),
    (lambda: new_brief("x" * (LONGEST_BRIEF_NAME + 1)), "The name is longer than 200 characters"),
    (lambda: with_items(1).wording(1, "x" * (LONGEST_TITLE + 1), ""), "The title is longer than 300"),
    (lambda: with_items(1).wording(1, "", "x" * (LONGEST_COMMENT + 1)), "The comment is longer than 10,000"),
    (lambda: with_items(1).renaming(""), "The name is empty"),
    (lambda: read_brief("none"), "cannot be read"),
    (lambda: change_brief("none", lambda kept: kept), "cannot be read"),
]


@pytest.mark.parametrize(("act", "words"), REFUSED, ids=[words for _, words in REFUSED])
def test_what_cannot_be_kept_is_refused_with_a_reason(act, words: str) -> None:
    with pytest.raises(StoreError, match=words):
        act()
    assert brief_files() == []


def test_a_name_is_given_once() -> None:
    new_brief("Rare earths")
    with pytest.raises(StoreError, match="There is a brief “RARE earths” already"):
        new_brief("RARE  earths")


DAMAGED = [
    (b"", "Invalid JSON"),
    (b'{"name": "x", "items": [{"key": 1}]}', "items 0 topic Field required"),
    (b'{"name": "x", "colour": "red"}', "Extra inputs"),
    (b'{"name": "", "items": []}', "is empty"),
    (b'{"name": "x", "items": [{"key": 2, "topic": "a", "asked": {}}], "last": 1}', "key of its own"),
    (b'\xff\xfe{"name"', "Invalid JSON"),
]


@pytest.mark.parametrize(("content", "words"), DAMAGED, ids=[words for _, words in DAMAGED])
def test_a_damaged_file_is_told_of_and_stays_as_it_is(content: bytes, words: str, own_home: Path) -> None:
    new_brief("Another")
    path = own_home / "briefs" / "hurt.json"
    path.write_bytes(content)
    hurt = next(file for file in brief_files() if file.id == "hurt")
    assert hurt.brief is None
    assert hurt.problem is not None
    assert words in str(hurt.problem)
    assert str(path) in str(hurt.problem)
    with pytest.raises(StoreError, match="damaged"):
        change_brief("hurt", lambda kept: kept.adding(ITEM))
    assert new_brief("hurt") == "hurt-2"
    assert path.read_bytes() == content
    assert len(brief_files()) == 3


def test_a_write_that_fails_leaves_the_brief_as_it_was(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = new_brief("x")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("loaders.store.briefs.write_whole", full)
    with pytest.raises(StoreError, match="No space left on device"):
        change_brief(made, lambda kept: kept.adding(ITEM))
    assert read_brief(made).items == ()
    assert not list((own_home / ".parts").glob("*"))


def test_a_brief_that_is_removed_is_gone_and_may_be_removed_again() -> None:
    made = new_brief("x")
    remove_brief(made)
    remove_brief(made)
    assert brief_files() == []


# The order ---------------------------------------------------------------------------------------------

MOVES = st.lists(st.tuples(st.integers(0, 7), st.integers(-7, 7)), max_size=12)


@given(st.integers(0, 6), MOVES)
def test_moving_keeps_every_chart_and_its_key(number: int, moves: list[tuple[int, int]]) -> None:
    brief = with_items(number)
    for key, by in moves:
        brief = brief.moving(key, by)
    assert sorted(item.key for item in brief.items) == list(range(1, number + 1))


@given(st.integers(1, 6), st.data())
def test_a_move_and_its_reverse_leave_the_order(number: int, data: st.DataObject) -> None:
    brief = with_items(number)
    place = data.draw(st.integers(0, number - 1))
    by = data.draw(st.integers(-place, number - 1 - place))
    key = brief.items[place].key
    moved = brief.moving(key, by)
    assert moved.items[place + by].key == key
    assert moved.moving(key, -by) == brief


def test_a_key_is_not_given_again() -> None:
    brief = with_items(3).removing(3).adding(ITEM)
    assert [item.key for item in brief.items] == [1, 2, 4]
    assert brief.removing(9) == brief
