"""Claims of the user's own: the form that adds one, and the seed files that hold them."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from pathlib import Path

import streamlit as st

from dashboard.intake.claim import (
    ClaimEntry,
    by_field,
    new_seed,
    of_block,
    text_fields,
    with_claim,
    without_claim,
)
from dashboard.snapshot import Snapshot
from dashboard.ui import form_fields, page
from dashboard.words.claims import in_short
from loaders.documents import check_text, read_seed
from loaders.errors import BadSeed, MineralsError
from loaders.model import Document
from loaders.store import own_seeds, remove_seed, try_seed, write_seed
from loaders.text import count, quoted

_NEW = "a new document"


def form(documents: Mapping[str, Document], data: Snapshot) -> None:
    """The form of a claim: for a new document, or for one of the user's own."""
    st.html(
        '<p class="small">A claim is a figure in an article or a speech, with at most ten quoted words. It '
        "is kept on this computer as a seed file, like those of the documents that come with the product. "
        'Fields with * are needed. A text, be it one sentence, is quicker on <a href="article">Read an '
        "article</a>, which fills in the rest.</p>"
    )
    options = [_NEW, *documents]
    target = st.selectbox(
        "Document", options, format_func=lambda path: _document_name(path, documents), key="claim-document"
    )
    flaws = st.session_state.get("claim-flaws", {})
    with st.form("claim-form", border=False):
        _upload(flaws)
        if target == _NEW:
            _fields("source", "The document", flaws, data)
        _fields("claims", "The claim", flaws, data)
        form_fields.tell_flaws(flaws.get("", []))
        st.form_submit_button("Check and add", type="primary", on_click=_submit, args=(dict(documents),))
        if flaws:
            st.html('<p class="flaw">Nothing was added yet: the reasons stand beside the fields.</p>')


def _document_name(path: str, documents: Mapping[str, Document]) -> str:
    return _NEW if path == _NEW else f"{Path(path).name}: {documents[path].source.title}"


def _upload(flaws: Mapping[str, list[str]]) -> None:
    st.file_uploader(
        "The document’s text: gives its name and SHA-256, and quotations are looked up in it; it is not kept",
        type=["txt"], key=_key("text"),
    )  # fmt: skip
    form_fields.tell_flaws(flaws.get("text", []))


def _key(path: str) -> str:
    return f"claim-{st.session_state.get('claim-number', 0)}-{path}"


_OFTEN = ("title", "publisher", "published", "address", "place", "year", "value", "in_figures", "printed")
"""Fields that are filled in most, besides those that have to be."""


def _fields(block: str, title: str, flaws: Mapping[str, list[str]], data: Snapshot) -> None:
    st.html(f'<p class="sub">{title}</p>')
    listed = of_block(block)
    first = [field for field in listed if field.required or field.name in _OFTEN]
    form_fields.draw_folded(listed, first, _key(""), flaws, data)


def _submit(documents: Mapping[str, Document]) -> None:
    """Check what is in the form; keep it, or say beside each field what is wrong."""
    target = st.session_state.get("claim-document", _NEW)
    values = _entered()
    text = st.session_state.get(_key("text"))
    content = text.getvalue() if text else None
    if text and content is not None:
        values["source"] |= text_fields(text.name, content)
    try:
        flaws = _keep_claim(values, content, Path(target) if target in documents else None)
    except MineralsError as error:
        flaws = {"": [str(error)]}
    st.session_state["claim-flaws"] = flaws
    if not flaws:
        st.session_state["claim-number"] = st.session_state.get("claim-number", 0) + 1


def _entered() -> dict[str, dict[str, ClaimEntry]]:
    """What stands in the form, by block and field."""
    return {
        block: {field.name: form_fields.entered(field, _key(field.path)) for field in of_block(block)}
        for block in ("source", "claims")
    }


def _keep_claim(
    values: Mapping[str, Mapping[str, ClaimEntry]], text: bytes | None, path: Path | None
) -> dict[str, list[str]]:
    """Write the seed file if nothing is wrong; otherwise what is, by field."""
    if path:
        seed = with_claim(path.read_text(encoding="utf-8-sig"), values["claims"])
    else:
        seed = new_seed(values["source"], values["claims"])
    content = seed.encode()
    document, problems = try_seed(content, path)
    if document is None:
        return by_field(problems)
    claim = document.claims[-1]
    if text is not None:
        problems = tuple(check_text(document, text))
    if not problems:
        write_seed(content, path)
        _say_later(f"Added “{claim.id}” to {document.source.id}.toml.")
    return by_field(problems, claim.id)


def _say_later(message: str) -> None:
    st.session_state["claims-said"] = message


def _remove(path: Path, claim: str = "") -> None:
    """Take out a claim, or the whole file where it is the last one or none is named."""
    try:
        left = without_claim(path.read_text(encoding="utf-8-sig"), claim) if claim else ""
        if left:
            write_seed(left.encode(), path)
        else:
            remove_seed(path)
    except (MineralsError, OSError, UnicodeDecodeError) as error:
        st.session_state["claims-failed"] = str(error)
    else:
        _say_later(f"Removed {f'“{claim}”' if left else path.name}.")


def own_files(documents: Mapping[str, Document]) -> None:
    """The seed files of the workspace: save them, or take them out."""
    files = own_seeds()
    if not files:
        st.html('<p class="small">None yet. A claim that you add is kept on this computer.</p>')
    for file in files:
        document = documents.get(str(file.path))
        claims = document.claims if document else ()
        name, buttons = st.columns([2, 1], vertical_alignment="center")
        title = document.source.title if document else file.path.name
        about = count(len(claims), "claim") if document else "not read: see the reason above"
        name.html(f"<p class='own'><b>{escape(title)}</b> {escape(file.path.name)}, {escape(about)}</p>")
        with buttons.container(horizontal=True):
            st.download_button("Save seed file", file.content, file.path.name, "application/toml",
                               key=f"save-{file.path.name}", on_click="ignore")  # fmt: skip
            with st.popover("Remove"):
                st.button("Remove the whole file", key=f"remove-{file.path.name}",
                          on_click=_remove, args=(file.path,))  # fmt: skip
                for claim in claims if len(claims) > 1 else ():
                    words = page.escape_markdown(f"Remove {quoted(claim.printed)}: {in_short(claim)}")
                    st.button(words, key=f"remove-{file.path.name}-{claim.id}", type="tertiary",
                              on_click=_remove, args=(file.path, claim.id))  # fmt: skip


def own_documents(data: Snapshot) -> dict[str, Document]:
    """The user's own documents that are shown, by the path of their file."""
    loaded_sources = {document.source.id: document for document in data.seeds.documents}
    faulty = {problem.file for problem in data.seeds.problems}
    found = {}
    for file in own_seeds():
        try:
            document, _ = read_seed(file.content)
        except BadSeed:
            continue
        if str(file.path) not in faulty and document.source.id in loaded_sources:
            found[str(file.path)] = document
    return found


def said() -> None:
    """What became of the last change, once."""
    said, failed = st.session_state.pop("claims-said", ""), st.session_state.pop("claims-failed", "")
    if said:
        st.success(page.escape_markdown(said), icon=":material/check:")
    if failed:
        st.error(page.escape_markdown(failed), icon=":material/error:")


def problems(data: Snapshot) -> None:
    """Seed files, or single claims, that are not shown, and what to do."""
    for problem in data.seeds.problems:
        line = f"line {problem.row}" if problem.row else ""
        where = ", ".join(filter(None, (problem.file, line, problem.column)))
        st.warning(page.escape_markdown(f"{where}: {problem.message} {problem.remedy}"))
