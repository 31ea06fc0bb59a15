"""Answers as programs give them: one JSON object by the keys of the form, in place of boxes by name. It is turned into
what the boxes would hold, so that the same reading judges both; and back, so that a program starts as a page does."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from engine.feel.env import Env
from engine.forms import messages
from engine.forms.cleaning import Raw, texts
from engine.forms.fields import Checkbox, Field, Rows
from engine.forms.fields.base import place
from engine.forms.fields.choices import Choices
from engine.forms.fields.datetime import Date, DateTime, zone_of
from engine.forms.fields.hijri import Hijri
from engine.forms.fields.number import Number
from engine.forms.rows import indexes
from engine.forms.scope import Scope
from engine.text import Text

MOST_UNKNOWN = 50


@dataclass(frozen=True)
class Document:
    """What a program sent: JSON values by field key."""

    values: Mapping[str, Any]


@dataclass(frozen=True)
class Boxed:
    """The same as texts by the name of the box, and what of it has no box or not the shape of its field."""

    raw: dict[str, list[str]]
    errors: dict[str, Text]


def boxed(scope: Scope, values: Mapping[str, Any], env: Env, prefix: str = "") -> Boxed:
    """A document as its boxes would hold it. Never raises on hostile input; nothing of it is passed over in silence."""
    found = Boxed({}, {})
    for path, value in _leaves(scope, values, ""):
        field, name = scope.by_path.get(path), prefix + path
        if field is None or not field.answered:
            if len(found.errors) < MOST_UNKNOWN:
                found.errors[name] = messages.NO_SUCH_FIELD
        elif isinstance(field, Rows):
            _box_rows(found, field, value, name, env)
        elif value is not None:
            given = _box(field, value, env)
            if isinstance(given, Text):
                found.errors[name] = given
            else:
                found.raw[name] = given
    return found


def as_document(scope: Scope, raw: Raw, prefix: str = "") -> dict[str, Any]:
    """What boxes hold as a document, understood or not: every answer in the shape in which it may be sent back."""
    document: dict[str, Any] = {}
    for one in scope.answered:
        field, name = one.field, prefix + one.field.path
        if isinstance(field, Rows):
            rows = [as_document(field.row, raw, f"{name}.{index}.") for index in indexes(raw, name)]
            value: Any = [row for row in rows if row] or None
        else:
            value = _unboxed(field, raw, name)
        if value is not None:
            place(document, field.path, value)
    return document


def json_type(field: Field) -> str:
    """What JSON holds the answer: "string", "number", "boolean", "strings" or "rows"; "" for what is not answered."""
    kinds = ((Rows, "rows"), (Choices, "strings"), (Checkbox, "boolean"), (Number, "number"))
    return next((name for kind, name in kinds if isinstance(field, kind)), "string") if field.answered else ""


def _leaves(scope: Scope, values: Mapping[str, Any], above: str) -> Iterator[tuple[str, Any]]:
    """Every value by its path; contexts are walked only as far as groups of the form go."""
    for key, value in values.items():
        path = f"{above}{key}"
        field = scope.by_path.get(path)
        grouped = (field is None or not field.answered) and any(known.startswith(f"{path}.") for known in scope.by_path)
        if isinstance(value, Mapping) and grouped:
            yield from _leaves(scope, value, f"{path}.")
        else:
            yield path, value


def _box_rows(found: Boxed, field: Rows, value: Any, name: str, env: Env) -> None:
    if value is None:
        return
    if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
        found.errors[name] = messages.ROWS
    elif len(value) > field.most:
        found.errors[name] = messages.too_many(field.most)
    else:
        for index, row in enumerate(value):
            inner = boxed(field.row, row, env, f"{name}.{index}.")
            found.raw.update(inner.raw)
            found.errors.update(inner.errors)


def _box(field: Field, value: Any, env: Env) -> list[str] | Text:
    """The texts of one box, or what is wrong with the shape of the value."""
    if isinstance(field, Choices):
        strings = isinstance(value, list) and all(isinstance(one, str) for one in value)
        return list(value) if strings else messages.STRINGS
    if isinstance(field, Checkbox):
        return [str(value).lower()] if isinstance(value, bool) else messages.BOOLEAN
    if isinstance(field, Number) and isinstance(value, int | Decimal) and not isinstance(value, bool):
        return [format(value, "f") if isinstance(value, Decimal) else str(value)]
    if not isinstance(value, str):
        return messages.NUMBER if isinstance(field, Number) else messages.STRING
    return [_local(value, env)] if isinstance(field, DateTime) else [value]


def _local(text: str, env: Env) -> str:
    """A moment that names its zone, by the clocks of the place; any other text as it is."""
    try:
        moment = datetime.fromisoformat(text.strip())
        return moment.astimezone(zone_of(env)).strftime("%Y-%m-%dT%H:%M") if moment.tzinfo else text
    except (ValueError, OverflowError):
        return text


def _unboxed(field: Field, raw: Raw, name: str) -> Any:
    if isinstance(field, Choices):
        return field.gather(raw, name)
    if isinstance(field, Checkbox):
        return field.gather(raw, name) if texts(raw, name) else None
    found = field.gather(raw, name)
    if isinstance(field, DateTime) and found is not None:
        return f"{_day(found[0])}T{found[1]}"
    return _day(found) if isinstance(field, Date | Hijri) and found is not None else found


def _day(parts: tuple[str, str, str]) -> str:
    day, month, year = parts
    return f"{year.zfill(4)}-{month.zfill(2)}-{day.zfill(2)}"
