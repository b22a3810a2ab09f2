"""What kind of figure an amount is, and what it measures; or why it is none."""

from __future__ import annotations

import re

from loaders.articles import multiples, quantities, refusals, shares, spellings, sums
from loaders.articles.amounts import MASS, PhraseAmount
from loaders.articles.measures import MeasureFinding, Memory, refused
from loaders.articles.scene import Scene
from loaders.articles.series import is_money

_BELOW_ZERO = re.compile(r"\b(?:minus|negative) $|(?:^|[\s(])-$", re.IGNORECASE)
_MINUS = ("-", "minus ", "negative ")


def _is_below_zero(before: str) -> bool:
    return before.lower().endswith(_MINUS) and _BELOW_ZERO.search(before) is not None


def find_figures(scene: Scene, amount: PhraseAmount, memory: Memory) -> MeasureFinding:
    """What an amount in a sentence is, after the figure that `memory` holds."""
    if amount.unit and _is_below_zero(scene.before(amount.start, 12)):
        return refused(amount, "a number below zero")
    of_table = refusals.in_bare_row(scene, amount)
    if of_table:
        return refused(amount, of_table)
    if amount.unit in MASS:
        return quantities.quantity(scene, amount, memory)
    if is_money(amount.unit):
        return sums.money(scene, amount, memory)
    if amount.unit == "1":
        return shares.portion(scene, amount, memory)
    if amount.unit == "times":
        return multiples.multiple(scene, amount, memory)
    if amount.unit == spellings.POINTS:
        return refused(amount, "percentage points: the difference of two shares")
    return refused(amount, refusals.reason(scene, amount))
