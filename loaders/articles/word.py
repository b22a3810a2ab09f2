"""Word documents: the text in reading order, with what a plain reader of paragraphs passes over.

Text boxes, inserted text and content controls stand where they are, footnotes at the end; what was deleted
is left out. The elements are those of ECMA-376 (Office Open XML).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.exceptions import OpcError
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from loaders.articles.citations import Printed
from loaders.articles.folding import raised_digits
from loaders.errors import UnreadableFile

_LEFT_OUT = frozenset(map(qn, ["w:del", "w:moveFrom"])) | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}
_NOTES = ("/footnotes", "/endnotes")


def read_word(name: str, content: bytes) -> tuple[str, Printed, tuple[str, ...]]:
    """The text of a document, a line for each paragraph or row, and its title; raises UnreadableFile."""
    try:
        document = docx.Document(io.BytesIO(content))
        lines = list(_lines(document.element.body))
        for relation in document.part.rels.values():
            if relation.reltype.endswith(_NOTES):
                lines += _lines(parse_xml(relation.target_part.blob))
        title = document.core_properties.title or ""
    except (OpcError, ValueError, KeyError, AttributeError, zipfile.BadZipFile, SyntaxError) as error:
        raise UnreadableFile(
            "is not a Word document that can be read.", file=name, remedy="Save it as .docx again."
        ) from error
    return "\n".join(lines), Printed(title=title), ()


def _lines(element: Any) -> Iterator[str]:
    """The lines of an element: of a table its rows, the same cell once."""
    for child in element:
        if child.tag in _LEFT_OUT:
            continue
        if child.tag == qn("w:p"):
            yield "".join(_pieces(child))
            for box in _boxes(child):
                yield from _lines(box)
        elif child.tag == qn("w:tr"):
            cells = (" ".join(_lines(cell)).strip() for cell in child.iter(qn("w:tc")))
            yield " ".join(dict.fromkeys(cells))
        else:
            yield from _lines(child)


def _pieces(element: Any) -> Iterator[str]:
    """The pieces of text of a paragraph, but for its text boxes."""
    for child in element:
        if child.tag in _LEFT_OUT or child.tag == qn("w:txbxContent"):
            continue
        if child.tag == qn("w:t"):
            yield raised_digits(child.text or "") if _is_raised(child.getparent()) else child.text or ""
        elif child.tag in (qn("w:tab"), qn("w:br"), qn("w:cr")):
            yield " " if child.tag == qn("w:tab") else "\n"
        elif child.tag == qn("w:noBreakHyphen"):
            yield "-"
        elif child.tag != qn("w:pPr"):
            yield from _pieces(child)


def _is_raised(run: Any) -> bool:
    align = run.find(f"{qn('w:rPr')}/{qn('w:vertAlign')}")
    return align is not None and align.get(qn("w:val")) == "superscript"


def _boxes(element: Any) -> Iterator[Any]:
    """The text boxes of a paragraph, each once."""
    for child in element:
        if child.tag == qn("w:txbxContent"):
            yield child
        elif child.tag not in _LEFT_OUT:
            yield from _boxes(child)
