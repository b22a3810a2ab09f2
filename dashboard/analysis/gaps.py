"""What an edition lacks for a claim, in a sentence that says no more than what is missing."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.analysis.evidence import EditionRef, Evidence, measures
from loaders.model import Claim
from loaders.names import mineral_name, place_name
from loaders.text import in_sentence
from loaders.vocabulary import IN_GROUND, Measure


def no_table(claim: Claim, edition: EditionRef, evidence: Evidence) -> str:
    """Why an edition has no table for a claim: nothing of the mineral, or only figures of other measures."""
    if not claim.mineral:
        return "The edition has no figures of this."
    name = " or ".join(map(_name, dict.fromkeys([claim.mineral, evidence.mineral or claim.mineral])))
    having = evidence.of_edition(edition)
    if having.empty:
        return f"The edition has no figures of {name}."
    wanted = "production" if claim.measure is Measure.PRODUCTION else _words(measures(claim.measure), "or")
    has = _words([str(measure) for measure in Measure if (having["measure"] == measure).any()], "and")
    return f"The edition has no figures of {wanted} of {name}; it has figures of {has}."


def other_year(claim: Claim, shown: Evidence) -> str:
    """That the series `shown` is of another year than what was put out in the year of a claim, or nothing.

    Reserves and resources are of no year: an edition prints what was known when it was made.
    """
    year = int(shown.rows["year"].iloc[0])
    if claim.year in (None, year) or claim.measure in IN_GROUND:
        return ""
    return f"The edition has no such figures of {claim.year}; the nearest are of {year}."


def no_row(place: str, edition: EditionRef, shown: Evidence) -> str:
    """Why a place has no row in the series `shown`: none of the mineral, of the measure, or for the year."""
    name = place_name(place)
    tables = _name(str(shown.mineral))
    having = shown.of_edition(edition)
    own = having[(having["place"] == place) & (having["mineral"] == shown.mineral)]
    if own.empty:
        return f"{name} has no row in the {tables} tables."
    measure, year = str(shown.rows["measure"].iloc[0]), int(shown.rows["year"].iloc[0])
    table = f"the {tables} tables of {_words([measure], 'or')}"
    years = own.loc[own["measure"] == measure, "year"]
    if years.empty:
        return f"{name} has no row in {table}."
    if (years == year).any():
        return f"{name} has no row in {table} for {year} on this basis."
    return f"{name} has no row for {year} in {table}; its last one is for {years.max():.0f}."


def _name(mineral: str) -> str:
    return in_sentence(mineral_name(mineral))


def _words(codes: Iterable[str], joined: str) -> str:
    """Measures in a sentence, "reserves or resources"; an amount without a class is named by the others."""
    labels = [in_sentence(Measure(code).label) for code in codes if code != Measure.HOLDINGS]
    *first, last = labels or [in_sentence(Measure.HOLDINGS.label)]
    return f"{', '.join(first)} {joined} {last}" if first else last
