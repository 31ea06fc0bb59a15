"""Sealed files: who may read them, opening one with a reason, what is late or stopped in them, and unsealing."""

from flask import Blueprint, make_response, redirect, render_template
from flask_babel import gettext
from werkzeug.wrappers import Response

from engine.access import may
from engine.commands.sealed_files import decide_change, note_opening_seen, open_sealed, propose_change
from engine.commands.sealed_work import hand_over_late_work
from engine.commands.waiting import retry_incident
from engine.errors import Invalid, NotFound
from engine.queries.sealed_alarms import hand_over_page
from engine.queries.sealed_files import sealed_page
from engine.text import Text
from web.incoming import asked, typed
from web.sessions import actor, masar

pages = Blueprint("sealed", __name__, url_prefix="/sealed")
LARGEST = 2**31 - 1


@pages.get("")
def sealed() -> Response:
    """The sealed files that the reader keeps, decides about, proves or may ask to read."""
    return _shown()


@pages.post("/<number:case_id>/proposal")
def proposal(case_id: str) -> Response:
    """A data protection officer proposes readers, or to unseal."""
    raw = typed()
    what, readers, reason = (raw.get(name, [""])[0] for name in ("what", "readers", "reason"))
    try:
        propose_change(masar(), actor(), case_id, "unseal" if what == "unseal" else "readers", readers, reason)
    except Invalid as problem:
        return _shown({f"{name}-{case_id}": text for name, text in problem.fields.items()}, 422, case_id)
    return redirect("/sealed?done=proposed", 303)


@pages.post("/<number:case_id>/decision")
def decision(case_id: str) -> Response:
    """Another account decides what was proposed."""
    decide_change(masar(), actor(), case_id, typed().get("answer", [""])[0] == "yes")
    return redirect("/sealed?done=decided", 303)


@pages.post("/<number:case_id>/opening")
def opening(case_id: str) -> Response:
    """Somebody who was named opens the file, with a reason."""
    try:
        open_sealed(masar(), actor(), case_id, typed().get("reason", [""])[0])
    except Invalid as problem:
        return _shown({f"opening-{case_id}": text for text in problem.fields.values()}, 422, case_id)
    kind = next((one.kind for one in sealed_page(masar(), actor()) if one.id == case_id), "case")
    return redirect(f"/{'reports' if kind == 'report' else 'cases'}/{case_id}", 303)


@pages.post("/<number:case_id>/openings/<number:opening_id>/seen")
def seen(case_id: str, opening_id: str) -> Response:
    """A data protection officer took note of an opening."""
    note_opening_seen(masar(), actor(), case_id, min(int(opening_id), LARGEST))
    return redirect("/sealed?done=seen", 303)


@pages.get("/<number:case_id>/work/<number:item_id>")
def hand_over(case_id: str, item_id: str) -> Response:
    """Who could do work of a sealed file that is late."""
    return _to_hand_over(case_id, item_id)


@pages.post("/<number:case_id>/work/<number:item_id>")
def handed_over(case_id: str, item_id: str) -> Response:
    """A data protection officer gives late work to somebody else."""
    to_login, reason = (typed().get(name, [""])[0] for name in ("to", "reason"))
    try:
        hand_over_late_work(masar(), actor(), case_id, item_id, to_login, reason)
    except Invalid as problem:
        return _to_hand_over(case_id, item_id, problem.fields, 422)
    return redirect("/sealed?done=handed_over", 303)


@pages.post("/<number:case_id>/incidents/<number:incident_id>/retry")
def retry(case_id: str, incident_id: str) -> Response:
    """Lets a sealed file try again where it stopped, by somebody who reads nothing of it."""
    retry_incident(masar(), actor(), incident_id, case_id)
    return redirect("/sealed?done=retried", 303)


def _to_hand_over(case_id: str, item_id: str, wrong: dict[str, Text] | None = None, status: int = 200) -> Response:
    page = hand_over_page(masar(), actor(), case_id, item_id)
    return make_response(render_template("sealed_work.html", page=page, wrong=wrong or {}, raw=typed()), status)


def _shown(wrong: dict[str, Text] | None = None, status: int = 200, of: str = "") -> Response:
    rows = sealed_page(masar(), actor())
    if not rows and not may(actor(), "see_seals"):
        raise NotFound
    told = {"proposed": gettext("Proposed. Another account decides."), "decided": gettext("The decision is recorded."),
            "seen": gettext("Noted."), "handed_over": gettext("It is handed over, and recorded."),
            "retried": gettext("It tries again. If it stops again, it will stand here.")}
    done = asked("done")
    html = render_template(
        "sealed.html", rows=rows, wrong=wrong or {}, raw=typed(), of=of, notices=[told[done]] if done in told else [])
    return make_response(html, status)
