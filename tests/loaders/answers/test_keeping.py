"""Answers as a file: what is written is read again; open questions stand in it; a damaged one is told."""

from __future__ import annotations

import tomllib

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.added_minerals import AddedMineral
from loaders.answers.answers import (
    NO_ANSWERS,
    TABLES,
    Answers,
    NotRead,
    both_answers,
    used_answers,
    with_known,
    with_left_out,
    with_new,
    without_answer,
)
from loaders.answers.keeping import answers_from_toml, answers_toml
from loaders.errors import BadAnswer
from loaders.report import Question
from loaders.values import clean

PRINTED = (
    st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=30).map(clean).filter(bool)
)
"""Any printed text, whatever its letters and signs."""

OURS = st.sampled_from(["CHN", "Peru", "lithium", "thousand metric tons", "NA", "e500", '"quoted" \\ #'])
MINERALS = st.builds(
    AddedMineral,
    id=st.from_regex(r"[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,8})?", fullmatch=True),
    name=PRINTED.map(lambda text: text[:80]),
    part_of=st.sampled_from(["", "rare-earths"]),
)


@st.composite
def answers_of_a_steward(draw: st.DrawFn) -> Answers:
    """Answers to different texts."""
    fields: dict[str, object] = {}
    left: dict[str, tuple[str, ...]] = {}
    for name in TABLES.values():
        texts = draw(st.lists(PRINTED, max_size=4, unique=True))
        number = draw(st.integers(0, len(texts)))
        fields[name] = {text: draw(OURS) for text in texts[:number]}
        left[name] = tuple(texts[number:])
    new = draw(st.lists(MINERALS, max_size=2, unique_by=lambda item: item.id))
    return Answers(**fields, leave_out=NotRead(**left), new_minerals=tuple(new))


@pytest.mark.slow
@given(answers_of_a_steward())
@settings(deadline=None, max_examples=80)
def test_what_is_written_is_read_again(answers):
    assert answers_from_toml(answers_toml(answers)) == answers


@given(answers_of_a_steward(), st.sampled_from(list(TABLES)), PRINTED, OURS)
@settings(deadline=None, max_examples=60)
def test_an_answer_that_is_taken_back_was_never_given(answers, kind, printed, ours):
    bare = without_answer(answers, kind, printed).model_copy(update={"new_minerals": ()})
    assert without_answer(with_known(bare, kind, printed, ours), kind, printed) == bare
    assert without_answer(with_left_out(bare, kind, printed), kind, printed) == bare


@given(answers_of_a_steward())
@settings(deadline=None, max_examples=40)
def test_answers_put_together_with_themselves_are_the_same(answers):
    both = both_answers(answers, answers)
    assert {kind: (both.said(kind), set(both.dropped(kind))) for kind in TABLES} == {
        kind: (answers.said(kind), set(answers.dropped(kind))) for kind in TABLES
    }


def test_a_hyphen_leaves_out():
    read = answers_from_toml('[places]\nAtlantis = "-"\nMu = "CHN"\n')
    assert (read.dropped("place"), read.said("place")) == (("Atlantis",), {"Mu": "CHN"})


def test_no_answer_writes_nothing():
    assert answers_toml(NO_ANSWERS) == ""
    assert answers_from_toml("") == NO_ANSWERS


QUESTIONS = (
    Question(
        kind="place",
        printed="Atlantis",
        why="'Atlantis' is no place.",
        file="a.csv",
        row=3,
        near=("Albania",),
    ),
    Question(kind="sign", printed="n.k.", why="'n.k.' is no number.", file="a.csv", row=4, column="value"),
)


def test_open_questions_stand_in_the_file_and_say_where():
    given_so_far = with_known(NO_ANSWERS, "place", "Mu", "CHN")
    text = answers_toml(given_so_far, QUESTIONS)
    assert tomllib.loads(text) == {"places": {"Mu": "CHN", "Atlantis": ""}, "symbols": {"n.k.": ""}}
    assert "# a.csv, row 3: 'Atlantis' is no place. Nearest known: Albania." in text
    again = answers_from_toml(text)
    assert {kind: again.said(kind) for kind in TABLES} == {kind: given_so_far.said(kind) for kind in TABLES}


def test_a_question_that_was_left_out_as_well_is_no_contradiction():
    text = '[places]\nAtlantis = ""\n[leave_out]\nplaces = ["Atlantis"]\n'
    assert answers_from_toml(text).dropped("place") == ("Atlantis",)


# a file -> what is said of it
DAMAGED = [
    ("[places", "not TOML"),
    ("nations = 1", "Extra inputs"),
    ('places = "Peru"', "dictionary"),
    ('[places]\nMu = "CHN"\n[leave_out]\nplaces = ["Mu"]\n', "'Mu' is answered more than once"),
    ('[places]\n"Mu" = "CHN"\n" Mu" = "PER"\n', "'Mu' is answered more than once"),
    ('[places]\n"" = "CHN"\n', "empty"),
    ('[[new_minerals]]\nid = "No Id"\nname = "x"\n', "pattern"),
    ('[[new_minerals]]\nid = "x"\n', "Field required"),
]


@pytest.mark.parametrize(("text", "says"), DAMAGED)
def test_a_damaged_file_is_told_with_its_name(text, says):
    with pytest.raises(BadAnswer, match=r"\w") as error:
        answers_from_toml(text, "answers.toml")
    assert says in error.value.message
    assert error.value.file == "answers.toml"
    assert error.value.remedy


NEW = AddedMineral(id="x", name="X", part_of="y")
WIDER = AddedMineral(id="y", name="Y")


def test_a_new_mineral_that_no_answer_names_goes_with_the_last_one():
    answers = with_new(with_new(NO_ANSWERS, "eks", NEW), "iks", NEW)
    answers = answers.model_copy(update={"new_minerals": (*answers.new_minerals, WIDER)})
    assert without_answer(answers, "mineral", "eks").new_minerals == (NEW, WIDER)  # it is part of the other
    assert without_answer(without_answer(answers, "mineral", "eks"), "mineral", "iks") == NO_ANSWERS


def test_what_is_kept_is_what_was_used():
    answers = with_known(with_left_out(NO_ANSWERS, "place", "Atlantis"), "place", "Mu", "CHN")
    used = used_answers(answers, {("place", "Mu"): 3}, pd.Series(dtype="string"))
    assert used == with_known(NO_ANSWERS, "place", "Mu", "CHN")
