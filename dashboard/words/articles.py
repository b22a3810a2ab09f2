"""What was found in an article, in words: the reading, and how each part of it was decided."""

from __future__ import annotations

from dashboard.words.claims import claim_words, compared_as, directed
from loaders.articles import Candidate, DatedEvent
from loaders.articles.blocks import Fields, stated_measure
from loaders.model import NOT_STATED, Claim
from loaders.names import mineral_name, place_name, places
from loaders.text import capital, day, in_sentence, with_stop
from loaders.units import display
from loaders.vocabulary import IN_GROUND, Basis, Kind, Measure, ReserveClass

CONFIDENCE = {
    "sure": "all of it is in the sentence",
    "likely": "a part is carried over from elsewhere in the text",
    "ask": "something is missing or doubtful",
}
"""What each grade of a reading means."""


def reading_line(found: Candidate | DatedEvent) -> str:
    """The reading in a line: "28.5 Mt · rare earths · Russia · holdings, class not stated · estimate"."""
    if isinstance(found, DatedEvent):
        return f"event · {event_day(found)}"
    parts = [
        number_words(found),
        in_sentence(mineral_name(found.mineral)) if found.mineral else "mineral not stated",
        _place(found.place) if found.place else "place not stated",
        in_sentence(_measure(found)) if found.measure else "measure not stated",
        found.modality,
    ]
    return " · ".join(parts)


def found_line(printed: str, reading: str) -> str:
    """What is printed and how it is read, in a line; a number that is read as it is printed stands once."""
    same = reading.replace("\u00a0", " ").startswith(f"{printed} · ")
    return reading if same else f"{printed} · {reading}"


def mended_line(claim: Claim) -> str:
    """A mended reading in a line, as `reading_line`."""
    mineral = in_sentence(mineral_name(claim.mineral)) if claim.mineral else "mineral not stated"
    parts = (claim_words(claim), mineral, place_name(claim.place), in_sentence(claim.measure.label))
    return " · ".join((*parts, claim.modality.label))


def mended_facts(claim: Claim) -> list[tuple[str, str]]:
    """A mended reading part by part, as `reading_facts`."""
    facts = [
        ("read as", f"{claim_words(claim)}, {claim.kind.label}. {claim.unit_decision}".strip()),
        ("mineral", mineral_name(claim.mineral) if claim.mineral else NOT_STATED),
        ("place", place_name(claim.place)),
        (compared_as(claim), place_name(claim.compared_place) if claim.compared_place else ""),
        ("measure", claim.measure.label),
        ("direction", claim.direction.label if claim.direction else ""),
        ("class", claim.reserve_class.label if claim.measure in IN_GROUND else ""),
        ("basis", claim.basis.label),
        ("year", str(claim.year or NOT_STATED)),
        ("modality", claim.modality.label),
        ("said by", " → ".join(claim.chain[:-1]) or NOT_STATED),
        ("certainty", _MENDED),
    ]
    return [fact for fact in facts if fact[1]]


_MENDED = "mended by a person"


def mended_event_line(fields: Fields) -> str:
    """A mended event in a line, as `reading_line`."""
    return f"event · {_mended_day(fields)}"


def mended_event_facts(fields: Fields) -> list[tuple[str, str]]:
    """A mended event part by part, as `reading_facts`."""
    when = f"{_mended_day(fields)}. {fields.get('decision', '')}".strip()
    return [("when", when), ("printed date", str(fields.get("printed_date", NOT_STATED))),
            ("certainty", _MENDED)]  # fmt: skip


def _mended_day(fields: Fields) -> str:
    days = (fields.get(name) for name in ("date", "until"))
    return " to ".join(day(str(one)) for one in days if one) or "no date"


def number_words(found: Candidate) -> str:
    """The number of a candidate: 28.5 Mt, 5th, 1 %, down 12 %, at least 3 t, $41.5/kg."""
    return directed(_number(found), found.direction)


def _number(found: Candidate) -> str:
    pair = found.lower, found.upper
    about = "about " if found.approximate else ""
    if found.value is not None:
        return f"{about}{_amount(found, found.value)}"
    if found.kind is Kind.RATIO and sorted(pair, key=str) == [1.0, None]:
        return "more" if found.lower else "less"
    low, high = (
        None if end is None else _amount(found, end, bound)
        for end, bound in zip(pair, ("lower", "upper"), strict=True)
    )
    if low and high:
        return f"{about}{low} to {high}"
    return f"at least {low}" if low else f"at most {high}" if high else "no number"


def _amount(found: Candidate, value: float, bound: str = "") -> str:
    unit, _, per = found.unit.partition("/")
    if not (unit == "1" and _is_change(found)) and (found.kind is Kind.RATIO or unit == "ratio"):
        return display(value, "1", "1", bound=bound)
    shown = f"{value:,.6g} {unit}" if per else display(value, unit, bound=bound)
    return f"{shown}/{per}" if per else shown


def _is_change(found: Candidate) -> bool:
    return (found.measure or "").endswith("_change")


def _kind(found: Candidate) -> str:
    return "change" if _is_change(found) else found.kind.label


def event_day(found: DatedEvent) -> str:
    """When an event was, as the text dates it."""
    if found.date is None:
        return f"“{found.printed_date}”, not a date" if found.printed_date != NOT_STATED else "no date"
    first = day(found.date.isoformat())
    about = "about " if found.about else ""
    until = f" to {day(found.until.isoformat())}" if found.until else ""
    return f"{about}{first}{until}"


def reading_facts(found: Candidate | DatedEvent) -> list[tuple[str, str]]:
    """The reading part by part, each with the words that decided it."""
    if isinstance(found, DatedEvent):
        return _event_facts(found)
    decision = f" {with_stop(capital(found.decision))}" if found.decision else ""
    facts = [
        ("read as", f"{number_words(found)}, {_kind(found)}.{decision}"),
        ("mineral", _told(mineral_name(found.mineral) if found.mineral else "", found, "mineral")),
        ("place", _told(_place(found.place) if found.place else "", found, "place")),
        ("measure", _told(_measure(found), found, "measure")),
        ("said of", f"{found.whose}, not of the whole country" if found.whose else ""),
        ("direction", _told(found.direction.label, found, "direction") if found.direction else ""),
        ("class", _class(found)),
        ("basis", _told(_basis(found.basis), found, "basis")),
        ("stage", _told(found.stage, found, "stage") if found.stage else ""),
        ("year", _told(str(found.year or ""), found, "year")),
        ("modality", _modality(found) + _mood(found)),
        ("said by", _told(" → ".join(found.said_by), found, "said_by")),
        ("certainty", f"{found.confidence}: {CONFIDENCE[found.confidence]}"),
    ]
    how = "imported from" if found.measure == "share_of_imports" else "compared with"
    compared = [(how, _place(found.compared_place))] if found.compared_place else []
    return [*facts[:3], *compared, *(fact for fact in facts[3:] if fact[1])]


def _modality(found: Candidate) -> str:
    """The mood, with the words that set it: what is plainly stated needs none."""
    return found.modality if found.modality == "reported" else _told(found.modality, found, "modality")


def _event_facts(found: DatedEvent) -> list[tuple[str, str]]:
    return [
        ("when", " ".join(filter(None, (f"{event_day(found)}.", found.decision)))),
        ("printed date", found.printed_date),
        ("planned", "yes" if found.planned else "no"),
        ("said by", " → ".join(found.said_by) or NOT_STATED),
    ]


def _told(words: str, found: Candidate, field: str) -> str:
    if not words:
        return NOT_STATED
    reason = next((item for item in found.because if item.field == field), None)
    if reason is None or not reason.words:
        return f"{words}, {reason.how}" if reason else words
    return f"{words}, from “{reason.words}” ({reason.how})"


def _mood(found: Candidate) -> str:
    odd = [word for word, is_so in (("conditional", found.conditional), ("negated", found.negated)) if is_so]
    return f"; {', '.join(odd)}" if odd else ""


def _measure(found: Candidate) -> str:
    code = found.measure or ""
    return Measure(code).label if code in list(Measure) else stated_measure(code)


def _place(code: str) -> str:
    return place_name(code) if code in places().index else code


def _basis(code: str) -> str:
    return Basis(code).label if code in list(Basis) else code


def _class(found: Candidate) -> str:
    known = ReserveClass(found.reserve_class)
    return "" if known is ReserveClass.NOT_APPLICABLE else _told(known.label, found, "reserve_class")
