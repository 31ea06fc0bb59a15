"""Sealed files as those see them who keep, decide about, prove or may ask to read them: a number, and nothing of whom
it is about."""

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
from engine.store import cases, events, sealed_files
from engine.store.cases import CaseFile
from engine.store.work_items import split
from engine.text import Text

MOST = 200
MOST_UNSEEN = 100


@dataclass(frozen=True)
class Opening:
    """Somebody opened a sealed file, and nobody took note of it yet; `own` where it was the reader of the page."""

    id: int
    who: Text
    at: datetime
    reason: str
    own: bool


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


def sealed_page(masar: Masar, actor: Actor) -> tuple[SealedRow, ...]:
    """The sealed files that the actor has anything to do with, newest first: one statement to find them."""
    posts = AUDITORS | HEADS | DIRECTORS
    units = {m.unit_id for m in actor.memberships if m.role in posts}
    with masar.db.read() as conn:
        ids = sealed_files.sealed_ids(conn, units, actor.id, MOST)
        files = cases.load_many(conn, masar.vault, ids)
        unseen = sealed_files.unseen(conn, ids, MOST_UNSEEN) if actor.roles & OFFICER else []
        known = [(case, load_facts(case.facts)) for case in files]
        names = Names(conn, _people(known, unseen), [case.unit_id for case in files])
        return tuple(
            _row(masar, conn, actor, case, facts, [row for row in unseen if row.case_id == case.id], names)
            for case, facts in known
        )


def openings_untold(masar: Masar, actor: Actor) -> int:
    """How many openings wait for a data protection officer to take note of them; 0, without asking, for all others."""
    units = {m.unit_id for m in actor.memberships if m.role in OFFICER}
    if not units:
        return 0
    with masar.db.read() as conn:
        ids = sealed_files.sealed_ids(conn, units, actor.id, MOST)
        return len(sealed_files.unseen(conn, ids, MOST_UNSEEN))


def is_named(masar: Masar, actor: Actor) -> bool:
    """Whether the actor may ask to read some sealed file."""
    with masar.db.read() as conn:
        return bool(sealed_files.sealed_ids(conn, (), actor.id, 1))


def _people(known: list[tuple[CaseFile, Facts]], unseen: Any) -> set[int]:
    found = {row.account_id for row in unseen}
    for case, facts in known:
        found.update(int(one) for one in split(case.readers or ""))
        found.update(facts.sealing.get("readers", ()))
        found.add(facts.sealing.get("by", 0))
    return found


def _row(
    masar: Masar, conn: Connection, actor: Actor, case: CaseFile, facts: Facts, unseen: list[Any], names: Names
) -> SealedRow:
    relation = facts_of_case(case, facts)
    keeps, decides = may(actor, "keep_seal", relation), may(actor, "decide_seal", relation)
    asks = str(actor.id) in split(case.readers or "")
    named = [int(one) for one in split(case.readers or "")]
    return SealedRow(
        id=str(case.id), number=case.number, kind=case.kind, unit=names.unit(case.unit_id),
        readers=tuple(_name(names, one) for one in named) if keeps or decides else (),
        proposed=_proposed(actor, facts, names) if keeps or decides else None,
        openings=tuple(_opening(masar, conn, actor, row, names) for row in unseen) if keeps else (),
        may_keep=keeps and not facts.sealing, may_prove=may(actor, "prove", relation), may_ask=asks,
        open_now=asks and sealed_files.is_open_to(conn, case.id, actor.id, masar.clock()),
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
    reason = str(document_of(found[0].payload).get("reason", "")) if found else ""
    return Opening(row.id, _name(names, row.account_id), row.opened_at, reason, row.account_id == actor.id)


def _name(names: Names, account_id: int) -> Text:
    return names.account(account_id) or Text("—", "—")
