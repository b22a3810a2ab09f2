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
"""Minerals, or stories, that a heading names."""


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
    """What the documents speak of, story by story: "Russia’s rare earths and cobalt in Chile"."""
    found = [_subject_of(documents, data) for documents in story_documents(data)]
    return _listed(found, "other subject") if found else "minerals"


def _subject_of(documents: Sequence[Document], data: Snapshot) -> str:
    """What documents speak of: "cobalt in Chile", "rare earths, rare metals and 2 other minerals".

    Of several places it is what most statements are about that statistics exist of: "Russia’s rare earths".
    """
    claims = [claim for document in documents for claim in document.claims]
    places = {claim.place for claim in claims}
    if len(places) > 1 and (subject := _held_against_most(claims, data)):
        mineral, place = subject
        owner = place_name(place)
        return f"{owner}’{'' if owner.endswith('s') else 's'} {in_sentence(mineral_name(mineral))}"
    named = [mineral for mineral, _ in Counter(c.mineral for c in claims if c.mineral).most_common()]
    if not named:
        return "minerals"
    words = _listed([in_sentence(mineral_name(mineral)) for mineral in named], "other mineral")
    return f"{words} in {place_name(places.pop())}" if len(places) == 1 and WORLD not in places else words


def _held_against_most(claims: Sequence[Claim], data: Snapshot) -> tuple[str, str] | None:
    """The mineral and country that most statements with statistics are about; none where there are none."""
    told = Counter(
        (claim.mineral, claim.place)
        for claim in claims
        if claim.mineral and claim.place != WORLD
        and any(check.rows and check.mineral == claim.mineral for check in data.checks.get(claim.id, ()))
    )  # fmt: skip
    return told.most_common(1)[0][0] if told else None


def _listed(names: Sequence[str], other: str) -> str:
    """The first names, and how many others there are: "a, b, c and 2 other minerals"."""
    more = len(names) - SUBJECTS
    listed = [*names[:SUBJECTS], *([count(more, other)] if more > 0 else [])]
    return joined_names(listed)
