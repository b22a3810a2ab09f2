"""Beside the chart of a country: what documents state of it, and which tables do not have it alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dashboard.analysis.series import as_records
from dashboard.analysis.states import amount_words
from dashboard.charts.view import Column, Table
from dashboard.snapshot import Snapshot
from dashboard.topics.standing_lines import CountryLine, standings_of, tables_of
from dashboard.words.claims import claim_words, standing_words
from dashboard.words.ranking import measure_of_mineral
from loaders.model import Claim, EditionId
from loaders.names import mineral_name, place_name
from loaders.text import count, in_sentence, quoted
from loaders.vocabulary import Measure


def facts_of_country(
    place: str, edition: EditionId, own: Sequence[CountryLine], data: Snapshot
) -> Iterable[tuple[str, str]]:
    """What is absent from the edition, and what it counts with others: (label, sentence)."""
    absent = _absent(place, edition, own, data)
    if absent:
        yield "no row", absent
    for text in _together(place, edition, data):
        yield "counted with others", text


def _together(place: str, edition: EditionId, data: Snapshot) -> list[str]:
    """Rows that count the country with others, which are not ranked."""
    rows = standings_of(data).rows
    near = rows[(rows["dataset"] == edition.dataset) & (rows["edition"] == edition.edition)]
    near = near[near["place"].str.contains("+", regex=False)]
    own = near[[place in code.split("+") for code in near["place"]]]
    return [
        f"{place_name(row['place'])}, {measure_of_mineral(row['measure'], row['mineral'])}: "
        f"{amount_words(row)}, not ranked."
        for row in as_records(own)
    ]


def _absent(place: str, edition: EditionId, own: Sequence[CountryLine], data: Snapshot) -> str:
    """The minerals that documents speak of for this country and that the edition has no row of it for."""
    has = {str(one.line["mineral"]) for one in own}
    claimed = dict.fromkeys(claim.mineral for claim in _claims_about(place, data) if claim.mineral)
    known = {mineral for *of, mineral, _ in tables_of(data) if tuple(of) == tuple(edition)}
    without = [in_sentence(mineral_name(name)) for name in claimed if name not in has and name in known]
    unknown = [in_sentence(mineral_name(name)) for name in claimed if name not in known]
    where, name = data.edition_titles[str(edition)], place_name(place)
    told = []
    if without:
        spoken = ", ".join(without)
        told.append(f"Documents speak of {spoken}: {name} has no row in the latest such tables of {where}.")
    if unknown:
        told.append(f"Documents speak of {', '.join(unknown)}: {where} has no such table.")
    return " ".join(told)


def _claims_about(place: str, data: Snapshot) -> list[Claim]:
    """The claims that state something of a country, or hold something against it."""
    return [claim for claim in data.seeds.claims if place in (claim.place, claim.compared_place)]


def tables_of_country(
    place: str, edition: EditionId, own: Sequence[CountryLine], data: Snapshot
) -> Iterable[Table]:
    """What documents state of a country, and the tables of the edition without a row of it."""
    claims = _claims_about(place, data)
    if claims:
        columns = (Column("printed"), Column("figure"), Column("said by"), Column("beside the statistics"))
        lines = tuple(
            (quoted(claim.printed), claim_words(claim), claim.origin,
             standing_words(claim, data.checks.get(claim.id, ()), data.in_use)[0])
            for claim in claims
        )  # fmt: skip
        yield Table(f"What documents state of {place_name(place)}", columns, lines)
    has = {(str(one.line["mineral"]), str(one.line["measure"])) for one in own}
    missing: dict[str, list[str]] = {}
    for dataset, number, mineral, measure in sorted(tables_of(data)):
        if (dataset, number) == tuple(edition) and (mineral, measure) not in has:
            missing.setdefault(mineral, []).append(in_sentence(Measure(measure).label))
    if missing:
        rows = sorted((mineral_name(name), ", ".join(found)) for name, found in missing.items())
        where, tables = data.edition_titles[str(edition)], sum(map(len, missing.values()))
        yield Table(
            f"Tables of {where} without a row of {place_name(place)} in their latest year",
            (Column("mineral", names=True), Column("tables")),
            tuple(rows),
            fold=f"No row of {place_name(place)} in the latest year: {count(tables, 'table')} of {where}",
        )
