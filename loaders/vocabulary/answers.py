"""The words that say what was found: flaws, states of marks, outcomes, totals and changes."""

from __future__ import annotations

from typing import Self

from loaders.vocabulary.figures import Status
from loaders.vocabulary.term import Term


class Severity(Term):
    """What a problem in a file means for using it."""

    ERROR = "error", "error", "Stops the installation of the edition."
    WARNING = "warning", "warning", "Worth a look; does not stop the installation."


class FindingKind(Term):
    """What is wrong with a number that publishers' own words or other numbers contradict."""

    UNIT = "unit", "unit", "The numbers of a column, or of a row, are in another unit than the one stated."
    VALUE = "value", "value", "The number itself is wrong, or belongs to another column."
    TOTAL = "total", "total", "The printed total is not the sum of its rows."
    FOOTNOTE = "footnote", "footnote", "The mark of a footnote is glued to the number."


class Certainty(Term):
    """How sure a finding of the quality pass is."""

    CERTAIN = "certain", "certain", "The file's own words contradict what it states elsewhere."
    LIKELY = "likely", "likely", "Other numbers contradict it, and one simple error explains it."
    POSSIBLE = "possible", "possible", "Worth a look; it may be a revision, or a coarse rounding."


class MarkState(Term):
    """What stands at a mark for a figure; `before` and `after` are the signs around its words.

    Keeps zero, withheld and absent apart. The bar of a lower bound also ends in `OPEN_END`.
    """

    before: str
    after: str

    def __new__(
        cls, code: str, label: str = "", definition: str = "", before: str = "", after: str = ""
    ) -> Self:
        term = str.__new__(cls, code)
        term._value_ = code
        term.label, term.definition = label, definition
        term.before, term.after = before, after
        return term

    VALUE = "value", "value", "A number."
    ESTIMATE = "estimate", "estimate", "A number that the publisher marks as estimated.", "", "e"
    ZERO = "zero", "zero", "A printed zero, or a blank that the edition uses for zero."
    MORE_THAN = "more than", "more than", "Printed as 'more than': the bar shows the lower bound."
    LESS_THAN = "less than", "less than", "More than nothing, but below a printed limit."
    RANGE = (
        "range", "range", "Printed as a range: the bar ends at the lower bound, the dashed box at the upper."
    )  # fmt: skip
    WITHHELD = "withheld", Status.WITHHELD.label, "Known to the publisher and kept back.", "⊘"
    WORD = "word", "word", "The publisher prints a word, such as 'Large', and no number.", "◇"
    NOT_AVAILABLE = "not available", Status.NOT_AVAILABLE.label, "The publisher has no number.", "○"
    DOES_NOT_APPLY = "does not apply", Status.NOT_APPLICABLE.label, "No number can exist here.", "×"
    INCLUDED_ELSEWHERE = (
        "included elsewhere", Status.INCLUDED_ELSEWHERE.label,
        "Counted within another row, which the note names.", "↗",
    )  # fmt: skip
    NET_EXPORTER = (
        "net exporter", "net exporter",
        "More of it leaves the country than comes in: no reliance on imports.",
    )  # fmt: skip


OPEN_END = "►"
"""The sign at the end of a bar that is only a lower bound."""


class Outcome(Term):
    """What comes of a claim held against an edition; `verb` joins the claim to it: "holds in"."""

    verb: str

    def __new__(cls, code: str, label: str = "", verb: str = "", definition: str = "") -> Self:
        term = str.__new__(cls, code)
        term._value_ = code
        term.label, term.verb, term.definition = label, verb, definition
        return term

    AGREES = "agrees", "agrees", "agrees with", "The statistic rounds to the number that is stated."
    DIFFERS = "differs", "differs", "differs from", "The statistic does not round to the stated number."
    HOLDS = "holds", "holds", "holds in", "The edition gives the rank or the order that is stated."
    DOES_NOT_HOLD = "does_not_hold", "does not hold", "does not hold in", "It gives another one."
    OPEN = (
        "open", "open", "is left open by",
        "A country without a number could stand before; another edition has a larger one for it.",
    )  # fmt: skip
    NOT_COMPARABLE = (
        "not_comparable", "not comparable", "cannot be compared with", "The two do not count the same thing."
    )  # fmt: skip
    CANNOT_CHECK = (
        "cannot_check", "cannot be checked", "cannot be checked against",
        "The edition has no number that could decide.",
    )  # fmt: skip


DECIDED = (Outcome.AGREES, Outcome.DIFFERS, Outcome.HOLDS, Outcome.DOES_NOT_HOLD)
"""Outcomes that say yes or no."""


class Comparability(Term):
    """The answer of the gate for two figures."""

    COMPARABLE = "comparable", "comparable", "They count the same thing and may share an axis."
    CONVERTIBLE = (
        "convertible",
        "convertible",
        "They do once one of them is converted, with the factor shown.",
    )
    NOT_COMPARABLE = (
        "not_comparable", Outcome.NOT_COMPARABLE.label, "They do not count the same thing."
    )  # fmt: skip


class Total(Term):
    """What shares are of."""

    PRINTED = "printed", "of the printed world total", "The publisher prints the total."
    AT_LEAST = (
        "printed lower bound", "of a world total printed as 'more than'",
        "The total is larger, so shares are less.",
    )  # fmt: skip
    SUM = "sum of rows", "of the sum of the printed rows", "No total is printed and every row has a number."
    ROWS = (
        "sum of rows above the total", "of the sum of the printed rows, which is above the printed total",
        "The total is as much as its largest row alone, though others have something: it is rounded.",
    )  # fmt: skip
    NONE = "none", "of nothing, for want of a total", "There is nothing that a share could be of."
    TOO_SMALL = (
        "too small", "of nothing, for the total is too small",
        "A printed total below one of its countries: one of the two must be wrong, so no shares.",
    )  # fmt: skip


class ChangeKind(Term):
    """How a figure of one edition differs from the same in another."""

    REVISED = "revised", "revised", "Another number, or another bound."
    NUMBER_LOST = "number lost", "number lost", "There was a number; now there is none."
    NUMBER_GAINED = "number gained", "number gained", "There was no number; now there is one."
    STATUS_CHANGED = (
        "status changed",
        "status changed",
        "The same number or none, with another status, such as estimated.",
    )
    UNIT_CHANGED = (
        "unit changed",
        "unit changed",
        "In another unit; the numbers cannot be compared as they are.",
    )
    BASIS_CHANGED = (
        "basis changed",
        "basis changed",
        "Of another basis, such as oxide for metal, or of one that was not stated.",
    )
    CLASS_CHANGED = "class changed", "class changed", "Of another class or classification."
    WORDED_DIFFERENTLY = (
        "worded differently",
        "worded differently",
        "The same number, in a row with other words.",
    )
    ADDED = "added", "added", "A figure that the old edition does not have."
    REMOVED = "removed", "removed", "A figure that the new edition does not have."
    MINERAL_APPEARS = (
        "mineral appears",
        "mineral appears",
        "A figure of a mineral that the old edition does not have.",
    )
    MINERAL_VANISHES = (
        "mineral vanishes",
        "mineral vanishes",
        "A figure of a mineral that the new edition does not have.",
    )
    MEASURE_APPEARS = (
        "measure appears",
        "measure appears",
        "A figure of a measure that the old edition does not have for this mineral.",
    )
    MEASURE_VANISHES = (
        "measure vanishes",
        "measure vanishes",
        "A figure of a measure that the new edition does not have for this mineral.",
    )
    PLACE_APPEARS = (
        "place appears",
        "place appears",
        "A figure of a place that the old edition does not have there.",
    )
    PLACE_VANISHES = (
        "place vanishes",
        "place vanishes",
        "A figure of a place that the new edition does not have there.",
    )
    YEAR_APPEARS = (
        "year appears",
        "year appears",
        "A figure of a year that the old edition does not have there.",
    )
    YEAR_VANISHES = (
        "year vanishes",
        "year vanishes",
        "A figure of a year that the new edition does not have there.",
    )
