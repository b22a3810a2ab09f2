"""Web pages: the main text, what the page's head says of it, and what was cut.

The article is the element `article` or `main` with the most paragraphs, or else the element whose own
paragraphs hold most text. lxml reads the page: python-docx needs it anyway, and one library more would only
save a few milliseconds.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import lxml.html
from lxml import etree

from loaders.articles.citations import Printed
from loaders.articles.folding import raised_digits
from loaders.errors import UnreadableFile

_TAGS = re.compile(rb"<(?:!doctype html|html|head|body|article|div|p)\b", re.IGNORECASE)
_NEVER_SEEN = frozenset(["script", "style", "noscript", "template"])
_NEVER_CUT = frozenset(["html", "body", "article", "main"])
_DROPPED = _NEVER_SEEN | {
    *("svg", "nav", "header", "footer", "aside", "form", "button", "iframe", "figure"),
    *("select", "input", "textarea", "label", "menu", "dialog"),
}
_SHOWN = 80
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


def read_page(name: str, content: bytes) -> tuple[str, Printed, tuple[str, ...]]:
    """The main text of a page, what its head says, and a note for each piece cut; raises UnreadableFile."""
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
    cut = _drop(page)
    for mark in page.iter("sup"):
        mark.text = raised_digits(mark.text or "")
    main = _main(page)
    lines = _lines(main)
    if printed.title and not any(printed.title == line for line in lines[:3]):
        lines.insert(0, printed.title)
    return "\n".join(lines), printed, tuple(f"Cut from the page: {words}" for words in cut)


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


def _drop(page: Any) -> list[str]:
    """Take out what is not the article; the first words of each piece."""
    cut, gone = [], set()
    most = _weight(page) / 2
    for element in list(page.iter()):
        if element.getparent() in gone:
            gone.add(element)
        elif _is_beside(element) and not (_weight(element) > most > 0):
            gone.add(element)
            words = _words(" ".join(element.itertext()))
            if words and element.tag not in _NEVER_SEEN:
                cut.append(f"{words[:_SHOWN]}… ({len(words):,} characters)" if words[_SHOWN:] else words)
    for element in gone:
        if element.getparent() is not None:
            element.drop_tree()
    return cut


def _is_beside(element: Any) -> bool:
    """Whether an element is hidden, or not the article by its tag, class or name."""
    if not isinstance(element.tag, str) or element.getparent() is None or element.tag in _NEVER_CUT:
        return False
    if element.tag == "figure" and element.find(".//table") is not None:
        return False
    hidden = element.get("hidden") is not None or element.get("aria-hidden") == "true"
    headed = element.tag == "header" and element.xpath(".//h1")
    marked = " ".join((element.get("class") or "", element.get("id") or ""))
    return bool((element.tag in _DROPPED and not headed) or hidden or _UNWANTED.search(marked))


def _main(page: Any) -> Any:
    """The element that holds the article."""
    marked = page.xpath("//article | //main | //*[@role='main'] | //*[@itemprop='articleBody']")
    best = max(marked, key=_weight, default=None)
    if best is not None and _weight(best) >= _SMALLEST_BODY:
        return best
    parents: dict[Any, int] = {}
    for paragraph in page.iter("p"):
        parent = paragraph.getparent()
        if parent is not None:
            parents[parent] = parents.get(parent, 0) + len(paragraph.text_content())
    found = max(parents, key=lambda element: parents[element], default=None)
    return found if found is not None and parents[found] >= _SMALLEST_BODY else page


def _weight(element: Any) -> int:
    return sum(len(paragraph.text_content()) for paragraph in element.iter("p"))


def _lines(main: Any) -> list[str]:
    """The text of an element, one line for each block."""
    pieces: list[str] = []
    for event, element in _walk(main):
        if event == "text":
            pieces.append(str(element))
        elif element in _BLOCKS:
            pieces.append("\n")
        elif element in ("td", "th"):
            pieces.append(" ")
    text = "".join(pieces)
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return [line for line in lines if line]


def _walk(main: Any) -> list[tuple[str, Any]]:
    """Texts and the borders of elements, in reading order."""
    steps: list[tuple[str, Any]] = []
    for event, element in etree.iterwalk(main, events=("start", "end")):
        named = isinstance(element.tag, str)
        if event == "start":
            steps.append(("tag", element.tag if named else ""))
            if named and element.text:
                steps.append(("text", element.text.replace("\n", " ")))
        else:
            steps.append(("tag", element.tag if named else ""))
            if element.tail and element is not main:
                steps.append(("text", element.tail.replace("\n", " ")))
    return steps
