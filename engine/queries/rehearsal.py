"""A migration rehearsed: how many of the running cases would move, and why others would not. Nothing is written, and
nothing of a case comes out but numbers."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

from engine.bpmn.migrating import Reason
from engine.commands.migrating import Migration, why_it_stays
from engine.masar import Masar
from engine.store import case_migrations

PAGE = 50


@dataclass
class Rehearsal:
    """How it would go: of `total` cases so many were looked at, so many would move; the others by their reasons (a case
    may have several)."""

    total: int
    looked: int = 0
    moves: int = 0
    reasons: Counter[Reason] = field(default_factory=Counter)

    @property
    def stays(self) -> int:
        """How many would stay."""
        return self.looked - self.moves


def rehearse(
    masar: Masar, migration: Migration, most: int | None = None, seconds: float | None = None,
    tell: Callable[[Rehearsal], None] = lambda _sofar: None,
) -> Rehearsal:
    """Looks at every case, or at so many, or for so long; `tell` hears of it page by page."""
    until = monotonic() + seconds if seconds is not None else None
    with masar.db.read() as conn:
        found = Rehearsal(case_migrations.running(conn).get(migration.old.id, 0))
    after = 0
    while most is None or found.looked < most:
        with masar.db.read() as conn:
            ids = case_migrations.next_cases(conn, migration.old.id, after, PAGE)
            for case_id in ids:
                after = case_id
                reasons = why_it_stays(masar, conn, migration, case_id)
                found.looked += 1
                found.moves += not reasons
                found.reasons.update(set(reasons))
                if until is not None and monotonic() > until:
                    return found
        tell(found)
        if len(ids) < PAGE:
            break
    return found
