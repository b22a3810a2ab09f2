"""How each figure or event of a review is read: as it was found, or as a person mended it."""

from __future__ import annotations

from dashboard.intake.review import Review, ReviewItem, claim_of
from dashboard.words import articles


def read_line(review: Review, item: ReviewItem) -> str:
    """The reading in a line."""
    if item.key not in review.mended:
        return articles.reading_line(item.record)
    claim = claim_of(review, item.key)
    return articles.mended_line(claim) if claim else articles.mended_event_line(review.fields(item.key))


def read_parts(review: Review, item: ReviewItem) -> list[tuple[str, str]]:
    """The reading part by part; of what was found each with the words that decided it."""
    if item.key not in review.mended:
        return articles.reading_facts(item.record)
    claim = claim_of(review, item.key)
    return articles.mended_facts(claim) if claim else articles.mended_event_facts(review.fields(item.key))
