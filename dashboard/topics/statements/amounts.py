"""Stated amounts: with their stated parts, and beside the statistics of the same place."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard.analysis.axis import together
from dashboard.analysis.checks import Check
from dashboard.charts.chart import Chart, Panel, PartOfWhole, Stack
from dashboard.charts.panel import claim_panel
from dashboard.charts.table import shown_claims
from dashboard.charts.view import View
from dashboard.snapshot import Snapshot
from dashboard.topics.rows import (
    claim_card_of,
    edition_labels,
    in_use_words,
    labelled,
    lead_rows,
    panels_words,
    row_cards_of,
    row_words,
    rows_of,
    shown_table,
    why_apart,
)
from dashboard.words.claims import (
    claim_words,
    edition_named,
    evidence_words,
    is_same,
    leading,
    ratio_words,
    unsaid_words,
)
from dashboard.words.sources import claim_source_words, publishers_of, source_line, span_of
from loaders.model import Claim
from loaders.names import mineral_name, place_name
from loaders.units import digits_of, display
from loaders.vocabulary import Measure, Outcome


def part_view(whole: Claim, parts: Sequence[Claim], data: Snapshot) -> View:
    """A stated whole with its stated parts inside it: never side by side, never added."""
    shares = ", ".join(
        display(part.value / whole.value, "1", digits=digits_of(part.value, whole.value))
        for part in parts
        if part.value and whole.value
    )
    source = claim_source_words([whole, *parts], data)
    names = " and ".join(mineral_name(part.mineral or "").lower() for part in parts)
    return View(
        f"part-{whole.id}",
        Chart(
            title=f"Of the {claim_words(whole)} of {mineral_name(whole.mineral or '').lower()} that "
            f"{place_name(whole.place)} is said to hold, {shares} are {names}",
            subtitle=f"{place_name(whole.place)}. {whole.measure.label}. Drawn as one bar: the part is "
            "counted in the whole, and the two must not be added.",
            source=f"Source: {source}.",
            alt=f"One bar of {claim_words(whole)} with {shares} of its length marked as {names}.",
            drawing=PartOfWhole(whole, tuple(parts)),
            table=shown_claims([whole, *parts], data.source),
            name=f"{whole.id}-parts",
        ),
        cards=tuple(claim_card_of(claim, data) for claim in (whole, *parts)),
    )


def quantity_view(claim: Claim, checks: Sequence[Check], data: Snapshot) -> View:
    """A stated amount, and the statistics of the same place by edition."""
    rows = rows_of(checks, data)
    rows = _of_place(rows, claim)
    source = source_line([claim], rows, data)
    parts = [claim_panel([claim], f"Stated: {claim.origin}", _class_words(claim))]
    parts += [_statistic_panel(group, claim, data) for group in together(rows).groups]
    return View(
        f"amount-{claim.id}",
        Chart(
            title=_quantity_finding(claim, checks, data),
            subtitle=_quantity_subtitle(claim, rows, data),
            source=source,
            alt=f"{panels_words(len(parts)).capitalize()}. Stated: {claim_words(claim)}. Statistics: "
            + "; ".join(
                f"edition {c.edition} {evidence_words(c)}" for c in checks if c.evidence_value is not None
            ),
            drawing=Stack(tuple(parts)),
            table=shown_table([claim], rows, data),
            name=claim.id,
        ),
        cards=(
            claim_card_of(claim, data),
            *row_cards_of(_of_place(lead_rows(checks, data), claim).tail(1), data),
        ),
        why=why_apart(checks, len(parts), data),
    )


def _of_place(rows: pd.DataFrame, claim: Claim) -> pd.DataFrame:
    return rows[rows["place"] == claim.place]


def _statistic_panel(rows: pd.DataFrame, claim: Claim, data: Snapshot) -> Panel:
    shown = labelled(rows, edition_labels(rows, data), [True] * len(rows))
    shown = shown.assign(below="figure of " + rows["year"].astype(str))
    title = _statistic_title(rows, claim, data)
    return Panel(title, row_words(rows), "statistic", shown, rows["unit"].iloc[0])


def _quantity_subtitle(claim: Claim, rows: pd.DataFrame, data: Snapshot) -> str:
    what = f"{mineral_name(claim.mineral or '')}, {place_name(claim.place)}. In tonnes"
    if rows.empty:
        return f"{what}. No edition has figures of this."
    editions = "editions" if rows["edition"].nunique() > 1 else "edition"
    span = f"{editions} {span_of(rows['edition'])}"
    return f"{what}; {span}. {in_use_words(rows, data)}".rstrip()


def _quantity_finding(claim: Claim, checks: Sequence[Check], data: Snapshot) -> str:
    stated = f"The {claim_words(claim)} stated for {place_name(claim.place)}"
    found = _held_against(checks, data)
    if found is None:
        return f"{stated} cannot be held against any edition"
    if found.fits:
        return f"{stated} {_same_finding(found)}; {unsaid_words(found)}"
    if not found.ratio:
        return f"{stated} {_bound_finding(found)}"
    times = "the same number as" if is_same(found) else ratio_words(claim, found)
    statistic = _statistic_words(claim, found, checks)
    if found.not_stated:
        return f"{stated} is {times} {statistic}, and may not count the same thing: {unsaid_words(found)}"
    if found.outcome is Outcome.NOT_COMPARABLE:
        return f"{stated} is {times} {statistic}, and the two do not count the same thing"
    return f"{stated} is {times} {statistic}, {evidence_words(found)}"


def _held_against(checks: Sequence[Check], data: Snapshot) -> Check | None:
    """The check that a finding tells: with the same number, else with any number, else with a bound."""
    same = [check for check in checks if check.fits]
    known = [check for check in checks if check.evidence_value is not None]
    bounded = [check for check in checks if check.rows and check.outcome is not Outcome.CANNOT_CHECK]
    found = same or known or bounded
    return leading(found, data.in_use) if found else None


def _same_finding(found: Check) -> str:
    if is_same(found):
        return f"is the number of {edition_named(found)}"
    return ", ".join(filter(None, (f"fits {edition_named(found)}", evidence_words(found))))


def _bound_finding(found: Check) -> str:
    """How it stands to a number that nothing is a multiple of: nought, or only a bound."""
    edition = edition_named(found)
    has = f", which has {evidence_words(found)}" if found.evidence_value is not None else ""
    return f"{found.outcome.verb} {edition}{has}"


def _statistic_words(claim: Claim, found: Check, checks: Sequence[Check]) -> str:
    """The statistic of a check: of the year that is stated, the latest one, or by its edition; with its
    publisher where there are several.
    """
    known = [check for check in checks if check.evidence_value is not None]
    latest = max(check.year or 0 for check in known)
    if not claim.year and len(checks) > 1 and found is known[-1] and found.year == latest:
        return "the latest statistic"
    several = len({check.dataset for check in checks}) > 1
    year = f"for {found.year}, " if claim.year else ""
    return f"the statistic {year}of edition {f'{found.said_by} ' if several else ''}{found.edition}"


def _class_words(claim: Claim) -> str:
    return f"class: {claim.reserve_class.label}; basis: {claim.basis.label}"


def _statistic_title(rows: pd.DataFrame, claim: Claim, data: Snapshot) -> str:
    measure = Measure(rows["measure"].iloc[0]).label.lower()
    return f"Published: {publishers_of(rows, data)} {measure} of {place_name(claim.place)}, by edition"
