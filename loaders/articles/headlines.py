"""A figure of the headline that the text states again is one figure to decide, that of the text."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.articles.passages import Paragraph
from loaders.articles.records import Candidate, PassedOver
from loaders.model import NOT_STATED

_FIRST_LINES = 3
_ALSO = "The headline states it too: “{}”."
_READ_BELOW = "the text states it below: “{}”"


def end_of_title(text: str, listed: Sequence[Paragraph], title: str) -> int:
    """Where the line of the title ends; 0 where the text has none among its first lines."""
    lines = (one for one in listed[:_FIRST_LINES] if title != NOT_STATED)
    return next((one.end for one in lines if text[one.start : one.end].strip("#*_ \n") == title), 0)


def without_headlines(candidates: Sequence[Candidate], end: int) -> tuple[list[Candidate], list[PassedOver]]:
    """The candidates without those before `end` that come again behind it, and these as passed over."""
    body = [one for one in candidates if one.start >= end]
    again = {one.number: same for one in candidates if one.start < end and (same := _same(one, body))}
    if not again:
        return list(candidates), []
    kept = [one for one in candidates if one.number not in again]
    numbers = {one.number: number for number, one in enumerate(kept, 1)}
    numbers |= {number: numbers[same.number] for number, same in again.items()}
    titles = {same.number: one.printed for one in candidates if (same := again.get(one.number))}
    found = [_numbered(one, numbers, titles.get(one.number, "")) for one in kept]
    return found, [_passed(one, again[one.number]) for one in candidates if one.number in again]


def _same(headline: Candidate, body: Sequence[Candidate]) -> Candidate | None:
    """The first figure of the text with the number of a headline's and, where both say it, of the same."""
    fields = ("kind", "unit", "value", "lower", "upper", "negated")
    said = ("mineral", "measure", "place", "direction")
    for one in body:
        alike = all(getattr(one, name) == getattr(headline, name) for name in fields)
        pairs = ((getattr(one, name), getattr(headline, name)) for name in said)
        if alike and all(mine == its or not its for mine, its in pairs):
            return one
    return None


def _numbered(one: Candidate, numbers: dict[int, int], title: str) -> Candidate:
    look = (*one.look, _ALSO.format(title)) if title else one.look
    whole = numbers.get(one.part_of) if one.part_of else None
    return one.model_copy(update={"number": numbers[one.number], "part_of": whole, "look": look})


def _passed(one: Candidate, same: Candidate) -> PassedOver:
    span = {"start": one.start, "end": one.start + len(one.printed), "paragraph": one.paragraph}
    return PassedOver(printed=one.printed, reason=_READ_BELOW.format(same.words), **span)
