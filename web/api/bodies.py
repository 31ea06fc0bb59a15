"""What programs send: JSON and parameters read strictly, so that nothing garbled reaches a command."""

import json
import re
import secrets
from decimal import Decimal
from typing import Any, NoReturn

from flask import request

from engine.text import Text
from web.problems import Unfit

DEEPEST = 20
MOST_VALUES = 20_000
LONGEST_NUMBER = 40
MEDIA_TYPE = "application/json"
KEY_PATTERN = "[!-~]{1,200}"
"""What an Idempotency-Key is made of: visible ASCII."""

_NOT_JSON = Text("المحتوى ليس JSON سليماً بترميز UTF-8.", "The body is not well-formed JSON in UTF-8.")
_TOO_DEEP = Text(f"المحتوى أعمق من {DEEPEST} مستوى أو فيه قيم كثيرة جداً.",
                 f"The body is nested deeper than {DEEPEST} levels, or holds too many values.")  # fmt: skip
_NOT_TEXT = Text("في المحتوى رموز لا يمكن حفظها (NUL أو نصف رمز).",
                 "The body holds characters that cannot be kept (NUL or half a surrogate pair).")  # fmt: skip
_NOT_A_NUMBER = Text(
    "في المحتوى عدد أطول من المسموح، أو ليس عدداً.", "The body holds a number that is none, or too long."
)
_TWICE = Text("مفتاح مكرر في كائن واحد.", "A key stands twice in one object.")
_ONLY_JSON = Text("أرسل المحتوى بنوع application/json.", "Send the body as application/json.")
_ONLY_MULTIPART = Text("أرسل الملفات بنوع multipart/form-data.", "Send the files as multipart/form-data.")
_BAD_KEY = Text("المفتاح Idempotency-Key من رمز إلى ٢٠٠ رمز ASCII ظاهر.",
                "An Idempotency-Key is made of 1 to 200 visible ASCII characters.")  # fmt: skip
_FORBIDDEN = re.compile("[\0\ud800-\udfff]")


def read_json() -> Any:
    """The body of this request. Raises Unfit (400, 415), RequestEntityTooLarge."""
    if request.mimetype != MEDIA_TYPE:
        raise Unfit(415, _ONLY_JSON)
    try:
        found = json.loads(
            request.get_data(cache=False).decode(), object_pairs_hook=_object, parse_float=_decimal, parse_int=_whole,
            parse_constant=_no_number,
        )
    except (ValueError, RecursionError) as error:
        raise Unfit(400, _NOT_JSON) from error
    _measure(found)
    return found


def demand_multipart() -> None:
    """Raises Unfit (415) for any other body."""
    if request.mimetype != "multipart/form-data":
        raise Unfit(415, _ONLY_MULTIPART)


def idempotency_key() -> str:
    """What names this very sending; one made up where the program gave none. Raises Unfit (400)."""
    given = request.headers.get("Idempotency-Key")
    if given is None:
        return secrets.token_urlsafe(24)
    if not re.fullmatch(KEY_PATTERN, given):
        raise Unfit(400, _BAD_KEY)
    return given


def demand_text(text: str) -> str:
    """The text, where a database can keep it. Raises Unfit (400)."""
    if _FORBIDDEN.search(text):
        raise Unfit(400, _NOT_TEXT)
    return text


def _measure(found: Any) -> None:
    """Refuses what is too deep or too much, and text that no database keeps; walks without recursion."""
    left, count = [(found, 1)], 0
    while left:
        value, depth = left.pop()
        count += 1
        if depth > DEEPEST or count > MOST_VALUES:
            raise Unfit(400, _TOO_DEEP)
        if isinstance(value, str):
            demand_text(value)
        elif isinstance(value, dict):
            for key in value:
                demand_text(key)
            left.extend((inner, depth + 1) for inner in value.values())
        elif isinstance(value, list):
            left.extend((inner, depth + 1) for inner in value)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise Unfit(400, _TWICE)
    return found


def _whole(text: str) -> int:
    return int(_short(text))


def _decimal(text: str) -> Decimal:
    value = Decimal(_short(text))
    if value and not -LONGEST_NUMBER < value.adjusted() < LONGEST_NUMBER:
        raise Unfit(400, _NOT_A_NUMBER)
    return value


def _short(text: str) -> str:
    if len(text) > LONGEST_NUMBER:
        raise Unfit(400, _NOT_A_NUMBER)
    return text


def _no_number(_: str) -> NoReturn:
    raise Unfit(400, _NOT_A_NUMBER)
