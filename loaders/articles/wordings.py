"""The words of the rules that are in `knowledge/article_wordings.csv`: one row a rule, with an example."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import Any

from loaders.articles.needed import Sought
from loaders.knowledge import rules


@cache
def _words() -> dict[str, str]:
    """Rule -> the words of its rows; those of which `letters` is "any" are the same in capitals."""
    listed: dict[str, list[str]] = defaultdict(list)
    for row in rules("article_wordings"):
        listed[row["rule"]].append(f"(?i:{row['words']})" if row["letters"] == "any" else row["words"])
    return {rule: "|".join(words) for rule, words in listed.items()}


class Wording(Sought):
    """The words of a rule as a pattern, read from the table when it is first asked."""

    def __init__(self, rule: str) -> None:
        self.rule = rule
        self.every.append(self)

    def _made(self, name: str) -> Any:
        return _words()[self.rule] if name == "words" else super()._made(name)
