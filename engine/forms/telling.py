"""Answers in words: for the timeline, for what changed, for print-outs. Old answers under their own form version."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from engine.forms.fields import Computed, Rows
from engine.forms.fields.base import placed
from engine.forms.lists import Lists
from engine.forms.scope import Scope
from engine.text import Text


class Told(NamedTuple):
    """One question and its answer in words; whoever shows it masks by `sensitivity`."""

    label: Text
    value: Text
    sensitivity: str
    path: str


@dataclass(frozen=True)
class Changed:
    """A value that differs between two answers of one form; None where there was (or is) none."""

    label: Text
    before: Text | None
    after: Text | None
    sensitivity: str
    path: str


def describe(scope: Scope, answers: Mapping[str, Any], lists: Lists) -> tuple[Told, ...]:
    """Every answered question, in the order of the form; rows are told field by field."""
    return tuple(_told(scope, answers, lists, "", None))


def _told(scope: Scope, answers: Mapping[str, Any], lists: Lists, prefix: str, above: Text | None) -> Iterator[Told]:
    for one in scope.placed:
        field, value = one.field, placed(answers, one.field.path)
        if value is None or not (field.answered or (isinstance(field, Computed) and field.shown)):
            continue
        if isinstance(field, Rows):
            for index, row in enumerate(value if isinstance(value, list) else ()):
                title = Text(f"{field.item_label.ar} {index + 1}", f"{field.item_label.in_('en')} {index + 1}")
                if isinstance(row, Mapping):
                    yield from _told(field.row, row, lists, f"{prefix}{field.path}.{index}.", title)
        else:
            yield Told(_under(above, field.label), field.words(value, lists), field.sensitivity, prefix + field.path)


def _under(above: Text | None, label: Text) -> Text:
    if above is None:
        return label
    return Text(f"{above.ar} – {label.ar}", f"{above.in_('en')} – {label.in_('en')}")


def changes(before: tuple[Told, ...], after: tuple[Told, ...]) -> tuple[Changed, ...]:
    """What differs between two descriptions, in the order of the later one, then what is gone."""
    was = {one.path: one for one in before}
    found = []
    for one in after:
        old = was.pop(one.path, None)
        if old is None or old.value != one.value:
            found.append(Changed(one.label, old.value if old else None, one.value, one.sensitivity, one.path))
    found.extend(Changed(one.label, one.value, None, one.sensitivity, one.path) for one in was.values())
    return tuple(found)
