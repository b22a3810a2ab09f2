"""Which product, grade or form a line over the years is of: what can be chosen, and how it is called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from zlib import crc32

import pandas as pd

from dashboard.analysis.concordance import measures_alike
from dashboard.analysis.wordings import with_bare_details
from dashboard.snapshot import Snapshot, kept_with_data
from dashboard.topics.parameters import Asked, Linked, Parameter
from loaders.vocabulary import Measure

NOT_TOLD = "detail not stated"
"""What a line is called that stands beside others with words that narrow them, and has none."""

EVERY_DETAIL, NO_DETAIL = "all", "not-stated"
"""As a choice: every line; the line that nothing narrows."""


@kept_with_data()
def _details(data: Snapshot) -> dict[tuple[str, str, str], tuple[str, ...]]:
    """(dataset, mineral, measure) -> what narrows its lines; own accounts too."""
    keys = ["dataset", "mineral", "measure"]
    tables = [part[[*keys, "detail"]].drop_duplicates() for part in (data.observations, data.national)]
    groups = with_bare_details(pd.concat(tables)).drop_duplicates().groupby(keys, sort=False)["detail"]
    return {(str(a), str(b), str(c)): tuple(map(str, own)) for (a, b, c), own in groups}


@kept_with_data()
def _codes(data: Snapshot) -> dict[str, str]:
    """What narrows a line -> the code of it in a link, of letters and digits; no two have the same.

    Where words differ in their signs alone the codes say by a checksum which is meant.
    """
    details = {text for own in _details(data).values() for text in own if text}
    plain = {text: _plain(text) for text in details}
    counts = Counter([*plain.values(), NO_DETAIL, EVERY_DETAIL])
    codes = {text: code if counts[code] == 1 else f"{code}-{crc32(text.encode()):08x}"
             for text, code in plain.items()}  # fmt: skip
    return {"": NO_DETAIL, **codes}


def _plain(detail: str) -> str:
    """The words with hyphens between them, a point where a colon stands."""
    parts = (re.sub(r"[\W_]+", "-", part).strip("-") for part in detail.split(":"))
    return ".".join(filter(None, parts))


def _options(data: Snapshot, asked: Asked) -> Sequence[str]:
    """Everything, and where there are several each of them."""
    dataset, mineral = asked["dataset"], asked["mineral"]
    measures = measures_alike(dataset, mineral, asked.get("measure", str(Measure.PRICE)))
    known = [_details(data).get((dataset, mineral, measure), ()) for measure in measures]
    details = sorted({text for own in known for text in own}, key=lambda text: (text.casefold(), text))
    return [EVERY_DETAIL, *([_codes(data)[text] for text in details] if len(details) > 1 else [])]


@kept_with_data()
def _by_code(data: Snapshot) -> dict[str, str]:
    return {code: detail for detail, code in _codes(data).items()}


def _words(code: str, data: Snapshot) -> str:
    if code == EVERY_DETAIL:
        return "All that are printed"
    return _by_code(data).get(code, code) or NOT_TOLD


def of_detail(rows: pd.DataFrame, code: str, data: Snapshot) -> pd.DataFrame:
    """The rows of one detail, by its code in a link; all rows for `EVERY_DETAIL`."""
    return rows if code == EVERY_DETAIL else rows[rows["detail"] == _by_code(data).get(code, "")]


DETAIL = Parameter(
    "detail", "Product, grade or form", _options, words=_words, linked=Linked.UNLESS_DEFAULT, quiet=True,
    row=3, follows=True,
)  # fmt: skip
"""One of the lines of a mineral, measure and dataset, which come before it."""
