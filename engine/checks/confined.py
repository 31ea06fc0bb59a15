"""`python -m engine.checks.confined`: one check or one mending, asked on the standard input, answered on the standard
output.

It gives up what it does not need before it looks at a file: processor time, memory, other programs, the network.
"""

import base64
import json
import os
import resource
import sys
from pathlib import Path
from typing import Any

from engine.check import Installed, check_sources
from engine.checks.guard import guarded
from engine.checks.mending import mended
from engine.checks.source import Source
from engine.errors import Invalid

MOST_FINDINGS = 1_000
NICENESS = 5
"""Pages of other people come first."""
CODE_MEGABYTES = 30
"""Memory of the programs themselves, which the kernel does not count as data."""
LAST_WORDS = 0.5
"""Seconds of processor time between the end of a check and that of its process, to say so."""
_FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.spawn", "urllib.")


class Forbidden(BaseException):  # not an Exception, so that nothing on the way swallows it
    """A check tried to reach the outside."""


def main() -> None:
    """Answers one request; `null` where memory did not suffice."""
    asked = json.load(sys.stdin)
    _confine(float(asked["seconds"]), int(asked["megabytes"]))
    try:
        told: object = _mended(asked) if "mend" in asked else _checked(asked)
    except MemoryError:
        told = None
    sys.stdout.write(json.dumps(told))


def _mended(asked: dict[str, Any]) -> dict[str, object]:
    """The mended file, or why there is none."""
    try:
        source = mended(base64.b64decode(asked["mend"]), asked["element"])
    except Invalid as problem:
        return {"problem": [problem.text.ar, problem.text.en]}
    return {"source": base64.b64encode(source).decode("ascii")}


def _checked(asked: dict[str, Any]) -> list[dict[str, object]]:
    files = [_source(one) for one in asked["files"]]
    destinations = asked["destinations"]
    installed = Installed(
        [_source(one) for one in asked["installed"]], None if destinations is None else frozenset(destinations)
    )
    name = files[0].file if len(files) == 1 else ""
    used = resource.getrusage(resource.RUSAGE_SELF)
    left = float(asked["seconds"]) - LAST_WORDS - used.ru_utime - used.ru_stime
    findings = guarded(name, lambda: check_sources(files, installed), max(left, LAST_WORDS))
    return [finding.as_json() for finding in findings[:MOST_FINDINGS]]


def _source(one: dict[str, Any]) -> Source:
    return Source(one["file"], Path(one["path"]), one["kind"], base64.b64decode(one["data"]))


def _confine(seconds: float, megabytes: int) -> None:
    whole = max(1, round(seconds))
    for limit, most in (
        (resource.RLIMIT_CPU, whole),
        (resource.RLIMIT_DATA, max(1, megabytes - CODE_MEGABYTES) * 1024 * 1024),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))
    os.nice(NICENESS)
    sys.addaudithook(_refuse)


def _refuse(event: str, _arguments: tuple[Any, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        raise Forbidden(event)


if __name__ == "__main__":
    main()
