"""How often each page was asked for and how long it took, counted over all web processes of this machine.

The processes are forked from one that made a piece of shared memory; each adds in a part of its own, without a lock, so
that one that is killed holds up nobody. What is kept are numbers by page and status: nothing of who, whence or what."""

import mmap
from collections.abc import Iterable, Iterator
from threading import Lock

SLOTS, MOST_PAGES = 256, 256
STATUSES = (
    200, 201, 202, 204, 206, 301, 302, 303, 304, 307, 308, 400, 401, 403, 404, 405, 406, 409, 410, 411, 412, 413, 415,
    422, 428, 429, 431, 500, 501, 503,
)  # fmt: skip
OTHER = 0
BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds
_PLACES = {status: place for place, status in enumerate((*STATUSES, OTHER))}
_PER_PAGE = len(_PLACES) + len(BUCKETS) + 2  # a count for each status, one for each bucket and beyond, the sum
_SUM = _PER_PAGE - 1
_SLOT = MOST_PAGES * _PER_PAGE + 1  # the first cell says that the slot was used
_shared = memoryview(mmap.mmap(-1, SLOTS * _SLOT * 8)).cast("Q")


class Tally:
    """Counts of one application; `pages` are the names of its endpoints, the same in every process."""

    def __init__(self, pages: Iterable[str]) -> None:
        self._pages = {page: number for number, page in enumerate(sorted(pages)[: MOST_PAGES - 1], 1)}
        self._lock = Lock()

    def add(self, page: str, status: int, seconds: float) -> None:
        """Counts one answer; a page without a name counts as none."""
        at = _begin_of(_slot) + 1 + self._pages.get(page, 0) * _PER_PAGE
        bucket = sum(seconds > bound for bound in BUCKETS)
        with self._lock:
            _shared[_begin_of(_slot)] = 1
            _shared[at + _PLACES.get(status, _PLACES[OTHER])] += 1
            _shared[at + len(_PLACES) + bucket] += 1
            _shared[at + _SUM] += int(seconds * 1e6)

    def pages(self) -> Iterator[tuple[str, dict[int, int], list[int], float]]:
        """Each page that was asked for: answers by status, by bucket (the last one: beyond all), seconds in all."""
        used = [slot for slot in range(SLOTS) if _shared[_begin_of(slot)]]
        for page, number in (("none", 0), *self._pages.items()):
            cells = [0] * _PER_PAGE
            for slot in used:
                at = _begin_of(slot) + 1 + number * _PER_PAGE
                cells = [sum(pair) for pair in zip(cells, _shared[at : at + _PER_PAGE], strict=True)]
            if any(cells):
                by_status = {status: cells[place] for status, place in _PLACES.items() if cells[place]}
                yield page, by_status, cells[len(_PLACES) : _SUM], cells[_SUM] / 1e6


def use_slot(number: int) -> None:
    """Which part this process adds in; gunicorn numbers its workers (web/gunicorn_conf.py)."""
    global _slot
    _slot = number % SLOTS


def _begin_of(slot: int) -> int:
    return slot * _SLOT


_slot = 0
