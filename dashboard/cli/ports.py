"""Ports of this machine: which the dashboard wants, and which is free."""

from __future__ import annotations

import errno
import os
import socket

from loaders.errors import CannotServe

LOOPBACK = "127.0.0.1"
FIRST_PORT, LAST_PORT = 8501, 65535
PORTS_TRIED = 100

_HOSTS = "Use 127.0.0.1 for this computer alone, 0.0.0.0 for all of its networks."


def free_port(host: str, wanted: int) -> int:
    """The wanted port, or the next one that nobody uses; 0 takes any.

    Raises CannotServe if the address is not one of this machine, or none of the next ports is free.
    """
    if not host.strip():  # to a socket that means every address of the machine
        raise CannotServe("no address to listen on.", remedy=_HOSTS)
    last = min(wanted + PORTS_TRIED, LAST_PORT)
    for port in range(wanted, last + 1):
        try:
            return _bound_port(host, port)
        except socket.gaierror as error:
            raise _no_such_host(host, error) from error
        except OSError as error:
            # Windows answers EACCES for ports that it keeps for itself.
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise _no_such_host(host, error) from error
    raise CannotServe(
        f"no port from {wanted} to {last} is free on {host}.", remedy="Choose another one with --port."
    )


def _bound_port(host: str, port: int) -> int:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET  # as Streamlit chooses
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        # On Windows this option would let two servers share a port; elsewhere a port whose last
        # connections are still closing would count as used without it.
        if os.name != "nt":
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        trial.bind((host, port))
        trial.listen()
        return int(trial.getsockname()[1])


def _no_such_host(host: str, error: OSError) -> CannotServe:
    return CannotServe(f"cannot listen on the address '{host}' ({error.strerror}).", remedy=_HOSTS)
