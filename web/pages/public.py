"""Pages for anybody: report and complaint without signing in, the blank on paper, the status by tracking code, the
quick exit. They know nobody, set no cookie and need no script; each tells the emergency numbers, come what may."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import Blueprint, make_response, render_template, request
from werkzeug.wrappers import Response

from engine.actor import PUBLIC, Actor
from engine.commands.complaints import submit_public_complaint
from engine.commands.public import submit_public_report
from engine.commands.reports import Receipt
from engine.commands.sessions import Throttled
from engine.errors import Invalid, Unavailable
from engine.masar import Masar
from engine.queries.complaints import complaint_form
from engine.queries.emergency import emergency_numbers, numbers_in
from engine.queries.reports import report_form
from engine.queries.rows import ReportForm
from engine.queries.tracking import progress_of
from engine.text import Text
from web.blank_form import blank_form, without_classes
from web.incoming import hidden, is_submit, typed
from web.language import locale, speak_as_asked, words
from web.sessions import anonymous, masar
from web.showing import form_view

pages = Blueprint("public", __name__)
pages.before_request(speak_as_asked)
TRAP = "website"
"""A field that people do not see. Who fills it is shown the form once more, never turned away: a browser that fills
in fields by itself must not cost a report."""
RETRY_AFTER = 300  # seconds


@dataclass(frozen=True)
class Topic:
    """What somebody may send without signing in: its empty form, the command that takes it, the page of its receipt."""

    name: str
    form: Callable[[Masar, Actor], ReportForm]
    send: Callable[[Masar, Mapping[str, list[str]], str, str], Receipt]
    receipt: str


REPORT = Topic("report", report_form, submit_public_report, "public/receipt.html")
COMPLAINT = Topic("complaint", complaint_form, submit_public_complaint, "public/complaint_receipt.html")


@pages.get("/report")
@anonymous
def report() -> Response:
    """An empty report."""
    return _shown(REPORT)


@pages.post("/report")
@anonymous
def report_submission() -> Response:
    """Takes the report and shows its receipt, the only place that tells the tracking code. Sent twice, it counts
    once; when too many came from one place, the typing stays on the page."""
    return _taken(REPORT)


@pages.get("/complaint")
@anonymous
def complaint() -> Response:
    """An empty complaint."""
    return _shown(COMPLAINT)


@pages.post("/complaint")
@anonymous
def complaint_submission() -> Response:
    """Takes the complaint, as a report is taken."""
    return _taken(COMPLAINT)


@pages.get("/report/blank")
@anonymous
def blank() -> str:
    """The empty form to print, for people and partners without a line."""
    page = report_form(masar(), PUBLIC)
    return render_template("public/blank.html", form=blank_form(page, locale()), numbers=numbers_in(page.lists))


@pages.get("/track")
@anonymous
def tracking() -> str:
    """Asks for a tracking code; it is never part of an address, which browsers remember."""
    return _tracked()


@pages.post("/track")
@anonymous
def progress() -> Response:
    """How far the report has come."""
    code = hidden("code")[:60].strip()
    try:
        found = progress_of(masar(), code, request.remote_addr or "")
    except Invalid as problem:
        return make_response(_tracked(code, error=words(problem.text)), 422)
    except Throttled as brake:
        response = make_response(_tracked(code, error=words(brake.text)), 429)
        response.headers["Retry-After"] = str(RETRY_AFTER)
        return response
    return make_response(_tracked(code, found))


@pages.errorhandler(Unavailable)
def away(problem: Unavailable) -> Response:
    """The database does not answer: whom to call meanwhile, and the typing, ready to be sent again."""
    kept = {name: values for name, values in request.form.lists() if name != TRAP}
    numbers = emergency_numbers(masar())
    page = render_template("public/away.html", kept=kept, numbers=numbers, problem=words(problem.text))
    response = make_response(page, 503)
    response.headers["Retry-After"] = "5"
    return response


def _taken(topic: Topic) -> Response:
    raw = typed()
    trapped = any(raw.pop(TRAP, []))
    if trapped or not is_submit():
        return _shown(topic, raw, trapped=trapped)
    try:
        receipt = topic.send(masar(), raw, hidden("_token"), request.remote_addr or "")
    except Invalid as problem:
        return _shown(topic, raw, problem.fields, problem.text, 422)
    except Throttled as brake:
        return _shown(topic, raw, None, brake.text, 429)
    numbers = emergency_numbers(masar())
    return make_response(render_template(topic.receipt, code=receipt.tracking_code, numbers=numbers), 201)


def _shown(
    topic: Topic, raw: Mapping[str, list[str]] | None = None, errors: Mapping[str, Text] | None = None,
    problem: Text | None = None, status: int = 200, trapped: bool = False,
) -> Response:
    page = topic.form(masar(), PUBLIC)
    html = render_template(
        "public/report.html", topic=topic.name, form=without_classes(form_view(page, raw, errors)), trap=TRAP,
        trapped=trapped, token=hidden("_token") or page.token, numbers=numbers_in(page.lists),
        problem=words(problem) if problem and not errors else None,
    )
    response = make_response(html, status)
    if status == 429:
        response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def _tracked(code: str = "", progress: str | None = None, error: str | None = None) -> str:
    numbers = emergency_numbers(masar())
    return render_template("public/track.html", code=code, progress=progress, error=error, numbers=numbers)
