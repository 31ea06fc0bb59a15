"""A computed value (expression): worked out on the server at every reading, never taken from the browser."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any, ClassVar

from engine.feel.env import Env
from engine.forms.cleaning import Raw
from engine.forms.components import Component
from engine.forms.fields.base import Field
from engine.forms.fields.options import Offer
from engine.forms.formulas import formula
from engine.forms.lists import Lists
from engine.forms.moment import Decide, Moment
from engine.forms.views import FieldView
from engine.text import Text


class Computed(Field):
    """FEEL over the answers, or a decision over them (`properties.decision`, with `output` one of its outputs)."""

    answered: ClassVar[bool] = False
    kind: ClassVar[str] = "computed"

    def __init__(self, component: Component, path: str) -> None:
        super().__init__(component, path)
        self.formula = formula(component.json.get("expression"))
        self.decision = component.properties.text("decision")
        self.output = component.properties.text("output")
        self.shown = component.properties.yes("shown") or bool(self.decision)
        self.offer = Offer(component)

    def compute(self, variables: Any, env: Env, decide: Decide | None) -> object:
        """The value now; null where the decision is not at hand or the formula gives nothing."""
        if not self.decision:
            return self.formula.value(variables, env) if self.formula else None
        found = decide(self.decision, variables) if decide else None
        return found.get(self.output) if self.output and isinstance(found, dict) else found

    def show(self, raw: Raw, name: str, moment: Moment) -> FieldView:
        """The value in words; empty while it is not known."""
        value = moment.variables.get(self.path)
        words = self.words(value, moment.lists).in_(moment.locale) if value is not None else ""
        return replace(self.bare(name, moment), value=words, visible=self.shown)

    def words(self, value: Any, lists: Lists) -> Text:
        """The option's label, a date as a date, else the value."""
        if self.offer.list:
            return self.offer.words(str(value), lists)
        if isinstance(value, bool):
            return Text("نعم", "Yes") if value else Text("لا", "No")
        plain = value.strftime("%Y-%m-%d %H:%M") if isinstance(value, datetime) else _plain(value)
        return Text(plain, plain)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
