"""Complaints of people who are signed in or typed in for somebody; the pages of complaints and inspections."""

from collections.abc import Mapping

from flask import Blueprint, make_response, redirect, render_template
from werkzeug.wrappers import Response

from engine.commands.complaints import submit_complaint
from engine.commands.inspections import open_inspection_by_hand
from engine.errors import Invalid
from engine.queries.complaints import complaint_form, complaint_page
from engine.queries.inspections import inspection_page, institutions_page
from engine.text import Text
from web.incoming import hidden, is_submit, typed
from web.language import words
from web.security import shows_a_diagram
from web.sessions import actor, masar
from web.showing import form_view

pages = Blueprint("complaints", __name__)


@pages.get("/complaints/new")
def form() -> Response:
    """An empty complaint."""
    return _shown()


@pages.post("/complaints/new")
def submission() -> Response:
    """Takes the complaint and shows its receipt, the only place that tells the tracking code. Sent twice, it counts
    once."""
    raw = typed()
    if not is_submit():
        return _shown(raw)
    try:
        receipt = submit_complaint(masar(), actor(), raw, hidden("_token"))
    except Invalid as problem:
        return _shown(raw, problem.fields, problem.text, 422)
    return make_response(render_template("complaint_receipt.html", receipt=receipt), 201)


@pages.get("/complaints/<number:complaint_id>")
def complaint(complaint_id: str) -> str:
    """The page of a complaint."""
    shows_a_diagram()
    return render_template("case.html", page=complaint_page(masar(), actor(), complaint_id))


@pages.get("/inspections")
def institutions() -> str:
    """The institutions: which visit is due, open, or was never made."""
    return render_template("registers/institutions.html", rows=institutions_page(masar(), actor()))


@pages.get("/inspections/<number:inspection_id>")
def inspection(inspection_id: str) -> str:
    """The page of an inspection."""
    shows_a_diagram()
    return render_template("case.html", page=inspection_page(masar(), actor(), inspection_id))


@pages.post("/directory/providers/<code>/inspection")
def opening(code: str) -> Response:
    """Opens the inspection of a provider."""
    announced = typed().get("announced", [""])[0] == "yes"
    found = open_inspection_by_hand(masar(), actor(), code, announced, hidden("_token"))
    return redirect(f"/inspections/{found}", 303)


def _shown(
    raw: Mapping[str, list[str]] | None = None, errors: Mapping[str, Text] | None = None,
    problem: Text | None = None, status: int = 200,
) -> Response:
    page = complaint_form(masar(), actor())
    html = render_template(
        "complaint.html", form=form_view(page, raw, errors), token=hidden("_token") or page.token,
        problem=words(problem) if problem and not errors else None,
    )
    return make_response(html, status)
