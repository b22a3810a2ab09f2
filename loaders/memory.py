"""How a process gets its memory from the operating system."""

from __future__ import annotations

import ctypes
import gc
import sys
from contextlib import suppress

# Options of mallopt(3) in the C library of GNU, and what they are set to.
_MMAP_THRESHOLD, _TRIM_THRESHOLD, _TOP_PAD, _ARENA_MAX = -3, -1, -2, -8
_OPTIONS = {_MMAP_THRESHOLD: 4 * 2**20, _TRIM_THRESHOLD: 2**31 - 1, _TOP_PAD: 2**28, _ARENA_MAX: 1}


def hold_memory() -> None:
    """Keep what is freed for what comes next, for a process that reads large files and then ends.

    Otherwise memory is asked for and given back with every block and part that is read, and the system fills
    it with zeros each time. What takes more than 4 MiB, such as a whole column, is given back at once, and
    threads share what is kept: so on Linux with the C library of GNU. What the process has loaded by now is
    not looked through for garbage again and again, which takes as long as reading a tenth of a large file.
    """
    gc.freeze()
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            library = ctypes.CDLL(None)
            for option, value in _OPTIONS.items():
                library.mallopt(option, value)


def give_back_memory() -> None:
    """Give the system back what is free by now, between two stages of reading a large file.

    What a stage leaves free lies between what it keeps, and the next one can seldom use it.
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)
