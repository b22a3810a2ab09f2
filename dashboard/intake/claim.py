"""The form for a claim of the user's own: its fields are those of a seed file, its outcome a seed file."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, get_args

import tomlkit
from pydantic.fields import FieldInfo

from loaders.added_minerals import until_minerals_change
from loaders.documents.shape import SeedClaim, SeedEvent, SeedSource
from loaders.model import NOT_STATED, Record
from loaders.names import mineral_name, minerals, place_name, places
from loaders.report import Problem
from loaders.text import slug
from loaders.units import currencies
from loaders.vocabulary import Term

_Shape = Literal["text", "note", "lines", "choice", "number", "links", "flag"]
ClaimEntry: TypeAlias = "str | int | bool | Sequence[str] | Mapping[str, Sequence[str]] | None"
"""What stands in a field: text, a number, the lines of `chain`, or the claims of each relation."""


@dataclass(frozen=True)
class Field:
    """A field of the form; `block` is `source` or `claims`, `options` are the codes of a choice."""

    block: str
    name: str
    label: str
    help: str
    shape: _Shape
    options: tuple[str, ...] = ()
    required: bool = False

    @property
    def path(self) -> str:
        """Its name in a problem: `claims.place`."""
        return f"{self.block}.{self.name}"


_LABELS = {
    "id": "Id",
    "sha256": "SHA-256 of the text",
    "file": "Name of the text",
    "address": "Web address",
    "name": "What the document calls the mineral",
    "compared_place": "Compared with",
    "class": "Class",
    "printed": "Printed words",
    "value": "The words that make the number",
    "in_figures": "The number in figures",
    "ton": "Which ton",
    "ton_reason": "How the document says which ton",
    "currency_reason": "Where the document names the currency",
    "chain": "Who said it, through whom: one a line",
    "links": "Relations to other claims",
    "outcome": "What became of it",
    "what": "What happened, in your own words",
    "planned": "It had not happened yet",
    "printed_date": "The words that date it",
    "decision": "How these words became a date",
    "place": "Place",
}
_HELP = {
    "source.id": "Left empty, it is made from publisher and date.",
    "claims.id": "Left empty, it is made from place, mineral and measure.",
    "claims.class": "“not stated” where the document names none; “does not apply” where it is no amount "
    "in the ground.",
    "claims.scheme": "The classification that the document names, if it names one.",
    "claims.basis": "What the tonnes are tonnes of; “not stated” where the document does not say.",
    "claims.compared_place": "Where it compares two places; of a share of imports, where they come from.",
    "claims.chain": "From who said it first to the document’s publisher, one name a line.",
    "claims.in_figures": "Only where the words cannot be read, such as “three thousand tonnes”: 3,000 t.",
    "claims.ton": "Only where the words do not say it and the document does elsewhere.",
    "claims.currency": "Only where the words name no currency and the document does elsewhere.",
}
_NOTES = ("note", "outcome")


_BLOCKS: dict[str, type[Record]] = {"source": SeedSource, "claims": SeedClaim, "events": SeedEvent}


@until_minerals_change
def fields() -> tuple[Field, ...]:
    """Every field of a document, a claim and an event, in the order of a seed file."""
    return tuple(
        _field(block, info.alias or name, info)
        for block, model in _BLOCKS.items()
        for name, info in model.model_fields.items()
    )


def of_block(block: str) -> list[Field]:
    """The fields of one block: `source`, `claims` or `events`."""
    return [field for field in fields() if field.block == block]


def _field(block: str, name: str, info: FieldInfo) -> Field:
    path = f"{block}.{name}"
    label = _LABELS.get(name, name.replace("_", " ").capitalize())
    options = _options(name, info.annotation)
    shape: _Shape = "choice" if options else _shape(name)
    made = path in ("source.id", "source.publisher", "source.title", "claims.id")
    return Field(
        block,
        name,
        label,
        _HELP.get(path, info.description or ""),
        shape,
        options,
        info.is_required() and not made,
    )


_SHAPES: dict[str, _Shape] = {
    "chain": "lines",
    "links": "links",
    "paragraph": "number",
    "year": "number",
    "planned": "flag",
}


def _shape(name: str) -> _Shape:
    return _SHAPES.get(name, "note" if name in _NOTES else "text")


def _options(name: str, annotation: Any) -> tuple[str, ...]:
    if name == "mineral":
        return tuple(sorted(map(str, minerals().index), key=mineral_name))
    if name in ("place", "compared_place"):
        return tuple(sorted(map(str, places().index), key=place_name))
    if name == "currency":
        return currencies()
    terms = _term(annotation)
    if terms:
        return tuple(str(code) for code in terms)
    literal = next((kind for kind in get_args(annotation) if get_args(kind)), None)
    words = get_args(literal)
    return tuple(map(str, words)) if words and all(isinstance(word, str) for word in words) else ()


def option_words(field: Field, code: str) -> str:
    """How a choice shows a code."""
    if field.name == "mineral":
        return mineral_name(code)
    if field.name in ("place", "compared_place"):
        return place_name(code)
    terms = _terms(field)
    return terms(code).label if terms else code


def _terms(field: Field) -> type[Term] | None:
    names = {info.alias or name: info.annotation for name, info in SeedClaim.model_fields.items()}
    return _term(names.get(field.name)) if field.block == "claims" else None


def _term(annotation: Any) -> type[Term] | None:
    """The vocabulary of a field, which may be left out."""
    kinds = (annotation, *get_args(annotation))
    return next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Term)), None)


# From the form to the file ----------------------------------------------------------------------------


def new_seed(source: Mapping[str, ClaimEntry], claim: Mapping[str, ClaimEntry]) -> str:
    """A seed file of one document with one claim. Empty fields are left out, so that the checks name them."""
    stated = {"publisher": NOT_STATED, "title": NOT_STATED, **filled(source)}
    stated.setdefault("id", _source_id(stated))
    document = tomlkit.document()
    document.add("source", _table("source", stated))
    blocks = tomlkit.aot()
    blocks.append(_claim_table(claim))
    document.add("claims", blocks)
    return tomlkit.dumps(document)


def with_claim(text: str, claim: Mapping[str, ClaimEntry]) -> str:
    """A seed file with one more claim; the rest stays as it was written. Raises ValueError for bad TOML."""
    document = tomlkit.parse(text)
    if "claims" not in document:
        document.add("claims", tomlkit.aot())
    table = _claim_table(claim)
    table.trivia.indent = "\n"  # an empty line above
    blocks: Any = document["claims"]
    blocks.append(table)
    return tomlkit.dumps(document)


def without_claim(text: str, claim: str) -> str:
    """A seed file without one of its claims; empty where no claim and no event is left."""
    document = tomlkit.parse(text)
    blocks: Any = document.get("claims", [])
    for index in [number for number, block in enumerate(blocks) if block.get("id") == claim]:
        del blocks[index]
    if not blocks:
        document.pop("claims", None)
    return tomlkit.dumps(document) if blocks or document.get("events") else ""


def _claim_table(claim: Mapping[str, ClaimEntry]) -> Any:
    stated = filled(claim)
    stated.setdefault("id", _claim_id(stated))
    return _table("claims", stated)


def _table(block: str, values: Mapping[str, Any]) -> Any:
    table = tomlkit.table()
    for field in of_block(block):
        if field.name in values:
            table.add(field.name, values[field.name])
    return table


def filled(values: Mapping[str, ClaimEntry]) -> dict[str, Any]:
    """The fields in which something stands, as TOML has them."""
    plain = {name: _plain(value) for name, value in values.items()}
    return {name: value for name, value in plain.items() if value not in ("", None, [])}


def _plain(value: ClaimEntry) -> Any:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, Mapping):
        links = [(relation, claim) for relation, claims in value.items() for claim in claims]
        return _links(links)
    if value is None or isinstance(value, int):
        return value or None
    return [line.strip() for line in value if line.strip()]


def _links(links: Iterable[tuple[str, str]]) -> Any:
    """Relations on one line, as people write them in a seed file."""
    lines = tomlkit.array()
    for relation, claim in links:
        link = tomlkit.inline_table()
        link.update({"relation": relation, "claim": claim})
        lines.append(link)
    return lines


def _source_id(values: Mapping[str, Any]) -> str:
    publisher, published = (str(values.get(name, NOT_STATED)) for name in ("publisher", "published"))
    named = publisher if publisher != NOT_STATED else f"unnamed-{str(values.get('sha256', ''))[:8]}"
    return slug(f"{named}-{published}" if published != NOT_STATED else named)


def _claim_id(values: Mapping[str, Any]) -> str:
    place = place_name(values["place"]) if values.get("place") in places().index else ""
    return slug("-".join(str(part) for part in (place, values.get("mineral", ""), values.get("measure", ""))))


def text_fields(name: str, content: bytes) -> dict[str, ClaimEntry]:
    """What a text at hand says of itself: its name and its SHA-256."""
    return {"file": name, "sha256": hashlib.sha256(content).hexdigest()}


# From the checks to the form --------------------------------------------------------------------------


def by_field(problems: Iterable[Problem], claim: str = "") -> dict[str, list[str]]:
    """What is wrong, by the path of the field beside which it belongs; under "" what belongs to none.

    `claim` is the id under which a check of quotations names the claim.
    """
    found: dict[str, list[str]] = {}
    known = {field.path: field for field in fields()}
    for problem in problems:
        path = _path(problem.column, claim)
        field = known.get(path)
        found.setdefault(path if field else "", []).append(_message(problem, field))
    return found


def _message(problem: Problem, field: Field | None) -> str:
    """A problem in words for a form, which has a label instead of a name and shows what may be chosen."""
    if field and problem.rule == "field present":
        return "This is needed: choose one." if field.options else f"This is needed. {field.help}"
    return f"{problem.message} {problem.remedy}".strip()


def _path(column: str, claim: str) -> str:
    """'claims[2].links[1].claim' and '<claim id>.printed' as paths of fields."""
    if claim and column.startswith(f"{claim}."):
        return f"claims.{column.removeprefix(f'{claim}.')}"
    parts = re.sub(r"\[\d+\]", "", column).split(".")
    return ".".join(parts[:2])
