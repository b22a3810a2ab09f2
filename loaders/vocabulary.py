"""The closed vocabularies: each word has a code, a label for the screen, and a definition."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Term(StrEnum):
    """A word of a closed vocabulary; equal to its code, with a label and a definition to show."""

    label: str
    definition: str

    def __new__(cls, code: str, label: str = "", definition: str = "") -> Self:
        term = str.__new__(cls, code)
        term._value_ = code
        term.label = label
        term.definition = definition
        return term


class Status(Term):
    """How a value came to be, or why there is none. Codes of SDMX CL_OBS_STATUS 2.2, and X of our own."""

    AS_PUBLISHED = "A", "as published", "A number printed by the publisher; a printed zero is a zero."
    ESTIMATED = "E", "estimated", "A number that the publisher marks as its own estimate."
    WITHHELD = "Q", "withheld", "Known to the publisher and kept back, to protect a company's own data."
    NOT_AVAILABLE = "O", "not available", "The publisher has no number; a word such as 'Large' is kept."
    NOT_APPLICABLE = "M", "does not apply", "No number can exist, for example a total of unlike things."
    NOT_SIGNIFICANT = "N", "less than", "More than nothing, but below the printed limit."
    INCLUDED_ELSEWHERE = "K", "included elsewhere", "Counted within another row, which the note names."
    INCLUDES_OTHER = "W", "includes another row", "The number also counts a row without its own number."
    UNVALIDATED = "V", "as stated", "A claim as the document prints it; nobody has checked it."
    FORECAST = "F", "planned or forecast", "A plan or a forecast, not something that has happened."
    NET_EXPORTER = "X", "net exporter", "No reliance on imports: more of it leaves the country than comes in."


class Kind(Term):
    """What kind of number a claim states."""

    QUANTITY = "quantity", "quantity", "An amount with a unit."
    SHARE = "share", "share", "A fraction of a whole."
    RANK = "rank", "rank", "A place in an order, 1 for the largest."
    MONEY = "money", "money", "An amount of a currency."
    RATIO = "ratio", "ratio", "How many times one thing is another."


class Measure(Term):
    """What is counted."""

    RESERVES = "reserves", "Reserves", "What can be extracted economically now, in the publisher's own class."
    RESOURCES = "resources", "Resources", "What is in the ground, whether or not it pays to extract it."
    HOLDINGS = (
        "holdings",
        "Holdings, class not stated",
        "An amount that a country is said to hold, when no class such as reserves or resources is defined.",
    )
    MINE_PRODUCTION = "mine_production", "Mine production", "What mines put out, before smelting or refining."
    SMELTER_PRODUCTION = "smelter_production", "Smelter production", "Metal from smelters."
    REFINERY_PRODUCTION = "refinery_production", "Refinery production", "Metal or compound from refineries."
    PLANT_PRODUCTION = "plant_production", "Plant production", "What processing plants put out."
    PRIMARY_PRODUCTION = "primary_production", "Primary production", "New material, not recycled."
    SECONDARY_PRODUCTION = "secondary_production", "Secondary production", "Recycled material."
    SYNTHETIC_PRODUCTION = "synthetic_production", "Synthetic production", "Made, not mined."
    PRODUCTION = "production", "Production", "Production of a stage or form that the source does not state."
    IMPORTS = "imports", "Imports", "What came into a country in a year, by weight or by value."
    EXPORTS = "exports", "Exports", "What left a country in a year, by weight or by value."
    PRICE = "price", "Price", "What an amount of a material cost; the detail says what amount of which form."
    APPARENT_CONSUMPTION = (
        "apparent_consumption",
        "Apparent consumption",
        "Production and imports less exports, often with changes of stocks; the note says how.",
    )
    REPORTED_CONSUMPTION = (
        "reported_consumption", "Reported consumption", "What users said that they used."
    )  # fmt: skip
    CONSUMPTION = "consumption", "Consumption", "What was used, counted or estimated in another way."
    SUPPLY = "supply", "Apparent supply", "Production, recycled material and imports less exports."
    SALES = "sales", "Sold or used", "What producers sold, or used themselves."
    SHIPMENTS = "shipments", "Shipments", "What left plants, mines or a government stockpile."
    STOCKS = "stocks", "Stocks", "What lay in stores at the end of a year; the detail says whose."
    EMPLOYMENT = "employment", "Employment", "People at work; the detail says where."
    NET_IMPORT_RELIANCE = (
        "net_import_reliance",
        "Net import reliance",
        "Net imports as a part of the consumption that the detail names.",
    )
    IMPORT_SOURCE_SHARE = (
        "import_source_share",
        "Share of imports",
        "The part of a country's imports that came from the partner, over the years that the note names.",
    )
    CAPACITY = "capacity", "Capacity", "What plants could put out in a year."
    FUND = "fund", "Fund size", "The size of a fund."
    DEBT = "debt", "Debt", "A sum said to be owed."
    AID = "aid", "Aid", "A sum of aid."
    REVENUE_CONTRIBUTION = (
        "revenue_contribution",
        "Contribution from revenues",
        "The part of revenues to be paid into a fund.",
    )


IN_GROUND = (Measure.RESERVES, Measure.RESOURCES, Measure.HOLDINGS)
"""The measures of what is in the ground; a class says of what kind each is."""

OF_ONE_COUNTRY = (
    Measure.APPARENT_CONSUMPTION, Measure.REPORTED_CONSUMPTION, Measure.CONSUMPTION, Measure.SUPPLY,
    Measure.SALES, Measure.SHIPMENTS, Measure.STOCKS, Measure.EMPLOYMENT, Measure.NET_IMPORT_RELIANCE,
    Measure.IMPORT_SOURCE_SHARE,
)  # fmt: skip
"""The measures of one country's own account; all others are compared between countries."""

OF_ITS_OWN_WHOLE = (Measure.NET_IMPORT_RELIANCE, Measure.IMPORT_SOURCE_SHARE)
"""The measures that are parts of a whole of their own, which their mineral and place name."""

NEVER_ADDED = (Measure.PRICE, *OF_ITS_OWN_WHOLE)
"""The measures whose numbers make no sum: there is no total that one of them could be a share of."""

WORLD, OTHER = "WLD", "OTH"
"""The codes of places that are no country: the printed world total, and the other countries together."""


class ReserveClass(Term):
    """What kind of 'how much is there' a quantity is."""

    RESERVE = "reserve", "reserve", "The part of a resource that can be extracted economically at the time."
    RESOURCE = "resource", "resource", "A concentration whose extraction is or may become feasible."
    MEASURED_INDICATED = (
        "resource_measured_indicated",
        "measured and indicated resource",
        "The better-known part of a resource.",
    )
    INFERRED = "resource_inferred", "inferred resource", "A resource inferred from limited evidence."
    STATE_BALANCE = (
        "state_balance",
        "state balance",
        "The total in a state's register of deposits, which includes material not shown to be economic.",
    )
    PROGNOSTIC = "prognostic", "prognostic", "Expected from geology, not yet discovered."
    UNDEFINED = "undefined", "not stated", "The source does not say which class it means."
    NOT_APPLICABLE = "not_applicable", "does not apply", "Not a measure of what is in the ground."


class Scheme(Term):
    """The classification that defines a class."""

    USGS_C831 = "usgs_c831", "USGS Circular 831", "Principles of a resource and reserve classification, 1980."
    CRIRSCO = "crirsco", "CRIRSCO family", "JORC, NI 43-101, SAMREC and the other CRIRSCO codes."
    UNFC = "unfc", "UNFC", "United Nations Framework Classification for Resources."
    GKZ = "gkz", "Russian GKZ", "The Russian state classification A, B, C1, C2 and P1 to P3."
    GBT17766 = "gbt17766", "Chinese GB/T 17766", "The Chinese national classification."
    UNDEFINED = "undefined", "not stated", "The source names no classification."
    NOT_APPLICABLE = "not_applicable", "does not apply", "Not a measure of what is in the ground."


class Basis(Term):
    """What the tonnes are tonnes of."""

    CONTENT = "content", "contained element or metal", "The weight of the element itself."
    REO = "REO", "rare-earth oxide (REO)", "The weight as rare-earth oxides."
    LCE = "LCE", "lithium carbonate equivalent (LCE)", "The weight as lithium carbonate."
    LI2O = "Li2O", "lithium oxide (Li₂O)", "The weight as lithium oxide."
    K2O = "K2O", "potassium oxide (K₂O) equivalent", "The weight as potassium oxide."
    TIO2 = "TiO2", "titanium dioxide (TiO₂)", "The weight as titanium dioxide."
    CR2O3 = "Cr2O3", "chromic oxide (Cr₂O₃)", "The weight as chromic oxide."
    ZRO2 = "ZrO2", "zirconium dioxide (ZrO₂)", "The weight as zirconium dioxide."
    MGO = "MgO", "magnesium oxide (MgO)", "The weight as magnesium oxide."
    B2O3 = "B2O3", "boric oxide (B₂O₃)", "The weight as boric oxide."
    AS2O3 = "As2O3", "arsenic trioxide (As₂O₃)", "The weight as arsenic trioxide."
    SC2O3 = "Sc2O3", "scandium oxide (Sc₂O₃)", "The weight as scandium oxide."
    Y2O3 = "Y2O3", "yttrium oxide (Y₂O₃)", "The weight as yttrium oxide."
    AL2O3 = "Al2O3", "alumina (Al₂O₃)", "The weight as calcined alumina."
    P2O5 = "P2O5", "phosphorus pentoxide (P₂O₅)", "The weight as phosphorus pentoxide."
    V2O5 = "V2O5", "vanadium pentoxide (V₂O₅)", "The weight as vanadium pentoxide."
    NB2O5 = "Nb2O5", "niobium pentoxide (Nb₂O₅)", "The weight as niobium pentoxide."
    TA2O5 = "Ta2O5", "tantalum pentoxide (Ta₂O₅)", "The weight as tantalum pentoxide."
    WO3 = "WO3", "tungsten trioxide (WO₃)", "The weight as tungsten trioxide."
    U3O8 = "U3O8", "uranium oxide (U₃O₈)", "The weight as uranium oxide."
    BEO = "BeO", "beryllium oxide (BeO)", "The weight as beryllium oxide."
    GROSS = "gross", "gross weight", "The weight of the product or concentrate as it is."
    ORE = "ore", "ore", "The weight of ore, with everything in it."
    UNDEFINED = "undefined", "not stated", "The source does not say clearly what the tonnes are tonnes of."
    NOT_APPLICABLE = "not_applicable", "does not apply", "Not a weight of a material."


class Modality(Term):
    """In what mood a claim is made."""

    REPORTED = "reported", "reported", "Stated as a fact."
    ESTIMATE = "estimate", "estimate", "Stated as an estimate."
    PLAN = "plan", "plan", "Agreed or intended for the future."
    PROPOSAL = "proposal", "proposal", "Put forward by one side."
    FORECAST = "forecast", "forecast", "Expected to come about."


class Relation(Term):
    """How one claim stands to another."""

    PART_OF = "part_of", "part of", "Counted within the other; the two must not be added."
    REPEATS = "repeats", "repeats", "Goes back to the same origin."
    CONTRADICTS = "contradicts", "contradicts", "Both cannot hold."
    SUPERSEDES = "supersedes", "supersedes", "Takes the other's place."
    DERIVED_FROM = "derived_from", "derived from", "Computed from the other."


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

    def __new__(cls, code: str, definition: str = "", before: str = "", after: str = "") -> Self:
        term = str.__new__(cls, code)
        term._value_ = code
        term.label, term.definition = code, definition
        term.before, term.after = before, after
        return term

    VALUE = "value", "A number."
    ESTIMATE = "estimate", "A number that the publisher marks as estimated.", "", "e"
    ZERO = "zero", "A printed zero, or a blank that the edition uses for zero."
    MORE_THAN = "more than", "Printed as 'more than': the bar shows the lower bound."
    LESS_THAN = "less than", "More than nothing, but below a printed limit."
    RANGE = (
        "range", "Printed as a range: the bar ends at the lower bound, the dashed box at the upper."
    )  # fmt: skip
    WITHHELD = "withheld", "Known to the publisher and kept back.", "▧"
    WORD = "word", "The publisher prints a word, such as 'Large', and no number.", "◇"
    NOT_AVAILABLE = "not available", "The publisher has no number.", "○"
    DOES_NOT_APPLY = "does not apply", "No number can exist here.", "×"
    INCLUDED_ELSEWHERE = "included elsewhere", "Counted within another row, which the note names.", "↗"
    NET_EXPORTER = "net exporter", "More of it leaves the country than comes in: no reliance on imports."


OPEN_END = "▸"
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
    NOT_COMPARABLE = "not_comparable", "not comparable", "They do not count the same thing."


class Total(Term):
    """What shares are of."""

    PRINTED = "printed", "of the printed world total", "The publisher prints the total."
    AT_LEAST = (
        "printed lower bound", "of a world total printed as 'more than'",
        "The total is larger, so shares are less.",
    )  # fmt: skip
    SUM = "sum of rows", "of the sum of the printed rows", "No total is printed and every row has a number."
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
