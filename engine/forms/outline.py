"""A form as programs need to know it: what may be sent, under which key and in which shape. The page has views."""

from dataclasses import dataclass

from engine.forms.documents import json_type
from engine.forms.fields import Rows
from engine.forms.fields.choice import Choice
from engine.forms.fields.choices import Choices
from engine.forms.fields.textfield import TextField
from engine.forms.lists import Option
from engine.forms.moment import Moment
from engine.forms.scope import Placed, Scope
from engine.text import Text


@dataclass(frozen=True)
class Asked:
    """One question: the key of its answer, what JSON holds it (`type`), and what kind of text it is (`kind`).

    `required` says that an answer is always needed; `conditional` that whether it is asked for or needed hangs on
    other answers, which only the reading of all of them settles.
    """

    key: str
    type: str
    kind: str
    label: Text
    hint: Text
    required: bool
    conditional: bool
    sensitivity: str
    longest: int | None
    options: tuple[Option, ...]
    fields: tuple["Asked", ...]


def outline(scope: Scope, moment: Moment) -> tuple[Asked, ...]:
    """The questions of a form in order, those of its groups by their paths."""
    return tuple(_asked(one, moment) for one in scope.placed if one.field.answered)


def _asked(one: Placed, moment: Moment) -> Asked:
    field = one.field
    return Asked(
        key=field.path, type=json_type(field), kind=field.kind, label=field.label, hint=field.hint,
        required=field.required and not one.guards, conditional=bool(one.guards) or field.required_if is not None,
        sensitivity=field.sensitivity, longest=field.longest if isinstance(field, TextField) else None,
        options=field.offer.options(moment) if isinstance(field, Choice | Choices) else (),
        fields=outline(field.row, moment) if isinstance(field, Rows) else (),
    )
