"""What is made once and shown by all sessions: views, and the data themselves."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

_T = TypeVar("_T")
_EVERY: list[Made[object]] = []


class Made(Generic[_T]):
    """The last results, each made once for a key that holds all it depends on; nobody may change them.

    Streamlit's own cache does the same, but works out a hash of each argument at every call, which takes
    longer than all else that a page does for itself.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._found: OrderedDict[Hashable, _T] = OrderedDict()
        self._making: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()
        _EVERY.append(self)  # type: ignore[arg-type]  # it is only ever emptied

    def get(self, key: Hashable, make: Callable[[], _T]) -> _T:
        """The result for a key; whoever asks for it while it is being made waits. What fails is not kept."""
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
                return self._found[key]
            making = self._making.setdefault(key, threading.Lock())
        with making:
            with self._lock:
                if key in self._found:
                    return self._found[key]
            try:
                made = make()
            finally:
                with self._lock:
                    self._making.pop(key, None)
            self._keep(key, made)
            return made

    def _keep(self, key: Hashable, made: _T) -> None:
        with self._lock:
            self._found[key] = made
            while len(self._found) > self._most:
                self._found.popitem(last=False)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._found.clear()


def forget() -> None:
    """As in a process that has made nothing yet."""
    for made in _EVERY:
        made.clear()
