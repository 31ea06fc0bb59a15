"""A supervisor gives work away: many work items at once, and whole cases. Every case is a transaction of its own, so
that what cannot go is named and left where it is, and the rest is done."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from engine.access import MANAGERS, AccessFacts, may
from engine.actor import Actor
from engine.bpmn import commands
from engine.commands.managing import fitness_to_manage
from engine.commands.moving import move_case
from engine.commands.standing import Standing, Verb
from engine.commands.work import as_key, reassign_work
from engine.errors import Conflict, Invalid, MasarError, NotAllowed, NotFound
from engine.masar import Masar
from engine.queries.accounts import actor_named
from engine.queries.fitness import WITH_APPROVAL, Fitness
from engine.queries.relations import demand, facts_of_case
from engine.store import work_items
from engine.store.units import unit
from engine.text import Text

MOST_AT_ONCE = 100
LONGEST_REASON = 1000

_NOTHING = Text("اختر ما تريد إعادة إسناده.", "Choose what is to be reassigned.")
_TOO_MANY = Text("مئة على الأكثر في كل مرة.", "At most a hundred at a time.")
_NO_REASON = Text("اكتب سبب إعادة الإسناد.", "Say why the work is reassigned.")
_NOBODY = Text("اختر من يتولى العمل.", "Choose who is to have the work.")
_HAS_IT = Text("هي عنده أصلاً.", "This person has it already.")
_HAS_CASE = Text("هو مدير الحالة أصلاً.", "This person manages the case already.")
_CLOSED = Text("الحالة مغلقة.", "The case is closed.")
_NO_MANAGER = Text(
    "ليس للحالة مدير بعد؛ يُسمّى في مسارها المعتاد.", "The case has no manager yet; one is named on its usual path."
)
_CANNOT_MANAGE = Text(
    "لا يمكن أن يكون هذا الحساب مديراً لهذه الحالة.", "This account cannot be the manager of this case."
)


@dataclass(frozen=True)
class Left:
    """What stayed where it was, by its id, and why."""

    id: str
    why: Text


@dataclass(frozen=True)
class Reassigned:
    """What a reassignment of many did."""

    moved: tuple[str, ...]
    left: tuple[Left, ...]


def reassign_many(masar: Masar, actor: Actor, item_ids: Sequence[str], to_login: str, reason: str) -> Reassigned:
    """Gives work items to one person with one reason, recorded in each case. Raises Invalid (item, to, reason) before
    anything is done."""
    receiver = _checked(masar, actor, item_ids, to_login, reason)

    def give(item_id: str) -> None:
        with masar.db.read() as conn:
            item = work_items.get(conn, as_key(item_id))
        if item is not None and item.status == "open" and item.assignee_id == receiver.id:
            raise Conflict(_HAS_IT)
        reassign_work(masar, actor, item_id, to_login, reason)

    return _each(item_ids, give)


def reassign_cases(
    masar: Masar, actor: Actor, case_ids: Sequence[str], to_login: str, reason: str, over_limit: bool = False
) -> Reassigned:
    """Gives whole cases to another manager with one reason. Raises Invalid (item, to, reason) before anything is
    done."""
    _checked(masar, actor, case_ids, to_login, reason)
    return _each(case_ids, lambda case_id: reassign_case(masar, actor, case_id, to_login, reason, over_limit))


def reassign_case(
    masar: Masar, actor: Actor, case_id: str, to_login: str, reason: str, over_limit: bool = False
) -> None:
    """Makes somebody else the manager of a case, at once: open work that the diagram gives to the manager follows, and
    the case moves to the unit where the new manager works. Above the limit of D16 only where the supervisor says so
    (`over_limit`), which is recorded. Raises Invalid, Conflict, NotAllowed, NotFound."""
    now, reason = masar.clock(), reason.strip()[:LONGEST_REASON]
    if not reason:
        raise Invalid(_NO_REASON, {"reason": _NO_REASON})

    def choose(conn: Connection, standing: Standing) -> Verb:
        case = standing.case
        facts = facts_of_case(case, standing.facts)
        demand(actor, "reassign_case", facts)
        receiver = actor_named(conn, to_login)
        if case.status == "closed" or case.manager_id is None:
            raise Conflict(_CLOSED if case.status == "closed" else _NO_MANAGER)
        if receiver is not None and receiver.id == case.manager_id:
            raise Conflict(_HAS_CASE)
        place = _place_of(conn, actor, receiver, facts) if receiver else None
        if receiver is None or place is None or case.kind != "case":
            raise Invalid(_CANNOT_MANAGE, {"to": _CANNOT_MANAGE})
        amended = {"case_manager": receiver.login, **place}
        fit = fitness_to_manage(masar, conn, standing, receiver, now)
        if fit.barred or (fit.assign == WITH_APPROVAL and not over_limit):
            raise _unfit(receiver, fit)
        approved = {"over_limit": True} if fit.assign == WITH_APPROVAL else {}
        particulars = {"from": case.manager_id, "to": receiver.id, "reason": reason, **approved}
        return Verb("case_reassigned", commands.Amend(amended, copies=True), particulars)

    move_case(masar, actor, as_key(case_id), choose)


def _unfit(receiver: Actor, fit: Fitness) -> Invalid:
    name, why = receiver.name, fit.why or _CANNOT_MANAGE
    told = Text(f"{name.ar}: {why.ar}.", f"{name.in_('en')}: {why.in_('en')}.")
    return Invalid(told, {"to" if fit.barred else "over_limit": told})


def _place_of(conn: Connection, actor: Actor, receiver: Actor, facts: AccessFacts) -> Mapping[str, str] | None:
    """What else must be set so that the receiver manages the case in a unit of theirs: nothing where they work in its
    unit, above it or below; else their unit, where the actor may reassign there too. None where it cannot be."""
    if may(receiver, "receive_case", facts):
        return {}
    held = [m for m in receiver.memberships if m.role in MANAGERS]
    if receiver.id in facts.about or facts.sealed:
        return None
    if any(m.unit_path.startswith(facts.unit_path) for m in held):
        return {}
    for m in held:
        there = AccessFacts(kind="case", unit_path=m.unit_path, manager_id=facts.manager_id)
        if may(actor, "reassign_case", there):
            code = conn.scalar(select(unit.c.code).where(unit.c.id == m.unit_id))
            return {"unit": str(code)}
    return None


def _checked(masar: Masar, actor: Actor, ids: Sequence[str], to_login: str, reason: str) -> Actor:
    """The receiver; raises Invalid naming what is missing, NotAllowed."""
    if not may(actor, "see_team"):
        raise NotAllowed
    wrong: dict[str, Text] = {}
    if not ids or len(set(ids)) > MOST_AT_ONCE:
        wrong["item"] = _TOO_MANY if ids else _NOTHING
    if not reason.strip():
        wrong["reason"] = _NO_REASON
    with masar.db.read() as conn:
        receiver = actor_named(conn, to_login) if to_login else None
    if receiver is None:
        wrong["to"] = _NOBODY
    if wrong or receiver is None:
        raise Invalid(next(iter(wrong.values())), wrong)
    return receiver


def _each(ids: Sequence[str], give: Callable[[str], object]) -> Reassigned:
    moved, left = list[str](), list[Left]()
    for one in dict.fromkeys(ids):
        try:
            give(one)
            moved.append(one)
        except (Conflict, Invalid, NotAllowed, NotFound) as problem:
            left.append(Left(one, _why(problem)))
    return Reassigned(tuple(moved), tuple(left))


def _why(problem: MasarError) -> Text:
    fields = getattr(problem, "fields", None)
    return next(iter(fields.values())) if fields else problem.text
