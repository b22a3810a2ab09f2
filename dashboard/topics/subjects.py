"""Everything that there is to show of a mineral or of a country, topic by topic."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from dashboard.snapshot import Snapshot
from dashboard.topics import TOPICS
from dashboard.topics.pages import AskedChart
from dashboard.topics.parameters import Topic, settle_asked
from dashboard.topics.ranking import CHOSEN
from loaders.model import Claim
from loaders.names import mineral_name, place_name


class Subject(NamedTuple):
    """A mineral by its id, a place by its code, or both."""

    mineral: str = ""
    place: str = ""

    @property
    def words(self) -> str:
        """As "Cobalt", "Chile", "Lithium in Chile"."""
        mineral = mineral_name(self.mineral) if self.mineral else ""
        return " in ".join(filter(None, (mineral, place_name(self.place) if self.place else "")))


class NoChart(NamedTuple):
    """What cannot be shown, and why."""

    what: str
    why: str


def everything_of(subject: Subject, data: Snapshot) -> list[AskedChart | NoChart]:
    """What is asked of each topic, each measure and each claim in turn; or why a topic has nothing of it."""
    return [found for topic in TOPICS for found in _of_topic(topic, subject, data)]


def _of_topic(topic: Topic, subject: Subject, data: Snapshot) -> Iterator[AskedChart | NoChart]:
    names = {item.name for item in topic.PARAMETERS}
    found: list[dict[str, str]]
    if names & {"claim", "figure"}:
        found = list(_of_claims(topic, subject, data))
        reason = f"no document states a figure of {subject.words}"
    elif "place" in names and "mineral" not in names and subject.place and not subject.mineral:
        found, reason = [{"place": subject.place}], ""
    elif "mineral" in names and (subject.mineral or names & {"place", "places"}):
        found = list(_of_minerals(topic, subject, data))
        reason = f"no statistics of {subject.words}"
    else:
        found, reason = [], _not_of_one(names)
    if not found:
        yield NoChart(topic.NAME, reason)
    for wanted in found:
        asked, missed = settle_asked(topic.PARAMETERS, wanted, data)
        words = " ".join([topic.NAME, *(f"--{name} {value}" for name, value in wanted.items())])
        yield NoChart(words, " ".join(missed)) if missed else AskedChart(topic, asked)


def _not_of_one(names: set[str]) -> str:
    """Why a topic with these choices has nothing of a subject."""
    if names & {"minerals", "places"}:
        return "it compares several minerals or countries"
    if "place" in names:
        return "it shows a country with all its minerals"
    if "mineral" in names:
        return "it shows a mineral with all its countries"
    return "it has no choice of a mineral or of a country"


def _of_claims(topic: Topic, subject: Subject, data: Snapshot) -> Iterator[dict[str, str]]:
    """Each claim about the subject, or each figure of the page that is of such a claim."""
    claims = [claim.id for claim in data.seeds.claims if _about(claim, subject)]
    if all(item.name != "figure" for item in topic.PARAMETERS):
        yield from ({"claim": claim} for claim in claims)
        return
    figure = next(item for item in topic.PARAMETERS if item.name == "figure")
    for key in figure.options(data, {}):
        if key.partition("-")[2] in claims:
            yield {"figure": key}


def _about(claim: Claim, subject: Subject) -> bool:
    return (not subject.mineral or claim.mineral == subject.mineral) and (
        not subject.place or subject.place in (claim.place, claim.compared_place)
    )


def _of_minerals(topic: Topic, subject: Subject, data: Snapshot) -> Iterator[dict[str, str]]:
    """Each mineral and measure with figures of the subject; a place is marked, or is the only one shown."""
    names = {item.name: item for item in topic.PARAMETERS}
    table = data.observations
    if subject.place:
        table = table[table["place"] == subject.place]
    chosen = {
        **({"places": subject.place} if subject.place and "places" in names else {}),
        **({"place": subject.place} if subject.place and "place" in names else {}),
    }
    if "which" in names and CHOSEN in names["which"].options(data, {}) and "places" in chosen:
        chosen["which"] = CHOSEN
    minerals = [subject.mineral] if subject.mineral else sorted(table["mineral"].unique(), key=mineral_name)
    for mineral in minerals:
        own = table[table["mineral"] == mineral]
        if own.empty:
            continue
        measures = [""]
        if "measure" in names:
            printed = set(own["measure"])
            asked, _ = settle_asked(topic.PARAMETERS, {"mineral": mineral}, data)
            measures = [name for name in names["measure"].options(data, asked) if name in printed]
        for measure in measures:
            yield {"mineral": mineral, **({"measure": measure} if measure else {}), **chosen}
