"""How a form is shown: its values as they stand or as they were typed, in the reader's language."""

from collections.abc import Mapping
from typing import Protocol

from engine.feel import Env
from engine.forms import Form, FormView, Lists
from engine.text import Text
from web.language import locale


class FormPage(Protocol):
    """A page of the engine that holds a form to fill."""

    @property
    def form(self) -> Form: ...
    @property
    def values(self) -> Mapping[str, object]: ...
    @property
    def context(self) -> Mapping[str, object]: ...
    @property
    def lists(self) -> Lists: ...
    @property
    def env(self) -> Env: ...


def form_view(
    page: FormPage, raw: Mapping[str, list[str]] | None = None, errors: Mapping[str, Text] | None = None
) -> FormView:
    """The form with what was typed (`raw`), or else with what its fields start with."""
    values: Mapping[str, object] = page.values if raw is None else raw
    return page.form.view(values, page.context, page.lists, page.env, errors=errors, locale=locale())
