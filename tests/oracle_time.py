"""The oracle for lines over the years and for prices: titles against the rows of all editions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import pandas as pd

from loaders.names import place_name
from loaders.vocabulary import Measure
from tests.oracle_claims import Facts
from tests.printed_tables import NUMBER, UNITS, near

Asked = Mapping[str, str]

POUND, SHORT_TON, TROY_OUNCE = 0.00045359237, 0.90718474, 0.0000311034768
PER = {
    "t": 1.0, "kg": 0.001, "g": 0.000001, "lb": POUND, "short ton": SHORT_TON, "long ton": 2240 * POUND,
    "troy ounce": TROY_OUNCE, "flask": 76 * POUND, "ct": 1.0, "L": 1.0, "m³": 1.0, "metric ton unit": 1.0,
}  # fmt: skip
MONEY = {"": 1.0, "mn": 1e6, "bn": 1e9, "tn": 1e12}

AMOUNT = (
    rf"(?:\$(?:{NUMBER})(?: (?:mn|bn|tn))?|{NUMBER} (?:%|\$/(?:short ton|long ton|troy ounce|metric ton unit|\w+³?)"
    rf"|million m³|million L|[A-Za-z³]+))"
)
KNOWN = r"(?: \((?P<known{0}>estimated|forecast)\))?"
MOVED = re.compile(
    rf"(?:(?P<verb>rose|fell|went up|went down) from (?P<a>{AMOUNT}) in (?P<y0>\d{{4}})(?P<k0> \(\w+\))?"
    rf" to (?P<b>{AMOUNT}) in (?P<y1>\d{{4}})(?P<k1> \(\w+\))?)"
    rf"|(?:was (?P<same>{AMOUNT}) in (?P<s0>\d{{4}})(?: \(\w+\))? and in (?P<s1>\d{{4}}))"
    rf"|(?:was (?P<only>{AMOUNT}) in (?P<o>\d{{4}})(?: \(\w+\))?, the only year with a single number)"
    r"|(?P<none>has no single number: )"
)
PRICE = re.compile(
    rf": (?P<p>{AMOUNT}) in (?P<y>\d{{4}})(?: \(\w+\))?(?:, (?:(?P<percent>[\d,]+|less than 1) %"
    r" (?P<way>above|below) (?P<base>\d{4})|(?P<as>as in \d{4})|(?P<no>no single number for \d{4}[^;]*)"
    r"|(?P<zero>zero in \d{4}[^;]*)))?(?=;|$)"
)


def is_of(text: str, value: float) -> bool:
    """Whether "69 $/kg", "67 %", "14.5 kt" is what a value in the canonical unit rounds to."""
    if text.startswith("$"):
        number, _, scale = text[1:].partition(" ")
        return near(number, value, MONEY[scale])
    number, _, unit = text.partition(" ")
    if unit == "%":
        return near(number, value * 100)
    if unit.startswith("$/"):
        return near(number, value * PER[unit[2:]])
    return near(number, value, {"people": 1.0, "index": 1.0, **UNITS}[unit])


class Followed(NamedTuple):
    """A line: its place, its words, and the single number of each year."""

    place: str
    words: str
    numbers: dict[int, float]
    statuses: dict[int, str]

    @property
    def ends(self) -> tuple[int, int]:
        return min(self.numbers), max(self.numbers)


def bare(detail: str) -> str:
    """A detail without "rounded" and without the name of its measure."""
    kept = [part.strip() for part in re.split(r"[,;:]", detail) if part.strip() not in ("", "rounded")]
    names = {"production", *(measure.label.lower() for measure in Measure)}
    return "" if " ".join(kept).lower() in names else " ".join(kept)


def followed(asked: Asked, facts: Facts) -> Iterator[Followed]:
    """Every line that the editions of the dataset make, basis by basis and of all bases together."""
    table = pd.concat([facts.table, facts.national])
    rows = table[(table["mineral"] == asked["mineral"]) & (table["dataset"] == asked["dataset"])]
    if asked.get("since"):
        rows = rows[rows["year"].between(int(asked["since"]), int(asked["until"]))]
    measure = asked.get("measure", "price")
    own = rows[rows["measure"] == measure]
    output = rows[rows["measure"].str.endswith("production")]  # editions label the same table differently
    for part in (own, output if len(own) or measure.endswith("production") else rows):
        part = part.assign(bare=[bare(text) for text in part["detail"]])
        for keys in (["place", "partner", "bare", "unit", "basis"], ["place", "partner", "bare", "unit"]):
            for key, line in part.groupby(keys):
                yield line_of(str(key[0]), line)
        for keys in (["place", "partner", "unit", "basis"], ["place", "partner", "unit"]):
            for key, line in part.groupby(keys):
                once = not line.duplicated(["edition", "year"]).any()
                if (
                    once and line["bare"].nunique() == 2 and "" in set(line["bare"])
                ):  # one wording beside none
                    yield line_of(str(key[0]), line)


def line_of(place: str, line: pd.DataFrame) -> Followed:
    """The newest print of each year, where that is one row with a number."""
    numbers, statuses = {}, {}
    for year, prints in line.groupby("year"):
        newest = prints[prints["edition"] == prints["edition"].max()]
        if len(newest) == 1 and newest["value"].notna().all():
            numbers[int(year)] = float(newest["value"].iloc[0])
            statuses[int(year)] = str(newest["status"].iloc[0])
    return Followed(place, str(line["detail"].iloc[-1]), numbers, statuses)


def over_time(found: re.Match[str], asked: Asked, facts: Facts) -> str:
    """Every movement that a title tells is that of a line of the dataset, from its first to its last number."""
    lines, title = list(followed(asked, facts)), found[0]
    told = list(MOVED.finditer(title))
    if not told:
        return "it tells of no movement"
    wrong = [
        f"{one[0]}: no line does so" for one in told if not any(_does(one, line, title) for line in lines)
    ]
    return "; ".join([*wrong, *_counts(title, told), *_sums(title, lines)])


def _does(one: re.Match[str], line: Followed, title: str) -> bool:
    named = place_name(line.place) in title
    if one["none"]:
        return named and not line.numbers
    if not named or not line.numbers:
        return False
    first, last = line.ends
    if one["only"]:
        return len(line.numbers) == 1 and int(one["o"]) == first and is_of(one["only"], line.numbers[first])
    if one["same"]:
        ends = (int(one["s0"]), int(one["s1"])) == (first, last)
        return ends and all(is_of(one["same"], line.numbers[year]) for year in (first, last))
    a, b = line.numbers[first], line.numbers[last]
    up = one["verb"] in ("rose", "went up")
    right = (int(one["y0"]), int(one["y1"])) == (first, last) and (b > a) == up and a != b
    estimated = "estimated" not in (one["k1"] or "") or line.statuses[last] in ("E", "W")
    return right and estimated and is_of(one["a"], a) and is_of(one["b"], b)


def _sums(title: str, lines: list[Followed]) -> Iterator[str]:
    """Years added up are those of a line of the place."""
    found = re.search(rf"; together (at least )?({AMOUNT}) in (\d+) years with a number$", title)
    if found and not any(
        len(line.numbers) == int(found[3])
        and is_of(found[2], sum(line.numbers.values()))
        and (found[1] is None) <= (line.ends[1] - line.ends[0] + 1 == len(line.numbers))
        for line in lines
        if line.numbers and place_name(line.place) in title
    ):
        yield f"{found[0]}: no line adds up to it"


def _counts(title: str, told: list[re.Match[str]]) -> Iterator[str]:
    """Of some lines no more rose and fell than there are; the first of them is told of and is among them."""
    count = re.search(r"; from first to last number (\d+) of (\d+) lines rose, (\d+) fell$", title)
    if not count:
        return
    rose, every, fell = map(int, count.groups())
    if rose + fell > every:
        yield f"{rose} and {fell} are more than {every}"
    if told[0]["verb"] in ("went up", "rose") and not rose:
        yield "none rose, and the first did"


def none_has_one(_found: re.Match[str], asked: Asked, facts: Facts) -> str:
    """None of the lines of the chosen places has a single number."""
    places = [code for code in asked["places"].split(",") if code]
    lines = [line for line in followed(asked, facts) if not places or line.place in places]
    return "" if any(not line.numbers for line in lines) else "every line has a number"


def prices(found: re.Match[str], asked: Asked, facts: Facts) -> str:
    """Every price that a title tells is the last number of a line, and its change against the year is right.

    The first is of the newest year that any price has a number for.
    """
    lines = list(followed(asked, facts))
    told = list(PRICE.finditer(found[0]))
    if not told:
        return "it tells of no price"
    priced = (rows[rows["measure"] == "price"] for rows in (facts.table, facts.national))
    only = facts._replace(**dict(zip(("table", "national"), priced, strict=True)))
    newest = max(line.ends[1] for line in followed(asked, only) if line.numbers)
    if int(told[0]["y"]) != newest:
        return f"{told[0][0]}: a price has a number of {newest}"
    return "; ".join(
        f"{one[0]}: no price is so" for one in told if not any(_costs(one, line) for line in lines)
    )


def _costs(one: re.Match[str], line: Followed) -> bool:
    if not line.numbers or int(one["y"]) != line.ends[1] or not is_of(one["p"], line.numbers[line.ends[1]]):
        return False
    last = line.numbers[line.ends[1]]
    if one["no"]:
        return int(re.findall(r"\d{4}", one["no"])[0]) not in line.numbers
    if not one["percent"]:
        return True
    base = line.numbers.get(int(one["base"]))
    if not base or (last > base) != (one["way"] == "above"):
        return False
    change = abs(last / base - 1) * 100
    return change < 1 if one["percent"] == "less than 1" else near(one["percent"], change)


OVER_TIME = [
    ("none has a number", r".+: none of \d+ lines has a single number", none_has_one),
    ("lines", r".+", over_time),
]
PRICES = [
    ("no number", r"Price of .+: no single number is printed", lambda *_: ""),
    ("prices", r"Prices of .+", prices),
]
