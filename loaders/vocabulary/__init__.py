"""The closed vocabularies: each word has a code, a label for the screen, and a definition.

`measures` holds what is counted, `figures` what else is said of a figure, `answers` what was found. Others
import from here.
"""

from __future__ import annotations

from loaders.vocabulary.answers import (
    DECIDED,
    OPEN_END,
    Certainty,
    ChangeKind,
    Comparability,
    FindingKind,
    MarkState,
    Outcome,
    Severity,
    Total,
)
from loaders.vocabulary.figures import (
    EUROPEAN_UNION,
    OTHER,
    WORLD,
    Basis,
    Direction,
    Kind,
    Modality,
    Relation,
    ReserveClass,
    Scheme,
    Status,
)
from loaders.vocabulary.measures import (
    COUNTED_MEASURES,
    IN_GROUND,
    MEASURES_OF_CHANGE,
    NEVER_ADDED,
    OF_ITS_OWN_WHOLE,
    OF_ONE_COUNTRY,
    STATED_ONLY,
    Measure,
)
from loaders.vocabulary.term import Term

__all__ = [
    "COUNTED_MEASURES",
    "DECIDED",
    "EUROPEAN_UNION",
    "IN_GROUND",
    "MEASURES_OF_CHANGE",
    "NEVER_ADDED",
    "OF_ITS_OWN_WHOLE",
    "OF_ONE_COUNTRY",
    "OPEN_END",
    "OTHER",
    "STATED_ONLY",
    "WORLD",
    "Basis",
    "Certainty",
    "ChangeKind",
    "Comparability",
    "Direction",
    "FindingKind",
    "Kind",
    "MarkState",
    "Measure",
    "Modality",
    "Outcome",
    "Relation",
    "ReserveClass",
    "Scheme",
    "Severity",
    "Status",
    "Term",
    "Total",
]
