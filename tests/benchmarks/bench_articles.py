"""Reading articles of 1,000 words beside one pass of `re`: `python tests/benchmarks/bench_articles.py`.

Real articles are the documents in `documents` of the folder that MINERALS_SHARED names; what they take is
told for 1,000 words. Full ones are the labelled passages of that folder, laid end to end: a figure every
twenty-two words, though a line of one such as "Read next" cuts what follows it. Dense ones are the passages
of `tests/loaders/articles/fresh.toml`: a figure every fifteen words, some ten times as many as articles have.
The baseline is one pass of a plain pattern of words and marks over the same text, in the same run. Processor
time, the best of several runs of each. Goals: a real article and a full one at most 20 ms for 1,000 words; of
the dense ones twenty a second.
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from loaders.articles import read_article
from tests.loaders.articles.passages import FRESH, passages

REAL_MS, DENSE_MS = 20.0, 50.0
RUNS = 7
WORDS, LAID = 1000, 900
ARTICLES = 10
PLAIN = re.compile(r"\w+|[^\w\s]")


def articles(listed: Iterable[str], least: int) -> Iterator[str]:
    """Texts of at least so many words each, of passages laid end to end."""
    text = ""
    for passage in listed:
        text += f"\n\n{passage}"
        if len(text.split()) >= least:
            yield text.strip()
            text = ""


def main() -> int:
    """Measure and print; 1 if a goal is missed."""
    fresh = islice(articles((passage.text for passage in passages(FRESH)), WORDS), ARTICLES)
    met = [_told("dense", list(fresh), DENSE_MS)]
    shared = os.environ.get("MINERALS_SHARED")
    if shared:
        labelled = json.loads(Path(shared, "cases", "articles", "dev.json").read_text(encoding="utf-8"))
        met.append(_told("full", list(articles((passage["text"] for passage in labelled), LAID)), REAL_MS))
        files = sorted(Path(shared, "documents").glob("*.txt"))
        met.append(_told("real", [file.read_text(encoding="utf-8") for file in files], REAL_MS))
    else:
        print("MINERALS_SHARED is unset: no real articles")
    return int(not all(met))


def _told(what: str, texts: list[str], goal: float) -> bool:
    """What articles take for 1,000 words, printed; whether that is within the goal."""
    read = [read_article(text) for text in texts]  # the tables are read once
    cut = sum(len(piece.text.split()) for article in read for piece in article.cut)
    ours = sum(_best(lambda text=text: read_article(text)) for text in texts)
    plain = sum(_best(lambda text=text: PLAIN.findall(text)) for text in texts)
    words = sum(len(text.split()) for text in texts)
    took = ours / words * WORDS * 1000
    print(
        f"{what:6} {len(texts)} articles, {words:,} words, {cut:,} of them cut: "
        f"{took:.1f} ms for 1,000 words (goal {goal:.0f}); "
        f"{1000 / took:.0f} times that a second, {ours / plain:.0f} times one pass of `re`"
    )
    return took <= goal


def _best(run: Callable[[], object]) -> float:
    """The least processor time of several runs, in seconds."""
    times = []
    for _ in range(RUNS):
        begun = time.process_time()
        run()
        times.append(time.process_time() - begun)
    return min(times)


if __name__ == "__main__":
    sys.exit(main())
