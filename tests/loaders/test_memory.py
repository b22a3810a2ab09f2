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
for _ in range(10):
    blocks = [np.ones(300_000) for _ in range(20)]
    del blocks
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt)
"""

_SCATTERED = """
import numpy as np
from loaders.memory import give_back_memory, hold_memory
def resident():
    return int(next(line for line in open("/proc/self/status") if line.startswith("VmRSS")).split()[1])
hold_memory()
blocks = [np.ones(300_000) for _ in range(40)]
del blocks[1::2]
before = resident()
give_back_memory()
print(before - resident())
"""


def _faults(how: str) -> int:
    """How often the process asked the system for a page of memory."""
    words = [sys.executable, "-c", _FAULTS, how]
    return int(subprocess.run(words, capture_output=True, text=True, check=True).stdout)


only_glibc = pytest.mark.skipif(
    sys.platform != "linux" or not hasattr(memory.ctypes.CDLL(None), "mallopt"),
    reason="only with the C library of GNU",
)


@pytest.mark.slow
@only_glibc
def test_memory_is_asked_for_once():
    assert _faults("hold") < _faults("let go")


@only_glibc
def test_what_is_free_between_what_is_kept_is_given_back():
    words = [sys.executable, "-c", _SCATTERED]
    kib = int(subprocess.run(words, capture_output=True, text=True, check=True).stdout)
    assert kib > 20 * 300_000 * 8 / 1024 * 0.9


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_nothing_happens_elsewhere(monkeypatch, platform):
    monkeypatch.setattr(memory.sys, "platform", platform)
    monkeypatch.setattr(memory.ctypes, "CDLL", lambda name: pytest.fail("asked for a library"))
    memory.hold_memory()
    memory.give_back_memory()


def test_a_c_library_without_these_options_is_no_error(monkeypatch):
    monkeypatch.setattr(memory.sys, "platform", "linux")
    monkeypatch.setattr(memory.ctypes, "CDLL", lambda name: object())
    memory.hold_memory()
    memory.give_back_memory()
