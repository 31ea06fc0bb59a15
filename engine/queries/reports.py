"""Reports: the empty form, and the page of one."""

import secrets

from engine.access import may
from engine.actor import Actor
from engine.commands.reports import REPORT_FORM, receiving_unit, report_context
from engine.errors import NotAllowed
from engine.masar import Masar
from engine.queries.cases import case_page
from engine.queries.choices import lists_for
from engine.queries.rows import CasePage, ReportForm


def report_form(masar: Masar, actor: Actor) -> ReportForm:
    """An empty report for who may submit one; raises NotAllowed."""
    if not may(actor, "submit_report"):
        raise NotAllowed
    with masar.db.read() as conn:
        definitions = masar.library.latest(conn)
        form = definitions.form(REPORT_FORM)
        lists = lists_for(conn, definitions.lists, form, receiving_unit(conn, actor)[1])
    context = report_context(actor)
    env, decide = definitions.env(masar.clock()), definitions.decider(masar.clock())
    return ReportForm(form, form.start(context, env), context, lists, env, secrets.token_urlsafe(16), decide)


def report_page(masar: Masar, actor: Actor, report_id: str) -> CasePage:
    """The page of a report. Raises NotFound."""
    return case_page(masar, actor, report_id, "see_report")
