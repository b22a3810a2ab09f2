"""Stories: what the bundled documents say together, and what those say that a reader added, by subject."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from dashboard.snapshot import Snapshot
from dashboard.words.dependence import joined_names
from loaders.model import NOT_STATED, Claim, Document
from loaders.names import mineral_name, place_name
from loaders.text import count, in_sentence, quoted
from loaders.vocabulary import WORLD

SUBJECTS = 3
"""Minerals that a heading names."""


class Story(NamedTuple):
    """What documents say of something: a title, how many documents, and the link of the page Figures."""

    title: str
    about: str
    link: dict[str, str]


def stories(data: Snapshot) -> list[Story]:
    """One of the bundled documents, and one of each subject of those that were added."""
    found = story_documents(data)
    return [_story(documents, data, alone=len(found) == 1) for documents in found]


def _story(documents: Sequence[Document], data: Snapshot, *, alone: bool) -> Story:
    """A story that stands alone is all that the page Figures has, and needs no choice of documents."""
    stated = count(sum(len(document.claims) for document in documents), "figure")
    titles = [document.source.title for document in documents if document.source.id in data.seeds.added]
    named = ", ".join(quoted(title) for title in titles if title != NOT_STATED)
    about = f"{stated} of {count(len(documents), 'document')}, each beside its source"
    title = story_title(_subject_of(documents, data))
    link = {} if alone else {"document": ",".join(document.source.id for document in documents)}
    return Story(title, f"{about}: {named}." if named else f"{about}.", link)


def story_title(subject: str) -> str:
    """The title of what documents say of a subject."""
    return f"What is said about {subject}, and what the statistics say"


def story_documents(data: Snapshot) -> list[list[Document]]:
    """The documents of each story that states a figure; the bundled ones are the first."""
    found: dict[str, list[Document]] = {"": []}
    for document in data.seeds.documents:
        added = document.claims and document.source.id in data.seeds.added
        found.setdefault(_subject_of([document], data) if added else "", []).append(document)
    return [documents for documents in found.values() if any(document.claims for document in documents)]


def subject_words(data: Snapshot) -> str:
    """What the documents speak of: "Russia’s rare earths"; of several stories the minerals, each once."""
    found = story_documents(data)
    if len(found) == 1:
        return _subject_of(found[0], data)
    told = (_held_against_most(_claims_of(documents), data) for documents in found)
    first = [[most[0]] if most else _minerals_of(_claims_of(documents))[:1]
             for most, documents in zip(told, found, strict=True)]  # fmt: skip
    return _listed_minerals(list(dict.fromkeys(name for names in first for name in names)))


def _subject_of(documents: Sequence[Document], data: Snapshot) -> str:
    """What documents speak of: "cobalt in Chile", "rare earths, rare metals and 2 other minerals".

    Of several places it is what most statements are about that statistics exist of: "Russia’s rare earths".
    """
    claims = _claims_of(documents)
    places = {claim.place for claim in claims}
    if len(places) > 1 and (subject := _held_against_most(claims, data)):
        mineral, place = subject
        owner = place_name(place)
        return f"{owner}’{'' if owner.endswith('s') else 's'} {in_sentence(mineral_name(mineral))}"
    named = _minerals_of(claims)
    words = _listed_minerals(named)
    in_one = named and len(places) == 1 and WORLD not in places
    return f"{words} in {place_name(places.pop())}" if in_one else words


def _claims_of(documents: Sequence[Document]) -> list[Claim]:
    return [claim for document in documents for claim in document.claims]


def _minerals_of(claims: Sequence[Claim]) -> list[str]:
    """The minerals that statements are about, those of most statements first."""
    return [mineral for mineral, _ in Counter(c.mineral for c in claims if c.mineral).most_common()]


def _held_against_most(claims: Sequence[Claim], data: Snapshot) -> tuple[str, str] | None:
    """The mineral and country that most statements with statistics are about; none where there are none."""
    told = Counter(
        (claim.mineral, claim.place)
        for claim in claims
        if claim.mineral and claim.place != WORLD
        and any(check.rows and check.mineral == claim.mineral for check in data.checks.get(claim.id, ()))
    )  # fmt: skip
    return told.most_common(1)[0][0] if told else None


def _listed_minerals(minerals: Sequence[str]) -> str:
    """The first minerals, and how many others there are: "tin, zinc, lead and 2 other minerals"."""
    names = [in_sentence(mineral_name(mineral)) for mineral in minerals[:SUBJECTS]]
    more = len(minerals) - SUBJECTS
    return joined_names([*names, *([count(more, "other mineral")] if more > 0 else [])]) or "minerals"
