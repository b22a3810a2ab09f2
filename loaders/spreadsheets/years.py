"""Years in headers and titles: the year of the data, a fiscal year, a span, the year of publication."""

from __future__ import annotations

import re

from loaders.knowledge import rules

YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")

_MARK = r"(?:\s*\(?(?:[A-Za-z]{1,2}|est\.?|\*)\)?)?"
_YEAR_ALONE = re.compile(rf"(?:19|20)\d\d{_MARK}")
_SPAN = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[-–—/‐‑]\s*((?:19|20)\d\d|\d\d)(?!\d|\s*[-–/]\s*\d)")
_PUBLISHED = re.compile("|".join(f"(?:{rule['words']})" for rule in rules("publication_words")), re.I)


def is_year(text: str) -> bool:
    """Whether a text is a year alone, perhaps with a mark: '2023', '2023e', '2030 f'."""
    return bool(_YEAR_ALONE.fullmatch(text.strip()))


def is_span(text: str) -> bool:
    """Whether a text is a span of years or a fiscal year alone: '2021-22', '2010–2015'."""
    return bool(_SPAN.fullmatch(text.strip()))


def spans(text: str) -> list[tuple[int, int]]:
    """The spans of years that a text names, first and last year each: (2021, 2022) for '2021-22'."""
    found = []
    for first, last in _SPAN.findall(text):
        whole = last if len(last) == 4 else first[:2] + last
        found.append((int(first), int(whole) + (100 if int(whole) < int(first) else 0)))
    return [(first, last) for first, last in found if last > first]


_FISCAL = re.compile(
    r"(?<!\w)(?:FY|F\.Y\.|fiscal(?: year)?|financial year|crop year|exercice|ejercicio|Geschäftsjahr)"
    r"[\s'’]*((?:19|20)?\d\d)(?!\d|\s*[-–—/]\s*\d)"
    r"|(?<!\d)(?:19|20)\d\d\s*年度",  # from April in Japan; in China a year is written 年
    re.I,
)


def fiscal_year(text: str) -> str:
    """A fiscal year that a text names by one year, as it is printed: 'FY2023'; "" if there is none."""
    found = _FISCAL.search(text)
    return found[0] if found else ""


_FISCAL_COLUMN = re.compile(
    r"fy|f\.y\.|(?:fiscal|financial|crop|marketing) years?|fiscal|ejercicio(?: fiscal)?|"
    r"a[ñn]o fiscal|exercice(?: fiscal)?|année fiscale|geschäftsjahr|финансовый год|tahun fiskal|mali yıl",
    re.I,
)


def counts_fiscal_years(header: str) -> str:
    """'fiscal year' for the header of a column whose years are fiscal ones; "" for others."""
    return "fiscal year" if _FISCAL_COLUMN.fullmatch(header.strip()) else ""


def is_fiscal(span: tuple[int, int]) -> bool:
    """Whether a span is of two years that follow each other, as fiscal years are written."""
    return span[1] - span[0] == 1


def years_of_data(text: str) -> set[str]:
    """The single years that a text names; the year of a publication, and spans, are none."""
    return set(YEAR.findall(_SPAN.sub(" ", without_publication(text))))


def without_years(text: str) -> str:
    """The text with the same digits for every year and every span: what it says in any year."""
    return YEAR.sub("0000", _SPAN.sub("0000-00", text))


def without_publication(text: str) -> str:
    """The text without what it says of a publication: '(USGS 2025)', 'Published 2025'."""
    return _PUBLISHED.sub(" ", text)
