"""Whose turn it is in a transcript or an interview: "DR. OKONKWO: Brazil has 21 million tonnes."."""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.articles.chains import Chain
from loaders.articles.scene import Scene
from loaders.articles.speaker_names import Speaker

_LABEL = re.compile(
    r"((?:[^\W\da-zа-яёіїєґ_][\w.'-]*(?: [^\W\da-zа-яёіїєґ_][\w.'-]*){0,3}|[\u4e00-\u9fff]{2,6}|[QA](?=\.)))"
    r"(?:[:：]|(?<=\b[QA])\.)\s?(?=\S)"
)
_PERSONAL = re.compile(r"\?|\b(?:I|[Ww]e|[Yy]ou|[Oo]ur|[Mm]y|[Яя]|[Мм]ы|[Мм]и|[Вв]ы|[Вв]и)\b|[我您？]")
_LEAST = 2


def give_turns(scenes: Sequence[Scene]) -> None:
    """Who has the turn says what nobody else says in it, and carries what others say.

    A text has turns where two names or more stand before a colon at the beginning of paragraphs, and
    somebody in them asks or speaks of himself twice, or once where a name comes again.
    """
    labels = _labels(scenes)
    names = {label[1] for label in labels.values()}
    personal = _personal(scenes, labels) if len(names) >= _LEAST else 0
    if not personal or personal + len(labels) - len(names) < _LEAST:
        return
    turn: Speaker | None = None
    for scene in scenes:
        label = labels.get(scene.number)
        turn = _speaker(label) if label else turn
        if turn and scene.chain.speakers:
            scene.turn = turn
        elif turn:
            scene.chain = Chain((turn,))


def _labels(scenes: Sequence[Scene]) -> dict[int, re.Match[str]]:
    """Sentence -> the name before a colon that it begins with, and its paragraph: no place, no mineral."""
    found: dict[int, re.Match[str]] = {}
    paragraph = -1
    for scene in scenes:
        first, paragraph = scene.sentence.paragraph != paragraph, scene.sentence.paragraph
        label = _LABEL.match(scene.folded, scene.start) if first else None
        if label and not any(name.start < label.end(1) for name in (*scene.places, *scene.minerals)):
            found[scene.number] = label
    return found


def _personal(scenes: Sequence[Scene], labels: dict[int, re.Match[str]]) -> int:
    """In how many labelled paragraphs somebody asks, or speaks of himself."""
    turns = {scenes[number].sentence.paragraph for number in labels}
    return len(turns & {scene.sentence.paragraph for scene in scenes if _PERSONAL.search(scene.text)})


def _speaker(label: re.Match[str]) -> Speaker | None:
    """Who has a turn; "Q" and "A" are nobody."""
    return Speaker(label[1], *label.span(1), label[1]) if len(label[1]) > 1 else None
