"""What must be mended in a form before it may be published: by element and rule (the words are in the rule book)."""

from collections.abc import Iterator

from engine.findings import Finding
from engine.forms.components import Component
from engine.forms.fields import TYPES, Computed, Field, Rows
from engine.forms.fields.choice import Choice
from engine.forms.fields.choices import Choices
from engine.forms.fields.standing import Words
from engine.forms.lists import Lists
from engine.forms.properties import FILES, PROPERTIES, SENSITIVITIES, WIDGETS
from engine.forms.rulebook import finding
from engine.forms.scope import Scope
from engine.forms.wiring import everything, formulas

REFUSED = {"html": "form-html-refused", "iframe": "form-iframe-refused"}
NOT_YET = frozenset({"filepicker", "table", "image", "documentPreview"})
NAMES_OF_FIELDS = ("list_parent", "in_field", "not_after", "facts_of")


def check(form: str, components: tuple[Component, ...], scope: Scope, lists: Lists | None) -> list[Finding]:
    """All findings of a form, in its order. Without `lists`, names of lists are not checked."""
    found: list[Finding] = []
    for component in walk(components):
        found += _type(form, component)
        found += _properties(form, component)
    found += _scope(form, scope, "")
    for field in everything(scope):
        found += _words(form, field)
        found += _formulas(form, field)
        if isinstance(field, (Choice, Choices)):
            found += _options(form, field, lists)
    return found


def walk(components: tuple[Component, ...]) -> Iterator[Component]:
    """All components, outer before inner."""
    for component in components:
        yield component
        yield from walk(component.children)


def _type(form: str, component: Component) -> Iterator[Finding]:
    name = component.element or component.type or "?"
    if component.type in REFUSED:
        yield finding(form, name, REFUSED[component.type])
    elif component.type in NOT_YET:
        yield finding(form, name, "form-type-not-yet", component.type)
    elif component.type not in TYPES:
        yield finding(form, name, "form-type-unknown", component.type)


def _properties(form: str, component: Component) -> Iterator[Finding]:
    for name, value in component.properties.given.items():
        known = PROPERTIES.get(name)
        if known is None:
            yield finding(form, component.element, "form-property-unknown", name)
        elif known.types and component.type not in known.types:
            yield finding(form, component.element, "form-property-misplaced", name)
        elif not _fits(known.shape, value.strip()):
            yield finding(form, component.element, "form-property-value", name)


def _fits(shape: str, value: str) -> bool:
    match shape:
        case "sensitivity":
            return value in SENSITIVITIES
        case "widget":
            return value in WIDGETS
        case "file":
            return value in FILES
        case "yes":
            return value in ("true", "false")
        case "number":
            return value.isascii() and value.isdigit() and len(value) <= 4
    return bool(value)


def _scope(form: str, scope: Scope, prefix: str) -> Iterator[Finding]:
    seen: set[str] = set()
    for one in scope.placed:
        field, name = one.field, prefix + one.field.path
        if any(guard.source == "true" for guard in one.guards):
            yield finding(form, name, "form-never-shown")
        for property_name in NAMES_OF_FIELDS:
            other = field.component.properties.text(property_name)
            if other and other not in scope.by_path:
                yield finding(form, name, "form-field-unknown", other)
        if field.answered or isinstance(field, Computed):
            yield from _key(form, field, name, seen)
            seen.add(field.path)
        if isinstance(field, Rows):
            yield from _scope(form, field.row, f"{field.path}.")
            if any(isinstance(inner.field, Rows) for inner in field.row.placed):
                yield finding(form, name, "form-list-in-list")


def _key(form: str, field: Field, name: str, seen: set[str]) -> Iterator[Finding]:
    if not field.component.key:
        yield finding(form, field.component.id, "form-key-missing")
    elif field.path in seen:
        yield finding(form, name, "form-key-duplicate")
    elif not _is_key(field.path):
        yield finding(form, name, "form-key-form")


def _is_key(path: str) -> bool:
    plain = path.replace("_", "a").replace(".", "a")
    return path.isascii() and plain.isalnum() and path[0].isalpha() and path == path.lower()


def _words(form: str, field: Field) -> Iterator[Finding]:
    text = field.text if isinstance(field, Words) else field.label
    if not text.ar and (field.answered or isinstance(field, (Computed, Words))):
        yield finding(form, field.path, "form-label-missing")
    if (text.ar and not text.en) or (field.hint.ar and not field.hint.en):
        yield finding(form, field.path, "form-english-missing")
    told = field.answered or isinstance(field, Computed)
    if told and not isinstance(field, Rows) and not field.component.properties.text("sensitivity"):
        yield finding(form, field.path, "form-sensitivity-missing")


def _formulas(form: str, field: Field) -> Iterator[Finding]:
    for formula in formulas(field):
        if formula.fault is not None:
            yield finding(form, field.path, "form-feel", formula.fault)
    if field.valid_if is not None and not (field.valid_hint.ar and field.valid_hint.en):
        yield finding(form, field.path, "form-valid-words")
    pattern = field.component.rules.get("pattern")
    if pattern and getattr(field, "pattern", pattern) is None:
        yield finding(form, field.path, "form-pattern")


def _options(form: str, field: Choice | Choices, lists: Lists | None) -> Iterator[Finding]:
    properties = field.component.properties
    if not field.offer.list:
        yield finding(form, field.path, "form-list-written" if field.offer.written else "form-list-missing")
    elif lists is not None and properties.text("list"):
        if field.offer.list not in lists:
            yield finding(form, field.path, "form-list-unknown", field.offer.list)
            return
        for value in (*properties.words("not_values"), *properties.words("exclusive_option")):
            if lists.option(field.offer.list, value) is None:
                yield finding(form, field.path, "form-value-unknown", value)
