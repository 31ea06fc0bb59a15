"""Cases: finding them, their page, their timeline and their diagrams."""

from flask import Blueprint, redirect, render_template
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from engine.commands.waiting import retry_incident
from engine.queries.cases import case_page, diagram_of, find_cases, names_a_sealed_file, timeline_of
from engine.queries.endangered import endangered_referrals
from engine.queries.sealed_files import is_named
from web.incoming import asked
from web.security import shows_a_diagram
from web.sessions import actor, masar

pages = Blueprint("cases", __name__, url_prefix="/cases")
A_SEQUENCE_NUMBER = 15  # digits at most


@pages.get("")
def search() -> str:
    """Cases by name, number or identity number."""
    text, after = asked("q"), asked("after", 500) or None
    found = find_cases(masar(), actor(), text, after)
    warned = () if text or after else endangered_referrals(masar(), actor())
    ask = bool(text) and names_a_sealed_file(masar(), actor(), text)
    named = not text and is_named(masar(), actor())
    return render_template("cases.html", q=text, page=found, endangered=warned, ask_officer=ask, named=named)


@pages.get("/<number:case_id>")
def case(case_id: str) -> str:
    """The page of one case."""
    shows_a_diagram()
    return render_template("case.html", page=case_page(masar(), actor(), case_id))


@pages.get("/<number:case_id>/timeline")
def timeline(case_id: str) -> str:
    """Older entries of the timeline."""
    before = asked("before")
    if before and not (before.isascii() and before.isdigit() and len(before) <= A_SEQUENCE_NUMBER):
        raise NotFound
    page = timeline_of(masar(), actor(), case_id, int(before) if before else None)
    return render_template("timeline.html", case_id=case_id, page=page)


@pages.post("/<number:case_id>/incidents/<number:incident_id>/retry")
def retry(case_id: str, incident_id: str) -> Response:
    """Lets the case try again where it stopped."""
    moved = retry_incident(masar(), actor(), incident_id, case_id)
    return redirect(f"/cases/{moved.case.id}", 303)


@pages.get("/<number:case_id>/diagrams/<process>.bpmn")
def diagram(case_id: str, process: str) -> Response:
    """A diagram in the version that the case runs on."""
    return Response(diagram_of(masar(), actor(), case_id, process), mimetype="application/xml")
