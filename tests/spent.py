"""Processor time of the code itself, for figures that hold beside other processes on the same machine."""

import time
from collections.abc import Callable


def quickest(work: Callable[[], object], tries: int = 5, enough: float = 0.0) -> float:
    """The fewest processor seconds of several tries, which end once one took `enough` or less: another process, or a
    look through all of memory for what nobody needs any more, makes a single try slow at times."""
    best = float("inf")
    for _ in range(tries):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
        if best <= enough:
            break
    return best
