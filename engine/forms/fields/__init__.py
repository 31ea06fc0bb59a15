"""Fields of forms: one file per variation, and the table that says which form-js component becomes which."""

from collections.abc import Callable, Mapping

from engine.forms.components import Component
from engine.forms.fields.base import Field
from engine.forms.fields.checkbox import Checkbox
from engine.forms.fields.choice import Choice
from engine.forms.fields.choices import Choices
from engine.forms.fields.computed import Computed
from engine.forms.fields.datetime import Date, DateTime, Time
from engine.forms.fields.group import Group
from engine.forms.fields.hijri import Hijri
from engine.forms.fields.name import Name
from engine.forms.fields.number import Number
from engine.forms.fields.phone import Phone
from engine.forms.fields.rows import Rows
from engine.forms.fields.standing import Separator, Unshown, Words
from engine.forms.fields.textarea import TextArea
from engine.forms.fields.textfield import TextField

VARIATIONS: Mapping[tuple[str, str], Callable[[Component, str], Field]] = {
    ("textfield", ""): TextField,
    ("textfield", "name"): Name,
    ("textfield", "phone"): Phone,
    ("textfield", "hijri"): Hijri,
    ("textfield", "date"): Date,
    ("textarea", ""): TextArea,
    ("number", ""): Number,
    ("datetime", "date"): Date,
    ("datetime", "time"): Time,
    ("datetime", "datetime"): DateTime,
    ("checkbox", ""): Checkbox,
    ("checklist", ""): Choices,
    ("taglist", ""): Choices,
    ("radio", ""): Choice,
    ("select", ""): Choice,
    ("expression", ""): Computed,
    ("text", ""): Words,
    ("separator", ""): Separator,
    ("spacer", ""): Unshown,
    ("button", ""): Unshown,
    ("filepicker", ""): Unshown,
}
"""(form-js type, variation) → field. The groups ("group", "dynamiclist") are built below, since they hold fields."""

TYPES = frozenset(kind for kind, _ in VARIATIONS) | {"group", "dynamiclist"}


def build(component: Component, prefix: str = "") -> Field:
    """The field of a component; a type that is not in the table becomes one that is never shown."""
    if component.type == "group":
        return _group(component, prefix)
    path = prefix + (component.key or component.id)
    if component.type == "dynamiclist":
        return Rows(component, path, tuple(build(child) for child in component.children))
    made = VARIATIONS.get((component.type, variation(component))) or VARIATIONS.get((component.type, ""), Unshown)
    return made(component, path)


def variation(component: Component) -> str:
    """Which variation of its type a component asks for."""
    if component.type == "datetime":
        subtype = component.json.get("subtype")
        return subtype if isinstance(subtype, str) else "date"
    if component.type == "textfield" and component.rules.get("validationType") == "phone":
        return "phone"
    return component.properties.text("widget") if component.type == "textfield" else ""


def _group(component: Component, prefix: str) -> Group:
    # Only a `path` nests answers; a group's own id or label never does.
    inner = f"{prefix}{component.key}." if component.key else prefix
    children = tuple(build(child, inner) for child in component.children)
    return Group(component, inner.rstrip(".") or component.id, children)


__all__ = ["TYPES", "VARIATIONS", "Checkbox", "Computed", "Field", "Group", "Rows", "build", "variation"]
