"""A map of claims: how many statements the documents make about each country."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pandas as pd

from dashboard.analysis.classes import class_breaks, class_number
from dashboard.boundaries.shapes import BOUNDARIES, BOUNDARIES_NOTE, world
from dashboard.charts.chart import Chart, Map
from dashboard.charts.table import shown_claims
from dashboard.charts.view import View
from dashboard.snapshot import Snapshot
from dashboard.topics.rows import claim_card_of
from dashboard.words.claims import about, claim_words
from dashboard.words.maps import claims_finding, count_classes, not_placed_words
from dashboard.words.sources import claim_source_words
from loaders.model import Claim
from loaders.names import mineral_name, place_name
from loaders.text import count, in_sentence
from loaders.vocabulary import MarkState

NOT_PLACED = "not on the map"
"""The label of what has no place on it."""
_CARDS = 3


def claims_view(key: str, mineral: str, chosen: Sequence[str], data: Snapshot) -> View:
    """How many claims about a mineral name each country; each claim is a line of the table."""
    own = [claim for claim in data.seeds.claims if claim.mineral == mineral]
    shapes = world().shapes
    placed = [claim for claim in own if claim.place in shapes]
    what = in_sentence(mineral_name(mineral))
    if not placed:
        return View(key, empty=f"No document states anything about {what} and a country.")
    number = Counter(claim.place for claim in placed)
    counts = {code: number[code] for code in sorted(number, key=lambda code: (-number[code], code))}
    told = "; ".join(f"{place_name(code)} {count(n, 'claim')}" for code, n in counts.items())
    chart = Chart(
        title=claims_finding(counts, mineral),
        subtitle=f"Claims about {what} in the documents, by the country that they are about.",
        source=f"Sources: {claim_source_words(placed, data)}. {BOUNDARIES}",
        alt=f"Map of the world, countries shaded by the number of claims about {what}: {told}.",
        drawing=_drawing(placed, counts, chosen),
        table=_table(placed, counts, data),
        name=f"map-claims-{mineral}",
    )
    first = [claim for claim in placed if claim.place in (chosen or [next(iter(counts))])]
    return View(
        key,
        chart,
        cards=tuple(claim_card_of(claim, data) for claim in (first or placed)[:_CARDS]),
        facts=_left(own, data),
        notes=(*_missing(chosen, counts), BOUNDARIES_NOTE),
    )


def _drawing(placed: Sequence[Claim], counts: dict[str, int], chosen: Sequence[str]) -> Map:
    breaks = class_breaks(counts.values())
    marks = [
        {
            "mineral": placed[0].mineral, "measure": "claims", "basis": "", "unit": "claims", "place": code,
            "label": place_name(code), "value": float(number), "shade": class_number(number, breaks),
            "words": count(number, "claim"), "state": str(MarkState.VALUE), "emphasis": code in chosen,
            "id": next(claim.id for claim in placed if claim.place == code),
            "hover": _hover([claim for claim in placed if claim.place == code]),
        }
        for code, number in counts.items()
    ]  # fmt: skip
    heading = f"Claims about {in_sentence(mineral_name(str(placed[0].mineral)))}"
    classes = count_classes(breaks, min(counts.values()), max(counts.values()))
    return Map(pd.DataFrame(marks), classes, heading, "no claim about it", stated=True)


_TOLD = 6
"""Claims that a pointer is told of; the table has all."""


def _hover(claims: Sequence[Claim]) -> str:
    more = [f"and {len(claims) - _TOLD} more"] if len(claims) > _TOLD else []
    told = [f"{claim_words(claim)} {about(claim)}" for claim in claims[:_TOLD]]
    return "\n".join([f"{place_name(claims[0].place)}: {count(len(claims), 'claim')}", *told, *more])


def _table(placed: Sequence[Claim], counts: dict[str, int], data: Snapshot) -> pd.DataFrame:
    """One line a claim, those of the country with the most first; `claims` are how many it has."""
    ordered = sorted(placed, key=lambda claim: list(counts).index(claim.place))
    table = shown_claims(ordered, data.source)
    table.insert(1, "country", [place_name(claim.place) for claim in ordered])
    table.insert(2, "claims", [counts[claim.place] for claim in ordered])
    return table


def _left(own: Sequence[Claim], data: Snapshot) -> tuple[tuple[str, str], ...]:
    """The claims about no single country, and how many are about another mineral or none."""
    shapes = world().shapes
    number = Counter(place_name(claim.place) for claim in own if claim.place not in shapes)
    told = not_placed_words((name, count(many, "claim")) for name, many in number.items())
    others = len(data.seeds.claims) - len(own)
    facts = [(NOT_PLACED, f"{told}.")] if told else []
    return (*facts, ("not counted", f"{count(others, 'claim')} about other minerals, or about none."))


def _missing(chosen: Sequence[str], counts: dict[str, int]) -> list[str]:
    absent = [place_name(code) for code in chosen if code not in counts]
    return [f"No claim here: {', '.join(absent)}."] if absent else []
