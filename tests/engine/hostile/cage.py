"""`python -m tests.engine.hostile.cage`: runs commands of `masar`, each in a process of its own that may reach nothing.

Asked on the standard input, a JSON list of lists of arguments; answered with what became of each.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import engine.cli.check
import engine.cli.deploy  # noqa: F401  loaded once for all
from engine.cli import main as masar

SECONDS = 20
OUTSIDE = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.spawn", "urllib.")


@dataclass(frozen=True)
class Ran:
    """What became of a command: its code, what it printed, what it used, and what it reached for."""

    code: int
    output: str
    seconds: float
    megabytes: float
    reached: list[str]


def run_caged(commands: Sequence[Sequence[str]], environment: Mapping[str, str]) -> list[Ran]:
    """Runs commands one after another."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.engine.hostile.cage"],
        input=json.dumps([list(c) for c in commands]),
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, **environment},
    )
    return [Ran(**one) for one in json.loads(done.stdout)]


def _run(arguments: list[str], folder: Path) -> Ran:
    told, reached = folder / "told", folder / "reached"
    child = os.fork()
    if not child:
        os._exit(_caged(arguments, told, reached))
    _, status, used = os.wait4(child, 0)
    return Ran(
        os.waitstatus_to_exitcode(status),
        told.read_text(errors="replace"),
        used.ru_utime + used.ru_stime,
        used.ru_maxrss / 1024,
        reached.read_text().splitlines(),
    )


def _caged(arguments: list[str], told: Path, reached: Path) -> int:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    for path, numbers in ((told, (1, 2)), (reached, (3,))):
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        for number in numbers:
            os.dup2(opened, number)

    def refuse(event: str, given: tuple[Any, ...]) -> None:
        if event.startswith(OUTSIDE) or (event == "open" and "passwd" in str(given[0])):
            os.write(3, f"{event} {given!r:.200}\n".encode())
            raise PermissionError(event)

    sys.addaudithook(refuse)
    try:
        masar(arguments, prog_name="masar")
    except SystemExit as end:
        sys.stdout.flush()
        return end.code if isinstance(end.code, int) else 1
    except BaseException:
        traceback.print_exc()
        return 99
    return 0


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        print(json.dumps([asdict(_run(one, Path(made))) for one in json.load(sys.stdin)]))
