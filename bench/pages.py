"""How soon a started installation shows its first page, and what pages weigh on the line."""

import gzip
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from http.client import HTTPConnection
from pathlib import Path

from bench.serving import cpu_of, wait_until_served

STARTS = 3


def second_start(environment: Mapping[str, str]) -> tuple[float, float]:
    """Seconds from `masar up` on an installation that is set up to the answer of the sign-in page, and the seconds of
    CPU that all its processes used until then: the best of a few, since a busy machine only adds to them."""
    return min(_started(environment) for _ in range(STARTS))


def _started(environment: Mapping[str, str]) -> tuple[float, float]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "engine.cli.main", "up", "--no-demo"]
    own = {**os.environ, **environment, "PORT": str(port)}
    began = time.monotonic()
    process = subprocess.Popen(command, env=own, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until_served(port, process, "/sign-in")
        return time.monotonic() - began, _cpu_of_all(process.pid) / 1e3
    finally:
        process.terminate()
        process.wait()


def _cpu_of_all(pid: int) -> float:
    """Milliseconds of CPU of a process and of all below it."""
    below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return cpu_of(pid) + sum(_cpu_of_all(int(child)) for child in below)


def weights(port: int, cookie: str, paths: Mapping[str, str]) -> dict[str, tuple[int, int, int]]:
    """For each named page: bytes of HTML, the same deflated, and bytes of the files that it names, deflated where
    they are served so."""
    found = {}
    for name, path in paths.items():
        html = _body(port, path, "" if path == "/sign-in" else cookie)
        files = set(re.findall(rb'(?:src|href)="(/static/[^"]+)"', html))
        found[name] = (
            len(html), len(gzip.compress(html, 6)), sum(len(_body(port, file.decode(), cookie)) for file in files))
    return found


def _body(port: int, path: str, cookie: str) -> bytes:
    line = HTTPConnection("127.0.0.1", port, timeout=30)
    line.request("GET", path, headers={"Cookie": cookie, "Accept-Encoding": "gzip"})
    answer = line.getresponse()
    body = answer.read()
    line.close()
    if answer.status != 200:
        raise SystemExit(f"{path} was answered {answer.status}")
    return body
