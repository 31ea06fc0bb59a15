"""The custom properties that our forms may carry beside what form-js knows: one closed list.

The Camunda form editor keeps `properties` as texts by name, so every value is a text: a list is separated by
commas, a yes is "true", a formula is FEEL. The same list, for analysts, is in docs/forms.md."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from engine.forms.formulas import Formula, formula

Shape = Literal["text", "words", "number", "yes", "formula", "sensitivity", "widget", "file"]
SENSITIVITIES = ("ordinary", "protected", "identity")
SAME_PERSON = "open_case_same_person"
FILES = (SAME_PERSON,)
WIDGETS = ("name", "hijri", "phone", "code", "date", "radios", "select")

TEXTS = ("textfield", "textarea")
CHOICES = ("select", "radio", "checklist", "taglist")
MANY = ("checklist", "taglist")
ANY: tuple[str, ...] = ()


@dataclass(frozen=True)
class Property:
    """One property: its name, what its text holds, and the component types it may stand on (none: all)."""

    name: str
    shape: Shape
    types: tuple[str, ...] = ANY


PROPERTIES: Mapping[str, Property] = {
    one.name: one
    for one in (
        Property("label_en", "text"),
        Property("description_en", "text"),
        Property("text_en", "text", ("text",)),
        Property("suffix_en", "text", ("number",)),
        Property("sensitivity", "sensitivity"),
        Property("required_if", "formula"),
        Property("prefill", "formula"),
        Property("if_empty", "formula"),
        Property("must_be", "yes", ("checkbox",)),
        Property("valid_if", "formula"),
        Property("valid_hint", "text"),
        Property("valid_hint_en", "text"),
        Property("list", "text", (*CHOICES, "expression")),
        Property("list_dynamic", "text", (*CHOICES, "expression")),
        Property("list_parent", "text", CHOICES),
        Property("not_values", "words", CHOICES),
        Property("in_field", "text", ("select", "radio")),
        Property("exclusive_option", "text", MANY),
        Property("min_items", "number", (*MANY, "dynamiclist")),
        Property("max_items", "number", (*MANY, "dynamiclist")),
        Property("append_only", "yes", ("dynamiclist",)),
        Property("add_label", "text", ("dynamiclist",)),
        Property("add_label_en", "text", ("dynamiclist",)),
        Property("item_label", "text", ("dynamiclist",)),
        Property("item_label_en", "text", ("dynamiclist",)),
        Property("widget", "widget", ("textfield", "select", "radio")),
        Property("must_exist", "file", ("textfield",)),
        Property("not_future", "yes", ("datetime",)),
        Property("not_past", "yes", ("datetime",)),
        Property("not_after", "text", ("datetime",)),
        Property("pattern_hint", "text", TEXTS),
        Property("pattern_hint_en", "text", TEXTS),
        Property("decision", "text", ("expression",)),
        Property("output", "text", ("expression",)),
        Property("facts_of", "text", ("expression",)),
        Property("fact", "text", ("expression",)),
        Property("shown", "yes", ("expression",)),
    )
}


class Properties:
    """The custom properties of one component, read by shape. What is missing or wrong is None (or empty)."""

    def __init__(self, given: object) -> None:
        found = given if isinstance(given, dict) else {}
        self.given: dict[str, str] = {str(name): _as_text(value) for name, value in found.items()}

    def text(self, name: str) -> str:
        """A text; empty where there is none."""
        return self.given.get(name, "").strip()

    def words(self, name: str) -> tuple[str, ...]:
        """A comma-separated list."""
        return tuple(word.strip() for word in self.given.get(name, "").split(",") if word.strip())

    def number(self, name: str) -> int | None:
        """A whole number of 0 to 9999."""
        found = self.text(name)
        return int(found) if found.isascii() and found.isdigit() and len(found) <= 4 else None

    def yes(self, name: str) -> bool:
        """Whether it says true."""
        return self.text(name).lower() in ("true", "yes")

    def formula(self, name: str) -> Formula | None:
        """A FEEL formula."""
        return formula(self.given.get(name))

    @property
    def sensitivity(self) -> str:
        """ordinary, protected or identity; what is not said counts as protected."""
        found = self.text("sensitivity")
        return found if found in SENSITIVITIES else "protected"


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return ",".join(_as_text(one) for one in value)
    return value if isinstance(value, str) else "" if value is None else str(value)
