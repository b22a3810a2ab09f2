"""Reading articles of 1,000 words beside one pass of `re`: `python tests/benchmarks/bench_articles.py`.

The articles are the passages of `tests/loaders/articles/fresh.toml`, laid end to end; they hold more figures
than most articles. The baseline is one pass of a plain pattern of words and marks over the same text, in the
same run. Processor time, the best of several runs of each article. Goal: at most 20 ms an article.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from loaders.articles import read_article
from tests.loaders.articles.passages import FRESH, passages

GOAL_MS = 20.0
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
    """Measure and print; 1 if the goal is missed."""
    texts = [text for text, _ in zip(articles(), range(ARTICLES), strict=False)]
    read_article(texts[0])  # the tables are read once
    ours = [_best(lambda text=text: read_article(text)) for text in texts]
    plain = [_best(lambda text=text: PLAIN.findall(text)) for text in texts]
    mean = sum(ours) / len(ours) * 1000
    print(f"articles                {len(texts)} of {WORDS:,} words")
    print(f"read, fastest           {min(ours) * 1000:.1f} ms")
    print(
        f"read, mean              {mean:.1f} ms (goal {GOAL_MS:.0f} ms), {1000 / mean:.0f} articles a second"
    )
    print(f"one pass of `re`        {sum(plain) / len(plain) * 1000:.2f} ms")
    print(f"ratio                   {sum(ours) / sum(plain):.0f}")
    return int(mean > GOAL_MS)


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
