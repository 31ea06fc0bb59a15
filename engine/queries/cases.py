"""Cases: the page of one, its timeline and diagrams, and finding them."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from engine.access import OWN_CASES_ONLY, AccessFacts, kinds_listed, may, visible_sensitivity
from engine.actor import Actor
from engine.commands.work import as_key
from engine.definitions import Definitions
from engine.errors import NotAllowed, NotFound
from engine.facts import Facts, load_facts
from engine.masar import Masar
from engine.queries.known import known_of_case
from engine.queries.naming import Names, element_name
from engine.queries.relations import facts_of_case, facts_of_offer
from engine.queries.rows import CasePage, CaseSummary, Offer, Page, TimelineEntry
from engine.queries.standing import awaited_of, diagrams_of, incidents_of
from engine.queries.summaries import stage_marks, summary_of, work_row
from engine.queries.timeline import entries_of
from engine.store import cases, messages, people, reads, sealed_files, work_items
from engine.store.cases import CaseFile
from engine.store.reach import within_reach

ENTRIES = 20
FOUND = 25
MOST_JUDGED = 500


def case_page(masar: Masar, actor: Actor, case_id: str, action: str = "see_case") -> CasePage:
    """The page of a case (or, for `see_report`, of a report). Raises NotFound for what the actor may not see."""
    key = as_key(case_id)
    with masar.db.read() as conn:
        case, facts, relation, open_items = seen_case(masar, conn, actor, key, action)
        definitions, classes = masar.library.of(conn, case.bundle_id), visible_sensitivity(actor, relation)
        names = Names(conn, [case.manager_id, *(i.assignee_id for i in open_items)], [case.unit_id])
        work = tuple(
            work_row(masar, actor, definitions, item, case, facts.person, names, False, case.state)
            for item in (open_items if classes else ())  # who only made the report learns nothing of the work on it
        )
        timeline: Page[TimelineEntry] = Page((), None)
        if may(actor, "see_timeline", relation):
            timeline = Page(*entries_of(masar, conn, case, definitions, classes, None, ENTRIES))
        page = CasePage(
            case=summary_of(case, facts.person, names, "identity" in classes),
            stages=stage_marks(definitions, case, facts.stages), work=work,
            offers=_offers(conn, actor, case, definitions), timeline=timeline,
            diagrams=diagrams_of(definitions, case, facts) if classes else (),
            incidents=incidents_of(masar, conn, actor, case, relation, classes),
            awaited=awaited_of(conn, case, definitions, masar.clock()) if classes else (),
            known=known_of_case(masar, conn, actor, definitions, case, classes),
        )
    note_reading(masar, actor, key, "case", classes)
    return page


def timeline_of(
    masar: Masar, actor: Actor, case_id: str, before: int | None, limit: int = ENTRIES
) -> Page[TimelineEntry]:
    """Older entries of a case's timeline. Raises NotFound."""
    with masar.db.read() as conn:
        case, _facts, relation, _items = seen_case(masar, conn, actor, as_key(case_id), "see_timeline")
        classes = visible_sensitivity(actor, relation)
        definitions = masar.library.of(conn, case.bundle_id)
        page = Page(*entries_of(masar, conn, case, definitions, classes, before, limit))
    note_reading(masar, actor, case.id, "timeline", classes)
    return page


def diagram_of(masar: Masar, actor: Actor, case_id: str, process: str) -> bytes:
    """A diagram in the version that the case runs on. Raises NotFound."""
    with masar.db.read() as conn:
        case, _facts, _relation, _items = seen_case(masar, conn, actor, as_key(case_id), "see_timeline")
        definitions = masar.library.of(conn, case.bundle_id)
    if process not in definitions.diagrams:
        raise NotFound
    return definitions.diagrams[process]


def names_a_sealed_file(masar: Masar, actor: Actor, text: str) -> bool:
    """Whether a name or identity number is borne in a sealed file within the actor's reach: nothing is said of it but
    that the data protection officer is to be asked. Raises NotAllowed."""
    if not may(actor, "find_cases"):
        raise NotAllowed
    with masar.db.read() as conn:
        ids, _, by_person = _candidates(masar, conn, actor, text.strip()[:200], None)
        return by_person and sealed_files.are_sealed(conn, ids)


def find_cases(masar: Masar, actor: Actor, text: str, after: str | None = None) -> Page[CaseSummary]:
    """Cases by number, by name or by identity number, as far as the actor may see them; without a text, the actor's
    newest. Raises NotAllowed."""
    if not may(actor, "find_cases"):
        raise NotAllowed
    with masar.db.read() as conn:
        ids, cursor, by_person = _candidates(masar, conn, actor, text.strip()[:200], after)
        rows = _shown(masar, conn, actor, ids, by_person)
        names = Names(conn, [c.manager_id for c, _, _ in rows], [c.unit_id for c, _, _ in rows])
    summaries = tuple(
        summary_of(case, facts.person, names, "identity" in visible_sensitivity(actor, relation))
        for case, facts, relation in rows
    )
    return Page(summaries, cursor)


def seen_case(
    masar: Masar, conn: Connection, actor: Actor, case_id: int, action: str
) -> tuple[CaseFile, Facts, AccessFacts, list[Any]]:
    """A case that the actor may see, with the facts that decided it and its open work; raises NotFound."""
    case = cases.load(conn, masar.vault, case_id)
    if case is None:
        raise NotFound
    open_items = list(work_items.open_of_case(conn, case_id))
    facts = load_facts(case.facts)
    relation = facts_of_case(case, facts, open_items, actor)
    if relation.sealed and sealed_files.is_open_to(conn, case_id, actor.id, masar.clock()):
        relation = replace(relation, access_list=frozenset({actor.id}))
    if not may(actor, action, relation):
        raise NotFound
    return case, facts, relation, open_items


def note_reading(masar: Masar, actor: Actor, case_id: int, section: str, classes: frozenset[str]) -> None:
    """Who opened protected content stands in a chain of its own."""
    if "protected" in classes:
        now = masar.clock()
        masar.db.run(lambda conn: reads.record(conn, masar.vault, case_id, actor.id, section, now))


def _candidates(
    masar: Masar, conn: Connection, actor: Actor, text: str, after: str | None
) -> tuple[list[int], str | None, bool]:
    """The cases to judge, the cursor of the next page, and whether the text names a person."""
    units = {m.unit_id for m in actor.memberships}
    if not text:
        before = as_key(after) if after else None
        newest = cases.newest_ids(conn, units, actor.id, before, FOUND + 1, kinds_listed(actor))
        return newest[:FOUND], str(newest[FOUND - 1]) if len(newest) > FOUND else None, False
    by_number = cases.by_number(conn, text.upper())
    if by_number:
        return [by_number], None, False
    whole = {m.unit_id for m in actor.memberships if m.role not in OWN_CASES_ONLY}
    borne = people.find_people(conn, masar.vault, text, people.MOST_SHARED)
    return within_reach(conn, borne, whole, {actor.id, *actor.stands_in_for}, units)[:MOST_JUDGED], None, True


def _shown(
    masar: Masar, conn: Connection, actor: Actor, ids: list[int], by_person: bool
) -> list[tuple[CaseFile, Facts, AccessFacts]]:
    """The first of these cases that the actor may see. Found by a person's name or number is only what tells the
    actor who its person is: a case behind a mask must not answer to a name."""
    rows: list[tuple[CaseFile, Facts, AccessFacts]] = []
    for at in range(0, len(ids), FOUND):
        for case in cases.load_many(conn, masar.vault, ids[at : at + FOUND]):
            facts = load_facts(case.facts)
            relation = facts_of_case(case, facts, work_items.open_of_case(conn, case.id), actor)
            action = "see_identity" if by_person else f"see_{case.kind}"
            if may(actor, action, relation):
                rows.append((case, facts, relation))
        if len(rows) >= FOUND:
            break
    return rows[:FOUND]


def _offers(conn: Connection, actor: Actor, case: CaseFile, definitions: Definitions) -> tuple[Offer, ...]:
    return tuple(
        Offer(str(wait.id), element_name(definitions, wait.process, wait.element))
        for wait in messages.offered_to(conn, case.id)
        if may(actor, "answer_offer", facts_of_offer(wait, case))
    )
