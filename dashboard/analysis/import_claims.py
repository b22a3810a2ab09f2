"""Claims that a part of a country's imports comes from another, held against the account of that country."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pandas as pd

from dashboard.analysis.checks import Check, check_all
from dashboard.analysis.dependence import IMPORT_SOURCES, is_total, part_in_words, ranked_sources
from dashboard.analysis.evidence import EditionRef
from dashboard.analysis.precision import agrees, known, precision
from dashboard.analysis.series import as_records
from loaders.model import Claim
from loaders.names import mineral_name, place_name
from loaders.text import in_sentence
from loaders.vocabulary import Kind, Measure, Outcome


def is_import_share(claim: Claim) -> bool:
    """Whether a claim says which part of a place's imports comes from another: `compared_place`."""
    return (
        claim.measure is Measure.IMPORT_SOURCE_SHARE
        and claim.kind is Kind.SHARE
        and bool(claim.mineral and claim.compared_place)
    )


def check_each(
    claims: Iterable[Claim],
    observations: Any,
    editions: Sequence[EditionRef],
    national: Callable[[], pd.DataFrame],
    every: Sequence[EditionRef],
) -> dict[str, list[Check]]:
    """`check_all`, and shares of imports against the editions of accounts among `every`.

    `national` gives the figures of accounts; it is called only where such a share is stated.
    """
    claims = list(claims)
    found = check_all([claim for claim in claims if not is_import_share(claim)], observations, editions)
    own = (claim for claim in claims if is_import_share(claim))
    return found | {claim.id: check_import_share(claim, national(), every) for claim in own}


def check_import_share(claim: Claim, national: pd.DataFrame, editions: Sequence[EditionRef]) -> list[Check]:
    """The claim against each edition of the account of its place; none where no account is loaded.

    `national` are the figures of accounts. A share is of the span of years that its note names; where the
    claim is of another year, or the edition prints the mineral form by form, nothing is decided.
    """
    own = national[national["place"] == claim.place]
    having = {*own[["dataset", "edition"]].drop_duplicates().itertuples(index=False, name=None)}
    sources = own[(own["mineral"] == claim.mineral) & (own["measure"] == IMPORT_SOURCES)]
    return [_check(claim, sources, item) for item in editions if (item.dataset, item.edition) in having]


def _check(claim: Claim, sources: pd.DataFrame, edition: EditionRef) -> Check:
    same = (sources["dataset"] == edition.dataset) & (sources["edition"] == edition.edition)
    ranked = ranked_sources(sources[same])
    own = as_records(ranked[ranked["partner"] == claim.compared_place])
    total = own if len(ranked["detail"].unique()) < 2 else [line for line in own if is_total(line["detail"])]
    if len(total) != 1:
        return _answer(claim, edition, Outcome.CANNOT_CHECK, _why_not(claim, ranked, own))
    line = total[0]
    if claim.year and not _is_of(line, claim.year):
        told = f"Its share is of {line['years']}: {part_in_words(line)}."
        return _answer(claim, edition, Outcome.CANNOT_CHECK, told, line)
    stated = precision(claim)
    verdict = agrees(stated, known(line)) if stated else None
    outcome = {True: Outcome.AGREES, False: Outcome.DIFFERS, None: Outcome.CANNOT_CHECK}[verdict]
    form = "" if is_total(line["detail"]) else f" ({in_sentence(line['detail'])})"
    told = f"Imports{form} over {line['years']}: {part_in_words(line)}."
    return _answer(claim, edition, outcome, told, line)


def _is_of(line: Any, year: int) -> bool:
    """Whether a share is of a year, or of years with this one among them: 2021–24."""
    first, _, last = line["years"].replace("-", "–").partition("–")
    return int(first) <= year <= int(first[: len(first) - len(last)] + last if last else first)


def _why_not(claim: Claim, ranked: pd.DataFrame, own: Sequence[Any]) -> str:
    what = f"imports of {in_sentence(mineral_name(str(claim.mineral)))}"
    if ranked.empty:
        return f"It does not say where {what} come from."
    if not own:
        return f"It does not name {place_name(str(claim.compared_place))} as a source of {what}."
    told = ", ".join(f"{line['detail']} {part_in_words(line)}" for line in own)
    return f"It prints {what} form by form: {told}."


def _answer(claim: Claim, edition: EditionRef, outcome: Outcome, reason: str, line: Any = None) -> Check:
    value = None if line is None or pd.isna(line["value"]) else float(line["value"])
    return Check(
        claim.id, edition.dataset, edition.edition, outcome, value, claim.unit,
        claim.value / value if claim.value is not None and value else None,
        precision(claim), (reason,),
        () if line is None else ((str(line["file"]), int(line["row"]), str(line["column"])),),
        None if line is None else int(line["year"]), claim.mineral, said_by=edition.said_by,
    )  # fmt: skip
