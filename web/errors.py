"""What went wrong, told once: every error of the engine and of HTTP becomes a page in the reader's words."""

import secrets
from collections.abc import Callable
from typing import Any

from flask import Flask, Response, g, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed, Unauthorized

from engine.errors import Conflict, MasarError, NotPossible
from engine.forms import FormView
from engine.text import Text
from web.incoming import typed
from web.keeping import kept_parts, page_of
from web.language import words
from web.logs import note, note_failure
from web.problems import RETRY_AFTER, problem_of, status_of
from web.routing import of_the_api
from web.sessions import safe_next, wants_json


def answer_errors(app: Flask) -> None:
    """Registers the answers."""
    answers: dict[type[Exception], Callable[[Any], Response]] = {
        Conflict: conflict_page, MasarError: _engine_error, Unauthorized: _signed_out, HTTPException: _http_error,
        Exception: _failure,
    }
    for kind, page in answers.items():
        app.register_error_handler(kind, _for_people_or_programs(page))


def _for_people_or_programs(page: Callable[[Any], Response]) -> Callable[[Exception], Response]:
    def answer(error: Exception) -> Response:
        return problem_of(error) if of_the_api() else page(error)

    return answer


def _engine_error(error: MasarError) -> Response:
    status = status_of(error)
    if status >= 500:
        note("unavailable", endpoint=request.endpoint or "none", error=type(error).__name__)
    response = _answer(status, error.text)
    if status == 503:
        response.headers["Retry-After"] = str(RETRY_AFTER)
    if status == 429:
        response.headers["Retry-After"] = "900"
    return response


def conflict_page(error: Conflict, form: FormView | None = None) -> Response:
    """Somebody was faster, or it is not possible at all: who, when, and everything that was typed, in its form where
    that is at hand."""
    if wants_json():
        return _answer(409, error.text)
    kept = [value for values in typed().values() for value in values if value.strip()]
    page = render_template(
        "conflict.html", text=error.text, who=error.who, when=error.when, form=form, typing=kept,
        barred=isinstance(error, NotPossible),
    )
    return make_response(page, 409)


def _signed_out(_error: Unauthorized) -> Response:
    """The session ended while somebody was typing: the typing goes along through the sign-in."""
    if wants_json():
        return _answer(401, None)
    target = safe_next(page_of(request.path))
    page = render_template("sign_in.html", next=target, kept=kept_parts(), error=None, login="")
    return make_response(page, 401)


def _http_error(error: HTTPException) -> Response:
    if error.code is None or error.code < 400:
        return make_response(error.get_response())
    response = _answer(error.code, None)
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return response


def _failure(error: Exception) -> Response:
    """Nobody foresaw this: a number to tell the engineers, and the place in their log."""
    incident = secrets.token_hex(4)
    note_failure(incident, request.endpoint or "none", error)
    return _answer(500, None, incident)


def _answer(status: int, text: Text | None, incident: str | None = None) -> Response:
    g.setdefault("signed_in", None)
    if wants_json():
        told = {"error": words(text) if text else "", "status": status, "incident": incident}
        return make_response(jsonify({key: value for key, value in told.items() if value}), status)
    return make_response(render_template("error.html", status=status, text=text, incident=incident), status)
