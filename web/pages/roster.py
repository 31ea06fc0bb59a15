"""The duty roster: who is on call, and the holes in it."""

from flask import Blueprint, make_response, redirect, render_template
from flask_babel import gettext
from werkzeug.wrappers import Response

from engine.commands.duty import add_shift, withdraw_shift
from engine.errors import Invalid
from engine.queries.duty import rosters
from engine.text import Text
from web.incoming import asked, typed
from web.sessions import actor, masar

pages = Blueprint("roster", __name__, url_prefix="/team/roster")
LARGEST = 2**31 - 1


@pages.get("")
def roster() -> Response:
    """The next two weeks."""
    return _shown()


@pages.post("/<number:unit_id>")
def shift(unit_id: str) -> Response:
    """Puts somebody on the roster of a directorate."""
    raw = typed()
    post, login, begins, ends = (raw.get(name, [""])[0] for name in ("post", "person", "from", "until"))
    try:
        add_shift(masar(), actor(), min(int(unit_id), LARGEST), post, login, begins, ends)
    except Invalid as problem:
        return _shown(problem.fields, 422, unit_id)
    return redirect("/team/roster?done=shift", 303)


@pages.post("/shifts/<number:shift_id>/withdrawal")
def withdrawal(shift_id: str) -> Response:
    """Takes a shift off the roster."""
    withdraw_shift(masar(), actor(), min(int(shift_id), LARGEST))
    return redirect("/team/roster?done=withdrawn", 303)


def _shown(wrong: dict[str, Text] | None = None, status: int = 200, unit_id: str = "") -> Response:
    told = {"shift": gettext("The shift is on the roster."), "withdrawn": gettext("The shift is off the roster.")}
    done = asked("done")
    html = render_template(
        "team/roster.html", rosters=rosters(masar(), actor()), wrong=wrong or {}, raw=typed(), of=unit_id,
        notices=[told[done]] if done in told else [],
    )
    return make_response(html, status)
