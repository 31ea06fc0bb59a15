"""One of a list: radio buttons or a select."""

from typing import Any, ClassVar

from marshmallow import fields

from engine.forms import messages
from engine.forms.cleaning import Raw, clean_line, text
from engine.forms.components import Component
from engine.forms.fields.base import Question, placed, wrong
from engine.forms.fields.options import Offer, option_views
from engine.forms.lists import Lists
from engine.forms.moment import Moment
from engine.forms.views import FieldView
from engine.text import Text

FEW = 6
LONGEST_VALUE = 200


class Key(fields.Field[str]):
    """Understands the value of an option; whether it is offered is judged later, with the lists of the moment."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> str:
        if not isinstance(value, str) or len(value) > LONGEST_VALUE:
            raise wrong(messages.NOT_IN_LIST)
        return clean_line(value)


class Choice(Question):
    """Shown as radio buttons where there are few options, as a select where there are many; `widget` overrides."""

    kind: ClassVar[str] = "select"

    def __init__(self, component: Component, path: str) -> None:
        super().__init__(component, path)
        self.offer = Offer(component)
        self.in_field = component.properties.text("in_field")
        self.in_field_label = component.label
        self.widget = component.properties.text("widget")

    def schema_field(self) -> fields.Field[str]:
        """A value."""
        return Key()

    def judge(self, value: Any, moment: Moment) -> Text | None:
        """It must be offered now."""
        if self.in_field and value not in _several(placed(moment.variables, self.in_field)):
            return messages.among(self.in_field_label)
        if any(option.value == value for option in self.offer.options(moment)):
            return None
        return self.offer.why_not(value, moment) or messages.NOT_IN_LIST

    def missing(self) -> Text:
        """A choice to make."""
        return messages.choose(self.label)

    def show(self, raw: Raw, name: str, moment: Moment) -> FieldView:
        """The options, with the chosen one."""
        chosen = text(raw, name) or ""
        options = self.offer.shown(moment)
        few = len(options) <= FEW if self.widget not in ("radios", "select") else self.widget == "radios"
        shown = self.bare(name, moment)
        shown.kind, shown.value = "radios" if few else "select", chosen
        shown.options = option_views(options, name, {chosen}, moment.locale)
        return shown

    def words(self, value: Any, lists: Lists) -> Text:
        """The option's label."""
        return self.offer.words(str(value), lists)


def _several(value: object) -> list[object]:
    return value if isinstance(value, list) else []
