"""Deciding on proposals: the second person approves or refuses; whoever proposed may withdraw. Nobody decides on what
they wrote or proposed themselves."""

from sqlalchemy import Connection

from engine.actor import Actor
from engine.commands.publishing import Released
from engine.commands.releasing import MOVED, Release, check_release, demand, log, put_in_force, said
from engine.errors import Conflict, NotAllowed, NotFound
from engine.masar import Masar
from engine.queries.in_force import newest_bundle, newest_versions, sources_in_force
from engine.store import proposals
from engine.store.metadata import AnyRow
from engine.store.proposals import WAITING, Item
from engine.text import Text

REASON = Text("اكتب السبب.", "Write the reason.")
DECIDED = Text("سبق أن بُتّ في هذا الاقتراح.", "This proposal was decided already.")
OWN = Text(
    "من كتب أو اقترح لا يوافق على عمله: يبتّ فيه محلل آخر.",
    "Whoever wrote or proposed it does not decide on it: another analyst does.",
)


def is_own(actor: Actor, proposed_by: int, items: list[Item]) -> bool:
    """Whether the actor proposed it or wrote on any file of it."""
    return actor.id == proposed_by or any(actor.id in item.authors for item in items)


def approve(masar: Masar, actor: Actor, proposal_id: int) -> Released:
    """Puts a proposal in force, as its second person. It is checked again, among what is in force now. Raises
    NotAllowed for whoever wrote or proposed it, Refused, Conflict, NotFound."""
    demand(actor, "decide_proposals")
    with masar.db.read() as conn:
        row, items = _waiting(conn, proposal_id)
        _demand_other(actor, row, items)
        newest = newest_versions(conn)
        release = Release(tuple(items), newest_bundle(conn), tuple(sources_in_force(conn)))
    for item in items:
        found = newest.get((item.kind, item.key))
        if (found.version if found else 0) != item.base_version:
            raise Conflict(MOVED)
    check_release(masar, release)
    now = masar.clock()

    def work(conn: Connection) -> int:
        if not proposals.decide(conn, proposal_id, "published", actor.id, "", now):
            raise Conflict(DECIDED)
        for item in items:
            log(conn, masar, "approved", item, actor.id, now, "")
        return put_in_force(conn, masar, release, row.proposed_by, row.note, now, actor.id)

    return Released(masar.db.run(work), None)


def refuse(masar: Masar, actor: Actor, proposal_id: int, reason: str) -> None:
    """Sends a proposal back with the reason; the drafts stay. Raises Invalid, NotAllowed, Conflict, NotFound."""
    demand(actor, "decide_proposals")
    _close(masar, actor, proposal_id, "refused", said(reason, "reason", REASON))


def withdraw(masar: Masar, actor: Actor, proposal_id: int) -> None:
    """Takes one's own proposal back. Raises NotAllowed, Conflict, NotFound."""
    demand(actor, "edit_definitions")
    _close(masar, actor, proposal_id, "withdrawn", "")


def _close(masar: Masar, actor: Actor, proposal_id: int, state: str, reason: str) -> None:
    now = masar.clock()

    def work(conn: Connection) -> None:
        row, items = _waiting(conn, proposal_id)
        if state == "withdrawn":
            if row.proposed_by != actor.id:
                raise NotAllowed
        else:
            _demand_other(actor, row, items)
        if not proposals.decide(conn, proposal_id, state, actor.id, reason, now):
            raise Conflict(DECIDED)
        for item in items:
            log(conn, masar, state, item, actor.id, now, reason)

    masar.db.run(work)


def _waiting(conn: Connection, proposal_id: int) -> tuple[AnyRow, list[Item]]:
    row = proposals.get(conn, proposal_id)
    if row is None:
        raise NotFound
    if row.state != WAITING:
        raise Conflict(DECIDED)
    return row, proposals.items_of(conn, proposal_id)


def _demand_other(actor: Actor, row: AnyRow, items: list[Item]) -> None:
    if is_own(actor, row.proposed_by, items):
        raise NotAllowed(OWN)
