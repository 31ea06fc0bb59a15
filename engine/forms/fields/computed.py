"""A computed value (expression): worked out on the server at every reading, never taken from the browser."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from engine.errors import MasarError
from engine.feel.errors import FeelLimit
from engine.forms.cleaning import Raw
from engine.forms.components import Component
from engine.forms.fields.base import Field, in_words, placed
from engine.forms.fields.options import Offer
from engine.forms.formulas import formula
from engine.forms.lists import Lists
from engine.forms.moment import Moment
from engine.forms.views import FieldView
from engine.text import Text
from engine.words import NO, YES, day_in_words, moment_in_words, span_in_words


class Computed(Field):
    """FEEL over the answers, or a decision over them (`properties.decision`, with `output` one of its outputs)."""

    kind: ClassVar[str] = "computed"

    def __init__(self, component: Component, path: str) -> None:
        super().__init__(component, path)
        self.formula = formula(component.json.get("expression"))
        self.decision = component.properties.text("decision")
        self.output = component.properties.text("output")
        self.shown = component.properties.yes("shown") or bool(self.decision)
        self.offer = Offer(component)
        self.fact = component.properties.text("fact")
        self.facts_of: Field | None = None
        self.facts_list = ""

    def compute(self, variables: Mapping[str, object], moment: Moment) -> object:
        """The value now; null where the decision is not at hand or the formula gives nothing."""
        if self.decision:
            return self._decided(variables, moment)
        if self.formula is None:
            return None
        if self.facts_of is not None:
            variables = {**variables, "facts": self._facts(variables, moment.lists)}
        return self.formula.value(variables, moment.env)

    def _decided(self, variables: Mapping[str, object], moment: Moment) -> object:
        try:
            found = moment.decide(self.decision, variables) if moment.decide else None
        except FeelLimit:
            if moment.env.purse is not None:
                moment.env.purse.stopped.append(self.decision)
            return None
        except MasarError:
            return None  # A decision that is not installed leaves its value unknown; the linter of bundles names it.
        return found.get(self.output) if self.output and isinstance(found, dict) else found

    def _facts(self, variables: Mapping[str, object], lists: Lists) -> list[object]:
        """What the list says of each chosen option, such as the default priority of each category."""
        chosen = placed(variables, self.facts_of.path) if self.facts_of else None
        values = chosen if isinstance(chosen, list) else [] if chosen is None else [chosen]
        options = (lists.option(self.facts_list, str(value)) for value in values)
        return [option.facts.get(self.fact) for option in options if option is not None]

    def show(self, _raw: Raw, name: str, moment: Moment) -> FieldView:
        """The value in words; empty while it is not known."""
        value = moment.variables.get(self.path)
        words = self.words(value, moment.lists).in_(moment.locale) if value is not None else ""
        shown = self.bare(name, moment)
        shown.value, shown.visible = words, self.shown
        return shown

    def words(self, value: Any, lists: Lists) -> Text:
        """The labels of the options (tables name several in one text), a date as a date, else the value."""
        if self.offer.list:
            codes = value if isinstance(value, list) else str(value).split(",")
            return in_words([self.offer.words(str(code), lists) for code in codes])
        if isinstance(value, bool):
            return YES if value else NO
        if isinstance(value, datetime):
            return moment_in_words(value, lists.months)
        if isinstance(value, timedelta):
            return span_in_words(value)
        return day_in_words(value, lists.months) if isinstance(value, date) else Text(str(value), str(value))
