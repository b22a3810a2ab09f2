"""An independent reading of titles: what each asserts is worked out again from the observations alone.

Nothing of the analysis, the words or the topics is used. A title is taken apart with a pattern for its kind;
the numbers in it must follow from the rows of the table. A title whose kind is not known is an error.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import NamedTuple

import pandas as pd

import loaders
from loaders.names import mineral_name, place_name
from loaders.vocabulary import Measure
from tests.oracle_claims import CLAIMS, DISAGREE, GLANCE, Facts, claim_of
from tests.oracle_dependence import OF_ACCOUNTS
from tests.oracle_map import OF_MAP
from tests.oracle_objects import COMPARE, COUNTRY, MINERAL
from tests.oracle_time import OVER_TIME, PRICES
from tests.printed_tables import (
    AMOUNT,
    EVERYWHERE,
    OTHERS,
    SHARE,
    Printed,
    edition_of,
    is_amount,
    is_share,
    joined,
    of,
    of_countries,
    ordinal,
    small,
    tables,
    too_exact,
)

KNOWLEDGE = Path(loaders.__file__).parent / "knowledge"
FIRST_FIVE = 5
HALF = 0.5

Asked = Mapping[str, str]
Hold = Callable[[re.Match[str], Asked, Facts], str]


class Judged(NamedTuple):
    """The kind of a title, and what is wrong with it; empty where it follows from the figures."""

    kind: str
    wrong: str


def judge(topic: str, asked: Asked, title: str, facts: Facts) -> Judged:
    """The kind of a title and what is wrong with it."""
    of_table = topic in DATED or asked.get("figure", "").startswith("ranked-")
    dated = YEARS.search(title) if of_table else None
    if not dated:
        return _judge(topic, asked, title, facts)
    judged = _judge(topic, asked, title[: dated.start()] + title[dated.end() :], facts)
    return Judged(judged.kind, judged.wrong or _dated(dated[0], asked, facts))


def _judge(topic: str, asked: Asked, title: str, facts: Facts) -> Judged:
    for kind, pattern, hold in KINDS[topic]:
        found = re.fullmatch(pattern, title)
        if found:
            return Judged(kind, hold(found, asked, facts))
    return Judged("unknown", "the kind of this title is not known")


DATED = ("explore", "map", "mineral", "concentration", "compare", "stages", "glance")
"""Topics whose titles name the years of their figures."""
YEARS = re.compile(r" \(\d{4}(?: to \d{4})?\)(?=;|$| \(with)|(?<=\)), \d{4}(?: to \d{4})?(?=;|$| \(with)")


def _dated(words: str, asked: Asked, facts: Facts) -> str:
    """Whether the years are those that are asked for, or the latest of some table of the edition."""
    told = {int(year) for year in re.findall(r"\d{4}", words)}
    if asked.get("year"):
        return "" if told == {int(asked["year"])} else f"it is of {asked['year']}"
    rows = facts.of_mineral(asked["mineral"]) if asked.get("mineral") else facts.table
    rows = edition_of(rows, asked["edition"])
    latest = set(rows[rows["status"] != "F"].groupby(["mineral", "measure"])["year"].max())
    return "" if told <= latest else f"{sorted(told)} are not among {sorted(latest)}"


def either(candidates: list[str]) -> str:
    """Nothing wrong where one reading of the table has nothing wrong; else what is wrong with the first."""
    if not candidates:
        return "the table has no rows"
    return "" if "" in candidates else candidates[0]


# Explore ----------------------------------------------------------------------------------------------


def explored(asked: Asked, facts: Facts) -> list[Printed]:
    """The readings of the table that is asked for."""
    rows = of(edition_of(facts.of_mineral(asked["mineral"]), asked["edition"]), measure=asked["measure"])
    return tables(of(rows, year=int(asked["year"])))


def wording(asked: Asked) -> str:
    """reserves of rare earths"""
    return f"{small(Measure(asked['measure']).label)} of {small(mineral_name(asked['mineral']))}"


def named(text: str, codes: list[str]) -> bool:
    """Whether "A, B and C" names these places."""
    names = [place_name(code) for code in codes]
    if not names:
        return False
    return any(text == joined(list(order)) for order in permutations(names)) if len(names) < 6 else True


def share_of(share: str, value: float, table: Printed, places: int = 1) -> str:
    """What is wrong with a share of the whole table."""
    whole = table.whole
    if not whole:
        return "there is no total"
    if share.startswith("at most ") != table.at_most:
        return f"{share}: at most is {table.at_most}"
    if too_exact(share, *([value] if places == 1 else []), *([whole] if table.is_printed else [])):
        return f"{share} has more digits than {value} of {whole}"
    right = is_share(share, value / whole, others=table.positive > places)
    return "" if right else f"{share}: it is {value / whole:.5f}"


def leader(found: re.Match[str], asked: Asked, facts: Facts) -> str:
    """The countries with the largest number, their share, that of the first five."""
    return either([_leader(found, asked, table) for table in explored(asked, facts)])


def _leader(found: re.Match[str], asked: Asked, table: Printed) -> str:
    if found["what"].casefold() != wording(asked).casefold():
        return f"it is about {wording(asked)}"
    if not table.first:
        return "no country has a number"
    if joined(sorted(map(place_name, table.first))) != joined(
        sorted(re.split(", | and ", found["names"]))
    ) and (sorted(map(place_name, table.first)) != [found["names"]]):
        return f"the first is {table.first}"
    numbers = list(table.countries.values())
    if len(numbers) == 1 and not (table.total and numbers[0] / table.total > HALF):
        return "there is only one country with a number"
    if table.is_open:
        return f"{table.elsewhere} of the total is in no row"
    wrong = share_of(found["share"], numbers[0], table)
    if not wrong and found["five"]:
        wrong = share_of(found["five"], sum(numbers[:FIRST_FIVE]), table, FIRST_FIVE)
    return wrong or _rest(found, asked, table)


def largest_of_few(found: re.Match[str], asked: Asked, facts: Facts) -> str:
    """The largest number, where more of the total is in no row."""

    def wrong(table: Printed) -> str:
        if not named(found["names"], table.first):
            return f"the first is {table.first}"
        if not table.is_open:
            return f"{table.elsewhere} of the total is in no row"
        numbers = list(table.countries.values())
        who = [place_name(code) for code in table.single if table.places[code] is None]
        if found["who"] and not all(name in found["who"] for name in who):
            return f"without a number are {who}"
        told = share_of(found["share"], numbers[0], table)
        return told or share_of(found["rest"], table.elsewhere, table, len(numbers))

    return either([wrong(table) for table in explored(asked, facts)])


def _rest(found: re.Match[str], asked: Asked, table: Printed) -> str:
    """Other countries that have more together are named."""
    rest = table.known.get(OTHERS, 0.0)
    outweighed = rest > max(table.countries.values()) and len(table.countries) > 1
    sure = table.total and not table.at_most and max(table.countries.values()) / table.total > HALF
    if bool(found["rest"]) != bool(outweighed and not sure):
        return f"other countries have {rest}"
    if found["rest"] and asked["basis"] == "printed" and not is_amount(found["rest"], rest):
        return f"other countries have {rest}"
    return ""


def largest(found: re.Match[str], asked: Asked, facts: Facts) -> str:
    """The largest number of a table without a total."""

    def wrong(table: Printed) -> str:
        if not named(found["names"], table.first):
            return f"the first is {table.first}"
        value = next(iter(table.countries.values()))
        if len(table.countries) == 1:
            return "there is only one country with a number"
        if found["above"] and not (table.total and value > table.total):
            return "it is not above the total"
        return "" if _amount(found["amount"], value, asked) else f"it is {value}"

    return either([wrong(table) for table in explored(asked, facts)])


def _amount(text: str, value: float, asked: Asked) -> bool:
    """Whether an amount is right; on another basis than the printed one amounts are not worked out again."""
    return asked.get("basis", "printed") != "printed" or is_amount(text, value)


def perhaps_more(found: re.Match[str], asked: Asked, facts: Facts) -> str:
    """The largest number, where a bound of another country is above it."""

    def wrong(table: Printed) -> str:
        if not named(found["names"], table.first):
            return f"the first is {table.first}"
        value = next(iter(table.countries.values()))
        above = [code for code in table.single if table.places[code] is None and table.known[code] > value]
        return "" if above else "no other country may have more"

    converted = asked.get("basis", "printed") != "printed"  # a conversion may be a range
    return "" if converted else either([wrong(table) for table in explored(asked, facts)])


def only(found: re.Match[str], asked: Asked, facts: Facts) -> str:
    """The only country with a number."""

    def wrong(table: Printed) -> str:
        if list(map(place_name, table.countries)) != [found["name"]]:
            return f"there are {list(table.countries)}"
        value = next(iter(table.countries.values()))
        if not found["number"] and len(table.single) > 1:
            return "other countries have rows"
        if found["share"] and (bad := share_of(found["share"], value, table)):
            return bad
        return "" if _amount(found["amount"], value, asked) else f"it is {value}"

    return either([wrong(table) for table in explored(asked, facts)])


def nothing(found: re.Match[str], asked: Asked, facts: Facts) -> str:
    """No country with a number, or none with more than zero."""

    def wrong(table: Printed) -> str:
        if found.groupdict().get("zero"):
            return (
                "" if table.countries and max(table.countries.values()) == 0 else "some have more than zero"
            )
        return "" if not table.countries else f"there are {list(table.countries)}"

    if asked.get("basis", "printed") != "printed" and "range" in found.string:
        return ""  # a conversion may be a range
    return either([wrong(table) for table in explored(asked, facts)])


STANDS = re.compile(
    rf"(?:^|, )(?P<name>.+?) (?:is (?P<tied>tied )?(?P<rank>\d+(?:st|nd|rd|th))(?P<among> of those with a single number)?"
    rf" with (?P<amount>{AMOUNT})"
    rf"(?:, (?P<share>{SHARE}) of the world total)?"
    r"|has (?P<none>no number|zero)(?: \([^()]*(?:\([^()]*\))?[^()]*\))?"
    rf"|has (?P<bounds>{AMOUNT}(?: to {AMOUNT})?|less than .+? shown), no single number|has (?P<rows>\d+) rows that are not added up)"
)


def stand(found: re.Match[str], asked: Asked, facts: Facts) -> str:
    """The rank, amount and share of each chosen country."""
    clauses = list(STANDS.finditer(found["clauses"]))
    if "".join(clause.group() for clause in clauses) != found["clauses"]:
        return "the clauses are not all read"
    return either([_stand(clauses, asked, table) for table in explored(asked, facts)])


def _stand(clauses: list[re.Match[str]], asked: Asked, table: Printed) -> str:
    codes = {place_name(code): code for code in table.places}
    for clause in clauses:
        code = codes.get(clause["name"])
        if code is None:
            return f"there is no row for {clause['name']}"
        value = table.places[code]
        wrong = (_ranks if clause["rank"] else _without)(clause, value, asked, table)
        if wrong:
            return f"{code}: {wrong}"
    return ""


def _without(clause: re.Match[str], value: float | None, asked: Asked, _table: Printed) -> str:
    if clause["bounds"] and asked.get("basis", "printed") != "printed":
        return ""  # a conversion may be a range
    right = value == 0 if clause["none"] == "zero" else value is None
    return "" if right else f"it has {value}"


def _ranks(clause: re.Match[str], value: float | None, asked: Asked, table: Printed) -> str:
    if value is None:
        return "it has no number"
    numbers = list(table.countries.values())
    if clause["rank"] != ordinal(1 + sum(other > value for other in numbers)):
        return f"{clause['rank']} is not its rank"
    if bool(clause["tied"]) != (numbers.count(value) > 1):
        return "tied or not"
    if not _amount(clause["amount"], value, asked):
        return f"it has {value}"
    return share_of(clause["share"], value, table) if clause["share"] else ""


def together(found: re.Match[str], asked: Asked, facts: Facts) -> str:
    """Many chosen countries: their share together, or between which ranks they stand."""
    chosen = asked["places"].split(",")

    def wrong(table: Printed) -> str:
        rows = [code for code in chosen if code in table.places]
        numbers = [table.countries[code] for code in rows if code in table.countries]
        if asked["basis"] != "printed" and len(rows) == int(found["count"]):
            return ""  # a conversion may be a range
        if int(found["count"]) != len(rows) or (found["some"] and int(found["some"]) != len(numbers)):
            return f"{len(rows)} chosen have rows, {len(numbers)} numbers"
        if found.groupdict().get("share"):
            return share_of(found["share"], sum(numbers), table, len(numbers))
        ranks = [1 + sum(other > value for other in table.countries.values()) for value in numbers]
        told = [found.groupdict().get("low"), found.groupdict().get("high")]
        right = [ordinal(min(ranks)), ordinal(max(ranks))] if ranks else [None, None]
        told = [told[0], told[1] or told[0]]
        return "" if told == right else f"they rank {right}"

    return either([wrong(table) for table in explored(asked, facts)])


VERB = "(?:holds|hold|has|have|accounts for|account for)"
REST = rf"(?:; other countries together have (?P<rest>{AMOUNT}))?(?:; the same table has .+)?"
EXPLORE: list[tuple[str, str, Hold]] = [
    (
        "several together",
        rf"(?:(?P<some>\d+) of )?(?P<count>\d+) chosen countries together {VERB} (?P<share>{SHARE}) of .+",
        together,
    ),
    (
        "leader",
        rf"(?P<names>.+?) (?:each )?{VERB} (?P<share>{SHARE}) of the (?:world’s|printed) (?P<what>.+?)"
        rf"(?:, for which no world total is given)?(?:; the first five together (?P<five>{SHARE}))?{REST}",
        leader,
    ),
    (
        "largest number",
        rf"(?P<names>.+?) ha(?:s|ve) the largest number printed for (?P<what>.+?): (?P<amount>{AMOUNT})"
        rf"(?P<above>, more than the printed world total)?{REST}",
        largest,
    ),
    (
        "largest of few",
        rf".+?: (?P<names>.+?) ha(?:s|ve) the largest number printed, (?P<share>{SHARE}) of the world total; "
        rf"(?P<rest>{SHARE}) of the total is in no row(?: \((?P<who>.+)\))?(?:; the same table has .+)?",
        largest_of_few,
    ),
    (
        "only one",
        rf".+?: (?P<name>.+?) is the only country(?P<number> with a number)?, with (?P<amount>{AMOUNT})"
        rf"(?:, (?P<share>{SHARE}) of the world total)?(?:; the same table has .+)?",
        only,
    ),
    (
        "others may have more",
        rf".+?: (?P<names>.+?) ha(?:s|ve) the largest single number, "
        rf"(?P<amount>{AMOUNT}|zero); .+ may have more",
        perhaps_more,
    ),
    ("all zero", r".+?: every country that has a number has (?P<zero>zero)", nothing),
    (
        "no number",
        r".+?: (?:no country has a (?:single )?number \(.+\)|no single country is named, only .+"
        r"|a world total of .+, and no countries|no number for the world total \(.+\), and no countries)"
        r"(?:; the same table has .+)?",
        nothing,
    ),
    (
        "several ranks",
        r".+?: (?:(?P<some>\d+) of )?(?P<count>\d+) chosen countries ranks? (?:from )?(?P<low>\w+)"
        r"(?: to (?P<high>\w+))?(?: of those with a single number)?",
        together,
    ),
    (
        "none chosen",
        r".+?: none of (?P<count>\d+) chosen countries has a (?:single )?number(?P<some>)",
        together,
    ),
    ("chosen", r"[^:]+: (?P<clauses>.+)", stand),
]


# Concentration ----------------------------------------------------------------------------------------

OUTPUT = [str(measure) for measure in Measure if measure.value.endswith("production")]


def main_tables(rows: pd.DataFrame, measures: list[str]) -> tuple[str, list[Printed]]:
    """The first measure with countries, in its latest year: its label, and the readings of it."""
    own = rows[rows["measure"].isin(measures)]
    stages = own[own["place"] != EVERYWHERE].groupby(["file", "column"])["measure"].nunique()
    whole = own[own["place"] == EVERYWHERE]
    if len(stages) and stages.max() > 1 and set(whole["measure"]) == {"production"}:
        own = own.assign(measure="production")
    for measure in measures:
        found = own[own["measure"] == measure]
        if len(of_countries(found)):
            latest = of_countries(found)["year"].max()
            return small(Measure(measure).label), tables(found[found["year"] == latest])
    return "", []


CLAUSE = re.compile(
    r"(?:(?P<who>[^,]+?)(?P<tied>, tied,)? )?"
    rf"(?:has the largest number printed for (?P<a>.+?) \((?P<amount>{AMOUNT})(?:; [^();]+ together {AMOUNT})?\)"
    rf"|(?:holds|makes) (?P<share>{SHARE}) of (?P<b>.+?)"
    rf"|is the only country with a number for (?P<c>.+?), (?P<alone>{AMOUNT})(?: \((?P<part>{SHARE})\))?)"
    rf"(?: \((?:[^()]+ together {AMOUNT}|(?P<open>{SHARE}) of the total in no row)\))?"
    r"(?=, [^,]+? (?:holds|makes|has|is the only)|, [^,]+, tied, | and (?:holds|makes|has|is)|$)"
)


def held_and_made(found: re.Match[str], asked: Asked, facts: Facts) -> str:
    """Who holds and who makes most, and how much."""
    rows = edition_of(facts.of_mineral(asked["mineral"]), asked["edition"])
    sides = [
        side
        for measures in (["reserves"], OUTPUT)
        if (side := main_tables(rows, measures))[1]
        and any(value for table in side[1] for value in table.countries.values())
    ]
    text, _, without = found["text"].partition("; no world total of ")
    clauses = _clauses(text)
    if len(clauses) != len(sides):
        return f"{len(clauses)} clauses are read, and there are {[name for name, _ in sides]}"
    wrong = [
        either([_clause(who, clause, name, table) for table in readings])
        for (who, clause), (name, readings) in zip(clauses, sides, strict=True)
    ]
    named = set(without.removesuffix(" is given").split(" and ")) - {""}
    of_rows = {
        name
        for (_, clause), (name, readings) in zip(clauses, sides, strict=True)
        if clause["share"] and not any(table.is_printed for table in readings)
    }
    wrong.append("" if named == of_rows else f"without a total are {sorted(of_rows)}")
    return "; ".join(filter(None, wrong))


def _clauses(text: str) -> list[tuple[str, re.Match[str]]]:
    """Each clause with its subject, which may be that of the clause before."""
    found, who, at = [], "", 0
    while at < len(text) and (clause := CLAUSE.match(text, at)):
        who = clause["who"] or who
        found.append((who, clause))
        at = clause.end()
        joint = re.compile(", | and ").match(text, at)
        at = joint.end() if joint else at
    return found if at >= len(text) else []


def _clause(who: str, clause: re.Match[str], measure: str, table: Printed) -> str:
    what = clause["a"] or clause["b"] or clause["c"]
    if clause["b"] and what.startswith("the printed ") == table.is_printed:
        return f"{what}: a total is printed is {table.is_printed}"
    what = what.removeprefix("the printed ")
    if not what.startswith(measure):
        return f"it is about {measure}, not {what}"
    names = [place_name(code) for code in table.first]
    if who not in names:
        return f"{who} is not {names}"
    value = next(iter(table.countries.values()))
    if clause["alone"]:
        right = len(table.countries) == 1 and is_amount(clause["alone"], value)
        return "" if right else f"it is not alone, or has not {value}"
    if clause["amount"]:
        right = is_amount(clause["amount"], value)
        return "" if right and len(table.countries) > 1 else f"it has {value}"
    if bool(clause["open"]) != table.is_open:
        return f"{table.elsewhere} of the total is in no row"
    return share_of(clause["share"], value, table)


def no_number(found: re.Match[str], asked: Asked, facts: Facts) -> str:
    """No country has a number for what is held or made."""
    rows = edition_of(facts.of_mineral(asked["mineral"]), asked["edition"])
    for measures in (["reserves"], OUTPUT):
        if any(table.countries for table in main_tables(rows, measures)[1]):
            return "there are numbers"
    return ""


def all_zero(_found: re.Match[str], asked: Asked, facts: Facts) -> str:
    """Every country that has a number has zero."""
    rows = edition_of(facts.of_mineral(asked["mineral"]), asked["edition"])
    sides = [main_tables(rows, measures)[1] for measures in (["reserves"], OUTPUT)]
    numbers = [value for side in sides for table in side for value in table.countries.values()]
    return "" if numbers and not any(numbers) else "there are other numbers"


CONCENTRATION = [
    ("all zero", "Every country that has a number for .+ has zero", all_zero),
    ("none has a number", "No country has a number for .+", no_number),
    ("holds and makes", "(?P<text>.+)", held_and_made),
]


# Revisions --------------------------------------------------------------------------------------------


@cache
def same_labels() -> dict[tuple[str, str, str], str]:
    """(dataset, mineral, label) -> the first of the labels that are declared to mean the same."""
    found = {}
    with (KNOWLEDGE / "revision_labels.csv").open(encoding="utf-8") as file:
        for line in csv.DictReader(file):
            labels = line["labels"].split(";")
            found |= {(line["dataset"], line["mineral"], label): labels[0] for label in labels}
    return found


class Revised(NamedTuple):
    """A number that differs from that of the edition before."""

    place: str
    edition: str
    before: float
    after: float
    rows_before: int
    rows: int


def through_editions(asked: Asked, facts: Facts) -> Iterator[Revised]:
    """Every revision of what is asked for, country by country, of what is declared to be the same thing."""
    rows = of(facts.of_mineral(asked["mineral"]), dataset=asked["dataset"])
    known = same_labels()
    printed_as = rows["measure"] + ":" + rows["basis"]
    label = [known.get((asked["dataset"], asked["mineral"], text), text) for text in printed_as]
    rows = rows.assign(label=label)
    wanted = set(rows.loc[rows["measure"] == asked["measure"], "label"])
    rows = of_countries(rows[rows["label"].isin(wanted)])
    if asked["year"]:
        rows = rows[rows["year"] == int(asked["year"])]
    if asked["places"] and set(asked["places"].split(",")) & set(rows["place"]):
        rows = rows[rows["place"].isin(asked["places"].split(","))]
    for (place, _, _), own in rows.groupby(["place", "label", "unit"]):
        last: float | None = None
        many = 0
        for edition, lines in own.groupby("edition", sort=True):
            latest = lines[lines["year"] == lines["year"].max()]
            value = None if latest["value"].isna().any() else float(latest["value"].sum())
            if value is not None and last is not None and value != last:
                yield Revised(str(place), str(edition), last, value, many, len(latest))
            last, many = value, len(latest)


def revised(found: re.Match[str], asked: Asked, facts: Facts) -> str:
    """The largest revision, with its amounts, and how many there are."""
    every = list(through_editions(asked, facts))
    if not every:
        return "no number was revised"
    most = max(abs(one.after - one.before) for one in every)
    first = [one for one in every if abs(one.after - one.before) >= most * (1 - 1e-9)]
    right = [
        one
        for one in first
        if (place_name(one.place), one.edition) == (found["place"], found["edition"])
        and is_amount(found["before"], one.before)
        and is_amount(found["after"], one.after)
        and bool(found["rows"]) == (one.rows != one.rows_before)
        and (found["rows_before"] or "").replace("one", "1").split(" ")[0] in ("", str(one.rows_before))
        and (found["rows"] or "").replace("one", "1").split(" ")[0] in ("", str(one.rows))
    ]
    if not right:
        return f"the largest is {first[0]}"
    count, places = len(every), len({one.place for one in every})
    told = (int(found["count"] or 1), int(found["places"] or 1)) if found["count"] else None
    if told != ((count, places) if places > 1 else None):
        return f"there are {count} revisions in {places} countries"
    return ""


def not_revised(_found: re.Match[str], asked: Asked, facts: Facts) -> str:
    """No number was revised."""
    every = list(through_editions(asked, facts))
    return f"{len(every)} were revised, such as {every[0]}" if every else ""


REVISIONS = [
    (
        "largest revision",
        rf"(?P<place>.+?): .+? went from (?P<before>{AMOUNT})(?: \((?P<rows_before>[^()]+)\))?"
        rf" to (?P<after>{AMOUNT})(?: \((?P<rows>[^()]+)\))?"
        r" in edition (?P<edition>\S+?)"
        r"(?:, the largest of (?P<count>\d+) revisions in (?P<places>\d+) countries)?",
        revised,
    ),
    ("not revised", r"(?:.+: no|No) number printed for .+ was revised in editions .+", not_revised),
]


def in_edition(found: re.Match[str], asked: Asked, facts: Facts) -> str:
    """The rank of a claim's place in one edition, as the page Explore has it."""
    claim = claim_of(asked, facts)
    rows = of(edition_of(facts.table, asked["edition"]), mineral=claim.mineral, measure=str(claim.measure))
    if rows.empty:
        return "the edition has no such table"
    table = {"mineral": str(claim.mineral), "measure": str(claim.measure), "edition": asked["edition"]}
    return stand(found, {**table, "year": str(rows["year"].max()), "basis": "printed"}, facts)


def _of_map(hold: Hold) -> Hold:
    """A map says what Explore says of the same table as it is printed."""
    return lambda found, asked, facts: hold(found, {**asked, "basis": "printed"}, facts)


OF_CLAIMS = [*CLAIMS, ("rank in one edition", r"[^:]+: (?P<clauses>.+?)(?: \(\d{4}\))?", in_edition)]

KINDS: dict[str, list[tuple[str, str, Hold]]] = {
    "explore": EXPLORE,
    "concentration": CONCENTRATION,
    "revisions": REVISIONS,
    "mineral": [*CONCENTRATION, *MINERAL],
    "country": COUNTRY,
    "compare": COMPARE,
    "glance": GLANCE,
    "claims": OF_CLAIMS,
    "figures": OF_CLAIMS,
    "disagree": DISAGREE,
    "over-time": OVER_TIME,
    "prices": PRICES,
    "map": [*OF_MAP, *((kind, pattern, _of_map(hold)) for kind, pattern, hold in EXPLORE)],
    **OF_ACCOUNTS,
}
"""The kinds of titles of each topic: a name, a pattern, and what holds it against the observations."""
