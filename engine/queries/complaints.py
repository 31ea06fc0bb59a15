"""Complaints: the empty form, and the page of one."""

import secrets

from engine.access import may
from engine.actor import Actor
from engine.commands.complaints import COMPLAINT_FORM, complaint_context
from engine.errors import NotAllowed
from engine.masar import Masar
from engine.queries.cases import case_page
from engine.queries.rows import CasePage, ReportForm


def complaint_form(masar: Masar, actor: Actor) -> ReportForm:
    """An empty complaint, for anybody. Raises NotAllowed."""
    if not may(actor, "submit_complaint"):
        raise NotAllowed
    with masar.db.read() as conn:
        definitions = masar.library.latest(conn)
    form, context = definitions.form(COMPLAINT_FORM), complaint_context(actor)
    env, decide = definitions.env(masar.clock()), definitions.decider(masar.clock())
    token = secrets.token_urlsafe(16)
    return ReportForm(form, form.start(context, env), context, definitions.lists, env, token, decide)


def complaint_page(masar: Masar, actor: Actor, complaint_id: str) -> CasePage:
    """The page of a complaint. Raises NotFound."""
    return case_page(masar, actor, complaint_id, "see_complaint")
