"""Serves an application as it is served in production, in one process, and tells what CPU that process has used."""

import os
import socket
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

MASAR, FLOOR = "web.wsgi:app()", "bench.floor:app()"


@dataclass
class Served:
    """A gunicorn with one web process."""

    worker: int
    port: int
    cookie: str

    def post(self, path: str, fields: Mapping[str, object]) -> tuple[int, float]:
        """Sends a form; the status, and the milliseconds of CPU that the web process spent on it."""
        body = urllib.parse.urlencode(fields)
        return self._ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def get(self, path: str) -> tuple[int, float]:
        """Opens a page."""
        return self._ask("GET", path, None, {})

    def _ask(self, method: str, path: str, body: str | None, headers: Mapping[str, str]) -> tuple[int, float]:
        before = cpu_of(self.worker)
        line = HTTPConnection("127.0.0.1", self.port, timeout=60)
        line.request(method, path, body, {**headers, "Cookie": self.cookie, "Connection": "close"})
        answer = line.getresponse()
        answer.read()
        line.close()
        time.sleep(0.002)  # the process closes the line, and sleeps again
        return answer.status, cpu_of(self.worker) - before


@contextmanager
def served(app: str, environment: Mapping[str, str], cookie: str) -> Iterator[Served]:
    """Serves an application with the settings of production but for the number of processes."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    own = {"PORT": str(port), "WEB_PROCESSES": "1"}
    command = [sys.executable, "-m", "gunicorn", "-c", "python:web.gunicorn_conf", app]
    process = subprocess.Popen(command, env={**os.environ, **environment, **own}, stderr=subprocess.DEVNULL)
    try:
        wait_until_served(port, process)
        yield Served(_child_of(process.pid), port, cookie)
    finally:
        process.terminate()
        process.wait()


def wait_until_served(port: int, process: "subprocess.Popen[bytes]", path: str = "/") -> float:
    """Waits for the first answer of any kind; returns how many seconds that took."""
    began = time.monotonic()
    while time.monotonic() < began + 60:
        if process.poll() is not None:
            raise SystemExit("the server ended at once")
        try:
            line = HTTPConnection("127.0.0.1", port, timeout=30)
            line.request("GET", path)
            line.getresponse().read()
            line.close()
            return time.monotonic() - began
        except (OSError, HTTPException):
            time.sleep(0.01)
    raise SystemExit("the server does not answer")


def cpu_of(pid: int) -> float:
    """Milliseconds of CPU that all threads of a process have used."""
    spent = 0
    for thread in Path(f"/proc/{pid}/task").iterdir():
        spent += int((thread / "schedstat").read_text().split()[0])
    return spent / 1e6


def _child_of(pid: int) -> int:
    """The web process below gunicorn's own."""
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return int(found[0])
