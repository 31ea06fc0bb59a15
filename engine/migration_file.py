"""A plan of migration as a file that people read, change and keep: YAML, with names of elements beside their ids."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.bpmn.graph import Process
from engine.bpmn.migrating import Place, Plan, plan_of
from engine.definitions import Definitions
from engine.errors import Invalid
from engine.safeyaml import UnsafeYaml, parse_yaml
from engine.text import Text

FORMAT = 1
HEAD = "# خطة نقل الحالات الجارية · A plan for running cases. Read and changed as docs/migration.md says.\n"
SAY = "قل إلى أين يذهب · say where it goes"
NOT_A_PLAN = Text("ليس هذا ملف خطة نقل.", "This is no file of a migration plan.")
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_RESERVED = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})


@dataclass(frozen=True)
class PlanFile:
    """A plan, and the two versions that it stands between, by their hashes."""

    plan: Plan
    old: str
    new: str


def write_plan(plan: Plan, old: Definitions, new: Definitions, changed: Iterable[str] = ()) -> str:
    """The file of a plan; `changed` names what else differs between the versions, for whoever reads it."""
    lines = [HEAD.rstrip("\n"), *(f"# {line}" for line in changed), f"masar_migration: {FORMAT}"]
    lines += [f"{side}: {{bundle: {one.id}, sha256: {one.sha256}}}" for side, one in (("old", old), ("new", new))]
    lines.append("processes:" if plan.processes else "processes: {}")
    for id, one in sorted(plan.processes.items()):
        known, target = old.bpmn.processes.get(id), new.bpmn.processes.get(one.to or "")
        lines += [f"  {_word(id)}:", f"    to: {_word(one.to)}{_beside(SAY if one.to is None else '')}"]
        lines += _places("elements", one.elements, known, target, new)
        lines += _places("flows", one.flows, None, None, new)
        if one.variables:
            lines.append("    variables:")
            lines += [f"      {_word(a)}: {_word(b)}" for a, b in sorted(one.variables.items())]
    return "\n".join(lines) + "\n"


def read_plan(source: bytes) -> PlanFile:
    """The plan in a file. Raises Invalid."""
    try:
        found: Any = parse_yaml(source)
    except UnsafeYaml as problem:
        raise Invalid(problem.text) from problem
    if not isinstance(found, Mapping) or found.get("masar_migration") != FORMAT:
        raise Invalid(NOT_A_PLAN)
    try:
        plan = plan_of(found["processes"] or {})
        return PlanFile(plan, str(found["old"]["sha256"]), str(found["new"]["sha256"]))
    except (TypeError, ValueError, KeyError, AttributeError) as problem:
        told = str(problem)[:80]
        raise Invalid(Text(
            f"لا تُقرأ الخطة: «{told}» غير متوقع أو ناقص.",
            f"The plan cannot be read: “{told}” is unexpected or missing.",
        )) from problem


def _places(
    name: str, places: Mapping[str, Place], known: Process | None, target: Process | None, new: Definitions
) -> Iterator[str]:
    if places:
        yield f"    {name}:"
    for id, place in sorted(places.items()):
        if place.drop:
            said = "{drop: true}"
        elif place.recompute:
            said = f"{{to: {_word(place.to)}, recompute: true}}"
        else:
            said = _word(place.to)
        called = [_name(known, id), _target_name(target, place, new)]
        told = SAY if place.to is None and not place.drop else " → ".join(one for one in called if one)
        yield f"      {_word(id)}: {said}{_beside(told)}"


def _target_name(target: Process | None, place: Place, new: Definitions) -> str:
    for step in place.path:
        call = target.elements.get(step) if target is not None else None
        target = new.bpmn.processes.get(call.calls or "") if call is not None else None
    return _name(target, place.element or "")


def _name(process: Process | None, id: str) -> str:
    element = process.elements.get(id) if process is not None else None
    return " ".join((element.name.ar or "").split()) if element is not None else ""


def _word(id: str | None) -> str:
    if id is None:
        return "null"
    steps = id.split("/")
    if all(_PLAIN.fullmatch(step) and step.lower() not in _RESERVED for step in steps):
        return id
    escaped = id.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _beside(said: str) -> str:
    return f"  # {said}" if said else ""
