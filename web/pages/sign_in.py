"""Signing in and out."""

from flask import Blueprint, g, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from engine.commands.sessions import SignInRefused, Throttled, sign_in, sign_out
from engine.commands.sign_in_codes import use_code
from engine.errors import Invalid
from web.incoming import asked, typed
from web.keeping import KEPT, keep_typing
from web.language import words
from web.sessions import end_session, masar, open_to_all, safe_next, session_token, start_session

pages = Blueprint("sign_in", __name__)


@pages.get("/sign-in")
@open_to_all
def form() -> Response:
    """The sign-in page; who is signed in already goes on."""
    target = safe_next(asked("next", 500) or "/")
    if g.signed_in:
        return redirect(target, 303)
    return make_response(render_template("sign_in.html", next=target, login="", error=None, kept=[]))


@pages.post("/sign-in")
@open_to_all
def submit() -> Response:
    """Opens a session under a new token. One answer, whatever was wrong."""
    fields = typed()
    login, password = fields.get("login", [""])[0], fields.get("password", [""])[0]
    target = safe_next(fields.get("next", ["/"])[0])
    kept = fields.get(KEPT, [])
    try:
        token = sign_in(masar(), login, password, request.remote_addr or "")
    except (SignInRefused, Throttled) as refusal:
        error, status = words(refusal.text), 429 if isinstance(refusal, Throttled) else 401
        page = render_template("sign_in.html", next=target, login=login[:64], error=error, kept=kept)
        return make_response(page, status)
    if session_token():
        sign_out(masar(), session_token())  # whoever was signed in at this browser before is not any more
    return start_session(redirect(keep_typing(token, target, kept), 303), token)


@pages.get("/sign-in/code")
@open_to_all
def code_form() -> Response:
    """Where a one-time code is exchanged for a password of one's own."""
    return make_response(render_template("sign_in_code.html", login=asked("login", 64), error=None))


@pages.post("/sign-in/code")
@open_to_all
def code_submit() -> Response:
    """Takes the code and the new password, and signs in."""
    fields = {name: values[0] for name, values in typed().items()}
    login = fields.get("login", "")
    passwords = (fields.get("password", ""), fields.get("again", ""))
    try:
        token = use_code(masar(), login, fields.get("code", ""), passwords, request.remote_addr or "")
    except (SignInRefused, Throttled, Invalid) as refusal:
        status = 422 if isinstance(refusal, Invalid) else 429 if isinstance(refusal, Throttled) else 401
        shown = {"code": fields.get("code", "")[:64]} if status == 422 else {}
        page = render_template("sign_in_code.html", login=login[:64], error=words(refusal.text), **shown)
        return make_response(page, status)
    if session_token():
        sign_out(masar(), session_token())
    return start_session(redirect("/", 303), token)


@pages.post("/sign-out")
@open_to_all
def leave() -> Response:
    """Ends the session; doing it twice is no error."""
    if session_token():
        sign_out(masar(), session_token())
    return end_session(redirect("/sign-in", 303))
