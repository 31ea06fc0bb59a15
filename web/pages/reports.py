"""Reports: the form for staff and partners, the receipt, and the page of a report."""

from collections.abc import Mapping

from flask import Blueprint, make_response, render_template, request
from werkzeug.wrappers import Response

from engine.commands.reports import submit_report
from engine.errors import Invalid
from engine.queries.reports import report_form, report_page
from engine.text import Text
from web.incoming import hidden, is_submit, typed
from web.language import words
from web.security import shows_a_diagram
from web.sessions import actor, masar
from web.showing import form_view

pages = Blueprint("reports", __name__, url_prefix="/reports")


@pages.get("/new")
def form() -> Response:
    """An empty report; `?paper` for typing in a paper form, whose own day is then asked for."""
    return _shown()


@pages.post("/new")
def submission() -> Response:
    """Takes the report and shows its receipt, the only place that tells the tracking code. Sent twice, it
    counts once."""
    raw = typed()
    if not is_submit():
        return _shown(raw)
    try:
        receipt = submit_report(masar(), actor(), raw, hidden("_token"))
    except Invalid as problem:
        return _shown(raw, problem.fields, problem.text, 422)
    return make_response(render_template("receipt.html", receipt=receipt), 201)


@pages.get("/<number:report_id>")
def report(report_id: str) -> str:
    """The page of a report."""
    shows_a_diagram()
    return render_template("case.html", page=report_page(masar(), actor(), report_id))


def _shown(
    raw: Mapping[str, list[str]] | None = None, errors: Mapping[str, Text] | None = None,
    problem: Text | None = None, status: int = 200,
) -> Response:
    on_paper = "paper" in request.args
    page = report_form(masar(), actor(), on_paper)
    told = words(problem) if problem and not errors else None
    token = hidden("_token") or page.token
    html = render_template(
        "report.html", form=form_view(page, raw, errors), token=token, problem=told, on_paper=on_paper
    )
    return make_response(html, status)
