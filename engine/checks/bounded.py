"""Checks of files that anybody may have sent, in a process of their own that cannot take more than it is given.

The linter bounds what it reads (engine/safexml.py, engine/safeyaml.py) and what it computes (engine/feel/limits.py).
This is the wall behind those bounds: whatever a file does to the check, a page that asked for it gets findings.
"""

import base64
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from threading import BoundedSemaphore
from typing import Any

from engine.check import Installed
from engine.checks.guard import SEND_IT, TOO_LARGE, TOO_SLOW
from engine.checks.source import MOST_BYTES, MOST_FILES, TOO_MANY, Source
from engine.errors import Invalid
from engine.findings import Finding
from engine.text import Text

SECONDS = 5.0
"""How long a check may take on a machine that has time for it."""
MEGABYTES = 150
"""The most memory that a check may hold."""
AT_ONCE = 2
"""Checks that run at the same time for one process; the other threads stay free for other people."""
PATIENCE = 0.3
"""Seconds that a check waits for another one to end before it is refused."""
SLOWER = 3.0
"""How much longer than its seconds a check may wait for a busy machine."""

_COMMAND = (sys.executable, "-I", "-m", "engine.checks.confined")
_places = BoundedSemaphore(AT_ONCE)

BROKEN = (
    Text("توقف فحص الملف لسبب غير متوقع.", "The check of the file ended unexpectedly."),
    SEND_IT,
)
BUSY = (
    Text("تُفحص الآن ملفات أخرى.", "Other files are being checked right now."),
    Text("أعد المحاولة بعد ثوانٍ.", "Try again in a few seconds."),
)


def checked_within(
    files: Sequence[Source], installed: Installed | None = None, seconds: float = SECONDS, megabytes: int = MEGABYTES
) -> list[Finding]:
    """The findings of `engine.check.check_sources`, by a process that may use so many seconds of processor time and
    megabytes of memory, no network and no other program. Never raises for what a file holds: a check that is cut
    off, or for which there is no place now, is a finding that forbids publishing."""
    if len(files) > MOST_FILES or sum(len(source.data) for source in files) > MOST_BYTES:
        return [_stopped(files, "files-too-many", TOO_MANY)]
    if not _places.acquire(timeout=PATIENCE):
        return [_stopped(files, "check-busy", BUSY)]
    try:
        return _answer(files, installed or Installed(), seconds, megabytes)
    finally:
        _places.release()


def mended_within(source: bytes, element: str | None) -> bytes:
    """The diagram of `engine.checks.mending.mended`, by a process with the same bounds. Raises Invalid in words."""
    if not _places.acquire(timeout=PATIENCE):
        raise Invalid(_sentence(BUSY))
    try:
        answer = _asked({"mend": base64.b64encode(source).decode("ascii"), "element": element}, SECONDS, MEGABYTES)
    except _Stopped as stopped:
        raise Invalid(_sentence(stopped.words)) from None
    finally:
        _places.release()
    if "problem" in answer:
        raise Invalid(Text(*answer["problem"]))
    return base64.b64decode(answer["source"])


def _sentence(words: tuple[Text, Text]) -> Text:
    return Text(*(f"{one} {other}" for one, other in zip(*((text.ar, text.en) for text in words), strict=True)))


class _Stopped(Exception):
    """The process was cut off."""

    def __init__(self, rule: str, words: tuple[Text, Text]) -> None:
        super().__init__(rule)
        self.rule, self.words = rule, words


def _answer(files: Sequence[Source], installed: Installed, seconds: float, megabytes: int) -> list[Finding]:
    asked = {
        "files": [_plain(source) for source in files], "installed": [_plain(source) for source in installed.sources],
        "destinations": None if installed.destinations is None else sorted(installed.destinations),
    }
    try:
        return [Finding.of_json(one) for one in _asked(asked, seconds, megabytes)]
    except _Stopped as stopped:
        return [_stopped(files, stopped.rule, stopped.words)]


def _asked(asked: dict[str, Any], seconds: float, megabytes: int) -> Any:
    """What the confined process answers. Raises _Stopped."""
    told = json.dumps({"seconds": seconds, "megabytes": megabytes, **asked}).encode()
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    try:
        done = subprocess.run(
            _COMMAND, input=told, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=kept,
            timeout=seconds * SLOWER, check=False,
        )
    except subprocess.TimeoutExpired:
        raise _Stopped("check-too-slow", TOO_SLOW) from None
    if done.returncode < 0:  # killed by the kernel: its seconds of processor time are used up
        raise _Stopped("check-too-slow", TOO_SLOW)
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        raise _Stopped("check-failed", BROKEN) from None
    if answer is None:
        raise _Stopped("check-too-large", TOO_LARGE)
    return answer


def _plain(source: Source) -> dict[str, str]:
    return {
        "file": source.file, "path": os.fspath(source.path), "kind": source.kind,
        "data": base64.b64encode(source.data).decode("ascii"),
    }


def _stopped(files: Sequence[Source], rule: str, words: tuple[Text, Text]) -> Finding:
    return Finding(files[0].file if len(files) == 1 else "", "", rule, "error", *words)
