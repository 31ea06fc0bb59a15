"""How cases stood on the way, kept for whoever steps through their history.

The memory holds one stand every few events, so that any step of a long case is a few moves away from one. It lives in
the process, bounded in cases and in bytes, and forgets what nobody looked at for a while. Events are only ever
appended, so a stand stays true when the case goes on.
"""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from engine import bpmn
from engine.facts import Facts
from engine.store.cases import CaseFile

MOST_CASES = 12
MOST_BYTES = 48_000_000
KEPT = timedelta(minutes=15)


@dataclass(frozen=True)
class Stand:
    """A case after one of its events (0: before the first). `outcome` is what the last move left, without its log
    and its variables; `holders` are the accounts that took or were given a work item, by token."""

    seq: int = 0
    outcome: bpmn.Outcome | None = None
    passed: Facts = field(default_factory=Facts)
    holders: Mapping[int, int] = field(default_factory=dict)

    @property
    def state(self) -> bytes | None:
        """The state document; None before the first move."""
        return self.outcome.state if self.outcome else None


@dataclass
class _Walk:
    """The stands that are known of a case, in order."""

    stands: tuple[Stand, ...]
    used_at: datetime

    @property
    def weight(self) -> int:
        return sum(len(stand.state or b"") for stand in self.stands)


class Memory:
    """The stands of the cases that were looked at last, shared by all threads of a process."""

    def __init__(self) -> None:
        self._walks: OrderedDict[tuple[int, int], _Walk] = OrderedDict()
        self._lock = Lock()

    def of(self, case: CaseFile, now: datetime) -> tuple[Stand, ...]:
        """What is known of a case, from the beginning on; always the beginning itself."""
        with self._lock:
            for key in [key for key, walk in self._walks.items() if now - walk.used_at > KEPT]:
                del self._walks[key]
            walk = self._walks.get((case.id, case.bundle_id))
            if walk is None or walk.stands[-1].seq > case.head.seq:
                return (Stand(),)
            walk.used_at = now
            self._walks.move_to_end((case.id, case.bundle_id))
            return walk.stands

    def learn(self, case: CaseFile, stands: tuple[Stand, ...], now: datetime) -> None:
        """Keeps what was found out, and forgets what was not asked for longest."""
        key = (case.id, case.bundle_id)
        with self._lock:
            known = self._walks.get(key)
            if known is None or len(known.stands) < len(stands):
                self._walks[key] = _Walk(stands, now)
                self._walks.move_to_end(key)
            weight = sum(walk.weight for walk in self._walks.values())
            while len(self._walks) > MOST_CASES or (weight > MOST_BYTES and len(self._walks) > 1):
                weight -= self._walks.popitem(last=False)[1].weight
