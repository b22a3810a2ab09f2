"""Start the dashboard: Streamlit in this process, on loopback unless told otherwise, asking nobody."""

from __future__ import annotations

import atexit
import contextlib
import gc
import http.client
import os
import socket
import sys
import threading
import time
import webbrowser
from collections.abc import Mapping
from functools import wraps
from pathlib import Path

from streamlit import config, delta_generator, net_util
from streamlit.web import bootstrap
from streamlit.web.server.starlette import starlette_server

from dashboard.cli.ports import FIRST_PORT, LOOPBACK, free_port
from dashboard.ui.theme import FONT, THEME
from loaders.errors import MineralsError

APP = Path(__file__).parents[1] / "app.py"

TITLE = "Critical Minerals Explorer"

LOOPBACK_NAMES = (LOOPBACK, "localhost", "::1")
EVERY_ADDRESS = {"0.0.0.0": LOOPBACK, "::": "::1"}
"""Addresses that stand for all addresses of the machine, and where this machine finds itself then."""

SWITCH = 0.0005
"""Seconds after which a thread that computes lets others go on: each small file of a page waits for it."""

_QUIET: dict[str, object] = {
    "browser.gatherUsageStats": False,
    "client.showErrorDetails": "type",
    "client.showErrorLinks": False,  # links to a search engine and to a chat service
    "client.toolbarMode": "viewer",  # no Deploy button; the menu keeps the choice of theme and print
    "global.developmentMode": False,  # Streamlit guesses it from the folder it is installed in
    "logger.hideWelcomeMessage": True,
    "logger.level": "warning",
    "runner.postScriptGC": False,  # looking for circles after each run takes longer than most runs
    "server.baseUrlPath": "",
    "server.fileWatcherType": "none",
    "server.headless": True,  # otherwise it asks for an e-mail address and advertises
    "server.maxUploadSize": 1024,  # megabytes of one file
    "runner.magicEnabled": False,  # otherwise a string of its own in the code of a page is printed on it
    "server.runOnSave": False,
    "server.showEmailPrompt": False,
}
"""Options of Streamlit that keep it on this machine. Given in code, they win over files and environment."""


def server_options(host: str, port: int) -> dict[str, object]:
    """The options of Streamlit for an address and a port that is free."""
    # Streamlit refuses a browser that asks for another host name, which stops a web page from reaching
    # the dashboard through a name that it makes point to this machine.
    allowed = list(LOOPBACK_NAMES) if host in LOOPBACK_NAMES else ["*"]
    return {
        **_QUIET,
        **THEME,
        **FONT,
        "server.address": host,
        "server.port": port,
        "server.allowedHosts": allowed,
        "browser.serverAddress": EVERY_ADDRESS.get(host, host),
    }


def address(host: str, port: int) -> str:
    """The web address at which this machine finds a server that listens on `host`."""
    name = EVERY_ADDRESS.get(host, host)
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"


def serve(host: str = LOOPBACK, port: int = FIRST_PORT, *, browser: bool = True) -> None:
    """Serve the dashboard until Ctrl-C, on the wanted port or the next free one; says where.

    `browser` opens the reader's browser once the server answers. The process ends with it. Raises
    CannotServe.
    """
    found = free_port(host, port)
    if port not in (found, 0):
        print(f"Port {port} is in use; taking {found}.", flush=True)
    threading.Thread(target=_once_it_answers, args=(host, found, browser), daemon=True).start()
    _run(server_options(host, found))
    _end_at_once()


def _end_at_once() -> None:
    """End this process without taking its objects apart, which takes Python seconds, and at times fails.

    What is to be done at the end is done: processes of its own end, folders for a while are removed. Files
    of the store are whole at any moment.
    """
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def _run(chosen: Mapping[str, object]) -> None:
    stop_address_lookups()
    send_at_once()
    look_for_no_prompt()
    config._main_script_path = str(APP)  # Streamlit's own command does this before it reads the options
    bootstrap.load_config_options(dict(chosen))
    bootstrap.run(str(APP), False, [], dict(chosen))


def stop_address_lookups() -> None:
    """Keep Streamlit from asking an outside server for this machine's address.

    It does so when a web page of another origin knocks at the websocket, before it refuses that page.
    There is no option against it, so its private memory of the answer is filled; a version without
    these names is left alone, and a test then fails.
    """
    for name in ("_external_ip", "_internal_ip"):
        if hasattr(net_util, name):
            setattr(net_util, name, LOOPBACK)


def send_at_once() -> None:
    """Keep the system from holding back small messages: a page is many of them.

    Without this each run of a page waits some 40 ms for a receipt of its first message. asyncio sees to it
    only on sockets that name their protocol, which the one that Streamlit listens on does not. There is no
    option for it, so its private function is wrapped; a version without it is left alone, and a test fails.
    """
    bind = getattr(starlette_server, "_bind_socket", None)
    if bind is None or hasattr(bind, "__wrapped__"):
        return

    @wraps(bind)
    def bound(address: str, port: int, backlog: int) -> socket.socket:
        listening: socket.socket = bind(address, port, backlog)
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # those that are accepted inherit it
        return listening

    starlette_server._bind_socket = bound


def look_for_no_prompt() -> None:
    """Keep Streamlit from reading the sources of the whole stack, to warn who uses it at Python's prompt.

    It does so before the first element of the first page, for a tenth of a second. There is no option
    against it, so its private memory that it has warned is set; a test fails in a version without it.
    """
    if hasattr(delta_generator, "_use_warning_has_been_displayed"):
        delta_generator._use_warning_has_been_displayed = True


def _once_it_answers(host: str, port: int, browser: bool) -> None:
    """Say where the dashboard is; load the code and the data while the browser is still opening."""
    _announce(host, port, browser)
    sys.setswitchinterval(SWITCH)
    _warm_up(browser)


def _warm_up(home: bool) -> None:
    """Load the code and the data, and what `home` begins with; the pages report what is wrong."""
    # Imported here, in the thread, since the server must not wait for the pages' modules.
    from dashboard.ui.session import make_first_views, warm_up
    from loaders.store import sweep

    with contextlib.suppress(MineralsError):
        sweep()
        warm_up(home)
    gc.freeze()  # what is loaded stays: nobody needs to look for circles in it again
    gc.enable()
    with contextlib.suppress(MineralsError):
        make_first_views()
    gc.freeze()


def _announce(host: str, port: int, browser: bool) -> None:
    """Say where the dashboard is, once it is there."""
    name = EVERY_ADDRESS.get(host, host)
    while not answers(name, port):
        time.sleep(0.05)
    print(f"{TITLE} is at {address(host, port)} (Ctrl-C stops it)", flush=True)
    if host not in LOOPBACK_NAMES:
        print("Other computers that reach this one can open it too.", flush=True)
    if browser and _has_screen():
        webbrowser.open(address(host, port))


def answers(host: str, port: int) -> bool:
    """Whether a dashboard is ready at this address and port."""
    connection = http.client.HTTPConnection(host, port, timeout=2)
    try:
        connection.request("GET", "/_stcore/health")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _has_screen() -> bool:
    """Whether a browser can show itself; without a screen some systems start one within the terminal."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))
