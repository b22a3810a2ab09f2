"""Readers without a browser: they send and receive the messages of Streamlit's own page."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

LARGEST = 200 * 2**20
"""Bytes of one message."""


@dataclass
class Visitor:
    """One session. `elements` are the boxes that were seen, by label; `errors` what a page showed as one."""

    address: str
    page: str = ""
    query: str = ""
    elements: dict[str, tuple[Any, str]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    received: int = 0
    _socket: ClientConnection | None = None
    _hash: str = ""

    async def __aenter__(self) -> Visitor:
        url = self.address.replace("http", "ws", 1) + "/_stcore/stream"
        self._socket = await connect(url, max_size=LARGEST, subprotocols=["streamlit"], compression=None)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._socket:
            await self._socket.close()

    async def open(self) -> float:
        """The page is asked for and drawn to its end; the seconds that took."""
        asked = BackMsg()
        asked.rerun_script.query_string = self.query
        asked.rerun_script.page_name = self.page
        return await self._run(asked)

    async def again(self) -> float:
        """The whole page runs again."""
        asked = BackMsg()
        asked.rerun_script.query_string = self.query
        asked.rerun_script.page_script_hash = self._hash
        return await self._run(asked)

    async def choose(self, label: str, option: str) -> float:
        """Another option of a box; what is drawn alone runs alone."""
        element, fragment = self.elements[label]
        asked = BackMsg()
        asked.rerun_script.query_string = self.query
        asked.rerun_script.page_script_hash = self._hash
        asked.rerun_script.fragment_id = fragment
        state = asked.rerun_script.widget_states.widgets.add()
        state.id = element.id
        state.string_value = option
        return await self._run(asked)

    async def _run(self, asked: BackMsg) -> float:
        """Send, and read until the run is at its end."""
        assert self._socket is not None
        begun = time.perf_counter()
        await self._socket.send(asked.SerializeToString())
        while True:
            raw = await self._socket.recv()
            assert isinstance(raw, bytes)
            self.received += len(raw)
            message = ForwardMsg.FromString(raw)
            kind = message.WhichOneof("type")
            if kind == "navigation":
                self._hash = message.navigation.page_script_hash
            elif kind == "page_info_changed":
                self.query = message.page_info_changed.query_string
            elif kind == "delta":
                self._note(message.delta)
            elif kind == "script_finished":
                if message.script_finished not in (
                    ForwardMsg.FINISHED_EARLY_FOR_RERUN,
                    ForwardMsg.FINISHED_WITH_COMPILE_ERROR,
                ):
                    return time.perf_counter() - begun
                if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                    self.errors.append("does not compile")
                    return time.perf_counter() - begun

    def _note(self, delta: Any) -> None:
        if delta.WhichOneof("type") != "new_element":
            return
        element = delta.new_element
        kind = element.WhichOneof("type")
        if kind == "selectbox":
            self.elements[element.selectbox.label] = (element.selectbox, delta.fragment_id)
        elif kind == "exception":
            self.errors.append(element.exception.message)
