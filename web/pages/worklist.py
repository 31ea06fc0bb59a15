"""The worklist: what waits for me, for my groups, and what is late."""

from typing import Final

from flask import Blueprint, redirect, render_template
from flask_babel import gettext
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from engine.access import ANALYSTS, AUDITORS, may
from engine.queries.offers import offers_for
from engine.queries.worklist import View, counts_for, worklist_for
from web.incoming import asked
from web.sessions import actor, masar

pages = Blueprint("worklist", __name__)
OFFERS = "offers"
VIEWS: Final[dict[str, View]] = {"mine": "mine", "groups": "groups", "overdue": "overdue"}


@pages.get("/")
def start() -> Response:
    """The start page is the worklist; who only audits or draws has none, and begins with the cases or the studio."""
    roles = actor().roles
    if roles and roles <= ANALYSTS:
        return redirect("/studio", 303)
    return redirect("/cases" if roles and roles <= AUDITORS else "/work", 303)


@pages.get("/work")
def worklist() -> str:
    """One view of the worklist, a page at a time. People of a provider begin with what waits for its answer."""
    answers = may(actor(), "answer_for_a_provider")
    chosen = asked("view") or (OFFERS if answers else "mine")
    after = asked("after", 500) or None
    asked_of_unit = may(actor(), "answer_for_a_unit")
    if chosen == OFFERS and (answers or asked_of_unit):
        page = offers_for(masar(), actor(), after)
        return render_template(
            "offers.html", page=page, first_page=after is None, notices=_notices(), of_unit=not answers)
    view = VIEWS.get(chosen)
    if view is None:
        raise NotFound
    rows, counts = worklist_for(masar(), actor(), view, after), counts_for(masar(), actor())
    return render_template(
        "worklist.html", view=view, page=rows, counts=counts, first_page=after is None, notices=_notices(),
        of_unit=asked_of_unit,
    )


def _notices() -> list[str]:
    told = {
        "work": gettext("Done. The case goes on."), "draft": gettext("The draft is saved."),
        "answer": gettext("Your answer has been recorded. Thank you."),
    }
    done = asked("done")
    return [told[done]] if done in told else []
