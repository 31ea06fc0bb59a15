"""A form for paper: every question that the public is asked, whatever hangs on it, with room for a few persons."""

from collections.abc import Iterator

from engine.commands.reports import WEB
from engine.forms import FieldView, FormView
from engine.forms.fields import Rows
from engine.queries.rows import ReportForm

ROWS_ON_PAPER = 2
CHANNEL = "channel"


def blank_form(page: ReportForm, locale: str) -> FormView:
    """The empty form as it is printed in one language."""
    empty: dict[str, list[str]] = {}
    for _ in range(2):  # the first look tells which groups repeat
        view = page.form.view(empty, {}, page.lists, page.env, None, locale, page.decide)
        empty = {f"{name}.{row}._row": [""] for name in _repeated(view) for row in range(ROWS_ON_PAPER)}
    for_staff = _asked_by_staff(page)
    for section in view.sections:
        for field in _every(section.fields):
            field.visible = field.kind != "computed" and field.path.rpartition(".")[2] not in for_staff
            field.sensitivity = "ordinary"
    return view


def _asked_by_staff(page: ReportForm) -> frozenset[str]:
    """The questions that the channel alone keeps from the public; staff ask them later."""
    rows = [one.field.row for one in page.form.scope.answered if isinstance(one.field, Rows)]
    placed = [one for scope in (page.form.scope, *rows) for one in scope.placed]
    return frozenset(
        one.field.path.rpartition(".")[2] for one in placed
        if any(set(guard.names) == {CHANNEL} and guard.holds({CHANNEL: WEB}, page.env) for guard in one.guards))


def _repeated(view: FormView) -> list[str]:
    return [field.path for section in view.sections for field in _every(section.fields) if field.kind == "rows"]


def _every(fields: tuple[FieldView, ...]) -> Iterator[FieldView]:
    for field in fields:
        yield field
        yield from _every(field.fields)
        for row in field.rows:
            yield from _every(row.fields)


def without_classes(view: FormView) -> FormView:
    """The form without the marks of sensitivity, which only the staff know how to read."""
    for section in view.sections:
        for field in _every(section.fields):
            field.sensitivity = "ordinary"
    return view
