"""One's own absences: from when to when, and who stands in."""

from flask import Blueprint, make_response, redirect, render_template
from flask_babel import gettext
from werkzeug.wrappers import Response

from engine.commands.absences import end_absence, enter_absence
from engine.errors import Invalid
from engine.queries.absences import own_absences
from engine.text import Text
from web.incoming import asked, typed
from web.sessions import actor, masar

pages = Blueprint("absences", __name__, url_prefix="/absence")
LARGEST = 2**31 - 1


@pages.get("")
def absence() -> Response:
    """What is entered, and the form."""
    return _shown()


@pages.post("")
def entry() -> Response:
    """Enters an absence of one's own."""
    raw = typed()
    first, last, deputy = (raw.get(name, [""])[0] for name in ("first", "last", "deputy"))
    try:
        enter_absence(masar(), actor(), actor().id, first, last, deputy)
    except Invalid as problem:
        return _shown(problem.fields, 422)
    return redirect("/absence?done=entered", 303)


@pages.post("/<number:absence_id>/end")
def end(absence_id: str) -> Response:
    """Ends an absence now."""
    end_absence(masar(), actor(), min(int(absence_id), LARGEST))
    return redirect("/absence?done=ended", 303)


def _shown(wrong: dict[str, Text] | None = None, status: int = 200) -> Response:
    page = own_absences(masar(), actor())
    told = {
        "entered": gettext("The absence is entered. The deputy sees the work from then on."),
        "ended": gettext("The absence has ended."),
    }
    done = asked("done")
    html = render_template(
        "team/absence.html", page=page, wrong=wrong or {}, raw=typed(), notices=[told[done]] if done in told else []
    )
    return make_response(html, status)
