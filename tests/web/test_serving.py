"""Slow clients wait without a thread; whole requests are answered meanwhile."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from http.client import HTTPConnection
from pathlib import Path

import pytest

from web.serving import LARGEST_BODY, LONGEST_HEAD, Arriving, whole_length

HEAD = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n"
APP = """
def app(environ, start):
    body = environ["wsgi.input"].read()
    start("200 OK", [("Content-Length", str(len(body)))])
    return [body]
"""


@pytest.mark.parametrize(
    ("received", "length"),
    [
        (b"", None), (b"GET / HTTP/1.1\r\nHost: x\r\n", None), (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", 0),
        (HEAD, len(HEAD) + 5), (HEAD + b"ab", len(HEAD) + 5), (HEAD.lower(), len(HEAD) + 5),
        (b"x" * (LONGEST_HEAD + 1), 0), (b"GET /\n\n", 0),
        (HEAD.replace(b": 5", b": %d" % (LARGEST_BODY + 1)), 0), (HEAD.replace(b"Host", b"Expect"), 0),
        (HEAD.replace(b": 5", b": -5"), 0), (HEAD.replace(b": 5", b": \xd9\xa5"), 0),
    ],
)  # fmt: skip
def test_a_request_says_how_long_it_is(received: bytes, length: int | None) -> None:
    assert whole_length(received) == length


def test_a_request_that_drips_in_is_whole_at_its_last_byte() -> None:
    arriving = Arriving()
    assert [arriving.take(bytes([one])) for one in HEAD + b"abcde"] == [False] * (len(HEAD) + 4) + [True]


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """A server with two threads that gives back what it gets."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        number = int(free.getsockname()[1])
    (tmp_path / "echo.py").write_text(APP)
    command = [sys.executable, "-m", "gunicorn", "-k", "web.serving.PatientWorker", "--threads", "2"]
    command += ["--no-control-socket", "-b", f"127.0.0.1:{number}", "echo:app"]
    paths = os.pathsep.join([str(tmp_path), os.getcwd()])
    server = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": paths}, stderr=subprocess.DEVNULL)
    for _ in range(200):
        with suppress(OSError), socket.create_connection(("127.0.0.1", number)):
            break
        time.sleep(0.05)
    yield number
    server.send_signal(signal.SIGTERM)
    assert server.wait(15) == 0


@pytest.mark.parametrize("start", [b"", b"POST / HTTP/1.1\r\nHost:", HEAD + b"ab"])
def test_connections_that_stop_in_the_middle_take_no_thread(port: int, start: bytes) -> None:
    with ExitStack() as held:
        slow = [held.enter_context(socket.create_connection(("127.0.0.1", port))) for _ in range(12)]
        for one in slow:
            one.sendall(start)
        kept = HTTPConnection("127.0.0.1", port, timeout=3)
        for n in range(3):  # one after the other on a connection that is kept
            kept.request("POST", "/", b"quick %d" % n)
            assert kept.getresponse().read() == b"quick %d" % n
        kept.close()
        slow[0].sendall((HEAD + b"abcde")[len(start):] if HEAD.startswith(start) or start > HEAD else b" x\r\n\r\n")
        slow[0].settimeout(3)
        assert slow[0].recv(100).startswith(b"HTTP/1.1 200")
