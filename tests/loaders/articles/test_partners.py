"""Of a share of imports: who imports, and from whom; nobody where several are named together."""

from __future__ import annotations

import tomllib

import pytest

from loaders.articles import read_article
from loaders.articles.seeds import seed_text

# sentence -> the importer and the place that the share comes from
SHARES = [
    ("The United States mines no graphite. 46 per cent of the imports come from China.", "USA", "CHN"),
    ("The United States got 70 per cent of its yttrium imports from China.", "USA", "CHN"),
    ("China accounts for 71 % of US imports of rare earths.", "USA", "CHN"),
    ("The EU imports 98 per cent of its rare earths from China.", "EUU", "CHN"),
    ("Japan imported 9,000 tonnes of cobalt. Finland supplied 60 per cent of it.", "JPN", "FIN"),
    ("Germany imports 40 per cent of its lithium from Chile and Argentina.", "DEU", None),
    (
        "Japan imported 9 tonnes of cobalt. Finland, Canada, and Norway supplied 60 per cent of it.",
        "JPN",
        None,
    ),
    (
        "India buys copper: 46 per cent of the imports come from Chile, and Japan supplied 5 per cent.",
        "IND",
        "JPN",
    ),
    (
        "Japan gets 80 per cent of its graphite imports from China. The EU imports 65 per cent of its cobalt "
        "from Congo.",
        "EUU",
        "COD",
    ),
]


@pytest.mark.parametrize(("sentence", "importer", "partner"), SHARES)
def test_from_whom_imports_come(sentence: str, importer: str, partner: str | None) -> None:
    article = read_article(sentence)
    last = article.candidates[-1]
    assert (last.measure, last.place, last.compared_place) == ("share_of_imports", importer, partner)
    claim = tomllib.loads(seed_text(article, [last]).text)["claims"][0]
    kept = ("import_source_share", partner) if partner else ("imports", importer)
    assert (claim["measure"], claim["compared_place"]) == kept
