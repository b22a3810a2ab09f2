"""The oracle for a map of claims: whom most of them are about, from the documents alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from loaders.names import mineral_name, place_name
from tests.oracle_claims import Facts
from tests.printed_tables import is_single, small

Asked = Mapping[str, str]


def most_claims(found: re.Match[str], asked: Asked, facts: Facts) -> str:
    """How many claims about the mineral name a country, and which one most of them name."""
    told = [claim for claim in facts.claims.values() if claim.mineral == asked["mineral"]]
    number = Counter(claim.place for claim in told if is_single(claim.place))
    most = max(number.values(), default=0)
    first = sorted(place_name(code) for code, count in number.items() if count == most)
    wrong = [
        f"it is about {asked['mineral']}" if found["what"] != small(mineral_name(asked["mineral"])) else "",
        f"there are {number.total()}" if int(found["count"]) != number.total() else "",
        f"they are {first}" if sorted(re.split(", | and ", found["names"])) != first else "",
        f"it is {most}" if found["most"] and int(found["most"]) != most else "",
        f"there are {len(number)} countries" if (found["most"] is None) != (len(number) == 1) else "",
        "each" if bool(found["each"]) != (len(first) > 1) else "",
    ]
    return "; ".join(filter(None, wrong))


OF_MAP = [
    (
        "most claims",
        r"(?:Of|Every one of) (?P<count>\d+) claims? about (?P<what>.+?) that names? a country"
        r"(?:, most are about| is about) (?P<names>.+?)(?:: (?P<most>\d+)(?P<each> each)?)?",
        most_claims,
    ),
]
