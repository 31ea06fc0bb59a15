"""What went wrong, told to programs: `application/problem+json` (RFC 9457), its words in the language they accept."""

import json
import secrets
from collections.abc import Mapping

from flask import Response, request
from flask_babel import lazy_gettext as _
from marshmallow import ValidationError
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from engine.clock import iso_text
from engine.commands.form_versions import OtherForm
from engine.commands.migration_plans import Refused as PlanRefused
from engine.commands.releasing import Refused
from engine.commands.sessions import Throttled
from engine.errors import Conflict, Invalid, MasarError, NotAllowed, NotFound, NotPossible, Unavailable
from engine.findings import Finding
from engine.text import Text
from web.language import locale, words
from web.logs import note, note_failure

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER = 5  # seconds
STATUS: dict[type[MasarError], int] = {
    NotFound: 404, NotAllowed: 403, Invalid: 422, Conflict: 409, Throttled: 429, Unavailable: 503,
}
KINDS = {
    400: "malformed", 401: "unauthenticated", 403: "not-allowed", 404: "not-found", 405: "method-not-allowed",
    409: "conflict", 413: "too-large", 415: "unsupported-media-type", 422: "invalid", 429: "too-many-requests",
    500: "failure", 503: "unavailable",
}
"""The last part of `type`, by status: what programs go by."""
_TITLES = {
    400: _("This request could not be understood"), 401: _("A valid access token is needed"),
    403: _("This is not open to you"), 404: _("There is no such thing, or it is not open to you"),
    405: _("This address cannot be used in this way"), 409: _("Somebody was faster"),
    413: _("This is too large to send"), 415: _("This media type is not accepted here"),
    422: _("Some values need another look"), 429: _("Too many attempts"), 500: _("Something went wrong on our side"),
    503: _("Masar is busy for a moment"),
}
_BARRED = _("This is not possible as things stand")
_SEE_ERRORS = _("Each value that needs another look is named in “errors”.")


class Unfit(MasarError):
    """A request that is refused for its form: `status` says how, `challenge` what sign-in it lacks."""

    def __init__(self, status: int, text: Text, challenge: str = "") -> None:
        super().__init__(text)
        self.status, self.challenge = status, challenge


def problem_of(error: Exception) -> Response:
    """The problem that an error is; an unforeseen one gets a number under which the log has its place."""
    if isinstance(error, ValidationError):
        return _answer(422, str(_SEE_ERRORS), errors=dict(_flat(error.messages)))
    if isinstance(error, MasarError):
        return _of_engine(error)
    if isinstance(error, HTTPException):
        return _of_http(error)
    incident = secrets.token_hex(4)
    note_failure(incident, request.endpoint or "none", error)
    return _answer(500, "", incident=incident)


def status_of(error: MasarError) -> int:
    """The HTTP status of an error of the engine."""
    return next((status for kind, status in STATUS.items() if isinstance(error, kind)), 400)


def _of_engine(error: MasarError) -> Response:
    told: dict[str, object] = {}
    headers = {}
    status = status_of(error)
    if isinstance(error, Unfit):
        status, headers = error.status, {"WWW-Authenticate": error.challenge} if error.challenge else {}
    elif isinstance(error, (Refused, PlanRefused)):
        told = {"findings": [told_finding(finding) for finding in error.findings]}
    elif isinstance(error, Invalid):
        told = {"errors": {name: words(text) for name, text in error.fields.items()}}
    elif isinstance(error, Conflict):
        told = {"who": words(error.who) if error.who else None, "when": iso_text(error.when) if error.when else None}
        told |= {"form_sha256": error.form_sha256} if isinstance(error, OtherForm) else {}
    if status >= 500:
        note("unavailable", endpoint=request.endpoint or "none", error=type(error).__name__)
        headers = {"Retry-After": str(RETRY_AFTER)}
    if status == 429:
        headers = {"Retry-After": "900"}
    return _answer(status, words(error.text), headers, str(_BARRED) if isinstance(error, NotPossible) else "", **told)


def told_finding(finding: Finding) -> dict[str, str]:
    """A finding in the words of the reader."""
    return {
        "file": finding.file, "element": finding.element, "rule": finding.rule, "severity": finding.severity,
        "message": words(finding.message), "mend": words(finding.mend), "name": words(finding.name),
    }


def _of_http(error: HTTPException) -> Response:
    headers = {}
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return _answer(error.code if error.code in KINDS else 400, "", headers)


def _answer(
    status: int, detail: str, headers: Mapping[str, str] | None = None, title: str = "", **told: object
) -> Response:
    title = title or str(_TITLES[status])
    body: dict[str, object] = {
        "type": f"urn:masar:problem:{KINDS[status]}", "title": title, "status": status, "detail": detail or title,
    }
    body |= {name: value for name, value in told.items() if value is not None}
    answer = Response(json.dumps(body, ensure_ascii=False), status, content_type=MEDIA_TYPE)
    answer.headers.update(headers or {})
    answer.headers["Content-Language"] = locale()
    return answer


def _flat(messages: object, above: str = "") -> list[tuple[str, str]]:
    """The first message of each wrong value, by its path."""
    if isinstance(messages, Mapping):
        inner = (
            _flat(value, above if key == "_schema" else f"{above}.{key}" if above else str(key))
            for key, value in messages.items()
        )
        return [one for several in inner for one in several]
    first = messages[0] if isinstance(messages, list) and messages else messages
    return [(above or "body", str(first))]
