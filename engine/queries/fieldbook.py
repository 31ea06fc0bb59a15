"""What the forms of a bundle say of the names in a case's data: what each is called, who may read it, how to tell it.

Variables carry no labels and no sensitivity of their own; the form field of the same key lends them. Where several
forms use one key, the strictest class counts; what no form knows counts as protected.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from engine.definitions import Definitions
from engine.forms import Form, Lists
from engine.forms.fields import Field, Rows
from engine.forms.scope import Scope
from engine.queries.naming import element_name
from engine.text import Text
from engine.words import NO, YES, day_in_words, moment_in_words, span_in_words

STRICTNESS = ("ordinary", "protected", "identity")
UNKNOWN = "protected"


class FieldBook:
    """The fields of all forms of a bundle, by their keys. `lists` holds the dynamic lists too where they are known."""

    def __init__(self, definitions: Definitions, lists: Lists | None = None) -> None:
        self.definitions, self.lists = definitions, lists or definitions.lists
        self._fields: dict[str, list[Field]] = {}
        for form in definitions.forms.values():
            for field in _fields(form.scope):
                self._fields.setdefault(field.path.rsplit(".", 1)[-1], []).append(field)
        self._form_of_element = {
            element.id: (element.form, process.id)
            for process in definitions.bpmn.processes.values()
            for element in process.elements.values()
            if element.form
        }
        self._columns = {
            column.name: column
            for model in definitions.decisions.values() for info in model.decisions for column in info.columns
        }

    def sensitivity(self, key: str) -> str:
        """The class of a name."""
        classes = [field.sensitivity for field in self._fields.get(key, ())]
        return max(classes, key=STRICTNESS.index) if classes else UNKNOWN

    def is_asked(self, key: str) -> bool:
        """Whether some form asks for it."""
        return key in self._fields

    def label(self, key: str) -> Text | None:
        """What people call it; None where no form and no decision knows the name."""
        known = self._fields.get(key)
        if known:
            return known[0].label
        column = self._columns.get(key)
        return column.label if column and column.label.ar else None

    def words(self, key: str, value: Any, working: bool = False) -> Text:
        """A value of this name in words; `working` says that spans of days count working days."""
        if isinstance(value, timedelta):
            return span_in_words(value, working)
        for field in self._fields.get(key, ()) if not isinstance(value, bool | Mapping) else ():
            if not isinstance(field, Rows):
                return field.words(value, self.lists)
        column = self._columns.get(key)
        if column and column.list and isinstance(value, str):
            option = self.lists.option(column.list, value)
            return option.label if option else Text(value, value)
        return in_words(value, self.definitions)

    def form_of(self, name: str, answers: Mapping[str, Any]) -> tuple[Form, Text] | None:
        """The form whose answers a variable holds, and what to call them; None for other contexts. Copies under
        another name are known by their keys."""
        forms = self.definitions.forms
        if name in forms:
            return forms[name], forms[name].title
        if name in self._form_of_element and self._form_of_element[name][0] in forms:
            key, process = self._form_of_element[name]
            return forms[key], element_name(self.definitions, process, name)
        fitting = [form for form in forms.values() if len(answers) > 1 and answers.keys() <= _heads(form)]
        best = min(fitting, key=lambda form: len(_heads(form)), default=None)
        return (best, best.title) if best else None


def in_words(value: Any, definitions: Definitions) -> Text:
    """A bare value in words."""
    if value is None or value == "" or value == []:
        return Text("—", "—")
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, datetime):
        return moment_in_words(value, definitions.lists.months, definitions.zone)
    if isinstance(value, date):
        return day_in_words(value, definitions.lists.months)
    if isinstance(value, timedelta):
        return span_in_words(value)
    if isinstance(value, list | tuple):
        parts = [in_words(one, definitions) for one in value]
        return Text("، ".join(one.ar for one in parts), ", ".join(one.in_("en") for one in parts))
    if isinstance(value, Mapping):
        return Text("؛ ".join(f"{k}: {in_words(v, definitions).ar}" for k, v in value.items()),
                    "; ".join(f"{k}: {in_words(v, definitions).in_('en')}" for k, v in value.items()))
    return Text(str(value), str(value))


def _heads(form: Form) -> set[str]:
    return {one.field.path.split(".")[0] for one in form.scope.placed if one.field.path}


def _fields(scope: Scope) -> Iterator[Field]:
    for one in scope.placed:
        if one.field.path:
            yield one.field
        if isinstance(one.field, Rows):
            yield from _fields(one.field.row)
