"""What a person may record on a case outside their worklist: a provider's answer, a message by phone."""

from collections.abc import Mapping

from flask import Blueprint, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from engine.access import may
from engine.commands.answer_links import end_link, make_link
from engine.commands.messages import answer_offer
from engine.errors import Conflict, Invalid, NotFound
from engine.queries.answer_links import links_page
from engine.queries.offers import offer_page
from engine.queries.typed import form_named
from engine.text import Text
from web.errors import conflict_page
from web.incoming import hidden, is_submit, typed
from web.language import words
from web.sessions import actor, masar
from web.showing import form_view

pages = Blueprint("offers", __name__, url_prefix="/cases/<number:case_id>/offers/<number:wait_id>")


@pages.get("")
def offer(case_id: str, wait_id: str) -> Response:
    """The form of an offer."""
    return _shown(case_id, wait_id)


@pages.post("")
def answer(case_id: str, wait_id: str) -> Response:
    """Records the answer; sent twice, the second is answered with what the first did."""
    raw = typed()
    if not is_submit():
        return _shown(case_id, wait_id, raw)
    try:
        answer_offer(masar(), actor(), wait_id, raw, hidden("_token"), case_id, hidden("_version"))
    except Invalid as problem:
        return _shown(case_id, wait_id, raw, problem.fields, problem.text, 422)
    except Conflict as conflict:
        form = form_named(masar(), actor(), hidden("_form"))
        return conflict_page(conflict, form_view(form, raw) if form else None)
    if may(actor(), "answer_for_a_provider") or hidden("_outside"):
        return redirect("/work?done=answer", 303)
    return redirect(f"/cases/{case_id}", 303)


@pages.get("/link")
def link(case_id: str, wait_id: str) -> Response:
    """Making a one-time link for a provider without an account, and what became of those made before."""
    return _links(case_id, wait_id)


@pages.post("/link")
def new_link(case_id: str, wait_id: str) -> Response:
    """Makes a link and shows it, this one time."""
    for_whom = "".join(typed().get("for_whom", [])[:1])
    try:
        token = make_link(masar(), actor(), wait_id, for_whom, case_id)
    except Invalid as problem:
        return _links(case_id, wait_id, None, for_whom, words(problem.text), 422)
    outside = masar().settings.public_url or request.host_url
    return _links(case_id, wait_id, f"{outside.rstrip('/')}/answer/{token}", status=201)


@pages.post("/link/end")
def ended_link(case_id: str, wait_id: str) -> Response:
    """Ends what was made."""
    end_link(masar(), actor(), wait_id, case_id)
    return redirect(f"/cases/{case_id}/offers/{wait_id}/link", 303)


def _links(
    case_id: str, wait_id: str, made: str | None = None, for_whom: str = "", error: str | None = None,
    status: int = 200,
) -> Response:
    page = links_page(masar(), actor(), case_id, wait_id)
    html = render_template("answer_link.html", page=page, made=made, for_whom=for_whom, error=error)
    return make_response(html, status)


def _shown(
    case_id: str, wait_id: str, raw: Mapping[str, list[str]] | None = None,
    errors: Mapping[str, Text] | None = None, problem: Text | None = None, status: int = 200,
) -> Response:
    page = offer_page(masar(), actor(), wait_id)
    if page.case.id != case_id:
        raise NotFound
    told = words(problem) if problem and not errors else None
    html = render_template("offer.html", page=page, form=form_view(page, raw, errors), problem=told)
    return make_response(html, status)
