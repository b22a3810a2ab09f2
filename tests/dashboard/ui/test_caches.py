"""What is made once: one maker at a time for a key, the oldest go first, what fails is not kept."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from dashboard.ui.caches import Made, forget


def test_a_result_is_made_once_and_the_least_asked_for_goes_first() -> None:
    asked: list[str] = []
    kept: Made[str] = Made(2)

    def of(key: str) -> str:
        return kept.get(key, lambda: asked.append(key) or key.upper())

    assert [of(key) for key in "abacab"] == list("ABACAB")
    assert asked == ["a", "b", "c", "b"]
    forget()
    assert of("a") == "A"
    assert asked == ["a", "b", "c", "b", "a"]


def test_who_asks_meanwhile_waits_and_gets_the_same() -> None:
    kept: Made[object] = Made(2)
    begun, go = Event(), Event()

    def slow() -> object:
        begun.set()
        assert go.wait(20)
        return object()

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(kept.get, "a", slow)
        assert begun.wait(20)
        second = pool.submit(kept.get, "a", object)
        assert kept.get("b", lambda: 1) == 1  # another key does not wait
        go.set()
        assert first.result(20) is second.result(20)


def test_two_are_made_at_a_time_and_who_waits_for_another_one_takes_no_place() -> None:
    kept: Made[str] = Made(9, in_turn=True)
    inner: Made[str] = Made(9, in_turn=True)
    begun, go = [Event() for _ in range(4)], Event()

    def slow(number: int) -> str:
        begun[number].set()
        assert go.wait(20)
        return inner.get(number, lambda: f"{number}")  # what is made on the way takes no place of its own

    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(kept.get, 0, lambda: slow(0))
        assert begun[0].wait(20)
        same = pool.submit(kept.get, 0, lambda: slow(3))
        second = pool.submit(kept.get, 1, lambda: slow(1))
        assert begun[1].wait(20)
        third = pool.submit(kept.get, 2, lambda: slow(2))
        assert not begun[2].wait(0.2)
        go.set()
        assert [one.result(20) for one in (first, same, second, third)] == ["0", "0", "1", "2"]
    assert not begun[3].is_set()


def test_what_fails_is_tried_again() -> None:
    kept: Made[int] = Made(2)
    with pytest.raises(ZeroDivisionError):
        kept.get("a", lambda: 1 // 0)
    assert kept.get("a", lambda: 1) == 1
