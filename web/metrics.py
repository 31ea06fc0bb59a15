"""The text that Prometheus reads: this machine's requests, and figures of the database that are looked up rarely."""

import platform
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from importlib.metadata import version
from threading import Lock

from engine.errors import Unavailable
from engine.masar import Masar
from engine.queries.figures import Figures, figures
from web.tally import BUCKETS, Tally

KEPT_FOR = timedelta(seconds=15)
_GAUGES = {
    "work_items_open": "Open work items.", "work_items_overdue": "Open work items past their due date.",
    "jobs_waiting": "Calls to the outside that a worker will do.",
    "jobs_failed": "Calls to the outside that wait for a person.", "incidents_open": "Failures that wait for a person.",
    "workers": "Worker processes alive within the last three minutes.",
    "worker_last_pass_seconds": "Seconds since any worker was last alive; absent when none ever was.",
    "due_lag_seconds": "For how long the earliest thing due has been waiting for a worker.",
}  # fmt: skip


@dataclass
class Metrics:
    """The figures of one process, kept for a few seconds so that many monitors cost no more than one."""

    masar: Masar
    tally: Tally
    _seen: Figures | None = None
    _until: float = 0.0
    _lock: Lock = field(default_factory=Lock)

    def text(self) -> str:
        """Everything, in the text format 0.0.4."""
        return "\n".join((*self._versions(), *self._of_database(), *self._of_requests(), ""))

    def _figures(self) -> Figures | None:
        """The figures, at most KEPT_FOR old; None while the database is lost."""
        with self._lock:
            now = self.masar.clock().timestamp()
            if now >= self._until:
                try:
                    self._seen = figures(self.masar)
                except Unavailable:
                    self._seen = None
                self._until = now + KEPT_FOR.total_seconds()
            return self._seen

    def _versions(self) -> Iterator[str]:
        seen = self._figures()
        labels = {"version": version("masar"), "revision": seen.revision if seen else "",
                  "python": platform.python_version()}  # fmt: skip
        yield from _headed("masar_info", "Versions of the code and of the tables.", "gauge")
        yield f"masar_info{_labels(**labels)} 1"

    def _of_database(self) -> Iterator[str]:
        seen = self._figures()
        yield from _headed("masar_database_up", "Whether the database answers.", "gauge")
        yield f"masar_database_up {int(seen is not None)}"
        if seen is None:
            return
        now = self.masar.clock()
        values = {
            "work_items_open": seen.open_items, "work_items_overdue": seen.overdue_items,
            "jobs_waiting": seen.jobs_waiting, "jobs_failed": seen.jobs_failed, "incidents_open": seen.incidents,
            "workers": seen.workers,
            "worker_last_pass_seconds": (now - seen.last_pass).total_seconds() if seen.last_pass else None,
            "due_lag_seconds": (now - seen.due_since).total_seconds() if seen.due_since else 0,
        }
        for name, value in values.items():
            if value is not None:
                yield from _headed(f"masar_{name}", _GAUGES[name], "gauge")
                yield f"masar_{name} {value:g}" if isinstance(value, float) else f"masar_{name} {value}"

    def _of_requests(self) -> Iterator[str]:
        pages = list(self.tally.pages())
        yield from _headed("masar_requests_total", "Answers by page and status, of this machine.", "counter")
        for page, by_status, _, _ in pages:
            for status, count in by_status.items():
                yield f"masar_requests_total{_labels(page=page, status=str(status or 'other'))} {count}"
        yield from _headed("masar_request_seconds", "How long answers took, by page.", "histogram")
        for page, _, buckets, seconds in pages:
            for place, bound in enumerate(BUCKETS):
                yield f"masar_request_seconds_bucket{_labels(page=page, le=f'{bound:g}')} {sum(buckets[: place + 1])}"
            yield f"masar_request_seconds_bucket{_labels(page=page, le='+Inf')} {sum(buckets)}"
            yield f"masar_request_seconds_sum{_labels(page=page)} {seconds:g}"
            yield f"masar_request_seconds_count{_labels(page=page)} {sum(buckets)}"


def _headed(name: str, told: str, kind: str) -> Iterator[str]:
    yield f"# HELP {name} {told}"
    yield f"# TYPE {name} {kind}"


def _labels(**labels: str) -> str:
    return "{" + ",".join(f'{name}="{value}"' for name, value in labels.items()) + "}"
