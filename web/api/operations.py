"""Operations of the API: each is declared once, and from that come its route, its checks and its description."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Blueprint, Response, jsonify, request
from flask_babel import gettext as _
from marshmallow import Schema, ValidationError

from web.api.bodies import demand_multipart, demand_text, idempotency_key, read_json
from web.api.guard import demand_token
from web.language import locale
from web.problems import problem_of

api = Blueprint("api", __name__, url_prefix="/api/v1")
View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Operation:
    """What an operation takes and gives. `fails` are the statuses that it may answer beside those that all may;
    `largest` are the bytes of a body where more than the usual are allowed."""

    name: str
    method: str
    path: str
    scope: str
    tag: str
    summary: str
    description: str
    status: int = 200
    query: type[Schema] | None = None
    body: type[Schema] | None = None
    answer: type[Schema] | None = None
    fails: tuple[int, ...] = ()
    idempotent: bool = False
    multipart: Mapping[str, Any] | None = None
    largest: int | None = None
    located: bool = False


OPERATIONS: list[Operation] = []


def operation(method: str, path: str, scope: str, tag: str, **said: Any) -> Callable[[View], View]:
    """Makes a view an operation. The view gets what stands in its path, then as declared `query`, `body` and `token`
    (of the Idempotency-Key); it gives what `answer` shows, or that and the address of what it made."""

    def mark(view: View) -> View:
        summary, _blank, description = (view.__doc__ or "").partition("\n\n")
        told = " ".join(description.split())
        declared = Operation(view.__name__, method, path, scope, tag, " ".join(summary.split()), told, **said)
        OPERATIONS.append(declared)
        api.add_url_rule(path, view.__name__, _served(declared, view), methods=[method])
        return view

    return mark


def _served(declared: Operation, view: Callable[..., Any]) -> Callable[..., Response]:
    def serve(**place: str) -> Response:
        if declared.largest is not None:
            request.max_content_length = declared.largest
        demand_token(declared.scope)
        given: dict[str, Any] = {**place}
        if declared.idempotent:
            given["token"] = idempotency_key()
        query = _parameters(declared.query)
        if declared.query is not None:
            given["query"] = query
        if declared.multipart is not None:
            demand_multipart()
        if declared.body is not None:
            given["body"] = declared.body().load(read_json())
        return _answered(declared, view(**given))

    return serve


def _parameters(schema: type[Schema] | None) -> Any:
    """What the address asks for. Raises ValidationError, also for what it does not know or says twice."""
    twice = {name: [str(_("Say this once."))] for name, values in request.args.lists() if len(values) > 1}
    if twice:
        raise ValidationError(dict(twice))
    given = {demand_text(name): demand_text(value) for name, value in request.args.items()}
    if schema is None and given:
        raise ValidationError({name: [str(_("No such parameter is known here."))] for name in given})
    return schema().load(given) if schema else {}


def _answered(declared: Operation, found: Any) -> Response:
    address = None
    if declared.located:
        found, address = found
    answer = jsonify(declared.answer().dump(found)) if declared.answer else Response(status=declared.status)
    answer.status_code = declared.status
    if address:
        answer.headers["Location"] = address
    answer.headers["Content-Language"] = locale()
    answer.headers["Vary"] = "Authorization, Accept-Language"
    return answer


@api.errorhandler(ValidationError)
def _invalid(error: ValidationError) -> Response:
    return problem_of(error)
