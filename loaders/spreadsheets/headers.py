"""What the words of a header, a title or the name of a sheet say: year, unit, measure, mineral, class, ..."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from loaders.files.table import LEVELS
from loaders.formats.tidy import COLUMNS
from loaders.knowledge import rules
from loaders.names import KNOWN, find_mineral, known_mineral, known_place
from loaders.numerals import with_plain_digits
from loaders.spreadsheets.flags import marks_of_years, meanings
from loaders.spreadsheets.years import fiscal_year, is_fiscal, spans, without_publication, years_of_data
from loaders.text import accents_or_none
from loaders.units import basis_in_words, known_unit
from loaders.values import clean
from loaders.vocabulary import OF_ITS_OWN_WHOLE, Measure, Status


class Said(NamedTuple):
    """What a text says of our columns, and of which of them it says several things that differ."""

    says: dict[str, str]
    several: frozenset[str] = frozenset()


class _Word(NamedTuple):
    """A word found in a text: where, which of our columns it is about, and the code; "" for none of ours."""

    start: int
    end: int
    column: str
    code: str


_KEPT = 4_096
"""Texts of which what they say is remembered: headers and titles are asked for again and again."""


@lru_cache(maxsize=_KEPT)
def named_column(header: str) -> str | None:
    """Our column of which the whole header is a known name."""
    text = clean(header).casefold()
    if text in COLUMNS:
        return text
    rule = next(
        (r for r in _names_of_columns() if re.fullmatch(accents_or_none(r["words"]), text, re.I)), None
    )
    return rule["says"] if rule else None


@cache
def _names_of_columns() -> tuple[dict[str, str], ...]:
    return tuple(rule for rule in rules("header_words") if not rule["code"])


def names_subdivisions(header: str) -> bool:
    """Whether a header is a word for parts of one country: State, UF, Province."""
    return any(re.fullmatch(rule["words"], clean(header), re.I) for rule in rules("subdivision_words"))


def is_of_countries(header: str) -> bool:
    """Whether a header is a word for countries alone: Region, Location and Land may be of one country."""
    return named_column(header) == "place" and not re.fullmatch(
        r"region|area|territory|place|entity|location|code|land|länder|регион|территория|地区",
        header.strip(),
        re.I,
    )


@lru_cache(maxsize=_KEPT)
def measure_of(text: str) -> str | None:
    """The measure that a text is a word for: 'mine', 'Refinery production'; None for none or several."""
    word = clean(text)
    if _measure_word(word):
        return _measure_word(word)
    found = {word.code for word in _words(_plain(text)) if word.column == "measure"}
    codes = _specific(found)
    return codes.pop() if len(codes) == 1 else None


def _measure_word(word: str) -> str | None:
    """The measure that a whole text is a word for, such as 'mine'."""
    found = (
        rule["code"]
        for rule in rules("measure_words")
        if re.fullmatch(accents_or_none(rule["words"]), word, re.I)
    )
    return next(found, None)


@lru_cache(maxsize=_KEPT)
def not_an_amount(header: str) -> str | None:
    """What a header says its numbers are, if they are no amounts: a rank, a share, a change; None else."""
    text = _plain(header)
    words = _words(text)
    if _is_told(words, unit_in(text)):
        return None
    for kind, pattern in _not_amounts():
        if pattern.search(text):
            return kind
    if any(word.code == Measure.PRICE for word in words):
        return "money"
    if words and all(word.column != "measure" or not word.code for word in words) and _other_measure(words):
        return "another measure"
    if any(not is_fiscal(span) for span in spans(text)):
        return "a span of years"
    if len(years_of_data(text)) > 1 and not any(word.column == "measure" for word in words):
        return "a change"
    unit = unit_in(text)
    return "a share" if unit is not None and _dimension(unit) == "1" else None


def _is_told(words: Sequence[_Word], unit: str | None) -> bool:
    """Whether words and unit say what the numbers are: a reliance, or a price in money for an amount."""
    codes = {word.code for word in words if word.column == "measure"}
    return bool(codes & set(OF_ITS_OWN_WHOLE)) or (
        codes == {Measure.PRICE} and unit is not None and "/" in str(_dimension(unit))
    )


def _other_measure(words: Sequence[_Word]) -> bool:
    return any(word.column == "measure" and not word.code for word in words)


@cache
def _not_amounts() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((rule["kind"], _whole_words(rule["words"])) for rule in rules("not_amounts"))


# Headers and titles -------------------------------------------------------------------------------------


def said_by_header(header: str) -> Said:
    """What the header of a column of numbers says; each of its levels may say something.

    A mineral or a place is meant only where a level is its name, with words for a measure, unit or year.
    """
    levels = header.split(LEVELS)
    return _together([_said(level, in_header=True) for level in levels])


def said_by_titles(lines: Iterable[str], sheet: str = "") -> Said:
    """What title lines and the name of a sheet say for all rows; a sheet may bear the name of a place."""
    named = "" if re.fullmatch("[A-Za-z]", clean(sheet)) else sheet  # a sheet called L or T says no unit
    texts = [text for text in (*lines, named) if text.strip()]
    parts = [_said(text, in_header=False) for text in texts]
    places = {name: code for name, code in _name_in(clean(sheet)).items() if name == "place"} if sheet else {}
    return _together([*parts, Said(places)])


def status_of_title(title: str) -> str:
    """The status that a title says of what it counts: F for 'Forecast of mine production'; "" for none."""
    words = _words(_plain(title))
    codes = {word.code for word in words if word.column == "status"}
    counts = any(word.column == "measure" and word.code for word in words)
    return codes.pop() if counts and len(codes) == 1 else ""


def trade_in(titles: Iterable[str]) -> set[str]:
    """The measures of trade and use that titles name; they are not said of all numbers of a table."""
    words = [word for title in titles for word in _words(_plain(title))]
    return {word.code for word in words if word.column == "measure" and word.code in _OTHERS} - {""}


def kinds_said(text: str) -> set[str]:
    """Which of our columns a text says something of."""
    return set(_said(text, in_header=True).says)


def _together(parts: Sequence[Said]) -> Said:
    several = frozenset[str]().union(*(part.several for part in parts))
    says: dict[str, str] = {}
    for part in parts:
        for name, text in part.says.items():
            if name in says and not _agree(name, says[name], text):
                several |= {name}
            says.setdefault(name, text)
            if name == "measure" and says[name] == "production":
                says[name] = text
    return Said({name: text for name, text in says.items() if name not in several}, several)


def _agree(name: str, one: str, other: str) -> bool:
    if name == "unit":
        return factor_of(one) == factor_of(other)
    if name == "measure":
        return len(_specific({one, other})) == 1
    return name == "note" or one == other


@lru_cache(maxsize=_KEPT)
def _said(text: str, in_header: bool) -> Said:
    text = _plain(text)
    words = _words(text)
    found: dict[str, set[str]] = {}
    for word in words:
        found.setdefault(word.column, set()).add(word.code)
    if not in_header:
        found = {name: codes for name, codes in found.items() if name not in ("status", "note")}
        found |= {"measure": {"" if code in _OTHERS else code for code in found.get("measure", ())}}
    if "measure" in found:
        found["measure"] = _specific(found["measure"])
    found |= {"year": years_of_data(text), "unit": set(_units_in(text)), "basis": _bases_in(text)}
    found |= _names(text, words) if in_header else _title_names(text)
    if in_header:
        _add_marks(found, text)
        whole = measure_of(text) or _measure_word(_bare_name(text, words))
        found |= {"measure": {whole}} if whole and not found.get("measure") else {}
    several = {name for name, codes in found.items() if len(codes) > 1 or "" in codes}
    if fiscal_year(text) or any(is_fiscal(span) for span in spans(text)):
        several |= {"year"}
    says = {name: next(iter(codes)) for name, codes in found.items() if codes and name not in several}
    return Said(says, frozenset(several))


def _add_marks(found: dict[str, set[str]], text: str) -> None:
    """The status or note that letters at a year say: 2020e, 2030 (f)."""
    for says in meanings(marks_in(text), ()).values():
        if says:
            name = "status" if says in [status.value for status in Status] else "note"
            found.setdefault(name, set()).add(says)


def marks_in(header: str) -> list[str]:
    """The letters at the years of a header that are no units: 'e' in '2020e', but not 't' in '2020 (t)'."""
    return [mark for mark in marks_of_years(header) if factor_of(mark) is None]


def _specific(codes: set[str]) -> set[str]:
    """The codes of measures without 'production', where one says what kind of production."""
    kinds = {code for code in codes if code.endswith("_production")}
    return codes - {"production"} if kinds else codes


_OTHERS = frozenset(rule["code"] for rule in rules("other_measures"))
"""Measures that a title does not say of all its numbers: what is traded stands beside what is made."""

_BODIES = re.compile("|".join(rule["words"] for rule in rules("names_of_bodies")), re.I)
"""Names of ministries and the like, which say nothing of what is counted."""


def _plain(text: str) -> str:
    return without_publication(_BODIES.sub(" ", with_plain_digits(text).replace("_", " ")))


@cache
def _coded_words() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    coded = [(rule["says"], rule["code"], rule["words"]) for rule in rules("header_words") if rule["code"]]
    coded += [("measure", rule["code"], rule["words"]) for rule in rules("other_measures")]
    return tuple((column, code, _whole_words(words)) for column, code, words in coded)


def _whole_words(words: str) -> re.Pattern[str]:
    """Any of the words, with its accents or without them; Chinese ones may stand within others."""
    return re.compile(rf"(?<!\w)(?:{accents_or_none(words)})(?!\w)|{_chinese(words)}", re.I)


def _chinese(words: str) -> str:
    """The words that are written without spaces between them, which may stand anywhere in a text."""
    found = [word for word in words.split("|") if re.search(r"[\u4e00-\u9fff]", word)]
    return "|".join(found) or r"(?!)"


def _words(text: str) -> list[_Word]:
    """The words of a text that say something, the longer one where two overlap and are about the same."""
    found = [
        _Word(*match.span(), column, code)
        for column, code, pattern in _coded_words()
        for match in pattern.finditer(text)
    ]
    found.sort(key=lambda word: word.start - word.end)
    kept: list[_Word] = []
    for word in found:
        if not any(w.column == word.column and w.start < word.end and word.start < w.end for w in kept):
            kept.append(word)
    return kept


# Minerals and places --------------------------------------------------------------------------------------

_BESIDE = re.compile("|".join(rule["words"] for rule in rules("beside_words")), re.I)
"""What is counted too, or not: it says nothing of what the whole is."""


def named_whole(title: str) -> str | None:
    """The one mineral that a title names as what its table is of."""
    return find_mineral(_BESIDE.sub(" ", title))


def named_beside(title: str) -> str | None:
    """The one mineral that a title says is counted too, or not: 'Total (incl. bauxite)'."""
    return find_mineral(" ".join(beside_in(title)))


def beside_in(title: str) -> list[str]:
    """The parts of a title that say what is counted too, or not: '(incl. bauxite)'."""
    return [clean(found[0]) for found in _BESIDE.finditer(title)]


def _title_names(text: str) -> dict[str, set[str]]:
    mineral = named_whole(text)
    return {"mineral": {mineral}} if mineral else {}


def _names(text: str, words: Sequence[_Word]) -> dict[str, set[str]]:
    """The mineral or place that a header is the name of, once the words for other things are taken away."""
    candidates = (clean(text), _bare_name(text, words))
    return {kind: {code} for name in candidates for kind, code in _name_in(name).items()}


def _bare_name(text: str, words: Sequence[_Word]) -> str:
    """What is left of a header without its measure, year and unit."""
    rest = list(text)
    for word in words:
        rest[word.start : word.end] = " " * (word.end - word.start)
    bare = re.sub(r"[(（\[][^()（）\[\]]*[)）\]]|[,，:：].*$|(?<!\d)\d{4}\w?(?!\d)", " ", "".join(rest))
    return clean(re.sub(r"(?<!\w)(?:of|total|von|de)(?!\w)", " ", bare)).strip(" -–—")


def _name_in(text: str) -> dict[str, str]:
    mineral = known_mineral(text, "any")
    if mineral:
        return {"mineral": mineral}
    place = known_place(text, "any")
    is_name = len(text) > 3 or not text.isascii()  # not "is" and "no"; names in Chinese have two letters
    return {"place": place.place} if place.place and is_name and place.rule == KNOWN else {}


# Units ----------------------------------------------------------------------------------------------------

_IN_BRACKETS = re.compile(r"[(（\[]([^()（）\[\]]+)[)）\]]|[,，:：|]\s*([^,，:：|(（]+?)\s*(?=$|[,，|(（])")
_LEAD = re.compile(
    r"^(?:(?:in|en|em|в|(?:data|figures|values|quantity|quantities|amounts) in|menge in|quantité en|"
    r"cantidad en|quantidade em|unit|units|einheit|unité|unidad|unidade|ед\. изм\.)\s*[:：]?\s+|"
    r"(?:单位|単位)\s*[:：]?\s*)",
    re.I,
)


def without_lead(unit: str) -> str:
    """A unit without the words before it: 'thousand tonnes' of 'Quantity in thousand tonnes'."""
    return _LEAD.sub("", unit)


_BEHIND = re.compile(r"(?<!\w)(?:in|en|em|в|у)\s+((?:(?!\s(?:in|en|em|в|у)\s)[^()（）])+)$", re.I)
"""The end of a title: '... in thousand tonnes'."""


def _bases_in(text: str) -> set[str]:
    """What weights are of, where a text says it without a unit: '(K2O equivalent)', 'Gross weight'."""
    parts = [clean(inside or after) for inside, after in (*_IN_BRACKETS.findall(text), (text, ""))]
    found = {basis_in_words(part) for part in parts if " " in part and factor_of(part) is None}
    return {basis.value for basis in found if basis}


def unit_in(text: str) -> str | None:
    """The unit that stands in brackets, behind a comma or colon, or alone; None for none or several."""
    found = _units_in(text)
    return found[0] if len(found) == 1 else None


def _units_in(text: str) -> list[str]:
    """The units that a text states, each once; beside one, '(million t; crude ore)' is another."""
    parts = [clean(inside or after) for inside, after in _IN_BRACKETS.findall(text)]
    parts += [clean(after) for after in _BEHIND.findall(text)]
    candidates = dict.fromkeys(map(without_lead, (*parts, clean(text))))
    found: dict[tuple[str, float, str], str] = {}
    for candidate in candidates:
        factor = factor_of(candidate) if candidate and not candidate.isdigit() else None
        if factor is not None:
            found.setdefault(factor, candidate)
    sizes = {factor[:2] for factor in found}
    starts = filter(None, dict.fromkeys(map(_unit_at_start, parts if found else ())))
    return [*found.values(), *(start for start in starts if (factor_of(start) or ())[:2] not in sizes)]


def _unit_at_start(text: str) -> str:
    """The longest unit with which a text begins, of three words at most; "" for none."""
    words = re.findall(r"[^\s;,，；]+", text)[:3]
    starts = (" ".join(words[:number]) for number in range(len(words), 0, -1))
    return next((start for start in starts if not start.isdigit() and factor_of(start)), "")


@lru_cache(maxsize=_KEPT)
def factor_of(unit: str) -> tuple[str, float, str] | None:
    """The canonical unit of a spelling, how many of it one is, and the basis that the spelling states or "".

    None for a spelling that is not known.
    """
    known = known_unit(unit, "any")
    return None if known is None else (known.unit, known.factor, str(known.basis or ""))


def _dimension(unit: str) -> str | None:
    known = factor_of(unit)
    return known[0] if known else None
