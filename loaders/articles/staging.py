"""The scenes of a text: each sentence with its amounts and names, and with who speaks in it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from loaders.articles.amounts import PhraseAmount
from loaders.articles.chains import Chain
from loaders.articles.dates import UNDATED
from loaders.articles.names import Name
from loaders.articles.passages import Sentence
from loaders.articles.patterns import lowered
from loaders.articles.scene import Scene, parted
from loaders.articles.speakers import Listener
from loaders.articles.turns import give_turns

_AHEAD = 6


def staged(
    folded: str,
    listed: Sequence[Sentence],
    amounts: Sequence[PhraseAmount],
    minerals: Sequence[Name],
    places: Sequence[Name],
    year: int = UNDATED,
) -> list[Scene]:
    """One scene for each sentence of a document of a year, in order."""
    low = lowered(folded)
    listener = Listener(folded, low, places)
    scenes: list[Scene] = []
    held = zip(parted(amounts, listed), parted(minerals, listed), parted(places, listed), strict=True)
    for number, (sentence, named) in enumerate(zip(listed, held, strict=True)):
        start, end = sentence.start, sentence.end
        scene = Scene(folded, low, sentence, number, *named, year)
        scene.chain = listener.chain(
            start, end, scene.words, framed=any(amount.unit for amount in scene.amounts)
        )
        if listener.earlier and scenes and not scenes[-1].chain.speakers:
            scenes[-1].chain = scene.chain  # "So says the customs agency."
        before = scenes[-1] if scenes else scene
        same = before.sentence.paragraph == sentence.paragraph
        scene.earlier = before.start if same else start
        scenes.append(scene)
    for scene, following in pairwise(scenes):
        scene.leads = any(amount.unit or amount.number >= 1000 for amount in following.amounts)
        if scene.sentence.paragraph == following.sentence.paragraph:
            scene.following = following.minerals
    _attribute_quotations(scenes)
    give_turns(scenes)
    return scenes


def _attribute_quotations(scenes: Sequence[Scene]) -> None:
    """A quoted sentence without a speaker is of the one who is named where the quotation ends."""
    paragraph, open_ = -1, False
    for place, scene in enumerate(scenes):
        if scene.sentence.paragraph != paragraph:
            paragraph, open_ = scene.sentence.paragraph, False
        quoted = open_ or scene.text.lstrip().startswith('"')
        open_ ^= scene.text.count('"') % 2 == 1
        if quoted and scene.amounts and not scene.chain.speakers:
            ahead = _ahead(scenes[place + 1 : place + 1 + _AHEAD], paragraph) if open_ else Chain()
            scene.chain = ahead if ahead.speakers else _goes_on(scene, scenes[place - 1] if place else scene)


def _goes_on(scene: Scene, before: Scene) -> Chain:
    """A quotation of its own goes on with the speaker of a quotation right before it."""
    same = before is not scene and before.sentence.paragraph == scene.sentence.paragraph
    return before.chain if same and '"' in before.text else scene.chain


def _ahead(scenes: Sequence[Scene], paragraph: int) -> Chain:
    for scene in scenes:
        if scene.sentence.paragraph != paragraph:
            break
        if '"' in scene.text:
            return scene.chain
    return Chain()
