"""Putting definitions in force: publishing a draft, the second person's proposals, and trying a form out."""

from collections.abc import Sequence

from flask import Blueprint, make_response, redirect, render_template
from flask_babel import gettext
from werkzeug.wrappers import Response

from engine.commands.deciding import approve, refuse, withdraw
from engine.commands.publishing import Chosen, publish_drafts
from engine.commands.releasing import Refused
from engine.errors import Conflict, Invalid
from engine.findings import Finding
from engine.forms import FormView
from engine.queries.releases import proposal_page, proposed_file, publish_page
from engine.queries.trying import form_to_try
from engine.studio import NOUNS, Noun
from engine.text import Text
from web.incoming import hidden, is_submit, typed
from web.language import words
from web.pages.studio import ONE, as_file, faster, notices
from web.pages.studio_editing import revision_of
from web.sessions import actor, masar
from web.showing import form_view

pages = Blueprint("studio_publishing", __name__, url_prefix="/studio")
pages.register_error_handler(Conflict, faster)
PROPOSAL = "/proposals/<number:proposal_id>"
LARGEST_PROPOSAL = 2**31 - 1
MOST_TOGETHER = 200


@pages.get(f"{ONE}/publish")
def publishing(noun: Noun, key: str) -> Response:
    """What would be put in force, beside what is."""
    return _release(noun, key)


@pages.post(f"{ONE}/publish")
def publication(noun: Noun, key: str) -> Response:
    """Publishes a draft, with those that were ticked, or proposes them to a second person."""
    chosen = [Chosen(noun, key, revision_of(hidden("revision"))), *_ticked()]
    try:
        done = publish_drafts(masar(), actor(), chosen, hidden("note"))
    except Refused as refused:
        return _release(noun, key, refused.text, refused.findings, 422)
    except Invalid as problem:
        return _release(noun, key, problem.text, (), 422)
    if done.proposal_id is not None:
        return redirect(f"/studio/proposals/{done.proposal_id}?done=proposed", 303)
    return redirect(f"/studio/{noun}/{key}?done=published", 303)


@pages.get(PROPOSAL)
def proposal(proposal_id: str) -> Response:
    """A proposal as its second person reads it."""
    return _proposal(proposal_id)


@pages.post(f"{PROPOSAL}/approval")
def approval(proposal_id: str) -> Response:
    """Approves it: it comes into force."""
    try:
        approve(masar(), actor(), _number(proposal_id))
    except Refused as refused:
        return _proposal(proposal_id, refused.text, refused.findings, 422)
    return redirect(f"/studio/proposals/{proposal_id}?done=published", 303)


@pages.post(f"{PROPOSAL}/refusal")
def refusal(proposal_id: str) -> Response:
    """Refuses it, with the reason."""
    try:
        refuse(masar(), actor(), _number(proposal_id), hidden("reason"))
    except Invalid as problem:
        return _proposal(proposal_id, problem.text, (), 422)
    return redirect(f"/studio/proposals/{proposal_id}?done=refused", 303)


@pages.post(f"{PROPOSAL}/withdrawal")
def withdrawal(proposal_id: str) -> Response:
    """Takes one's own proposal back."""
    withdraw(masar(), actor(), _number(proposal_id))
    return redirect(f"/studio/proposals/{proposal_id}?done=withdrawn", 303)


@pages.get(f"{PROPOSAL}/files/<any(process, decision, form, list):noun>/<key>")
def proposed(proposal_id: str, noun: Noun, key: str) -> Response:
    """A file as it was proposed."""
    return as_file(noun, key, proposed_file(masar(), actor(), _number(proposal_id), noun, key))


@pages.get("/form/<key>/try")
def trying(key: str) -> Response:
    """The form as the real page shows it."""
    return _tried(key)


@pages.post("/form/<key>/try")
def tried(key: str) -> Response:
    """Reads the answers as the real page would, says what is wrong with them, and keeps nothing."""
    return _tried(key, typed())


def _release(
    noun: Noun, key: str, problem: Text | None = None, found: Sequence[Finding] = (), status: int = 200
) -> Response:
    page = publish_page(masar(), actor(), noun, key)
    html = render_template(
        "studio/publish.html", page=page, problem=words(problem) if problem else None, found=found,
        note=hidden("note"), ticked=typed().get("with", []),
    )
    return make_response(html, status)


def _proposal(
    proposal_id: str, problem: Text | None = None, found: Sequence[Finding] = (), status: int = 200
) -> Response:
    page = proposal_page(masar(), actor(), _number(proposal_id))
    told = words(problem) if problem else None
    html = render_template("studio/proposal.html", page=page, problem=told, found=found, notices=notices())
    return make_response(html, status)


def _tried(key: str, raw: dict[str, list[str]] | None = None) -> Response:
    page = form_to_try(masar(), actor(), key)
    view: FormView | None = None
    status, good, stopped = 200, False, None
    if page.form is not None:
        errors = dict[str, Text]()
        if raw is not None and is_submit():
            one = page.form
            reading = one.form.read(raw, one.context, one.lists, one.env, one.decide)
            errors, stopped = dict(reading.errors), reading.stopped
            status, good = (422, False) if errors or stopped else (200, True)
        view = form_view(page.form, raw, errors)
    told = [gettext("Every answer can be taken. Nothing was stored.")] if good else []
    problem = words(stopped) if stopped else None
    html = render_template("studio/try.html", page=page, form=view, notices=told, problem=problem)
    return make_response(html, status)


def _ticked() -> list[Chosen]:
    """The boxes `kind/key/revision` that were ticked; garbled ones name no draft."""
    found = []
    for box in typed().get("with", [])[:MOST_TOGETHER]:
        name, _, rest = box.partition("/")
        key, _, revision = rest.rpartition("/")
        noun = next((one for one in NOUNS if one == name), None)
        if noun is not None:
            found.append(Chosen(noun, key, revision_of(revision)))
    return found


def _number(proposal_id: str) -> int:
    return min(int(proposal_id), LARGEST_PROPOSAL)
