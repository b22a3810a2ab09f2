"""The blocks of the page Figures: one for every claim of the documents, the events last."""

from __future__ import annotations

from dashboard.analysis.checks import Check
from dashboard.blocks.amounts import part_block, quantity_block
from dashboard.blocks.block import Block
from dashboard.blocks.events import event_block
from dashboard.blocks.money import money_block
from dashboard.blocks.ranks import rank_block
from dashboard.blocks.ratios import ratio_block
from dashboard.blocks.shares import share_block
from dashboard.loaded import Data
from loaders.vocabulary import Kind, Measure


def blocks(data: Data, checks: dict[str, list[Check]]) -> list[Block]:
    """A block for every claim of the documents, money together, and the events last."""
    claims = data.seeds.claims
    parts = {claim.id for claim in claims if claim.part_of}
    wholes = {claim.part_of for claim in claims if claim.part_of}
    found: list[Block | None] = []
    for claim in claims:
        if claim.id in wholes:
            found.append(part_block(claim, [c for c in claims if c.part_of == claim.id], data))
        if claim.kind is Kind.QUANTITY and (claim.id in parts or claim.id not in wholes):
            found.append(quantity_block(claim, checks[claim.id], data))
        if claim.kind is Kind.SHARE and claim.measure is not Measure.REVENUE_CONTRIBUTION:
            found.append(share_block(claim, checks[claim.id], data))
        if claim.kind is Kind.RANK:
            found.append(rank_block(claim, checks[claim.id], data))
    found += [money_block(document.claims, document.source, data) for document in data.seeds.documents]
    found.append(ratio_block([claim for claim in claims if claim.kind is Kind.RATIO], checks, data))
    if data.seeds.events:
        found.append(event_block(data.seeds.events, data))
    return [block for block in found if block]
