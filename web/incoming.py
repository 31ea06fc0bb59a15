"""What browsers send: read strictly, so that nothing garbled reaches a command."""

from collections.abc import Callable, Mapping
from typing import TypeVar
from urllib.parse import unquote_to_bytes

from flask import Flask, current_app, request
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge, UnsupportedMediaType

from web.routing import of_the_api

MOST_FIELDS = 3_000
LONGEST_NAME = 200
LONGEST_VALUE = 100_000
_OURS = frozenset({"_csrf", "_token", "_do", "_form", "_version"})
_INNER_BUTTONS = ("_add", "_remove", "_refresh")
_FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
AROUND_A_FILE = 10_000  # bytes of a form besides the file in it

View = TypeVar("View", bound=Callable[..., object])


def takes_a_file(largest: int) -> Callable[[View], View]:
    """Marks a view that takes a file of so many bytes at most, as the body of the request or in a form."""

    def mark(view: View) -> View:
        view.largest_file = largest  # type: ignore[attr-defined]
        return view

    return mark


def refuse_garbage(app: Flask) -> None:
    """Answers requests that no page of ours sends with a 4xx, before anything else looks at them."""
    app.before_request(_check)


def typed() -> dict[str, list[str]]:
    """The fields as typed, without those that pages add for themselves."""
    return {name: values for name, values in request.form.lists() if name not in _OURS}


def is_submit() -> bool:
    """Whether the form was sent for good, and not by one of the buttons inside it (add a row, show what
    follows), which only want to see it again."""
    if request.form.get("_do", "complete") != "complete":
        return False
    return not any(name.startswith(_INNER_BUTTONS) for name in request.form)


def hidden(name: str) -> str:
    """One of our hidden fields, "" where it is missing."""
    return request.form.get(name, "")


def asked(name: str, longest: int = 200) -> str:
    """A parameter of the address, "" where it is missing. Raises BadRequest where it is absurdly long."""
    value = request.args.get(name, "").strip()
    if len(value) > longest:
        raise BadRequest
    return value


def _check() -> None:
    _check_text(request.query_string)
    _check_text(request.environ["PATH_INFO"].encode("latin-1"))
    if request.method in {"POST", "PUT", "PATCH", "DELETE"} and not of_the_api():
        _check_form()


def _check_form() -> None:
    if request.content_length is None and "chunked" not in request.headers.get("Transfer-Encoding", ""):
        return
    if not request.content_length and not request.mimetype:
        return
    largest: int = getattr(current_app.view_functions.get(request.endpoint or ""), "largest_file", 0)
    if largest:
        request.max_content_length = largest + AROUND_A_FILE
    if request.mimetype not in _FORMS:
        if largest:
            return
        raise UnsupportedMediaType
    if request.mimetype == "application/x-www-form-urlencoded":
        _check_text(request.get_data(cache=True, parse_form_data=False))
    if request.files and not largest:
        raise UnsupportedMediaType
    _check_fields(request.form.to_dict(flat=False))


def _check_fields(fields: Mapping[str, list[str]]) -> None:
    if sum(len(values) for values in fields.values()) > MOST_FIELDS:
        raise RequestEntityTooLarge
    for name, values in fields.items():
        if len(name) > LONGEST_NAME or "\0" in name or "\ufffd" in name:
            raise BadRequest
        for value in values:
            if len(value) > LONGEST_VALUE:
                raise RequestEntityTooLarge
            if "\0" in value or "\ufffd" in value:
                raise BadRequest


def _check_text(raw: bytes) -> None:
    """Refuses what is not UTF-8 under its percent signs, and NUL, which no database keeps."""
    plain = unquote_to_bytes(raw)
    try:
        plain.decode()
    except UnicodeDecodeError as error:
        raise BadRequest from error
    if b"\0" in plain:
        raise BadRequest
