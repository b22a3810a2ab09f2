"""The words of the rules that are in `knowledge/article_wordings.csv`, in the forms that the rules have.

A row has some words of a rule, written as `of_words` says, and an example. What stands around them is the
form of the rule, in which "{}" is any of its words: that is grammar, and stands where the rule is asked.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import Any

from loaders.articles.needed_words import Sought
from loaders.articles.patterns import is_chinese, of_words
from loaders.knowledge import rules


@cache
def _words() -> dict[str, str]:
    """Rule -> the words of its rows; those of which `letters` is "any" are the same in capitals."""
    listed: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in rules("article_wordings"):
        letters = "chinese" if is_chinese(row["words"]) else row["letters"]
        listed[row["rule"]][letters].append(of_words(row["words"]))
    return {
        rule: "|".join(_SHAPES[letters].format("|".join(words)) for letters, words in rows.items())
        for rule, rows in listed.items()
    }


_SHAPES = {"any": r"\b(?i:{})", "printed": r"\b(?:{})", "chinese": "{}"}


class Wording(Sought):
    """The words of a rule in its form as a pattern, read from the table when it is first asked."""

    def __init__(self, rule: str, form: str = "{}") -> None:
        self.rule = rule
        self.form = form
        self.every.append(self)

    def _made(self, name: str) -> Any:
        return (
            self.form.replace("{}", f"(?:{_words()[self.rule]})") if name == "words" else super()._made(name)
        )
