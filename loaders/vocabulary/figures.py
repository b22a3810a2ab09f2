"""The words that say what a figure is: its status, kind, place, class, basis, mood and relations."""

from __future__ import annotations

from loaders.vocabulary.term import Term


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


WORLD, OTHER, EUROPEAN_UNION = "WLD", "OTH", "EUU"
"""The codes of places that are no country: the printed world total, the other countries together, the Union.

What the European Union counts, its members count, too: it is never added to countries nor ranked among them.
"""


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


class Direction(Term):
    """Which way a figure moved."""

    UP = "up", "up", "More, higher or dearer than before."
    DOWN = "down", "down", "Less, lower or cheaper than before."


class Relation(Term):
    """How one claim stands to another."""

    PART_OF = "part_of", "part of", "Counted within the other; the two must not be added."
    REPEATS = "repeats", "repeats", "Goes back to the same origin."
    CONTRADICTS = "contradicts", "contradicts", "Both cannot hold."
    SUPERSEDES = "supersedes", "supersedes", "Takes the other's place."
    DERIVED_FROM = "derived_from", "derived from", "Computed from the other."
