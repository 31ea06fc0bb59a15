"""A provider without an account answers by a one-time link. The door tells nothing, so that a messenger that looks at
addresses learns nothing; what stands behind it is opened by a button. No sign-in, no cookie, no script needed."""

from collections.abc import Mapping

from flask import Blueprint, make_response, render_template, request
from werkzeug.wrappers import Response

from engine.commands.answer_links import open_link, use_link
from engine.commands.form_versions import OtherForm
from engine.commands.sessions import Throttled
from engine.errors import Invalid, NotFound, Unavailable
from engine.text import Text
from web.blank_form import without_classes
from web.incoming import hidden, is_submit, typed
from web.language import speak_as_asked, words
from web.sessions import anonymous, masar
from web.showing import form_view

pages = Blueprint("answering", __name__, url_prefix="/answer/<token>")
pages.before_request(speak_as_asked)
SAID_BY = "said_by"
RETRY_AFTER = 300  # seconds


@pages.get("")
@anonymous
def door(token: str) -> str:
    """The same page for every link, living or not."""
    return render_template("public/answer_door.html", token=token)


@pages.post("")
@anonymous
def answer(token: str) -> Response:
    """Opens the link, shows its form again, or takes the answer and ends the link."""
    raw, address = typed(), request.remote_addr or ""
    said_by = "".join(raw.pop(SAID_BY, [])[:1])
    if request.form.get("_do") == "open":
        return _shown(token)
    if not is_submit():
        return _shown(token, raw, said_by)
    try:
        use_link(masar(), token, said_by, raw, hidden("_token"), address, hidden("_version"))
    except Invalid as problem:
        return _shown(token, raw, said_by, problem.fields, problem.text, 422)
    except OtherForm as problem:
        return _shown(token, raw, said_by, {}, problem.text, 409)
    return make_response(render_template("public/answered.html"), 201)


@pages.after_request
def keep_out(response: Response) -> Response:
    """Nothing that searches the web keeps these pages."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


@pages.errorhandler(NotFound)
@pages.errorhandler(Throttled)
@pages.errorhandler(Unavailable)
def dead(problem: NotFound | Throttled | Unavailable) -> Response:
    """One page for whatever is wrong with a link, and what to do."""
    status = {Throttled: 429, Unavailable: 503}.get(type(problem), 404)
    kept = {name: values for name, values in request.form.lists()} if status == 503 else {}
    page = render_template("public/answer_dead.html", problem=words(problem.text), kept=kept)
    response = make_response(page, status)
    if status != 404:
        response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def _shown(
    token: str, raw: Mapping[str, list[str]] | None = None, said_by: str = "",
    errors: Mapping[str, Text] | None = None, problem: Text | None = None, status: int = 200,
) -> Response:
    page = open_link(masar(), token, request.remote_addr or "").page
    wrong = dict(errors or {})
    nameless = wrong.pop(SAID_BY, None)
    html = render_template(
        "public/answer.html", page=page, form=without_classes(form_view(page, raw, wrong)), token=token,
        said_by=said_by, nameless=words(nameless) if nameless else None, submit=hidden("_token") or page.token,
        problem=words(problem) if problem and not wrong and not nameless else None,
    )
    return make_response(html, status)
