"""What is counted, and which measures behave alike."""

from __future__ import annotations

from loaders.vocabulary.term import Term


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
    LOAN = "loan", "Loan", "A sum lent, or offered as credit."
    INVESTMENT = "investment", "Investment", "A sum put into mines, plants, exploration or a company."
    COST = "cost", "Cost", "What it takes to build, buy, run or clean up something."
    DAMAGES = "damages", "Damages claimed", "A sum that one side claims from another, as before a court."
    VALUE = "value", "Value", "What a deposit, a stock, an output or a company is said to be worth."
    REVENUE = "revenue", "Revenue", "What sales, taxes or exports brought in, as a sum of money."
    ROYALTY = "royalty", "Royalty", "What is owed to a state or an owner for mining: a part, or a sum."
    TARIFF = "tariff", "Tariff", "The duty on what crosses a border, mostly a part of its price."
    STAKE = "stake", "Stake", "The part of a company or project that someone owns."
    GRADE = "grade", "Grade", "The part of an ore or product that is the mineral itself."
    MARKET_SHARE = "market_share", "Share of a market", "The part of a market that someone supplies."
    CAPACITY_USE = "capacity_use", "Use of capacity", "The part of what plants could put out that they do."
    QUOTA = "quota", "Quota", "The most that an authority lets be mined, made, exported or imported."
    PURCHASE = "purchase", "Purchases", "What someone bought, or agreed to buy."
    PRODUCTION_CHANGE = "production_change", "Change of production", "How much more or less was put out."
    EXPORTS_CHANGE = "exports_change", "Change of exports", "How much more or less left a country."
    IMPORTS_CHANGE = "imports_change", "Change of imports", "How much more or less came into a country."
    DEMAND_CHANGE = "demand_change", "Change of demand", "How much more or less was used or asked for."
    PRICE_CHANGE = "price_change", "Change of price", "How much dearer or cheaper an amount became."


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

MEASURES_OF_CHANGE = (
    Measure.PRODUCTION_CHANGE, Measure.EXPORTS_CHANGE, Measure.IMPORTS_CHANGE, Measure.DEMAND_CHANGE,
    Measure.PRICE_CHANGE,
)  # fmt: skip
"""The measures of how a figure moved: ratios of what is to what was, never shares of a whole."""

STATED_ONLY = (
    Measure.FUND, Measure.DEBT, Measure.AID, Measure.REVENUE_CONTRIBUTION, Measure.LOAN, Measure.INVESTMENT,
    Measure.COST, Measure.DAMAGES, Measure.VALUE, Measure.REVENUE, Measure.ROYALTY, Measure.TARIFF,
    Measure.STAKE, Measure.GRADE, Measure.MARKET_SHARE, Measure.CAPACITY_USE, *MEASURES_OF_CHANGE,
)  # fmt: skip
"""The measures that documents state and no dataset counts."""

COUNTED_MEASURES = tuple(measure for measure in Measure if measure not in STATED_ONLY)
"""The measures that a dataset can have."""

NEVER_ADDED = (Measure.PRICE, *OF_ITS_OWN_WHOLE, *STATED_ONLY)
"""The measures whose numbers make no sum: there is no total that one of them could be a share of."""
