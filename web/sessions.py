"""Who is signed in for this request. Every page demands it unless its view is marked as open."""

import hmac
import secrets
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import quote

from flask import Flask, current_app, g, redirect, request
from werkzeug.exceptions import BadRequest, Unauthorized
from werkzeug.wrappers import Response

from engine.access import may
from engine.actor import Actor
from engine.commands.sessions import keep_alive
from engine.masar import Masar
from engine.queries.accounts import SignedIn, actor_of_session
from engine.queries.inspections import sees_inspections
from engine.queries.practitioners import keeps_practitioners
from engine.queries.sealed_alarms import waiting_at_seals
from web.incoming import hidden
from web.routing import of_the_api

SESSION_COOKIE = "masar_session"
# Before sign-in there is no session to hold the secret of the sign-in form; a cookie of its own holds it.
VISIT_COOKIE = "masar_visit"
CSRF_HEADER = "X-CSRF"
_FILES = frozenset({"static", "built_file"})

View = TypeVar("View", bound=Callable[..., object])


def open_to_all(view: View) -> View:
    """Marks a view that needs no sign-in."""
    view.open_to_all = True  # type: ignore[attr-defined]
    return view


def anonymous(view: View) -> View:
    """Marks a view that knows nobody: it reads no session, sets no cookie and leaves no trace in the browser. Its
    forms need no secret, because nobody's rights stand behind them."""
    view.anonymous = True  # type: ignore[attr-defined]
    return open_to_all(view)


def demand_sign_in(app: Flask) -> None:
    """Loads the session of every request and turns away who has none, or whose form was not made for them."""
    app.before_request(_check)
    app.after_request(_set_visit_cookie)
    app.context_processor(_for_templates)


def masar() -> Masar:
    """The Masar that this application serves."""
    opened: Masar = current_app.extensions["masar"]
    return opened


def actor() -> Actor:
    """Who is signed in."""
    signed_in: SignedIn = g.signed_in
    return signed_in.actor


def csrf_token() -> str:
    """The secret that forms of this page carry back."""
    signed_in: SignedIn | None = g.get("signed_in")
    if signed_in:
        return signed_in.csrf
    if "visit" not in g:
        g.visit = request.cookies.get(VISIT_COOKIE, "") or secrets.token_urlsafe(32)
    return str(g.visit)


def session_token() -> str:
    """The token in the cookie, "" where there is none."""
    return request.cookies.get(SESSION_COOKIE, "")[:200]


def start_session(response: Response, token: str) -> Response:
    """Hands the token of a fresh session to the browser."""
    _set_cookie(response, SESSION_COOKIE, token, masar().settings.session_hours * 3600)
    return response


def end_session(response: Response) -> Response:
    """Takes the token back, and what the browser kept of our pages."""
    response.delete_cookie(SESSION_COOKIE, httponly=True, samesite="Lax", secure=is_secure())
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def wants_json() -> bool:
    """Whether a script of ours asks, not a person."""
    return CSRF_HEADER in request.headers or request.headers.get("Accept", "").startswith("application/json")


def safe_next(target: str) -> str:
    """A path of our own to go to, "/" where somebody put another place there."""
    ours = target.startswith("/") and not target.startswith(("//", "/\\")) and len(target) < 500
    if not ours or not target.isprintable():
        return "/"
    return target


def _check() -> Response | None:
    g.signed_in = None
    if request.endpoint in _FILES or of_the_api():
        return None
    if request.endpoint is None:
        g.signed_in = _signed_in()  # there is no such page: who is signed in keeps the ways to the others
        return None
    view = current_app.view_functions[request.endpoint]
    if getattr(view, "anonymous", False):
        g.anonymous = True
        _refuse_other_sites()
        return None
    g.signed_in = _signed_in()
    if g.signed_in is None and not getattr(view, "open_to_all", False):
        return _turn_away()
    if request.method not in {"GET", "HEAD"}:
        _check_csrf()
    elif g.signed_in is not None:
        # Every form is followed by a page, so that a command stays one transaction with one commit.
        keep_alive(masar(), session_token(), g.signed_in.seen_at)
    return None


def _signed_in() -> SignedIn | None:
    token = session_token()
    return actor_of_session(masar(), token) if token else None


def _check_csrf() -> None:
    known = g.signed_in.csrf if g.signed_in else request.cookies.get(VISIT_COOKIE, "")
    sent = request.headers.get(CSRF_HEADER) or hidden("_csrf")
    _refuse_other_sites()
    if not known or not hmac.compare_digest(known.encode(), sent.encode()):
        raise BadRequest


def _refuse_other_sites() -> None:
    """Forms are sent from pages of ours alone; raises BadRequest."""
    from_elsewhere = request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}
    if from_elsewhere and request.method not in {"GET", "HEAD"}:
        raise BadRequest


def _turn_away() -> Response:
    """To the sign-in page and back; a form keeps its typing there (web/pages/sign_in.py)."""
    if request.method in {"GET", "HEAD"} and not wants_json():
        return redirect(f"/sign-in?next={quote(request.full_path.rstrip('?'))}", 303)
    raise Unauthorized


def _set_visit_cookie(response: Response) -> Response:
    if "visit" in g and "anonymous" not in g and request.cookies.get(VISIT_COOKIE) != g.visit:
        _set_cookie(response, VISIT_COOKIE, g.visit, 86_400)
    return response


def _set_cookie(response: Response, name: str, value: str, seconds: int) -> None:
    response.set_cookie(name, value, max_age=seconds, httponly=True, samesite="Lax", secure=is_secure())


def is_secure() -> bool:
    """Whether people reach us by TLS, so that cookies may travel by nothing else."""
    return request.is_secure or masar().settings.public_url.startswith("https:")


def _for_templates() -> dict[str, object]:
    who = g.signed_in.actor if g.get("signed_in") else None
    return {
        "actor": who, "csrf_token": csrf_token(), "may_report": who is not None and may(who, "submit_report"),
        "may_find": who is not None and may(who, "find_cases"),
        "may_see_seals": who is not None and may(who, "see_seals"),
        "untold": waiting_at_seals(masar(), who) if who is not None else 0,
        "may_lead": who is not None and may(who, "see_team"),
        "may_read_procedure": who is not None and may(who, "read_procedure"),
        "may_see_studio": who is not None and may(who, "see_studio"),
        "may_be_away": who is not None and may(who, "be_away"),
        "may_search_directory": who is not None and may(who, "search_directory"),
        "may_see_inspections": who is not None and sees_inspections(who),
        "may_keep_practitioners": who is not None and keeps_practitioners(who),
        "may_declare": who is not None and may(who, "declare_conflict"),
        "may_answer": who is not None and may(who, "answer_for_a_provider"),
    }
