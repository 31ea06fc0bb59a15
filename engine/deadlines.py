"""When a work item is nearly late, late, and later still: the escalation ladder (D15) as moments in time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.access import DIRECTORS, HEADS, OFFICER, SHUT
from engine.dmn import Model
from engine.feel import Env
from engine.kinds import LAST_RESORTS, Kind

LADDER_DECISION = "D15_escalation"
LADDER_BY_KIND = "D15b_escalation_by_kind"
"""For complaints and inspections: nobody is told because they lead the unit."""
STEPS = ("before", "due", "second", "third")
# Before the first assessment nobody knows the risk; an unknown level is watched as closely as a high one.
UNKNOWN_LEVEL = "high"
OWNER = "owner"
"""In the ladder: whoever has the work item, who sees it as late anyway."""


@dataclass(frozen=True)
class Rung:
    """One step of the ladder: at a fraction of the limit, or some time after it, these roles are told."""

    step: str
    fraction: float | None
    after: timedelta
    notify: tuple[str, ...]

    def moment(self, since: datetime, due: datetime, remind: datetime | None = None) -> datetime:
        """When this rung is reached by an item opened at `since` and due at `due`; the warning before it comes when the
        diagram says (`remind`, its followUpDate), unless that was over when the item opened."""
        if self.fraction is not None:
            usual = since + (due - since) * self.fraction
            return remind if remind is not None and since < remind < due else usual
        return due + self.after


Ladder = tuple[Rung, ...]


def ladder_of(models: Mapping[str, Model], level: str | None, kind: Kind = "case") -> Ladder:
    """The four rungs that D15 gives for a risk level, or D15b for a kind of file that is kept from the unit's line;
    none where there is no such decision."""
    decision, asked = LADDER_DECISION, {"level": level or UNKNOWN_LEVEL}
    if kind in SHUT:
        decision, asked = LADDER_BY_KIND, {"kind": kind}
    if decision not in models:
        return ()
    rungs = []
    for step in STEPS:
        row = models[decision].evaluate(decision, {**asked, "step": step}, Env())
        rungs.append(_rung(step, row if isinstance(row, Mapping) else {}, LAST_RESORTS[kind] if kind in SHUT else ""))
    return tuple(rungs)


def _rung(step: str, row: Mapping[str, object], otherwise: str) -> Rung:
    fraction, after, notify = row.get("fraction"), row.get("after"), row.get("notify")
    return Rung(
        step,
        float(str(fraction)) if fraction is not None else None,
        after if isinstance(after, timedelta) else timedelta(),
        tuple(r.strip() for r in str(notify).split(",") if r.strip()) if notify else (otherwise or "case_supervisor",),
    )


def told_of_sealed(notify: tuple[str, ...]) -> tuple[str, ...]:
    """Who is told of late work in a sealed file in the place of whom the ladder names: the data protection officer at
    every step, and of the line those alone who may know by its number that the file is sealed."""
    return (*sorted(OFFICER), *(role for role in notify if role == OWNER or role in HEADS | DIRECTORS))


def next_check(
    ladder: Ladder, since: datetime, due: datetime | None, passed: int, remind: datetime | None = None
) -> datetime | None:
    """When the worker must look at an item again, `passed` rungs being behind it; None when nothing is left."""
    if due is None or passed >= len(ladder):
        return None
    return ladder[passed].moment(since, due, remind)


def rungs_reached(
    ladder: Ladder, since: datetime, due: datetime, now: datetime, remind: datetime | None = None
) -> int:
    """How many rungs lie behind an item at a moment."""
    return sum(1 for rung in ladder if rung.moment(since, due, remind) <= now)
