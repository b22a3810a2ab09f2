"""Starting the dashboard: where it listens, what it says, what it leaves behind, how it ends."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from streamlit import config, delta_generator, env_util, net_util
from streamlit.web.server.starlette import starlette_server

from dashboard.cli import ports, serve
from loaders.errors import CannotServe

pytestmark = pytest.mark.slow

LOOPBACK = "127.0.0.1"
ELSEWHERE = "127.0.0.2"
"""An address of this machine that a server on 127.0.0.1 alone does not answer at; Linux has it as it is."""

linux = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux has a second loopback address by itself"
)
posix = pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGINT to one process")


# The port -------------------------------------------------------------------------------------------


@contextmanager
def taken_port(host: str = LOOPBACK) -> Iterator[int]:
    with socket.socket() as other:
        other.bind((host, 0))
        other.listen()
        yield int(other.getsockname()[1])


def test_a_free_port_is_taken_as_wanted() -> None:
    with taken_port() as port:
        pass
    assert ports.free_port(LOOPBACK, port) == port


@pytest.mark.parametrize("other", [LOOPBACK, pytest.param("0.0.0.0", marks=linux)])
def test_a_port_in_use_gives_way_to_the_next_free_one(other: str) -> None:
    with taken_port(other) as port:
        found = ports.free_port(LOOPBACK, port)
    assert port < found <= port + ports.PORTS_TRIED


def test_port_0_takes_any() -> None:
    assert ports.free_port(LOOPBACK, 0) > 0


def test_no_free_port_is_an_error_with_a_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "PORTS_TRIED", 0)
    with taken_port() as port, pytest.raises(CannotServe, match=f"{port} is free.*--port"):
        ports.free_port(LOOPBACK, port)


@pytest.mark.parametrize("host", ["203.0.113.1", "no such host", "", " "])
def test_an_address_of_another_machine_is_an_error(host: str) -> None:
    with pytest.raises(CannotServe, match=r"address.*127\.0\.0\.1"):
        ports.free_port(host, 0)


ADDRESSES = [
    ("127.0.0.1", "http://127.0.0.1:8501"),
    ("localhost", "http://localhost:8501"),
    ("0.0.0.0", "http://127.0.0.1:8501"),
    ("::", "http://[::1]:8501"),
    ("192.0.2.7", "http://192.0.2.7:8501"),
]


@pytest.mark.parametrize(("host", "shown"), ADDRESSES)
def test_the_address_shown_is_one_that_a_browser_here_can_open(host: str, shown: str) -> None:
    assert serve.address(host, 8501) == shown


# The options ----------------------------------------------------------------------------------------


def test_options_are_known_to_streamlit_and_keep_it_quiet() -> None:
    chosen = serve.server_options(LOOPBACK, 8501)
    assert set(chosen) <= set(config.get_config_options())
    assert chosen["browser.gatherUsageStats"] is False
    assert chosen["server.headless"] is True
    assert chosen["client.toolbarMode"] == "viewer"
    assert chosen["server.address"] == LOOPBACK


HOSTS = [("127.0.0.1", False), ("localhost", False), ("::1", False), ("0.0.0.0", True), ("192.0.2.7", True)]


@pytest.mark.parametrize(("host", "any_name"), HOSTS)
def test_other_host_names_are_served_only_where_told_to(host: str, any_name: bool) -> None:
    allowed = serve.server_options(host, 8501)["server.allowedHosts"]
    assert (allowed == ["*"]) is any_name


def test_nobody_outside_is_asked_for_this_machines_address(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_external_ip", "_internal_ip"):
        monkeypatch.setattr(net_util, name, None)

    def ask(*_: object, **__: object) -> str:
        raise AssertionError("an outside server was asked")

    monkeypatch.setattr(net_util, "_make_blocking_http_get", ask)
    serve.stop_address_lookups()
    assert (net_util.get_external_ip(), net_util.get_internal_ip()) == (LOOPBACK, LOOPBACK)


def test_messages_are_not_held_back() -> None:
    serve.send_at_once()
    serve.send_at_once()
    with starlette_server._bind_socket("127.0.0.1", 0, 1) as listening:
        assert listening.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_nobody_is_looked_for_at_a_prompt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delta_generator, "_use_warning_has_been_displayed", False)
    serve.look_for_no_prompt()
    monkeypatch.setattr(env_util, "is_repl", lambda: pytest.fail("the stack was read"))
    delta_generator._maybe_print_use_warning()


# The running server ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Running:
    process: subprocess.Popen[str]
    port: int
    said: list[str]
    home: Path
    opened: Path


@contextmanager
def running(folder: Path, *words: str) -> Iterator[Running]:
    """`minerals serve` with an empty home folder and a browser that only notes what it is told to open."""
    home, opened = folder / "home", folder / "opened"
    home.mkdir()
    browser = folder / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" >> "{opened}"\n', encoding="utf-8")
    browser.chmod(0o755)
    kept = {
        key: value for key, value in os.environ.items() if not key.startswith(("STREAMLIT_", "MINERALS_"))
    }
    kept |= {"HOME": str(home), "USERPROFILE": str(home), "BROWSER": f"{browser} %s"}
    with subprocess.Popen(
        [sys.executable, "-m", "dashboard", "serve", *words],
        env={name: value for name, value in kept.items() if not name.startswith("XDG_")},
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            said = list(until_announced(process))
            port = int(said[-1].split(" (")[0].rsplit(":", 1)[1])
            yield Running(process, port, said, home, opened)
        finally:
            process.kill()


def until_announced(process: subprocess.Popen[str]) -> Iterator[str]:
    assert process.stdout
    for line in process.stdout:
        yield line.strip()
        if line.startswith(serve.TITLE):
            return
    raise AssertionError(f"it ended with {process.wait()}: {process.stderr and process.stderr.read()}")


def health(host: str, port: int) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/_stcore/health")
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def knock(port: int, **headers: str) -> int:
    """The answer to a request to open a websocket, as a page would send it."""
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=5)
    upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
    try:
        connection.request(
            "GET",
            "/_stcore/stream",
            headers={**upgrade, "Sec-WebSocket-Key": "MTIzNDU2Nzg5MDEyMzQ1Ng==", **headers},
        )
        return connection.getresponse().status
    finally:
        connection.close()


@posix
def test_a_server_from_start_to_ctrl_c(tmp_path: Path) -> None:
    with taken_port() as port, running(tmp_path, "--no-browser", "--port", str(port)) as server:
        assert server.port > port
        assert server.said == [
            f"Port {port} is in use; taking {server.port}.",
            f"Critical Minerals Explorer is at http://127.0.0.1:{server.port} (Ctrl-C stops it)",
        ]
        assert health(LOOPBACK, server.port) == (200, b"ok")
        with pytest.raises(OSError):  # noqa: PT011  refused on Linux, unreachable elsewhere
            health(ELSEWHERE, server.port)
        here = f"127.0.0.1:{server.port}"
        assert knock(server.port, Host=here, Origin=f"http://{here}") == 101
        assert knock(server.port, Host=here, Origin="http://pages.example") == 403
        assert knock(server.port, Host="pages.example", Origin="http://pages.example") == 403
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(20) == 0
        assert server.process.stderr
        complaints = server.process.stderr.read().splitlines()
        assert len(complaints) == 2
        assert all("pages.example" in line for line in complaints)
        assert list(server.home.rglob("*")) == []
        assert not server.opened.exists()


@linux
def test_other_addresses_when_told_to_and_the_browser(tmp_path: Path) -> None:
    with running(tmp_path, "--host", "0.0.0.0", "--port", "0") as server:
        assert health(ELSEWHERE, server.port) == (200, b"ok")
        for _ in range(100):
            if server.opened.exists() and server.opened.read_text(encoding="utf-8"):
                break
            time.sleep(0.05)
        assert server.opened.read_text(encoding="utf-8") == f"http://127.0.0.1:{server.port}\n"


def test_an_address_of_another_machine_exits_with_1() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "dashboard", "serve", "--no-browser", "--host", "203.0.113.1"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith("minerals: cannot listen on the address '203.0.113.1'")
