"""Bounds around one check: what takes too long or fails in a way nobody foresaw becomes a finding."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from engine.findings import Finding
from engine.text import Text

SECONDS = 4.0


class TooSlow(BaseException):  # not an Exception, so that nothing on the way swallows it
    """A check took longer than it may."""


def guarded(file: str, check: Callable[[], list[Finding]], seconds: float = SECONDS) -> list[Finding]:
    """The findings of a check; never an exception. In the main thread it is cut off when it has
    used up its seconds of processor time."""
    try:
        with _alarm(seconds):
            return check()
    except TooSlow:
        return [
            Finding(
                file,
                "",
                "check-too-slow",
                "error",
                Text(
                    "استغرق فحص الملف وقتاً أطول من المسموح.",
                    "Checking the file took longer than allowed.",
                ),
                Text("بسّط الملف أو قسّمه.", "Simplify the file, or split it."),
            )
        ]
    except (Exception, RecursionError, MemoryError) as error:
        kind = type(error).__name__
        return [
            Finding(
                file,
                "",
                "check-failed",
                "error",
                Text(
                    f"تعذّر فحص الملف لسبب غير متوقع ({kind}).",
                    f"The file could not be checked, unexpectedly ({kind}).",
                ),
                Text("لا تنشره، وأرسله إلى الفريق التقني.", "Do not publish it; send it to the engineers."),
            )
        ]


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def ring(*_: object) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
