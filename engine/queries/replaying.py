"""One step of a case for an auditor: the event, and the case as it stood after it on the diagram that was in force."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, select

from engine import bpmn
from engine.access import visible_sensitivity
from engine.actor import Actor
from engine.bindings import Bindings
from engine.bpmn import commands, scopes_of, tokens_of, visible
from engine.commands.work import as_key
from engine.definitions import Definitions
from engine.errors import NotFound
from engine.facts import Facts, load_facts
from engine.forms import Part, as_filled
from engine.history import command_from
from engine.masar import Masar
from engine.moments import Replayed, moment_of
from engine.queries.choices import lists_for
from engine.queries.explained import decisions_of
from engine.queries.fieldbook import FieldBook
from engine.queries.held import NAMED, Teller
from engine.queries.naming import Names, element_name, listed_words, process_name
from engine.queries.relations import demand, facts_of_case
from engine.queries.replayed import DiagramThen, Filled, OpenThen, ReplayPage, Section
from engine.queries.rows import Answered, CaseSummary, DiagramRef
from engine.queries.summaries import HIDDEN, summary_of
from engine.queries.timeline import answers_in, entries_of
from engine.stands import Stand
from engine.store import cases, reads, work_items
from engine.store.accounts import account
from engine.store.cases import CaseFile
from engine.store.definitions import bundle, definition
from engine.store.master_key import KeyTrouble
from engine.store.units import unit
from engine.text import Text

AROUND = 4
"""How many steps before and after the chosen one are listed beside it."""
SECTION = "replay"


def replay_page(
    masar: Masar, actor: Actor, case_id: str, step: int | None = None, diagram: str = ""
) -> ReplayPage:
    """A step of a case by its number (None, or one beyond the end: the last one), with the diagram of one process
    where the actor asks for it. Every look is recorded. Raises NotFound, NotAllowed."""
    with masar.db.read() as conn:
        case, classes = audited(masar, conn, actor, as_key(case_id))
        if not case.head.seq:
            raise NotFound
        seq = case.head.seq if step is None else max(1, min(step, case.head.seq))
        page = _page(masar, conn, case, moment_of(masar, conn, case, seq), classes, diagram)
    now = masar.clock()
    masar.db.run(lambda conn: reads.record(conn, masar.vault, case.id, actor.id, SECTION, now))
    return page


def audited(
    masar: Masar, conn: Connection, actor: Actor, case_id: int, action: str = "audit"
) -> tuple[CaseFile, frozenset[str]]:
    """A case that the actor may audit, and the classes that they may see of it; only its plain columns where its
    content does not open. Raises NotAllowed for those who may see it but not audit it, NotFound for all others."""
    try:
        case = cases.load(conn, masar.vault, case_id)
    except KeyTrouble:
        case = cases.load_plain(conn, case_id)
    if case is None:
        raise NotFound
    relation = facts_of_case(case, load_facts(case.facts), work_items.open_of_case(conn, case_id), actor)
    demand(actor, action, relation, f"see_{case.kind}")
    return case, visible_sensitivity(actor, relation)


def audited_summary(masar: Masar, actor: Actor, case_id: str) -> CaseSummary:
    """The head of a case that the actor may verify; of a sealed file its number alone. Raises NotFound, NotAllowed."""
    with masar.db.read() as conn:
        case, classes = audited(masar, conn, actor, as_key(case_id), "prove")
        names = Names(conn, [case.manager_id], [case.unit_id])
    told = summary_of(case, load_facts(case.facts).person, names, "identity" in classes)
    return told if classes else replace(told, person=None, stage="", risk=None, manager=None)


def _page(
    masar: Masar, conn: Connection, case: CaseFile, then: Replayed, classes: frozenset[str], asked: str
) -> ReplayPage:
    facts, event, document = load_facts(case.facts), then.step.event, then.step.document
    bundle_id = Bindings(case.bundle_id, facts.moves).after(event.seq)
    definitions = masar.library.of(conn, bundle_id)
    around, _ = entries_of(masar, conn, case, definitions, classes, event.seq + AROUND + 1, 2 * AROUND + 1)
    book = FieldBook(definitions)
    names = Names(
        conn, [case.manager_id, *facts.accounts.values(), *then.after.holders.values()],
        [case.unit_id, *facts.units.values()],
    )
    entry = next(one for one in around if one.seq == event.seq)
    bound, of_event = replace(case, bundle_id=bundle_id), str(document.get("process", ""))
    diagrams, shown = _diagrams(conn, bound, definitions, then, of_event, asked)
    state = then.after.state
    scopes = scopes_of(definitions.bpmn, state) if state else []
    return ReplayPage(
        case=summary_of(case, facts.person, names, "identity" in classes), step=event.seq, steps=case.head.seq,
        entry=replace(entry, changes=tuple(c for c in entry.changes if c.after != HIDDEN)),
        hidden=tuple(c.label for c in entry.changes if c.after == HIDDEN), agrees=then.step.agrees,
        moved="command" in document, diagrams=diagrams, shown=shown,
        open=_open(definitions, then.after, facts, names, classes),
        data=Teller(book, _named(conn, scopes), classes).sections(scopes),
        filled=_filled(conn, case, definitions, then, classes),
        decisions=decisions_of(document, book, classes), nearby=tuple(reversed(around)),
    )


def _named(conn: Connection, scopes: list[bpmn.Held]) -> Mapping[str, Text]:
    """The names of the people and units that variables of the platform hold, by login and code."""
    found = {value for one in scopes for name in NAMED if isinstance(value := one.values.get(name), str)}
    if not found:
        return {}
    people = select(account.c.login, account.c.name_ar, account.c.name_en).where(account.c.login.in_(found))
    places = select(unit.c.code, unit.c.name_ar, unit.c.name_en).where(unit.c.code.in_(found))
    return {key: Text(ar, en) for query in (people, places) for key, ar, en in conn.execute(query)}


def _diagrams(
    conn: Connection, case: CaseFile, definitions: Definitions, then: Replayed, of_event: str, asked: str
) -> tuple[tuple[DiagramThen, ...], int]:
    """The diagrams that the case had touched by then, the outermost first, and which to show: the one asked for, else
    that of the event, else the innermost one that something stood on."""
    standing: dict[str, list[str]] = {}
    tokens = tokens_of(definitions.bpmn, then.after.state) if then.after.state else []
    for process, element, _token in tokens:
        standing.setdefault(process, []).append(element)
    passed, versions = then.after.passed.passed, _versions(conn, case.bundle_id)
    touched = [p for p in dict.fromkeys([case.process, *standing, *passed]) if p in definitions.diagrams]
    drawn = []
    for process in touched:
        live, done = tuple(dict.fromkeys(standing.get(process, ()))), tuple(passed.get(process, ()))
        version, published_at = versions.get(process, (None, None))
        drawn.append(DiagramThen(
            DiagramRef(process, process_name(definitions, process), live, done), version, published_at,
            len(standing.get(process, ())),
        ))
    wanted = [p for p in (asked, of_event, *(p for p in reversed(touched) if p in standing)) if p in touched]
    return tuple(drawn), touched.index(wanted[0]) if wanted else 0


def _versions(conn: Connection, bundle_id: int) -> Mapping[str, tuple[int, Any]]:
    """The version of each diagram in a bundle, and when it was published."""
    content = conn.scalar(select(bundle.c.content).where(bundle.c.id == bundle_id))
    columns = (definition.c.key, definition.c.version, definition.c.published_at)
    found = select(*columns).where(definition.c.id.in_(json.loads(content or "[]")), definition.c.kind == "process")
    return {row.key: (row.version, row.published_at) for row in conn.execute(found)}


def _open(
    definitions: Definitions, stand: Stand, facts: Facts, names: Names, classes: frozenset[str]
) -> tuple[OpenThen, ...]:
    outcome = stand.outcome
    if outcome is None:
        return ()

    def named(one: bpmn.WorkItem | bpmn.Wait | bpmn.Call | bpmn.Incident) -> Text:
        return element_name(definitions, one.process, one.element)

    return (
        *(
            OpenThen(
                named(i), "work", i.since, i.due,
                names.account(stand.holders.get(i.id) or facts.accounts.get(i.assignee or "")),
                tuple(listed_words(definitions, "roles", group) for group in i.groups),
            )
            for i in outcome.items
        ),
        *(OpenThen(named(w), w.kind, w.since, w.due) for w in outcome.waits),
        *(OpenThen(named(c), "call", c.since) for c in outcome.calls),
        *(
            OpenThen(named(i), "incident", None, said=i.text if "protected" in classes else HIDDEN)
            for i in outcome.incidents
        ),
    )


def _filled(
    conn: Connection, case: CaseFile, definitions: Definitions, then: Replayed, classes: frozenset[str]
) -> Filled | None:
    document = then.step.document
    answers = answers_in(document)
    command = command_from(document["command"]) if answers else None
    form = definitions.forms.get(str(document.get("form") or ""))
    if form is None and isinstance(command, commands.Start):  # a report starts with the form that brought it
        form = next((definitions.forms[name] for name in command.variables if name in definitions.forms), None)
    if form is None:
        return None
    context: Mapping[str, Any] = {}
    token = command.item if isinstance(command, commands.Complete) else getattr(command, "wait", 0)
    if then.before.state is not None:
        context = visible(then.before.state, token)
    lists = lists_for(conn, definitions.lists, form, case.unit_path, answers, context)
    parts = as_filled(form, answers, context, lists, definitions.env(then.step.event.recorded_at))
    return Filled(form.title, tuple(_shown(part, classes) for part in parts))


def _shown(part: Part, classes: frozenset[str]) -> Section:
    """Whether a masked question was answered is hidden with the answer."""
    seen = [q for q in part.questions if q.sensitivity in classes]
    return Section(
        part.title, tuple(Answered(q.label, q.answer or Text("—", "—")) for q in seen),
        tuple(q.label for q in part.questions if q.sensitivity not in classes),
    )
