"""A page's choices and its link: which of the two leads, and how one follows the other.

The link holds stable ids, never labels. It leads when the page is opened by it; after that the controls
lead, and the link follows. Streamlit forgets the controls of a page that is left; the last choices stay in
the session.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import streamlit as st

from dashboard.topics.pages import AS_OF, DOCUMENTS_AS_OF, OPEN_MARK, VERSION

_OF_EVERY_PAGE = (AS_OF, VERSION, DOCUMENTS_AS_OF, OPEN_MARK)
"""What an address may name besides a page's own choices."""


class LinkState(NamedTuple):
    """What is asked for, by parameter, and whether it is a new link that asks."""

    wanted: dict[str, str]
    by_link: bool


def key(page: str, name: str) -> str:
    """The key of a control in the session."""
    return f"{page}-{name}"


def asked(page: str, names: Sequence[str]) -> LinkState:
    """The parameters of a link that is new; otherwise what the controls say.

    A link that names a version and nothing else asks for the page as it opens: Back leads to such a one.
    """
    link = _link(names)
    last = st.session_state.get(_last(page))
    asks = link or (last and _link([AS_OF, VERSION]))
    if asks and link != last and not (last and _is_of_another_page(names)):
        return LinkState(link, True)
    controls = {
        name: st.session_state[key(page, name)] for name in names if key(page, name) in st.session_state
    }
    said = {name: _text(value) for name, value in controls.items() if value is not None}
    return LinkState({**(last or {}), **said}, False)


def keep(page: str, names: Sequence[str], link: Mapping[str, str], controls: Mapping[str, Any]) -> None:
    """Set the controls to what is shown, before they are drawn, and the link with them."""
    for name, value in controls.items():
        st.session_state[key(page, name)] = value
    kept = {name: value for name, value in link.items() if value}
    st.session_state[_last(page)] = kept
    if _link(names) != kept:
        st.query_params.from_dict({**kept, **_link(_OF_EVERY_PAGE)})


def follow(page: str, found: LinkState, in_use: Mapping[str, str]) -> dict[str, str]:
    """What is asked for, with the edition in use where the page showed the one that was in use before.

    `in_use` has the id of the edition in use of each dataset. An edition that was chosen besides stays, and
    so does what a new link asks for.
    """
    before = st.session_state.get(key(page, "in-use"), {})
    st.session_state[key(page, "in-use")] = dict(in_use)
    edition = found.wanted.get("edition", "")
    dataset, _, _ = edition.partition(".")  # of a link, so it may name no edition
    followed = not found.by_link and edition and before.get(dataset) == edition and dataset in in_use
    return {**found.wanted, "edition": in_use[dataset]} if followed else found.wanted


def _last(page: str) -> str:
    return f"{page}-last"


def _is_of_another_page(names: Sequence[str]) -> bool:
    """Whether the address names what this page does not have.

    A page that is left while it runs may write its address after Back, below the page that follows.
    """
    return bool(st.query_params.keys() - {*names, *_OF_EVERY_PAGE})


def _link(names: Sequence[str]) -> dict[str, str]:
    asked = st.query_params.to_dict()
    return {name: asked[name] for name in names if name in asked}


def _text(value: Any) -> str:
    return ",".join(value) if isinstance(value, list | tuple) else str(value)
