"""The one path that every mover of a case walks: form, timer, message, result of a call, correction, migration.

load the case → its definitions → the pure move → events, projections, state → one commit.
Thinking happens in a read transaction that is ended before writing begins; a case that changed meanwhile is moved
again from where it stands now, silently.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from engine import bpmn
from engine.access import MANAGERS
from engine.actor import SYSTEM, Actor
from engine.agreement import marks_of
from engine.bpmn.migrating import migrate, plan_of
from engine.commands.directory import Directory
from engine.commands.freshness import demand_same_rights
from engine.commands.standing import Standing, Verb
from engine.commands.wanted import recipients_of_withdrawal, wanted_of
from engine.errors import MasarError, NotFound
from engine.facts import Facts, load_facts, logins_in
from engine.history import event_payload, move_payload
from engine.masar import Masar
from engine.powers import CONCERNS
from engine.store import cases, events, people, projection, provider_records
from engine.store.cases import CaseFile
from engine.store.events import NewEvent
from engine.store.work_items import joined, split
from engine.subject import name_of, names_of, numbers_of
from engine.text import Text

Choose = Callable[[Connection, Standing], Verb]
RISK_LEVELS = ("immediate", "high", "medium", "low", "none")


@dataclass(frozen=True)
class Moved:
    """What a command did: the case as saved and what the move produced."""

    case: CaseFile
    outcome: bpmn.Outcome


@dataclass(frozen=True)
class Prepared:
    """A move that was thought through and waits to be written."""

    standing: Standing
    verb: Verb
    outcome: bpmn.Outcome
    after: CaseFile
    facts: Facts
    wanted: list[projection.OpenThing]
    payload: bytes
    person: Mapping[str, Any] | None = field(default=None)


def move_case(masar: Masar, actor: Actor, case_id: int, choose: Choose) -> Moved:
    """Moves a case by the verb that `choose` picks once it has seen how the case stands.

    Raises NotFound, NotOpen, Conflict, and whatever `choose` raises; then nothing was written.
    """
    now, chosen = masar.clock(), list[Verb]()

    def prepare(conn: Connection) -> Prepared:
        standing = standing_of(masar, conn, case_id)
        chosen[:] = [choose(conn, standing)]
        return think(masar, conn, actor, standing, chosen[0], now)

    try:
        return masar.db.prepare_and_run(prepare, lambda conn, prepared: write(masar, conn, actor, prepared, now))
    except bpmn.Runaway as problem:
        _tell_of(masar, case_id, chosen[0], problem.text)
        raise


def _tell_of(masar: Masar, case_id: int, verb: Verb, why: Text) -> None:
    """A work item or message after which the case would not come to rest: nothing of it was kept, but the case shows
    it, once, to whoever can have the diagram mended. Of timers and calls the worker tells itself."""
    match verb.command:
        case bpmn.commands.Complete(item=at):
            pass
        case bpmn.commands.Fire(wait=at) if verb.kind == "message_received":
            pass
        case _:
            return
    told = {name: verb.particulars[name] for name in ("process", "element") if name in verb.particulars}
    stumble = Verb("move_stopped", bpmn.commands.Stumble(at, why.ar, why.en), told)
    with suppress(MasarError):  # told before, gone meanwhile, or a busy database: whoever sent it is told anyway
        move_case(masar, SYSTEM, case_id, lambda _conn, _standing: stumble)


def standing_of(masar: Masar, conn: Connection, case_id: int) -> Standing:
    """A case as it stands, with its definitions; raises NotFound."""
    case = cases.load(conn, masar.vault, case_id)
    if case is None:
        raise NotFound
    definitions = masar.library.of(conn, case.bundle_id)
    return Standing(case, load_facts(case.facts), definitions, projection.stored(conn, case_id))


def think(
    masar: Masar, conn: Connection, actor: Actor, standing: Standing, verb: Verb, now: datetime
) -> Prepared:
    """The pure move and everything that follows from it, without writing."""
    case = standing.case
    outcome, standing = _moved(standing, verb, now)
    directory = Directory(conn, standing.facts)
    facts = standing.facts.anew() if isinstance(verb.command, bpmn.commands.Reopen) else standing.facts
    particulars = dict(verb.particulars)
    if verb.performed:
        particulars["previous"] = facts.answered.get(verb.performed)
        facts = replace(facts, answered={**facts.answered, verb.performed: case.head.seq + 1})
        facts = facts.performed(verb.performed, actor.id)
    opened = [item for item in outcome.items if standing.row_of(item) is None]
    facts = facts.went_through([(e.process, e.element) for e in outcome.log if e.kind in ("completed", "fired")])
    facts = facts.reached([stage for item in opened if (stage := standing.stage_of(item.process))])
    after = _file_after(case, standing, outcome, opened, directory, now)
    wanted = wanted_of(masar.vault, standing, after, facts, outcome, directory, now)
    person = _new_subject(standing, outcome)
    facts = replace(
        facts, accounts=directory.accounts, units=directory.units,
        person=name_of(person) if person else facts.person, unit=str(outcome.variables.get("unit") or facts.unit),
    )
    particulars |= _moved_dues(standing, outcome)
    payload = move_payload(verb.command, outcome, marks_of(case), marks_of(after), opened, particulars)
    return Prepared(standing, verb, outcome, after, facts, wanted, payload, person)


def _moved(standing: Standing, verb: Verb, now: datetime) -> tuple[bpmn.Outcome, Standing]:
    """What the case becomes, and how it stands for what follows: under other definitions where it is moved to them."""
    case, definitions, command = standing.case, standing.definitions, verb.command
    if verb.onto is None or not isinstance(command, bpmn.commands.Migrate):
        return bpmn.move(definitions.bpmn, case.state or None, command, now), standing
    outcome = migrate(definitions.bpmn, verb.onto.bpmn, case.state, command, now)
    facts = standing.facts.migrated(plan_of(command.plan), case.head.seq + 1, definitions.id)
    return outcome, replace(standing, facts=facts, definitions=verb.onto)


def write(
    masar: Masar, conn: Connection, actor: Actor, prepared: Prepared, now: datetime, opens: bool = False
) -> Moved:
    """Writes a prepared move, `opens` being the first of a case; raises StaleVersion where somebody was faster."""
    case, verb = prepared.standing.case, prepared.verb
    demand_same_rights(conn, actor, now, verb.on_behalf_of)
    fact = NewEvent(verb.kind, actor.id, verb.happened_at or now, prepared.payload, verb.on_behalf_of)
    facts = [fact, *_given_back(prepared, now)]
    head = events.append(conn, masar.vault, case.id, case.head, facts, now)
    after = replace(prepared.after, head=head, state=prepared.outcome.state, facts=prepared.facts.dump())
    if opens:
        cases.add(conn, masar.vault, after)
    saved = after if opens else cases.save(conn, masar.vault, case, after)
    if untold := recipients_of_withdrawal(prepared.wanted):
        provider_records.take_away(conn, case.id, untold)
    verb.writes(conn)
    closing = projection.Closing(now, verb.closes, actor.id, verb.token)
    projection.reconcile(conn, masar.vault, prepared.standing.stored, prepared.wanted, closing)
    if prepared.person is not None:
        people.index_person(conn, masar.vault, case.id, names_of(prepared.person), numbers_of(prepared.person))
    return Moved(saved, prepared.outcome)


def _given_back(prepared: Prepared, now: datetime) -> list[NewEvent]:
    """Who had a work item and is barred from it by what the move brought: it goes back to its group, on record."""
    lost = projection.barred_holders(prepared.standing.stored, prepared.wanted)
    return [
        NewEvent("work_given_back", SYSTEM.id, now, event_payload(
            item=item.id, process=item.process, element=item.element, **{"from": account_id}))
        for item, account_id in lost
    ]


def _file_after(
    case: CaseFile, standing: Standing, outcome: bpmn.Outcome, opened: list[bpmn.WorkItem],
    directory: Directory, now: datetime,
) -> CaseFile:
    """The plain columns after the move. Diagrams set them only through the closed list of case variables, and only
    to what these may be: no words of a form, and no manager who may not manage in the case's unit, get there."""
    variables = outcome.variables
    unit_id, unit_path = directory.unit(variables.get("unit"), standing.facts.unit, (case.unit_id, case.unit_path))
    login, manager_id = variables.get("case_manager"), case.manager_id
    if isinstance(login, str) and login and (manager_id is None or directory.known(login) != manager_id):
        named = directory.account(login)
        place = directory.place_within(named, MANAGERS, (unit_id, unit_path)) if named is not None else None
        if place is not None:  # the case belongs to the unit of its manager from now on
            manager_id, (unit_id, unit_path) = named, place
    stages = [stage for item in opened if (stage := standing.stage_of(item.process))]
    return replace(
        case,
        stage=stages[-1] if stages else case.stage,
        risk=variables["risk_level"] if variables.get("risk_level") in RISK_LEVELS else case.risk,
        manager_id=manager_id,
        unit_id=unit_id, unit_path=unit_path,
        bundle_id=standing.definitions.id, about=_concerned(case, directory, variables),
        status="closed" if _is_closed(outcome) else "incident" if outcome.incidents else "open",
        closed_at=(case.closed_at or now) if outcome.closed else None,
    )


def _concerned(case: CaseFile, directory: Directory, variables: Mapping[str, Any]) -> str | None:
    """To whom a complaint does not exist: once somebody is named, for good. Diagrams can only shut it further."""
    if case.kind != "complaint":
        return case.about
    known = {int(one) for one in split(case.about or "")}
    found = {directory.account(login) for login in logins_in(variables.get(CONCERNS))} - {None}
    together = sorted({*known, *(one for one in found if one)})
    return joined(tuple(together)) if together else None


def _is_closed(outcome: bpmn.Outcome) -> bool:
    """Closed is a case that has ended, and one for which only checks after the closure are made, unless these stop."""
    return outcome.finished or (outcome.closed and not outcome.incidents)


def _moved_dues(standing: Standing, outcome: bpmn.Outcome) -> dict[str, Any]:
    """Due dates of open work that this move changed: element, before, after."""
    moved = []
    for item in outcome.items:
        row = standing.row_of(item)
        if row is not None and row.due_at != item.due:
            moved.append([item.process, item.element, row.due_at, item.due])
    return {"dues": moved} if moved else {}


def _new_subject(standing: Standing, outcome: bpmn.Outcome) -> Mapping[str, Any] | None:
    """Whom the case is about, where the move made that known or changed it."""
    person = outcome.variables.get("person")
    if not isinstance(person, Mapping) or not name_of(person):
        return None
    return person if name_of(person) != standing.facts.person else None
