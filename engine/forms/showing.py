"""From a form and values to the view that a template shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from engine.feel.env import Env
from engine.forms.cleaning import Raw
from engine.forms.fields import Computed, Field, Group, Rows
from engine.forms.fields.base import placed
from engine.forms.fields.standing import blocks
from engine.forms.moment import Moment
from engine.forms.reading import understand
from engine.forms.reshaping import REFRESH, SHOWN, reshaped, shown_value
from engine.forms.rows import ADD, REMOVE, indexes
from engine.forms.scope import Scope
from engine.forms.views import ErrorView, FieldView, FormView, RowView, SectionView
from engine.text import Text

if TYPE_CHECKING:
    from engine.forms.form import Form


class _Painter:
    """Shows the fields of one scope under one prefix, with its conditions settled."""

    def __init__(self, scope: Scope, raw: Raw, prefix: str, moment: Moment, errors: Mapping[str, Text]) -> None:
        self.raw, self.prefix, self.errors = raw, prefix, errors
        given, _ = understand(scope, raw, prefix, moment)
        settled = scope.settle(given, moment)
        self.hidden = settled.hidden
        self.moment = replace(moment, variables=settled.variables)

    def field(self, field: Field) -> FieldView:
        name = self.prefix + field.path
        if isinstance(field, Group):
            shown = field.bare(name, self.moment)
            shown.fields = self.fields(field.fields)
        elif isinstance(field, Rows):
            shown = self.rows(field, name)
        else:
            shown = field.show(self.raw, name, self.moment)
        shown.required = field.is_required(self.moment)
        shown.visible = shown.visible and field.path not in self.hidden
        if fault := self.errors.get(name):
            shown.error = fault.in_(self.moment.locale)
        return shown

    def fields(self, fields: tuple[Field, ...]) -> tuple[FieldView, ...]:
        return tuple(self.field(field) for field in fields)

    def rows(self, field: Rows, name: str) -> FieldView:
        there = [index for index in indexes(self.raw, name) if index < field.most]
        there = there or list(range(min(max(field.first_rows, field.least), field.most)))
        locale = self.moment.locale
        label, gone = field.item_label.in_(locale), Text("حذف", "Remove").in_(locale)
        rows = []
        for place, index in enumerate(there):
            row = _Painter(field.row, self.raw, f"{name}.{index}.", self.moment, self.errors)
            title = f"{label} {place + 1}"
            removable = not field.append_only
            rows.append(RowView(
                title, row.fields(field.row.fields), f"{REMOVE}{name}.{index}" if removable else "",
                f"{gone}: {title}" if removable else "",
            ))
        shown = field.bare(name, self.moment)
        shown.rows = tuple(rows)
        if len(there) < field.most:
            shown.add_name, shown.add_label = f"{ADD}{name}", field.add_label.in_(locale)
        return shown


def form_view(form: Form, values: Raw, moment: Moment, errors: Mapping[str, Text]) -> FormView:
    """The whole form: groups on the first level become sections, other fields stand in untitled ones."""
    raw = flattened(values, moment.env)
    raw = reshaped(form.scope, raw) or raw
    painter = _Painter(form.scope, raw, "", moment, errors)
    sections: list[SectionView] = []
    for field in form.fields:
        shown = painter.field(field)
        if isinstance(field, Group):
            sections.append(SectionView(shown.id, shown.label, shown.hint, shown.fields, shown.visible))
        elif sections and not sections[-1].title:
            sections[-1] = replace(sections[-1], fields=(*sections[-1].fields, shown))
        else:
            sections.append(SectionView(f"s-{len(sections) + 1}", "", "", (shown,)))
    sections = [replace(one, visible=one.visible and any(inner.visible for inner in one.fields)) for one in sections]
    return FormView(
        key=form.key, title=form.title.in_(moment.locale), intro=blocks(form.intro.in_(moment.locale)),
        sections=tuple(sections), errors=tuple(_summary(sections, errors, moment.locale)),
        hidden=((SHOWN, shown_value(form.scope, painter.hidden)),) if form.scope.guarded else (),
        refresh_name=REFRESH, has_conditions=bool(form.scope.guarded),
    )


def _summary(sections: list[SectionView], errors: Mapping[str, Text], locale: str) -> list[ErrorView]:
    """The errors in the order of the page, each leading to the first box of its field."""
    found = []
    for section in sections:
        for field in _every(section.fields):
            if field.error:
                found.append(ErrorView(_first_box(field), field.path, field.error))
    there = {one.path for one in found}
    found.extend(ErrorView("", path, text.in_(locale)) for path, text in errors.items() if path not in there)
    return found


def _first_box(field: FieldView) -> str:
    if field.parts:
        return field.parts[0].id
    return field.options[0].id if field.options and field.kind != "select" else field.id


def _every(fields: tuple[FieldView, ...]) -> list[FieldView]:
    found = []
    for field in fields:
        inner = [*field.fields, *(one for row in field.rows for one in row.fields)]
        found += [field, *_every(tuple(inner))]
    return found


def flattened(values: Mapping[str, object], env: Env, prefix: str = "") -> dict[str, list[str]]:
    """Answers as they were read, or texts by box name, as texts by box name."""
    flat: dict[str, list[str]] = {}
    for key, value in values.items():
        name = f"{prefix}{key}"
        if isinstance(value, Mapping):
            flat.update(flattened(value, env, name + "."))
        elif isinstance(value, (list, tuple)) and any(isinstance(one, Mapping) for one in value):
            for index, row in enumerate(value):
                flat.update(flattened(row, env, f"{name}.{index}.") if isinstance(row, Mapping) else {})
        elif value is not None:
            flat[name] = _texts(value, env)
    return flat


def _texts(value: object, env: Env) -> list[str]:
    if isinstance(value, bool):
        return ["true"] if value else []
    if isinstance(value, (list, tuple)):
        return [one if isinstance(one, str) else str(one) for one in value]
    at = getattr(value, "tzinfo", None)
    if at is not None and hasattr(value, "astimezone"):
        return [env.local(value).strftime("%Y-%m-%dT%H:%M")]  # type: ignore[arg-type]
    return [value if isinstance(value, str) else str(value)]


def prefilled(scope: Scope, context: Mapping[str, object], env: Env) -> dict[str, list[str]]:
    """The prefills of a form as typed text."""
    found: dict[str, list[str]] = {}
    for one in scope.answered:
        if one.field.prefill is not None:
            value = one.field.prefill.value(context, env)
            if value is not None:
                found.update(flattened({one.field.path: value}, env))
    return found


def as_typed(scope: Scope, answers: Mapping[str, Any], env: Env) -> dict[str, list[str]]:
    """Answers as the boxes would give them; computed values have no box."""
    flat = {}
    for one in scope.answered:
        value = placed(answers, one.field.path)
        if value is not None and not isinstance(one.field, Computed):
            flat.update(flattened({one.field.path: value}, env))
    return flat
