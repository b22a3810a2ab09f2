"""The oracle for what documents state, for lists at a glance, and for sources that disagree."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import pandas as pd

from loaders.model import Claim, Event
from loaders.names import mineral_name, place_name
from loaders.vocabulary import Kind, Measure
from tests.printed_tables import (
    AMOUNT,
    EVERYWHERE,
    NUMBER,
    SHARE,
    Printed,
    edition_of,
    is_amount,
    is_share,
    is_single,
    near,
    of,
    of_countries,
    ordinal,
    tables,
)

HALF = 0.5
OUTPUT = [str(measure) for measure in Measure if measure.value.endswith("production")]

Asked = Mapping[str, str]


class Facts(NamedTuple):
    """What titles are held against: the observations, what documents state, how datasets are called."""

    table: pd.DataFrame
    claims: Mapping[str, Claim]
    events: tuple[Event, ...]
    said_by: Mapping[str, str]
    knowledge: Any
    by_mineral: Mapping[str, pd.DataFrame]
    national: pd.DataFrame

    def of_mineral(self, mineral: str) -> pd.DataFrame:
        """The observations of a mineral."""
        return self.by_mineral.get(mineral, self.table.iloc[:0])


def claim_of(asked: Asked, facts: Facts) -> Claim:
    """The claim that a title is about."""
    name = asked.get("claim") or asked["figure"].partition("-")[2]
    return facts.claims[name]


def fits(right: object, reason: str) -> str:
    """Nothing where it is right, else the reason."""
    return "" if right else reason


# Ranks ------------------------------------------------------------------------------------------------


class Stands(NamedTuple):
    """A rank in an edition, with what it is if a blank country had what another edition printed."""

    edition: str
    best: int
    worst: int
    tied: bool


def rank_in(claim: Claim, table: pd.DataFrame) -> list[Stands]:
    """The rank of the claim's place in every edition that has a number for it, in order."""
    rows = of(table, mineral=claim.mineral, measure=str(claim.measure))
    found = {}
    for (dataset, edition), own in rows.groupby(["dataset", "edition"], sort=True):
        year = min(own["year"], key=lambda year: (abs(year - (claim.year or year)), -year))
        latest = own[own["year"] == year]
        one = next((read for read in tables(latest) if claim.place in read.countries), None)
        if one:
            found[str(dataset), str(edition)] = one
    return [_stands(claim, key, found) for key in found]


def _stands(claim: Claim, key: tuple[str, str], every: dict[tuple[str, str], Printed]) -> Stands:
    own = every[key]
    value, numbers = own.countries[claim.place], list(own.countries.values())
    best = 1 + sum(other > value for other in numbers)
    blank = [code for code, number in own.places.items() if number is None and is_single(code)]
    more = sum(
        any((other.places.get(code) or 0) > value for at, other in every.items() if at[0] == key[0])
        for code in blank
    )
    return Stands(key[1], best, best + more, numbers.count(value) > 1)


def rank_holds(found: re.Match[str], asked: Asked, facts: Facts) -> str:
    """In which editions a stated rank holds, in which it is open."""
    claim = claim_of(asked, facts)
    table = facts.table
    stated = int(claim.value or 0)
    if asked.get("edition", "all") not in ("", "all"):
        table = edition_of(table, asked["edition"])
    stands = rank_in(claim, facts.table)
    editions = set(table["edition"])
    stands = [one for one in stands if one.edition in editions]
    open_in = [one for one in stands if one.worst > one.best and one.best <= stated <= one.worst]
    decided = [one for one in stands if one not in open_in]
    holding = [one.edition for one in decided if one.best == stated]
    if found["name"] != place_name(claim.place) or found["rank"] != ordinal(stated):
        return "it is about another claim"
    what = f"{str(claim.measure).replace('_', ' ')} of {mineral_name(str(claim.mineral))}"
    if found["what"].casefold() != what.casefold():
        return f"it is in {what}"
    told = 0 if found["none"] else int(found["holds"])
    of = [*decided, *(open_in if holding else ())]
    if (told, int(found["count"])) != (len(holding), len(of)):
        return f"it holds in {holding} of {[one.edition for one in of]}"
    against = len(decided) - len(holding) if holding and open_in else 0
    if int(found["against"] or 0) != against:
        return f"it does not hold in {against} beside {[one.edition for one in open_in]}, which leave it open"
    if found["which"] and found["which"].split(", ") != holding:
        return f"it holds in {holding}"
    return _more(found["more"], stands, [one.edition for one in open_in])


def _more(text: str, stands: list[Stands], open_in: list[str]) -> str:
    """The rank in the edition in use, and the editions that leave it open."""
    ranks = {one.edition: one for one in stands}
    told = [
        (edition, best, worst)
        for names, best, worst in re.findall(r"open in editions? ([^:]+): (\w+) at best, (\w+) if", text)
        for edition in re.split(", | and ", names)
    ]
    if sorted(edition for edition, *_ in told) != sorted(open_in):
        return f"it is open in {open_in}"
    for edition, best, worst in told:
        if (best, worst) != (ordinal(ranks[edition].best), ordinal(ranks[edition].worst)):
            return f"it is {ranks[edition]}"
    now = re.search(r", and (tied )?(\w+) in edition (\S+)$", text)
    if now and (bool(now[1]), now[2]) != (ranks[now[3]].tied, ordinal(ranks[now[3]].best)):
        return f"it is {ranks[now[3]]}"
    return ""


# Amounts, shares, ratios ------------------------------------------------------------------------------


def amount_over(found: re.Match[str], asked: Asked, facts: Facts) -> str:
    """How many times the statistic of an edition the stated amount is."""
    claim = claim_of(asked, facts)
    rows = of(facts.table, mineral=claim.mineral, place=claim.place)
    if asked.get("edition", "all") not in ("", "all"):
        rows = edition_of(rows, asked["edition"])
    held = [str(claim.measure), "reserves", "resources"]
    measure = next(name for name in held if (rows["measure"] == name).any())
    rows = of(rows, measure=measure)
    edition = found["edition"] or rows["edition"].max()
    own = rows[(rows["edition"] == edition) & rows["value"].notna()]
    ratios = [(claim.value or 0) / value for value in own["value"]]
    return fits(any(near(found["times"], ratio) for ratio in ratios), f"it is {ratios} times")


def number_of(found: re.Match[str], asked: Asked, facts: Facts) -> str:
    """The stated amount is printed by an edition, for its latest year; and what is not stated of it."""
    claim = claim_of(asked, facts)
    rows = of(facts.table, mineral=claim.mineral, place=claim.place)
    rows = rows[(rows["edition"] == found["edition"]) & (rows["dataset"].map(facts.said_by) == found["by"])]
    ground = str(claim.measure) in ("reserves", "resources", "holdings")
    rows = rows[rows["measure"].isin(["reserves", "resources"] if ground else [str(claim.measure), *OUTPUT])]
    rows = rows[rows["year"] == rows["year"].max()]
    unsaid = {
        "stage of production": claim.measure is Measure.PRODUCTION,
        "class": ground and str(claim.reserve_class) == "undefined",
        "basis": str(claim.basis) == "undefined",
    }
    told = found["unsaid"].replace(" and ", ", ").split(", ")
    if told != [name for name, is_so in unsaid.items() if is_so]:
        return f"not stated are {unsaid}"
    return fits((rows["value"] == claim.value).any(), f"the edition prints {rows['value'].tolist()}")


def unheld(_found: re.Match[str], asked: Asked, facts: Facts) -> str:
    """No edition has figures of it."""
    claim = claim_of(asked, facts)
    rows = of(facts.table, mineral=claim.mineral, place=claim.place)
    has = rows[["value", "lower", "upper"]].notna().any(axis=None) if len(rows) else False
    return fits(not has, "there are figures of it")


def no_statistics(_found: re.Match[str], asked: Asked, facts: Facts) -> str:
    """No statistics of minerals count this."""
    claim = claim_of(asked, facts)
    apart = claim.kind is Kind.MONEY or str(claim.measure) not in set(facts.table["measure"])
    return fits(apart or claim.compared_place not in (None, EVERYWHERE), "statistics count it")


def shares_of(found: re.Match[str], asked: Asked, facts: Facts) -> str:
    """The lowest and the highest share that the editions give."""
    claim = claim_of(asked, facts)
    name = found["alone"]
    rows = facts.table
    if asked.get("edition", "all") not in ("", "all"):
        rows = edition_of(rows, asked["edition"])
    rows = rows[rows["mineral"].map(lambda code: mineral_name(code).lower() == name)] if name else of(
        rows, mineral=claim.mineral
    )  # fmt: skip
    measures = OUTPUT if claim.measure is Measure.PRODUCTION else [str(claim.measure)]
    rows = rows[rows["measure"].isin(measures)]
    shares, years = _latest_shares(claim.place, rows, measures)
    told = (int(found["since"]), int(found["until"] or found["since"]))
    if years and told != (min(years), max(years)):
        return f"they are of {sorted(years)}"
    low, high = found["low"], found["high"] or found["low"]
    right = shares and near(low.removesuffix(" %"), min(shares) * 100) and near(high, max(shares) * 100)
    return fits(right, f"they are {sorted(shares)}")


def _latest_shares(place: str, rows: pd.DataFrame, measures: Sequence[str]) -> tuple[list[float], set[int]]:
    """Its shares in the two latest years of each edition's first measure, and the years that have one."""
    shares, years = [], set()
    for _, edition in rows.groupby(["dataset", "edition"]):
        first = min(edition["measure"].unique(), key=list(measures).index)
        own = edition[edition["measure"] == first]
        for year in sorted(own["year"].unique())[-2:]:
            for one in tables(own[own["year"] == year]):
                if one.whole and (value := one.countries.get(place)) is not None:
                    shares.append(value / one.whole)
                    years.add(int(year))
    return shares, years


def ratio_over(found: re.Match[str], asked: Asked, facts: Facts) -> str:
    """What the editions give for a comparison; nothing where one of the two places has no number."""
    claim = claim_of(asked, facts)
    if not found["times"]:
        both = {claim.place, claim.compared_place}
        rows = of(facts.table, mineral=claim.mineral)
        known = rows[rows["place"].isin(both) & rows["value"].notna()]
        sides = known.groupby(["dataset", "edition", "measure"])["place"].nunique()
        return fits(
            claim.measure in (Measure.AID, Measure.FUND) or not (sides > 1).any(), "there are figures"
        )
    return ""


def part_of(found: re.Match[str], asked: Asked, facts: Facts) -> str:
    """What share of a stated whole its stated parts are."""
    whole = claim_of(asked, facts)
    parts = [claim for claim in facts.claims.values() if claim.part_of == whole.id]
    right = [is_share(text, (part.value or 0) / (whole.value or 1), others=True)
             for text, part in zip(found["shares"].split(", "), parts, strict=True)]  # fmt: skip
    return fits(all(right), "it is another share")


def money(found: re.Match[str], asked: Asked, facts: Facts) -> str:
    """The largest sum that a document names."""
    source = asked["figure"].removeprefix("money-") if asked.get("figure") else claim_of(asked, facts).source
    sums = [c.value or 0 for c in facts.claims.values() if c.source == source and c.kind is Kind.MONEY]
    return fits(near(found["sum"], max(sums) / 1e9), f"it is {max(sums)}")


def comparisons(found: re.Match[str], _asked: Asked, facts: Facts) -> str:
    """How many comparisons are stated, and how many without an amount."""
    every = [claim for claim in facts.claims.values() if claim.kind is Kind.RATIO]
    vague = [c for c in every if c.value is None and (c.lower is None or c.upper is None)]
    told = (int(found["count"]), 0 if found["vague"] == "none" else int(found["vague"]))
    return fits(told == (len(every), len(vague)), f"there are {len(every)}, {len(vague)} without an amount")


def dates(found: re.Match[str], _asked: Asked, facts: Facts) -> str:
    """On how many dates the documents disagree."""
    told = (int(found["few"]), int(found["all"]))
    disagree = sum(len({(m.date, m.until) for m in e.mentions if m.date}) > 1 for e in facts.events)
    return fits(told[1] == len(facts.events) and told[0] <= disagree, f"there are {disagree} such dates")


CLAIMS = [
    (
        "rank in editions",
        r"(?P<name>.+?) ranks (?P<rank>\w+) in (?P<what>\D+?) in (?:(?P<holds>\d+)|(?P<none>none)) of (?P<count>\d+) editions?"
        r"(?: \((?P<which>[\d, -]+)\))?(?:, not in (?P<against>\d+))?(?P<more>.*)",
        rank_holds,
    ),
    ("rank undecided", r"Whether .+ ranks .+", lambda *_: ""),
    (
        "amount over statistic",
        rf"The .+ stated for .+ is (?P<times>{NUMBER}) times "
        r"(?:the latest statistic|the statistic (?:for \d{4}, )?of edition (?P<edition>[^ ,]+)), .+",
        amount_over,
    ),
    (
        "number of an edition",
        r"The .+ stated for .+ is the number of (?P<by>.+?) (?P<edition>[\d-]+)(?:, which it names)?; "
        r"(?P<unsaid>.+) not stated",
        number_of,
    ),
    ("amount alone", r"The .+ stated for .+ cannot be held against any edition", unheld),
    ("no statistics", r".+: no statistics apply", no_statistics),
    (
        "share in editions",
        rf"Stated: {SHARE} of .+?\. (?:The|Of (?P<alone>.+?) alone, the) statistics give "
        rf"(?P<low>{NUMBER})(?: %)?(?: to (?P<high>{NUMBER}))?(?: %)? for (?P<since>\d+)"
        r"(?: to (?P<until>\d+))?",
        shares_of,
    ),
    (
        "ratio",
        r"Stated: “.+”, .+?; (?:no edition has figures to hold it against|the statistics give (?P<times>.+))",
        ratio_over,
    ),
    ("share alone", r"Stated: .+; no edition gives a share to hold it against", lambda *_: ""),
    ("part of whole", r"Of the .+ is said to hold, (?P<shares>.+?) are .+", part_of),
    ("money", rf"\$(?P<sum>{NUMBER}) bn was proposed as a fund; .+", money),
    (
        "comparisons",
        r"(?P<count>\d+) comparisons? (?:is|are) made, (?P<vague>\w+) of them without an amount; .+",
        comparisons,
    ),
    ("dates", r"The documents disagree on (?P<few>\d+) of (?P<all>\d+) dates", dates),
]


# At a glance ------------------------------------------------------------------------------------------


@cache
def entries(knowledge: Any, critical_list: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The entries of a list, each with what of ours it covers or is counted in."""
    with (knowledge / "critical_entries.csv").open(encoding="utf-8") as file:
        return tuple(
            (line["entry"], (*line["covers"].split(";"), *filter(None, [line["counted_in"]])))
            for line in csv.DictReader(file)
            if line["list"] == critical_list
        )


def half_made(found: re.Match[str], asked: Asked, facts: Facts) -> str:
    """How many minerals one country makes more than half of, and which country most of these."""
    rows = edition_of(facts.table, asked["edition"])
    lists = entries(facts.knowledge, asked["list"])
    covered = dict.fromkeys(code for _, codes in lists for code in codes)
    tops = {code: top for code in covered if (top := _top(of(rows, mineral=code)))}
    sure = [place for place, share, most in tops.values() if share > HALF and not most]
    perhaps = [place for place, share, most in tops.values() if share > HALF and most]
    told = [int(found[name] or 0) for name in ("half", "known", "lead", "perhaps")]
    leading = Counter(sure).most_common(1)
    right = [len(sure), len(tops), leading[0][1] if leading else 0, len(perhaps)]
    return fits(told == right and _is_list(found["list"], asked), f"they are {right}")


def _top(rows: pd.DataFrame) -> tuple[str, float, bool] | None:
    """The first country of what is made, its share, whether that is at most so much."""
    own = rows[rows["measure"].isin(OUTPUT)]
    stages = own[own["place"] != EVERYWHERE].groupby(["file", "column"])["measure"].nunique()
    if len(stages) and stages.max() > 1 and set(of(own, place=EVERYWHERE)["measure"]) == {"production"}:
        own = own.assign(measure="production")
    for measure in OUTPUT:
        named = of_countries(own[own["measure"] == measure])
        if named.empty:
            continue
        latest = own[(own["measure"] == measure) & (own["year"] == named["year"].max())]
        one = max(tables(latest), key=lambda table: len(table.countries))
        if not one.countries or not one.whole or not one.is_printed:
            return None
        share = next(iter(one.countries.values())) / one.whole
        if not 0 <= share <= 1 + 1e-9:
            return None
        return one.first[0], share, one.at_most
    return None


def without_totals(found: re.Match[str], asked: Asked, facts: Facts) -> str:
    """No mineral of the list has a printed world total of what is made."""
    rows = edition_of(facts.table, asked["edition"])
    lists = entries(facts.knowledge, asked["list"])
    covered = dict.fromkeys(code for _, codes in lists for code in codes)
    having = [code for code in covered if _top(of(rows, mineral=code))]
    return fits(not having and _is_list(found["list"], asked), f"{having} have totals")


def _is_list(name: str, asked: Asked) -> bool:
    """Whether "US 2025" is the list that is asked for."""
    return name.lower().replace(" ", "-") == asked["list"]


GLANCE = [
    (
        "no totals",
        r"No world total of output is printed for any of these minerals on the list (?P<list>.+)",
        without_totals,
    ),
    (
        "more than half",
        r"Of (?P<known>\d+) minerals? on the list (?P<list>.+) with a world total of output, one country makes "
        r"more than half of (?P<half>\d+)(?: \(.+ of (?P<lead>\d+)\))?(?:, and perhaps of (?P<perhaps>\d+) more)?",
        half_made,
    ),
]


# Sources that disagree --------------------------------------------------------------------------------


def widest(found: re.Match[str], _asked: Asked, facts: Facts) -> str:
    """Both figures are printed by the dataset that is named."""
    year = int(found["year"])
    for side in ("low", "high"):
        named = [code for code, name in facts.said_by.items() if name == found[f"{side}_by"]]
        rows = facts.table[facts.table["dataset"].isin(named) & (facts.table["year"] == year)]
        rows = rows[rows["place"].map(place_name) == found["place"]]
        rows = rows[rows["mineral"].map(mineral_name).str.casefold() == found["mineral"].casefold()]
        values = [value for value in rows["value"].dropna() if is_amount(found[side], value)]
        converted = [
            v
            for v in rows["value"].dropna()
            for how in (5.323, 2.153, 1.17)
            if is_amount(found[side], v * how)
        ]
        if not values and not converted:
            return f"{named} prints {list(rows['value'])}"
    return ""


def apart(found: re.Match[str], _asked: Asked, _facts: Facts) -> str:
    """Cells are counted."""
    return fits(int(found["count"]) > 0, "there are none")


DISAGREE = [
    (
        "widest spread",
        rf"(?P<place>.+?), (?P<measure>.+?) of (?P<mineral>.+) in (?P<year>\d+): (?P<low>{AMOUNT}) "
        rf"\((?P<low_by>[^()]+)\) or (?P<high>{AMOUNT}) \((?P<high_by>[^()]+)\)"
        r"(?:, the widest of (?P<count>\d+) spreads)?",
        widest,
    ),
    ("not the same thing", r"In (?P<count>\d+) cells? the datasets do not count the same thing, .+", apart),
]
