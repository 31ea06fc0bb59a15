"""A form as somebody filled it in: every question they were shown, in its section, with the answer in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.feel.env import Env
from engine.forms.fields import Field, Group, Rows
from engine.forms.fields.base import placed
from engine.forms.form import Form
from engine.forms.lists import Lists
from engine.forms.moment import Moment
from engine.forms.scope import Scope
from engine.forms.telling import Told, describe
from engine.text import Text


@dataclass(frozen=True)
class Question:
    """A question that was on the page; `answer` is None where it was left open. Whoever shows it masks by
    `sensitivity`."""

    label: Text
    answer: Text | None
    sensitivity: str


@dataclass(frozen=True)
class Part:
    """A section of the form; the untitled one has an empty title."""

    title: Text
    questions: tuple[Question, ...]


def as_filled(
    form: Form, answers: Mapping[str, Any], context: Mapping[str, Any], lists: Lists, env: Env
) -> tuple[Part, ...]:
    """The form with these answers, under the variables that it could read then. Sections without a question on the
    page are left out."""
    told = describe(form.scope, answers, lists)
    given = {one.field.path: placed(answers, one.field.path) for one in form.scope.answered}
    given = {path: value for path, value in given.items() if value is not None}
    hidden = form.scope.settle(given, Moment(lists, env, context)).hidden
    parts = [Part(title, _questions(fields, told, hidden)) for title, fields in _sections(form.scope)]
    return tuple(part for part in parts if part.questions)


def _sections(scope: Scope) -> list[tuple[Text, list[Field]]]:
    """The fields of a form by the section that they stand in, in order."""
    found: list[tuple[Text, list[Field]]] = []
    first_level = {id(field) for field in scope.fields}
    for one in scope.placed:
        if id(one.field) in first_level:
            if isinstance(one.field, Group):
                found.append((one.field.label, []))
                continue
            if not found or found[-1][0].ar:
                found.append((Text(""), []))
        found[-1][1].append(one.field)
    return found


def _questions(fields: list[Field], told: tuple[Told, ...], hidden: frozenset[str]) -> tuple[Question, ...]:
    by_path = {one.path: one for one in told}
    found: list[Question] = []
    for field in fields:
        if isinstance(field, Rows):
            found += [_answered(one) for one in told if one.path.startswith(f"{field.path}.")]
        elif field.path in by_path:
            found.append(_answered(by_path[field.path]))
        elif field.answered and field.path not in hidden:
            found.append(Question(field.label, None, field.sensitivity))
    return tuple(found)


def _answered(one: Told) -> Question:
    return Question(one.label, one.value, one.sensitivity)
