"""The library of definitions: published versions, and the bundles of them that cases are bound to."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from threading import Lock
from typing import Literal

import yaml
from sqlalchemy import Connection, func, insert, select

from engine import bpmn, dmn
from engine.deadlines import LADDER_DECISION, Ladder, ladder_of
from engine.errors import NotFound
from engine.feel import Calendar, Env
from engine.forms import Form, Lists, Option, load_form
from engine.forms.lists import read_list_file
from engine.store.definitions import bundle as bundle_table
from engine.store.definitions import definition

Decide = Callable[[str, Mapping[str, object], Env], dmn.Decided]
"""Evaluates a decision of the bundle by its id over variables."""
Kind = Literal["process", "decision", "form", "list", "calendar"]


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
    _ladders: dict[str | None, Ladder] = field(default_factory=dict, compare=False)

    def env(self, now: datetime) -> Env:
        """What FEEL may know besides variables: the clock and the working days."""
        return Env(now=now, calendar=self.calendar)

    def decider(self, now: datetime) -> Callable[[str, Mapping[str, object]], object]:
        """Runs decisions of the bundle for computed fields of forms."""
        env = self.env(now)

        def decide(decision: str, variables: Mapping[str, object]) -> object:
            return self.decide(decision, variables, env).value

        return decide

    def form(self, key: str) -> Form:
        """A form of the bundle; raises NotFound."""
        try:
            return self.forms[key]
        except KeyError:
            raise NotFound from None

    def ladder(self, level: str | None) -> Ladder:
        """The escalation ladder for a risk level; evaluated once, since it depends on nothing else."""
        if level not in self._ladders:
            model = self.decisions.get(LADDER_DECISION)
            self._ladders[level] = ladder_of(model, level) if model else ()
        return self._ladders[level]


class Library:
    """Loads bundles once per process."""

    def __init__(self) -> None:
        self._loaded: dict[int, Definitions] = {}
        self._lock = Lock()

    def latest(self, conn: Connection) -> Definitions:
        """The bundle that new cases begin with; raises NotFound before anything was published."""
        bundle_id = conn.scalar(select(func.max(bundle_table.c.id)))
        if bundle_id is None:
            raise NotFound
        return self.of(conn, bundle_id)

    def of(self, conn: Connection, bundle_id: int) -> Definitions:
        """The bundle that a case is bound to."""
        with self._lock:
            if bundle_id not in self._loaded:
                self._loaded[bundle_id] = _load(conn, bundle_id)
            return self._loaded[bundle_id]


def load_definitions(sources: Iterable[Source], bundle_id: int = 0, sha256: str = "") -> Definitions:
    """Puts a set of sources together. Raises BpmnError, DmnError or FormError naming what does not load."""
    by_kind: dict[str, dict[str, bytes]] = {}
    for source in sources:
        by_kind.setdefault(source.kind, {})[source.key] = source.content
    decisions = {key: dmn.load(content) for key, content in by_kind.get("decision", {}).items()}
    owner = {d.id: model for model in decisions.values() for d in model.decisions}
    calendar = _calendar(by_kind.get("calendar", {}))

    def decide(decision: str, variables: Mapping[str, object], env: Env) -> dmn.Decided:
        if decision not in owner:
            raise NotFound
        return owner[decision].explain(decision, variables, env)

    diagrams = by_kind.get("process", {})
    forms = {form.key: form for form in map(load_form, by_kind.get("form", {}).values())}
    return Definitions(
        bundle_id, sha256, bpmn.load_bundle(diagrams.values(), decide, calendar), forms,
        _lists(by_kind.get("list", {})), diagrams, decisions, decide, calendar,
    )


def sources_in(processes: Path, forms: Path) -> list[Source]:
    """The files that the two analysts' folders hold."""
    found = [Source("process", p.stem, p.read_bytes()) for p in sorted(processes.glob("*.bpmn"))]
    found += [Source("decision", p.stem, p.read_bytes()) for p in sorted((processes / "decisions").glob("*.dmn"))]
    found += [Source("form", p.stem, p.read_bytes()) for p in sorted(forms.glob("*.form"))]
    for path in sorted((forms / "lists").glob("*.yaml")):
        found.append(Source("calendar" if path.stem == "calendar" else "list", path.stem, path.read_bytes()))
    return found


def publish(conn: Connection, sources: Iterable[Source], actor_id: int, note: str, now: datetime) -> int:
    """Stores what changed as new versions and makes the bundle of all newest ones; returns the bundle's id.
    Publishing the same again changes nothing."""
    newest = _newest(conn)
    for source in sources:
        known = newest.get((source.kind, source.key))
        if known and known.sha256 == source.sha256:
            continue
        row = {
            "kind": source.kind, "key": source.key, "version": known.version + 1 if known else 1,
            "sha256": source.sha256, "source": source.content, "published_at": now,
            "published_by": actor_id, "note": note,
        }
        conn.execute(insert(definition).values(row))
    rows = sorted(_newest(conn).values(), key=lambda r: r.id)
    listing = "\n".join(f"{r.kind} {r.key} {r.version} {r.sha256}" for r in rows)
    sha256 = hashlib.sha256(listing.encode()).hexdigest()
    same = conn.scalar(select(bundle_table.c.id).where(bundle_table.c.sha256 == sha256))
    if same is not None:
        return int(same)
    content = json.dumps([r.id for r in rows])
    values = {"sha256": sha256, "content": content, "created_at": now}
    made = conn.execute(insert(bundle_table).values(values).returning(bundle_table.c.id)).scalar_one()
    return int(made)


@dataclass(frozen=True)
class _Version:
    id: int
    kind: str
    key: str
    version: int
    sha256: str


def _newest(conn: Connection) -> dict[tuple[str, str], _Version]:
    columns = (definition.c.id, definition.c.kind, definition.c.key, definition.c.version, definition.c.sha256)
    rows = conn.execute(select(*columns).order_by(definition.c.version))
    return {(r.kind, r.key): _Version(*r) for r in rows}


def _load(conn: Connection, bundle_id: int) -> Definitions:
    row = conn.execute(select(bundle_table).where(bundle_table.c.id == bundle_id)).one()
    chosen = select(definition.c.kind, definition.c.key, definition.c.source).where(
        definition.c.id.in_(json.loads(row.content))
    )
    return load_definitions([Source(*r) for r in conn.execute(chosen)], bundle_id, row.sha256)


def _lists(files: Mapping[str, bytes]) -> Lists:
    lists: dict[str, tuple[Option, ...]] = {}
    for name, content in files.items():
        lists |= read_list_file(content, name)
    return Lists(lists)


def _calendar(files: Mapping[str, bytes]) -> Calendar:
    """Weekend and holidays from forms/lists/calendar.yaml (the first country's, until units carry their own)."""
    if "calendar" not in files:
        return Calendar()
    content = yaml.safe_load(files["calendar"]) or {}
    holidays = frozenset(_as_date(h) for h in content.get("holidays", []))
    return Calendar(frozenset(content.get("weekend", (4, 5))), holidays)


def _as_date(value: object) -> date:
    if isinstance(value, Mapping):
        value = value.get("date")
    return value if isinstance(value, date) else date.fromisoformat(str(value))
