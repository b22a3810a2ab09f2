"""Seed files become claims and events: one hand-written TOML file per article or speech.

To add an article, write `seeds/<publisher>-<date>.toml` in any text editor. It holds figures, short
quoted phrases and a citation, never the article's sentences.

    [source]                       the citation; a field that the article does not print is "not stated"
    id = "my-paper-2026-01-31"     small letters, digits, hyphens; no date that the article does not print
    publisher = "My Paper"
    title = "..."
    author, published, accessed, address, licence = "..."      may be left out: "not stated"
    file = "article.txt"           the text that was read, kept elsewhere
    sha256 = "..."                 `sha256sum article.txt`
    continues = "other-document"   only where another file holds claims of the same text already: its id
    note = "..."                   anything odd about the document

    [[claims]]                     one block per figure
    id = "chile-lithium-reserves"  not used by any other seed file
    kind = "quantity"              quantity, share, rank, money, ratio
    mineral = "lithium"            id of a mineral; `name` is what the article calls it
    name = "lithium"
    place = "CHL"                  ISO 3166-1 alpha-3, or WLD for the world
    compared_place = "ARG"         only where the figure compares two places, and for a share of imports
                                   (import_source_share): the place that they come from
    measure, class, scheme, basis  codes of `loaders.vocabulary`; "undefined" where the article is silent,
                                   "not_applicable" where the figure is not an amount in the ground
    modality = "estimate"          reported, estimate, plan, proposal, forecast
    direction = "down"             of a change only, whose number has no sign: up or down
    year = 2024                    the year that the figure is of; left out where the article does not say
    printed = "9.3 million tons of lithium"    at most ten words, as printed; … for words left out
    value = "9.3 million tons"     the words of `printed` that make the number: the number is computed from
                                   them and never typed a second time
    in_figures = "9.3 million t"   only where these words cannot be read ("nine point three million tons")
    ton = "metric"                 only where the article says elsewhere which ton it means,
    ton_reason = "..."             and how it says so
    currency = "USD"               only where the words of `value` name no currency,
    currency_reason = "..."        and where the article does
    chain = ["the ministry", "a newspaper", "My Paper"]        from who said it first to the document
    paragraph = 4                  the n-th line that is not empty, 1 = the first
    outcome = "..."                what became of it, if the article says
    note = "..."
    links = [{ relation = "part_of", claim = "world-lithium-reserves" }]

    [[events]]                     one block per event that the article mentions
    id = "export-ban"              the same id and the same `what` in each document that mentions it
    what = "..."                   in our own words
    planned = true                 only for what had not happened yet
    date = 2026-01-01              left out where the article does not date it
    until = 2026-01-31             only for a period, or where the day is not known
    printed_date = "in January"    the words that date it
    decision = "..."               how words such as "in January" became a date
    paragraph = 2
    phrase = "..."                 at most ten words, as printed

A plan or a forecast gets the status F, every other claim V: as stated, checked by nobody. `read_seeds`
reports each mistake with file, line, field and remedy, and still loads the other files. `check_text`
compares a seed with the article: the hash, and every quoted phrase in its paragraph.
"""

from __future__ import annotations

from loaders.documents.quotations import check_text
from loaders.documents.reading import Seeds, read_seed, read_seed_files, read_seeds, seed_paths
from loaders.documents.shape import EventEntry
from loaders.documents.table import CLAIM_COLUMNS, claims_table

__all__ = [
    "CLAIM_COLUMNS",
    "EventEntry",
    "Seeds",
    "check_text",
    "claims_table",
    "read_seed",
    "read_seed_files",
    "read_seeds",
    "seed_paths",
]
