"""Sealed files as those see them who keep, decide about, prove or may ask to read them: a number, and nothing of whom
it is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from engine.access import AUDITORS, DIRECTORS, HEADS, OFFICER, may
from engine.actor import Actor
from engine.facts import Facts, load_facts
from engine.history import document_of
from engine.masar import Masar
from engine.queries.naming import Names
from engine.queries.relations import facts_of_case
from engine.queries.sealed_alarms import MOST, MOST_OPEN, Alarm, Stop, alarm_of, stops_of
from engine.store import cases, events, sealed_files
from engine.store.cases import CaseFile
from engine.store.work_items import split
from engine.text import Text

MOST_FILES = 200
"""Of those that are closed and quiet; where work goes on or somebody must take note, all stand on the page."""


@dataclass(frozen=True)
class Opening:
    """Somebody opened a sealed file, or handed its work to `given_to`, and nobody took note of it yet; `own` where it
    was the reader of the page."""

    id: int
    who: Text
    at: datetime
    reason: str
    own: bool
    given_to: Text | None = None


@dataclass(frozen=True)
class Proposed:
    """What waits for the decision of a second account."""

    unseal: bool
    readers: tuple[Text, ...]
    reason: str
    by: Text
    at: datetime
    may_decide: bool


@dataclass(frozen=True)
class SealedRow:
    """One sealed file. What the actor may not know of it is empty."""

    id: str
    number: str
    kind: str
    unit: Text
    readers: tuple[Text, ...]
    proposed: Proposed | None
    openings: tuple[Opening, ...]
    may_keep: bool
    may_prove: bool
    may_ask: bool
    open_now: bool
    alarms: tuple[Alarm, ...] = ()
    stops: tuple[Stop, ...] = ()
    goes_on: bool = False

    @property
    def urgent(self) -> bool:
        """Whether somebody may be in danger because nobody acts: work is late, or the file stopped."""
        return bool(self.stops) or any(one.late for one in self.alarms)


@dataclass(frozen=True)
class Waiting:
    """Rows of what nobody took note of, of late work and of stops."""

    unseen: Sequence[Any] = ()
    alarms: Sequence[Any] = ()
    stops: Sequence[Any] = ()

    def of(self, case_id: int) -> "Waiting":
        """Those of one file."""
        return Waiting(*([row for row in rows if row.case_id == case_id]
                         for rows in (self.unseen, self.alarms, self.stops)))


def sealed_page(masar: Masar, actor: Actor) -> tuple[SealedRow, ...]:
    """The sealed files that the actor has anything to do with: first those where work is late or that stopped, then
    the newest. One statement to find them."""
    units = {m.unit_id for m in actor.memberships if m.role in AUDITORS | HEADS | DIRECTORS}
    officer = {m.unit_id for m in actor.memberships if m.role in OFFICER}
    with masar.db.read() as conn:
        going_on = sealed_files.open_ids(conn, units, actor.id, MOST_OPEN) if units else []
        unseen: Any = sealed_files.unseen(conn, officer, actor.id, MOST) if officer else []
        newest = sealed_files.sealed_ids(conn, units, actor.id, MOST_FILES)
        ids = list(dict.fromkeys((*going_on, *(row.case_id for row in unseen), *newest)))
        files = cases.load_many(conn, masar.vault, sorted(ids, reverse=True))
        waiting = Waiting(
            unseen, sealed_files.alarmed(conn, going_on, masar.clock(), MOST),
            sealed_files.stopped(conn, going_on, MOST)) if going_on else Waiting(unseen)
        known = [(case, load_facts(case.facts)) for case in files]
        names = Names(conn, _people(known, waiting), [case.unit_id for case in files])
        rows = [_row(masar, conn, actor, case, facts, waiting.of(case.id), names) for case, facts in known]
        return tuple(sorted(rows, key=lambda row: not row.urgent))


def is_named(masar: Masar, actor: Actor) -> bool:
    """Whether the actor may ask to read some sealed file."""
    with masar.db.read() as conn:
        return bool(sealed_files.sealed_ids(conn, (), actor.id, 1))


def _people(known: list[tuple[CaseFile, Facts]], waiting: Waiting) -> set[int | None]:
    found: set[int | None] = {row.account_id for row in waiting.unseen} | {row.assignee_id for row in waiting.alarms}
    for case, facts in known:
        found.update(int(one) for one in split(case.readers or ""))
        found.update(facts.sealing.get("readers", ()))
        found.add(facts.sealing.get("by", 0))
    return found


def _row(
    masar: Masar, conn: Connection, actor: Actor, case: CaseFile, facts: Facts, waiting: Waiting, names: Names
) -> SealedRow:
    relation, now = facts_of_case(case, facts), masar.clock()
    keeps, decides = may(actor, "keep_seal", relation), may(actor, "decide_seal", relation)
    asks = str(actor.id) in split(case.readers or "")
    named = [int(one) for one in split(case.readers or "")]
    hands_over, retries = may(actor, "hand_over_sealed", relation), may(actor, "retry", relation)
    return SealedRow(
        id=str(case.id), number=case.number, kind=case.kind, unit=names.unit(case.unit_id),
        readers=tuple(_name(names, one) for one in named) if keeps or decides else (),
        proposed=_proposed(actor, facts, names) if keeps or decides else None,
        openings=tuple(_opening(masar, conn, actor, row, names) for row in waiting.unseen) if keeps else (),
        may_keep=keeps and not facts.sealing, may_prove=may(actor, "prove", relation), may_ask=asks,
        open_now=asks and sealed_files.is_open_to(conn, case.id, actor.id, now),
        alarms=tuple(alarm_of(row, now, names, hands_over) for row in waiting.alarms) if decides else (),
        stops=stops_of(waiting.stops, case, retries) if decides else (),
        goes_on=decides and case.status != "closed",
    )


def _proposed(actor: Actor, facts: Facts, names: Names) -> Proposed | None:
    wanted = facts.sealing
    if not wanted:
        return None
    mine = actor.id == wanted["by"] or actor.id in wanted["readers"]
    return Proposed(
        wanted["what"] == "unseal", tuple(_name(names, one) for one in wanted["readers"]), wanted["reason"],
        _name(names, wanted["by"]), wanted["at"], not mine)


def _opening(masar: Masar, conn: Connection, actor: Actor, row: Any, names: Names) -> Opening:
    found = events.read(conn, masar.vault, row.case_id, row.event_seq - 1, 1)
    told = document_of(found[0].payload) if found else {}
    handed = bool(found) and found[0].kind == "work_reassigned"
    given_to = _name(Names(conn, [told.get("to")]), told["to"]) if handed else None
    who, own = _name(names, row.account_id), row.account_id == actor.id
    return Opening(row.id, who, row.opened_at, str(told.get("reason", "")), own, given_to)


def _name(names: Names, account_id: int) -> Text:
    return names.account(account_id) or Text("—", "—")
