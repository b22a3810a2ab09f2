"""The command `article`: the figures and events that an article states, for a person to accept or to mend."""

from __future__ import annotations

import argparse
import sys
from argparse import ArgumentTypeError
from datetime import date as Day
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from dashboard.cli.output import add_format, print_table
from loaders.errors import MineralsError
from loaders.names import mineral_name, place_name
from loaders.text import count
from loaders.vocabulary import Measure

if TYPE_CHECKING:
    from loaders.articles import Article, Candidate

SUFFIXES = (".txt", ".md", ".html", ".htm", ".docx", ".pdf")
"""Files of a folder that are read as articles."""

_COLUMNS = ["article", "paragraph", "printed", "kind", "value", "lower", "upper", "unit", "mineral", "place"]
_COLUMNS += ["measure", "year", "modality", "said_by", "sure", "look"]


def article_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "file", metavar="FILE", help="a text, a page, .docx, .pdf, a folder, or - for standard input"
    )
    command.add_argument("--date", metavar="DAY", type=_day, help="the article's own day, such as 2025-03-31")
    add_format(command, ("table", "json", "csv", "toml"))


def read_articles(options: argparse.Namespace) -> int:
    """Print what is found; nothing is accepted, and nothing is written."""
    articles = _articles(options.file, options.date)
    if options.format == "json":
        texts = [article.as_json() for article in articles]
        print(texts[0] if len(texts) == 1 else f"[{', '.join(texts)}]")
    elif options.format == "toml":
        _print_seed(articles)
    else:
        lines = [_line(article, found) for article in articles for found in article.candidates]
        print_table(pd.DataFrame(lines, columns=_COLUMNS), options)
        _tell(articles)
    return 0


def _day(text: str) -> Day:
    try:
        return Day.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"'{text}' is not a day such as 2025-03-31") from error


def _articles(name: str, day: Day | None) -> list[Article]:
    from loaders.articles import read_article, read_article_bytes  # the other commands do without

    if name == "-":
        return [read_article_bytes("standard input", sys.stdin.buffer.read(), date=day)]
    path = Path(name)
    if not path.is_dir():
        return [read_article(path, date=day)]
    files = sorted(file for file in path.iterdir() if file.suffix.lower() in SUFFIXES)
    if not files:
        raise MineralsError(
            "the folder holds no article.", file=name, remedy=f"Articles end in {', '.join(SUFFIXES)}."
        )
    return [read_article(file, date=day) for file in files]


def _print_seed(articles: list[Article]) -> None:
    """The seed file of all candidates, to be gone through by a person; what it cannot hold is told."""
    from loaders.articles.seeds import seed_text  # as above

    if len(articles) != 1:
        raise MineralsError("a seed file is of one article.", remedy="Name one file instead of the folder.")
    seed = seed_text(articles[0], articles[0].candidates, articles[0].events)
    print(seed.text)
    for left in seed.left_out:
        print(f"Not in the seed: figure {left.number}. {left.reason}", file=sys.stderr)


def _line(article: Article, found: Candidate) -> tuple[object, ...]:
    return (
        article.name,
        found.paragraph,
        found.printed,
        found.kind.label,
        found.value,
        found.lower,
        found.upper,
        found.unit,
        mineral_name(found.mineral) if found.mineral else found.name,
        place_name(found.place) if found.place else "",
        _measure(found.measure or ""),
        str(found.year or ""),  # no amount: no comma between thousands
        found.modality,
        " → ".join(found.said_by),
        found.confidence,
        " ".join(found.look),
    )


def _measure(code: str) -> str:
    return Measure(code).label if code in list(Measure) else code


def _tell(articles: list[Article]) -> None:
    """What else there is: events, digits that are no figures, what was cut; to standard error."""
    for article in articles:
        print(
            f"{article.name}: {count(len(article.candidates), 'figure')}, "
            f"{count(len(article.events), 'event')}; passed over as no figures: {len(article.passed_over)}; "
            f"cut: {count(len(article.cut), 'piece')}. --format json has all of it, with the reasons.",
            file=sys.stderr,
        )
