"""The form of a work item that somebody else closed meanwhile, to show a person's typing under its questions."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.access import may
from engine.actor import Actor
from engine.commands.standing import case_of
from engine.commands.work import as_key
from engine.feel import Env
from engine.forms import Form, Lists
from engine.forms.moment import Decide
from engine.masar import Masar
from engine.queries.choices import lists_for
from engine.queries.relations import facts_of_item
from engine.store import cases, work_items


@dataclass(frozen=True)
class TypedForm:
    """A form without anything of the case: only its questions."""

    form: Form
    lists: Lists
    env: Env
    decide: Decide
    values: Mapping[str, object] = field(default_factory=dict)
    context: Mapping[str, object] = field(default_factory=dict)


def form_of_work(masar: Masar, actor: Actor, item_id: str) -> TypedForm | None:
    """The form of a work item, open or closed; None where it has none or the actor may not know of it."""
    key, now = as_key(item_id), masar.clock()
    with masar.db.read() as conn:
        item = work_items.get(conn, key)
        case = cases.load(conn, masar.vault, case_of(key)) if item is not None else None
        if item is None or case is None or not item.form:
            return None
        relation = facts_of_item(item, case)
        unknown = relation.sealed or item.closed_by != actor.id or actor.id in relation.about
        if unknown and not may(actor, "know_work", relation):
            return None
        definitions = masar.library.of(conn, case.bundle_id)
        form = definitions.form(item.form)
        lists = lists_for(conn, definitions.lists, form, case.unit_path)
    return TypedForm(form, lists, definitions.env(now), definitions.decider(now))


def form_named(masar: Masar, actor: Actor, key: str) -> TypedForm | None:
    """A published form by its key, without anything of a case; None where there is none."""
    now = masar.clock()
    with masar.db.read() as conn:
        definitions = masar.library.latest(conn)
        if key not in definitions.forms:
            return None
        form = definitions.forms[key]
        lists = lists_for(conn, definitions.lists, form, next((m.unit_path for m in actor.memberships), ""))
    return TypedForm(form, lists, definitions.env(now), definitions.decider(now))
