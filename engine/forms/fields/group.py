"""Fields that belong together: a section on the page, or a fieldset within one."""

from typing import ClassVar

from engine.forms.components import Component
from engine.forms.fields.base import Field


class Group(Field):
    """Has fields of its own; with a `path`, their answers stand in a context of that name."""

    kind: ClassVar[str] = "group"

    def __init__(self, component: Component, path: str, fields: tuple[Field, ...]) -> None:
        super().__init__(component, path)
        self.fields = fields
