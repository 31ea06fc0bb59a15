"""What is not answered: standing text, lines and spaces, and what we cannot show yet."""

from typing import ClassVar

from engine.forms.cleaning import Raw
from engine.forms.components import Component
from engine.forms.fields.base import Field
from engine.forms.moment import Moment
from engine.forms.views import BlockView, FieldView
from engine.text import Text


class Words(Field):
    """Standing text (`text`): headings, paragraphs and bullets of its Markdown; anything else is plain text."""

    kind: ClassVar[str] = "words"

    def __init__(self, component: Component, path: str) -> None:
        super().__init__(component, path)
        ar = component.json.get("text")
        self.text = Text(ar if isinstance(ar, str) else "", component.properties.text("text_en"))

    def show(self, _raw: Raw, name: str, moment: Moment) -> FieldView:
        """Its blocks."""
        shown = self.bare(name, moment)
        shown.blocks = blocks(self.text.in_(moment.locale))
        return shown


class Separator(Field):
    """A line between fields."""

    kind: ClassVar[str] = "separator"

    def show(self, _raw: Raw, name: str, moment: Moment) -> FieldView:
        """The line."""
        return self.bare(name, moment)


class Unshown(Field):
    """Spaces and buttons (the page has its own), attachments (a later issue), and types we refuse: not shown."""

    kind: ClassVar[str] = "separator"

    def show(self, _raw: Raw, name: str, moment: Moment) -> FieldView:
        """Never visible."""
        shown = self.bare(name, moment)
        shown.visible = False
        return shown


def blocks(text: str) -> tuple[BlockView, ...]:
    """Headings (#), bullets (-) and paragraphs, without any other mark-up."""
    found = []
    for line in text.replace("**", "").splitlines():
        plain = line.strip()
        if plain.startswith("#"):
            found.append(BlockView("heading", plain.lstrip("# ")))
        elif plain.startswith(("- ", "* ")):
            found.append(BlockView("item", plain[2:].strip()))
        elif plain:
            found.append(BlockView("paragraph", plain))
    return tuple(found)
