"""What fields know of each other: which questions others hang on, and the labels that messages name."""

from collections.abc import Iterator

from engine.forms.fields import Computed, Field, Rows
from engine.forms.fields.choice import Choice
from engine.forms.fields.choices import Choices
from engine.forms.fields.datetime import Temporal
from engine.forms.formulas import Formula
from engine.forms.scope import Scope


def wire(scope: Scope, outer_names: frozenset[str] = frozenset()) -> None:
    """Marks the fields whose answer changes the page (`controls`), directly or through a computed value."""
    names = set(outer_names)
    for field in everything(scope):
        names.update(field.hide.names if field.hide else ())
        if isinstance(field, (Choice, Choices)):
            names.update(path.split(".")[0] for path in (field.offer.parent, getattr(field, "in_field", "")) if path)
    # A computed value that somebody waits for (or that is shown) makes its own inputs matter.
    for _ in range(3):
        for field in everything(scope):
            if isinstance(field, Computed) and field.formula and (field.path in names or field.shown):
                names.update(field.formula.names)
    for one in scope.placed:
        one.field.controls = one.field.path.split(".")[0] in names or one.field.path in names
        if isinstance(one.field, Rows):
            wire(one.field.row, frozenset(names))
    _name_others(scope)


def _name_others(scope: Scope) -> None:
    for one in scope.placed:
        field = one.field
        if isinstance(field, Choice) and field.in_field in scope.by_path:
            field.in_field_label = scope.by_path[field.in_field].label
        if isinstance(field, Temporal) and field.not_after in scope.by_path:
            field.not_after_label = scope.by_path[field.not_after].label
        if isinstance(field, Computed):
            source = scope.by_path.get(field.component.properties.text("facts_of"))
            if isinstance(source, (Choice, Choices)):
                field.facts_of, field.facts_list = source, source.offer.list


def everything(scope: Scope) -> Iterator[Field]:
    """All fields of a scope and of the rows within it."""
    for one in scope.placed:
        yield one.field
        if isinstance(one.field, Rows):
            yield from everything(one.field.row)


def formulas(field: Field) -> Iterator[Formula]:
    """All formulas of a field."""
    computed = field.formula if isinstance(field, Computed) else None
    all_of_them = (field.hide, field.required_if, field.prefill, field.if_empty, field.valid_if, computed)
    return (found for found in all_of_them if found is not None)
