"""Web pages: the main text, what the page's head says of it, and what was cut.

The article is the element `article` or `main` with the most paragraphs, or else the element whose own
paragraphs hold most text. lxml reads the page: python-docx needs it anyway, and one library more would only
save a few milliseconds.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, NamedTuple

import lxml.html
from lxml import etree

from loaders.articles.citations import Printed
from loaders.articles.folding import raised_digits, tidy
from loaders.articles.records import CutPiece
from loaders.errors import UnreadableFile

_TAGS = re.compile(rb"<(?:!doctype html|html|head|body|article|div|p)\b", re.IGNORECASE)
_NEVER_SEEN = frozenset(["head", "title", "script", "style", "noscript", "template"])
_NEVER_CUT = frozenset(["html", "body", "article", "main"])
_DROPPED = _NEVER_SEEN | {
    *("svg", "nav", "header", "footer", "aside", "form", "button", "iframe", "figure"),
    *("select", "input", "textarea", "label", "menu", "dialog"),
}
_UNWANTED = re.compile(
    r"\b(?:comments?|related|recommend\w*|newsletter|subscri\w*|share|sharing|social|promo\w*|advert\w*"
    r"|ads?|cookie\w*|sidebar|breadcrumb\w*"
    r"|footer|popular|trending|most-read|read-?next|read-?more|tags?|paywall|banner|widget|teaser|outbrain"
    r"|taboola)\b",
    re.IGNORECASE,
)
_BLOCKS = frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "blockquote",
        "dd",
        "dt",
        "pre",
        "div",
        "section",
        "article",
        "main",
        "nav",
        "header",
        "footer",
        "aside",
        "br",
        "tr",
        "time",
        "figcaption",
    ]
)
_SMALLEST_BODY = 200


def is_html(name: str, content: bytes) -> bool:
    """Whether bytes are a web page, by the ending of their name or by their first tags."""
    return name.lower().endswith((".html", ".htm", ".xhtml")) or bool(_TAGS.search(content[:2000]))


def read_page(name: str, content: bytes) -> tuple[str, Printed, tuple[CutPiece, ...]]:
    """The text of a page, what its head says, and the pieces that are not the article's.

    Raises UnreadableFile.
    """
    try:
        encoding = "utf-8" if _is_utf8(content) else None
        page = lxml.html.document_fromstring(
            content, parser=lxml.html.HTMLParser(encoding=encoding, huge_tree=False)
        )
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise UnreadableFile(
            "is not a web page that can be read.", file=name, remedy="Paste the text instead."
        ) from error
    printed = _head(page)
    for mark in page.iter("sup"):
        mark.text = raised_digits(mark.text or "")
    left_out = _left_out(page, _weights(page))
    lines = _lines(page, _main(page, _weights(page, left_out)), left_out)
    first = next((place for place, line in enumerate(lines) if not line.why), len(lines))
    own = [line.words for line in lines if not line.why]
    if printed.title and printed.title not in own[:3]:
        lines.insert(first, _Line(tidy(printed.title), ""))
    text, cut = _text_of(lines)
    return text, printed, cut


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _head(page: Any) -> Printed:
    """What the page says of itself: in its head, as data for search engines, or in marked elements."""
    data = _data(page)

    def meta(*names: str) -> str:
        path = "//meta[@property=$name or @name=$name or @itemprop=$name]/@content"
        return next((words for name in names if (words := first(path, name=name))), "")

    def first(path: str, **names: str) -> str:
        return next((words for found in page.xpath(path, **names) if (words := _words(found))), "")

    address = first("//link[@rel='canonical']/@href") or meta("og:url") or _named(data.get("url"))
    title = meta("og:title", "twitter:title") or _named(data.get("headline"))
    published = meta("article:published_time", "date", "dc.date", "datePublished")
    return Printed(
        title=title or first("//h1//text()") or first("//title/text()"),
        publisher=meta("og:site_name", "publisher") or _named(data.get("publisher")),
        author=meta("author", "article:author", "dc.creator")
        or _named(data.get("author"))
        or first("//*[@rel='author' or @itemprop='author']//text()"),
        published=published or _named(data.get("datePublished")) or first("//time/@datetime"),
        address=address if re.match(r"https?://\S+$", address) else "",
    )


def _words(found: object) -> str:
    return " ".join(str(found).split())


def _data(page: Any) -> dict[str, Any]:
    """What schema.org's words say of the article (JSON-LD); empty where there is none that can be read."""
    for script in page.xpath("//script[@type='application/ld+json']/text()"):
        try:
            listed = json.loads(script)
        except (ValueError, RecursionError):
            continue
        for item in _items(listed):
            if str(item.get("@type", "")).endswith(("Article", "Report", "BlogPosting")):
                return item
    return {}


def _items(listed: object) -> Iterator[dict[str, Any]]:
    if isinstance(listed, list):
        for item in listed:
            yield from _items(item)
    elif isinstance(listed, dict):
        yield listed
        yield from _items(listed.get("@graph"))


def _named(said: object) -> str:
    """The words of a property: a text, a thing with a name, or several of them."""
    if isinstance(said, list):
        return ", ".join(filter(None, map(_named, said)))
    return _words(said.get("name", "") if isinstance(said, dict) else said or "")


def _left_out(page: Any, weights: Mapping[Any, int]) -> dict[Any, str]:
    """The elements that are not the article, each with the reason; none of them inside another."""
    found: dict[Any, str] = {}
    inside = set()
    for element in page.iter():
        if element.getparent() in inside:
            inside.add(element)
        elif (why := _beside(element)) and not weights.get(element, 0) * 2 > weights.get(page, 0) > 0:
            found[element] = why
            inside.add(element)
    return found


def _beside(element: Any) -> str:
    """Why an element is not the article: hidden, or by its tag, class or name; empty for the others."""
    tag = element.tag
    if not isinstance(tag, str) or element.getparent() is None or tag in _NEVER_CUT:
        return ""
    if tag == "figure" and element.find(".//table") is not None:
        return ""
    if tag in _DROPPED and not (tag == "header" and element.xpath(".//h1")):
        return f"Beside the article: the page marks it as <{tag}>."
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return "Hidden on the page."
    named = _UNWANTED.search(" ".join((element.get("class") or "", element.get("id") or "")))
    return f"Beside the article: the page names it {named[0]!r}." if named else ""


def _weights(page: Any, left_out: Collection[Any] = ()) -> dict[Any, int]:
    """The letters of the paragraphs in each element, but for those in what is left out."""
    found: dict[Any, int] = {}
    for paragraph in page.iter("p"):
        around = [paragraph, *paragraph.iterancestors()]
        if not any(element in left_out for element in around):
            letters = len(paragraph.text_content())
            found.update((element, found.get(element, 0) + letters) for element in around)
    return found


def _main(page: Any, weights: Mapping[Any, int]) -> Any:
    """The element that holds the article."""
    marked = page.xpath("//article | //main | //*[@role='main'] | //*[@itemprop='articleBody']")
    best = max(marked, key=lambda element: weights.get(element, 0), default=None)
    if best is not None and weights.get(best, 0) >= _SMALLEST_BODY:
        return best
    parents: dict[Any, int] = {}
    for paragraph in page.iter("p"):
        parent = paragraph.getparent()
        if parent is not None:
            parents[parent] = parents.get(parent, 0) + weights.get(paragraph, 0)
    found = max(parents, key=lambda element: parents[element], default=None)
    return found if found is not None and parents[found] >= _SMALLEST_BODY else page


class _Line(NamedTuple):
    """A line of a page, and why it is not the article's; empty for the article's own."""

    words: str
    why: str


def _lines(page: Any, main: Any, left_out: Mapping[Any, str]) -> list[_Line]:
    """The lines of a page in reading order; what is cut inside a line stands behind it."""
    lines: list[_Line] = []
    open_lines: dict[str, list[str]] = {}

    def close(own: bool) -> None:
        for why in [why for why in open_lines if why or own]:
            words = tidy(" ".join("".join(open_lines.pop(why)).split()))
            if words:
                lines.append(_Line(words, why))

    for text, tag, why in _walk(page, main, left_out):
        if tag in _BLOCKS:
            close(own=not why)
        open_lines.setdefault(why, []).append(" " + text if why or tag in ("td", "th") else text)
    close(own=True)
    return lines


def _walk(page: Any, main: Any, left_out: Mapping[Any, str]) -> Iterator[tuple[str, str, str]]:
    """Texts and the borders of elements in reading order: text, tag and why it is not the article."""
    around = [_OUTSIDE if main is not page else ""]
    for event, element in etree.iterwalk(page, events=("start", "end", "comment", "pi")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            around.append(left_out.get(element, "" if element is main else around[-1]))
            yield ("" if tag in _NEVER_SEEN else element.text or ""), tag, around[-1]
        else:
            yield "", tag, around.pop() if event == "end" else around[-1]
            yield element.tail or "", "", around[-1]


_OUTSIDE = "Outside the element that holds the article."


def _text_of(lines: Iterable[_Line]) -> tuple[str, tuple[CutPiece, ...]]:
    """The text of lines, and the pieces of it that are cut: neighbours of one reason are one piece."""
    texts, cut, start = [], [], 0
    for why, group in groupby(lines, key=lambda line: line.why):
        texts.append("\n".join(line.words for line in group))
        end = start + len(texts[-1])
        if why:
            cut.append(CutPiece(text=texts[-1], start=start, end=end, why=why))
        start = end + 1
    return "\n".join(texts), tuple(cut)
