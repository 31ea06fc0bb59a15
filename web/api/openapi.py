"""The description of the API for programs: OpenAPI 3.1, made from the operations and their schemas."""

import re
from functools import lru_cache
from importlib.metadata import version
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Response, jsonify
from marshmallow import Schema

from web.api.bodies import KEY_PATTERN, MEDIA_TYPE
from web.api.operations import OPERATIONS, Operation, api
from web.api.shapes import KEY, Exact, ProblemSchema
from web.problems import MEDIA_TYPE as PROBLEM

_FAILURES = {
    400: "The request could not be understood: not JSON, NUL characters, nested too deep, a bad header.",
    401: "No valid access token.",
    403: "The account, or the scope of its token, does not allow this.",
    404: "There is no such thing, or it is not open to the account.",
    409: "Somebody was faster, or it is closed: who and when.",
    413: "The body is too large.",
    415: "Another media type is wanted.",
    422: "Some values are wrong; `errors` names each by its path.",
    429: "Too many attempts with wrong tokens.",
    503: "The database does not answer for a moment; the same request may be sent again.",
}
_ALWAYS = (400, 401, 403, 422, 429, 503)
_OF_BODIES = (413, 415)
_PLACE = re.compile(r"<number:(\w+)>")
_ABOUT = (
    "Case management by programs: everything that a person may do on the pages, with the same rights. Sign in with an "
    "access token (`masar user token`). Texts come in the language of `Accept-Language` (ar, en). Ids are digits in "
    "strings. Lists are keyset pages: send `next` back as `cursor`. A repeated `Idempotency-Key` counts once."
)


@api.get("/openapi.json")
def openapi() -> Response:
    """The description."""
    answer = jsonify(description())
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@lru_cache(maxsize=1)
def description() -> dict[str, Any]:
    """The OpenAPI document; made once."""
    plugin = MarshmallowPlugin(schema_name_resolver=_named)
    spec = APISpec(
        "Masar", "1", "3.1.0", plugins=[plugin],
        info={"description": _ABOUT, "x-version": version("masar")},
        servers=[{"url": "/api/v1"}], security=[{"token": []}],
    )
    spec.components.security_scheme("token", {"type": "http", "scheme": "bearer"})
    for operation in OPERATIONS:
        place = _PLACE.sub(r"{\1}", operation.path)
        spec.path(place, operations={operation.method.lower(): _described(operation)})
    return dict(spec.to_dict())


def _described(operation: Operation) -> dict[str, Any]:
    told: dict[str, Any] = {
        "operationId": operation.name, "tags": [operation.tag], "summary": operation.summary,
        "description": f"{operation.description} Scope: `{operation.scope}`.".strip(),
        "parameters": _parameters(operation), "responses": _responses(operation),
    }
    if operation.body is not None:
        told["requestBody"] = {"required": True, "content": {MEDIA_TYPE: {"schema": operation.body}}}
    if operation.multipart is not None:
        told["requestBody"] = {"required": True, "content": {"multipart/form-data": {"schema": operation.multipart}}}
    return told


def _parameters(operation: Operation) -> list[dict[str, Any]]:
    key = {"type": "string", "pattern": KEY}
    found: list[dict[str, Any]] = [
        {"name": name, "in": "path", "required": True, "schema": key} for name in _PLACE.findall(operation.path)
    ]
    if operation.query is not None:
        found.append({"in": "query", "schema": operation.query})
    if operation.idempotent:
        found.append({
            "name": "Idempotency-Key", "in": "header", "schema": {"type": "string", "pattern": f"^{KEY_PATTERN}$"},
            "description": "Names this very sending: the same key with the same body counts once.",
        })  # fmt: skip
    return found


def _responses(operation: Operation) -> dict[str, Any]:
    done: dict[str, Any] = {"description": "Done."}
    if operation.answer is not None:
        done["content"] = {MEDIA_TYPE: {"schema": operation.answer}}
    if operation.located:
        done["headers"] = {"Location": {"schema": {"type": "string"}, "description": "Where it is read."}}
    has_body = operation.body is not None or operation.multipart is not None
    statuses = sorted({*_ALWAYS, *operation.fails, *(_OF_BODIES if has_body else ())})
    failures = {str(status): _failure(status) for status in statuses}
    return {str(operation.status): done, **failures}


def _failure(status: int) -> dict[str, Any]:
    told: dict[str, Any] = {
        "description": _FAILURES[status], "content": {PROBLEM: {"schema": ProblemSchema}},
    }
    if status == 401:
        told["headers"] = {"WWW-Authenticate": {"schema": {"type": "string"}, "required": True}}
    return told


def _named(schema: type[Schema] | Schema | str) -> str:
    """The name of a schema in the document: that of its class, without what only tells classes apart."""
    kind = schema if isinstance(schema, type) else type(schema)
    assert issubclass(kind, Exact)
    return kind.__name__.removesuffix("Schema")
