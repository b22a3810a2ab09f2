"""What is made once and shown by all sessions: views, and the data themselves."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Generic, TypeVar

_T = TypeVar("_T")
_EVERY: list[Made[object]] = []

_AT_ONCE = 2
"""So many results are made in turn: Python works on one, and a long one does not hold up all others."""
_places = threading.Semaphore(_AT_ONCE)
_thread = threading.local()


class Made(Generic[_T]):
    """The last results, each made once for a key that holds all it depends on; nobody may change them.

    Streamlit's own cache does the same, but works out a hash of each argument at every call, which takes
    longer than all else that a page does for itself. What takes long is made `in_turn`.
    """

    def __init__(self, most: int, in_turn: bool = False) -> None:
        self._most = most
        self._place: Callable[[], AbstractContextManager[None]] = _place if in_turn else nullcontext
        self._found: OrderedDict[Hashable, _T] = OrderedDict()
        self._making: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()
        _EVERY.append(self)  # type: ignore[arg-type]  # it is only ever emptied

    def get(self, key: Hashable, make: Callable[[], _T]) -> _T:
        """The result for a key; whoever asks for it while it is being made waits. What fails is not kept."""
        while True:
            with self._lock:
                if key in self._found:
                    self._found.move_to_end(key)
                    return self._found[key]
                making = self._making.setdefault(key, threading.Lock())
            with self._place():
                if making.acquire(blocking=False):
                    try:
                        return self._made(key, make)
                    finally:
                        making.release()
            with making:  # who waits for another one's result takes no place meanwhile
                pass

    def _made(self, key: Hashable, make: Callable[[], _T]) -> _T:
        """What was kept a moment ago, else made and kept."""
        with self._lock:
            if key in self._found:
                return self._found[key]
        try:
            made = make()
            self._keep(key, made)
            return made
        finally:
            with self._lock:
                self._making.pop(key, None)

    def _keep(self, key: Hashable, made: _T) -> None:
        with self._lock:
            self._found[key] = made
            while len(self._found) > self._most:
                self._found.popitem(last=False)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._found.clear()


@contextmanager
def _place() -> Iterator[None]:
    """A place among those that make something; what is made on the way needs none of its own."""
    if getattr(_thread, "makes", False):
        yield
        return
    with _places:
        _thread.makes = True
        try:
            yield
        finally:
            _thread.makes = False


def forget() -> None:
    """As in a process that has made nothing yet."""
    for made in _EVERY:
        made.clear()
