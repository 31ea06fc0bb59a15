"""A repeatable group (dynamiclist): the persons of a report, the goals of a plan."""

from typing import Any, ClassVar

from marshmallow import fields

from engine.forms import messages
from engine.forms.components import Component
from engine.forms.fields.base import Field, Question
from engine.forms.scope import Scope
from engine.text import Text

USUAL_ROWS = 10
MOST_ROWS = 60


class Rows(Question):
    """Each row has the same fields. Rows are added and removed by submit buttons, so no script is needed."""

    kind: ClassVar[str] = "rows"

    def __init__(self, component: Component, path: str, row_fields: tuple[Field, ...]) -> None:
        super().__init__(component, path)
        self.row = Scope(row_fields)
        properties = component.properties
        self.most = max(1, min(properties.number("max_items") or USUAL_ROWS, MOST_ROWS))
        self.least = min(max(properties.number("min_items") or 0, 1 if self.required else 0), self.most)
        self.append_only = properties.yes("append_only")
        self.first_rows = component.rule("defaultRepetitions") or _repetitions(component)
        item = Text(properties.text("item_label"), properties.text("item_label_en"))
        self.item_label = item if item.ar else component.label
        self.add_label = Text(
            properties.text("add_label") or f"إضافة: {self.item_label.ar}",
            properties.text("add_label_en") or f"Add: {self.item_label.in_('en')}",
        )

    def schema_field(self) -> fields.Field[Any]:
        """A list of rows, for whoever reads the schema; `engine.forms.reading` reads them one by one."""
        return fields.List(fields.Nested(self.row.schema()))

    def missing(self) -> Text:
        """Too few rows."""
        return messages.add_one(self.label) if self.least <= 1 else messages.at_least_rows(self.least)


def _repetitions(component: Component) -> int:
    found = component.json.get("defaultRepetitions")
    return max(0, min(found, 5)) if isinstance(found, int) and not isinstance(found, bool) else 1
