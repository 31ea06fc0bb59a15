"""One work item: its form, its draft, and who looks after it."""

from collections.abc import Mapping

from flask import Blueprint, jsonify, make_response, redirect, render_template
from werkzeug.wrappers import Response

from engine.commands.extending import extend_deadline
from engine.commands.work import claim_work, complete_work, reassign_work, release_work, save_draft
from engine.errors import Conflict, Invalid
from engine.queries.assignment import assignment_page
from engine.queries.extension import deadline_page
from engine.queries.typed import form_of_work
from engine.queries.work import work_page
from engine.text import Text
from web.errors import conflict_page
from web.incoming import hidden, is_submit, typed
from web.language import words
from web.security import shows_a_diagram
from web.sessions import actor, masar, wants_json
from web.showing import form_view

pages = Blueprint("work", __name__, url_prefix="/work/<number:item_id>")


@pages.get("")
def item(item_id: str) -> Response:
    """The page of a work item."""
    return _shown(item_id)


@pages.post("")
def completion(item_id: str) -> Response:
    """Completes the work item; sent twice, the second is answered with what the first did. The buttons inside
    the form (add a row, show what follows) come here too and only show the form again."""
    raw = typed()
    if not is_submit():
        return _shown(item_id, raw)
    try:
        complete_work(masar(), actor(), item_id, raw, hidden("_token"), form_seen=hidden("_version"))
    except Invalid as problem:
        return _shown(item_id, raw, problem.fields, problem.text, 422)
    except Conflict as conflict:
        return _lost(item_id, raw, conflict)
    return redirect("/work?done=work", 303)


@pages.post("/draft")
def draft(item_id: str) -> Response:
    """Keeps what is typed so far, unchecked."""
    raw = typed()
    try:
        saved_at = save_draft(masar(), actor(), item_id, raw, hidden("_version"))
    except Conflict as conflict:
        return _lost(item_id, raw, conflict)
    if wants_json():
        return jsonify(saved_at=saved_at.isoformat())
    return redirect(f"/work/{item_id}", 303)


@pages.post("/claim")
def claim(item_id: str) -> Response:
    """Takes the work item on."""
    claim_work(masar(), actor(), item_id)
    return redirect(f"/work/{item_id}", 303)


@pages.post("/release")
def release(item_id: str) -> Response:
    """Gives the work item back to the group."""
    release_work(masar(), actor(), item_id)
    return redirect("/work?view=groups", 303)


@pages.get("/assignment")
def assignment(item_id: str) -> Response:
    """Who may be given the work item."""
    return _receivers(item_id)


@pages.post("/assignment")
def reassignment(item_id: str) -> Response:
    """Gives the work item to somebody else, with the reason; leads to its case, which all who may do so can see."""
    raw = typed()
    to_login, reason = raw.get("to", [""])[0], raw.get("reason", [""])[0]
    try:
        case_id = reassign_work(masar(), actor(), item_id, to_login, reason)
    except Invalid as problem:
        return _receivers(item_id, to_login, reason, problem, 422)
    return redirect(f"/cases/{case_id}", 303)


@pages.get("/deadline")
def deadline(item_id: str) -> Response:
    """How much more time may be given for the work item."""
    return _more_time(item_id)


@pages.post("/deadline")
def extension(item_id: str) -> Response:
    """Gives more time for the work item, with the reason; leads to its case."""
    raw = typed()
    share, reason = raw.get("share", [""])[0], raw.get("reason", [""])[0]
    try:
        case_id = extend_deadline(masar(), actor(), item_id, share, reason)
    except Invalid as problem:
        return _more_time(item_id, share, reason, problem, 422)
    return redirect(f"/cases/{case_id}", 303)


def _more_time(
    item_id: str, share: str = "", reason: str = "", problem: Invalid | None = None, status: int = 200
) -> Response:
    page = deadline_page(masar(), actor(), item_id)
    errors = {name: words(text) for name, text in problem.fields.items()} if problem else {}
    html = render_template("deadline.html", page=page, share=share, reason=reason, errors=errors)
    return make_response(html, status)


def _receivers(
    item_id: str, to_login: str = "", reason: str = "", problem: Invalid | None = None, status: int = 200
) -> Response:
    page = assignment_page(masar(), actor(), item_id)
    errors = {name: words(text) for name, text in problem.fields.items()} if problem else {}
    html = render_template("assignment.html", page=page, to=to_login, reason=reason, errors=errors)
    return make_response(html, status)


def _lost(item_id: str, raw: Mapping[str, list[str]], conflict: Conflict) -> Response:
    """Somebody was faster; the typing is shown in its form. A script is told in its own way."""
    form = None if wants_json() else form_of_work(masar(), actor(), item_id)
    return conflict_page(conflict, form_view(form, raw) if form else None)


def _shown(
    item_id: str, raw: Mapping[str, list[str]] | None = None, errors: Mapping[str, Text] | None = None,
    problem: Text | None = None, status: int = 200,
) -> Response:
    page = work_page(masar(), actor(), item_id)
    shows_a_diagram()
    told = words(problem) if problem and not errors else None
    html = render_template("work.html", page=page, form=form_view(page, raw, errors), problem=told)
    return make_response(html, status)
