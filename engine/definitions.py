"""Definitions put together: everything that a case bound to a bundle may reach. Pure: files in, no database."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from engine import bpmn, dmn
from engine.calendar_file import read_calendar
from engine.deadlines import Ladder, ladder_of
from engine.errors import NotFound
from engine.feel import Calendar, Env
from engine.feel.env import Purse
from engine.forms import Form, Lists, Option, load_form
from engine.forms.form import MOST_STEPS
from engine.forms.lists import read_list_file
from engine.kinds import Kind as FileKind

Decide = Callable[[str, Mapping[str, object], Env], dmn.Decided]
"""Evaluates a decision of the bundle by its id over variables."""
Kind = Literal["process", "decision", "form", "list", "calendar"]
MOST_KEPT = 1000
"""Forms, lists, and decisions, that are read once for all bundles: from one to the next few of them change."""


@dataclass(frozen=True)
class Source:
    """A file of analysts' work, not yet published."""

    kind: Kind
    key: str
    content: bytes

    @property
    def sha256(self) -> str:
        """The identity of this very content."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Definitions:
    """A bundle, loaded: everything that a case bound to it may reach. Immutable and shared."""

    id: int
    sha256: str
    bpmn: bpmn.Bundle
    forms: Mapping[str, Form]
    lists: Lists
    diagrams: Mapping[str, bytes]
    decisions: Mapping[str, dmn.Model]
    decide: Decide
    calendar: Calendar
    zone: ZoneInfo | None = None
    _ladders: dict[tuple[FileKind, str | None], Ladder] = field(default_factory=dict, compare=False)

    def env(self, now: datetime) -> Env:
        """What FEEL may know besides variables: the clock and the working days."""
        return Env(now=now, calendar=self.calendar, zone=self.zone, here=self.bpmn.here)

    def decider(self, now: datetime) -> Callable[[str, Mapping[str, object]], object]:
        """Runs decisions of the bundle for computed fields of forms."""
        env = replace(self.env(now), purse=Purse(MOST_STEPS))

        def decide(decision: str, variables: Mapping[str, object]) -> object:
            return self.decide(decision, variables, env).value

        return decide

    def form(self, key: str) -> Form:
        """A form of the bundle; raises NotFound."""
        try:
            return self.forms[key]
        except KeyError:
            raise NotFound from None

    def decision(self, key: str) -> dmn.DecisionInfo | None:
        """A decision of the bundle as people know it; None where there is none."""
        return next((d for model in self.decisions.values() for d in model.decisions if d.id == key), None)

    def ladder(self, level: str | None, kind: FileKind = "case") -> Ladder:
        """The escalation ladder for a risk level and a kind of file; evaluated once, since it depends on nothing
        else."""
        if (kind, level) not in self._ladders:
            self._ladders[kind, level] = ladder_of(self.decisions, level, kind)
        return self._ladders[kind, level]


def load_definitions(sources: Iterable[Source], bundle_id: int = 0, sha256: str = "") -> Definitions:
    """Puts a set of sources together. Raises BpmnError, DmnError or FormError naming what does not load."""
    by_kind: dict[str, dict[str, bytes]] = {}
    for source in sources:
        by_kind.setdefault(source.kind, {})[source.key] = source.content
    decisions = {key: _decision(content) for key, content in by_kind.get("decision", {}).items()}
    owner = {d.id: model for model in decisions.values() for d in model.decisions}
    files = by_kind.get("calendar", {})
    calendar, zone = read_calendar(files["calendar"]) if "calendar" in files else (Calendar(), None)

    def decide(decision: str, variables: Mapping[str, object], env: Env) -> dmn.Decided:
        if decision not in owner:
            raise NotFound
        return owner[decision].explain(decision, variables, env)

    diagrams = by_kind.get("process", {})
    forms = {form.key: form for form in map(_form, by_kind.get("form", {}).values())}
    lists = _lists(by_kind.get("list", {}))
    loaded = bpmn.load_bundle(diagrams.values(), decide, calendar, zone, lists.of_country(calendar.country))
    return Definitions(
        bundle_id, sha256, loaded, forms, lists, diagrams, decisions, decide, calendar, zone,
    )


@lru_cache(maxsize=MOST_KEPT)
def _decision(content: bytes) -> dmn.Model:
    return dmn.load(content)


@lru_cache(maxsize=MOST_KEPT)
def _form(content: bytes) -> Form:
    return load_form(content)


@lru_cache(maxsize=MOST_KEPT)
def _list_file(content: bytes, name: str) -> Mapping[str, tuple[Option, ...]]:
    return read_list_file(content, name)


def sources_in(processes: Path, forms: Path) -> list[Source]:
    """The files that the two analysts' folders hold."""
    found = [Source("process", p.stem, p.read_bytes()) for p in sorted(processes.glob("*.bpmn"))]
    found += [Source("decision", p.stem, p.read_bytes()) for p in sorted((processes / "decisions").glob("*.dmn"))]
    found += [Source("form", p.stem, p.read_bytes()) for p in sorted(forms.glob("*.form"))]
    for path in sorted((forms / "lists").glob("*.yaml")):
        found.append(Source("calendar" if path.stem == "calendar" else "list", path.stem, path.read_bytes()))
    return found


def _lists(files: Mapping[str, bytes]) -> Lists:
    lists: dict[str, tuple[Option, ...]] = {}
    for name, content in files.items():
        lists |= _list_file(content, name)
    return Lists(lists)
