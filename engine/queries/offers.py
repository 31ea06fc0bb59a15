"""Messages that people may record by hand: the form of one, and what waits for the answer of a provider."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.access import may, visible_sensitivity
from engine.actor import Actor
from engine.bpmn import visible
from engine.commands.standing import case_of, token_of
from engine.commands.work import as_key
from engine.definitions import Definitions
from engine.errors import NotFound
from engine.facts import load_facts
from engine.masar import Masar
from engine.queries.cursors import cursor_of, place_from
from engine.queries.handing_on import lying_there, told_in
from engine.queries.naming import Names, element_name
from engine.queries.offered import offered_lists
from engine.queries.relations import demand, facts_of_offer, linkable
from engine.queries.rows import Answered, Offer, OfferPage, OfferRow, Page
from engine.queries.sharing import asked_in, context_of, shared_in
from engine.queries.standing import limits_of
from engine.queries.summaries import stage_marks, summary_of, timeliness_of
from engine.queries.work import NO_FORM
from engine.store import cases, messages
from engine.store.cases import CaseFile


def offer_page(masar: Masar, actor: Actor, wait_id: str, by_link: bool = False) -> OfferPage:
    """The page of an offer; for another agency with what was shared with it and nothing else of the case. `by_link`
    says that a living link to this very offer is shown. Raises NotFound when nothing waits any more, or it is not
    offered to the actor."""
    key, now = as_key(wait_id), masar.clock()
    with masar.db.read() as conn:
        wait = messages.get(conn, key)
        case = cases.load(conn, masar.vault, case_of(key)) if wait is not None else None
        if wait is None or case is None:
            raise NotFound
        relation = facts_of_offer(wait, case, by_link)
        demand(actor, "answer_offer", relation)
        definitions, facts = masar.library.of(conn, case.bundle_id), load_facts(case.facts)
        form = definitions.form(wait.form) if wait.form else NO_FORM
        there = lying_there(conn, wait, case)
        lists = offered_lists(masar, conn, definitions, form, there, visible(case.state, token_of(key)), now)
        names = Names(conn, [case.manager_id], [case.unit_id])
        ends = limits_of(conn, [wait], {case.id: definitions}).get(key)
    env, told = definitions.env(now), visible(case.state, token_of(key))
    classes = visible_sensitivity(actor, relation)
    today = env.local(now).date()
    shared = None if classes else (
        *asked_in(definitions, told), *shared_in(definitions, told, today), *told_in(definitions, told))
    context = context_of(actor, relation, told)
    return OfferPage(
        offer=Offer(str(wait.id), element_name(definitions, wait.process, wait.element)),
        case=summary_of(case, facts.person, names, "identity" in classes), form=form, values=form.start(context, env),
        context=context, lists=lists, env=env, token=secrets.token_urlsafe(16),
        stages=stage_marks(definitions, case, facts.stages) if classes else (), decide=definitions.decider(now),
        shared=shared, due_at=ends, timeliness=timeliness_of(wait.since, ends, now),
        may_link=linkable(actor, relation),
    )


def offers_for(masar: Masar, actor: Actor, after: str | None = None, limit: int = 25) -> Page[OfferRow]:
    """What waits for an answer of the actor's own agency, newest first."""
    units = {m.unit_id for m in actor.memberships}
    place = place_from(after) if after else None
    with masar.db.read() as conn:
        waits = list(messages.offered_to_units(conn, units, place, limit + 1))
        shown = waits[:limit]
        files = {case.id: case for case in cases.load_many(conn, masar.vault, [w.case_id for w in shown])}
        known = {case.id: masar.library.of(conn, case.bundle_id) for case in files.values()}
        ends = limits_of(conn, [w for w in shown if w.case_id in known], known)
        lines = tuple(
            _row(wait, files[wait.case_id], known[wait.case_id], ends.get(wait.id), masar.clock())
            for wait in shown
            if wait.case_id in files and may(actor, "answer_offer", facts_of_offer(wait, files[wait.case_id]))
        )
    more = len(waits) > limit
    return Page(lines, cursor_of(shown[-1].since, shown[-1].id) if more else None)


def _row(wait: Any, case: CaseFile, definitions: Definitions, due: datetime | None, now: datetime) -> OfferRow:
    return OfferRow(
        id=str(wait.id), case_id=str(case.id), number=case.number,
        name=element_name(definitions, wait.process, wait.element),
        asked=_asked(definitions, visible(case.state, token_of(wait.id))), since=wait.since, due_at=due,
        timeliness=timeliness_of(wait.since, due, now),
    )


def _asked(definitions: Definitions, context: Mapping[str, Any]) -> tuple[Answered, ...]:
    """What a line tells: of a referral what is asked, of a transfer where to and at which risk."""
    return (*asked_in(definitions, context), *told_in(definitions, context))[:2]
