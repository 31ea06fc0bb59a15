"""Whether somebody may become the manager of a case as it stands, asked in the transaction that would make them so."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from engine.access import DUTY, MANAGERS
from engine.actor import Actor
from engine.bpmn import visible
from engine.commands.standing import Standing
from engine.masar import Masar
from engine.queries.fitness import About, Candidate, Fitness, about_case, conflicts_in, fitness_of
from engine.store.cases import CaseFile
from engine.text import Text


def candidate(person: Actor) -> Candidate:
    """Somebody as the manager of a case."""
    on_duty = {m.role for m in person.memberships if m.role in MANAGERS} == {DUTY}
    return Candidate(person.id, (person.name.ar, person.name.en), on_duty)


def fitness_to_manage(masar: Masar, conn: Connection, standing: Standing, person: Actor, now: datetime) -> Fitness:
    """Whether somebody may manage a case as it stands (D16)."""
    about = _about(masar, conn, standing.case)
    return fitness_of(masar, conn, standing.definitions, [candidate(person)], about, now)[person.id]


def in_conflict_with(masar: Masar, conn: Connection, case: CaseFile, people: Iterable[Actor]) -> dict[int, Text]:
    """Who of some people must do no work on a case, whoever manages it, and why. Which work is closed to who reported,
    the diagrams say (`not_done_by`)."""
    about = replace(_about(masar, conn, case), reporters=frozenset())
    return conflicts_in(masar, conn, [candidate(one) for one in people], about)


def _about(masar: Masar, conn: Connection, case: CaseFile) -> About:
    return about_case(masar, conn, case, visible(case.state, 0) if case.state else {})
