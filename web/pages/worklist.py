"""The worklist: what waits for me, for my groups, and what is late."""

from typing import Final

from flask import Blueprint, redirect, render_template
from flask_babel import gettext
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from engine.queries.worklist import View, counts_for, worklist_for
from web.incoming import asked
from web.sessions import actor, masar

pages = Blueprint("worklist", __name__)
VIEWS: Final[dict[str, View]] = {"mine": "mine", "groups": "groups", "overdue": "overdue"}


@pages.get("/")
def start() -> Response:
    """The start page is the worklist."""
    return redirect("/work", 303)


@pages.get("/work")
def worklist() -> str:
    """One view of the worklist, a page at a time."""
    view = VIEWS.get(asked("view") or "mine")
    if view is None:
        raise NotFound
    after = asked("after", 500) or None
    page, counts = worklist_for(masar(), actor(), view, after), counts_for(masar(), actor())
    return render_template(
        "worklist.html", view=view, page=page, counts=counts, first_page=after is None, notices=_notices()
    )


def _notices() -> list[str]:
    told = {"work": gettext("Done. The case goes on."), "draft": gettext("The draft is saved.")}
    done = asked("done")
    return [told[done]] if done in told else []
