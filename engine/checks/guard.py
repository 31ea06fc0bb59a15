"""Bounds around one check: what takes too long or fails in a way nobody foresaw becomes a finding."""

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from engine.findings import Finding
from engine.text import Text

SECONDS = 4.0
SOON = 0.001
TOO_SLOW = (
    Text("استغرق فحص الملف وقتاً أطول من المسموح.", "Checking the file took longer than allowed."),
    Text("بسّط الملف أو قسّمه، ثم أعد المحاولة.", "Simplify the file or split it, then try again."),
)
TOO_LARGE = (
    Text("احتاج فحص الملف إلى ذاكرة أكبر من المسموح.", "Checking the file took more memory than allowed."),
    Text("بسّط الملف أو قسّمه.", "Simplify the file, or split it."),
)
SEND_IT = Text("لا تنشره، وأرسله إلى الفريق التقني.", "Do not publish it; send it to the engineers.")


class TooSlow(BaseException):  # not an Exception, so that nothing on the way swallows it
    """A check took longer than it may."""


def guarded(file: str, check: Callable[[], list[Finding]], seconds: float = SECONDS) -> list[Finding]:
    """The findings of a check; never an exception. In the main thread it is cut off when it has
    used up its seconds of processor time, or those of a guard around it."""
    try:
        with _alarm(seconds):
            return check()
    except TooSlow:
        return [Finding(file, "", "check-too-slow", "error", *TOO_SLOW)]
    except MemoryError:
        return [Finding(file, "", "check-too-large", "error", *TOO_LARGE)]
    except Exception as error:
        kind = type(error).__name__
        words = Text(
            f"تعذّر فحص الملف لسبب غير متوقع ({kind}).", f"The file could not be checked, unexpectedly ({kind})."
        )
        return [Finding(file, "", "check-failed", "error", words, SEND_IT)]


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def ring(*_: object) -> None:
        raise TooSlow

    left, _ = signal.getitimer(signal.ITIMER_PROF)  # of a guard around this one, which stays in force
    before = signal.signal(signal.SIGPROF, ring)
    began = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, min(seconds, left or seconds))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
        if left:
            signal.setitimer(signal.ITIMER_PROF, max(left - (time.process_time() - began), SOON))
