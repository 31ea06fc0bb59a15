"""From what a browser sends to answers: gathered, understood, conditions settled, judged. Never raises on bad input."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import marshmallow

from engine.forms import messages
from engine.forms.cleaning import Raw
from engine.forms.fields import Field, Rows
from engine.forms.fields.base import place, placed
from engine.forms.fields.datetime import localised
from engine.forms.moment import Moment
from engine.forms.rows import indexes
from engine.forms.scope import Scope, Settled
from engine.text import Text


@dataclass(frozen=True)
class Reading:
    """What was understood. `answers` holds visible answers and computed values only; `errors` stand by the name of
    their box. Where `reshaped` is not None the person did not complete the form but asked for another shape of the
    page (a row more, a row less, the questions that follow from an answer): show it with these values instead. Where
    `stopped` is not None the form itself computes more than is allowed, and nothing that it came to counts."""

    answers: dict[str, Any]
    errors: dict[str, Text]
    reshaped: dict[str, list[str]] | None = None
    stopped: Text | None = None


@dataclass(frozen=True)
class Understood:
    """A scope read: nested answers, errors by the name of the box, and the paths that are hidden."""

    answers: dict[str, Any]
    errors: dict[str, Text]
    hidden: frozenset[str]


def understand(scope: Scope, raw: Raw, prefix: str, moment: Moment) -> tuple[dict[str, Any], dict[str, Text]]:
    """What the boxes of a scope hold, by path, and what of it cannot be understood. Rows are left out."""
    given, faults = _loaded(scope, raw, prefix)
    given = {path: localised(value, moment.env) for path, value in given.items()}
    for path, formula in scope.if_empty:
        if path not in given and path not in faults:
            given[path] = formula.value(moment.variables, moment.env)
    return given, faults


def _loaded(scope: Scope, raw: Raw, prefix: str) -> tuple[dict[str, Any], dict[str, Text]]:
    gathered = {}
    for one in scope.answered:
        if not isinstance(one.field, Rows):
            found = one.field.gather(raw, prefix + one.field.path)
            if found is not None:
                gathered[one.field.path] = found
    faults: dict[str, Text] = {}
    try:
        loaded = scope.schema().load(gathered, partial=True)
    except marshmallow.ValidationError as error:
        loaded, faults = error.valid_data or {}, _first_of_each(error.messages)
    # marshmallow nests dotted names; here everything stays by path until the answers are put together.
    return {path: value for path in gathered if (value := placed(loaded, path)) is not None}, faults


def _first_of_each(found: object) -> dict[str, Text]:
    errors = {}
    for path, fault in found.items() if isinstance(found, Mapping) else ():
        first = fault[0] if isinstance(fault, list) and fault else fault
        errors[str(path)] = first if isinstance(first, Text) else messages.NOT_UNDERSTOOD
    return errors


def read_scope(scope: Scope, raw: Raw, prefix: str, moment: Moment) -> Understood:
    """Reads a form or a row: understood, conditions settled, judged."""
    given, faults = understand(scope, raw, prefix, moment)
    rows = {one.field.path: one.field for one in scope.answered if isinstance(one.field, Rows)}
    for path, list_field in rows.items():
        given[path] = _read_rows(list_field, raw, prefix + path, moment)[0]
    settled = scope.settle(given, moment)
    now = replace(moment, variables=settled.variables)
    errors: dict[str, Text] = {}
    first = {path: given[path] for path in rows}
    for path, list_field in rows.items():
        if path not in settled.hidden:
            given[path], row_errors = _read_rows(list_field, raw, prefix + path, now)
            errors.update(row_errors)
    if any(given[path] != rows_before for path, rows_before in first.items()):
        settled = scope.settle(given, moment)
        now = replace(moment, variables=settled.variables)
    for one in scope.answered:
        if one.field.path not in settled.hidden:
            fault = faults.get(one.field.path) or _fault(one.field, given.get(one.field.path), now)
            if fault is not None:
                errors[prefix + one.field.path] = fault
    return Understood(_answers(scope, given, settled), errors, settled.hidden)


def _fault(asked: Field, value: Any, moment: Moment) -> Text | None:
    if value is None or value is False or (isinstance(asked, Rows) and len(value) < asked.least):
        return asked.missing() if isinstance(asked, Rows) or asked.is_required(moment) else None
    return asked.judge(value, moment) or asked.contradicted(moment)


def _answers(scope: Scope, given: dict[str, Any], settled: Settled) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    hidden = settled.hidden
    for one in scope.answered:
        if one.field.path not in hidden and given.get(one.field.path) is not None:
            place(answers, one.field.path, given[one.field.path])
    for computed in scope.computed:
        value = placed(settled.variables, computed.path)
        if computed.path not in hidden and value is not None:
            place(answers, computed.path, value)
    return answers


def _read_rows(asked: Rows, raw: Raw, name: str, moment: Moment) -> tuple[list[dict[str, Any]], dict[str, Text]]:
    """The rows that hold anything; a blank row is no row, but errors keep the place the row has on the page."""
    found, errors = [], {}
    for index in indexes(raw, name):
        if index >= asked.most:
            errors[name] = messages.too_many(asked.most)
            break
        if blank(asked.row, raw, f"{name}.{index}."):
            continue
        row = read_scope(asked.row, raw, f"{name}.{index}.", moment)
        found.append(row.answers)
        errors.update(row.errors)
    return found, errors


def blank(scope: Scope, raw: Raw, prefix: str) -> bool:
    """Whether a row holds nothing at all."""
    return not any(one.field.gather(raw, prefix + one.field.path) for one in scope.answered)
