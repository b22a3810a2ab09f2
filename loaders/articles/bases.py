"""What the tonnes are tonnes of, and the class of what is in the ground, where the words say so."""

from __future__ import annotations

import re
from functools import cache

from loaders.articles.amounts import PhraseAmount
from loaders.articles.needed_words import Sought
from loaders.articles.numerals import CARDINAL
from loaders.articles.patterns import in_small_letters
from loaders.articles.scene import NOTHING, Scene, Spoken
from loaders.articles.wordings import Wording
from loaders.knowledge import rules

_AFTER = 48
_BEFORE = 90
_CLASSES = (
    (
        "state_balance",
        r"state balance|on the (?:state )?balance|государственн\w+ баланс\w*|балансов\w+ запас\w*"
        r"|державн\w+ баланс\w*",
    ),
    ("resource_measured_indicated", r"measured (?:and|or) indicated|measured|indicated"),
    ("resource_inferred", r"inferred"),
    ("prognostic", r"prognostic|undiscovered|прогнозн\w+ ресурс\w*"),
)
_IN_GROUND = {
    "reserves",
    "resources",
    "holdings",
    "share_of_reserves",
    "share_of_world_reserves",
    "share_of_world_holdings",
}


_ENDS_AFTER = re.compile(r"[;:,]|\.\s|\b(?:and|from|at|plus)\b")
_BEGINS_BEFORE = re.compile(r"[;:]|\.\s")
_CONTENT = Wording(
    "bases: content", r"\s(?:total |fixed |graphitic )?(?:C(?=[,. ])|{}(?! (?:tax|price|cut)))"
)


@cache
def _classes() -> tuple[tuple[str, Sought], ...]:
    return tuple((code, Sought(in_small_letters(rf"\b(?:{words})\b"))) for code, words in _CLASSES)


@cache
def _pattern(plain: bool) -> tuple[Sought, dict[str, str]]:
    rows = rules("article_bases")
    begins = r"(?<!\w)" if plain else r"(?:(?<![^\W_])|(?<=[\u4e00-\u9fff]))"
    groups = "|".join(f"(?P<b{n}>{row['words']})" for n, row in enumerate(rows))
    return Sought(rf"{begins}(?:{groups})"), {f"b{n}": row["basis"] for n, row in enumerate(rows)}


def basis_of(scene: Scene, amount: PhraseAmount) -> Spoken:
    """The basis that the words around an amount state."""
    if amount.basis:
        return Spoken(amount.basis, "", "the unit says it")
    if amount.unit.split("/")[0] in ("rank", "times", "ratio") or (
        amount.unit[:3].isupper() and "/" not in amount.unit
    ):
        return NOTHING
    pattern, bases = _pattern(scene.plain)
    if not scene.may_hold(pattern):
        return NOTHING
    end = min(amount.end + _AFTER, scene.end)
    stop = _ENDS_AFTER.search(scene.folded, amount.end, end)
    match = pattern.search(scene.folded, amount.end, stop.start() if stop else end)
    if match is None:
        low = max(amount.start - _BEFORE, scene.start)
        starts = [low, *(part.end() for part in _BEGINS_BEFORE.finditer(scene.folded, low, amount.start))]
        match = next(reversed([*pattern.finditer(scene.folded, starts[-1], amount.start)]), None)
    return Spoken(bases[match.lastgroup or ""], match[0], "named at the number") if match else NOTHING


def class_of(scene: Scene, measure: str | None) -> Spoken:
    """The class of an amount in the ground, with its words: undefined without, nothing for other amounts."""
    if measure not in _IN_GROUND:
        return NOTHING
    for code, words in _classes():
        match = scene.search_low(words)
        if match:
            return Spoken(
                code, scene.folded[match.start() : match.end()], "the class that the sentence names"
            )
    return Spoken("undefined", "", "")


def assay(scene: Scene, amount: PhraseAmount) -> str:
    """The words of a content: "1.32 per cent lithium oxide", with the mineral right after the number."""
    formula = _CONTENT.match(scene.folded, amount.end, scene.end) if amount.form == CARDINAL else None
    if formula:
        return formula[0].strip()
    for name in scene.minerals:
        if amount.form == CARDINAL and name.start - amount.end == 1:
            return scene.folded[amount.end : name.end].strip()
    return ""


_AT_GRADE = Sought(r"\b(?:at|averaging|grading)\s(?:about\s|around\s|some\s)?$")
_IN_ROCK = frozenset({"holdings", "reserves", "resources"})
_NEXT = 60
_OF = re.compile(r"\s?of\b")


def follows_ore(scene: Scene, amount: PhraseAmount, measure: str | None) -> bool:
    """Whether a share right after an amount in the ground is its grade: "6 million tonnes, at 7.9 %"."""
    if measure not in _IN_ROCK or _OF.match(scene.after(amount.end, 4)):
        return False
    end = max((end for _, end in scene.others(amount) if end <= amount.start), default=scene.start)
    return amount.start - end < _NEXT and scene.search_before(_AT_GRADE, amount.start, 20) is not None
