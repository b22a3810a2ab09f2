"""Articles: a text or a file becomes candidates, events, and what was passed over.

`read_article` is offline and the same every time. It accepts nothing: each candidate waits for a person.
"""

from loaders.articles.records import Article, Candidate, Citation, CutPiece, DatedEvent, PassedOver
from loaders.articles.reading import read_text as read_article

__all__ = ["Article", "Candidate", "Citation", "CutPiece", "DatedEvent", "PassedOver", "read_article"]
