"""The head of a case, and the rows of open work, as the actor may see them."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from engine import feel
from engine.access import SHUT, may, visible_sensitivity
from engine.actor import Actor
from engine.bpmn import live_elements, visible
from engine.commands.standing import token_of
from engine.definitions import Definitions
from engine.facts import load_facts
from engine.masar import Masar
from engine.queries.naming import Names, element_name, listed_words
from engine.queries.relations import facts_of_item
from engine.queries.rows import CaseSummary, StageMark, Timeliness, WorkRow
from engine.store import cases
from engine.store.cases import CaseFile, open_facts
from engine.store.work_items import split
from engine.text import Text

HIDDEN = Text("مخفي", "Hidden")
SOON = timedelta(hours=24)
LONGEST_ABOUT = 160  # characters


def summary_of(case: CaseFile, person: str | None, names: Names, identity: bool) -> CaseSummary:
    """The head of a case; the person's name only where the actor may see identities."""
    return CaseSummary(
        id=str(case.id), number=case.number, kind=case.kind,
        person=None if person is None else person if identity else HIDDEN.ar,
        stage=case.stage, status=case.status, risk=case.risk, unit=names.unit(case.unit_id),
        manager=names.account(case.manager_id), opened_at=case.opened_at, closed_at=case.closed_at,
        masked=person is not None and not identity,
    )


def work_row(
    masar: Masar, actor: Actor, definitions: Definitions, item: Any, case: CaseFile, person: str | None,
    names: Names, has_draft: bool, state: bytes = b"",
) -> WorkRow:
    """One line of a worklist for this actor; with the case's `state` it also says what the work is about."""
    facts = facts_of_item(item, case)
    classes = visible_sensitivity(actor, facts)
    identity = "identity" in classes
    mine = item.assignee_id == actor.id
    return WorkRow(
        id=str(item.id), name=element_name(definitions, item.process, item.element),
        case=summary_of(case, person, names, identity), opened_at=item.since, due_at=item.due_at,
        timeliness=timeliness_of(item.since, item.due_at, masar.clock(), item.follow_up_at),
        assignee=names.account(item.assignee_id), mine=mine,
        may_claim=not mine and may(actor, "claim", facts), may_release=mine and may(actor, "release", facts),
        has_draft=has_draft, may_open=may(actor, "see_work", facts), may_reassign=may(actor, "reassign", facts),
        groups=tuple(listed_words(definitions, "roles", group) for group in split(item.groups)),
        about=_about(masar, definitions, item, state) if "protected" in classes else "",
    )


def _under_way(definitions: Definitions, case: CaseFile) -> frozenset[str]:
    """The stages whose processes run now, and the one that the case is said to be in; none once it is closed."""
    if case.status == "closed":
        return frozenset()
    running = {process for process, _ in live_elements(definitions.bpmn, case.state)} if case.state else set()
    known = (definitions.bpmn.processes[process].properties.get("stage", "") for process in running)
    return frozenset({case.stage, *known})


def says_what_about(definitions: Definitions, item: Any) -> bool:
    """Whether its diagram tells a work item from others of its name (the property `about`, in FEEL)."""
    return bool(_about_of(definitions, item))


def states_that_say_about(
    masar: Masar, conn: Connection, rows: Iterable[Any], known: Mapping[int, Definitions]
) -> dict[int, bytes]:
    """By case, the states from which work items of one name are told apart; `known` are the definitions by bundle."""
    alike = sorted({row.case_id for row in rows if says_what_about(known[row.case_bundle_id], row)})
    return {case.id: case.state for case in cases.load_many(conn, masar.vault, alike)}


def _about_of(definitions: Definitions, item: Any) -> str:
    process = definitions.bpmn.processes.get(item.process)
    element = process.elements.get(item.element) if process else None
    return element.properties.get("about", "").removeprefix("=") if element else ""


def _about(masar: Masar, definitions: Definitions, item: Any, state: bytes) -> str:
    expression = _about_of(definitions, item)
    if not expression or not state:
        return ""
    try:
        found = feel.compile(expression)(visible(state, token_of(item.id)), definitions.env(masar.clock()))
    except feel.FeelError:
        return ""
    return found[:LONGEST_ABOUT] if isinstance(found, str) else ""


def timeliness_of(
    since: datetime, due: datetime | None, now: datetime, remind: datetime | None = None
) -> Timeliness:
    """Late, nearly late (three quarters gone, within a day, or past the moment of its reminder), or in time."""
    if due is None:
        return "none"
    if due < now:
        return "overdue"
    reminded = remind is not None and since < remind <= now
    nearly = reminded or now - since >= (due - since) * 0.75 or due - now <= min(SOON, (due - since) / 2)
    return "soon" if nearly else "in_time"


def case_of_row(row: Any) -> CaseFile:
    """The plain part of the case beside a row of the worklist."""
    return CaseFile(
        id=row.case_id, number=row.case_number, kind=row.case_kind, process=row.case_process,
        bundle_id=row.case_bundle_id, unit_id=row.case_unit_id, unit_path=row.case_unit_path,
        opened_at=row.case_opened_at, stage=row.case_stage, status=row.case_status, risk=row.case_risk,
        manager_id=row.case_manager_id, closed_at=row.case_closed_at, readers=row.case_readers,
        about=row.case_about,
    )


def person_of(masar: Masar, case_id: int, sealed: bytes) -> str | None:
    """The name for lists, from the sealed facts of a row."""
    return load_facts(open_facts(masar.vault, case_id, sealed)).person


def stage_marks(definitions: Definitions, case: CaseFile, stages: tuple[str, ...]) -> tuple[StageMark, ...]:
    """The eight stages and where the case stands in them; several may be under way side by side."""
    if case.kind in SHUT:
        return ()  # no part of the path of a case
    marks, under_way = [], _under_way(definitions, case)
    for option in definitions.lists.get("stages", ()):
        current = option.value in under_way
        done = option.value in stages or (case.kind == "case" and option.value == "reporting")
        marks.append(StageMark(option.value, option.label, "current" if current else "done" if done else "ahead"))
    return tuple(marks)
