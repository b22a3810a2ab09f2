"""Every row of every table of the reader has an example, and the example is read as the row says."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from loaders.articles import Article, read_article
from loaders.articles.amounts import phrase_amounts
from loaders.articles.bases import basis_of
from loaders.articles.dates import Anchor, dates
from loaders.articles.folding import Custom, fold, tidy
from loaders.articles.names import names
from loaders.articles.numerals import numerals
from loaders.articles.patterns import lowered
from loaders.articles.place_roles import roles_of
from loaders.articles.scene import Scene
from loaders.articles.staging import staged
from loaders.articles.tokens import tokens
from loaders.articles.wordings import Wording
from loaders.knowledge import rules
from loaders.vocabulary import Basis

Row = dict[str, str]
KNOWLEDGE = Path(__file__).resolve().parents[3] / "loaders" / "knowledge"


def each_row(table: str) -> Callable[[Callable[[Row], None]], Callable[[], None]]:
    """The test is run with every row of a table; what fails is told by its example."""

    def of_all(test: Callable[[Row], None]) -> Callable[[], None]:
        def every_row() -> None:
            wrong = [f"{row['example']}: {fault}" for row in rules(table) if (fault := _fault(test, row))]
            assert not wrong, "\n".join(wrong)

        return every_row

    return of_all


def _fault(test: Callable[[Row], None], row: Row) -> str:
    try:
        test(row)
    except Exception as error:  # whatever is wrong with one row, the others are tried too
        return repr(error)
    return ""


def the_scene(text: str, language: str = "en") -> Scene:
    """The first sentence of an example, with its amounts."""
    from loaders.articles.passages import paragraphs, sentences

    folded = fold(tidy(text))
    found = tokens(folded)
    made = phrase_amounts(folded, numerals(folded, found, Custom(language, ".")), "metric")
    listed = sentences(folded, paragraphs(folded))
    return staged(folded, listed, made, *names(folded, found))[0]


def filled(row: Row) -> Iterator[str]:
    """The example of a rule with each word of the lists that no rule above it names; of others with one."""
    listed = word_lists()
    words = words_of(row)
    named = [name for name in NAME_OF_A_LIST.findall(words) if name in listed]
    assert all(name not in listed or name in named for name in NAME_OF_A_LIST.findall(row["example"]))
    first = {name: listed[name][0] for name in named}
    yield in_words(row["example"], first)
    for name in named:
        if first_named()[name] == (words, row["example"]):
            yield from (in_words(row["example"], {**first, name: word}) for word in listed[name][1:])


def words_of(row: Row) -> str:
    return row["frame"] if "frame" in row else row["words"]


def in_words(example: str, words: dict[str, str]) -> str:
    return NAME_OF_A_LIST.sub(lambda match: words.get(match[0], match[0]), example)


NAME_OF_A_LIST = re.compile("[A-Z]{3,}")
PLAIN = ((r"\(([^|()]*)(?:\|[^()]*)?\)", r"\1"), (r".\?", ""), (r"\*", ""))


@cache
def word_lists() -> dict[str, list[str]]:
    """List -> each of its words in the first of its forms."""
    listed: dict[str, list[str]] = {}
    for row in rules("article_word_lists"):
        word = row["word"]
        for form, plain in PLAIN:
            word = re.sub(form, plain, word)
        listed.setdefault(row["list"], []).append(word)
    return listed


@cache
def first_named() -> dict[str, tuple[str, str]]:
    """List -> the words and the example of the first rule that names it, in words and in its example."""
    found: dict[str, tuple[str, str]] = {}
    for table in ("article_not_figures", "article_wordings", "article_speech", "article_years"):
        for row in rules(table):
            for name in NAME_OF_A_LIST.findall(words_of(row)):
                if name in row["example"]:
                    found.setdefault(name, (words_of(row), row["example"]))
    return found


IN_WORDS = (
    "article_not_figures",
    "article_wordings",
    "article_holders",
    "article_boilerplate",
    "article_years",
)


def test_rules_are_written_in_words():
    written = [row["words"] for table in IN_WORDS for row in rules(table)]
    patterns = [words for words in written if re.search(r"[\\\[\]{}^$+.]|\(\?", words)]
    assert patterns == []
    listed = [row["word"] for row in rules("article_word_lists")]
    assert [word for word in listed if re.search(r"[\\\[\]{}^$+]|\(\?", word)] == []
    assert max(map(len, [*written, *listed])) <= 150


def test_every_list_of_words_is_tried():
    assert set(first_named()) == set(word_lists())


@each_row("article_number_words")
def test_number_word(row: Row):
    folded = fold(row["example"])
    found = numerals(folded, tokens(folded), Custom(row["language"], "."))
    assert found[0].value == pytest.approx(float(row["reads"]))


@each_row("article_units")
def test_unit(row: Row):
    amount = the_scene(row["example"], row["language"]).amounts[0]
    if row["reads"]:
        value, unit = row["reads"].split()
        assert (amount.value, amount.unit) == (pytest.approx(float(value)), unit)
    else:
        assert amount.unit == "points"


@each_row("article_qualifiers")
def test_qualifier(row: Row):
    language = "ru" if any("а" <= letter <= "я" for letter in row["example"]) else "en"
    amount = the_scene(row["example"], language).amounts[0]
    bare = row["reads"].removeprefix("~")
    wanted = (5.0, None, None) if bare == "5" else (None, 5.0, None) if bare == "5.." else (None, None, 5.0)
    assert (amount.value, amount.lower, amount.upper) == wanted
    assert amount.approximate == row["reads"].startswith("~")


@each_row("article_minerals")
def test_mineral_name(row: Row):
    folded = fold(row["example"])
    assert [name.code for name in names(folded, tokens(folded))[0]] == [row["reads"]]


@each_row("article_places")
def test_place_name(row: Row):
    folded = fold(row["example"])
    wanted = [row["reads"]] if row["reads"] else []
    assert [name.code for name in names(folded, tokens(folded))[1]] == wanted


@each_row("article_not_minerals")
def test_saying_names_no_mineral(row: Row):
    folded = fold(row["example"])
    assert names(folded, tokens(folded))[0] == []


@each_row("article_measures")
def test_measure(row: Row):
    scene = the_scene(row["example"])
    kind = row["kinds"].split()[0]
    said = {cue.code for cue in scene.cues("article_measures", kind)}
    assert row["measure"] in said


@each_row("article_modality")
def test_modality(row: Row):
    assert row["says"] in {cue.code for cue in the_scene(row["example"]).cues("article_modality")}


@each_row("article_attributions")
def test_attribution(row: Row):
    assert the_scene(row["example"]).chain.names


@each_row("article_speech")
def test_frame_of_speech(row: Row):
    for example in filled(row):
        chains = [candidate.said_by for candidate in read_article(example).candidates]
        assert [chain[:1] for chain in chains] == [(row["speaker"],)], example


@each_row("article_wordings")
def test_wording(row: Row):
    first, *others = filled(row)
    assert reading(first) == row["reads"]
    read = {example: reading(example) for example in others}
    with without(row["rule"]):
        assert reading(first) != row["reads"], "it is read the same without the rule"
        for example, figures in read.items():
            assert row["reads"] == figures or reading(example) != figures, example


def reading(text: str) -> str:
    """The figures of a text: number, unit, mineral, place, measure, and who says so."""
    figures = []
    for found in read_article(text).candidates:
        bounds = ("" if bound is None else f"{bound:g}" for bound in (found.lower, found.upper))
        number = "..".join(bounds) if found.value is None else f"{found.value:g}"
        fields = number, found.unit, *(field or "-" for field in (found.mineral, found.place, found.measure))
        figures.append(" ".join(fields) + (f" by {found.said_by[0]}" if found.said_by else ""))
    return "; ".join(figures)


@contextmanager
def without(rule: str) -> Iterator[None]:
    """A rule of wording is nowhere found."""
    never = re.compile("(?!)")
    words = next(words for words in every_wording() if words.rule == rule)
    form = words.form
    for name in ("search", "match", "fullmatch", "finditer", "sub", "split"):
        setattr(words, name, getattr(never, name))
    vars(words).update(latin=words)
    try:
        yield
    finally:
        vars(words).clear()
        words.rule, words.form = rule, form


def every_wording() -> list[Wording]:
    """The rules of wording that the modules of the reader ask."""
    modules = [module for name, module in sys.modules.items() if name.startswith("loaders.articles.")]
    return [words for module in modules for words in vars(module).values() if isinstance(words, Wording)]


def test_every_rule_of_wording_is_asked():
    assert {words.rule for words in every_wording()} == {row["rule"] for row in rules("article_wordings")}


@each_row("article_directions")
def test_direction(row: Row):
    found = read_article(row["example"]).candidates
    assert [(candidate.measure or "")[-7:] for candidate in found] == ["_change"]
    assert found[0].direction == row["direction"]


@each_row("article_years")
def test_years(row: Row):
    for example in filled(row):
        found = read_article(example, date=date(2025, 3, 31)).candidates
        assert " ".join(str(candidate.year or "-") for candidate in found) == row["years"], example


@each_row("article_bases")
def test_basis(row: Row):
    scene = the_scene(row["example"])
    assert basis_of(scene, scene.amounts[0]).code == row["basis"]
    assert row["ours"] in {str(basis) for basis in Basis}


@each_row("article_place_roles")
def test_role_of_a_place(row: Row):
    scene = the_scene(row["example"])
    assert (row["place"], row["role"]) in [(seen.name.code, seen.role) for seen in roles_of(scene)]


@each_row("article_not_figures")
def test_what_is_not_a_figure(row: Row):
    for example in filled(row):
        article = read_article(f"Chile mined copper.\n{example}.")
        assert article.candidates == (), example
        assert row["reason"] in [passed.reason for passed in article.passed_over], example


@each_row("article_holders")
def test_whose_a_figure_is(row: Row):
    assert [candidate.whose for candidate in read_article(row["example"]).candidates] == [row["whose"]]


@each_row("article_boilerplate")
def test_boilerplate(row: Row):
    body = (
        "Chile mined 5,000 tonnes of copper last year, said the ministry in a long report that nobody has"
        " read."
    )
    article = read_article(f"{body} It was not the first.\n{row['example']}\n900 tonnes of copper.")
    assert any(row["example"] in piece.text for piece in article.cut)
    assert len(article.candidates) == (2 if row["cuts"] in ("line", "holds") else 1)


SHORT = "Zambia bans raw ore.\nThe country shipped 310,000 tonnes of manganese ore in 2024.\n" + "".join(
    f"A tonne earned ${price} at the border, the minister told the house.\n" for price in (140, 950, 200)
)
MENU = "Home and world news\nMarkets and companies\nOpinion and analysis\nScience and health\n" * 4


@pytest.mark.parametrize(("before", "figures"), [(SHORT, 4), (MENU, 1)], ids=["an article", "a menu"])
def test_a_heading_of_links_cuts_what_follows_an_article_of_short_paragraphs(before: str, figures: int):
    article = read_article(f"{before}ALSO IN THE NEWS\nManganese ore price up 6% in Ndola")
    assert len(article.candidates) == figures


@each_row("article_months")
def test_month(row: Row):
    low = lowered(row["example"])
    found = list(dates(low, 0, len(low), Anchor()))
    assert [dated.date for dated in found] == [date(2025, int(row["month"]), 3)]


@each_row("article_events")
def test_event_words(row: Row):
    article: Article = read_article(row["example"])
    assert [event.date for event in article.events] == [date(2025, 3, 3)]


@each_row("article_publishers")
def test_publisher(row: Row):
    lines = [row["example"], "Copper in Chile", "Chile mined 5 tonnes of copper in Atacama."]
    text = "\n".join(lines if row["kind"] == "release" else (lines[1], lines[0], lines[2]))
    assert read_article(text).citation.publisher == row["publisher"]
    assert read_article(text).citation.title == "Copper in Chile"


def test_every_table_is_tested_here():
    tables = {path.stem for path in KNOWLEDGE.glob("article_*.csv")}
    text = Path(__file__).read_text(encoding="utf-8")
    without_examples = {
        "article_weak_minerals",
        "article_speaker_words",
        "article_measure_codes",
        "article_word_lists",
    }
    assert {table for table in tables - without_examples if f'each_row("{table}")' not in text} == set()
