"""Patterns of tables, matched against small letters: Python's `re` is several times faster that way."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache, lru_cache

from loaders.knowledge import rules

_CAPITAL = re.compile(r"(\\.|\(\?P)|([A-ZА-ЯЁІЇЄҐÁÉÍÓÚÑ])")


NEVER = "(?!)"
_IS_PATTERN = re.compile(r"[\\\[{+^$.]|\(\?")
_HEDGES = "about|some|another|a|further|nearly|almost|around|over|up|to|only|just|more|less|than|at|least"
_WHOLES = "world|global|output|production|supply|demand|market|total|imports|exports|reserves"
_SLOTS = {
    " NUMBER": r"(?= (?:\w+ ){0,2}\d)",
    " MONEY": rf"(?= (?:(?:{_HEDGES}) )*(?:us|a|c)?[$€£¥])",
    " SUM": rf"(?= (?:(?:{_HEDGES}) )*(?:us|a|c)?[$€£¥\d])",
    " PRICE": r" (?:us|a|c|s|hk|nz)?[$€£¥]\d{1,3}\.\d\d\b(?! (?:an?|per|the) )",
    " YEAR": r" (?:19|20)\d\d",
    " DIGITS": r" \(?\+?\d[\d ()-]*",
    " ALONE": r"\b(?! of\b| \w+um\b)",
    "THE ": r"(?:(?:the|all|all the|an?|its|his|her|their) )?(?:[\w-]+'s )?",
    "WORD ": r"(?:[\w'-]+ )?",
    "WORDS ": r"(?:[^\W\d][\w'-]* ){0,4}",
    "ANY ": r"(?!(?:it|this|that|them|these|those|which) )"
    r"(?:(?!(?:of|from|by|for|in|to|at|with|and|or|that|which) )[\w'-]+ ){0,4}",
    "NAME ": r"(?-i:[A-Z])[\w'-]* ",
    "FIRM ": rf"(?!(?:the )?(?:{_WHOLES})\b)[^.;]{{3,70}}? ",
    " … ": r"(?![\w'-])(?:[^.;]|\.(?=\d)){1,80}?\b",
    "*": r"\w*",
    "(": "(?:",
}
_SLOT = re.compile("|".join(map(re.escape, _SLOTS)))
_ENDS_ITSELF = re.compile(r"(?:NUMBER|MONEY|SUM|PRICE|DIGITS|ALONE|[\u4e00-\u9fff]\)?|[^\w)?*])$")
_LIST = re.compile("[A-Z]{3,}")
_OTHER_SCRIPT = re.compile("[\u0130\u0131\u017f\u0400-\u04ff\u212a\u4e00-\u9fff]")
_OTHER_LETTER = re.compile("[\u0400-\u04ff\u4e00-\u9fff]|\\[[\u0400-\u04ff\u4e00-\u9fff]+\\]")
PIECE = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|\((?:\?(?:P<\w+>|<?[=!]|[a-z-]*:))?|[)|]|[^\\\[()|]", re.DOTALL)


def is_latin(text: str, start: int, end: int) -> bool:
    """Whether a text has neither Cyrillic nor Chinese letters between two places, nor İ, ı, ſ or Kelvin.

    Those four are to `re` the same as i, s and k in the other case, which they are not to `str.lower`.
    """
    return _OTHER_SCRIPT.search(text, start, end) is None


@cache
def _lists() -> dict[str, str]:
    """The lists of `knowledge/article_word_lists.csv`, each as a choice of its words."""
    listed: dict[str, list[str]] = defaultdict(list)
    for row in rules("article_word_lists"):
        listed[row["list"]].append(row["word"].replace(".", r"\."))
    return {name: f"({'|'.join(words)})" for name, words in listed.items()}


def of_words(words: str) -> str:
    """The pattern of a rule that is written in words; one that is a pattern already stays as it is.

    "(a|b)" is a choice, "?" makes what is before it optional, "*" stands for any letters; the name of a list
    in capitals for one of its words. Of other words in capitals THE stands for an article or an owner, or
    nothing, WORD for one word or none, WORDS for up to four, ANY for up to four of which none is "it" or
    "of", FIRM for more words that begin with no whole, as "the world" is, "…" for more of the clause.
    NUMBER, MONEY and SUM say that a number follows, a sum with the sign of a currency, or either; ALONE that
    neither "of" nor a metal follows. NAME is a word with a capital, YEAR a year, PRICE a price of a share,
    DIGITS the first ones of a telephone number.
    PASTYEAR and its like are left to `in_year`.
    """
    if _IS_PATTERN.search(words):
        return words
    ends = "" if _ENDS_ITSELF.search(words) else r"\b"
    written = _LIST.sub(lambda match: _lists().get(match[0], match[0]), words)
    return _SLOT.sub(lambda match: _SLOTS[match[0]], written) + ends


_CHINESE_BEGINS = re.compile(r"\(?[\u4e00-\u9fff]")
_BEFORE = r"[.:]?(?: (?:about|some|around|nearly|almost|over|roughly|just|only|up to|at least))* ?$"


def is_chinese(words: str) -> bool:
    """Whether the words of a rule are Chinese, which is written without spaces."""
    return _CHINESE_BEGINS.match(words) is not None


def placed(words: str, where: str) -> str:
    """The pattern of words that stand right before a number, right after it, or anywhere.

    Between words before it that end in "…" and the number more of the clause may stand.
    """
    if where == "after":
        return ("" if words.startswith("-") else "[ -]?") + of_words(words)
    begins = "" if is_chinese(words) else r"\b"
    if where != "before":
        return begins + of_words(words)
    near = words.removesuffix(" …")
    return begins + of_words(near) + (r"[^.;]{0,40}" if near != words else "") + _BEFORE


def in_year(words: str, year: int) -> str:
    """The words of a pattern with the years that its slots stand for in a document of a year.

    PASTYEAR is one before that year, COMINGYEAR that year or a later one, LATERYEAR a later one.
    """
    return _YEAR_SLOT.sub(lambda match: _years_between(*_YEAR_SLOTS[match[0]](year)), words)


@lru_cache(maxsize=256)
def of_year(words: str, year: int) -> re.Pattern[str]:
    """A pattern with slots for years, in a document of a year."""
    return re.compile(in_year(words, year))


def _years_between(first: int, last: int) -> str:
    return f"(?:{'|'.join(map(str, range(first, last + 1))) or NEVER})"


_YEAR_SLOTS: dict[str, Callable[[int], tuple[int, int]]] = {
    "PASTYEAR": lambda year: (1900, year - 1),
    "COMINGYEAR": lambda year: (year, 2099),
    "LATERYEAR": lambda year: (year + 1, 2099),
}
_YEAR_SLOT = re.compile("|".join(_YEAR_SLOTS))


_NEVER_GROUP = re.compile(r"\(\?(?::|P<\w+>)\(\?!\)\)(?![?*{])")


def latin(words: str) -> str:
    """A pattern without the alternatives that only other letters than Latin ones can match."""
    return _choices(iter(PIECE.findall(words)))


def _choices(pieces: Iterator[str]) -> str:
    """The alternatives up to the end of a group, or what never matches where none is left."""
    choices, foreign = [""], [False]
    for piece in pieces:
        if piece == ")":
            break
        if piece == "|":
            choices.append("")
            foreign.append(False)
        elif piece.startswith("("):
            choices[-1] += f"{piece}{_choices(pieces)})"
        else:
            choices[-1] += piece
            foreign[-1] |= _OTHER_LETTER.fullmatch(piece) is not None
    told = zip(choices, foreign, strict=True)
    kept = [choice for choice, is_foreign in told if not (is_foreign or _NEVER_GROUP.search(choice))]
    return "|".join(kept) if kept else NEVER


def by_letter(words: str) -> str:
    """A pattern with its alternatives put together by their first letter, where they begin with one.

    What is matched stays the same: only alternatives that exclude each other change places.
    """
    made: list[str] = []
    run: dict[str, list[str]] = {}
    for choice in [*alternatives(words), ""]:
        if _PLAIN_START.match(choice):
            run.setdefault(choice[0], []).append(choice[1:])
            continue
        made += [f"{letter}(?:{'|'.join(rest)})" for letter, rest in run.items()]
        made += [choice] if choice else []
        run = {}
    return "|".join(made)


_PLAIN_START = re.compile(r"[^\W\d_](?![?*+{])")


@cache
def alternatives(words: str) -> tuple[str, ...]:
    """The alternatives of a pattern, outside of its groups."""
    choices, depth = [""], 0
    for piece in PIECE.findall(words):
        depth += piece.startswith("(") - (piece == ")")
        if piece == "|" and not depth:
            choices.append("")
        else:
            choices[-1] += piece
    return tuple(choices)


def lowered(text: str) -> str:
    """The text in small letters, every character in its place."""
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in text)


def small_letters(words: str) -> re.Pattern[str]:
    """A pattern for small letters."""
    return re.compile(in_small_letters(words))


def in_small_letters(words: str) -> str:
    """The words of a pattern for small letters: capitals are lowered, escapes such as `\\S` kept."""
    return _CAPITAL.sub(lambda match: match[1] or match[2].lower(), words)
