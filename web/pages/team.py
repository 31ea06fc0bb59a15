"""The supervisor's pages: the board, one person, what nobody has taken, giving work away."""

from collections.abc import Callable
from functools import partial

from flask import Blueprint, make_response, redirect, render_template, request
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from engine.commands.absences import end_absence, enter_absence
from engine.commands.reassigning import Reassigned, reassign_cases, reassign_many
from engine.errors import Invalid
from engine.queries.stopped import stopped_page
from engine.queries.team import board, names_of, person_page, untaken_page
from engine.text import Text
from web.incoming import asked, typed
from web.sessions import actor, masar, safe_next

pages = Blueprint("team", __name__, url_prefix="/team")
Wrong = dict[str, Text]
LARGEST_ACCOUNT = 2**31 - 1


@pages.get("")
def team() -> str:
    """The board."""
    chosen = asked("unit")
    page = board(masar(), actor(), chosen)
    return render_template("team/board.html", page=page, chosen=chosen, notices=_notices())


@pages.get("/untaken")
def untaken() -> Response:
    """What nobody has taken."""
    return _untaken()


@pages.get("/stopped")
def stopped() -> str:
    """Cases that a fault has stopped."""
    return render_template("team/stopped.html", page=stopped_page(masar(), actor()))


@pages.get("/people/<number:account_id>")
def person(account_id: str) -> Response:
    """One person: work, cases, absences."""
    return _person(account_id)


@pages.post("/work")
def work() -> Response:
    """Gives the chosen work items to somebody else."""
    return _give(reassign_many, "item", "work_item")


@pages.post("/cases")
def cases() -> Response:
    """Gives the chosen cases to another manager."""
    over_limit = bool(typed().get("over_limit"))
    return _give(partial(reassign_cases, over_limit=over_limit), "case", "case")


@pages.post("/people/<number:account_id>/absence")
def absence(account_id: str) -> Response:
    """Enters that somebody is away."""
    raw = typed()
    first, last, deputy = (raw.get(name, [""])[0] for name in ("first", "last", "deputy"))
    try:
        enter_absence(masar(), actor(), _account(account_id), first, last, deputy)
    except Invalid as problem:
        return _person(account_id, problem.fields, 422)
    return redirect(f"/team/people/{account_id}?done=absence", 303)


@pages.post("/absences/<number:absence_id>/end")
def absence_end(absence_id: str) -> Response:
    """Ends an absence now."""
    account_id = end_absence(masar(), actor(), _account(absence_id))
    return redirect(f"/team/people/{account_id}?done=absence_ended", 303)


def _give(give: Callable[..., Reassigned], name: str, done: str) -> Response:
    """`shown` with `all` stands for everything on the page; `back` is where the boxes were ticked."""
    raw = typed()
    chosen = raw.get("shown", []) if raw.get("all") else raw.get(name, [])
    to_login, reason = raw.get("to", [""])[0], raw.get("reason", [""])[0]
    back = safe_next(raw.get("back", ["/team"])[0])
    try:
        did = give(masar(), actor(), chosen, to_login, reason)
    except Invalid as problem:
        return _again(back, name, problem.fields)
    if did.left:
        left = [one.id for one in did.left]
        names = names_of(masar(), actor(), left if name == "item" else [], left if name == "case" else [])
        return make_response(render_template("team/left.html", did=did, back=back, names=names), 200)
    mark = "&" if "?" in back else "?"
    return redirect(f"{back}{mark}done={done}&n={len(did.moved)}", 303)


def _again(back: str, name: str, wrong: Wrong) -> Response:
    """The page of the boxes again, with what is wrong."""
    place = back.split("?")[0]
    wrong = {(f"{key}_of_{name}" if key != "item" else f"choice_of_{name}"): text for key, text in wrong.items()}
    if place.startswith("/team/people/"):
        account_id = place.removeprefix("/team/people/")
        if account_id.isascii() and account_id.isdigit() and int(account_id) <= LARGEST_ACCOUNT:
            return _person(account_id, wrong, 422)
    return _untaken(wrong, 422)


def _untaken(wrong: Wrong | None = None, status: int = 200) -> Response:
    chosen = asked("unit")
    page = untaken_page(masar(), actor(), asked("after", 500) or None, chosen)
    html = render_template(
        "team/untaken.html", page=page, chosen=chosen, wrong=wrong or {}, raw=typed(), notices=_notices()
    )
    return make_response(html, status)


def _person(account_id: str, wrong: Wrong | None = None, status: int = 200) -> Response:
    page = person_page(masar(), actor(), _account(account_id), asked("after", 500) or None)
    html = render_template("team/person.html", page=page, wrong=wrong or {}, raw=typed(), notices=_notices())
    return make_response(html, status)


def _account(number: str) -> int:
    """An id in the reach of our tables; a larger one stands for none."""
    return min(int(number), LARGEST_ACCOUNT)


def _notices() -> list[str]:
    done, number = asked("done"), request.args.get("n", "", str)
    count = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 0
    told = {
        "work_item": ngettext("%(num)d work item was reassigned.", "%(num)d work items were reassigned.", count),
        "case": ngettext("%(num)d case was reassigned.", "%(num)d cases were reassigned.", count),
        "absence": gettext("The absence is entered. The deputy sees the work from then on."),
        "absence_ended": gettext("The absence has ended."),
    }
    return [told[done]] if done in told else []
