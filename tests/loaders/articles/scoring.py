"""Predictions for labelled passages: `python -m tests.loaders.articles.scoring LABELLED.json [OUT.json]`.

The labelled passages name a mineral by its group where their list lacks it (dysprosium: rare-earths), and
have every weight in tonnes, that of diamonds too, which statistics count in carats.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from loaders.articles import Candidate, read_article
from loaders.names import minerals

TONNES_A_CARAT = 2e-7

LABELS = frozenset(
    [
        "rare-earths",
        "rare-metals",
        "lithium",
        "cobalt",
        "nickel",
        "copper",
        "graphite",
        "gallium",
        "germanium",
        "tungsten",
        "titanium",
        "manganese",
        "antimony",
        "uranium",
        "tantalum",
        "niobium",
        "platinum-group-metals",
        "palladium",
        "vanadium",
        "zinc",
        "chromium",
        "tin",
        "tellurium",
        "magnesium",
        "bauxite",
        "aluminum",
        "fluorspar",
        "silicon",
        "beryllium",
        "scandium",
        "zirconium",
        "critical-minerals",
    ]
)
FIELDS = ("mineral", "place", "measure", "kind", "modality")


def label(mineral: str | None) -> str | None:
    """A mineral as the labels name it: itself, or the nearest group that they have."""
    groups = minerals()["group"]
    while mineral and mineral not in LABELS:
        mineral = str(groups.get(mineral, ""))
    return mineral or None


def predicted(candidate: Candidate) -> dict[str, Any]:
    """A candidate with the fields of a labelled figure."""
    plain = candidate.model_dump(mode="json")
    if candidate.unit == "ct":
        weights = {name: plain[name] and plain[name] * TONNES_A_CARAT for name in ("value", "lower", "upper")}
        plain |= {"unit": "t", **weights}
    return {**plain, "mineral": label(candidate.mineral), "said_by": list(candidate.said_by)}


def predictions(labelled: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """The figures found in each passage, by its id."""
    return {
        passage["id"]: [predicted(candidate) for candidate in read_article(passage["text"]).candidates]
        for passage in labelled
    }


def near(one: float | None, other: float | None) -> bool:
    """Whether two numbers agree to half a per cent."""
    if one is None or other is None:
        return one is other
    return abs(one - other) <= 0.005 * max(abs(one), abs(other), 1e-12)


def same(gold: dict[str, Any], found: dict[str, Any]) -> bool:
    """Whether a found figure is a labelled one: its unit, its words and its numbers."""
    overlap = gold["printed"] in found["printed"] or found["printed"] in gold["printed"]
    numbers = ("value", "lower", "upper")
    return gold["unit"] == found["unit"] and overlap and all(near(gold[key], found[key]) for key in numbers)


def scores(labelled: list[dict[str, Any]]) -> dict[str, float]:
    """Precision, recall, and how often each field is right of the figures found."""
    found = predictions(labelled)
    hits: list[tuple[dict[str, Any], dict[str, Any]]] = []
    taken = total = false = 0
    for passage in labelled:
        left = list(found[passage["id"]])
        taken, total = taken + len(left), total + len(passage["figures"])
        for gold in passage["figures"]:
            match = next((item for item in left if same(gold, item)), None)
            if match is not None:
                left.remove(match)
                hits.append((gold, match))
        false += sum(item["printed"] in passage["not_figures"] for item in left)
    told = [(gold, item) for gold, item in hits if gold["said_by"]]
    right = {field: sum(gold[field] == item[field] for gold, item in hits) / len(hits) for field in FIELDS}
    speaker = sum(gold["said_by"][0] == (item["said_by"] or [""])[0] for gold, item in told) / max(
        len(told), 1
    )
    return {
        "precision": len(hits) / taken,
        "recall": len(hits) / total,
        **right,
        "speaker": speaker,
        "not figures": float(false),
    }


def main(labelled: str, written: str | None = None) -> None:
    """Print the scores of a labelled file, and write the predictions where a name for them is given."""
    passages = json.loads(Path(labelled).read_text(encoding="utf-8"))
    if written:
        Path(written).write_text(json.dumps(predictions(passages), ensure_ascii=False), encoding="utf-8")
    for name, score in scores(passages).items():
        print(f"{name:12} {score:.3f}")


if __name__ == "__main__":
    main(*sys.argv[1:3])
