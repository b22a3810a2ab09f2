"""Reading articles of 1,000 words beside one pass of `re`: `python tests/benchmarks/bench_articles.py`.

Real articles are the documents in `documents` of the folder that MINERALS_SHARED names; what they take is
told for 1,000 words. The dense ones are the passages of `tests/loaders/articles/fresh.toml`, laid end to end:
a figure every fifteen words, some ten times as many as articles have. The baseline is one pass of a plain
pattern of words and marks over the same text, in the same run. Processor time, the best of several runs of
each. Goals: a real article at most 20 ms for 1,000 words; of the dense ones twenty a second.
"""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from loaders.articles import read_article
from tests.loaders.articles.passages import FRESH, passages

REAL_MS, DENSE_MS = 20.0, 50.0
RUNS = 7
WORDS = 1000
ARTICLES = 10
PLAIN = re.compile(r"\w+|[^\w\s]")


def articles() -> Iterator[str]:
    """Texts of about 1,000 words each."""
    text = ""
    for passage in passages(FRESH):
        text += f"\n\n{passage.text}"
        if len(text.split()) >= WORDS:
            yield text.strip()
            text = ""


def main() -> int:
    """Measure and print; 1 if a goal is missed."""
    met = [_told("dense", [text for text, _ in zip(articles(), range(ARTICLES), strict=False)], DENSE_MS)]
    shared = os.environ.get("MINERALS_SHARED")
    if shared:
        files = sorted(Path(shared, "documents").glob("*.txt"))
        met.append(_told("real", [file.read_text(encoding="utf-8") for file in files], REAL_MS))
    else:
        print("MINERALS_SHARED is unset: no real articles")
    return int(not all(met))


def _told(what: str, texts: list[str], goal: float) -> bool:
    """What articles take for 1,000 words, printed; whether that is within the goal."""
    read_article(texts[0])  # the tables are read once
    ours = sum(_best(lambda text=text: read_article(text)) for text in texts)
    plain = sum(_best(lambda text=text: PLAIN.findall(text)) for text in texts)
    words = sum(len(text.split()) for text in texts)
    took = ours / words * WORDS * 1000
    print(
        f"{what:6} {len(texts)} articles, {words:,} words: {took:.1f} ms for 1,000 words (goal {goal:.0f}); "
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
