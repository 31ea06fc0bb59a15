"""A number."""

from decimal import Decimal
from typing import Any, ClassVar

from marshmallow import fields

from engine.forms import messages
from engine.forms.cleaning import number
from engine.forms.components import Component
from engine.forms.fields.base import Question, wrong
from engine.forms.moment import Moment
from engine.forms.views import FieldView
from engine.text import Text


class Amount(fields.Field[Decimal | int]):
    """Understands a number in Arabic or Western digits, within its range; never a float."""

    def __init__(self, field: "Number") -> None:
        super().__init__()
        self.field = field

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Decimal | int:
        field, found = self.field, number(str(value))
        if found is None:
            raise wrong(messages.NUMBER)
        if field.whole and not isinstance(found, int):
            raise wrong(messages.WHOLE)
        if (field.least is not None and found < field.least) or (field.most is not None and found > field.most):
            raise wrong(messages.between(field.least, field.most))
        return found


class Number(Question):
    """`decimalDigits: 0` (also where nothing is said) asks for a whole number; min and max from `validate`."""

    kind: ClassVar[str] = "number"

    def __init__(self, component: Component, path: str) -> None:
        super().__init__(component, path)
        digits = component.json.get("decimalDigits")
        self.whole = not (isinstance(digits, int) and digits > 0)
        self.least, self.most = component.rule("min"), component.rule("max")
        appearance = component.json.get("appearance")
        suffix = appearance.get("suffixAdorner") if isinstance(appearance, dict) else None
        self.suffix = Text(suffix if isinstance(suffix, str) else "", component.properties.text("suffix_en"))

    def schema_field(self) -> fields.Field[Decimal | int]:
        """A number in range."""
        return Amount(self)

    def bare(self, name: str, moment: Moment) -> FieldView:
        """With the keyboard of digits."""
        shown = super().bare(name, moment)
        shown.inputmode, shown.maxlength = "numeric" if self.whole else "decimal", 20
        shown.suffix = self.suffix.in_(moment.locale)
        return shown
