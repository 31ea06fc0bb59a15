"""What every field of a form can do; a variation overrides what differs."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import marshmallow
from marshmallow.fields import Field as Schemable

from engine.forms import messages
from engine.forms.cleaning import Raw, text, texts
from engine.forms.components import Component
from engine.forms.lists import Lists
from engine.forms.moment import Moment
from engine.forms.views import FieldView
from engine.text import Text


def wrong(message: Text) -> marshmallow.ValidationError:
    """The error that schema fields raise: one sentence in both languages."""
    return marshmallow.ValidationError([message])  # Text travels as an opaque message


def box_id(name: str) -> str:
    """The HTML id of the box with a name."""
    return "f-" + name.replace(".", "-")


class Field:
    """A component at its place. `path` is where its answer stands within its form (or within its row)."""

    answered: ClassVar[bool] = False
    """Whether a person answers it: only a Question."""

    kind: ClassVar[str] = "text"

    def __init__(self, component: Component, path: str) -> None:
        self.component, self.path = component, path
        self.label, self.hint = component.label, component.hint
        self.hide = component.hide
        self.sensitivity = component.properties.sensitivity
        self.required = component.required or component.properties.yes("must_be")
        self.required_if = component.properties.formula("required_if")
        self.prefill = component.properties.formula("prefill")
        self.if_empty = component.properties.formula("if_empty")
        self.valid_if = component.properties.formula("valid_if")
        self.valid_hint = Text(component.properties.text("valid_hint"), component.properties.text("valid_hint_en"))
        self.controls = False

    # What came in -----------------------------------------------------------------------------------------

    def gather(self, raw: Raw, name: str) -> Any:
        """What a person gave under this name, not yet understood; None where they gave nothing."""
        return text(raw, name)

    def is_required(self, moment: Moment) -> bool:
        """Whether it must be answered now, given that it is visible."""
        if self.required or self.required_if is None:
            return self.required
        return self.required_if.holds(moment.variables, moment.env)

    def judge(self, value: Any, moment: Moment) -> Text | None:  # noqa: ARG002 - variations use them
        """What is wrong with a value now, by the lists, the clock or other answers."""
        return None

    def contradicted(self, moment: Moment) -> Text | None:
        """What to say where the answer does not go together with the others. Only a plain false refuses: what cannot
        be compared yet, because another answer is missing, stands in nobody's way."""
        if self.valid_if is None or self.valid_if.value(moment.variables, moment.env) is not False:
            return None
        return self.valid_hint if self.valid_hint.ar else messages.CONTRADICTED

    def missing(self) -> Text:
        """What to say where an answer is required and not there."""
        return messages.fill_in(self.label)

    # What goes out ----------------------------------------------------------------------------------------

    def show(self, raw: Raw, name: str, moment: Moment) -> FieldView:
        """The field with what is in `raw` typed into it."""
        found = texts(raw, name)
        shown = self.bare(name, moment)
        shown.value = found[0] if found else ""
        return shown

    def bare(self, name: str, moment: Moment) -> FieldView:
        """The field without any value."""
        return FieldView(
            self.kind, name, box_id(name), name, self.label.in_(moment.locale), self.hint.in_(moment.locale),
            sensitivity=self.sensitivity, controls=self.controls,
        )

    def words(self, value: Any, lists: Lists) -> Text:  # noqa: ARG002 - variations use them
        """An answer as words, for the timeline and print-outs."""
        return Text(str(value), str(value))


def placed(answers: Mapping[str, Any], path: str) -> Any:
    """The value at a dotted path; None where there is none."""
    found: Any = answers
    for step in path.split("."):
        if not isinstance(found, Mapping):
            return None
        found = found.get(step)
    return found


def place(answers: dict[str, Any], path: str, value: Any) -> None:
    """Puts a value at a dotted path, making the groups on the way."""
    *groups, last = path.split(".")
    for group in groups:
        inner = answers.get(group)
        if not isinstance(inner, dict):
            inner = {}
            answers[group] = inner
        answers = inner
    answers[last] = value


def in_words(values: Sequence[Text]) -> Text:
    """Several words as one line, with the comma of each language."""
    return Text("، ".join(one.ar for one in values), ", ".join(one.in_("en") for one in values))


class Question(Field, ABC):
    """A field that a person answers."""

    answered: ClassVar[bool] = True

    @abstractmethod
    def schema_field(self) -> Schemable[Any]:
        """The marshmallow field that understands and checks what `gather` found."""
