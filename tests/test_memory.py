"""A process that reads large files holds on to its memory; elsewhere than on Linux nothing happens."""

from __future__ import annotations

import subprocess
import sys

import pytest

from loaders import memory

_FAULTS = """
import resource, sys
import numpy as np
from loaders.memory import hold_memory
if sys.argv[1] == "hold":
    hold_memory()
def columns():
    for _ in range(20):
        np.ones(5_000_000).sum()
columns()
columns()
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt)
"""


def _faults(how: str) -> int:
    """How often the process asked the system for a page of memory."""
    words = [sys.executable, "-c", _FAULTS, how]
    return int(subprocess.run(words, capture_output=True, text=True, check=True).stdout)


@pytest.mark.skipif(
    sys.platform != "linux" or not hasattr(memory.ctypes.CDLL(None), "mallopt"),
    reason="only with the C library of GNU",
)
def test_memory_is_asked_for_once():
    assert _faults("hold") < _faults("let go")


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_nothing_happens_elsewhere(monkeypatch, platform):
    monkeypatch.setattr(memory.sys, "platform", platform)
    monkeypatch.setattr(memory.ctypes, "CDLL", lambda name: pytest.fail("asked for a library"))
    memory.hold_memory()


def test_a_c_library_without_these_options_is_no_error(monkeypatch):
    monkeypatch.setattr(memory.sys, "platform", "linux")
    monkeypatch.setattr(memory.ctypes, "CDLL", lambda name: object())
    memory.hold_memory()
