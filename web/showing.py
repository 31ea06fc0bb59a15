"""How a form is shown: its values as they stand or as they were typed, in the reader's language."""

from collections.abc import Mapping

from engine.forms import FormView
from engine.queries.rows import OfferPage, ReportForm, WorkPage
from engine.queries.typed import TypedForm
from engine.text import Text
from web.language import locale

FormPage = WorkPage | OfferPage | ReportForm | TypedForm
"""A page of the engine that holds a form to fill."""


def form_view(
    page: FormPage, raw: Mapping[str, list[str]] | None = None, errors: Mapping[str, Text] | None = None
) -> FormView:
    """The form with what was typed (`raw`), or else with what its fields start with."""
    values: Mapping[str, object] = page.values if raw is None else _as_asked(page, raw)
    return page.form.view(values, page.context, page.lists, page.env, errors, locale(), page.decide)


def _as_asked(page: FormPage, raw: Mapping[str, list[str]]) -> Mapping[str, list[str]]:
    """What was typed, with a row more or less where a button inside the form asked for it."""
    reshaped = page.form.read(raw, page.context, page.lists, page.env, page.decide).reshaped
    return raw if reshaped is None else reshaped
