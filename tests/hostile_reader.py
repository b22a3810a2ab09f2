"""Reads files within limits of memory and time, each in a fork: what reads them is imported once.

`python -m tests.hostile_reader` takes a path, bytes and seconds from each line of its input, as JSON, and
answers each with a line of JSON: the exit code, what was printed, and what was said of errors.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import tempfile
import traceback

from loaders.errors import MineralsError
from loaders.read import load


def _read(path: str) -> int:
    """Prints what becomes of a file; any error that is not ours is an exit code of 1."""
    try:
        try:
            print("loaded", len(load([path]).observations))
        except MineralsError as error:
            print("refused", error)
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


def read_apart(path: str, memory: int, seconds: float) -> dict[str, object]:
    """What a process of its own makes of a file; one that takes too long is ended: its code is negative."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        child = os.fork()
        if child == 0:
            os.dup2(out.fileno(), 1)
            os.dup2(err.fileno(), 2)
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
            signal.setitimer(signal.ITIMER_REAL, seconds)
            code = _read(path)
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
        _, status = os.waitpid(child, 0)
        texts = []
        for stream in (out, err):
            stream.seek(0)
            texts.append(stream.read())
        return {"code": os.waitstatus_to_exitcode(status), "out": texts[0], "err": texts[1][-2000:]}


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(read_apart(*json.loads(line))), flush=True)
