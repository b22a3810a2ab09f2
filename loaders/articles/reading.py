"""A text becomes an article: paragraphs, sentences, amounts, names, speakers, candidates, events."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from datetime import date as Day

from loaders.articles import boilerplate, citations, events, headlines, phrases, refusals
from loaders.articles.amounts import PhraseAmount, phrase_amounts, with_yen
from loaders.articles.boilerplate import Piece
from loaders.articles.candidates import Collector
from loaders.articles.dates import Anchor
from loaders.articles.folding import custom_of, fold, tidy
from loaders.articles.names import names
from loaders.articles.numerals import numerals
from loaders.articles.passages import Paragraph, PassageLines, opening_of, paragraphs, sentences
from loaders.articles.records import Article, Candidate, CutPiece, DatedEvent, PassedOver
from loaders.articles.scene import Scene
from loaders.articles.spellings import ton_of
from loaders.articles.staging import staged
from loaders.articles.tokens import MARK, Token, tokens

_Placed = Candidate | DatedEvent | PassedOver | CutPiece


def read_article_text(
    text: str,
    *,
    day: Day | None = None,
    name: str = "pasted text",
    sha256: str = "",
    printed: citations.Printed | None = None,
    notes: tuple[str, ...] = (),
    cut: Sequence[CutPiece] = (),
    restored: tuple[tuple[int, int], ...] = (),
) -> Article:
    """The article that a text makes; `day` is its date where a person states it.

    `cut` are pieces that are known not to be the article's, `restored` spans that are read whatever
    they look like.
    """
    text = tidy(text)
    folded = fold(text)
    whole = paragraphs(folded)
    known = _without(folded, cut)
    listed, found = boilerplate.cut_boilerplate(known, paragraphs(known) if cut else whole, restored)
    pieces = sorted([*cut, *(_piece(text, piece) for piece in found)], key=lambda piece: piece.start)
    citation = citations.citation_of(text, folded, listed, whole, printed or citations.Printed())
    day = day or citations.day_of(citation)
    anchor = Anchor(day, None if day else citations.year_of(folded, citation))
    body = _joined(_without(folded, pieces), listed)
    collector, scenes, marks = _collected(text, body, listed, anchor)
    title_ends = headlines.end_of_title(text, listed, citation.title)
    candidates, doubled = headlines.without_headlines(collector.found.candidates, title_ends)
    lines = PassageLines(text)
    dated = tuple(events.events(scenes, text, lines, anchor))
    passed = [*refusals.of_tables(text, collector.found.passed_over), *marks, *doubled]
    passed += _unlisted(text, listed, [*candidates, *dated, *passed, *pieces], lines)
    return Article(
        name=name,
        sha256=sha256 or hashlib.sha256(text.encode()).hexdigest(),
        text=text,
        citation=citation,
        day=day,
        candidates=tuple(candidates),
        events=dated,
        passed_over=tuple(sorted(passed, key=lambda item: item.start)),
        notes=(*notes, *_unread(text)),
        cut=tuple(pieces),
        restored=restored,
    )


_DIGITS = re.compile(r"[\d⁰¹²³⁴⁵⁶⁷⁸⁹]+(?<![^\W\d_][⁰¹²³⁴⁵⁶⁷⁸⁹])")
_WRITTEN = "where, when or by whom the article was written"
_UNREAD_DIGITS = "digits that are not read as a number"


def _unlisted(
    text: str, listed: Sequence[Paragraph], found: Sequence[_Placed], lines: PassageLines
) -> Iterator[PassedOver]:
    """The digits of a text that stand in nothing that was found: those of a dateline, or none of ours."""
    covered = bytearray(len(text))
    for item in found:
        covered[item.start : item.end] = b"\1" * (item.end - item.start)
    for match in _DIGITS.finditer(text):
        start, end = match.span()
        if 0 in covered[start:end]:
            around = next(one for one in reversed(listed) if one.start <= start)
            reason = _WRITTEN if end <= opening_of(text, around) else _UNREAD_DIGITS
            number = lines.number(start)
            yield PassedOver(printed=match[0], start=start, end=end, paragraph=number, reason=reason)


def _piece(text: str, piece: Piece) -> CutPiece:
    return CutPiece(text=text[piece.start : piece.end], start=piece.start, end=piece.end, why=piece.why)


_OTHER_SCRIPTS = re.compile("[\u0370-\u03ff\u0530-\u0fff\u10a0-\u10ff\u3040-\u30ff\uac00-\ud7af]")
_LETTER = re.compile(r"[^\W\d_]")
_UNREAD = (
    "Most of the text is in a script that is not read: figures are found in English, Russian, Ukrainian, "
    "Spanish and Chinese."
)


def _unread(text: str) -> tuple[str, ...]:
    """A note where most letters of a text are of a script that has no words here."""
    start = text[:5000]
    others = len(_OTHER_SCRIPTS.findall(start))
    return (_UNREAD,) if others and others * 2 > len(_LETTER.findall(start)) else ()


_CHINESE = re.compile(r"\b(?:China|Chinese|yuan|renminbi|Beijing)\b|[中国元]")
_JAPANESE = re.compile(r"\b(?:Japan|Japanese|yen|Tokyo)\b|日本")


def _yen(folded: str) -> tuple[str, str]:
    """What "¥" means in a text, and why."""
    if _CHINESE.search(folded) and not _JAPANESE.search(folded):
        return "CNY", "¥ is read as the yuan: the text speaks of China, not of Japan"
    if _JAPANESE.search(folded) and not _CHINESE.search(folded):
        return "JPY", "¥ is read as the yen: the text speaks of Japan, not of China"
    return "JPY", "¥ may be the yen or the yuan; read as the yen"


def _collected(
    text: str, body: str, listed: list[Paragraph], anchor: Anchor
) -> tuple[Collector, list[Scene], list[PassedOver]]:
    """What the sentences of a text's body hold, and the digits in it that are dates, times or names."""
    found, ton_reason = _amounts(body, all_tokens := tokens(body))
    minerals, places = names(body, all_tokens)
    scenes = staged(body, sentences(body, listed), found, minerals, places, anchor.written)
    lines, collector = PassageLines(text), Collector(text, ton_reason, minerals, anchor.day)
    for scene in scenes:
        collector.read(scene, lines)
    odd = (token for token in all_tokens if token.kind == MARK and any(map(str.isdigit, token.text)))
    return collector, scenes, [_mark(text, token, lines) for token in odd]


def _amounts(body: str, all_tokens: list[Token]) -> tuple[list[PhraseAmount], str]:
    """The amounts of a text's body, and how it says which ton it means."""
    ton, ton_reason = ton_of(body)
    printed = phrase_amounts(body, numerals(body, all_tokens, custom_of(body)), ton)
    amounts = phrases.merged(printed, phrases.phrases(body))
    return with_yen(amounts, *_yen(body)) if _has_yen(amounts) else amounts, ton_reason


def _has_yen(amounts: list[PhraseAmount]) -> bool:
    return any(amount.unit.startswith("¥") for amount in amounts)


def _mark(text: str, token: Token, lines: PassageLines) -> PassedOver:
    span = {"start": token.start, "end": token.end}
    line = lines.number(token.start)
    return PassedOver(printed=text[token.start : token.end], paragraph=line, reason=token.why, **span)


def _joined(folded: str, listed: list[Paragraph]) -> str:
    """The folded text with a space for each line break inside a paragraph."""
    for paragraph in listed:
        words = folded[paragraph.start : paragraph.end]
        if "\n" in words:
            folded = folded[: paragraph.start] + words.replace("\n", " ") + folded[paragraph.end :]
    return folded


def _without(folded: str, pieces: Sequence[CutPiece]) -> str:
    """The folded text with spaces in place of what was cut, as long as it was."""
    for piece in pieces:
        folded = folded[: piece.start] + " " * (piece.end - piece.start) + folded[piece.end :]
    return folded
