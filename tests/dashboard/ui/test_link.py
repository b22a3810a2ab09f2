"""Whether the link leads, or the controls do."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from dashboard.ui import link


class Address(dict[str, str]):
    """The part of an address behind the question mark, as Streamlit has it."""

    def to_dict(self) -> dict[str, str]:
        return dict(self)


AS_OF = {"asOf": "572d0c36870a"}
COBALT: dict[str, str] = {"mineral": "cobalt"}


@pytest.mark.parametrize(
    ("address", "last", "wanted", "by_link"),
    [
        pytest.param({}, None, {}, False, id="opened by the menu"),
        pytest.param({}, COBALT, COBALT, False, id="opened by the menu again"),
        pytest.param(COBALT, None, COBALT, True, id="opened by a link"),
        pytest.param(COBALT | AS_OF, COBALT, COBALT, False, id="it stays open"),
        pytest.param({"mineral": "zinc"} | AS_OF, COBALT, {"mineral": "zinc"}, True, id="back to a choice"),
        pytest.param(AS_OF, COBALT, {}, True, id="back to the page as it opens"),
        pytest.param(COBALT | AS_OF | {"mark": "a|1"}, COBALT, COBALT, False, id="a mark is chosen"),
        pytest.param(AS_OF, {}, {}, False, id="it stays open without a choice"),
        pytest.param({"brief": "a"} | AS_OF, COBALT, COBALT, False, id="the address of another page"),
    ],
)
def test_a_link_leads_where_it_is_new(
    address: dict[str, str], last: Any, wanted: Any, by_link: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = {"claims-last": last} if last is not None else {}
    monkeypatch.setattr(link, "st", SimpleNamespace(query_params=Address(address), session_state=kept))
    assert link.asked("claims", ["mineral"]) == link.LinkState(wanted, by_link)
