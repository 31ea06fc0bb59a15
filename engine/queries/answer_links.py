"""The links that were made to an offer, for who makes them."""

from engine.actor import Actor
from engine.bpmn import visible
from engine.commands.answer_links import demanded
from engine.commands.standing import case_of, token_of
from engine.commands.work import as_key
from engine.errors import NotFound
from engine.facts import load_facts
from engine.masar import Masar
from engine.powers import REFERRAL
from engine.queries.naming import Names, element_name
from engine.queries.rows import LinkRow, LinksPage, Offer
from engine.queries.sharing import provider_name
from engine.queries.summaries import summary_of
from engine.store import answer_links, cases


def links_page(masar: Masar, actor: Actor, case_id: str, wait_id: str) -> LinksPage:
    """Making a link to an offer, and what became of those made before. Raises NotAllowed, NotFound."""
    key, now = as_key(wait_id), masar.clock()
    with masar.db.read() as conn:
        case = cases.load(conn, masar.vault, case_of(key))
        if case is None or as_key(case_id) != case.id:
            raise NotFound
        wait = demanded(conn, actor, key, case)
        rows = answer_links.of_wait(conn, key)
        names = Names(conn, [case.manager_id, *(row.made_by for row in rows)], [case.unit_id])
        definitions, facts = masar.library.of(conn, case.bundle_id), load_facts(case.facts)
        referral = visible(case.state, token_of(key)).get(REFERRAL) or {}
        agency = provider_name(conn, definitions, str(referral.get("provider", "")))
        told = tuple(
            LinkRow(
                for_whom=answer_links.for_whom(masar.vault, row),
                made_by=names.account(row.made_by) or names.unit(None), made_at=row.made_at,
                expires_at=row.expires_at, opened_at=row.opened_at, used_at=row.used_at,
                living=not row.used_at and not row.ended_at and row.expires_at > now,
            )
            for row in rows
        )
    return LinksPage(
        case=summary_of(case, facts.person, names, True),
        offer=Offer(str(key), element_name(definitions, wait.process, wait.element)),
        of=agency, links=told,
    )
