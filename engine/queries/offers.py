"""The form of a message that a person may record by hand."""

import secrets

from engine.access import visible_sensitivity
from engine.actor import Actor
from engine.bpmn import visible
from engine.commands.standing import case_of, token_of
from engine.commands.work import as_key
from engine.errors import NotFound
from engine.facts import load_facts
from engine.masar import Masar
from engine.queries.choices import lists_for
from engine.queries.naming import Names, element_name
from engine.queries.relations import demand, facts_of_offer
from engine.queries.rows import Offer, OfferPage
from engine.queries.summaries import stage_marks, summary_of
from engine.queries.work import NO_FORM
from engine.store import cases, messages


def offer_page(masar: Masar, actor: Actor, wait_id: str) -> OfferPage:
    """The page of an offer. Raises NotFound when nothing waits any more, or it is not offered to the actor."""
    key = as_key(wait_id)
    with masar.db.read() as conn:
        wait = messages.get(conn, key)
        case = cases.load(conn, masar.vault, case_of(key)) if wait is not None else None
        if wait is None or case is None:
            raise NotFound
        relation = facts_of_offer(wait, case)
        demand(actor, "answer_offer", relation)
        definitions, facts = masar.library.of(conn, case.bundle_id), load_facts(case.facts)
        form = definitions.form(wait.form) if wait.form else NO_FORM
        lists = lists_for(conn, definitions.lists, form, case.unit_path)
        names = Names(conn, [case.manager_id], [case.unit_id])
    env, context = definitions.env(masar.clock()), dict(visible(case.state, token_of(key)))
    identity = "identity" in visible_sensitivity(actor, relation)
    return OfferPage(
        offer=Offer(str(wait.id), element_name(definitions, wait.process, wait.element)),
        case=summary_of(case, facts.person, names, identity), form=form, values=form.start(context, env),
        context=context, lists=lists, env=env, token=secrets.token_urlsafe(16),
        stages=stage_marks(definitions, case, facts.stages), decide=definitions.decider(masar.clock()),
    )
