"""Citations for reference managers: BibTeX, RIS, CSL-JSON. A field that is not printed is left out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from loaders.model import NOT_STATED, Source
from loaders.text import day

_DOI = re.compile(r"https?://(?:dx\.)?doi\.org/(10\.\S+)")
_BIBTEX_SIGNS = str.maketrans(
    {
        **{sign: f"\\{sign}" for sign in "&%$#_{}"},
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "\n": " ",
    }
)


def bibtex(source: Source) -> str:
    """One `@misc` entry, in UTF-8; plain BibTeX has no kind for data sets and web pages."""
    fields = {
        "title": f"{{{_bibtex_text(_title(source))}}}",
        "author": _bibtex_author(source),
        "publisher": _bibtex_text(_stated(source.publisher)),
        "year": _year(source),
        "month": _part(source, 1),
        "day": _part(source, 2),
        "edition": _bibtex_text(_stated(source.edition)),
        "doi": _doi(source),
        "url": _stated(source.address).replace("{", "%7B").replace("}", "%7D"),
        "urldate": _stated(source.accessed),
        "note": _bibtex_text(_note(source)),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{source.id},", *lines, "}", ""])


def ris(source: Source) -> str:
    """One RIS record: DATA for an edition of a data set, NEWS for a document. Lines end as RIS asks."""
    fields = [
        ("TY", "DATA" if source.kind == "dataset edition" else "NEWS"),
        ("ID", source.id),
        ("TI", _title(source)),
        ("AU", _author(source)),
        ("PB", _stated(source.publisher)),
        ("PY", _year(source)),
        ("DA", "/".join([*_date_parts(source), "", ""][:3]) if _year(source) else ""),
        ("ET", _stated(source.edition)),
        ("DO", _doi(source)),
        ("UR", _stated(source.address)),
        ("Y2", _stated(source.accessed).replace("-", "/")),
        ("N1", _note(source)),
    ]
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in fields if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def all_bibtex(sources: Iterable[Source]) -> str:
    """Every source, one entry after the other."""
    return "\n".join(map(bibtex, sources))


def all_ris(sources: Iterable[Source]) -> str:
    """Every source, one record after the other."""
    return "\r\n".join(map(ris, sources))


def all_csl(sources: Iterable[Source]) -> str:
    """Every source as CSL-JSON, which citation processors read."""
    return json.dumps(list(map(_csl, sources)), ensure_ascii=False, indent=1) + "\n"


def _csl(source: Source) -> dict[str, object]:
    """One item; who wrote it is a literal name, since sources do not say which part is the family's."""
    dated = [int(part) for part in _date_parts(source)]
    read = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", source.accessed)
    fields = {
        "id": source.id,
        "type": "dataset" if source.kind == "dataset edition" else "article-newspaper",
        "title": _title(source),
        "author": [{"literal": _author(source)}] if _author(source) else [],
        "publisher": _stated(source.publisher),
        "edition": _stated(source.edition),
        "issued": {"date-parts": [dated]} if dated else {},
        "accessed": {"date-parts": [[int(part) for part in read.groups()]]} if read else {},
        "DOI": _doi(source),
        "URL": _stated(source.address),
        "note": _note(source),
    }
    return {name: value for name, value in fields.items() if value}


def _stated(text: str) -> str:
    return "" if text == NOT_STATED else text


def _title(source: Source) -> str:
    """The title; reference managers refuse a record without one."""
    title = _stated(source.title)
    edition = _stated(source.edition)
    if source.kind == "dataset edition" and edition and edition not in title:
        return f"{title} {edition}".strip()
    return title or "[Title not stated]"


def _author(source: Source) -> str:
    """Who wrote it; the publisher of a data set is its author."""
    author = _stated(source.author)
    return author or (_stated(source.publisher) if source.kind == "dataset edition" else "")


def _bibtex_author(source: Source) -> str:
    author = _bibtex_text(_author(source))
    organisation = not _stated(source.author)  # braces keep BibTeX from splitting it into names
    return f"{{{author}}}" if author and organisation else author


def _bibtex_text(text: str) -> str:
    return text.translate(_BIBTEX_SIGNS)


def _date_parts(source: Source) -> list[str]:
    """Year, month and day, as far as they are printed."""
    found = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", source.published)
    return [part for part in found.groups() if part] if found else []


def _year(source: Source) -> str:
    return "".join(_date_parts(source)[:1])


def _part(source: Source, position: int) -> str:
    parts = _date_parts(source)
    return str(int(parts[position])) if len(parts) > position else ""


def _doi(source: Source) -> str:
    found = _DOI.fullmatch(source.address)
    return found[1] if found else ""


def _note(source: Source) -> str:
    """What was read and under which licence; a date that is no calendar date stands here."""
    date = "" if _date_parts(source) or source.published == NOT_STATED else day(source.published)
    files = source.files
    read = f"Text read: {files[0].name}, SHA-256 {files[0].sha256}" if len(files) == 1 else ""
    licence = _stated(source.licence)
    parts = [f"Published {date}" if date else "", f"Licence: {licence}" if licence else "", read]
    return ". ".join(part.rstrip(".") for part in parts if part)
