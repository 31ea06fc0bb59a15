"""Values as canonical JSON and back, so that a date stays a date.

What JSON has no word for is an object with one key: {"$d": date}, {"$t": time}, {"$dt": date and time},
{"$n": decimal}, {"$p": duration}, {"$r": range}; "$f" beside it marks the second of two equal times in autumn.
A context that itself has a key beginning with "$" is written as {"$c": [[key, value], …]}, so that no data from
outside can pass for one of ours.
"""

import json
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, TypeAlias

from engine.feel.errors import FeelError
from engine.feel.temporal import date_of, date_time_of, duration_of, temporal_text, time_of
from engine.feel.values import Range, Value, YearsMonths, plain
from engine.text import Text

Json: TypeAlias = Any
_WHOLE = 10**40
_OF_THE_HOST = frozenset({float, tuple})
"""Kinds that FEEL has other words for; numbers are stored with all their digits."""


def encode(value: Value) -> Json:
    """The value in JSON terms; FeelError for what cannot be stored, such as a function."""
    if type(value) in _OF_THE_HOST:
        value = plain(value)
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int):
        return value if -_WHOLE < value < _WHOLE else {"$n": str(Decimal(value))}
    if isinstance(value, list):
        return [encode(member) for member in value]
    if isinstance(value, dict):
        return _encode_context(value)
    return _encode_tagged(value)


def _encode_context(value: dict[Value, Value]) -> Json:
    if not all(isinstance(key, str) for key in value):
        raise _not_storable(value)
    if any(key.startswith("$") for key in value):
        return {"$c": [[key, encode(inner)] for key, inner in sorted(value.items())]}
    return {key: encode(inner) for key, inner in value.items()}


def _encode_tagged(value: Value) -> Json:
    if isinstance(value, Decimal):
        return {"$n": str(value)}
    if isinstance(value, datetime | time):
        tag = "$dt" if isinstance(value, datetime) else "$t"
        return {tag: temporal_text(value)} | ({"$f": 1} if value.fold else {})
    if isinstance(value, date):
        return {"$d": temporal_text(value)}
    if isinstance(value, timedelta | YearsMonths):
        return {"$p": temporal_text(value)}
    if isinstance(value, Range):
        return {"$r": [encode(value.start), encode(value.end), value.start_included, value.end_included,
                       value.unbounded]}
    raise _not_storable(value)


def _not_storable(value: Value) -> FeelError:
    name = type(value).__name__
    return FeelError(Text(f"قيمة لا يمكن حفظها ({name}).", f"A value that cannot be stored ({name})."))


def decode(json_value: Json) -> Value:
    """The value that `encode` wrote; FeelError for what it never writes."""
    kind = type(json_value)
    if kind is str or json_value is None:  # nearly all that is stored, so asked first
        return json_value
    if kind is list:
        return [decode(member) for member in json_value]
    if kind is not dict:
        return plain(json_value) if kind in _OF_THE_HOST else json_value
    tag = next((key for key in json_value if key != "$f"), "")
    if not tag.startswith("$"):
        return {key: decode(inner) for key, inner in json_value.items()}
    reader = _READERS.get(tag)
    try:
        found = reader(json_value[tag]) if reader else None
    except (TypeError, ValueError, InvalidOperation):
        found = None
    if found is None:
        raise FeelError(Text("قيمة محفوظة غير مفهومة.", "A stored value that cannot be read."))
    return found.replace(fold=1) if json_value.get("$f") else found


def _range(parts: Json) -> Range:
    start, end, *flags = parts
    return Range(decode(start), decode(end), *map(bool, flags))


_READERS: dict[str, Callable[[Json], Value]] = {
    "$d": date_of, "$t": time_of, "$dt": date_time_of, "$n": Decimal, "$p": duration_of, "$r": _range,
    "$c": lambda pairs: {str(key): decode(inner) for key, inner in pairs},
}


def dumps(value: Value) -> str:
    """Canonical JSON: keys sorted, no spaces, letters as they are; the same value always gives the same text."""
    text = json.dumps(encode(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8", "replace").decode()


def loads(text: str | bytes) -> Value:
    """The value of a canonical JSON text; FeelError if it is none."""
    try:
        return decode(json.loads(text, parse_float=Decimal, parse_constant=_no_number))
    except (ValueError, RecursionError):
        raise FeelError(Text("نص محفوظ غير مفهوم.", "A stored text that cannot be read.")) from None


def _no_number(_: str) -> None:
    return None
