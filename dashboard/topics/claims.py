"""A claim beside the evidence: one view for one edition or for all."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from dashboard.analysis.checks import PRICES_STAND_BESIDE, Check
from dashboard.analysis.evidence import OF_TRADE, has_statistics
from dashboard.analysis.import_claims import is_import_share
from dashboard.analysis.precision import Interval, precision, ratio_scale
from dashboard.analysis.states import row_id
from dashboard.charts.cards import Card
from dashboard.charts.chart import Chart, Panel, Stack
from dashboard.charts.panel import claim_panel
from dashboard.charts.table import shown_claims
from dashboard.charts.view import Table, View
from dashboard.snapshot import Snapshot
from dashboard.topics.accounts import editions_of_account, forms_of_edition, sources_of_edition
from dashboard.topics.claim_tables import beside, outcome_table, relations, standings
from dashboard.topics.dependence import source_panels
from dashboard.topics.explore import edition_words
from dashboard.topics.parameters import PANEL_SCALES, READING, Asked, Linked, Parameter
from dashboard.topics.rows import claim_card_of, in_use_words, lead_rows, row_cards_of, rows_of, shown_table
from dashboard.topics.statements.amounts import quantity_view
from dashboard.topics.statements.ranks import rank_view, ranked_claim_view
from dashboard.topics.statements.ratios import ratio_panel
from dashboard.topics.statements.shares import share_view
from dashboard.words.claims import about, beside_account, claim_words, compared_as, evidence_words, not_held
from dashboard.words.sources import claim_source_words, source_line
from loaders.model import Claim
from loaders.names import place_name
from loaders.text import capital, in_sentence
from loaders.units import best_scale, display, display_times, format_quantity
from loaders.vocabulary import MEASURES_OF_CHANGE, WORLD, Kind, MarkState, Measure

# The chart --------------------------------------------------------------------------------------------


NAME = "claims"
ALL_EDITIONS = "all"
"""Evidence from all editions."""


def view(asked: Asked, data: Snapshot) -> View:
    """One claim beside its evidence, in all editions or in one."""
    return claim_view(data.claim(asked["claim"]), asked["edition"], data)


def editions_of(claim: str, data: Snapshot) -> list[str]:
    """The editions that have something to say of a claim, by id, to choose from; accounts are not chosen."""
    told = [check.edition_id for check in data.checks.get(claim, ()) if check.rows]
    return [edition for edition in told if edition in data.edition_names]


PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        "claim",
        "Claim",
        lambda data, _: [claim.id for claim in data.seeds.claims],
        words=lambda claim, _: claim,
        width=2,
    ),
    Parameter(
        "edition",
        "Edition",
        lambda data, asked: [ALL_EDITIONS, *editions_of(asked["claim"], data)],
        words=lambda edition, data: (
            "all editions" if edition == ALL_EDITIONS else edition_words(edition, data)
        ),
        linked=Linked.UNLESS_DEFAULT,
    ),
    PANEL_SCALES,
    READING,
)


def claim_view(claim: Claim, edition: str, data: Snapshot) -> View:
    """A claim and its evidence in an edition (an id, or `ALL`), and how it stands to editions and others."""
    checks = data.checks.get(claim.id, [])
    found = evidence_view(claim, checks, "" if edition == ALL_EDITIONS else edition, data)
    return replace(found, facts=stands(claim, data), tables=_outcomes(claim, checks, data))


def stands(claim: Claim, data: Snapshot) -> tuple[tuple[str, str], ...]:
    """What it agrees with, what it cannot be compared with and why, edition by edition; other claims."""
    claims, checks = data.seeds.claims, data.checks.get(claim.id, [])
    found = [
        *standings(checks, data.publishers, data.chosen),
        *relations(claim, claims),
        *beside(claim, claims),
        *_printed_prices(claim, data),
    ]
    told = not_held(claim)
    return tuple(found) if checks else (("not checked", f"{capital(told)}."), *found)


def _printed_prices(claim: Claim, data: Snapshot) -> list[tuple[str, str]]:
    """What the newest account prints of such prices for the year that is stated, else for its last year."""
    if claim.measure is not Measure.PRICE:
        return []
    every = data.national
    same = every["mineral"].eq(str(claim.mineral)) & every["measure"].eq(str(Measure.PRICE))
    rows = every[same & every["unit"].eq(claim.unit) & every["value"].notna()]
    rows = rows[rows["edition"].eq(rows["edition"].max())]
    if rows.empty:
        return []
    years = set(rows["year"])
    year = claim.year if claim.year and claim.year in years else max(years)
    rows = rows[rows["year"].eq(year)]
    publisher = data.publishers[rows["dataset"].iloc[0], rows["edition"].iloc[0]]
    prices = zip(rows["value"], rows["detail"], strict=True)
    told = "; ".join(f"{display(value, claim.unit)} ({detail})" for value, detail in prices)
    return [(f"{publisher} {rows['edition'].iloc[0]} prints for {year}", f"{told}.")]


def _outcomes(claim: Claim, checks: Sequence[Check], data: Snapshot) -> tuple[Table, ...]:
    if not checks or not (has_evidence(claim) or is_import_share(claim)):
        return ()
    columns, rows = outcome_table(claim, checks, data.publishers, data.chosen)
    return (Table("", tuple(columns), tuple(map(tuple, rows)), fold="Edition by edition"),)


def evidence_view(claim: Claim, checks: Sequence[Check], edition: str, data: Snapshot) -> View:
    """The chart of a claim and its evidence in all editions, or in one of them; the reading beside it."""
    own = checks
    if edition:
        own = [check for check in checks if check.edition_id == edition]
        data = _only(data, edition)
    found = _view(claim, own, edition, data)
    others = [card for card in found.cards if card.id != claim.id]
    key = f"{claim.id}-{edition}" if edition else claim.id
    # Why figures stand apart is said by `standings`, edition by edition.
    return replace(found, key=f"claim-{key}", cards=(reading_card(claim, data), *others), why=None)


def _only(data: Snapshot, edition: str) -> Snapshot:
    return replace(data, observations=data.compared_in(edition))


def _view(claim: Claim, checks: Sequence[Check], edition: str, data: Snapshot) -> View:
    if not has_evidence(claim):
        return stated_view(claim, data)
    if claim.kind is Kind.QUANTITY:
        return quantity_view(claim, checks, data)
    if claim.kind is Kind.SHARE:
        return share_view(claim, checks, data)
    if claim.kind is Kind.RATIO:
        return _ratio_view(claim, checks, data)
    ranked = ranked_claim_view(claim, checks, edition, data) if edition else None
    return ranked or rank_view(claim, checks, data)


def has_evidence(claim: Claim) -> bool:
    """Whether statistics can stand beside a claim: not for money, a change, or a share of another place."""
    of_world = claim.kind is not Kind.SHARE or claim.compared_place in (None, WORLD)
    return of_world and not tells_change(claim) and has_statistics(claim)


def tells_change(claim: Claim) -> bool:
    """Whether it says how a figure moved, and compares no two places."""
    in_percent = ratio_scale(claim) == "%" and not claim.compared_place
    return claim.measure in MEASURES_OF_CHANGE or in_percent


def stated_view(claim: Claim, data: Snapshot) -> View:
    """A statement to which no statistics apply, alone."""
    stated = claim_panel([claim], f"Stated: {claim.origin}", f"{claim.measure.label}, {claim.modality.label}")
    beside = _sources_beside(claim, data) if is_import_share(claim) else ()
    rows = pd.concat([panel.rows for panel in beside]) if beside else data.observations[:0]
    return View(
        claim.id,
        Chart(
            title=_stated_title(claim) + (beside_account(data.checks_of(claim)) if beside else ""),
            subtitle=f"As stated. {_why_alone(claim)}".strip(),
            source=source_line([claim], rows, data)
            if beside
            else f"Source: {claim_source_words([claim], data)}.",
            alt=f"Stated: {claim_words(claim)}, {about(claim)}.",
            drawing=Stack((stated, *beside)),
            table=shown_table([claim], rows, data) if beside else shown_claims([claim], data.source),
            name=claim.id,
        ),
        cards=(claim_card_of(claim, data),),
    )


def _sources_beside(claim: Claim, data: Snapshot) -> tuple[Panel, ...]:
    """Where the imports come from that a share is of, in the newest edition of the account that says so."""
    mineral = str(claim.mineral)
    for edition in editions_of_account(data, claim.place):
        forms = forms_of_edition(data, claim.place, edition).get(mineral, ())
        if forms:
            rows = sources_of_edition(data, claim.place, edition)
            return tuple(source_panels(rows[rows["mineral"] == mineral], forms))
    return ()


def _stated_title(claim: Claim) -> str:
    if claim.measure in OF_TRADE or is_import_share(claim):
        return f"Stated: {claim_words(claim)}, {about(claim)}"
    return f"{claim_words(claim)} {about(claim)}: no statistics apply"


def _why_alone(claim: Claim) -> str:
    """Why a statement stands alone."""
    if claim.measure is Measure.PRICE:
        return PRICES_STAND_BESIDE
    if claim.measure in OF_TRADE:
        return "Statements about trade are not held against tables of trade."
    if is_import_share(claim):
        return ""
    return f"No dataset here counts this: {in_sentence(claim.measure.label)}."


def _ratio_view(claim: Claim, checks: Sequence[Check], data: Snapshot) -> View:
    """A comparison of two places, and what each edition makes of it."""
    rows = rows_of(checks, data)
    known = [check for check in checks if check.evidence_value is not None]
    source = source_line([claim], rows, data)
    parts = [ratio_panel(claim, ())]
    parts += [_computed(claim, group, rows, data) for group in _alike(known)]
    return View(
        claim.id,
        Chart(
            title=_ratio_finding(claim, known),
            subtitle="How many times the one is the other, as stated"
            + (" and as the editions have it. " if known else ".")
            + in_use_words(rows, data),
            source=source,
            alt=f"Stated: {claim.printed_value}. "
            + "; ".join(f"edition {check.edition}: {evidence_words(check)}" for check in known),
            drawing=Stack(tuple(parts)),
            table=shown_table([claim], rows, data),
            name=claim.id,
        ),
        cards=tuple(row_cards_of(lead_rows(checks, data).tail(2), data)),
    )


def _alike(checks: Sequence[Check]) -> list[list[Check]]:
    """Checks whose evidence is of one dataset and mineral."""
    groups: dict[tuple[str, str | None], list[Check]] = {}
    for check in checks:
        groups.setdefault((check.dataset, check.mineral), []).append(check)
    return list(groups.values())


def _computed(claim: Claim, checks: Sequence[Check], rows: pd.DataFrame, data: Snapshot) -> Panel:
    publisher = data.installed(checks[0].dataset, checks[0].edition).dataset.said_by
    own = rows[(rows["place"] == claim.place) & (rows["dataset"] == checks[0].dataset)]
    first = own.drop_duplicates("edition").set_index("edition")
    computed = [display(check.evidence_value or 0, "1", "1", check.digits) for check in checks]
    shown = pd.DataFrame(
        {
            "label": [f"edition {check.edition}" for check in checks],
            "value": [check.evidence_value for check in checks],
            "lower": math.nan,
            "upper": math.nan,
            "words": computed,
            "state": str(MarkState.VALUE),
            "emphasis": True,
            "id": [
                row_id(first.loc[check.edition].to_dict() | {"edition": check.edition}) for check in checks
            ],
            "hover": computed,
            "said_by": publisher,
            "figure_kind": str(Kind.RATIO),
            "unit": "1",
        }
    )
    for column in ("mineral", "measure", "basis", "class", "scheme"):
        shown[column] = first.loc[[check.edition for check in checks], column].to_numpy()
    measure = Measure(str(shown["measure"].iloc[0])).label.lower()
    title = (
        f"Computed from {publisher}: {place_name(claim.place)} over {place_name(claim.compared_place or '')}"
    )
    return Panel(title, f"{measure}, printed figure over printed figure", "statistic", shown, "1", "1")


def _ratio_finding(claim: Claim, known: Sequence[Check]) -> str:
    stated = f"Stated: “{claim.printed_value}”, {about(claim)}"
    if not known:
        why = "no edition has figures to hold it against"
        return f"{stated}; {why if claim.compared_place else 'with which place is not said'}"
    values = [check.evidence_value or 0 for check in known]
    low, high = min(values), max(values)
    digits = min(check.digits for check in known)
    alike = display_times(low, digits=digits) == display_times(high, digits=digits)
    return f"{stated}; the statistics give {display_times(low, None if alike else high, digits)}"


# Our reading ------------------------------------------------------------------------------------------


def reading_card(claim: Claim, data: Snapshot) -> Card:
    """The claim's source card, with how the printed words were read."""
    card = claim_card_of(claim, data)
    other = claim.compared_place
    compared = [(compared_as(claim), place_name(other))] if other else []
    reading = [
        ("kind", claim.kind.label),
        ("measure", claim.measure.label),
        *compared,
        ("read as", claim_words(claim)),
        ("stands for", precision_words(claim)),
        ("unit", claim_unit_words(claim)),
    ]
    names = {name for name, _ in reading}
    first = ("said by", "cited by")
    facts = [fact for fact in card.facts if fact[0] in first]
    rest = [fact for fact in card.facts if fact[0] not in first]
    more = tuple(fact for fact in card.more if fact[0] not in names)
    return replace(card, facts=(*facts, *reading, *rest), more=more)


_UNITS = {"t": "tonne", "1": "fraction of a whole", "rank": "place in an order"}


def claim_unit_words(claim: Claim) -> str:
    """The unit in words, and how it was decided where the printed words leave it open."""
    times = {"1": "times", "%": "per cent"}.get(ratio_scale(claim) or "")
    word = times or _UNITS.get(claim.unit, claim.unit)
    return f"{word}. {claim.unit_decision}" if claim.unit_decision else word


def precision_words(claim: Claim) -> str:
    """The interval that the printed number stands for."""
    stated = precision(claim)
    if stated is None:
        return "no amount"
    if stated.is_point:
        return f"exactly {_exact(stated.low, claim, stated)}"
    if math.isinf(stated.high):
        return f"{_exact(stated.low, claim, stated)} or more"
    if stated.low <= 0 or math.isinf(stated.low):
        return f"at most {_exact(stated.high, claim, stated)}"
    low, high = (_exact(end, claim, stated) for end in stated)
    if claim.value is not None and max(_digits(low), _digits(high)) > _TOLD:
        return f"{_exact(claim.value, claim, stated)}, to the last digit that is printed"
    return f"{low} to {high}"


_TOLD = 5
"""Digits of an end that are read at a glance: 657.5 Mt is, 38.9995 kt is not."""


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))


def _exact(value: float, claim: Claim, stated: Interval) -> str:
    """Every digit, on the scale of the larger end: 657.5 Mt, 0.5 %."""
    if claim.kind is Kind.RATIO:
        return display(value, "1", ratio_scale(claim))
    if value < 0 or claim.unit == "rank":
        return display(value, claim.unit)
    finite = [end for end in stated if math.isfinite(end)]
    scale = None if claim.unit == "1" else best_scale(max(finite), claim.unit)
    return format_quantity(float(f"{value:.12g}"), claim.unit, scale=scale)
