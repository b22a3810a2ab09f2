"""Answers to names in publishers' files: a known one, a new mineral, left out; in each layout."""

from __future__ import annotations

from functools import cache

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.added_minerals import AddedMineral
from loaders.answers.answers import NO_ANSWERS, Answers, with_known, with_left_out, with_new
from loaders.answers.checking import check_answers
from loaders.columns import written_out
from loaders.errors import BadAnswer
from loaders.files.opening import read_tables
from loaders.formats.observations import Reading
from loaders.names import mineral_name, places
from loaders.read import Load, Surroundings, detect, load_with
from loaders.report import NameKind
from loaders.vocabulary import Severity
from tests.loaders.answers.files import MAKERS, MEANING, PLAIN, asked_text, bgs, files

pytestmark = pytest.mark.slow

KINDS: list[tuple[NameKind, str, str, str]] = [
    ("place", "Atlantis", "PER", "Peru"),
    ("mineral", "xyzzyite", "lithium", "lithium"),
    ("unit", "bags", "t", "tonnes"),
    ("sign", "n.k.", "NA", "NA"),
]
"""What is asked, a text that nobody knows, the answer, and the text of a file without a question."""

CASES = [pytest.param(layout, *case, id=f"{layout}: {case[0]}") for layout in MAKERS for case in KINDS]


def read(layout: str, answers: Answers = NO_ANSWERS, **texts: str) -> Reading:
    """What a format makes of its file."""
    tables = [table for item in files(layout, **texts) for table in read_tables(item)]
    return detect(tables).read(tables, answers)


def whole_of(layout: str, kind: NameKind, plain: str) -> Reading:
    """What a format makes of its file without a question; most kinds have the same one."""
    return _read_once(layout, frozenset((PLAIN | {kind: plain}).items()))


@cache
def _read_once(layout: str, texts: frozenset[tuple[str, str]]) -> Reading:
    return read(layout, **dict(texts))


def loaded(layout: str, answers: Answers | None = None, **texts: str) -> Load:
    return load_with(files(layout, **texts), lambda _: Surroundings(), answers=answers)


def meanings(reading: Reading) -> pd.DataFrame:
    return written_out(reading.observations)[MEANING]


@pytest.mark.parametrize(("layout", "kind", "unknown", "answer", "plain"), CASES)
def test_an_unknown_name_is_asked_about(layout, kind, unknown, answer, plain):
    reading = read(layout, **{kind: unknown})
    assert [problem for problem in reading.problems if problem.severity is Severity.ERROR]
    (question,) = reading.questions
    assert (question.kind, question.printed) == (kind, asked_text(layout, kind, unknown))
    assert question.file
    assert question.row is not None
    assert question.column
    assert question.rows >= 1


@pytest.mark.parametrize(("layout", "kind", "unknown", "answer", "plain"), CASES)
def test_said_to_be_a_known_one_the_figures_are_those_of_a_file_with_its_name(
    layout, kind, unknown, answer, plain
):
    printed = asked_text(layout, kind, unknown)
    reading = read(layout, with_known(NO_ANSWERS, kind, printed, answer), **{kind: unknown})
    assert (reading.problems, reading.questions) == ([], ())
    pd.testing.assert_frame_equal(meanings(reading), meanings(whole_of(layout, kind, plain)))
    assert list(reading.answered) == [(kind, printed)]
    assert reading.answered[kind, printed] >= 1
    texts = reading.observations[["printed_name", "printed_unit", "printed_value"]]
    if kind != "mineral":  # the printed text stays beside the figure
        assert unknown in texts.astype("string").to_numpy().ravel().tolist()


@pytest.mark.parametrize(("layout", "kind", "unknown", "answer", "plain"), CASES)
def test_left_out_a_row_is_counted_and_the_others_stay(layout, kind, unknown, answer, plain):
    printed = asked_text(layout, kind, unknown)
    reading = read(layout, with_left_out(NO_ANSWERS, kind, printed), **{kind: unknown})
    assert (reading.problems, reading.questions) == ([], ())
    whole = whole_of(layout, kind, plain)
    told = [item for item in reading.ignored if "left out by answer" in item.reason]
    assert {item.reason for item in told} <= {f"left out by answer: {kind} '{printed}'"}
    assert reading.cells_left_out + sum(item.count for item in told) > 0
    assert len(reading.observations) < len(whole.observations)
    assert reading.rows_read == whole.rows_read
    kept = meanings(whole).merge(meanings(reading).drop_duplicates(), how="inner")
    assert len(kept) == len(reading.observations)


KNOWN_PLACES = places().query("kind == 'country'")["name"].tolist()
KNOWN_MINERALS = ["lithium", "cobalt", "copper", "tungsten", "rare-earths", "graphite"]
UNKNOWN = st.text("abcdefghijkXYZ", min_size=4, max_size=12).map("Q{}q".format)


@given(
    layout=st.sampled_from(["bgs", "usgs wide", "usgs long", "tidy"]),
    place=st.sampled_from(KNOWN_PLACES).filter(lambda name: "," not in name),
    mineral=st.sampled_from(KNOWN_MINERALS),
    unknown=st.tuples(UNKNOWN, UNKNOWN),
)
def test_answered_with_known_names_the_figures_are_those_of_a_file_that_prints_them(
    layout, place, mineral, unknown
):
    texts = dict(zip(("place", "mineral"), unknown, strict=True))
    said = with_known(NO_ANSWERS, "place", texts["place"], place)
    said = with_known(said, "mineral", texts["mineral"], mineral)
    reading = read(layout, said, **texts)
    assert reading.problems == []
    plain = read(layout, place=place, mineral=mineral)
    pd.testing.assert_frame_equal(meanings(reading), meanings(plain))


NEW = AddedMineral(id="xyzzyite", name="Xyzzyite", part_of="rare-earths")


@pytest.mark.parametrize("layout", MAKERS)
def test_a_new_mineral_has_a_name_and_its_figures(layout):
    printed = asked_text(layout, "mineral", "xyzzyite")
    reading = read(layout, with_new(NO_ANSWERS, printed, NEW), mineral="xyzzyite")
    assert reading.problems == []
    assert "xyzzyite" in set(reading.observations["mineral"])


def test_a_load_says_what_was_answered_and_keeps_it():
    answers = with_new(with_left_out(NO_ANSWERS, "place", "Atlantis"), "xyzzyite", NEW)
    load = loaded("tidy", answers, mineral="xyzzyite")
    assert load.installable
    assert mineral_name("xyzzyite") == "Xyzzyite"
    assert load.answers == with_new(NO_ANSWERS, "xyzzyite", NEW)  # no Atlantis stands there
    (told,) = load.report.answered
    assert (told.kind, told.printed, told.cells, told.left_out) == ("mineral", "xyzzyite", 1, False)
    assert told.means == "new: Xyzzyite, part of Rare earths"


def test_a_load_with_a_question_cannot_be_installed():
    load = loaded("bgs", place="Atlantis")
    assert not load.installable
    assert [question.printed for question in load.report.questions] == ["Atlantis"]


def test_what_is_met_in_a_file_is_not_known_to_the_next_one():
    loaded("tidy", with_new(NO_ANSWERS, "xyzzyite", NEW), mineral="xyzzyite")
    assert [question.printed for question in read("tidy", mineral="xyzzyite").questions] == ["xyzzyite"]


def test_answers_that_do_not_stand_in_the_files_are_not_kept():
    answers = with_new(with_known(NO_ANSWERS, "place", "Mu", "CHN"), "other", NEW)
    assert loaded("tidy", answers).answers == NO_ANSWERS


def test_one_left_out_cell_of_a_row_is_counted_as_a_cell():
    load = loaded("usgs wide", with_left_out(NO_ANSWERS, "sign", "n.k."), sign="n.k.")
    assert load.report.counts.cells_left_out == 1
    assert load.report.counts.rows_used == 2
    assert load.report.ignored == ()


def test_a_steward_says_which_place_a_name_is_that_its_codes_contradict():
    row = {"country_trans": "Chile", "country_iso2_code": "PE", "country_iso3_code": "PER"}
    load = load_with(bgs(row), lambda _: Surroundings())
    (question,) = load.report.questions
    assert (question.kind, question.printed) == ("place", "Chile")
    said = with_known(NO_ANSWERS, "place", "Chile", "PER")
    again = load_with(bgs(row), lambda _: Surroundings(), answers=said)
    assert again.installable
    assert again.observations["place"].tolist() == ["PER"]


def test_words_in_brackets_narrow_what_a_place_counts():
    said = with_known(NO_ANSWERS, "place", "Atlantis", "CHN (crude ore)")
    load = loaded("usgs wide", said, place="Atlantis")
    assert load.installable
    found = load.observations[load.observations["place"] == "CHN"]
    assert set(found["detail"]) == {"crude ore"}
    assert load.report.answered[0].means == "China, crude ore"


def test_answers_of_before_are_used_again_where_none_are_given():
    kept = with_known(NO_ANSWERS, "place", "Atlantis", "PER")

    def load(answers: Answers | None) -> Load:
        return load_with(
            files("bgs", place="Atlantis"), lambda _: Surroundings(), answers=answers, before=lambda _: kept
        )

    assert load(None).installable
    assert [item.before for item in load(None).report.answered] == [True]
    assert not load(NO_ANSWERS).installable
    assert [item.before for item in load(kept).report.answered] == [True]
    other = load(with_known(NO_ANSWERS, "place", "Atlantis", "CHN"))
    assert [item.before for item in other.report.answered] == [False]


# An answer that cannot hold, and what is said of it
WRONG = [
    (Answers(places={"Atlantis": "XYZ"}), "'Atlantis' cannot be 'XYZ': it is no place that we know."),
    (Answers(places={"Atlantis": "Chille"}), "Nearest known: Chile"),
    (Answers(minerals={"xyzzyite": "nothing"}), "'xyzzyite' cannot be 'nothing': it is no mineral"),
    (Answers(units={"bags": "sacks"}), "'bags' cannot be 'sacks': it is no unit that we know."),
    (Answers(symbols={"n.k.": "perhaps"}), "'n.k.' cannot be 'perhaps': expected NA, W, XX, 0"),
    (Answers(symbols={"each like 1.000": "NA"}), "'each like 1.000' cannot be 'NA': expected 1000 or 1"),
    (Answers(symbols={"each like 1.000": "-"}), "'each like 1.000' cannot be left out"),
    (Answers(new_minerals=(AddedMineral(id="lithium", name="X"),)), "which is taken by Lithium"),
    (Answers(new_minerals=(AddedMineral(id="x", name="aluminium"),)), "which is taken by Aluminum"),
    (Answers(new_minerals=(AddedMineral(id="x", name="X", part_of="y"),)), "part of 'y', which is no"),
    (Answers(new_minerals=(AddedMineral(id="x", name="X", part_of="x"),)), "part of itself: x within x"),
    (
        Answers(
            new_minerals=(
                AddedMineral(id="x", name="X", part_of="y"),
                AddedMineral(id="y", name="Y", part_of="x"),
            )
        ),
        "part of itself: x within y within x",
    ),
    (
        Answers(new_minerals=(AddedMineral(id="x", name="Same"), AddedMineral(id="y", name="same"))),
        "has the name 'same', which is taken by Same (x, part of nothing)",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("answers", "says"), WRONG)
def test_an_answer_that_cannot_hold_is_told(answers, says):
    with pytest.raises(BadAnswer, match=r"\w") as error:
        check_answers(answers)
    assert says in error.value.message
    assert error.value.column
    assert error.value.remedy
    with pytest.raises(BadAnswer):
        loaded("tidy", answers, place="Atlantis")


def test_a_mineral_of_the_workspace_may_be_added_again_but_not_renamed():
    check_answers(Answers(new_minerals=(NEW,)), [NEW])
    with pytest.raises(BadAnswer, match="taken by Xyzzyite"):
        check_answers(Answers(new_minerals=(NEW.model_copy(update={"name": "Another"}),)), [NEW])
