"""The form for names that nobody knows: a known one, a new mineral, or left out; and what was said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import NamedTuple

import streamlit as st

from dashboard.intake.answers import (
    ChosenAnswer,
    given,
    minerals_offered,
    places_offered,
    with_said,
    words_for,
)
from dashboard.intake.job import Job
from dashboard.intake.proposal import Proposal
from dashboard.ui import page
from dashboard.ui.page import small, title
from loaders.answers.answers import OF_ALL_NUMBERS, Answers, without_answer
from loaders.answers.checking import SIGNS
from loaders.answers.keeping import answers_toml
from loaders.errors import BadAnswer
from loaders.names import mineral_name, minerals, place_name
from loaders.report import Answered, Question
from loaders.store import Catalogue
from loaders.text import count

_MOST = 12
"""Names that are asked about at a time; the others are asked when these are answered."""


class Asking(NamedTuple):
    """Where the questions of an edition are answered: the job that reads again, and all that it has read."""

    key: str
    job: Job
    proposals: Sequence[Proposal]
    found: Catalogue

    @property
    def answers(self) -> Answers:
        """The answers that hold now."""
        return given(self.proposals) if self.job.answers is None else self.job.answers


def ask_for_names(item: Proposal, asking: Asking) -> None:
    """The questions of an edition, and the answers with which it was read."""
    questions = item.report.questions
    if questions:
        title("Names that we do not know")
        small(
            "Say what each of them is. Nothing is left out unless you say so. What you say is kept with the "
            "edition, listed in its report, and offered again with the next one."
        )
        shown = questions[:_MOST]
        said = [_question(one, f"{asking.key}-{one.kind}-{one.printed}", asking) for one in shown]
        if len(questions) > _MOST:
            small(f"And {count(len(questions) - _MOST, 'name')} more, which are asked about next.")
        _finish(said, item, asking)
    if item.report.answered:
        _given(item.report.answered, asking)


# One name -------------------------------------------------------------------------------------------------


def _question(one: Question, key: str, asking: Asking) -> ChosenAnswer:
    with st.container(border=True):
        kind = "number" if one.kind == "sign" and one.near else one.kind
        asked, words = f"“{one.printed}”, printed as a {kind}, is", words_for(one)
        st.html(f"<p><span class='small'>{escape(_where(one))}</span><br><b>{escape(asked)}</b></p>")
        what = st.selectbox(
            asked,
            list(words),
            format_func=words.__getitem__,
            key=f"{key}-what",
            label_visibility="collapsed",
        )
        if what == "known":
            return ChosenAnswer(one, what, ours=_KNOWN[one.kind](one, f"{key}-ours"))
        if what == "new":
            return _new(one, key, asking)
    return ChosenAnswer(one, what)


def _where(one: Question) -> str:
    row = "" if one.row is None else f"row {one.row}"
    place = ", ".join(part for part in (one.file, row, f"column {one.column}" if one.column else "") if part)
    like = "May be" if one.kind == "sign" else "Looks most like"
    near = f" {like} {', '.join(one.near)}." if one.near else ""
    return f"{place}; in {count(one.rows, 'row')}.{near}"


def _place(one: Question, key: str) -> str:
    codes = list(places_offered(one.near))
    chosen = st.selectbox("Place", codes, index=None, format_func=place_name, key=key,
                          placeholder="choose a country or a group; the likeliest stand first")  # fmt: skip
    return str(chosen or "")


def _mineral(one: Question, key: str) -> str:
    ids = list(minerals_offered(one.near))
    chosen = st.selectbox("Mineral", ids, index=None, format_func=mineral_name, key=key,
                          placeholder="choose a mineral or a group; the likeliest stand first")  # fmt: skip
    return str(chosen or "")


def _unit(_: Question, key: str) -> str:
    return str(st.text_input("Unit", key=key, placeholder="such as t, kt, kg or thousand metric tons"))


def _sign(one: Question, key: str) -> str:
    signs = () if one.printed in OF_ALL_NUMBERS else SIGNS
    chosen = st.selectbox("Stands for", [*one.near, *signs], index=None, key=key,
                          format_func=lambda ours: SIGNS.get(ours, ours),
                          placeholder="choose what it stands for")  # fmt: skip
    return str(chosen or "")


_KNOWN: dict[str, Callable[[Question, str], str]] = {
    "place": _place,
    "mineral": _mineral,
    "unit": _unit,
    "sign": _sign,
}


def _new(one: Question, key: str, asking: Asking) -> ChosenAnswer:
    """The name of a new mineral or group, and what it is part of."""
    left, right = st.columns(2)
    name = left.text_input("Name", one.printed, key=f"{key}-name", max_chars=80)
    own = {item.id: item.name for item in asking.answers.new_minerals}
    wider = {"": "nothing wider", **{str(code): mineral_name(str(code)) for code in minerals().index}, **own}
    part_of = right.selectbox("Part of", list(wider), format_func=wider.__getitem__, key=f"{key}-part-of")
    return ChosenAnswer(one, "new", name=name, part_of=part_of)


# All of them ----------------------------------------------------------------------------------------------


def _finish(said: Sequence[ChosenAnswer], item: Proposal, asking: Asking) -> None:
    with st.container(horizontal=True):
        if st.button("Read again with these answers", type="primary", key=f"{asking.key}-answer"):
            _read_again(said, asking)
        st.download_button(
            "Save as answers.toml", lambda: answers_toml(asking.answers, item.report.questions),
            "answers.toml", "application/toml", on_click="ignore", key=f"{asking.key}-answers-toml",
        )  # fmt: skip


def _read_again(said: Sequence[ChosenAnswer], asking: Asking) -> None:
    if all(one.what == "open" for one in said):
        st.warning("Nothing is said yet: choose what at least one of the names is.")
        return
    try:
        answers = with_said(asking.answers, said, asking.found)
    except BadAnswer as error:
        page.error(error)
        return
    with st.spinner("Reading the files…"):
        asking.job.answer(answers)
    st.rerun()


def _given(answered: Sequence[Answered], asking: Asking) -> None:
    """What was said, each with a button that takes it back."""
    title("Answers to names")
    if any(one.before for one in answered):
        small("Some were given with an earlier edition, and are offered again: look whether they hold.")
    for number, one in enumerate(answered):
        with st.container(horizontal=True, vertical_alignment="center"):
            again = " (given with an earlier edition)" if one.before else ""
            st.markdown(page.escape_markdown(f"{one.kind} “{one.printed}”: {one.means}{again}"))
            if one.cells:
                st.button("Undo", key=f"{asking.key}-undo-{number}-{one.printed}", on_click=_undo,
                          args=(one, asking))  # fmt: skip


def _undo(one: Answered, asking: Asking) -> None:
    asking.job.answer(without_answer(asking.answers, one.kind, one.printed))
