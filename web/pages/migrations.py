"""Moving running cases to a newer version: plans, their second person, and how far they are."""

from collections.abc import Callable, Sequence

from flask import Blueprint, make_response, redirect, render_template, request
from flask_babel import gettext
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from engine.actor import Actor
from engine.commands import migration_plans as plans
from engine.commands.migration_choices import choose, take_file
from engine.errors import Conflict, Invalid
from engine.findings import Finding
from engine.masar import Masar
from engine.queries.migrations import migration_page, migrations_page, plan_file, rehearsed
from engine.text import Text
from web.incoming import asked, hidden, takes_a_file, typed
from web.language import words
from web.pages.studio import faster
from web.pages.studio_editing import revision_of
from web.sessions import actor, masar

pages = Blueprint("migrations", __name__, url_prefix="/studio/migrations")
pages.register_error_handler(Conflict, faster)
ONE = "/<number:migration_id>"
LARGEST = 2**31 - 1
LARGEST_FILE = 500_000
MOST_TOGETHER = 100
TOO_LARGE = Text("الملف أكبر من 500 كيلوبايت.", "The file is larger than 500 KB.")


@pages.get("")
def all_of_them() -> Response:
    """Versions with running cases, and migrations."""
    return _all()


@pages.post("")
def beginning() -> Response:
    """Begins a plan for the cases of a version."""
    try:
        made = plans.begin(masar(), actor(), revision_of(hidden("old")))
    except Invalid as problem:
        return _all(problem.text, 422)
    return redirect(f"/studio/migrations/{made}", 303)


@pages.post("/all")
def beginning_all() -> Response:
    """Begins a plan for every older version with running cases."""
    return _together(lambda: plans.begin_all(masar(), actor()))


@pages.post("/proposal")
def proposing() -> Response:
    """Gives the ticked drafts to a second person, all or none."""
    ticked = (box.partition("/") for box in typed().get("plan", [])[:MOST_TOGETHER])
    revisions = {revision_of(number): revision_of(revision) for number, _, revision in ticked}
    return _together(lambda: plans.propose_together(masar(), actor(), revisions, hidden("note")))


@pages.post("/approval")
def approving() -> Response:
    """Lets the ticked plans run, all or none."""
    ids = {revision_of(box.partition("/")[0]) for box in typed().get("plan", [])[:MOST_TOGETHER]}
    return _together(lambda: plans.approve_together(masar(), actor(), sorted(ids)))


@pages.get(ONE)
def one(migration_id: str) -> Response:
    """One plan."""
    return _one(migration_id)


@pages.get(f"{ONE}/plan.yaml")
def file(migration_id: str) -> Response:
    """The plan as a file to keep and change."""
    answer = Response(plan_file(masar(), actor(), _number(migration_id)), mimetype="application/yaml")
    answer.headers.set("Content-Disposition", "attachment", filename=f"migration-{_number(migration_id)}.yaml")
    return answer


@pages.get(f"{ONE}/rehearsal")
def rehearsal(migration_id: str) -> str:
    """How it would go, in numbers; nothing is moved."""
    found, reasons = rehearsed(masar(), actor(), _number(migration_id))
    page = migration_page(masar(), actor(), _number(migration_id))
    return render_template("studio/rehearsal.html", page=page, found=found, reasons=reasons)


@pages.post(f"{ONE}/plan")
def choosing(migration_id: str) -> Response:
    """Keeps what was chosen on the page."""
    answers = {name: values[0] for name, values in typed().items()}
    choose(masar(), actor(), _number(migration_id), answers, revision_of(hidden("revision")))
    return redirect(f"/studio/migrations/{_number(migration_id)}?done=saved", 303)


@pages.post(f"{ONE}/file")
@takes_a_file(LARGEST_FILE)
def sending(migration_id: str) -> Response:
    """Takes a plan from a file."""
    try:
        sent = request.files.get("file")
        content = sent.read() if sent else b""
        take_file(masar(), actor(), _number(migration_id), content, revision_of(hidden("revision")))
    except RequestEntityTooLarge:
        return _one(migration_id, TOO_LARGE, (), 413)
    except Invalid as problem:
        return _one(migration_id, problem.text, (), 422)
    return redirect(f"/studio/migrations/{_number(migration_id)}?done=saved", 303)


@pages.post(f"{ONE}/proposal")
def proposal(migration_id: str) -> Response:
    """Gives it to a second person."""
    revision, note = revision_of(hidden("revision")), hidden("note")
    return _done(migration_id, "proposed", lambda m, a, n: plans.propose_it(m, a, n, revision, note))


@pages.post(f"{ONE}/approval")
def approval(migration_id: str) -> Response:
    """Lets it run."""
    return _done(migration_id, "approved", plans.approve)


@pages.post(f"{ONE}/refusal")
def refusal(migration_id: str) -> Response:
    """Refuses it, with the reason."""
    reason = hidden("reason")
    return _done(migration_id, "refused", lambda m, a, n: plans.refuse(m, a, n, reason))


@pages.post(f"{ONE}/withdrawal")
def withdrawal(migration_id: str) -> Response:
    """Gives it up before it runs."""
    return _done(migration_id, "withdrawn", plans.withdraw)


@pages.post(f"{ONE}/pause")
def pausing(migration_id: str) -> Response:
    """Stops it."""
    return _done(migration_id, "paused", plans.pause)


@pages.post(f"{ONE}/resumption")
def resumption(migration_id: str) -> Response:
    """Lets it go on, or try those again that stayed."""
    return _done(migration_id, "resumed", plans.resume)


def _done(migration_id: str, done: str, act: Callable[[Masar, Actor, int], None]) -> Response:
    try:
        act(masar(), actor(), _number(migration_id))
    except plans.Refused as refused:
        return _one(migration_id, refused.text, refused.findings, 422)
    except Invalid as problem:
        return _one(migration_id, problem.text, (), 422)
    return redirect(f"/studio/migrations/{_number(migration_id)}?done={done}", 303)


def _together(act: Callable[[], object]) -> Response:
    try:
        act()
    except Invalid as problem:
        return _all(problem.text, 422)
    return redirect("/studio/migrations", 303)


def _all(problem: Text | None = None, status: int = 200) -> Response:
    page = migrations_page(masar(), actor())
    told = words(problem) if problem else None
    return make_response(render_template("studio/migrations.html", page=page, problem=told), status)


def _one(
    migration_id: str, problem: Text | None = None, found: Sequence[Finding] = (), status: int = 200
) -> Response:
    page = migration_page(masar(), actor(), _number(migration_id))
    told = words(problem) if problem else None
    html = render_template(
        "studio/migration.html", page=page, problem=told, found=found or page.findings, notices=_notices(),
        note=hidden("note"), reason=hidden("reason"),
    )
    return make_response(html, status)


def _notices() -> list[str]:
    told = {
        "saved": gettext("The plan is saved."),
        "proposed": gettext("Proposed. It runs when another analyst approves it."),
        "approved": gettext("Approved. The cases are being moved."),
        "refused": gettext("Refused. The reason was recorded."),
        "withdrawn": gettext("The plan was given up."), "paused": gettext("Paused. No case is being moved."),
        "resumed": gettext("It goes on."),
    }
    done = asked("done")
    return [told[done]] if done in told else []


def _number(migration_id: str) -> int:
    return min(int(migration_id), LARGEST)
