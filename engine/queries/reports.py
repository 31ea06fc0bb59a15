"""Reports: the empty form, and the page of one."""

import secrets

from engine.access import may
from engine.actor import Actor
from engine.commands.reports import PAPER, REPORT_FORM, report_context, report_lists
from engine.errors import NotAllowed
from engine.masar import Masar
from engine.queries.cases import case_page
from engine.queries.rows import CasePage, ReportForm


def report_form(masar: Masar, actor: Actor, on_paper: bool = False) -> ReportForm:
    """An empty report for who may submit one, `on_paper` for typing in a filled paper form; raises NotAllowed."""
    if not may(actor, "submit_report"):
        raise NotAllowed
    with masar.db.read() as conn:
        definitions = masar.library.latest(conn)
        form = definitions.form(REPORT_FORM)
        lists = report_lists(conn, definitions, form, actor)
    context = report_context(actor) | ({"channel": PAPER} if on_paper else {})
    env, decide = definitions.env(masar.clock()), definitions.decider(masar.clock())
    return ReportForm(form, form.start(context, env), context, lists, env, secrets.token_urlsafe(16), decide)


def report_page(masar: Masar, actor: Actor, report_id: str) -> CasePage:
    """The page of a report. Raises NotFound."""
    return case_page(masar, actor, report_id, "see_report")
