"""The definitions that stories are played on, read from the two folders of the analysts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from engine import dmn
from engine.bpmn import Bundle, load_bundle
from engine.errors import NotFound
from engine.feel import Calendar, Env
from engine.forms import Form, Lists, load_form, load_lists
from engine.forms.moment import Decide
from engine.text import Text

CALENDAR_FILE, DAYS = "calendar.yaml", ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True)
class Definitions:
    """Diagrams, decisions, forms and lists, and the working days."""

    bundle: Bundle
    decisions: Mapping[str, dmn.Model]
    forms: Mapping[str, Form]
    lists: Lists
    calendar: Calendar
    zone: ZoneInfo

    def env(self, now: datetime) -> Env:
        """What FEEL knows besides variables."""
        return Env(now=now, calendar=self.calendar)

    def decider(self, now: datetime) -> Decide:
        """Runs decisions for computed fields of forms."""

        def decide(decision: str, variables: Mapping[str, object]) -> object:
            return _owner(self.decisions, decision).evaluate(decision, variables, self.env(now))

        return decide


def read_definitions(processes: Path, forms: Path) -> Definitions:
    """Loads everything. Raises BpmnError, DmnError, FormError or ListError for what does not load."""
    decisions: dict[str, dmn.Model] = {}
    for file in sorted((processes / "decisions").glob("*.dmn")):
        model = dmn.load(file.read_bytes())
        decisions.update({decision.id: model for decision in model.decisions})

    def decide(decision: str, variables: Mapping[str, Any], env: Env) -> dmn.Decided:
        return _owner(decisions, decision).explain(decision, variables, env)

    calendar, zone = _calendar(forms / "lists" / CALENDAR_FILE)
    bundle = load_bundle((file.read_bytes() for file in sorted(processes.glob("*.bpmn"))), decide, calendar)
    loaded = [load_form(file.read_bytes()) for file in sorted(forms.glob("*.form"))]
    return Definitions(bundle, decisions, {form.key: form for form in loaded}, load_lists(forms / "lists"),
                       calendar, zone)


def _owner(decisions: Mapping[str, dmn.Model], decision: str) -> dmn.Model:
    if decision not in decisions:
        raise NotFound(Text(f"لا يوجد قرار باسم «{decision}».", f"There is no decision “{decision}”."))
    return decisions[decision]


def _calendar(file: Path) -> tuple[Calendar, ZoneInfo]:
    """The working days and the clock of the first country of the calendar."""
    if not file.exists():
        return Calendar(), ZoneInfo("UTC")
    country = next(iter(yaml.safe_load(file.read_bytes())["calendars"].values()))
    holidays = frozenset(day["date"] for day in country.get("holidays", ()) if isinstance(day["date"], date))
    weekend = frozenset(DAYS.index(day) for day in country.get("weekend", ()))
    return Calendar(weekend=weekend, holidays=holidays), ZoneInfo(country.get("timezone", "UTC"))
