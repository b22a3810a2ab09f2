"""What the files of a brief say besides its charts: sources, what is not drawn, how all is made again."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from dashboard.briefs.contents import Drawn, ToldBrief
from dashboard.exports.about import Fact, about_file, command, made_by, made_day
from dashboard.exports.choices import Choices
from dashboard.snapshot import Stamp
from loaders.model import NOT_STATED
from loaders.text import count, day

FINDINGS, CONTENTS = "Summary of findings", "Contents"
SOURCES, TERMS, MISSING, ABOUT = "Sources", "Terms used", "Not in this briefing", "About this briefing"
FIGURES, CARDS, NOTES = "The figures", "Where the figures come from", "What to know"
"""Headings of a briefing."""

_ELSEWHERE = {
    *("finding", "shown", "in words", "source", "citation", "published", "licence"),
    *("data version", "documents version", "made on", "made by", "made again by"),
}
"""Facts of a chart that stand at its head, in the table of sources or at the end."""


class SourceLine(NamedTuple):
    """A source, when it was published, its licence, and the charts that rest on it."""

    citation: str
    published: str
    licence: str
    charts: str


SOURCE_HEAD = SourceLine("source", "published", "licence", "charts")


def cited_lines(brief: ToldBrief) -> list[SourceLine]:
    """Every source once, in the order of the charts; of a release that is cited for two, what each is."""
    cited = Counter(source.citation for source, _ in brief.sources)
    return [
        SourceLine(
            source.citation if cited[source.citation] == 1 else f"{source.citation} ({source.title})",
            "not stated" if source.published == NOT_STATED else day(source.published),
            source.licence,
            ", ".join(map(str, numbers)),
        )
        for source, numbers in brief.sources
    ]


def explained(drawn: Drawn, stamp: Stamp, choices: Choices) -> list[Fact]:
    """What a reader must know of a chart: why figures stand apart, corrections, marks, how claims stand."""
    then = drawn.part.otherwise
    told = [Fact("when it was added it said", then)] if then else []
    facts = about_file(drawn.view, drawn.chart, stamp, choices, "")
    return [*(fact for fact in facts if fact.label not in _ELSEWHERE), *told]


def missing_lines(brief: ToldBrief) -> list[Fact]:
    """The charts that cannot be drawn today, and why."""
    return [Fact(part.title, part.problem) for part in brief.missing]


def about_brief(brief: ToldBrief, stamp: Stamp, choices: Choices, suffix: str) -> list[Fact]:
    """Versions, day, program and commands: the brief's own and that of each chart."""
    facts = [
        Fact("data version", stamp.data),
        Fact("documents version", stamp.documents),
        Fact("made on", made_day(choices)),
        Fact("made by", made_by()),
        Fact("made again by", brief.command(suffix)),
        *(Fact(f"chart {one.number} alone", command(one.view, ".pdf")) for one in brief.drawn),
    ]
    return [fact for fact in facts if fact.text]


def named(brief: ToldBrief) -> bool:
    """Whether a chart bears a title of the reader's, so that the contents say more than the findings do."""
    return any(one.part.item.title for one in brief.drawn)


def how_much(brief: ToldBrief) -> str:
    """How much there is: "3 charts from 5 sources"."""
    return f"{count(len(brief.drawn), 'chart')} from {count(len(brief.sources), 'source')}"


def comment_lines(drawn: Drawn) -> list[str]:
    """The paragraphs of the reader's comment."""
    return [line.strip() for line in drawn.part.item.comment.split("\n") if line.strip()]
