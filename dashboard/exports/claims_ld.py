"""Claims as JSON-LD: a schema.org Claim each, with who said it first and where it appears.

The vocabulary is named in the file itself, so that a reader needs nothing from elsewhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from loaders.model import NOT_STATED, Claim, Document, Source
from loaders.names import mineral_name, place_name

_CONTEXT = {"@vocab": "https://schema.org/"}


def claims_json_ld(documents: Iterable[Document], wanted: Iterable[str]) -> str:
    """The wanted claims, by id, in the order of the documents; empty where there is none."""
    ids = set(wanted)
    found = [
        _claim(claim, document.source)
        for document in documents
        for claim in document.claims
        if claim.id in ids
    ]
    if not found:
        return ""
    return json.dumps({"@context": _CONTEXT, "@graph": found}, indent=1, ensure_ascii=False) + "\n"


def _claim(claim: Claim, source: Source) -> dict[str, Any]:
    """One claim. Whether a person or a body said it is not known, so who said it has no type."""
    return {
        "@type": "Claim",
        "@id": f"urn:claim:{claim.id}",
        "identifier": claim.id,
        "text": claim.printed,
        "author": {"name": claim.origin},
        "creditText": " → ".join(claim.chain),
        "appearance": _appearance(source, claim.paragraph),
        "about": _observation(claim),
    }


def _appearance(source: Source, paragraph: int) -> dict[str, Any]:
    fields = {
        "headline": source.title,
        "author": source.author,
        "publisher": source.publisher,
        "datePublished": source.published,
        "url": source.address,
    }
    stated = {name: text for name, text in fields.items() if text != NOT_STATED}
    named = {name: {"name": text} for name, text in stated.items() if name in ("author", "publisher")}
    return {
        "@type": "Article",
        "@id": f"urn:document:{source.id}",
        **stated,
        **named,
        "citation": source.citation,
        "pagination": f"paragraph {paragraph}",
    }


def _observation(claim: Claim) -> dict[str, Any]:
    """What is stated, as it was read: values in a canonical unit; a bound is not a value."""
    amount = {"value": claim.value, "minValue": claim.lower, "maxValue": claim.upper}
    told = {name: number for name, number in amount.items() if number is not None}
    about = mineral_name(claim.mineral) if claim.mineral else ""
    return {
        "@type": "Observation",
        "name": " of ".join(filter(None, (claim.measure.label, about))),
        **({"observationDate": str(claim.year)} if claim.year else {}),
        "observationAbout": {"@type": "Place", "name": place_name(claim.place)},
        "measurementQualifier": ", ".join(
            (claim.kind.label, claim.modality.label, f"class {claim.reserve_class.label}",
             f"basis {claim.basis.label}", *([claim.direction.label] if claim.direction else []))
        ),
        "value": {"@type": "QuantitativeValue", **told, "unitText": claim.unit},
        "alternateName": " ".join(filter(None, (claim.printed_value, claim.printed_unit))),
    }  # fmt: skip
