"""The oracle for reliance on imports, for where these come from, and for the stages of a mineral.

Reliance and sources are read again from the printed texts alone: "100", ">95", "E", "71".
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pandas as pd

import loaders
from loaders.names import mineral_name, place_name
from loaders.vocabulary import Measure
from tests.oracle_claims import Asked, Facts
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
    small,
    tables,
)

HALF = 50.0


def account_of(asked: Asked, facts: Facts) -> pd.DataFrame:
    """The rows of the account in the edition that is asked for."""
    return of(edition_of(facts.national, asked["edition"]), place=asked["account"])


@cache
def on_lists() -> dict[str, set[str]]:
    """By mineral the ids of the critical lists that it is on."""
    path = Path(loaders.__file__).parent / "knowledge" / "minerals.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {line["id"]: set(line["lists"].split(";")) for line in csv.DictReader(file)}


def listed(rows: pd.DataFrame, asked: Asked, told: str | None) -> pd.DataFrame | str:
    """The rows of the minerals on the list that a title names; or what is wrong with its name."""
    wanted = "" if asked["list"] == "all" else asked["list"].upper().replace("-", " ")
    if (told or "") != wanted:
        return f"the list is {wanted or 'none'}"
    if not wanted:
        return rows
    return rows[[asked["list"] in on_lists().get(code, ()) for code in rows["mineral"]]]


def bare(name: str) -> str:
    """A name without an article."""
    return re.sub(r"^[Tt]he ", "", name)


# Reliance ---------------------------------------------------------------------------------------------


def counted(found: re.Match[str], asked: Asked, facts: Facts) -> str:
    """How many forms are printed as 100, and how many as half or more."""
    rows = of(account_of(asked, facts), measure="net_import_reliance", year=int(found["year"]))
    rows_or_wrong = listed(rows, asked, found["list"])
    if isinstance(rows_or_wrong, str):
        return rows_or_wrong
    printed = [text.strip() for text in rows_or_wrong["printed_value"]]
    numbers = [re.fullmatch(r"(>?)([\d.]+)", text) for text in printed]
    whole = sum(text == "100" for text in printed)
    half = sum(bool(number) and float(number[2]) >= HALF for number in numbers if number) - whole
    said = found.groupdict()
    right = {"n": len(printed), "whole": whole, "half": half}
    wrong = [f"{key} is {value}" for key, value in right.items() if int(said.get(key) or 0) != value]
    if bare(found["who"]) != place_name(asked["account"]) or found["year"] != asked["year"]:
        wrong.append("it is of another account or year")
    return "; ".join(wrong)


FORMS = r"(?P<n>\d+) forms? of minerals"
ON_LIST = r"(?: on the list (?P<list>[A-Z]{2} \d{4}))?"
RELIANCE = [
    (
        "wholly",
        rf"(?P<who>.+) relied wholly on imports for (?P<whole>\d+) of {FORMS}{ON_LIST}"
        r" in (?P<year>\d{4})(?:, and for half or more of (?P<half>\d+) others)?",
        counted,
    ),
    (
        "half",
        rf"(?P<who>.+) relied on imports for half or more of (?P<half>\d+) of {FORMS}"
        rf"{ON_LIST} in (?P<year>\d{{4}})",
        counted,
    ),
    (
        "none",
        rf"(?P<who>.+): none of {FORMS}{ON_LIST} in (?P<year>\d{{4}}) is printed with a "
        r"net import reliance of half or more",
        counted,
    ),
]


# One mineral ------------------------------------------------------------------------------------------


def in_words(row: pd.Series) -> str:
    """A printed reliance in words."""
    text = str(row["printed_value"]).strip()
    words = {"E": "none (net exporter)", "NA": "not available", "s": "“small”", "W": "withheld"}
    if text in words:
        return words[text]
    if text.startswith(">"):
        return f"more than {text[1:]} %"
    if text.startswith("<"):
        return f"less than {text[1:]} %"
    if text.lower().startswith("less than"):
        return "less than 0.5 %"
    return f"{float(text):g} %{' (estimated)' if row['status'] == 'E' else ''}"


def of_mineral(found: re.Match[str], asked: Asked, facts: Facts) -> str:
    """Each form's latest reliance, and the first source of imports."""
    rows = of(account_of(asked, facts), mineral=asked["mineral"])
    reliance = of(rows, measure="net_import_reliance")
    if found["mineral"] != mineral_name(asked["mineral"]):
        return f"it is about {asked['mineral']}"
    wrong = _reliance(found, asked, reliance)
    return wrong or _first_source(found["sources"], of(rows, measure="import_source_share"))


def _reliance(found: re.Match[str], asked: Asked, rows: pd.DataFrame) -> str:
    if bare(found["who"] or found["nobody"]) != place_name(asked["account"]):
        return "it is of another account"
    if rows.empty or not found["told"]:
        return "" if rows.empty == (not found["told"]) else f"{len(rows)} rows of reliance"
    latest = of(rows, year=rows["year"].max())
    if found["year"] != str(rows["year"].max()):
        return f"the latest year is {rows['year'].max()}"
    lines = [line for _, line in latest.iterrows()]
    pattern = "(?:, | and )".join(rf"{re.escape(in_words(line))}(?: for (.+?))?" for line in lines)
    told = re.fullmatch(pattern, found["told"])
    if not told:
        return f"it is {[in_words(line) for line in lines]}"
    forms = zip(told.groups(), latest["detail"], strict=True)
    wrong = [detail for form, detail in forms if not _is_of_form(form or "", detail)]
    return f"the form is {wrong}" if wrong else ""


def _is_of_form(form: str, detail: str) -> bool:
    """Whether "granite only (based on value)" is said of a longer detail: each part stands in it."""
    parts = [part.strip().casefold() for part in re.split(r"[()]", form)]
    return all(part in detail.casefold() for part in parts)


TOTAL = re.compile(r"(?:combined )?(?:total|all)\b", re.I)
LARGEST = re.compile(
    r"largest source(?: \((?P<form>.+)\))?(?:, (?P<years>\S+))?: "
    r"(?P<names>.+?) (?P<share>(?:more than |less than )?[\d.]+ %(?: \(estimated\))?)(?: each)?"
)
MOST_FORMS = re.compile(
    r"largest source(?:, (?P<years>\S+))?: (?P<names>.+) for (?P<k>\d+) of (?P<n>\d+) forms(?P<each> each)?"
)


def _first_source(text: str, rows: pd.DataFrame) -> str:
    if rows.empty or text == "where imports come from is not printed":
        return "" if rows.empty and text.endswith("not printed") else f"{len(rows)} rows of sources"
    firsts = {str(detail): _firsts(own) for detail, own in rows.groupby("detail", sort=False)}
    totals = list(firsts) if len(firsts) == 1 else [detail for detail in firsts if TOTAL.match(detail)]
    found = LARGEST.fullmatch(text) if totals else MOST_FORMS.fullmatch(text)
    if not found:
        return f"it is read as {totals or 'several forms'}"
    if found["years"] and not rows["note"].str.startswith(found["years"]).all():
        return f"the years are not {found['years']}"
    if not totals:
        counts = Counter(code for codes, _ in firsts.values() for code in codes)
        most = max(counts.values())
        names = [place_name(code) for code, number in counts.items() if number == most]
        right = (joined(names), str(most), str(len(firsts))) == (found["names"], found["k"], found["n"])
        right = right and bool(found["each"]) == (len(names) > 1)
        return "" if right else f"it is {names} for {most} of {len(firsts)}"
    detail = totals[-1]
    if (found["form"] or "").casefold() != ("" if TOTAL.match(detail) else detail.casefold()):
        return f"the form is {detail}"
    codes, number = firsts[detail]
    names = joined([place_name(code) for code in codes])
    right = (names, [number]) == (found["names"], re.findall(r"[\d.]+", found["share"])[:1])
    return "" if right else f"it is {names} {number}"


def _firsts(rows: pd.DataFrame) -> tuple[list[str], str]:
    """Who has the largest printed number among countries, and the number."""
    named = rows[rows["partner"] != OTHERS]
    numbers = [float(text.strip().lstrip("><")) for text in named["printed_value"]]
    most = max(numbers)
    return [
        code for code, number in zip(named["partner"], numbers, strict=True) if number == most
    ], f"{most:g}"


DEPENDENCE = [
    (
        "of mineral",
        r"(?P<mineral>.+?): (?:net import reliance of (?P<who>.+?) in (?P<year>\d{4}) was (?P<told>.+)"
        r"|no net import reliance of (?P<nobody>.+) is printed); "
        r"(?P<sources>largest source\b.+|where imports .+|no source .+)",
        of_mineral,
    )
]


# One country ------------------------------------------------------------------------------------------


def supplied(found: re.Match[str], asked: Asked, facts: Facts) -> str:
    """Of how many minerals a country is named, and of how many first."""
    rows = listed(of(account_of(asked, facts), measure="import_source_share"), asked, found["list"])
    if isinstance(rows, str):
        return rows
    own = rows[rows["partner"] == asked["place"]]
    first = {
        mineral
        for (mineral, _), form in rows.groupby(["mineral", "detail"])
        if asked["place"] in _firsts(form)[0]
    }
    right = {"k": len(set(own["mineral"])), "n": len(set(rows["mineral"])), "m": len(first)}
    wrong = [f"{key} is {value}" for key, value in right.items()
             if int(found[key].replace("none", "0")) != value]  # fmt: skip
    names = (bare(found["place"]), bare(found["who"]))
    if names != (place_name(asked["place"]), place_name(asked["account"])):
        wrong.append("it is of another country or account")
    return "; ".join(wrong)


SUPPLIER = [
    (
        "supplier",
        r"(?P<place>.+) is a named source of imports of (?P<who>.+?)(?: in (?P<years>[\d–, -]+))? for (?P<k>\d+) "
        rf"of (?P<n>\d+) minerals{ON_LIST}, and the largest source of (?:some form of (?=\d))?(?P<m>\d+|none)(?: of them)?",
        supplied,
    )
]


# Stages -----------------------------------------------------------------------------------------------

OF_STAGES = (
    ("mines", "mine production", ["mine_production"]),
    ("smelts or refines", "smelter or refinery production", ["smelter_production", "refinery_production"]),
    (
        "makes",
        "",
        ["primary_production", "secondary_production", "plant_production", "synthetic_production",
         "production"],
    ),
    ("holds", "reserves", ["reserves"]),
)  # fmt: skip

FIRST = re.compile(rf"(?P<names>.+) (?P<verb>mines|smelts or refines|makes|holds) (?P<share>{SHARE})"
                   r"(?: of the printed (?P<of>.+))?")  # fmt: skip
LARGEST_NUMBER = re.compile(
    rf"(?P<names>.+) (?:has the largest single|have the same largest) number for (?P<what>.+), (?P<amount>{AMOUNT})"
)
SEVERAL = re.compile(r"(?P<what>.+) in (?P<n>\d+) tables that count different things")
ZERO = re.compile(r"no country has a number above zero for (?P<what>.+)")


def staged(found: re.Match[str], asked: Asked, facts: Facts) -> str:
    """Who is first at each stage; which have no table."""
    rows = edition_of(facts.of_mineral(asked["mineral"]), asked["edition"])
    rows = rows[rows["status"] != "F"]
    clauses = found["clauses"].split("; ")
    wrong = [] if found["mineral"] == mineral_name(asked["mineral"]) else ["another mineral"]
    lacking = []
    for verb, missing, measures in OF_STAGES:
        printed = [table for measure in measures for table in _tables(rows, measure)]
        if not printed:
            lacking += [missing] if missing else []
            continue
        if not clauses:
            return f"nothing is said of who {verb}"
        clause = clauses.pop(0)
        several, groups = SEVERAL.fullmatch(clause), _groups(rows, measures)
        right = several and groups > 1 and int(several["n"]) == groups
        wrong.append("" if right else _clause(clause, verb, printed))
    if lacking and (not clauses or clauses.pop() != f"no table of {', of '.join(lacking)}"):
        wrong.append(f"no tables of {lacking}")
    return "; ".join(filter(None, [*wrong, f"too much is said: {clauses}" if clauses else ""]))


def _tables(rows: pd.DataFrame, measure: str) -> list[tuple[str, Printed]]:
    """The tables of a measure in its latest year that name a place and may have a number."""
    own = of(rows, measure=measure)
    own = of(own, year=own["year"].max()) if len(own) else own
    found = tables(own) if len(own) else []
    if len(found) > 1:
        groups = [group for _, group in own.groupby(["basis", "unit"], sort=True)]
        kept = [set(group["place"]) - {EVERYWHERE} and (group["status"] != "M").any() for group in groups]
        found = [table for table, keep in zip(found, kept, strict=True) if keep]
    elif found and not (set(own["place"]) - {EVERYWHERE} and (own["status"] != "M").any()):
        found = []
    return [(small(Measure(measure).label), table) for table in found]


def _groups(rows: pd.DataFrame, measures: list[str]) -> int:
    """How many tables there are where each basis is one."""
    counts = 0
    for measure in measures:
        own = of(rows, measure=measure)
        own = of(own, year=own["year"].max()) if len(own) else own
        kept = own[own["place"] != EVERYWHERE]
        groups = [group for _, group in kept.groupby(["basis", "unit"])]
        counts += sum(bool((group["status"] != "M").any()) for group in groups)
    return counts


def _clause(clause: str, verb: str, printed: list[tuple[str, Printed]]) -> str:
    if len(printed) > 1:
        found = SEVERAL.fullmatch(clause)
        return "" if found and int(found["n"]) == len(printed) else f"{clause}: {len(printed)} tables"
    what, table = printed[0]
    value = next(iter(table.countries.values()), 0.0)
    if not value:
        found = ZERO.fullmatch(clause)
        return "" if found and found["what"] == what else f"{clause}: nobody has a number"
    names = joined(sorted(map(place_name, table.first)))
    if found := LARGEST_NUMBER.fullmatch(clause):
        right = found["what"] == what and is_amount(found["amount"], value)
    elif found := FIRST.fullmatch(clause):
        right = found["verb"] == verb and _is_share(found, what, value, table)
    if not found:
        return f"{clause}: not known"
    told = joined(sorted(re.split(", | and ", found["names"])))
    return "" if right and names == told else f"{clause}: it is {names} with {value}"


def _is_share(found: re.Match[str], what: str, value: float, table: Printed) -> bool:
    if not table.whole or found["share"].startswith("at most ") != table.at_most:
        return False
    if (found["of"] is None) != table.is_printed or found["of"] not in (None, what):
        return False
    return is_share(found["share"], value / table.whole, others=table.positive > 1)


STAGES = [("stages", r"(?P<mineral>.+?): (?P<clauses>.+)", staged)]

OF_ACCOUNTS: dict[str, list[tuple[str, str, Callable[[re.Match[str], Asked, Facts], str]]]] = {
    "reliance": RELIANCE,
    "dependence": DEPENDENCE,
    "supplier": SUPPLIER,
    "stages": STAGES,
}
"""The kinds of titles of these topics."""
