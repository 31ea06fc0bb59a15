"""Several of a list: check boxes (checklist, taglist)."""

from typing import Any, ClassVar

from marshmallow import fields

from engine.forms import messages
from engine.forms.cleaning import Raw, clean_line, texts
from engine.forms.components import Component
from engine.forms.fields.base import Question, in_words, wrong
from engine.forms.fields.choice import LONGEST_VALUE
from engine.forms.fields.options import Offer, option_views
from engine.forms.lists import Lists
from engine.forms.moment import Moment
from engine.forms.views import FieldView
from engine.text import Text


class Keys(fields.Field[list[str]]):
    """Understands the values of options, each once, in the order given."""

    def __init__(self, field: "Choices") -> None:
        super().__init__()
        self.field = field

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> list[str]:
        if not all(isinstance(one, str) and len(one) <= LONGEST_VALUE for one in value):
            raise wrong(messages.NOT_IN_LIST)
        found = list(dict.fromkeys(clean_line(one) for one in value))
        if self.field.most is not None and len(found) > self.field.most:
            raise wrong(messages.too_many(self.field.most))
        if self.field.least is not None and len(found) < self.field.least:
            raise wrong(messages.too_few(self.field.least))
        return found


class Choices(Question):
    """Several values; one of them may exclude all others («لا شيء مما ذكر»)."""

    kind: ClassVar[str] = "checkboxes"

    def __init__(self, component: Component, path: str) -> None:
        super().__init__(component, path)
        self.offer = Offer(component)
        self.exclusive = component.properties.text("exclusive_option")
        self.least, self.most = component.properties.number("min_items"), component.properties.number("max_items")

    def gather(self, raw: Raw, name: str) -> list[str] | None:
        """The values of all ticked boxes."""
        return [one for one in texts(raw, name) if one.strip()] or None

    def schema_field(self) -> fields.Field[list[str]]:
        """A list of values."""
        return Keys(self)

    def judge(self, value: Any, moment: Moment) -> Text | None:
        """All must be offered now, and the one that excludes others must stand alone."""
        offered = {option.value: option.label for option in self.offer.options(moment)}
        if any(one not in offered for one in value):
            return messages.NOT_IN_LIST
        if self.exclusive in value and len(value) > 1:
            return messages.alone(offered[self.exclusive])
        return None

    def missing(self) -> Text:
        """A choice to make."""
        return messages.choose(self.label)

    def show(self, raw: Raw, name: str, moment: Moment) -> FieldView:
        """The options, with those chosen."""
        chosen = set(texts(raw, name))
        shown = self.bare(name, moment)
        shown.options = option_views(self.offer.options(moment), name, chosen, moment.locale, self.exclusive)
        return shown

    def words(self, value: Any, lists: Lists) -> Text:
        """The labels, in one line."""
        return in_words([self.offer.words(str(one), lists) for one in value] if isinstance(value, list) else [])
