"""One box to tick."""

from typing import Any, ClassVar

from marshmallow import fields

from engine.forms import messages
from engine.forms.cleaning import Raw, texts
from engine.forms.fields.base import Question
from engine.forms.lists import Lists
from engine.forms.moment import Moment
from engine.forms.views import FieldView
from engine.text import Text

TICKED = frozenset({"true", "on", "1", "yes"})
_YES, _NO = Text("نعم", "Yes"), Text("لا", "No")


class Ticked(fields.Field[bool]):
    """Understands whether the box was ticked."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> bool:
        return value is True


class Checkbox(Question):
    """True or false; where it is required, it must be ticked."""

    kind: ClassVar[str] = "checkbox"

    def gather(self, raw: Raw, name: str) -> bool:
        """A box not sent is a box not ticked."""
        return any(one.strip().lower() in TICKED for one in texts(raw, name))

    def schema_field(self) -> fields.Field[bool]:
        """True or false."""
        return Ticked()

    def missing(self) -> Text:
        """A box to tick."""
        return messages.tick(self.label)

    def show(self, raw: Raw, name: str, moment: Moment) -> FieldView:
        """The box."""
        shown = self.bare(name, moment)
        shown.value, shown.checked = "true", self.gather(raw, name)
        return shown

    def words(self, value: Any, _lists: Lists) -> Text:
        """Yes or no."""
        return _YES if value is True else _NO
