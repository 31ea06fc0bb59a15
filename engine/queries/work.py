"""The page of one work item: its form, what it starts with, and the case beside it."""

import json
import secrets
from typing import Any

from sqlalchemy import Connection

from engine.access import may, visible_sensitivity
from engine.actor import CURRENT_USER, Actor
from engine.bpmn import visible
from engine.commands.standing import case_of, token_of
from engine.commands.work import as_key, claimed_by
from engine.errors import Conflict, NotFound
from engine.facts import load_facts
from engine.forms import Form, load_form
from engine.masar import Masar
from engine.queries.accounts import actor_by_id
from engine.queries.cases import note_reading
from engine.queries.choices import lists_for
from engine.queries.known import known_forms, known_of
from engine.queries.naming import Names
from engine.queries.offered import offered_lists
from engine.queries.relations import demand, facts_of_item
from engine.queries.rows import WorkPage
from engine.queries.standing import diagram_of_process
from engine.queries.summaries import stage_marks, work_row
from engine.store import cases, drafts, work_items
from engine.text import Text

_CLOSED = Text("هذه المهمة لم تعد مفتوحة.", "This work item is no longer open.")
# A work item without a form is completed by its button alone.
NO_FORM = load_form(b'{"id": "no_form", "type": "default", "schemaVersion": 19, "components": []}')


def work_page(masar: Masar, actor: Actor, item_id: str) -> WorkPage:
    """The page of an open work item. Raises NotFound, or Conflict (who, when) when it is closed."""
    key = as_key(item_id)
    with masar.db.read() as conn:
        case = cases.load(conn, masar.vault, case_of(key))
        item = work_items.get(conn, key)
        if case is None or item is None:
            raise NotFound
        relation = facts_of_item(item, case)
        if item.status != "open":
            raise _closed(conn, actor, item, relation)
        if item.assignee_id not in (None, actor.id) and not may(actor, "see_work", relation):
            raise claimed_by(masar, conn, item) if may(actor, "know_work", relation) else NotFound
        demand(actor, "see_work", relation, "see_work")
        definitions, facts = masar.library.of(conn, case.bundle_id), load_facts(case.facts)
        form = definitions.form(item.form) if item.form else NO_FORM
        context = {**visible(case.state, token_of(key)), CURRENT_USER: actor.login}
        draft = drafts.load(conn, masar.vault, key, actor.id)
        names = Names(conn, [item.assignee_id, case.manager_id], [case.unit_id])
        lists = offered_lists(masar, conn, definitions, form, case, context, masar.clock())
        earlier, all_lists = known_forms(definitions, context), lists
        for known, _answers in earlier:
            all_lists = lists_for(conn, all_lists, known, case.unit_path, _answers)
    env = definitions.env(masar.clock())
    classes = visible_sensitivity(actor, relation)
    note_reading(masar, actor, case.id, item.element, classes)
    row = work_row(masar, actor, definitions, item, case, facts.person, names, draft is not None, case.state)
    return WorkPage(
        row=row, form=form, values=_values(form, context, draft, env), context=context, lists=lists, env=env,
        token=secrets.token_urlsafe(16), draft_saved_at=draft[1] if draft else None,
        stages=stage_marks(definitions, case, facts.stages), known=known_of(earlier, all_lists, classes),
        may_complete=may(actor, "complete", relation), decide=definitions.decider(masar.clock()),
        diagram=diagram_of_process(definitions, case, facts, item.process), procedure=item.process,
        element=item.element,
    )


def _values(form: Form, context: dict[str, Any], draft: Any, env: Any) -> dict[str, object]:
    if draft is not None:
        return dict(json.loads(draft[0]))
    return dict(form.start(context, env))


def _closed(conn: Connection, actor: Actor, item: Any, relation: Any) -> Exception:
    unknown = relation.sealed or item.closed_by != actor.id or actor.id in relation.about
    if unknown and not may(actor, "know_work", relation):
        return NotFound()
    who = actor_by_id(conn, item.closed_by) if item.closed_by else None
    return Conflict(_CLOSED, who.name if who else None, item.closed_at)


