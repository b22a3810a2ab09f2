"""Web pages: the main text, what the page's head says of it, and what was cut.

The article is the element `article` or `main` with the most paragraphs, or else the element whose own
paragraphs hold most text. lxml reads the page: python-docx needs it anyway, and one library more would only
save a few milliseconds.
"""

from __future__ import annotations

import re
from typing import Any

import lxml.html
from lxml import etree

from loaders.articles.citations import Printed
from loaders.errors import UnreadableFile

_TAGS = re.compile(rb"<(?:!doctype html|html|head|body|article|div|p)\b", re.IGNORECASE)
_DROPPED = (
    "script style noscript template svg nav header footer aside form button iframe figure select input"
    " textarea label menu dialog"
)
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
        "td",
        "th",
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
    def meta(*names: str) -> str:
        for name in names:
            found = page.xpath("//meta[@property=$name or @name=$name]/@content", name=name)
            if found and str(found[0]).strip():
                return " ".join(str(found[0]).split())
        return ""

    def first(path: str) -> str:
        found = page.xpath(path)
        return " ".join(str(found[0]).split()) if found else ""

    address = first("//link[@rel='canonical']/@href") or meta("og:url")
    return Printed(
        title=meta("og:title") or first("//h1//text()") or first("//title/text()"),
        publisher=meta("og:site_name", "publisher"),
        author=meta("author", "article:author", "dc.creator"),
        published=meta("article:published_time", "date", "dc.date") or first("//time/@datetime"),
        address=address if re.match(r"https?://\S+$", address) else "",
    )


def _drop(page: Any) -> list[str]:
    """Take out what is not the article; the first words of each piece."""
    cut = []
    for element in list(page.iter()):
        if (
            not isinstance(element.tag, str)
            or element.getparent() is None
            or element.tag in ("html", "body", "article", "main")
        ):
            continue
        marked = " ".join((element.get("class") or "", element.get("id") or ""))
        hidden = element.get("hidden") is not None or element.get("aria-hidden") == "true"
        headed = element.tag == "header" and element.xpath(".//h1")
        if (element.tag in _DROPPED.split() and not headed) or hidden or _UNWANTED.search(marked):
            words = " ".join(" ".join(element.itertext()).split())
            if words and element.tag not in ("script", "style", "noscript", "template"):
                cut.append(words[:80])
            element.drop_tree()
    return cut


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
